// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/letters/letter_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text/escape.h"
#include "plan/name_order.h"
#include "plan/timetable.h"

namespace rdnsgate::plan {
namespace {

/// One cell. What a spreadsheet would take for a formula stands behind an apostrophe.
std::string csv_cell(const std::string& text) {
  auto out = escape_terminal(text);
  if (!out.empty() && std::string_view("=+-@").find(out.front()) != std::string_view::npos)
    out.insert(0, "'");
  if (out.find_first_of("\",;") == std::string::npos) return out;
  std::string quoted = "\"";
  for (const char c : out) quoted.append(c == '"' ? 2 : 1, c);
  return quoted + "\"";
}

}  // namespace

Deed deed_of(const Step& step) {
  if (!step.before) return Deed::add;
  if (!step.after) return Deed::remove;
  return step.before->rdata == step.after->rdata ? Deed::set_ttl : Deed::change;
}

std::string_view to_string(Deed deed) {
  constexpr std::array<std::string_view, 4> words = {"add", "change", "ttl", "remove"};
  return words[static_cast<std::size_t>(deed)];
}

std::string moment_for_people(const WallClock& clock, Time time) {
  const auto offset = clock.offset(time);
  return clock.text(time) +
         (offset == clock.abbreviation(time) ? std::string() : fmt::format(" ({})", offset));
}

void sort_for_people(std::vector<const Step*>& steps) {
  std::stable_sort(steps.begin(), steps.end(), [](const Step* a, const Step* b) {
    if (const auto zones = compare_for_people(a->zone, b->zone); zones != 0) return zones < 0;
    if (const auto owners = compare_for_people(a->owner, b->owner); owners != 0) return owners < 0;
    return a->type < b->type;
  });
}

std::string address_of(const Step& step) {
  const auto address = dns::address_of_reverse(step.owner);
  return address ? address->to_string() : std::string();
}

std::vector<std::string> zone_lines(const Step& step, const Version& version, const Name* zone) {
  const auto owner = zone == nullptr ? step.owner.fqdn() : relative_name(step.owner, *zone, "@");
  std::vector<std::string> lines;
  for (const auto& rdata : version.rdata)
    lines.push_back(fmt::format("{} {} IN {} {}", owner, version.ttl, dns::to_string(step.type),
                                dns::rdata_text(step.type, rdata)));
  return lines;
}

LetterTable::LetterTable() {
  row({"step", "not_before", "action", "zone", "name", "address", "type", "ttl", "value", "old_ttl",
       "old_value", "zone_line"});
}

void LetterTable::add(std::size_t number, const std::string& not_before, const Step& step) {
  const auto write = [&](Deed deed, const Version* set, const Version* old, const std::string* value,
                         const std::string* old_value) {
    const auto text = [&](const std::string* rdata) {
      return rdata == nullptr ? std::string() : dns::rdata_text(step.type, *rdata);
    };
    const auto ttl = [](const Version* version) {
      return version == nullptr ? std::string() : std::to_string(version->ttl);
    };
    const auto line =
        set == nullptr ? std::string() : zone_lines(step, {set->ttl, {*value}}, nullptr).front();
    row({std::to_string(number), not_before, std::string(to_string(deed)), step.zone.fqdn(),
         step.owner.fqdn(), address_of(step), std::string(dns::to_string(step.type)), ttl(set), text(value),
         ttl(old), text(old_value), line});
  };
  const auto* before = step.before ? &*step.before : nullptr;
  const auto* after = step.after ? &*step.after : nullptr;
  if (before != nullptr && after != nullptr && before->rdata.size() == 1 && after->rdata.size() == 1)
    return write(deed_of(step), after, before, &after->rdata.front(), &before->rdata.front());
  if (after != nullptr) {
    for (const auto& rdata : after->rdata) {
      if (!plan::has(step.before, rdata)) {
        write(Deed::add, after, nullptr, &rdata, nullptr);
      } else if (before->ttl != after->ttl) {
        write(Deed::set_ttl, after, before, &rdata, &rdata);
      }
    }
  }
  if (before != nullptr) {
    for (const auto& rdata : before->rdata) {
      if (!plan::has(step.after, rdata)) write(Deed::remove, nullptr, before, nullptr, &rdata);
    }
  }
}

void LetterTable::row(const std::vector<std::string>& cells) {
  for (std::size_t i = 0; i < cells.size(); ++i) out_.append(i == 0 ? "" : ",").append(csv_cell(cells[i]));
  out_ += '\n';
}

}  // namespace rdnsgate::plan
