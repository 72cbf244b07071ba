// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "report/grouped/selection.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "base/ip.h"
#include "base/text/text.h"

namespace rdnsgate::report {
namespace {

using Finding = Document::Finding;

/// One value of `--only`, read once.
class Wanted {
 public:
  explicit Wanted(const std::string& text) : text_(ascii_lower(text)), family_(text_ + "-") {
    if (text_.size() > 1 && text_.ends_with('.')) text_.pop_back();
    if (const auto block = Prefix::parse(text)) block_ = *block;
  }

  bool has(const Finding& finding) const {
    const auto& rule = finding.rule.text();
    if (rule == text_ || rule.starts_with(family_)) return true;
    if (block_ && finding.target.kind == audit::TargetKind::address) {
      const auto address = IpAddress::read(finding.target.id);
      return address && block_->contains(*address);
    }
    if (is_named(finding.target.id)) return true;
    return finding.belongs && (is_named(finding.belongs->sender) || is_named(finding.belongs->zone));
  }

 private:
  bool is_named(std::string_view name) const {
    return name.size() == text_.size() && ascii_lower(name) == text_;
  }

  std::string text_, family_;
  std::optional<Prefix> block_;
};

}  // namespace

Selection select(const Document& document, const View& view) {
  std::vector<Wanted> wanted;
  for (const auto& one : view.only) wanted.emplace_back(one);
  std::vector<bool> met(wanted.size());
  Selection selection;
  for (std::size_t i = 0; i < document.findings.size(); ++i) {
    const auto& finding = document.findings[i];
    bool belongs = wanted.empty();
    for (std::size_t w = 0; w < wanted.size(); ++w) {
      if (!wanted[w].has(finding)) continue;
      belongs = true;
      met[w] = true;
    }
    if (belongs && finding.severity >= view.level) selection.shown.push_back(i);
  }
  for (std::size_t w = 0; w < wanted.size(); ++w) {
    if (!met[w]) selection.idle.push_back(view.only[w]);
  }
  return selection;
}

}  // namespace rdnsgate::report
