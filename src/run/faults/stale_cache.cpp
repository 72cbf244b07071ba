// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "run/faults/alter.h"
#include "run/faults/scenario.h"

namespace rdnsgate::run {
namespace {

dns::RrType type_for(const IpAddress& ip) { return ip.is_v4() ? dns::RrType::A : dns::RrType::AAAA; }

/// The next address that nobody declares: the one that the host had.
std::optional<IpAddress> old_address(const inventory::Inventory& inventory, const IpAddress& ip) {
  for (std::uint64_t step = 1; step < 256; ++step) {
    const auto old = ip.plus(step);
    if (inventory.find(old) == nullptr) return old;
  }
  return std::nullopt;
}

bool resolves(const Ground& ground, dns::VantageIndex cache, const inventory::Address& address) {
  if (address.ptr.is_root()) return false;
  const auto fact = ground.look(cache, address.ptr, type_for(address.ip));
  if (!fact || !dns::is_positive(fact->outcome)) return false;
  const auto all = fact->addresses();
  return std::find(all.begin(), all.end(), address.ip) != all.end();
}

std::optional<dns::VantageIndex> pick_cache(const Ground& ground) {
  for (const auto vantage : ground.outside()) {
    if (ground.is_cache(vantage)) return vantage;
  }
  return std::nullopt;
}

}  // namespace

Result<Fault> keep_stale_record(const Ground& ground, const Aim& aim) {
  const auto cache = aim.vantage && ground.is_cache(*aim.vantage) ? aim.vantage : pick_cache(ground);
  if (!cache)
    return fail("no vantage is a resolver with a cache of its own",
                "declare one (kind: forward), or record one: check --vantage 9.9.9.9 --record");
  const Aim of_address = aim.vantage ? Aim{} : aim;
  const auto hit = ground.pick(
      of_address, [&](const inventory::Address& address) { return resolves(ground, *cache, address); });
  if (hit.empty())
    return fail("no host name resolves to its address at the resolver, so that none can be stale");
  const auto& address = ground.inventory().addresses[hit.front()];
  const auto old = old_address(ground.inventory(), address.ip);
  if (!old) return fail("every address beside it is in use");
  const auto& name = ground.vantages()[*cache].name;
  const dns::Question question{*cache, address.ptr, type_for(address.ip)};
  const auto ttl = address.ttl;
  Fault fault{address.ip.to_string(),
              fmt::format("{} still has {} for {}, for another {}", name, old->to_string(),
                          address.ptr.text(), format_duration(seconds(ttl)))};
  fault.touches = [question](const dns::Question& asked) { return asked == question; };
  fault.alter = [ttl, rdata = dns::rdata_of(*old)](dns::Fact& fact) { answer_with(fact, ttl, rdata); };
  fault.staging.cached = {*cache, {address.ptr, question.type, ttl, {dns::rdata_of(*old)}}};
  fault.steps = {
      {"whoever renumbers",
       fmt::format("keep {} in service until caches have forgotten it", old->to_string())},
      {fmt::format("who runs {}", name),
       fmt::format("flush {} from the cache, where that can be asked for", address.ptr.text())},
      {"whoever renumbers", "lower the TTL before the next renumbering: rdnsgate plan does"},
  };
  fault.lingers = seconds(ttl);
  fault.lingers_why = "the record's TTL, which began when it was cached";
  return fault;
}

}  // namespace rdnsgate::run
