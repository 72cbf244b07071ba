// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// Answers from zone files: no packet is sent, and what the files do not hold is not "no such record".
#include <chrono>

#include "ask.h"
#include "resolve/net/temp_dir.h"

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
        "the alias points to gone.elsewhere.example, outside the zone files");
  CHECK(reason("70.64/26.2.0.192.in-addr.arpa", RrType::PTR) ==
        "delegated to a zone that no zone file holds");
  CHECK(reason("a.child.mail.example", RrType::A) == "delegated to a zone that no zone file holds");
  CHECK(reason("14.2.0.192.in-addr.arpa", RrType::PTR) ==
        "the aliases form a loop: they come back to 14.2.0.192.in-addr.arpa");
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(2));
}

TEST_CASE("a wildcard answers for names whose closest encloser it is under") {
  Zones zones;
  zones.add("mail.example", soa +
                                "* 60 A 192.0.2.1\n* 60 MX 1 a.b.c\na.b.c 60 A 192.0.2.2\n*.alias 60 CNAME "
                                "mx.alias2\n*.alias2 60 A 192.0.2.3\ncut 60 NS ns.elsewhere.\n*.cut 60 A "
                                "192.0.2.4\nx.*.star 60 A 192.0.2.5\n*.name 60 DNAME c\n");
  const auto panel = zones.panel().value();
  const auto fact = [&](std::string_view text, RrType type = RrType::A) { return ask(*panel, text, type); };
  auto got = fact("new.mail.example");
  CHECK(got.outcome == Outcome::answer);
  CHECK(got.rrset()->owner == name("new.mail.example"));
  got = fact("x.y.new.mail.example", RrType::TXT);
  CHECK(got.outcome == Outcome::nodata);
  // Names without records of their own stop it (RFC 4592 §2.2.2), and so do the names that they hold.
  CHECK(fact("b.c.mail.example").outcome == Outcome::nodata);
  CHECK(fact("c.mail.example").outcome == Outcome::nodata);
  for (const char* gone :
       {"d.b.c.mail.example", "x.a.b.c.mail.example", "d.c.mail.example", "d.star.mail.example"}) {
    got = fact(gone, RrType::MX);
    CHECK_MESSAGE(got.outcome ==
                      (std::string_view(gone) == "d.star.mail.example" ? Outcome::nodata : Outcome::nxdomain),
                  gone);
    CHECK(got.rcode == (got.outcome == Outcome::nxdomain ? 3 : 0));
  }
  // The asterisk itself is a name like any other.
  CHECK(fact("*.mail.example").outcome == Outcome::answer);
  CHECK(fact("x.*.star.mail.example").outcome == Outcome::answer);
  CHECK(fact("y.*.star.mail.example").outcome == Outcome::nxdomain);
  CHECK(fact("x.*.mail.example").outcome == Outcome::nxdomain);
  got = fact("q.alias.mail.example");
  CHECK(got.addresses() == std::vector{IpAddress::parse("192.0.2.3").value()});
  CHECK(fact("q.cut.mail.example").outcome == Outcome::unanswered);
}

TEST_CASE("what stands below a DNAME is looked for elsewhere") {
  Zones zones;
  zones.add("mail.example", soa +
                                "old 60 DNAME new\nold 60 TXT here\na.new 60 A 192.0.2.1\nself 60 DNAME "
                                "x.self\nout 60 DNAME elsewhere.example.\n*.new 70 CNAME a.new\n");
  const auto panel = zones.panel().value();
  auto got = ask(*panel, "a.old.mail.example", RrType::A);
  REQUIRE(got.answer.size() == 3);
  CHECK(got.answer[0].type == RrType::DNAME);
  CHECK(got.answer[1] ==
        RRset{name("a.old.mail.example"), RrType::CNAME, 60, {rdata_of(name("a.new.mail.example"))}});
  CHECK(got.outcome == Outcome::answer);
  CHECK(ask(*panel, "z.old.mail.example", RrType::A).aliases().size() == 2);
  CHECK(ask(*panel, "old.mail.example", RrType::TXT).outcome == Outcome::answer);
  CHECK(ask(*panel, "old.mail.example", RrType::A).outcome == Outcome::nodata);
  CHECK(ask(*panel, "b.self.mail.example", RrType::A).reason == "more than 16 aliases");
  CHECK(ask(*panel, "b.out.mail.example", RrType::A).reason ==
        "the alias points to b.elsewhere.example, outside the zone files");
  CHECK(ask(*panel, "b.old.mail.example", RrType::CNAME).rrset()->rdata.front() ==
        rdata_of(name("b.new.mail.example")));
  const std::string label(61, 'a'), most = label + "." + label + "." + label + ".";
  CHECK(ask(*panel, most + "old.mail.example", RrType::A).outcome ==
        Outcome::answer);  // through the wildcard
  got = ask(*panel, most + std::string(50, 'b') + ".out.mail.example", RrType::A);
  CHECK(got.outcome == Outcome::servfail);
  CHECK(got.rcode == 6);
}

TEST_CASE("a DS record is the parent's, and hashed names are none") {
  Zones zones;
  zones.add("mail.example", soa + "sub 60 NS ns.sub\nsub 50 DS 1 13 2 " + std::string(64, '0') +
                                "\n2t7b4g4vsa5smi47k61mv5bv1a22bojr 60 NSEC3 1 0 0 - "
                                "35mthgpgcu1qg68fab165klnsnk3dpvl A\n");
  zones.add("sub.mail.example", soa);
  const auto panel = zones.panel().value();
  CHECK(ask(*panel, "sub.mail.example", RrType::DS).rrset()->ttl == 50);
  CHECK(ask(*panel, "sub.mail.example", RrType::NS).rrset()->ttl == 86400);
  CHECK(ask(*panel, "mail.example", RrType::DS).reason == "outside the zone files");
  CHECK(ask(*panel, "2t7b4g4vsa5smi47k61mv5bv1a22bojr.mail.example", RrType::A).outcome == Outcome::nxdomain);
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
  CHECK(ask(*odd.panel().value(), "a\\\"b.example", RrType::SOA).outcome == Outcome::answer);
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

TEST_CASE("where no server can be reached, one of them says why for all") {
  const auto dir = TempDir::make().value();
  VantageConfig config;
  config.name = "lab";
  config.kind = VantageKind::recursive;
  std::string hints;
  for (const auto* host : {"1", "2", "3", "4"})
    hints += std::string(". 3600 NS ns") + host + ".root.test.\nns" + host +
             ".root.test. 3600 A 127.255.255.25" + host + "\n";
  config.root_hints = dir.write("hints", hints).value();
  config.trust_anchor =
      dir.write("anchor", ". IN DS 1 8 2 0000000000000000000000000000000000000000000000000000000000000000\n")
          .value();
  const auto panel = make_panel(std::vector{config}, {.question_timeout = milliseconds(1500)}).value();
  const auto fact = ask(*panel, "10.2.0.192.in-addr.arpa");
  CHECK(fact.outcome == Outcome::unreachable);
  CHECK(fact.reason ==
        "no server of . can be asked: ns1.root.test 127.255.255.251: Connection refused; and 3 more");
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
