// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "cli/terminal.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>

#include "base/text.h"

namespace rdnsgate::cli {
namespace {

bool is_set(const char* variable) {
  const char* value = std::getenv(variable);
  return value != nullptr && *value != '\0';
}

bool forces_color(const char* variable) {
  return is_set(variable) && std::string_view(std::getenv(variable)) != "0";
}

bool wants_color(const std::string& choice) {
  if (choice != "auto") return choice == "always";
  if (is_set("NO_COLOR")) return false;
  if (forces_color("CLICOLOR_FORCE") || forces_color("FORCE_COLOR")) return true;
  const char* term = std::getenv("TERM");
  return isatty(STDOUT_FILENO) == 1 && term != nullptr && std::string_view(term) != "dumb";
}

}  // namespace

Terminal::Terminal(const std::string& color, int quiet)
    : color_(wants_color(color)),
      show_progress_(quiet == 0 && isatty(STDERR_FILENO) == 1 && !is_set("CI")),
      quiet_(quiet) {}

Terminal::~Terminal() { clear_progress(); }

bool Terminal::print(std::string_view result) {
  clear_progress();
  const std::size_t written = std::fwrite(result.data(), 1, result.size(), stdout);
  return written == result.size() && std::fflush(stdout) == 0;
}

void Terminal::say(std::string_view text) {
  if (quiet_ > 1) return;
  clear_progress();
  fmt::print(stderr, "rdnsgate: {}\n", escape_terminal(text));
}

void Terminal::error(std::string_view text, std::string_view hint) {
  clear_progress();
  fmt::print(stderr, "rdnsgate: error: {}\n", escape_terminal(text));
  if (!hint.empty()) fmt::print(stderr, "    hint: {}\n", escape_terminal(hint));
}

void Terminal::progress(std::string_view text) {
  if (!show_progress_) return;
  fmt::print(stderr, "\r\x1b[K{}", escape_terminal(text));
  std::fflush(stderr);
  progress_shown_ = true;
}

void Terminal::clear_progress() {
  if (!progress_shown_) return;
  fmt::print(stderr, "\r\x1b[K");
  std::fflush(stderr);
  progress_shown_ = false;
}

}  // namespace rdnsgate::cli
