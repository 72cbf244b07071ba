// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// The SOA record: whether there is one, and whether all servers have the same.
#include "dns/serial.h"
#include "rules/deleg/walked.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;
using dns::RrType;

namespace {

using Lines = std::vector<std::string>;

std::string soa(std::string_view mname, std::array<std::uint32_t, 5> numbers) {
  std::string rdata = name(mname).wire() + name("hostmaster.test").wire();
  for (const auto value : numbers) {
    for (const unsigned shift : {24u, 16u, 8u, 0u}) rdata += static_cast<char>((value >> shift) & 0xffu);
  }
  return rdata;
}

World with_soa(std::string_view mname, std::array<std::uint32_t, 5> numbers) {
  return walked_world(good_cut()).rrset({name("zone.test"), RrType::SOA, 3600, {soa(mname, numbers)}});
}

Said with_times(std::array<std::uint32_t, 5> numbers) {
  return run(walked_estate(), with_soa("ns1.test", numbers));
}

dns::Cut second_has(std::uint32_t serial) {
  auto cut = good_cut();
  for (auto& report : cut.servers[1].addresses) report = signed_address(report.address.to_string(), serial);
  return cut;
}

}  // namespace

TEST_CASE("deleg-no-zone: the zone that holds the name is named, at any vantage") {
  const auto line = "deleg-no-zone zone.test";
  auto said = run(walked_estate(), World().zone("test"));
  CHECK(said.sentence(line) ==
        "the declared zone zone.test does not exist: its name belongs to the zone test");
  said = run(walked_estate(), World().zone("test").nxdomain("zone.test"));
  CHECK(said.lines == Lines{line});
  CHECK(run(walked_estate(), World().zone("test").without_soa()).lines == Lines{});
  said = run(walked_estate(), World().zone("other.net").cname("zone.test", "other.net"));
  CHECK(said.sentence(line) ==
        "the declared zone zone.test does not exist: its name is an alias of other.net");
  for (const auto outcome : {dns::Outcome::servfail, dns::Outcome::refused, dns::Outcome::timeout,
                             dns::Outcome::unreachable, dns::Outcome::malformed, dns::Outcome::unanswered})
    CHECK(run(walked_estate(), World().zone("test").fail("zone.test", RrType::SOA, outcome))
              .silent_about("deleg-no-zone"));
}

TEST_CASE("deleg-soa-serial-differs: who is behind, by the arithmetic of serials") {
  const auto line = "deleg-soa-serial-differs zone.test";
  auto said = walked(second_has(2));
  CHECK(said.lines == Lines{line});
  CHECK(said.sentence(line) ==
        "not every server of zone.test holds its newest version: ns1.test (192.0.2.11) still has 1; ns1.test "
        "(2a92::53) still has 1; ns2.test (198.51.100.12) has 2; ns2.test (2a93::53) has 2");
  // 4294967295 is one before 0, and so behind 1.
  said = walked(second_has(4294967295u));
  CHECK(said.draft(line).observed ==
        "ns2.test (198.51.100.12) still has 4294967295; ns2.test (2a93::53) still has 4294967295");
}

TEST_CASE("serials compare in a circle") {
  CHECK(dns::is_newer_serial(2, 1));
  CHECK_FALSE(dns::is_newer_serial(1, 2));
  CHECK_FALSE(dns::is_newer_serial(7, 7));
  CHECK(dns::is_newer_serial(0, 4294967295u));
  CHECK(dns::is_newer_serial(0x7fffffffu, 0));
  CHECK_FALSE(dns::is_newer_serial(0x80000001u, 0));
  CHECK_FALSE(dns::is_newer_serial(0x80000000u, 0));  // cannot be compared
  CHECK_FALSE(dns::is_newer_serial(0, 0x80000000u));
}

TEST_CASE("deleg-soa-differs: one serial, two SOA records") {
  const auto line = "deleg-soa-differs zone.test";
  auto cut = good_cut();
  auto& report = cut.servers[1].addresses[0];
  report.soa_udp.reply.rrset->rdata = {soa("ns9.test", {1, 14400, 3600, 1209600, 300})};
  CHECK(walked(cut).lines == Lines{line});
  CHECK(walked(cut).draft(line).observed.ends_with(
      "ns9.test hostmaster.test 14400 3600 1209600 300 at ns2.test (198.51.100.12)"));
  report.soa_udp.reply.rrset->rdata = {soa("ns9.test", {2, 14400, 3600, 1209600, 300})};
  CHECK(walked(cut).lines == Lines{"deleg-soa-serial-differs zone.test"});
}

TEST_CASE("deleg-soa-timers: each time that is out of the ordinary, worse where the times contradict") {
  const auto line = "deleg-soa-timers zone.test";
  CHECK(with_times({1, 14400, 3600, 604800, 300}).lines == Lines{});
  CHECK(with_times({1, 14400, 3600, 604800, 86400}).silent_about("deleg-"));
  auto said = with_times({1, 7200, 900, 86400, 60});
  CHECK(said.lines == Lines{line});
  CHECK(said.sentence(line) ==
        "the SOA record of zone.test has unusual times: REFRESH 7200 s is under 4 hours; RETRY 900 s is "
        "under an "
        "hour; EXPIRE 86400 s is under a week; MINIMUM 60 s is under 5 minutes");
  CHECK_FALSE(said.draft(line).args.severity);
  CHECK(with_times({1, 14400, 14400, 604800, 300}).draft(line).args.severity == Severity::warning);
  CHECK(with_times({1, 1209600, 3600, 604800, 300}).draft(line).args.severity == Severity::warning);
  CHECK(with_times({1, 14400, 3600, 604800, 86401}).says(line));
  CHECK(run(walked_estate(), World().zone("zone.test").fail("zone.test", RrType::SOA, dns::Outcome::bogus))
            .silent_about("deleg-"));
}

TEST_CASE("deleg-soa-mname: the root, or a name that is denied an address") {
  const auto line = "deleg-soa-mname zone.test";
  constexpr std::array<std::uint32_t, 5> times{1, 14400, 3600, 604800, 300};
  CHECK(run(walked_estate(), with_soa(".", times)).sentence(line) ==
        "the SOA record of zone.test names as its primary server the root, `.`");
  CHECK(run(walked_estate(), with_soa("hidden.test", times)).draft(line).observed ==
        "hidden.test, which has no address");
  CHECK(run(walked_estate(), with_soa("hidden.test", times).aaaa("hidden.test", {"2a92::1"})).lines ==
        Lines{});
  CHECK(run(walked_estate(),
            with_soa("hidden.test", times).fail("hidden.test", RrType::A, dns::Outcome::timeout))
            .lines == Lines{});
  CHECK(run(walked_estate(), World().zone("zone.test")).lines == Lines{});
}
