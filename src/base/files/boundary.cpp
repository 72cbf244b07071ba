// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/files/boundary.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <cstring>
#include <filesystem>
#include <optional>
#include <vector>

#include "base/text/text.h"

namespace rdnsgate {
namespace {

namespace fs = std::filesystem;

constexpr int most_links = 40;  // as Linux has it
constexpr std::string_view git_folder = ".git";

bool is_git_folder(std::string_view name) {
  return name.size() == git_folder.size() && ascii_lower(name) == git_folder;
}

/// What of a path is below a folder, without the slash between; nullopt where it is not below it.
std::optional<std::string_view> below(std::string_view folder, std::string_view path) {
  if (!path.starts_with(folder)) return std::nullopt;
  auto rest = path.substr(folder.size());
  if (rest.empty() || folder.ends_with('/')) return rest;
  if (!rest.starts_with('/')) return std::nullopt;
  return rest.substr(1);
}

std::string_view first_part(std::string_view path) { return path.substr(0, path.find('/')); }

/// Walks a path part by part, and notes the repositories of the links that it meets.
class Walker {
 public:
  Result<std::string> walk(const std::string& path) {
    std::error_code failed;
    const auto absolute = fs::absolute(path.empty() ? "." : path, failed);
    if (failed) return cannot(path, failed.message());
    at_ = "/";
    if (const int error = follow(absolute.string()); error != 0) return cannot(path, std::strerror(error));
    for (const auto& one : crossed_) {
      if (!one.holds(at_)) return tl::unexpected(one.refusal(path, at_));
    }
    return at_;
  }

 private:
  static tl::unexpected<Error> cannot(const std::string& path, std::string_view why) {
    return fail(fmt::format("\"{}\" cannot be followed: {}", path, why));
  }

  /// Goes on from `at_`; returns an errno.
  int follow(std::string_view rest) {
    if (rest.starts_with('/')) at_ = "/";
    while (!rest.empty()) {
      const auto part = first_part(rest);
      rest.remove_prefix(std::min(part.size() + 1, rest.size()));
      if (part.empty() || part == ".") continue;
      if (part == "..") {
        at_ = fs::path(at_).parent_path().string();
      } else if (const int error = enter(part); error != 0) {
        return error;
      }
    }
    return 0;
  }

  int enter(std::string_view name) {
    const auto next = at_ == "/" ? "/" + std::string(name) : at_ + "/" + std::string(name);
    struct stat link {};
    if (lstat(next.c_str(), &link) != 0 || !S_ISLNK(link.st_mode) || next.starts_with("/proc/")) {
      at_ = next;
      return 0;
    }
    if (++links_ > most_links) return ELOOP;
    if (is_of_a_stranger(link)) return EACCES;
    std::array<char, PATH_MAX> to{};
    const auto size = readlink(next.c_str(), to.data(), to.size());
    if (size < 0) return errno;
    if (auto around = Boundary::around(at_); around.is_repository()) note(std::move(around));
    return follow(std::string(to.data(), static_cast<std::size_t>(size)));
  }

  /// fs.protected_symlinks: in a folder that all may write to, somebody else may have laid it for us.
  bool is_of_a_stranger(const struct stat& link) const {
    struct stat folder {};
    if (link.st_uid == geteuid() || stat(at_.c_str(), &folder) != 0) return false;
    const bool shared = (folder.st_mode & S_ISVTX) != 0 && (folder.st_mode & S_IWOTH) != 0;
    return shared && link.st_uid != folder.st_uid;
  }

  void note(Boundary&& around) {
    const auto same = [&](const Boundary& one) { return one.root() == around.root(); };
    if (std::none_of(crossed_.begin(), crossed_.end(), same)) crossed_.push_back(std::move(around));
  }

  std::string at_;
  int links_ = 0;
  std::vector<Boundary> crossed_;
};

}  // namespace

Boundary Boundary::around(const std::string& real_folder,
                          const std::function<bool(const std::string&)>& is_there) {
  for (fs::path at = real_folder;; at = at.parent_path()) {
    const auto git = (at / git_folder).string();
    struct stat ignored {};
    if (is_there ? is_there(git) : lstat(git.c_str(), &ignored) == 0) return {at.string(), true};
    if (!at.has_relative_path()) return {real_folder, false};
  }
}

bool Boundary::holds(std::string_view real) const {
  auto rest = below(root_, real);
  if (!rest) return false;
  for (; !rest->empty(); rest->remove_prefix(std::min(first_part(*rest).size() + 1, rest->size()))) {
    if (is_git_folder(first_part(*rest))) return false;
  }
  return true;
}

Error Boundary::refusal(std::string_view shown, std::string_view real) const {
  const auto where = below(root_, real) ? "into the .git folder of the repository"
                     : is_repository_   ? "out of the repository"
                                        : "out of its folder";
  const auto why =
      is_repository_
          ? "what a repository names, and where its links lead, has to stay in it"
          : "without a git repository around it, what a file names has to stay in that file's folder";
  return {fmt::format("\"{}\" leads {}, to {}", shown, where, real),
          fmt::format(
              "{}; a place outside is for the command line to name, or a configuration given with --config",
              why)};
}

Result<std::string> follow_path(const std::string& path) { return Walker().walk(path); }

Result<std::string> follow_within(const Boundary& boundary, const std::string& path) {
  auto real = follow_path(path);
  if (real && !boundary.holds(*real)) return tl::unexpected(boundary.refusal(path, *real));
  return real;
}

std::string path_of_descriptor(int descriptor) {
  std::array<char, PATH_MAX> to{};
  const auto size = readlink(fmt::format("/proc/self/fd/{}", descriptor).c_str(), to.data(), to.size());
  std::string path(to.data(), size < 0 ? 0 : static_cast<std::size_t>(size));
  constexpr std::string_view replaced = " (deleted)";  // by another process, since it was opened
  if (path.ends_with(replaced)) path.resize(path.size() - replaced.size());
  return path;
}

Result<int> open_to_read(const std::string& path) {
  const auto real = follow_path(path);
  if (!real) return tl::unexpected(real.error());
  // Without O_NONBLOCK the open itself would wait for a FIFO's writer.
  const int opened = open(real->c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (opened < 0 || real->starts_with("/proc/")) return opened;
  const auto is = path_of_descriptor(opened);
  if (is.empty() || is == *real) return opened;
  close(opened);
  return fail(fmt::format("\"{}\" was put in another place while it was opened", path), "run it again");
}

}  // namespace rdnsgate
