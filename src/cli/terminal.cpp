// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "cli/terminal.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>

#include "base/escape.h"

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

/// Takes the place of a descriptor that was closed; `mode` is such that using it fails.
void occupy(int descriptor, int mode) {
  if (fcntl(descriptor, F_GETFD) != -1 || errno != EBADF) return;
  int opened =
      open("/dev/null", mode);  // the lowest free one, which is `descriptor`: the lower ones are taken
  if (opened < 0) opened = open("/", O_RDONLY | O_DIRECTORY);
  if (opened < 0 || opened == descriptor) return;
  dup2(opened, descriptor);
  close(opened);
}

}  // namespace

void guard_standard_streams() {
  occupy(STDIN_FILENO, O_WRONLY);
  occupy(STDOUT_FILENO, O_RDONLY);
  occupy(STDERR_FILENO, O_RDONLY);
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
}

void write_stderr(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stderr);
  std::fflush(stderr);
}

Terminal::Terminal(const std::string& color, int quiet, bool verbose)
    : color_(wants_color(color)),
      show_progress_(quiet == 0 && isatty(STDERR_FILENO) == 1 && !is_set("CI")),
      verbose_(verbose),
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
  write_stderr(fmt::format("rdnsgate: {}\n", escape_terminal(text)));
}

void Terminal::detail(std::string_view text) {
  if (verbose_) say(text);
}

void Terminal::error(std::string_view text, std::string_view hint) {
  clear_progress();
  std::string said = fmt::format("rdnsgate: error: {}\n", escape_terminal(text));
  if (!hint.empty()) said += fmt::format("    hint: {}\n", escape_terminal(hint));
  write_stderr(said);
}

void Terminal::progress(std::string_view text) {
  if (!show_progress_) return;
  write_stderr(fmt::format("\r\x1b[K{}", escape_terminal(text)));
  progress_shown_ = true;
}

void Terminal::clear_progress() {
  if (!progress_shown_) return;
  write_stderr("\r\x1b[K");
  progress_shown_ = false;
}

}  // namespace rdnsgate::cli
