// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// Answers from zone files: no packet is sent, and what the files do not hold is not "no such record".
#include <chrono>
#include <thread>

#include "ask.h"
#include "resolve/temp_dir.h"

using namespace rdnsgate;
using namespace rdnsgate::dns;
using namespace rdnsgate::resolve;
using namespace rdnsgate::resolve::test;

namespace {

const std::string soa = "@ 1d IN SOA ns1 hostmaster 7 1d 2h 4w 5m\n@ 1d NS ns1.other.example.\n";

/// Zones, as if they had been read from files.
struct Zones {
  VantageConfig config;
  Zones() {
    config.name = "proposed";
    config.kind = VantageKind::zonefiles;
  }
  Zones& add(const std::string& origin, const std::string& text) {
    Sources sources;
    Diagnostics problems;
    const auto file = sources.add(origin + ".zone", text);
    config.zone_files.push_back({origin + ".zone", read_zone_file(sources, file, name(origin), problems)});
    REQUIRE(problems.empty());
    return *this;
  }
  Result<std::unique_ptr<Panel>> panel() const { return make_panel(std::vector{config}, {}); }
};

Zones example() {
  Zones zones;
  zones.add("2.0.192.in-addr.arpa",
            soa +
                "10 2w PTR mx1.mail.example.\n11 300 CNAME 11.0-25\n12 300 CNAME gone.elsewhere.example.\n"
                "13 300 CNAME nothing.mail.example.\n64/26 300 NS ns.customer.example.\n14 300 CNAME 15\n15 "
                "300 CNAME 14\n");
  zones.add("0-25.2.0.192.in-addr.arpa", soa + "11 300 PTR mx2.mail.example.\n");
  zones.add("mail.example", soa +
                                "mx1 3000000 A 192.0.2.10\n 3000000 TXT \"a \\\"b\\\" ; c\"\n*.wild 60 A "
                                "192.0.2.99\nchild 300 NS ns.child\nns.child 300 A 127.0.0.1\n");
  return zones;
}

}  // namespace

TEST_CASE("answers with the original TTL, aliases across zones, and negatives with the SOA") {
  const auto panel = example().panel().value();  // the zones are gone: it has its own copy
  auto fact = ask(*panel, "10.2.0.192.in-addr.arpa");
  CHECK(fact.outcome == Outcome::answer);
  CHECK(fact.targets() == std::vector{name("mx1.mail.example")});
  CHECK(fact.rrset()->ttl == 1209600);
  CHECK(fact.authoritative);
  CHECK(fact.security == Security::unknown);
  CHECK(ask(*panel, "mx1.mail.example", RrType::A).rrset()->ttl == 3000000);
  CHECK(rdata_text(RrType::TXT, ask(*panel, "mx1.mail.example", RrType::TXT).rrset()->rdata.front()) ==
        "\"a \\\"b\\\" ; c\"");
  CHECK(ask(*panel, "x.wild.mail.example", RrType::A).outcome == Outcome::answer);

  fact = ask(*panel, "11.2.0.192.in-addr.arpa");
  CHECK(fact.outcome == Outcome::answer);
  CHECK(fact.aliases().size() == 1);
  CHECK(fact.targets() == std::vector{name("mx2.mail.example")});

  fact = ask(*panel, "99.2.0.192.in-addr.arpa");
  CHECK(fact.outcome == Outcome::nxdomain);
  REQUIRE(fact.soa.has_value());
  CHECK(soa_in(fact.soa->rdata.front())->serial == 7);
  CHECK(ask(*panel, "mx1.mail.example", RrType::AAAA).outcome == Outcome::nodata);
  CHECK(ask(*panel, "13.2.0.192.in-addr.arpa").outcome == Outcome::nxdomain);
}

TEST_CASE("a TTL of a zone file does not pass") {
  auto zones = example();
  zones.add("child.mail.example", "@ 77 SOA ns hostmaster 7 1d 2h 4w 50\n@ 66 NS ns\nns 55 A 192.0.2.9\n");
  const auto panel = zones.panel().value();
  CHECK(ask(*panel, "99.2.0.192.in-addr.arpa").soa->ttl == 300);
  CHECK(ask(*panel, "11.2.0.192.in-addr.arpa").rrset()->ttl == 300);
  CHECK(ask(*panel, "gone.child.mail.example").soa->ttl == 50);
  CHECK(ask(*panel, "child.mail.example", RrType::NS).rrset()->ttl == 66);
  std::this_thread::sleep_for(std::chrono::milliseconds(2100));  // the cache in between counts seconds
  CHECK(ask(*panel, "98.2.0.192.in-addr.arpa").soa->ttl == 300);
  CHECK(ask(*panel, "2.0.192.in-addr.arpa", RrType::SOA).rrset()->ttl == 86400);
  CHECK(ask(*panel, "11.0-25.2.0.192.in-addr.arpa").rrset()->ttl == 300);
  CHECK(ask(*panel, "gone2.child.mail.example").soa->ttl == 50);
  CHECK(ask(*panel, "child.mail.example", RrType::SOA).rrset()->ttl == 77);
  // What the parent says of the child's servers is not the child's word.
  CHECK(ask(*panel, "child.mail.example", RrType::NS).rrset()->ttl == 66);
  CHECK(ask(*panel, "ns.child.mail.example", RrType::A).rrset()->ttl == 55);
}

TEST_CASE("what the files do not hold is unanswered, at once") {
  const auto panel = example().panel().value();
  const auto begin = std::chrono::steady_clock::now();
  const auto reason = [&](std::string_view text, RrType type) {
    const auto fact = ask(*panel, text, type);
    CHECK(fact.outcome == Outcome::unanswered);
    return fact.reason;
  };
  CHECK(reason("www.example.org", RrType::A) == "outside the zone files");
  CHECK(reason("example", RrType::A) == "outside the zone files");
  CHECK(reason(".", RrType::NS) == "outside the zone files");
  CHECK(reason("12.2.0.192.in-addr.arpa", RrType::PTR) ==
        "the alias leads to gone.elsewhere.example, outside the zone files");
  CHECK(reason("70.64/26.2.0.192.in-addr.arpa", RrType::PTR) ==
        "delegated to a zone that no zone file holds");
  CHECK(reason("a.child.mail.example", RrType::A) == "delegated to a zone that no zone file holds");
  reason("14.2.0.192.in-addr.arpa", RrType::PTR);  // two aliases that lead to each other
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(2));
}

TEST_CASE("what the source of a zone leaves open is unanswered, and not a record that is missing") {
  Zones zones;
  zones.add("mail.example", soa +
                                "mx1 300 A 192.0.2.10\nto-open 300 CNAME open\nunder.wild 300 A 192.0.2.1\n"
                                "mixed 300 TXT x\n");
  zones.config.zone_files[0].zone.open = {
      {name("open.mail.example"), RrType::A, "an ALIAS"},
      {name("mixed.mail.example"), RrType{}, "who knows"},
      {name("*.wild.mail.example"), RrType::A, "an ALIAS"},
      {name("sub.mail.example"), RrType::NS, "perhaps delegated"},
  };
  const auto panel = zones.panel().value();
  const auto fact = [&](std::string_view text, RrType type) { return ask(*panel, text, type); };
  const auto reason = [&](std::string_view text, RrType type) {
    const auto got = fact(text, type);
    CHECK(got.outcome == Outcome::unanswered);
    CHECK_FALSE(got.soa);
    return got.reason;
  };
  CHECK(reason("open.mail.example", RrType::A) == "an ALIAS");
  CHECK(reason("to-open.mail.example", RrType::A) == "an ALIAS");
  CHECK(fact("open.mail.example", RrType::TXT).outcome == Outcome::nodata);  // the name exists
  CHECK(fact("mixed.mail.example", RrType::TXT).outcome == Outcome::answer);
  CHECK(reason("mixed.mail.example", RrType::A) == "who knows");
  CHECK(reason("x.wild.mail.example", RrType::A) == "an ALIAS");
  CHECK(reason("x.y.wild.mail.example", RrType::A) == "an ALIAS");
  CHECK(fact("x.wild.mail.example", RrType::AAAA).outcome == Outcome::nodata);
  CHECK(fact("under.wild.mail.example", RrType::A).outcome == Outcome::answer);
  CHECK(fact("x.under.wild.mail.example", RrType::A).outcome == Outcome::nxdomain);
  CHECK(fact("wild.mail.example", RrType::A).outcome == Outcome::nodata);
  CHECK(fact("gone.mail.example", RrType::A).outcome == Outcome::nxdomain);
  CHECK(fact("mx1.mail.example", RrType::AAAA).outcome == Outcome::nodata);
  CHECK(reason("a.sub.mail.example", RrType::A) == "delegated to a zone that no zone file holds");
}

TEST_CASE("thousands of questions, none delivered from inside ask") {
  const auto panel = example().panel().value();
  std::size_t delivered = 0;
  panel->set_sink([&](Fact&&) { ++delivered; });
  for (int i = 0; i < 3000; ++i) panel->ask({0, name("n" + std::to_string(i) + ".mail.example"), RrType::A});
  CHECK(delivered == 0);
  CHECK(panel->room(0) == 0);
  while (delivered < 3000 && panel->run_once(milliseconds(1000)) > 0) {
  }
  CHECK(delivered == 3000);
}

TEST_CASE("zones that cannot be used stop it, by name") {
  const auto message = [](const Zones& zones) {
    const auto panel = zones.panel();
    REQUIRE_FALSE(panel.has_value());
    return panel.error().message;
  };
  Zones twice, odd, none;
  twice.add("mail.example", soa).add("mail.example", soa);
  twice.config.zone_files[1].path = "other/mail.example.zone";
  CHECK(
      message(twice) ==
      "vantage proposed: two files for the zone mail.example: mail.example.zone and other/mail.example.zone");
  odd.add("a\\\"b.example", soa);
  CHECK(message(odd).find("holds characters that are not supported") != std::string::npos);
  CHECK(message(none) == "vantage proposed: no zone file is given");
}

TEST_CASE("what this version does not do, it says") {
  VantageConfig config;
  config.name = "v";
  config.kind = VantageKind::forward;
  config.tls_name = "dns.example";
  config.tls_ca = "/nonexistent/ca.pem";
  CHECK(make_panel(std::vector{config}, {}).error().message ==
        "vantage v: the trusted certificates /nonexistent/ca.pem cannot be read");
  config.tls_name.clear();
  config.tls_ca.clear();
  config.root_hints = "/nonexistent/hints";
  for (const auto kind : {VantageKind::recursive, VantageKind::authoritative}) {
    config.kind = kind;
    CHECK(make_panel(std::vector{config}, {}).error().message ==
          "vantage v: the root hints /nonexistent/hints cannot be read");
  }
}

TEST_CASE(
    "recursion from a root of one's own whose server is not there: no answer, in time, and the reason") {
  const auto dir = TempDir::make().value();
  VantageConfig config;
  config.name = "lab";
  config.kind = VantageKind::recursive;
  // 127.255.255.254 is loopback, and nobody listens there: the public root is never asked.
  config.root_hints =
      dir.write("hints", ". 3600 NS ns.root.test.\nns.root.test. 3600 A 127.255.255.254\n").value();
  config.trust_anchor =
      dir.write("anchor", ". IN DS 1 8 2 0000000000000000000000000000000000000000000000000000000000000000\n")
          .value();
  const auto panel = make_panel(std::vector{config}, {.question_timeout = milliseconds(1500)}).value();
  const auto fact = ask(*panel, "10.2.0.192.in-addr.arpa");
  CHECK(fact.outcome == Outcome::unreachable);
  CHECK(fact.reason == "no server of . can be asked: ns.root.test 127.255.255.254: Connection refused");
  CHECK(fact.security == Security::unknown);
}
