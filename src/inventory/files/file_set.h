// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "inventory/files/include_pattern.h"
#include "inventory/files/load_options.h"
#include "yaml/document.h"
#include "yaml/problems.h"

namespace rdnsgate::inventory {

/// One file of an inventory, as far as it could be read.
struct InventoryFile {
  static constexpr std::size_t nobody = static_cast<std::size_t>(-1);

  std::string path;  ///< as in diagnostics
  FileId id = 0;
  std::optional<yaml::Document> document;  ///< nullopt: there is a problem that says why
  std::size_t included_by = nobody;        ///< index of the file that includes it; nobody: it was named
  Span included_at;                        ///< the item of that file's `include`
  bool unreadable = false;
  std::string real;                          ///< its path with links followed
  const ParsedFiles::File* known = nullptr;  ///< it was parsed before
  std::string sha256;                        ///< of the octets as they were read
};

/// The files of one inventory: those that were named, and, level by level, those that they include. The files
/// of a level are read and parsed side by side, each into a document and problems of its own. Their order is
/// that in which they are named, of a pattern that of their paths, and never that in which threads end.
class FileSet {
 public:
  FileSet(Sources& sources, const LoadOptions& options) : sources_(sources), options_(options) {}

  /// A file that the inventory begins with, and whose text is there; `path` names it, and `real` is that with
  /// links followed. Nothing where it is there already.
  void add(std::string path, const std::string& real, std::string text);
  /// The same of a file that was parsed before.
  void add(std::string path, const std::string& real, const ParsedFiles::File& known);
  /// Says which files that are named (not included) lie outside of the root, by where their paths lead.
  void check_named_paths(yaml::Problems& problems);
  /// Parses what was added, follows the includes, and says what is wrong.
  void read(yaml::Problems& problems);

  const std::vector<InventoryFile>& files() const { return files_; }
  /// Something that was to be included was not, or could not be parsed: what others refer to may be in it.
  bool incomplete() const { return incomplete_; }

  /// See Inventory::sha256.
  std::string sha256() const;

 private:
  struct Wanted {  // to be read next
    IncludedFile file;
    std::size_t included_by;
    Span at;
  };

  void parse_from(std::size_t first, yaml::Problems& problems);
  std::vector<Wanted> includes_from(std::size_t first, yaml::Problems& problems);
  void includes_of(std::size_t includer, std::vector<Wanted>& wanted, yaml::Problems& problems);
  void want(Wanted&& next, bool by_pattern, std::vector<Wanted>& wanted, yaml::Problems& problems);
  void known_already(std::size_t file, const Wanted& again, bool by_pattern, yaml::Problems& problems);
  bool within_limits(const Wanted& next, yaml::Problems& problems);
  void read_all(const std::vector<Wanted>& wanted, yaml::Problems& problems);
  struct Text {
    std::string text;  // without a byte order mark
    std::string sha256;
  };

  /// Of the octets of a file.
  static Text as_text(std::string octets);
  void append(std::string path, const std::string& real, Text text);
  void append(std::string path, const std::string& real, const ParsedFiles::File& known);
  RootFolder* root_of(std::size_t file, Span at, yaml::Problems& problems);
  std::size_t depth_of(std::size_t file) const;
  std::string chain(std::size_t from, std::size_t to) const;
  void refuse(Span at, Error error, yaml::Problems& problems);

  Sources& sources_;
  const LoadOptions& options_;
  std::vector<InventoryFile> files_;
  std::unordered_map<std::string, std::size_t> by_real_;  // real path to index, of wanted ones too
  std::map<std::size_t, RootFolder> roots_;               // by the file that was named
  std::size_t count_ = 0, bytes_ = 0;                     // wanted ones too
  bool incomplete_ = false;
};

}  // namespace rdnsgate::inventory
