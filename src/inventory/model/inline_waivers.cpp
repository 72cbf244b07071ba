// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "inventory/model/inline_waivers.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "base/ascii.h"
#include "base/text/text.h"
#include "base/wording.h"
#include "inventory/problem_codes.h"
#include "yaml/comments.h"

namespace rdnsgate::inventory {
namespace {

constexpr std::string_view mark = "rdnsgate:";
constexpr std::string_view form = "write it as \"# rdnsgate: allow RULE until YYYY-MM-DD, REASON\"";

constexpr std::string_view program = "rdnsgate";

bool is_program_at(std::string_view text, std::size_t at) {
  return ascii_lower(text.substr(at, program.size())) == program;
}

/// Our name with any signs behind it, and one of the words that tools have for this. A sentence about us is none.
bool looks_like_waiver(std::string_view comment) {
  constexpr std::array<std::string_view, 6> verbs{"allow", "disable", "ignore", "nolint", "skip", "waive"};
  constexpr std::string_view signs = " \t:;,=-_/@";
  if (!is_program_at(comment, 0)) return false;
  const auto begin = comment.find_first_not_of(signs, program.size());
  if (begin == std::string_view::npos) return false;
  const auto word = comment.substr(begin, comment.find_first_of(" \t:;,=", begin) - begin);
  return std::find(verbs.begin(), verbs.end(), ascii_lower(word)) != verbs.end();
}

/// Some comment begins with our name. Almost no file has one, and this costs nothing beside a scan.
bool may_have_waivers(std::string_view text) {
  for (auto at = text.find('#'); at != std::string_view::npos; at = text.find('#', at + 1)) {
    const auto begin = text.find_first_not_of("# \t", at);
    if (begin != std::string_view::npos && (text[begin] | 0x20) == program.front() &&
        is_program_at(text, begin))
      return true;
  }
  return false;
}

/// A stretch of the text that is read from its front.
class Stretch {
 public:
  Stretch(std::string_view text, Span at) : text_(text), at_(at) {}

  void skip_blanks() {
    while (at_.begin < at_.end && is_blank(text_[at_.begin])) ++at_.begin;
  }
  bool take(std::string_view wanted) {
    if (!rest().starts_with(wanted)) return false;
    at_.begin += static_cast<std::uint32_t>(wanted.size());
    return true;
  }
  /// Up to a blank or a comma; empty at the end.
  Span word() {
    skip_blanks();
    Span found = at_;
    while (at_.begin < at_.end && !is_blank(text_[at_.begin]) && text_[at_.begin] != ',') ++at_.begin;
    found.end = at_.begin;
    return found;
  }
  std::string_view rest() const { return text_.substr(at_.begin, at_.end - at_.begin); }
  Span place() const { return at_; }

 private:
  std::string_view text_;
  Span at_;
};

class InlineWaivers {
 public:
  InlineWaivers(FileId file, const Sources& sources, std::span<const std::string_view> rule_names,
                Inventory& inventory, Diagnostics& problems)
      : file_(file),
        sources_(sources),
        text_(sources.text(file)),
        rule_names_(rule_names),
        inventory_(inventory),
        problems_(problems) {}

  void read() {
    for (const auto& comment : yaml::find_comments(text_)) {
      Span at{file_, static_cast<std::uint32_t>(comment.begin), static_cast<std::uint32_t>(comment.end)};
      Stretch reader(text_, at);
      while (reader.take("#")) {
      }
      reader.skip_blanks();
      if (!reader.take(mark)) {
        if (looks_like_waiver(reader.rest()))
          inventory_.mistaken_waivers.push_back({std::string(reader.rest()), reader.place()});
        continue;
      }
      add(reader, at, comment.alone ? line_below(comment.end) : line_of(comment.begin));
    }
    name_targets();
  }

 private:
  void add(Stretch& reader, Span comment, Span line) {
    const Span verb = reader.word();
    if (sources_.text(verb) != "allow") {
      const auto said = sources_.text(verb);
      return problem(said.empty() ? comment : verb,
                     said.empty() ? "this comment to rdnsgate is empty"
                                  : fmt::format("there is no instruction {}", in_quotes(said)));
    }
    std::vector<Span> rules;
    do {
      rules.push_back(reader.word());
      reader.skip_blanks();
    } while (reader.take(","));
    if (sources_.text(rules.back()).empty() || sources_.text(rules.front()) == "until")
      return problem(comment, "the waiver names no rule");
    if (!reader.take("until")) return problem(comment, "the waiver has no end");
    const Span date = reader.word();
    const auto last_day = parse_date(sources_.text(date));
    if (!last_day) {
      problems_.push_back(
          {Severity::error, std::string(code::value), last_day.error().message, last_day.error().hint, date});
      return;
    }
    reader.skip_blanks();
    reader.take(",");
    reader.skip_blanks();
    std::string_view reason = reader.rest();
    while (!reason.empty() && is_blank(reason.back())) reason.remove_suffix(1);
    if (reason.empty()) return problem(comment, "the waiver has no reason");
    for (const Span rule : rules) add_rule(rule, date, *last_day, reason, line);
  }

  void add_rule(Span rule, Span date, Time last_day, std::string_view reason, Span line) {
    const auto name = sources_.text(rule);
    if (std::find(rule_names_.begin(), rule_names_.end(), name) == rule_names_.end()) {
      const auto [known, is_new] = nearest_.try_emplace(name);
      if (is_new) known->second = closest(name, rule_names_);
      const auto nearest = known->second;
      problems_.push_back({Severity::error, std::string(code::reference),
                           fmt::format("there is no rule called {}", in_quotes(name)),
                           nearest.empty() ? "\"rdnsgate explain\" lists the rules" : did_you_mean(nearest),
                           rule});
      return;
    }
    Waiver waiver;
    waiver.rule = std::string(name);
    waiver.reason = std::string(reason);
    waiver.expires = last_day + std::chrono::days(1);
    waiver.at = rule;
    waiver.expires_at = date;
    waiver.line = line;
    inventory_.waivers.push_back(std::move(waiver));
  }

  void problem(Span at, std::string message) {
    problems_.push_back(
        {Severity::error, std::string(code::value), std::move(message), std::string(form), at});
  }

  Span line_of(std::size_t at) const {
    const std::size_t before = at == 0 ? std::string_view::npos : text_.rfind('\n', at - 1);
    const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
    return {file_, static_cast<std::uint32_t>(begin),
            static_cast<std::uint32_t>(std::min(text_.find('\n', at), text_.size()))};
  }

  /// The next line that is more than a comment: waivers may stand one above the other.
  Span line_below(std::size_t end) {
    // Between a comment and the line below it there are comments only, and they have the same one.
    if (below_ && end >= below_from_ && end < below_->begin) return *below_;
    below_from_ = end;
    below_ = find_line_below(end);
    return *below_;
  }

  Span find_line_below(std::size_t end) const {
    for (std::size_t at = end; (at = text_.find('\n', at)) != std::string_view::npos;) {
      const Span line = line_of(++at);
      const auto first = sources_.text(line).find_first_not_of(" \t");
      if (first == std::string_view::npos || sources_.text(line)[first] != '#') return line;
    }
    const auto last = static_cast<std::uint32_t>(text_.size());
    return {file_, last, last};
  }

  /// Messages name what is declared on the line; lines move, names stay.
  void name_targets() {
    auto& waivers = inventory_.waivers;
    const auto first = waivers.begin() + static_cast<std::ptrdiff_t>(first_);
    std::sort(first, waivers.end(), [](const Waiver& a, const Waiver& b) { return *a.line < *b.line; });
    check_crowd();
    const auto name = [&](Span at, const auto& id) {
      const auto after = std::upper_bound(first, waivers.end(), at, [](Span place, const Waiver& waiver) {
        return std::pair(place.file, place.begin) < std::pair(waiver.line->file, waiver.line->begin);
      });
      for (auto waiver = after; waiver != first;) {
        --waiver;
        if (at.file != waiver->line->file || at.begin >= waiver->line->end) return;
        if (waiver->target.empty()) waiver->target = id();
      }
    };
    for (const auto& sender : inventory_.senders) name(sender.at, [&] { return sender.name; });
    for (const auto& relay : inventory_.relays) name(relay.at, [&] { return relay.name; });
    for (const auto& domain : inventory_.domains) name(domain.at, [&] { return domain.name.text(); });
    for (const auto& zone : inventory_.zones) name(zone.at, [&] { return zone.name.text(); });
    for (const auto& vantage : inventory_.vantages) name(vantage.at, [&] { return vantage.name; });
    for (const auto& address : inventory_.addresses) name(address.at, [&] { return address.ip.to_string(); });
    for (auto waiver = first; waiver != waivers.end(); ++waiver) {
      if (waiver->target.empty()) waiver->target = content(*waiver->line);
    }
  }

  /// Each finding on a line is held against each waiver of it.
  void check_crowd() {
    constexpr std::size_t most = 200;
    const auto& waivers = inventory_.waivers;
    for (std::size_t i = first_ + most; i < waivers.size(); ++i) {
      if (*waivers[i].line != *waivers[i - most].line) continue;
      problems_.push_back({Severity::error, std::string(code::limit),
                           fmt::format("more than {} waivers in comments for one line", most),
                           "write one under waivers:, with a pattern for its target", waivers[i].at});
      return;
    }
  }

  /// What the line says: without a comment behind it, and not too long.
  std::string content(Span line) const {
    std::string_view text = sources_.text(line);
    text = text.substr(0, text.find(" #"));
    const auto is_space = [](char c) { return is_blank(c) || c == '\r'; };
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    while (!text.empty() && (is_space(text.front()) || text.front() == '-')) text.remove_prefix(1);
    return text.empty() ? "an empty line" : shortened(text);
  }

  FileId file_;
  const Sources& sources_;
  std::string_view text_;
  std::optional<Span> below_;  // of the comment that ends at below_from_
  std::size_t below_from_ = 0;
  std::span<const std::string_view> rule_names_;
  Inventory& inventory_;
  Diagnostics& problems_;
  std::size_t first_ = inventory_.waivers.size();  // of the waivers that are added here
  std::map<std::string_view, std::string_view> nearest_;  // rules, of names that are none
};

}  // namespace

void add_inline_waivers(FileId file, const Sources& sources, std::span<const std::string_view> rule_names,
                        Inventory& inventory, Diagnostics& problems) {
  if (!may_have_waivers(sources.text(file))) return;
  InlineWaivers(file, sources, rule_names, inventory, problems).read();
}

}  // namespace rdnsgate::inventory
