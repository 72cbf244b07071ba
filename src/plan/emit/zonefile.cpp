// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
//
// Zone files: patches to those that the team keeps, and lines to put in by hand where there is none.
#include <fmt/format.h>

#include <algorithm>

#include "base/escape.h"
#include "dns/zone/zone_edit.h"
#include "plan/emit/emit.h"
#include "plan/emit/zone_blocks.h"
#include "plan/timetable.h"

namespace rdnsgate::plan {
namespace {

dns::RRsetChange change_of(const Step& step) {
  dns::RRsetChange change;
  change.owner = step.owner;
  change.type = step.type;
  if (step.before) change.before = step.before->rdata;
  if (step.after) {
    change.ttl = step.after->ttl;
    change.rdata = step.after->rdata;
  }
  return change;
}

std::vector<dns::RRsetChange> changes_in(const std::vector<Step>& steps, const Name& zone) {
  std::vector<dns::RRsetChange> changes;
  for (const auto& step : steps) {
    if (step.zone == zone) changes.push_back(change_of(step));
  }
  return changes;
}

std::string head(const ZoneBlock& block) { return "# " + block.title() + "\n"; }

/// The patches of one zone: each phase begins with the file that the one before left.
class Patcher {
 public:
  Patcher(const Plan& plan, const ZoneText& file, Time start)
      : plan_(plan), file_(file), times_(plan, start) {}

  void run(std::vector<ZonePatch>& patches) {
    std::string text = file_.text, problem;
    for (std::size_t i = 0; i < plan_.phases.size(); ++i) {
      const auto& phase = plan_.phases[i];
      const auto changes = changes_in(phase.steps, file_.zone);
      if (changes.empty()) continue;
      ZonePatch patch{i, file_.zone, "", "", problem};
      if (problem.empty()) {
        const Time then = times_.at(phase.starts_after);
        patch.apply = diff(text, changes, then, {plan_, i, file_.zone, false}, problem);
        if (problem.empty())
          patch.rollback = diff(text, changes_in(phase.rollback, file_.zone), then,
                                {plan_, i, file_.zone, true}, patch.problem);
        patch.problem = problem;
      }
      patches.push_back(std::move(patch));
    }
  }

 private:
  /// Also carries the changes out, but those of a roll-back.
  std::string diff(std::string& text, const std::vector<dns::RRsetChange>& changes, Time then,
                   const ZoneBlock& block, std::string& problem) const {
    const auto edits = dns::edit_zone(text, file_.zone, changes, then, file_.included);
    if (!edits) {
      problem = fmt::format("{}: {}", file_.path, edits.error().message);
      return "";
    }
    const auto path = file_.path.substr(std::min(file_.path.find_first_not_of('/'), file_.path.size()));
    auto patch = unified_diff(text, *edits, path);
    if (!block.rollback) text = apply_edits(text, *edits);
    return patch.empty() ? patch : head(block) + patch;
  }

  const Plan& plan_;
  const ZoneText& file_;
  Timetable times_;
};

}  // namespace

std::vector<ZonePatch> zone_patches(const Plan& plan, std::span<const ZoneText> files, Time start) {
  std::vector<ZonePatch> patches;
  for (const auto& file : files) Patcher(plan, file, start).run(patches);
  std::stable_sort(patches.begin(), patches.end(),
                   [](const ZonePatch& a, const ZonePatch& b) { return a.phase < b.phase; });
  return patches;
}

std::string emit_zonefile(const Plan& plan, std::span<const ZonePatch> patches) {
  return all_blocks(plan, "#", [&](const ZoneBlock& block) {
    const auto patch = std::find_if(patches.begin(), patches.end(), [&](const ZonePatch& one) {
      return one.phase == block.phase && one.zone == block.zone;
    });
    if (patch != patches.end() && patch->problem.empty()) return patch->apply;
    const auto why =
        patch != patches.end() ? "; no patch: " + escape_terminal(patch->problem) + "\n" : std::string();
    return why + zonefile_block(block);
  });
}

/// What goes, as comments, and what stands there then.
std::string zonefile_block(const ZoneBlock& block) {
  std::vector<Step> by_hand;
  std::string out = "; " + block.title() + "\n";
  const auto line = [&out](const Step& step, const Version& version, std::string_view before) {
    for (const auto& rdata : version.rdata)
      out += fmt::format("{}{} {} IN {} {}\n", before, step.owner.fqdn(), version.ttl,
                         dns::to_string(step.type), dns::rdata_text(step.type, rdata));
  };
  for (auto steps = block.steps(by_hand); const auto& step : steps) {
    if (step.before) line(step, *step.before, "; take out: ");
    if (step.after) line(step, *step.after, "");
  }
  for (const auto& step : by_hand) {
    if (step.before) line(step, *step.before, "; by hand, in place of: ");
    if (step.after) line(step, *step.after, "; by hand: ");
  }
  return out + "; and the serial of the SOA is to rise\n";
}

}  // namespace rdnsgate::plan
