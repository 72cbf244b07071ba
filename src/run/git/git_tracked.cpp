// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/git/git_tracked.h"

#include <fmt/format.h>

#include <filesystem>
#include <utility>

#include "base/files/boundary.h"
#include "run/git/git_library.h"
#include "run/git/open_repository.h"

namespace rdnsgate::run {
namespace {

namespace fs = std::filesystem;

Result<bool> is_tracked(const std::string& root, const std::string& inside) {
  auto repository = open_repository(root, false);
  if (!repository) {  // a .git that is none: git tracks nothing
    if (repository.error().kind == NotOpened::Kind::none_there) return false;
    auto why = std::move(repository.error().error);
    if (why.message.empty()) why.message = "no reason is known";
    return tl::unexpected(std::move(why));
  }
  const GitLibrary& git = **git_library();
  git_index* index = nullptr;
  if (git.repository_index(&index, repository->get()) != 0) {
    auto said = git_last_error(git);
    return fail(said.empty() ? "no reason is known" : said);
  }
  const GitOwned<git_index> owned_index(index, git.index_free);
  std::size_t ignored = 0;
  return git.index_get_bypath(index, inside.c_str(), 0) != nullptr ||
         git.index_find_prefix(&ignored, index, (inside + "/").c_str()) == 0;
}

}  // namespace

Result<void> check_untracked(const std::vector<std::string>& paths) {
  for (const auto& path : paths) {
    std::error_code failed;
    const auto real = follow_path(path);
    if (!real) return tl::unexpected(real.error());
    if (!fs::exists(fs::symlink_status(path, failed))) continue;
    const auto boundary = Boundary::around(fs::path(*real).parent_path().string());
    if (!boundary.is_repository()) continue;
    // A link may be what is tracked, and not what it leads to.
    const auto folder = follow_path(fs::path(path).parent_path().string());
    const auto place = folder ? (fs::path(*folder) / fs::path(path).filename()).string() : *real;
    for (const auto& one : {*real, place}) {
      const auto tracked =
          is_tracked(boundary.root(), fs::path(one).lexically_relative(boundary.root()).string());
      if (!tracked) {
        return fail(fmt::format("whether git tracks {} cannot be told: {}", path, tracked.error().message),
                    tracked.error().hint.empty()
                        ? "remove the file before the run, or name the output on the command line"
                        : tracked.error().hint);
      }
      if (*tracked) {
        return fail(
            fmt::format("{} is in git, and a configuration that was found replaces nothing that is", path),
            "name another file, or name this one on the command line");
      }
    }
  }
  return {};
}

}  // namespace rdnsgate::run
