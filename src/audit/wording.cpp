// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/wording.h"

#include <algorithm>
#include <optional>

#include "base/ascii.h"

namespace rdnsgate::audit {

const std::string_view failure_sentence =
    "{question}: {outcome}[ after {tries} tries][ without {without}][ ({server})][, {reason}]";
const std::string_view unproven_sentence =
    "{question}: {unproven} without an SOA record, which proves nothing";

namespace {

/// `{name}` or `{name:how}`.
struct Placeholder {
  std::string_view name, how;
  std::size_t size = 0;
};

std::optional<Placeholder> placeholder_at(std::string_view text) {
  const auto end = text.starts_with('{') ? text.find('}') : std::string_view::npos;
  if (end == std::string_view::npos) return std::nullopt;
  const auto inside = text.substr(1, end - 1);
  const auto colon = std::min(inside.find(':'), inside.size());
  const auto name = inside.substr(0, colon);
  const bool is_name =
      !name.empty() && is_lower(name.front()) &&
      std::all_of(name.begin(), name.end(), [](char c) { return is_lower(c) || is_digit(c) || c == '_'; });
  if (!is_name) return std::nullopt;
  return Placeholder{name, inside.substr(std::min(colon + 1, inside.size())), end + 1};
}

class Filler {
 public:
  explicit Filler(const Fillings& fillings) : fillings_(fillings) {}

  /// False where something that the sentence names was not given, or is empty.
  bool append(std::string_view sentence, std::string& out) const {
    bool whole = true;
    while (!sentence.empty()) {
      if (const auto place = placeholder_at(sentence)) {
        whole = append(*place, sentence.substr(0, place->size), out) && whole;
        sentence.remove_prefix(place->size);
        continue;
      }
      const auto close = sentence.front() == '[' ? sentence.find(']') : std::string_view::npos;
      if (close != std::string_view::npos) {
        std::string part;
        if (append(sentence.substr(1, close - 1), part)) out += part;
        sentence.remove_prefix(close + 1);
        continue;
      }
      const auto plain = std::min(sentence.find_first_of("{[", 1), sentence.size());
      out += sentence.substr(0, plain);
      sentence.remove_prefix(plain);
    }
    return whole;
  }

 private:
  bool append(const Placeholder& place, std::string_view as_written, std::string& out) const {
    const auto add = [&](std::string_view text) {
      out += text;
      return !text.empty();
    };
    if (place.name == "target") return add(fillings_.target.id);
    if (place.name == "expected") return add(fillings_.expected);
    if (place.name == "observed") return add(fillings_.observed);
    if (const auto* value = find_value(fillings_.values, place.name)) {
      out += words_of(*value, place.how);
      return !is_empty(*value);
    }
    if (place.name == "failure") {
      const bool unproven = find_value(fillings_.values, "unproven") != nullptr;
      return append(unproven ? unproven_sentence : failure_sentence, out);
    }
    if (place.name == "detail") return append(fillings_.detail, out) && !fillings_.detail.empty();
    out += as_written;
    return false;
  }

  const Fillings& fillings_;
};

}  // namespace

std::string fill(std::string_view sentence, const Fillings& fillings) {
  std::string out;
  Filler(fillings).append(sentence, out);
  return out;
}

std::vector<std::string_view> names_in(std::string_view sentence) {
  std::vector<std::string_view> names;
  for (auto at = sentence.find('{'); at != std::string_view::npos; at = sentence.find('{', at + 1)) {
    if (const auto place = placeholder_at(sentence.substr(at))) names.push_back(place->name);
  }
  return names;
}

std::vector<std::string_view> needed_names_in(std::string_view sentence) {
  std::vector<std::string_view> names;
  while (!sentence.empty()) {
    const auto open = std::min(sentence.find('['), sentence.size());
    for (const auto name : names_in(sentence.substr(0, open))) names.push_back(name);
    sentence.remove_prefix(std::min(sentence.find(']', open), sentence.size() - 1) + 1);
  }
  return names;
}

const Wording& wording_of(const RuleInfo& info, std::string_view key) {
  static constexpr Wording none;
  if (key.empty()) return none;
  const auto found = std::find_if(info.wordings.begin(), info.wordings.end(),
                                  [&](const Wording& one) { return one.key == key; });
  return found != info.wordings.end() ? *found : none;
}

}  // namespace rdnsgate::audit
