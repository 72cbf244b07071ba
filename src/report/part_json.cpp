// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "report/part_json.h"

#include <algorithm>
#include <map>

#include "base/text/base64.h"
#include "dns/record_type.h"

namespace rdnsgate::report {
namespace {

void add_number(std::string& octets, std::uint64_t number, unsigned size) {
  for (unsigned left = size; left > 0; --left) octets += static_cast<char>(number >> (8 * (left - 1)) & 0xFF);
}

/// Sorted, so that whatever the order of the answers was, the report is the same.
std::string answers_text(std::vector<audit::AnswerNote> answers) {
  std::sort(answers.begin(), answers.end(),
            [](const auto& a, const auto& b) { return a.question < b.question; });
  std::string octets;
  octets.reserve(answers.size() * answer_note_octets);
  for (const auto& answer : answers) {
    add_number(octets, answer.question, 8);
    add_number(octets, answer.bits, 4);
  }
  return base64(octets);
}

Json question_json(const dns::Question& question) {
  return {{"name", question.name.text()}, {"type", dns::type_mnemonic(question.type)}};
}

Json sightings_json(const audit::Sightings& seen) {
  Json json{{"count", seen.count}};
  if (seen.count == 0) return json;
  json["question"] = question_json(seen.first());
  json["example"] = seen.example;
  return json;
}

/// How many answers took how long, in microseconds.
Json times_json(const std::vector<std::uint32_t>& times) {
  std::map<std::uint32_t, std::size_t> counts;
  for (const auto time : times) ++counts[time];
  Json json = Json::array();
  for (const auto& [time, count] : counts) json.push_back({time, count});
  return json;
}

Json vantage_part_json(const audit::VantagePart& part) {
  const auto& notes = part.notes;
  Json json{{"answers", answers_text(part.answers)}};
  if (part.failed) {
    json["failed"] = question_json(*part.failed);
    json["first_failure"] = part.first_failure;
  }
  if (notes.stale.count > 0) json["stale"] = sightings_json(notes.stale);
  if (notes.filtered.count > 0) json["filtered"] = sightings_json(notes.filtered);
  if (!notes.made_up.empty()) json["made_up"] = audit::whole_list(notes.made_up).items;
  if (!notes.leaks.empty()) json["leaks"] = audit::whole_list(notes.leaks).items;
  json["validates"] = notes.validates;
  json["secure"] = notes.secure;
  if (!notes.cold_us.empty()) json["cold_us"] = times_json(notes.cold_us);
  return json;
}

}  // namespace

Json part_json(const Document::Part& part) {
  Json json{{"number", part.shard.number},
            {"of", part.shard.of},
            {"fail_on", to_string(part.fail_on)},
            {"transient", part.transient_fails ? "fail" : "pass"},
            {"inconclusive", part.inconclusive},
            {"files", part.files},
            {"unjudged", part.unjudged},
            {"vantages", Json::array()},
            {"unused", Json::array()},
            {"hidden", Json::array()},
            {"entries", Json::array()}};
  for (const auto& vantage : part.vantages) json["vantages"].push_back(vantage_part_json(vantage));
  for (const auto& unused : part.unused)
    json["unused"].push_back({{"which", unused.which}, {"finding", finding_json(unused.finding)}});
  for (const auto& finding : part.hidden) json["hidden"].push_back(finding_json(finding));
  for (const auto& [which, entry] : part.entries) {
    json["entries"].push_back({{"which", which},
                               {"fingerprint", entry.fingerprint},
                               {"rule", entry.rule},
                               {"kind", audit::to_string(entry.target.kind)},
                               {"id", entry.target.id},
                               {"expected", entry.expected}});
  }
  return json;
}

}  // namespace rdnsgate::report
