// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "audit/target.h"
#include "base/duration.h"
#include "base/severity.h"
#include "base/timestamp.h"
#include "report/evidence/redaction.h"

namespace rdnsgate::report {

/// Something that happened while a finding was open, or before. All texts may be foreign.
struct TimelineEvent {
  enum class Kind : std::uint8_t {
    clean,
    began,
    told,
    changed,
    recovered,
    serial,
    revision,
    inventory,
    phase
  };
  Time at{};
  Kind kind{};
  std::string what;  ///< a sentence without a dot, fit for everybody
  std::string who;   ///< who saw it; of no concern to others
  /// Of our house alone: revisions and files.
  bool is_internal() const { return kind == Kind::revision || kind == Kind::inventory; }
};
std::string_view to_string(TimelineEvent::Kind kind);

/// One time that a finding was open, from the last look that did not show it.
struct FindingStory {
  std::string tool_version;
  Time made_at{};
  std::string history;  ///< what it is called, without passwords
  std::string fingerprint, rule;
  Severity severity{};
  audit::Target target;
  std::string zone, sender;
  std::string message, expected, observed;
  std::size_t earlier = 0;            ///< times that it was open before
  std::size_t looks = 0;              ///< runs from the last clean one to the end
  std::optional<Time> last_clean;     ///< when the last look before ended; nullopt: there was none
  Time first_seen{}, told_at{};       ///< first look that showed it; when it counted
  std::optional<Time> recovered_at;   ///< nullopt: it is still open
  std::vector<TimelineEvent> events;  ///< by time
  Redaction redaction;                ///< for others

  /// From the earliest moment at which it can have begun to when it was told; nullopt where no clean look is known.
  std::optional<seconds> longest_to_detect() const;
  std::optional<seconds> to_recover() const;  ///< from the first look that showed it
};

/// Markdown to be finished by hand: what is known stands there, what nobody but a person knows is asked for.
std::string render_postmortem(const FindingStory& story);

/// Markdown for a receiving team: what was wrong, since when, which steps were taken and when it was right again. Without
/// who saw it, revisions, files, and what is redacted.
std::string render_receiver_timeline(const FindingStory& story);

/// A line an event, harmless for a terminal.
std::string render_timeline_text(const FindingStory& story);

}  // namespace rdnsgate::report
