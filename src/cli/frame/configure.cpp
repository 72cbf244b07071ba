// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "cli/frame/configure.h"

#include <fmt/format.h>
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <optional>

#include "base/duration.h"
#include "base/text/text.h"

namespace rdnsgate::cli {
namespace {

/// Who said what an option is, the strongest first.
enum class Rank { command_line, environment, command_section, all_commands, built_in };

/// The commands whose FILE is the inventory.
constexpr std::array<std::string_view, 5> inventory_commands{"lint", "fmt", "check", "watch", "plan"};

/// The name that the command is under in a file, also for what is under it: `rollout` of `rollout status`.
std::string section_of(const CLI::App& command) {
  const CLI::App* at = &command;
  while (at->get_parent() != nullptr && at->get_parent()->get_parent() != nullptr) at = at->get_parent();
  return at->get_name();
}

CLI::Option* option_of(CLI::App& command, const std::string& key) {
  if (key == "inventory") {
    const auto& all = inventory_commands;
    const bool has_one = std::find(all.begin(), all.end(), command.get_name()) != all.end();
    return has_one ? command.get_option_no_throw("FILE") : nullptr;
  }
  std::string name = "--" + key;
  std::replace(name.begin(), name.end(), '_', '-');
  return command.get_option_no_throw(name);
}

/// Settings whose meaning is the same for every command have a variable; `format` and the rest of a section
/// mean something else for each.
std::string variable_of(const std::string& section, const std::string& key) {
  const bool for_reports = key == "format" && (section == "lint" || section == "check");
  const auto& known = run::known_settings();
  const bool for_all = std::any_of(known.begin(), known.end(),
                                   [&](const auto& one) { return one.command.empty() && one.key == key; });
  if (!for_reports && !for_all) return {};
  return "RDNSGATE_" + ascii_upper(key);
}

class Configurator {
 public:
  explicit Configurator(const run::LoadedConfig& config) : config_(config) {}

  Result<void> configure(CLI::App& command) {
    const std::string section = section_of(command);
    std::vector<std::pair<std::string, CLI::Option*>> open;  // what the command line left open
    for (const auto& known : run::known_settings()) {
      if (!known.command.empty() && known.command != section) continue;
      auto* option = option_of(command, known.key);
      if (option == nullptr || origins_.contains(option)) continue;
      origins_[option] = {known.key, Rank::built_in, "default", {}};
      order_.push_back(option);
      if (option->count() > 0) {
        origins_[option] = {known.key, Rank::command_line, "command line", {}};
      } else {
        open.emplace_back(known.key, option);
      }
    }
    for (const auto& [key, option] : open) {
      if (const auto done = from_environment(section, key, *option); !done) return done;
    }
    if (!config_.file) return {};
    for (const Rank rank : {Rank::command_section, Rank::all_commands}) {
      const std::string where = rank == Rank::command_section ? section : std::string();
      for (const auto& setting : config_.file->settings) {
        auto* option = setting.command == where ? option_of(command, setting.key) : nullptr;
        if (option == nullptr) continue;
        const auto at = config_.sources.locate(setting.at);
        const auto done =
            fill(*option, setting.values, rank, fmt::format("{}:{}", config_.file->shown, at.line));
        if (!done) return done;
        if (origins_.at(option).rank == rank) origins_.at(option).writes = setting.writes;
      }
    }
    return {};
  }

  std::vector<run::EffectiveSetting> effective() const {
    std::vector<run::EffectiveSetting> all;
    for (auto* option : order_) {
      const auto& origin = origins_.at(option);
      auto values = option->results();
      std::vector<std::string> defaults;
      if (!option->get_default_str().empty()) defaults = {option->get_default_str()};
      if (values.empty()) values = defaults;
      if (values.empty()) continue;
      all.push_back({origin.key, std::move(values), origin.writes, std::move(defaults),
                     origin.rank <= Rank::environment, origin.said});
    }
    return all;
  }

 private:
  struct Origin {
    std::string key;
    Rank rank{};
    std::string said;
    std::vector<std::string> writes;
  };

  Result<void> from_environment(const std::string& section, const std::string& key, CLI::Option& option) {
    const std::string name = variable_of(section, key);
    const char* value = name.empty() ? nullptr : std::getenv(name.c_str());
    if (value == nullptr || *value == '\0') return {};
    if (key == "timeout" || key == "deadline") {  // the command would blame the option, which nobody gave
      if (const auto parsed = parse_duration_ms(value); !parsed)
        return fail(fmt::format("{}: {}", name, parsed.error().message), parsed.error().hint);
    }
    return fill(option, {value}, Rank::environment, name);
  }

  Result<void> fill(CLI::Option& option, const std::vector<std::string>& values, Rank rank,
                    std::string said) {
    auto& origin = origins_.at(&option);
    if (origin.rank <= rank) return {};
    for (auto* other : option.get_excludes()) {
      const auto known = origins_.find(other);
      const bool given = other->count() > 0;
      if (!given) continue;
      if (known == origins_.end() || known->second.rank < rank) return {};
      return fail(fmt::format("{}: {} does not go together with {}", said, origin.key, known->second.key),
                  fmt::format("{} asks for the other; leave one of them out", known->second.said));
    }
    try {
      for (const auto& value : values) option.add_result(value);
      option.run_callback();
    } catch (const CLI::ParseError& wrong) {
      return fail(fmt::format("{}: {}", said, wrong.what()));
    }
    origin.rank = rank;
    origin.said = std::move(said);
    return {};
  }

  const run::LoadedConfig& config_;
  std::map<const CLI::Option*, Origin> origins_;
  std::vector<CLI::Option*> order_;
};

}  // namespace

Result<std::vector<run::EffectiveSetting>> configure(CLI::App& command, const run::LoadedConfig& config) {
  Configurator configurator(config);
  if (const auto done = configurator.configure(command); !done) return tl::unexpected(done.error());
  return configurator.effective();
}

bool is_configurable(CLI::App& command) {
  const std::string section = section_of(command);
  const auto& known = run::known_settings();
  return std::any_of(known.begin(), known.end(), [&](const auto& one) {
    return (one.command.empty() || one.command == section) && option_of(command, one.key) != nullptr;
  });
}

}  // namespace rdnsgate::cli
