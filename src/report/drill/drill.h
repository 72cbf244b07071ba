// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/duration.h"
#include "base/timestamp.h"
#include "report/document.h"
#include "report/mail/paths.h"

namespace rdnsgate::report {

/// Something that a person does. Texts may be foreign.
struct DrillStep {
  std::string who, what;
};

/// A finding that the world has with the fault, and did not have without.
struct DrillFinding {
  std::string rule;
  Severity severity{};
  audit::Certainty certainty{};
  audit::Target target;
  std::string message;
  std::vector<std::string> vantages;
  std::string fingerprint;
  std::optional<Time> clears_at;
  bool changed = false;               ///< it was there before, as something else
  bool watch_only = false;            ///< `watch` alone has it
  std::optional<seconds> told_after;  ///< by a watch, at worst; nothing where it tells nothing of it
};

/// When a watch tells of it.
struct DrillDetection {
  bool noticed = false;
  seconds soonest{}, latest{};       ///< after it began: right before a look, and right behind one
  seconds recovery_latest{};         ///< until the watch says that it is over, after it is
  std::vector<std::string> rules{};  ///< of what is told first
};

/// What receivers do then that they did not before.
struct DrillReceivers {
  struct Count {
    std::uint64_t accepted = 0, refused = 0, unknown = 0;
    bool operator==(const Count&) const = default;
  };
  struct Rule {
    const ReceiverRule* rule = nullptr;
    std::uint64_t addresses = 0;     ///< for which it is broken now, and was not before
    std::vector<std::string> paths;  ///< `example.com via mx1`
  };
  std::string vantage;  ///< whose answers receivers are taken to have; empty: no answer differs
  Count before, during;
  std::vector<Rule> rules{};
};

/// How it becomes right again.
struct DrillRecovery {
  struct Phase {
    std::string id;
    seconds starts_after{};         ///< since the first change
    seconds wait{};                 ///< until what follows
    std::vector<std::string> what;  ///< changes of records, and what is done to hosts
    std::vector<std::string> who;
  };
  bool by_plan = false;
  std::string plan_id, why_no_plan;  ///< the second where a plan was to be made and could not
  std::vector<Phase> phases{};
  std::vector<DrillStep> steps{};
  seconds plan_time{};             ///< of the phases
  std::size_t changes_before = 0;  ///< of the plan: that were due without the fault
  seconds lingers{};               ///< and how long caches show it after that
  std::string lingers_why{};

  seconds total() const { return by_plan ? plan_time : lingers; }
};

/// What real servers showed, beside what the drill found in altered answers.
struct DrillLab {
  struct Difference {
    std::string rule;
    audit::Target target;
  };
  bool played = false;
  std::string why_not;                 ///< where it was not
  std::vector<std::string> programs;   ///< that ran
  std::size_t findings = 0;            ///< of the drill that they showed, by rule and subject
  std::vector<Difference> missing;     ///< that they did not show
  std::vector<Difference> unexpected;  ///< that they showed beside them
  std::vector<std::string> notes;      ///< what could not be as it was

  bool is_as_predicted() const { return played && missing.empty() && unexpected.empty(); }
  bool differs() const { return played && !is_as_predicted(); }
};

/// One scenario, played.
struct Drill {
  std::string scenario, summary;
  bool fits = false;
  std::string why_not, hint;  ///< where it does not fit
  std::string subject, happens;
  std::vector<DrillFinding> findings{};  ///< the gravest first
  std::size_t unclear = 0;               ///< of them inconclusive
  DrillDetection detection{};
  std::string advice;  ///< how it would be noticed; empty where it is
  DrillReceivers receivers{};
  DrillRecovery recovery{};
  std::optional<DrillLab> lab{};  ///< where real servers were asked for
};

struct DrillSchedule {
  seconds interval{};
  unsigned jitter_percent = 0;
  seconds recheck{};
  std::size_t confirmations = 1, window = 1;
  Severity level = Severity::warning;
};

/// `drill run`.
struct DrillDocument {
  std::string tool_version;
  std::string inventory_path, inventory_sha256;
  std::string world;  ///< `snapshot`, `zone-files`
  Time taken_at{}, played_at{};
  std::vector<std::string> vantages;
  bool assumed = false;  ///< the vantages are what healthy servers of the zone files would show them
  DrillSchedule schedule;
  std::vector<Drill> drills;

  std::size_t count_fitting() const;
  std::size_t count_noticed() const;
  /// Where real servers showed something else.
  std::size_t count_differing() const;
};

/// Under `quiet` a line for each scenario, twice nothing.
std::string render_drill_text(const DrillDocument& document, bool color, int quiet);
std::string render_drill_markdown(const DrillDocument& document);
/// schemas/drill.schema.json, indented by two, a final newline.
std::string render_drill_json(const DrillDocument& document);

/// What `drill list` shows of a scenario.
struct DrillEntry {
  std::string_view name, summary, needs;
};
std::string render_drill_list_text(const std::vector<DrillEntry>& all);
std::string render_drill_list_markdown(const std::vector<DrillEntry>& all);
/// schemas/drill-list.schema.json.
std::string render_drill_list_json(const std::vector<DrillEntry>& all);

}  // namespace rdnsgate::report
