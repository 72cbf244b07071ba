// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "cli/frame/talk.h"

#include <fmt/format.h>

#include "cli/frame/say_problems.h"

namespace rdnsgate::cli {

void Talk::problems(const Diagnostics& problems, const Sources& sources) {
  say_problems(problems, sources, terminal_);
}

void Talk::note(std::string_view text) { terminal_.say(text); }

void Talk::detail(std::string_view text) { terminal_.detail(text); }

void Talk::loaded() {
  if (watch_ != nullptr) watch_->stop();
}

void Talk::progress(const audit::Progress& progress) {
  terminal_.progress(fmt::format("checked {} of {} ({} questions in flight)", progress.done, progress.total,
                                 progress.in_flight));
}

}  // namespace rdnsgate::cli
