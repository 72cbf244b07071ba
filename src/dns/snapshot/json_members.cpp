// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/snapshot/json_members.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text/utf8.h"

namespace rdnsgate::dns {
namespace {

/// The octets of an even number of hexadecimal digits; false where it is something else.
bool read_hex(std::string_view digits, std::string& out) {
  constexpr std::string_view hex = "0123456789abcdef";
  if (digits.size() % 2 != 0) return false;
  for (std::size_t i = 0; i < digits.size(); i += 2) {
    const auto high = hex.find(digits[i]), low = hex.find(digits[i + 1]);
    if (high == std::string_view::npos || low == std::string_view::npos) return false;
    out += static_cast<char>(high * 16 + low);
  }
  return true;
}

}  // namespace

Members::Members(const Json& object, std::string& wrong) : object_(object), wrong_(wrong) {
  if (!object_.is_object()) refuse("a value where an object belongs");
}

void Members::refuse(std::string why) {
  if (wrong_.empty()) wrong_ = std::move(why);
}

const Members::Json* Members::take(const char* key, bool required) {
  if (!object_.is_object()) return nullptr;
  const auto member = object_.find(key);
  if (member == object_.end()) {
    if (required) refuse(fmt::format("there is no \"{}\"", key));
    return nullptr;
  }
  taken_.emplace_back(key);
  return &*member;
}

std::string Members::text(const char* key, bool required) {
  const Json* value = take(key, required);
  if (value == nullptr) return {};
  if (value->is_string()) return value->get<std::string>();
  refuse(fmt::format("\"{}\" is not a text", key));
  return {};
}

std::string Members::foreign(const char* key) {
  const Json* value = take(key, false);
  if (value == nullptr) return {};
  if (value->is_string()) return value->get<std::string>();
  std::string octets;
  if (value->is_object() && value->size() == 1 && value->contains("hex") && (*value)["hex"].is_string() &&
      read_hex((*value)["hex"].get_ref<const std::string&>(), octets))
    return octets;
  refuse(fmt::format("\"{}\" is neither a text nor {{\"hex\": \"...\"}}", key));
  return {};
}

std::uint64_t Members::number_up_to(const char* key, std::uint64_t fallback, std::uint64_t most) {
  const Json* value = take(key, false);
  if (value == nullptr) return fallback;
  if (value->is_number_unsigned() && value->get<std::uint64_t>() <= most) return value->get<std::uint64_t>();
  refuse(fmt::format("\"{}\" is not a whole number from 0 to {}", key, most));
  return fallback;
}

bool Members::flag(const char* key) {
  const Json* value = take(key, false);
  if (value == nullptr) return false;
  if (value->is_boolean()) return value->get<bool>();
  refuse(fmt::format("\"{}\" is neither true nor false", key));
  return false;
}

const Members::Json* Members::array(const char* key, bool required) {
  const Json* value = take(key, required);
  if (value == nullptr || value->is_array()) return value;
  refuse(fmt::format("\"{}\" is not an array", key));
  return nullptr;
}

const Members::Json* Members::object(const char* key, bool required) {
  const Json* value = take(key, required);
  if (value == nullptr || value->is_object()) return value;
  refuse(fmt::format("\"{}\" is not an object", key));
  return nullptr;
}

void Members::finish() {
  if (!object_.is_object() || taken_.size() == object_.size()) return;
  for (const auto& member : object_.items()) {
    const std::string& key = member.key();
    if (std::find(taken_.begin(), taken_.end(), key) != taken_.end()) continue;
    return refuse(fmt::format("an unknown member \"{}\"", key.substr(0, 40)));
  }
}

nlohmann::ordered_json foreign_json(const std::string& text) {
  if (is_utf8(text)) return text;
  std::string hex;
  for (const char c : text) hex += fmt::format("{:02x}", static_cast<unsigned char>(c));
  return {{"hex", std::move(hex)}};
}

}  // namespace rdnsgate::dns
