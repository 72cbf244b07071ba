// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/dnssec/proof.h"

#include <fmt/format.h>

#include <algorithm>

#include "dns/dnssec/denial_proof.h"
#include "dns/wire/sections.h"

namespace rdnsgate::dns {
namespace {

std::string named(RrType type, const Name& name) {
  return fmt::format("{} {}", to_string(type), name.text());
}

const RRset* find(const std::vector<RRset>& sets, const Name& owner, RrType type) {
  const auto found = std::find_if(sets.begin(), sets.end(),
                                  [&](const RRset& set) { return set.type == type && set.owner == owner; });
  return found == sets.end() ? nullptr : &*found;
}

class Prover {
 public:
  Prover(const Sections& sections, const TrustedKeys& keys, Time now)
      : sections_(sections), keys_(keys), now_(now) {}

  Proof run(const Name& name, RrType type) {
    Name at = name;
    // As many aliases as a message can hold: one that leads back is met again and ends it.
    for (std::size_t hops = 0; hops <= sections_.answer.size(); ++hops) {
      if (!at.is_within(keys_.zone())) return end();
      if (const auto* set = find(sections_.answer, at, type)) {
        check_answer(*set);
        return end();
      }
      const auto* alias = find(sections_.answer, at, RrType::CNAME);
      if (alias == nullptr) {
        check_denial(at, type, hops > 0);
        return end();
      }
      // What a DNAME record stands for has no signature of its own (RFC 6672 §5.3.1).
      const auto* dname = dname_over(at);
      if (!check_answer(dname != nullptr ? *dname : *alias)) return end();
      at = name_in(alias->rdata.front()).value();  // its shape was checked when it was read
    }
    return end();
  }

  DsProof run_ds(const Name& child) {
    const auto said = ds_said(child);
    if (!said) return {};
    if (proof_.flaw) return {DsProof::State::refused, {}, *proof_.flaw, proof_.what};
    if (insecure_) return {DsProof::State::insecure, {}, {}, {}};
    if (said->empty()) return {DsProof::State::none, {}, {}, {}};
    return {DsProof::State::proven, *said, {}, {}};
  }

 private:
  /// The DS records of a message, none where it denies them; nullopt where it says neither. What is wrong with
  /// it is noted.
  std::optional<std::vector<std::string>> ds_said(const Name& child) {
    if (const auto* set = find(sections_.answer, child, RrType::DS)) {
      check_answer(*set);
      return set->rdata;
    }
    if (!sections_.answer.empty()) return std::nullopt;
    if (const auto* set = find(sections_.ds, child, RrType::DS)) {
      const auto check = keys_.check(*set, signatures_over(*set, sections_.authority_signatures), now_).check;
      if (const auto flaw = flaw_of(check)) refuse(*flaw, named(RrType::DS, child));
      insecure_ = insecure_ || check == SignatureCheck::unsupported;
      return set->rdata;
    }
    const bool referral = find(sections_.ns, child, RrType::NS) != nullptr;
    if (!referral) {
      // Only its parent can say that there is none (RFC 4035 §3.1.4.1), and that there is no such name at all
      // is a matter of the delegation.
      if (sections_.rcode != 0 || find(sections_.soas, keys_.zone(), RrType::SOA) == nullptr)
        return std::nullopt;
      check_denial(child, RrType::DS, false);
      return std::vector<std::string>();
    }
    auto sets = denials();
    if (!sets) return std::vector<std::string>();  // with the flaw
    if (sets->empty()) return std::nullopt;        // a validator asks for the DS records then
    const auto proven = Denials(keys_.zone(), std::move(*sets)).no_record(child, RrType::DS);
    if (proven == DenialProof::none) refuse(Flaw::denial_unproven, named(RrType::DS, child));
    insecure_ = insecure_ || proven == DenialProof::insecure;
    return std::vector<std::string>();
  }

  Proof end() {
    proof_.secure = !proof_.flaw && !insecure_;
    return std::move(proof_);
  }
  bool refuse(Flaw flaw, std::string what) {
    proof_.flaw = flaw;
    proof_.what = std::move(what);
    return false;
  }

  const RRset* dname_over(const Name& name) const {
    const auto found = std::find_if(sections_.answer.begin(), sections_.answer.end(), [&](const RRset& set) {
      return set.type == RrType::DNAME && name != set.owner && name.is_within(set.owner);
    });
    return found == sections_.answer.end() ? nullptr : &*found;
  }

  bool check_answer(const RRset& set) {
    const auto verified = keys_.check(set, signatures_over(set, sections_.signatures), now_);
    if (const auto flaw = flaw_of(verified.check)) {
      // Unsigned, or signed by others: where the name is in a zone below, that is as it should be. An alias
      // is at no zone's top, and so in the zone that the name above it is in.
      const bool below = verified.signer != keys_.zone() && set.owner != keys_.zone();
      if (below) proof_.if_in_zone = set.type == RrType::CNAME ? set.owner.parent() : set.owner;
      return refuse(*flaw, named(set.type, set.owner));
    }
    insecure_ = insecure_ || verified.check == SignatureCheck::unsupported;
    const auto labels = set.owner.label_count();
    if (verified.check != SignatureCheck::holds || verified.labels >= labels ||
        (set.owner.first_label() == "*" && verified.labels + 1 == labels))
      return true;
    return check_expansion(set, verified.labels);
  }

  /// A wildcard made the record: that nothing closer is there has to be proven (RFC 4035 §5.3.4).
  bool check_expansion(const RRset& set, std::size_t labels) {
    const auto what = named(set.type, set.owner);
    std::optional<std::vector<const RRset*>> sets = denials();
    if (!sets) return false;
    switch (Denials(keys_.zone(), std::move(*sets)).nothing_closer(set.owner, labels)) {
      case DenialProof::proven:
        return true;
      case DenialProof::insecure:
        insecure_ = true;
        return true;
      case DenialProof::none:
        break;
    }
    return refuse(Flaw::expansion_unproven, what);
  }

  /// The NSEC and NSEC3 records of the zone; nullopt, with the flaw, where the signature of one does not
  /// hold.
  std::optional<std::vector<const RRset*>> denials() {
    std::vector<const RRset*> sets;
    for (const auto& set : sections_.denials) {
      if (!set.owner.is_within(keys_.zone())) continue;
      const auto found = keys_.check(set, signatures_over(set, sections_.authority_signatures), now_);
      if (found.check == SignatureCheck::no_key && found.signer != keys_.zone()) continue;  // another zone's
      if (const auto flaw = flaw_of(found.check)) {
        refuse(*flaw, named(set.type, set.owner));
        return std::nullopt;
      }
      insecure_ = insecure_ || found.check == SignatureCheck::unsupported;
      sets.push_back(&set);
    }
    return sets;
  }

  /// Another zone's SOA record says that another zone answers, and without any nothing is denied at all
  /// (RFC 2308 §2.2).
  void check_denial(const Name& name, RrType type, bool behind_alias) {
    const auto soa = std::find_if(sections_.soas.begin(), sections_.soas.end(),
                                  [&](const RRset& set) { return name.is_within(set.owner); });
    if (soa == sections_.soas.end() || soa->owner != keys_.zone()) {
      insecure_ = insecure_ || !behind_alias;
      return;
    }
    const auto check = keys_.check(*soa, signatures_over(*soa, sections_.authority_signatures), now_).check;
    if (const auto flaw = flaw_of(check)) {
      refuse(*flaw, named(soa->type, soa->owner));
      return;
    }
    insecure_ = insecure_ || check == SignatureCheck::unsupported;
    auto sets = denials();
    if (!sets || insecure_) return;
    const Denials proofs(keys_.zone(), std::move(*sets));
    const bool no_name = sections_.rcode == 3;
    const auto proven = no_name ? proofs.no_name(name) : proofs.no_record(name, type);
    if (proven == DenialProof::none)
      refuse(Flaw::denial_unproven, named(type, name));
    else
      insecure_ = proven == DenialProof::insecure;
  }

  const Sections& sections_;
  const TrustedKeys& keys_;
  Time now_;
  bool insecure_ = false;
  Proof proof_;
};

}  // namespace

Proof prove(std::string_view message, const Name& name, RrType type, const TrustedKeys& keys, Time now) {
  Sections sections;
  std::string why;
  if (!read_sections(message, type, sections, why, Depth::referral)) return {};
  return Prover(sections, keys, now).run(name, type);
}

DsProof prove_ds(std::string_view message, const Name& child, const TrustedKeys& keys, Time now) {
  Sections sections;
  std::string why;
  if (!read_sections(message, RrType::DS, sections, why, Depth::referral) || sections.truncated) return {};
  return Prover(sections, keys, now).run_ds(child);
}

}  // namespace rdnsgate::dns
