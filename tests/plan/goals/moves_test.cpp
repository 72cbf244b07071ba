// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// Name servers of a zone that move: what the parent says, what the zone says, and who has to hold it
// meanwhile.
#include "plan/goals/moves.h"
#include "plan/document/plan_json.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <random>
#include <set>

#include "dns/cut_sample.h"
#include "plan/document/read_plan.h"
#include "plan/emit/emit.h"
#include "plan/lab.h"
#include "plan/rollout/find_standing.h"
#include "plan/rollout/standing.h"
#include "plan/rollout/verify_phase.h"
#include "plan/schema_check.h"
#include "plan/sides.h"
#include "plan/simulate/simulator.h"

using namespace rdnsgate;
using namespace rdnsgate::plan;
using namespace rdnsgate::plan::test;

namespace {

using Names = std::vector<std::string>;
namespace cuts = dns::cuts;

std::vector<Name> names(const Names& texts) {
  std::vector<Name> all;
  for (const auto& text : texts) all.push_back(name(text));
  std::sort(all.begin(), all.end());
  return all;
}

/// `zone.test` and its parent, `test`.
struct Delegated {
  MaybeVersion own, parent;
  std::set<std::string> serving;   ///< name servers that hold the zone
  std::set<std::string> declared;  ///< that are asked though nobody delegates to them
  std::uint32_t old_serial_at_new = 0;
  bool is_signed = false;

  Delegated(const Names& own_servers, const Names& parent_servers)
      : own(Version{86400, ns_rdata(names(own_servers))}),
        parent(Version{172800, ns_rdata(names(parent_servers))}) {
    for (const auto* all : {&own_servers, &parent_servers}) serving.insert(all->begin(), all->end());
  }

  static Names servers_in(const MaybeVersion& version) {
    Names all;
    for (const auto& rdata : version->rdata) all.push_back(dns::name_in(rdata)->text());
    return all;
  }

  dns::Cut cut() const {
    dns::Cut made;
    made.zone = name("zone.test");
    made.parent = name("test");
    auto said = cuts::said(cuts::referral("zone.test", names(servers_in(parent))));
    said.reply.referral->ttl = parent->ttl;
    auto ds = is_signed ? cuts::answer(dns::type_cds, {std::string("\0\1\x0d\2", 4)})
                        : cuts::negative(dns::ReplyKind::nodata, "test");
    if (is_signed) ds.rrset->type = RrType::DS;
    made.parents.push_back({name("p.test"), ip("192.0.2.53"), said, cuts::said(ds)});
    std::set<std::string> listed;
    for (const auto* side : {&own, &parent}) {
      for (const auto& server : servers_in(*side)) listed.insert(server);
    }
    for (const auto& server : listed) made.servers.push_back(server_named(server, 7));
    for (const auto& server : declared) {
      if (!listed.contains(server))
        made.undelegated.push_back(server_named(server, old_serial_at_new != 0 ? old_serial_at_new : 7));
    }
    return made;
  }

  dns::NameServer server_named(const std::string& server, std::uint32_t serial) const {
    dns::NameServer made;
    made.name = name(server);
    made.lookup = dns::Lookup::found;
    auto report = cuts::sound_address("192.0.2.1", serial);
    if (!serving.contains(server))
      report.soa_udp = report.soa_tcp = cuts::said(cuts::failing(Outcome::refused));
    made.addresses.push_back(report);
    return made;
  }

  Dns dns(std::function<void(dns::Delegation&)> change = {}) const {
    Dns made;
    made.zone("test").zone("zone.test");
    made.set("zone.test", RrType::NS, own->ttl, own->rdata);
    dns::Delegation delegation{cut(), cuts::all_works};
    if (change) change(delegation);
    made.change("zone.test", RrType::SOA, [delegation](Fact& fact) {
      fact.delegation = std::make_shared<const dns::Delegation>(delegation);
    });
    return made;
  }

  void carry_out(const Phase& phase) {
    for (const auto& step : phase.steps) {
      auto& side = is_delegation(step.zone, step.owner, step.type) ? parent : own;
      REQUIRE(side == step.before);
      side = step.after;
    }
    for (const auto& manual : phase.manual) {
      serving.insert(manual.starts.begin(), manual.starts.end());
      for (const auto& server : manual.stops) serving.erase(server);
    }
  }
};

Builder declaring(const Names& servers) {
  Builder builder;
  builder.zone("zone.test");
  builder.last_zone().name_servers = names(servers);
  builder.last_zone().contact = "dns@provider.example";
  return builder;
}

const Names old_ones{"ns1.old.example", "ns2.old.example"}, new_ones{"ns1.new.example", "ns2.new.example"};

struct Sample {
  Inventory now;
  dns::FactStore facts;
  World world{facts, 0, {"authority", dns::VantageKind::authoritative, "authority"}};
  Plan plan;

  Sample(Delegated zone, const Names& wanted) : now(declaring(wanted).build()) {
    zone.declared.insert(wanted.begin(), wanted.end());
    facts = ask(zone.dns(), now, nullptr);
    plan = make_plan(now, nullptr, world, {}).value();
  }
  Forecast run(const Plan& some) const { return simulate(now, nullptr, world, some, climate_of(now)); }
};

std::string why_none(const Delegated& zone, const Inventory& now,
                     std::function<void(dns::Delegation&)> change = {}) {
  const auto plan = plan_for(zone.dns(std::move(change)), now);
  return plan ? std::string() : plan.error().message;
}

const std::string both = "ns1.new.example. ns1.old.example. ns2.new.example. ns2.old.example.",
                  only_old = "ns1.old.example. ns2.old.example.",
                  only_new = "ns1.new.example. ns2.new.example.";

}  // namespace

TEST_CASE("name servers move: the new serve, both are named, the parent delegates anew, the old are free") {
  const Sample sample(Delegated(old_ones, old_ones), new_ones);
  const auto& plan = sample.plan;
  CHECK(ids(plan) == Names{"preflight", "start-serving", "add-ns", "move-delegation", "remove-ns",
                           "stop-serving", "restore-ttl"});
  const std::string ns = "zone.test NS: ";
  // What comes first comes with a low TTL: to lower the old one before would only take longer.
  CHECK(steps(plan, "add-ns") == Names{ns + "86400 " + only_old + " => 300 " + both});
  // A registry sets the TTL of a delegation itself.
  CHECK(steps(plan, "move-delegation") == Names{ns + "172800 " + only_old + " => 172800 " + only_new});
  CHECK(steps(plan, "remove-ns") == Names{ns + "300 " + both + " => 300 " + only_new});
  CHECK(steps(plan, "restore-ttl") == Names{ns + "300 " + only_new + " => 86400 " + only_new});

  const auto& start = phase(plan, "start-serving")->manual;
  REQUIRE(start.size() == 1);
  CHECK(start[0].sender == "zone.test");
  CHECK(start[0].starts == new_ones);
  CHECK(start[0].text ==
        "let ns1.new.example, ns2.new.example serve zone.test, in the version that its other name servers "
        "have");
  REQUIRE(phase(plan, "start-serving")->rollback_manual.size() == 1);
  CHECK(phase(plan, "start-serving")->rollback_manual[0].stops == new_ones);
  REQUIRE(phase(plan, "stop-serving")->manual.size() == 1);
  CHECK(phase(plan, "stop-serving")->manual[0].stops == old_ones);

  const auto& own = phase(plan, "add-ns")->steps[0];
  CHECK(own.zone == name("zone.test"));
  CHECK(own.managed_by == ManagedBy::nsupdate);
  const auto& delegation = phase(plan, "move-delegation")->steps[0];
  CHECK(delegation.zone == name("test"));
  CHECK(delegation.managed_by == ManagedBy::ticket);
  CHECK(delegation.contact == "dns@provider.example");
  CHECK(phase(plan, "move-delegation")->rollback[0].after == delegation.before);
  const auto letter = ticket_letter(plan, delegation.contact, parse_time("2027-01-01T00:00:00Z").value());
  CHECK(letter.text.find("in the zone that delegates ours") != std::string::npos);
  CHECK(letter.text.find(" 172800 IN NS ns1.new.example.") != std::string::npos);
  CHECK(letter.text.find("dig +norecurse '@NAMESERVER-OF-test.' zone.test. NS\n") != std::string::npos);

  CHECK(formula(*phase(plan, "start-serving")) == "");
  CHECK(formula(*phase(plan, "add-ns")) == "propagation 300 + old-ttl 86400 + skew 60");
  CHECK(formula(*phase(plan, "move-delegation")) == "propagation 300 + old-ttl 172800 + skew 60");
  CHECK(phase(plan, "move-delegation")->wait.terms[1].origin == "observed at p.test (192.0.2.53)");
  CHECK(formula(*phase(plan, "remove-ns")) == "propagation 300 + old-ttl 300 + skew 60");
  CHECK(plan.cheap_return_until == phase(plan, "move-delegation")->starts_after);

  // Before the first change both sides are looked at.
  const auto& checks = phase(plan, "preflight")->verify;
  REQUIRE(checks.size() == 2);
  CHECK(checks[0].zone == name("test"));
  CHECK(checks[0].expect->rdata == ns_rdata(names(old_ones)));
  CHECK(checks[1].zone == name("zone.test"));
}

TEST_CASE("name servers move: a parent of ours gets a low TTL first, within its limits and with its delay") {
  auto builder = declaring(new_ones);
  builder.zone("test", ManagedBy::zonefile);
  builder.last_zone().min_ttl = seconds(3600);
  builder.last_zone().publish_delay = seconds(1800);
  const auto plan = plan_for(Delegated(old_ones, old_ones).dns(), builder.build()).value();
  // Both at once, and both again soon: to wait once for what is kept longest is shorter than to wait twice.
  CHECK(steps(plan, "lower-ttl") == Names{"zone.test NS: 172800 " + only_old + " => 3600 " + only_old,
                                          "zone.test NS: 86400 " + only_old + " => 300 " + only_old});
  CHECK(phase(plan, "move-delegation")->steps[0].managed_by == ManagedBy::zonefile);
  CHECK(formula(*phase(plan, "move-delegation")) ==
        "propagation 300 + publish-delay 1800 + old-ttl 3600 + skew 60");
  CHECK(steps(plan, "restore-ttl") == Names{"zone.test NS: 3600 " + only_new + " => 172800 " + only_new,
                                            "zone.test NS: 300 " + only_new + " => 86400 " + only_new});
}

TEST_CASE("name servers move: what is true already is no step") {
  SUBCASE("nothing to do") { CHECK(Sample(Delegated(new_ones, new_ones), new_ones).plan.phases.empty()); }
  SUBCASE("no list, no plan") {
    Builder builder;
    builder.zone("zone.test");
    CHECK(plan_for(Delegated(old_ones, new_ones).dns(), builder.build()).value().phases.empty());
  }
  SUBCASE("the new servers hold the zone") {
    Delegated zone(old_ones, old_ones);
    zone.serving.insert(new_ones.begin(), new_ones.end());
    const Sample sample(zone, new_ones);
    CHECK(phase(sample.plan, "start-serving") == nullptr);
    CHECK(phase(sample.plan, "add-ns") != nullptr);
  }
  SUBCASE("one of them holds an older version") {
    Delegated zone(old_ones, old_ones);
    zone.serving.insert(new_ones.begin(), new_ones.end());
    zone.old_serial_at_new = 6;
    CHECK(phase(Sample(zone, new_ones).plan, "start-serving") != nullptr);
  }
  SUBCASE("both are named in the zone") {
    const Sample sample(
        Delegated({"ns1.old.example", "ns2.old.example", "ns1.new.example", "ns2.new.example"}, old_ones),
        new_ones);
    CHECK(phase(sample.plan, "start-serving") == nullptr);
    CHECK(phase(sample.plan, "add-ns") == nullptr);
    CHECK(phase(sample.plan, "move-delegation") != nullptr);
    CHECK(phase(sample.plan, "remove-ns") != nullptr);
  }
  SUBCASE("the parent has moved, and the zone has not") {
    const Sample sample(Delegated(old_ones, new_ones), new_ones);
    CHECK(phase(sample.plan, "move-delegation") == nullptr);
    CHECK(steps(sample.plan, "add-ns").size() == 1);
    CHECK(steps(sample.plan, "remove-ns").size() == 1);
  }
  SUBCASE("one of two stays") {
    const Sample sample(Delegated(old_ones, old_ones), {"ns1.old.example", "ns9.new.example"});
    CHECK(phase(sample.plan, "start-serving")->manual[0].starts == Names{"ns9.new.example"});
    CHECK(phase(sample.plan, "stop-serving")->manual[0].stops == Names{"ns2.old.example"});
  }
  SUBCASE("a server more") {
    const Sample sample(Delegated(old_ones, old_ones), {"ns1.old.example", "ns2.old.example", "ns3.example"});
    CHECK(phase(sample.plan, "remove-ns") == nullptr);
    CHECK(phase(sample.plan, "stop-serving") == nullptr);
    CHECK(phase(sample.plan, "move-delegation") != nullptr);
  }
}

TEST_CASE("name servers move: a signed zone says so to who takes it in") {
  Delegated zone(old_ones, old_ones);
  zone.is_signed = true;
  CHECK(phase(Sample(zone, new_ones).plan, "start-serving")
            ->manual[0]
            .text.ends_with("signed with the same keys"));
}

TEST_CASE("name servers move: what is not known, or out of reach, is no ground to plan on") {
  const Delegated zone(old_ones, old_ones);
  const auto now = declaring(new_ones).build();
  CHECK(why_none(zone, now).empty());
  const auto parent = [](dns::Exchange exchange) {
    return [=](dns::Delegation& delegation) {
      delegation.cut.parents.push_back({name("q.test"), ip("192.0.2.54"), exchange, {}});
    };
  };
  CHECK(why_none(zone, now, parent(cuts::silence(dns::Silence::timeout)))
            .find("the delegation of zone.test at q.test (192.0.2.54): ") != std::string::npos);
  CHECK(why_none(zone, now, parent(cuts::said(cuts::failing(Outcome::servfail)))).find("q.test") !=
        std::string::npos);
  CHECK(why_none(zone, now, parent(cuts::said(cuts::referral("zone.test", names(new_ones)))))
            .find("do not all delegate") != std::string::npos);
  const auto undelegated = [](dns::Delegation& delegation) {
    delegation.cut.parents[0].ns = cuts::said(cuts::negative(dns::ReplyKind::nxdomain, "test"));
  };
  CHECK(why_none(zone, now, undelegated).find("p.test (192.0.2.53) does not delegate zone.test") !=
        std::string::npos);
  const auto in_one = [](dns::Delegation& delegation) {
    delegation.cut.parents[0].ns = cuts::said(cuts::answer(RrType::NS, ns_rdata(names(old_ones))));
  };
  CHECK(why_none(zone, now, in_one).find("its delegation cannot be seen") != std::string::npos);
  // A server that holds both zones beside one that does not hides nothing.
  CHECK(why_none(zone, now, parent(cuts::said(cuts::answer(RrType::NS, ns_rdata(names(old_ones)))))).empty());
  CHECK(why_none(zone, declaring({"ns1.zone.test", "ns2.new.example"}).build())
            .find("ns1.zone.test is a name in zone.test itself") != std::string::npos);
  auto broken = zone.dns();
  broken.broken("zone.test", RrType::NS, Outcome::timeout);
  CHECK_FALSE(plan_for(broken, now));
  // Where nothing is known to be moved, what is planned beside it does not hang on it.
  const auto settled = declaring(old_ones).build();
  const auto silent = parent(cuts::silence(dns::Silence::timeout));
  CHECK(why_none(zone, settled, silent).empty());
  CHECK(plan_for(zone.dns(silent), settled).value().notes.empty());
  const auto mute = [](dns::Delegation& delegation) {
    delegation.cut.parents[0].ns = cuts::silence(dns::Silence::timeout);
  };
  const auto unseen = plan_for(zone.dns(mute), settled).value();
  CHECK(unseen.phases.empty());
  REQUIRE(unseen.notes.size() == 1);
  CHECK(unseen.notes[0].starts_with(
      "The delegation of zone.test is left alone: the delegation of zone.test at p.test (192.0.2.53): "));

  // A resolver does not see the parent's side.
  Dns half;
  half.zone("test").zone("zone.test").set("zone.test", RrType::NS, 86400, ns_rdata(names(old_ones)));
  const auto plan = plan_for(half, now).value();
  CHECK(plan.phases.empty());
  REQUIRE(plan.notes.size() == 1);
  CHECK(plan.notes[0] ==
        "The name servers of zone.test are left alone: only an authoritative vantage sees both sides of its "
        "delegation.");
  Dns nothing;
  nothing.zone("test");
  CHECK(plan_for(nothing, now).value().notes ==
        Names{"The name servers of zone.test are left alone: the DNS has no such zone."});
  half.broken("zone.test", RrType::SOA, Outcome::timeout);
  const auto silent_zone = plan_for(half, now);
  REQUIRE(silent_zone);
  CHECK(silent_zone->notes ==
        Names{"The name servers of zone.test are left alone: zone.test SOA: timeout (broken)."});
}

TEST_CASE("name servers move: a plan is pinned to what both sides said") {
  Delegated zone(old_ones, new_ones);
  const Sample sample(zone, old_ones);
  CHECK(Sample(zone, old_ones).plan.facts_sha256 == sample.plan.facts_sha256);
  zone.parent->ttl += 1;
  CHECK(Sample(zone, old_ones).plan.facts_sha256 != sample.plan.facts_sha256);
}

TEST_CASE("name servers move: the plan is a document that is read back as it was") {
  const Sample sample(Delegated(old_ones, old_ones), new_ones);
  const auto text = emit_json(sample.plan);
  std::string why;
  CHECK_MESSAGE(fits("plan", nlohmann::json::parse(text), &why), why);
  const auto read = read_plan(text, "plan.json");
  REQUIRE(read);
  CHECK(emit_json(*read) == text);
}

TEST_CASE("name servers move: a dynamic update never takes all NS records of a zone away") {
  auto builder = declaring(new_ones);
  builder.zone("test");
  const auto plan = plan_for(Delegated(old_ones, old_ones).dns(), builder.build()).value();
  const auto index = [&](const std::string& id) {
    return static_cast<std::size_t>(phase(plan, id) - plan.phases.data());
  };
  const auto script = nsupdate_script(plan, index("remove-ns"), name("zone.test"), false);
  CHECK(script.find("prereq yxrrset zone.test. IN NS ns2.old.example.") != std::string::npos);
  CHECK(script.find("update delete zone.test. IN NS\n") == std::string::npos);
  const auto added = script.find("update add zone.test. 300 IN NS ns2.new.example.\n"),
             deleted = script.find("update delete zone.test. IN NS ns1.old.example.\n");
  CHECK(added != std::string::npos);
  CHECK(deleted != std::string::npos);
  CHECK(added < deleted);
  CHECK(script.find("update delete zone.test. IN NS ns1.new.example.") == std::string::npos);
  const auto back = nsupdate_script(plan, index("add-ns"), name("zone.test"), true);
  CHECK(back.find("update delete zone.test. IN NS ns1.new.example.\n") != std::string::npos);
  // Those of a delegation are ordinary records of the parent.
  const auto parent = nsupdate_script(plan, index("move-delegation"), name("test"), false);
  CHECK(parent.find("zone test.\n") != std::string::npos);
  CHECK(parent.find("update delete zone.test. IN NS\n") != std::string::npos);
}

TEST_CASE("name servers move: no cache is ever led to a server that does not hold the zone") {
  const Sample sample(Delegated(old_ones, old_ones), new_ones);
  const auto calm = sample.run(sample.plan);
  CHECK(calm.breaches.empty());
  CHECK(calm.early.empty());

  const auto broken = [&](const std::string& id, auto&& change) {
    auto plan = sample.plan;
    for (auto& one : plan.phases) {
      if (one.id == id) change(one);
    }
    std::set<std::string> texts;
    for (const auto& breach : sample.run(plan).breaches) texts.insert(breach.text);
    return texts;
  };
  CHECK(broken("start-serving", [](Phase& one) {
          one.manual.clear();
        }).contains("is delegated to ns1.new.example, which does not serve it"));
  CHECK(broken("start-serving", [&](Phase& one) {
          one.starts_after = phase(sample.plan, "move-delegation")->starts_after;
        }).contains("is delegated to ns1.new.example, which does not serve it"));
  CHECK(broken("stop-serving", [&](Phase& one) {
          one.starts_after = phase(sample.plan, "remove-ns")->starts_after;
        }).contains("is delegated to ns2.old.example, which does not serve it"));
  // All at once: whoever still has the old delegation finds a zone that knows nothing of those servers.
  CHECK(broken("remove-ns", [&](Phase& one) {
          one.starts_after = phase(sample.plan, "move-delegation")->starts_after;
        }).contains("has no name server that its parent names too"));
}

TEST_CASE("name servers move: every wait is needed to its last second") {
  for (const auto& [own, parent] : {std::pair{old_ones, old_ones}, std::pair{old_ones, new_ones}}) {
    const Sample sample(Delegated(own, parent), new_ones);
    unsigned shortened = 0;
    for (std::size_t i = 0; i < sample.plan.phases.size(); ++i) {
      const auto& wait = sample.plan.phases[i].wait;
      if (wait.terms.empty()) continue;
      auto plan = sample.plan;
      for (std::size_t later = i + 1; later < plan.phases.size(); ++later)
        plan.phases[later].starts_after -= seconds(1);
      CHECK_FALSE(sample.run(plan).early.empty());
      ++shortened;
    }
    CHECK(shortened >= 2);
  }
}

TEST_CASE("name servers move: random sets arrive, in as few changes as there can be, and nothing breaks") {
  std::mt19937_64 random(20261127);
  const Names pool{"a.example", "b.example", "c.example", "d.example", "e.example"};
  const auto some = [&] {
    Names chosen;
    while (chosen.empty()) {
      for (const auto& one : pool) {
        if (random() % 2 == 0) chosen.push_back(one);
      }
    }
    return chosen;
  };
  unsigned moved = 0;
  for (unsigned round = 0; round < 300; ++round) {
    CAPTURE(round);
    const auto wanted = some();
    auto own = some();
    Delegated zone(own, random() % 2 == 0 ? own : some());
    for (const auto& one : wanted) {
      if (random() % 3 == 0) zone.serving.insert(one);
    }
    const Sample sample(zone, wanted);
    const auto forecast = sample.run(sample.plan);
    REQUIRE(forecast.breaches.empty());
    REQUIRE(forecast.early.empty());
    std::size_t changes = 0;
    for (const auto& phase : sample.plan.phases) {
      if (phase.id != "preflight" && !phase.id.starts_with("lower") && !phase.id.starts_with("restore"))
        changes += phase.steps.size();
      zone.carry_out(phase);
    }
    REQUIRE(changes <= 3);
    moved += changes > 0 ? 1 : 0;
    REQUIRE(zone.own->rdata == ns_rdata(names(wanted)));
    REQUIRE(zone.parent->rdata == ns_rdata(names(wanted)));
    REQUIRE(zone.serving == std::set<std::string>(wanted.begin(), wanted.end()));
  }
  CHECK(moved > 250);
}

namespace {

const Time noon = parse_time("2027-06-01T12:00:00Z").value();

/// A move that is watched.
struct Watched {
  Plan plan;
  Delegated zone;
  RolloutState state;
  Time now = noon;

  explicit Watched(Delegated start) : plan(Sample(start, new_ones).plan), zone(std::move(start)) {
    zone.declared.insert(new_ones.begin(), new_ones.end());
    state.plan = plan.id;
  }

  dns::FactStore facts(const Dns& dns, const Phase* checks = nullptr) const {
    dns::FactStore store;
    while (true) {
      dns::FactDesk desk(store, 0);
      if (checks != nullptr)
        read_checks(*checks, desk);
      else
        read_rollout(plan, desk);
      if (desk.complete()) return store;
      for (const auto& question : desk.missing()) store.insert(dns.answer(question.name, question.type));
    }
  }
  static dns::VantageInfo info() { return {"authority", dns::VantageKind::authoritative, "authority"}; }

  Standing look() { return look(zone.dns()); }
  Standing look(const Dns& dns) {
    auto standing = find_standing(plan, facts(dns), 0, info(), now, state);
    std::string why;
    CHECK_MESSAGE(fits("rollout", nlohmann::json::parse(emit_standing_json(plan, standing, now)), &why), why);
    return standing;
  }
  Verification verify(const std::string& id) const {
    const auto* one = phase(plan, id);
    return verify_phase(*one, facts(zone.dns(), one), 0, info());
  }
  std::string next(const Standing& standing) const {
    return standing.next.empty() ? "" : plan.phases[standing.next.front()].id;
  }
  void wait(const std::string& id) { now += phase(plan, id)->wait.total; }
};

}  // namespace

TEST_CASE("name servers move: a rollout is followed on both sides of the delegation") {
  Watched rollout(Delegated(old_ones, old_ones));
  auto standing = rollout.look();
  CHECK(standing.verdict == plan::Verdict::ready);
  CHECK(rollout.next(standing) == "start-serving");
  auto verification = rollout.verify("start-serving");
  REQUIRE(verification.wrong.size() == 2);
  CHECK(verification.wrong[0].server == "ns1.new.example");
  CHECK(verification.wrong[0].shows.starts_with("192.0.2.1: "));
  // Somebody says that it is done; it is not.
  rollout.state.done.emplace("start-serving", rollout.now);
  CHECK(rollout.next(rollout.look()) == "start-serving");
  rollout.state.done.clear();

  // It is done, and nobody has to say so.
  rollout.zone.carry_out(*phase(rollout.plan, "start-serving"));
  CHECK(rollout.verify("start-serving").wrong.empty());
  CHECK(rollout.verify("start-serving").problems.empty());
  standing = rollout.look();
  CHECK(standing.verdict == plan::Verdict::ready);
  CHECK(rollout.next(standing) == "add-ns");
  for (const auto* id : {"add-ns", "move-delegation", "remove-ns"}) {
    CAPTURE(id);
    CHECK(rollout.next(rollout.look()) == id);
    CHECK_FALSE(rollout.verify(id).wrong.empty());
    rollout.zone.carry_out(*phase(rollout.plan, id));
    CHECK(rollout.verify(id).wrong.empty());
    standing = rollout.look();
    CHECK(standing.verdict == plan::Verdict::wait);
    CHECK(standing.until == rollout.now + phase(rollout.plan, id)->wait.total);
    rollout.wait(id);
  }
  CHECK(rollout.next(rollout.look()) == "stop-serving");
  rollout.state.done.emplace("stop-serving", rollout.now);
  rollout.zone.carry_out(*phase(rollout.plan, "stop-serving"));
  rollout.now += seconds(1);
  CHECK(rollout.next(rollout.look()) == "restore-ttl");
  rollout.zone.carry_out(*phase(rollout.plan, "restore-ttl"));
  CHECK(rollout.look().verdict == plan::Verdict::complete);
}

TEST_CASE("name servers move: the zones of both sides are asked, and the servers that have to take one in") {
  const auto asked = zones_to_ask(Sample(Delegated(old_ones, old_ones), new_ones).plan);
  REQUIRE(asked.size() == 2);
  CHECK(asked.at(name("test")).empty());
  CHECK(asked.at(name("zone.test")) == names(new_ones));
  // Where only the parent is left to change, the zone's own servers tell of it all the same.
  const auto half = zones_to_ask(Sample(Delegated(new_ones, old_ones), new_ones).plan);
  REQUIRE(half.size() == 2);
  CHECK(half.contains(name("zone.test")));
}

TEST_CASE("name servers move: what the parent shows and the plan does not know, or what it does not say") {
  Watched rollout(Delegated(old_ones, old_ones));
  rollout.zone.parent->rdata = ns_rdata(names({"ns.foreign.example"}));
  auto standing = rollout.look();
  CHECK(standing.verdict == plan::Verdict::left);
  REQUIRE(standing.strange.size() == 1);
  CHECK(standing.strange[0].zone == name("test"));
  CHECK(standing.strange[0].server == "p.test (192.0.2.53)");
  CHECK(standing.strange[0].shows == "ns.foreign.example., TTL 2d");

  rollout.zone.parent->rdata = ns_rdata(names(old_ones));
  const auto dns = rollout.zone.dns([](dns::Delegation& delegation) {
    delegation.cut.parents[0].ns = cuts::silence(dns::Silence::timeout);
  });
  standing = rollout.look(dns);
  CHECK(standing.verdict == plan::Verdict::unknown);
  REQUIRE_FALSE(standing.problems.empty());
  CHECK(standing.problems[0].find("p.test (192.0.2.53)") != std::string::npos);

  // A vantage that makes no walk sees one side.
  Dns half;
  half.zone("test").zone("zone.test").set("zone.test", RrType::NS, 86400, ns_rdata(names(old_ones)));
  standing = rollout.look(half);
  CHECK(standing.verdict == plan::Verdict::unknown);
  CHECK(standing.problems[0].find("only an authoritative vantage") != std::string::npos);

  // One server of the parent is behind.
  rollout.zone.carry_out(*phase(rollout.plan, "start-serving"));
  rollout.zone.carry_out(*phase(rollout.plan, "add-ns"));
  auto behind = rollout.zone.cut().parents[0];
  rollout.zone.carry_out(*phase(rollout.plan, "move-delegation"));
  behind.server = name("q.test");
  standing = rollout.look(
      rollout.zone.dns([&](dns::Delegation& delegation) { delegation.cut.parents.push_back(behind); }));
  CHECK(standing.verdict == plan::Verdict::wait);
  REQUIRE(standing.lagging.size() == 1);
  CHECK(standing.lagging[0].server == "q.test (192.0.2.53)");
}

TEST_CASE("a server holds a zone where every address of it that can be reached does, in no older version") {
  Delegated zone(old_ones, old_ones);
  zone.declared = {"ns1.new.example"};
  const auto holding = [&](auto&& change) {
    auto cut = zone.cut();
    change(cut.undelegated[0]);
    return holds_zone(cut, name("ns1.new.example"));
  };
  CHECK(holding([](auto&) {}) == Holding::no);  // REFUSED
  zone.serving.insert("ns1.new.example");
  CHECK(holding([](auto&) {}) == Holding::yes);
  const auto add = [](dns::AddressReport report) {
    return [report](dns::NameServer& server) { server.addresses.push_back(report); };
  };
  auto report = cuts::sound_address("2001:db8::1", 7);
  CHECK(holding(add(report)) == Holding::yes);
  report.soa_udp = report.soa_tcp = cuts::silence(dns::Silence::timeout);
  CHECK(holding(add(report)) == Holding::unknown);
  report.soa_udp = report.soa_tcp = cuts::silence(dns::Silence::closed);
  CHECK(holding(add(report)) == Holding::no);
  report.soa_udp = report.soa_tcp = cuts::silence(dns::Silence::no_route);
  CHECK(holding(add(report)) == Holding::yes);
  CHECK(holding(add(cuts::sound_address("192.0.2.9", 8))) == Holding::yes);  // ahead is not behind
  CHECK(holding(add(cuts::sound_address("192.0.2.9", 6))) == Holding::no);
  CHECK(holding([](dns::NameServer& server) {
          server.addresses.clear();
          server.lookup = dns::Lookup::none;
        }) == Holding::no);
  CHECK(holding([](dns::NameServer& server) {
          server.addresses.clear();
          server.lookup = dns::Lookup::failed;
        }) == Holding::unknown);
  CHECK(holds_zone(zone.cut(), name("nobody.example")) == Holding::unknown);
  CHECK(holds_zone(zone.cut(), name("ns1.old.example")) == Holding::yes);
}
