// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "cli/frame/loading_watch.h"
#include "cli/frame/terminal.h"
#include "run/frame/listener.h"

namespace rdnsgate::cli {

/// Tells a terminal of a run.
class Talk final : public run::Listener {
 public:
  /// Both outlive it; `watch` may be nullptr.
  explicit Talk(Terminal& terminal, LoadingWatch* watch = nullptr) : terminal_(terminal), watch_(watch) {}

  void problems(const Diagnostics& problems, const Sources& sources) override;
  void note(std::string_view text) override;
  void detail(std::string_view text) override;
  void loaded() override;
  void progress(const audit::Progress& progress) override;

 private:
  Terminal& terminal_;
  LoadingWatch* watch_;
};

}  // namespace rdnsgate::cli
