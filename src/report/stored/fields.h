// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/timestamp.h"
#include "report/json_text.h"

namespace rdnsgate::report {

/// The members of an object of a stored report, as what they are to be. What is wrong is said once, with its place
/// (`findings[3].severity is none of error, warning, info`); whoever reads on gets empty values.
class Fields {
 public:
  /// `wrong` gets the first fault; all outlive it.
  Fields(const Json& json, std::string place, std::string& wrong);

  bool has(const char* name) const;
  /// nullptr where it is not there, which is a fault unless `optional`.
  const Json* find(const char* name, bool optional = false) const;
  std::string text(const char* name) const;
  std::uint64_t count(const char* name, std::uint64_t most = INT64_MAX) const;
  double number(const char* name) const;
  bool flag(const char* name) const;  ///< false where it is not there
  Time time(const char* name) const;
  std::vector<std::string> texts(const char* name) const;
  Fields object(const char* name) const;
  /// The members of a list, each an object.
  std::vector<Fields> objects(const char* name) const;

  /// One of several words, by what stands for each; the first where it is none of them.
  template <typename Word, typename ToText>
  Word word(const char* name, std::span<const Word> words, const ToText& to_text) const {
    const auto found = text(name);
    std::vector<std::string_view> known;
    for (const auto one : words) {
      if (to_text(one) == found) return one;
      known.push_back(to_text(one));
    }
    none_of(name, known);
    return words.front();
  }

  const Json& json() const { return *json_; }
  std::string place(const char* name) const;
  void fault(const char* name, std::string_view what) const;

 private:
  void none_of(const char* name, std::span<const std::string_view> known) const;

  const Json* json_;
  std::string place_;
  std::string* wrong_;
};

}  // namespace rdnsgate::report
