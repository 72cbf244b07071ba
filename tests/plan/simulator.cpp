// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/simulator.h"

#include <fmt/format.h>

#include <algorithm>

namespace rdnsgate::plan::test {
namespace {

constexpr long long for_ever = 1LL << 50;
constexpr long long propagation = 300, skew = 60, floor_ttl = 60, bake = 3600;  // of the default inventory

long long negative_of(const Version& soa) {
  return std::min<long long>(soa.ttl, dns::soa_in(soa.rdata.front()).value().minimum);
}

bool overlap(long long a_from, long long a_until, long long b_from, long long b_until) {
  return std::max(a_from, b_from) < std::min(a_until, b_until);
}

bool has(const MaybeVersion& version, const std::string& rdata) {
  return version && std::find(version->rdata.begin(), version->rdata.end(), rdata) != version->rdata.end();
}

RrType family(const IpAddress& ip) { return ip.is_v4() ? RrType::A : RrType::AAAA; }

}  // namespace

Simulator::Simulator(const Dns& before, const Inventory& now, const Inventory& base, const Plan& plan)
    : before_(before), now_(now), base_(base), plan_(plan) {
  replay_zones();
  replay_hosts();
}

const std::vector<Simulator::Held>& Simulator::versions(const Name& owner, RrType type) const {
  auto& all = held_[{owner, type}];
  if (all.empty()) {
    const auto found = before_.records().find({owner, type});
    all.push_back({found == before_.records().end() ? MaybeVersion() : MaybeVersion(found->second), 0,
                   for_ever, 0, true});
  }
  return all;
}

void Simulator::end(std::vector<Held>& all, const Step& step, std::size_t phase, long long kept) {
  const long long at = plan_.phases[phase].starts_after.count();
  all.back().until = at + propagation + std::max(kept, floor_ttl) + skew;
  all.back().phase = phase;
  all.push_back({step.after, at, for_ever, 0, false});
}

void Simulator::replay_zones() {
  std::map<Name, long long> negative;
  for (const auto& [key, version] : before_.records()) {
    if (key.second == RrType::SOA) negative[key.first] = negative_of(version);
  }
  for (std::size_t i = 0; i < plan_.phases.size(); ++i) {
    for (const auto& step : plan_.phases[i].steps) {
      if (step.type == RrType::SOA) {
        auto& all = negative_[step.zone];
        if (all.empty()) all.push_back({step.before, 0, for_ever, 0, true});
        end(all, step, i, negative_of(*step.before));
      } else {
        versions(step.owner, step.type);
        end(held_[{step.owner, step.type}], step, i, step.before ? step.before->ttl : negative.at(step.zone));
      }
    }
    // What is lowered in a phase counts for the next one.
    for (const auto& step : plan_.phases[i].steps) {
      if (step.type == RrType::SOA) negative[step.zone] = negative_of(*step.after);
    }
  }
}

void Simulator::replay_hosts() {
  std::map<IpAddress, std::size_t> index;
  for (const auto& address : base_.addresses) {
    index[address.ip] = paths_.size();
    paths_.push_back({address.ip, {{address.helo, 0, for_ever, 0}}, true});
  }
  for (const auto& address : now_.addresses) {
    if (index.emplace(address.ip, paths_.size()).second) paths_.push_back({address.ip, {}, false});
  }
  for (std::size_t i = 0; i < plan_.phases.size(); ++i) {
    const long long at = plan_.phases[i].starts_after.count();
    for (const auto& manual : plan_.phases[i].manual) {
      watched_.push_back({{}, at, at + bake, i});
      for (auto& path : paths_) {
        // Addresses stand at the end or before " with"; a comma or a space follows each.
        const auto text = manual.text + ",";
        const auto address = path.ip.to_string();
        if (text.find(" " + address + ",") == std::string::npos &&
            text.find(" " + address + " ") == std::string::npos)
          continue;
        if (!path.uses.empty()) {
          path.uses.back().until = at + bake;
          path.uses.back().phase = i;
        }
        if (plan_.phases[i].id.rfind("stop-egress", 0) == 0) continue;
        path.uses.push_back({now_.find(path.ip)->helo, at, for_ever, 0});
      }
    }
  }
}

void Simulator::check_ptr(const Path& path, std::vector<std::string>& problems) const {
  const long long from = path.ever_before ? 0 : path.uses.empty() ? for_ever : path.uses.front().from;
  const long long sends_until = path.uses.empty() ? 0 : path.uses.back().until;
  const auto rdata = dns::rdata_of(path.ip);
  const auto& pointers = versions(dns::reverse_name(path.ip), RrType::PTR);
  for (const auto& ptr : pointers) {
    if (!ptr.version) {
      if (!ptr.initial && overlap(ptr.from, ptr.until, from, sends_until))
        problems.push_back(path.ip.to_string() + " sends without a PTR");
      continue;
    }
    for (const auto& target : ptr.version->rdata) {
      const auto name = dns::name_in(target).value();
      const auto& forwards = versions(name, family(path.ip));
      const bool broken_before =
          has(pointers.front().version, target) && !has(forwards.front().version, rdata);
      for (const auto& forward : forwards) {
        const bool together = overlap(std::max(ptr.from, from), ptr.until, forward.from, forward.until);
        if (together && !broken_before && !has(forward.version, rdata)) {
          problems.push_back(fmt::format("{} is not confirmed by {}", path.ip.to_string(), name.text()));
        }
      }
    }
  }
}

void Simulator::check_helo(const Path& path, std::vector<std::string>& problems) const {
  const auto rdata = dns::rdata_of(path.ip);
  for (const auto& use : path.uses) {
    if (use.helo.is_root()) continue;
    const auto& forwards = versions(use.helo, family(path.ip));
    const bool broken_before = use.from == 0 && !has(forwards.front().version, rdata);
    for (const auto& forward : forwards) {
      if (overlap(use.from, use.until, forward.from, forward.until) && !broken_before &&
          !has(forward.version, rdata)) {
        problems.push_back(fmt::format("{} says HELO {}, which does not resolve to it", path.ip.to_string(),
                                       use.helo.text()));
      }
    }
  }
}

std::vector<std::string> Simulator::broken_paths() const {
  std::vector<std::string> problems;
  for (const auto& path : paths_) {
    check_ptr(path, problems);
    check_helo(path, problems);
  }
  return problems;
}

std::vector<std::string> Simulator::early_phases() const {
  std::vector<std::string> problems;
  const auto check = [&](const auto& held, const std::string& what) {
    if (held.until == for_ever) return;
    const auto replaced = plan_.phases[held.phase].starts_after;
    for (const auto& later : plan_.phases) {
      if (later.starts_after > replaced && later.starts_after.count() < held.until) {
        problems.push_back(fmt::format("{} begins {} s too early for {}", later.id,
                                       held.until - later.starts_after.count(), what));
      }
    }
  };
  for (const auto& [key, all] : held_) {
    for (const auto& held : all) check(held, key.first.text());
  }
  for (const auto& [zone, all] : negative_) {
    for (const auto& held : all) check(held, zone.text());
  }
  for (const auto& use : watched_) check(use, "what a host does");
  return problems;
}

}  // namespace rdnsgate::plan::test
