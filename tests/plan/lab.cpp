// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/lab.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace rdnsgate::plan::test {
namespace {

std::string be32(std::uint32_t value) {
  std::string out;
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>((value >> shift) & 0xFF);
  return out;
}

}  // namespace

Builder::Builder() {
  inventory_.path = "inventory.yaml";
  inventory_.sha256 = std::string(64, 'a');
}

Builder& Builder::zone(const std::string& zone, ManagedBy managed_by) {
  inventory_.zones.push_back({name(zone), managed_by, {}, {}, {}, {}, {}, {}, {}});
  return *this;
}

Builder& Builder::address(const std::string& sender, const std::string& address, const std::string& ptr,
                          const std::string& helo) {
  auto& senders = inventory_.senders;
  auto found = std::find_if(senders.begin(), senders.end(), [&](const auto& s) { return s.name == sender; });
  if (found == senders.end()) {
    senders.push_back({});
    found = senders.end() - 1;
    found->name = sender;
  }
  inventory::Address entry;
  entry.ip = ip(address);
  entry.sender = static_cast<inventory::SenderIndex>(found - senders.begin());
  entry.ptr = ptr.empty() ? Name() : name(ptr);
  entry.helo = helo.empty() ? Name() : name(helo);
  entry.ttl = static_cast<std::uint32_t>(inventory_.defaults.ttl.count());
  entry.ttl_declared = inventory_.defaults.ttl_declared;
  inventory_.addresses.push_back(entry);
  return *this;
}

Builder& Builder::domain(const std::string& domain, const std::vector<std::string>& via) {
  inventory::Domain entry;
  entry.name = name(domain);
  for (const auto& path : via) entry.via.push_back({path, {}});
  inventory_.domains.push_back(entry);
  return *this;
}

Inventory Builder::build() {
  Inventory result = inventory_;
  for (auto& zone : std::exchange(result.zones, {})) result.add_zone(std::move(zone));
  for (std::size_t i = 0; i < result.addresses.size(); ++i)
    result.by_ip.push_back(static_cast<inventory::AddressIndex>(i));
  std::sort(result.by_ip.begin(), result.by_ip.end(),
            [&](auto a, auto b) { return result.addresses[a].ip < result.addresses[b].ip; });
  return result;
}

Dns& Dns::zone(const std::string& apex, std::uint32_t soa_ttl, std::uint32_t minimum) {
  const auto rdata = name("ns1." + apex).wire() + name("hostmaster." + apex).wire() + be32(7) + be32(3600) +
                     be32(600) + be32(604800) + be32(minimum);
  return set(apex, RrType::SOA, soa_ttl, {rdata});
}

Dns& Dns::set(const std::string& owner, RrType type, std::uint32_t ttl, std::vector<std::string> rdata) {
  std::sort(rdata.begin(), rdata.end());
  sets_[{name(owner), type}] = Version{ttl, std::move(rdata)};
  return *this;
}

Dns& Dns::a(const std::string& owner, std::uint32_t ttl, const std::vector<std::string>& addresses) {
  std::vector<std::string> rdata;
  for (const auto& address : addresses) rdata.push_back(dns::rdata_of(ip(address)));
  return set(owner, RrType::A, ttl, std::move(rdata));
}

Dns& Dns::aaaa(const std::string& owner, std::uint32_t ttl, const std::vector<std::string>& addresses) {
  std::vector<std::string> rdata;
  for (const auto& address : addresses) rdata.push_back(dns::rdata_of(ip(address)));
  return set(owner, RrType::AAAA, ttl, std::move(rdata));
}

Dns& Dns::ptr(const std::string& address, std::uint32_t ttl, const std::vector<std::string>& targets) {
  std::vector<std::string> rdata;
  for (const auto& target : targets) rdata.push_back(name(target).wire());
  return set(dns::reverse_name(ip(address)).text(), RrType::PTR, ttl, std::move(rdata));
}

Dns& Dns::cname(const std::string& owner, std::uint32_t ttl, const std::string& target) {
  return set(owner, RrType::CNAME, ttl, {name(target).wire()});
}

Dns& Dns::txt(const std::string& owner, std::uint32_t ttl, const std::vector<std::string>& texts) {
  std::vector<std::string> rdata;
  for (const auto& text : texts) rdata.push_back(static_cast<char>(text.size()) + text);
  return set(owner, RrType::TXT, ttl, std::move(rdata));
}

Dns& Dns::broken(const std::string& owner, RrType type, Outcome outcome) {
  broken_[{name(owner), type}] = outcome;
  return *this;
}

Dns& Dns::change(const std::string& owner, RrType type, std::function<void(Fact&)> change) {
  changes_[{name(owner), type}] = std::move(change);
  return *this;
}

Fact Dns::answer(const Name& owner, RrType type) const {
  Fact fact = truth(owner, type);
  if (const auto found = changes_.find({owner, type}); found != changes_.end()) found->second(fact);
  return fact;
}

Fact Dns::truth(const Name& owner, RrType type) const {
  Fact fact;
  fact.question = {0, owner, type};
  fact.server = "192.0.2.53#53";
  fact.authoritative = true;
  fact.asked_at = parse_time("2027-01-01T00:00:00Z").value();
  if (const auto found = broken_.find({owner, type}); found != broken_.end()) {
    fact.outcome = found->second;
    fact.reason = "broken";
    return fact;
  }
  Name at = owner;
  for (auto alias = type == RrType::CNAME ? sets_.end() : sets_.find({at, RrType::CNAME});
       alias != sets_.end(); alias = sets_.find({at, RrType::CNAME})) {
    fact.answer.push_back({at, RrType::CNAME, alias->second.ttl, alias->second.rdata});
    at = dns::name_in(alias->second.rdata.front()).value();
  }
  if (const auto found = sets_.find({at, type}); found != sets_.end()) {
    fact.outcome = Outcome::answer;
    fact.answer.push_back({at, type, found->second.ttl, found->second.rdata});
    return fact;
  }
  const bool exists =
      std::any_of(sets_.begin(), sets_.end(), [&](const auto& set) { return set.first.first.is_within(at); });
  if (!exists) {
    if (const auto* made = from_wildcard(at, type)) {
      fact.outcome = Outcome::answer;
      fact.answer.push_back({at, type, made->ttl, made->rdata});
      return fact;
    }
  }
  fact.outcome = exists ? Outcome::nodata : Outcome::nxdomain;
  for (Name apex = at; !apex.is_root(); apex = apex.parent()) {
    const auto soa = sets_.find({apex, RrType::SOA});
    if (soa == sets_.end()) continue;
    fact.soa = dns::RRset{apex, RrType::SOA, soa->second.ttl, soa->second.rdata};
    break;
  }
  return fact;
}

/// The wildcard of the closest encloser, and no other (RFC 4592 §3.3.1).
const Version* Dns::from_wildcard(const Name& owner, RrType type) const {
  Name encloser = owner.parent();
  while (!encloser.is_root() && std::none_of(sets_.begin(), sets_.end(), [&](const auto& set) {
    return set.first.first.is_within(encloser);
  }))
    encloser = encloser.parent();
  const auto wildcard = name("*").under(encloser);
  const auto found = wildcard ? sets_.find({*wildcard, type}) : sets_.end();
  return found == sets_.end() ? nullptr : &found->second;
}

bool Dns::carry_out(const Step& step) {
  const auto key = std::pair(step.owner, step.type);
  const auto found = sets_.find(key);
  const MaybeVersion there = found == sets_.end() ? MaybeVersion() : MaybeVersion(found->second);
  if (there != step.before) return false;
  if (step.after) {
    sets_[key] = *step.after;
  } else {
    sets_.erase(key);
  }
  return true;
}

dns::FactStore ask(const Dns& dns, const Inventory& now, const Inventory* base) {
  dns::FactStore store;
  WorldReader reader(now, base);
  dns::FactDesk desk(store, 0);
  while (true) {
    reader.read(desk);
    if (desk.complete()) return store;
    for (const auto& question : desk.missing()) store.insert(dns.answer(question.name, question.type));
    desk.resume();
  }
}

Result<Plan> plan_for(const Dns& dns, const Inventory& now, const Inventory* base, PlanOptions options) {
  const auto store = ask(dns, now, base);
  return make_plan(now, base, {store, 0, {"recursive", dns::VantageKind::recursive, "recursive"}}, options);
}

std::vector<std::string> ids(const Plan& plan) {
  std::vector<std::string> all;
  for (const auto& phase : plan.phases) all.push_back(phase.id);
  return all;
}

const Phase* phase(const Plan& plan, const std::string& id) {
  const auto found =
      std::find_if(plan.phases.begin(), plan.phases.end(), [&](const Phase& p) { return p.id == id; });
  return found == plan.phases.end() ? nullptr : &*found;
}

std::string step_text(const Step& step) {
  const auto side = [&](const MaybeVersion& version) {
    if (!version) return std::string("-");
    std::string text = std::to_string(version->ttl);
    for (const auto& rdata : version->rdata) text += " " + dns::rdata_text(step.type, rdata);
    return text;
  };
  return fmt::format("{} {}: {} => {}", step.owner.text(), dns::to_string(step.type), side(step.before),
                     side(step.after));
}

std::vector<std::string> steps(const Plan& plan, const std::string& id) {
  std::vector<std::string> all;
  if (const auto* found = phase(plan, id)) {
    for (const auto& step : found->steps) all.push_back(step_text(step));
  }
  return all;
}

std::string formula(const Phase& phase) {
  std::string text;
  for (const auto& term : phase.wait.terms)
    text += fmt::format("{}{} {}", text.empty() ? "" : " + ", term.name, term.value.count());
  return text;
}

}  // namespace rdnsgate::plan::test
