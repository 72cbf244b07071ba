// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"

// The one rule for paths. What a user names on the command line or in the environment is the user's. What a file of
// a repository names, and where a link that stands in a repository leads, stays in that repository: a branch that
// somebody proposes may hold any link and any name. Paths are judged by where they lead, links and `..` followed.
namespace rdnsgate {

/// The folder that what its files name may not lead out of.
class Boundary {
 public:
  Boundary(std::string root, bool is_repository) : root_(std::move(root)), is_repository_(is_repository) {}

  /// The nearest folder upward from a real one that has a `.git`; that folder itself where there is none.
  /// `is_there` tells of a path whether something is there: on the disk unless given.
  static Boundary around(const std::string& real_folder,
                         const std::function<bool(const std::string&)>& is_there = {});

  /// Absolute, with links followed, without a final slash.
  const std::string& root() const { return root_; }
  bool is_repository() const { return is_repository_; }
  /// Of a path with links followed. What is in a `.git` is outside: hooks and configuration of git run programs.
  bool holds(std::string_view real) const;
  /// For what leads outside: `shown` is what somebody named, and `real` where it leads.
  Error refusal(std::string_view shown, std::string_view real) const;

 private:
  std::string root_;
  bool is_repository_;
};

/// Where a path leads that a user names: absolute, with all links followed, as far as something is there. Fails
/// where a link that stands in a repository leads out of it, and where links lead in circles. A link of another
/// user in a folder like /tmp is not followed (as Linux does with fs.protected_symlinks). Links of the kernel in
/// /proc, such as those that /dev/stdout leads to, stay as they are.
Result<std::string> follow_path(const std::string& path);

/// Where a path leads that a file within `boundary` names; fails where that is outside.
Result<std::string> follow_within(const Boundary& boundary, const std::string& path);

/// Opens a file for reading, where follow_path() leads; what was opened is held against that, so that a link
/// which is put there meanwhile opens nothing. -1 where the system refuses it, with errno.
Result<int> open_to_read(const std::string& path);

/// The path of what a descriptor has open; empty where the system does not say.
std::string path_of_descriptor(int descriptor);

}  // namespace rdnsgate
