// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>

#include "run/faults/alter.h"
#include "run/faults/scenario.h"

namespace rdnsgate::run {
namespace {

/// The name that the inventory has for the inside, or one as networks have them.
dns::Name inside_name(const Ground& ground, const inventory::Address& address) {
  const auto* view = ground.inventory().internal_view_of(address);
  if (view != nullptr && !view->ptr.is_root() && view->ptr != address.ptr) return view->ptr;
  const auto host = dns::Name::parse(address.ptr.labels().front());
  const auto inside = dns::Name::parse("dc1.corp").value();
  return host ? host->under(inside).value_or(inside) : inside;
}

}  // namespace

Result<Fault> leak_internal_name(const Ground& ground, const Aim& aim) {
  const auto hit =
      ground.pick(aim, [&](const inventory::Address& address) { return ground.has_declared_ptr(address); });
  if (hit.empty())
    return fail("no address has the PTR record that is declared, so that nothing is left to leak into");
  const auto& address = ground.inventory().addresses[hit.front()];
  const auto owner = dns::reverse_name(address.ip), inside = inside_name(ground, address);
  Fault fault{address.ip.to_string(),
              fmt::format("{} PTR is {}, which only the internal view has", owner.text(), inside.text())};
  fault.touches = [owner, inside, outside = ground.outside()](const dns::Question& question) {
    const bool is_it =
        (question.name == owner && question.type == dns::RrType::PTR) || question.name == inside;
    return is_it && std::find(outside.begin(), outside.end(), question.vantage) != outside.end();
  };
  fault.alter = [inside, owner](dns::Fact& fact) {
    if (fact.question.name == inside) return deny_by_root(fact);
    const auto* set = fact.rrset();
    if (dns::is_positive(fact.outcome) && set != nullptr) answer_with(fact, set->ttl, dns::rdata_of(inside));
  };
  fault.steps = {
      {who_holds(ground, owner), fmt::format("set the PTR record to {} again", address.ptr.text())},
      {"who keeps the DNS of the inside",
       "find out how it got out: an address management system that fills both views, say"}};
  const auto fact = ground.look(owner, dns::RrType::PTR);
  fault.lingers = seconds(fact && fact->rrset() != nullptr ? fact->rrset()->ttl : address.ttl);
  fault.lingers_why = "the TTL of the PTR record";
  return fault;
}

}  // namespace rdnsgate::run
