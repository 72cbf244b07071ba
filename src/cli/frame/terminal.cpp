// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "cli/frame/terminal.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <iterator>

#include "base/text/escape.h"

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

std::string_view variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view() : std::string_view(value);
}

/// A terminal that moves a cursor, watched by a person.
bool is_screen() {
  const auto term = variable("TERM");
  return isatty(STDOUT_FILENO) == 1 && !term.empty() && term != "dumb";
}

/// Tasks of VS Code and the compilation buffers of Emacs are terminals of which a program reads each line.
bool is_read_by_an_editor() { return variable("TERM_PROGRAM") == "vscode" || is_set("INSIDE_EMACS"); }

std::size_t columns() {
  if (!is_screen() || is_read_by_an_editor() || is_set("CI")) return 0;
  constexpr std::size_t narrowest = 40;  // below that nothing is gained by breaking lines
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col < narrowest) return 0;
  return size.ws_col;
}

/// Terminals that are known to show OSC 8; others may print the address among the text.
bool shows_links() {
  if (!is_screen() || is_set("CI") || is_set("NO_COLOR")) return false;
  if (is_set("VTE_VERSION")) return std::atoi(std::getenv("VTE_VERSION")) >= 5000;
  if (is_set("WT_SESSION") || is_set("KONSOLE_VERSION") || is_set("DOMTERM")) return true;
  constexpr std::string_view programs[] = {"iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "rio"};
  constexpr std::string_view terms[] = {"xterm-kitty", "foot",          "foot-extra",
                                        "alacritty",   "xterm-ghostty", "wezterm"};
  return std::ranges::find(programs, variable("TERM_PROGRAM")) != std::end(programs) ||
         std::ranges::find(terms, variable("TERM")) != std::end(terms);
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
      links_(color != "never" && shows_links()),
      width_(columns()),
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
