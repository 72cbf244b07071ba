// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

struct git_repository;
struct git_tree;

namespace rdnsgate::cli {

/// The files of a repository as a commit has them. Nothing is checked out: objects are read from the
/// repository.
class GitTree {
 public:
  /// Of the repository that `path` is in. Fails where there is none, and where it does not know `ref`: a
  /// commit, a branch, a tag, or whatever `git rev-parse` takes.
  static Result<GitTree> open(const std::string& path, const std::string& ref);

  /// From the top of the working tree: `dns/inventory.yaml`. nullopt for what is outside of it.
  std::optional<std::string> inside(const std::string& path) const;
  /// nullopt where the commit has no such file.
  std::optional<std::string> read(const std::string& inside) const;
  /// A file that the commit and the working tree do not have alike.
  struct Difference {
    std::string inside;
    bool modified = false;  ///< both have it as a file; else one of them has none, or a link
  };
  /// Below a folder (empty for the top), of what the commit or the index has. Most files are told by their
  /// times in the index, and not read.
  Result<std::vector<Difference>> differences_below(const std::string& folder) const;
  /// Where a file of the working tree is, with links followed up to its top.
  std::string path_of(const std::string& inside) const { return top_ + "/" + inside; }
  /// Every file below a folder (empty for the top), with its path from the top; a link is none. Ends where
  /// `visit` is false.
  void for_each_below(const std::string& folder,
                      const std::function<bool(const std::string& inside)>& visit) const;

 private:
  struct Close {
    void operator()(git_repository* repository) const;
    void operator()(git_tree* tree) const;
  };
  GitTree() = default;

  std::unique_ptr<git_repository, Close> repository_;
  std::unique_ptr<git_tree, Close> tree_;
  std::string top_;  ///< of the working tree, without a final slash
};

}  // namespace rdnsgate::cli
