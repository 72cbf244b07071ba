// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// Zone files laid over what answers for the rest: which of the two a name is asked at, and aliases between them.
#include "resolve/over/over.h"

#include "ask.h"
#include "dns/zone/zone_file.h"
#include "resolve/adapters/replay.h"
#include "resolve/over/proposed_cut.h"
#include "resolve/over/tails.h"

using namespace rdnsgate;
using namespace rdnsgate::dns;
using namespace rdnsgate::resolve;
using namespace rdnsgate::resolve::test;

namespace {

const std::string soa = "@ 1d IN SOA ns1 hostmaster 7 1d 2h 4w 5m\n@ 1d NS ns1.other.example.\n";

ZoneSource zone(const std::string& origin, const std::string& text) {
  Sources sources;
  Diagnostics problems;
  const auto file = sources.add(origin + ".zone", soa + text);
  ZoneSource source{origin + ".zone", read_zone_file(sources, file, name(origin), problems)};
  REQUIRE(problems.empty());
  return source;
}

RRset set_of(std::string_view owner, RrType type, std::string rdata) {
  return {name(owner), type, 300, {std::move(rdata)}};
}
RRset alias(std::string_view owner, std::string_view target) {
  return set_of(owner, RrType::CNAME, rdata_of(name(target)));
}
RRset pointer(std::string_view owner, std::string_view target) {
  return set_of(owner, RrType::PTR, rdata_of(name(target)));
}

/// What is below: a snapshot, so that each question has the answer that stands here, or is not known.
struct Below {
  SnapshotHead head{"0.1.0", {}, {}, {{"own", VantageKind::recursive, "us"}}};
  FactStore facts;

  Fact& begin(std::string_view text, RrType type) {
    last = {};
    last.question = {0, name(text), type};
    last.authoritative = true;
    last.server = "192.0.2.53#53";
    last.asked_at = head.taken_at;
    return last;
  }
  Below& has(std::string_view text, RrType type, std::vector<RRset> answer,
             Outcome outcome = Outcome::answer) {
    auto& fact = begin(text, type);
    fact.outcome = outcome;
    fact.answer = std::move(answer);
    facts.insert(fact);
    return *this;
  }
  std::unique_ptr<Panel> under(std::vector<ZoneSource> zones) {
    add_tails(facts);
    return lay_over(ZoneSet::load(zones).value(), make_replay({head, std::move(facts)}));
  }
  Fact last;
};

std::vector<ZoneSource> forward_zone() {
  return {zone("mail.example",
               "mx1 A 192.0.2.10\nout CNAME relay.other.example.\nsub NS ns.sub\nns.sub A "
               "192.0.2.53\nround CNAME back.other.example.\n")};
}

}  // namespace

TEST_CASE("names in the files come from the files, and everything else from below") {
  Below below;
  below.has("mx1.mail.example", RrType::A, {set_of("mx1.mail.example", RrType::A, std::string(4, 1))});
  below.has("10.2.0.192.in-addr.arpa", RrType::PTR, {pointer("10.2.0.192.in-addr.arpa", "mx1.mail.example")});
  below.has("a.sub.mail.example", RrType::A, {set_of("a.sub.mail.example", RrType::A, std::string(4, 2))});
  const auto panel = below.under(forward_zone());
  REQUIRE(panel->vantages().size() == 1);
  CHECK(panel->vantages().front().name == "own");

  auto fact = ask(*panel, "mx1.mail.example", RrType::A);
  CHECK(fact.addresses() == std::vector{IpAddress::parse("192.0.2.10").value()});
  CHECK(fact.from_files == FromFiles::all);
  CHECK(ask(*panel, "gone.mail.example", RrType::A).outcome == Outcome::nxdomain);

  fact = ask(*panel, "10.2.0.192.in-addr.arpa");
  CHECK(fact.targets() == std::vector{name("mx1.mail.example")});
  CHECK(fact.from_files == FromFiles::none);
  CHECK(fact.server == "192.0.2.53#53");

  // Below a delegation the files have nothing to say.
  fact = ask(*panel, "a.sub.mail.example", RrType::A);
  CHECK(fact.addresses() == std::vector{IpAddress::parse("2.2.2.2").value()});
  CHECK(fact.from_files == FromFiles::none);
}

TEST_CASE("what cannot be known below is unanswered, and no denial") {
  const auto panel = Below().under(forward_zone());
  for (const auto& [text, type] :
       {std::pair{"10.2.0.192.in-addr.arpa", RrType::PTR}, std::pair{"out.mail.example", RrType::A},
        std::pair{"a.sub.mail.example", RrType::A}}) {
    const auto fact = ask(*panel, text, type);
    CHECK(fact.outcome == Outcome::unanswered);
    CHECK_FALSE(is_outside(fact));
  }
}

TEST_CASE("an alias is followed out of the files, and back into them") {
  Below below;
  below.has("relay.other.example", RrType::A, {set_of("relay.other.example", RrType::A, std::string(4, 3))});
  below.has("back.other.example", RrType::A,
            {alias("back.other.example", "mx1.mail.example"),
             set_of("mx1.mail.example", RrType::A, std::string(4, 9))});
  const auto panel = below.under(forward_zone());
  auto fact = ask(*panel, "out.mail.example", RrType::A);
  CHECK(fact.question.name == name("out.mail.example"));
  REQUIRE(fact.aliases().size() == 1);
  CHECK(fact.aliases().front().target == name("relay.other.example"));
  CHECK(fact.addresses() == std::vector{IpAddress::parse("3.3.3.3").value()});
  CHECK(fact.from_files == FromFiles::part);
  CHECK(fact.authoritative);

  fact = ask(*panel, "round.mail.example", RrType::A);
  CHECK(fact.aliases().size() == 2);
  CHECK(fact.addresses() == std::vector{IpAddress::parse("192.0.2.10").value()});
  CHECK(fact.from_files == FromFiles::part);
}

TEST_CASE(
    "an alias of the world that leads into the files goes on there, whatever became of it in the world") {
  const auto zones = [] {
    return std::vector{zone("0-63.2.0.192.in-addr.arpa", "10 PTR mx1.mail.example.\n")};
  };
  const auto link = alias("10.2.0.192.in-addr.arpa", "10.0-63.2.0.192.in-addr.arpa");
  const auto reverse = "10.2.0.192.in-addr.arpa";
  for (const auto outcome : {Outcome::answer, Outcome::nxdomain, Outcome::servfail}) {
    Below below;
    std::vector<RRset> answer{link};
    if (outcome == Outcome::answer)
      answer.push_back(pointer("10.0-63.2.0.192.in-addr.arpa", "old.mail.example"));
    below.has(reverse, RrType::PTR, answer, outcome);
    const auto fact = ask(*below.under(zones()), reverse);
    CHECK(fact.outcome == Outcome::answer);
    CHECK(fact.targets() == std::vector{name("mx1.mail.example")});
    CHECK(fact.from_files == FromFiles::part);
  }
  // A resolver that says no more than SERVFAIL is asked for the alias alone.
  Below below;
  below.has(reverse, RrType::PTR, {}, Outcome::servfail).has(reverse, RrType::CNAME, {link});
  CHECK(ask(*below.under(zones()), reverse).targets() == std::vector{name("mx1.mail.example")});
  Below dead;
  dead.has(reverse, RrType::PTR, {}, Outcome::servfail).has(reverse, RrType::CNAME, {}, Outcome::servfail);
  CHECK(ask(*dead.under(zones()), reverse).outcome == Outcome::servfail);
}

TEST_CASE("an answer of several parts is worth no more than the least of them") {
  Below below;
  auto& fact = below.begin("relay.other.example", RrType::A);
  fact.outcome = Outcome::answer;
  fact.authoritative = false;
  fact.security = Security::secure;
  fact.answer = {set_of("relay.other.example", RrType::A, std::string(4, 3))};
  below.facts.insert(fact);
  const auto seen = ask(*below.under(forward_zone()), "out.mail.example", RrType::A);
  CHECK_FALSE(seen.authoritative);
  CHECK(seen.security == Security::unknown);
}

TEST_CASE("aliases that go round between the files and the world end") {
  Below below;
  below.has("back.other.example", RrType::A, {alias("back.other.example", "round.mail.example")},
            Outcome::nodata);
  const auto fact = ask(*below.under(forward_zone()), "round.mail.example", RrType::A);
  CHECK(fact.outcome == Outcome::unanswered);
  CHECK(fact.reason == "more than 16 aliases");
}

TEST_CASE("a snapshot knows the names that its answers pass through") {
  Below below;
  below.has("other.name.example", RrType::A,
            {alias("other.name.example", "relay.other.example"),
             set_of("relay.other.example", RrType::A, std::string(4, 3))});
  CHECK(ask(*below.under(forward_zone()), "out.mail.example", RrType::A).addresses() ==
        std::vector{IpAddress::parse("3.3.3.3").value()});
}

TEST_CASE("many questions at once, of which several wait for one") {
  Below below;
  below.has("relay.other.example", RrType::A, {set_of("relay.other.example", RrType::A, std::string(4, 3))});
  std::string text;
  for (int i = 0; i < 500; ++i) text += "h" + std::to_string(i) + " CNAME relay.other.example.\n";
  const auto panel = below.under({zone("mail.example", text)});
  for (int i = 0; i < 500; ++i) panel->ask({0, name("h" + std::to_string(i) + ".mail.example"), RrType::A});
  for (const auto& fact : collect(*panel, 500)) CHECK(fact.outcome == Outcome::answer);
}

TEST_CASE(
    "of a zone in the files, an authoritative vantage has the delegation as it is, and its own NS as they "
    "will be") {
  Below below;
  below.head.vantages.front().kind = VantageKind::authoritative;
  auto& fact = below.begin("mail.example", RrType::SOA);
  fact.outcome = Outcome::nodata;
  Delegation delegation;
  auto& cut = delegation.cut;
  cut.zone = name("mail.example");
  cut.parent = name("example");
  const auto server = [](std::string_view text, bool at_parent) {
    NameServer one;
    one.name = name(text);
    one.at_parent = at_parent;
    one.at_child = true;
    one.addresses.emplace_back().address = IpAddress::parse("192.0.2.53").value();
    auto& ns = one.addresses.front().ns;
    ns.asked = true;
    ns.reply.kind = ReplyKind::answer;
    ns.reply.authoritative = true;
    ns.reply.rrset = set_of("mail.example", RrType::NS, rdata_of(name("ns0.other.example")));
    return one;
  };
  cut.servers = {server("ns0.other.example", true), server("ns9.other.example", false)};
  fact.delegation = std::make_shared<const Delegation>(delegation);
  below.facts.insert(fact);
  const auto seen = ask(*below.under(forward_zone()), "mail.example", RrType::SOA);
  CHECK(seen.outcome == Outcome::answer);
  CHECK(seen.from_files == FromFiles::all);
  REQUIRE(seen.delegation != nullptr);
  const auto& servers = seen.delegation->cut.servers;
  // ns9 is named nowhere any more, and ns1 by the files alone, so that nothing is known of it.
  REQUIRE(servers.size() == 2);
  CHECK(servers[0].name == name("ns0.other.example"));
  CHECK(servers[0].at_parent);
  CHECK_FALSE(servers[0].at_child);
  CHECK(name_in(servers[0].addresses.front().ns.reply.rrset->rdata.front()) == name("ns1.other.example"));
  CHECK(servers[1].name == name("ns1.other.example"));
  CHECK(servers[1].lookup == Lookup::failed);

  Below nobody;
  nobody.head.vantages.front().kind = VantageKind::authoritative;
  const auto unknown = ask(*nobody.under(forward_zone()), "mail.example", RrType::SOA);
  CHECK(unknown.outcome == Outcome::answer);
  CHECK(unknown.delegation == nullptr);
  CHECK(unknown.delegation_failure == "not in the snapshot");
}
