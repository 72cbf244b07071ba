// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "report/mail/logs.h"

namespace rdnsgate::run {

/// What JSON reports of check found, each finding once, with the first and the last report that have it. Fails with what is
/// wrong with one of the files; `-` is standard input.
Result<std::vector<report::LogFinding>> read_findings(const std::vector<std::string>& reports);

/// Sets the findings beside the groups of the document that are about the same address, path, sender or relay.
void join_findings(std::vector<report::LogFinding> findings, report::LogsDocument& document);

}  // namespace rdnsgate::run
