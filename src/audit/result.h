// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/findings.h"
#include "audit/wording.h"
#include "base/rare.h"
#include "base/timestamp.h"
#include "dns/facts/vantage.h"

namespace rdnsgate::audit {

/// `baseline`: accepted because it was there when the gate was put up.
enum class Status : std::uint8_t { open, waived, baseline };
enum class Certainty : std::uint8_t { confirmed, transient, inconclusive };
enum class Scope : std::uint8_t { universal, isolated };
enum class Verdict : std::uint8_t { pass, fail, inconclusive };
/// What a finding does to the verdict, by the options of the run.
enum class Effect : std::uint8_t { none, leaves_open, fails };

std::string_view to_string(Status status);
std::string_view to_string(Certainty certainty);
std::string_view to_string(Scope scope);
std::string_view to_string(Verdict verdict);
std::string_view to_string(Effect effect);

/// Which difference between vantages a finding tells of, and of which subject: each is told of one alone.
struct Told {
  std::uint64_t question = 0;  ///< question_hash of it
  std::uint64_t subject = 0;   ///< its place among all of the inventory
  bool operator==(const Told&) const = default;
};

/// A place as reports name it.
struct Location {
  SharedText path;
  std::uint32_t line = 1, column = 1;          ///< 1-based; columns count code points
  std::uint32_t end_line = 1, end_column = 1;  ///< where it stops; the column is the one after the last
};

/// Whose a finding is, where the inventory says; empty where it does not.
struct Belongs {
  std::string zone, sender, owner;
  bool operator==(const Belongs&) const = default;
};

/// A judgement after the vantages were compared and the inventory's policy was applied. On a bad day there are
/// hundreds of thousands: what most do not have, what many have alike, and texts take the room of a pointer.
struct Finding {
  SharedText rule;  ///< its id
  Severity severity{};
  Status status = Status::open;
  Certainty certainty = Certainty::confirmed;
  Scope scope = Scope::universal;
  Effect effect = Effect::none;
  /// An inconclusive finding that keeps the run from a verdict: nobody else answered its question.
  bool blocks_verdict = false;
  /// Others had the answers that a vantage failed to give: it is told, and does nothing to the verdict.
  bool settled = false;
  bool waived_inline = false;  ///< by a comment in the inventory
  bool provisional = false;    ///< of a shard: about the run as a whole, of which it knows a part
  Span at;
  std::vector<std::string> vantages;  ///< that saw it, in the inventory's order; empty for an offline rule
  Target target;
  Shared<Phrase> phrase;  ///< what its sentence is put together from; nothing of what was not judged here
  SharedText said;        ///< the sentence itself, of such a one
  SharedText expected, observed;
  PackedValues values;  ///< what its texts are put together from, and more
  std::optional<Time> clears_at;
  SharedText fix;
  SharedText waiver_reason;  ///< of a waived finding
  SharedText fingerprint;
  Rare<Told> told{};  ///< of a shard

  // Set by who reports; a report that was read again has no `at`.
  Location location;   ///< of `at`
  SharedText excerpt;  ///< the source line with carets, for text; not part of the JSON
  /// The record that it is about, in the zone file or octoDNS YAML that answered: the line that a change changes.
  /// `location` stays the inventory's.
  Rare<Location> record{};
  SharedText record_excerpt{};  ///< of that line; not part of the JSON
  Shared<Belongs> belongs{};    ///< where somebody asks for it; not part of the JSON

  /// Its sentence: put together when it is asked for, as it says once more what the other members have.
  std::string message() const;
  /// Where a reader is led first.
  const Location& place() const { return record ? *record : location; }
  std::string_view shown_excerpt() const { return (record ? record_excerpt : excerpt).text(); }
};

/// Of two at one place, the one that stands first in a report.
bool is_before(const Finding& a, const Finding& b);

/// What a shard knows of the run as a whole, beside its findings.
struct Remainder {
  /// A waiver or an entry of the baseline that accepts nothing here.
  struct Unused {
    std::size_t which = 0;  ///< of the waivers, and behind them of the entries
    Finding finding;
  };
  std::vector<Unused> unused;
  /// What is not said because the vantage answered nothing here: it may have answered others.
  std::vector<Finding> hidden;
  std::size_t waivers = 0;  ///< that there are
};

/// What zone files are called as a vantage, and beside others that they are laid over.
inline constexpr std::string_view zone_files_name = "zone files";

struct VantageStats {
  std::string name;
  dns::VantageKind kind{};
  std::size_t questions = 0, unanswered = 0;
  double p50_ms = 0, p99_ms = 0;
  std::size_t outside = 0;  ///< of the questions, those that no zone file holds, when nobody else was to be asked
  std::string
      first_failure{};  ///< of the questions without a definite answer the first by name, and how it failed
};

/// What a run with zone files alone leaves to others: zones that no file holds.
struct NotInGate {
  std::size_t questions = 0;
  std::vector<Target> targets;     ///< that could be judged in part, or not at all; sorted
  std::vector<std::string> zones;  ///< that the questions are about: of the inventory, or by their names; sorted
  std::size_t further_addresses = 0;  ///< that are among the targets, and of which no more is known

  std::size_t count(TargetKind kind) const;
};

struct Summary {
  std::size_t addresses = 0, questions = 0;
  /// Of the questions, those that a vantage failed to answer, or was not sent any more since it had failed.
  std::size_t unanswered = 0;
  std::size_t outside = 0;  ///< and those that no zone file holds, when nobody else was to be asked
  std::size_t errors = 0, warnings = 0, infos = 0, waived = 0, inconclusive = 0, baseline = 0;
};

struct AuditResult {
  Verdict verdict = Verdict::pass;
  Summary summary;
  std::vector<VantageStats> vantages;
  std::vector<Finding> findings;  ///< in file order, then by rule
  NotInGate not_in_gate;
  std::optional<Remainder> remainder{};     ///< of a shard
  std::vector<std::size_t> used{};  ///< waivers, and behind them entries of the baseline, that accepted something
};

}  // namespace rdnsgate::audit
