// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
//
// One page with the timetable as a picture: no script, nothing from elsewhere.
#include <fmt/format.h>

#include <algorithm>

#include "base/markup.h"
#include "base/text.h"
#include "plan/emit/emit.h"
#include "plan/timetable.h"

namespace rdnsgate::plan {
namespace {

const Markup style{R"(
:root { color-scheme: light dark; --wait: #9ab8d6; --do: #1f5f9f; --late: #b3261e; --line: #8886; }
@media (prefers-color-scheme: dark) { :root { --wait: #38506b; --do: #7fb4ea; --late: #ff8a80; } }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; table-layout: fixed; width: 100%; margin: .5rem 0 1rem; }
th:first-child { width: 20%; }
th, td { border: 1px solid var(--line); padding: .25rem .5rem; text-align: left; vertical-align: top; }
code { font: 13px/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
svg { width: 100%; height: auto; font: 12px system-ui, sans-serif; }
svg text { fill: currentColor; }
.wait { fill: var(--wait); } .do { fill: var(--do); } .late { stroke: var(--late); stroke-dasharray: 4 3; }
svg text.late { fill: var(--late); stroke: none; }
)"};

constexpr long long label_width = 130, chart_width = 760, row_height = 24, top = 24;

class Page {
 public:
  Page(const Plan& plan, Time start)
      : plan_(plan), times_(plan, start), worst_(Timetable::at_worst(plan, start)) {}

  std::string run() {
    line("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">");
    line(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
        "'unsafe-inline'\">");
    line("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    line("<title>DNS change {}</title>\n<style>{}</style>\n</head>\n<body>", plan_.id, style);
    line("<h1>DNS change {}</h1>", plan_.id);
    if (plan_.phases.empty()) {
      line("<p>Nothing to do: the DNS holds what <code>{}</code> declares.</p>",
           plan_.inventory_path);
    } else {
      summary();
      timeline();
      for (std::size_t i = 0; i < plan_.phases.size(); ++i) print(i);
    }
    notes();
    line("</body>\n</html>");
    return out_.text;
  }

 private:
  void summary() {
    line(
        "<p><code>{}</code>: {}, at least {} from the first change ({}) to the end of the last wait ({}{}). "
        "Going back is "
        "cheap until {}. DNS as of {}.</p>",
        plan_.inventory_path, counted(plan_.changes, "change", "changes"), since(plan_.total),
        at(seconds(0)), at(plan_.total), at_worst(times_, plan_.total, worst_, plan_.worst_total),
        at(plan_.cheap_return_until), format_time(plan_.facts_taken_at));
    for (const auto& window : plan_.windows)
      line("<p>Steps only within {}.</p>", window.text());
  }

  /// Seconds to the picture's units.
  long long x(seconds after) const {
    const auto total = std::max<long long>(1, times_.since(plan_.total).count());
    return label_width + times_.since(after).count() * chart_width / total;
  }

  long long width(seconds length) const {
    return length.count() * chart_width / std::max<long long>(1, times_.since(plan_.total).count());
  }

  void timeline() {
    const auto rows = static_cast<long long>(plan_.phases.size());
    const long long height = top + rows * row_height + 24;
    line("<svg viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"Timeline of the phases\">",
         label_width + chart_width + 110, height);
    long long y = top;
    for (const auto& phase : plan_.phases) {
      const long long begin = x(phase.starts_after);
      const long long end = begin + width(phase.wait.total);
      line("<text x=\"0\" y=\"{}\">{}</text>", y + 14, phase.id);
      if (end > begin) {
        line(
            "<rect class=\"wait\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"16\"><title>wait {}</title></rect>",
            begin, y + 2, end - begin, format_duration(phase.wait.total));
      }
      line("<rect class=\"do\" x=\"{}\" y=\"{}\" width=\"4\" height=\"16\"><title>{}</title></rect>", begin,
           y + 2, at(phase.starts_after));
      line("<text x=\"{}\" y=\"{}\">+{}</text>", std::max(end, begin + 4) + 4, y + 14,
           since(phase.starts_after));
      y += row_height;
    }
    const long long late = x(plan_.cheap_return_until);
    line("<line class=\"late\" x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"/>", late, top - 6, late, y);
    line("<text class=\"late\" x=\"{}\" y=\"{}\" text-anchor=\"{}\">rolling back is cheap until here</text>",
         late, top - 10, late > label_width + chart_width / 2 ? "end" : "start");
    line("</svg>");
  }

  void print(std::size_t index) {
    const Phase& phase = plan_.phases[index];
    line("<h2>{}. {}</h2>", index, label_of(phase));
    line("<p>{} (+{}){}: {}.</p>", at(phase.starts_after), since(phase.starts_after),
         at_worst(times_, phase.starts_after, worst_, phase.worst_after), purpose_of(phase));
    if (!phase.steps.empty()) {
      line("<table><tr><th>zone</th><th>record</th><th>from</th><th>to</th></tr>");
      for (const auto& step : phase.steps) {
        line("<tr><td><code>{}</code><br>{} {}</td><td><code>{}</code> {}</td><td>{}</td><td>{}</td></tr>",
             step.zone.text(), inventory::to_string(step.managed_by),
             step.contact, step.owner.text(), dns::to_string(step.type),
             cell(step.type, step.before), cell(step.type, step.after));
      }
      line("</table>");
    }
    for (const auto& manual : phase.manual)
      line("<p><code>{}</code>: {}</p>", manual.sender, manual.text);
    if (!phase.wait.terms.empty()) {
      line("<p>Then wait {} = {} s, from the moment at which {}: {}</p>", format_duration(phase.wait.total),
           phase.wait.total.count(), phase.steps.empty() ? "it is done" : "every name server shows it",
           formula_of(phase.wait));
    }
    if (costs_to_undo(plan_, phase))
      line(
          "<p>A rollback is expensive now: resolvers may have cached the absence for up to the negative "
          "TTL.</p>");
    const auto& back = phase.rollback_wait;
    if (!back.terms.empty())
      line("<p>Before the previous phase is rolled back, wait {} = {} s: {}</p>", format_duration(back.total),
           back.total.count(), formula_of(back));
  }

  static Markup cell(RrType type, const MaybeVersion& version) {
    if (!version) return {"none"};
    Markup out;
    for (const auto& rdata : version->rdata) out += markup("<code>{}</code><br>", dns::rdata_text(type, rdata));
    return out += markup("TTL {}", format_duration(seconds(version->ttl)));
  }

  void notes() {
    if (plan_.notes.empty()) return;
    line("<h2>Notes</h2>\n<ul>");
    for (const auto& note : plan_.notes) line("<li>{}</li>", note);
    line("</ul>");
  }

  std::string at(seconds after) const { return format_time(times_.at(after)); }
  std::string since(seconds after) const { return format_duration(times_.since(after)); }

  template <typename... Args>
  void line(MarkupPattern<Args...> text, const Args&... args) {
    out_ += markup(text, args...);
    out_.text += '\n';
  }

  const Plan& plan_;
  Timetable times_, worst_;
  Markup out_;
};

}  // namespace

std::string emit_html(const Plan& plan, Time start) { return Page(plan, start).run(); }

}  // namespace rdnsgate::plan
