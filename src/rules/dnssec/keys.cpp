// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// What the zone is signed with, and how it denies.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "dns/dnssec/dnssec_records.h"
#include "dns/dnssec/ds_match.h"
#include "rules/deleg/cut_words.h"
#include "rules/dnssec/rules.h"
#include "rules/dnssec/words.h"
#include "rules/dnssec/zone_keys.h"
#include "rules/listing.h"

namespace rdnsgate::rules {
namespace {

constexpr unsigned weak_bits = 1024, small_bits = 2048;

/// IANA's registry of algorithms (RFC 9904) has them as not to be used for signing.
bool is_deprecated_algorithm(std::uint8_t algorithm) {
  switch (algorithm) {
    case 1:   // RSAMD5
    case 3:   // DSA
    case 5:   // RSASHA1
    case 6:   // DSA-NSEC3-SHA1
    case 7:   // RSASHA1-NSEC3-SHA1
    case 12:  // ECC-GOST
      return true;
    default:
      return false;
  }
}

std::string_view deprecated_digest(std::uint8_t type) {
  return type == 1 ? "SHA-1" : type == 3 ? "GOST R 34.11-94" : "";
}

/// "Delete": no CDS or CDNSKEY record but a wish to have the DS records removed (RFC 8078 §4).
bool is_delete(const std::string& cds) { return cds.size() > 3 && cds[2] == 0; }
bool is_delete_key(const std::string& cdnskey) { return cdnskey.size() > 3 && cdnskey[3] == 0; }

template <typename Keep>
std::vector<std::string> filtered(const std::vector<std::string>& records, Keep&& keep) {
  std::vector<std::string> kept;
  std::copy_if(records.begin(), records.end(), std::back_inserter(kept), keep);
  return kept;
}

/// What is wrong with what one address publishes for its parent; empty for nothing.
std::string wrong_at(const dns::Name& zone, const dns::AddressReport& report) {
  const auto cds = filtered(records_of(report.signing.cds), [](const auto& it) { return !is_delete(it); });
  const auto cdnskey =
      filtered(records_of(report.signing.cdnskey), [](const auto& it) { return !is_delete_key(it); });
  const auto& keys = keys_of(report);
  // Applied, they would leave no chain of trust (RFC 7344 §4.1). A key that is yet to come may be beside.
  if (!cds.empty() && dns::match_ds(zone, cds, keys) == dns::DsMatch::mismatch)
    return std::string(words::cds_unfit);
  const auto in_zone = [&](const auto& it) { return std::find(keys.begin(), keys.end(), it) != keys.end(); };
  if (!cdnskey.empty() && !keys.empty() && std::none_of(cdnskey.begin(), cdnskey.end(), in_zone))
    return std::string(words::cdnskey_unfit);
  // Both say the same (RFC 7344 §4).
  for (const auto& one : cds) {
    if (!cdnskey.empty() && dns::match_ds(zone, {one}, cdnskey) == dns::DsMatch::mismatch)
      return std::string(words::cds_differ);
  }
  return {};
}

}  // namespace

void judge_dnssec_algo_deprecated(audit::ZoneCase& c, audit::Findings& findings) {
  if (c.delegation() == nullptr) return;
  std::vector<std::string> items;
  bool all = true;
  for (const auto& rdata : keys_of(c.delegation()->cut)) {
    const auto key = dns::dnskey_in(rdata);
    const bool old = is_deprecated_algorithm(key->algorithm);
    all = all && old;
    if (old)
      items.push_back(fmt::format(words::key_algorithm, key->tag, dns::algorithm_name(key->algorithm)));
  }
  const bool keys = !items.empty();
  for (const auto& rdata : ds_of(c.delegation()->cut)) {
    const auto ds = dns::ds_in(rdata);
    if (ds && !deprecated_digest(ds->digest_type).empty())
      items.push_back(fmt::format(words::ds_digest, ds->key_tag, deprecated_digest(ds->digest_type)));
  }
  if (items.empty()) return;
  audit::Args args{.values = {{"records", audit::list_of(items)}}};
  if (keys && all) args.severity = Severity::error;
  findings.add(std::move(args));
}

void judge_dnssec_key_small(audit::ZoneCase& c, audit::Findings& findings) {
  if (c.delegation() == nullptr) return;
  std::vector<std::string> items;
  std::uint64_t smallest = small_bits;
  for (const auto& rdata : keys_of(c.delegation()->cut)) {
    const auto key = dns::dnskey_in(rdata);
    if (!key->rsa_bits || *key->rsa_bits >= small_bits) continue;
    smallest = std::min<std::uint64_t>(smallest, *key->rsa_bits);
    items.push_back(fmt::format(words::key_bits, key->tag, *key->rsa_bits));
  }
  if (items.empty()) return;
  audit::Args args{
      .values = {{"limit", small_bits}, {"smallest", smallest}, {"keys", audit::list_of(items)}}};
  if (smallest < weak_bits) args.severity = Severity::error;
  findings.add(std::move(args));
}

void judge_dnssec_nsec3_iterations(audit::ZoneCase& c, audit::Findings& findings) {
  if (c.delegation() == nullptr) return;
  std::map<std::string, std::vector<std::string>> servers;
  std::uint64_t most = 0;
  each_authority(c.delegation()->cut, [&](const dns::NameServer& server, const dns::AddressReport& report) {
    for (const auto& rdata : records_of(report.signing.nsec3param)) {
      const auto param = dns::nsec3param_in(rdata);
      if (!param || (param->iterations == 0 && param->salt_size == 0)) continue;
      servers[fmt::format(words::nsec3_parameters, param->iterations, param->salt_size)].push_back(
          who(server.name, report.address));
      most = std::max<std::uint64_t>(most, param->iterations);
    }
  });
  std::vector<std::string> items;
  for (const auto& [text, at] : servers) items.push_back(fmt::format(words::found_at, text, listed(at)));
  if (!items.empty()) findings.add({.values = {{"parameters", audit::list_of(items)}, {"iterations", most}}});
}

void judge_dnssec_cds_inconsistent(audit::ZoneCase& c, audit::Findings& findings) {
  if (c.delegation() == nullptr) return;
  std::map<std::uint32_t, std::map<std::vector<std::string>, std::vector<std::string>>> sets;  // by serial
  std::vector<std::string> items;
  each_authority(c.delegation()->cut, [&](const dns::NameServer& server, const dns::AddressReport& report) {
    const auto address = who(server.name, report.address);
    if (auto wrong = wrong_at(c.zone.name, report); !wrong.empty())
      items.push_back(fmt::format(words::wrong_at, wrong, address));
    const auto& signing = report.signing;
    if (!signing.cds.reply.is_answer() || !signing.cdnskey.reply.is_answer()) return;
    auto all = records_of(signing.cds);
    const auto& more = records_of(signing.cdnskey);
    all.insert(all.end(), more.begin(), more.end());
    sets[*report.serial()][std::move(all)].push_back(address);
  });
  for (const auto& [serial, by_set] : sets) {
    if (by_set.size() < 2) continue;
    for (const auto& [records, at] : by_set)
      items.push_back(fmt::format(words::cds_set_at, records.size(), listed(at)));
  }
  say(findings, "faults", items);
}

}  // namespace rdnsgate::rules
