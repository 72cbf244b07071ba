// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/reports/stored_report.h"

#include <algorithm>
#include <map>
#include <vector>

#include "base/text/utf8.h"
#include "inventory/files/read_file.h"
#include "report/stored/read_report.h"
#include "run/files/find_place.h"
#include "run/files/load.h"
#include "run/findings/belongs.h"
#include "run/findings/describe_rules.h"

namespace rdnsgate::run {
namespace {

bool continues_code_point(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

/// Finds places in the texts of files again.
class Places {
 public:
  explicit Places(const Sources& sources) : sources_(sources) {
    for (FileId file = 0; file < sources.count(); ++file) files_.emplace(sources.path(file), file);
  }

  /// nullopt where there is no such file, or no such line in it.
  std::optional<Span> find(const report::Document::Location& at) {
    const auto file = files_.find(at.path);
    if (file == files_.end()) return std::nullopt;
    const auto begin = offset(file->second, at.line, at.column);
    const auto end = offset(file->second, at.end_line, at.end_column);
    if (!begin || !end) return std::nullopt;
    return Span{file->second, static_cast<std::uint32_t>(*begin),
                static_cast<std::uint32_t>(std::max(*begin, *end))};
  }

 private:
  std::optional<std::size_t> offset(FileId file, std::size_t line, std::size_t column) {
    const auto& starts = lines(file);
    if (line == 0 || line > starts.size()) return std::nullopt;
    const auto text = sources_.text(file);
    std::size_t at = starts[line - 1];
    for (std::size_t left = column; left > 1 && at < text.size() && text[at] != '\n'; --left) {
      do ++at;
      while (at < text.size() && continues_code_point(text[at]));
    }
    return at;
  }

  const std::vector<std::size_t>& lines(FileId file) {
    auto& starts = lines_[file];
    if (!starts.empty()) return starts;
    const auto text = sources_.text(file);
    starts.push_back(0);
    for (auto at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1))
      starts.push_back(at + 1);
    return starts;
  }

  const Sources& sources_;
  std::map<std::string, FileId, std::less<>> files_;
  std::map<FileId, std::vector<std::size_t>> lines_;
};

}  // namespace

Attempt<report::Document> load_report(const std::string& path) {
  const auto text = inventory::read_file(path, largest_report);
  if (!text) return tl::unexpected<Failure>(Error{text.error().message, text.error().hint});
  auto document = report::read_report(path == "-" ? "<stdin>" : path, *text);
  if (!document) return tl::unexpected<Failure>(document.error());
  document->place = find_place();
  describe_rules(*document);
  return std::move(*document);
}

void add_excerpts(report::Document& document, const Sources& sources) {
  Places places(sources);
  for (auto& finding : document.findings) {
    const auto at = places.find(finding.location);
    // What is said of the file as a whole points at its start; its first line is no evidence.
    if (at && (at->begin > 0 || at->end > 0)) finding.excerpt = sources.excerpt(*at);
  }
}

void add_inventory(report::Document& document) {
  if (document.unusable) return;
  const auto paths = find_inventory({document.inventory_path});
  if (!paths) return;
  Sources sources;
  const auto loaded = load_inventory(sources, *paths);
  if (!loaded.inventory || loaded.inventory->sha256 != document.inventory_sha256) return;
  add_excerpts(document, sources);
  set_belongings(document, *loaded.inventory);
}

}  // namespace rdnsgate::run
