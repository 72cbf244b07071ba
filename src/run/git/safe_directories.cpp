// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/git/safe_directories.h"

#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <string_view>
#include <vector>

#include "base/text/text.h"
#include "run/git/git_library.h"

namespace rdnsgate::run {
namespace {

namespace fs = std::filesystem;

constexpr const char* key = "safe.directory";

std::string variable(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? std::string() : value;
}

bool is_true(const std::string& value) {
  const auto lower = ascii_lower(value);
  return lower == "1" || lower == "true" || lower == "yes" || lower == "on";
}

/// In the order in which git reads them (git-config(1), FILES): the last says what holds.
std::vector<std::string> protected_files() {
  std::vector<std::string> files;
  if (!is_true(variable("GIT_CONFIG_NOSYSTEM"))) {
    const auto system = variable("GIT_CONFIG_SYSTEM");
    files.push_back(system.empty() ? "/etc/gitconfig" : system);
  }
  if (const auto global = variable("GIT_CONFIG_GLOBAL"); !global.empty()) {
    files.push_back(global);
    return files;
  }
  const auto home = variable("HOME");
  if (const auto xdg = variable("XDG_CONFIG_HOME"); !xdg.empty()) {
    files.push_back(xdg + "/git/config");
  } else if (!home.empty()) {
    files.push_back(home + "/.config/git/config");
  }
  if (!home.empty()) files.push_back(home + "/.gitconfig");
  return files;
}

class SafeValues {
 public:
  explicit SafeValues(const std::string& real) : real_(real) {}

  void add(std::string_view value) {
    if (value.empty()) {
      is_safe_ = false;
    } else if (allows(value)) {
      is_safe_ = true;
    }
  }

  void add_file(const std::string& path) {
    const auto& git = **git_library();
    git_config* config = nullptr;
    if (git.config_open_ondisk(&config, path.c_str()) != 0) return;
    const GitOwned<git_config> owned(config, git.config_free);
    const auto take = [](const git_config_entry* entry, void* values) {
      static_cast<SafeValues*>(values)->add(entry->value == nullptr ? "" : entry->value);
      return 0;
    };
    git.config_get_multivar_foreach(config, key, nullptr, take, this);
  }

  /// GIT_CONFIG_COUNT with GIT_CONFIG_KEY_0 and so on.
  void add_environment() {
    const auto count = std::strtoul(variable("GIT_CONFIG_COUNT").c_str(), nullptr, 10);
    constexpr unsigned long most = 10'000;
    for (unsigned long i = 0; i < count && i < most; ++i) {
      if (ascii_lower(variable(fmt::format("GIT_CONFIG_KEY_{}", i).c_str())) == key)
        add(variable(fmt::format("GIT_CONFIG_VALUE_{}", i).c_str()));
    }
  }

  bool is_safe() const { return is_safe_; }

 private:
  bool allows(std::string_view value) const {
    if (value == "*") return true;
    const bool below = value.ends_with("/*");
    if (below) value.remove_suffix(2);
    std::string path(value);
    if (path == "~" || path.starts_with("~/")) path.replace(0, 1, variable("HOME"));
    if (!path.starts_with('/')) return false;
    std::error_code failed;
    path = fs::weakly_canonical(path, failed).string();
    while (path.size() > 1 && path.ends_with('/')) path.pop_back();
    return below ? real_.starts_with(path == "/" ? path : path + "/") : real_ == path;
  }

  const std::string& real_;
  bool is_safe_ = false;
};

}  // namespace

bool is_safe_directory(const std::string& real) {
  SafeValues values(real);
  for (const auto& file : protected_files()) values.add_file(file);
  values.add_environment();
  return values.is_safe();
}

}  // namespace rdnsgate::run
