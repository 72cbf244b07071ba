// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace rdnsgate::dns {

/// Takes the members of a JSON object, one after another. The first thing that is wrong is kept in `wrong`;
/// from there on the values that are handed out mean nothing.
class Members {
 public:
  using Json = nlohmann::json;

  Members(const Json& object, std::string& wrong);

  /// Empty where it may be absent and is.
  std::string text(const char* key, bool required = true);
  /// As text, for one that is not UTF-8 too: that is written as `{"hex": "fffe"}`.
  std::string foreign(const char* key);
  /// `fallback` where it is absent.
  template <typename T>
  T number(const char* key, T fallback, T most = std::numeric_limits<T>::max()) {
    return static_cast<T>(number_up_to(key, fallback, most));
  }
  bool flag(const char* key);
  /// An object or array; nullptr where it is absent, which may be wrong.
  const Json* array(const char* key, bool required);
  const Json* object(const char* key, bool required);
  bool has(const char* key) const { return object_.contains(key); }

  /// To be called at the end: a member that nobody took is wrong.
  void finish();

 private:
  const Json* take(const char* key, bool required);
  std::uint64_t number_up_to(const char* key, std::uint64_t fallback, std::uint64_t most);
  void refuse(std::string why);

  const Json& object_;
  std::string& wrong_;
  std::vector<std::string_view> taken_;
};

/// How Members::foreign reads it.
nlohmann::ordered_json foreign_json(const std::string& text);

}  // namespace rdnsgate::dns
