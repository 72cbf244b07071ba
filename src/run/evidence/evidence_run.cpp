// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/evidence/evidence_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text/text.h"
#include "base/version.h"
#include "dns/snapshot/snapshot.h"
#include "dns/wire/dig_text.h"
#include "resolve/adapters/replay.h"
#include "resolve/root_servers.h"
#include "resolve/walk/walk.h"
#include "run/evidence/milestones.h"
#include "run/evidence/postmortem_run.h"
#include "run/evidence/redact.h"
#include "run/evidence/stored_report.h"
#include "run/evidence/subjects.h"
#include "run/files/load.h"
#include "run/findings/trace_findings.h"
#include "run/frame/read_files.h"
#include "run/logs/logs_run.h"

namespace rdnsgate::run {
namespace {

using Finding = report::Document::Finding;
using report::EvidenceSource;

constexpr std::size_t most_packets = 5000, most_packet_octets = std::size_t{8} << 20, most_log_groups = 200,
                      most_stories = 5;
constexpr milliseconds most_walk{60'000};

class Gathering {
 public:
  Gathering(const EvidenceRequest& request, Listener& listener) : request_(request), listener_(listener) {}

  Attempt<report::EvidenceDocument> run() {
    auto inventory = read_inventory(request_.audit.files, sources_, listener_);
    if (!inventory) return tl::unexpected(std::move(inventory.error()));
    inventory_ = std::move(*inventory);
    auto redaction = make_redaction(inventory_, request_.redact);
    if (!redaction) return tl::unexpected<Failure>(redaction.error());
    out_.redaction = std::move(*redaction);
    if (auto found = find_subject(); !found) return tl::unexpected(std::move(found.error()));
    if (auto judged = judge_subject(); !judged) return tl::unexpected(std::move(judged.error()));
    if (auto told = tell(); !told) return tl::unexpected(std::move(told.error()));
    add_holders();
    walk();
    if (auto read = read_logs(); !read) return tl::unexpected<Failure>(read.error());
    take_packets();
    return std::move(out_);
  }

 private:
  bool is_live() const {
    const auto& asking = *request_.audit.asking;
    return asking.replay.empty() && (asking.zone_files.empty() || asking.over_live());
  }

  Attempt<void> find_subject() {
    std::optional<StoredReport> stored;
    if (!request_.report.empty()) {
      auto read = read_stored_report(request_.report);
      if (!read) return tl::unexpected<Failure>(read.error());
      stored = std::move(*read);
      out_.reported_at = stored->finished_at;
    }
    if (auto found = find_subjects(inventory_, request_.subject)) {
      subjects_ = std::move(*found);
    } else if (may_be_fingerprint(request_.subject)) {
      auto named = stored ? find_among(stored->findings, request_.report) : find_by_run();
      if (!named) return tl::unexpected(std::move(named.error()));
      fingerprint_ = named->fingerprint;
      subjects_ = subjects_of(inventory_, named->target);
    } else {
      return give_up(
          fmt::format("the inventory has nothing called \"{}\"", request_.subject),
          "name an address, a sender, a zone or a host name of it, or a finding by its fingerprint",
          Failure::Kind::request);
    }
    if (stored) {
      for (auto& finding : stored->findings) {
        const bool is_wanted = fingerprint_.empty() ? subjects_.all.contains(finding.target)
                                                    : finding.fingerprint == fingerprint_;
        if (is_wanted && finding.status == audit::Status::open) out_.not_seen.push_back(std::move(finding));
      }
    }
    return {};
  }

  /// Judges everything to see which finding is meant.
  Attempt<Finding> find_by_run() {
    listener_.note("looking for the finding: everything is judged once; --report FILE names it without");
    auto request = request_.audit;
    auto ran = audit_run(request, listener_);
    if (!ran) return tl::unexpected(std::move(ran.error()));
    if (ran->document.unusable) return unusable(ran->document);
    return find_among(ran->document.findings, "this run");
  }

  Attempt<Finding> find_among(const std::vector<Finding>& findings, const std::string& where) const {
    const Finding* found = nullptr;
    for (const auto& finding : findings) {
      if (!finding.fingerprint.text().starts_with(request_.subject)) continue;
      if (found != nullptr && found->fingerprint != finding.fingerprint)
        return give_up(fmt::format("several findings begin with {}: {} and {}", request_.subject,
                                   found->fingerprint, finding.fingerprint),
                       "give more of it", Failure::Kind::request);
      found = &finding;
    }
    if (found == nullptr)
      return give_up(fmt::format("{} has no finding {}", where, request_.subject),
                     "check --format json shows fingerprints; evidence that it is gone: name its address",
                     Failure::Kind::request);
    return *found;
  }

  static tl::unexpected<Failure> unusable(const report::Document& document) {
    return give_up(document.findings.empty() ? "a file cannot be used" : document.findings.front().message(),
                   "", Failure::Kind::request);
  }

  Attempt<void> judge_subject() {
    auto request = request_.audit;
    if (!subjects_.all.empty()) request.only = subjects_.all;
    if (is_live())
      request.asking->packets = packets_ = std::make_shared<dns::PacketLog>(most_packets, most_packet_octets);
    auto ran = audit_run(request, listener_);
    if (!ran) return tl::unexpected(std::move(ran.error()));
    if (ran->document.unusable) return unusable(ran->document);
    if (ran->not_recorded) return tl::unexpected<Failure>(*ran->not_recorded);
    out_.tool_version = version;
    out_.asked_for = request_.subject;
    out_.subjects = subjects_.list();
    out_.source = is_live()                               ? EvidenceSource::live
                  : request_.audit.asking->replay.empty() ? EvidenceSource::zone_files
                                                          : EvidenceSource::snapshot;
    out_.report = std::move(ran->document);
    out_.taken_at = out_.report.started_at;
    out_.finished_at = out_.report.finished_at;
    out_.vantages = ran->vantages;
    keep_findings();
    keep_facts(ran->facts);
    find_milestones(ran->facts);
    return {};
  }

  static std::string file_of(const std::string& path) { return path.substr(path.rfind('/') + 1); }

  bool is_internal(const std::string& vantage) const {
    return std::any_of(out_.vantages.begin(), out_.vantages.end(),
                       [&](const auto& one) { return one.internal && one.name == vantage; });
  }

  /// What no answer shows is about our inventory, and of nobody else's concern.
  bool is_ours(const Finding& finding) const {
    return finding.vantages.empty() && finding.fingerprint != fingerprint_;
  }

  bool is_hidden(const Finding& finding) const {
    const auto& seen = finding.vantages;
    return !seen.empty() &&
           std::all_of(seen.begin(), seen.end(), [&](const auto& one) { return is_internal(one); });
  }

  /// Those about the subjects, that which was named first. What internal views alone show stays inside.
  void keep_findings() {
    auto& findings = out_.report.findings;
    std::size_t inside = 0;
    std::erase_if(findings, [&](const Finding& finding) {
      if (!subjects_.all.contains(finding.target) || finding.status != audit::Status::open) return true;
      if (is_ours(finding)) return true;
      if (!is_hidden(finding)) return false;
      ++inside;
      return true;
    });
    if (inside > 0)
      out_.notes.push_back(fmt::format("What internal views alone show is left out: {}.",
                                       counted(inside, "finding", "findings")));
    for (auto& finding : findings) {
      // What a line of our inventory says is our own business, and so is where it lies.
      finding.excerpt.clear();
      finding.record_excerpt.clear();
      finding.location.path = file_of(finding.location.path);
      if (finding.record) {
        auto record = *finding.record;
        record.path = file_of(record.path);
        finding.record = std::move(record);
      }
    }
    out_.report.inventory_path = file_of(out_.report.inventory_path);
    out_.report.config_path.clear();
    if (out_.source == EvidenceSource::zone_files) {
      for (auto& vantage : out_.report.vantages) vantage.p50_ms = vantage.p99_ms = 0;
    }
    std::erase_if(out_.report.vantages, [&](const auto& one) { return is_internal(one.name); });
    std::stable_sort(findings.begin(), findings.end(),
                     [](const Finding& a, const Finding& b) { return a.severity > b.severity; });
    std::stable_partition(findings.begin(), findings.end(),
                          [&](const Finding& one) { return one.fingerprint == fingerprint_; });
    std::erase_if(out_.not_seen, [&](const Finding& old) {
      if (is_ours(old) || is_hidden(old)) return true;
      return std::any_of(findings.begin(), findings.end(),
                         [&](const Finding& now) { return now.fingerprint == old.fingerprint; });
    });
  }

  void keep_facts(const dns::FactStore& facts) {
    facts.for_each_in_order([&](const dns::Fact& fact) {
      if (out_.vantages[fact.question.vantage].internal) {
        ++out_.internal_left_out;
      } else if (out_.facts.size() < report::most_evidence_facts) {
        out_.facts.push_back(fact);
        // Nobody was asked: what files say is as of the run.
        if (out_.source == EvidenceSource::zone_files) {
          out_.facts.back().asked_at = out_.taken_at;
          out_.facts.back().rtt_us = 0;
        }
      } else {
        ++cut_;
      }
    });
    if (cut_ > 0) out_.notes.push_back(fmt::format("{} more answers are left out, for want of room.", cut_));
  }

  /// By the same facts.
  void find_milestones(const dns::FactStore& facts) {
    if (subjects_.addresses.empty()) return;
    dns::Snapshot snapshot{{std::string(version), out_.taken_at, out_.finished_at, out_.vantages}, {}};
    facts.for_each([&](const dns::Fact& fact) { snapshot.facts.insert(fact); });
    const auto panel = resolve::make_replay(std::move(snapshot));
    out_.milestones =
        judge_milestones(*panel, inventory_, subjects_.addresses, request_.audit.asking->deadline);
  }

  /// What a history knows of what is wrong, without who of us saw it.
  Attempt<void> tell() {
    if (request_.history.empty()) return {};
    if (auto there = check_history(request_.history); !there) return there;
    std::vector<std::string> fingerprints;
    const auto add = [&](const Finding& finding) {
      const bool matters = finding.severity == Severity::error || finding.fingerprint == fingerprint_;
      if (matters && fingerprints.size() < most_stories) fingerprints.push_back(finding.fingerprint);
    };
    for (const auto& finding : out_.report.findings) add(finding);
    for (const auto& finding : out_.not_seen) add(finding);
    for (const auto& fingerprint : fingerprints) {
      const StoryRequest request{request_.audit.clock, request_.history, fingerprint, {}, {}, {}, {}};
      auto story = find_story(request, listener_);
      if (!story) return tl::unexpected(std::move(story.error()));
      if (!*story) continue;
      (*story)->made_at = out_.taken_at;
      (*story)->redaction = out_.redaction;
      out_.timeline += report::render_receiver_timeline(**story) + "\n";
    }
    if (out_.timeline.empty()) out_.notes.push_back("The history has nothing of what is wrong here.");
    return {};
  }

  void add_holders() {
    for (const auto& target : out_.subjects) {
      if (target.kind != audit::TargetKind::zone) continue;
      const auto name = dns::Name::parse(target.id);
      const auto* zone = name ? inventory_.zone_of(*name) : nullptr;
      if (zone == nullptr || zone->name != *name) continue;
      out_.holders.push_back({zone->name.text(), std::string(inventory::to_string(zone->managed_by)),
                              zone->contact, zone->owner});
    }
    // The reverse zone comes first: it is whose PTR records are asked for.
    std::stable_partition(out_.holders.begin(), out_.holders.end(),
                          [](const auto& one) { return one.zone.ends_with(".arpa"); });
  }

  /// From the root to the reverse name and the name that it is to have; only where the run asks name servers itself anyway.
  void walk() {
    if (!request_.walk || !is_live() || subjects_.addresses.empty()) return;
    const auto& asking = *request_.audit.asking;
    std::string hints = asking.root_hints, anchors = asking.trust_anchor;
    bool walks = false;
    for (const auto& vantage : inventory_.vantages) {
      if (!std::any_of(out_.vantages.begin(), out_.vantages.end(),
                       [&](const auto& one) { return one.name == vantage.name; }))
        continue;
      if (vantage.kind != dns::VantageKind::recursive && vantage.kind != dns::VantageKind::authoritative)
        continue;
      walks = true;
      if (hints.empty()) hints = beside(inventory_, vantage.root_hints);
      if (anchors.empty()) anchors = beside(inventory_, vantage.trust_anchor);
    }
    if (!walks) return;
    if (hints.empty()) hints = resolve::system_root_hints;
    const auto root = resolve::load_root_servers(hints);
    const auto trust = resolve::load_trust_anchors(anchors);
    if (!root || !trust) {
      out_.notes.push_back("No walk from the root: " + (root ? trust.error().message : root.error().message));
      return;
    }
    const auto& address = inventory_.addresses[subjects_.addresses.front()];
    walk_to(*root, *trust, hints, dns::reverse_name(address.ip), dns::RrType::PTR);
    if (!address.ptr.is_root())
      walk_to(*root, *trust, hints, address.ptr, address.ip.is_v4() ? dns::RrType::A : dns::RrType::AAAA);
  }

  void walk_to(const std::vector<dns::RootServer>& root, const dns::TrustAnchors& anchors,
               const std::string& hints, const dns::Name& name, dns::RrType type) {
    const auto& asking = *request_.audit.asking;
    resolve::WalkOptions options;
    options.asking.question_timeout = asking.timeout;
    options.asking.try_timeout = std::clamp(asking.timeout / 5, milliseconds(1), options.asking.try_timeout);
    options.asking.packets = packets_;
    options.deadline = std::min(most_walk, asking.deadline);
    report::TraceDocument document;
    document.tool_version = version;
    document.root_hints = hints;
    document.started_at = request_.audit.clock.now();
    auto walked = resolve::walk(root, name, type, options);
    if (!walked) {
      out_.notes.push_back(fmt::format("No walk to {}: {}", name.text(), walked.error().message));
      return;
    }
    document.trace = std::move(*walked);
    document.finished_at = request_.audit.clock.now();
    document.verdict = dns::judge(document.trace, document.started_at, anchors);
    judge_by_rules(document, document.started_at);
    out_.finished_at = std::max(out_.finished_at, document.finished_at);
    out_.walks.push_back(std::move(document));
  }

  Result<void> read_logs() {
    if (request_.logs.empty()) return {};
    out_.has_logs = true;
    std::map<std::tuple<std::string, std::string, std::string>, report::EvidenceLog> groups;
    std::size_t left_out = 0;
    const LogsRequest request{out_.taken_at, request_.logs, &inventory_, {}, {}, true};
    LogsSink sink;
    sink.note = [&](const std::string& text) { listener_.note(text); };
    sink.line = [&](const report::LogLine& line) {
      if (!is_about_us(line.entry)) return true;
      const auto key = std::make_tuple(line.entry.receiver, std::string(logs::to_string(line.entry.of)),
                                       line.entry.ip ? line.entry.ip->to_string() : std::string());
      if (groups.size() == most_log_groups && !groups.contains(key)) return ++left_out, true;
      auto& group = groups[key];
      if (group.count++ == 0) {
        group.receiver = line.entry.receiver;
        group.what =
            fmt::format("{}{}", std::get<1>(key), std::get<2>(key).empty() ? "" : " of " + std::get<2>(key));
        group.text = line.entry.text;
        group.first = group.last = line.entry.time;
      }
      if (!line.entry.time.empty()) {
        group.first = group.first.empty() ? line.entry.time : std::min(group.first, line.entry.time);
        group.last = std::max(group.last, line.entry.time);
      }
      return true;
    };
    const auto read = logs_run(request, sink);
    if (!read) return tl::unexpected(read.error());
    if (read->is_incomplete()) out_.notes.push_back("Of the logs not everything could be read.");
    if (left_out > 0) out_.notes.push_back(fmt::format("{} more log lines are left out.", left_out));
    for (auto& [key, group] : groups) out_.logs.push_back(std::move(group));
    return {};
  }

  bool is_about_us(const logs::LogEntry& entry) const {
    if (entry.of == logs::LogClass::other) return false;
    return std::any_of(subjects_.addresses.begin(), subjects_.addresses.end(), [&](const auto index) {
      const auto& address = inventory_.addresses[index];
      if (entry.ip) return *entry.ip == address.ip;
      const auto helo =
          entry.helo.empty() ? dns::Name() : dns::Name::from_host(entry.helo).value_or(dns::Name());
      return !helo.is_root() && says_helo(address, helo);
    });
  }

  /// Messages of internal resolvers stay inside, and so do zones that a server gave away whole.
  void take_packets() {
    if (!packets_) return;
    out_.packets = packets_->take();
    out_.packets_left_out = packets_->left_out();
    std::erase_if(out_.packets, [&](const dns::Packet& packet) {
      const auto question = dns::question_of(packet.message);
      if (!packet.is_query && question && question->type == dns::type_axfr) return true;
      return std::any_of(inventory_.vantages.begin(), inventory_.vantages.end(), [&](const auto& vantage) {
        return vantage.view == "internal" && vantage.address == packet.server &&
               vantage.port == packet.server_port;
      });
    });
    if (out_.packets.empty())
      out_.notes.push_back(
          "No messages were captured: the resolver library that was asked does not show its own.");
  }

  const EvidenceRequest& request_;
  Listener& listener_;
  Sources sources_;
  inventory::Inventory inventory_;
  Subjects subjects_;
  std::string fingerprint_;  ///< of the finding that was named; empty: none was
  std::shared_ptr<dns::PacketLog> packets_;
  std::size_t cut_ = 0;
  report::EvidenceDocument out_;
};

}  // namespace

Attempt<report::EvidenceDocument> evidence_run(const EvidenceRequest& request, Listener& listener) {
  return Gathering(request, listener).run();
}

}  // namespace rdnsgate::run
