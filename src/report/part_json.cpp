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

void write(JsonWriter& json, const dns::Question& question) {
  json.object([&] {
    json("name", question.name.text());
    json("type", dns::type_mnemonic(question.type));
  });
}

void write(JsonWriter& json, const audit::Sightings& seen) {
  json.object([&] {
    json("count", seen.count);
    if (seen.count == 0) return;
    write(json("question"), seen.first());
    json("example", seen.example);
  });
}

/// How many answers took how long, in microseconds.
void write_times(JsonWriter& json, const std::vector<std::uint32_t>& times) {
  std::map<std::uint32_t, std::size_t> counts;
  for (const auto time : times) ++counts[time];
  json.array([&] {
    for (const auto& [time, count] : counts) {
      json.array([&, time = time, count = count] {
        json.value(time);
        json.value(count);
      });
    }
  });
}

void write(JsonWriter& json, const audit::VantagePart& part) {
  const auto& notes = part.notes;
  json.object([&] {
    json("answers", answers_text(part.answers));
    if (part.failed) {
      write(json("failed"), *part.failed);
      json("first_failure", part.first_failure);
    }
    if (notes.stale.count > 0) write(json("stale"), notes.stale);
    if (notes.filtered.count > 0) write(json("filtered"), notes.filtered);
    if (!notes.made_up.empty()) write_texts(json("made_up"), audit::whole_list(notes.made_up).items);
    if (!notes.leaks.empty()) write_texts(json("leaks"), audit::whole_list(notes.leaks).items);
    json("validates", notes.validates);
    json("secure", notes.secure);
    if (!notes.cold_us.empty()) write_times(json("cold_us"), notes.cold_us);
  });
}

void write(JsonWriter& json, const Document::Part::Unused& unused) {
  json.object([&] {
    json("which", unused.which);
    write_finding(json("finding"), unused.finding);
  });
}

void write(JsonWriter& json, const Document::Part::Entry& one) {
  json.object([&] {
    json("which", one.which);
    json("fingerprint", one.entry.fingerprint);
    json("rule", one.entry.rule);
    json("kind", audit::to_string(one.entry.target.kind));
    json("id", one.entry.target.id);
    json("expected", one.entry.expected);
  });
}

template <typename Items, typename Each>
void write_items(JsonWriter& json, const Items& items, Outlet& out, const Each& each) {
  json.array([&] {
    for (const auto& item : items) {
      each(item);
      out.turn();
    }
  });
}

}  // namespace

void write_part(JsonWriter& json, const Document::Part& part, Outlet& out) {
  const auto plainly = [&](const auto& item) { write(json, item); };
  json.object([&] {
    json("number", part.shard.number);
    json("of", part.shard.of);
    json("fail_on", to_string(part.fail_on));
    json("transient", part.transient_fails ? "fail" : "pass");
    json("inconclusive", part.inconclusive);
    write_texts(json("files"), part.files);
    json("unjudged", part.unjudged);
    write_items(json("vantages"), part.vantages, out, plainly);
    write_items(json("unused"), part.unused, out, plainly);
    write_items(json("hidden"), part.hidden, out, [&](const auto& finding) { write_finding(json, finding); });
    write_items(json("entries"), part.entries, out, plainly);
  });
}

}  // namespace rdnsgate::report
