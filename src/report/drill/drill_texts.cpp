// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/text/escape.h"
#include "base/text/text.h"
#include "report/drill/drill.h"
#include "report/drill/drill_lines.h"

namespace rdnsgate::report {
namespace {

constexpr std::size_t most_findings = 8;

class TextWriter {
 public:
  explicit TextWriter(bool color) : color_(color) {}

  void add(const Drill& drill) {
    line(fmt::format("{}{}", paint("1", drill.scenario),
                     drill.fits ? fmt::format(": {}", escape_terminal(drill.subject)) : ""));
    if (!drill.fits) {
      entry("fits", fmt::format("no: {}; {}", drill.why_not, drill.hint));
      return;
    }
    entry("happens", drill.happens);
    add_findings(drill);
    const auto text = escape_terminal(noticed_text(drill));
    line(fmt::format("  {:<10}{}", "noticed", paint(drill.detection.noticed ? "32" : "31", text)));
    entry("receivers", received_text(drill.receivers));
    for (const auto& rule : drill.receivers.rules) entry("", rule_text(rule));
    std::string_view label = "recovery";
    for (const auto& one : recovery_lines(drill)) entry(std::exchange(label, ""), one);
    if (drill.lab) add_lab(*drill.lab);
  }
  void line(std::string_view text) {
    out_ += text;
    out_ += '\n';
  }
  std::string take() { return std::move(out_); }

 private:
  std::string paint(std::string_view how, std::string_view text) const {
    return color_ ? fmt::format("\x1b[{}m{}\x1b[0m", how, text) : std::string(text);
  }
  void entry(std::string_view label, const std::string& text) {
    line(fmt::format("  {:<10}{}", label, escape_terminal(text)));
  }
  void add_lab(const DrillLab& lab) {
    std::string_view label = "lab";
    for (const auto& one : lab_lines(lab)) {
      const auto text = escape_terminal(one);
      const bool is_first = !label.empty();
      line(fmt::format("  {:<10}{}", std::exchange(label, ""),
                       is_first && lab.played ? paint(lab.differs() ? "31" : "32", text) : text));
    }
  }
  void add_findings(const Drill& drill) {
    if (drill.findings.empty()) entry("seen", "nothing");
    for (std::size_t i = 0; i < std::min(drill.findings.size(), most_findings); ++i) {
      const auto& one = drill.findings[i];
      const auto clears =
          one.clears_at ? fmt::format(", clears by {}", format_time(*one.clears_at)) : std::string();
      entry(i == 0 ? "seen" : "", fmt::format("{}{}: {} [{}]{}", to_string(one.severity),
                                              one.certainty == audit::Certainty::confirmed
                                                  ? ""
                                                  : fmt::format(" ({})", audit::to_string(one.certainty)),
                                              one.message, one.rule, clears));
    }
    if (drill.findings.size() > most_findings)
      entry("", fmt::format("and {} more", drill.findings.size() - most_findings));
  }

  bool color_;
  std::string out_;
};

std::string quiet_line(const Drill& drill) {
  if (!drill.fits)
    return fmt::format("{}: does not fit: {}\n", drill.scenario, escape_terminal(drill.why_not));
  return fmt::format(
      "{}: {}: {}{}\n", drill.scenario, escape_terminal(drill.subject), escape_terminal(noticed_text(drill)),
      drill.lab ? fmt::format("; lab {}", escape_terminal(lab_lines(*drill.lab).front())) : "");
}

void add_markdown(const Drill& drill, std::string& out) {
  out += fmt::format("\n## {}\n\n{}\n\n", drill.scenario, markdown_text(drill.summary));
  if (!drill.fits) {
    out += fmt::format("Does not fit: {} ({})\n", markdown_text(drill.why_not), markdown_text(drill.hint));
    return;
  }
  out +=
      fmt::format("- **Happens:** {}\n- **Noticed:** {}\n- **Receivers:** {}\n", markdown_text(drill.happens),
                  markdown_text(noticed_text(drill)), markdown_text(received_text(drill.receivers)));
  for (const auto& rule : drill.receivers.rules)
    out += fmt::format("  - {}\n", markdown_text(rule_text(rule)));
  if (!drill.findings.empty()) out += "\n| | rule | about | what | told after |\n|---|---|---|---|---|\n";
  for (std::size_t i = 0; i < std::min(drill.findings.size(), most_findings); ++i) {
    const auto& one = drill.findings[i];
    out += fmt::format("| {}, {} | {} | {} | {} | {} |\n", to_string(one.severity),
                       audit::to_string(one.certainty), markdown_cell(one.rule), markdown_cell(one.target.id),
                       markdown_cell(escape_terminal(one.message)),
                       one.told_after ? format_duration(*one.told_after) : "not told");
  }
  if (drill.findings.size() > most_findings)
    out += fmt::format("\n{} more are in the format json.\n", drill.findings.size() - most_findings);
  out += "\n### Recovery\n\n";
  for (const auto& line : recovery_lines(drill)) out += fmt::format("- {}\n", markdown_text(line));
  if (!drill.lab) return;
  out += "\n### Real servers\n\n";
  for (const auto& line : lab_lines(*drill.lab))
    out += fmt::format("- {}\n", markdown_text(escape_terminal(line)));
}

}  // namespace

std::string render_drill_text(const DrillDocument& document, bool color, int quiet) {
  if (quiet > 1) return {};
  std::string lines;
  for (const auto& drill : document.drills) lines += quiet_line(drill);
  if (quiet > 0) return lines;
  TextWriter writer(color);
  writer.line(fmt::format("Played in {}", escape_terminal(world_text(document))));
  writer.line(fmt::format("Watched with {}\n", schedule_text(document)));
  for (const auto& drill : document.drills) {
    writer.add(drill);
    writer.line("");
  }
  writer.line(score_text(document));
  return writer.take();
}

std::string render_drill_markdown(const DrillDocument& document) {
  auto out = fmt::format("# Drill of {}\n\n{}. Played at {} in {}, watched with {}.\n",
                         markdown_text(escape_terminal(document.inventory_path)), score_text(document),
                         format_time(document.played_at),
                         markdown_text(escape_terminal(world_text(document))), schedule_text(document));
  for (const auto& drill : document.drills) add_markdown(drill, out);
  return out;
}

std::string render_drill_list_text(const std::vector<DrillEntry>& all) {
  std::string out;
  for (const auto& one : all)
    out += fmt::format("{:<20}{}\n{:<20}needs {}\n", one.name, one.summary, "", one.needs);
  return out;
}

std::string render_drill_list_markdown(const std::vector<DrillEntry>& all) {
  std::string out = "| scenario | what goes wrong | needs |\n|---|---|---|\n";
  for (const auto& one : all)
    out += fmt::format("| {} | {} | {} |\n", markdown_code(one.name), markdown_cell(one.summary),
                       markdown_cell(one.needs));
  return out;
}

}  // namespace rdnsgate::report
