// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "plan/operation/goals.h"
#include "plan/spf/spf_promises.h"

namespace rdnsgate::plan {

/// The world as the crowd of caches may see it: every RRset and every host with the version that everybody
/// has and, inside a round, the one that is on its way. It knows which operation leaves all paths whole.
///
/// The invariant, for every path that is in use and for every mix of versions that are about: each name that
/// its PTR gives resolves to the address, and so does its HELO name; SPF records that list the sender's
/// addresses list it; a relay that is in use is listed too, and a DKIM key in use is there. A path that was
/// in use keeps a PTR that is confirmed until it has none. A path that has never been used has nothing to
/// lose, and is complete before its first use; one that is used and that nothing confirms has nothing to lose
/// either, once what is to confirm it is on its way.
class Crowd {
 public:
  Crowd(const Picture& picture, const Goals& goals);

  /// Begins the operation where it leaves the invariant standing, beside all that was begun before in this
  /// round.
  bool begin(const Operation& operation);
  /// Begins it whatever it breaks.
  void force(const Operation& operation) { take_up(operation); }
  /// What stands in the way of an operation.
  std::string why_not(const Operation& operation) const;
  /// Whether mail leaves from the path, or is about to.
  bool in_use(std::size_t path) const;
  /// The wait is over: what was on its way is all that anybody has.
  void settle();

  const MaybeVersion& value(std::size_t set) const { return sets_[set].value; }
  MaybeVersion pending(std::size_t set) const {
    return sets_[set].changing ? sets_[set].next : sets_[set].value;
  }
  void set_value(std::size_t set, MaybeVersion version) { sets_[set].value = std::move(version); }
  void set_pending(std::size_t set, MaybeVersion version) { sets_[set].next = std::move(version); }

 private:
  struct SetState {
    MaybeVersion value, next;
    bool changing = false;
    Kind by{};
  };
  enum class Use : std::uint8_t { never, sending, stopped };
  struct HostState {
    Use use = Use::never, next = Use::never;
    Name helo, next_helo;
  };

  bool allowed(const Operation& operation) const;
  bool has_its_additions(std::size_t set) const;
  bool has_nothing_to_lose(std::size_t path, const Name& name) const;
  bool is_looked_up(std::size_t set) const;
  const std::vector<std::size_t>& services_of(const Name& domain) const;
  bool allowed_of_services(const Operation& operation) const;
  bool allowed_of_servers(const Operation& operation) const;
  bool all_serve(const DelegationState& state, const std::vector<std::string>& servers) const;
  bool all_relays_started(const Name& domain) const;
  void take_up(const Operation& operation);
  void change(std::size_t set, const Operation& operation);
  MaybeVersion own_part(std::size_t set);
  bool leads_to_block(std::size_t path) const;
  bool ptr_may_name(std::size_t path, const Name& name) const;
  bool is_settled_as(std::size_t set, const std::vector<std::string>& value) const;
  bool everywhere(std::size_t set, const std::string& rdata) const;
  bool somewhere(std::size_t set, const std::string& rdata) const;
  bool resolves(const Name& name, const IpAddress& ip) const;
  bool keeps_spf(const Operation& operation) const;
  std::vector<MaybeVersion> about(std::size_t set) const;
  bool path_is_ready(std::size_t path, const Name& helo) const;
  void find_waiting();
  bool ptr_is_gone(std::size_t path) const;
  bool is_over(std::size_t path) const;
  bool name_is_free(std::size_t path, const Name& name) const;

  const Picture& picture_;
  const Goals& goals_;
  std::vector<SetState> sets_;
  std::vector<HostState> hosts_;                                    ///< by path
  std::vector<HostState> services_;                                 ///< their HELO names mean nothing
  std::unordered_map<Name, std::vector<std::size_t>> services_of_;  ///< by domain or zone
  std::unordered_map<std::size_t, const Operation*> leaving_ptr_;   ///< by path: the removal of its PTR
  std::unordered_map<std::size_t, std::vector<const Operation*>>
      additions_;  ///< by RRset that a relay's start rests on
  SpfPromises spf_;
  std::vector<std::size_t> changing_;
  /// Senders of which something new is not in use yet, at the beginning of the round; and whether any is.
  std::unordered_set<std::string_view> waiting_;
  std::unordered_set<std::string_view> living_;  ///< senders that the present inventory has
  std::unordered_map<std::string, std::size_t>
      paths_;  ///< by address record data; of own_part(), which hardly any plan needs
};

}  // namespace rdnsgate::plan
