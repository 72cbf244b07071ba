// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "base/text/escape.h"
#include "base/text/text.h"
#include "report/mail/logs.h"

namespace rdnsgate::report {
namespace {

using logs::LogClass;
using logs::Side;

constexpr std::size_t most_shown = 40;    // groups under one path
constexpr std::size_t most_findings = 5;  // beside one group

std::string_view words_of(LogClass of) {
  switch (of) {
    case LogClass::no_ptr:
      return "no PTR record";
    case LogClass::ptr_mismatch:
      return "its name does not lead back to it, or is not accepted";
    case LogClass::helo:
      return "the HELO name";
    case LogClass::name_too_long:
      return "the name is too long";
    case LogClass::temporary:
      return "the lookup of its name failed for now";
    default:
      return "";
  }
}

class LogsText {
 public:
  LogsText(const LogsDocument& document, bool color, int quiet)
      : document_(document), color_(color), quiet_(quiet) {}

  std::string write() {
    if (quiet_ == 0) head();
    for (std::size_t at = 0; at < document_.groups.size();) at = path(at);
    if (quiet_ == 0) tail();
    return std::move(out_);
  }

 private:
  void head() {
    out_ += fmt::format("{}, {}: {} about reverse DNS\n", counted(document_.files.size(), "file", "files"),
                        counted(document_.lines(), "line", "lines"), document_.about());
  }

  /// The groups of one path, from `at` on; where the next one begins.
  std::size_t path(std::size_t at) {
    const auto& name = document_.groups[at].path;
    if (!name.empty())
      out_ += bold(escape_terminal(name)) + "\n";
    else if (!document_.inventory.empty())
      out_ += bold("of no path of the inventory") + "\n";
    const std::string_view indent = name.empty() && document_.inventory.empty() ? "" : "  ";
    std::size_t shown = 0, more = 0;
    for (; at < document_.groups.size() && document_.groups[at].path == name; ++at) {
      if (++shown <= most_shown)
        out_ +=
            fmt::format("{}{}\n{}", indent, group(document_.groups[at]), found(document_.groups[at], indent));
      else
        ++more;
    }
    if (more > 0) out_ += fmt::format("{}and {} more (--format json has all)\n", indent, more);
    return at;
  }

  /// `192.0.2.1 refused 41 times by gmail.com since 09:12: no PTR record`
  std::string group(const LogGroup& one) const {
    std::string who = one.ip ? one.ip->to_string() : std::string();
    if (!one.helo.empty())
      who += fmt::format("{}HELO {}", who.empty() ? "" : ", ", escape_terminal(one.helo));
    std::string text = who.empty() ? std::string() : who + " ";
    text += one.side == Side::received ? "noted " : "refused ";
    text += one.count == 1 ? std::string("once") : fmt::format("{} times", one.count);
    if (!one.receiver.empty()) text += " by " + escape_terminal(one.receiver);
    if (!one.first.empty()) text += (one.count == 1 ? " at " : " since ") + moment(one.first);
    return text + ": " + std::string(words_of(one.of));
  }

  /// `ptr-missing since 09:05 UTC: 192.0.2.1 has no PTR record at ns2`, of what reports found beside it
  std::string found(const LogGroup& one, std::string_view indent) const {
    std::string text;
    for (std::size_t i = 0; i < one.findings.size(); ++i) {
      if (i == most_findings) {
        text += fmt::format("{}  and {} more (--format json has all)\n", indent, one.findings.size() - i);
        break;
      }
      const auto& finding = document_.findings[one.findings[i]];
      const auto first = moment(format_time(finding.first)), last = moment(format_time(finding.last));
      const std::string when =
          finding.is_there
              ? (finding.first == finding.last ? "at " + first : "since " + first)
              : (finding.first == finding.last ? "at " + first + " alone" : first + " to " + last);
      text += fmt::format("{}  {} {}: {}\n", indent, escape_terminal(finding.rule), when,
                          escape_terminal(finding.message));
    }
    return text;
  }

  /// The time of day where it was today.
  std::string moment(const std::string& time) const {
    if (time.size() < 19) return escape_terminal(time);
    const bool is_today = time.compare(0, 10, format_date(document_.read_at)) == 0;
    return (is_today ? std::string() : time.substr(0, 10) + " ") + time.substr(11, 5) +
           (time.ends_with('Z') ? " UTC" : "");
  }

  void tail() {
    if (document_.ungrouped > 0)
      out_ += fmt::format("{} more of so many senders and receivers that they are not told apart\n",
                          counted(document_.ungrouped, "line", "lines"));
    if (document_.of_others > 0)
      out_ += fmt::format("{} about addresses that the inventory does not have\n",
                          counted(document_.of_others, "line", "lines"));
    for (const auto& file : document_.files) {
      for (const auto& one : file.read.problems)
        out_ += fmt::format("{}{}: {}\n", path_at_line_start(file.path),
                            one.line == 0 ? "" : fmt::format(":{}", one.line), escape_terminal(one.message));
    }
  }

  std::string bold(const std::string& text) const { return color_ ? "\x1b[1m" + text + "\x1b[0m" : text; }

  const LogsDocument& document_;
  bool color_;
  int quiet_;
  std::string out_;
};

}  // namespace

std::uint64_t LogsDocument::lines() const {
  return std::accumulate(files.begin(), files.end(), std::uint64_t{0},
                         [](std::uint64_t sum, const LogFile& one) { return sum + one.read.lines; });
}

std::uint64_t LogsDocument::about() const {
  return std::accumulate(groups.begin(), groups.end(), ungrouped,
                         [](std::uint64_t sum, const LogGroup& one) { return sum + one.count; });
}

bool LogsDocument::is_incomplete() const {
  return std::any_of(files.begin(), files.end(), [](const LogFile& one) { return one.read.is_incomplete; });
}

std::string render_logs_text(const LogsDocument& document, bool color, int quiet) {
  return quiet > 1 ? std::string() : LogsText(document, color, quiet).write();
}

}  // namespace rdnsgate::report
