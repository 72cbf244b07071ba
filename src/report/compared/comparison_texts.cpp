// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <iterator>

#include "base/text/escape.h"
#include "base/text/text.h"
#include "report/compared/comparison.h"
#include "report/json_text.h"
#include "report/machine.h"

namespace rdnsgate::report {
namespace {

using Finding = Document::Finding;

constexpr std::size_t message_octets = 600;

std::string name_of(const Finding& finding) {
  return fmt::format("{} {}", audit::to_string(finding.target.kind), finding.target.id);
}

std::string_view or_nothing(const std::string& text) {
  return text.empty() ? "nothing" : std::string_view(text);
}

std::string describe(const Comparison::Changed& changed) {
  std::string text;
  for (const auto& one : changed.properties)
    text += fmt::format("{}{} {} before, {} now", text.empty() ? "" : "; ", one.name, or_nothing(one.before),
                        or_nothing(one.now));
  return text;
}

std::string counts_of(const Comparison& comparison) {
  return fmt::format("{} came, {} went, {} changed, {} as before", comparison.came.size(),
                     comparison.went.size(), comparison.changed.size(), comparison.same);
}

std::string other_inventory(const Comparison& comparison) {
  return fmt::format(
      "The inventories differ: {} ({:.12}) and {} ({:.12}). What went may not be declared any more.",
      comparison.before->inventory_path, comparison.before->inventory_sha256, comparison.now->inventory_path,
      comparison.now->inventory_sha256);
}

Json side_json(const Document& document) {
  return {{"inventory", {{"path", document.inventory_path}, {"sha256", document.inventory_sha256}}},
          {"started_at", format_time(document.started_at)},
          {"verdict", audit::to_string(document.verdict)}};
}

Json entry_json(const Finding& finding) {
  return {{"rule", finding.rule},
          {"severity", to_string(finding.severity)},
          {"status", audit::to_string(finding.status)},
          {"certainty", audit::to_string(finding.certainty)},
          {"target", {{"kind", audit::to_string(finding.target.kind)}, {"id", finding.target.id}}},
          {"message", finding.message()},
          {"expected", finding.expected},
          {"observed", finding.observed},
          {"fingerprint", finding.fingerprint}};
}

/// A table that ends where the comment would be too long.
class Table {
 public:
  Table(std::string& out, std::size_t most) : out_(out), most_(most) {}

  void begin(std::string_view title, std::size_t count) {
    if (count == 0) return;
    out_ += fmt::format("\n### {}: {}\n\n| | rule | about | what |\n|---|---|---|---|\n", title, count);
  }
  void add(const Finding& finding, std::string_view what) {
    const auto row = fmt::format("| {} | {} | {} | {} |\n", to_string(finding.severity), cell(finding.rule),
                                 cell(name_of(finding)), cell(what));
    if (left_out_ > 0 || out_.size() + row.size() > most_)
      ++left_out_;
    else
      out_ += row;
  }
  void end() const {
    if (left_out_ > 0)
      out_ += fmt::format("\n**{} not shown here**: the formats text and json have all.\n",
                          counted(left_out_, "entry is", "entries are"));
  }

 private:
  static std::string cell(std::string_view text) { return markdown_cell(clipped(text, message_octets)); }

  std::string& out_;
  std::size_t most_, left_out_ = 0;
};

}  // namespace

std::string render_comparison_text(const Comparison& comparison) {
  std::string out;
  const auto line = [&](std::string_view what, const Finding& finding, std::string_view text) {
    fmt::format_to(std::back_inserter(out), "{:<8} {}: {}: {} [{}]\n", what, to_string(finding.severity),
                   clipped(name_of(finding), message_limit), clipped(text, message_limit),
                   clipped(finding.rule, message_limit));
  };
  for (const auto* finding : comparison.came) line("came", *finding, finding->message());
  for (const auto* finding : comparison.went) line("went", *finding, finding->message());
  for (const auto& one : comparison.changed) line("changed", *one.now, describe(one));
  if (!comparison.same_inventory()) out += clipped(other_inventory(comparison), message_limit) + "\n";
  return out + counts_of(comparison) + "\n";
}

std::string render_comparison_json(const Comparison& comparison) {
  Json json{{"schema", "rdnsgate/report-diff/1"},
            {"before", side_json(*comparison.before)},
            {"now", side_json(*comparison.now)},
            {"same_inventory", comparison.same_inventory()},
            {"counts",
             {{"came", comparison.came.size()},
              {"went", comparison.went.size()},
              {"changed", comparison.changed.size()},
              {"same", comparison.same}}},
            {"came", Json::array()},
            {"went", Json::array()},
            {"changed", Json::array()}};
  for (const auto* finding : comparison.came) json["came"].push_back(entry_json(*finding));
  for (const auto* finding : comparison.went) json["went"].push_back(entry_json(*finding));
  for (const auto& one : comparison.changed) {
    auto entry = entry_json(*one.now);
    for (const auto& property : one.properties) entry["before"][std::string(property.name)] = property.before;
    json["changed"].push_back(std::move(entry));
  }
  return dump(json) + "\n";
}

std::string render_comparison_markdown(const Comparison& comparison) {
  constexpr std::size_t most_octets = 65000;
  std::string out = fmt::format("## rdnsgate: {}\n", counts_of(comparison));
  if (!comparison.same_inventory())
    out += fmt::format("\n{}\n", markdown_cell(clipped(other_inventory(comparison), message_limit)));
  Table table(out, most_octets);
  table.begin("Came", comparison.came.size());
  for (const auto* finding : comparison.came) table.add(*finding, finding->message());
  table.begin("Went", comparison.went.size());
  for (const auto* finding : comparison.went) table.add(*finding, finding->message());
  table.begin("Changed", comparison.changed.size());
  for (const auto& one : comparison.changed) table.add(*one.now, describe(one));
  table.end();
  return out;
}

}  // namespace rdnsgate::report
