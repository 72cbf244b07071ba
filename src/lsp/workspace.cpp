// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "lsp/workspace.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <utility>

#include "inventory/files/paths.h"
#include "lsp/uri.h"

namespace rdnsgate::lsp {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_folders_up = 32;

std::string path_of(const std::string& uri) {
  const auto path = path_of_uri(uri);
  return path ? inventory::real_path(*path) : uri;
}

bool is_there(const fs::path& path) {
  std::error_code ignored;
  return fs::exists(path, ignored);
}

/// From the offsets of a diagnostic to the stretch that is underlined: never across lines, because the span
/// of a sender is all of it, and an editor would paint the whole.
Mark mark_at(const Span& at, const Lines& lines) {
  Mark mark;
  mark.begin = lines.position(at.begin);
  mark.end = lines.position(at.end);
  if (mark.end.line != mark.begin.line)
    mark.end = lines.position(lines.offset({mark.begin.line, static_cast<std::size_t>(-1)}));
  if (mark.end < mark.begin) mark.end = mark.begin;
  return mark;
}

std::string sentences(const std::string& message, const std::string& hint) {
  return hint.empty() ? message : message + "\n" + hint;
}

Names names_of(const inventory::Inventory& inventory) {
  Names names;
  for (const auto& sender : inventory.senders) names.senders.insert(sender.name);
  for (const auto& relay : inventory.relays) names.relays.insert(relay.name);
  for (const auto& zone : inventory.zones) names.zones.insert(zone.name.text());
  for (const auto& domain : inventory.domains) names.domains.insert(domain.name.text());
  return names;
}

bool includes(const Analysis& analysis, const std::string& path) {
  for (FileId file = 0; file < analysis.sources.count(); ++file) {
    if (inventory::real_path(std::string(analysis.sources.path(file))) == path) return true;
  }
  return false;
}

}  // namespace

bool looks_like_inventory(std::string_view path, std::string_view text) {
  const auto name = path.substr(path.rfind('/') + 1);
  if (name.find("inventory") != std::string_view::npos || name.find("rdnsgate") != std::string_view::npos)
    return true;
  if (text.substr(0, 1024).find("inventory.schema.json") != std::string_view::npos) return true;
  constexpr std::array<std::string_view, 3> keys{"senders:", "relays:", "vantages:"};
  return std::any_of(keys.begin(), keys.end(), [&](std::string_view key) {
    const auto at = text.find(key);
    return at == 0 || (at != std::string_view::npos && text[at - 1] == '\n');
  });
}

void Workspace::open(const std::string& uri, std::optional<std::int64_t> version, std::string text) {
  auto path = path_of(uri);
  texts_[path] = text;
  auto& document = documents_[path];
  document = {uri, path, version, std::move(text), std::move(document.marks), {}};
}

void Workspace::change(const std::string& uri, std::optional<std::int64_t> version, std::string text) {
  const auto found = documents_.find(path_of(uri));
  if (found == documents_.end()) return;
  texts_[found->first] = text;
  found->second.version = version;
  found->second.text = std::move(text);
}

void Workspace::close(const std::string& uri) {
  const auto path = path_of(uri);
  texts_.erase(path);
  documents_.erase(path);
  names_.erase(path);
}

const OpenDocument* Workspace::find(const std::string& uri) const {
  const auto found = documents_.find(path_of(uri));
  return found == documents_.end() ? nullptr : &found->second;
}

/// The likeliest first.
std::vector<std::string> Workspace::roots_for(const OpenDocument& document) const {
  std::vector<std::string> roots;
  auto folder = fs::path(document.path).parent_path();
  std::size_t own = 0;  // those in the document's folder
  bool bounded = false;
  for (std::size_t up = 0; up < most_folders_up && folder.is_absolute(); ++up) {
    const auto path = (folder / "inventory.yaml").string();
    if (path != document.path && (is_there(path) || texts_.contains(path))) roots.push_back(path);
    if (up == 0) own = roots.size();
    bounded = folders_.contains(folder.string()) || is_there(folder / ".git");
    if (bounded || folder == folder.parent_path()) break;
    folder = folder.parent_path();
  }
  if (!bounded) roots.resize(own);  // above a folder of nobody's there are other people's files
  for (const auto& [path, other] : documents_) {
    if (path != document.path && looks_like_inventory(path, other.text)) roots.push_back(path);
  }
  return roots;
}

const Analysis& Workspace::analysis_of(const std::string& root) {
  auto& analysis = analyses_[root];
  if (!analysis) {
    analysis = std::make_unique<Analysis>();
    analyse_(root, texts_, *analysis);
  }
  return *analysis;
}

/// Of the open documents that the inventory has.
void Workspace::keep_fixes(const Analysis& analysis) {
  for (FileId file = 0; file < analysis.sources.count(); ++file) {
    const auto open = documents_.find(inventory::real_path(std::string(analysis.sources.path(file))));
    if (open == documents_.end()) continue;
    auto& fixes = open->second.fixes;
    fixes.clear();
    // A text with a byte order mark was read without it.
    if (analysis.sources.text(file) != open->second.text) continue;
    for (const auto& problem : analysis.problems) {
      if (problem.fix && problem.fix->at.file == file) fixes.push_back(*problem.fix);
    }
  }
}

void Workspace::take(const Analysis& analysis, Marks& marks) {
  const auto& sources = analysis.sources;
  std::vector<std::vector<Mark>*> of_file(sources.count(), nullptr);
  std::vector<std::optional<Lines>> lines(sources.count());
  const auto names =
      analysis.inventory ? std::make_shared<const Names>(names_of(*analysis.inventory)) : nullptr;
  for (FileId file = 0; file < sources.count(); ++file) {
    const auto path = inventory::real_path(std::string(sources.path(file)));
    if (names && documents_.contains(path)) names_[path] = names;
    const auto [entry, is_new] = marks.try_emplace(path);
    if (is_new) of_file[file] = &entry->second;  // else another inventory has it, and said the same
  }
  const auto add = [&](const Span& at, Severity severity, std::string_view code, std::string message) {
    if (at.file >= of_file.size() || of_file[at.file] == nullptr) return;
    if (!lines[at.file]) lines[at.file].emplace(sources.text(at.file));
    auto mark = mark_at(at, *lines[at.file]);
    mark.severity = severity;
    mark.code = code;
    mark.message = std::move(message);
    of_file[at.file]->push_back(std::move(mark));
  };
  for (const auto& problem : analysis.problems)
    add(problem.at, problem.severity, problem.code, sentences(problem.message, problem.hint));
  for (const auto& finding : analysis.findings) {
    if (finding.status == audit::Status::open)
      add(finding.at, finding.severity, finding.rule, sentences(finding.message(), finding.fix));
  }
}

std::vector<Publication> Workspace::publish(Marks marks) {
  for (const auto& [path, uri] : marked_) marks.try_emplace(path);  // what had marks may have none now
  for (const auto& [path, document] : documents_) marks.try_emplace(path);
  const auto before = std::exchange(marked_, {});
  std::vector<Publication> all;
  for (auto& [path, list] : marks) {
    const auto document = documents_.find(path);
    const auto known = before.find(path);
    const bool is_open = document != documents_.end();
    if (!is_open && list.empty() && known == before.end()) continue;
    Publication publication{known != before.end() ? known->second : uri_of_path(path), {}, list};
    if (is_open) {
      publication.uri = document->second.uri;
      publication.version = document->second.version;
      document->second.marks = list;
    }
    if (!list.empty()) marked_.insert_or_assign(path, publication.uri);
    all.push_back(std::move(publication));
  }
  return all;
}

std::vector<Publication> Workspace::refresh() {
  analyses_.clear();
  Marks marks;
  for (const auto& [path, document] : documents_) {
    if (marks.contains(path)) continue;
    const Analysis* found = nullptr;
    for (const auto& root : roots_for(document)) {
      const auto& analysis = analysis_of(root);
      if (!includes(analysis, path)) continue;
      found = &analysis;
      break;
    }
    if (found == nullptr && looks_like_inventory(path, document.text)) found = &analysis_of(path);
    if (found == nullptr) continue;
    take(*found, marks);
    keep_fixes(*found);
  }
  analyses_.clear();
  return publish(std::move(marks));
}

const Names& Workspace::names_for(const OpenDocument& document) const {
  static const Names none;
  const auto found = names_.find(document.path);
  return found == names_.end() ? none : *found->second;
}

}  // namespace rdnsgate::lsp
