// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
//
// Nobody falls out of an SPF record, and nobody sends without one.
#include <doctest/doctest.h>

#include "plan/spf_estate.h"
#include "plan/world/spf_world.h"

using namespace rdnsgate;
using namespace rdnsgate::plan;
using namespace rdnsgate::plan::test;

namespace {

Estate rename() {
  Estate estate;
  estate.was("192.0.2.10", "mx1.example.com").is("192.0.2.10", "mail1.example.com");
  return estate;
}

}  // namespace

TEST_CASE("a name that the SPF record gives is replaced before it goes") {
  CHECK(rename().spf("v=spf1 a:mx1.example.com -all").edits() ==
        Texts{"example.com: v=spf1 a:mx1.example.com a:mail1.example.com -all",
              "example.com: v=spf1 a:mail1.example.com -all"});
  Estate apex;
  apex.was("192.0.2.10", "example.com").is("192.0.2.10", "mail.example.com");
  apex.after.raw().retired_names.push_back({name("example.com"), {}});
  CHECK(apex.spf("v=spf1 a/32 -all").edits() == Texts{"example.com: v=spf1 a/32 a:mail.example.com/32 -all",
                                                      "example.com: v=spf1 a:mail.example.com/32 -all"});
  CHECK(rename().spf("V=SPF1 +A:MX1.EXAMPLE.COM/28//64 ~all").edits() ==
        Texts{"example.com: V=SPF1 +A:MX1.EXAMPLE.COM/28//64 +A:mail1.example.com/28//64 ~all",
              "example.com: V=SPF1 +A:mail1.example.com/28//64 ~all"});
}

TEST_CASE("a name that nothing but the SPF record needs any more waits for it") {
  Estate estate;
  estate.was("192.0.2.10", "mail1.example.com").is("192.0.2.10", "mail1.example.com");
  estate.dns.a("mx1.example.com", 300, {"192.0.2.10"});
  estate.after.raw().retired_names.push_back({name("mx1.example.com"), {}});
  estate.spf("v=spf1 a:mx1.example.com -all");
  CHECK(estate.edits().size() == 2);
  CHECK(phase(estate.plan, "remove-old")->starts_after > phase(estate.plan, "add-forward")->starts_after);
}

TEST_CASE("a host that is let through as MX keeps that under another name") {
  auto estate = rename();
  estate.dns.set("example.com", RrType::MX, 300, {std::string("\0\x0a", 2) + name("mx1.example.com").wire()});
  estate.spf("v=spf1 mx -all");
  // The MX record leads mail to the name, which keeps its address for that, and so goes on to let the host through.
  CHECK(estate.edits().empty());
  CHECK(estate.notes("mx1.example.com keeps 192.0.2.10: example.com MX points to it"));
}

TEST_CASE("a host that is no MX is written beside mx before it sends, and so beside a of another name") {
  for (const auto* covers : {"mx", "a:mx1.example.com", "a:mx1.example.com mx"}) {
    Estate estate;
    estate.was("192.0.2.10", "mx1.example.com")
        .is("192.0.2.10", "mx1.example.com")
        .is("198.51.100.20", "out.example.com");
    estate.dns.set("example.com", RrType::MX, 300,
                   {std::string("\0\x0a", 2) + name("mx1.example.com").wire()});
    estate.spf(std::string("v=spf1 ") + covers + " -all");
    CHECK(estate.edits() == Texts{std::string("example.com: v=spf1 ") + covers + " ip4:198.51.100.20 -all"});
    CHECK(phase(estate.plan, "start-egress")->starts_after > phase(estate.plan, "add-forward")->starts_after);
  }
}

TEST_CASE("what a domain's record is redirected to is where its senders are written down") {
  Estate estate = renumber();
  estate.spf("v=spf1 redirect=_spf.example.com").spf("v=spf1 ip4:192.0.2.10 -all", "_spf.example.com");
  CHECK(estate.edits() == Texts{"_spf.example.com: v=spf1 ip4:192.0.2.10 ip4:198.51.100.20 -all",
                                "_spf.example.com: v=spf1 ip4:198.51.100.20 -all"});
  CHECK(phase(estate.plan, "start-egress")->starts_after > phase(estate.plan, "add-forward")->starts_after);
}

TEST_CASE("an address outside of the block is written beside it before it sends") {
  CHECK(renumber().spf("v=spf1 ip4:192.0.2.0/28 -all").edits() ==
        Texts{"example.com: v=spf1 ip4:192.0.2.0/28 ip4:198.51.100.20 -all"});
  CHECK(renumber().spf("v=spf1 ip4:192.0.2.0/28 ip4:198.51.100.0/24 -all").edits().empty());
  CHECK(renumber().spf("v=spf1 a:mx1.example.com -all").edits().empty());
  CHECK(renumber().spf("v=spf1 ?ip4:198.51.100.0/24 ip4:192.0.2.0/28 -all").edits() ==
        Texts{"example.com: v=spf1 ip4:198.51.100.20 ?ip4:198.51.100.0/24 ip4:192.0.2.0/28 -all"});
  CHECK(renumber().spf("v=spf1 ip4:192.0.2.10 -ip4:198.51.100.0/24 a -all").edits() ==
        Texts{"example.com: v=spf1 ip4:192.0.2.10 ip4:198.51.100.20 -ip4:198.51.100.0/24 a -all",
              "example.com: v=spf1 ip4:198.51.100.20 -ip4:198.51.100.0/24 a -all"});
  CHECK(renumber().spf("v=spf1 ip4:192.0.2.0/28 -all ip4:198.51.100.0/24").edits() ==
        Texts{"example.com: v=spf1 ip4:192.0.2.0/28 ip4:198.51.100.20 -all ip4:198.51.100.0/24"});
}

TEST_CASE("IPv6 blocks, and addresses of a second family") {
  Estate estate;
  estate.was("192.0.2.10", "mx1.example.com")
      .is("192.0.2.10", "mx1.example.com")
      .is("2001:db8::10", "mx1.example.com");
  estate.spf("v=spf1 ip4:192.0.2.10 ip6:2001:db8:1::/48 -all");
  CHECK(estate.edits() ==
        Texts{"example.com: v=spf1 ip4:192.0.2.10 ip6:2001:db8:1::/48 ip6:2001:db8::10 -all"});
  CHECK(phase(estate.plan, "start-egress")->starts_after > phase(estate.plan, "add-forward")->starts_after);
}

TEST_CASE("one edit serves all domains that take the same record in") {
  Estate estate({"example.com", "news.example.com"});
  estate.was("192.0.2.10", "mx1.example.com").is("198.51.100.20", "mx1.example.com");
  estate.spf("v=spf1 include:_spf.example.com -all")
      .spf("v=spf1 redirect=_spf.example.com", "news.example.com");
  estate.spf("v=spf1 ip4:192.0.2.10 ~all", "_spf.example.com");
  CHECK(estate.edits() == Texts{"_spf.example.com: v=spf1 ip4:192.0.2.10 ip4:198.51.100.20 ~all",
                                "_spf.example.com: v=spf1 ip4:198.51.100.20 ~all"});
}

TEST_CASE("the record of a stranger is left alone, and the domain's own says the rest") {
  Estate estate = renumber();
  estate.spf("v=spf1 include:_spf.relay.example -all")
      .spf("v=spf1 ip4:192.0.2.10 -all", "_spf.relay.example");
  CHECK(estate.edits() == Texts{"example.com: v=spf1 include:_spf.relay.example ip4:198.51.100.20 -all"});
  Estate redirected = renumber();
  redirected.spf("v=spf1 redirect=_spf.relay.example")
      .spf("v=spf1 a:mx1.example.com -all", "_spf.relay.example");
  CHECK(redirected.edits().empty());
}

TEST_CASE("where somebody else holds the domain's zone, the letter says what to set") {
  Estate estate = renumber();
  for (auto* builder : {&estate.before, &estate.after}) {
    builder->raw().zones.front().managed_by = ManagedBy::ticket;
    builder->raw().zones.front().contact = "dns@agency.example";
  }
  estate.spf("v=spf1 ip4:192.0.2.0/28 -all");
  CHECK(estate.edits().size() == 1);
  const auto& step = phase(estate.plan, "add-forward")->steps.front();
  CHECK(step.type == RrType::TXT);
  CHECK(step.managed_by == ManagedBy::ticket);
  CHECK(step.contact == "dns@agency.example");
}

TEST_CASE("a domain without an SPF record promises nothing, and an unreadable one is refused") {
  CHECK(renumber().edits().empty());
  auto estate = renumber();
  estate.dns.txt("example.com", 300, {"v=spf1 ip4:192.0.2.10 -all", "v=spf1 -all"});
  CHECK(says(estate.refusal(),
             "198.51.100.20 through (permerror: example.com: 2 SPF records, where one may be)"));
  CHECK(says(renumber().spf("v=spf1 ipv4:192.0.2.10 -all").refusal(), "ipv4:192.0.2.10 is no term"));
  auto silent = renumber();
  silent.dns.broken("example.com", RrType::TXT, Outcome::servfail);
  CHECK(says(silent.refusal(), "example.com TXT: servfail"));
}

TEST_CASE("what depends on each mail, or could not be determined, authorises nobody for certain") {
  CHECK(renumber().spf("v=spf1 ip4:192.0.2.10 exists:%{l}.ok.example.com -all").edits(false).front() ==
        "example.com: v=spf1 ip4:192.0.2.10 ip4:198.51.100.20 exists:%{l}.ok.example.com -all");
  Estate listed = renumber();
  listed.spf("v=spf1 exists:%{i}.ok.example.com -all")
      .dns.a("198.51.100.20.ok.example.com", 300, {"127.0.0.2"});
  listed.dns.a("192.0.2.10.ok.example.com", 300, {"127.0.0.2"});
  CHECK(listed.edits().empty());
  Estate silent = renumber();
  silent.spf("v=spf1 ip4:192.0.2.10 include:_spf.relay.example -all");
  silent.dns.broken("_spf.relay.example", RrType::TXT, Outcome::timeout);
  CHECK(silent.edits(false).front() ==
        "example.com: v=spf1 ip4:192.0.2.10 ip4:198.51.100.20 include:_spf.relay.example -all");
}

TEST_CASE("names under ptr follow the PTR") {
  CHECK(rename().spf("v=spf1 ptr:example.com -all").edits().empty());
}

TEST_CASE("a name keeps its address where no other edit lets it through") {
  Estate estate({"news.example.com"});
  estate.was("192.0.2.10", "mx1.example.com").is("192.0.2.10", "mail1.example.com");
  estate.dns.cname("news.example.com", 300, "spf.agency.example");
  estate.spf("v=spf1 a:mx1.example.com -all", "spf.agency.example");
  estate.dns.zone("agency.example");
  CHECK(estate.edits().empty());
  CHECK(estate.notes("mx1.example.com keeps 192.0.2.10: the SPF record of news.example.com"));
}

TEST_CASE("a retired host that was let through by name goes once its last mail is judged") {
  Estate estate;
  estate.was("192.0.2.10", "mx1.example.com")
      .was("192.0.2.11", "mx2.example.com")
      .is("192.0.2.11", "mx2.example.com");
  estate.spf("v=spf1 a:mx1.example.com a:mx2.example.com -all");
  CHECK(estate.edits(false) == Texts{"example.com: v=spf1 a:mx2.example.com -all"});
  CHECK(formula(*phase(estate.plan, "stop-egress")) == "queue 432000");
  auto early = estate.plan;
  for (auto& one : early.phases) {
    if (one.id == "remove-old")
      one.starts_after = phase(estate.plan, "stop-egress")->starts_after + seconds(86400);
  }
  CHECK_FALSE(estate.breaches(early).empty());
}

TEST_CASE("an address that sends beside the record already is left as it is, and said") {
  auto estate = rename();
  estate.spf("v=spf1 ip4:203.0.113.0/24 -all");
  CHECK(estate.edits().empty());
  CHECK(estate.notes("does not let 192.0.2.10 through (fail), which mx sends from already"));
}

TEST_CASE("a domain that names the host without sending through it loses nothing either") {
  auto estate = rename();
  for (auto* builder : {&estate.before, &estate.after})
    builder->address("other", "192.0.2.50", "o.example.com", "o.example.com")
        .domain("list.example.com", {"other"});
  estate.dns.ptr("192.0.2.50", 300, {"o.example.com"}).a("o.example.com", 300, {"192.0.2.50"});
  estate.spf("v=spf1 ip4:192.0.2.10 -all")
      .spf("v=spf1 ip4:192.0.2.50 a:mx1.example.com -all", "list.example.com");
  CHECK(estate.edits() ==
        Texts{"list.example.com: v=spf1 ip4:192.0.2.50 a:mx1.example.com a:mail1.example.com -all",
              "list.example.com: v=spf1 ip4:192.0.2.50 a:mail1.example.com -all"});
}

TEST_CASE("a name that others have too stays in the record") {
  Estate estate;
  estate.was("192.0.2.10", "mx1.example.com").is("192.0.2.10", "mail1.example.com");
  estate.before.address("mx", "192.0.2.11", "mx1.example.com", "mx1.example.com");
  estate.after.address("mx", "192.0.2.11", "mx1.example.com", "mx1.example.com");
  estate.dns.ptr("192.0.2.11", 300, {"mx1.example.com"})
      .a("mx1.example.com", 300, {"192.0.2.10", "192.0.2.11"});
  estate.spf("v=spf1 a:mx1.example.com -all");
  CHECK(estate.edits() == Texts{"example.com: v=spf1 a:mx1.example.com ip4:192.0.2.10 -all"});
}

TEST_CASE("an address whose authorisation hangs on what is not known is left out, and the rest is planned") {
  for (const auto outcome : {Outcome::timeout, Outcome::servfail, Outcome::refused, Outcome::bogus}) {
    Estate estate({"news.example.com"});
    estate.was("192.0.2.10", "mx1.example.com").is("198.51.100.20", "mx1.example.com");
    estate.before.address("other", "192.0.2.50", "o.example.com", "o.example.com");
    estate.after.address("other", "192.0.2.50", "p.example.com", "p.example.com");
    estate.dns.ptr("192.0.2.50", 300, {"o.example.com"}).a("o.example.com", 300, {"192.0.2.50"});
    estate.dns.zone("agency.example").cname("news.example.com", 300, "spf.agency.example");
    estate.spf("v=spf1 include:x.agency.example -all", "spf.agency.example");
    estate.dns.broken("x.agency.example", RrType::TXT, outcome);
    const auto made = estate.make();
    REQUIRE_MESSAGE(made.has_value(), made.error().message);
    REQUIRE_FALSE(made->left_out.empty());
    const auto& left = made->left_out.back();
    CHECK(left.id == "198.51.100.20");
    CHECK(says(left.reason,
               "whether the SPF record of news.example.com would let it through could not be determined"));
    CHECK(says(left.reason, "x.agency.example TXT"));
    CHECK(phase(*made, "start-egress") == nullptr);
    CHECK(phase(*made, "swap-ptr") != nullptr);
    CHECK(estate.breaches(*made).empty());
  }
}

TEST_CASE("a sender that a domain takes on is let through") {
  Estate estate;
  estate.was("192.0.2.10", "mx1.example.com").is("192.0.2.10", "mx1.example.com");
  for (auto* builder : {&estate.before, &estate.after})
    builder->address("two", "192.0.2.50", "two.example.com", "two.example.com");
  estate.dns.ptr("192.0.2.50", 300, {"two.example.com"}).a("two.example.com", 300, {"192.0.2.50"});
  estate.after.raw().domains.back().via.push_back({"two", {}});
  estate.spf("v=spf1 ip4:192.0.2.10 -all");
  CHECK(estate.edits(false) == Texts{"example.com: v=spf1 ip4:192.0.2.10 ip4:192.0.2.50 -all"});
}
