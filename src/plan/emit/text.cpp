// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>

#include "base/address_ranges.h"
#include "base/text/escape.h"
#include "base/text/text.h"
#include "plan/digest/host_lines.h"
#include "plan/digest/runs.h"
#include "plan/digest/stages.h"
#include "plan/digest/summary.h"
#include "plan/emit/emit.h"
#include "plan/timetable.h"

namespace rdnsgate::plan {
namespace {

class PlanPrinter {
 public:
  PlanPrinter(const Plan& plan, Time start, Detail detail)
      : plan_(plan),
        start_(start),
        times_(plan, start),
        worst_(Timetable::at_worst(plan, start)),
        is_full_(detail == Detail::full) {}

  std::string run() {
    if (plan_.phases.empty()) {
      line("Nothing to do: the DNS has what {} declares{}.", plan_.inventory_path,
           plan_.left_out.empty() ? "" : ", as far as it is known");
      line("  DNS as of {}", times_.clock().text(plan_.facts_taken_at));
    } else {
      head();
      if (is_full_) {
        for (const auto& phase : plan_.phases) print(phase);
      } else {
        for (const auto& stage : stages_of(plan_)) print(stage);
      }
    }
    if (!plan_.left_out.empty()) line("\nLeft out, and not touched");
    for (const auto& one : left_out_lines(plan_.left_out)) line("  - {}", one);
    if (!plan_.notes.empty()) line("\nNotes");
    for (const auto& note : plan_.notes) line("  - {}", note);
    return out_;
  }

 private:
  void head() {
    line("Plan {} for {}", plan_.id, plan_.inventory_path);
    const auto summary = summary_of(plan_, start_);
    print("What", summary.what);
    print("Where", zones());
    print("When", summary.when);
    print("Risk", summary.risk);
    line("  DNS as of {}{}", times_.clock().text(plan_.facts_taken_at),
         is_full_ ? "" : "; --details shows every record and every wait");
  }

  void print(std::string_view label, const std::vector<std::string>& lines) {
    for (const auto& one : lines) line("  {:5}  {}", &one == lines.data() ? label : "", one);
  }

  std::vector<std::string> zones() const {
    constexpr std::size_t most = 6;
    const auto parts = zone_parts(plan_);
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < std::min(most, parts.size()); ++i)
      lines.push_back(fmt::format("{}: {}", zone_text(parts[i].zone, parts[i].managed_by, parts[i].contact),
                                  counted(parts[i].records, "record", "records")));
    if (parts.size() > most) lines.push_back(fmt::format("and {} more zones", parts.size() - most));
    return lines;
  }

  static std::string zone_text(const Name& zone, ManagedBy managed_by, const std::string& contact) {
    return fmt::format("{} ({}{})", zone.text(), inventory::to_string(managed_by),
                       contact.empty() ? std::string() : ", " + contact);
  }

  std::string heading(const std::string& label, const Phase& first, const Phase& last) const {
    // Of waves the worst moments would be two more.
    const auto end = &first == &last ? at_worst(times_, first.starts_after, worst_, first.worst_after)
                                     : " to " + times_.text(last.starts_after);
    return fmt::format("+{}  {}  {}{}", format_duration(times_.since(first.starts_after)), label,
                       times_.text(first.starts_after), end);
  }

  /// In brief: what changes alike is one entry, and so are waves.
  void print(const Stage& stage) {
    line("\n{}", heading(stage.label(), stage.first(), stage.last()));
    line("  {}", what_of(stage));
    const auto steps = stage.steps();
    print_runs(steps);
    for (const auto& text : host_lines(stage.manual())) line("  {}", text);
    if (stage.has_waves()) print_waves(stage);
    if (stage.first().id != "preflight") print_waits(stage);
    if (!says_cost_ && costs_to_undo(plan_, stage.first())) {
      line("  rollback: costs from here on ({})", cost_of_return(stage.first()));
      says_cost_ = true;
    }
  }

  static std::string what_of(const Stage& stage) {
    std::string text(purpose_of(stage.first()));
    if (stage.first().id == "preflight")
      text += ": " + counted(stage.first().verify.size(), "record", "records");
    return text;
  }

  void print_runs(const std::vector<const Step*>& steps) {
    constexpr std::size_t most_entries = 12;
    const Name* zone = nullptr;
    std::size_t entries = 0, rest = 0;
    for (const auto& run : runs_of(changes_of(steps))) {
      if (++entries > most_entries) {
        rest += run.records;
        continue;
      }
      if (zone == nullptr || *zone != *run.zone) print_zone(steps, *run.zone);
      zone = run.zone;
      line("    {}", run.title);
      print_sides(run.from, run.to, run.by_hand);
    }
    if (rest > 0) line("  and {} (--details)", counted(rest, "more record", "more records"));
  }

  void print_zone(const std::vector<const Step*>& steps, const Name& zone) {
    const auto* step =
        *std::find_if(steps.begin(), steps.end(), [&](const Step* one) { return one->zone == zone; });
    line("  zone {}", zone_text(zone, step->managed_by, step->contact));
  }

  void print_sides(const std::string& from, const std::string& to, const std::string& by_hand) {
    line("      from {}", from);
    line("      to   {}", to);
    if (!by_hand.empty()) line("      by hand: {}", by_hand);
  }

  void print_waves(const Stage& stage) {
    constexpr std::size_t most = 5;
    const auto count = stage.phases.size();
    for (std::size_t i = 0; i < count; ++i) {
      if (count > most && i == most - 2) {
        line("    and {} more waves (--details)", count - most + 1);
        i = count - 1;
      }
      const Phase& phase = *stage.phases[i];
      line("    wave {:<3} +{:<10} {}  {}", phase.wave, format_duration(times_.since(phase.starts_after)),
           times_.text(phase.starts_after), subject_of(phase));
    }
  }

  /// The records or hosts of one wave.
  static std::string subject_of(const Phase& phase) {
    std::vector<const Step*> steps;
    for (const auto& step : phase.steps) steps.push_back(&step);
    if (!steps.empty()) return subjects_of(changes_of(steps));
    std::vector<IpAddress> addresses;
    for (const auto& manual : phase.manual)
      addresses.insert(addresses.end(), manual.addresses.begin(), manual.addresses.end());
    const auto what = counted(phase.manual.size(), "action", "actions");
    return addresses.empty() ? what : fmt::format("{} ({})", ranges_text(std::move(addresses)), what);
  }

  /// Waves mostly wait alike, the last one shorter.
  void print_waits(const Stage& stage) {
    const auto& phases = stage.phases;
    for (std::size_t begin = 0; begin < phases.size();) {
      auto end = begin + 1;
      while (end < phases.size() && brief_wait(*phases[end]) == brief_wait(*phases[begin])) ++end;
      const auto which =
          begin == 0 && end == phases.size() ? (stage.has_waves() ? "after each wave " : "then ")
          : end - begin == 1
              ? fmt::format("after wave {} ", phases[begin]->wave)
              : fmt::format("after waves {} to {} ", phases[begin]->wave, phases[end - 1]->wave);
      line("  {}{}", phases[begin]->wait.terms.empty() ? "" : which, brief_wait(*phases[begin]));
      begin = end;
    }
  }

  static std::string brief_wait(const Phase& phase) {
    if (phase.wait.terms.empty()) return "no wait";
    std::vector<std::string> terms;
    for (const auto& term : phase.wait.terms)
      terms.push_back(fmt::format("{} {}", term.name, format_duration(term.value)));
    return fmt::format("wait {}: {}", format_duration(phase.wait.total), fmt::join(terms, " + "));
  }

  /// With every record.
  void print(const Phase& phase) {
    line("\n{}", heading(label_of(phase), phase, phase));
    if (phase.id == "preflight") return print_preflight(phase);
    const Step* previous = nullptr;
    for (const auto& step : phase.steps) {
      if (previous == nullptr || previous->zone != step.zone)
        line("  zone {}", zone_text(step.zone, step.managed_by, step.contact));
      line("    {} {}", step.owner.text(), dns::to_string(step.type));
      print_sides(data_of(step.type, step.before), data_of(step.type, step.after), step.by_hand);
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
  Time start_;
  Timetable times_, worst_;
  bool is_full_;
  bool says_cost_ = false;
  std::string out_;
};

}  // namespace

std::string emit_text(const Plan& plan, Time start, Detail detail) {
  return PlanPrinter(plan, start, detail).run();
}

}  // namespace rdnsgate::plan
