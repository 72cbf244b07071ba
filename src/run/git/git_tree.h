// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"

struct git_repository;
struct git_tree;

namespace rdnsgate::run {

/// The files of a repository as a commit has them. Nothing is checked out: objects are read from the
/// repository. For one thread at a time.
class GitTree {
 public:
  /// Loads and starts the library, which open() does otherwise. It reads all certificates of the machine
  /// then, which takes as long as a thousand small files: time for a thread of its own.
  static void prepare();
  /// What of a commit is meant: itself, or the last commit that it has in common with what is checked out, as `git diff
  /// REF...HEAD` has it. Where the two have none that is known (in a shallow clone), it is the commit itself.
  enum class Side { commit, merge_base };
  /// Of the repository that `path` is in. Fails where there is no library or none that holds it, and where it
  /// does not know `ref`: a commit, a branch, a tag, or whatever `git rev-parse` takes.
  static Result<GitTree> open(const std::string& path, const std::string& ref, Side side = Side::commit);

  /// A merge base was asked for, and there is none that is known.
  bool lacks_merge_base() const { return lacks_merge_base_; }

  /// The working tree that the repository belongs to: a path with links followed, without a final slash.
  const std::string& top() const { return top_; }

  enum class Kind { file, folder, link, other };
  struct Entry {
    Kind kind = Kind::other;
    std::array<unsigned char, 20> id{};  ///< of its object
  };
  /// What the commit has at a path from the top, such as `dns/inventory.yaml`; nullopt for nothing. Links are
  /// not followed. This and all below fail where an object is not in the repository, which is so in a clone
  /// that left some out.
  Result<std::optional<Entry>> entry(const std::string& inside) const;
  /// In a folder, empty for the top; none where there is no folder.
  Result<std::vector<std::string>> names_in(const std::string& inside) const;
  /// Of a file its text, of a link where it leads to. Messages call it `shown`.
  Result<std::string> read(const Entry& entry, std::string_view shown) const;
  Result<std::size_t> size(const Entry& entry, std::string_view shown) const;
  /// The file has exactly these octets: told by their hash, the object is not read.
  static bool is(const Entry& entry, std::string_view octets);

 private:
  struct Close {
    void operator()(git_repository* repository) const;
    void operator()(git_tree* tree) const;
  };
  GitTree() = default;

  Result<void> find(const std::string& ref, Side side);
  /// nullptr where the commit has no such folder.
  Result<const git_tree*> folder(const std::string& inside) const;

  std::unique_ptr<git_repository, Close> repository_;
  std::unique_ptr<git_tree, Close> tree_;
  mutable std::unordered_map<std::string, std::unique_ptr<git_tree, Close>> folders_;  ///< looked up so far
  std::string top_;
  bool lacks_merge_base_ = false;
};

}  // namespace rdnsgate::run
