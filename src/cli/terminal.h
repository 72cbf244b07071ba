// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdio>
#include <string>
#include <string_view>

namespace rdnsgate::cli {

/// The only place that knows what a terminal is. Results go to standard output, talk to standard error.
class Terminal {
 public:
  /// `color` is `auto`, `always` or `never`; `auto` heeds NO_COLOR, CLICOLOR_FORCE, FORCE_COLOR and TERM.
  Terminal(const std::string& color, int quiet);
  ~Terminal();
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;

  bool color() const { return color_; }
  int quiet() const { return quiet_; }

  /// False when standard output takes no more (a full disk; a reader that went away).
  bool print(std::string_view result);
  /// One line of talk; `text` is escaped. Not shown when --quiet is given twice.
  void say(std::string_view text);
  /// `rdnsgate: error: text` and, indented, the hint; always shown.
  void error(std::string_view text, std::string_view hint = {});

  /// Replaces the progress line; nothing where standard error is no terminal, under --quiet and under CI.
  void progress(std::string_view text);
  void clear_progress();

 private:
  bool color_ = false;
  bool show_progress_ = false;
  bool progress_shown_ = false;
  int quiet_ = 0;
};

}  // namespace rdnsgate::cli
