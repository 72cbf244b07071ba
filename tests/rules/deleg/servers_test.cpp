// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// What each server of a declared zone says, and whether it says anything.
#include "rules/deleg/walked.h"
#include "rules/several.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;
using dns::Lookup;
using dns::ReplyKind;
using dns::RrType;
using dns::Silence;

namespace {

using Lines = std::vector<std::string>;

dns::Cut second_silent(Silence udp, Silence tcp) {
  auto cut = good_cut();
  auto& report = cut.servers[1].addresses[0];
  report = {};
  report.address = ip("198.51.100.12");
  report.soa_udp = udp == Silence::timeout ? cuts::lasting_silence() : cuts::silence(udp);
  report.soa_tcp = tcp == Silence::timeout ? cuts::lasting_silence(true) : cuts::silence(tcp);
  return cut;
}

dns::Cut second_found(Lookup lookup) {
  auto cut = good_cut();
  cut.servers[1].addresses.clear();
  cut.servers[1].lookup = lookup;
  cut.servers[0].addresses.push_back(signed_address("203.0.113.11"));
  return cut;
}

}  // namespace

TEST_CASE("deleg: nothing is said of a sound delegation, nor at a vantage that does not walk") {
  CHECK(walked(good_cut()).lines == Lines{});
  CHECK(run(walked_estate(), World().zone("zone.test")).lines == Lines{});
}

TEST_CASE("deleg-lookup-failed: nothing is known of the delegation, whether the zone answered or not") {
  const auto stuck = [](dns::Outcome outcome) {
    return run(
        walked_estate(), World().zone("zone.test").change("zone.test", RrType::SOA, [=](dns::Fact& fact) {
          if (outcome != dns::Outcome::answer) {
            fact.answer.clear();
            fact.outcome = outcome;
          }
          fact.delegation_failure = "no server of test answers for zone.test: ns.test 192.0.2.1: REFUSED";
        }));
  };
  for (const auto outcome :
       {dns::Outcome::answer, dns::Outcome::timeout, dns::Outcome::servfail, dns::Outcome::refused}) {
    CAPTURE(to_string(outcome));
    CHECK(stuck(outcome).lines == Lines{"deleg-lookup-failed zone.test (inconclusive)"});
  }
  CHECK(
      stuck(dns::Outcome::timeout).sentence("deleg-lookup-failed zone.test") ==
      "the delegation of zone.test could not be determined: no server of test answers for zone.test: ns.test "
      "192.0.2.1: REFUSED");
}

TEST_CASE("deleg-lame: who does not hold the zone is named with what it says instead") {
  const auto lame = [](dns::AuthorityReply reply) { return walked(second_says(std::move(reply))); };
  auto refused = cuts::failing(dns::Outcome::refused);
  refused.reason = "REFUSED";
  CHECK(lame(refused).lines == Lines{"deleg-lame zone.test"});
  CHECK(lame(refused).sentence("deleg-lame zone.test") ==
        "zone.test is delegated to servers that do not hold it: ns2.test (198.51.100.12): REFUSED");
  CHECK(lame(cuts::failing(dns::Outcome::servfail)).lines == Lines{"deleg-lame zone.test"});
  CHECK(lame(cuts::failing(dns::Outcome::malformed)).lines == Lines{"deleg-lame zone.test"});
  CHECK(lame(cuts::referral("zone.test", {name("ns1.test")})).lines == Lines{"deleg-lame zone.test"});
  CHECK(lame(cuts::negative(ReplyKind::nxdomain, "test")).lines == Lines{"deleg-lame zone.test"});
  auto cached = cuts::answer(RrType::SOA, {cuts::soa_data(1)});
  cached.authoritative = false;
  CHECK(lame(cached)
            .sentence("deleg-lame zone.test")
            .ends_with("ns2.test (198.51.100.12): it answers without AA"));
}

TEST_CASE(
    "deleg-upward-referral: said beside deleg-lame of a lame server, and alone of one that holds the zone") {
  const auto said = walked(second_says(cuts::referral(".", {name("root.test")})));
  CHECK(said.lines == Lines{"deleg-lame zone.test", "deleg-upward-referral zone.test"});
  auto cut = good_cut();
  cut.servers[1].addresses[0].questions[0].exchange = cuts::said(cuts::referral("test", {name("p.test")}));
  CHECK(walked(cut).lines == Lines{"deleg-upward-referral zone.test"});
}

TEST_CASE("deleg-udp-unreachable: silence counts where others of the family answer") {
  constexpr auto line = "deleg-udp-unreachable zone.test";
  auto said = walked(second_silent(Silence::timeout, Silence::timeout));
  CHECK(said.lines == Lines{line});
  CHECK(said.sentence(line) ==
        "name servers of zone.test cannot be reached over UDP: ns2.test (198.51.100.12) does not answer at "
        "all");
  said = walked(second_silent(Silence::closed, Silence::closed));
  CHECK(said.draft(line).observed == "ns2.test (198.51.100.12) refuses UDP and TCP");
  auto cut = good_cut();
  cut.servers[1].addresses[0].soa_udp = cuts::lasting_silence();
  CHECK(walked(cut).draft(line).observed == "ns2.test (198.51.100.12) answers over TCP only");
  // A few lost packets confirm nothing.
  cut.servers[1].addresses[0].soa_udp = cuts::silence(Silence::timeout);
  CHECK(walked(cut).lines == Lines{"deleg-udp-unreachable zone.test (inconclusive)"});
  cut = second_silent(Silence::timeout, Silence::timeout);
  cut.servers[1].addresses[0].soa_udp.tries = 3;
  CHECK(walked(cut).lines == Lines{"deleg-udp-unreachable zone.test (inconclusive)"});
  // A firewall near us looks the same.
  const dns::Surroundings no_v4{{false, true}, {false, true}}, no_udp{{false, true}, {true, true}};
  CHECK(walked(second_silent(Silence::timeout, Silence::timeout), no_v4).lines == Lines{});
  CHECK(walked(second_silent(Silence::no_route, Silence::no_route)).lines == Lines{});
  CHECK(walked(second_silent(Silence::not_asked, Silence::not_asked)).lines == Lines{});
  auto no_udp_cut = good_cut();
  for (auto& server : no_udp_cut.servers) server.addresses[0].soa_udp = cuts::lasting_silence();
  CHECK(walked(no_udp_cut, no_udp).lines == Lines{});
}

TEST_CASE("deleg-tcp-unreachable: UDP alone is half a name server, where TCP works from here") {
  constexpr auto line = "deleg-tcp-unreachable zone.test";
  auto cut = good_cut();
  cut.servers[0].addresses[0].soa_tcp = cuts::silence(Silence::timeout);
  CHECK(walked(cut).lines == Lines{"deleg-tcp-unreachable zone.test (inconclusive)"});
  cut.servers[0].addresses[0].soa_tcp = cuts::lasting_silence(true);
  cut.servers[0].addresses[0].soa_tcp.reply.reason = "no reply";
  CHECK(walked(cut).lines == Lines{line});
  CHECK(walked(cut).draft(line).observed == "ns1.test (192.0.2.11): no reply");
  CHECK(walked(cut, {{true, true}, {false, true}}).lines == Lines{});
  CHECK_FALSE(walked(cut).draft(line).args.severity);
  for (auto& server : cut.servers) {
    for (auto& report : server.addresses) report.soa_tcp = cuts::silence(Silence::closed);
  }
  CHECK(walked(cut).draft(line).args.severity == Severity::error);  // no server is left
}

TEST_CASE("deleg-edns-broken: refused or dropped") {
  constexpr auto line = "deleg-edns-broken zone.test";
  auto cut = good_cut();
  auto& report = cut.servers[0].addresses[0];
  report.soa_udp.edns = dns::Edns::refused;
  CHECK(walked(cut).lines == Lines{line});
  CHECK(walked(cut).draft(line).observed == "ns1.test (192.0.2.11) refuses them");
  report.soa_udp.edns = report.ns.edns = report.dnskey.edns = dns::Edns::dropped;
  report.soa_udp.tries = 3;
  CHECK(walked(cut).lines == Lines{});
  report.soa_udp.tries = dns::many_tries_over_udp;
  CHECK(walked(cut).draft(line).observed == "ns1.test (192.0.2.11) drops them, and answers the same without");
  report.soa_udp.edns = report.ns.edns = report.dnskey.edns = dns::Edns::no;
  CHECK(walked(cut).lines == Lines{});
}

TEST_CASE("deleg-edns-broken: another version") {
  constexpr auto line = "deleg-edns-broken zone.test";
  auto cut = good_cut();
  auto& report = cut.servers[0].addresses[0];
  const auto refusal = [](std::uint8_t rcode, bool edns, std::string reason) {
    auto said = cuts::said(cuts::failing(dns::Outcome::servfail));
    said.reply.rcode = rcode;
    said.reply.edns = edns;
    said.reply.reason = std::move(reason);
    return said;
  };
  report.version = refusal(16, true, "BADVERS");
  CHECK(walked(cut).lines == Lines{});
  report.version = refusal(1, false, "FORMERR");
  CHECK(walked(cut).draft(line).observed == "ns1.test (192.0.2.11) answers FORMERR to another version");
  report.version = report.soa_udp;
  CHECK(walked(cut).draft(line).observed == "ns1.test (192.0.2.11) does not look at their version");
  report.version = cuts::silence(Silence::timeout);
  CHECK(walked(cut).lines == Lines{});
  report.version = cuts::lasting_silence();
  CHECK(walked(cut).draft(line).observed ==
        "ns1.test (192.0.2.11) drops them where they have another version");
  // Lost on the way from here, or not asked: nothing is known.
  report.version = cuts::silence(Silence::no_route);
  CHECK(walked(cut).lines == Lines{});
  report.version = cuts::silence(Silence::not_asked);
  CHECK(walked(cut).lines == Lines{});
  // It had fallen silent before.
  report.version = report.ns = cuts::lasting_silence();
  CHECK(walked(cut).lines == Lines{});
}

TEST_CASE("deleg-aaaa-dropped: silence, failure or a denial of a name that is there") {
  constexpr auto line = "deleg-aaaa-dropped zone.test";
  auto cut = good_cut();
  auto& report = cut.servers[1].addresses[0];
  report.aaaa = cuts::said(cuts::negative(ReplyKind::nodata, "zone.test"));
  CHECK(walked(cut).lines == Lines{});
  report.aaaa = cuts::said(cuts::negative(ReplyKind::nxdomain, "zone.test"));
  CHECK(walked(cut).lines == Lines{line});
  CHECK(
      walked(cut).sentence(line) ==
      "name servers of zone.test get questions for AAAA records wrong: ns2.test (198.51.100.12) answers that "
      "the "
      "name does not exist");
  report.aaaa = cuts::said(cuts::failing(dns::Outcome::servfail));
  report.aaaa.reply.reason = "NOTIMP";
  CHECK(walked(cut).draft(line).observed == "ns2.test (198.51.100.12) answers NOTIMP");
  report.aaaa = cuts::silence(Silence::timeout);
  CHECK(walked(cut).lines == Lines{});
  report.aaaa = cuts::lasting_silence();
  CHECK(walked(cut).draft(line).observed == "ns2.test (198.51.100.12) does not answer");
  report.aaaa = cuts::silence(Silence::not_asked);
  CHECK(walked(cut).lines == Lines{});
  // It had fallen silent before.
  report.aaaa = report.ns = cuts::lasting_silence();
  CHECK(walked(cut).lines == Lines{});
}

TEST_CASE("deleg-case-0x20, deleg-open-recursor: at the server that does it") {
  auto cut = good_cut();
  auto& report = cut.servers[1].addresses[0];
  report.ns.case_changed = true;
  CHECK(walked(cut).lines == Lines{"deleg-case-0x20 zone.test"});
  cut = good_cut();
  auto& other = cut.servers[1].addresses[0];
  other.recursion = cuts::said(cuts::negative(ReplyKind::nxdomain, "."));
  CHECK(walked(cut).lines == Lines{});  // one that holds the root, say
  other.recursion.reply.recursion_available = true;
  CHECK(walked(cut).lines == Lines{"deleg-open-recursor zone.test"});
  CHECK(walked(cut).sentence("deleg-open-recursor zone.test") ==
        "recursion at name servers of zone.test is open to this host: ns2.test (198.51.100.12) answers for "
        "invalid.");
  other.recursion.reply = cuts::failing(dns::Outcome::refused);
  other.recursion.reply.recursion_available = true;
  CHECK(walked(cut).lines == Lines{});
  // Silence says nothing of either, however long it lasts.
  for (const auto& silent : {cuts::silence(Silence::timeout), cuts::lasting_silence()}) {
    cut = good_cut();
    cut.servers[1].addresses[0].recursion = silent;
    CHECK(walked(cut).lines == Lines{});
    cut = good_cut();
    cut.servers[1].addresses[0].ns = silent;
    CHECK(walked(cut).lines == Lines{});
  }
}

TEST_CASE("deleg-axfr-open: where the transfer begins; a refusal and silence are none") {
  auto cut = good_cut();
  auto& transfer = cut.servers[1].addresses[0].transfer;
  transfer = cuts::said(cuts::failing(dns::Outcome::refused));
  CHECK(walked(cut).lines == Lines{});
  transfer = cuts::said(cuts::failing(dns::Outcome::servfail));
  CHECK(walked(cut).lines == Lines{});
  transfer = cuts::silence(Silence::timeout);
  CHECK(walked(cut).lines == Lines{});
  transfer = cuts::said(cuts::negative(ReplyKind::nodata, "zone.test"));
  CHECK(walked(cut).lines == Lines{});
  transfer = cuts::said(cuts::answer(RrType::SOA, {cuts::soa_data(1)}));
  CHECK(walked(cut).lines == Lines{"deleg-axfr-open zone.test"});
  CHECK(walked(cut).sentence("deleg-axfr-open zone.test") ==
        "name servers of zone.test allow zone transfers (AXFR) from this host: ns2.test (198.51.100.12) "
        "transfers it");
}

TEST_CASE("deleg: a name server without an address, and why") {
  CHECK(walked(second_found(Lookup::none)).lines == Lines{"deleg-ns-no-address zone.test"});
  CHECK(walked(second_found(Lookup::loop)).lines == Lines{"deleg-ns-no-address zone.test"});
  CHECK(walked(second_found(Lookup::alias)).lines == Lines{"deleg-ns-cname zone.test"});
  CHECK(walked(second_found(Lookup::no_glue)).lines == Lines{"deleg-glue-missing zone.test"});
  CHECK(walked(second_found(Lookup::failed)).lines == Lines{});
  CHECK(walked(second_found(Lookup::none)).sentence("deleg-ns-no-address zone.test") ==
        "zone.test is delegated to names without an address: ns2.test");
}

TEST_CASE(
    "deleg: what every server of a broken delegation says is confirmed, though nobody had its SOA record") {
  auto cut = v4_cut();
  for (auto& server : cut.servers)
    server.addresses[0].soa_udp = server.addresses[0].soa_tcp =
        cuts::said(cuts::failing(dns::Outcome::refused));
  auto world = walked_world(cut);
  world.fail("zone.test", RrType::SOA, dns::Outcome::refused);
  const View authority{{"authority", dns::VantageKind::authoritative, "authority"}, std::move(world)};
  const auto both = report(walked_estate(), {authority, resolver("quad", World().zone("zone.test"))});
  CHECK(both.says("deleg-lame zone.test confirmed"));
  CHECK(both.finding("deleg-lame", "zone.test").scope == audit::Scope::universal);
}
