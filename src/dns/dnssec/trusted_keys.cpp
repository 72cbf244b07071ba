// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/dnssec/trusted_keys.h"

#include <algorithm>

#include "dns/dnssec/dnssec_records.h"
#include "dns/ldns_record.h"

namespace rdnsgate::dns {
namespace {

/// Records for ldns, which owns what is pushed.
class Records {
 public:
  Records() : list_(ldns_rr_list_new()) {}
  ~Records() { ldns_rr_list_deep_free(list_); }
  Records(const Records&) = delete;
  Records& operator=(const Records&) = delete;

  bool push(LdnsRecord record) { return record && ldns_rr_list_push_rr(list_, record.release()); }
  ldns_rr_list* get() const { return list_; }

 private:
  ldns_rr_list* list_;
};

SignatureCheck meaning_of(ldns_status status) {
  switch (status) {
    case LDNS_STATUS_OK:
      return SignatureCheck::holds;
    case LDNS_STATUS_CRYPTO_NO_MATCHING_KEYTAG_DNSKEY:
    case LDNS_STATUS_CRYPTO_NO_DNSKEY:
      return SignatureCheck::no_key;
    case LDNS_STATUS_CRYPTO_UNKNOWN_ALGO:
    case LDNS_STATUS_CRYPTO_ALGO_NOT_IMPL:
      return SignatureCheck::unsupported;
    default:
      return SignatureCheck::broken;
  }
}

/// How near a verdict is to one that holds.
int rank(SignatureCheck check) {
  constexpr SignatureCheck order[] = {SignatureCheck::holds,   SignatureCheck::unsupported,
                                      SignatureCheck::expired, SignatureCheck::not_yet_valid,
                                      SignatureCheck::broken,  SignatureCheck::no_key,
                                      SignatureCheck::missing};
  return static_cast<int>(std::find(std::begin(order), std::end(order), check) - std::begin(order));
}

bool signs(const std::string& rdata) {
  constexpr std::uint8_t dnssec_protocol = 3;
  const auto key = dnskey_in(rdata);
  return key && key->is_zone_key() && !key->is_revoked() && key->protocol == dnssec_protocol;
}

/// The labels that RFC 4034 §3.1.3 counts: neither the root nor a leading asterisk.
std::size_t counted_labels(const Name& name) {
  return name.label_count() - (name.first_label() == "*" ? 1 : 0);
}

void put(std::string& out, const std::string& octets) {
  const auto size = octets.size();
  out.append(reinterpret_cast<const char*>(&size), sizeof size);
  out += octets;
}

}  // namespace

std::optional<Flaw> flaw_of(SignatureCheck check) {
  switch (check) {
    case SignatureCheck::missing:
      return Flaw::signature_missing;
    case SignatureCheck::expired:
      return Flaw::signature_expired;
    case SignatureCheck::not_yet_valid:
      return Flaw::signature_not_yet_valid;
    case SignatureCheck::no_key:
      return Flaw::signature_of_no_key;
    case SignatureCheck::broken:
      return Flaw::signature_broken;
    case SignatureCheck::holds:
    case SignatureCheck::unsupported:
      break;
  }
  return std::nullopt;
}

struct TrustedKeys::Keys {
  Records records;
};

TrustedKeys::TrustedKeys(Name zone, const std::vector<std::string>& keys)
    : zone_(std::move(zone)), keys_(std::make_unique<Keys>()) {
  for (const auto& rdata : keys) {
    if (signs(rdata)) keys_->records.push(ldns_record(zone_, RrType::DNSKEY, 0, rdata));
  }
}
TrustedKeys::~TrustedKeys() = default;
TrustedKeys::TrustedKeys(TrustedKeys&&) noexcept = default;

SignatureCheck TrustedKeys::compute(const RRset& set, const std::string& rdata) const {
  Records records;
  for (const auto& record : set.rdata) {
    if (!records.push(ldns_record(set.owner, set.type, set.ttl, record))) return SignatureCheck::unsupported;
  }
  const auto signature = ldns_record(set.owner, RrType::RRSIG, set.ttl, rdata);
  if (!signature) return SignatureCheck::broken;
  const std::unique_ptr<ldns_rr_list, decltype(&ldns_rr_list_free)> good(ldns_rr_list_new(),
                                                                         &ldns_rr_list_free);
  return meaning_of(
      ldns_verify_rrsig_keylist_notime(records.get(), signature.get(), keys_->records.get(), good.get()));
}

/// Whether it is by a key of the zone over these records, whenever it holds.
SignatureCheck TrustedKeys::fits(const RRset& set, const std::string& signature) const {
  std::string key;
  put(key, set.owner.wire());
  put(key, signature);
  for (const auto& rdata : set.rdata) put(key, rdata);
  if (const auto known = remembered_.find(key); known != remembered_.end()) return known->second;
  if (remembered_.size() >= most_remembered) remembered_.clear();
  const auto verdict = compute(set, signature);
  remembered_.emplace(std::move(key), verdict);
  return verdict;
}

/// The times are checked here: ldns counts them on a line, and they lie in a circle.
Verified TrustedKeys::check(const RRset& set, const std::vector<std::string>& signatures, Time now) const {
  Verified best;
  const auto judge = [&](const std::string& rdata, const Rrsig& fields) {
    if (fields.covered != set.type || fields.labels > counted_labels(set.owner))
      return SignatureCheck::broken;
    if (fields.signer != zone_) return SignatureCheck::no_key;
    const auto fit = fits(set, rdata);
    if (fit != SignatureCheck::holds) return fit;
    if (now < time_of(fields.inception, now)) return SignatureCheck::not_yet_valid;
    return now > time_of(fields.expiration, now) ? SignatureCheck::expired : SignatureCheck::holds;
  };
  for (const auto& rdata : signatures) {
    const auto fields = rrsig_in(rdata);
    const auto verdict = fields ? judge(rdata, *fields) : SignatureCheck::broken;
    if (rank(verdict) >= rank(best.check)) continue;
    best = {verdict, fields ? fields->labels : 0u, fields ? fields->signer : Name()};
    if (verdict == SignatureCheck::holds) break;
  }
  return best;
}

SignatureCheck check_signatures(const RRset& set, const std::vector<std::string>& signatures,
                                const Name& zone, const std::vector<std::string>& keys, Time now) {
  return TrustedKeys(zone, keys).check(set, signatures, now).check;
}

}  // namespace rdnsgate::dns
