// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// The vantage that asks who holds the zone, against a tree of scripted servers.
#include "resolve/adapters/authoritative.h"

#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <set>

#include "dns/delegation/delegation.h"
#include "dns/delegation/delegation_verdict.h"
#include "resolve/ask.h"
#include "resolve/net/temp_dir.h"
#include "resolve/script_server.h"

using namespace rdnsgate;
using namespace rdnsgate::dns;
using namespace rdnsgate::resolve;
using namespace rdnsgate::resolve::test;

namespace {

const ScriptZone root{".",
                      {"root.nic"},
                      {"root.nic A 127.0.0.2", "test NS ns.test", "ns.test A 127.0.0.3",
                       "example NS ns1.zone.test", "arpa NS ns.test"}};
const ScriptZone test_zone{"test",
                           {"ns.test"},
                           {"ns.test A 127.0.0.3", "zone.test NS ns1.zone.test", "zone.test NS ns2.zone.test",
                            "ns1.zone.test A 127.0.0.4", "ns2.zone.test A 127.0.0.5"}};
const ScriptZone arpa{"arpa", {"ns.test"}, {"2.0.192.in-addr.arpa NS ns1.zone.test"}};

ScriptZone zone(std::uint32_t serial = 1, std::vector<std::string> more = {"host.zone.test A 192.0.2.1"}) {
  ScriptZone made{
      "zone.test",
      {"ns1.zone.test", "ns2.zone.test"},
      {"ns1.zone.test A 127.0.0.4", "ns2.zone.test A 127.0.0.5", "away.zone.test CNAME there.example",
       "loop.zone.test CNAME loop.example", "lost.zone.test CNAME nowhere.example"},
      serial};
  made.records.insert(made.records.end(), more.begin(), more.end());
  return made;
}

const ScriptZone example{
    "example", {"ns1.zone.test"}, {"there.example A 192.0.2.9", "loop.example CNAME loop.zone.test"}};
const ScriptZone reverse{"2.0.192.in-addr.arpa",
                         {"ns1.zone.test"},
                         {"1.2.0.192.in-addr.arpa PTR host.zone.test",
                          "10.2.0.192.in-addr.arpa CNAME 10.0-63.2.0.192.in-addr.arpa",
                          "0-63.2.0.192.in-addr.arpa NS ns2.zone.test"}};
const ScriptZone block{
    "0-63.2.0.192.in-addr.arpa", {"ns2.zone.test"}, {"10.0-63.2.0.192.in-addr.arpa PTR host.zone.test"}};

/// `zone.test` with its two servers; the first also holds `example` and the reverse zone.
ScriptServers tree(Script first, Script second) {
  return ScriptServers({{"127.0.0.2", zone_script({root})},
                        {"127.0.0.3", zone_script({test_zone, arpa})},
                        {"127.0.0.4", std::move(first)},
                        {"127.0.0.5", std::move(second)}});
}
ScriptServers sound_tree() {
  return tree(zone_script({zone(), example, reverse}), zone_script({zone(), block}));
}

/// A panel with one authoritative vantage; `zones` are looked at in full.
class Asking {
 public:
  Asking(const ScriptServers& servers, const std::vector<std::string>& zones,
         const PanelOptions& options = patient, const std::vector<std::string>& name_servers = {})
      : folder_(TempDir::make().value()) {
    VantageConfig config;
    config.name = "authority";
    config.kind = VantageKind::authoritative;
    config.port = servers.port();
    config.root_hints = folder_.write("root.hints", ". 1 NS root.nic.\nroot.nic. 1 A 127.0.0.2\n").value();
    for (const auto& zone_name : zones) {
      auto& own = config.zones.emplace_back(OwnZone{name(zone_name)});
      for (const auto& server : name_servers) own.name_servers.push_back(name(server));
    }
    panel_ = make_panel(std::vector{config}, options).value();
  }

  Fact ask(std::string_view text, RrType type = RrType::A) { return test::ask(*panel_, text, type); }
  Panel& panel() { return *panel_; }

 private:
  TempDir folder_;
  std::unique_ptr<Panel> panel_;
};

std::vector<std::string> lines(const std::vector<ServerAnswer>& servers) {
  std::vector<std::string> said;
  for (const auto& server : servers)
    said.push_back(server.server.text() + " " + server.address.to_string() + " " +
                   std::string(to_string(server.outcome)));
  return said;
}

Script rcode(unsigned code) {
  return [code](const ScriptQuery&) {
    ScriptReply reply;
    reply.rcode = code;
    reply.authoritative = false;
    return std::optional(reply);
  };
}
const Script silent = [](const ScriptQuery&) { return std::optional<ScriptReply>(); };

/// As `script`, but for questions about this name.
Script but(Script script, std::string_view owner, Script other) {
  return [=, at = name(owner)](const ScriptQuery& query) {
    return query.name == at ? other(query) : script(query);
  };
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("authoritative: an answer with its own TTL, from a server that holds the zone") {
  const auto servers = sound_tree();
  Asking asking(servers, {"zone.test"});
  const auto fact = asking.ask("host.zone.test");
  CHECK(fact.outcome == Outcome::answer);
  CHECK(fact.authoritative);
  CHECK(fact.addresses() == std::vector{IpAddress::parse("192.0.2.1").value()});
  CHECK(fact.servers.empty());
  CHECK(fact.server.substr(0, 10) == "127.0.0.4#");
  CHECK(fact.delegation == nullptr);
  CHECK_FALSE(servers.saw_recursion_desired());
  const auto missing = asking.ask("missing.zone.test");
  CHECK(missing.outcome == Outcome::nxdomain);
  REQUIRE(missing.soa);
  CHECK(missing.soa->owner == name("zone.test"));
}

TEST_CASE("authoritative: the SOA record of a zone of ours comes with both sides of its delegation") {
  const auto servers = sound_tree();
  Asking asking(servers, {"zone.test"});
  const auto fact = asking.ask("zone.test", RrType::SOA);
  CHECK(fact.outcome == Outcome::answer);
  REQUIRE(fact.delegation != nullptr);
  const auto& cut = fact.delegation->cut;
  CHECK(cut.zone == name("zone.test"));
  CHECK(cut.parent == name("test"));
  REQUIRE(cut.parents.size() == 1);
  CHECK(cut.parents[0].ns.reply.kind == ReplyKind::referral);
  REQUIRE(cut.servers.size() == 2);
  for (const auto& server : cut.servers) {
    REQUIRE(server.addresses.size() == 1);
    CHECK(server.addresses[0].serial() == 1);
    CHECK(server.addresses[0].soa_tcp.replied());
  }
  CHECK(fact.delegation->surroundings.tcp[0]);
  CHECK(asking.ask("example", RrType::SOA).delegation == nullptr);
}

TEST_CASE("authoritative: servers that a zone of ours is to get are asked whether they hold it") {
  const ScriptZone example_with_hosts{
      "example",
      {"ns1.zone.test"},
      {"ns3.example A 127.0.0.6", "ns4.example A 127.0.0.7", "ns6.example A 127.0.0.9"}};
  const ScriptServers servers({{"127.0.0.2", zone_script({root})},
                               {"127.0.0.3", zone_script({test_zone, arpa})},
                               {"127.0.0.4", zone_script({zone(7), example_with_hosts})},
                               {"127.0.0.5", zone_script({zone(7)})},
                               {"127.0.0.6", zone_script({zone(7)})},
                               {"127.0.0.7", rcode(5)},
                               {"127.0.0.9", zone_script({zone(6)})}});
  Asking asking(servers, {"zone.test"}, patient,
                {"ns1.zone.test", "ns3.example", "ns4.example", "ns6.example", "no.example"});
  const auto fact = asking.ask("zone.test", RrType::SOA);
  REQUIRE(fact.delegation != nullptr);
  const auto& cut = fact.delegation->cut;
  CHECK(cut.servers.size() == 2);
  REQUIRE(cut.undelegated.size() == 4);  // ns1 is one of its servers already
  const auto report = [&](std::size_t server) -> const AddressReport& {
    REQUIRE(cut.undelegated[server].addresses.size() == 1);
    return cut.undelegated[server].addresses[0];
  };
  CHECK(report(0).serial() == 7);
  CHECK_FALSE(report(1).is_authoritative());
  CHECK(report(1).soa().replied());
  CHECK(report(2).serial() == 6);
  CHECK(cut.undelegated[3].name == name("no.example"));
  CHECK(cut.undelegated[3].lookup == Lookup::none);
  // They are no part of the delegation: nothing is wrong with it, and nothing else is asked of them.
  CHECK(dns::judge(cut, fact.delegation->surroundings).weight() == Weight::note);
  CHECK(asking.ask("host.zone.test").servers.empty());
}

TEST_CASE("authoritative: a declared zone that is none is answered by the zone above") {
  const auto servers = sound_tree();
  Asking asking(servers, {"no.such.zone.test"});
  const auto fact = asking.ask("no.such.zone.test", RrType::SOA);
  CHECK(fact.outcome == Outcome::nxdomain);
  CHECK(fact.delegation == nullptr);
  REQUIRE(fact.soa);
  CHECK(fact.soa->owner == name("zone.test"));
  CHECK(asking.ask("host.zone.test").outcome == Outcome::answer);
}

TEST_CASE("authoritative: a secondary behind: the newest copy speaks, and what each says is kept") {
  const auto servers = tree(zone_script({zone(7, {"host.zone.test A 192.0.2.1"})}),
                            zone_script({zone(9, {"host.zone.test A 192.0.2.2"})}));
  Asking asking(servers, {"zone.test"});
  auto fact = asking.ask("host.zone.test");
  CHECK(fact.addresses() == std::vector{IpAddress::parse("192.0.2.2").value()});
  CHECK(lines(fact.servers) == Lines{"ns1.zone.test 127.0.0.4 answer", "ns2.zone.test 127.0.0.5 answer"});
  fact = asking.ask("missing.zone.test");
  CHECK(fact.servers.empty());
  fact = asking.ask("zone.test", RrType::SOA);
  CHECK(fact.servers.size() == 2);
}

TEST_CASE("authoritative: a record that one server lacks is kept beside the answer") {
  const auto servers = tree(zone_script({zone(1, {})}), zone_script({zone(2)}));
  const auto fact = Asking(servers, {"zone.test"}).ask("host.zone.test");
  CHECK(fact.outcome == Outcome::answer);
  CHECK(lines(fact.servers) == Lines{"ns1.zone.test 127.0.0.4 nxdomain", "ns2.zone.test 127.0.0.5 answer"});
}

TEST_CASE("authoritative: what differs comes with the serial of each copy, and what does not without") {
  const auto serials = [](const Fact& fact) {
    std::vector<std::uint32_t> all;
    for (const auto& said : fact.servers)
      all.push_back(said.soa ? soa_in(said.soa->rdata.front()).value().serial : 0);
    return all;
  };
  using Serials = std::vector<std::uint32_t>;
  const auto first = zone_script({zone(7, {"host.zone.test A 192.0.2.1", "same.zone.test A 192.0.2.3"})});
  const auto second = zone_script({zone(6, {"host.zone.test A 192.0.2.2", "same.zone.test A 192.0.2.3"})});
  {
    const auto servers = tree(first, second);
    Asking asking(servers, {"zone.test"});
    const auto fact = asking.ask("host.zone.test");
    CHECK(fact.addresses() == std::vector{IpAddress::parse("192.0.2.1").value()});
    CHECK(serials(fact) == Serials{7, 6});
    CHECK_FALSE(fact.soa);
    const auto before = servers.asked();
    CHECK(asking.ask("same.zone.test").servers.empty());
    CHECK(servers.asked() == before + 2);
  }
  {
    const auto servers = tree(first, zone_script({zone(6, {})}));
    CHECK(serials(Asking(servers, {"zone.test"}).ask("host.zone.test")) == Serials{7, 6});
  }
}

TEST_CASE("authoritative: an answer of a zone that changes meanwhile is asked for again") {
  // The first server has the new copy from its second answer about the name on; its serial has changed
  // already.
  auto asked = std::make_shared<std::atomic<int>>(0);
  const auto old_copy = zone_script({zone(6, {"host.zone.test A 192.0.2.2"})});
  const auto new_copy = zone_script({zone(7, {"host.zone.test A 192.0.2.1"})});
  const Script changing = [=](const ScriptQuery& query) {
    if (query.name == name("host.zone.test")) return (*asked)++ == 0 ? old_copy(query) : new_copy(query);
    return *asked > 0 ? new_copy(query) : old_copy(query);
  };
  const auto servers = tree(changing, new_copy);
  const auto fact = Asking(servers, {"zone.test"}).ask("host.zone.test");
  CHECK(fact.servers.empty());
  CHECK(fact.addresses() == std::vector{IpAddress::parse("192.0.2.1").value()});
  CHECK(*asked == 2);
}

TEST_CASE("authoritative: what fails at one server is no answer, and not the zone's") {
  const auto sound = zone_script({zone()});
  SUBCASE("REFUSED for one name") {
    const auto servers = tree(but(sound, "host.zone.test", rcode(5)), sound);
    const auto fact = Asking(servers, {"zone.test"}).ask("host.zone.test");
    CHECK(fact.outcome == Outcome::answer);
    CHECK(lines(fact.servers) == Lines{"ns1.zone.test 127.0.0.4 refused", "ns2.zone.test 127.0.0.5 answer"});
  }
  SUBCASE("silence for one name says nothing about the records") {
    const auto servers = tree(but(sound, "host.zone.test", silent), sound);
    const auto fact = Asking(servers, {"zone.test"}, quick).ask("host.zone.test");
    CHECK(fact.outcome == Outcome::answer);
    CHECK(fact.servers.empty());
  }
  SUBCASE("a server that is lame is not asked") {
    const auto servers = tree(rcode(5), sound);
    Asking asking(servers, {"zone.test"});
    CHECK(asking.ask("host.zone.test").outcome == Outcome::answer);
    const auto asked = servers.asked("127.0.0.4");
    for (int i = 0; i < 3; ++i) asking.ask("h" + std::to_string(i) + ".zone.test");
    CHECK(servers.asked("127.0.0.4") == asked);
  }
}

TEST_CASE("authoritative: where no server answers, each failing outcome stays what it is, with the reason") {
  const auto sound = zone_script({zone()});
  const auto outcome_of = [&](const Script& other) {
    const auto servers = tree(but(sound, "host.zone.test", other), but(sound, "host.zone.test", other));
    return Asking(servers, {"zone.test"}, brisk).ask("host.zone.test");
  };
  auto fact = outcome_of(rcode(2));
  CHECK(fact.outcome == Outcome::servfail);
  CHECK(fact.reason == "ns1.zone.test 127.0.0.4: servfail; ns2.zone.test 127.0.0.5: servfail");
  CHECK(outcome_of(rcode(5)).outcome == Outcome::refused);
  fact = outcome_of(silent);
  CHECK(fact.outcome == Outcome::timeout);
  CHECK(fact.reason.find("no reply to") != std::string::npos);
  fact = outcome_of([](const ScriptQuery&) {  // from a cache
    ScriptReply reply;
    reply.authoritative = false;
    reply.answer = {{name("host.zone.test"), RrType::A, 60, {std::string("\xc0\0\2\1", 4)}}};
    return std::optional(reply);
  });
  CHECK(fact.outcome == Outcome::malformed);
  CHECK(fact.reason.find("answers without authority") != std::string::npos);
  CHECK(fact.answer.empty());
}

TEST_CASE("authoritative: a zone of which no server can be asked is said so at once, with its delegation") {
  const auto servers = tree(rcode(5), silent);
  Asking asking(servers, {"zone.test"}, brisk);
  auto fact = asking.ask("host.zone.test");
  CHECK(fact.outcome == Outcome::refused);
  CHECK(fact.reason.substr(0, 36) == "no server of zone.test can be asked:");
  CHECK(fact.reason.find("ns1.zone.test 127.0.0.4: REFUSED") != std::string::npos);
  fact = asking.ask("zone.test", RrType::SOA);
  CHECK(fact.outcome == Outcome::refused);
  CHECK(fact.delegation != nullptr);
}

TEST_CASE("authoritative: a zone of ours to which the first walk finds no way is walked to once more") {
  const auto awake = std::chrono::steady_clock::now() + milliseconds(1300);
  const auto parent = zone_script({test_zone, arpa});
  const ScriptServers servers({{"127.0.0.2", zone_script({root})},
                               {"127.0.0.3",
                                [=](const ScriptQuery& query) {
                                  return std::chrono::steady_clock::now() < awake ? std::nullopt
                                                                                  : parent(query);
                                }},
                               {"127.0.0.4", zone_script({zone()})},
                               {"127.0.0.5", zone_script({zone()})}});
  Asking asking(servers, {"zone.test"}, quick);  // three tries are over after 1 s
  const auto fact = asking.ask("zone.test", RrType::SOA);
  CHECK(fact.outcome == Outcome::answer);
  CHECK(fact.delegation != nullptr);
}

TEST_CASE("authoritative: a zone of ours to which no walk finds a way comes with what stood in it") {
  const auto parent = zone_script({test_zone, arpa});
  const auto asked_with = [&](const Script& about_the_zone) {
    const ScriptServers servers({{"127.0.0.2", zone_script({root})},
                                 {"127.0.0.3", but(parent, "zone.test", about_the_zone)},
                                 {"127.0.0.4", zone_script({zone()})},
                                 {"127.0.0.5", zone_script({zone()})}});
    return Asking(servers, {"zone.test"}, brisk).ask("zone.test", RrType::SOA);
  };
  for (const auto& [script, outcome, words] :
       {std::tuple(silent, Outcome::timeout, "no reply"), std::tuple(rcode(2), Outcome::servfail, "SERVFAIL"),
        std::tuple(rcode(5), Outcome::refused, "REFUSED")}) {
    const auto fact = asked_with(script);
    CAPTURE(fact.delegation_failure);
    CHECK(fact.outcome == outcome);
    CHECK(fact.delegation == nullptr);
    CHECK(
        fact.delegation_failure.starts_with("no server of test answers for zone.test: ns.test 127.0.0.3: "));
    CHECK(fact.delegation_failure.find(words) != std::string::npos);
  }
  CHECK(asked_with(zone_script({zone()})).delegation_failure.empty());
}

TEST_CASE("authoritative: no root server in sight is no answer about anything") {
  const auto servers = ScriptServers({{"127.0.0.2", silent}});
  Asking asking(servers, {"zone.test", "2.0.192.in-addr.arpa"}, quick);
  CHECK(asking.ask("host.zone.test").outcome == Outcome::timeout);
  CHECK(asking.ask("1.2.0.192.in-addr.arpa", RrType::PTR).outcome == Outcome::timeout);
  CHECK(asking.ask("elsewhere.example").outcome == Outcome::timeout);
}

TEST_CASE("authoritative: an alias is followed to who holds its target") {
  const auto servers = sound_tree();
  Asking asking(servers, {"zone.test"});
  auto fact = asking.ask("away.zone.test");
  CHECK(fact.outcome == Outcome::answer);
  REQUIRE(fact.answer.size() == 2);
  CHECK(fact.answer[1].owner == name("there.example"));
  fact = asking.ask("lost.zone.test");
  CHECK(fact.outcome == Outcome::nxdomain);
  CHECK(fact.answer.size() == 1);
  REQUIRE(fact.soa);
  CHECK(fact.soa->owner == name("example"));
  fact = asking.ask("loop.zone.test");
  CHECK(fact.outcome == Outcome::malformed);
  CHECK(fact.reason == "CNAME loop");
  CHECK(asking.ask("loop.zone.test", RrType::CNAME).outcome == Outcome::answer);
}

TEST_CASE("authoritative: RFC 2317: the alias into a block that is delegated, declared or not") {
  const auto servers = sound_tree();
  for (const auto& zones :
       {Lines{"2.0.192.in-addr.arpa"}, Lines{"2.0.192.in-addr.arpa", "0-63.2.0.192.in-addr.arpa"}}) {
    Asking asking(servers, zones);
    const auto fact = asking.ask("10.2.0.192.in-addr.arpa", RrType::PTR);
    CHECK(fact.outcome == Outcome::answer);
    CHECK(fact.targets() == std::vector{name("host.zone.test")});
    CHECK(fact.aliases().size() == 1);
    CHECK(asking.ask("1.2.0.192.in-addr.arpa", RrType::PTR).outcome == Outcome::answer);
  }
}

TEST_CASE("authoritative: names in zones of others, many at once") {
  const auto servers = sound_tree();
  Asking asking(servers, {});
  for (int i = 0; i < 300; ++i) {
    asking.panel().ask({0, name("h" + std::to_string(i) + ".zone.test"), RrType::A});
    asking.panel().ask({0, name("h" + std::to_string(i) + ".example"), RrType::A});
  }
  for (const auto& fact : collect(asking.panel(), 600)) CHECK(fact.outcome == Outcome::nxdomain);
}

TEST_CASE("authoritative: zones of others beside each other are looked for at the same time") {
  constexpr std::size_t count = 8, together = 4;
  const auto apex = [](std::size_t i) { return "d" + std::to_string(i) + ".test"; };
  auto parent = test_zone;
  std::vector<ScriptZone> zones;
  for (std::size_t i = 0; i < count; ++i) {
    const auto server = "ns." + apex(i);
    parent.records.insert(parent.records.end(), {apex(i) + " NS " + server, server + " A 127.0.0.4"});
    zones.push_back({apex(i), {server}, {apex(i) + " A 192.0.2.1", server + " A 127.0.0.4"}});
  }
  // The first search alone can show that these are zones of their own. The server keeps silent about each
  // other one until it was asked about several.
  std::set<Name> seen;
  const auto children = [&, answers = zone_script(zones)](const ScriptQuery& query) {
    if (query.name == name(apex(0)) || !query.name.is_within(name("test"))) return answers(query);
    seen.insert(query.name);
    return seen.size() < together ? std::nullopt : answers(query);
  };
  const auto servers = ScriptServers({{"127.0.0.2", zone_script({root})},
                                      {"127.0.0.3", zone_script({parent, arpa})},
                                      {"127.0.0.4", children}});
  auto options = quick;
  options.try_timeout = milliseconds(700);
  options.question_timeout = milliseconds(5000);
  Asking asking(servers, {}, options);
  for (std::size_t i = 0; i < count; ++i) asking.panel().ask({0, name(apex(i)), RrType::A});
  for (const auto& fact : collect(asking.panel(), count)) {
    CAPTURE(fact.question.name.text());
    CAPTURE(fact.reason);
    CHECK(fact.outcome == Outcome::answer);
  }
}

TEST_CASE("authoritative: a hostile tree ends soon, and as no answer") {
  const auto refers_up = [](const ScriptQuery&) {
    ScriptReply reply;
    reply.authoritative = false;
    reply.authority = {{name("."), RrType::NS, 300, {name("root.nic").wire()}}};
    return std::optional(reply);
  };
  const auto refers_to_itself = [](const ScriptQuery& query) {
    ScriptReply reply;
    reply.authoritative = false;
    reply.authority = {{query.name, RrType::NS, 300, {name("ns1.zone.test").wire()}}};
    return std::optional(reply);
  };
  const auto sound = zone_script({zone()});
  for (const Script& other : {Script(refers_up), Script(refers_to_itself)}) {
    const auto servers = tree(but(sound, "host.zone.test", other), but(sound, "host.zone.test", other));
    CHECK_FALSE(is_definite(Asking(servers, {"zone.test"}, brisk).ask("host.zone.test").outcome));
    const auto lame = tree(other, other);
    CHECK_FALSE(is_definite(Asking(lame, {"zone.test"}, brisk).ask("host.zone.test").outcome));
  }
}

/// The zone directly below test. that a name is in, such as `z7.test`.
std::string child_of_test(const Name& at) {
  Name zone = at;
  while (zone.label_count() > 2) zone = zone.parent();
  return zone.text();
}

/// Holds test., whose zones have one server with glue and three without, which are in zones of the same kind
/// without any: to find one, others have to be found first, and so on.
Script trees() {
  return [sound = zone_script({test_zone, arpa})](const ScriptQuery& query) {
    if (query.name.label_count() < 2 || query.name == name("ns.test")) return sound(query);
    const auto zone = child_of_test(query.name);
    const auto label = zone.substr(0, zone.find('.'));
    ScriptReply reply;
    reply.authoritative = false;
    RRset servers{name(zone), RrType::NS, 300, {}};
    for (int i = 0; i < 3; ++i)
      servers.rdata.push_back(name("n." + label + "-" + std::to_string(i) + ".test").wire());
    if (label.find('-') == std::string::npos) {
      servers.rdata.push_back(name("a." + zone).wire());
      reply.additional = {{name("a." + zone), RrType::A, 300, {std::string("\x7f\0\0\4", 4)}}};
    }
    reply.authority = {std::move(servers)};
    return std::optional(reply);
  };
}

/// Holds all those zones: every name is an alias into the next one.
Script next_trees() {
  return [](const ScriptQuery& query) {
    const auto zone = child_of_test(query.name);
    if (query.name == name(zone)) return zone_script({{zone, {"a." + zone}, {}}})(query);
    const auto next = "x.z" + std::to_string(std::stoi(zone.substr(1)) + 1) + ".test";
    ScriptReply reply;
    reply.answer = {{query.name, RrType::CNAME, 300, {name(next).wire()}}};
    return std::optional(reply);
  };
}

ScriptServers forest() {
  return ScriptServers(
      {{"127.0.0.2", zone_script({root})}, {"127.0.0.3", trees()}, {"127.0.0.4", next_trees()}});
}

TEST_CASE("authoritative: what one question is led to by aliases and referrals is bounded, and said") {
  const auto servers = forest();
  Asking asking(servers, {}, patient);
  const auto fact = asking.ask("x.z0.test");
  CAPTURE(fact.reason);
  CHECK(fact.outcome == Outcome::unanswered);
  CHECK(fact.reason.find("the search for x.z0.test ended after 500 questions") != std::string::npos);
  CHECK(servers.asked() < 600);
}

TEST_CASE("authoritative: what all questions of a run are led to is bounded, and said") {
  constexpr unsigned count = 40;
  const auto servers = forest();
  Asking asking(servers, {}, patient);
  for (unsigned i = 0; i < count; ++i)
    asking.panel().ask({0, name("x.z" + std::to_string(100 * i) + ".test"), RrType::A});
  std::size_t not_looked_for = 0;
  for (const auto& fact : collect(asking.panel(), count)) {
    CHECK(fact.outcome == Outcome::unanswered);
    not_looked_for += fact.reason == "not looked for: answers have led to too many questions";
  }
  CHECK(not_looked_for > 10);
  CHECK(servers.asked() < 1000 + 100 * count + 8 * 500 + 500);
}

TEST_CASE("authoritative: of a zone with very many addresses a part is asked, and that is said of the zone") {
  std::vector<ScriptServers::Entry> entries;
  auto parent = test_zone;
  ScriptZone crowded{"crowd.test", {}, {"host.crowd.test A 192.0.2.1"}};
  for (int server = 0; server < 16; ++server) {
    const auto name_server = "n" + std::to_string(server) + ".crowd.test";
    crowded.ns.push_back(name_server);
    parent.records.push_back("crowd.test NS " + name_server);
    for (int i = 0; i < 4; ++i) {
      const auto address = "127.0.1." + std::to_string(4 * server + i + 1);
      parent.records.push_back(name_server + " A " + address);
      crowded.records.push_back(name_server + " A " + address);
    }
  }
  const auto holder = zone_script({crowded});
  entries.push_back({"127.0.0.2", zone_script({root})});
  entries.push_back({"127.0.0.3", zone_script({parent, arpa})});
  for (int i = 1; i <= 64; ++i) entries.push_back({"127.0.1." + std::to_string(i), holder});
  const ScriptServers servers(std::move(entries));
  Asking asking(servers, {"crowd.test"});
  const auto soa = asking.ask("crowd.test", RrType::SOA);
  CHECK(soa.delegation != nullptr);
  CHECK(soa.delegation_failure == "of the 64 addresses of its name servers 40 are asked");
  const auto before = servers.asked();
  CHECK(asking.ask("host.crowd.test").outcome == Outcome::answer);
  CHECK(servers.asked() - before == 40);
}

TEST_CASE("authoritative: of a zone with thirteen servers and two addresses each every one is asked") {
  std::vector<ScriptServers::Entry> entries;
  auto parent = test_zone;
  ScriptZone large{"large.test", {}, {"host.large.test A 192.0.2.1"}};
  for (int server = 0; server < 13; ++server) {
    const auto name_server = "n" + std::to_string(server) + ".large.test";
    large.ns.push_back(name_server);
    parent.records.push_back("large.test NS " + name_server);
    for (int i = 0; i < 2; ++i) {
      const auto address = "127.0.1." + std::to_string(2 * server + i + 1);
      parent.records.push_back(name_server + " A " + address);
      large.records.push_back(name_server + " A " + address);
    }
  }
  const auto holder = zone_script({large});
  entries.push_back({"127.0.0.2", zone_script({root})});
  entries.push_back({"127.0.0.3", zone_script({parent, arpa})});
  for (int i = 1; i <= 26; ++i) entries.push_back({"127.0.1." + std::to_string(i), holder});
  const ScriptServers servers(std::move(entries));
  Asking asking(servers, {"large.test"});
  CHECK(asking.ask("large.test", RrType::SOA).delegation_failure.empty());
  const auto before = servers.asked();
  CHECK(asking.ask("host.large.test").outcome == Outcome::answer);
  CHECK(servers.asked() - before == 26);
}

TEST_CASE("authoritative: a panel that is given up in mid-walk ends at once") {
  const auto servers = ScriptServers({{"127.0.0.2", silent}});
  const auto begin = std::chrono::steady_clock::now();
  {
    Asking asking(servers, {"zone.test"}, patient);
    asking.panel().ask({0, name("host.zone.test"), RrType::A});
    asking.panel().run_once(milliseconds(50));
  }
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(8));  // one try of 3 s, not nine
}
