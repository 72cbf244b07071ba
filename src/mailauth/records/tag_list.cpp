// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "mailauth/records/tag_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "base/ascii.h"
#include "base/text/text.h"

namespace rdnsgate::mailauth {
namespace {

/// ALPHA *ALNUMPUNC
bool is_tag_name(std::string_view name) {
  return !name.empty() && is_letter(name.front()) &&
         std::all_of(name.begin(), name.end(), [](char c) { return is_alphanumeric(c) || c == '_'; });
}

class TagReader {
 public:
  TagReader(std::string_view text, Reasons& reasons) : text_(text), reasons_(reasons) {}

  TagList read() {
    std::size_t from = 0;
    while (from <= text_.size()) {
      const auto semicolon = std::min(text_.find(';', from), text_.size());
      part(from, semicolon);
      from = semicolon + 1;
    }
    if (empty_ > 0) {
      reasons_.error("empty-tag", tag_grammar, first_empty_,
                     fmt::format("nothing stands between two semicolons{}",
                                 empty_ > 1 ? fmt::format(" ({} times)", empty_) : ""),
                     "leave out the second semicolon: some verifiers refuse the whole record");
    }
    return std::move(list_);
  }

 private:
  void part(std::size_t from, std::size_t to) {
    const auto whole = text_.substr(from, to - from);
    const auto kept = trimmed(whole, tag_blanks);
    const std::size_t begin = kept.empty() ? from : static_cast<std::size_t>(kept.data() - text_.data());
    if (kept.empty()) {
      // The last semicolon may end the list, with white space behind it or without.
      const bool ends = to == text_.size() && (from > 0 || text_.empty());
      if (!ends && empty_++ == 0)
        first_empty_ = {0, from == 0 ? 0 : from - 1, whole.size() + (from == 0 ? 1 : 2)};
      return;
    }
    const auto equals = kept.find('=');
    if (equals == std::string_view::npos) {
      if (++broken_ <= most_reasons)
        reasons_.error("tag-without-value", tag_grammar, {0, begin, kept.size()},
                       fmt::format("\"{}\" is no tag: it has no \"=\"", brief(kept)));
      return;
    }
    Tag tag;
    tag.name = trimmed(kept.substr(0, equals), tag_blanks);
    const auto value = trimmed(kept.substr(equals + 1), tag_blanks);
    tag.value = value;
    tag.offset = begin;
    tag.length = kept.size();
    tag.value_offset =
        value.empty() ? begin + kept.size() : static_cast<std::size_t>(value.data() - text_.data());
    tag.value_length = value.size();
    if (!is_tag_name(tag.name)) {
      if (++misnamed_ <= most_reasons)
        reasons_.error("tag-name", tag_grammar, {0, begin, std::max<std::size_t>(1, tag.name.size())},
                       tag.name.empty() ? "a tag has no name before its \"=\""
                                        : fmt::format("\"{}\" cannot be the name of a tag", brief(tag.name)),
                       "a name is a letter, and letters, digits and \"_\" behind it");
    }
    list_.tags.push_back(std::move(tag));
  }

  std::string_view text_;
  Reasons& reasons_;
  TagList list_;
  std::size_t empty_ = 0, broken_ = 0, misnamed_ = 0;
  Place first_empty_;
};

bool is_among(std::span<const std::string_view> known, std::string_view name) {
  return std::find(known.begin(), known.end(), name) != known.end();
}

}  // namespace

const Tag* TagList::find(std::string_view name) const {
  const auto found = std::find_if(tags.begin(), tags.end(), [&](const Tag& tag) { return tag.name == name; });
  return found == tags.end() ? nullptr : &*found;
}

std::string brief(std::string_view text, std::size_t most) {
  return text.size() <= most ? std::string(text) : std::string(text.substr(0, most)) + "...";
}

TagList parse_tag_list(std::string_view text, Reasons& reasons) { return TagReader(text, reasons).read(); }

void judge_names(const TagList& list, std::span<const std::string_view> known, std::string_view source,
                 Reasons& reasons) {
  std::unordered_map<std::string_view, std::size_t> times;
  std::size_t unknown = 0, twice = 0;
  for (const auto& tag : list.tags) {
    if (!is_tag_name(tag.name)) continue;
    const auto count = ++times[tag.name];
    if (count == 2 && ++twice <= most_reasons)
      reasons.error("duplicate-tag", tag_grammar, tag.place(),
                    fmt::format("the tag \"{}\" is there twice, which makes the whole record invalid",
                                brief(tag.name)));
    if (count > 1 || is_among(known, tag.name) || ++unknown > most_reasons) continue;
    const auto lower = ascii_lower(tag.name);
    if (is_among(known, lower)) {
      reasons.warn("tag-case", source, {0, tag.offset, tag.name.size()},
                   fmt::format("names of tags are case-sensitive: \"{}\" is not \"{}\"", tag.name, lower),
                   fmt::format("write \"{}\"", lower));
      continue;
    }
    const auto near = lower.size() > 2 ? closest(lower, known) : std::string_view();
    reasons.warn("unknown-tag", source, {0, tag.offset, tag.name.size()},
                 fmt::format("there is no tag \"{}\": it is ignored", brief(tag.name)),
                 near.size() > 1 ? fmt::format("did you mean \"{}\"?", near) : "");
  }
}

bool judge_semicolons(const Tag& tag, std::span<const std::string_view> known, std::string_view source,
                      Reasons& reasons) {
  const std::string_view value = tag.value;
  for (std::size_t at = value.find('='); at != std::string_view::npos; at = value.find('=', at + 1)) {
    const auto before = trimmed(value.substr(0, at), tag_blanks);
    std::size_t begin = before.size();
    while (begin > 0 && is_alphanumeric(before[begin - 1])) --begin;
    const auto name = before.substr(begin);
    if (begin == 0 || name.empty() || !is_among(known, ascii_lower(name))) continue;
    if (before[begin - 1] != ',' && tag_blanks.find(before[begin - 1]) == std::string_view::npos) continue;
    // The end of base64 looks like that too.
    if (trimmed(value.substr(at), " \t\r\n=").empty()) continue;
    reasons.error("missing-semicolon", source, {0, tag.value_offset + begin, name.size()},
                  fmt::format("a semicolon is missing before \"{}=\"", name),
                  "tags are separated by semicolons; without, this is part of the value before it");
    return true;
  }
  return false;
}

std::vector<ListItem> items_of(const Tag& tag, char separator) {
  std::vector<ListItem> items;
  const std::string_view value = tag.value;
  for (std::size_t from = 0; from <= value.size();) {
    const auto to = std::min(value.find(separator, from), value.size());
    const auto kept = trimmed(value.substr(from, to - from), tag_blanks);
    const std::size_t at = kept.empty() ? from : static_cast<std::size_t>(kept.data() - value.data());
    items.push_back({kept, tag.value_offset + at});
    from = to + 1;
  }
  return items;
}

}  // namespace rdnsgate::mailauth
