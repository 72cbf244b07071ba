// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "audit/findings.h"
#include "audit/subject/blocklist.h"

namespace rdnsgate::rules {

/// What a list has of one address or name.
struct Listing {
  enum class State : std::uint8_t {
    missing,  ///< it is to be asked first
    listed,
    clear,    ///< a proven denial
    unknown,  ///< the question failed
    refused,  ///< it was answered, and the answer is no listing
  };
  State state = State::missing;
  const dns::Fact* fact = nullptr;  ///< nullptr while it is missing
  std::vector<std::string> codes;   ///< of a listing, in words: `127.0.0.2 (SBL)`
  std::string refusal;              ///< why it says nothing: `it answers 127.0.0.1, which means ...`
};
Listing look_up(const audit::BlocklistCase& c, const dns::Name& owner);

/// The name at which the list has the address (RFC 5782 §2.1, §2.4) or the name; nullopt where it would be too long.
std::optional<dns::Name> listing_name(const inventory::Blocklist& list, const IpAddress& address);
std::optional<dns::Name> listing_name(const inventory::Blocklist& list, const dns::Name& name);

/// Whether a list is one, by its test entries (RFC 5782 §5).
struct ListHealth {
  enum class State : std::uint8_t {
    missing,
    works,
    unusable,
    outside,  ///< only zone files are asked, and none holds it
    absent,   ///< it has no test entry: there is no such list
  };
  State state = State::missing;
  const dns::Fact* fact = nullptr;  ///< of what is unusable or absent
  std::string failure;              ///< in words; empty where the question failed
};
/// Of IPv4 addresses, or of names.
ListHealth health_of(const audit::BlocklistCase& c);
/// Of IPv6 addresses, of a list of addresses that works. Lists need not have any.
ListHealth ipv6_health_of(const audit::BlocklistCase& c);

/// What is looked up in a list.
struct Candidate {
  dns::Name owner;       ///< the question's name
  audit::Target target;  ///< an address or a domain of the inventory
  Span at;
  std::string name;  ///< of a list of names
};
struct Candidates {
  std::vector<Candidate> asked;
  std::size_t left_out = 0;      ///< beyond the limit
  std::size_t without_ipv6 = 0;  ///< IPv6 addresses, of which the list has none
  bool ready = true;             ///< nothing has to be asked to know this
};
/// Nothing of a list that does not work.
Candidates candidates_of(const audit::BlocklistCase& c);

/// Looks all of them up, some at a time.
void for_each_listing(const audit::BlocklistCase& c, const Candidates& all,
                      const std::function<void(const Candidate&, const Listing&)>& visit);

}  // namespace rdnsgate::rules
