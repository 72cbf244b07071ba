// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "report/mail/paths.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "base/ip.h"

namespace rdnsgate::report {
namespace {

std::uint64_t sum(std::uint64_t a, std::uint64_t b) {
  return a > std::numeric_limits<std::uint64_t>::max() - b ? std::numeric_limits<std::uint64_t>::max()
                                                           : a + b;
}

bool is_well(const PathPart& part) {
  return part.state == PathState::good || part.state == PathState::unjudged;
}

/// `mx1.example.com, mx2.example.com and 3 more`.
std::string names_of(const PathPart& part) {
  std::string names;
  for (const auto& name : part.names) names += (names.empty() ? "" : ", ") + name;
  if (!names.empty() && part.more > 0) names += fmt::format(" and {} more", part.more);
  return names;
}

std::string text_of(const PathPart& part) {
  return part.detail.empty() ? std::string(part.word) : part.detail;
}

void add_part(std::vector<PathLine>& lines, std::string_view label, const PathPart& part) {
  if (is_well(part)) return;
  const auto names = names_of(part);
  lines.push_back({label, names.empty() ? text_of(part) : names + ": " + text_of(part)});
}

/// What it says in HELO and which term lets it through are told of a path that is well, too.
void add_helo(std::vector<PathLine>& lines, const PathRow& row) {
  if (!is_well(row.helo)) return add_part(lines, "HELO", row.helo);
  if (const auto names = names_of(row.helo); !names.empty()) lines.push_back({"HELO", names});
}

void add_spf(std::vector<PathLine>& lines, const PathRow& row) {
  if (!is_well(row.spf)) return add_part(lines, "SPF", row.spf);
  if (!row.spf_term.empty()) lines.push_back({"SPF", fmt::format("{}, by {}", row.spf.word, row.spf_term)});
}

/// Of mail that passes, too, what is of another domain than it says in From.
void add_dmarc(std::vector<PathLine>& lines, const PathRow& row) {
  if (!is_well(row.dmarc) || !row.dmarc.detail.empty()) lines.push_back({"DMARC", text_of(row.dmarc)});
}

std::string_view label_of(PathEffect effect) {
  switch (effect) {
    case PathEffect::refused:
      return "refused by";
    case PathEffect::quarantined:
      return "spam at";
    case PathEffect::configured:
      return "refused if set";
    case PathEffect::scored:
      return "scored by";
  }
  return "";
}

/// A line for each thing that is asked for: `Gmail (550-5.7.25), Yahoo: the address needs ...`.
void add_receivers(std::vector<PathLine>& lines, const std::vector<const ReceiverRule*>& broken,
                   PathEffect effect) {
  std::vector<std::pair<std::string_view, std::string>> asked;
  for (const auto* rule : broken) {
    if (rule->effect != effect) continue;
    auto who = std::string(rule->receiver);
    if (!rule->reply.empty()) who += fmt::format(" ({})", rule->reply);
    auto same =
        std::find_if(asked.begin(), asked.end(), [&](const auto& one) { return one.first == rule->message; });
    if (same == asked.end()) {
      asked.emplace_back(rule->message, rule->bulk_only ? "as bulk mail " + who : who);
    } else {
      same->second += ", " + who;
    }
  }
  for (const auto& [message, who] : asked)
    lines.push_back({label_of(effect), fmt::format("{}: {}", who, message)});
}

}  // namespace

std::string_view to_string(PathState state) {
  switch (state) {
    case PathState::good:
      return "good";
    case PathState::bad:
      return "bad";
    case PathState::unknown:
      return "unknown";
    case PathState::unjudged:
      return "unjudged";
  }
  return "";
}

std::string_view to_string(PathEffect effect) {
  switch (effect) {
    case PathEffect::refused:
      return "refused";
    case PathEffect::quarantined:
      return "quarantined";
    case PathEffect::configured:
      return "configured";
    case PathEffect::scored:
      return "scored";
  }
  return "";
}

std::string_view to_string(PathRow::Verdict verdict) {
  switch (verdict) {
    case PathRow::Verdict::accepted:
      return "accepted";
    case PathRow::Verdict::refused:
      return "refused";
    case PathRow::Verdict::unknown:
      return "unknown";
  }
  return "";
}

std::string dmarc_text(const PathRow& row) {
  if (!row.by_spf && !row.by_dkim) return std::string(row.dmarc.word);
  return fmt::format("{} ({})", row.dmarc.word, !row.by_spf ? "DKIM" : !row.by_dkim ? "SPF" : "SPF, DKIM");
}

std::string block_text(const AddressRange& range) {
  for (unsigned length = range.first.bits(); range.first != range.last && length-- > 0;) {
    const Prefix block(range.first, length);
    if (block.last() == range.last) {
      const auto whole = Prefix::parse(block.to_string());  // refuses host bits
      return whole ? whole->to_string() : range.to_string();
    }
    if (block.last() > range.last) break;
  }
  return range.to_string();
}

std::string PathRow::addresses_text(std::size_t most) const {
  if (ranges.empty()) return "addresses not known";
  std::string text;
  for (std::size_t i = 0; i < std::min(most, ranges.size()); ++i)
    text += (i == 0 ? "" : ", ") + (is_relay ? block_text(ranges[i]) : ranges[i].to_string());
  if (ranges.size() > most) text += fmt::format(" and {} more", ranges.size() - most);
  return text;
}

std::uint64_t PathsDocument::count(PathRow::Verdict verdict) const {
  std::uint64_t all = 0;
  for (const auto& row : rows) {
    if (row.verdict == verdict) all = sum(all, row.count);
  }
  return all;
}

std::vector<PathLine> path_lines(const PathRow& row) {
  std::vector<PathLine> lines;
  add_part(lines, "PTR", row.ptr);
  add_part(lines, "FCrDNS", row.fcrdns);
  add_helo(lines, row);
  add_spf(lines, row);
  add_part(lines, "DKIM", row.dkim);
  add_dmarc(lines, row);
  for (const auto effect :
       {PathEffect::refused, PathEffect::quarantined, PathEffect::configured, PathEffect::scored})
    add_receivers(lines, row.broken, effect);
  return lines;
}

}  // namespace rdnsgate::report
