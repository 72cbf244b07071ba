// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "report/machine.h"

#include <fmt/format.h>

#include <filesystem>

#include "base/text/escape.h"
#include "base/text/text.h"

namespace rdnsgate::report {
namespace {

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0u) == 0x80u; }

}  // namespace

std::string repository_path(const Place& place, std::string_view path) {
  namespace fs = std::filesystem;
  if (path.starts_with('<') || path.empty()) return std::string(path);
  const fs::path given(path);
  const fs::path absolute =
      (given.is_absolute() ? given : fs::path(place.root) / place.folder / given).lexically_normal();
  const fs::path inside = place.root.empty() ? absolute : absolute.lexically_relative(place.root);
  const bool outside = inside.empty() || *inside.begin() == "..";
  return (outside ? absolute : inside).generic_string();
}

std::string repository_uri(const Place& place, std::string_view path) {
  const std::string plain = repository_path(place, path);
  return (plain.starts_with('/') ? "file://" : "") + percent_encoded(plain);
}

std::string clipped(std::string_view text, std::size_t limit) {
  constexpr std::string_view more = "...";
  const bool longer = text.size() > limit;
  // Escaping makes text longer, never shorter: what is beyond the limit before is beyond it after.
  std::string out = escape_terminal(text.substr(0, longer ? limit + 4 : limit));
  if (!longer && out.size() <= limit) return out;
  std::size_t end = std::min(out.size(), limit - more.size());
  while (end > 0 && end < out.size() && is_continuation(out[end])) --end;
  out.resize(end);
  return out.append(more);
}

bool is_accepted(const Document::Finding& finding) { return finding.status != audit::Status::open; }

std::string_view remark(const Document::Finding& finding) {
  if (finding.status == audit::Status::waived) return "waived: ";
  if (finding.status == audit::Status::baseline) return "in the baseline: ";
  if (finding.certainty == audit::Certainty::inconclusive) return "inconclusive: ";
  return finding.certainty == audit::Certainty::transient ? "transient: " : "";
}

std::string counts(const audit::Summary& summary) {
  const std::string known =
      summary.baseline > 0 ? fmt::format(", {} in the baseline", summary.baseline) : std::string();
  return fmt::format("{}, {}, {} inconclusive, {} waived{}", counted(summary.errors, "error", "errors"),
                     counted(summary.warnings, "warning", "warnings"), summary.inconclusive, summary.waived,
                     known);
}

}  // namespace rdnsgate::report
