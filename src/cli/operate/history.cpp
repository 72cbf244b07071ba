// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <algorithm>
#include <memory>
#include <vector>

#include "base/ip.h"
#include "base/text/text.h"
#include "base/wall_clock.h"
#include "cli/frame/commands.h"
#include "cli/frame/exit_code.h"
#include "cli/frame/history_options.h"
#include "cli/frame/options.h"
#include "cli/frame/refuse.h"
#include "cli/frame/terminal.h"
#include "history/open.h"
#include "rules/registry.h"
#include "run/history/history_json.h"
#include "run/history/history_text.h"

namespace rdnsgate::cli {
namespace {

using history::Access;
using history::Filter;
using history::History;

struct HistoryCommand {
  std::string where, since, until, format = "text", origin, keep = "400d", keep_latency = "30d";
  std::size_t limit = 0;
  Filter filter;
  CLI::Option* origin_given = nullptr;
};

const Error full{"standard output takes no more: the result is incomplete"};

/// A moment, a day, or how long ago: `2027-05-31T08:00:00Z`, `2027-05-31`, `7d`.
Result<std::optional<Time>> moment(std::string_view option, const std::string& text, Time now) {
  if (text.empty()) return std::optional<Time>();
  if (const auto ago = parse_duration(text)) return std::optional<Time>(now - *ago);
  if (const auto day = parse_date(text)) return std::optional<Time>(*day);
  if (const auto time = parse_moment(text)) return std::optional<Time>(*time);
  return fail(fmt::format("{}: \"{}\" is no time", option, text),
              "such as 2027-05-31T08:00:00Z, 2027-05-31, or 7d for seven days ago");
}

Result<Filter> filter_of(const HistoryCommand& options, Time now) {
  auto filter = options.filter;
  const auto since = moment("--since", options.since, now), until = moment("--until", options.until, now);
  if (!since) return tl::unexpected(since.error());
  if (!until) return tl::unexpected(until.error());
  filter.since = *since;
  filter.until = *until;
  if (filter.since && filter.until && *filter.since > *filter.until)
    return fail("--since is later than --until", "nothing is both");
  if (!filter.ip.empty()) {
    const auto address = IpAddress::parse(filter.ip);
    if (!address) return fail("--ip: " + address.error().message, address.error().hint);
    filter.ip = address->to_string();
  }
  for (auto* name : {&filter.zone, &filter.name}) {
    if (name->size() > 1 && name->ends_with('.')) name->pop_back();
    *name = ascii_lower(*name);
  }
  if (options.origin_given != nullptr && options.origin_given->count() > 0) filter.origin = options.origin;
  filter.limit = options.limit;
  return filter;
}

/// A rule that there is not now may be one of an earlier version: said only where nothing was found.
void hint_at_rule(const Filter& filter, Terminal& terminal) {
  if (filter.rule.empty() || rules::find_rule(filter.rule) != nullptr) return;
  std::vector<std::string_view> ids;
  for (const auto& rule : rules::registry()) ids.push_back(rule.info.id);
  const auto near = closest(filter.rule, ids);
  terminal.say(near.empty()
                   ? fmt::format("there is no rule \"{}\"", filter.rule)
                   : fmt::format("there is no rule \"{}\"; did you mean \"{}\"?", filter.rule, near));
}

struct Opened {
  std::unique_ptr<History> history;
  std::string shown;
  Time now{};
  Filter filter;
};

Result<Opened> open(const CommonOptions& common, const HistoryCommand& options, Access access) {
  const auto clock = common.clock();
  if (!clock) return tl::unexpected(clock.error());
  if (const auto named = check_names_history(options.where); !named) return tl::unexpected(named.error());
  const history::Place place{options.where};
  Opened opened{nullptr, place.shown(), clock->now(), {}};
  auto filter = filter_of(options, opened.now);
  if (!filter) return tl::unexpected(filter.error());
  opened.filter = std::move(*filter);
  auto history = history::open_history(place, access);
  if (!history) return tl::unexpected(history.error().error);
  opened.history = std::move(*history);
  return opened;
}

/// Shows page after page of what `read` gets, until there is no more or `limit` are shown.
template <typename Read, typename Show>
Result<std::size_t> for_each_page(Filter filter, Read read, Show show) {
  constexpr std::size_t page = 1000;
  std::size_t shown = 0;
  const std::size_t limit = filter.limit;
  for (;;) {
    filter.limit = limit == 0 ? page : std::min(page, limit - shown);
    if (filter.limit == 0) return shown;
    auto some = read(filter);
    if (!some) return tl::unexpected(some.error().error);
    if (some->empty() && shown > 0) return shown;
    if (!show(*some)) return tl::unexpected(full);
    shown += some->size();
    if (some->size() < filter.limit) return shown;
    filter.after = some->back().number;
  }
}

int list(const CommonOptions& common, const HistoryCommand& options) {
  Terminal terminal(common.color, common.quiet, common.verbose);
  auto opened = open(common, options, Access::read);
  if (!opened) return refuse(terminal, opened.error());
  opened->filter.newest_first = true;
  const auto read = [&](const Filter& filter) { return opened->history->runs(filter); };
  const auto print = [&](std::string_view text) { return terminal.print(text); };
  if (options.format == "json") {
    run::HistoryJson json(print, opened->shown, opened->now);
    json.begin("runs");
    const auto done = for_each_page(opened->filter, read, [&](const auto& runs) { return json.add(runs); });
    if (!done) return refuse(terminal, done.error());
    return json.end() ? exit_pass : refuse(terminal, full);
  }
  const auto done =
      for_each_page(opened->filter, read, [&](const auto& runs) { return print(run::history_text(runs)); });
  return done ? exit_pass : refuse(terminal, done.error());
}

int show(const CommonOptions& common, const HistoryCommand& options) {
  Terminal terminal(common.color, common.quiet, common.verbose);
  const auto opened = open(common, options, Access::read);
  if (!opened) return refuse(terminal, opened.error());
  const auto findings = opened->history->findings(opened->filter);
  if (!findings) return refuse(terminal, findings.error().error);
  if (findings->empty()) hint_at_rule(opened->filter, terminal);
  if (options.format == "json") {
    run::HistoryJson json([&](std::string_view text) { return terminal.print(text); }, opened->shown,
                          opened->now);
    json.begin("findings");
    json.add(*findings);
    return json.end() ? exit_pass : refuse(terminal, full);
  }
  return terminal.print(run::history_text(*findings, opened->now)) ? exit_pass : refuse(terminal, full);
}

int timeline(const CommonOptions& common, const HistoryCommand& options) {
  Terminal terminal(common.color, common.quiet, common.verbose);
  const auto opened = open(common, options, Access::read);
  if (!opened) return refuse(terminal, opened.error());
  const auto read = [&](const Filter& filter) { return opened->history->timeline(filter); };
  const auto print = [&](std::string_view text) { return terminal.print(text); };
  if (options.format == "json") {
    run::HistoryJson json(print, opened->shown, opened->now);
    json.begin("transitions");
    const auto done = for_each_page(opened->filter, read, [&](const auto& some) { return json.add(some); });
    if (!done) return refuse(terminal, done.error());
    if (*done == 0) hint_at_rule(opened->filter, terminal);
    return json.end() ? exit_pass : refuse(terminal, full);
  }
  const auto done =
      for_each_page(opened->filter, read, [&](const auto& some) { return print(run::history_text(some)); });
  if (!done) return refuse(terminal, done.error());
  if (*done == 0) hint_at_rule(opened->filter, terminal);
  return exit_pass;
}

int export_all(const CommonOptions& common, const HistoryCommand& options) {
  Terminal terminal(common.color, common.quiet, common.verbose);
  const auto opened = open(common, options, Access::read);
  if (!opened) return refuse(terminal, opened.error());
  auto& history = *opened->history;
  const auto print = [&](std::string_view text) { return terminal.print(text); };
  if (options.format == "csv") {
    if (!print(run::csv_head())) return refuse(terminal, full);
    const auto done = for_each_page(
        opened->filter, [&](const Filter& filter) { return history.timeline(filter); },
        [&](const auto& some) { return print(run::csv_lines(some)); });
    return done ? exit_pass : refuse(terminal, done.error());
  }
  run::HistoryJson json(print, opened->shown, opened->now);
  const auto add = [&](const auto& some) { return json.add(some); };
  const auto paged = [&](std::string_view list, auto read) {
    json.begin(list);
    return for_each_page(opened->filter, read, add);
  };
  const auto runs = paged("runs", [&](const Filter& filter) { return history.runs(filter); });
  if (!runs) return refuse(terminal, runs.error());
  json.begin("findings");
  const auto findings = history.findings(opened->filter);
  if (!findings) return refuse(terminal, findings.error().error);
  json.add(*findings);
  const auto transitions =
      paged("transitions", [&](const Filter& filter) { return history.timeline(filter); });
  if (!transitions) return refuse(terminal, transitions.error());
  const auto zones = paged("zones", [&](const Filter& filter) { return history.zones(filter); });
  if (!zones) return refuse(terminal, zones.error());
  json.begin("latency");
  const auto latency = history.latency(opened->filter);
  if (!latency) return refuse(terminal, latency.error().error);
  json.add(*latency);
  return json.end() ? exit_pass : refuse(terminal, full);
}

int prune(const CommonOptions& common, const HistoryCommand& options) {
  Terminal terminal(common.color, common.quiet, common.verbose);
  const auto keep = parse_duration(options.keep), keep_latency = parse_duration(options.keep_latency);
  if (!keep) return refuse(terminal, {"--keep: " + keep.error().message, keep.error().hint});
  if (!keep_latency)
    return refuse(terminal, {"--keep-latency: " + keep_latency.error().message, keep_latency.error().hint});
  const auto opened = open(common, options, Access::change);
  if (!opened) return refuse(terminal, opened.error());
  const auto pruned = opened->history->prune({*keep_latency, *keep}, opened->now);
  if (!pruned) return refuse(terminal, pruned.error().error);
  const auto text = fmt::format("removed {}, {}, {} and {}\n", counted(pruned->runs, "run", "runs"),
                                counted(pruned->transitions, "transition", "transitions"),
                                counted(pruned->latencies, "row of latency", "rows of latency"),
                                counted(pruned->zones, "state of a zone", "states of zones"));
  return terminal.print(text) ? exit_pass : refuse(terminal, full);
}

enum class Filters : std::uint8_t { none, of_runs, of_findings };

CLI::App* add_one(CLI::App& above, const std::string& name, const std::string& what, HistoryCommand& options,
                  Filters filters) {
  auto* command = above.add_subcommand(name, what);
  command->add_option("--history", options.where, "The history: a file, or postgresql://USER@HOST/DATABASE")
      ->type_name("FILE|URL");
  if (filters == Filters::none) return command;
  command->add_option("--since", options.since, "From then on: a time, a day, or how long ago (7d)")
      ->type_name("WHEN");
  command->add_option("--until", options.until, "Up to then")->type_name("WHEN");
  command->add_option("--limit", options.limit, "At most so many; 0 for all")
      ->type_name("N")
      ->capture_default_str();
  if (filters == Filters::of_findings) {
    command->add_option("--ip", options.filter.ip, "About this address")->type_name("IP");
    command->add_option("--rule", options.filter.rule, "Of this rule")->type_name("RULE");
    command->add_option("--zone", options.filter.zone, "About names of this zone")->type_name("ZONE");
    command->add_option("--name", options.filter.name, "About this sender, relay, domain, zone or path")
        ->type_name("NAME");
    command->add_option("--vantage", options.filter.vantage, "Seen by this vantage")->type_name("VANTAGE");
    command->add_option("--fingerprint", options.filter.fingerprint, "This finding")
        ->type_name("FINGERPRINT");
  }
  command->add_option("--origin", options.origin, "Only runs with this --history-origin")->type_name("NAME");
  return command;
}

}  // namespace

Action add_history(CLI::App& app) {
  using Run = int (*)(const CommonOptions&, const HistoryCommand&);
  struct One {
    CLI::App* command;
    Run run;
    std::shared_ptr<HistoryCommand> options;
  };
  auto all = std::make_shared<std::vector<One>>();
  auto* command = app.add_subcommand("history", "What earlier runs found, and what changed since when");
  command->require_subcommand(1);
  const auto add = [&](const std::string& name, const std::string& what, Run run, Filters filters,
                       std::size_t limit, const std::vector<std::string>& formats) {
    auto options = std::make_shared<HistoryCommand>();
    options->limit = limit;
    auto* one = add_one(*command, name, what, *options, filters);
    if (filters != Filters::none) options->origin_given = one->get_option("--origin");
    if (!formats.empty()) {
      options->format = formats.front();
      one->add_option("-f,--format", options->format,
                      fmt::format("What to print on standard output: {}", fmt::join(formats, " or ")))
          ->capture_default_str()
          ->check(CLI::IsMember(formats));
    }
    all->push_back({one, run, options});
    return one;
  };
  add("list", "The runs, the newest first", list, Filters::of_runs, 20, {"text", "json"})
      ->footer(
          "Exit: 0 shown, 2 wrong usage, or no history that can be read.\n"
          "Example: rdnsgate history list --history history.db --since 7d");
  add("show", "What is open, and since when", show, Filters::of_findings, 0, {"text", "json"})
      ->footer(
          "Exit: 0 shown, 2 wrong usage, or no history that can be read.\n"
          "Example: rdnsgate history show --history history.db --ip 192.0.2.10");
  add("timeline", "What opened, changed and recovered, in that order", timeline, Filters::of_findings, 0,
      {"text", "json"})
      ->footer(
          "Exit: 0 shown, 2 wrong usage, or no history that can be read.\n"
          "Example: rdnsgate history timeline --history history.db --since 2027-05-01 --zone example.com");
  add("export", "All of it as JSON, or what opened, changed and recovered as CSV", export_all,
      Filters::of_findings, 0, {"json", "csv"})
      ->footer(
          "Exit: 0 written, 2 wrong usage, or no history that can be read.\n"
          "Example: rdnsgate history export --history history.db --format csv");
  auto* pruning =
      add("prune", "Remove what is old; what is open stays, with its beginning", prune, Filters::none, 0, {});
  auto& kept = *all->back().options;
  pruning->add_option("--keep", kept.keep, "How long runs and what they found are kept; 0 for ever")
      ->type_name("DURATION")
      ->capture_default_str();
  pruning
      ->add_option("--keep-latency", kept.keep_latency,
                   "How long latency is kept run by run; by the hour it stays as long as the runs")
      ->type_name("DURATION")
      ->capture_default_str();
  pruning->footer(
      "Exit: 0 removed, 2 wrong usage, or no history that can be written to.\n"
      "Example: rdnsgate history prune --history history.db --keep 1w");
  command->footer("Example: rdnsgate history timeline --history history.db --since 7d");
  return [all](const CommonOptions& common) {
    for (const auto& one : *all) {
      if (one.command->parsed()) return one.run(common, *one.options);
    }
    return static_cast<int>(exit_usage);
  };
}

}  // namespace rdnsgate::cli
