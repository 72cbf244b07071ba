// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "cli/frame/options.h"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include "base/duration.h"
#include "base/files/output_file.h"
#include "base/wall_clock.h"
#include "base/wording.h"
#include "report/formats.h"

namespace rdnsgate::cli {

Result<run::Clock> CommonOptions::clock() const {
  if (now.empty())
    return run::Clock{[] { return std::chrono::time_point_cast<seconds>(std::chrono::system_clock::now()); }};
  const auto time = parse_moment(now);
  if (!time) return fail("--now: " + time.error().message, time.error().hint);
  return run::Clock{[time = *time] { return time; }, true};
}

std::vector<std::string_view> report_formats() {
  std::vector<std::string_view> names;
  for (const auto& format : report::formats()) names.push_back(format.name);
  return names;
}

void ReportOptions::add_formats_to(CLI::App& command) {
  const auto formats = report_formats();
  command.add_option("-f,--format", format, "What to print on standard output: " + either(formats))
      ->capture_default_str()
      ->check(CLI::IsMember(std::vector<std::string>(formats.begin(), formats.end())));
  command
      .add_option("-o,--output", outputs,
                  "Also write the report in FORMAT to FILE; may be given several times")
      ->type_name("FORMAT=FILE")
      ->allow_extra_args(false);  // or it would take the FILE that follows
}

void ReportOptions::add_to(CLI::App& command) {
  add_formats_to(command);
  command
      .add_option("--fail-on", fail_on,
                  "The least severity that makes the run fail: error, warning, info or never")
      ->capture_default_str()
      ->check(CLI::IsMember({"error", "warning", "info", "never"}));
  command
      .add_option("--baseline", baseline,
                  "Findings that were there before, from \"baseline write\": shown, and not counted")
      ->type_name("FILE")
      ->allow_extra_args(false);
  add_category_to(command);
  add_view_to(command);
}

void ReportOptions::add_category_to(CLI::App& command) {
  command
      .add_option("--sarif-category", category,
                  "What tells this SARIF report from others of the same commit; the command and the "
                  "inventory unless given")
      ->type_name("TEXT");
}

void ReportOptions::add_shown_to(CLI::App& command) {
  add_formats_to(command);
  add_category_to(command);
  add_view_to(command);
}

namespace {

constexpr std::array<std::pair<std::string_view, report::GroupBy>, 5> groupings{
    {{"cause", report::GroupBy::cause},
     {"zone", report::GroupBy::zone},
     {"sender", report::GroupBy::sender},
     {"owner", report::GroupBy::owner},
     {"none", report::GroupBy::none}}};

}  // namespace

void ReportOptions::add_view_to(CLI::App& command) {
  std::vector<std::string> words;
  for (const auto& [word, by] : groupings) words.emplace_back(word);
  command
      .add_option(
          "--group-by", group_by,
          "What text joins to one entry: findings of one cause, also by zone, sender or owner, or none")
      ->capture_default_str()
      ->check(CLI::IsMember(words));
  command
      .add_option(
          "--only", view.only,
          "Show in text only findings of this rule or family (ptr), or about this address, block, name or "
          "sender; may be given several times")
      ->type_name("RULE|FAMILY|TARGET")
      ->allow_extra_args(false);
  command
      .add_option("--level", level,
                  "Show in text only findings of at least this severity: error, warning or info")
      ->capture_default_str()
      ->check(CLI::IsMember({"error", "warning", "info"}));
  command.add_option("--max-findings", view.most, "Show in text no more entries than this; 0 for all")
      ->capture_default_str()
      ->type_name("NUMBER");
  command.add_flag("--statistics", view.statistics,
                   "Show in text how many findings each rule has, in place of them");
}

report::View ReportOptions::shown() const {
  auto all = view;
  all.level = parse_severity(level).value_or(Severity::info);
  for (const auto& [word, by] : groupings) {
    if (word == group_by) all.by = by;
  }
  return all;
}

void StdinOptions::add_to(CLI::App& command) {
  command
      .add_option("--stdin-filename", filename,
                  "What the report calls the inventory that comes on standard input, for editors")
      ->type_name("FILE")
      ->allow_extra_args(false);
}

Result<void> StdinOptions::check(const std::vector<std::string>& files) const {
  const bool reads_stdin = files.size() == 1 && files.front() == "-";
  if (filename.empty() || reads_stdin) return {};
  return fail("--stdin-filename is for an inventory on standard input", "name the inventory as -");
}

void AskOptions::add_to(CLI::App& command, bool records) {
  auto* which = command.add_option(
      "--vantage", given.vantages,
      "Ask only from this vantage of the inventory, or from the resolver at this ADDRESS "
      "or ADDRESS#PORT, or from well-known public ones (public: see rdnsgate vantages); may be given several "
      "times");
  which->type_name("NAME|ADDRESS")->allow_extra_args(false);
  auto* files = command.add_option(
      "--zone-files", given.zone_files,
      "Ask nobody: answer from the zone files or octoDNS zones in this folder, or from this "
      "file; may be given several times");
  files->type_name("DIR|FILE")->allow_extra_args(false);
  files->excludes(which);
  auto* over = command.add_option_function<std::string>(
      "--over",
      [this, which, files](const std::string& below) {
        given.over = below;
        if (!given.over_live()) return;
        files->remove_excludes(which);
        which->remove_excludes(files);
      },
      "Lay the zone files over the live DNS (live), or over a snapshot: what they do not hold is asked, or "
      "taken from there. Without it, that is not judged");
  over->type_name("live|FILE");
  auto* hints =
      command.add_option("--root-hints", given.root_hints, "Root servers to walk from, for a private root");
  hints->type_name("FILE");
  auto* anchor =
      command.add_option("--trust-anchor", given.trust_anchor, "DNSSEC trust anchor that goes with them");
  anchor->type_name("FILE");
  CLI::Option* recorded = nullptr;
  if (records) {
    recorded =
        command.add_option("--record", given.record, "Also write every answer to a snapshot, for --replay");
    recorded->type_name("FILE");
  }
  auto* replayed = command.add_option(
      "--replay", given.replay, "Ask nobody: answer from this snapshot, as of the time when it was recorded");
  replayed->type_name("FILE");
  for (auto* other : {which, files, over, hints, anchor, recorded}) {
    if (other != nullptr) replayed->excludes(other);
  }
  command.add_option("--timeout", timeout, "Time for one question, all tries together")
      ->capture_default_str();
  command
      .add_option("--deadline", deadline,
                  "Time for the whole run; what is not judged by then is inconclusive")
      ->capture_default_str();
}

namespace {

/// What the options among themselves do not say.
Result<void> check_over(const run::Asking& given) {
  if (given.zone_files.empty() && !given.over.empty())
    return fail("--over needs --zone-files", "name the zone files that are laid over it");
  if (!given.over.empty() && !given.over_live()) return check_is_file("--over", given.over);
  return {};
}

}  // namespace

Result<run::Asking> AskOptions::asking() const {
  auto all = given;
  if (const auto fit = check_over(given); !fit) return tl::unexpected(fit.error());
  const auto read_timeout = parse_duration_ms(timeout), read_deadline = parse_duration_ms(deadline);
  if (!read_deadline) return fail("--deadline: " + read_deadline.error().message, read_deadline.error().hint);
  if (!read_timeout) return fail("--timeout: " + read_timeout.error().message, read_timeout.error().hint);
  all.timeout = *read_timeout;
  all.deadline = *read_deadline;
  return all;
}

void ChangedSinceOption::add_to(CLI::App& command) {
  command
      .add_option(
          "--changed-since", ref,
          "Judge only what differs from this commit of the git repository that holds the inventory: a "
          "branch, a tag or a hash")
      ->type_name("GIT-REF");
}

Result<void> ChangedSinceOption::check(const std::vector<std::string>& files) const {
  if (!ref.empty() && std::find(files.begin(), files.end(), "-") != files.end())
    return fail("--changed-since needs files, and standard input is not a file",
                "save it, and name the file");
  return {};
}

}  // namespace rdnsgate::cli
