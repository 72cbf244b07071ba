// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/lab/programs.h"

#include <fmt/format.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <cstdlib>
#include <string_view>
#include <vector>

namespace rdnsgate::resolve {
namespace {

constexpr const char* unpacked_variable = "RDNSGATE_LAB";
// What an ordinary user's PATH often has not.
constexpr std::string_view where_servers_lie = "/usr/local/sbin:/usr/sbin:/sbin";

std::string value_of(const char* variable) {
  const char* value = std::getenv(variable);
  return value == nullptr ? std::string() : value;
}

bool can_be_run(const std::filesystem::path& path) {
  std::error_code ignored;
  return std::filesystem::is_regular_file(path, ignored) && access(path.c_str(), X_OK) == 0;
}

std::vector<std::filesystem::path> folders_of(std::string_view list) {
  std::vector<std::filesystem::path> folders;
  while (!list.empty()) {
    const auto end = std::min(list.find(':'), list.size());
    // An empty one, or a relative one, would be whatever folder somebody works in.
    if (end > 0 && list.front() == '/') folders.emplace_back(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return folders;
}

/// Where Debian keeps libraries.
std::string libraries_in(const std::filesystem::path& folder) {
  utsname machine{};
  if (uname(&machine) != 0) return {};
  return folder / fmt::format("usr/lib/{}-linux-gnu", static_cast<const char*>(machine.machine));
}

Error missing(std::string_view what, std::string_view packages) {
  return {fmt::format("no {} is found", what),
          fmt::format("install {}, or name in {} a folder that the package is unpacked into (dpkg -x)",
                      packages, unpacked_variable)};
}

}  // namespace

std::optional<Program> find_program(const std::string& name) {
  if (const auto unpacked = value_of(unpacked_variable); !unpacked.empty()) {
    const auto folder = std::filesystem::absolute(unpacked);
    for (const auto* part : {"usr/sbin", "usr/bin"}) {
      if (can_be_run(folder / part / name)) return Program{name, folder / part / name, libraries_in(folder)};
    }
  }
  for (const auto& list : {value_of("PATH"), std::string(where_servers_lie)}) {
    for (const auto& folder : folders_of(list)) {
      if (can_be_run(folder / name)) return Program{name, folder / name, {}};
    }
  }
  return std::nullopt;
}

Result<Program> find_name_server() {
  for (const auto* name : {"nsd", "knotd"}) {
    if (auto found = find_program(name)) return std::move(*found);
  }
  return tl::unexpected(missing("name server program (nsd, knotd)", "Debian's package nsd or knot"));
}

Result<Program> find_resolver() {
  if (auto found = find_program("unbound")) return std::move(*found);
  return tl::unexpected(missing("resolver program (unbound)", "Debian's package unbound"));
}

}  // namespace rdnsgate::resolve
