// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/files/file_edits.h"

#include <fmt/format.h>

#include "base/files/output_file.h"
#include "inventory/files/read_file.h"
#include "inventory/model/load.h"

namespace rdnsgate::run {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// The text as it is on the disk, and the edits in it: what was read has lost its byte order mark.
struct OnDisk {
  std::string text;
  std::vector<TextEdit> edits;
  bool as_read = true;
};

OnDisk on_disk(const Sources& sources, const FileEdits& change) {
  const auto read = sources.text(change.file);
  OnDisk found{std::string(read), change.edits};
  const auto now =
      inventory::read_file(std::string(sources.path(change.file)), inventory::Limits{}.file_bytes);
  found.as_read = now && (*now == read || *now == std::string(byte_order_mark).append(read));
  if (!found.as_read || now->size() == read.size()) return found;
  found.text = *now;
  for (auto& edit : found.edits) {
    edit.begin += byte_order_mark.size();
    edit.end += byte_order_mark.size();
  }
  return found;
}

}  // namespace

Result<void> write_edits(const Sources& sources, const std::vector<FileEdits>& changes) {
  for (const auto& change : changes) {
    const std::string path(sources.path(change.file));
    const auto found = on_disk(sources, change);
    if (!found.as_read)
      return fail(fmt::format("{} was changed by somebody else meanwhile, and is left as it is", path));
    if (auto written = replace_file(path, apply_edits(found.text, found.edits)); !written) return written;
  }
  return {};
}

std::string diff_of(const Sources& sources, const std::vector<FileEdits>& changes) {
  std::string all;
  for (const auto& change : changes) {
    const auto found = on_disk(sources, change);
    all += unified_diff(found.text, found.edits, sources.path(change.file));
  }
  return all;
}

}  // namespace rdnsgate::run
