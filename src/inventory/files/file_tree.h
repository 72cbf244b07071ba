// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/files/boundary.h"
#include "base/result.h"
#include "inventory/files/read_file.h"

namespace rdnsgate::inventory {

/// Where an inventory's files are read from: the disk as it is, or a commit as it was. Paths are relative to
/// the current folder, or absolute. All of it may be called by several threads at once.
class FileTree {
 public:
  enum class Kind { none, file, folder, other };

  virtual ~FileTree() = default;
  FileTree(const FileTree&) = delete;
  FileTree& operator=(const FileTree&) = delete;

  /// Of what is there once links are followed.
  virtual Kind kind(const std::string& path) const = 0;
  virtual bool is_link(const std::string& path) const = 0;
  /// Absolute, with links followed as far as something is there. Fails where they lead in circles, or where
  /// they may not be followed; the message is the reason alone.
  virtual Result<std::string> real(const std::string& path) const = 0;
  /// The name of each entry of a folder, in no order; none where there is no folder. Ends where `visit` is
  /// false. The message is the reason alone.
  virtual Result<void> for_each_name(const std::string& folder,
                                     const std::function<bool(const std::string& name)>& visit) const = 0;
  /// In octets; nullopt where it cannot be told.
  virtual std::optional<std::size_t> size(const std::string& path) const = 0;
  /// As read_file().
  virtual tl::expected<std::string, ReadError> read(const std::string& path, std::size_t limit,
                                                    const std::string& shown = {}) const = 0;
  /// Up to so many octets of a file; empty where it cannot be read.
  virtual std::string beginning(const std::string& path, std::size_t octets) const = 0;
  /// The file at this real path is known to have exactly these octets, without being read.
  virtual bool holds(const std::string& real, std::string_view octets) const = 0;

 protected:
  FileTree() = default;
};

/// What was read of it in this run holds for all of the run.
const FileTree& disk();

/// What a file in this real folder may name.
Boundary boundary_around(const std::string& real_folder, const FileTree& files);

/// FileTree::real, or the path as it is where nothing is there (standard input, a text that was never saved).
std::string real_path(const FileTree& files, const std::string& path);

}  // namespace rdnsgate::inventory
