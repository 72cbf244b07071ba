// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <vector>

#include "report/drill/drill.h"
#include "run/drill/detection.h"
#include "run/faults/scenario.h"
#include "run/lab/lab_play.h"

namespace rdnsgate::run {

/// What real servers showed, `seen` as the differences between their worlds and `during` as the report of the second, held
/// against what was predicted, by rule and subject. What is there before and then, as something else, is there.
void hold_against(const std::vector<report::DrillFinding>& predicted,
                  const std::vector<report::DrillFinding>& seen, const report::Document& during,
                  report::DrillLab& lab);

/// Holds drills against real servers: what these show in both worlds, and whether its differences are those of the drill.
class LabDrill {
 public:
  /// All that is handed over outlives it. `before`: what the world without a fault answered.
  LabDrill(LabEstate estate, const Ground& ground, const dns::FactStore& before, Listener& listener)
      : estate_(std::move(estate)), ground_(ground), before_facts_(before), listener_(listener) {}

  /// Finds the programs, and plays the world before. An error says what this machine lacks.
  Attempt<void> open();
  /// `during`: what the world with the fault answered; `predicted`: what the drill found in it. A fault that no servers can
  /// show is part of the answer.
  report::DrillLab play(const Fault& fault, const dns::FactStore& during,
                        const std::vector<report::DrillFinding>& predicted);

 private:
  LabEstate estate_;
  const Ground& ground_;
  const dns::FactStore& before_facts_;
  Listener& listener_;
  std::optional<LabPrograms> programs_;
  report::Document before_;
  Sight sight_;
};

}  // namespace rdnsgate::run
