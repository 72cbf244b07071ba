// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rdnsgate {

/// Writes JSON as it is told of it, with no value of it kept: for documents with as many items as there are addresses.
/// Texts need not be UTF-8; what is none of it is replaced, and what deceives a reader is escaped (harmless_json()).
///
///     writer.object([&] {
///       writer("owner", owner.text());
///       writer("rdata").array([&] { for (...) writer.value(text); });
///     });
class JsonWriter {
 public:
  enum class Form {
    laid_out,   ///< two spaces a level, members as they come
    dense,      ///< no white space, members as they come
    canonical,  ///< no white space, members sorted by their octets, ASCII: what checksums are of
  };

  /// Appends to `out`. What is laid out is indented as if it stood `depth` levels deep; its first line is not.
  JsonWriter(std::string& out, Form form, std::size_t depth = 0) : out_(out), form_(form), depth_(depth) {}
  /// What `out` has goes on to `sink` now and then, and is taken out of it; what is left at the end is the caller's.
  /// Never what is canonical: of that members are moved.
  using Sink = std::function<void(std::string_view piece)>;
  JsonWriter(std::string& out, Form form, Sink sink) : out_(out), form_(form), sink_(std::move(sink)) {}

  template <typename Members>
  void object(const Members& members) {
    open('{', true);
    members();
    close('}');
  }

  template <typename Items>
  void array(const Items& items) {
    open('[', false);
    items();
    close(']');
  }

  void value(std::string_view text);
  void value(const std::string& text) { value(std::string_view(text)); }
  void value(const char* text) { value(std::string_view(text)); }
  void value(bool truth) { raw(truth ? "true" : "false"); }
  template <std::integral Number>
  void value(Number number) {
    raw(std::to_string(number));
  }
  void null() { raw("null"); }
  /// JSON as it stands, without white space: a number that something else has written.
  void literal(std::string_view json) { raw(json); }

  /// Names a member; its value comes next.
  JsonWriter& operator()(std::string_view name);
  template <typename Value>
  void operator()(std::string_view name, const Value& value_of_it) {
    (*this)(name);
    value(value_of_it);
  }

 private:
  struct Member {
    std::size_t begin = 0, end = 0;  ///< in the output, its name included
    std::size_t name_end = 0;        ///< of its name there, which is `escaped` where it had to be
    std::size_t escaped = plain;     ///< in `names_`; plain where the name stands in the output as it is
  };
  struct Level {
    bool is_object = false;
    bool is_empty = true;
    std::size_t begin = 0;   ///< in the output, after the bracket
    std::size_t member = 0;  ///< the first of `members_` that is its own
  };

  static constexpr std::size_t plain = static_cast<std::size_t>(-1);

  void add_member(std::string_view name, std::size_t begin);
  std::string_view name_of(const Member& member) const;
  void open(char bracket, bool is_object);
  void close(char bracket);
  /// Before a value or the name of a member.
  void next();
  void raw(std::string_view text);
  void text(std::string_view text);
  void line();
  /// Puts the members of the innermost object in order.
  void sort_members();

  std::string& out_;
  Form form_;
  std::size_t depth_ = 0;
  Sink sink_;
  std::vector<Level> levels_;
  std::vector<Member> members_;     ///< of all open objects, where they are sorted
  std::vector<std::string> names_;  ///< of those members whose names are escaped
  std::string sorted_;           ///< room to put them in order
  bool is_named_ = false;  ///< the name of a member has been written, and its value has not
};

}  // namespace rdnsgate
