// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "dns/dnssec/nsec3.h"
#include "dns/ldns_record.h"
#include "dns/rrset.h"

namespace rdnsgate::dns::test {

inline Name name(std::string_view text) { return Name::parse(text).value(); }
inline std::string be16(std::size_t value) {
  return {static_cast<char>((value >> 8) & 0xff), static_cast<char>(value & 0xff)};
}

inline std::string data_of(const ldns_rr* record) {
  std::string rdata;
  for (std::size_t i = 0; i < ldns_rr_rd_count(record); ++i) {
    const ldns_rdf* field = ldns_rr_rdf(record, i);
    rdata.append(reinterpret_cast<const char*>(ldns_rdf_data(field)), ldns_rdf_size(field));
  }
  return rdata;
}

/// A key that signs. `tag` is taken from its public half.
class Signer {
 public:
  explicit Signer(Name zone) : zone_(std::move(zone)), keys_(ldns_key_list_new()) {
    auto* key = ldns_key_new_frm_algorithm(LDNS_SIGN_ECDSAP256SHA256, 256);
    auto* owner = ldns_dname_new_frm_str(zone_.fqdn().c_str());
    ldns_key_set_pubkey_owner(key, owner);
    ldns_key_set_flags(key, 257);
    auto* record = ldns_key2rr(key);
    ldns_key_set_keytag(key, ldns_calc_keytag(record));
    dnskey_ = data_of(record);
    ldns_rr_free(record);
    ldns_key_list_push_key(keys_, key);
  }
  ~Signer() { ldns_key_list_free(keys_); }
  Signer(const Signer&) = delete;
  Signer& operator=(const Signer&) = delete;

  const std::string& dnskey() const { return dnskey_; }
  /// Data of the RRSIG record over a set; times in seconds since 1970.
  std::string sign(const RRset& set, std::uint32_t inception, std::uint32_t expiration) const {
    ldns_key_set_inception(ldns_key_list_key(keys_, 0), inception);
    ldns_key_set_expiration(ldns_key_list_key(keys_, 0), expiration);
    ldns_rr_list* records = ldns_rr_list_new();
    for (const auto& rdata : set.rdata)
      ldns_rr_list_push_rr(records, ldns_record(set.owner, set.type, set.ttl, rdata).release());
    ldns_rr_list* signatures = ldns_sign_public(records, keys_);
    auto rdata = data_of(ldns_rr_list_rr(signatures, 0));
    ldns_rr_list_deep_free(signatures);
    ldns_rr_list_deep_free(records);
    return rdata;
  }

 private:
  Name zone_;
  ldns_key_list* keys_;
  std::string dnskey_;
};

/// RFC 4034 §4.1.2; types below 256.
inline std::string bitmap(const std::set<RrType>& types) {
  std::string window(32, '\0');
  std::size_t size = 0;
  for (const auto type : types) {
    const auto number = static_cast<unsigned>(type);
    window[number >> 3] =
        static_cast<char>(static_cast<unsigned char>(window[number >> 3]) | (0x80u >> (number & 7)));
    size = std::max<std::size_t>(size, (number >> 3) + 1);
  }
  return size == 0 ? "" : std::string(1, '\0') + static_cast<char>(size) + window.substr(0, size);
}

using Types = std::map<Name, std::set<RrType>>;  ///< owners, and what they have

/// The NSEC records of a zone.
inline std::vector<RRset> nsec_chain(const Types& types) {
  std::vector<RRset> chain;
  for (auto at = types.begin(); at != types.end(); ++at) {
    const auto next = std::next(at) == types.end() ? types.begin() : std::next(at);
    auto has = at->second;
    has.insert({RrType::NSEC, RrType::RRSIG});
    chain.push_back({at->first, RrType::NSEC, 300, {next->first.wire() + bitmap(has)}});
  }
  return chain;
}

inline std::string base32hex(const std::string& octets) {
  std::string text;
  unsigned bits = 0, held = 0;
  for (const char c : octets) {
    bits = (bits << 8) | static_cast<unsigned char>(c);
    held += 8;
    for (; held >= 5; held -= 5) text += "0123456789abcdefghijklmnopqrstuv"[(bits >> (held - 5)) & 31];
  }
  return text;
}

/// The NSEC3 records of a zone, empty non-terminals among them. With `opt_out`, delegations without DS are
/// left out, and what leads to them alone.
inline std::vector<RRset> nsec3_chain(const Types& types, const Name& apex, bool opt_out = false,
                                      std::uint16_t iterations = 0) {
  Nsec3 like;
  like.hash_algorithm = 1;
  like.iterations = iterations;
  like.salt = "salt";
  Types all;
  for (const auto& [owner, has] : types) {
    if (opt_out && owner != apex && has.count(RrType::NS) != 0 && has.count(RrType::DS) == 0) continue;
    all[owner].insert(has.begin(), has.end());
    for (Name above = owner; above != apex; above = above.parent()) all[above];
  }
  std::map<std::string, std::set<RrType>> hashed;
  for (const auto& [owner, has] : all) hashed[*hash_of(owner, like)] = has;
  std::vector<RRset> chain;
  for (auto at = hashed.begin(); at != hashed.end(); ++at) {
    const auto next = std::next(at) == hashed.end() ? hashed.begin() : std::next(at);
    auto rdata =
        std::string("\1", 1) + (opt_out ? '\1' : '\0') + be16(iterations) + "\4salt\x14" + next->first;
    chain.push_back(
        {name(base32hex(at->first)).under(apex).value(), RrType::NSEC3, 300, {rdata + bitmap(at->second)}});
  }
  return chain;
}

}  // namespace rdnsgate::dns::test
