// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "report/grouped/subjects.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/address_ranges.h"
#include "base/text/text.h"

namespace rdnsgate::report {
namespace {

struct Words {
  std::string_view one, many;
};

Words words_of(audit::TargetKind kind) {
  switch (kind) {
    case audit::TargetKind::address:
      return {"address", "addresses"};
    case audit::TargetKind::sender:
      return {"sender", "senders"};
    case audit::TargetKind::relay:
      return {"relay", "relays"};
    case audit::TargetKind::domain:
      return {"domain", "domains"};
    case audit::TargetKind::path:
      return {"path", "paths"};
    case audit::TargetKind::zone:
      return {"zone", "zones"};
    case audit::TargetKind::vantage:
      return {"vantage", "vantages"};
    case audit::TargetKind::blocklist:
      return {"blocklist", "blocklists"};
    case audit::TargetKind::inventory:
      break;
  }
  return {"place", "places"};
}

/// `zones/example.zone:3-5`, by file and line.
std::vector<std::string> lines_of(const std::map<std::string_view, std::set<std::size_t>>& files) {
  std::vector<std::string> list;
  for (const auto& [path, lines] : files) {
    for (auto line = lines.begin(); line != lines.end();) {
      const auto first = *line;
      auto last = first;
      while (++line != lines.end() && *line == last + 1) last = *line;
      list.push_back(first == last ? fmt::format("{}:{}", path, first)
                                   : fmt::format("{}:{}-{}", path, first, last));
    }
  }
  return list;
}

void cut(Subjects& subjects, std::size_t most) {
  if (subjects.list.size() <= most) return;
  subjects.left_out = subjects.list.size() - most;
  subjects.list.resize(most);
}

}  // namespace

Subjects subjects_of(const Document& document, const std::vector<std::size_t>& members, std::size_t most) {
  const auto kind = document.findings[members.front()].target.kind;
  bool one_kind = true;
  std::set<std::string_view> names;
  std::vector<IpAddress> addresses;
  std::map<std::string_view, std::set<std::size_t>> lines;
  for (const auto i : members) {
    const auto& finding = document.findings[i];
    names.insert(finding.target.id);
    one_kind = one_kind && finding.target.kind == kind;
    if (finding.target.kind == audit::TargetKind::address) {
      if (const auto address = IpAddress::read(finding.target.id)) addresses.push_back(*address);
    }
    lines[finding.place().path].insert(finding.place().line);
  }
  Subjects subjects;
  const auto words = words_of(kind);
  if (addresses.size() == members.size()) {
    for (const auto& range : address_ranges(std::move(addresses))) subjects.list.push_back(range.to_string());
    subjects.count = counted(names.size(), words.one, words.many);
  } else if (one_kind && names.size() == members.size()) {
    subjects.list.assign(names.begin(), names.end());
    subjects.count = counted(names.size(), words.one, words.many);
  } else {
    // One zone, and many records of it: where they stand says more than its name.
    subjects.list = lines_of(lines);
    subjects.count = counted(members.size(), "place", "places");
  }
  cut(subjects, most);
  return subjects;
}

}  // namespace rdnsgate::report
