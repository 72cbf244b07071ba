// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/gate/config_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/files/boundary.h"
#include "base/text/version_range.h"
#include "base/version.h"
#include "history/open.h"
#include "inventory/files/paths.h"
#include "inventory/files/read_file.h"
#include "inventory/limits.h"
#include "inventory/model/fields.h"
#include "inventory/problem_codes.h"
#include "run/files/find_place.h"
#include "run/gate/schema_text.h"
#include "run/git/git_files.h"
#include "run/git/git_tree.h"
#include "yaml/reader.h"
#include "yaml/schema.h"

namespace rdnsgate::run {
namespace {

namespace fs = std::filesystem;
using yaml::Value;

/// .rdnsgate.yaml; an empty one says nothing, which is allowed.
constexpr yaml::Dialect config_dialect{"a configuration", 1024, false, true, false};

constexpr std::size_t max_bytes = std::size_t{1} << 20;
constexpr std::array usual_names{".rdnsgate.yaml", ".config/rdnsgate.yaml"};

/// A link that leads nowhere is there: nobody put it there for nothing to happen.
bool is_there(const inventory::FileTree& files, const fs::path& path) {
  return files.is_link(path.string()) || files.kind(path.string()) != inventory::FileTree::Kind::none;
}

/// From the current folder up to the root of the repository; empty for none.
std::string find_config_in(const inventory::FileTree& files) {
  const auto place = find_place();
  std::string up;
  fs::path at = place.root;
  if (!place.folder.empty()) at /= place.folder;
  for (;; at = at.parent_path(), up += "../") {
    for (const auto* name : usual_names) {
      if (is_there(files, at / name)) return up + name;
    }
    if (at == place.root || at == at.root_path()) return {};
  }
}

class ConfigReader {
 public:
  ConfigReader(ConfigFile& config, yaml::Problems& problems)
      : config_(config), problems_(problems), folder_(inventory::folder_of(config.path)) {
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
    Setting setting{std::move(command), std::move(key), {}, {}, value.span()};
    const auto paths = paths_of(setting);
    const auto seen = [&](const Value& text) {
      std::string written(text.text());
      // A snapshot of that name is ./live.
      const bool is_server = setting.key == "history" && history::Place{written}.is_server();
      if (is_server) check_server(text.span());
      const bool is_word = written == "-" || (setting.key == "over" && written == "live") || is_server;
      if (paths.empty() || is_word) return written;
      auto path = inventory::beside(folder_, written);
      check_place(path, text.span());
      if (paths == "write") setting.writes.push_back(path);
      return path;
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
    if (setting.values.empty()) return;
    // What others may stand beside comes before them.
    const auto place = setting.key == "over" ? config_.settings.begin() : config_.settings.end();
    config_.settings.insert(place, std::move(setting));
  }

  static std::string_view paths_of(const Setting& setting) {
    const auto& known = known_settings();
    const auto found = std::find_if(known.begin(), known.end(), [&](const KnownSetting& one) {
      return one.command == setting.command && one.key == setting.key;
    });
    return found == known.end() ? std::string_view() : std::string_view(found->paths);
  }

  /// A configuration that was found is the repository's; one that was named is the user's, as is what it
  /// names.
  void check_place(const std::string& path, Span at) {
    if (!config_.found) return;
    if (!boundary_) {
      const auto real = follow_path(folder_);
      if (!real) return problems_.add(code_path, at, real.error().message, real.error().hint);
      boundary_ = Boundary::around(*real);
    }
    if (const auto real = follow_within(*boundary_, path); !real)
      problems_.add(code_path, at, real.error().message, real.error().hint);
  }

  /// A branch that somebody proposes does not say whom the user's password is shown to.
  void check_server(Span at) {
    if (!config_.found) return;
    problems_.add(code_path, at, "a configuration of a repository names no server for the history",
                  "name it with --history or RDNSGATE_HISTORY, or name the configuration with --config");
  }

  static constexpr std::string_view code_path = inventory::code::path;
  ConfigFile& config_;
  yaml::Problems& problems_;
  std::string folder_;
  std::optional<Boundary> boundary_;
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

/// What a commit has is as it was found there: it is the repository's.
Result<LoadedConfig> load_config_from(const std::string& commit) {
  const auto tree = GitTree::open(find_place().root, commit);
  if (!tree) return fail("--config-from: " + tree.error().message, tree.error().hint);
  const GitFiles then(*tree);
  LoadedConfig config;
  const auto path = find_config_in(then);
  if (!path.empty()) {
    if (!then.has_place_for(path)) {
      return fail(fmt::format("--config-from: {}:{} leads out of the repository", commit, path),
                  "what a repository names, and where its links lead, has to stay in it");
    }
    config.file = read_config({path, fmt::format("{}:{}", commit, path), true, {}}, config.problems,
                              config.sources, then);
    if (!config.file) return config;
  }
  if (const auto failure = then.failure()) return fail("--config-from: " + failure->message, failure->hint);
  return config;
}

}  // namespace

bool is_named(const ConfigChoice& choice) {
  const char* named = std::getenv("RDNSGATE_CONFIG");
  return !choice.named.empty() || (named != nullptr && *named != '\0');
}

Result<std::string> find_config(const ConfigChoice& choice, const inventory::FileTree& files) {
  if (choice.none) return std::string();
  if (!choice.named.empty()) {
    if (is_there(files, choice.named)) return choice.named;
    return fail(fmt::format("--config names {}, which is not there", choice.named));
  }
  if (const char* named = std::getenv("RDNSGATE_CONFIG"); named != nullptr && *named != '\0') {
    if (is_there(files, named)) return std::string(named);
    return fail(fmt::format("RDNSGATE_CONFIG names {}, which is not there", named));
  }
  return find_config_in(files);
}

std::optional<ConfigFile> read_config(ConfigFile config, Diagnostics& problems, Sources& sources,
                                      const inventory::FileTree& files) {
  if (config.shown.empty()) config.shown = config.path;
  auto text = files.read(config.path, max_bytes, config.shown);
  if (!text) {
    const auto file = sources.add(config.shown, {});
    problems.push_back(
        {Severity::error, "config-file", text.error().message, text.error().hint, {file, 0, 0}});
    return std::nullopt;
  }
  const auto file = sources.add(config.shown, std::move(*text));
  inventory::Limits limits;
  yaml::Problems wrong(sources, file, limits.errors, config_dialect);
  const auto document = yaml::read(limits, wrong);
  if (document && check_version(document->root(), wrong)) {
    static const yaml::SchemaValidator schema(schema_text("config"), "the configuration");
    if (schema.check(*document, wrong)) ConfigReader(config, wrong).read(document->root());
  }
  const bool usable = wrong.count() == 0;
  wrong.move_to(problems);
  rename_codes(problems);
  if (!usable) return std::nullopt;
  return config;
}

bool LoadedConfig::usable() const {
  return std::none_of(problems.begin(), problems.end(),
                      [](const Diagnostic& problem) { return problem.severity == Severity::error; });
}

Result<LoadedConfig> load_config(const ConfigChoice& choice) {
  if (!choice.from.empty()) return load_config_from(choice.from);
  const auto path = find_config(choice);
  if (!path) return tl::unexpected(path.error());
  LoadedConfig config;
  if (!path->empty())
    config.file = read_config({*path, {}, !is_named(choice), {}}, config.problems, config.sources);
  return config;
}

const std::vector<KnownSetting>& known_settings() {
  static const auto all = [] {
    std::vector<KnownSetting> known;
    const auto schema = nlohmann::ordered_json::parse(schema_text("config"));
    const auto paths = [&](const nlohmann::ordered_json& of) {
      auto kind = of.value("x-path", std::string());
      for (const auto& part : of.value("allOf", nlohmann::ordered_json::array())) {
        const auto reference = part.value("$ref", std::string());
        if (!kind.empty() || reference.empty()) continue;
        const auto& definition = schema.at("definitions").at(reference.substr(reference.rfind('/') + 1));
        kind = definition.value("x-path", std::string());
      }
      return kind;
    };
    for (const auto& [key, of] : schema.at("properties").items()) {
      if (key == "required_version") continue;
      if (of.value("type", nlohmann::ordered_json()) != "object") {
        known.push_back({{}, key, paths(of)});
        continue;
      }
      for (const auto& [inner, what] : of.at("properties").items())
        known.push_back({key, inner, paths(what)});
    }
    return known;
  }();
  return all;
}

}  // namespace rdnsgate::run
