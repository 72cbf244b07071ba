// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/deleg/walked.h"
#include "rules/several.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;
using dns::Outcome;
using dns::ReplyKind;

namespace {

using Lines = std::vector<std::string>;

template <typename Change>
dns::Cut with_each(dns::Cut cut, Change&& change) {
  for (auto& server : cut.servers) {
    for (auto& report : server.addresses) change(report);
  }
  return cut;
}

dns::Exchange none() { return cuts::said(cuts::negative(ReplyKind::nodata, "zone.test")); }
dns::Exchange no_ds() { return cuts::said(cuts::negative(ReplyKind::nodata, "test")); }

void unsign(dns::AddressReport& report) { report = cuts::sound_address(report.address.to_string()); }

World bogus_world() {
  return World()
      .zone("zone.test")
      .fail("zone.test", RrType::SOA, Outcome::bogus)
      .change("zone.test", RrType::SOA, [](dns::Fact& fact) { fact.reason = "signature expired"; });
}

}  // namespace

TEST_CASE("dnssec-bogus: who asks the servers and verifies what they say proves it too") {
  const auto with = [](dns::Security security) {
    return run(
        walked_estate(), walked_world(good_cut()).change("zone.test", RrType::SOA, [=](dns::Fact& fact) {
          fact.security = security;
          fact.reason = "the signature over DNSKEY zone.test does not fit it, at ns2.test (198.51.100.12)";
        }));
  };
  CHECK(with(dns::Security::bogus).lines == Lines{"dnssec-bogus zone.test"});
  CHECK(with(dns::Security::bogus).sentence("dnssec-bogus zone.test") ==
        "zone.test fails DNSSEC validation: the signature over DNSKEY zone.test does not fit it, at ns2.test "
        "(198.51.100.12)");
  CHECK(with(dns::Security::secure).lines == Lines{});
}

TEST_CASE("dnssec-bogus: one's own validator proves it, one resolver does not, two do") {
  const auto said = run(walked_estate(), bogus_world());
  CHECK(said.lines == Lines{"dnssec-bogus zone.test"});
  CHECK(said.sentence("dnssec-bogus zone.test") == "zone.test fails DNSSEC validation: signature expired");
  const auto estate = walked_estate();
  CHECK(report(estate, {walk(bogus_world())}).says("dnssec-bogus zone.test confirmed"));
  CHECK(report(estate, {resolver("a", bogus_world())}).says("dnssec-bogus zone.test inconclusive"));
  CHECK(report(estate, {resolver("a", bogus_world()), resolver("b", bogus_world())})
            .says("dnssec-bogus zone.test confirmed"));
  for (const auto outcome : {Outcome::servfail, Outcome::timeout, Outcome::refused, Outcome::malformed})
    CHECK(run(estate, World().zone("zone.test").fail("zone.test", RrType::SOA, outcome))
              .silent_about("dnssec-"));
}

TEST_CASE("dnssec-ds-no-dnskey: at each server whose keys no DS record fits") {
  auto cut = good_cut();
  cut.parents[0].ds = cuts::said(cuts::answer(RrType::DS, {cuts::octets("e8110d02" + std::string(64, '0'))}));
  const auto said = walked(cut);
  CHECK(said.lines == Lines{"dnssec-ds-no-dnskey zone.test"});
  CHECK(said.draft("dnssec-ds-no-dnskey zone.test").observed ==
        "ns1.test (192.0.2.11); ns1.test (2a92::53); ns2.test (198.51.100.12); ns2.test (2a93::53)");
}

TEST_CASE(
    "dnssec-ds-unsigned-zone: where no server has keys; where some have, it is the others that are wrong") {
  auto cut = with_each(good_cut(), unsign);
  CHECK(walked(cut).lines == Lines{"dnssec-ds-unsigned-zone zone.test"});
  cut = good_cut();
  unsign(cut.servers[1].addresses[0]);
  CHECK(walked(cut).lines == Lines{"dnssec-missing-on-ns zone.test"});
  CHECK(walked(cut).sentence("dnssec-missing-on-ns zone.test") ==
        "not every server of zone.test serves it signed: ns2.test (198.51.100.12) has no DNSKEY records");
  // What could not be had says nothing.
  cut = with_each(good_cut(), [](dns::AddressReport& report) {
    report.dnskey = cuts::silence(dns::Silence::timeout);
    report.signing = {};
  });
  CHECK(walked(cut).lines == Lines{});
  cut = good_cut();
  cut.servers[1].addresses[0].dnskey = cuts::said(cuts::failing(Outcome::servfail));
  CHECK(walked(cut).lines == Lines{});
}

TEST_CASE("dnssec-missing-on-ns: keys without signatures, at a server that knows EDNS") {
  auto cut = good_cut();
  auto& report = cut.servers[1].addresses[0];
  report.soa_udp.reply.signatures.clear();
  CHECK(walked(cut).draft("dnssec-missing-on-ns zone.test").observed ==
        "ns2.test (198.51.100.12) gives no signatures");
  CHECK(walked(cut).lines == Lines{"dnssec-missing-on-ns zone.test"});
  report.soa_udp.reply.edns = false;
  CHECK(walked(cut).lines == Lines{});
}

TEST_CASE("dnssec-island, dnssec-insecure: no DS record, with keys and without") {
  auto cut = good_cut();
  cut.parents[0].ds = no_ds();
  CHECK(walked(cut).lines == Lines{"dnssec-island zone.test"});
  CHECK(walked(cut).sentence("dnssec-island zone.test") ==
        "zone.test is signed for nobody: no DS record in test");
  // A trust anchor names its keys.
  for (const auto security : {dns::Security::secure, dns::Security::insecure}) {
    auto anchored = walked_world(cut).change("zone.test", RrType::SOA,
                                             [&](dns::Fact& fact) { fact.security = security; });
    CHECK(run(walked_estate(), anchored).says("dnssec-island zone.test") ==
          (security == dns::Security::insecure));
  }
  cut = with_each(cut, unsign);
  CHECK(walked(cut).lines == Lines{"dnssec-insecure zone.test"});
  cut.parents[0].ds = cuts::silence(dns::Silence::timeout);
  CHECK(walked(cut).lines == Lines{});
  // The child's own word about its DS record is none.
  cut.parents[0].ds = none();
  CHECK(walked(cut).lines == Lines{});
}

TEST_CASE("dnssec-chain-gap: a PTR record that is secure, and addresses that are not") {
  const auto with = [](dns::Security ptr, dns::Security a) {
    return run(
        good_estate(),
        good_world()
            .change("10.2.9.185.in-addr.arpa", RrType::PTR, [ptr](dns::Fact& fact) { fact.security = ptr; })
            .change("mx1.corp-mail.net", RrType::A, [a](dns::Fact& fact) { fact.security = a; }));
  };
  using dns::Security;
  const auto line = "dnssec-chain-gap 185.9.2.10";
  CHECK(with(Security::secure, Security::insecure).lines == Lines{line});
  CHECK(with(Security::secure, Security::insecure).sentence(line) ==
        "the PTR record of 185.9.2.10 is signed, and the addresses of mx1.corp-mail.net are not");
  CHECK(with(Security::secure, Security::secure).lines == Lines{});
  CHECK(with(Security::secure, Security::unknown).lines == Lines{});
  CHECK(with(Security::insecure, Security::insecure).lines == Lines{});
}

TEST_CASE("dnssec-denial-broken: a denial without NSEC, where all else is signed") {
  auto cut = good_cut();
  auto& report = cut.servers[1].addresses[0];
  report.signing.cds.reply.denial = false;
  CHECK(walked(cut).lines == Lines{"dnssec-denial-broken zone.test"});
  CHECK(walked(cut).draft("dnssec-denial-broken zone.test").observed == "ns2.test (198.51.100.12)");
  report.signing.cds = cuts::said(cuts::failing(Outcome::refused));
  CHECK(walked(cut).lines == Lines{});
}

TEST_CASE("dnssec-tlsa-insecure: TLSA records of a HELO name in a zone that is not signed") {
  constexpr auto line = "dnssec-tlsa-insecure zone.test";
  auto estate = walked_estate();
  estate.sender("out", "out.zone.test", {"185.9.2.10"});
  auto cut = with_each(good_cut(), unsign);
  for (auto& parent : cut.parents) parent.ds = no_ds();
  const auto world = [&](const dns::Cut& at) {
    return walked_world(at).a("out.zone.test", {"185.9.2.10"}).ptr("185.9.2.10", {"out.zone.test"});
  };
  const auto owner = name("_25._tcp.out.zone.test");
  const dns::RRset tlsa{owner, RrType::TLSA, 3600, {std::string("\x03\x01\x01 digest")}};
  CHECK(run(estate, world(cut)).silent_about(line));
  const auto said = run(estate, world(cut).rrset(tlsa));
  CHECK(said.says(line));
  CHECK(said.sentence(line) ==
        "the TLSA records of out.zone.test count for nothing: no chain of trust reaches zone.test");
  // A signed zone is in order; one without a DS record is not.
  CHECK(run(estate, world(good_cut()).rrset(tlsa)).silent_about(line));
  auto island = good_cut();
  for (auto& parent : island.parents) parent.ds = no_ds();
  CHECK(run(estate, world(island).rrset(tlsa)).says(line));
  CHECK(run(estate, world(island).rrset(tlsa).change("zone.test", RrType::SOA, [](dns::Fact& fact) {
          fact.security = dns::Security::secure;  // by a trust anchor
        })).silent_about(line));
  // A name that is no HELO name here.
  CHECK(run(walked_estate(), world(cut).rrset(tlsa)).silent_about(line));
  for (const auto outcome : {Outcome::timeout, Outcome::servfail, Outcome::refused, Outcome::bogus}) {
    const auto failing = run(estate, world(cut).fail(owner.text(), RrType::TLSA, outcome));
    CHECK(failing.silent_about(line));
    CHECK(report(estate, {walk(world(cut).fail(owner.text(), RrType::TLSA, outcome))}).silent_about(line));
  }
}
