// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
//
// The change request: what a reviewer wants to know before saying yes, and what an operator works through
// after.
#include <fmt/format.h>

#include <algorithm>

#include "base/text/escape.h"
#include "base/text/text.h"
#include "plan/digest/runs.h"
#include "plan/digest/summary.h"
#include "plan/emit/emit.h"
#include "plan/timetable.h"

namespace rdnsgate::plan {
namespace {

class MarkdownPrinter {
 public:
  MarkdownPrinter(const Plan& plan, Time start)
      : plan_(plan), start_(start), times_(plan, start), worst_(Timetable::at_worst(plan, start)) {}

  std::string run() {
    line("# DNS change {} for {}\n", plan_.id, markdown_code(plan_.inventory_path));
    if (plan_.phases.empty()) {
      line("Nothing to do: the DNS has what {} declares{}.", markdown_code(plan_.inventory_path),
           plan_.left_out.empty() ? "" : ", as far as it is known");
    } else {
      head();
      timetable();
      for (std::size_t i = 0; i < plan_.phases.size(); ++i) print(i);
    }
    if (!plan_.left_out.empty()) line("\n## Left out, and not touched\n");
    for (const auto& one : left_out_lines(plan_.left_out)) line("- {}", markdown_text(one));
    if (!plan_.notes.empty()) line("\n## Notes\n");
    for (const auto& note : plan_.notes) line("- {}", markdown_text(note));
    return out_;
  }

 private:
  void head() {
    const auto summary = summary_of(plan_, start_);
    for (const auto* part : {&summary.what, &summary.when, &summary.risk}) {
      for (const auto& one : *part) line("- {}", markdown_text(one));
    }
    line("- DNS as of {}, inventory {}", times_.clock().text(plan_.facts_taken_at),
         markdown_code(plan_.inventory_sha256.substr(0, 12)));
    line("- Zones: {}", zones());
    line(
        "- Every wait counts from the moment at which all name servers were seen to serve the change; the "
        "times below are the earliest.");
  }

  std::string zones() const {
    std::vector<std::string> all;
    for (const auto& part : zone_parts(plan_)) {
      const auto contact = part.contact.empty() ? std::string() : ", " + markdown_code(part.contact);
      all.push_back(fmt::format("{} ({}{})", markdown_code(part.zone.text()),
                                inventory::to_string(part.managed_by), contact));
    }
    return fmt::format("{}", fmt::join(all, ", "));
  }

  void timetable() {
    line("\n## Timetable\n\n| phase | earliest | at worst | what | then wait |\n|---|---|---|---|---|");
    for (const auto& phase : plan_.phases) {
      line("| {} | {} (+{}) | {} | {} | {} |", phase.id, at(phase.starts_after), since(phase.starts_after),
           worst(phase.worst_after), purpose_of(phase),
           phase.wait.terms.empty() ? std::string("no wait") : format_duration(phase.wait.total));
    }
    line("| end | {} (+{}) | {} | | |", at(plan_.total), since(plan_.total), worst(plan_.worst_total));
    for (const auto& phase : plan_.phases) {
      if (phase.wait.late) return explain_worst();
    }
  }

  std::string worst(seconds after) const {
    return fmt::format("{} (+{})", worst_.text(after), format_duration(worst_.since(after)));
  }

  void explain_worst() {
    line(
        "\nAt worst no NOTIFY arrives: a name server looks for changes after the refresh time of the zone's "
        "SOA, "
        "and once more after its retry time.");
  }

  void print(std::size_t index) {
    const Phase& phase = plan_.phases[index];
    line("\n## {}. {}\n", index, label_of(phase));
    if (!phase.steps.empty()) {
      folded(phase.steps.size(),
             fmt::format("{}: {}", counted(phase.steps.size(), "record", "records"), subjects(phase)), [&] {
               line("| zone | record | from | to |\n|---|---|---|---|");
               for (const auto& step : phase.steps) print(step);
             });
    }
    if (!phase.steps.empty() && !phase.manual.empty()) line("");
    folded(phase.manual.size(), counted(phase.manual.size(), "action on hosts", "actions on hosts"), [&] {
      for (const auto& manual : phase.manual)
        line("- [ ] {}: {}", markdown_code(manual.sender), markdown_text(manual.text));
    });
    if (!phase.verify.empty()) verification(phase);
    if (!phase.wait.terms.empty()) {
      line("\nWait {} = {} s: {}", format_duration(phase.wait.total), phase.wait.total.count(),
           markdown_text(formula_of(phase.wait)));
    }
    rollback(phase);
  }

  static std::string subjects(const Phase& phase) {
    std::vector<const Step*> steps;
    for (const auto& step : phase.steps) steps.push_back(&step);
    return subjects_of(changes_of(steps));
  }

  /// Behind a line that says what it is, where it is long. Between the tags of HTML there is Markdown again only after
  /// an empty line (CommonMark 4.6).
  template <typename Print>
  void folded(std::size_t rows, const std::string& what, const Print& print) {
    constexpr std::size_t most_open = 20;
    if (rows > most_open) line("<details><summary>{}</summary>\n", escape_markup(what));
    print();
    if (rows > most_open) line("\n</details>");
  }

  void print(const Step& step) {
    line("| {} | {} {} | {} | {} |", markdown_code(step.zone.text()), markdown_code(step.owner.text()),
         dns::to_string(step.type), cell(step.type, step.before), cell(step.type, step.after));
  }

  static std::string cell(RrType type, const MaybeVersion& version) {
    if (!version) return "none";
    std::string out;
    for (const auto& rdata : version->rdata) out += markdown_code(dns::rdata_text(type, rdata)) + " ";
    return out + "TTL " + format_duration(seconds(version->ttl));
  }

  void verification(const Phase& phase) {
    line("{}Every name server of each zone shows{}:\n", phase.steps.empty() ? "" : "\n",
         phase.steps.empty() ? "" : " afterwards");
    folded(phase.verify.size(),
           fmt::format("{}: {}", counted(phase.verify.size(), "query", "queries"),
                       subjects_of(changes_of(phase.verify))),
           [&] {
             for (const auto& check : phase.verify) {
               line("- [ ] {} → {}", markdown_code(dig_command(check.zone, check.owner, check.type)),
                    cell(check.type, check.expect));
             }
           });
  }

  void rollback(const Phase& phase) {
    for (const auto& manual : phase.rollback_manual)
      line("\nRollback: {}: {}", markdown_code(manual.sender), markdown_text(manual.text));
    if (!phase.rollback.empty()) {
      line("\nRollback: restore the “from” records. {}",
           costs_to_undo(plan_, phase) ? "Resolvers may have cached their absence for up to the negative TTL."
                                       : "Nothing breaks on the way.");
    }
    const auto& wait = phase.rollback_wait;
    if (!wait.terms.empty())
      line("\nBefore the previous phase is rolled back: wait {} = {} s: {}", format_duration(wait.total),
           wait.total.count(), markdown_text(formula_of(wait)));
  }

  std::string at(seconds after) const { return times_.text(after); }
  std::string since(seconds after) const { return format_duration(times_.since(after)); }

  template <typename... Args>
  void line(fmt::format_string<Args...> text, Args&&... args) {
    fmt::format_to(std::back_inserter(out_), text, std::forward<Args>(args)...);
    out_ += '\n';
  }

  const Plan& plan_;
  Time start_;
  Timetable times_, worst_;
  std::string out_;
};

}  // namespace

std::string emit_markdown(const Plan& plan, Time start) { return MarkdownPrinter(plan, start).run(); }

}  // namespace rdnsgate::plan
