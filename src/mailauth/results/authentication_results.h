// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rdnsgate::mailauth {

/// One method of an Authentication-Results field: `spf=pass smtp.mailfrom=example.com`. Texts are foreign.
struct MethodResult {
  std::string method;  ///< `spf`, `dkim`, `dmarc`, `iprev`; lower case
  std::string result;  ///< `pass`, `fail`, `none`; lower case
  std::string reason;  ///< empty where none is given
  struct Property {
    std::string name;  ///< `smtp.mailfrom`; lower case
    std::string value;
    bool operator==(const Property&) const = default;
  };
  std::vector<Property> properties;
  bool operator==(const MethodResult&) const = default;
};

/// A field by RFC 8601 §2.2.
struct AuthenticationResults {
  std::string authserv_id;            ///< who says it, as it is written
  std::vector<MethodResult> results;  ///< in order; empty where it says `none`
};

/// What is read of a field; more than that is no header of an honest server.
inline constexpr std::size_t most_results_octets = std::size_t{64} << 10, most_results = 64;

/// The value of a field, unfolded or not: what stands behind `Authentication-Results:`. nullopt where it is none by the
/// grammar; nothing of such a field counts. Linear in its length.
std::optional<AuthenticationResults> parse_authentication_results(std::string_view value);

/// The fields of a message's header with this name, in order, from the top; each unfolded. Ends at the first empty line.
std::vector<std::string> header_fields(std::string_view header, std::string_view name);

/// What a server says in all of its fields: those with exactly this authserv-id, in any case. Of a method that comes
/// several times each is kept, in order. Anybody can write fields of other names, and they are passed over.
std::vector<MethodResult> results_of(std::string_view header, std::string_view authserv_id);

}  // namespace rdnsgate::mailauth
