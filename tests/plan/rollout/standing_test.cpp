// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/rollout/standing.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "plan/lab.h"
#include "plan/random_estate.h"
#include "plan/rename_sample.h"
#include "plan/rollout/find_standing.h"
#include "plan/rollout/verify_phase.h"
#include "plan/schema_check.h"

using namespace rdnsgate;
using namespace rdnsgate::plan;
using namespace rdnsgate::plan::test;

namespace {

const Time noon = parse_time("2027-06-01T12:00:00Z").value();

Plan rename() {
  const auto now = estate("n1.mail.example"), base = estate("n0.mail.example");
  return plan_for(live(), now, &base).value();
}

/// Two name servers that hold all zones, and a rollout that is watched through them.
struct Rollout {
  Plan plan;
  Dns first, second;
  RolloutState state;
  Time now = noon;

  explicit Rollout(Plan made, const Dns& before) : plan(std::move(made)), first(before), second(before) {
    state.plan = plan.id;
  }

  void apply(const std::string& id, Dns& server) {
    REQUIRE_MESSAGE(phase(plan, id) != nullptr, id);
    for (const auto& step : phase(plan, id)->steps) REQUIRE(server.carry_out(step));
  }
  void apply(const std::string& id) {
    apply(id, first);
    apply(id, second);
  }

  /// No server of these zones answers.
  void silence(const std::vector<std::string>& zones) {
    for (const auto& phase : plan.phases) {
      for (const auto& step : phase.steps) {
        if (std::find(zones.begin(), zones.end(), step.zone.text()) == zones.end()) continue;
        for (auto* server : {&first, &second}) server->broken(step.owner.text(), step.type, Outcome::timeout);
      }
    }
  }

  dns::FactStore facts() const {
    dns::FactStore store;
    while (true) {
      dns::FactDesk desk(store, 0);
      read_rollout(plan, desk);
      for (const auto& check : plan.phases.front().verify) desk.get(check.owner, check.type);
      if (desk.complete()) return store;
      for (const auto& question : desk.missing()) store.insert(answer(question.name, question.type));
    }
  }

  Fact answer(const Name& owner, RrType type) const {
    auto fact = first.answer(owner, type);
    const auto other = second.answer(owner, type);
    if (fact.outcome != other.outcome || fact.answer != other.answer) {
      fact.servers = {
          {name("ns1.mail.example"), ip("192.0.2.1"), fact.outcome, fact.answer, fact.soa, fact.reason},
          {name("ns2.mail.example"), ip("192.0.2.2"), other.outcome, other.answer, other.soa, other.reason}};
    }
    return fact;
  }

  /// What is said to programs follows the schemas, whatever it is.
  Standing look(dns::VantageKind kind = dns::VantageKind::authoritative) {
    auto standing = find_standing(plan, facts(), 0, {"authority", kind, "authority"}, now, state);
    std::string why;
    CHECK_MESSAGE(fits("rollout", nlohmann::json::parse(emit_standing_json(plan, standing, now)), &why), why);
    if (!state.plan.empty())
      CHECK_MESSAGE(fits("rollout-state", nlohmann::json::parse(write_state(state)), &why), why);
    return standing;
  }
  std::vector<std::string> tell(std::vector<std::string> phases) {
    return tell_done(plan, facts(), 0, {"authority", dns::VantageKind::authoritative, "authority"}, now,
                     std::move(phases), state);
  }
  std::vector<std::string> names(const std::vector<std::size_t>& phases) const {
    std::vector<std::string> all;
    for (const auto index : phases) all.push_back(plan.phases[index].id);
    return all;
  }
};

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("a rollout is followed from its first change to its last wait") {
  Rollout rollout(rename(), live());
  auto standing = rollout.look();
  CHECK(standing.verdict == Verdict::ready);
  CHECK(rollout.names(standing.next) == Names{"lower-ttl"});
  CHECK(standing.done.empty());

  rollout.apply("lower-ttl");
  standing = rollout.look();
  CHECK(standing.verdict == Verdict::wait);
  CHECK(standing.until == noon + phase(rollout.plan, "lower-ttl")->wait.total);
  CHECK(rollout.names(standing.done) == Names{"lower-ttl"});

  // The wait counts from the first sight, not from the last look.
  rollout.now = noon + phase(rollout.plan, "lower-ttl")->wait.total - seconds(1);
  CHECK(rollout.look().verdict == Verdict::wait);
  rollout.now += seconds(1);
  standing = rollout.look();
  CHECK(standing.verdict == Verdict::ready);
  CHECK(rollout.names(standing.next) == Names{"add-forward"});

  for (const auto* id : {"add-forward", "swap-ptr"}) {
    rollout.apply(id);
    standing = rollout.look();
    CHECK(standing.verdict == Verdict::wait);
    rollout.now = standing.until;
  }
  standing = rollout.look();
  CHECK(standing.verdict == Verdict::ready);
  CHECK(rollout.names(standing.next) == Names{"switch-helo"});
  // Nobody but a person knows when hosts are done.
  rollout.now += seconds(7 * 86400);
  CHECK(rollout.names(rollout.look().next) == Names{"switch-helo"});
  rollout.state.done["switch-helo"] = rollout.now;
  standing = rollout.look();
  CHECK(standing.verdict == Verdict::wait);
  CHECK(standing.until == rollout.now + seconds(3600));
  rollout.now = standing.until;
  CHECK(rollout.names(rollout.look().next) == Names{"remove-old"});

  rollout.apply("remove-old");
  standing = rollout.look();
  CHECK(standing.verdict == Verdict::wait);
  rollout.now = standing.until;
  CHECK(rollout.names(rollout.look().next) == Names{"restore-ttl"});
  rollout.apply("restore-ttl");
  standing = rollout.look();
  CHECK(standing.verdict == Verdict::complete);
  CHECK(standing.done.size() == rollout.plan.phases.size() - 1);
}

TEST_CASE("without a state waits count from now, every time") {
  Rollout rollout(rename(), live());
  rollout.apply("lower-ttl");
  for (const auto day : {0, 1, 9}) {
    rollout.now = noon + seconds(day * 86400);
    rollout.state = {};
    CHECK(rollout.look().until == rollout.now + phase(rollout.plan, "lower-ttl")->wait.total);
  }
}

TEST_CASE("a name server that lags is waited for, and named") {
  Rollout rollout(rename(), live());
  rollout.apply("lower-ttl", rollout.first);
  const auto standing = rollout.look();
  CHECK(standing.verdict == Verdict::wait);
  CHECK(standing.until == noon + seconds(300));
  REQUIRE(standing.lagging.size() == 3);  // PTR, A and SOA
  CHECK(standing.lagging.front().server == "ns2.mail.example (192.0.2.2)");
  CHECK(standing.missing.empty());
  CHECK(rollout.state.converged.empty());
  const auto text = emit_standing(rollout.plan, standing, noon);
  CHECK(text.find("begun    lower-ttl") != std::string::npos);
  CHECK(text.find("Wait until 2027-06-01T12:05:00Z (5m)") != std::string::npos);
  // Half an hour later it still lags: the wait did not begin.
  rollout.now += seconds(1800);
  CHECK(rollout.look().until == rollout.now + seconds(300));
}

TEST_CASE("of a phase that was applied in one zone only, the rest may be applied") {
  Rollout rollout(rename(), live());
  for (const auto& step : phase(rollout.plan, "lower-ttl")->steps) {
    if (step.zone != name("mail.example")) continue;
    REQUIRE(rollout.first.carry_out(step));
    REQUIRE(rollout.second.carry_out(step));
  }
  const auto standing = rollout.look();
  CHECK(standing.verdict == Verdict::ready);
  CHECK(rollout.names(standing.next) == Names{"lower-ttl"});
  REQUIRE(standing.missing.size() == 1);
  CHECK(standing.missing.front().zone == name("2.0.192.in-addr.arpa"));
  CHECK(rollout.state.converged.empty());
}

TEST_CASE("of a wave that was applied in part the rest may be applied, and the next wave not") {
  Builder before, after;
  Dns dns;
  dns.zone("2.0.192.in-addr.arpa").zone("mail.example");
  for (auto* builder : {&before, &after}) builder->zone("2.0.192.in-addr.arpa").zone("mail.example");
  for (const std::string n : {"1", "2", "3", "4", "5"}) {
    before.address("mx" + n, "192.0.2." + n, "old" + n + ".mail.example", "old" + n + ".mail.example");
    after.address("mx" + n, "192.0.2." + n, "new" + n + ".mail.example", "new" + n + ".mail.example");
    dns.ptr("192.0.2." + n, 300, {"old" + n + ".mail.example"})
        .a("old" + n + ".mail.example", 300, {"192.0.2." + n});
  }
  const auto base = before.build();
  auto now = after.build();
  now.defaults.rollout.wave_percent = 40;
  Rollout rollout(plan_for(dns, now, &base).value(), dns);
  for (const auto* id : {"add-forward", "swap-ptr"}) {
    rollout.apply(id);
    rollout.now = rollout.look().until;
  }
  auto standing = rollout.look();
  CHECK(standing.verdict == Verdict::ready);
  CHECK(rollout.names(standing.next) == Names{"swap-ptr-2"});

  const auto& wave = phase(rollout.plan, "swap-ptr-2")->steps;
  REQUIRE(wave.size() == 2);
  REQUIRE(rollout.first.carry_out(wave.front()));
  REQUIRE(rollout.second.carry_out(wave.front()));
  standing = rollout.look();
  CHECK(standing.verdict == Verdict::ready);
  CHECK(rollout.names(standing.next) == Names{"swap-ptr-2"});
  REQUIRE(standing.missing.size() == 1);
  CHECK(standing.missing.front().owner == wave.back().owner);
  CHECK(emit_standing(rollout.plan, standing, rollout.now).find("swap-ptr-2 (wave 2 of 3)") !=
        std::string::npos);

  REQUIRE(rollout.first.carry_out(wave.back()));
  standing = rollout.look();
  CHECK(standing.verdict == Verdict::wait);
  CHECK(standing.lagging.size() == 1);
  REQUIRE(rollout.second.carry_out(wave.back()));
  standing = rollout.look();
  CHECK(standing.verdict == Verdict::wait);
  CHECK(standing.until == rollout.now + phase(rollout.plan, "swap-ptr-2")->wait.total);

  // A wave before its turn has left the plan.
  Rollout hasty(rollout.plan, rollout.first);
  hasty.apply("remove-old-2");
  CHECK(hasty.look().verdict == Verdict::left);
}

TEST_CASE("steps wait for a change window, and waits run on outside of it") {
  Rollout rollout(rename(), live());
  // Noon is a Tuesday's, in UTC.
  rollout.plan.windows = {ChangeWindow::parse("Wed-Thu 08:00-16:00 Europe/Zurich").value()};
  auto standing = rollout.look();
  CHECK(standing.verdict == Verdict::wait);
  CHECK(format_time(standing.until) == "2027-06-02T06:00:00Z");
  CHECK(standing.why == "the change window");
  CHECK(rollout.names(standing.next) == Names{"lower-ttl"});
  rollout.now = standing.until;
  CHECK(rollout.look().verdict == Verdict::ready);

  // 86760 s after 06:00 is within Thursday's window.
  rollout.apply("lower-ttl");
  standing = rollout.look();
  CHECK(standing.until == rollout.now + seconds(86760));
  CHECK(standing.why.find("window") == std::string::npos);
  rollout.now = standing.until;
  rollout.apply("add-forward");
  rollout.look();
  // Seen at last when the window is about to close: the wait is over after that.
  rollout.now = parse_time("2027-06-03T13:59:00Z").value();
  CHECK(rollout.look().verdict == Verdict::ready);
  rollout.state.converged["add-forward"] = rollout.now;
  standing = rollout.look();
  CHECK(standing.verdict == Verdict::wait);
  CHECK(format_time(standing.until) == "2027-06-09T06:00:00Z");
  CHECK(standing.why.find("caches") == 0);
  CHECK(standing.why.find("change window") != std::string::npos);

  // Half a phase is as safe as none.
  rollout.now = parse_time("2027-06-05T00:00:00Z").value();
  rollout.first.carry_out(phase(rollout.plan, "swap-ptr")->steps.front());
  standing = rollout.look();
  CHECK(standing.lagging.size() == 1);
  CHECK(standing.until == rollout.now + seconds(300));
}

TEST_CASE("what somebody else changed has left the plan") {
  Rollout rollout(rename(), live());
  rollout.apply("lower-ttl");
  SUBCASE("another value") { rollout.second.ptr("192.0.2.10", 300, {"other.mail.example"}); }
  SUBCASE("one more value") { rollout.first.a("n0.mail.example", 300, {"192.0.2.10", "192.0.2.99"}); }
  SUBCASE("another TTL") { rollout.first.a("n0.mail.example", 7200, {"192.0.2.10"}); }
  SUBCASE("an alias") { rollout.first.cname("n1.mail.example", 300, "web.example.net"); }
  SUBCASE("a later phase, out of order") {
    for (auto* server : {&rollout.first, &rollout.second})
      server->ptr("192.0.2.10", 300, {"n1.mail.example"});
  }
  const auto standing = rollout.look();
  CHECK(standing.verdict == Verdict::left);
  CHECK_FALSE(standing.strange.empty());
  CHECK(emit_standing(rollout.plan, standing, noon).find("no longer matches the plan") != std::string::npos);
}

TEST_CASE("what could not be determined is neither done nor left") {
  for (const auto outcome : {Outcome::servfail, Outcome::refused, Outcome::timeout, Outcome::unreachable,
                             Outcome::bogus, Outcome::malformed, Outcome::unanswered}) {
    Rollout rollout(rename(), live());
    rollout.apply("lower-ttl");
    rollout.first.broken("n1.mail.example", RrType::A, outcome);
    rollout.second.broken("n1.mail.example", RrType::A, outcome);
    auto standing = rollout.look();
    CHECK(standing.verdict == Verdict::unknown);
    CHECK(standing.problems.size() == 1);
    CHECK(rollout.state.converged.empty());
    // One silent server is enough.
    Rollout half(rename(), live());
    half.apply("lower-ttl");
    half.second.broken("n1.mail.example", RrType::A, outcome);
    CHECK(half.look().verdict == Verdict::unknown);
    // What is known to be wrong is wrong, whatever is not known.
    half.first.ptr("192.0.2.10", 300, {"other.mail.example"});
    CHECK(half.look().verdict == Verdict::left);
  }
}

TEST_CASE("with no server to be reached, nothing is done and nothing is begun: it is unknown") {
  for (const bool told : {false, true}) {
    CAPTURE(told);
    Rollout rollout(rename(), live());
    rollout.silence({"mail.example", "2.0.192.in-addr.arpa"});
    if (told) rollout.state.done["switch-helo"] = noon;
    const auto standing = rollout.look();
    CHECK(standing.verdict == Verdict::unknown);
    CHECK(rollout.names(standing.done) == (told ? Names{"switch-helo"} : Names{}));
    CHECK(standing.unknown.size() == rollout.plan.phases.size() - 1 - (told ? 1 : 0));
    const auto text = emit_standing(rollout.plan, standing, noon);
    CHECK(text.find(told ? "1 of 6 phases done, 5 unknown" : "0 of 6 phases done, 6 unknown") !=
          std::string::npos);
    CHECK(text.find("zone mail.example: not known") != std::string::npos);
    const auto document = nlohmann::json::parse(emit_standing_json(rollout.plan, standing, noon));
    for (const auto& one : document["phases"])
      CHECK(one["state"] == (told && one["id"] == "switch-helo" ? "done" : "unknown"));
    for (const auto& zone : document["zones"]) {
      CHECK(zone["phase"].is_null());
      CHECK(zone["known"] == false);
    }
  }
}

TEST_CASE("what is seen of one zone decides for phases that only it has, in both directions") {
  Rollout rollout(rename(), live());
  rollout.apply("lower-ttl");
  rollout.apply("add-forward");
  // swap-ptr is in the silent zone alone: whether it was made, the other one does not say.
  rollout.silence({"2.0.192.in-addr.arpa"});
  auto standing = rollout.look();
  CHECK(standing.verdict == Verdict::unknown);
  CHECK(rollout.names(standing.done) == Names{"add-forward"});
  std::string all;
  for (const auto& one : rollout.names(standing.unknown)) all += one + " ";
  CHECK(all == "lower-ttl swap-ptr switch-helo ");
  auto document = nlohmann::json::parse(emit_standing_json(rollout.plan, standing, noon));
  CHECK(document["phases"][4]["id"] == "remove-old");
  CHECK(document["phases"][4]["state"] == "open");

  // One server of two is silent about everything: what the other has shows what is not done, and no more.
  Rollout half(rename(), live());
  half.apply("lower-ttl");
  const Dns before = live();
  for (const auto& [key, version] : before.records())
    half.second.broken(key.first.text(), key.second, Outcome::timeout);
  half.second.broken("n1.mail.example", RrType::A, Outcome::timeout);
  standing = half.look();
  CHECK(standing.verdict == Verdict::unknown);
  CHECK(standing.done.empty());
  CHECK(half.names(standing.unknown) == Names{"lower-ttl"});
}

TEST_CASE("what hosts do is done when somebody said so, and not because of what came after it") {
  Rollout rollout(rename(), live());
  for (const auto* id : {"lower-ttl", "add-forward", "swap-ptr", "remove-old", "restore-ttl"})
    rollout.apply(id);
  auto standing = rollout.look();
  rollout.now = standing.until;
  standing = rollout.look();
  CHECK(standing.verdict == Verdict::complete);
  CHECK(rollout.names(standing.unknown) == Names{"switch-helo"});
  const auto text = emit_standing(rollout.plan, standing, rollout.now);
  CHECK(text.find("5 of 6 phases done, 1 unknown") != std::string::npos);
  CHECK(text.find("everything is done") == std::string::npos);
  rollout.state.done["switch-helo"] = noon;
  standing = rollout.look();
  CHECK(standing.unknown.empty());
  CHECK(standing.done.size() == 6);
}

TEST_CASE("of a record that somebody else changed nobody knows which phases are done") {
  Rollout rollout(rename(), live());
  rollout.apply("lower-ttl");
  rollout.apply("add-forward");
  rollout.second.ptr("192.0.2.10", 300, {"other.mail.example"});
  const auto standing = rollout.look();
  CHECK(standing.verdict == Verdict::left);
  CHECK(rollout.names(standing.done) == Names{"add-forward"});
  CHECK(rollout.names(standing.unknown) == Names{"lower-ttl", "swap-ptr", "restore-ttl"});
}

TEST_CASE("what hosts do is not verified by looking at the DNS") {
  Rollout rollout(rename(), live());
  const auto& hosts = *phase(rollout.plan, "switch-helo");
  const auto found =
      verify_phase(hosts, rollout.facts(), 0, {"authority", dns::VantageKind::authoritative, "authority"});
  CHECK(found.wrong.empty());
  REQUIRE(found.problems.size() == 1);
  CHECK(found.problems.front().find("mx1: change the HELO name") == 0);
  CHECK(nlohmann::json::parse(emit_verification_json(rollout.plan, hosts, found, noon))["verdict"] ==
        "inconclusive");
}

TEST_CASE("a cache cannot say where a rollout stands") {
  Rollout rollout(rename(), live());
  auto store = rollout.facts();
  dns::FactStore cached;
  store.for_each([&](Fact fact) {
    fact.authoritative = false;
    cached.insert(fact);
  });
  const auto standing = find_standing(rollout.plan, cached, 0, {"quad9", dns::VantageKind::forward, "quad9"},
                                      noon, rollout.state);
  CHECK(standing.verdict == Verdict::unknown);
}

TEST_CASE("what is taken back was not seen") {
  Rollout rollout(rename(), live());
  rollout.apply("lower-ttl");
  rollout.look();
  CHECK(rollout.state.converged.count("lower-ttl") == 1);
  rollout.first = rollout.second = live();
  CHECK(rollout.look().verdict == Verdict::ready);
  CHECK(rollout.state.converged.empty());
  rollout.now += seconds(86760);
  rollout.apply("lower-ttl");
  CHECK(rollout.look().until == rollout.now + seconds(86760));
}

TEST_CASE("a clock that was put back shortens no wait") {
  Rollout rollout(rename(), live());
  rollout.apply("lower-ttl");
  rollout.now = noon + seconds(10 * 86400);
  rollout.look();
  rollout.now = noon;
  auto standing = rollout.look();
  CHECK(standing.until == noon + seconds(10 * 86400 + 86760));
  CHECK(rollout.state.converged["lower-ttl"] == noon + seconds(10 * 86400));
  CHECK(standing.notes ==
        std::vector<std::string>{
            "the clock is behind: lower-ttl was recorded at 2027-06-11T12:00:00Z, which is 1w3d "
            "ahead; the later moment counts (if that one is wrong, take it out of the state)"});
  rollout.now = noon + seconds(10 * 86400 + 1);
  CHECK(rollout.look().verdict == Verdict::wait);
  CHECK(rollout.look().notes.empty());
}

TEST_CASE("what hosts are said to have done counts once it is its turn, and not before") {
  Rollout rollout(rename(), live());
  CHECK(rollout.tell({"switch-helo"}) == std::vector<std::string>{"switch-helo"});
  CHECK(rollout.state.done.empty());
  CHECK(rollout.state.early.contains("switch-helo"));
  for (const auto* phase : {"lower-ttl", "add-forward", "swap-ptr"}) {
    CHECK(rollout.tell({"switch-helo"}).size() == 1);
    rollout.apply(phase);
    rollout.now = rollout.look().until;
  }
  CHECK(rollout.tell({"switch-helo"}).empty());
  CHECK(rollout.state.done.at("switch-helo") == rollout.now);
  CHECK(rollout.state.early.empty());
  rollout.now += seconds(60);
  CHECK(rollout.tell({"switch-helo"}).empty());  // once more: the first moment stays
  CHECK(rollout.state.done.at("switch-helo") == rollout.now - seconds(60));
}

TEST_CASE("what two runs remember is merged, the later moment stays, and what one forgot is forgotten") {
  const RolloutState base{"p", {{"a", noon}, {"b", noon}}, {{"x", noon}}, {}};
  RolloutState mine = base, theirs = base;
  mine.done["y"] = noon + seconds(1);
  theirs.done["z"] = noon + seconds(2);
  mine.converged["c"] = noon + seconds(5);
  theirs.converged["c"] = noon + seconds(4);
  theirs.converged["a"] = noon + seconds(9);
  mine.converged.erase("b");
  const auto both = merged(base, mine, theirs);
  CHECK(both.done ==
        std::map<std::string, Time>{{"x", noon}, {"y", noon + seconds(1)}, {"z", noon + seconds(2)}});
  CHECK(both.converged == std::map<std::string, Time>{{"a", noon + seconds(9)}, {"c", noon + seconds(5)}});
  CHECK(merged(base, theirs, mine) == both);
  CHECK(merged({}, mine, {}) == mine);
  CHECK(read_state(write_state(both), "state", "p").value() == both);
}

TEST_CASE("every phase of every random plan is recognised, on both servers and in between") {
  std::size_t phases = 0;
  const unsigned all = estates(80);
  for (unsigned seed = 0; seed < all; ++seed) {
    CAPTURE(seed);
    const Case c = random_case(seed);
    const auto plan = plan_for(c.dns, c.now, &c.base).value();
    if (plan.phases.empty()) continue;
    Rollout rollout(plan, c.dns);
    for (const auto& phase : plan.phases) {
      if (!phase.manual.empty()) rollout.state.done[phase.id] = noon;
    }
    for (std::size_t i = 0; i < plan.phases.size(); ++i) {
      const auto& one = plan.phases[i];
      CAPTURE(one.id);
      if (one.steps.empty()) continue;
      auto standing = rollout.look();
      if (standing.verdict == Verdict::wait && standing.lagging.empty()) {
        rollout.now = standing.until;
        standing = rollout.look();
      }
      REQUIRE(standing.verdict == Verdict::ready);
      CHECK(std::find(standing.next.begin(), standing.next.end(), i) != standing.next.end());
      rollout.apply(one.id, rollout.first);
      standing = rollout.look();
      CHECK((standing.verdict == Verdict::wait || standing.verdict == Verdict::ready));
      CHECK(std::find(standing.done.begin(), standing.done.end(), i) == standing.done.end());
      rollout.apply(one.id, rollout.second);
      ++phases;
    }
    auto standing = rollout.look();
    if (standing.verdict == Verdict::wait) {
      rollout.now = standing.until;
      standing = rollout.look();
    }
    CHECK(standing.verdict == Verdict::complete);
  }
  CHECK(phases > 5 * all / 2);
}

TEST_CASE("a phase is verified at every name server") {
  Rollout rollout(rename(), live());
  const auto& preflight = rollout.plan.phases.front();
  const dns::VantageInfo info{"authority", dns::VantageKind::authoritative, "authority"};
  auto found = verify_phase(preflight, rollout.facts(), 0, info);
  CHECK(found.wrong.empty());
  CHECK(found.problems.empty());
  rollout.apply("lower-ttl", rollout.second);
  found = verify_phase(preflight, rollout.facts(), 0, info);
  REQUIRE(found.wrong.size() == 2);
  CHECK(found.wrong.front().server == "ns2.mail.example (192.0.2.2)");
  CHECK(emit_verification(preflight, found).find("expected ") != std::string::npos);
  rollout.first.broken("n0.mail.example", RrType::A, Outcome::timeout);
  CHECK(verify_phase(preflight, rollout.facts(), 0, info).problems.size() == 1);
}

TEST_CASE("foreign text in a standing is harmless") {
  Rollout rollout(rename(), live());
  rollout.first.broken("n1.mail.example", RrType::A, Outcome::timeout);
  auto store = rollout.facts();
  dns::FactStore evil;
  store.for_each([&](Fact fact) {
    fact.reason = "\x1b[31m\nfake";
    evil.insert(fact);
  });
  const auto standing =
      find_standing(rollout.plan, evil, 0, {"a", dns::VantageKind::authoritative, "a"}, noon, rollout.state);
  const auto text = emit_standing(rollout.plan, standing, noon);
  CHECK(std::none_of(text.begin(), text.end(), [](char c) { return c != '\n' && c >= 0 && c < 0x20; }));
  CHECK(text.find("\nfake") == std::string::npos);
}

TEST_CASE("a program is told what a person is") {
  Rollout rollout(rename(), live());
  const auto told = [&] {
    return nlohmann::json::parse(emit_standing_json(rollout.plan, rollout.look(), rollout.now));
  };
  const auto state = [](const nlohmann::json& document, const std::string& id) {
    for (const auto& phase : document["phases"]) {
      if (phase["id"] == id) return phase["state"].get<std::string>();
    }
    return std::string("missing");
  };
  auto document = told();
  CHECK(document["verdict"] == "ready");
  CHECK(document["until"].is_null());
  CHECK(state(document, "lower-ttl") == "next");
  CHECK(state(document, "add-forward") == "open");
  CHECK(document["zones"][0]["phase"].is_null());

  rollout.apply("lower-ttl", rollout.first);
  document = told();
  CHECK(state(document, "lower-ttl") == "begun");
  REQUIRE_FALSE(document["lagging"].empty());
  CHECK(document["lagging"][0]["server"].get<std::string>().find("ns2.mail.example") != std::string::npos);

  rollout.apply("lower-ttl", rollout.second);
  document = told();
  CHECK(document["verdict"] == "wait");
  CHECK(document["until"] == format_time(noon + phase(rollout.plan, "lower-ttl")->wait.total));
  CHECK(state(document, "lower-ttl") == "done");
  CHECK(document["zones"][0]["phase"] == "lower-ttl");

  rollout.first.a("n0.mail.example", 300, {"198.51.100.99"});
  document = told();
  CHECK(document["verdict"] == "left");
  REQUIRE_FALSE(document["strange"].empty());
  CHECK(document["strange"][0]["owner"] == "n0.mail.example");
}

TEST_CASE("a verification for programs follows its schema, and says what the exit code says") {
  Rollout rollout(rename(), live());
  const dns::VantageInfo info{"authority", dns::VantageKind::authoritative, "authority"};
  const auto& preflight = rollout.plan.phases.front();
  const auto told = [&] {
    const auto found = verify_phase(preflight, rollout.facts(), 0, info);
    auto document = nlohmann::json::parse(emit_verification_json(rollout.plan, preflight, found, noon));
    std::string why;
    CHECK_MESSAGE(fits("rollout-verify", document, &why), why);
    return document["verdict"].get<std::string>();
  };
  CHECK(told() == "pass");
  rollout.first.broken("n0.mail.example", RrType::A, Outcome::timeout);
  rollout.second.broken("n0.mail.example", RrType::A, Outcome::timeout);
  CHECK(told() == "inconclusive");
  rollout.first.ptr("192.0.2.10", 86400, {"n9.mail.example"});
  CHECK(told() == "fail");
}

TEST_CASE(
    "where records and hosts change at the same time, hosts are asked after when the records are done") {
  const auto inventory = [](bool more) {
    Builder builder;
    builder.zone("2.0.192.in-addr.arpa").zone("mail.example");
    builder.address("mx1", "192.0.2.10", "n.mail.example", "n.mail.example");
    if (more) {
      builder.address("mx2", "192.0.2.20", "m.mail.example", "m.mail.example");
      builder.address("mx3", "192.0.2.30", "o.mail.example", "o.mail.example");
    }
    return builder.build();
  };
  Dns dns;
  dns.zone("2.0.192.in-addr.arpa").zone("mail.example");
  dns.ptr("192.0.2.10", 86400, {"n.mail.example"}).a("n.mail.example", 86400, {"192.0.2.10"});
  dns.ptr("192.0.2.20", 86400, {"m.mail.example"}).a("m.mail.example", 86400, {"192.0.2.20"});
  const auto now = inventory(true), base = inventory(false);
  Rollout rollout(plan_for(dns, now, &base).value(), dns);
  REQUIRE(ids(rollout.plan) ==
          Names{"preflight", "add-forward", "add-ptr", "start-egress", "start-egress-2"});
  REQUIRE(phase(rollout.plan, "add-forward")->starts_after ==
          phase(rollout.plan, "start-egress")->starts_after);
  rollout.apply("add-forward");
  rollout.apply("add-ptr");
  auto standing = rollout.look();
  CHECK(standing.verdict == Verdict::ready);
  CHECK(rollout.names(standing.done) == Names{"add-forward", "add-ptr"});
  CHECK(rollout.names(standing.next) == Names{"start-egress"});
  rollout.state.done.emplace("start-egress", rollout.now);
  standing = rollout.look();
  CHECK(standing.verdict == Verdict::wait);
  CHECK(rollout.names(standing.next) == Names{"start-egress-2"});
}
