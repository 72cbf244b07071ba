// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/files/ustar.h"
#include "base/timestamp.h"
#include "dns/facts/vantage.h"
#include "dns/wire/packet.h"
#include "report/document.h"
#include "report/evidence/milestones.h"
#include "report/evidence/redaction.h"
#include "report/trace.h"

namespace rdnsgate::report {

/// Where the facts of a bundle are from.
enum class EvidenceSource : std::uint8_t { live, snapshot, zone_files };
std::string_view to_string(EvidenceSource source);

/// Who holds a zone that a finding is about.
struct Holder {
  std::string zone, managed_by, contact, owner;  ///< empty where the inventory does not say
};

/// A line of a mail log that is about the subject, or several that say the same.
struct EvidenceLog {
  std::string receiver, what, first, last, text;  ///< `text`: of the first; foreign
  std::uint64_t count = 0;
};

/// All that goes into a bundle, before it is redacted.
struct EvidenceDocument {
  std::string tool_version;
  std::string asked_for;  ///< as it was named
  std::vector<audit::Target> subjects;
  EvidenceSource source = EvidenceSource::live;
  Time taken_at{}, finished_at{};
  Document report;  ///< with the findings about the subjects alone
  /// From a report that was named: findings about the subjects that are not seen any more.
  std::vector<Document::Finding> not_seen;
  Time reported_at{};  ///< of that report
  std::vector<Holder> holders;
  std::vector<dns::VantageInfo> vantages;
  std::vector<dns::Fact>
      facts;  ///< that the findings stand on, by vantage, name and type; of no internal view
  std::vector<dns::Packet> packets;   ///< in the order in which they came
  std::size_t packets_left_out = 0;   ///< for want of room
  std::size_t internal_left_out = 0;  ///< facts of internal views
  std::vector<TraceDocument> walks;
  std::vector<std::string> notes;  ///< what could not be had, and why; foreign text
  std::vector<AddressMilestones> milestones;
  bool has_logs = false;
  std::vector<EvidenceLog> logs;
  std::string timeline;  ///< harmless text; empty: no history was given
  Redaction redaction;
};

/// Bounds of what a bundle holds; what is beyond is counted in its manifest.
inline constexpr std::size_t most_evidence_facts = 2000, most_evidence_octets = std::size_t{16} << 20;

/// The files of the bundle, the manifest and the checksums the last of them: the same octets for the same document. Names
/// are ours alone.
std::vector<ArchiveFile> evidence_files(const EvidenceDocument& document);

/// The folder that they are in.
std::string evidence_folder(const EvidenceDocument& document);

// Parts of it, each a text; harmless for a terminal.
std::string evidence_readme(const EvidenceDocument& document, bool has_packets);
std::string evidence_transcripts(const EvidenceDocument& document);
std::string evidence_delegation(const EvidenceDocument& document);
std::string evidence_letter(const EvidenceDocument& document);

/// The octets of the bundle: ustar in gzip.
std::string pack_evidence(const std::vector<ArchiveFile>& files, Time time);

}  // namespace rdnsgate::report
