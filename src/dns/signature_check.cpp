// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/signature_check.h"

#include <algorithm>

#include "dns/dnssec_records.h"
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

/// The times are checked here: ldns counts them on a line, and they lie in a circle.
SignatureCheck check(const Records& set, const std::string& rdata, const ldns_rr* signature, const Name& zone,
                     const Records& keys, Time now) {
  const auto fields = rrsig_in(rdata);
  if (!fields || signature == nullptr) return SignatureCheck::broken;
  if (fields->signer != zone) return SignatureCheck::no_key;
  const std::unique_ptr<ldns_rr_list, decltype(&ldns_rr_list_free)> good(ldns_rr_list_new(),
                                                                         &ldns_rr_list_free);
  const auto fits =
      meaning_of(ldns_verify_rrsig_keylist_notime(set.get(), signature, keys.get(), good.get()));
  if (fits != SignatureCheck::holds) return fits;
  if (now < time_of(fields->inception, now)) return SignatureCheck::not_yet_valid;
  return now > time_of(fields->expiration, now) ? SignatureCheck::expired : SignatureCheck::holds;
}

}  // namespace

SignatureCheck check_signatures(const RRset& set, const std::vector<std::string>& signatures,
                                const Name& zone, const std::vector<std::string>& keys, Time now) {
  Records records, key_records;
  for (const auto& rdata : set.rdata) {
    if (!records.push(ldns_record(set.owner, set.type, set.ttl, rdata))) return SignatureCheck::unsupported;
  }
  for (const auto& rdata : keys) key_records.push(ldns_record(zone, RrType::DNSKEY, 0, rdata));
  auto best = SignatureCheck::missing;
  for (const auto& rdata : signatures) {
    const auto signature = ldns_record(set.owner, RrType::RRSIG, set.ttl, rdata);
    const auto verdict = check(records, rdata, signature.get(), zone, key_records, now);
    if (rank(verdict) < rank(best)) best = verdict;
  }
  return best;
}

}  // namespace rdnsgate::dns
