// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "plan/world/picture.h"

namespace rdnsgate::plan {

/// The kinds of operations, in the order in which they are tried when several are possible: forward first on
/// the way in, reverse first on the way out, hosts between.
enum class Kind : std::uint8_t {
  add_forward,      ///< A, AAAA or SPF takes an address in
  add_ptr,          ///< a PTR where there was none
  swap_ptr,         ///< a PTR gets another value
  redelegate,       ///< a reverse name becomes an alias into the zone of its block (RFC 2317)
  switch_helo,      ///< a host changes its HELO name
  start_relay,      ///< mail of a domain begins to leave through a relay
  start_egress,     ///< a host begins to send from an address
  stop_egress,      ///< a host stops sending from an address
  stop_relay,       ///< mail of a domain leaves through a relay no more
  switch_dkim,      ///< mail of a domain is signed with another key
  revoke_key,       ///< a DKIM key record says that the key is none any more
  remove_ptr,       ///< the PTR of a retired address goes
  remove_old,       ///< A, AAAA or SPF gives an address up
  start_serving,    ///< servers that a zone is to get take it in
  add_ns,           ///< the zone's own NS records name them beside the others
  move_delegation,  ///< the parent delegates to the servers that the zone is to have
  remove_ns,        ///< the zone's own NS records name those alone
  stop_serving,     ///< the others need not hold the zone any more
};

/// The phase id that operations of this kind come under: `add-forward`.
std::string_view to_string(Kind kind);

/// What is relied on beside addresses.
enum class ServiceKind : std::uint8_t {
  relay,   ///< by a domain whose SPF record lists it
  key,     ///< by a domain whose mail it signs (DKIM)
  server,  ///< by a zone that is delegated to it
};

struct Service {
  Name domain;       ///< or the zone
  std::string name;  ///< the relay's, the selector, or the name server's
  ServiceKind kind{};
  bool before = false;     ///< it is in use before the first change
  std::size_t set = none;  ///< the SPF record or the key record; none where nothing of it changes
  std::string term;        ///< what the SPF record is to list of a relay, or lists and is not to
};

/// Mail of a domain from a path that its SPF record lets through, or is to.
struct SpfPromise {
  Name domain;
  std::size_t path = none;
  std::vector<std::size_t> sets;  ///< RRsets that it rests on
  bool is_new = false;            ///< records do not let it through before the first change
};

/// One change that can be made, or not yet be made, on its own. Operations of one round on the same RRset are
/// carried out together.
struct Operation {
  Kind kind{};
  std::size_t set = none;          ///< the RRset that it changes; none for what a host does
  IpAddress ip;                    ///< add_forward, remove_old: the address that comes or goes
  std::vector<std::string> value;  ///< PTR kinds: the record data afterwards; empty takes the RRset away
  std::vector<std::size_t> paths;  ///< the paths concerned; none for what is about services
  Name from, to;                   ///< names: HELO before and after; PTR target afterwards; owner given up
  std::size_t service = none;  ///< what a TXT record changes for; of what hosts do see `starts` and `stops`
  std::string term;            ///< of an SPF record, where it is not an address that comes or goes
  std::vector<std::size_t> starts{}, stops{};  ///< services that come into use, and go out of it
  std::size_t delegation =
      none;                  ///< of name servers: which zone's; `value` is what NS records have afterwards
  std::size_t alias = none;  ///< redelegate: the alias's RRset; `set` is what the reverse name has before
  std::vector<std::size_t> waits_for{};  ///< remove_old: further services that have to be out of use before
  std::vector<std::size_t> rests_on{};   ///< start_relay: RRsets by what is added to which it is let through
  /// It mends what is broken today and touches nothing that is right: it need not wait for anything.
  bool repair = false;
};

/// The difference between the picture and the declaration.
struct Goals {
  std::vector<Operation> operations;  ///< sorted by kind, then as in the inventory
  std::vector<char> sending;          ///< by path: mail leaves from it before the first change
  std::vector<char>
      unconfirmed;         ///< by path: mail leaves from it, and no name that its PTR gives confirms it
  std::vector<Name> helo;  ///< by path: the HELO name before the first change; the root where unknown
  std::vector<Service> services;
  std::vector<SpfPromise> spf;   ///< those that the plan has to do with
  std::vector<char> spf_leaves;  ///< by path: some domain's record lets it through before, and not in the end
  std::vector<std::string> problems;  ///< why there can be no plan
  std::vector<std::string> notes;
  std::map<std::size_t, std::string>
      unknown;                    ///< paths that hang on something unknown beside their own records
  std::vector<LeftOut> left_out;  ///< and what else does
  std::vector<SpfOpen> spf_open;  ///< what SPF is not brought to say; sorted

  /// Adds a note, unless it is there already.
  void note(std::string text) {
    if (noted.insert(text).second) notes.push_back(std::move(text));
  }
  template <typename First, typename... Args>
  void note(fmt::format_string<First, Args...> text, First&& first, Args&&... more) {
    note(fmt::format(text, std::forward<First>(first), std::forward<Args>(more)...));
  }
  std::unordered_set<std::string> noted;  ///< what `notes` has
};

/// The record data of an RRset of this type once the operation is done.
std::vector<std::string> applied(const Operation& operation, RrType type, std::vector<std::string> rdata);

}  // namespace rdnsgate::plan
