// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "base/text/source.h"
#include "base/text/text_edit.h"

namespace rdnsgate::run {

/// What becomes of one file that was read.
struct FileEdits {
  FileId file = 0;
  std::vector<TextEdit> edits;  ///< none overlaps another
};

/// Writes the files: each in place of the file that its path leads to, through a temporary one, with its mode
/// and its byte order mark. A file that changed since it was read is left as it is, and fails.
Result<void> write_edits(const Sources& sources, const std::vector<FileEdits>& changes);

/// What write_edits() would change, for `patch -p1`.
std::string diff_of(const Sources& sources, const std::vector<FileEdits>& changes);

}  // namespace rdnsgate::run
