// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
//
// One page with the timetable as a picture: no script, nothing from elsewhere.
#include <fmt/format.h>

#include <algorithm>

#include "base/text/markup.h"
#include "base/text/text.h"
#include "plan/digest/runs.h"
#include "plan/digest/summary.h"
#include "plan/digest/timeline.h"
#include "plan/emit/emit.h"
#include "plan/timetable.h"

namespace rdnsgate::plan {
namespace {

const Markup style{R"(
:root { color-scheme: light dark; --wait: #9ab8d6; --do: #1f5f9f; --late: #b3261e; --open: #2e7d3222; --line: #8886; --soft: #666; }
@media (prefers-color-scheme: dark) {
  :root { --wait: #38506b; --do: #7fb4ea; --late: #ff8a80; --open: #81c78426; --soft: #aaa; }
}
body { font: 15px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.25; } h2 { font-size: 1.2rem; margin: 2rem 0 .25rem; }
dl { display: grid; grid-template-columns: 5rem 1fr; margin: 1rem 0; } dt { font-weight: 600; } dd { margin: 0; grid-column: 2; }
table { border-collapse: collapse; table-layout: fixed; width: 100%; margin: .5rem 0 1rem; }
th:first-child { width: 20%; }
th, td { border: 1px solid var(--line); padding: .25rem .5rem; text-align: left; vertical-align: top; }
code { font: 13px/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
summary { cursor: pointer; }
.scroll { overflow-x: auto; }
svg { display: block; margin: 1.5rem 0 0; font: 12px system-ui, sans-serif; }
svg text { fill: currentColor; }
svg .phase { font-weight: 600; } svg .when, svg text.mark { fill: var(--soft); }
.axis, line.mark { stroke: var(--line); } line.mark { stroke-dasharray: 1 3; }
.window { fill: var(--open); background: var(--open); } .wait { fill: var(--wait); background: var(--wait); }
.do { fill: var(--do); background: var(--do); }
line.late { stroke: var(--late); stroke-dasharray: 4 3; } svg text.late { fill: var(--late); }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; padding: 0; color: var(--soft); font-size: 13px; }
.key { display: inline-block; width: 1.25rem; height: .7rem; margin-right: .4rem; border: 1px solid var(--line); }
.narrow { display: none; }
.key.do { width: 4px; } .key.late { width: 0; border: 0; border-left: 2px dashed var(--late); }
@media (max-width: 640px) {
  body { margin: 1rem auto; } dl { display: block; } dd { margin: 0 0 .25rem; } .wide { display: none; } .narrow { display: inline; }
  table { min-width: 36rem; }
}
@media print { details > * { display: revert; } }
)"};

class Page {
 public:
  Page(const Plan& plan, Time start)
      : plan_(plan), start_(start), times_(plan, start), worst_(Timetable::at_worst(plan, start)) {}

  std::string run() {
    line("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">");
    line(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
        "'unsafe-inline'\">");
    line("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    line("<title>DNS change {}</title>\n<style>{}</style>\n</head>\n<body>", plan_.id, style);
    line("<h1>DNS change {} for <code>{}</code></h1>", plan_.id, plan_.inventory_path);
    if (plan_.phases.empty()) {
      line("<p>Nothing to do: the DNS has what <code>{}</code> declares.</p>", plan_.inventory_path);
      line("<p>DNS as of {}.</p>", times_.clock().text(plan_.facts_taken_at));
    } else {
      summary();
      out_ += timeline(plan_, start_);
      for (std::size_t i = 0; i < plan_.phases.size(); ++i) print(i);
    }
    left_out();
    notes();
    line("</body>\n</html>");
    return out_.text;
  }

 private:
  void summary() {
    const auto summary = summary_of(plan_, start_);
    line("<dl>");
    part("What", summary.what);
    part("Where", zones());
    part("When", summary.when);
    part("Risk", summary.risk);
    line("<dt>DNS</dt><dd>as of {}</dd>\n</dl>", times_.clock().text(plan_.facts_taken_at));
  }

  void part(std::string_view label, const std::vector<std::string>& lines) {
    if (lines.empty()) return;
    line("<dt>{}</dt>", label);
    for (const auto& one : lines) line("<dd>{}</dd>", one);
  }

  std::vector<std::string> zones() const {
    std::vector<std::string> lines;
    for (const auto& part : zone_parts(plan_))
      lines.push_back(fmt::format("{} ({}{}): {}", part.zone.text(), inventory::to_string(part.managed_by),
                                  part.contact.empty() ? std::string() : ", " + part.contact,
                                  counted(part.records, "record", "records")));
    constexpr std::size_t most = 20;
    if (lines.size() > most) {
      const auto rest = lines.size() - most;
      lines.resize(most);
      lines.push_back(fmt::format("and {} more zones", rest));
    }
    return lines;
  }

  void print(std::size_t index) {
    const Phase& phase = plan_.phases[index];
    line("<h2>{}. {}</h2>", index, label_of(phase));
    line("<p>{} (+{}){}: {}.</p>", moment(phase.starts_after), since(phase.starts_after),
         at_worst(times_, phase.starts_after, worst_, phase.worst_after), purpose_of(phase));
    if (!phase.steps.empty()) steps(phase);
    if (!phase.manual.empty()) hosts(phase);
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

  void steps(const Phase& phase) {
    const bool folded = phase.steps.size() > most_open;
    if (folded) {
      std::vector<const Step*> all;
      for (const auto& step : phase.steps) all.push_back(&step);
      line("<details><summary>{}: {}</summary>", counted(all.size(), "record", "records"),
           subjects_of(changes_of(all)));
    }
    line("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Records of {}\">",
         label_of(phase));
    line("<table><tr><th>zone</th><th>record</th><th>from</th><th>to</th></tr>");
    for (const auto& step : phase.steps) {
      line("<tr><td><code>{}</code><br>{} {}</td><td><code>{}</code> {}</td><td>{}</td><td>{}</td></tr>",
           step.zone.text(), inventory::to_string(step.managed_by), step.contact, step.owner.text(),
           dns::to_string(step.type), cell(step.type, step.before), cell(step.type, step.after));
    }
    line("</table></div>{}", folded ? Markup{"</details>"} : Markup{});
  }

  void hosts(const Phase& phase) {
    const bool folded = phase.manual.size() > most_open;
    if (folded)
      line("<details><summary>{} on hosts</summary>", counted(phase.manual.size(), "action", "actions"));
    for (const auto& manual : phase.manual) line("<p><code>{}</code>: {}</p>", manual.sender, manual.text);
    if (folded) line("</details>");
  }

  static Markup cell(RrType type, const MaybeVersion& version) {
    if (!version) return {"none"};
    Markup out;
    for (const auto& rdata : version->rdata)
      out += markup("<code>{}</code><br>", dns::rdata_text(type, rdata));
    return out += markup("TTL {}", format_duration(seconds(version->ttl)));
  }

  void left_out() {
    if (plan_.left_out.empty()) return;
    line("<h2>Left out, and not touched</h2>\n<ul>");
    for (const auto& one : left_out_lines(plan_.left_out)) line("<li>{}</li>", one);
    line("</ul>");
  }

  void notes() {
    if (plan_.notes.empty()) return;
    line("<h2>Notes</h2>\n<ul>");
    for (const auto& note : plan_.notes) line("<li>{}</li>", note);
    line("</ul>");
  }

  Markup moment(seconds after) const {
    return markup("<time datetime=\"{}\">{}</time>", times_.clock().rfc3339(times_.at(after)),
                  times_.text(after));
  }
  std::string since(seconds after) const { return format_duration(times_.since(after)); }

  template <typename... Args>
  void line(MarkupPattern<Args...> text, const Args&... args) {
    out_ += markup(text, args...);
    out_.text += '\n';
  }

  static constexpr std::size_t most_open = 20;  ///< rows of a table that is not folded
  const Plan& plan_;
  Time start_;
  Timetable times_, worst_;
  Markup out_;
};

}  // namespace

std::string emit_html(const Plan& plan, Time start) { return Page(plan, start).run(); }

}  // namespace rdnsgate::plan
