// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "inventory/files/file_set.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/hash.h"
#include "base/wording.h"
#include "inventory/dialect.h"
#include "inventory/files/parallel.h"
#include "inventory/files/paths.h"
#include "inventory/inventory_schema.h"
#include "inventory/problem_codes.h"
#include "yaml/reader.h"
#include "yaml/schema.h"

namespace rdnsgate::inventory {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::int64_t known_version = 1;

/// A version that is not ours is the only thing worth saying about the file: the rest follows other rules.
bool check_version(const yaml::Document& document, yaml::Problems& problems) {
  const auto version = document.root().get("version");
  if (!version || version->kind() != yaml::Kind::integer || version->integer() == known_version) return true;
  problems.add(code::schema, version->span(),
               fmt::format("version {} of the inventory format is not known here", version->text()),
               fmt::format("this rdnsgate reads version {}; a newer one may read more", known_version));
  return false;
}

std::optional<yaml::Document> parse(const Limits& limits, yaml::Problems& problems) {
  auto document = yaml::read(limits, problems, for_each_in_parallel, {.most = most_threads()});
  if (!document || !check_version(*document, problems)) return std::nullopt;
  check_schema(*document, problems);
  if (!document->root().is_map()) return std::nullopt;
  return document;
}

}  // namespace

void FileSet::refuse(Span at, Error error, yaml::Problems& problems) {
  problems.add(code::include, at, std::move(error.message), std::move(error.hint));
  incomplete_ = true;
}

FileSet::Text FileSet::as_text(std::string octets) {
  Text made{{}, sha256_hex(octets)};
  if (octets.starts_with(byte_order_mark)) octets.erase(0, byte_order_mark.size());
  made.text = std::move(octets);
  return made;
}

void FileSet::append(std::string path, const std::string& real, Text text) {
  InventoryFile file;
  file.path = path;
  file.real = real;
  file.sha256 = std::move(text.sha256);
  file.id = sources_.add(std::move(path), std::move(text.text));
  by_real_[real] = files_.size();
  files_.push_back(std::move(file));
}

void FileSet::append(std::string path, const std::string& real, const ParsedFiles::File& known) {
  append(std::move(path), real, {known.text, known.sha256});
  files_.back().known = &known;
}

void FileSet::add(std::string path, const std::string& real, std::string text) {
  if (by_real_.contains(real)) return;
  ++count_;
  bytes_ += text.size();
  append(std::move(path), real, as_text(std::move(text)));
}

void FileSet::add(std::string path, const std::string& real, const ParsedFiles::File& known) {
  if (by_real_.contains(real)) return;
  ++count_;
  bytes_ += known.text.size();
  append(std::move(path), real, known);
}

void FileSet::read(yaml::Problems& problems) {
  std::size_t first = 0;
  while (first < files_.size()) {
    parse_from(first, problems);
    const auto wanted = includes_from(first, problems);
    first = files_.size();
    read_all(wanted, problems);
  }
}

void FileSet::parse_from(std::size_t first, yaml::Problems& problems) {
  std::vector<yaml::Problems> found;
  for (std::size_t i = first; i < files_.size(); ++i)
    found.emplace_back(sources_, files_[i].id, options_.limits.errors, inventory_dialect);
  for_each_in_parallel(found.size(), [&](std::size_t i) {
    auto& file = files_[first + i];
    if (file.known != nullptr) {
      file.document = file.known->document.over(file.id, sources_.text(file.id));
    } else if (!file.unreadable) {
      file.document = parse(options_.limits, found[i]);
    }
  });
  for (std::size_t i = 0; i < found.size(); ++i) {
    const auto& file = files_[first + i];
    incomplete_ = incomplete_ || !file.document;
    if (options_.remember != nullptr && file.document && found[i].count() == 0) {
      options_.remember->by_real_path.insert_or_assign(
          file.real, ParsedFiles::File{std::string(sources_.text(file.id)), file.sha256, *file.document});
    }
    problems.absorb(std::move(found[i]));
  }
}

std::vector<FileSet::Wanted> FileSet::includes_from(std::size_t first, yaml::Problems& problems) {
  std::vector<Wanted> wanted;
  for (std::size_t i = first; i < files_.size() && !problems.full(); ++i) includes_of(i, wanted, problems);
  return wanted;
}

void FileSet::includes_of(std::size_t includer, std::vector<Wanted>& wanted, yaml::Problems& problems) {
  const auto& document = files_[includer].document;
  const auto list = document ? document->root().get("include") : std::nullopt;
  if (!list || !list->is_list() || !list->first()) return;
  RootFolder* root = root_of(includer, list->span(), problems);
  if (root == nullptr) return;
  yaml::for_each_item(*list, [&](const yaml::Value& item) {
    if (!item.is_text() || item.text().empty() || problems.full()) return;
    auto found = find_included(folder_of(files_[includer].path), item.text(), *root,
                               std::filesystem::path(files_[includer].path).filename().string());
    if (!found) return refuse(item.span(), std::move(found.error()), problems);
    for (auto& file : *found) {
      want({std::move(file), includer, item.span()}, is_pattern(item.text()), wanted, problems);
    }
  });
}

void FileSet::want(Wanted&& next, bool by_pattern, std::vector<Wanted>& wanted, yaml::Problems& problems) {
  // Its future place: the files that are wanted follow those that are there, in this order.
  const auto [known, is_new] = by_real_.emplace(next.file.real, files_.size() + wanted.size());
  if (is_new) {
    if (within_limits(next, problems)) {
      wanted.push_back(std::move(next));
    } else {
      by_real_.erase(known);
    }
    return;
  }
  if (known->second < files_.size()) return known_already(known->second, next, by_pattern, problems);
  const auto& first = wanted[known->second - files_.size()];
  if (first.included_by == next.included_by) return;  // two patterns of one list may meet
  refuse(next.at,
         {fmt::format("{} is included already", in_quotes(next.file.path)),
          fmt::format("by {}; a file has one place, and so one set of defaults",
                      problems.place(first.at, next.at))},
         problems);
}

void FileSet::known_already(std::size_t file, const Wanted& again, bool by_pattern,
                            yaml::Problems& problems) {
  InventoryFile& known = files_[file];
  if (known.included_by == again.included_by) return;
  bool above = false;
  for (std::size_t at = again.included_by; at != InventoryFile::nobody; at = files_[at].included_by)
    above = above || at == file;
  if (file == again.included_by && by_pattern) return;  // *.yaml beside the file itself
  if (above) {
    return refuse(again.at,
                  {fmt::format("{} includes itself: {} -> {}", in_quotes(known.path),
                               chain(file, again.included_by), known.path),
                   "leave out one of these steps"},
                  problems);
  }
  if (known.included_by == InventoryFile::nobody) {  // named on the command line, and here
    known.included_by = again.included_by;
    known.included_at = again.at;
    return;
  }
  refuse(again.at,
         {fmt::format("{} is included already", in_quotes(again.file.path)),
          fmt::format("by {}; a file has one place, and so one set of defaults",
                      problems.place(known.included_at, again.at))},
         problems);
}

/// `a -> b -> c`, from a file down to one that it includes.
std::string FileSet::chain(std::size_t from, std::size_t to) const {
  std::vector<std::string_view> names;
  for (std::size_t at = to; at != from; at = files_[at].included_by) names.push_back(files_[at].path);
  names.push_back(files_[from].path);
  std::reverse(names.begin(), names.end());
  return fmt::format("{}", fmt::join(names, " -> "));
}

std::size_t FileSet::depth_of(std::size_t file) const {
  std::size_t depth = 0;
  for (std::size_t at = files_[file].included_by; at != InventoryFile::nobody; at = files_[at].included_by)
    ++depth;
  return depth;
}

/// Before the file is read: it is its size on disk that counts.
bool FileSet::within_limits(const Wanted& next, yaml::Problems& problems) {
  const Limits& limits = options_.limits;
  const auto too_much = [&](std::string message, std::string hint) {
    incomplete_ = true;
    if (!problems.has(next.at)) problems.add(code::limit, next.at, std::move(message), std::move(hint));
    return false;
  };
  if (count_ >= limits.files) {
    return too_much(fmt::format("with this the inventory has more than {} files", limits.files),
                    "is the pattern meant to match all of them?");
  }
  if (depth_of(next.included_by) + 1 > limits.include_depth) {
    return too_much(fmt::format("files include files more than {} levels deep here", limits.include_depth),
                    "include them from further up");
  }
  // What was read of it before is as large, give or take an edit: enough for a limit.
  const auto* read = options_.known == nullptr ? nullptr : options_.known->find(next.file.real);
  const auto size = read != nullptr ? read->text.size() : options_.files->size(next.file.real).value_or(0);
  if (size > limits.file_bytes - std::min(bytes_, limits.file_bytes)) {
    return too_much(fmt::format("with {} the inventory is larger than {} MiB", in_quotes(next.file.path),
                                limits.file_bytes >> 20),
                    "an inventory of a million addresses takes less; is this the right file?");
  }
  ++count_;
  bytes_ += size;
  return true;
}

void FileSet::read_all(const std::vector<Wanted>& wanted, yaml::Problems& problems) {
  std::vector<tl::expected<Text, ReadError>> texts(wanted.size());
  std::vector<const ParsedFiles::File*> known(wanted.size());
  for_each_in_parallel(wanted.size(), [&](std::size_t i) {
    const auto& file = wanted[i].file;
    if (const auto* open = open_text(options_, file.real); open != nullptr) {
      texts[i] = as_text(*open);
    } else if (known[i] = known_file(options_, file.real); known[i] == nullptr) {
      texts[i] = options_.files->read(file.real, options_.limits.file_bytes, file.path).map(as_text);
    }
  });
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const auto& next = wanted[i];
    if (known[i] != nullptr) {
      append(next.file.path, next.file.real, *known[i]);
    } else {
      append(next.file.path, next.file.real, texts[i] ? std::move(*texts[i]) : Text());
    }
    files_.back().included_by = next.included_by;
    files_.back().included_at = next.at;
    files_.back().unreadable = !texts[i];
    if (!texts[i]) refuse(next.at, {texts[i].error().message, {}}, problems);
  }
}

/// The folder that nothing included by this file may lie outside of; nullptr, and a problem, where there is
/// no telling.
RootFolder* FileSet::root_of(std::size_t file, Span at, yaml::Problems& problems) {
  while (files_[file].included_by != InventoryFile::nobody) file = files_[file].included_by;
  const auto known = roots_.find(file);
  if (known != roots_.end()) return &known->second;
  auto root = root_folder_of(folder_of(files_[file].path), options_.limits.folder_entries, *options_.files);
  if (!root) return refuse(at, std::move(root.error()), problems), nullptr;
  return &roots_.emplace(file, std::move(*root)).first->second;
}

std::string FileSet::sha256() const {
  if (files_.size() == 1) return files_.front().sha256;
  std::vector<std::pair<std::string, std::string_view>> lines;
  const auto base = folder_of(files_.front().path);
  for (const auto& file : files_) {
    lines.emplace_back(seen_from(base, file.path), file.sha256);
  }
  std::sort(lines.begin(), lines.end());
  std::string all;
  for (const auto& [path, hash] : lines) all += fmt::format("{}  {}\n", hash, path);
  return sha256_hex(all);
}

}  // namespace rdnsgate::inventory
