// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <doctest/doctest.h>

#include <fmt/format.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "audit/subject/zone_text.h"
#include "base/text/source.h"
#include "rules/registry.h"
#include "rules/scenario.h"

namespace rdnsgate::scenario {

using Judge = void (*)(const audit::ZoneTextCase&, audit::Findings&);
using JudgeAll = void (*)(const audit::ZoneTextsCase&, audit::Findings&);

/// What rules see of a zone in these lines, and where they point.
class ZoneLint {
 public:
  ZoneLint(std::string_view origin, std::string_view serial, std::string_view records)
      : origin_(origin), text_(read(origin, serial, records, &records_)) {}

  ZoneLint& before(std::string_view serial, std::string_view records) {
    earlier_ = read(origin_, serial, records, nullptr);
    return *this;
  }

  /// A zone that is given with it.
  ZoneLint& beside(std::string_view origin, std::string_view records) {
    std::vector<dns::PlacedRecord> places;
    const auto file = file_;
    auto zone = read(origin, "1", records, &places);
    others_.push_back({std::move(zone), std::exchange(file_, file), std::move(places), {}});
    return *this;
  }

  /// `LINE:COLUMN: EXPECTED | OBSERVED` of each finding.
  std::vector<std::string> operator()(Judge judge) const {
    auto texts = others_;
    texts.push_back({text_, file_, records_, earlier_, octodns_});
    audit::RunContext run;
    run.zone_texts = texts;
    audit::Findings findings;
    findings.begin_subject({audit::TargetKind::zone, origin_}, {file_, 0, 0});
    begin_rule(findings, judge);
    judge({run, inventory_, texts.back()}, findings);
    return lines_of(findings.take());
  }

  /// Of what is wrong with the zones as they were.
  ZoneLint& failing(std::string_view why) {
    failure_ = why;
    return *this;
  }
  /// Beside this inventory.
  ZoneLint& declaring(inventory::Inventory inventory) {
    inventory_ = std::move(inventory);
    return *this;
  }
  /// As if the records were those of an octoDNS zone.
  ZoneLint& octodns() {
    octodns_ = true;
    return *this;
  }

  /// Of all zones that are given.
  std::vector<std::string> operator()(JudgeAll judge) const { return lines_of(drafts_of(judge)); }

  /// What the judgement says of each, where that is another than the rule's.
  std::vector<std::optional<Severity>> severities(JudgeAll judge) const {
    std::vector<std::optional<Severity>> all;
    for (const auto& draft : drafts_of(judge)) all.push_back(draft.args.severity);
    return all;
  }

 private:
  std::vector<audit::Draft> drafts_of(JudgeAll judge) const {
    auto texts = others_;
    texts.push_back({text_, file_, records_, earlier_, octodns_});
    audit::RunContext run;
    run.zone_texts = texts;
    run.earlier_texts_failure = failure_;
    const auto zones = audit::given_zones(texts);
    audit::Findings findings;
    findings.begin_subject({audit::TargetKind::inventory, ""}, {});
    begin_rule(findings, judge);
    judge({run, inventory_, texts, zones}, findings);
    return findings.take();
  }

  /// The one whose judgement it is.
  template <typename Function>
  static void begin_rule(audit::Findings& findings, Function judge) {
    const auto all = rules::registry();
    for (std::size_t i = 0; i < all.size(); ++i) {
      const auto* its = std::get_if<Function>(&all[i].judge);
      bool is_its = its != nullptr && *its == judge;
      if constexpr (std::is_same_v<Function, JudgeAll>) is_its = is_its || all[i].texts == judge;
      if (is_its) findings.begin_rule(static_cast<audit::RuleIndex>(i), all[i].info);
    }
  }

  std::vector<std::string> lines_of(const std::vector<audit::Draft>& drafts) const {
    std::vector<std::string> lines;
    for (const auto& draft : drafts) {
      check_words(draft);
      const auto at = sources_.locate(draft.args.at.value_or(draft.at));
      lines.push_back(fmt::format("{}:{}: {} | {}", at.line, at.column, draft.expected, draft.observed));
    }
    return lines;
  }

  dns::ZoneFile read(std::string_view origin, std::string_view serial, std::string_view records,
                     std::vector<dns::PlacedRecord>* places) {
    const auto text = fmt::format(
        "$TTL 3600\n@ SOA ns1 hostmaster {} 14400 3600 1209600 3600\n{}\n{}. NS ns.other.example.\n", serial,
        records, origin);
    const auto file = sources_.add(std::string(origin) + ".zone", text);
    if (places != nullptr) file_ = file;
    Diagnostics problems;
    auto zone = dns::read_zone_file(sources_, file, name(origin), problems, places);
    for (const auto& problem : problems)
      REQUIRE_MESSAGE(problem.severity != Severity::error, problem.message);
    return zone;
  }

  std::string origin_;
  Sources sources_;
  FileId file_{};
  std::vector<dns::PlacedRecord> records_;
  dns::ZoneFile text_;
  std::optional<dns::ZoneFile> earlier_;
  std::vector<audit::ZoneText> others_;
  std::string failure_;
  inventory::Inventory inventory_;
  bool octodns_ = false;
};

using Lines = std::vector<std::string>;

}  // namespace rdnsgate::scenario
