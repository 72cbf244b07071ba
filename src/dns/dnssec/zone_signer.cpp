// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/dnssec/zone_signer.h"

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <utility>

#include "dns/ldns_record.h"
#include "dns/rdata_text.h"

namespace rdnsgate::dns {
namespace {

constexpr std::uint16_t zone_key = 257;  // a secure entry point, which signs everything
constexpr std::uint32_t key_ttl = 3600;  // seconds

struct FreeKeys {
  void operator()(ldns_key_list* keys) const { ldns_key_list_free(keys); }
};
struct FreeZone {
  void operator()(ldns_dnssec_zone* zone) const { ldns_dnssec_zone_deep_free(zone); }
};
/// The list alone: what is in it belongs to a zone.
struct FreeList {
  void operator()(ldns_rr_list* list) const { ldns_rr_list_free(list); }
};
using Keys = std::unique_ptr<ldns_key_list, FreeKeys>;
using Zone = std::unique_ptr<ldns_dnssec_zone, FreeZone>;

std::uint32_t stamp_of(Time time) { return static_cast<std::uint32_t>(time.time_since_epoch().count()); }

bool add(ldns_dnssec_zone& zone, LdnsRecord record) {
  if (record == nullptr || ldns_dnssec_zone_add_rr(&zone, record.get()) != LDNS_STATUS_OK) return false;
  record.release();  // the zone's now
  return true;
}

/// What a zone file says of it.
std::string text_of(const ldns_dnssec_zone& zone) {
  char* text = nullptr;
  std::size_t size = 0;
  FILE* file = open_memstream(&text, &size);
  if (file == nullptr) return {};
  ldns_dnssec_zone_print(file, &zone);
  std::fclose(file);
  std::string all(text, size);
  std::free(text);
  return all;
}

}  // namespace

struct ZoneSigner::State {
  Name zone;
  Keys keys;
  std::string key_data;

  ldns_key* key() const { return ldns_key_list_key(keys.get(), 0); }
};

ZoneSigner::ZoneSigner(std::unique_ptr<State> state) : state_(std::move(state)) {}
ZoneSigner::ZoneSigner(ZoneSigner&&) noexcept = default;
ZoneSigner& ZoneSigner::operator=(ZoneSigner&&) noexcept = default;
ZoneSigner::~ZoneSigner() = default;

Result<ZoneSigner> ZoneSigner::make(const Name& zone) {
  auto state = std::make_unique<State>();
  state->zone = zone;
  state->keys.reset(ldns_key_list_new());
  auto* key = ldns_key_new_frm_algorithm(LDNS_SIGN_ECDSAP256SHA256, 256);
  if (key == nullptr) return fail(fmt::format("no key can be made for {}", zone.text()));
  ldns_key_list_push_key(state->keys.get(), key);
  ldns_key_set_flags(key, zone_key);
  ldns_key_set_origttl(key, key_ttl);
  ldns_key_set_pubkey_owner(key, ldns_dname_new_frm_str(zone.fqdn().c_str()));
  const LdnsRecord record(ldns_key2rr(key), ldns_rr_free);
  if (record == nullptr) return fail(fmt::format("no key can be made for {}", zone.text()));
  ldns_key_set_keytag(key, ldns_calc_keytag(record.get()));
  state->key_data = ldns_rdata(*record);
  return ZoneSigner(std::move(state));
}

RRset ZoneSigner::ds() const {
  const auto key = ldns_record(state_->zone, RrType::DNSKEY, key_ttl, state_->key_data);
  const LdnsRecord made(ldns_key_rr2ds(key.get(), LDNS_SHA256), ldns_rr_free);
  return {state_->zone, RrType::DS, key_ttl, {ldns_rdata(*made)}};
}

Result<std::string> ZoneSigner::sign(const std::vector<RRset>& records, Time from, Time until) const {
  const Zone zone(ldns_dnssec_zone_new());
  const auto refuse = [&] { return fail(fmt::format("{} cannot be signed", state_->zone.text())); };
  // The SOA record first: it says what the zone is.
  for (const bool soa : {true, false}) {
    for (const auto& set : records) {
      if ((set.type == RrType::SOA) != soa) continue;
      for (const auto& rdata : set.rdata) {
        if (!add(*zone, ldns_record(set.owner, set.type, set.ttl, rdata)))
          return fail(fmt::format("{} {} cannot be written", set.owner.text(), to_string(set.type)));
      }
    }
  }
  if (!add(*zone, ldns_record(state_->zone, RrType::DNSKEY, key_ttl, state_->key_data))) return refuse();
  ldns_key_set_inception(state_->key(), stamp_of(from));
  ldns_key_set_expiration(state_->key(), stamp_of(until));
  const std::unique_ptr<ldns_rr_list, FreeList> made(ldns_rr_list_new());
  const auto status = ldns_dnssec_zone_sign(zone.get(), made.get(), state_->keys.get(),
                                            ldns_dnssec_default_replace_signatures, nullptr);
  if (status != LDNS_STATUS_OK) return refuse();
  return text_of(*zone);
}

std::string zone_text(const std::vector<RRset>& records) {
  std::string text;
  for (const auto& set : records) {
    for (const auto& rdata : set.rdata)
      text += fmt::format("{} {} IN {} {}\n", set.owner.fqdn(), set.ttl, to_string(set.type),
                          exact_rdata_text(set.type, rdata));
  }
  return text;
}

}  // namespace rdnsgate::dns
