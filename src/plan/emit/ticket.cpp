// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
//
// Letters to those who hold a zone for us: exactly what to set, when, and how it will be verified.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/escape.h"
#include "plan/emit/emit.h"
#include "plan/timetable.h"

namespace rdnsgate::plan {
namespace {

class Letter {
 public:
  Letter(const Plan& plan, const std::string& contact, Time start)
      : plan_(plan), contact_(contact), start_(start) {}

  std::string all_steps() {
    head("DNS changes");
    line("Please {}. Each step may only be made when we ask",
         only_delegations()   ? "have the changes below made in the zone that delegates ours"
         : zones_.size() == 1 ? "make the changes below in the zone that you hold for us"
                              : "make the changes below in the zones that you hold for us");
    line(
        "for it: between them, caches all over the world have to let go of old records. The dates are the "
        "earliest.");
    line("If something is not possible as written (a TTL, say), please tell us before the first step.");
    const Timetable times(plan_, start_);
    unsigned number = 0;
    for (const auto& phase : plan_.phases) {
      if (!concerns(phase)) continue;
      line("\nStep {}, not before {}: {}", ++number, format_time(times.at(phase.starts_after)),
           purpose_of(phase));
      print(phase.steps);
      line("  Please make all changes of this step together, and tell us when they are published.");
    }
    verification();
    return out_;
  }

  std::string one_step(std::size_t index, bool rollback) {
    const Phase& phase = plan_.phases[index];
    head(rollback ? fmt::format("DNS change, taking back {}", label_of(phase))
                  : fmt::format("DNS change, {}", label_of(phase)));
    line("Please make the following {}, all together, and tell us when they are published.",
         rollback ? "changes, which take an earlier step back" : "changes");
    if (!rollback) line("Not before {}.", format_time(start_));
    line("");
    print(rollback ? phase.rollback : phase.steps);
    verification();
    return out_;
  }

  bool concerns(const Phase& phase) const {
    return std::any_of(phase.steps.begin(), phase.steps.end(),
                       [&](const Step& step) { return is_mine(step); });
  }

 private:
  bool is_mine(const Step& step) const {
    return step.managed_by == ManagedBy::ticket && step.contact == contact_;
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

  void head(const std::string& subject) {
    for (const auto& phase : plan_.phases) {
      for (const auto& step : phase.steps) {
        if (is_mine(step)) zones_.insert(step.zone.text());
      }
    }
    if (!contact_.empty()) line("To: {}", contact_);
    line("Subject: {}: {} [{}]\n", subject, fmt::format("{}", fmt::join(zones_, ", ")), plan_.id);
    line("Hello,\n");
  }

  void print(const std::vector<Step>& steps) {
    const Name* zone = nullptr;
    for (const auto& step : steps) {
      if (!is_mine(step)) continue;
      if (zone == nullptr || *zone != step.zone) line("  zone {}", step.zone.fqdn());
      zone = &step.zone;
      line("    {} {}", step.owner.fqdn(), dns::to_string(step.type));
      records("now", step.type, step.before);
      records("set", step.type, step.after);
    }
  }

  void records(std::string_view what, RrType type, const MaybeVersion& version) {
    if (!version)
      return line("      {}: {}", what, what == "set" ? "no such record (delete it)" : "no such record");
    for (const auto& rdata : version->rdata)
      line("      {}: {} {} {}", what, version->ttl, dns::to_string(type), dns::rdata_text(type, rdata));
  }

  void verification() {
    line(
        "\nHow we verify: we ask every name server of the zone, without recursion, and each has to show "
        "exactly");
    line("what follows \"set\", TTL included. You can do the same:");
    std::set<std::string> seen;
    for (const auto& phase : plan_.phases) {
      for (const auto& step : phase.steps) {
        if (!is_mine(step)) continue;
        const auto command = dig_command(step.zone, step.owner, step.type);
        if (seen.size() < shown_commands && seen.insert(command).second) line("  {}", command);
      }
    }
    line("\nThank you.");
  }

  template <typename... Args>
  void line(fmt::format_string<Args...> text, Args&&... args) {
    std::string one = fmt::format(text, std::forward<Args>(args)...);
    // Line feeds at the ends are ours: they set blocks apart.
    const bool before = !one.empty() && one.front() == '\n', after = one.size() > 1 && one.back() == '\n';
    if (before) one.erase(0, 1);
    if (after) one.pop_back();
    if (before) out_ += '\n';
    out_.append(escape_terminal(one)).append(after ? "\n\n" : "\n");
  }

  static constexpr std::size_t shown_commands = 5;
  const Plan& plan_;
  const std::string& contact_;
  Time start_;
  std::set<std::string> zones_;
  std::string out_;
};

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

std::string ticket_letter(const Plan& plan, const std::string& contact, Time start) {
  return Letter(plan, contact, start).all_steps();
}

std::string ticket_step(const Plan& plan, const std::string& contact, std::size_t phase, bool rollback,
                        Time not_before) {
  Letter letter(plan, contact, not_before);
  return letter.concerns(plan.phases[phase]) ? letter.one_step(phase, rollback) : std::string();
}

std::string emit_ticket(const Plan& plan, Time start) {
  std::string out;
  for (const auto& contact : ticket_contacts(plan)) {
    if (!out.empty()) out += "\n--\n\n";
    out += ticket_letter(plan, contact, start);
  }
  return out.empty() ? fmt::format("Plan {}: no zone of it is managed by ticket.\n", plan.id) : out;
}

}  // namespace rdnsgate::plan
