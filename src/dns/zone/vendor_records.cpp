// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/zone/vendor_records.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>

#include "base/text/text.h"
#include "dns/record_type.h"

namespace rdnsgate::dns {
namespace {

constexpr RrType anything{};

/// What of a name a type of one vendor decides.
enum class Reach {
  addresses,  ///< its addresses are those of another name
  named,      ///< records of the type that its first word names
  everything,
  host_below,     ///< the server asks a WINS server for names that the zone does not have
  reversed_below  ///< and a NetBIOS node for addresses
};

struct VendorType {
  std::string_view name;
  Reach reach;
  std::string_view what;
};

// As exports of providers and documentation of servers write them.
constexpr std::array vendor_types{
    VendorType{"alias", Reach::addresses, "the provider answers with the addresses of its target"},
    VendorType{"aname", Reach::addresses, "the server answers with the addresses of its target"},
    VendorType{"lua", Reach::named, "a program in the server makes the answer"},
    VendorType{"aws", Reach::named, "Route 53 answers with what its target has"},
    VendorType{"azure", Reach::named, "Azure answers with what its target has"},
    VendorType{"wins", Reach::host_below, "the server asks WINS for what the zone does not have"},
    VendorType{"winsr", Reach::reversed_below, "the server asks hosts for names that the zone does not have"},
    VendorType{"wins-r", Reach::reversed_below,
               "the server asks hosts for names that the zone does not have"},
    VendorType{"url", Reach::everything, "the provider answers with addresses of its own"},
    VendorType{"url301", Reach::everything, "the provider answers with addresses of its own"},
    VendorType{"urlfwd", Reach::everything, "the provider answers with addresses of its own"},
    VendorType{"curl", Reach::everything, "the provider answers with addresses of its own"},
    VendorType{"frame", Reach::everything, "the provider answers with addresses of its own"},
    VendorType{"redirect", Reach::everything, "the provider answers with addresses of its own"},
    VendorType{"httpred", Reach::everything, "the provider answers with addresses of its own"},
    VendorType{"webfwd", Reach::everything, "the provider answers with addresses of its own"},
    VendorType{"pool", Reach::everything, "the provider answers with members of its pool"},
    VendorType{"akamaicdn", Reach::everything, "Akamai answers"},
    VendorType{"akamaitlc", Reach::everything, "Akamai answers"},
};

/// Types whose data is opaque: nothing that is judged here stands on them, and ldns does not read them, or not
/// as BIND does.
constexpr std::array opaque_types{"sink", "doa", "ipn", "hhit", "brid", "a6", "eid", "nimloc", "nxt"};

bool is_automatic_hint(std::string_view word) {
  const auto lower = ascii_lower(word);
  return lower == "ipv4hint=auto" || lower == "ipv6hint=auto";
}

/// `pool A 192.0.2.1` behind white space: a name that was indented by mistake.
bool is_misplaced_owner(std::span<const std::string_view> words) {
  return words.size() > 2 && (record_type(words[1]).has_value() || ascii_lower(words[1]) == "in");
}

/// An alias decides on every type.
RrType of_word(std::string_view word) {
  const auto type = record_type(word);
  return !type || *type == RrType::CNAME ? anything : *type;
}

std::vector<RrType> types_of(Reach reach, std::span<const std::string_view> words) {
  switch (reach) {
    case Reach::addresses:
    case Reach::host_below:
      return {RrType::A, RrType::AAAA};
    case Reach::reversed_below:
      return {RrType::PTR};
    case Reach::named: {
      // AWS ALIAS A target, AZURE ALIAS A target, LUA A "program"
      const std::size_t at = words.size() > 2 && ascii_lower(words[1]) == "alias" ? 2 : 1;
      return {at < words.size() ? of_word(words[at]) : anything};
    }
    case Reach::everything:
      break;
  }
  return {anything};
}

}  // namespace

std::optional<std::vector<OpenQuestion>> open_by(const Name& owner, std::optional<RrType> type,
                                                 std::span<const std::string_view> words) {
  const auto word = ascii_lower(words.front());
  std::vector<OpenQuestion> open;
  const auto known = type ? vendor_types.end()
                          : std::find_if(vendor_types.begin(), vendor_types.end(),
                                         [&](const VendorType& one) { return one.name == word; });
  if (known != vendor_types.end() && (known->reach == Reach::named || !is_misplaced_owner(words))) {
    const auto why = fmt::format("{} {}: {}", words.front(), owner.text(), known->what);
    const bool below = known->reach == Reach::host_below || known->reach == Reach::reversed_below;
    const auto wildcard = below ? Name::parse("*." + owner.fqdn()) : owner;
    for (const auto one : types_of(known->reach, words)) {
      if (wildcard) open.push_back({*wildcard, one, why});
    }
    return open;
  }
  if (!type) return std::nullopt;
  const bool opaque = std::find(opaque_types.begin(), opaque_types.end(), word) != opaque_types.end();
  const bool is_service = word == "svcb" || word == "https";
  if (!opaque && !(is_service && std::any_of(words.begin() + 1, words.end(), is_automatic_hint)))
    return std::nullopt;
  open.push_back({owner, *type,
                  fmt::format("{} {}: {}", words.front(), owner.text(),
                              opaque ? "data of this type is not read here"
                                     : "the server fills in the addresses of its target")});
  return open;
}

}  // namespace rdnsgate::dns
