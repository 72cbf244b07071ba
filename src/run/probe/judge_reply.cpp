// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/probe/judge_reply.h"

#include <fmt/format.h>

#include "logs/catalogue.h"

namespace rdnsgate::run {
namespace {

using logs::LogClass;
using report::ProbeStatus;

/// The class that the words and what we see come to.
LogClass refined_class(LogClass of, bool is_temporary, const SeenIdentity& seen) {
  if (of == LogClass::no_ptr) {
    if (seen.fcrdns == "mismatch" || seen.fcrdns == "no-forward") return LogClass::ptr_mismatch;
    if (is_temporary && seen.fcrdns == "unknown") return LogClass::temporary;
  }
  if (of == LogClass::helo && is_temporary && seen.helo == "unknown") return LogClass::temporary;
  return of;
}

}  // namespace

JudgedReply judge_reply(unsigned code, const std::vector<std::string>& lines, const SeenIdentity& seen) {
  if (code / 100 == 2) return {ProbeStatus::accepted, std::nullopt, {}};
  const bool is_temporary = code / 100 == 4;
  const auto match = logs::Catalogue::built_in().classify(fmt::format("{} {}", code, fmt::join(lines, " ")));
  const auto of = refined_class(match.of, is_temporary, seen);
  if (of == LogClass::temporary) return {ProbeStatus::deferred, of, match.pattern};
  if (of != LogClass::other) return {ProbeStatus::refused, of, match.pattern};
  if (is_temporary) return {ProbeStatus::deferred, LogClass::temporary, {}};
  return {ProbeStatus::otherwise, LogClass::other, {}};
}

}  // namespace rdnsgate::run
