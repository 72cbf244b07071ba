// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>

#include "dns/snapshot/fact_json.h"
#include "run/drill/altered_panel.h"
#include "run/drill/drilled.h"
#include "run/drill/zone_world.h"
#include "run/files/load.h"
#include "run/frame/read_files.h"

namespace rdnsgate::run {

/// Each answer of a world, as a snapshot has it.
using World = std::map<std::pair<std::string, std::string>, std::string>;

/// A world that is asked, with and without a fault.
struct PlayedWorld {
  std::shared_ptr<KeptInventory> kept = std::make_shared<KeptInventory>();
  std::unique_ptr<dns::Panel> below;
  AuditRun before;

  explicit PlayedWorld(Drilled& estate) {
    auto loaded = load_inventory(kept->sources, find_inventory(estate.request.files).value());
    REQUIRE(loaded.inventory.has_value());
    kept->inventory = std::move(*loaded.inventory);
    Sources sources;
    auto zones = read_answers(estate.request.zone_files, &kept->inventory, sources, estate.heard);
    REQUIRE(zones.has_value());
    below = make_zone_world(*zones, kept->inventory, noon).value();
    before = judge(nullptr, estate);
  }

  AuditRun judge(const Fault* fault, Drilled& estate) {
    AuditRequest audit;
    audit.command = "check";
    audit.clock = clock_at(noon);
    audit.kept = kept;
    audit.asking.emplace();
    audit.asking->stand_in = std::make_shared<const StandIn>(
        StandIn{[this, fault] { return alter_panel(*below, fault, nullptr); }, noon, noon});
    auto ran = audit_run(audit, estate.heard);
    REQUIRE(ran.has_value());
    return std::move(*ran);
  }

  static World world_of(const AuditRun& ran) {
    World world;
    ran.facts.for_each([&](const dns::Fact& fact) {
      const auto& question = fact.question;
      world[{question.name.text() + " " + to_string(question.type), ran.vantages[question.vantage].name}] =
          dns::fact_line(fact);
    });
    return world;
  }
};

}  // namespace rdnsgate::run
