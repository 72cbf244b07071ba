// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
//
// The timetable as a calendar (RFC 5545). The same plan with the same start gives the same events, by their
// UIDs: imported again, they replace each other.
#include <fmt/format.h>

#include <algorithm>

#include "base/text/escape.h"
#include "base/version.h"
#include "plan/emit/emit.h"
#include "plan/timetable.h"

namespace rdnsgate::plan {
namespace {

/// `20270531T080000Z`, RFC 5545 §3.3.5.
std::string moment(Time time) {
  auto text = format_time(time);
  std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
  return text;
}

class Calendar {
 public:
  Calendar(const Plan& plan, Time start)
      : plan_(plan), times_(plan, start), worst_(Timetable::at_worst(plan, start)) {}

  std::string run() {
    line("BEGIN:VCALENDAR");
    line("VERSION:2.0");
    line(fmt::format("PRODID:-//rdnsgate//rdnsgate {}//EN", version));
    for (const auto& phase : plan_.phases) {
      event(phase.id, times_.at(phase.starts_after), phase.wait.total, label_of(phase), describe(phase));
    }
    if (plan_.phases.empty()) {
      // A calendar has at least one component (RFC 5545 §3.6).
      event("nothing", times_.at(seconds(0)), {}, "nothing to do",
            "the DNS holds what the inventory declares");
    } else {
      event("cheap-return", times_.at(plan_.cheap_return_until), {}, "rolling back is cheap until here",
            "afterwards caches may keep the absence of what was removed");
      event("end", times_.at(plan_.total), {}, "end of the last wait", "");
    }
    line("END:VCALENDAR");
    return out_;
  }

 private:
  std::string describe(const Phase& phase) const {
    std::string text(purpose_of(phase));
    text += at_worst(times_, phase.starts_after, worst_, phase.worst_after);
    for (const auto& step : phase.steps) {
      text += fmt::format("\n{} {}: {} -> {}", step.owner.text(), dns::to_string(step.type),
                          data_of(step.type, step.before), data_of(step.type, step.after));
      if (text.size() > most_text) {
        text += "\n...";
        break;
      }
    }
    for (const auto& manual : phase.manual) text += "\n" + manual.sender + ": " + manual.text;
    if (!phase.wait.terms.empty())
      text += "\nwait, once every name server shows it: " + formula_of(phase.wait);
    return text;
  }

  void event(const std::string& id, Time at, seconds length, const std::string& summary,
             const std::string& description) {
    line("BEGIN:VEVENT");
    line("UID:" + plan_.id + "-" + id + "@rdnsgate");
    line("DTSTAMP:" + moment(plan_.facts_taken_at));
    line("DTSTART:" + moment(at));
    // An event without an end takes no time (RFC 5545 §3.6.1).
    if (length.count() > 0) line("DTEND:" + moment(at + length));
    line("SUMMARY:" + ics_text(fmt::format("DNS {}: {}", plan_.id, summary)));
    std::string text;
    for (std::size_t begin = 0; begin <= description.size();) {
      const auto end = std::min(description.find('\n', begin), description.size());
      text += (begin == 0 ? "" : "\\n") + ics_text(std::string_view(description).substr(begin, end - begin));
      begin = end + 1;
    }
    if (!text.empty()) line("DESCRIPTION:" + text);
    line("TRANSP:TRANSPARENT");
    line("END:VEVENT");
  }

  /// Folds lines at 75 octets, never within a character (RFC 5545 §3.1).
  void line(const std::string& text) {
    constexpr std::size_t most = 75;
    std::size_t begin = 0, room = most;
    while (text.size() - begin > room) {
      std::size_t end = begin + room;
      while ((static_cast<unsigned char>(text[end]) & 0xC0u) == 0x80u) --end;
      out_ += text.substr(begin, end - begin) + "\r\n ";
      begin = end;
      room = most - 1;
    }
    out_ += text.substr(begin) + "\r\n";
  }

  static constexpr std::size_t most_text = 8000;
  const Plan& plan_;
  Timetable times_, worst_;
  std::string out_;
};

}  // namespace

std::string emit_ics(const Plan& plan, Time start) { return Calendar(plan, start).run(); }

}  // namespace rdnsgate::plan
