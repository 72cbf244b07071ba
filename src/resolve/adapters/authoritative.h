// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "dns/dnssec/proof.h"
#include "dns/zone/root_hints.h"
#include "resolve/adapters/adapter.h"
#include "resolve/adapters/direct_client.h"
#include "resolve/walk/server_answers.h"
#include "resolve/walk/zone_finder.h"

namespace rdnsgate::resolve {

struct AuthoritativeOptions {
  std::vector<dns::RootServer> root;
  /// Zones whose delegation is looked at from both sides, and of which every server is asked every question.
  /// Of other zones, which belong to others, two servers at a time are asked until one answers.
  std::vector<OwnZone> zones;
  dns::TrustAnchors anchors = {};  ///< none: the keys that the root's servers have are trusted
  std::uint16_t port = 53;         ///< of every server
  /// Of one server: 0 for no limit; nullopt for what is polite towards its address (rate_limit.h).
  std::optional<unsigned> questions_per_second;
  bool mix_case = false;  ///< 0x20
};

/// Asks who holds the zone: finds it by a walk from the root, and asks its servers without recursion. An
/// alias that leaves the zone is followed to the zone that it leads to.
class Authoritative : public Adapter {
 public:
  Authoritative(Loop& loop, const AuthoritativeOptions& authoritative, const PanelOptions& options,
                Deliver deliver);

  std::size_t room() const override;
  void ask(dns::Question question) override { queue_.push_back(std::move(question)); }
  void flush() override;
  std::vector<dns::ServerTimes> server_times() const override;

 private:
  using Slot = std::uint16_t;
  static constexpr unsigned most_searches = 3;  ///< of one question: each referral leads further down
  static constexpr unsigned most_walked = 500;  ///< questions of one question's walks, along all its aliases
  /// Questions of all walks to names: so many, and so many for each question. A cold walk takes a few dozen,
  /// and most questions need none.
  static constexpr std::uint64_t walks_of_run = 1'000, walks_of_question = 100;
  static constexpr unsigned most_serial_rounds = 2;  ///< of a zone that changes while it is asked

  struct Zone {
    /// `searching` also stands for names beside the one that is looked for, whose zone it nearly always is.
    enum class State { none, searching, found } state = State::none;
    const OwnZone* own = nullptr;   ///< of the zones that are asked in full
    std::vector<dns::Name> sought;  ///< while searching: the names that are looked for
    /// A name that was looked for turned out to be in a zone below: so may those beside it, each in another,
    /// and several are looked for at a time.
    bool parted = false;
    bool again = false;   ///< of ours: it is looked for a second time, as the first walk led nowhere
    std::string failure;  ///< of ours: why the second walk led nowhere either
    FoundZone found;
    std::unique_ptr<dns::TrustedKeys> keys;  ///< where a chain of trust leads to the zone
    std::vector<DirectClient*> clients;      ///< beside found.servers; opened at the first question
    std::vector<dns::ResponseTimes> times;   ///< of ours: beside found.servers
    std::vector<Slot> waiting;               ///< while searching
  };

  /// One question on its way, perhaps along aliases.
  struct Query {
    bool busy = false;
    dns::Question question;
    dns::Name name;  ///< that is asked for now
    Zone* zone = nullptr;
    std::vector<ServerSaid> said;  ///< beside the servers of the zone, as many as were asked so far
    std::vector<std::optional<dns::Proof>> proofs;  ///< beside `said`: of answers, in a zone with keys
    std::size_t open = 0;                           ///< of them have not answered yet
    bool placing = false, placed = false;  ///< it is being, or was, asked whose zone an unsigned record is in
    /// Answers with different records, while the serials of the copies that they are from are asked for.
    std::vector<ServerSaid> kept;
    std::vector<std::uint32_t> serials;  ///< beside them, as they were before the answers
    unsigned serial_rounds = 0;
    bool referred = false;
    unsigned searches = 0;
    unsigned walked = 0;            ///< questions of the walks that it caused
    std::vector<dns::RRset> chain;  ///< aliases that were followed
    std::vector<dns::ServerAnswer> differing;
    std::vector<dns::Unproven> unproven;
    std::uint16_t proven = 0;
    std::optional<dns::Security> security;  ///< of the zones so far
    Time asked_at{};
    std::uint8_t tries = 0;
  };

  void begin_zones();
  void admit();
  Zone* zone_of(const dns::Name& name, dns::RrType type);
  void place(Slot slot);
  void search(Slot slot);
  void wait_in(Slot slot, Zone& zone);
  void seek(const dns::Name& name, Zone& zone);
  void found(FoundZone&& zone);
  std::pair<const dns::Name, Zone>* noted(const dns::Name& name);
  void ask_servers(Slot slot);
  DirectClient& client_of(Zone& zone, std::size_t server);
  void answered(const IpAddress& server, dns::Fact&& fact);
  void referred(const IpAddress& server, dns::Question&& question, std::vector<dns::RRset>&& aliases);
  ServerSaid* said_by(Query& query, const IpAddress& server);
  static void note_time(Query& query, const ServerSaid& said);
  void arrived(Slot slot);
  void inspect(const IpAddress& server, const dns::Question& question, std::string_view message);
  bool ask_whose(Slot slot);
  void told_whose(Slot slot, const std::optional<dns::Name>& zone);
  void conclude(Slot slot);
  void note_proofs(Query& query);
  void ask_serials(Slot slot);
  void serials_arrived(Slot slot);
  void leave_to_other_zones(const Query& query, std::vector<dns::ServerAnswer>& servers);
  void follow(Slot slot, dns::Fact&& fact);
  void go_on_at(Slot slot, dns::Name target);
  void end(Slot slot, dns::Outcome outcome, std::string reason);
  void finish(Slot slot, dns::Fact&& fact);

  Loop& loop_;
  AuthoritativeOptions authoritative_;
  PanelOptions options_;
  Deliver deliver_;
  std::deque<dns::Question> queue_;
  std::vector<Query> queries_;
  std::vector<Slot> free_;
  std::unordered_map<dns::Name, Zone> zones_;
  std::map<IpAddress, std::unique_ptr<DirectClient>> clients_;
  std::unique_ptr<ZoneFinder> finder_;  ///< made with the first question
  bool more_ = false;                   ///< something was asked since the clients were last flushed
};

}  // namespace rdnsgate::resolve
