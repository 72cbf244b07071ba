// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "report/evidence/postmortem.h"

#include <fmt/format.h>

#include "base/text/escape.h"
#include "base/text/text.h"

namespace rdnsgate::report {
namespace {

using Event = TimelineEvent;

std::string in_markdown(const std::string& text) { return markdown_text(escape_terminal(text)); }
std::string in_code(const std::string& text) { return markdown_code(escape_terminal(text)); }

/// `2 h 05 min`, for people.
std::string span_text(seconds span) {
  const auto all = span.count();
  if (all < 60) return fmt::format("{} s", all);
  if (all < 3600) return fmt::format("{} min", all / 60);
  if (all < 48 * 3600) return fmt::format("{} h {:02} min", all / 3600, all / 60 % 60);
  return fmt::format("{} days {} h", all / 86400, all / 3600 % 24);
}

std::string table(const FindingStory& story, bool for_others) {
  std::string out =
      for_others ? "| time (UTC) | |\n|---|---|\n" : "| time (UTC) | what | who saw it |\n|---|---|---|\n";
  for (const auto& event : story.events) {
    if (for_others && event.is_internal()) continue;
    const auto what = markdown_cell(escape_terminal(event.what));
    out += for_others ? fmt::format("| {} | {} |\n", format_time(event.at), what)
                      : fmt::format("| {} | {} | {} |\n", format_time(event.at), what,
                                    markdown_cell(escape_terminal(event.who)));
  }
  return out;
}

std::string began_text(const FindingStory& story) {
  return story.last_clean
             ? fmt::format("between {} and {}", format_time(*story.last_clean), format_time(story.first_seen))
             : fmt::format("at {} or before: no look before that is known", format_time(story.first_seen));
}

std::string records(const FindingStory& story) {
  std::string out;
  if (!story.expected.empty()) out += fmt::format("- expected: {}\n", in_code(story.expected));
  if (!story.observed.empty()) out += fmt::format("- observed: {}\n", in_code(story.observed));
  return out;
}

/// Before any escaping, which takes names apart.
FindingStory redacted(FindingStory story) {
  for (auto* text : {&story.target.id, &story.message, &story.expected, &story.observed})
    *text = story.redaction.text(*text);
  for (auto& event : story.events) event.what = story.redaction.text(event.what);
  return story;
}

}  // namespace

std::string_view to_string(Event::Kind kind) {
  switch (kind) {
    case Event::Kind::clean:
      return "clean";
    case Event::Kind::began:
      return "seen";
    case Event::Kind::told:
      return "opened";
    case Event::Kind::changed:
      return "changed";
    case Event::Kind::recovered:
      return "recovered";
    case Event::Kind::serial:
      return "serial";
    case Event::Kind::revision:
      return "revision";
    case Event::Kind::inventory:
      return "inventory";
    case Event::Kind::phase:
      return "phase";
  }
  return "seen";
}

std::optional<seconds> FindingStory::longest_to_detect() const {
  if (!last_clean || told_at < *last_clean) return std::nullopt;
  return told_at - *last_clean;
}

std::optional<seconds> FindingStory::to_recover() const {
  if (!recovered_at || *recovered_at < first_seen) return std::nullopt;
  return *recovered_at - first_seen;
}

std::string render_postmortem(const FindingStory& story) {
  std::string out = fmt::format("# Postmortem: {}\n\n", in_markdown(story.message));
  out += fmt::format("- finding: {} {}, {}\n", in_code(story.rule), in_code(story.fingerprint),
                     to_string(story.severity));
  out += fmt::format("- about: {} {}\n", audit::to_string(story.target.kind), in_code(story.target.id));
  if (!story.zone.empty()) out += fmt::format("- zone: {}\n", in_code(story.zone));
  if (!story.sender.empty()) out += fmt::format("- sender: {}\n", in_code(story.sender));
  out += fmt::format("- from: {}, {}\n", in_code(story.history), counted(story.looks, "look", "looks"));
  if (story.earlier > 0)
    out += fmt::format("- it had been open {} before\n", counted(story.earlier, "time", "times"));
  out += "\n## Summary\n\n_To be written: what happened, in two sentences._\n";
  out +=
      "\n## Impact\n\n_To be written: whose mail was refused or delayed, by whom, how much (`rdnsgate logs` "
      "counts it)._\n";
  out += fmt::format("\n## What was seen\n\n{}\n\n{}", in_markdown(story.message), records(story));
  out += fmt::format("\n## Timeline\n\n{}\n", table(story, false));
  out += "| | |\n|---|---|\n";
  out += fmt::format("| it began | {} |\n", began_text(story));
  const auto detect = story.longest_to_detect();
  out += fmt::format("| time to detect | {} |\n",
                     detect ? "at most " + span_text(*detect) : "not known: there is no look before it");
  const auto recover = story.to_recover();
  out += fmt::format("| time to recover | {} |\n",
                     recover              ? span_text(*recover) + " from the first look that showed it"
                     : story.recovered_at ? "not known: clocks were set in between"
                                          : "still open");
  out += "\n## What was fixed\n\n";
  out += fmt::format("{} says how it is fixed.\n\n", in_code("rdnsgate explain " + story.rule));
  out += story.recovered_at ? fmt::format("It was not seen any more at {}. _To be written: who did what._\n",
                                          format_time(*story.recovered_at))
                            : "_It is still open._\n";
  out +=
      "\n## Why it could happen\n\n_To be written._\n\n## What we change so that it does not again\n\n_To be "
      "written._\n";
  return out;
}

std::string render_receiver_timeline(const FindingStory& whole) {
  const auto story = redacted(whole);
  std::string out =
      fmt::format("# Reverse DNS of {}: what was wrong, and what was done\n\n", in_markdown(story.target.id));
  out += fmt::format("{}\n\n{}", in_markdown(story.message), records(story));
  out += fmt::format("\nIt began {}. {}\n\n", began_text(story),
                     story.recovered_at
                         ? fmt::format("It was right again at {}.", format_time(*story.recovered_at))
                         : fmt::format("It was still so at {}.", format_time(story.made_at)));
  out += table(story, true);
  out += fmt::format("\nTimes are UTC. To see what there is now: {}\n",
                     story.target.kind == audit::TargetKind::address
                         ? in_code("dig -x " + story.target.id)
                         : in_code("dig " + shell_word(story.target.id) + " SOA"));
  return out;
}

std::string render_timeline_text(const FindingStory& story) {
  std::string out =
      escape_terminal(fmt::format("{} {} {}: {}", story.rule, audit::to_string(story.target.kind),
                                  story.target.id, story.message)) +
      "\n";
  for (const auto& event : story.events)
    out +=
        escape_terminal(fmt::format("{}  {:<9}  {}{}", format_time(event.at), to_string(event.kind),
                                    event.what, event.who.empty() ? "" : fmt::format(" ({})", event.who))) +
        "\n";
  return out;
}

}  // namespace rdnsgate::report
