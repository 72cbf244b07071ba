// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/engine/part.h"
#include "audit/result.h"
#include "audit/run_context.h"
#include "audit/verdict/coverage.h"
#include "base/text/diagnostic.h"

namespace rdnsgate::report {

/// Where the run was started. CI wants paths from the root of the repository, whatever folder that was.
struct Place {
  std::string root;    ///< absolute path of the repository, or of the run's folder where there is none
  std::string folder;  ///< of the run, from the root: empty for the root itself
};

/// Something that a change lets the gate find less by (audit::Weakening).
struct Weakening {
  std::string what, subject, before, now;
  std::string path;      ///< of the file that says so now; empty where none does
  std::size_t line = 0;  ///< 1-based; 0 for all of it
};

/// A run that judges only what differs from a commit.
struct ChangedSince {
  std::string ref;                    ///< as it was given
  std::size_t judged = 0, of = 0;     ///< subjects: addresses, senders, zones, relays and domains
  std::vector<Weakening> weakened{};  ///< against that commit
};

/// `rule ptr-missing: error before, off now`; foreign text in it.
std::string sentence(const Weakening& one);

/// The report document (schemas/report.schema.json) as a value: what every format is rendered from. Times are
/// UTC; texts may be foreign and are escaped by each format for itself.
struct Document {
  using Location = audit::Location;
  using Belongs = audit::Belongs;
  using Finding = audit::Finding;
  /// What machine formats say of a rule that a finding names.
  struct Rule {
    std::string id, summary, page;  ///< `page`: its Markdown, or empty
    Severity severity{};            ///< by default
    /// Rules whose findings, about the same, make its own: they go together.
    std::vector<std::string> follows{};
    std::string page_url{};  ///< where its page can be read; empty where nowhere
  };

  /// What a shard has to tell whoever puts the run together from all of them (`report merge`).
  struct Part {
    using Unused = audit::Remainder::Unused;
    /// An entry of the baseline that may accept what is said of the run as a whole.
    struct Entry {
      std::size_t which = 0;  ///< as above
      audit::Baseline::Entry entry;
    };
    audit::Shard shard;
    Severity fail_on = Severity::error;
    bool transient_fails = false;
    std::string inconclusive = "report";  ///< as --inconclusive has it
    std::vector<std::string> files{};     ///< that findings may point to, in the order of the report
    std::size_t unjudged = 0;             ///< subjects that the deadline cut off
    std::vector<audit::VantagePart> vantages{};  ///< beside Document::vantages
    std::vector<Finding> hidden{};               ///< see audit::Remainder
    std::vector<Unused> unused{};
    std::vector<Entry> entries{};
  };

  std::string tool_version;
  std::string homepage{};  ///< of the tool; empty: it has none. Not part of the JSON
  std::string
      category{};  ///< what tells uploads of one commit apart; empty: by command and inventory. Not part of the JSON
  std::string command{};  ///< `lint` or `check`, with what it was held against
  std::string inventory_path, inventory_sha256;
  std::string config_path{};  ///< empty: none was read
  Time started_at{}, finished_at{};
  audit::Verdict verdict = audit::Verdict::pass;
  audit::Summary summary;
  std::vector<audit::VantageStats> vantages;
  std::vector<Finding> findings;
  audit::NotInGate not_in_gate{};  ///< of a run with zone files alone
  std::optional<ChangedSince> changed_since{};
  std::shared_ptr<Part> part{};  ///< of a shard

  // Not part of the JSON:
  bool unusable = false;                  ///< something could not be read, and nothing was judged
  std::vector<Rule> rules;                ///< that findings name, sorted by id
  std::vector<audit::Coverage> coverage;  ///< what was judged; only where a format asks for it
  Place place;

  /// nullptr for a problem with a file, which no rule names.
  const Rule* rule(std::string_view id) const;
};

/// `3 addresses with records in 2.0.192.in-addr.arpa, which no zone file holds`; empty where nothing is left out. Zones of
/// the inventory may be foreign text.
std::string sentence(const audit::NotInGate& left_out);
/// What brings it in.
inline constexpr std::string_view over_hint =
    "--over live asks for them, --over FILE takes them from a snapshot";

struct RunInfo {
  std::string inventory_path, inventory_sha256;
  Time started_at{}, finished_at{};
  Place place{};
  std::string config_path{};  ///< empty: none was read
  std::string stdin_name{};   ///< what standard input is called; empty for `<stdin>`
  std::optional<ChangedSince> changed_since{};
  std::string command{};  ///< see Document::command
  std::optional<audit::Shard> shard{};
};

Document make_document(const RunInfo& run, audit::AuditResult&& result, const Sources& sources);

/// What a finding does by default, as it stands: a report says of the others what they do.
audit::Effect usual_effect(const Document::Finding& finding);

/// Says where the record stands that a finding is about.
void set_record(Document::Finding& finding, Span at, const RunInfo& run, const Sources& sources);

/// For an inventory that could not be read: its problems as findings, each with its code as the rule.
Document make_document(const RunInfo& run, const Diagnostics& problems, const Sources& sources);

}  // namespace rdnsgate::report
