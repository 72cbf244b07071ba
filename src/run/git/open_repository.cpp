// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/git/open_repository.h"

#include <fmt/format.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <optional>

#include "base/text/escape.h"
#include "run/git/safe_directories.h"

namespace rdnsgate::run {
namespace {

using Opened = tl::expected<GitOwned<git_repository>, NotOpened>;

Opened open_as_is(const GitLibrary& git, const std::string& folder, unsigned flags) {
  git_repository* repository = nullptr;
  const int code = git.repository_open_ext(&repository, folder.c_str(), flags, nullptr);
  if (code == 0) return GitOwned<git_repository>(repository, git.repository_free);
  const auto kind = code == GIT_ENOTFOUND ? NotOpened::Kind::none_there : NotOpened::Kind::broken;
  return tl::unexpected(NotOpened{kind, {git_last_error(git), ""}});
}

/// `root (uid 0)`.
std::string name_of(uid_t user) {
  std::array<char, 16384> room{};
  passwd entry{};
  passwd* found = nullptr;
  getpwuid_r(user, &entry, room.data(), room.size(), &found);
  return found == nullptr ? fmt::format("uid {}", user) : fmt::format("{} (uid {})", found->pw_name, user);
}

std::optional<uid_t> owner_of(const std::string& path) {
  struct stat status {};
  if (path.empty() || stat(path.c_str(), &status) != 0) return std::nullopt;
  return status.st_uid;
}

bool is_own(const std::string& path) {
  const auto owner = owner_of(path);
  return path.empty() || (owner && *owner == geteuid());
}

/// What of it is somebody else's: the working tree, or else where git keeps it.
Error refusal(const std::string& tree, const std::string& store) {
  const auto self = geteuid();
  const auto of_tree = owner_of(tree), of_store = owner_of(store);
  const bool is_tree = of_tree && *of_tree != self;
  const auto owner = is_tree ? of_tree : of_store;
  return {fmt::format("the git repository {} is owned by {}, and this is {}",
                      is_tree || tree.empty() ? tree : store, owner ? name_of(*owner) : "another user",
                      name_of(self)),
          fmt::format("git refuses it too; whoever trusts it allows it with: git config --global --add {} {}",
                      "safe.directory", shell_word(tree.empty() ? store : tree))};
}

std::string without_final_slash(const char* path) {
  std::string text = path == nullptr ? "" : path;
  while (text.size() > 1 && text.ends_with('/')) text.pop_back();
  return text;
}

/// Version 1.5 of the library does not know all forms of safe.directory that git does, and what it says where it refuses
/// a repository for its owner is not always that. The repository is opened in order to see where its working tree is, and
/// given away only where it is allowed. Nothing of it is run.
Opened open_where_allowed(const GitLibrary& git, const std::string& folder, unsigned flags) {
  static std::mutex lock;  // what the library heeds is the same for all threads
  const std::lock_guard guard(lock);
  git.libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
  auto opened = open_as_is(git, folder, flags);
  git.libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 1);
  if (!opened) return opened;
  const auto tree = without_final_slash(git.repository_workdir(opened->get()));
  const auto store = without_final_slash(git.repository_path(opened->get()));
  std::error_code failed;
  const auto place = std::filesystem::weakly_canonical(tree.empty() ? store : tree, failed).string();
  if (is_safe_directory(place) || (is_own(tree) && is_own(store))) return opened;
  return tl::unexpected(NotOpened{NotOpened::Kind::not_ours, refusal(tree, store)});
}

}  // namespace

Opened open_repository(const std::string& folder, bool search) {
  const auto library = git_library();
  if (!library) return tl::unexpected(NotOpened{NotOpened::Kind::broken, library.error()});
  const GitLibrary& git = **library;
  const unsigned flags = search ? 0 : static_cast<unsigned>(GIT_REPOSITORY_OPEN_NO_SEARCH);
  auto opened = open_as_is(git, folder, flags);
  return opened ? std::move(opened) : open_where_allowed(git, folder, flags);
}

}  // namespace rdnsgate::run
