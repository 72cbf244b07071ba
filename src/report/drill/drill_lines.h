// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <vector>

#include "report/drill/drill.h"

namespace rdnsgate::report {

// What texts for people have in common. Foreign text, not escaped.

/// `5m to 11m30s after it begins`.
std::string noticed_text(const Drill& drill);
/// `at quad9, 2 of 2 addresses that were accepted are refused`.
std::string received_text(const DrillReceivers& receivers);
std::string rule_text(const DrillReceivers::Rule& one);
/// `T+6m30s swap-ptr (noc@hoster.example): ...; then 1h5m of waiting`: T is when it begins.
std::vector<std::string> recovery_lines(const Drill& drill);
/// What real servers showed: a sentence, and a line for each difference and each note.
std::vector<std::string> lab_lines(const DrillLab& lab);
std::string schedule_text(const DrillDocument& document);
std::string world_text(const DrillDocument& document);
std::string score_text(const DrillDocument& document);

}  // namespace rdnsgate::report
