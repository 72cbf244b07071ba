// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text/escape.h"
#include "base/text/text.h"
#include "report/mail/paths.h"

namespace rdnsgate::report {
namespace {

using Verdict = PathRow::Verdict;

constexpr std::size_t matrix_columns = 9;
constexpr std::array<std::string_view, matrix_columns> column_heads{
    "verdict", "path", "addresses", "PTR", "FCrDNS", "HELO", "SPF", "DKIM", "DMARC"};
constexpr std::size_t widest_cell = 44;  // of a cell that all others are lined up with, in octets
constexpr std::size_t longest_on_line = 500;

std::string on_line(std::string_view text) {
  return text.size() <= longest_on_line ? escape_terminal(text)
                                        : escape_terminal(text.substr(0, longest_on_line)) + "...";
}

std::array<std::string, matrix_columns> cells_of(const PathRow& row) {
  const auto shown =
      row.count > 1 ? fmt::format("{} ({})", row.addresses_text(2), row.count) : row.addresses_text(2);
  return {std::string(to_string(row.verdict)),
          on_line(row.path),
          on_line(shown),
          std::string(row.ptr.word),
          std::string(row.fcrdns.word),
          std::string(row.helo.word),
          std::string(row.spf.word),
          std::string(row.dkim.word),
          dmarc_text(row)};
}

class PathsText {
 public:
  PathsText(const PathsDocument& document, bool color) : document_(document), color_(color) {}

  std::string write(bool brief) {
    if (!brief && !document_.rows.empty()) {
      measure();
      line({column_heads.begin(), column_heads.end()}, "");
    }
    for (const auto& row : document_.rows) {
      if (brief) {
        if (row.verdict != Verdict::accepted) write_brief(row);
      } else {
        write(row);
      }
    }
    if (!brief) write_sum();
    return std::move(out_);
  }

 private:
  void measure() {
    for (std::size_t i = 0; i < matrix_columns; ++i) widths_[i] = column_heads[i].size();
    for (const auto& row : document_.rows) {
      const auto cells = cells_of(row);
      for (std::size_t i = 0; i < matrix_columns; ++i)
        widths_[i] = std::max(widths_[i], std::min(cells[i].size(), widest_cell));
    }
  }

  void line(const std::vector<std::string>& cells, std::string_view paint) {
    std::string text;
    for (std::size_t i = 0; i < matrix_columns; ++i) {
      const auto padded = i + 1 == matrix_columns ? cells[i] : fmt::format("{:<{}}  ", cells[i], widths_[i]);
      text += i == 0 && !paint.empty() ? fmt::format("\x1b[{}m{}\x1b[0m", paint, padded) : padded;
    }
    out_ += text + "\n";
  }

  void write(const PathRow& row) {
    const auto cells = cells_of(row);
    line({cells.begin(), cells.end()}, color_ ? code_of(row.verdict) : "");
    for (const auto& one : path_lines(row))
      out_ += fmt::format("    {:<15} {}\n", one.label, on_line(one.text));
  }

  void write_brief(const PathRow& row) {
    out_ +=
        fmt::format("{}: {}: {}", painted(row.verdict), on_line(row.path), on_line(row.addresses_text(2)));
    std::string why;
    for (const auto* rule : row.broken) {
      if (rule->effect == PathEffect::refused) why += fmt::format("{}{}", why.empty() ? "" : ", ", rule->id);
    }
    if (row.verdict == Verdict::refused) out_ += ": " + why;
    out_ += '\n';
  }

  void write_sum() {
    if (document_.rows.empty()) {
      out_ += "no mail path: the inventory has no domain with a sender or relay in its `via`\n";
      return;
    }
    const auto of = [&](Verdict verdict) { return document_.count(verdict); };
    out_ += fmt::format("{}; of their addresses {} accepted, {} would be refused, {} unknown (asked: {})\n",
                        counted(document_.paths, "path", "paths"), of(Verdict::accepted),
                        of(Verdict::refused), of(Verdict::unknown), asked());
  }

  std::string asked() const {
    std::string text;
    for (const auto& one : document_.vantages) text += (text.empty() ? "" : ", ") + on_line(one);
    return text;
  }

  static std::string_view code_of(Verdict verdict) {
    return verdict == Verdict::accepted ? "32" : verdict == Verdict::refused ? "31" : "33";
  }
  std::string painted(Verdict verdict) const {
    return color_ ? fmt::format("\x1b[{}m{}\x1b[0m", code_of(verdict), to_string(verdict))
                  : std::string(to_string(verdict));
  }

  const PathsDocument& document_;
  const bool color_;
  std::array<std::size_t, matrix_columns> widths_{};
  std::string out_;
};

}  // namespace

std::string render_paths_text(const PathsDocument& document, bool color, int quiet) {
  if (quiet > 1) return "";
  return PathsText(document, color).write(quiet == 1);
}

}  // namespace rdnsgate::report
