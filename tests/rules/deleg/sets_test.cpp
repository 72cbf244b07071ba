// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// NS records, glue, and how far the servers are apart.
#include "rules/deleg/walked.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;
using dns::ReplyKind;
using dns::RrType;

namespace {

using Lines = std::vector<std::string>;

void names_at_child(dns::Cut& cut, const std::vector<std::string>& names) {
  std::vector<std::string> rdata;
  for (const auto& text : names) rdata.push_back(name(text).wire());
  for (auto& server : cut.servers) {
    for (auto& report : server.addresses) report.ns = cuts::said(cuts::answer(RrType::NS, rdata));
  }
}

}  // namespace

TEST_CASE("deleg-glue-mismatch: the parent and the zone give other addresses") {
  auto cut = good_cut();
  cut.servers[0].glue = {ip("192.0.2.11")};
  cut.servers[0].own = {ip("192.0.2.11")};
  CHECK(walked(cut).lines == Lines{});
  cut.servers[0].own = {ip("192.0.2.99")};
  CHECK(walked(cut).sentence("deleg-glue-mismatch zone.test") ==
        "the glue of zone.test does not match the zone: ns1.test: the parent has 192.0.2.11, the zone "
        "192.0.2.99");
  CHECK(walked(cut).lines == Lines{"deleg-glue-mismatch zone.test"});
}

TEST_CASE("deleg-parent-child-ns-mismatch: a warning for a part, an error for all") {
  constexpr auto line = "deleg-parent-child-ns-mismatch zone.test";
  auto cut = good_cut();
  cut.parents[0].ns.reply.referral->ns = {name("ns1.test"), name("ns3.test")};
  cut.servers[1].at_parent = false;
  CHECK(walked(cut).lines == Lines{line});
  CHECK(
      walked(cut).sentence(line) ==
      "the NS records of zone.test differ between its parent and itself: only at the parent: ns3.test; only "
      "in the zone: ns2.test");
  CHECK_FALSE(walked(cut).draft(line).args.severity);
  cut.parents[0].ns.reply.referral->ns = {name("ns3.test"), name("ns4.test")};
  cut.servers[0].at_parent = false;
  CHECK(walked(cut).draft(line).args.severity == Severity::error);
  CHECK(walked(cut).sentence(line).ends_with("ns1.test ns2.test, and no name is in both"));
}

TEST_CASE("deleg-ns-set-inconsistent: at the zone's servers, and at the parent's") {
  constexpr auto line = "deleg-ns-set-inconsistent zone.test";
  auto cut = good_cut();
  cut.servers[1].addresses[0].ns =
      cuts::said(cuts::answer(RrType::NS, {name("ns1.test").wire(), name("ns3.test").wire()}));
  auto said = walked(cut);
  CHECK(said.says(line));
  CHECK(said.sentence(line).ends_with("ns2.test (198.51.100.12) says ns1.test, ns3.test"));
  cut = good_cut();
  auto other = cut.parents[0];
  other.ns.reply.referral->ns = {name("ns1.test")};
  cut.parents.push_back(other);
  CHECK(walked(cut).lines == Lines{line});
  cut.parents[1].ns.reply = cuts::negative(ReplyKind::nxdomain, "test");
  CHECK(walked(cut).sentence(line).ends_with("p.test (192.0.2.1): this server of test knows no delegation"));
  cut.parents[1].ns = cuts::silence(dns::Silence::timeout);
  CHECK(walked(cut).lines == Lines{});
}

TEST_CASE(
    "deleg-ns-count: one is too few, by what the zone says, or the parent where nothing is known of it") {
  constexpr auto line = "deleg-ns-count zone.test";
  auto cut = good_cut();
  cut.servers.pop_back();
  cut.parents[0].ns.reply.referral->ns = {name("ns1.test")};
  names_at_child(cut, {"ns1.test"});
  CHECK(walked(cut).lines == Lines{line});
  CHECK(walked(cut).sentence(line) == "zone.test has a single name server, ns1.test");
  cut = good_cut();
  cut.servers[1].at_child = false;
  CHECK(walked(cut).says(line));
  cut.servers[0].at_child = false;
  CHECK_FALSE(walked(cut).says(line));
  cut.servers[1].at_parent = false;
  CHECK(walked(cut).says(line));
}

TEST_CASE("deleg-ns-same-as: networks apart, and one autonomous system behind them") {
  const auto with = [](std::string text) {
    Sources sources;
    Diagnostics problems;
    const auto file = sources.add("as.tsv", std::move(text));
    auto estate = walked_estate();
    estate.as_table = std::make_shared<audit::AsTable>(audit::AsTable::read(sources, file, problems));
    CHECK(problems.empty());
    return estate;
  };
  const auto said = run(with("192.0.2.0/24 64500\n198.51.100.0/24 64500\n2a92::/32 64500\n2a93::/32 64501\n"),
                        walked_world(good_cut()));
  CHECK(said.lines == Lines{"deleg-ns-same-as zone.test"});
  CHECK(said.sentence("deleg-ns-same-as zone.test") ==
        "all name servers of zone.test are in one autonomous system: 192.0.2.11, 198.51.100.12 in AS64500");
  SUBCASE("two systems, an address that the table does not know, one that nobody announces, no table") {
    CHECK(run(with("192.0.2.0/24 64500\n198.51.100.0/24 64501\n"), walked_world(good_cut())).lines ==
          Lines{});
    CHECK(run(with("192.0.2.0/24 64500\n"), walked_world(good_cut())).lines == Lines{});
    CHECK(run(with("192.0.2.0/24 0\n198.51.100.0/24 0\n"), walked_world(good_cut())).lines == Lines{});
    CHECK(run(walked_estate(), walked_world(good_cut())).lines == Lines{});
  }
  SUBCASE("of one network another rule speaks; servers that were not looked at may be anywhere") {
    auto cut = good_cut();
    cut.servers[1].addresses[0].address = ip("192.0.2.250");
    CHECK(run(with("192.0.2.0/24 64500\n"), walked_world(cut)).lines ==
          Lines{"deleg-ns-same-prefix zone.test"});
    cut = good_cut();
    cut.left_out = 1;
    CHECK(run(with("192.0.2.0/24 64500\n198.51.100.0/24 64500\n"), walked_world(cut))
              .silent_about("deleg-ns-same-as"));
  }
}

TEST_CASE("deleg-ns-same-ip, deleg-ns-same-prefix: servers that fail together") {
  auto cut = good_cut();
  cut.servers[1].addresses[0].address = ip("192.0.2.11");
  auto said = walked(cut);
  CHECK(said.lines == Lines{"deleg-ns-same-ip zone.test"});
  CHECK(said.sentence("deleg-ns-same-ip zone.test") ==
        "name servers of zone.test share an address: 192.0.2.11 is ns1.test, ns2.test");
  cut.servers[1].addresses[0].address = ip("192.0.2.250");
  said = walked(cut);
  CHECK(said.lines == Lines{"deleg-ns-same-prefix zone.test"});
  CHECK(said.sentence("deleg-ns-same-prefix zone.test") ==
        "all name servers of zone.test are in one network: 192.0.2.11, 192.0.2.250 in 192.0.2.0/24");
  cut = good_cut();
  cut.servers[1].addresses[1].address = ip("2a92:0:0:ffff::1");
  CHECK(walked(cut).draft("deleg-ns-same-prefix zone.test").observed ==
        "2a92::53, 2a92:0:0:ffff::1 in 2a92::/48");
  cut.servers[1].addresses[1].address = ip("2a92:0:1::53");
  CHECK(walked(cut).lines == Lines{});
}

TEST_CASE("deleg-ipv6-ns-none: no address, or none that answers") {
  constexpr auto line = "deleg-ipv6-ns-none zone.test";
  CHECK(walked(v4_cut()).lines == Lines{line});
  CHECK(walked(v4_cut()).sentence(line) ==
        "zone.test cannot be resolved over IPv6 alone: none has an IPv6 address");
  // The parent's glue leaves out what the name has, or it could not be asked for.
  CHECK(run(walked_estate(), walked_world(v4_cut()).aaaa("ns2.test", {"2a93::53"})).lines == Lines{});
  CHECK(run(walked_estate(), walked_world(v4_cut()).fail("ns2.test", RrType::AAAA, dns::Outcome::timeout))
            .lines == Lines{});
  auto cut = v4_cut();
  cut.servers[1].lookup = dns::Lookup::failed;
  CHECK(walked(cut).lines == Lines{});
  cut = good_cut();
  for (auto& server : cut.servers) {
    server.addresses[1] = {};
    server.addresses[1].address = ip("2a92::53");
    server.addresses[1].soa_udp = cuts::lasting_silence();
    server.addresses[1].soa_tcp = cuts::lasting_silence(true);
  }
  cut.servers[1].addresses[1].address = ip("2a93::53");
  CHECK(walked(cut).draft(line).observed == "none answers at 2a92::53, 2a93::53");
  CHECK(walked(cut, {{true, false}, {true, false}}).silent_about("deleg-ipv6"));
  // A few lost packets are no server out of reach.
  cut.servers[1].addresses[1].soa_udp = cuts::silence(dns::Silence::timeout);
  CHECK(walked(cut).silent_about("deleg-ipv6"));
  // The half that could not be asked for may be there.
  cut = v4_cut();
  for (auto& server : cut.servers) server.lookup = dns::Lookup::found;
  CHECK(walked(cut).lines == Lines{line});
  cut.servers[0].lookup_reason = "AAAA of its addresses could not be asked for";
  CHECK(walked(cut).lines == Lines{});
}

TEST_CASE("deleg-ipv4-ns-none: name servers with IPv6 alone, as those with IPv4 alone") {
  constexpr auto line = "deleg-ipv4-ns-none zone.test";
  auto v6 = good_cut();
  for (auto& server : v6.servers) server.addresses.erase(server.addresses.begin());
  CHECK(walked(v6).lines == Lines{line});
  CHECK(walked(v6).sentence(line) ==
        "zone.test cannot be resolved over IPv4 alone: none has an IPv4 address");
  CHECK(run(walked_estate(), walked_world(v6).a("ns2.test", {"192.0.2.53"})).lines == Lines{});
  CHECK(run(walked_estate(), walked_world(v6).fail("ns1.test", RrType::A, dns::Outcome::timeout)).lines ==
        Lines{});
  v6.servers[0].lookup = dns::Lookup::failed;
  CHECK(walked(v6).lines == Lines{});
  auto cut = good_cut();
  for (auto& server : cut.servers) {
    const auto address = server.addresses[0].address;
    server.addresses[0] = {};
    server.addresses[0].address = address;
    server.addresses[0].soa_udp = cuts::silence(dns::Silence::closed);
    server.addresses[0].soa_tcp = cuts::lasting_silence(true);
  }
  CHECK(walked(cut).draft(line).observed == "none answers at 192.0.2.11, 198.51.100.12");
  CHECK(walked(cut, {{false, true}, {false, true}}).silent_about("deleg-ipv4"));
}

namespace {

/// As walked(), of an inventory that declares name servers.
Estate declaring(const std::vector<std::string>& names) {
  auto estate = walked_estate();
  for (const auto& text : names) estate.inventory.zones[0].name_servers.push_back(name(text));
  return estate;
}

World with_ns(const std::vector<std::string>& names) {
  std::vector<std::string> rdata;
  for (const auto& text : names) rdata.push_back(name(text).wire());
  std::sort(rdata.begin(), rdata.end());
  return World().zone("zone.test").rrset({name("zone.test"), RrType::NS, 3600, rdata});
}

}  // namespace

TEST_CASE("deleg-ns-undeclared: each side of the delegation by itself") {
  constexpr auto line = "deleg-ns-undeclared zone.test";
  const auto estate = declaring({"ns1.test", "ns2.test"});
  CHECK(run(estate, walked_world(good_cut())).lines == Lines{});
  CHECK(walked(good_cut()).lines == Lines{});
  CHECK(run(declaring({"ns1.test", "ns3.test"}), walked_world(good_cut())).sentence(line) ==
        "zone.test has other name servers than are declared: the parent has ns2.test and not ns3.test; the "
        "zone has ns2.test and not ns3.test");
  CHECK(run(declaring({"ns1.test"}), walked_world(good_cut()))
            .sentence(line)
            .ends_with("the zone also has ns2.test"));
  auto cut = good_cut();
  cut.parents[0].ns.reply.referral->ns = {name("ns1.test")};
  cut.servers[1].at_parent = false;
  CHECK(run(estate, walked_world(cut)).sentence(line).ends_with("declared: the parent has not ns2.test"));
  CHECK(run(estate, walked_world(cut)).draft(line).expected == "ns1.test, ns2.test");
}

TEST_CASE("deleg-ns-undeclared: nothing is said of a side of which nothing is known") {
  const auto estate = declaring({"ns1.test", "ns2.test"});
  auto cut = good_cut();
  cut.parents[0].ns = cuts::silence(dns::Silence::timeout);
  CHECK_FALSE(run(estate, walked_world(cut)).says("deleg-ns-undeclared zone.test"));
  cut = good_cut();
  for (auto& server : cut.servers) {
    for (auto& report : server.addresses) report.ns = cuts::silence(dns::Silence::timeout);
  }
  CHECK_FALSE(run(estate, walked_world(cut)).says("deleg-ns-undeclared zone.test"));
}

TEST_CASE("deleg-ns-undeclared: without a walk by the zone's own records") {
  const auto estate = declaring({"ns1.test", "ns2.test"});
  CHECK(run(estate, with_ns({"ns1.test", "ns2.test"})).lines == Lines{});
  const auto said = run(estate, with_ns({"ns1.test", "ns9.test"}));
  CHECK(said.lines == Lines{"deleg-ns-undeclared zone.test"});
  CHECK(said.sentence("deleg-ns-undeclared zone.test") ==
        "zone.test has other name servers than are declared: the zone has ns9.test and not ns2.test");
}

TEST_CASE("deleg-ns-undeclared: NS records that could not be asked for are inconclusive") {
  const auto estate = declaring({"ns1.test", "ns2.test"});
  for (const auto outcome :
       {dns::Outcome::servfail, dns::Outcome::refused, dns::Outcome::timeout, dns::Outcome::unreachable,
        dns::Outcome::bogus, dns::Outcome::malformed, dns::Outcome::unanswered}) {
    CAPTURE(dns::to_string(outcome));
    const auto said = run(estate, with_ns({"ns1.test", "ns9.test"}).fail("zone.test", RrType::NS, outcome));
    CHECK(said.lines == Lines{"deleg-lookup-failed zone.test (inconclusive)"});
    const auto all = run(estate, with_ns({"ns1.test"}).fail_all(outcome));
    CHECK_FALSE(all.says("deleg-ns-undeclared zone.test"));
  }
}
