// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
//
// The change request: what a reviewer wants to know before saying yes, and what an operator works through
// after.
#include <fmt/format.h>

#include <algorithm>

#include "base/escape.h"
#include "base/text.h"
#include "plan/emit/emit.h"
#include "plan/timetable.h"

namespace rdnsgate::plan {
namespace {

class MarkdownPrinter {
 public:
  MarkdownPrinter(const Plan& plan, Time start)
      : plan_(plan), times_(plan, start), worst_(Timetable::at_worst(plan, start)) {}

  std::string run() {
    line("# DNS change {} for {}\n", plan_.id, markdown_code(plan_.inventory_path));
    if (plan_.phases.empty()) {
      line("Nothing to do: the DNS holds what the inventory declares.");
    } else {
      head();
      timetable();
      for (std::size_t i = 0; i < plan_.phases.size(); ++i) print(i);
    }
    if (!plan_.notes.empty()) line("\n## Notes\n");
    for (const auto& note : plan_.notes) line("- {}", markdown_text(note));
    return out_;
  }

 private:
  void head() {
    const auto changes = counted(plan_.changes, "change", "changes");
    if (plan_.total == seconds(0)) {
      line("- {} of TTLs alone, that need no wait", changes);
    } else {
      line("- {}, at least {} from the first change to the last wait", changes, since(plan_.total));
    }
    if (plan_.total > seconds(0))
      line(
          "- Rolling back is cheap until {} (+{}): after that, caches may keep the absence of what was removed",
          at(plan_.cheap_return_until), since(plan_.cheap_return_until));
    line("- DNS as of {}, inventory {}", format_time(plan_.facts_taken_at),
         markdown_code(plan_.inventory_sha256.substr(0, 12)));
    for (const auto& window : plan_.windows) line("- Steps only within {}", markdown_code(window.text()));
    line("- Zones: {}", zones());
    line(
        "- Every wait counts from the moment at which all name servers were seen to serve the change; the "
        "times "
        "below are the earliest.");
  }

  std::string zones() const {
    std::vector<std::string> all;
    for (const auto& phase : plan_.phases) {
      for (const auto& step : phase.steps) {
        const auto contact = step.contact.empty() ? std::string() : ", " + markdown_code(step.contact);
        auto text = fmt::format("{} ({}{})", markdown_code(step.zone.text()),
                                inventory::to_string(step.managed_by), contact);
        if (std::find(all.begin(), all.end(), text) == all.end()) all.push_back(std::move(text));
      }
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
    return fmt::format("{} (+{})", format_time(worst_.at(after)), format_duration(worst_.since(after)));
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
      line("| zone | record | from | to |\n|---|---|---|---|");
      for (const auto& step : phase.steps) print(step);
    }
    if (!phase.steps.empty() && !phase.manual.empty()) line("");
    for (const auto& manual : phase.manual)
      line("- [ ] {}: {}", markdown_code(manual.sender), markdown_text(manual.text));
    if (!phase.verify.empty()) verification(phase);
    if (!phase.wait.terms.empty()) {
      line("\nWait {} = {} s: {}", format_duration(phase.wait.total), phase.wait.total.count(),
           markdown_text(formula_of(phase.wait)));
    }
    rollback(phase);
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
    for (const auto& check : phase.verify) {
      line("- [ ] {} → {}", markdown_code(dig_command(check.zone, check.owner, check.type)),
           cell(check.type, check.expect));
    }
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

  std::string at(seconds after) const { return format_time(times_.at(after)); }
  std::string since(seconds after) const { return format_duration(times_.since(after)); }

  template <typename... Args>
  void line(fmt::format_string<Args...> text, Args&&... args) {
    fmt::format_to(std::back_inserter(out_), text, std::forward<Args>(args)...);
    out_ += '\n';
  }

  const Plan& plan_;
  Timetable times_, worst_;
  std::string out_;
};

}  // namespace

std::string emit_markdown(const Plan& plan, Time start) { return MarkdownPrinter(plan, start).run(); }

}  // namespace rdnsgate::plan
