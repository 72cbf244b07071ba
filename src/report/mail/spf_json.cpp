// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "mailauth/spf/spf_outcome.h"
#include "report/json_text.h"
#include "report/mail/spf.h"

namespace rdnsgate::report {
namespace {

using mailauth::SpfResult;
using State = mailauth::SpfStepTrace::State;

Json results_json(const mailauth::SpfResults& results) {
  Json list = Json::array();
  for (const auto one : {SpfResult::pass, SpfResult::fail, SpfResult::softfail, SpfResult::neutral,
                         SpfResult::none, SpfResult::temperror, SpfResult::permerror}) {
    if (results.may_be(one)) list.push_back(to_string(one));
  }
  return list;
}

/// What it is, where that is certain.
Json result_json(const mailauth::SpfResults& results) {
  auto list = results_json(results);
  return list.size() == 1 ? list.front() : Json();
}

std::string_view word_for(State state) {
  switch (state) {
    case State::match:
      return "match";
    case State::no_match:
      return "no-match";
    case State::error:
      return "error";
    case State::unknown:
      return "unknown";
    case State::not_reached:
      return "not-reached";
  }
  return "";
}

Json record_json(const mailauth::SpfRecordTrace& record);

Json term_json(const mailauth::SpfStepTrace& step) {
  Json questions = Json::array(), records = Json::array();
  for (const auto& one : step.questions)
    questions.push_back(
        {{"name", one.name.text()}, {"type", dns::to_string(one.type)}, {"answer", one.answer}});
  for (const auto& one : step.records) records.push_back(record_json(one));
  return {{"term", step.term},
          {"column", step.at + 1},
          {"state", word_for(step.state)},
          {"result", result_json(step.results)},
          {"target", text_or_null(step.target)},
          {"lookups", step.lookups},
          {"void_lookups", step.voids},
          {"questions", std::move(questions)},
          {"records", std::move(records)}};
}

Json record_json(const mailauth::SpfRecordTrace& record) {
  Json terms = Json::array();
  for (const auto& one : record.steps) terms.push_back(term_json(one));
  return {{"domain", record.domain},
          {"text", record.found ? Json(record.text) : Json()},
          {"result", result_json(record.results)},
          {"problem", text_or_null(record.problem)},
          {"terms", std::move(terms)}};
}

}  // namespace

std::string render_spf_json(const SpfDocument& document) {
  Json records = Json::array();
  for (const auto& one : document.records) records.push_back(record_json(one));
  const Json json{
      {"schema", "rdnsgate/spf/1"},
      {"tool", {{"name", "rdnsgate"}, {"version", document.tool_version}}},
      {"evaluated_at", format_time(document.evaluated_at)},
      {"vantage", document.vantage},
      {"ip", document.ip.to_string()},
      {"sender", document.sender},
      {"helo", document.helo},
      {"identity", document.of_helo ? "helo" : "mailfrom"},
      {"domain", document.domain},
      {"receiver", document.receiver},
      {"result", to_string(document.result)},
      {"possible", results_json(document.possible)},
      {"explanation", document.explanation ? Json(*document.explanation) : Json()},
      {"explanation_from", text_or_null(document.explanation_from)},
      {"explanation_problem", text_or_null(document.explanation_problem)},
      {"lookups", document.lookups},
      {"void_lookups", document.void_lookups},
      {"limits", {{"lookups", mailauth::spf_most_lookups}, {"void_lookups", mailauth::spf_most_voids}}},
      {"problem", text_or_null(document.problem)},
      {"records", std::move(records)}};
  return dump(json) + "\n";
}

}  // namespace rdnsgate::report
