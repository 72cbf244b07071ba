// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "cli/config_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/version.h"
#include "base/version_range.h"
#include "cli/output.h"
#include "cli/schema_text.h"
#include "inventory/fields.h"
#include "inventory/paths.h"
#include "inventory/read_file.h"
#include "yaml/schema.h"
#include "inventory/problem_codes.h"
#include "inventory/limits.h"
#include "yaml/dialect.h"
#include "yaml/reader.h"

namespace rdnsgate::cli {
namespace {

namespace fs = std::filesystem;
using yaml::Value;

/// .rdnsgate.yaml; an empty one says nothing, which is allowed.
constexpr yaml::Dialect config_dialect{"a configuration", 1024, false, true, false};

constexpr std::size_t max_bytes = std::size_t{1} << 20;
constexpr std::array usual_names{".rdnsgate.yaml", ".config/rdnsgate.yaml"};
constexpr std::array<std::string_view, 6> file_keys{"inventory",  "baseline",     "root_hints",
                                                    "zone_files", "trust_anchor", "output"};

/// A link that leads nowhere is there: nobody put it there for nothing to happen.
bool is_there(const fs::path& path) {
  std::error_code ignored;
  return fs::exists(fs::symlink_status(path, ignored));
}

class Reader {
 public:
  explicit Reader(ConfigFile& config) : config_(config), folder_(inventory::folder_of(config.path)) {
    // What stands in .config is about the folder around it.
    if (fs::path(config.path).parent_path().filename() == ".config") folder_ = inventory::folder_of(folder_);
  }

  void read(const Value& root) {
    yaml::for_each_member(root, [&](const Value& key, const Value& value) {
      const std::string name(key.text());
      if (name == "required_version") return;
      if (!value.is_map()) return add({}, name, value);
      yaml::for_each_member(
          value, [&](const Value& inner, const Value& of) { add(name, std::string(inner.text()), of); });
    });
  }

 private:
  void add(std::string command, std::string key, const Value& value) {
    Setting setting{std::move(command), std::move(key), {}, value.span()};
    const bool is_file =
        std::find(file_keys.begin(), file_keys.end(), std::string_view(setting.key)) != file_keys.end();
    const auto seen = [&](const Value& text) {
      std::string written(text.text());
      return is_file && written != "-" ? inventory::beside(folder_, written) : written;
    };
    if (value.is_map()) {  // output: a format, and the file that it goes to
      yaml::for_each_member(value, [&](const Value& format, const Value& file) {
        setting.values.push_back(fmt::format("{}={}", format.text(), seen(file)));
      });
    } else if (value.is_list()) {
      yaml::for_each_item(value, [&](const Value& item) { setting.values.push_back(seen(item)); });
    } else {
      setting.values.push_back(seen(value));
    }
    if (!setting.values.empty()) config_.settings.push_back(std::move(setting));
  }

  ConfigFile& config_;
  std::string folder_;
};

/// Before anything else is looked at: of another version the rest may follow other rules.
bool check_version(const Value& root, yaml::Problems& problems) {
  const auto range = inventory::text_field(root, "required_version");
  if (!range) return true;
  const auto within = version_within(version, range->text());
  if (!within) {
    problems.add(inventory::code::value, range->span(), within.error().message, within.error().hint);
    return false;
  }
  if (!*within) {
    problems.add(inventory::code::value, range->span(), fmt::format("this is rdnsgate {}", version),
                 "install a version that this repository is kept with, or change required_version");
  }
  return *within;
}

/// The kinds of problem are the inventory's, and so are their names.
void rename_codes(Diagnostics& problems) {
  constexpr std::string_view theirs = "inventory-";
  for (auto& problem : problems) {
    if (problem.code.starts_with(theirs)) problem.code.replace(0, theirs.size(), "config-");
  }
}

}  // namespace

Result<std::string> find_config(const ConfigChoice& choice) {
  if (choice.none) return std::string();
  if (!choice.named.empty()) {
    if (is_there(choice.named)) return choice.named;
    return fail(fmt::format("--config names {}, which is not there", choice.named));
  }
  if (const char* named = std::getenv("RDNSGATE_CONFIG"); named != nullptr && *named != '\0') {
    if (is_there(named)) return std::string(named);
    return fail(fmt::format("RDNSGATE_CONFIG names {}, which is not there", named));
  }
  const auto place = find_place();
  std::string up;
  fs::path at = place.root;
  if (!place.folder.empty()) at /= place.folder;
  for (;; at = at.parent_path(), up += "../") {
    for (const auto* name : usual_names) {
      if (is_there(at / name)) return up + name;
    }
    if (at == place.root || at == at.root_path()) return std::string();
  }
}

std::optional<ConfigFile> read_config(const std::string& path, Diagnostics& problems, Sources& sources) {
  ConfigFile config{path, {}};
  auto text = inventory::read_file(path, max_bytes);
  if (!text) {
    const auto file = sources.add(path, {});
    problems.push_back(
        {Severity::error, "config-file", text.error().message, text.error().hint, {file, 0, 0}});
    return std::nullopt;
  }
  const auto file = sources.add(path, std::move(*text));
  inventory::Limits limits;
  yaml::Problems found(sources, file, limits.errors, config_dialect);
  const auto document = yaml::read(limits, found);
  if (document && check_version(document->root(), found)) {
    static const yaml::SchemaValidator schema(schema_text("config"), "the configuration");
    if (schema.check(*document, found)) Reader(config).read(document->root());
  }
  const bool usable = found.count() == 0;
  found.move_to(problems);
  rename_codes(problems);
  if (!usable) return std::nullopt;
  return config;
}

std::optional<LoadedConfig> load_config(const ConfigChoice& choice, Terminal& terminal) {
  LoadedConfig config;
  const auto path = find_config(choice);
  if (!path) return terminal.error(path.error().message, path.error().hint), std::nullopt;
  if (path->empty()) return config;
  Diagnostics problems;
  config.file = read_config(*path, problems, config.sources);
  say_problems(problems, config.sources, terminal);
  if (!config.file) return std::nullopt;
  return config;
}

const std::vector<KnownSetting>& known_settings() {
  static const auto all = [] {
    std::vector<KnownSetting> known;
    const auto schema = nlohmann::ordered_json::parse(schema_text("config"));
    for (const auto& [key, of] : schema.at("properties").items()) {
      if (key == "required_version") continue;
      if (of.value("type", nlohmann::ordered_json()) != "object") {
        known.push_back({{}, key});
        continue;
      }
      for (const auto& [inner, ignored] : of.at("properties").items()) known.push_back({key, inner});
    }
    return known;
  }();
  return all;
}

}  // namespace rdnsgate::cli
