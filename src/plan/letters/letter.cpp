// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
//
// Letters to those who hold a zone for us: what to set, when, and how it will be verified. They are written to be pasted
// into a form: short whatever the number of records, which stand in a table.
#include "plan/letters/letter.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/text/escape.h"
#include "base/text/text.h"
#include "base/text/wrap.h"
#include "plan/letters/letter_table.h"
#include "plan/timetable.h"

namespace rdnsgate::plan {
namespace {

constexpr std::size_t line_width = 76;
constexpr std::string_view blanks = "    ";

class LetterWriter {
 public:
  LetterWriter(const Plan& plan, const std::string& contact, Time start)
      : plan_(plan), contact_(contact), start_(start), clock_(clock_of(plan)) {
    for (std::size_t i = 0; i < plan.phases.size(); ++i) {
      if (concerns(plan.phases[i])) phases_.push_back(i);
    }
    for (const auto i : phases_) {
      for (const auto& step : plan.phases[i].steps) {
        if (is_mine(step)) zones_.insert(step.zone);
      }
    }
  }

  bool concerns(const Phase& phase) const {
    return std::any_of(phase.steps.begin(), phase.steps.end(),
                       [&](const Step& step) { return is_mine(step); });
  }

  /// `table`: what the letter calls the table.
  Letter all_steps(std::string_view table) {
    table_name_ = table;
    head("DNS changes in");
    paragraph(
        "please make the changes below {}.{} Please make all changes of a step together, and tell us when "
        "they are "
        "published.",
        whose_zones(),
        phases_.size() < 2
            ? ""
            : fmt::format(" There are {} steps. Please make each one only when we ask for it: in "
                          "between, resolvers have to forget the old records.",
                          phases_.size()));
    times();
    paragraph(
        "If you cannot set something as written (a TTL, for example), please tell us before the first step.");
    const Timetable times(plan_, start_);
    for (std::size_t i = 0; i < phases_.size(); ++i) {
      const auto& phase = plan_.phases[phases_[i]];
      step(i + 1, times.at(phase.starts_after), mine(phase.steps));
    }
    end();
    return {std::move(out_), table_.text()};
  }

  /// One phase, `start` being when that is due.
  Letter one_step(std::size_t index, bool rollback, std::string_view table) {
    const Phase& phase = plan_.phases[index];
    table_name_ = table;
    const auto number =
        static_cast<std::size_t>(std::find(phases_.begin(), phases_.end(), index) - phases_.begin()) + 1;
    const auto which = fmt::format("step {} of {}", number, phases_.size());
    const auto steps = mine(rollback ? phase.rollback : phase.steps);
    head(rollback ? fmt::format("DNS change ({}, taken back) in", which)
                  : fmt::format("DNS change ({}) in", which));
    paragraph(
        "please make the changes below {}{}. Please make all of them together, and tell us when they are "
        "published.",
        whose_zones(), rollback ? fmt::format(", which take back {}", which) : "");
    if (!rollback) times();
    step(number, start_, steps);
    end();
    return {std::move(out_), table_.text()};
  }

 private:
  bool is_mine(const Step& step) const {
    return step.managed_by == ManagedBy::ticket && step.contact == contact_;
  }

  std::vector<const Step*> mine(const std::vector<Step>& steps) const {
    std::vector<const Step*> all;
    for (const auto& step : steps) {
      if (is_mine(step)) all.push_back(&step);
    }
    sort_for_people(all);
    return all;
  }

  /// Nobody declared the zone above: who is written to holds ours, or our contract with a registry.
  bool only_delegations() const {
    for (const auto& phase : plan_.phases) {
      for (const auto& step : phase.steps) {
        if (is_mine(step) && !is_delegation(step.zone, step.owner, step.type)) return false;
      }
    }
    return true;
  }

  /// A few names; of many the number.
  std::string zone_names() const {
    constexpr std::size_t most = 3;
    std::vector<std::string> names;
    for (const auto& zone : zones_) names.push_back(zone.text());
    if (names.size() <= most) return fmt::format("{}", fmt::join(names, ", "));
    return fmt::format("{} and {}", names.front(), counted(names.size() - 1, "other zone", "other zones"));
  }

  std::string whose_zones() const {
    if (only_delegations()) return fmt::format("in the zone that delegates ours, {}", zone_names());
    return fmt::format("in the {} {}, which you hold for us", zones_.size() == 1 ? "zone" : "zones",
                       zone_names());
  }

  void head(const std::string& subject) {
    if (!contact_.empty()) line("To: {}", contact_);
    line("Subject: {} {} [{}]", subject, zone_names(), plan_.id);
    line("");
    line("Hello,");
    line("");
  }

  void times() {
    if (plan_.windows.empty()) return paragraph("Times are in UTC, and the earliest possible.");
    std::vector<std::string> windows;
    for (const auto& window : plan_.windows) windows.push_back(window.text());
    paragraph(
        "Times are local time in {}, and the earliest possible. Our change window is {}: please make the "
        "changes "
        "within it.",
        clock_.zone(), fmt::join(windows, "; "));
  }

  /// `add 256 PTR records`, `set the TTL of 2 A records to 300`.
  static std::string summary_of(const std::vector<const Step*>& steps) {
    std::map<std::pair<Deed, RrType>, std::vector<const Step*>> deeds;
    for (const auto* step : steps) deeds[{deed_of(*step), step->type}].push_back(step);
    std::vector<std::string> parts;
    for (const auto& entry : deeds) {
      const auto& what = entry.first;
      const auto& of = entry.second;
      const auto type = dns::to_string(what.second);
      const auto records =
          counted(of.size(), fmt::format("{} record", type), fmt::format("{} records", type));
      const bool one_ttl =
          what.first == Deed::set_ttl && std::all_of(of.begin(), of.end(), [&](const Step* step) {
            return step->after->ttl == of.front()->after->ttl;
          });
      parts.push_back(
          what.first == Deed::set_ttl
              ? fmt::format("set the TTL of {}{}", records,
                            one_ttl ? fmt::format(" to {}", of.front()->after->ttl) : std::string())
              : fmt::format("{} {}", to_string(what.first), records));
    }
    return fmt::format("{}", fmt::join(parts, ", "));
  }

  void step(std::size_t number, Time time, const std::vector<const Step*>& steps) {
    line("Step {}, not before {}", number, moment_for_people(clock_, time));
    line("  {}", summary_of(steps));
    const auto not_before = clock_.rfc3339(time);
    std::vector<const Step*> set, removed;
    for (const auto* one : steps) {
      table_.add(number, not_before, *one);
      (one->after ? set : removed).push_back(one);
    }
    records("Set:", set, false);
    records("Remove:", removed, true);
    line("");
    if (!steps.empty()) first_ = first_ == nullptr ? steps.front() : first_;
  }

  /// The lines of a zone file: all of them where they are few, else the first ones and the last.
  void records(std::string_view title, const std::vector<const Step*>& steps, bool removed) {
    if (steps.empty()) return;
    const std::size_t most = phases_.size() <= 3 ? 12 : phases_.size() <= 6 ? 6 : 3;
    const std::size_t shown = steps.size() <= most ? steps.size() : std::min<std::size_t>(most - 1, 3);
    line("  {}", title);
    const Name* zone = nullptr;
    for (std::size_t i = 0; i < shown; ++i) record(*steps[i], removed, zone);
    if (shown == steps.size()) return;
    line("{}...", blanks);
    record(*steps.back(), removed, zone);
    const auto first = address_of(*steps.front()), last = address_of(*steps.back());
    text("  ", fmt::format("These are {} of {}{}. All of them are in {}.", shown + 1, steps.size(),
                           first.empty() || last.empty() ? std::string()
                                                         : fmt::format(", from {} to {}", first, last),
                           table_name_));
  }

  void record(const Step& step, bool removed, const Name*& zone) {
    if (zone == nullptr || *zone != step.zone) line("{}$ORIGIN {}", blanks, step.zone.fqdn());
    zone = &step.zone;
    auto lines = zone_lines(step, removed ? *step.before : *step.after, zone);
    const auto deed = deed_of(step);
    if (deed == Deed::change || deed == Deed::set_ttl) {
      std::vector<std::string> now;
      for (const auto& rdata : step.before->rdata) now.push_back(dns::rdata_text(step.type, rdata));
      lines.back() += deed == Deed::set_ttl
                          ? fmt::format("  ; now {}", step.before->ttl)
                          : fmt::format("  ; now {} {}", step.before->ttl, fmt::join(now, " "));
    }
    for (const auto& one : lines) line("{}{}", blanks, one);
  }

  void end() {
    if (first_ != nullptr) {
      paragraph(
          "We ask every name server of the zone for these records, and each has to answer with exactly them, "
          "TTL "
          "included:");
      out_.pop_back();
      line("  {}", dig_command(first_->zone, first_->owner, first_->type));
      line("");
    }
    paragraph("{} has a row for each record, with its line for a zone file.", capital(table_name_));
    line("Kind regards,");
    std::set<std::string> owners;
    for (const auto& zone : zones_) {
      if (const auto found = plan_.owners.find(zone); found != plan_.owners.end())
        owners.insert(found->second);
    }
    line("{}", owners.empty() ? "(your name)" : fmt::format("{}", fmt::join(owners, ", ")));
  }

  static std::string capital(std::string text) {
    if (!text.empty() && text.front() >= 'a' && text.front() <= 'z')
      text.front() = static_cast<char>(text.front() - 'a' + 'A');
    return text;
  }

  template <typename... Args>
  void line(fmt::format_string<Args...> pattern, Args&&... args) {
    out_.append(escape_terminal(fmt::format(pattern, std::forward<Args>(args)...))).append("\n");
  }

  template <typename... Args>
  void paragraph(fmt::format_string<Args...> pattern, Args&&... args) {
    text("", fmt::format(pattern, std::forward<Args>(args)...));
    out_ += '\n';
  }

  void text(std::string_view indent, const std::string& words) {
    out_.append(indent)
        .append(wrapped(escape_terminal(words), line_width, indent, indent.size()))
        .append("\n");
  }

  const Plan& plan_;
  const std::string& contact_;
  Time start_;
  WallClock clock_;
  std::vector<std::size_t> phases_;  ///< that want something of the contact
  std::set<Name> zones_;
  std::string table_name_;
  LetterTable table_;
  const Step* first_ = nullptr;
  std::string out_;
};

/// For reading, and to be cut in two.
std::string with_table(const Letter& letter) { return letter.text + "\nTable (CSV):\n\n" + letter.table; }

}  // namespace

std::vector<std::string> ticket_contacts(const Plan& plan) {
  std::set<std::string> contacts;
  for (const auto& phase : plan.phases) {
    for (const auto& step : phase.steps) {
      if (step.managed_by == ManagedBy::ticket) contacts.insert(step.contact);
    }
  }
  return {contacts.begin(), contacts.end()};
}

Letter ticket_letter(const Plan& plan, const std::string& contact, Time start, std::string_view table) {
  return LetterWriter(plan, contact, start).all_steps(table);
}

Letter ticket_step(const Plan& plan, const std::string& contact, std::size_t phase, bool rollback,
                   Time not_before, std::string_view table) {
  LetterWriter letter(plan, contact, not_before);
  return letter.concerns(plan.phases[phase]) ? letter.one_step(phase, rollback, table) : Letter();
}

std::string emit_ticket(const Plan& plan, Time start) {
  std::string out;
  for (const auto& contact : ticket_contacts(plan)) {
    if (!out.empty()) out += "\n--\n\n";
    out += with_table(ticket_letter(plan, contact, start));
  }
  if (out.empty()) out = fmt::format("Plan {}: no zone of it is managed by ticket.\n", plan.id);
  if (plan.left_out.empty()) return out;
  out += "\n--\n\nNot planned, and in no letter:\n";
  for (const auto& one : left_out_lines(plan.left_out)) out += fmt::format("  - {}\n", escape_terminal(one));
  return out;
}

std::string emit_ticket_steps(const Plan& plan, const std::vector<std::size_t>& phases, Time not_before) {
  std::string out;
  for (const auto phase : phases) {
    for (const auto& contact : ticket_contacts(plan)) {
      const auto letter = ticket_step(plan, contact, phase, false, not_before);
      if (letter.text.empty()) continue;
      if (!out.empty()) out += "\n--\n\n";
      out += with_table(letter);
    }
  }
  return out;
}

}  // namespace rdnsgate::plan
