// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/adapters/zone_set.h"

#include <fmt/format.h>

#include <algorithm>

namespace rdnsgate::resolve {
namespace {

using dns::Fact;
using dns::Name;
using dns::Outcome;
using dns::RRset;
using dns::RrType;
using ZoneReplyKind = dns::ZoneReply::Kind;

// As many as resolvers follow; a DNAME of its own subtree never ends.
constexpr std::size_t max_aliases = 16;
constexpr std::uint8_t rcode_nxdomain = 3, rcode_yxdomain = 6;

void give_up(Fact& fact, std::string reason) {
  fact.outcome = Outcome::unanswered;
  fact.reason = std::move(reason);
}

void deny(Fact& fact, bool name_exists, const RRset* soa) {
  fact.outcome = name_exists ? Outcome::nodata : Outcome::nxdomain;
  if (!name_exists) fact.rcode = rcode_nxdomain;
  if (soa == nullptr) return;
  fact.soa = *soa;
  if (const auto fields = dns::soa_in(soa->rdata.front()))
    fact.soa->ttl = std::min(soa->ttl, fields->minimum);
}

/// What stands for the name in place of the DNAME's owner (RFC 6672 §2.2); an error where it is too long.
Result<Name> substituted(const Name& name, const RRset& dname) {
  const auto& wire = name.wire();
  const auto prefix = wire.substr(0, wire.size() - dname.owner.wire().size());
  return Name::from_wire(prefix + dname.rdata.front());
}

/// Puts the answer together, link by link.
class Chain {
 public:
  explicit Chain(const dns::Question& question) : end_(question.name) {
    fact_.question = question;
    fact_.authoritative = true;
    fact_.from_files = dns::FromFiles::all;
  }

  const Name& end() const { return end_; }
  ZoneSet::Begun take() { return {std::move(fact_), leaves_ ? std::optional<Name>(end_) : std::nullopt}; }

  void leave_zones() {
    leave();
    give_up(fact_, hops_ == 0 ? "outside the zone files"
                              : fmt::format("the alias points to {}, outside the zone files", end_.text()));
  }

  /// True where there is another link to look up.
  bool add(const dns::ZoneReply& reply, const RRset* soa) {
    switch (reply.kind) {
      case ZoneReplyKind::records:
        fact_.outcome = Outcome::answer;
        add_set(*reply.set);
        return false;
      case ZoneReplyKind::alias:
        add_set(*reply.set);
        return follow(dns::name_in(reply.set->rdata.front()).value());
      case ZoneReplyKind::renamed:
        return rename(*reply.set);
      case ZoneReplyKind::no_records:
      case ZoneReplyKind::no_name:
        deny(fact_, reply.kind == ZoneReplyKind::no_records, soa);
        return false;
      case ZoneReplyKind::delegated:
        leave();
        give_up(fact_, hops_ == 0 ? "delegated to a zone that no zone file holds"
                                  : fmt::format("the alias points to {}, which is delegated to a zone that "
                                                "no zone file holds",
                                                end_.text()));
        return false;
      case ZoneReplyKind::open:
        give_up(fact_, std::string(reply.why));
        return false;
    }
    return false;
  }

 private:
  void leave() {
    leaves_ = true;
    fact_.from_files = dns::FromFiles::outside;
  }

  /// The name that was looked for owns what a wildcard has.
  void add_set(const RRset& set) {
    fact_.answer.push_back(set);
    fact_.answer.back().owner = end_;
  }

  bool rename(const RRset& dname) {
    fact_.answer.push_back(dname);
    auto target = substituted(end_, dname);
    if (!target) {
      fact_.outcome = Outcome::servfail;
      fact_.rcode = rcode_yxdomain;
      fact_.reason = fmt::format("the DNAME record of {} makes a name that is too long of {}",
                                 dname.owner.text(), end_.text());
      return false;
    }
    fact_.answer.push_back({end_, RrType::CNAME, dname.ttl, {rdata_of(*target)}});
    if (fact_.question.type == RrType::CNAME) {
      fact_.outcome = Outcome::answer;
      return false;
    }
    return follow(std::move(*target));
  }

  bool follow(Name&& target) {
    const bool again = std::any_of(fact_.answer.begin(), fact_.answer.end(), [&](const RRset& set) {
      return set.type == RrType::CNAME && set.owner == target;
    });
    end_ = std::move(target);
    if (again) give_up(fact_, fmt::format("the aliases form a loop: they come back to {}", end_.text()));
    if (!again && ++hops_ == max_aliases) give_up(fact_, fmt::format("more than {} aliases", max_aliases));
    return !again && hops_ < max_aliases;
  }

  Fact fact_;
  Name end_;  ///< the name to look up next
  std::size_t hops_ = 0;
  bool leaves_ = false;
};

}  // namespace

Result<ZoneSet> ZoneSet::load(std::span<const ZoneSource> sources) {
  if (sources.empty()) return fail("no zone file is given");
  ZoneSet set;
  for (const auto& source : sources) {
    auto held = std::make_unique<const Held>(source);
    const auto& origin = held->zone.origin;
    const auto [known, fresh] = set.by_origin_.try_emplace(origin.wire(), held.get());
    if (!fresh) {
      return fail(
          fmt::format("two files for the zone {}: {} and {}", origin.text(), known->second->path, held->path),
          "name the one to judge");
    }
    set.zones_.push_back(std::move(held));
  }
  return set;
}

const ZoneSet::Held* ZoneSet::zone_of(const Name& name, RrType type) const {
  std::string_view suffix = name.wire();
  const auto up = [&] { suffix.remove_prefix(1u + static_cast<unsigned char>(suffix[0])); };
  // The DS of a zone is on its parent's side (RFC 4035 §3.1.4.1).
  if (type == RrType::DS && suffix.size() > 1) up();
  while (true) {
    if (const auto zone = by_origin_.find(suffix); zone != by_origin_.end()) return zone->second;
    if (suffix.size() == 1) return nullptr;
    up();
  }
}

bool ZoneSet::hold(const Name& name, RrType type) const {
  const Held* zone = zone_of(name, type);
  return zone != nullptr && zone->tree.look_up(name, type).kind != ZoneReplyKind::delegated;
}

const dns::ZoneFile* ZoneSet::zone(const Name& apex) const {
  const auto found = by_origin_.find(apex.wire());
  return found == by_origin_.end() ? nullptr : &found->second->zone;
}

ZoneSet::Begun ZoneSet::begin(const dns::Question& question) const {
  Chain chain(question);
  bool more = true;
  while (more) {
    const Held* zone = zone_of(chain.end(), question.type);
    if (zone == nullptr) {
      chain.leave_zones();
      break;
    }
    more = chain.add(zone->tree.look_up(chain.end(), question.type), zone->tree.soa());
  }
  return chain.take();
}

}  // namespace rdnsgate::resolve
