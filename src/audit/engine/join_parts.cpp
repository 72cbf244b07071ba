// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/engine/join_parts.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace rdnsgate::audit {
namespace {

/// Each question once; of several answers a definite one, and of those the quickest.
std::vector<AnswerNote> each_once(std::span<const std::vector<VantagePart>> shards, std::size_t vantage) {
  std::vector<AnswerNote> all;
  for (const auto& shard : shards) {
    const auto& answers = shard[vantage].answers;
    all.insert(all.end(), answers.begin(), answers.end());
  }
  std::sort(all.begin(), all.end(), [](const AnswerNote& a, const AnswerNote& b) {
    return std::tie(a.question, a.bits) < std::tie(b.question, b.bits);
  });
  const auto same = [](const AnswerNote& a, const AnswerNote& b) { return a.question == b.question; };
  all.erase(std::unique(all.begin(), all.end(), same), all.end());
  return all;
}

void join_failure(Tally& tally, const VantagePart& part) {
  if (part.failed) tally.note_first(*part.failed, part.first_failure);
}

/// The example is the first by name; how many there are is counted elsewhere.
void join_example(Sightings& all, const Sightings& more) {
  if (more.count > 0) all.add(more.first(), more.example);
}

void join_notes(VantageNotes& all, const VantageNotes& more) {
  join_example(all.stale, more.stale);
  join_example(all.filtered, more.filtered);
  for (const auto& ip : more.made_up) {  // few, and the same in every shard that got to know them
    if (std::find(all.made_up.begin(), all.made_up.end(), ip) == all.made_up.end()) all.made_up.push_back(ip);
  }
  std::set<dns::Name> leaks(all.leaks.begin(), all.leaks.end());
  leaks.insert(more.leaks.begin(), more.leaks.end());
  all.leaks.assign(leaks.begin(), leaks.end());
  all.validates = all.validates || more.validates;
  all.secure += more.secure;
  all.cold_us.insert(all.cold_us.end(), more.cold_us.begin(), more.cold_us.end());
}

void count(Tally& tally, VantageNotes& notes, const AnswerNote& answer) {
  ++tally.questions;
  if ((answer.bits & AnswerNote::unanswered) != 0) ++tally.unanswered;
  if ((answer.bits & AnswerNote::outside) != 0) ++tally.outside;
  if ((answer.bits & AnswerNote::from_files) != 0) ++tally.from_files;
  if ((answer.bits & AnswerNote::timed) != 0) tally.rtt_us.push_back(answer.rtt_us());
  if ((answer.bits & AnswerNote::stale) != 0) ++notes.stale.count;
  if ((answer.bits & AnswerNote::filtered) != 0) ++notes.filtered.count;
}

}  // namespace

LiveResult join_parts(std::span<const std::vector<VantagePart>> shards,
                      std::span<const VantageStats> vantages) {
  LiveResult all;
  VantageStats files{std::string(zone_files_name), dns::VantageKind::zonefiles};
  for (std::size_t v = 0; v < vantages.size(); ++v) {
    Tally tally;
    VantageNotes notes;
    for (const auto& shard : shards) {
      join_failure(tally, shard[v]);
      join_notes(notes, shard[v].notes);
    }
    notes.stale.count = notes.filtered.count = 0;
    for (const auto& answer : each_once(shards, v)) count(tally, notes, answer);
    if (vantages[v].kind == dns::VantageKind::recursive) notes.cold_us = tally.rtt_us;
    files.questions += tally.from_files;
    all.vantages.push_back(stats_of(tally, vantages[v].name, vantages[v].kind));
    all.notes.push_back(std::move(notes));
  }
  if (files.questions > 0) all.vantages.push_back(std::move(files));
  return all;
}

}  // namespace rdnsgate::audit
