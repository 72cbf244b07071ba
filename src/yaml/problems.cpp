// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "yaml/problems.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <tuple>

namespace rdnsgate::yaml {

void Problems::add(std::string_view code, Span at, std::string message, std::string hint,
                   std::optional<Fix> fix) {
  if (full()) return;
  all_.push_back(
      {Severity::error, std::string(code), std::move(message), std::move(hint), at, std::move(fix)});
}

bool Problems::has(Span at) const {
  return std::any_of(all_.begin(), all_.end(), [&](const Diagnostic& known) { return known.at == at; });
}

bool Problems::any_within(Span stretch) const {
  return std::any_of(all_.begin(), all_.end(), [&](const Diagnostic& known) {
    return known.at.file == stretch.file && known.at.begin >= stretch.begin && known.at.begin < stretch.end;
  });
}

std::string Problems::place(Span at, Span here) const {
  const auto line = sources_.locate(at).line;
  return at.file == here.file ? fmt::format("line {}", line)
                              : fmt::format("{}:{}", sources_.path(at.file), line);
}

void Problems::absorb(Problems&& other) {
  for (auto& problem : other.all_) {
    if (!full()) all_.push_back(std::move(problem));
  }
  other.all_.clear();
}

void Problems::move_to(Diagnostics& all) {
  const bool cut = full();
  const auto key = [](const Diagnostic& d) { return std::tie(d.at, d.code, d.message); };
  std::stable_sort(all_.begin(), all_.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
  all_.erase(
      std::unique(all_.begin(), all_.end(), [&](const auto& a, const auto& b) { return key(a) == key(b); }),
      all_.end());
  if (cut) {
    all_.push_back({Severity::error, std::string(code::limit),
                    fmt::format("reading stopped at {} errors; there may be more", limit_),
                    "fix these first, then run again", all_.back().at});
  }
  std::move(all_.begin(), all_.end(), std::back_inserter(all));
  all_.clear();
}

}  // namespace rdnsgate::yaml
