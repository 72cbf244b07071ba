// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace rdnsgate {

/// Index of a file in a Sources.
using FileId = std::uint32_t;

/// A stretch of bytes in one file: [begin, end). Line, column and caret are computed when they are printed.
struct Span {
  FileId file = 0;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  bool operator==(const Span&) const = default;
  auto operator<=>(const Span&) const = default;
};

/// 1-based. `column` counts Unicode code points.
struct LineColumn {
  std::size_t line = 1;
  std::size_t column = 1;
};

/// The texts that spans point into. Owns them; views stay valid as long as the object lives
/// and the text is not forgotten.
class Sources {
 public:
  FileId add(std::string path, std::string text);
  /// A file whose content is not available (it could not be read, say): a diagnostic can still name it.
  FileId add_unreadable(std::string path) { return add(std::move(path), {}); }
  /// Lets go of a text that nothing points into any more; its path stays.
  void forget(FileId file) { files_.at(file).text = {}; }

  std::string_view path(FileId file) const { return files_.at(file).path; }
  std::string_view text(FileId file) const { return files_.at(file).text; }
  std::string_view text(Span span) const;
  std::size_t count() const { return files_.size(); }

  LineColumn locate(FileId file, std::size_t offset) const;
  LineColumn locate(Span span) const { return locate(span.file, span.begin); }

  /// The line that the span begins on and a second line with carets under the span, both escaped for a
  /// terminal and cut to a readable width; empty for an unreadable file.
  std::string excerpt(Span span) const;

 private:
  struct File {
    std::string path;
    std::string text;
    mutable std::vector<std::uint32_t> line_starts;  // made when first needed
  };
  const std::vector<std::uint32_t>& line_starts(const File& file) const;
  std::deque<File> files_;  // a deque: the views must survive further files
};

}  // namespace rdnsgate
