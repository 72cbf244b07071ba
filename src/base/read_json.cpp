// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/read_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <vector>

namespace rdnsgate {
namespace {

using Json = nlohmann::json;

JsonFault fault_at(std::string_view text, std::size_t at, std::string message) {
  const auto before = text.substr(0, std::min(at, text.size()));
  const auto line_begin = before.rfind('\n');
  return {std::move(message), before.size(),
          1 + static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n')),
          1 + before.size() - (line_begin == std::string_view::npos ? 0 : line_begin + 1)};
}

/// The bracket that is one too deep; npos where there is none. Brackets within texts do not count.
std::size_t too_deep_at(std::string_view text) {
  std::size_t depth = 0;
  bool quoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (quoted) {
      if (c == '\\') ++at;
      if (c == '"') quoted = false;
    } else if (c == '"') {
      quoted = true;
    } else if (c == '[' || c == '{') {
      if (++depth > deepest_json) return at;
    } else if ((c == ']' || c == '}') && depth > 0) {
      --depth;
    }
  }
  return std::string_view::npos;
}

/// Makes a value of the parser's events.
template <typename Json>
class Builder : public nlohmann::json_sax<Json> {
 public:
  using Take = std::function<bool(Json&&)>;
  using typename nlohmann::json_sax<Json>::number_integer_t;
  using typename nlohmann::json_sax<Json>::number_unsigned_t;
  using typename nlohmann::json_sax<Json>::number_float_t;
  using typename nlohmann::json_sax<Json>::string_t;
  using typename nlohmann::json_sax<Json>::binary_t;

  explicit Builder(Json& root, std::string_view list = {}, Take take = {})
      : root_(root), list_(list), take_(std::move(take)) {}

  bool null() override { return add(nullptr); }
  bool boolean(bool value) override { return add(value); }
  bool number_integer(number_integer_t value) override { return add(value); }
  bool number_unsigned(number_unsigned_t value) override { return add(value); }
  bool number_float(number_float_t value, const string_t&) override { return add(value); }
  bool string(string_t& text) override { return add(std::move(text)); }
  bool binary(binary_t&) override { return false; }
  bool key(string_t& text) override {
    if (open_.size() == 1) in_list_ = take_ && text == list_;
    member_ = &(*open_.back())[std::move(text)];  // the last one of a name holds
    return true;
  }
  bool start_object(std::size_t) override { return start(Json::object()); }
  bool start_array(std::size_t) override { return start(Json::array()); }
  bool end_object() override { return end(); }
  bool end_array() override { return end(); }
  bool parse_error(std::size_t at, const std::string&, const nlohmann::json::exception& error) override {
    failed_at_ = at;
    out_of_range_ = dynamic_cast<const typename Json::out_of_range*>(&error) != nullptr;
    return false;
  }

  std::optional<std::size_t> failed_at() const { return failed_at_; }
  bool out_of_range() const { return out_of_range_; }

 private:
  template <typename Value>
  bool add(Value&& value) {
    place(std::forward<Value>(value));
    return hand_over();
  }
  /// A whole element of the list goes to who takes them.
  bool hand_over() {
    if (!in_list_ || open_.size() != 2 || !open_.back()->is_array() || open_.back()->empty()) return true;
    const bool wanted = take_(std::move(open_.back()->back()));
    open_.back()->clear();
    return wanted;
  }
  Json& place(Json value) {
    if (open_.empty()) return root_ = std::move(value);
    if (open_.back()->is_array()) {
      open_.back()->push_back(std::move(value));
      return open_.back()->back();
    }
    return *member_ = std::move(value);
  }
  bool start(Json empty) {
    open_.push_back(&place(std::move(empty)));
    return true;
  }
  bool end() {
    open_.pop_back();
    return hand_over();
  }

  Json& root_;
  std::string_view list_;
  Take take_;
  bool in_list_ = false;
  std::vector<Json*> open_;  // none of them moves while something in it is open
  Json* member_ = nullptr;
  std::optional<std::size_t> failed_at_;
  bool out_of_range_ = false;
};

template <typename Json>
tl::expected<Json, JsonFault> read(std::string_view text, std::string_view list, typename Builder<Json>::Take take) {
  if (const auto at = too_deep_at(text); at != std::string_view::npos) {
    return tl::unexpected(fault_at(
        text, at, fmt::format("lists and objects lie more than {} deep in each other here", deepest_json)));
  }
  Json json;
  Builder<Json> builder(json, list, std::move(take));
  if (Json::sax_parse(text, &builder)) return json;
  // The parser counts the octets that it has taken, the wrong one among them.
  const std::size_t taken = builder.failed_at().value_or(0);
  return tl::unexpected(
      fault_at(text, taken > 0 ? taken - 1 : 0,
               builder.out_of_range() ? "this number is out of range" : "this is not JSON"));
}

}  // namespace

tl::expected<Json, JsonFault> read_json(std::string_view text) { return read<Json>(text, {}, {}); }

tl::expected<nlohmann::ordered_json, JsonFault> read_json_around(
    std::string_view text, std::string_view list, const std::function<bool(nlohmann::ordered_json&&)>& take) {
  return read<nlohmann::ordered_json>(text, list, take);
}

}  // namespace rdnsgate
