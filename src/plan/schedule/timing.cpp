// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/schedule/timing.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace rdnsgate::plan {
namespace {

std::uint32_t whole(seconds value) {
  const auto count = value.count();
  if (count <= 0) return 0;
  return count >= std::numeric_limits<std::int32_t>::max() ? 0x7FFFFFFFu : static_cast<std::uint32_t>(count);
}

void add(Wait& wait, const char* name, const Sourced& sourced) {
  wait.terms.push_back({name, seconds(sourced.value), sourced.origin});
  wait.total += seconds(sourced.value);
}

std::optional<dns::Soa> soa_of(const ZoneState& zone) {
  if (!zone.soa || zone.soa->rdata.size() != 1) return std::nullopt;
  auto soa = dns::soa_in(zone.soa->rdata.front());
  return soa ? std::optional(std::move(*soa)) : std::nullopt;
}

/// How much later than after `propagation` a secondary that no NOTIFY reaches may have a change.
seconds longer_than(seconds propagation, const dns::Soa& soa) {
  return seconds(std::uint64_t{soa.refresh} + soa.retry) - seconds(whole(propagation));
}

}  // namespace

template <typename Each>
void Timing::terms_after_change(const ZoneState& zone, const char* name, const Sourced& kept,
                                const Each& each) const {
  using Rollout = inventory::RolloutDefaults;
  const auto add_setting = [&](const char* term, seconds Rollout::*member) {
    each(term, whole(now_.defaults.rollout.*member), [&] { return setting(member).origin; });
  };
  add_setting("propagation", &Rollout::propagation);
  if (zone.declared != nullptr && zone.declared->publish_delay)
    each("publish-delay", whole(*zone.declared->publish_delay), [&] { return declared_at(zone); });
  const auto floor = whole(now_.defaults.rollout.cache_floor);
  if (kept.value >= floor)
    each(name, kept.value, [&] { return kept.origin; });
  else
    each(name, floor, [&] { return "what caches keep at least, " + setting(&Rollout::cache_floor).origin; });
  add_setting("skew", &Rollout::skew);
}

Wait Timing::after_change(const ZoneState& zone, const char* name, const Sourced& kept) const {
  Wait wait;
  terms_after_change(zone, name, kept, [&](const char* term, std::uint32_t value, const auto& origin) {
    add(wait, term, {value, origin()});
  });
  wait.late = late(zone);
  return wait;
}

seconds Timing::total_after_change(const ZoneState& zone, const Sourced& kept) const {
  seconds total{};
  terms_after_change(zone, "", kept,
                     [&](const char*, std::uint32_t value, const auto&) { total += seconds(value); });
  return total;
}

bool Timing::lengthens(const Wait& wait, const ZoneState& zone, const Sourced& kept) const {
  if (wait.terms.empty() || total_after_change(zone, kept) > wait.total) return true;
  const auto soa = soa_of(zone);
  return soa &&
         longer_than(now_.defaults.rollout.propagation, *soa) > (wait.late ? wait.late->value : seconds(0));
}

std::optional<Term> Timing::late(const ZoneState& zone) const {
  const auto soa = soa_of(zone);
  const auto more = soa ? longer_than(now_.defaults.rollout.propagation, *soa) : seconds(0);
  if (more <= seconds(0)) return std::nullopt;
  return Term{"late", more,
              fmt::format("without NOTIFY: refresh {} + retry {} of {}, less propagation {}", soa->refresh,
                          soa->retry, zone.name.text(), whole(now_.defaults.rollout.propagation))};
}

Wait Timing::with_soak(Wait wait) const {
  add(wait, "soak", setting(&inventory::RolloutDefaults::soak));
  return wait;
}

Wait Timing::after_switch() const {
  Wait wait;
  add(wait, "bake", setting(&inventory::RolloutDefaults::bake));
  return wait;
}

Wait Timing::after_stop(bool mail_is_judged_later) const {
  const auto bake = setting(&inventory::RolloutDefaults::bake);
  const auto queue = setting(&inventory::RolloutDefaults::queue);
  Wait wait;
  if (mail_is_judged_later && queue.value > bake.value) {
    add(wait, "queue", queue);
  } else {
    add(wait, "bake", bake);
  }
  return wait;
}

Wait Timing::after_stop(seconds rest) const {
  Wait wait;
  add(wait, "queue",
      {whole(rest), "the rest for an earlier wave, " + setting(&inventory::RolloutDefaults::queue).origin});
  return wait;
}

Wait Timing::until_judged(seconds rest) const {
  const auto queue = setting(&inventory::RolloutDefaults::queue);
  Wait wait;
  add(wait, "queue", {whole(rest), (whole(rest) < queue.value ? "the rest of it, " : "") + queue.origin});
  return wait;
}

Sourced Timing::low(const ZoneState& zone) const {
  return clamped(zone, setting(&inventory::RolloutDefaults::ttl));
}

Sourced Timing::clamped(const ZoneState& zone, Sourced ttl) const {
  if (zone.declared == nullptr) return ttl;
  if (const auto& least = zone.declared->min_ttl; least && whole(*least) > ttl.value) {
    return {whole(*least), declared_at(zone), ttl.declared};
  }
  if (const auto& most = zone.declared->max_ttl; most && whole(*most) < ttl.value) {
    return {whole(*most), declared_at(zone), ttl.declared};
  }
  return ttl;
}

Sourced Timing::steady(const inventory::Address& address) const {
  if (!address.ttl_declared) return {address.ttl, "default", false};
  if (address.ttl == whole(now_.defaults.ttl)) return {address.ttl, "declared in " + now_.path, true};
  return {address.ttl, declared_at(address.at), true};
}

Sourced Timing::setting(seconds inventory::RolloutDefaults::*member) const {
  const seconds value = now_.defaults.rollout.*member;
  const bool untouched = value == inventory::RolloutDefaults{}.*member;
  return {whole(value), untouched ? "default" : "declared in " + now_.path};
}

std::string Timing::declared_at(const ZoneState& zone) const {
  if (zone.from_base && base_ != nullptr) return "declared in " + base_->path;
  return declared_at(zone.declared->at);
}

std::string Timing::declared_at(Span span) const {
  if (options_.sources == nullptr || span.file >= options_.sources->count())
    return "declared in " + now_.path;
  return fmt::format("declared at {}:{}", options_.sources->path(span.file),
                     options_.sources->locate(span).line);
}

}  // namespace rdnsgate::plan
