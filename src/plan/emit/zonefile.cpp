// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
//
// Zone files: patches to those that the team keeps, and lines to put in by hand where there is none.
#include <fmt/format.h>

#include <algorithm>

#include "base/text/escape.h"
#include "dns/zone/zone_edit.h"
#include "inventory/octodns/octodns_edit.h"
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

/// octoDNS knows no SOA record, and what no tool agrees on is left to hands.
std::vector<dns::RRsetChange> changes_in(const std::vector<Step>& steps, const ZoneText& file) {
  std::vector<dns::RRsetChange> changes;
  for (const auto& step : steps) {
    if (step.zone == file.zone && (file.octodns.empty() || step.type != RrType::SOA))
      changes.push_back(change_of(step));
  }
  return changes;
}

std::string head(const ZoneBlock& block) { return "# " + block.title() + "\n"; }

/// The patches of one zone: each phase begins with the file that the one before left.
class Patcher {
 public:
  Patcher(const Plan& plan, const ZoneText& file) : plan_(plan), file_(file), texts_(file.octodns) {
    if (texts_.empty()) texts_.push_back({file.path, file.text});
  }

  void add(std::size_t index, Time then, std::vector<ZonePatch>& patches) {
    const auto& phase = plan_.phases[index];
    const auto changes = changes_in(phase.steps, file_);
    if (changes.empty()) return;
    const auto form = file_.octodns.empty() ? ManagedBy::zonefile : ManagedBy::octodns;
    ZonePatch patch{index, file_.zone, form, "", "", problem_};
    if (problem_.empty()) {
      patch.apply = diff(changes, then, {plan_, index, file_.zone, false}, problem_);
      if (problem_.empty())
        patch.rollback =
            diff(changes_in(phase.rollback, file_), then, {plan_, index, file_.zone, true}, patch.problem);
      patch.problem = problem_;
    }
    patches.push_back(std::move(patch));
  }

 private:
  Result<std::vector<std::vector<TextEdit>>> edits_for(const std::vector<dns::RRsetChange>& changes,
                                                       Time then) const {
    if (!file_.octodns.empty()) return inventory::edit_octodns_zone(texts_, file_.zone, changes);
    auto edits = dns::edit_zone(texts_.front().text, file_.zone, changes, then, file_.included);
    if (!edits) return tl::unexpected(edits.error());
    std::vector<std::vector<TextEdit>> of_files;
    of_files.push_back(std::move(*edits));
    return of_files;
  }

  /// Also carries the changes out, but those of a roll-back.
  std::string diff(const std::vector<dns::RRsetChange>& changes, Time then, const ZoneBlock& block,
                   std::string& problem) {
    const auto edits = edits_for(changes, then);
    if (!edits) {
      problem = fmt::format("{}: {}", file_.path, edits.error().message);
      return "";
    }
    std::string all;
    for (std::size_t i = 0; i < texts_.size(); ++i) {
      auto& [name, text] = texts_[i];
      const auto path = name.substr(std::min(name.find_first_not_of('/'), name.size()));
      all += unified_diff(text, (*edits)[i], path);
      if (!block.rollback) text = apply_edits(text, (*edits)[i]);
    }
    return all.empty() ? all : head(block) + all;
  }

  const Plan& plan_;
  const ZoneText& file_;
  std::vector<inventory::OctodnsFile> texts_;
  std::string problem_;
};

void sort_by_phase(std::vector<ZonePatch>& patches) {
  std::stable_sort(patches.begin(), patches.end(),
                   [](const ZonePatch& a, const ZonePatch& b) { return a.phase < b.phase; });
}

}  // namespace

std::vector<ZonePatch> zone_patches(const Plan& plan, std::span<const ZoneText> files, Time start) {
  const Timetable times(plan, start);
  std::vector<ZonePatch> patches;
  for (const auto& file : files) {
    Patcher patcher(plan, file);
    for (std::size_t i = 0; i < plan.phases.size(); ++i)
      patcher.add(i, times.at(plan.phases[i].starts_after), patches);
  }
  sort_by_phase(patches);
  return patches;
}

std::vector<ZonePatch> next_patches(const Plan& plan, const std::vector<std::size_t>& phases,
                                    std::span<const ZoneText> files, Time now) {
  std::vector<ZonePatch> patches;
  for (const auto& file : files) {
    Patcher patcher(plan, file);
    for (const auto phase : phases) patcher.add(phase, now, patches);
  }
  sort_by_phase(patches);
  return patches;
}

const ZonePatch* patch_for(const ZoneBlock& block, ManagedBy form, std::span<const ZonePatch> patches) {
  const auto found = std::find_if(patches.begin(), patches.end(), [&](const ZonePatch& one) {
    return one.phase == block.phase && one.form == form && one.zone == block.zone;
  });
  return found == patches.end() ? nullptr : &*found;
}

std::string patch_or_block(const ZoneBlock& block, ManagedBy form, std::span<const ZonePatch> patches) {
  const bool yaml = form == ManagedBy::octodns;
  const auto by_hand = [&] { return yaml ? octodns_block(block) : zonefile_block(block); };
  const auto* patch = patch_for(block, form, patches);
  if (patch == nullptr) return by_hand();
  if (patch->problem.empty()) return block.rollback ? patch->rollback : patch->apply;
  return fmt::format("{} no patch: {}\n", yaml ? '#' : ';', escape_terminal(patch->problem)) + by_hand();
}

std::string emit_zonefile(const Plan& plan, std::span<const ZonePatch> patches) {
  return all_blocks(
      plan, "#", [&](const ZoneBlock& block) { return patch_or_block(block, ManagedBy::zonefile, patches); });
}

std::string emit_octodns(const Plan& plan, std::span<const ZonePatch> patches) {
  return all_blocks(
      plan, "#", [&](const ZoneBlock& block) { return patch_or_block(block, ManagedBy::octodns, patches); });
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
