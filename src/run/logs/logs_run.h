// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/timestamp.h"
#include "inventory/model/model.h"
#include "report/mail/logs.h"

namespace rdnsgate::run {

/// Logs that are to be read.
struct LogsRequest {
  Time now{};
  std::vector<std::string> files;                   ///< `-` is standard input
  const inventory::Inventory* inventory = nullptr;  ///< outlives the run; nullptr: there is none
  std::string patterns;  ///< a file in place of the patterns that are compiled in; empty: those
  std::vector<std::string> reports;  ///< of check, as JSON: what they found stands beside what logs say
  bool redact = true;
};

/// Who hears of it while logs are read; every member may be empty.
struct LogsSink {
  std::function<bool(const report::LogsDocument&)> begin;  ///< before the first line; false ends the run
  std::function<bool(const report::LogLine&)> line;        ///< every line of every log; false ends the run
  std::function<void(const std::string&)> note;            ///< what is wrong with a log; foreign text
};

/// Reads the logs one after the other. Every file is opened before the first is read: fails where one cannot be.
Result<report::LogsDocument> logs_run(const LogsRequest& request, const LogsSink& sink);

}  // namespace rdnsgate::run
