// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
//
// What somebody reads who has none of our programs: the README of a bundle, and the letter.
#include <fmt/format.h>

#include <algorithm>

#include "base/text/escape.h"
#include "base/text/text.h"
#include "base/text/wrap.h"
#include "report/evidence/evidence.h"

namespace rdnsgate::report {
namespace {

constexpr std::size_t width = 76;

using Finding = Document::Finding;

std::string escaped(const std::string& text) { return escape_terminal(text); }

std::string paragraph(std::string_view indent, const std::string& text) {
  return std::string(indent) + wrapped(escape_terminal(text), width, indent, indent.size()) + "\n";
}

bool is_shown(const Finding& finding) { return finding.status == audit::Status::open; }

std::string certainty_text(const Finding& finding) {
  switch (finding.certainty) {
    case audit::Certainty::confirmed:
      return "confirmed";
    case audit::Certainty::transient:
      return finding.clears_at ? fmt::format("only caches show it, until {}", format_time(*finding.clears_at))
                               : "only caches show it";
    case audit::Certainty::inconclusive:
      return "could not be determined: this is no statement about the records";
  }
  return {};
}

std::string finding_text(const Finding& finding) {
  std::string out = paragraph(
      "  ", fmt::format("* {}: {} [{}]", to_string(finding.severity), finding.message(), finding.rule));
  out += paragraph("    ", certainty_text(finding));
  if (!finding.expected.empty()) out += paragraph("    ", fmt::format("expected: {}", finding.expected));
  if (!finding.observed.empty()) out += paragraph("    ", fmt::format("observed: {}", finding.observed));
  if (!finding.fix.empty()) out += paragraph("    ", fmt::format("fix: {}", finding.fix));
  return out;
}

std::string subject_text(const EvidenceDocument& document) {
  std::vector<std::string> all;
  for (const auto& target : document.subjects) {
    if (target.kind == audit::TargetKind::address || document.subjects.size() == 1)
      all.push_back(fmt::format("{} {}", audit::to_string(target.kind), target.id));
  }
  if (all.empty() && !document.subjects.empty())
    all.push_back(
        fmt::format("{} {}", audit::to_string(document.subjects.front().kind), document.subjects.front().id));
  constexpr std::size_t most = 6;
  if (all.size() > most) {
    const auto more = all.size() - most;
    all.resize(most);
    all.push_back(fmt::format("{} more", more));
  }
  return fmt::format("{}", fmt::join(all, ", "));
}

std::string holder_text(const Holder& holder) {
  std::string text = fmt::format("zone {}", holder.zone);
  if (!holder.managed_by.empty()) text += fmt::format(", changed by {}", holder.managed_by);
  if (!holder.contact.empty()) text += fmt::format(", contact {}", holder.contact);
  if (!holder.owner.empty()) text += fmt::format(", looked after by {}", holder.owner);
  return text;
}

/// How the records that matter are asked for, with tools that everybody has.
std::vector<std::string> commands(const EvidenceDocument& document) {
  std::vector<std::string> all;
  const auto add = [&](std::string command) {
    if (std::find(all.begin(), all.end(), command) == all.end() && all.size() < 12)
      all.push_back(std::move(command));
  };
  for (const auto& address : document.milestones) {
    add(fmt::format("dig -x {}", address.ip.to_string()));
    const auto* type = address.ip.is_v4() ? "A" : "AAAA";
    if (!address.ptr.empty()) add(fmt::format("dig {} {}", shell_word(address.ptr), type));
    if (!address.helo.empty()) add(fmt::format("dig {} {}", shell_word(address.helo), type));
  }
  for (const auto& holder : document.holders) {
    add(fmt::format("dig {} NS", shell_word(holder.zone)));
    add(fmt::format("dig {} SOA", shell_word(holder.zone)));
  }
  return all;
}

std::string since_text(const EvidenceDocument& document) {
  if (!document.timeline.empty()) return "timeline.md has it, as it was seen over time.";
  Time first = document.taken_at;
  if (!document.not_seen.empty()) first = std::min(first, document.reported_at);
  return fmt::format("It was seen at {}. How long it had been so before is not known: no history was given.",
                     format_time(first));
}

}  // namespace

std::string evidence_readme(const EvidenceDocument& document, bool has_packets) {
  std::string out = "EVIDENCE ABOUT REVERSE DNS\n\n";
  out += paragraph("", "About: " + subject_text(document));
  out += paragraph("", fmt::format("Asked: {} to {} (UTC), from {}", format_time(document.taken_at),
                                   format_time(document.finished_at),
                                   document.source == EvidenceSource::live ? "the live DNS"
                                   : document.source == EvidenceSource::snapshot
                                       ? "a snapshot of the DNS that was recorded then"
                                       : "zone files, not the live DNS"));
  out += "\nWHAT IS WRONG\n\n";
  std::size_t shown = 0;
  for (const auto& finding : document.report.findings) {
    if (!is_shown(finding)) continue;
    if (++shown <= 20) out += finding_text(finding);
  }
  if (shown > 20) out += fmt::format("  and {} more: see findings.txt\n", shown - 20);
  if (shown == 0) out += "  Nothing, as far as these answers go.\n";
  if (!document.not_seen.empty()) {
    out += fmt::format("\n  Reported at {}, and not seen any more:\n", format_time(document.reported_at));
    for (const auto& finding : document.not_seen) out += finding_text(finding);
  }
  out += "\nSINCE WHEN\n\n" + paragraph("  ", since_text(document));
  out += "\nWHO CAN FIX IT\n\n";
  for (const auto& holder : document.holders) out += paragraph("  ", holder_text(holder));
  if (document.holders.empty()) out += "  The inventory does not say who holds the zone.\n";
  out += "\nWHAT TO CHECK\n\n";
  for (const auto& command : commands(document)) out += "  " + escaped(command) + "\n";
  out += "  (with @NAMESERVER each name server of the zone is asked itself)\n";
  for (const auto& address : document.milestones) {
    out += fmt::format("\n  {}{}\n", address.ip.to_string(),
                       address.ptr.empty() ? "" : ", which is to be " + escaped(address.ptr));
    const auto lines = milestone_lines(address);
    for (std::size_t at = 0; at < lines.size();) {
      const auto end = lines.find('\n', at);
      out += "  " + lines.substr(at, end + 1 - at);
      at = end + 1;
    }
    if (out.size() > (std::size_t{1} << 18)) break;
  }
  out += "\nHOW THIS WAS MADE\n\n";
  out += paragraph(
      "  ", has_packets
                ? "packets.pcap has messages as they were sent and received, octet for octet. Their IP "
                  "headers are made: sockets do not show them, and the address that asked is left "
                  "out. tcpdump -n -r packets.pcap, or Wireshark, shows them."
                : "No packets were captured.");
  out += paragraph(
      "  ",
      "transcripts.txt shows the questions and answers as dig would. What is rebuilt there from recorded "
      "facts, "
      "and not captured, is marked so; manifest.json says for each file where its content is from.");
  if (document.packets_left_out > 0)
    out += paragraph("  ", fmt::format("{} more were not kept, for want of room.",
                                       counted(document.packets_left_out, "message", "messages")));
  if (document.internal_left_out > 0)
    out += paragraph("  ", fmt::format("{} of internal views are left out.",
                                       counted(document.internal_left_out, "answer", "answers")));
  for (const auto& note : document.notes) out += paragraph("  ", note);
  out += paragraph(
      "  ",
      "sha256sum -c SHA256SUMS tells whether a file was damaged. It tells nothing of who made it: for that, "
      "compare the checksum of the whole archive with what its sender says.");
  return out;
}

std::string evidence_letter(const EvidenceDocument& document) {
  std::string out;
  std::vector<std::string> contacts, owners;
  for (const auto& holder : document.holders) {
    if (!holder.contact.empty() &&
        std::find(contacts.begin(), contacts.end(), holder.contact) == contacts.end())
      contacts.push_back(holder.contact);
    if (!holder.owner.empty() && std::find(owners.begin(), owners.end(), holder.owner) == owners.end())
      owners.push_back(holder.owner);
  }
  if (!contacts.empty())
    out += fmt::format("To: {}\n", escaped(fmt::format("{}", fmt::join(contacts, ", "))));
  out += fmt::format("Subject: {}\n\nHello,\n\n",
                     escaped(fmt::format("reverse DNS of {}", subject_text(document))));
  const auto& all = document.report.findings;
  // What mail is refused for: advice is in findings.txt.
  const auto matters = [](const Finding& one) {
    return is_shown(one) && one.severity == Severity::error && one.certainty != audit::Certainty::inconclusive;
  };
  const bool is_wrong = std::any_of(all.begin(), all.end(), matters);
  const bool is_open = std::any_of(all.begin(), all.end(), [](const auto& one) {
    return is_shown(one) && one.certainty == audit::Certainty::inconclusive;
  });
  out += paragraph(
      "", is_wrong ? fmt::format(
                         "mail from the addresses below may be refused for their reverse DNS. This is what "
                         "we saw at {} (UTC):",
                         format_time(document.taken_at))
                   : fmt::format("this is what we saw of the addresses below at {} (UTC):",
                                 format_time(document.taken_at)));
  out += "\n";
  std::size_t shown = 0;
  for (const auto& finding : all) {
    if (matters(finding) && ++shown <= 10) out += paragraph("  ", "* " + finding.message());
  }
  if (is_open) out += "  * some of it could not be determined: README.txt says what\n";
  if (shown == 0 && !is_open) out += "  * nothing is wrong any more\n";
  if (shown > 10) out += fmt::format("  * and {} more, which findings.txt has\n", shown - 10);
  out += "\n";
  bool has_request = false;
  for (const auto& address : document.milestones) {
    const auto& ms = address.milestones;
    const bool is_missed = std::any_of(ms.begin(), ms.end(), [](const auto& one) {
      return one.kind == MilestoneKind::ptr && one.state == PathState::bad;
    });
    if (address.ptr.empty() || !is_missed) continue;
    if (!has_request) out += "Please set these PTR records, and no others for these addresses:\n\n";
    has_request = true;
    out += fmt::format("  {} IN PTR {}.\n", dns::reverse_name(address.ip).fqdn(), escaped(address.ptr));
    if (out.size() > (std::size_t{1} << 18)) break;
  }
  if (has_request) out += "\n";
  out += "We take it for done when:\n\n";
  for (const auto& address : document.milestones) {
    out += fmt::format("{}\n{}\n", address.ip.to_string(), milestone_lines(address));
    if (out.size() > (std::size_t{1} << 19)) break;
  }
  out += paragraph(
      "",
      "What was asked, of whom and when, and what came back is in the other files: begin with README.txt.");
  out += fmt::format("\nKind regards,\n{}\n",
                     owners.empty() ? "(your name)" : escaped(fmt::format("{}", fmt::join(owners, ", "))));
  return out;
}

}  // namespace rdnsgate::report
