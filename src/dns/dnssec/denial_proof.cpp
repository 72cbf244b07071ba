// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/dnssec/denial_proof.h"

#include <algorithm>
#include <optional>

#include "dns/dnssec/nsec3.h"

namespace rdnsgate::dns {
namespace {

/// Beyond this validators take the zone for unsigned (RFC 9276 §3.2; Unbound, Knot Resolver and BIND agree).
constexpr unsigned most_iterations = 150;

/// An NSEC record (RFC 4034 §4.1).
struct Nsec {
  Name owner, next;
  std::string_view types;
};

std::optional<Nsec> nsec_in(const RRset& set) {
  if (set.type != RrType::NSEC || set.rdata.size() != 1) return std::nullopt;
  std::size_t used = 0;
  auto next = Name::from_wire(set.rdata.front(), &used);
  if (!next) return std::nullopt;
  return Nsec{set.owner, std::move(*next), std::string_view(set.rdata.front()).substr(used)};
}

/// The parent's side of a cut: what is below is another zone (RFC 6840 §4.1).
bool is_cut(std::string_view types) { return has_type(types, RrType::NS) && !has_type(types, RrType::SOA); }
/// Nothing that is below it can be denied by it.
bool hides_below(std::string_view types) { return is_cut(types) || has_type(types, RrType::DNAME); }

/// A record at the name itself denies the type. The parent's side of a cut denies DS alone, the child's side
/// everything but that.
bool denies_type(std::string_view types, RrType type) {
  if (has_type(types, type) || has_type(types, RrType::CNAME)) return false;
  return type == RrType::DS ? !has_type(types, RrType::SOA) : !is_cut(types);
}

Name wildcard_at(const Name& closest) { return Name::parse("*").value().under(closest).value_or(closest); }

/// The last `labels` labels of a name.
Name tail_of(Name name, std::size_t labels) {
  while (name.label_count() > labels) name = name.parent();
  return name;
}

/// The longest name that both are in.
Name common(Name a, const Name& b) {
  while (!b.is_within(a)) a = a.parent();
  return a;
}

}  // namespace

/// NSEC3 records of one zone, all hashed in the same way (RFC 5155 §8.2).
struct Denials::Hashed {
  const Name& zone;
  std::vector<Nsec3> records;

  Hashed(const Name& apex, const std::vector<const RRset*>& sets) : zone(apex) {
    for (const auto* set : sets) {
      for (auto& it : nsec3_in(*set, zone)) {
        const bool like = records.empty() ||
                          (it.hash_algorithm == records.front().hash_algorithm &&
                           it.iterations == records.front().iterations && it.salt == records.front().salt);
        if (like) records.push_back(std::move(it));
      }
    }
  }
  bool computable() const {
    return records.empty() ||
           (records.front().iterations <= most_iterations && hash_of(zone, records.front()));
  }
  const Nsec3* at(const Name& name) const {
    return find(name, [](const Nsec3& it, const std::string& hash) { return it.owner == hash; });
  }
  const Nsec3* over(const Name& name) const {
    return find(name, [](const Nsec3& it, const std::string& hash) { return it.covers(hash); });
  }
  /// The closest encloser of a name that is not there, and what covers the name below it (RFC 5155 §8.3).
  struct Closest {
    Name encloser;
    const Nsec3* cover = nullptr;
  };
  std::optional<Closest> closest(const Name& name) const {
    Name below = name;
    while (below != zone) {
      const Name encloser = below.parent();
      if (const auto* match = at(encloser)) {
        const auto* cover = over(below);
        if (cover == nullptr || hides_below(match->types)) return std::nullopt;
        return Closest{encloser, cover};
      }
      below = encloser;
    }
    return std::nullopt;
  }

 private:
  template <typename Accept>
  const Nsec3* find(const Name& name, Accept accept) const {
    if (records.empty()) return nullptr;
    const auto hash = hash_of(name, records.front());
    const auto found = std::find_if(records.begin(), records.end(),
                                    [&](const Nsec3& it) { return hash && accept(it, *hash); });
    return found == records.end() ? nullptr : &*found;
  }
};

bool Denials::has_nsec3() const {
  return std::any_of(sets_.begin(), sets_.end(), [](const RRset* set) { return set->type == RrType::NSEC3; });
}

const RRset* Denials::at(const Name& name) const {
  const auto found = std::find_if(sets_.begin(), sets_.end(), [&](const RRset* set) {
    return set->type == RrType::NSEC && set->owner == name;
  });
  return found == sets_.end() ? nullptr : *found;
}

/// An NSEC record says that nothing is at the name or below it; `closest` gets the longest name above it that
/// exists.
bool Denials::covered(const Name& name, Name* closest) const {
  for (const auto* set : sets_) {
    const auto it = nsec_in(*set);
    if (!it || it->owner >= name || !name.is_within(zone_)) continue;
    const bool last = it->next == zone_;
    if (!last && (it->next <= name || !it->next.is_within(zone_))) continue;
    if (name.is_within(it->owner) && hides_below(it->types)) continue;
    if (!last && it->next.is_within(name)) continue;  // an empty non-terminal
    if (closest != nullptr) {
      const auto before = common(it->owner, name), behind = common(it->next, name);
      *closest = before.label_count() > behind.label_count() ? before : behind;
    }
    return true;
  }
  return false;
}

DenialProof Denials::nsec_no_name(const Name& name) const {
  Name closest;
  if (!covered(name, &closest)) return DenialProof::none;
  return covered(wildcard_at(closest)) ? DenialProof::proven : DenialProof::none;
}

/// The name exists, be it only because there are names below it, without such a record.
bool Denials::denied_at(const Name& name, RrType type) const {
  if (const auto* set = at(name)) {
    const auto it = nsec_in(*set);
    return it && denies_type(it->types, type);
  }
  return std::any_of(sets_.begin(), sets_.end(), [&](const RRset* set) {  // an empty non-terminal
    const auto it = nsec_in(*set);
    return it && it->owner < name && it->next != name && it->next.is_within(name) &&
           !(name.is_within(it->owner) && hides_below(it->types));
  });
}

DenialProof Denials::nsec_no_record(const Name& name, RrType type) const {
  if (denied_at(name, type)) return DenialProof::proven;
  Name closest;
  const bool by_wildcard = covered(name, &closest) && denied_at(wildcard_at(closest), type);
  return by_wildcard ? DenialProof::proven : DenialProof::none;
}

DenialProof Denials::no_name(const Name& name) const {
  if (!has_nsec3()) return nsec_no_name(name);
  const Hashed hashed(zone_, sets_);
  if (!hashed.computable()) return DenialProof::insecure;
  const auto closest = hashed.closest(name);
  if (!closest || hashed.over(wildcard_at(closest->encloser)) == nullptr) return DenialProof::none;
  return closest->cover->opts_out() ? DenialProof::insecure : DenialProof::proven;
}

DenialProof Denials::no_record(const Name& name, RrType type) const {
  if (!has_nsec3()) return nsec_no_record(name, type);
  const Hashed hashed(zone_, sets_);
  if (!hashed.computable()) return DenialProof::insecure;
  if (const auto* match = hashed.at(name))
    return denies_type(match->types, type) ? DenialProof::proven : DenialProof::none;
  const auto closest = hashed.closest(name);
  if (!closest) return DenialProof::none;
  const auto* wildcard = hashed.at(wildcard_at(closest->encloser));
  if (wildcard != nullptr && denies_type(wildcard->types, type)) return DenialProof::proven;
  // What only leads to delegations that are opted out has no record of its own (RFC 5155 §8.6, RFC 7129).
  return wildcard == nullptr && closest->cover->opts_out() ? DenialProof::insecure : DenialProof::none;
}

DenialProof Denials::nothing_closer(const Name& name, std::size_t labels) const {
  if (!has_nsec3()) {
    Name closest;
    const bool proven = covered(name, &closest) && closest.label_count() == labels;
    return proven ? DenialProof::proven : DenialProof::none;
  }
  const Hashed hashed(zone_, sets_);
  if (!hashed.computable()) return DenialProof::insecure;
  const auto* cover = hashed.over(tail_of(name, labels + 1));
  if (cover == nullptr) return DenialProof::none;
  return cover->opts_out() ? DenialProof::insecure : DenialProof::proven;
}

}  // namespace rdnsgate::dns
