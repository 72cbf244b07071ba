// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "cli/frame/refuse.h"

#include "cli/frame/say_problems.h"

namespace rdnsgate::cli {
namespace {

int exit_code(run::Failure::Kind kind) {
  switch (kind) {
    case run::Failure::Kind::request:
      return exit_usage;
    case run::Failure::Kind::unknown:
      return exit_inconclusive;
    case run::Failure::Kind::refuted:
      return exit_findings;
  }
  return exit_internal;
}

}  // namespace

int refuse(Terminal& terminal, const Error& error, int code) {
  terminal.error(error.message, error.hint);
  return code;
}

int refuse(Terminal& terminal, const run::Failure& failure) {
  say_problems(failure.problems, failure.sources, terminal);
  if (!failure.error.message.empty()) terminal.error(failure.error.message, failure.error.hint);
  return exit_code(failure.kind);
}

}  // namespace rdnsgate::cli
