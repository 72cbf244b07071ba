// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text/base64.h"
#include "dns/record_type.h"
#include "report/part_json.h"
#include "report/stored/read_report.h"

namespace rdnsgate::report {
namespace {

std::uint64_t number_at(std::string_view octets) {
  std::uint64_t number = 0;
  for (const char c : octets) number = number << 8 | static_cast<unsigned char>(c);
  return number;
}

std::vector<audit::AnswerNote> answers_of(const Fields& fields) {
  const auto octets = octets_of_base64(fields.text("answers"));
  std::vector<audit::AnswerNote> answers;
  if (!octets || octets->size() % answer_note_octets != 0)
    return fields.fault("answers", "is cut off"), answers;
  answers.reserve(octets->size() / answer_note_octets);
  for (std::string_view left = *octets; !left.empty(); left.remove_prefix(answer_note_octets)) {
    answers.push_back({number_at(left.substr(0, 8)),
                       static_cast<std::uint32_t>(number_at(left.substr(8, answer_note_octets - 8)))});
  }
  return answers;
}

dns::Question question_of(const Fields& fields) {
  dns::Question question;
  if (const auto name = dns::Name::parse(fields.text("name")))
    question.name = *name;
  else
    fields.fault("name", "is no name");
  question.type = static_cast<dns::RrType>(dns::type_number(fields.text("type")));
  if (question.type == dns::RrType{}) fields.fault("type", "is no type of record");
  return question;
}

audit::Sightings sightings_of(const Fields& fields) {
  audit::Sightings seen;
  if (fields.count("count") == 0) return seen;
  seen.add(question_of(fields.object("question")), fields.text("example"));
  seen.count = fields.count("count");
  return seen;
}

std::vector<std::uint32_t> times_of(const Fields& fields, const char* name) {
  constexpr std::size_t most = std::size_t{1} << 24;
  std::vector<std::uint32_t> times;
  const auto* json = fields.find(name);
  if (json == nullptr || !json->is_array()) return fields.fault(name, "is no list"), times;
  for (const auto& one : *json) {
    const bool is_pair =
        one.is_array() && one.size() == 2 && one[0].is_number_unsigned() && one[1].is_number_unsigned();
    if (!is_pair || one[0].get<std::uint64_t>() > UINT32_MAX ||
        one[1].get<std::uint64_t>() > most - times.size())
      return fields.fault(name, "has something in it that is no time with its count"), times;
    times.insert(times.end(), one[1].get<std::size_t>(), one[0].get<std::uint32_t>());
  }
  return times;
}

audit::VantagePart vantage_part_of(const Fields& fields) {
  audit::VantagePart part;
  part.answers = answers_of(fields);
  if (fields.has("failed")) {
    part.failed = question_of(fields.object("failed"));
    part.first_failure = fields.text("first_failure");
  }
  auto& notes = part.notes;
  if (fields.has("stale")) notes.stale = sightings_of(fields.object("stale"));
  if (fields.has("filtered")) notes.filtered = sightings_of(fields.object("filtered"));
  for (const auto& text : fields.has("made_up") ? fields.texts("made_up") : std::vector<std::string>()) {
    if (const auto ip = IpAddress::read(text))
      notes.made_up.push_back(*ip);
    else
      fields.fault("made_up", "has something in it that is no address");
  }
  for (const auto& text : fields.has("leaks") ? fields.texts("leaks") : std::vector<std::string>()) {
    if (const auto name = dns::Name::parse(text))
      notes.leaks.push_back(*name);
    else
      fields.fault("leaks", "has something in it that is no name");
  }
  notes.validates = fields.flag("validates");
  notes.secure = fields.count("secure");
  if (fields.has("cold_us")) notes.cold_us = times_of(fields, "cold_us");
  return part;
}

}  // namespace

Document::Part read_part(const Fields& fields) {
  Document::Part part;
  constexpr std::uint64_t most = 1'000'000;
  part.shard.of = static_cast<std::uint32_t>(fields.count("of", most));
  part.shard.number = static_cast<std::uint32_t>(fields.count("number", most));
  if (part.shard.number == 0 || part.shard.number > part.shard.of)
    fields.fault("number", "is none from 1 to \"of\"");
  constexpr std::array severities{Severity::error, Severity::warning, Severity::info, Severity::off};
  part.fail_on = fields.word<Severity>("fail_on", severities, [](Severity one) { return to_string(one); });
  const auto same = [](std::string_view word) { return word; };
  constexpr std::array<std::string_view, 2> transients{"pass", "fail"};
  part.transient_fails = fields.word<std::string_view>("transient", transients, same) == "fail";
  constexpr std::array<std::string_view, 3> inconclusives{"report", "pass", "fail"};
  part.inconclusive = fields.word<std::string_view>("inconclusive", inconclusives, same);
  part.files = fields.texts("files");
  part.unjudged = fields.count("unjudged");
  for (const auto& one : fields.objects("vantages")) part.vantages.push_back(vantage_part_of(one));
  for (const auto& one : fields.objects("unused"))
    part.unused.push_back({one.count("which"), read_finding(one.object("finding"))});
  for (const auto& one : fields.objects("hidden")) part.hidden.push_back(read_finding(one));
  for (const auto& one : fields.objects("entries")) {
    const auto kind = audit::parse_target_kind(one.text("kind"));
    if (!kind) one.fault("kind", "is no kind of target");
    part.entries.push_back({one.count("which"),
                            {one.text("fingerprint"),
                             one.text("rule"),
                             {kind.value_or(audit::TargetKind::inventory), one.text("id")},
                             one.text("expected"),
                             {}}});
  }
  return part;
}

}  // namespace rdnsgate::report
