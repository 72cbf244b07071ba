// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "dns/delegation/delegation.h"
#include "dns/delegation/trust.h"
#include "dns/types.h"
#include "dns/zone/root_hints.h"
#include "resolve/net/loop.h"
#include "resolve/walk/own_zone.h"
#include "resolve/walk/walk.h"

namespace rdnsgate::resolve {

/// An address that is authoritative for a zone.
struct ZoneServer {
  dns::Name name;
  IpAddress address;
  std::uint32_t serial = 0;  ///< of the zone's copy there
};

/// Who holds a name.
struct FoundZone {
  dns::Name wanted;                 ///< the name that was looked for
  dns::Name zone;                   ///< the zone that it is in
  std::vector<ZoneServer> servers;  ///< by name and address; empty where no server of the zone could be asked
  bool gave_up = false;  ///< the walk got no further than `zone`, which need not be where the name is
  /// Of empty `servers`, and where the walk gave up: what came in place of answers, and the words for it.
  dns::Outcome failure = dns::Outcome::unanswered;
  std::string reason;
  unsigned questions = 0;  ///< that the walk spent
  /// Of its name servers and their addresses, what is not asked; empty where all are.
  std::string left_out;
  dns::Trust trust;  ///< what a validator makes of the zone's keys
  /// Where the name is the apex of a zone that was looked at from both sides.
  std::shared_ptr<const dns::Delegation> delegation;
};

/// Finds zones by walks from the root, several at a time, in threads of its own: a walk is a sequence of
/// questions, each of which waits for the one before. What one walk learns of the upper zones serves the
/// next.
class ZoneFinder {
 public:
  static constexpr std::size_t most_at_once = 8;  ///< walks
  /// Questions that one walk to a name spends at most. An IPv6 reverse name behind a few cold zones takes a
  /// hundred or two.
  static constexpr unsigned most_of_walk = 500;
  /// Addresses of one zone that are asked: 13 name servers with both families have 26.
  static constexpr std::size_t most_holders = 40;

  /// `found` is called for each name that was asked for, from inside the loop.
  ZoneFinder(Loop& loop, std::vector<dns::RootServer> root, dns::TrustAnchors anchors,
             const WalkOptions& options, std::function<void(FoundZone&&)> found);
  ~ZoneFinder();
  ZoneFinder(const ZoneFinder&) = delete;
  ZoneFinder& operator=(const ZoneFinder&) = delete;

  /// Looks for the zone that holds the name.
  void find(const dns::Name& name) { find(Wanted{name, false, {}}); }
  /// So many more questions may be spent on walks to names, which answers lead to. Where they are used up,
  /// the next name is not found, and it is said why.
  void allow(std::uint64_t questions);
  /// As find; where the name turns out to be the apex of a zone, every address of its servers and of its
  /// parent is asked about the delegation, and those that it is to have whether they hold it.
  void inspect(const OwnZone& zone) { find(Wanted{zone.name, true, zone.name_servers}); }

 private:
  struct Wanted {
    dns::Name name;
    bool inspect = false;
    std::vector<dns::Name> declared;
  };

  void find(Wanted&& wanted);

  void work();
  FoundZone walk_safely(const Wanted& wanted);
  FoundZone walk_to(const Wanted& wanted);
  void deliver(FoundZone&& found);
  using Trusts = std::map<dns::Name, dns::Trust>;
  std::vector<dns::Cut> known_above(const dns::Name& name, Trusts& trusts);
  void learn(const dns::Trace& trace, const Wanted& wanted, const Trusts& trusts);
  void collect();

  std::vector<dns::RootServer> root_;
  dns::TrustAnchors anchors_;
  WalkOptions options_;
  std::function<void(FoundZone&&)> found_;
  int signal_ = -1;  ///< an eventfd: something was found
  std::unique_ptr<Readable> ready_;
  std::atomic<bool> stop_ = false;
  std::vector<std::thread> threads_;

  std::mutex mutex_;  ///< of everything below
  std::condition_variable more_;
  std::deque<Wanted> wanted_;
  std::size_t idle_ = 0;
  std::vector<FoundZone> done_;
  std::map<dns::Name, dns::Cut> known_;
  Trusts trusts_;                          ///< of zones in known_
  std::uint64_t allowed_ = 0, spent_ = 0;  ///< of walks to names
};

}  // namespace rdnsgate::resolve
