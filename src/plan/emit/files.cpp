// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>

#include "base/hash.h"
#include "base/text/escape.h"
#include "plan/document/plan_json.h"
#include "plan/emit/emit.h"
#include "plan/emit/zone_blocks.h"
#include "plan/rollout/sightings.h"
#include "plan/timetable.h"

namespace rdnsgate::plan {
namespace {

class Folder {
 public:
  Folder(const Plan& plan, Time start, std::span<const ZonePatch> patches)
      : plan_(plan), start_(start), times_(plan, start), patches_(patches) {}

  std::vector<PlanFile> run() {
    add("plan.json", emit_json(plan_));
    add("plan.txt", emit_text(plan_, start_, Detail::full));
    add("plan.md", emit_markdown(plan_, start_));
    add("plan.html", emit_html(plan_, start_));
    add("plan.ics", emit_ics(plan_, start_));
    for (const auto& contact : ticket_contacts(plan_)) {
      const auto name = letter_name(contact);
      add_letter("letters/" + name, ticket_letter(plan_, contact, start_, table_name(name)));
    }
    for (std::size_t i = 0; i < plan_.phases.size(); ++i) {
      for (const bool rollback : {false, true}) add_phase(i, rollback);
      add(folder(i, false) + "verify.txt", verification(plan_.phases[i]));
    }
    add_opentofu();
    return std::move(files_);
  }

 private:
  std::string folder(std::size_t phase, bool rollback) const {
    return fmt::format("{:0{}}-{}/{}", phase, width(), plan_.phases[phase].id, rollback ? "rollback/" : "");
  }

  /// So many digits that folders sort in the order of phases.
  std::size_t width() const {
    return std::max<std::size_t>(2, std::to_string(plan_.phases.size() - 1).size());
  }

  static std::string letter_name(const std::string& contact) {
    if (contact.empty()) return "provider";
    const auto name = file_name(contact);
    // Other files of a phase are called so, and the letter to nobody in particular.
    const bool is_taken =
        name == "provider" || name == "hosts" || name == "verify" || name.ends_with(".zone");
    return name + (is_taken ? "-" + sha256_hex(contact).substr(0, 16) : "");
  }

  static std::string table_name(const std::string& letter) {
    return fmt::format("the attached table ({}.csv)", letter);
  }

  void add_letter(const std::string& path, Letter letter) {
    if (letter.text.empty()) return;
    add(path + ".txt", std::move(letter.text));
    add(path + ".csv", std::move(letter.table));
  }

  void add_phase(std::size_t index, bool rollback) {
    const Phase& phase = plan_.phases[index];
    const auto here = folder(index, rollback);
    for (const auto& zone : zones_of(phase)) add_zone(here, {plan_, index, zone, rollback});
    for (const auto& contact : ticket_contacts(plan_)) {
      const auto name = letter_name(contact);
      add_letter(here + name, ticket_step(plan_, contact, index, rollback, times_.at(phase.starts_after),
                                          table_name(name)));
    }
    std::string hosts;
    for (const auto& manual : rollback ? phase.rollback_manual : phase.manual)
      hosts += escape_terminal(manual.sender + ": " + manual.text) + "\n";
    add(here + "hosts.txt", std::move(hosts));
    const auto& wait = phase.rollback_wait;
    if (rollback && !wait.terms.empty())
      add(here + "wait.txt",
          fmt::format("Before the phase before this one is rolled back, wait {} = {} s: {}\n",
                      format_duration(wait.total), wait.total.count(), escape_terminal(formula_of(wait))));
  }

  void add_zone(const std::string& here, const ZoneBlock& block) {
    const auto& steps = plan_.phases[block.phase].steps;
    const auto managed_by = [&](ManagedBy manager) {
      return std::any_of(steps.begin(), steps.end(), [&](const Step& step) {
        return step.zone == block.zone && step.managed_by == manager;
      });
    };
    const auto name = here + (block.zone.is_root() ? "root" : file_name(block.zone.text()));
    if (managed_by(ManagedBy::nsupdate))
      add(name + ".nsupdate", nsupdate_script(plan_, block.phase, block.zone, block.rollback));
    if (managed_by(ManagedBy::zonefile)) add_patch(name, ".zone.txt", ManagedBy::zonefile, block);
    if (managed_by(ManagedBy::octodns)) add_patch(name, ".octodns.yaml", ManagedBy::octodns, block);
    if (managed_by(ManagedBy::dnscontrol)) add(name + ".dnscontrol.js", dnscontrol_block(block));
  }

  /// A patch where there is one, else what is to be put in by hand, and why.
  void add_patch(const std::string& name, std::string_view otherwise, ManagedBy form,
                 const ZoneBlock& block) {
    const auto* patch = patch_for(block, form, patches_);
    const bool found = patch != nullptr && patch->problem.empty();
    add(name + (found ? std::string(".patch") : std::string(otherwise)),
        patch_or_block(block, form, patches_));
  }

  /// The whole state after each phase; of a plan of too many phases there would be too much of it.
  void add_opentofu() {
    constexpr std::size_t most = 200'000;  // resources in all files
    if (plan_.changes * plan_.phases.size() > most) return;
    OpentofuState state{std::vector<bool>(plan_.phases.size())};
    for (std::size_t i = 0; i < plan_.phases.size(); ++i) {
      const auto& steps = plan_.phases[i].steps;
      state.with_import = i == 0 && steps.empty();
      if (steps.empty() && i > 0) continue;
      state.done[i] = true;
      add(folder(i, false) + "opentofu.tf", opentofu_file(plan_, state));
      state.undone = i;
      if (!steps.empty()) add(folder(i, true) + "opentofu.tf", opentofu_file(plan_, state));
      state.undone.reset();
    }
  }

  /// What to ask each name server; what it has to say is a comment, so that a shell takes none of it for a command.
  static std::string verification(const Phase& phase) {
    std::string out;
    for (const auto& check : phase.verify) {
      out += dig_command(check.zone, check.owner, check.type) + "\n  # " +
             escape_terminal(data_of(check.type, check.expect)) + "\n";
    }
    for (const auto& manual : phase.manual) {
      const auto zone = zone_to_serve(manual);
      if (!zone) continue;
      for (const auto& server : manual.starts) {
        out += fmt::format(
            "dig +norecurse {} {} SOA\n  # an answer with AA, and the serial of the other servers\n",
            shell_word("@" + server), shell_word(zone->fqdn()));
      }
    }
    return out;
  }

  void add(std::string path, std::string content) {
    if (!content.empty()) files_.push_back({std::move(path), std::move(content)});
  }

  const Plan& plan_;
  Time start_;
  Timetable times_;
  std::span<const ZonePatch> patches_;
  std::vector<PlanFile> files_;
};

}  // namespace

std::vector<PlanFile> plan_files(const Plan& plan, Time start, std::span<const ZonePatch> patches) {
  return Folder(plan, start, patches).run();
}

}  // namespace rdnsgate::plan
