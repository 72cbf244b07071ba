// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>

namespace rdnsgate::cli {

/// Standard input, output and error are there, if only as descriptors that nothing can be read from or
/// written to: a file that is opened later must not become one of them. And a reader that went away, or a
/// limit on the size of files, shows in what a write returns; no signal ends the program in the middle.
void guard_standard_streams();

/// What standard error does not take is not said: that alone changes nothing, and no exit code.
void write_stderr(std::string_view text);

/// The only place that knows what a terminal is. Results go to standard output, talk to standard error.
class Terminal {
 public:
  /// `color` is `auto`, `always` or `never`; `auto` heeds NO_COLOR, CLICOLOR_FORCE, FORCE_COLOR and TERM.
  Terminal(const std::string& color, int quiet, bool verbose = false);
  ~Terminal();
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;

  bool color() const { return color_; }
  int quiet() const { return quiet_; }
  /// Columns of standard output; 0 where it is no terminal, and where what it shows is read by an editor, which wants
  /// lines as they are.
  std::size_t width() const { return width_; }
  /// Standard output shows hyperlinks (OSC 8), as far as its environment tells.
  bool links() const { return links_; }

  /// False when standard output takes no more (a full disk; a reader that went away).
  bool print(std::string_view result);
  /// One line of talk; `text` is escaped. Not shown when --quiet is given twice.
  void say(std::string_view text);
  /// The same for what only -v wants to know.
  void detail(std::string_view text);
  /// `rdnsgate: error: text` and, indented, the hint; always shown.
  void error(std::string_view text, std::string_view hint = {});

  /// Replaces the progress line; nothing where standard error is no terminal, under --quiet and under CI.
  void progress(std::string_view text);
  void clear_progress();

 private:
  bool color_ = false;
  bool links_ = false;
  std::size_t width_ = 0;
  bool show_progress_ = false;
  bool progress_shown_ = false;
  bool verbose_ = false;
  int quiet_ = 0;
};

}  // namespace rdnsgate::cli
