// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "audit/result.h"
#include "base/text/diagnostic.h"
#include "inventory/model/load.h"
#include "lsp/position.h"

namespace rdnsgate::lsp {

/// What `lint` says of one inventory.
struct Analysis {
  Sources sources;
  std::optional<inventory::Inventory> inventory;  ///< nullopt where there is an error among the problems
  Diagnostics problems;
  std::vector<audit::Finding> findings;  ///< of the offline rules, where there is an inventory
};

/// Lints the inventory that begins with this file. Texts that are open count instead of those on the disk.
using Analyse =
    std::function<void(const std::string& path, const inventory::OpenTexts& open, Analysis& into)>;

/// Something that an editor underlines. Texts may be foreign.
struct Mark {
  Position begin, end;
  Severity severity{};
  std::string code;  ///< a rule, or the code of a problem
  std::string message;
};

/// A stretch of a document that another text is to stand for.
struct Edit {
  Position begin, end;
  std::string text;
};

/// The marks that a file is to have now.
struct Publication {
  std::string uri;
  std::optional<std::int64_t> version;  ///< of an open document
  std::vector<Mark> marks;
};

/// What can be referred to by name in an inventory.
struct Names {
  std::set<std::string> senders, relays, zones, domains;
};

struct OpenDocument {
  std::string uri;   ///< as the client spells it
  std::string path;  ///< real, or the URI where it is no file
  std::optional<std::int64_t> version;
  std::string text;
  std::vector<Mark> marks;  ///< as they were published last
  std::vector<Fix>
      fixes;  ///< of problems among them that can be mended, in octets of the text as it was then
};

/// The documents that an editor has open, the inventories that they are part of, and what is wrong with them.
class Workspace {
 public:
  explicit Workspace(Analyse analyse) : analyse_(std::move(analyse)) {}

  /// Folders in which inventories are looked for upward, and not beyond.
  void set_folders(std::set<std::string> folders) { folders_ = std::move(folders); }

  void open(const std::string& uri, std::optional<std::int64_t> version, std::string text);
  /// Ignored where it is not open.
  void change(const std::string& uri, std::optional<std::int64_t> version, std::string text);
  void close(const std::string& uri);
  /// nullptr where it is not open.
  const OpenDocument* find(const std::string& uri) const;

  /// Judges every inventory that an open document is part of: the nearest `inventory.yaml` upward that
  /// includes it, or else it alone, if it looks like one. Returns the marks of each open
  /// document, and of other files that have or had some.
  std::vector<Publication> refresh();

  /// Of the inventory that a document is part of, as of the last time that it could be loaded.
  const Names& names_for(const OpenDocument& document) const;

 private:
  using Marks = std::map<std::string, std::vector<Mark>>;  // by real path

  std::vector<std::string> roots_for(const OpenDocument& document) const;
  const Analysis& analysis_of(const std::string& root);
  void take(const Analysis& analysis, Marks& marks);
  void keep_fixes(const Analysis& analysis);
  std::vector<Publication> publish(Marks marks);

  Analyse analyse_;
  std::set<std::string> folders_;
  std::map<std::string, OpenDocument> documents_;              // by path
  inventory::OpenTexts texts_;                                 // theirs
  std::map<std::string, std::unique_ptr<Analysis>> analyses_;  // of this refresh, by the root's path
  std::map<std::string, std::shared_ptr<const Names>> names_;  // by path
  std::map<std::string, std::string> marked_;                  // what has marks in the editor: path to URI
};

/// Whether an editor that sends every YAML file means this one to be an inventory: by its name, its schema
/// comment, or a key at its top that nothing else has.
bool looks_like_inventory(std::string_view path, std::string_view text);

}  // namespace rdnsgate::lsp
