// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

#include "base/text/escape.h"

namespace rdnsgate::report {

using Json = nlohmann::ordered_json;

/// Indented by two. Foreign octets need not be UTF-8: what is not becomes U+FFFD instead of ending the run.
inline std::string dump(const Json& json) {
  return harmless_json(json.dump(2, ' ', false, Json::error_handler_t::replace));
}

inline Json text_or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }

/// Writes the members of a long array one by one: a fleet has hundreds of thousands of findings on a bad day,
/// and one JSON value for all of them would take ten times the memory of the text.
class ArrayWriter {
 public:
  /// `out` ends where the first member belongs, behind the bracket; `depth` is how far members are indented.
  ArrayWriter(std::string& out, std::size_t depth) : out_(out), indent_(depth + 1, ' ') {
    indent_.front() = '\n';
  }

  void add(const Json& member) {
    if (!empty_) out_ += ',';
    empty_ = false;
    out_ += indent_;
    for (const char c : dump(member)) {
      if (c == '\n') {
        out_ += indent_;
      } else {
        out_ += c;
      }
    }
  }

  /// The closing bracket, on a line of its own unless the array is empty.
  void close() {
    if (!empty_) out_.append(indent_, 0, indent_.size() - 2);
    out_ += ']';
  }

 private:
  std::string& out_;
  std::string indent_;
  bool empty_ = true;
};

}  // namespace rdnsgate::report
