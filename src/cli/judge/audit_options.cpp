// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "cli/judge/audit_options.h"

#include <fmt/format.h>

#include <algorithm>

#include "cli/about/rules.h"
#include "cli/frame/output.h"
#include "report/formats.h"
#include "rules/registry.h"

namespace rdnsgate::cli {
namespace {

/// A word that begins as the rules of a family do, and is none of them, is a typing error: anything else may be what a
/// finding is about.
Result<void> check_only(const std::string& one) {
  if (one.empty())
    return fail("--only: an empty text is about nothing", "name a rule, a family of rules or a target");
  if (rules::find_rule(one) != nullptr || one.find('-') == std::string::npos) return {};
  const auto family = one.substr(0, one.find('-') + 1);
  const auto all = rules::registry();
  const bool like_a_rule =
      std::any_of(all.begin(), all.end(), [&](const auto& rule) { return rule.info.id.starts_with(family); });
  const auto meant = like_a_rule ? meant_rule(one) : std::string();
  if (meant.empty()) return {};
  return fail(fmt::format("--only: there is no rule \"{}\"", one), meant);
}

}  // namespace

Result<run::AuditRequest> AuditOptions::request(const std::string& command,
                                                const CommonOptions& common) const {
  auto clock = common.clock();
  if (!clock) return tl::unexpected(clock.error());
  const auto outputs = report_files(report);
  if (!outputs) return tl::unexpected(outputs.error());
  for (const auto& one : report.view.only) {
    if (const auto checked = check_only(one); !checked) return tl::unexpected(checked.error());
  }
  if (const auto checked = standard_input.check(files); !checked) return tl::unexpected(checked.error());
  if (const auto checked = changed.check(files); !checked) return tl::unexpected(checked.error());
  run::AuditRequest request;
  request.command = command;
  request.configuration = common.configuration;
  request.clock = std::move(*clock);
  request.files = files;
  request.stdin_name = standard_input.filename;
  request.commit = changed.ref;
  request.baseline = report.baseline;
  request.category = report.category;
  request.verdict.fail_on = parse_severity(report.fail_on).value_or(Severity::off);
  const auto needs = [](const std::string& format) { return report::find_format(format)->needs_coverage; };
  request.coverage =
      needs(report.format) ||
      std::any_of(outputs->begin(), outputs->end(), [&](const auto& file) { return needs(file.format); });
  using By = report::GroupBy;
  const auto view = report.shown();
  const auto by = view.by;
  request.belongings = !view.only.empty() || by == By::zone || by == By::sender || by == By::owner;
  return request;
}

}  // namespace rdnsgate::cli
