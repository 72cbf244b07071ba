// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "report/grouped/cause.h"

#include <doctest/doctest.h>

#include "report/grouped/many.h"

using namespace rdnsgate;
using report::cause_of;
using report::shape_of;

TEST_CASE("what belongs to one address is taken out of a text") {
  const auto shape = [](std::string_view text) { return shape_of(text, {}, false); };
  CHECK(shape("NXDOMAIN for 10.2.0.192.in-addr.arpa") == "NXDOMAIN for {reverse}");
  CHECK(shape("1.0.0.2.ip6.arpa.") == "{reverse}.");
  CHECK(shape("mx7.example has 192.0.2.7, 2001:db8::7") == "mx#.example has {address}, {address}");
  CHECK(shape("it is 2001:db8::") == "it is {address}");
  CHECK(shape("in 192.0.2.0/24") == "in {block}");
  CHECK(shape("ip-c0a8000a.pool.example") == shape("ip-c0a8000b.pool.example"));
  CHECK(shape("out-1-2-3-4.pool.example") == shape("out-10-20-30-40.pool.example"));
}

TEST_CASE("what does not belong to an address stays") {
  const auto shape = [](std::string_view text) { return shape_of(text, {}, false); };
  CHECK(shape("PTR 300 s, A 86400 s") == "PTR 300 s, A 86400 s");
  CHECK(shape("no such record") == "no such record");
  CHECK(shape("alice.mail.example") == "alice.mail.example");
  CHECK(shape("") == "");
  CHECK(shape("...:::") == "...:::");
}

TEST_CASE("a host's own name is any of its zone, and somebody else's is that one") {
  CHECK(shape_of("alice.mail.example", "alice", false) == "*.mail.example");
  CHECK(shape_of("old.mail.example", "alice", false) == "old.mail.example");
  CHECK(shape_of("bob.mail.example", {}, true) == "*.mail.example");
  CHECK(shape_of("mail.example", {}, true) == "mail.example");  // the label is the zone's
}

TEST_CASE("one cause: the same mistake at other addresses") {
  const auto named = [](const char* address, const char* expected, const char* observed) {
    return cause_of(test::about("ptr-mismatch", address, expected, observed));
  };
  CHECK(cause_of(test::missing(10)) == cause_of(test::missing(200)));
  CHECK(named("192.0.2.1", "alice.mail.example", "alice.mial.example") ==
        named("192.0.2.2", "bob.mail.example", "bob.mial.example"));
  CHECK(named("192.0.2.1", "alice.mail.example", "old.example.net") ==
        named("192.0.2.2", "bob.mail.example", "old.example.net"));
  CHECK(named("192.0.2.1", "alice.mail.example", "old.example.net") !=
        named("192.0.2.2", "bob.mail.example", "other.example.net"));
  CHECK(named("192.0.2.1", "mx1.mail.example", "x.example") !=
        named("192.0.2.1", "mx1.web.example", "x.example"));
}

TEST_CASE("another cause: another rule, weight, certainty or vantage, waived for another reason") {
  const auto usual = test::missing(10);
  auto other = test::missing(11);
  REQUIRE(cause_of(usual) == cause_of(other));
  SUBCASE("rule") { other.rule = "ptr-mismatch"; }
  SUBCASE("severity") { other.severity = Severity::warning; }
  SUBCASE("status") { other.status = audit::Status::waived; }
  SUBCASE("certainty") { other.certainty = audit::Certainty::transient; }
  SUBCASE("kind of target") { other.target.kind = audit::TargetKind::sender; }
  SUBCASE("reason") { other.waiver_reason = "known"; }
  SUBCASE("vantage") {
    other.scope = audit::Scope::isolated;
    other.vantages = {"office"};
  }
  CHECK(cause_of(usual) != cause_of(other));
}

TEST_CASE("values tell causes apart, but for what belongs to one address") {
  const auto key = [](audit::Values values) {
    auto finding = test::about("ptr-invalid-hostname", "192.0.2.1", "", "bad_name.mail.example");
    finding.values = std::move(values);
    return cause_of(finding);
  };
  using List = std::vector<std::string>;
  CHECK(key({{"label", "out_4"}}) == key({{"label", "out_17"}}));
  CHECK(key({{"label", "bad_name"}}) != key({{"label", "other"}}));
  CHECK(key({{"failure", "PTR 1.2.0.192.in-addr.arpa: timeout (192.0.2.53#53)"}}) ==
        key({{"failure", "PTR 2.2.0.192.in-addr.arpa: timeout (192.0.2.54#53)"}}));
  CHECK(key({{"failure", "PTR 1.2.0.192.in-addr.arpa: timeout (192.0.2.53#53)"}}) !=
        key({{"failure", "PTR 1.2.0.192.in-addr.arpa: SERVFAIL (192.0.2.53#53)"}}));
  CHECK(key({{"count", std::size_t{3}}}) == key({{"count", std::size_t{4}}}));
  CHECK(key({{"addresses", audit::list_of(List{"192.0.2.1", "192.0.2.2"})}}) ==
        key({{"addresses", audit::list_of(List{"192.0.2.3"})}}));
  CHECK(key({{"names", audit::list_of(List{"a.old.example"})}}) == key({{"names", audit::list_of(List{"b.old.example"})}}));
  CHECK(key({{"names", audit::list_of(List{"a.old.example"})}}) != key({{"names", audit::list_of(List{"a.new.example"})}}));
  CHECK(key({{"label", ""}}) == key({}));
  CHECK(key({{"label", "x"}}) != key({{"character", "x"}}));
}

TEST_CASE("a label that is the host's own is any host's") {
  const auto key = [](const char* label, const char* name) {
    auto finding = test::about("ptr-invalid-hostname", "192.0.2.1", "", name);
    finding.values = {{"label", label}};
    return cause_of(finding);
  };
  CHECK(key("al_ice", "al_ice.mail.example") == key("b_ob", "b_ob.mail.example"));
}
