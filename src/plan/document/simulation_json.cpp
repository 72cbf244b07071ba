// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/document/simulation_json.h"

#include <nlohmann/json.hpp>

#include "base/ip.h"
#include "plan/timetable.h"

namespace rdnsgate::plan {
namespace {

using OrderedJson = nlohmann::ordered_json;

class SimulationWriter {
 public:
  SimulationWriter(const Plan& plan, Time start) : plan_(plan), times_(plan, start) {}

  OrderedJson whole(std::span<const Simulation> simulations) const {
    const auto& forecast = simulations.back().forecast;
    bool holds = true;
    auto worlds = OrderedJson::array();
    for (const auto& simulation : simulations) {
      holds = holds && simulation.holds();
      worlds.push_back(world(simulation));
    }
    return {{"outcome", outcome(holds)},
            {"start", moment(seconds(0))},
            {"paths", forecast.paths},
            {"caches", forecast.climate.caches},
            {"servers", forecast.climate.servers},
            {"fetches", forecast.fetches},
            {"breaches", breaches(forecast)},
            {"worlds", std::move(worlds)}};
  }

 private:
  OrderedJson world(const Simulation& simulation) const {
    auto early = OrderedJson::array(), uptakes = OrderedJson::array();
    for (const auto& one : simulation.forecast.early)
      early.push_back({{"phase", plan_.phases[one.phase].id}, {"by_s", one.by.count()}, {"what", one.what}});
    for (const auto& one : simulation.forecast.uptakes)
      uptakes.push_back({{"phase", plan_.phases[one.phase].id},
                         {"half_s", one.half.count()},
                         {"most_s", one.most.count()},
                         {"last_s", one.last.count()}});
    return {{"name", simulation.name()},
            {"scenarios", simulation.scenarios},
            {"outcome", outcome(simulation.holds())},
            {"fetches", simulation.forecast.fetches},
            {"breaches", breaches(simulation.forecast)},
            {"early", std::move(early)},
            {"uptakes", std::move(uptakes)}};
  }

  static std::string_view outcome(bool holds) { return holds ? "holds" : "breaks"; }

  OrderedJson breaches(const Forecast& forecast) const {
    auto all = OrderedJson::array();
    for (const auto& breach : forecast.breaches) all.push_back(one(breach));
    return all;
  }

  OrderedJson one(const Breach& breach) const {
    OrderedJson from = nullptr;
    if (const auto& turn = breach.rolled_back)
      from = {{"phase", plan_.phases[turn->phase].id}, {"at_s", turn->at.count()}, {"at", moment(turn->at)}};
    const bool for_good = is_for_good(breach);
    return {{"at_s", breach.at.count()},
            {"until_s", for_good ? OrderedJson(nullptr) : OrderedJson(breach.until.count())},
            {"at", moment(breach.at)},
            {"until", for_good ? OrderedJson(nullptr) : OrderedJson(moment(breach.until))},
            {"phase", phase_at(breach.at)},
            {"who", breach.who},
            {"address", IpAddress::parse(breach.who) ? OrderedJson(breach.who) : OrderedJson(nullptr)},
            {"text", breach.text},
            {"rolled_back_from", std::move(from)}};
  }

  std::string moment(seconds after) const { return format_time(times_.at(after)); }

  /// The last one that was begun by then.
  const std::string& phase_at(seconds after) const {
    const auto* last = &plan_.phases.front();
    for (const auto& phase : plan_.phases) {
      if (phase.starts_after <= after) last = &phase;
    }
    return last->id;
  }

  const Plan& plan_;
  Timetable times_;
};

}  // namespace

OrderedJson simulation_json(const Plan& plan, std::span<const Simulation> simulations, Time start) {
  return SimulationWriter(plan, start).whole(simulations);
}

}  // namespace rdnsgate::plan
