// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/deleg/walked.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;
using dns::ReplyKind;

namespace {

using Lines = std::vector<std::string>;

dns::Cut with_keys(const std::vector<std::string>& keys) {
  auto cut = good_cut();
  for (auto& server : cut.servers) {
    for (auto& report : server.addresses) report.dnskey.reply.rrset->rdata = keys;
  }
  return cut;
}

/// An RSASHA256 key with an exponent of three octets and a modulus of that many octets.
std::string rsa_key(std::size_t octets) {
  return std::string("\x01\x00\x03\x08\x03\x01\x00\x01", 8) + std::string(octets, '\xc0');
}

void publish(dns::Cut& cut, std::vector<std::string> cds, std::vector<std::string> cdnskey) {
  for (auto& server : cut.servers) {
    for (auto& report : server.addresses) {
      report.signing.cds = cuts::said(cuts::answer(dns::type_cds, cds));
      report.signing.cdnskey = cuts::said(cuts::answer(dns::type_cdnskey, cdnskey));
    }
  }
}

}  // namespace

TEST_CASE("dnssec-algo-deprecated: a warning beside a key that holds, an error alone; a DS digest") {
  const auto line = "dnssec-algo-deprecated zone.test";
  auto old = zone_key(5);
  auto said = walked(with_keys({old, zone_key()}));
  CHECK(said.says(line));
  CHECK_FALSE(said.draft(line).args.severity);
  CHECK(said.draft(line).observed == "DNSKEY 59401 is RSASHA1");
  CHECK(walked(with_keys({old})).draft(line).args.severity == Severity::error);
  old[1] = static_cast<char>(0x81);  // revoked
  CHECK(walked(with_keys({old, zone_key()})).silent_about(line));
  auto cut = good_cut();
  cut.parents[0].ds = cuts::said(
      cuts::answer(RrType::DS, {cuts::octets("e8110d01ea4ee2e775c1e41fc9657bcaee99a727a88909b1")}));
  CHECK(walked(cut).lines == Lines{line});
  CHECK(walked(cut).draft(line).observed == "DS 59409 is a SHA-1 digest");
}

TEST_CASE("dnssec-key-small: below 2048 bits, an error below 1024") {
  const auto line = "dnssec-key-small zone.test";
  CHECK(walked(with_keys({zone_key(), rsa_key(256)})).lines == Lines{});
  auto said = walked(with_keys({zone_key(), rsa_key(128)}));
  CHECK(said.lines == Lines{line});
  CHECK_FALSE(said.draft(line).args.severity);
  CHECK(said.draft(line).observed.ends_with("has 1024 bits"));
  CHECK(walked(with_keys({zone_key(), rsa_key(64)})).draft(line).args.severity == Severity::error);
  CHECK(walked(with_keys({zone_key(), std::string("\x01\x00\x03\x08\x09", 5)})).lines == Lines{});
}

TEST_CASE("dnssec-nsec3-iterations: iterations or salt") {
  const auto line = "dnssec-nsec3-iterations zone.test";
  const auto with = [](const std::string& param) {
    auto cut = good_cut();
    cut.servers[1].addresses[0].signing.nsec3param = cuts::said(cuts::answer(dns::type_nsec3param, {param}));
    return walked(cut);
  };
  CHECK(with(std::string("\1\0\0\0\0", 5)).lines == Lines{});
  CHECK(with(std::string("\1\0\0\x0a\0", 5)).lines == Lines{line});
  CHECK(with(std::string("\1\0\0\0\2ab", 7)).sentence(line) ==
        "zone.test uses NSEC3 with 0 iterations and 2 octets of salt, at ns2.test (198.51.100.12)");
  CHECK(with(std::string("\1\0\0\x0a\7", 5)).lines == Lines{});
}

TEST_CASE("dnssec-cds-inconsistent: of other keys, of different keys, other at one server") {
  const auto line = "dnssec-cds-inconsistent zone.test";
  const auto other_ds = cuts::octets("e8110d02" + std::string(64, '0'));
  auto cut = good_cut();
  publish(cut, {zone_ds()}, {zone_key()});
  CHECK(walked(cut).lines == Lines{});
  publish(cut, {other_ds, zone_ds()}, {});  // one that is yet to come
  CHECK(walked(cut).lines == Lines{});
  publish(cut, {other_ds}, {});
  CHECK(walked(cut).lines == Lines{line});
  CHECK(walked(cut).draft(line).observed.starts_with("no CDS record fits a DNSKEY record at ns1.test"));
  publish(cut, {zone_ds()}, {zone_key(14)});
  CHECK(walked(cut).draft(line).observed.starts_with("no CDNSKEY record is a DNSKEY record"));
  publish(cut, {zone_ds(), other_ds}, {zone_key()});
  CHECK(walked(cut).draft(line).observed.starts_with("the CDS and CDNSKEY records are of different"));
  publish(cut, {std::string(5, '\0')}, {std::string("\0\0\3\0\0", 5)});  // remove the DS records
  CHECK(walked(cut).lines == Lines{});
  publish(cut, {zone_ds()}, {zone_key()});
  cut.servers[1].addresses[0].signing.cds = good_cut().servers[1].addresses[0].signing.cds;
  CHECK(walked(cut).lines == Lines{line});
  cut.servers[1].addresses[0].signing.cds = cuts::silence(dns::Silence::timeout);
  CHECK(walked(cut).lines == Lines{});
}
