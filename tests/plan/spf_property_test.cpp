// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// What plans promise of SPF, held against evaluations of one record after the other, as each receiver makes them.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "mailauth/spf/spf_evaluate.h"
#include "plan/random_spf.h"
#include "plan/simulate/simulator.h"

using namespace rdnsgate;
using namespace rdnsgate::plan;
using namespace rdnsgate::plan::test;
using mailauth::SpfResult;
using mailauth::SpfResults;

namespace {

/// What one receiver finds in the DNS as it stands: one version of everything.
SpfResults received(const Dns& dns, const IpAddress& ip, const Name& domain) {
  mailauth::SpfEvaluator evaluator([&](const Name& name, RrType type) {
    const auto fact = dns.answer(name, type);
    if (!dns::is_definite(fact.outcome)) return mailauth::SpfLookup{};
    const auto* set = fact.rrset();
    return mailauth::SpfLookup{mailauth::SpfLookup::State::known,
                               {set == nullptr ? std::vector<std::string>() : set->rdata}};
  });
  return evaluator.evaluate({ip, std::nullopt, domain, std::nullopt}, domain).results;
}

struct Trial {
  explicit Trial(unsigned seed) : estate(random_spf(seed)), facts(ask(estate.dns, estate.now, &estate.base)) {
    auto made = make_plan(estate.now, &estate.base, world(), {});
    if (made)
      plan = std::move(*made);
    else
      refused = made.error().message;
  }
  World world() const { return {facts, 0, {"recursive", dns::VantageKind::recursive, "recursive"}}; }
  std::vector<Breach> breaches(const Plan& some) const {
    auto climate = climate_of(estate.now);
    climate.caches = 3;
    return simulate(estate.now, &estate.base, world(), some, climate).breaches;
  }
  bool sends_for(const inventory::Domain& domain, const IpAddress& ip) const {
    const auto* address = estate.now.find(ip);
    return address != nullptr && std::any_of(domain.via.begin(), domain.via.end(), [&](const auto& via) {
             return via.name == estate.now.sender_of(*address).name;
           });
  }
  bool is_left_out(const IpAddress& ip) const {
    return std::any_of(plan.left_out.begin(), plan.left_out.end(),
                       [&](const LeftOut& one) { return one.id == ip.to_string(); });
  }

  Case estate;
  dns::FactStore facts;
  Plan plan;
  std::string refused;
};

/// The mixes of old and new that receivers may see while these steps are under way: all, or many.
std::vector<Dns> mixes(const Dns& before, std::vector<const Step*> steps, std::mt19937& random) {
  std::erase_if(steps, [](const Step* step) {
    return step->before && step->after && step->before->rdata == step->after->rdata;
  });
  std::vector<Dns> all;
  const bool few = steps.size() <= 5;
  const unsigned most = few ? 1u << steps.size() : 24;
  for (unsigned i = 0; i < most; ++i) {
    const auto mask = few ? i : i == 0 ? 0u : i == 1 ? ~0u : static_cast<unsigned>(random());
    auto& mix = all.emplace_back(before);
    for (std::size_t at = 0; at < steps.size(); ++at) {
      if ((mask >> (at % 32) & 1u) == 0) continue;
      const auto& step = *steps[at];
      mix.set(step.owner.text(), step.type, 0, step.after ? step.after->rdata : std::vector<std::string>());
    }
  }
  return all;
}

using Mail = std::pair<IpAddress, Name>;  // from an address, of a domain

/// Goes through the plan round by round, with what receivers see of it.
class Walk {
 public:
  explicit Walk(const Trial& trial) : trial_(trial), dns_(trial.estate.dns) {
    for (const auto& address : trial.estate.base.addresses) {
      for (const auto& domain : trial.estate.now.domains) {
        if (received(dns_, address.ip, domain.name).is(SpfResult::pass))
          passing_.insert({address.ip, domain.name});
      }
    }
  }

  void run() {
    const auto& phases = trial_.plan.phases;
    for (std::size_t i = 0; i < phases.size();) {
      std::vector<const Phase*> round;
      const auto start = phases[i].starts_after;
      for (; i < phases.size() && phases[i].starts_after == start; ++i) round.push_back(&phases[i]);
      play(round);
    }
  }
  const Dns& dns() const { return dns_; }
  std::size_t checked() const { return checked_; }

 private:
  void play(const std::vector<const Phase*>& round) {
    std::vector<const Step*> steps;
    for (const auto* phase : round) {
      for (const auto& step : phase->steps) steps.push_back(&step);
      for (const auto& one : phase->manual) {
        if (one.action == HostAction::start_egress) start(one.addresses);
      }
    }
    for (const auto& mix : mixes(dns_, steps, random_)) {
      for (const auto& mail : passing_) {
        ++checked_;
        CHECK_MESSAGE(received(mix, mail.first, mail.second).is(SpfResult::pass),
                      mail.first.to_string() << " of " << mail.second.text());
      }
    }
    for (const auto* step : steps) REQUIRE_MESSAGE(dns_.carry_out(*step), step_text(*step));
    for (const auto* phase : round) {
      for (const auto& one : phase->manual) {
        if (one.action != HostAction::stop_egress) continue;
        std::erase_if(passing_, [&](const Mail& mail) {
          return std::find(one.addresses.begin(), one.addresses.end(), mail.first) != one.addresses.end();
        });
      }
    }
  }

  /// Whoever begins is let through by every domain that it sends for and that has a record.
  void start(const std::vector<IpAddress>& addresses) {
    for (const auto& ip : addresses) {
      for (const auto& domain : trial_.estate.now.domains) {
        if (trial_.sends_for(domain, ip) && !received(dns_, ip, domain.name).is(SpfResult::none))
          passing_.insert({ip, domain.name});
      }
    }
  }

  const Trial& trial_;
  Dns dns_;
  std::set<Mail> passing_;
  std::size_t checked_ = 0;
  std::mt19937 random_{7208};
};

/// Whoever else is let through is none of the plan's business.
void check_strangers(const Trial& one, const Dns& after) {
  std::vector<IpAddress> strangers{ip("203.0.113.80")};
  for (int i = 0; i < 16; ++i) {
    const auto some = ip("192.0.2." + std::to_string(i));
    const auto& retired = one.estate.now.retired_addresses;
    const bool is_ours =
        one.estate.base.find(some) != nullptr || one.estate.now.find(some) != nullptr ||
        std::any_of(retired.begin(), retired.end(), [&](const auto& r) { return r.ip == some; });
    if (!is_ours) strangers.push_back(some);
  }
  for (const auto& domain : one.estate.now.domains) {
    for (const auto& stranger : strangers) {
      CAPTURE(stranger.to_string());
      if (received(one.estate.dns, stranger, domain.name).is(SpfResult::pass))
        CHECK(received(after, stranger, domain.name).is(SpfResult::pass));
    }
  }
}

/// What the plan says of SPF once it is done is what receivers find then.
void check_end(const Trial& one, const Dns& dns) {
  std::map<Mail, SpfOpen::State> open;
  for (const auto& entry : one.plan.spf_open) open.emplace(Mail{entry.ip, entry.domain}, entry.state);
  const auto state_of = [&](const IpAddress& ip, const Name& domain) {
    const auto found = open.find({ip, domain});
    return found == open.end() ? std::string_view("none") : to_string(found->second);
  };
  std::set<IpAddress> gone;
  for (const auto& address : one.estate.base.addresses) gone.insert(address.ip);
  for (const auto& retired : one.estate.now.retired_addresses) gone.insert(retired.ip);
  for (const auto& address : one.estate.now.addresses) gone.erase(address.ip);
  for (const auto& domain : one.estate.now.domains) {
    CAPTURE(domain.name.text());
    for (const auto& ip : gone) {
      CAPTURE(ip.to_string());
      if (one.is_left_out(ip)) continue;
      const auto results = received(dns, ip, domain.name);
      CHECK(state_of(ip, domain.name) == (results.is(SpfResult::pass)       ? "still-passes"
                                          : results.may_be(SpfResult::pass) ? "may-still-pass"
                                                                            : "none"));
    }
    for (const auto& address : one.estate.now.addresses) {
      CAPTURE(address.ip.to_string());
      if (!one.sends_for(domain, address.ip) || one.is_left_out(address.ip)) continue;
      const auto results = received(dns, address.ip, domain.name);
      // Of one that begins, what stands before the term that passes may be an error.
      if (results.is(SpfResult::pass) && one.estate.base.find(address.ip) == nullptr) continue;
      const bool is_open = !results.is(SpfResult::pass) && !results.is(SpfResult::none);
      CHECK((state_of(address.ip, domain.name) != "none") == is_open);
    }
  }
}

}  // namespace

TEST_CASE("SPF lets through what random plans promise, for every receiver, and at the end what they say") {
  std::size_t planned = 0, changed = 0, checked = 0;
  std::map<SpfOpen::State, std::size_t> open;
  const unsigned all = estates(1200);
  for (unsigned seed = 0; seed < all; ++seed) {
    CAPTURE(seed);
    const Trial one(seed);
    if (!one.refused.empty()) continue;
    ++planned;
    changed += one.plan.phases.empty() ? 0 : 1;
    for (const auto& entry : one.plan.spf_open) ++open[entry.state];
    Walk walk(one);
    walk.run();
    checked += walk.checked();
    check_end(one, walk.dns());
    check_strangers(one, walk.dns());
  }
  CHECK(10 * planned > 9 * all);
  CHECK(2 * changed > all);
  CHECK(checked > 30 * all);
  for (const auto state : {SpfOpen::State::still_passes, SpfOpen::State::may_still_pass,
                           SpfOpen::State::does_not_pass, SpfOpen::State::unproven}) {
    CAPTURE(to_string(state));
    CHECK(20 * open[state] > all);
  }
}

TEST_CASE("the simulator comes to the same by itself, and misses what a plan does not say") {
  std::size_t unsaid = 0, seen = 0;
  const unsigned all = estates(400);
  for (unsigned seed = 0; seed < all; ++seed) {
    CAPTURE(seed);
    const Trial one(seed);
    if (!one.refused.empty()) continue;
    const auto breaches = one.breaches(one.plan);
    REQUIRE_MESSAGE(breaches.empty(), (breaches.front().who + " " + breaches.front().text));
    Plan silent = one.plan;
    std::erase_if(silent.spf_open, [](const SpfOpen& entry) {
      return entry.state == SpfOpen::State::still_passes || entry.state == SpfOpen::State::may_still_pass;
    });
    if (silent.spf_open.size() == one.plan.spf_open.size()) continue;
    ++unsaid;
    seen += one.breaches(silent).empty() ? 0 : 1;
  }
  CHECK(seen == unsaid);
  CHECK(5 * unsaid > all);
}
