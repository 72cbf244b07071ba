// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "cli/completion/completion_table.h"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <algorithm>
#include <array>
#include <sstream>
#include <string_view>

#include "cli/frame/options.h"
#include "rules/registry.h"
#include "run/gate/schema_text.h"

namespace rdnsgate::cli {
namespace {

using Kind = CompletedValue::Kind;

struct Called {
  std::string_view word;  ///< what --help calls a value
  Kind kind;
};

/// What is a file by its name in --help. Values of any other name are not completed, or have words of their own.
constexpr std::array<Called, 8> files_by_name{{{"FILE", Kind::file},
                                               {"live|FILE", Kind::file},
                                               {"DIR", Kind::folder},
                                               {"DIR|FILE", Kind::file},
                                               {"PATH", Kind::file},
                                               {"REPORT", Kind::file},
                                               {"PLAN", Kind::file},
                                               {"FORMAT=FILE", Kind::output}}};

std::vector<std::string> rule_words(bool rules, bool families) {
  std::vector<std::string> words;
  for (const auto& rule : rules::registry()) {
    const auto id = rule.info.id;
    const std::string family(id.substr(0, id.find('-')));
    if (families && std::find(words.begin(), words.end(), family) == words.end()) words.push_back(family);
    if (rules) words.emplace_back(id);
  }
  return words;
}

std::vector<std::string> command_words(const CLI::App& program) {
  std::vector<std::string> words;
  for (const auto* command : program.get_subcommands([](const CLI::App*) { return true; }))
    words.push_back(command->get_name());
  return words;
}

std::vector<std::string> words_called(const std::string& called, const CLI::App& program) {
  const auto strings = [](const auto& views) { return std::vector<std::string>(views.begin(), views.end()); };
  if (called == "RULE") return rule_words(true, true);
  if (called == "FAMILY") return rule_words(false, true);
  if (called == "SCHEMA") return strings(run::schema_names());
  if (called == "COMMAND") return command_words(program);
  if (called == "FORMAT=FILE") return strings(report_formats());
  return {};
}

/// `TEXT:{auto,always,never}`: CLI11 shows the values that an option is held to, and has no other way to ask.
std::vector<std::string> words_held_to(const std::string& type) {
  const auto from = type.find(":{"), to = type.rfind('}');
  if (from == std::string::npos || to == std::string::npos || to < from) return {};
  std::vector<std::string> words;
  std::istringstream listed(type.substr(from + 2, to - from - 2));
  for (std::string word; std::getline(listed, word, ',');) words.push_back(word);
  return words;
}

CompletedValue value_of(const CLI::Option& option, const CLI::App& program) {
  const std::string type = option.get_type_name();
  CompletedValue value;
  value.called = option.get_positional() ? option.get_name(true) : type.substr(0, type.find(":{"));
  value.words = words_held_to(type);
  if (value.words.empty()) value.words = words_called(value.called, program);
  if (!value.words.empty()) value.kind = Kind::words;
  const auto file = std::find_if(files_by_name.begin(), files_by_name.end(),
                                 [&](const Called& one) { return one.word == value.called; });
  if (file != files_by_name.end()) value.kind = file->kind;
  return value;
}

/// What stands before the first colon, semicolon or full stop: a shell has a line for it.
std::string few_words(const std::string& help) {
  const auto end = std::min({help.find(": "), help.find("; "), help.find(". ")});
  return help.substr(0, end);
}

bool repeats(const CLI::Option& option) { return option.get_items_expected_max() > 1; }

CompletedOption completed(const CLI::Option& option, const CLI::App& program) {
  CompletedOption entry;
  for (const auto& name : option.get_snames()) entry.names.push_back("-" + name);
  for (const auto& name : option.get_lnames()) entry.names.push_back("--" + name);
  entry.help = few_words(option.get_description());
  entry.is_flag = option.get_items_expected_max() == 0;
  entry.repeats = repeats(option) || (entry.is_flag && entry.names.front() == "-q");
  if (!entry.is_flag) entry.value = value_of(option, program);
  return entry;
}

void collect(const CLI::App& app, const CLI::App& program, const std::string& path,
             std::vector<CompletedOption> above, std::vector<CompletedCommand>& table) {
  CompletedCommand command;
  command.path = path;
  command.help = few_words(app.get_description());
  for (const auto* option : app.get_options()) {
    if (option->get_positional()) {
      command.arguments.push_back(value_of(*option, program));
      command.last_repeats = repeats(*option);
    } else {
      command.options.push_back(completed(*option, program));
    }
  }
  const auto is_own = [&](const CompletedOption& one) {
    return std::any_of(command.options.begin(), command.options.end(),
                       [&](const CompletedOption& own) { return own.names == one.names; });
  };
  above.erase(std::remove_if(above.begin(), above.end(), is_own), above.end());
  command.options.insert(command.options.end(), above.begin(), above.end());
  const auto below = app.get_subcommands([](const CLI::App*) { return true; });
  for (const auto* one : below) command.below.push_back(one->get_name());
  const auto options = command.options;
  table.push_back(std::move(command));
  for (const auto* one : below)
    collect(*one, program, path.empty() ? one->get_name() : path + " " + one->get_name(), options, table);
}

}  // namespace

std::string name_of(const CompletedCommand& command) {
  return command.path.substr(command.path.rfind(' ') + 1);
}

bool is_directly_below(const CompletedCommand& command, const CompletedCommand& above) {
  if (command.path.empty()) return false;
  const auto name = name_of(command);
  return command.path == (above.path.empty() ? name : above.path + " " + name);
}

std::vector<CompletedCommand> completion_table(const CLI::App& program) {
  std::vector<CompletedCommand> table;
  collect(program, program, "", {}, table);
  return table;
}

}  // namespace rdnsgate::cli
