// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "cli/frame/say_problems.h"

namespace rdnsgate::cli {

void say_problems(const Diagnostics& problems, const Sources& sources, const Terminal& terminal) {
  for (const auto& problem : problems) {
    if (problem.severity == Severity::error || terminal.quiet() == 0)
      write_stderr(rdnsgate::render(problem, sources));
  }
}

}  // namespace rdnsgate::cli
