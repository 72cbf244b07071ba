// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/result.h"
#include "inventory/files/file_tree.h"
#include "run/git/git_tree.h"

namespace rdnsgate::run {

/// The files as a commit has them, at the places where the working tree has them: what a pattern finds, where
/// a link leads, and what a file says is what a checkout of that commit would show. Outside of the working
/// tree it is the disk.
class GitFiles final : public inventory::FileTree {
 public:
  explicit GitFiles(const GitTree& tree) : tree_(tree) {}

  Kind kind(const std::string& path) const override;
  bool is_link(const std::string& path) const override;
  Result<std::string> real(const std::string& path) const override;
  Result<void> for_each_name(const std::string& folder,
                             const std::function<bool(const std::string& name)>& visit) const override;
  std::optional<std::size_t> size(const std::string& path) const override;
  tl::expected<std::string, inventory::ReadError> read(const std::string& path, std::size_t limit,
                                                       const std::string& shown = {}) const override;
  std::string beginning(const std::string& path, std::size_t octets) const override;
  bool holds(const std::string& real, std::string_view octets) const override;

  /// The first object that the repository should have had and has not. Until this is asked, such a file looks
  /// as if it were not there: what was found with it counts for nothing.
  std::optional<Error> failure() const;
  /// The path is inside of the working tree.
  bool has_place_for(const std::string& path) const;

 private:
  struct Place {
    std::string real;
    std::optional<std::string> inside;  ///< from the top of the working tree; nullopt: it is outside
    std::optional<GitTree::Entry> entry;
  };
  // All of these with the lock held.
  std::optional<std::string> inside(const std::string& real) const;
  std::optional<GitTree::Entry> entry(const std::string& inside) const;
  Result<std::string> follow(const std::string& path, bool last, int links) const;
  Result<std::string> folder(const std::string& path, int links) const;
  std::optional<std::string> target(const std::string& real) const;
  Result<Place> find(const std::string& path, bool last = true) const;
  void note(const Error& error) const;

  const GitTree& tree_;
  mutable std::mutex lock_;
  mutable std::unordered_map<std::string, std::string> folders_;  // to where they are with links followed
  mutable std::optional<Error> failure_;
};

}  // namespace rdnsgate::run
