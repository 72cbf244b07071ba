// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "cli/app.h"

#include <fmt/format.h>
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <algorithm>
#include <new>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text/text.h"
#include "cli/frame/commands.h"
#include "cli/frame/configure.h"
#include "cli/frame/exit_code.h"
#include "cli/frame/options.h"
#include "cli/frame/say_problems.h"
#include "cli/frame/terminal.h"
#include "cli/frame/version_text.h"
#include "report/formats.h"
#include "run/git/git_tracked.h"

namespace rdnsgate::cli {
namespace {

struct Command {
  CLI::App* app;
  Action action;
};

/// `--zone-files zones check`: an option of the command before it. Its hint; empty where that is not what is wrong.
std::string misplaced_option(const CLI::App& app, int argc, char** argv) {
  const auto commands = app.get_subcommands([](const CLI::App*) { return true; });
  const auto has = [](const CLI::App& command, std::string_view option) {
    const auto options = command.get_options();
    return std::any_of(options.begin(), options.end(),
                       [&](const CLI::Option* one) { return one->check_name(std::string(option)); });
  };
  std::string_view option;
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = std::string_view(argv[i]).substr(0, std::string_view(argv[i]).find('='));
    const auto command = std::find_if(commands.begin(), commands.end(),
                                      [&](const auto* one) { return one->get_name() == word; });
    if (command != commands.end()) {
      if (option.empty() || !has(**command, option)) return {};
      return fmt::format("options of a command go after it: rdnsgate {} {} ...", word, option);
    }
    if (option.empty() && word.starts_with('-') && word.size() > 1 && !has(app, word)) option = word;
  }
  return {};
}

/// The only candidate that begins with these three characters or more; empty where there is none, or another.
std::string_view only_beginning(std::string_view text, const std::vector<std::string_view>& candidates) {
  std::string_view found;
  if (text.size() < 3) return found;
  for (const auto candidate : candidates) {
    if (!candidate.starts_with(text)) continue;
    if (!found.empty() && found != candidate) return {};
    found = candidate;
  }
  return found;
}

/// The program, the command that was understood, and the command of that.
std::vector<const CLI::App*> understood(const CLI::App& app) {
  std::vector<const CLI::App*> chain{&app};
  for (auto parsed = app.get_subcommands(); !parsed.empty(); parsed = chain.back()->get_subcommands())
    chain.push_back(parsed.front());
  return chain;
}

/// How many words an option of any of these takes, with its value; 0 where it is one of none.
int words_of(const std::vector<const CLI::App*>& chain, std::string_view option) {
  const auto equals = option.find('=');
  const bool is_short = option.substr(0, 2) != "--";
  const std::string name(option.substr(0, is_short ? 2 : equals));
  for (const auto* one : chain) {
    const auto* known = one->get_option_no_throw(name);
    if (known == nullptr) continue;
    const bool has_value = is_short ? option.size() > 2 : equals != std::string_view::npos;
    return known->get_items_expected_max() > 0 && !has_value ? 2 : 1;
  }
  return 0;
}

/// Where the first word stands behind what was understood that is neither an option nor the value of one; `argc` where there
/// is none, or where it cannot be told.
int word_behind(const std::vector<const CLI::App*>& chain, int argc, char** argv) {
  int at = 1;
  for (std::size_t i = 1; i < chain.size(); ++i) {
    while (at < argc && chain[i]->get_name() != argv[at]) ++at;
    ++at;
  }
  while (at < argc && argv[at][0] == '-') {
    const int words = words_of(chain, argv[at]);
    at += words > 0 ? words : argc;
  }
  return std::min(at, argc);
}

/// What CLI11 says, or that a command of `rollout`, say, is none: it only misses one then.
std::string message_for(const CLI::App& app, const CLI::ParseError& wrong, int argc, char** argv) {
  const auto chain = understood(app);
  const bool is_missing = !chain.back()->get_subcommands([](const CLI::App*) { return true; }).empty();
  const int at = word_behind(chain, argc, argv);
  if (!is_missing || at == argc) return wrong.what();
  std::string command;
  for (std::size_t i = 1; i < chain.size(); ++i) command += chain[i]->get_name() + " ";
  return fmt::format("there is no command \"{}{}\"", command, argv[at]);
}

/// Of the command, or of one below it.
bool has_option(const CLI::App& command, const std::string& option) {
  const auto below = command.get_subcommands([](const CLI::App*) { return true; });
  return command.get_option_no_throw(option) != nullptr ||
         std::any_of(below.begin(), below.end(), [&](const auto* one) { return has_option(*one, option); });
}

/// `--over is an option of check, paths and plan`; empty for what is one of no command.
std::string option_of_others(const CLI::App& app, std::string_view word) {
  std::vector<std::string> owners;
  for (const auto* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    if (has_option(*command, std::string(word))) owners.push_back(command->get_name());
  }
  if (owners.empty()) return {};
  const auto last = std::move(owners.back());
  owners.pop_back();
  return fmt::format("{} is an option of {}{}{}", word, fmt::join(owners, ", "),
                     owners.empty() ? "" : " and ", last);
}

/// CLI11 says which argument it did not understand, but not which one was meant.
std::string hint_for(const CLI::App& app, int argc, char** argv) {
  if (auto hint = misplaced_option(app, argc, argv); !hint.empty()) return hint;
  std::vector<std::string> owned;
  std::vector<std::string_view> known;
  const auto sources = understood(app);
  const auto commands = sources.back()->get_subcommands([](const CLI::App*) { return true; });
  for (const auto* command : commands) owned.push_back(command->get_name());
  for (const auto* source : sources) {
    for (const auto* option : source->get_options()) {
      for (const auto& name : option->get_lnames()) owned.push_back("--" + name);
    }
  }
  for (const auto& name : owned) known.push_back(name);
  const int place = word_behind(sources, argc, argv);
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = std::string_view(argv[i]).substr(0, std::string_view(argv[i]).find('='));
    const bool is_option = word.starts_with("--");
    if ((!is_option && i != place) ||
        std::find(known.begin(), known.end(), word) != known.end())
      continue;
    if (auto others = is_option ? option_of_others(app, word) : std::string(); !others.empty()) return others;
    const auto begun = only_beginning(word, known);
    const auto near = begun.empty() ? closest(word, known) : begun;
    if (!near.empty() && near.starts_with("--") == is_option)
      return fmt::format("did you mean \"{}\"?", near);
  }
  std::string command = "rdnsgate";
  for (std::size_t i = 1; i < sources.size(); ++i) command += " " + sources[i]->get_name();
  return fmt::format("{} --help lists the {}", command, commands.empty() ? "options" : "commands");
}

/// Completes what the command line says. False after saying why, where the configuration cannot be used.
bool heed_configuration(CLI::App& program, CLI::App& command, CommonOptions& common) {
  CLI::App* leaf = &command;  // `status` of `rollout status`
  while (!leaf->get_subcommands().empty()) leaf = leaf->get_subcommands().front();
  if (!is_configurable(*leaf)) return true;
  Terminal terminal("never", 0, common.verbose && common.quiet < 2);
  auto& configuration = common.configuration;
  const auto config = run::load_config(configuration.choice);
  if (!config) return terminal.error(config.error().message, config.error().hint), false;
  say_problems(config->problems, config->sources, terminal);
  if (!config->usable()) return false;
  for (auto* app : {leaf, &program}) {
    const auto settings = configure(*app, *config);
    if (!settings) return terminal.error(settings.error().message, settings.error().hint), false;
    configuration.settings.insert(configuration.settings.end(), settings->begin(), settings->end());
    for (const auto& setting : *settings) {
      if (!config->file || !config->file->found) continue;
      if (const auto fresh = run::check_untracked(setting.writes); !fresh)
        return terminal.error(fmt::format("{}: {}", setting.origin, fresh.error().message),
                              fresh.error().hint),
               false;
    }
  }
  if (config->file) configuration.path = config->file->shown;
  terminal.detail(config->file ? fmt::format("configuration: {}", config->file->path)
                               : "no configuration file");
  return true;
}

/// What wrong usage ends with. `plan --detailed-exitcode` has another meaning for 2, however wrong the rest of the command
/// line is.
int usage_code(int argc, char** argv) {
  bool is_plan = false, is_detailed = false;
  for (int i = 1; i < argc && argv[i] != std::string_view("--"); ++i) {
    is_plan = is_plan || argv[i] == std::string_view("plan");
    is_detailed = is_detailed || argv[i] == std::string_view("--detailed-exitcode");
  }
  return is_plan && is_detailed ? static_cast<int>(exit_detailed_usage) : static_cast<int>(exit_usage);
}

/// `--format nagios`, however wrong the rest of the command line is. Whoever reads that goes by other exit codes, and sees
/// standard output alone.
bool is_plugin(int argc, char** argv) {
  const auto of_plugin = [](std::string_view name) {
    const auto* format = report::find_format(name);
    return format != nullptr && format->of_plugin;
  };
  for (int i = 1; i < argc && argv[i] != std::string_view("--"); ++i) {
    const std::string_view word = argv[i];
    const bool is_option = word == "-f" || word == "--format";
    if (is_option && i + 1 < argc && of_plugin(argv[i + 1])) return true;
    if (word.starts_with("--format=") && of_plugin(word.substr(9))) return true;
    if (word.starts_with("-f") && of_plugin(word.substr(2))) return true;
  }
  return false;
}

/// What the program ends with that has said why there is nothing else.
int end_without(int argc, char** argv, int code, std::string_view why) {
  if (!is_plugin(argc, argv)) return code;
  Terminal("never", 0).print(report::plugin_line(report::PluginState::unknown, why));
  return static_cast<int>(report::PluginState::unknown);
}

int give_up(int argc, char** argv, int code, const std::string& why, const std::string& hint) {
  Terminal("never", 0).error(why, hint);
  return end_without(argc, argv, code, why);
}

int parse_and_run(int argc, char** argv) {
  CLI::App app("Keeps reverse DNS, HELO names and mail identity true to an inventory in git.", "rdnsgate");
  CommonOptions common;
  app.set_version_flag("--version", [] {
    auto text = version_text();
    text.pop_back();  // CLI11 ends the line
    return text;
  });
  app.require_subcommand(1);
  app.fallthrough();
  app.add_option("--color", common.color, "Colour the text: auto, always or never")
      ->capture_default_str()
      ->check(CLI::IsMember({"auto", "always", "never"}));
  app.add_flag("-q,--quiet", common.quiet, "One line a finding; twice: nothing but the exit code");
  app.add_flag("-v,--verbose", common.verbose, "Also say what was read and who was asked, on standard error");
  app.add_option("--now", common.now,
                 "Judge as if it were this time (2027-05-31T08:00:00Z), for repeatable runs")
      ->type_name("TIME");
  auto* config =
      app.add_option("--config", common.configuration.choice.named,
                     "The configuration; else RDNSGATE_CONFIG, or the nearest .rdnsgate.yaml up to the "
                     "root of the git repository");
  auto* no_config = app.add_flag("--no-config", common.configuration.choice.none);
  no_config->description("Read no configuration");
  config->type_name("FILE")->excludes(no_config);
  auto* from =
      app.add_option("--config-from", common.configuration.choice.from,
                     "The configuration as this commit has it, for a gate that judges a branch: a branch, a "
                     "tag or a hash");
  from->type_name("GIT-REF")->excludes(config)->excludes(no_config);
  app.footer(
      "Exit codes: 0 pass, 1 findings, 2 wrong usage or inventory, 3 inconclusive, 4 a bug in rdnsgate,\n"
      "75 too early (rollout).\n"
      "Start with: rdnsgate lint inventory.yaml");

  std::vector<Command> commands;
  for (const auto add :
       {&add_init, &add_lint, &add_fmt, &add_check, &add_baseline, &add_plan, &add_rollout, &add_facts,
        &add_trace, &add_paths, &add_spf, &add_dkim, &add_dmarc, &add_smtp, &add_watch, &add_logs,
        &add_history, &add_report, &add_evidence, &add_ticket, &add_postmortem, &add_timeline, &add_drill,
        &add_explain, &add_rules, &add_schema, &add_config, &add_lsp, &add_completion, &add_help,
        &add_vantages, &add_version}) {
    Action action = add(app);
    commands.push_back({app.get_subcommands([](const CLI::App*) { return true; }).back(), std::move(action)});
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& success) {  // --help, --version
    std::ostringstream out, err;
    app.exit(success, out, err);
    return Terminal("never", 0).print(out.str()) ? exit_pass : exit_usage;
  } catch (const CLI::ParseError& wrong) {
    return give_up(argc, argv, usage_code(argc, argv), message_for(app, wrong, argc, argv),
                   hint_for(app, argc, argv));
  }
  for (const auto& command : commands) {
    if (!command.app->parsed()) continue;
    if (heed_configuration(app, *command.app, common)) return command.action(common);
    return end_without(argc, argv, usage_code(argc, argv), "the configuration cannot be used");
  }
  return exit_usage;
}

}  // namespace

int run(int argc, char** argv) {
  guard_standard_streams();
  try {
    return parse_and_run(argc, argv);
  } catch (const std::bad_alloc&) {
    return give_up(argc, argv, exit_internal, "there is not enough memory for this",
                   "is a limit set (ulimit -v, a container)?");
  } catch (const std::exception& bug) {
    return give_up(argc, argv, exit_internal, fmt::format("internal error: {}", bug.what()),
                   "this is a bug in rdnsgate, not a statement about your DNS: please report it");
  }
}

}  // namespace rdnsgate::cli
