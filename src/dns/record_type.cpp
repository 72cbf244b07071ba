// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/record_type.h"

#include "dns/ldns_headers.h"

#include <charconv>
#include <cstdint>
#include <string>

#include "base/text.h"

namespace rdnsgate::dns {

std::uint16_t type_number(std::string_view mnemonic) {
  constexpr std::string_view generic = "type";
  if (ascii_lower(mnemonic.substr(0, generic.size())) == generic) {
    const auto digits = mnemonic.substr(generic.size());
    std::uint16_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return error == std::errc() && end == digits.data() + digits.size() ? number : std::uint16_t{0};
  }
  return static_cast<std::uint16_t>(ldns_get_rr_type_by_name(std::string(mnemonic).c_str()));
}

std::optional<RrType> record_type(std::string_view mnemonic) {
  const auto type = type_number(mnemonic);
  if (type == 0 || type == LDNS_RR_TYPE_OPT || (type >= 249 && type <= 255)) return std::nullopt;
  return static_cast<RrType>(type);
}

}  // namespace rdnsgate::dns
