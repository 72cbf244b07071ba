// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "base/hash.h"
#include "base/text/json_writer.h"
#include "report/formats.h"
#include "report/machine.h"

namespace rdnsgate::report {
namespace {

using Finding = Document::Finding;

/// GitLab's scale is info, minor, major, critical and blocker. What does not fail the run is no degradation.
std::string_view severity(const Finding& finding) {
  if (finding.certainty != audit::Certainty::confirmed || finding.severity == Severity::info) return "info";
  return finding.severity == Severity::error ? "major" : "minor";
}

/// GitLab wants one fingerprint an entry; findings that differ only in what was observed share ours.
class Fingerprints {
 public:
  std::string unique(const std::string& fingerprint) {
    std::string tried = fingerprint;
    while (!seen_.insert(tried).second)
      tried = sha256_hex(fmt::format("{} {}", fingerprint, ++last_.try_emplace(fingerprint, 1).first->second)).substr(0, 32);
    return tried;
  }

 private:
  std::unordered_set<std::string> seen_;
  std::unordered_map<std::string, std::size_t> last_;  // number that was tried of those that share one
};

/// The widget shows neither the rule nor how to mend it, so the description says both.
std::string description(const Finding& finding) {
  const std::string fix = finding.fix.empty() ? std::string() : fmt::format("; fix: {}", finding.fix);
  return clipped(fmt::format("{}: {}{}{}", finding.rule, remark(finding), finding.message(), fix),
                 message_limit);
}

struct Issue {
  std::string description;
  std::string_view check;
  std::string fingerprint;
  std::string_view severity;
  std::string path;
  std::size_t line = 1;
};

void write(JsonWriter& json, const Issue& issue) {
  json.object([&] {
    json("description", issue.description);
    json("check_name", issue.check);
    json("fingerprint", issue.fingerprint);
    json("severity", issue.severity);
    json("location").object([&] {
      json("path", issue.path);
      json("lines").object([&] { json("begin", issue.line); });
    });
  });
}

/// An issue of its own, so that a reviewer meets it among the others. GitLab wants a place, whatever it is about.
Issue weakened_issue(const Document& document, const Weakening& one, Fingerprints& fingerprints) {
  const auto& path = one.path.empty() ? document.inventory_path : one.path;
  const auto same = sha256_hex(fmt::format("gate-weakened {} {}", one.what, one.subject)).substr(0, 32);
  return {clipped(fmt::format("gate-weakened: since {}, {}", document.changed_since->ref, sentence(one)), message_limit),
          "gate-weakened",
          fingerprints.unique(same),
          "minor",
          clipped(repository_path(document.place, path), message_limit),
          std::max<std::size_t>(one.line, 1)};
}

}  // namespace

void write_gitlab(const Document& document, Outlet& out) {
  JsonWriter json(out.text(), JsonWriter::Form::laid_out);
  Fingerprints fingerprints;
  json.array([&] {
    for (const auto& finding : document.findings) {
      // A list of what is to be mended, in which GitLab has no word for "accepted".
      if (is_accepted(finding)) continue;
      write(json, Issue{description(finding), finding.rule, fingerprints.unique(finding.fingerprint), severity(finding),
                        clipped(repository_path(document.place, finding.place().path), message_limit),
                        finding.place().line});
      out.turn();
    }
    if (!document.changed_since) return;
    for (const auto& one : document.changed_since->weakened) write(json, weakened_issue(document, one, fingerprints));
  });
  out.text() += '\n';
}

std::string render_gitlab(const Document& document) {
  return whole([&](Outlet& out) { write_gitlab(document, out); });
}

}  // namespace rdnsgate::report
