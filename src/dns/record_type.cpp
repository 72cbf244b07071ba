// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/record_type.h"

#include "dns/ldns_headers.h"

#include <array>
#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>

#include "base/text/text.h"

namespace rdnsgate::dns {
namespace {

struct NewerType {
  std::string_view mnemonic;
  std::uint16_t number;
};
// Of the IANA registry of resource record types; ldns 1.8 has no name for them.
constexpr std::array newer_types{
    NewerType{"ninfo", 56},    NewerType{"rkey", 57},    NewerType{"dsync", 66}, NewerType{"hhit", 67},
    NewerType{"brid", 68},     NewerType{"avc", 258},    NewerType{"doa", 259},  NewerType{"amtrelay", 260},
    NewerType{"resinfo", 261}, NewerType{"wallet", 262}, NewerType{"cla", 263},  NewerType{"ipn", 264},
    NewerType{"ta", 32768},
};

}  // namespace

std::uint16_t type_number(std::string_view mnemonic) {
  constexpr std::string_view generic = "type";
  const auto lower = ascii_lower(mnemonic);
  if (lower.starts_with(generic)) {
    const auto digits = mnemonic.substr(generic.size());
    std::uint16_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return error == std::errc() && end == digits.data() + digits.size() ? number : std::uint16_t{0};
  }
  // Most are those that ldns knows.
  if (const auto number = ldns_get_rr_type_by_name(lower.c_str()); number != 0)
    return static_cast<std::uint16_t>(number);
  for (const auto& type : newer_types) {
    if (type.mnemonic == lower) return type.number;
  }
  return 0;
}

std::string type_mnemonic(RrType type) {
  const auto number = static_cast<std::uint16_t>(type);
  for (const auto& newer : newer_types) {
    if (newer.number == number) return ascii_upper(newer.mnemonic);
  }
  const std::unique_ptr<char, decltype(&std::free)> text(ldns_rr_type2str(static_cast<ldns_rr_type>(number)),
                                                         &std::free);
  return text ? text.get() : to_string(type);
}

std::optional<RrType> record_type(std::string_view mnemonic) {
  const auto type = type_number(mnemonic);
  if (type == 0 || type == LDNS_RR_TYPE_OPT || (type >= 249 && type <= 255)) return std::nullopt;
  return static_cast<RrType>(type);
}

}  // namespace rdnsgate::dns
