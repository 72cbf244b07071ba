// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "base/hash.h"
#include "report/formats.h"
#include "report/json_text.h"
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
  const std::string fix = finding.fix.empty() ? std::string() : "; fix: " + finding.fix;
  return clipped(fmt::format("{}: {}{}{}", finding.rule, remark(finding), finding.message, fix),
                 message_limit);
}

/// An issue of its own, so that a reviewer meets it among the others. GitLab wants a place, whatever it is about.
Json weakened_entry(const Document& document, const Weakening& one, Fingerprints& fingerprints) {
  const auto& path = one.path.empty() ? document.inventory_path : one.path;
  const auto same = sha256_hex(fmt::format("gate-weakened {} {}", one.what, one.subject)).substr(0, 32);
  return {{"description", clipped(fmt::format("gate-weakened: since {}, {}", document.changed_since->ref, sentence(one)),
                                  message_limit)},
          {"check_name", "gate-weakened"},
          {"fingerprint", fingerprints.unique(same)},
          {"severity", "minor"},
          {"location",
           {{"path", clipped(repository_path(document.place, path), message_limit)},
            {"lines", {{"begin", std::max<std::size_t>(one.line, 1)}}}}}};
}

}  // namespace

std::string render_gitlab(const Document& document) {
  std::string out = "[";
  ArrayWriter entries(out, 2);
  Fingerprints fingerprints;
  for (const auto& finding : document.findings) {
    // A list of what is to be mended, in which GitLab has no word for "accepted".
    if (is_accepted(finding)) continue;
    const std::string path = clipped(repository_path(document.place, finding.place().path), message_limit);
    entries.add({{"description", description(finding)},
                 {"check_name", finding.rule},
                 {"fingerprint", fingerprints.unique(finding.fingerprint)},
                 {"severity", severity(finding)},
                 {"location", {{"path", path}, {"lines", {{"begin", finding.place().line}}}}}});
  }
  if (document.changed_since) {
    for (const auto& one : document.changed_since->weakened) entries.add(weakened_entry(document, one, fingerprints));
  }
  entries.close();
  return out + "\n";
}

}  // namespace rdnsgate::report
