// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// Another vantage never hides what one has proven: all pairs of vantages, over everything that a name can be.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>

#include "rules/several.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;
using audit::Certainty;
using audit::Finding;
using audit::Verdict;
using dns::Outcome;
using dns::RrType;
using dns::VantageKind;

namespace {

constexpr auto mx1 = "185.9.2.10";
constexpr auto reverse = "10.2.9.185.in-addr.arpa";
constexpr auto forward = "mx1.corp-mail.net";

/// What a vantage sees, and what that is.
struct Sight {
  std::string label;
  World world;
  bool no_ptr = false;      ///< the question for the PTR record was left without an answer
  bool no_forward = false;  ///< one for an address was
  bool right = false;       ///< nothing is wrong
  bool stale = false;
  bool by_holder = false;  ///< only who asks the name servers and verifies signatures can see it
  bool failed() const { return no_ptr || no_forward; }
};

World bogus(std::string_view owner, RrType type) { return good_world().fail(owner, type, Outcome::bogus); }

World stale_ptr() {
  return good_world()
      .ptr(mx1, {"old.corp-mail.net"})
      .a("old.corp-mail.net", {mx1})
      .change(reverse, RrType::PTR, [](dns::Fact& fact) { fact.ede = 3; });
}

/// What a name server gave was verified, and does not hold.
World refused(std::string_view owner, RrType type) {
  return good_world().change(owner, type, [owner](dns::Fact& fact) {
    fact.security = dns::Security::bogus;
    fact.reason = fmt::format("the signature over {} has expired, at ns2.corp-mail.net (185.9.2.53)", owner);
  });
}

Sight refused_sight(std::string label, std::string_view owner, RrType type) {
  Sight sight{std::move(label), refused(owner, type)};
  sight.by_holder = true;
  return sight;
}

std::vector<Sight> sights() {
  std::vector<Sight> all{
      {"right", good_world(), false, false, true},
      {"another name", good_world().ptr(mx1, {"other.corp-mail.net"}).a("other.corp-mail.net", {mx1})},
      {"a name more", good_world().ptr(mx1, {forward, "more.corp-mail.net"}).a("more.corp-mail.net", {mx1})},
      {"no PTR", good_world().erase_ptr(mx1)},
      {"no such name", good_world().nxdomain(reverse)},
      {"no forward record", good_world().erase(forward, RrType::A)},
      {"another address", good_world().a(forward, {"185.9.2.99"})},
      {"an unproven denial", good_world().erase_ptr(mx1).without_soa(), true, true},
      {"stale", stale_ptr(), false, false, false, true},
      {"bogus PTR", bogus(reverse, RrType::PTR), true},
      {"bogus address", bogus(forward, RrType::A), false, true},
      {"dead", World().fail_all(Outcome::timeout), true, true},
  };
  all.push_back(refused_sight("refused PTR", reverse, RrType::PTR));
  all.push_back(refused_sight("refused address", forward, RrType::A));
  all.push_back(refused_sight("refused zone", "2.9.185.in-addr.arpa", RrType::SOA));
  for (const auto outcome : {Outcome::servfail, Outcome::timeout}) {
    all.push_back({fmt::format("PTR {}", to_string(outcome)), good_world().fail_ptr(mx1, outcome), true});
    all.push_back({fmt::format("A {}", to_string(outcome)), good_world().fail(forward, RrType::A, outcome),
                   false, true});
  }
  return all;
}

struct Kind {
  std::string label;
  VantageKind kind;
  bool validates = false;
  bool holds() const { return kind != VantageKind::forward; }
};

const std::vector<Kind> kinds{{"authority", VantageKind::authoritative, false},
                              {"own", VantageKind::recursive, true},
                              {"quad", VantageKind::forward, false}};

bool can_see(const Kind& kind, const Sight& sight) {
  return !sight.by_holder || kind.kind == VantageKind::authoritative;
}

View view(const Kind& kind, const std::string& label, const Sight& sight) {
  auto world = sight.world;
  if (kind.kind == VantageKind::authoritative)
    world.change([](dns::Fact& fact) { fact.authoritative = dns::is_definite(fact.outcome); });
  if (kind.validates) {
    world.change([](dns::Fact& fact) {
      if (dns::is_definite(fact.outcome) && fact.security != dns::Security::bogus)
        fact.security = dns::Security::secure;
    });
  }
  return {{label, kind.kind, label}, std::move(world)};
}

/// About the DNS; what a vantage is like is said of it alone.
bool is_of_the_dns(const Finding& finding) {
  return finding.target.kind != audit::TargetKind::vantage && !finding.rule.text().starts_with("resolver-");
}

bool is_open_question(const Finding& finding) {
  return finding.certainty == Certainty::inconclusive &&
         (finding.rule.text().ends_with("-lookup-failed") || finding.rule.text() == "fcrdns-temperror");
}

const Finding* same_in(const Report& report, const Finding& wanted) {
  const auto& all = report.result.findings;
  const auto found = std::find_if(all.begin(), all.end(), [&](const Finding& it) {
    return it.rule == wanted.rule && it.target == wanted.target && it.expected == wanted.expected &&
           (it.observed == wanted.observed || is_open_question(wanted));
  });
  return found == all.end() ? nullptr : &*found;
}

/// `b` proves that a finding of `a` is wrong, or had the answer that `a` failed to get.
bool refutes(const Kind& a, const Sight& one, const Kind& b, const Sight& other, const Finding& finding) {
  // What the PTR record is does not hang on addresses that could not be looked up.
  const bool of_ptr = finding.rule.text().starts_with("ptr-");
  if (other.stale || other.no_ptr || (other.no_forward && !of_ptr)) return false;
  const bool is_bogus = one.label.starts_with("bogus") && a.holds();
  if (is_open_question(finding)) return is_bogus ? b.kind == VantageKind::recursive : true;
  return !a.holds() && b.holds();  // a cache is behind who holds the zone: transient, and still shown
}

void check_pair(const Kind& a, const Sight& one, const Report& alone, const Kind& b, const Sight& other) {
  for (const bool first : {true, false}) {
    std::vector<View> views{view(a, "a", one), view(b, "b", other)};
    if (!first) std::swap(views[0], views[1]);
    const auto both = report(good_estate(), views);
    CAPTURE(fmt::format("{}: {}; beside {}: {}\nalone:\n{}\nboth:\n{}", a.label, one.label, b.label,
                        other.label, text_of(alone), text_of(both)));
    bool refuted = true;
    for (const auto& finding : alone.result.findings) {
      if (!is_of_the_dns(finding)) {
        refuted = refuted && !other.failed() && !other.stale;
        continue;
      }
      const auto* kept = same_in(both, finding);
      REQUIRE(kept != nullptr);  // nothing that was said is unsaid
      const bool refuted_one = refutes(a, one, b, other, finding);
      refuted = refuted && refuted_one;
      if (!refuted_one) CHECK(kept->effect >= finding.effect);
      if (finding.certainty == Certainty::confirmed && !refuted_one)
        CHECK(kept->certainty == Certainty::confirmed);
    }
    // Only who proves it wrong makes the verdict milder; and who fails makes none worse than it was.
    if (!refuted) CHECK(both.result.verdict != Verdict::pass);
    if (other.label == "dead") CHECK(both.result.verdict == alone.result.verdict);
  }
}

}  // namespace

TEST_CASE("another vantage never hides what one has proven, over all pairs") {
  const auto all = sights();
  for (const auto& a : kinds) {
    for (const auto& one : all) {
      if (one.right || !can_see(a, one)) continue;
      const auto alone = report(good_estate(), {view(a, "a", one)});
      for (const auto& b : kinds) {
        for (const auto& other : all) {
          if (can_see(b, other)) check_pair(a, one, alone, b, other);
        }
      }
    }
  }
}

TEST_CASE("another vantage never hides that validators refuse what a name server gives") {
  for (const auto& [sight, finding] :
       {std::pair{refused_sight("", reverse, RrType::PTR), "dnssec-answer-refused 185.9.2.10 confirmed"},
        std::pair{refused_sight("", forward, RrType::A), "dnssec-answer-refused 185.9.2.10 confirmed"},
        std::pair{refused_sight("", "2.9.185.in-addr.arpa", RrType::SOA),
                  "dnssec-bogus 2.9.185.in-addr.arpa confirmed"}}) {
    CHECK(report(good_estate(), {view(kinds[0], "a", sight)}).says(finding));
    for (const auto& beside : kinds) {
      const auto both =
          report(good_estate(), {view(kinds[0], "a", sight), view(beside, "b", sights().front())});
      CAPTURE(text_of(both));
      CHECK(both.says(finding));
      CHECK(both.result.verdict == Verdict::fail);
    }
  }
}

TEST_CASE("redundant vantages make a run steadier: one that is dead changes nothing, and is a warning") {
  const auto all = sights();
  const auto& dead = all[11];
  REQUIRE(dead.label == "dead");
  for (const auto& a : kinds) {
    for (const auto& b : kinds) {
      const auto said = report(good_estate(), {view(a, "a", all[0]), view(b, "b", dead)});
      CAPTURE(fmt::format("{} beside {}: {}", a.label, b.label, text_of(said)));
      CHECK(said.result.verdict == Verdict::pass);
      const auto& finding = said.finding("resolver-unreachable", "b");
      CHECK(finding.severity == Severity::warning);
      CHECK(finding.certainty == Certainty::confirmed);
      CHECK(finding.effect == audit::Effect::none);
      CHECK(said.result.summary.inconclusive == 0);
      CHECK(said.result.summary.unanswered > 0);
    }
  }
}
