// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// Walks down a tree of scripted servers: whole chains, broken ones, and hostile ones, which must end soon.
#include "resolve/walk/walk.h"

#include <doctest/doctest.h>
#include <atomic>

#include <algorithm>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

#include "dns/delegation/delegation_verdict.h"
#include "resolve/script_server.h"

using namespace rdnsgate;
using namespace rdnsgate::dns;
using namespace rdnsgate::resolve;
using namespace rdnsgate::resolve::test;

namespace {

Name name(std::string_view text) { return Name::parse(text).value(); }

const ScriptZone root{".", {"root.nic"}, {"root.nic A 127.0.0.2", "test NS ns.test", "ns.test A 127.0.0.3"}};
const ScriptZone test_zone{"test",
                           {"ns.test"},
                           {"ns.test A 127.0.0.3", "zone.test NS ns1.zone.test", "zone.test NS ns2.zone.test",
                            "ns1.zone.test A 127.0.0.4", "ns2.zone.test A 127.0.0.5"}};
const ScriptZone zone{"zone.test",
                      {"ns1.zone.test", "ns2.zone.test"},
                      {"ns1.zone.test A 127.0.0.4", "ns2.zone.test A 127.0.0.5", "host.zone.test A 192.0.2.1",
                       "deep.er.zone.test A 192.0.2.2", "alias.zone.test CNAME host.zone.test",
                       "left.zone.test CNAME right.zone.test", "right.zone.test CNAME left.zone.test"}};

struct Walked {
  Trace trace;
  TraceVerdict verdict;

  std::vector<std::string> faults() const {
    std::vector<std::string> words;
    const auto add = [&](const std::vector<Complaint>& complaints) {
      for (const auto& complaint : complaints)
        words.push_back(std::string(to_string(complaint.weight)) + " " +
                        std::string(to_string(complaint.fault)));
    };
    for (const auto& cut : verdict.cuts) add(cut.complaints);
    add(verdict.complaints);
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
    return words;
  }
  std::vector<std::string> zones() const {
    std::vector<std::string> names;
    for (const auto& cut : trace.cuts) names.push_back(cut.zone.text());
    return names;
  }
};

WalkOptions quick(const ScriptServers& servers) {
  WalkOptions options;
  options.asking.port = servers.port();
  options.asking.try_timeout = milliseconds(100);
  options.asking.question_timeout = milliseconds(500);
  options.connection_time = milliseconds(500);
  options.deadline = milliseconds(20'000);
  return options;
}

Walked walk_to(std::string_view target, const WalkOptions& options) {
  const std::vector<RootServer> hints{{name("root.nic"), {IpAddress::parse("127.0.0.2").value()}}};
  auto trace = walk(hints, name(target), RrType::A, options).value();
  auto verdict = judge(trace);
  return {std::move(trace), std::move(verdict)};
}
Walked walk_to(const ScriptServers& servers, std::string_view target) {
  return walk_to(target, quick(servers));
}

/// The tree of three zones, with other scripts for the servers of the lowest.
ScriptServers tree(Script first, Script second, bool tcp = true) {
  return ScriptServers({{"127.0.0.2", zone_script({root})},
                        {"127.0.0.3", zone_script({test_zone})},
                        {"127.0.0.4", std::move(first)},
                        {"127.0.0.5", std::move(second), tcp}});
}

Script rcode(unsigned code) {
  return [code](const ScriptQuery&) {
    ScriptReply reply;
    reply.rcode = code;
    reply.authoritative = false;
    return std::optional(reply);
  };
}

Script refers_to(std::string_view target, std::vector<std::string> servers) {
  RRset ns{name(target), RrType::NS, 300, {}};
  for (const auto& server : servers) ns.rdata.push_back(name(server).wire());
  return [ns](const ScriptQuery&) {
    ScriptReply reply;
    reply.authoritative = false;
    reply.authority = {ns};
    return std::optional(reply);
  };
}

const Script sound = zone_script({zone});
const Script silent = [](const ScriptQuery&) { return std::optional<ScriptReply>(); };

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("a whole chain: every cut, every server over both transports, and the answer") {
  const auto servers = tree(sound, sound);
  const auto walked = walk_to(servers, "host.zone.test");
  CHECK(walked.faults() == Words{});
  CHECK(walked.zones() == Words{".", "test", "zone.test"});
  CHECK(walked.trace.end == WalkEnd::answer);
  CHECK(walked.trace.zone == name("zone.test"));
  REQUIRE(walked.trace.answer);
  CHECK(walked.trace.answer->rdata == std::vector{rdata_of(IpAddress::parse("192.0.2.1").value())});
  const auto& cut = walked.trace.cuts[2];
  REQUIRE(cut.servers.size() == 2);
  for (const auto& server : cut.servers) {
    REQUIRE(server.addresses.size() == 1);
    const auto& report = server.addresses[0];
    CHECK((report.from_glue && report.resolved));
    CHECK(report.serial() == 1);
    CHECK((report.soa_udp.replied() && report.soa_tcp.replied()));
    CHECK((report.soa_tcp.over_tcp && !report.soa_udp.over_tcp));
    CHECK(report.soa_udp.edns == Edns::yes);
    CHECK(report.soa_udp.rtt_us > 0);
    CHECK(server.glue == server.own);
    CHECK((server.at_parent && server.at_child));
  }
  CHECK_FALSE(servers.saw_recursion_desired());
}

TEST_CASE("denials are whole chains, with the level") {
  const auto servers = tree(sound, sound);
  auto walked = walk_to(servers, "a.b.er.zone.test");
  CHECK(walked.trace.end == WalkEnd::nxdomain);
  CHECK(walked.trace.missing == name("b.er.zone.test"));
  CHECK(walked.verdict.weight == Weight::note);
  walked = walk_to(servers, "er.zone.test");
  CHECK(walked.trace.end == WalkEnd::nodata);
  CHECK(walked.verdict.weight == Weight::note);
}

TEST_CASE("aliases are followed, and a circle of them ends") {
  const auto servers = tree(sound, sound);
  auto walked = walk_to(servers, "alias.zone.test");
  CHECK(walked.trace.end == WalkEnd::answer);
  CHECK(walked.trace.last_name == name("host.zone.test"));
  CHECK(walked.trace.aliases.size() == 1);
  CHECK(walked.zones() == Words{".", "test", "zone.test"});
  walked = walk_to(servers, "left.zone.test");
  CHECK(walked.trace.end == WalkEnd::alias_loop);
  CHECK(walked.faults() == Words{"fault alias-loop"});
}

TEST_CASE("a server that holds parent and child hides no cut") {
  const ScriptServers servers({{"127.0.0.2", zone_script({root, test_zone})},
                               {"127.0.0.3", zone_script({test_zone, zone})},
                               {"127.0.0.4", zone_script({zone})},
                               {"127.0.0.5", zone_script({zone})}});
  const auto walked = walk_to(servers, "host.zone.test");
  CHECK(walked.zones() == Words{".", "test", "zone.test"});
  CHECK(walked.trace.end == WalkEnd::answer);
  CHECK(walked.faults() == Words{});
}

TEST_CASE("one bad server beside a good one: named, and the answer is found all the same") {
  const auto with = [](Script bad) {
    const auto servers = tree(sound, std::move(bad));
    const auto walked = walk_to(servers, "host.zone.test");
    CHECK(walked.trace.end == WalkEnd::answer);
    return walked.faults();
  };
  CHECK(with(rcode(5)) == Words{"fault lame-refused"});
  CHECK(with(rcode(2)) == Words{"fault lame-servfail"});
  CHECK(with(zone_script({root})) == Words{"fault lame-upward-referral"});
  CHECK(with(zone_script({test_zone})) == Words{"fault referral-loop"});
  CHECK(with(refers_to(".", {"root.nic"})) == Words{"fault lame-upward-referral"});
  CHECK(with(silent) == Words{"fault silent"});
  CHECK(with([](const ScriptQuery& query) {
          auto reply = *sound(query);
          reply.authoritative = false;
          return std::optional(reply);
        }) == Words{"fault lame-not-authoritative"});
}

TEST_CASE("a firewall: one transport only") {
  {
    const auto servers = tree(sound, sound, false);
    CHECK(walk_to(servers, "host.zone.test").faults() == Words{"fault udp-only"});
  }
  {
    const auto servers =
        tree(sound, [](const ScriptQuery& query) { return query.tcp ? std::nullopt : sound(query); });
    CHECK(walk_to(servers, "host.zone.test").faults() == Words{"fault udp-only"});
  }
  const auto servers =
      tree(sound, [](const ScriptQuery& query) { return query.tcp ? sound(query) : std::nullopt; });
  const auto walked = walk_to(servers, "host.zone.test");
  CHECK(walked.faults() == Words{"fault tcp-only"});
  const auto& report = walked.trace.cuts[2].servers[1].addresses[0];
  CHECK(report.questions.at(0).exchange.over_tcp);  // the rest was asked where an answer could come from
  CHECK(report.questions.at(0).exchange.reply.kind == ReplyKind::answer);
}

TEST_CASE("EDNS refused, ignored and dropped") {
  const auto without = [](const ScriptQuery& query) {
    auto reply = *sound(query);
    reply.edns = false;
    return std::optional(reply);
  };
  const auto edns = [](const Script& script) {
    const auto servers = tree(sound, script);
    const auto walked = walk_to(servers, "host.zone.test");
    return std::pair(walked.trace.cuts[2].servers[1].addresses[0].soa_udp.edns, walked.faults());
  };
  CHECK(edns(without) == std::pair(Edns::no, Words{}));
  CHECK(edns([&](const ScriptQuery& query) {
          if (!query.edns) return without(query);
          ScriptReply reply;
          reply.rcode = 1;
          reply.edns = reply.authoritative = false;
          return std::optional(reply);
        }) == std::pair(Edns::refused, Words{"note edns-refused"}));
  CHECK(edns([&](const ScriptQuery& query) {
          return query.edns && !query.tcp ? std::nullopt : without(query);
        }) == std::pair(Edns::dropped, Words{"fault edns-dropped"}));
}

TEST_CASE("where nobody answers the servers are at fault, and nothing is said about the name") {
  auto servers = tree(silent, silent);
  auto walked = walk_to(servers, "host.zone.test");
  CHECK(walked.trace.end == WalkEnd::stuck);
  CHECK(walked.verdict.weight == Weight::fault);
  CHECK(walked.faults() == Words{"fault silent", "unknown no-answer"});
}

namespace {

/// Answers over UDP only from the n-th packet on that asks the same. Over TCP everything.
Script lossy(unsigned lost, std::function<bool(const ScriptQuery&)> which) {
  auto turns = std::make_shared<std::map<std::string, unsigned>>();
  return [=](const ScriptQuery& query) -> std::optional<ScriptReply> {
    const auto key = query.name.text() + std::string(to_string(query.type));
    if (!query.tcp && which(query) && ++(*turns)[key] <= lost) return std::nullopt;
    return sound(query);
  };
}

const auto any = [](const ScriptQuery&) { return true; };

}  // namespace

TEST_CASE("lost packets are no fault of a server: one that was silent is asked until it answers") {
  const auto faults_of = [](const Script& script) {
    const auto servers = tree(sound, script);
    return walk_to(servers, "host.zone.test").faults();
  };
  // All tries of the first question, and more, are lost: not "answers over TCP only".
  CHECK(faults_of(lossy(3, any)) == Words{});
  CHECK(faults_of(lossy(20, [](const ScriptQuery& query) { return query.type == RrType::SOA; })) == Words{});
  // The two tries with EDNS of each question are lost: not "drops queries with EDNS".
  CHECK(faults_of(lossy(2, any)) == Words{});
  // Nothing over UDP for many tries over some seconds is no loss.
  CHECK(faults_of(lossy(1000, any)) == Words{"fault tcp-only"});
}

TEST_CASE("a time in which nobody is answered says nothing of one server") {
  // The line, or this machine, hangs from the moment on at which the zone's second server is asked.
  const auto hangs = std::make_shared<std::atomic<bool>>(false);
  const auto until_then = [=](const Script& script) -> Script {
    return [=](const ScriptQuery& query) { return *hangs ? std::nullopt : script(query); };
  };
  const Script second = [=](const ScriptQuery& query) {
    if (query.type == RrType::SOA) *hangs = true;
    return *hangs ? std::nullopt : sound(query);
  };
  const ScriptServers servers({{"127.0.0.2", until_then(zone_script({root}))},
                               {"127.0.0.3", until_then(zone_script({test_zone}))},
                               {"127.0.0.4", until_then(sound)},
                               {"127.0.0.5", second}});
  for (const auto& fault : walk_to(servers, "host.zone.test").faults()) {
    CAPTURE(fault);
    CHECK(fault.find("fault ") == std::string::npos);
  }
}

TEST_CASE("silence over TCP counts where UDP is answered in the same moment") {
  const auto faults_of = [](const Script& script) {
    const auto servers = tree(sound, script);
    auto options = quick(servers);
    options.connection_time *= 2;  // it takes two connections to count as one
    return walk_to("host.zone.test", options).faults();
  };
  CHECK(faults_of([](const ScriptQuery& query) { return query.tcp ? std::nullopt : sound(query); }) ==
        Words{"fault udp-only"});
  // It was heard once, and has its hands full from then on.
  const auto heard = std::make_shared<std::atomic<unsigned>>(0);
  CHECK(faults_of([=](const ScriptQuery& query) {
          const bool busy = query.type == RrType::SOA && (query.tcp || (*heard)++ > 0);
          return busy ? std::nullopt : sound(query);
        }) == Words{"unknown udp-only"});
}

TEST_CASE("what comes later than the next try is due has come") {
  const Script slow = [](const ScriptQuery& query) {
    if (!query.tcp) std::this_thread::sleep_for(milliseconds(200));
    return sound(query);
  };
  const auto servers = tree(sound, slow);
  auto options = quick(servers);
  options.asking.try_timeout = milliseconds(60);
  options.asking.question_timeout = milliseconds(3000);
  CHECK(walk_to("host.zone.test", options).faults() == Words{});
}

TEST_CASE("where there is no time to insist, silence is not known to last") {
  const auto servers = tree(sound, silent);
  auto options = quick(servers);
  options.deadline = milliseconds(2000);
  const auto faults = walk_to("host.zone.test", options).faults();
  CHECK(std::find(faults.begin(), faults.end(), "unknown silent") != faults.end());
}

TEST_CASE("where all are lame the delegation is broken") {
  const auto servers = tree(rcode(5), rcode(5));
  const auto walked = walk_to(servers, "host.zone.test");
  CHECK(walked.trace.end == WalkEnd::stuck);
  CHECK(walked.faults() == Words{"fault lame-refused", "fault no-server"});
}

TEST_CASE("servers without an address, and parents and children that disagree") {
  const auto with = [](const std::vector<std::string>& delegation, const ScriptZone& child) {
    ScriptZone parent{"test", {"ns.test"}, {"ns.test A 127.0.0.3", "text.test PTR x.test"}};
    parent.records.insert(parent.records.end(), delegation.begin(), delegation.end());
    const ScriptServers servers({{"127.0.0.2", zone_script({root})},
                                 {"127.0.0.3", zone_script({parent})},
                                 {"127.0.0.4", zone_script({child})},
                                 {"127.0.0.5", zone_script({child})}});
    return walk_to(servers, "host.zone.test").faults();
  };
  const std::string first = "zone.test NS ns1.zone.test", glue = "ns1.zone.test A 127.0.0.4";
  const ScriptZone one{
      "zone.test", {"ns1.zone.test"}, {"ns1.zone.test A 127.0.0.4", "host.zone.test A 192.0.2.1"}};
  CHECK(with({first, glue}, one) == Words{});
  auto child = one;
  child.ns = {"ns1.zone.test", "gone.test"};
  CHECK(with({first, glue, "zone.test NS gone.test"}, child) == Words{"fault no-address"});
  child.ns = {"ns1.zone.test", "text.test"};
  CHECK(with({first, glue, "zone.test NS text.test"}, child) == Words{"fault no-address"});
  child.ns = {"ns1.zone.test", "alias.test"};
  CHECK(with({first, glue, "zone.test NS alias.test", "alias.test CNAME ns.test"}, child) ==
        Words{"fault address-is-alias"});
  child.ns = {"ns1.zone.test", "ns2.zone.test"};
  child.records.push_back("ns2.zone.test A 127.0.0.5");
  CHECK(with({first, glue, "zone.test NS ns2.zone.test"}, child) == Words{"fault glue-missing"});
  CHECK(with({first, glue}, child) == Words{"fault ns-mismatch"});
  CHECK(with({first, glue, "zone.test NS ns2.zone.test", "ns2.zone.test A 127.0.0.4"}, child) ==
        Words{"fault glue-mismatch"});
}

TEST_CASE("servers whose addresses need each other end as a loop") {
  const ScriptZone parent{
      "test",
      {"ns.test"},
      {"ns.test A 127.0.0.3", "zone.test NS ns.other.test", "other.test NS ns.zone.test"}};
  const ScriptServers servers({{"127.0.0.2", zone_script({root})}, {"127.0.0.3", zone_script({parent})}});
  const auto walked = walk_to(servers, "host.zone.test");
  CHECK(walked.faults() == Words{"fault address-loop", "fault no-server"});
  CHECK(servers.asked() < 100);
}

TEST_CASE("glue for a stranger's name is ignored") {
  const ScriptZone other{"other", {"ns.other"}, {"ns.other A 127.0.0.6", "ns1.other A 127.0.0.4"}};
  ScriptZone top = root;
  for (const auto* line : {"other NS ns.other", "ns.other A 127.0.0.6"}) top.records.push_back(line);
  const ScriptZone parent{
      "test", {"ns.test"}, {"ns.test A 127.0.0.3", "zone.test NS ns1.other", "ns1.other A 127.0.0.9"}};
  ScriptZone child = zone;
  child.ns = {"ns1.other"};
  const ScriptServers servers({{"127.0.0.2", zone_script({top})},
                               {"127.0.0.3", zone_script({parent})},
                               {"127.0.0.4", zone_script({child})},
                               {"127.0.0.6", zone_script({other})},
                               {"127.0.0.9", zone_script({child})}});
  const auto walked = walk_to(servers, "host.zone.test");
  CHECK(walked.faults() == Words{"note foreign-glue"});
  CHECK(walked.trace.end == WalkEnd::answer);
  CHECK(servers.asked("127.0.0.9") == 0);
  CHECK(servers.asked("127.0.0.4") > 0);
}

TEST_CASE("a thousand name servers: a bounded number is asked, and the walk ends") {
  const auto many = [](const ScriptQuery& query) {
    auto reply = *zone_script({test_zone})(query);
    if (reply.authority.empty() || reply.authority[0].type != RrType::NS) return std::optional(reply);
    reply.additional.clear();
    reply.authority[0].rdata.clear();
    for (int i = 0; i < 1000; ++i)
      reply.authority[0].rdata.push_back(name("n" + std::to_string(i) + ".victim.test").wire());
    return std::optional(reply);
  };
  const ScriptServers servers({{"127.0.0.2", zone_script({root})}, {"127.0.0.3", many}});
  const auto walked = walk_to(servers, "host.zone.test");
  CHECK(walked.trace.cuts.back().servers.size() == 16);
  CHECK(walked.trace.cuts.back().left_out == 984);
  const auto faults = walked.faults();
  CHECK(std::find(faults.begin(), faults.end(), "fault too-many-servers") != faults.end());
  CHECK(servers.asked() < 200);
}

TEST_CASE("zone cuts without end, and aliases without end: the walk gives up") {
  // Whatever name it is asked for is a zone, and it holds all of them.
  const auto endless = [](const ScriptQuery& query) {
    ScriptReply reply;
    const auto say = [&](RrType type, std::string rdata) {
      reply.answer = {{query.name, type, 300, {std::move(rdata)}}};
    };
    const std::string soa = std::string(2, '\0') + std::string(20, '\1');
    if (query.type == RrType::SOA)
      say(RrType::SOA, soa);
    else if (query.type == RrType::NS)
      say(RrType::NS, name("root.nic").wire());
    else if (query.type == RrType::A)
      say(RrType::A, rdata_of(IpAddress::parse("127.0.0.2").value()));
    else
      reply.authority = {{query.name, RrType::SOA, 300, {soa}}};
    return std::optional(reply);
  };
  std::string deep;
  for (int i = 0; i < 60; ++i) deep += "x.";
  {
    const ScriptServers servers({{"127.0.0.2", endless}});
    const auto walked = walk_to(servers, deep);
    CHECK(walked.trace.end == WalkEnd::too_deep);
    CHECK(walked.trace.cuts.size() == 40);
    CHECK(walked.faults() == Words{"fault too-deep"});
  }
  unsigned number = 0;
  const auto aliases = [&](const ScriptQuery& query) {
    if (query.type != RrType::A) return *zone_script({root})(query);
    ScriptReply reply;
    reply.answer = {{query.name, RrType::CNAME, 300, {name("x" + std::to_string(++number)).wire()}}};
    return reply;
  };
  const ScriptServers servers({{"127.0.0.2", aliases}});
  const auto walked = walk_to(servers, "x");
  CHECK(walked.trace.end == WalkEnd::too_deep);
  CHECK(walked.verdict.weight == Weight::fault);
  CHECK(servers.asked() < 200);
}

TEST_CASE("a walk asks one server no faster than its vantage may") {
  constexpr unsigned rate = 40, burst = 2;
  std::mutex mutex;
  std::vector<std::chrono::steady_clock::time_point> asked;
  const Script timed = [&](const ScriptQuery& query) {
    const std::lock_guard lock(mutex);
    asked.push_back(std::chrono::steady_clock::now());
    return sound(query);
  };
  const auto servers = tree(timed, sound);
  auto options = quick(servers);
  options.asking.questions_per_second = rate;
  const auto walked = walk_to("host.zone.test", options);
  CHECK(walked.verdict.weight == Weight::note);
  const std::lock_guard lock(mutex);
  REQUIRE(asked.size() > 10);
  const std::chrono::duration<double> took = asked.back() - asked.front();
  CHECK(static_cast<double>(asked.size()) <= rate * took.count() + burst + 1);
}

TEST_CASE("the limit on questions and the deadline end a walk, honestly") {
  const auto servers = tree(sound, sound);
  auto options = quick(servers);
  options.asking.most_questions = 20;
  auto walked = walk_to("host.zone.test", options);
  CHECK(walked.trace.end == WalkEnd::bound);
  CHECK(walked.trace.questions == 20);
  CHECK(walked.verdict.weight == Weight::unknown);
  const auto mute = tree(silent, silent);
  options = quick(mute);
  options.asking.try_timeout = options.asking.question_timeout = milliseconds(5000);
  options.deadline = milliseconds(300);
  const auto begin = std::chrono::steady_clock::now();
  walked = walk_to("host.zone.test", options);
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(3));
  CHECK(walked.trace.end == WalkEnd::bound);
  CHECK(walked.verdict.weight == Weight::unknown);
}

TEST_CASE("names that need each other on one way and not on the other are no loop") {
  const ScriptZone top{
      ".",
      {"root.nic"},
      {"root.nic A 127.0.0.2", "t NS ns.t", "ns.t A 127.0.0.3", "x NS ns.x", "ns.x A 127.0.0.6"}};
  const ScriptZone t{"t",
                     {"ns.t"},
                     {"ns.t A 127.0.0.3", "z.t NS ns.a.t", "z.t NS ns.b.t", "a.t NS ns.b.t", "a.t NS ns.x",
                      "b.t NS ns.a.t"}};
  const ScriptZone a{"a.t", {"ns.b.t", "ns.x"}, {"ns.a.t A 127.0.0.4"}},
      b{"b.t", {"ns.a.t"}, {"ns.b.t A 127.0.0.5"}}, x{"x", {"ns.x"}, {"ns.x A 127.0.0.6"}},
      z{"z.t", {"ns.a.t", "ns.b.t"}, {"host.z.t A 192.0.2.1"}};
  const ScriptServers servers({{"127.0.0.2", zone_script({top})},
                               {"127.0.0.3", zone_script({t})},
                               {"127.0.0.4", zone_script({b, z})},
                               {"127.0.0.5", zone_script({z, a})},
                               {"127.0.0.6", zone_script({x, a})}});
  const auto walked = walk_to(servers, "host.z.t");
  CHECK(walked.trace.end == WalkEnd::answer);
  REQUIRE(walked.trace.cuts.size() == 3);
  for (const auto& server : walked.trace.cuts[2].servers) {
    CHECK(server.lookup == Lookup::found);
    CHECK(server.addresses.size() == 1);
  }
}
