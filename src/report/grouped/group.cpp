// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "report/grouped/group.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <map>
#include <optional>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

#include "base/hash.h"
#include "report/grouped/cause.h"

namespace rdnsgate::report {
namespace {

using Finding = Document::Finding;

/// Which findings follow from which, by what the rules say of each other (Document::Rule::follows): of the same
/// target, or of the same thing that was observed.
class Consequences {
 public:
  Consequences(const Document& document, const std::vector<std::size_t>& shown) : document_(document) {
    std::unordered_set<std::string_view> causes;
    for (const auto& rule : document.rules) {
      if (!rule.follows.empty()) follows_.emplace(rule.id, &rule.follows);
      causes.insert(rule.follows.begin(), rule.follows.end());
    }
    for (const auto i : shown) {
      const auto& finding = document.findings[i];
      if (!causes.contains(finding.rule)) continue;
      index_.try_emplace(key(finding.rule, about(finding)), i);
      if (!finding.observed.empty()) index_.try_emplace(key(finding.rule, seen(finding)), i);
    }
  }

  /// The finding that this one follows from in the end; nullopt for one that follows from none.
  std::optional<std::size_t> root_of(std::size_t at) const {
    std::optional<std::size_t> root;
    // Rules follow from each other in no circle, but a stored table could say so.
    for (std::size_t steps = 0; steps < 4; ++steps) {
      const auto next = cause_of(root.value_or(at));
      if (!next || *next == at) break;
      root = next;
    }
    return root;
  }

 private:
  static std::string key(std::string_view rule, std::string_view what) {
    return std::string(rule).append(1, '\0').append(what);
  }
  static std::string about(const Finding& finding) {
    return std::string(audit::to_string(finding.target.kind)).append(1, '\0').append(finding.target.id);
  }

  static std::string seen(const Finding& finding) { return fmt::format("\1{}", finding.observed); }

  std::optional<std::size_t> cause_of(std::size_t at) const {
    const auto& finding = document_.findings[at];
    const auto rules = follows_.find(finding.rule);
    if (rules == follows_.end()) return std::nullopt;
    for (const auto& rule : *rules->second) {
      for (const auto& what : {about(finding), seen(finding)}) {
        const auto found = index_.find(key(rule, what));
        // What weighs more than its cause, or is accepted otherwise, does not hide under it.
        if (found != index_.end() && covers(document_.findings[found->second], finding)) return found->second;
      }
    }
    return std::nullopt;
  }

  static bool covers(const Finding& cause, const Finding& finding) {
    return cause.status == finding.status && cause.certainty == finding.certainty &&
           cause.severity >= finding.severity && cause.effect >= finding.effect;
  }

  const Document& document_;
  std::unordered_map<std::string_view, const std::vector<std::string>*> follows_;
  std::unordered_map<std::string, std::size_t> index_;
};

const std::string& title_of(const Finding& finding, GroupBy by) {
  static const std::string none;
  if (!finding.belongs) return none;
  switch (by) {
    case GroupBy::zone:
      return finding.belongs->zone;
    case GroupBy::sender:
      return finding.belongs->sender;
    case GroupBy::owner:
      return finding.belongs->owner;
    case GroupBy::cause:
    case GroupBy::none:
      break;
  }
  return none;
}

/// What is kept of a key: keys are long, and there may be one for each finding. No two have the same.
using Digest = std::pair<std::uint64_t, std::uint64_t>;

Digest digest_of(std::string_view key) {
  const auto hex = sha256_hex(key);
  Digest digest;
  std::from_chars(hex.data(), hex.data() + 16, digest.first, 16);
  std::from_chars(hex.data() + 16, hex.data() + 32, digest.second, 16);
  return digest;
}

/// The findings of one section.
class SectionMaker {
 public:
  explicit SectionMaker(const Document& document, const std::vector<std::size_t>& shown)
      : document_(document), shown_(shown), consequences_(document, shown) {}

  std::vector<Entry> entries() {
    std::vector<std::pair<std::size_t, std::size_t>> following;  // a finding, and what it follows from
    std::vector<std::size_t> own;
    for (const auto i : shown_) {
      if (const auto root = consequences_.root_of(i)) {
        following.emplace_back(i, *root);
        cause_at_.emplace(*root, no_cause);
      } else {
        own.push_back(i);
      }
    }
    for (const auto i : own) join(i);
    std::vector<std::pair<std::size_t, std::size_t>> nested;
    for (const auto& [finding, root] : following) {
      const auto cause = cause_at_.at(root);
      if (cause != no_cause && causes_[cause].size() >= least_grouped)
        nested.emplace_back(finding, cause);
      else
        join(finding);
    }
    return in_order(nested);
  }

 private:
  void join(std::size_t finding) {
    const auto [known, fresh] =
        by_digest_.try_emplace(digest_of(cause_of(document_.findings[finding])), causes_.size());
    if (fresh) causes_.emplace_back();
    causes_[known->second].push_back(finding);
    if (const auto root = cause_at_.find(finding); root != cause_at_.end()) root->second = known->second;
  }

  std::vector<Entry> in_order(const std::vector<std::pair<std::size_t, std::size_t>>& nested) {
    std::unordered_map<std::size_t, std::map<std::string, Following>> below;
    for (const auto& [finding, cause] : nested)
      below[cause][cause_of(document_.findings[finding])].members.push_back(finding);
    std::vector<Entry> entries;
    entries.reserve(causes_.size());
    bool joined = false;
    for (std::size_t c = 0; c < causes_.size(); ++c) {
      auto& members = causes_[c];
      std::sort(members.begin(), members.end());
      if (members.size() < least_grouped) {
        for (const auto member : members) entries.push_back({{member}, {}});
        members = {};
        continue;
      }
      joined = true;
      Entry entry{std::move(members), {}};
      for (auto& [key, following] : below[c]) entry.following.push_back(std::move(following));
      std::sort(entry.following.begin(), entry.following.end(),
                [](const auto& a, const auto& b) { return a.members.front() < b.members.front(); });
      entries.push_back(std::move(entry));
    }
    const auto rank = [&](const Entry& entry) {
      const auto& finding = document_.findings[entry.members.front()];
      const bool accepted = finding.status != audit::Status::open;
      return std::tuple(joined && accepted, joined ? -static_cast<int>(finding.effect) : 0,
                        joined ? -static_cast<int>(finding.severity) : 0,
                        joined ? -static_cast<long>(entry.findings()) : 0, entry.members.front());
    };
    std::sort(entries.begin(), entries.end(),
              [&](const Entry& a, const Entry& b) { return rank(a) < rank(b); });
    return entries;
  }

  const Document& document_;
  const std::vector<std::size_t>& shown_;
  Consequences consequences_;
  static constexpr std::size_t no_cause = static_cast<std::size_t>(-1);
  std::map<Digest, std::size_t> by_digest_;       // of a cause, its index
  std::vector<std::vector<std::size_t>> causes_;  // their findings
  std::unordered_map<std::size_t, std::size_t> cause_at_;  // of a finding that others follow from
};

}  // namespace

std::size_t Entry::findings() const {
  std::size_t count = members.size();
  for (const auto& one : following) count += one.members.size();
  return count;
}

std::vector<Section> group(const Document& document, const std::vector<std::size_t>& shown, GroupBy by) {
  std::vector<Section> sections;
  if (shown.empty()) return sections;
  if (by == GroupBy::none) {
    sections.emplace_back().entries.reserve(shown.size());
    for (const auto i : shown) sections.back().entries.push_back({{i}, {}});
    return sections;
  }
  std::map<std::pair<bool, std::string_view>, std::vector<std::size_t>> by_title;
  for (const auto i : shown) {
    const std::string_view title = title_of(document.findings[i], by);
    by_title[{title.empty(), title}].push_back(i);
  }
  for (const auto& [title, members] : by_title)
    sections.push_back({std::string(title.second), SectionMaker(document, members).entries()});
  return sections;
}

}  // namespace rdnsgate::report
