// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "lsp/actions.h"

#include <fmt/format.h>

#include <algorithm>

#include "inventory/dialect.h"
#include "inventory/model/style.h"
#include "inventory/read_document.h"
#include "rules/registry.h"
#include "yaml/layout.h"

namespace rdnsgate::lsp {
namespace {

constexpr std::string_view mend_one = "quickfix", mend_all = "source.fixAll.rdnsgate";
constexpr std::chrono::days waived_for{90};

/// The text by itself.
struct Read {
  Sources sources;
  inventory::Limits limits;
  std::optional<yaml::Document> document;

  explicit Read(const OpenDocument& open) {
    document = inventory::read_document(sources, sources.add(open.path, open.text), limits);
  }
};

Edit edit_of(const TextEdit& edit, const Lines& lines) {
  return {lines.position(edit.begin), lines.position(edit.end), edit.text};
}

bool on_lines(const Position& begin, const Position& end, std::size_t first, std::size_t last) {
  return begin.line <= last && end.line >= first;
}

/// What the loader knows how to mend, and what is a matter of style, in the order of the text.
std::vector<Fix> fixes_of(const OpenDocument& document, const Read& read) {
  auto fixes = document.fixes;
  for (auto& problem : inventory::find_style(*read.document, read.sources)) {
    if (problem.fix) fixes.push_back(std::move(*problem.fix));
  }
  std::stable_sort(fixes.begin(), fixes.end(),
                   [](const Fix& a, const Fix& b) { return a.at.begin < b.at.begin; });
  std::vector<Fix> apart;  // of two that overlap the first
  for (auto& fix : fixes) {
    if (apart.empty() || fix.at.begin >= apart.back().at.end) apart.push_back(std::move(fix));
  }
  return apart;
}

/// A comment on a line of its own above the mark's.
Action waiver(const Mark& mark, const Lines& lines, std::string_view line_end, Time today) {
  const auto line = lines.line(mark.begin.line);
  const auto indentation = line.substr(0, std::min(line.find_first_not_of(' '), line.size()));
  const Position above{mark.begin.line, 0};
  const auto until = format_date(today + waived_for);
  return {
      fmt::format("Waive {} here until {}", mark.code, until),
      std::string(mend_one),
      {{above, above,
        fmt::format("{}# rdnsgate: allow {} until {}, say why{}", indentation, mark.code, until, line_end)}},
      false,
      {mark}};
}

}  // namespace

std::vector<Action> actions_for(const OpenDocument& document, Position begin, Position end, Time today) {
  const Read read(document);
  if (!read.document) return {};
  const Lines lines(document.text);
  const std::string_view line_end = document.text.find("\r\n") == std::string::npos ? "\n" : "\r\n";
  std::vector<Action> all;
  Action everything{"Fix all that \"rdnsgate lint --fix\" can fix here", std::string(mend_all), {}, false, {}};
  for (const auto& fix : fixes_of(document, read)) {
    const auto edit = edit_of({fix.at.begin, fix.at.end, fix.text}, lines);
    everything.edits.push_back(edit);
    if (!on_lines(edit.begin, edit.end, begin.line, end.line)) continue;
    Action action{fix.title, std::string(mend_one), {edit}, true, {}};
    for (const auto& mark : document.marks) {
      if (mark.begin <= edit.begin && edit.end <= mark.end) action.mends.push_back(mark);
    }
    all.push_back(std::move(action));
  }
  for (const auto& mark : document.marks) {
    if (rules::find_rule(mark.code) == nullptr || !on_lines(mark.begin, mark.end, begin.line, end.line))
      continue;
    all.push_back(waiver(mark, lines, line_end, today));
  }
  if (!everything.edits.empty()) all.push_back(std::move(everything));
  return all;
}

std::vector<Edit> layout_of(const OpenDocument& document) {
  std::vector<Edit> edits;
  if (!looks_like_inventory(document.path, document.text)) return edits;
  const Read read(document);
  if (!read.document) return edits;
  const Lines lines(document.text);
  for (const auto& edit :
       yaml::find_layout(*read.document, read.sources, read.limits, inventory::inventory_dialect))
    edits.push_back(edit_of(edit, lines));
  return edits;
}

}  // namespace rdnsgate::lsp
