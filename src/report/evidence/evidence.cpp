// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "report/evidence/evidence.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "base/hash.h"
#include "base/text/escape.h"
#include "dns/snapshot/fact_json.h"
#include "dns/snapshot/gzip.h"
#include "dns/wire/dig_text.h"
#include "report/evidence/pcap.h"
#include "report/formats.h"
#include "report/json_text.h"

namespace rdnsgate::report {
namespace {

/// Where the octets of a file come from.
struct Member {
  std::string_view name, origin, about;
  std::string content;
};

class Bundle {
 public:
  explicit Bundle(const EvidenceDocument& document) : document_(document) {}

  std::vector<ArchiveFile> files() {
    const auto packets = write_packets();
    add("README.txt", "written", "what is wrong, who can fix it, what to check: begin here",
        evidence_readme(document_, !packets.empty()));
    add("findings.json", "judged", "the findings, for programs", render_json(document_.report));
    add("findings.txt", "judged", "the findings, for people", findings_text());
    add("transcripts.txt", document_.packets.empty() ? "rebuilt" : "captured and rebuilt",
        "what was asked, of whom, when, and what came back", evidence_transcripts(document_));
    add("facts.jsonl", document_.source == EvidenceSource::live ? "recorded" : "recorded earlier",
        "the same for programs: rdnsgate check --replay reads it", facts());
    if (!packets.empty())
      add("packets.pcap", "captured", "messages octet for octet; IP headers are made", packets);
    add("delegation.txt", document_.walks.empty() ? "recorded" : "recorded and walked",
        "who delegates the zones to whom, serials, zone transfers", evidence_delegation(document_));
    if (!document_.milestones.empty()) {
      add("milestones.json", "judged", "what has to be reached: rdnsgate ticket status reads it",
          milestones());
      add("letter.txt", "written", "a letter to who holds the zone, with the milestones",
          evidence_letter(document_));
    }
    if (document_.has_logs)
      add("logs.txt", "read from logs", "what mail servers said, without mailboxes", logs());
    if (!document_.timeline.empty())
      add("timeline.md", "read from history", "since when, and what changed", document_.timeline);
    seal();
    return std::move(files_);
  }

 private:
  void add(std::string_view name, std::string_view origin, std::string_view about, std::string content) {
    if (name != "packets.pcap") content = document_.redaction.text(content);
    if (content.size() > most_evidence_octets) {
      // In the middle of a line no format is whole: what is cut is text for people alone.
      content.resize(content.rfind('\n', most_evidence_octets) + 1);
      content += fmt::format("... cut off behind {} MiB\n", most_evidence_octets >> 20);
    }
    members_.push_back({name, origin, about, {}});
    files_.push_back({std::string(name), std::move(content)});
  }

  std::string findings_text() const {
    const auto text = render_text(document_.report, TextStyle{.asked_dns = true});
    return text.empty() ? "no findings about this\n" : text;
  }

  std::string write_packets() {
    std::vector<dns::Packet> shown;
    for (const auto& packet : document_.packets) {
      if (packet.transport == dns::Transport::tls) continue;
      // A message is shown as it was or not at all.
      if (!document_.redaction.empty() && document_.redaction.hits(dns::dig_text(packet.message)))
        ++redacted_packets_;
      else
        shown.push_back(packet);
    }
    return shown.empty() ? std::string() : write_pcap(shown);
  }

  std::string facts() {
    std::vector<std::string> lines;
    std::size_t octets = 0;
    for (const auto& fact : document_.facts) {
      auto line = dns::fact_line(fact);
      if (!document_.redaction.empty() && document_.redaction.hits(line)) {
        ++redacted_facts_;
      } else if (octets + line.size() > most_evidence_octets / 2) {
        ++cut_facts_;
      } else {
        octets += line.size() + 1;
        lines.push_back(std::move(line));
      }
    }
    std::string out = dns::head_line({document_.tool_version, document_.taken_at, document_.finished_at,
                                      document_.vantages},
                                     lines.size()) +
                      "\n";
    for (const auto& line : lines) out += line + "\n";
    return out;
  }

  std::string milestones() const {
    TicketDocument ticket{document_.tool_version, "evidence", document_.taken_at, {}, document_.milestones};
    for (const auto& vantage : document_.vantages) ticket.vantages.push_back(vantage.name);
    return render_ticket_json(ticket);
  }

  std::string logs() const {
    std::string out;
    for (const auto& log : document_.logs) {
      out += escape_terminal(fmt::format("{} x {} by {}, {} .. {}", log.count, log.what,
                                         log.receiver.empty() ? "somebody" : log.receiver,
                                         log.first.empty() ? "?" : log.first,
                                         log.last.empty() ? "?" : log.last)) +
             "\n  " + escape_terminal(log.text) + "\n";
    }
    return out.empty() ? "nothing about the subject in the logs that were read\n" : out;
  }

  /// The manifest, and the sums of all files before it and of itself.
  void seal() {
    Json files = Json::array();
    for (std::size_t i = 0; i < files_.size(); ++i)
      files.push_back({{"name", files_[i].name},
                       {"octets", files_[i].content.size()},
                       {"sha256", sha256_hex(files_[i].content)},
                       {"origin", members_[i].origin},
                       {"about", members_[i].about}});
    Json subjects = Json::array();
    for (const auto& target : document_.subjects)
      subjects.push_back({{"kind", audit::to_string(target.kind)}, {"id", target.id}});
    Json notes = Json::array();
    for (const auto& note : document_.notes) notes.push_back(note);
    const Json manifest{
        {"schema", "rdnsgate/evidence/1"},
        {"tool", {{"name", "rdnsgate"}, {"version", document_.tool_version}}},
        {"asked_for", document_.asked_for},
        {"subjects", std::move(subjects)},
        {"source", to_string(document_.source)},
        {"taken_at", format_time(document_.taken_at)},
        {"finished_at", format_time(document_.finished_at)},
        {"inventory_sha256", document_.report.inventory_sha256},
        {"packets",
         {{"captured", document_.packets.size()},
          {"headers", "made: sockets do not show IP, UDP and TCP headers; the asking side is 0.0.0.0 or ::"},
          {"left_out", document_.packets_left_out},
          {"redacted", redacted_packets_}}},
        {"facts",
         {{"kept", document_.facts.size() - redacted_facts_ - cut_facts_},
          {"redacted", redacted_facts_},
          {"internal", document_.internal_left_out},
          {"left_out", cut_facts_}}},
        {"notes", std::move(notes)},
        {"files", std::move(files)}};
    files_.push_back({"manifest.json", document_.redaction.text(dump(manifest) + "\n")});
    std::string sums;
    for (const auto& file : files_) sums += fmt::format("{}  {}\n", sha256_hex(file.content), file.name);
    files_.push_back({"SHA256SUMS", std::move(sums)});
    std::sort(files_.begin(), files_.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    const auto folder = evidence_folder(document_);
    for (auto& file : files_) file.name = folder + "/" + file.name;
  }

  const EvidenceDocument& document_;
  std::vector<Member> members_;
  std::vector<ArchiveFile> files_;
  std::size_t redacted_packets_ = 0, redacted_facts_ = 0, cut_facts_ = 0;
};

}  // namespace

std::string_view to_string(EvidenceSource source) {
  switch (source) {
    case EvidenceSource::live:
      return "live";
    case EvidenceSource::snapshot:
      return "snapshot";
    case EvidenceSource::zone_files:
      return "zone-files";
  }
  return "live";
}

std::string evidence_folder(const EvidenceDocument& document) {
  std::string key;
  for (const auto& target : document.subjects)
    key += fmt::format("{} {}\n", audit::to_string(target.kind), target.id);
  return "evidence-" + sha256_hex(key).substr(0, 12);
}

std::vector<ArchiveFile> evidence_files(const EvidenceDocument& document) { return Bundle(document).files(); }

std::string pack_evidence(const std::vector<ArchiveFile>& files, Time time) {
  std::string out;
  dns::Gzip gzip([&](std::string_view octets) {
    out += octets;
    return true;
  });
  gzip.write(write_ustar(files, time));
  gzip.finish();
  return out;
}

}  // namespace rdnsgate::report
