// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "cli/judge/audit_options.h"

#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <algorithm>
#include <charconv>
#include <cstdint>

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

/// `3/16`: the third of sixteen.
Result<std::optional<audit::Shard>> parse_shard(const std::string& text) {
  constexpr std::uint32_t most = 10'000;
  if (text.empty()) return std::nullopt;
  audit::Shard shard{0, 0};
  const auto* end = text.data() + text.size();
  const auto number = std::from_chars(text.data(), end, shard.number);
  const bool has_slash = number.ec == std::errc() && number.ptr != end && *number.ptr == '/';
  const auto of = has_slash ? std::from_chars(number.ptr + 1, end, shard.of) : number;
  if (!has_slash || of.ec != std::errc() || of.ptr != end)
    return fail(fmt::format("--shard {} is not NUMBER/OF", text), "write the third of sixteen as 3/16");
  if (shard.of == 0 || shard.of > most)
    return fail(fmt::format("--shard {}: there are 1 to {} shards", text, most));
  if (shard.number == 0)
    return fail(fmt::format("--shard {}: shards are counted from 1", text),
                fmt::format("the first is 1/{}; of a job that counts from 0, add one to its index", shard.of));
  if (shard.number > shard.of)
    return fail(fmt::format("--shard {}: the last of {} is {}/{}", text, shard.of, shard.of, shard.of));
  return shard;
}

}  // namespace

void AuditOptions::add_shard_to(CLI::App& command) {
  command
      .add_option("--shard", shard,
                  "Judge only the NUMBERth of OF shares of the inventory; \"report merge\" joins their reports")
      ->type_name("NUMBER/OF");
}

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
  const auto share = parse_shard(shard);
  if (!share) return tl::unexpected(share.error());
  if (*share && !changed.ref.empty())
    return fail("--shard and --changed-since do not go together", "what a change touches is judged in one run");
  run::AuditRequest request;
  request.shard = *share;
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
