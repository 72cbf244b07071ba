// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>

#include "base/text/escape.h"
#include "base/text/text.h"
#include "report/formats.h"
#include "report/machine.h"

namespace rdnsgate::report {
namespace {

using audit::Certainty;
using audit::Status;
using Finding = Document::Finding;

/// A comment on GitHub may have 65,536 characters. What is left of it is for the statement that there is
/// more.
constexpr std::size_t most_octets = 65000;
constexpr std::size_t cell_limit = 600;

std::string cell(std::string_view text) { return markdown_cell(clipped(text, cell_limit)); }

std::string row(const Document& document, const Finding& finding) {
  std::string text = cell(finding.message());
  const auto add = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) text += fmt::format("<br>*{}:* {}", name, cell(value));
  };
  add("reason", finding.waiver_reason);
  if (finding.clears_at) add("clears by", format_time(*finding.clears_at));
  if (!is_accepted(finding)) add("fix", finding.fix);
  const std::string_view transient =
      finding.certainty == Certainty::transient && !is_accepted(finding) ? "transient " : "";
  return fmt::format("| {}{} | {} | {}&#58;{} | {} |\n", transient, to_string(finding.severity),
                     cell(finding.rule), cell(repository_path(document.place, finding.place().path)),
                     finding.place().line, text);
}

class Page {
 public:
  explicit Page(const Document& document) : document_(document) {}

  std::string render() {
    const auto& summary = document_.summary;
    out_ = fmt::format("## rdnsgate: {}\n\n", audit::to_string(document_.verdict));
    if (document_.unusable) {
      out_ += "A file cannot be used as it is, and nothing was judged.\n";
    } else {
      out_ += fmt::format("{}, in {} of {}.\n", counts(summary),
                          counted(summary.addresses, "address", "addresses"),
                          cell(repository_path(document_.place, document_.inventory_path)));
    }
    if (const auto left_out = sentence(document_.not_in_gate); !left_out.empty())
      out_ += fmt::format("\n**Not in this gate:** {} ({}).\n", cell(left_out), cell(over_hint));
    weakened();
    section("", [](const Finding& f) { return !is_accepted(f) && f.certainty != Certainty::inconclusive; });
    section("What could not be determined",
            [](const Finding& f) { return !is_accepted(f) && f.certainty == Certainty::inconclusive; });
    section("Waived", [](const Finding& f) { return f.status == Status::waived; });
    section("In the baseline", [](const Finding& f) { return f.status == Status::baseline; });
    if (left_out_ > 0) {
      out_ += fmt::format(
          "\n**{} not shown here**, the least grave of each kind: the formats text and json have all.\n",
          counted(left_out_, "finding is", "findings are"));
    }
    return std::move(out_);
  }

 private:
  /// What a reviewer has to see first: the gate does not fail by it.
  void weakened() {
    if (!document_.changed_since || document_.changed_since->weakened.empty()) return;
    const auto& changed = *document_.changed_since;
    constexpr std::size_t most = 100;
    out_ += fmt::format("\n**This change weakens the gate**, against {}:\n\n", cell(changed.ref));
    for (std::size_t i = 0; i < std::min(most, changed.weakened.size()); ++i)
      out_ += fmt::format("- {}\n", cell(sentence(changed.weakened[i])));
    if (changed.weakened.size() > most)
      out_ += fmt::format("- and {} more\n", changed.weakened.size() - most);
  }

  /// A table of what `belongs`, the gravest first; folded where it has a title.
  template <typename Belongs>
  void section(std::string_view title, Belongs belongs) {
    std::vector<const Finding*> findings;
    for (const auto& finding : document_.findings) {
      if (belongs(finding)) findings.push_back(&finding);
    }
    if (findings.empty()) return;
    std::stable_sort(findings.begin(), findings.end(),
                     [](const Finding* a, const Finding* b) { return a->severity > b->severity; });
    std::string table = "\n";
    if (!title.empty())
      table += fmt::format("<details><summary>{}: {}</summary>\n\n", title, findings.size());
    table += "| | rule | where | what |\n|---|---|---|---|\n";
    const std::string_view end = title.empty() ? "" : "\n</details>\n";
    std::size_t shown = 0;
    for (const auto* finding : findings) {
      const std::string next = row(document_, *finding);
      if (out_.size() + table.size() + next.size() + end.size() > most_octets) break;
      table += next;
      ++shown;
    }
    left_out_ += findings.size() - shown;
    if (shown > 0) out_.append(table).append(end);
  }

  const Document& document_;
  std::string out_;
  std::size_t left_out_ = 0;
};

}  // namespace

std::string render_markdown(const Document& document) { return Page(document).render(); }

}  // namespace rdnsgate::report
