// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/deleg/walked.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;

namespace {

using Lines = std::vector<std::string>;

/// The second server's IPv4 address has these signatures over the SOA record.
Said with_signatures(std::vector<std::string> signatures, std::uint32_t ttl = 300) {
  auto cut = good_cut();
  auto& reply = cut.servers[1].addresses[0].soa_udp.reply;
  reply.signatures = std::move(signatures);
  reply.rrset->ttl = ttl;
  return walked(cut);
}

std::string soa(std::int64_t inception, std::int64_t expiration) {
  return signature(RrType::SOA, inception, expiration);
}

}  // namespace

TEST_CASE("dnssec-rrsig-expired: at the server that has nothing that holds") {
  const auto line = "dnssec-rrsig-expired zone.test";
  auto said = with_signatures({soa(-30 * day, -1)});
  CHECK(said.lines == Lines{line});
  CHECK(said.sentence(line) ==
        "signatures in zone.test have expired: SOA, since 2027-01-15T07:59:59Z, at ns2.test (198.51.100.12)");
  CHECK(with_signatures({soa(-30 * day, -1), soa(-day, 10 * day)}).lines == Lines{});
  CHECK(with_signatures({soa(-30 * day, -1), soa(day, 10 * day)}).lines == Lines{line});
}

TEST_CASE("dnssec-rrsig-not-yet-valid: a clock that is ahead") {
  const auto line = "dnssec-rrsig-not-yet-valid zone.test";
  const auto said = with_signatures({soa(60, 10 * day)});
  CHECK(said.lines == Lines{line});
  CHECK(said.sentence(line).ends_with("SOA, not before 2027-01-15T08:01:00Z, at ns2.test (198.51.100.12)"));
  CHECK(with_signatures({soa(0, 10 * day)}).lines == Lines{});
}

TEST_CASE("dnssec-rrsig-expiring: under twelve hours, and an error under the TTL") {
  const auto line = "dnssec-rrsig-expiring zone.test";
  CHECK(with_signatures({soa(-day, day / 2)}).lines == Lines{});
  auto said = with_signatures({soa(-day, day / 2 - 1)});
  CHECK(said.lines == Lines{line});
  CHECK_FALSE(said.draft(line).args.severity);
  said = with_signatures({soa(-day, day / 2)}, 86400);
  CHECK(said.lines == Lines{line});
  CHECK(said.draft(line).args.severity == Severity::error);
  CHECK(said.sentence(line) ==
        "signatures in zone.test expire soon: SOA, until 2027-01-15T20:00:00Z, at ns2.test (198.51.100.12), "
        "which is less than their TTL");
  CHECK(with_signatures({soa(-day, 3600), soa(-day, 10 * day)}).lines == Lines{});
}

TEST_CASE("dnssec-rrsig-expiring: an error where the next run would meet a bogus zone") {
  const auto line = "dnssec-rrsig-expiring zone.test";
  const auto looked = [&](std::int64_t left, std::int64_t until_next) {
    auto cut = good_cut();
    cut.servers[1].addresses[0].soa_udp.reply.signatures = {soa(-day, left)};
    auto estate = walked_estate();
    estate.until_next = std::chrono::seconds(until_next);
    return run(estate, walked_world(std::move(cut), cuts::all_works));
  };
  constexpr std::int64_t hour = 3600;
  CHECK(looked(13 * hour, 0).lines == Lines{});
  const auto said = looked(13 * hour, 30 * hour);
  CHECK(said.lines == Lines{line});
  CHECK(said.draft(line).args.severity == Severity::error);
  CHECK(said.sentence(line) ==
        "signatures in zone.test expire before the next run can tell: SOA, until 2027-01-15T21:00:00Z, at ns2.test "
        "(198.51.100.12)");
  CHECK(looked(30 * hour, 30 * hour).lines == Lines{});
  CHECK(looked(30 * hour - 1, 30 * hour).lines == Lines{line});
  // One that is made every five minutes says no more than without a schedule.
  CHECK(looked(13 * hour, hour).lines == Lines{});
  CHECK_FALSE(looked(11 * hour, hour).draft(line).args.severity);
}

TEST_CASE("dnssec-rrsig-too-long: more than 180 days") {
  const auto line = "dnssec-rrsig-too-long zone.test";
  CHECK(with_signatures({soa(-day, 179 * day)}).lines == Lines{});
  const auto said = with_signatures({soa(-day, 364 * day)});
  CHECK(said.lines == Lines{line});
  CHECK(said.draft(line).observed == "SOA, 365 days, at ns2.test (198.51.100.12)");
}

TEST_CASE("dnssec: signatures of others, and data that is none, are not judged") {
  auto foreign = soa(-30 * day, -1);
  foreign.replace(18, name("zone.test").wire().size(), name("test").wire());
  CHECK(with_signatures({foreign}).lines == Lines{});
  CHECK(with_signatures({"short", std::string(40, '\xff')}).lines == Lines{});
  auto cut = good_cut();
  cut.servers[0].addresses[0].dnskey.reply.signatures = {signature(RrType::DNSKEY, -30 * day, -1)};
  CHECK(walked(cut).draft("dnssec-rrsig-expired zone.test").observed ==
        "DNSKEY, since 2027-01-15T07:59:59Z, at ns1.test (192.0.2.11)");
}
