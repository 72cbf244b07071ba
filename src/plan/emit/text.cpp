// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>

#include "base/escape.h"
#include "base/text.h"
#include "plan/emit/emit.h"
#include "plan/timetable.h"

namespace rdnsgate::plan {
namespace {

class PlanPrinter {
 public:
  explicit PlanPrinter(const Plan& plan) : plan_(plan) {}

  std::string run() {
    if (plan_.phases.empty()) {
      line("Nothing to do: the DNS has what {} declares.", plan_.inventory_path);
    } else {
      head();
      for (const auto& phase : plan_.phases) print(phase);
    }
    if (!plan_.notes.empty()) line("\nNotes");
    for (const auto& note : plan_.notes) line("  - {}", note);
    return out_;
  }

 private:
  void head() {
    line("Plan {} for {}", plan_.id, plan_.inventory_path);
    const auto changes = counted(plan_.changes, "change", "changes");
    if (plan_.total == seconds(0)) {
      line("  {} of TTLs alone, that need no wait", changes);
    } else {
      line("  {}, at least {} from the first change to the last wait", changes, format_duration(plan_.total));
    }
    if (plan_.worst_total > plan_.total)
      line("  at worst {}: no NOTIFY arrives, and name servers look after the refresh of each zone",
           format_duration(plan_.worst_total));
    if (plan_.total > seconds(0))
      line("  rollback is cheap until +{}", format_duration(plan_.cheap_return_until));
    for (const auto& window : plan_.windows) line("  steps only within {}", window.text());
    line("  DNS as of {}", format_time(plan_.facts_taken_at));
  }

  void print(const Phase& phase) {
    const auto worst = phase.worst_after > phase.starts_after
                           ? fmt::format(", at worst +{}", format_duration(phase.worst_after))
                           : std::string();
    line("\n+{}{}  {}", format_duration(phase.starts_after), worst, label_of(phase));
    if (phase.id == "preflight") return print_preflight(phase);
    const Step* previous = nullptr;
    for (const auto& step : phase.steps) {
      if (previous == nullptr || previous->zone != step.zone) print_zone(step);
      print(step);
      previous = &step;
    }
    for (const auto& manual : phase.manual) line("  {}: {}", manual.sender, manual.text);
    print(phase.wait);
    print_rollback(phase);
  }

  void print_preflight(const Phase& phase) {
    line("  every name server of each zone still shows:");
    for (const auto& check : phase.verify) {
      line("    {} {}  {}", check.owner.text(), dns::to_string(check.type),
           data_of(check.type, check.expect));
    }
  }

  void print_zone(const Step& step) {
    const auto contact = step.contact.empty() ? std::string() : ", " + step.contact;
    line("  zone {} ({}{})", step.zone.text(), inventory::to_string(step.managed_by), contact);
  }

  void print(const Step& step) {
    line("    {} {}", step.owner.text(), dns::to_string(step.type));
    line("      from {}", data_of(step.type, step.before));
    line("      to   {}", data_of(step.type, step.after));
    if (!step.by_hand.empty()) line("      by hand: {}", step.by_hand);
  }

  void print(const Wait& wait) {
    if (wait.terms.empty()) return line("  no wait");
    line("  then wait {} = {} s: {}", format_duration(wait.total), wait.total.count(), formula_of(wait));
  }

  void print_rollback(const Phase& phase) {
    for (const auto& manual : phase.rollback_manual) line("  rollback: {}: {}", manual.sender, manual.text);
    if (!phase.rollback.empty()) line("  rollback: restore the \"from\" records ({})", cost_of_return(phase));
    const auto& wait = phase.rollback_wait;
    if (!wait.terms.empty())
      line("  before the previous phase is rolled back: wait {} = {} s: {}", format_duration(wait.total),
           wait.total.count(), formula_of(wait));
  }

  /// What comes back after it was gone has to wait for the negative answers that caches took meanwhile.
  std::string_view cost_of_return(const Phase& phase) const {
    return costs_to_undo(plan_, phase) ? "resolvers may have cached their absence for up to the negative TTL"
                                       : "nothing breaks on the way";
  }

  template <typename... Args>
  void line(fmt::format_string<Args...> text, Args&&... args) {
    std::string one = fmt::format(text, std::forward<Args>(args)...);
    // A leading line feed is ours: it sets a block apart.
    if (!one.empty() && one.front() == '\n') {
      out_ += '\n';
      one.erase(0, 1);
    }
    out_ += escape_terminal(one) + "\n";
  }

  const Plan& plan_;
  std::string out_;
};

}  // namespace

std::string emit_text(const Plan& plan) { return PlanPrinter(plan).run(); }

}  // namespace rdnsgate::plan
