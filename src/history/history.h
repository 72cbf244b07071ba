// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "audit/result.h"
#include "audit/target.h"
#include "base/result.h"
#include "base/severity.h"
#include "base/timestamp.h"

// What was seen over time, and where it is kept. All texts may be foreign; whoever prints them escapes them.
namespace rdnsgate::history {

/// How a vantage was answered in one run. With `zone` and `server` empty, all of it; else what that server (`192.0.2.53#53`)
/// answered for names of that zone.
struct Latency {
  std::string vantage, zone, server;
  std::size_t questions = 0, timeouts = 0, failures = 0;  ///< timeouts are none of the failures
  double p50_ms = 0, p95_ms = 0, p99_ms = 0;              ///< of the questions that were answered
  bool operator==(const Latency&) const = default;
};

/// What a server of a zone had in one run.
struct ZoneLook {
  std::string zone, server;
  std::optional<std::uint32_t> serial;
  /// Of records that the inventory declares, as the server itself has them; seconds. Nothing where none was asked there.
  std::optional<std::uint32_t> ttl_low, ttl_high;
  bool operator==(const ZoneLook&) const = default;
};

/// One look at the world.
struct Run {
  std::string id;  ///< new_run_id()
  std::string inventory_path, inventory_sha256;
  /// Who looked, where several keep one history: a host, a network. Runs of one inventory and one origin follow on each
  /// other; those of others have findings of their own.
  std::string origin;
  std::string git_revision;  ///< of the inventory's repository; empty where there is none
  Time started_at{}, finished_at{};
  audit::Verdict verdict = audit::Verdict::pass;
  audit::Summary summary;
  std::vector<Latency>
      latency;  ///< of each vantage that was asked; who got no answer at all had no look at anything
  std::vector<ZoneLook> zones;
  /// Everything was judged. Else only `judged`: of anything else the run says nothing, and no finding there recovers.
  bool whole = true;
  std::vector<audit::Target> judged;  ///< not kept
};

/// 32 hexadecimal digits, of the system's random generator.
std::string new_run_id();

/// A finding as one run has it.
struct Seen {
  std::string fingerprint;  ///< of the report: the same in every run
  std::string rule;
  Severity severity{};
  audit::Status status{};
  audit::Certainty certainty{};
  audit::Scope scope{};
  std::vector<std::string> vantages;
  audit::Target target;
  std::string zone, sender;  ///< whose it is; empty where the inventory does not say
  std::string message, expected, observed;
  std::string path;  ///< of the inventory, where it is declared
  std::size_t line = 0;
  /// Of an inconclusive one: others answered what its vantages failed to. Not kept.
  bool settled = false;
  bool operator==(const Seen&) const = default;
};

/// How often something has to be seen before it counts: in `confirmations` of the last `window` looks at its subject.
struct Policy {
  std::size_t confirmations = 1, window = 1;  ///< 1 <= confirmations <= window <= max_window
};
inline constexpr std::size_t max_window = 32;
/// Says what is wrong with it.
Result<void> check(const Policy& policy);

enum class TransitionKind : std::uint8_t { opened, changed, recovered };
std::string_view to_string(TransitionKind kind);
std::optional<TransitionKind> parse_transition_kind(std::string_view text);

/// What a finding was before a transition.
struct Before {
  Severity severity{};
  audit::Status status{};
  audit::Certainty certainty{};
  std::string observed;
  Time opened_at{};  ///< since when the finding had been open
  bool operator==(const Before&) const = default;
};

/// A finding that came, went or became another.
struct Transition {
  TransitionKind kind{};
  Seen finding;                  ///< as it is now; of a recovered one, as it was told last
  Time at{};                     ///< when the run that shows it ended
  Time since{};                  ///< when the first look that showed it ended; never after `at`
  std::string run;               ///< its id
  std::optional<Before> before;  ///< nothing of one that opened
  std::int64_t number = 0;       ///< of the history, rising in the order of writing; 0: not written
  std::string inventory_path{}, origin{};
  bool operator==(const Transition&) const = default;

  /// How long a recovered one had been open, at least; never negative, however clocks were set.
  seconds lasted() const;
};

/// What is known of a finding that is open, or that may be.
struct Track {
  struct Look {
    Time at{};
    bool seen = false;
    bool operator==(const Look&) const = default;
  };
  /// What it became, not often enough to count yet.
  struct Pending {
    std::string observed;
    audit::Certainty certainty{};
    Time since{};
    std::size_t looks = 0;
    bool operator==(const Pending&) const = default;
  };

  Seen finding;       ///< as it was told last; of one that is not open, as it was seen last
  bool open = false;  ///< else it was not seen often enough yet
  Time opened_at{};   ///< the first look that showed it
  Time last_seen{};
  bool steady = true;  ///< each look since then that was to show it did
  /// The last ones, oldest first; inconclusive ones are none. Empty for an open one that is seen each time.
  std::vector<Look> looks;
  std::optional<Pending> pending;
  std::string inventory_path{}, origin{};
  bool operator==(const Track&) const = default;

  /// The next look decides more than usual: look again soon.
  bool is_doubtful() const { return !open || !looks.empty() || pending.has_value(); }
};

/// What follows from one look. Pure.
struct Step {
  std::vector<Transition>
      transitions;            ///< in the order of the findings; those that are gone behind, by fingerprint
  std::vector<Track> tracks;  ///< what is known now, by fingerprint; what is not there any more is settled
};
/// `tracks`: what was known of the findings of this inventory and origin. A finding that is not there any more recovers
/// only where its subject was looked at: an inconclusive finding about the same subject, at vantages that saw it or in
/// place of a verdict, is no look, nor is one through vantages that got no answer at all.
Step transitions(std::vector<Track> tracks, const Run& run, const std::vector<Seen>& seen,
                 const Policy& policy);

/// Why a history does not do what was asked.
struct Failure {
  enum class Kind : std::uint8_t {
    other,
    busy,         ///< somebody else is writing, for longer than was waited
    full,         ///< no room left on the disk
    read_only,    ///< it cannot be written to here
    not_ours,     ///< it is something else: no history, or nothing that this program made
    newer,        ///< a later version of this program made it
    corrupt,      ///< what is there contradicts itself
    unreachable,  ///< the server is not there, or does not answer in time: later it may
  };
  Kind kind = Kind::other;
  Error error;
};
template <typename T>
using Outcome = tl::expected<T, Failure>;

struct Appended {
  std::vector<Transition> transitions;
  std::vector<audit::Target> doubtful;  ///< what to look at again soon, each once, sorted
  bool known = false;  ///< a run of this id was there already: nothing was written, and nothing is told
};

/// What to show. An empty text is anything.
struct Filter {
  std::optional<Time> since, until;  ///< both included
  std::string fingerprint, rule, zone, vantage;
  std::string ip;    ///< an address in RFC 5952 form
  std::string name;  ///< a sender, a domain, a relay, a zone, or a path of one
  std::string inventory_path;
  std::optional<std::string> origin;
  std::optional<bool> open;  ///< of findings
  bool latency = true;       ///< of runs: with how vantages were answered, which are many rows for each
  bool newest_first = false;
  std::int64_t after = 0;    ///< the number of the last one that was shown; 0: from the beginning
  std::size_t limit = 1000;  ///< at most so many; 0: all
};

struct KeptRun {
  Run run;  ///< latency only as long as it is kept run by run (Retention::runs_fine)
  std::int64_t number = 0;
  std::size_t opened = 0, changed = 0, recovered = 0;  ///< transitions that it brought
};

/// Of one hour, of all runs that ended in it.
struct LatencyHour {
  Time hour{};
  Latency latency;  ///< p50 is the mean of the runs by their questions, p95 and p99 the highest
  std::size_t runs = 0;
  std::string inventory_path, origin;
};

/// A server had this from the first look to the last.
struct ZoneState {
  ZoneLook look;
  Time first_seen{}, last_seen{};
  std::string first_run;  ///< its id
  std::int64_t number = 0;
  std::string inventory_path, origin;
};

/// How long what is kept; 0 for ever. What is open is always kept, with the transition that opened it.
struct Retention {
  seconds runs_fine{30 * 86400};  ///< latency run by run; hours stay
  seconds all{400 * 86400};       ///< runs, transitions, hours and what zones had
};
struct Pruned {
  std::size_t runs = 0, transitions = 0, latencies = 0, zones = 0;
};

/// Runs and what follows from them. One object is for one thread; several, in several processes, may be at work on one
/// history.
class History {
 public:
  virtual ~History() = default;

  /// Writes the run, what it saw, and what follows from that for the findings of its inventory and origin: all of it or
  /// nothing. What was returned stays, whatever happens to the program, the machine or its power.
  virtual Outcome<Appended> append(const Run& run, const std::vector<Seen>& seen, const Policy& policy) = 0;

  /// What is open or may be, by inventory, origin and when it opened.
  virtual Outcome<std::vector<Track>> findings(const Filter& filter) = 0;
  /// By number: the order in which they were written, whatever their clocks showed.
  virtual Outcome<std::vector<KeptRun>> runs(const Filter& filter) = 0;
  virtual Outcome<std::vector<Transition>> timeline(const Filter& filter) = 0;
  virtual Outcome<std::vector<ZoneState>> zones(const Filter& filter) = 0;
  /// By hour, inventory, origin, vantage, zone and server.
  virtual Outcome<std::vector<LatencyHour>> latency(const Filter& filter) = 0;

  virtual Outcome<Pruned> prune(const Retention& retention, Time now) = 0;
};

}  // namespace rdnsgate::history
