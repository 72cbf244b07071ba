// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "report/evidence/milestones.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text/escape.h"
#include "base/text/text.h"
#include "report/json_text.h"

namespace rdnsgate::report {
namespace {

PathState graver(PathState a, PathState b) {
  const auto rank = [](PathState state) {
    return state == PathState::bad ? 2 : state == PathState::unknown ? 1 : 0;
  };
  if (rank(a) != rank(b)) return rank(a) > rank(b) ? a : b;
  return a == PathState::good ? a : b;
}

std::string_view mark_of(PathState state) {
  switch (state) {
    case PathState::good:
      return "[x]";
    case PathState::bad:
      return "[ ]";
    case PathState::unknown:
      return "[?]";
    case PathState::unjudged:
      return "[-]";
  }
  return "[?]";
}

std::string_view color_of(PathState state) {
  return state == PathState::good ? "32" : state == PathState::bad ? "31" : "33";
}

}  // namespace

std::string_view to_string(MilestoneKind kind) {
  switch (kind) {
    case MilestoneKind::ptr:
      return "ptr";
    case MilestoneKind::forward:
      return "forward";
    case MilestoneKind::helo:
      return "helo";
    case MilestoneKind::delivery:
      return "delivery";
  }
  return "ptr";
}

std::string_view title_of(MilestoneKind kind) {
  switch (kind) {
    case MilestoneKind::ptr:
      return "PTR record: the one that is wanted, and no other";
    case MilestoneKind::forward:
      return "Forward: the PTR name resolves to the address";
    case MilestoneKind::helo:
      return "HELO name: it resolves to the address";
    case MilestoneKind::delivery:
      return "Delivery: no known receiver refuses the address for its reverse DNS";
  }
  return {};
}

std::string_view milestone_word(PathState state) {
  switch (state) {
    case PathState::good:
      return "reached";
    case PathState::bad:
      return "not-reached";
    case PathState::unknown:
      return "unknown";
    case PathState::unjudged:
      return "not-declared";
  }
  return "unknown";
}

PathState AddressMilestones::state() const {
  auto state = PathState::unjudged;
  for (const auto& one : milestones) state = graver(state, one.state);
  return state == PathState::unjudged ? PathState::unknown : state;
}

PathState TicketDocument::state() const {
  if (addresses.empty()) return PathState::unknown;
  auto state = PathState::good;
  for (const auto& address : addresses) state = graver(state, address.state());
  return state;
}

std::string milestone_lines(const AddressMilestones& address) {
  std::string out;
  for (const auto& one : address.milestones) {
    out += fmt::format("{} {}\n", mark_of(one.state), title_of(one.kind));
    if (!one.detail.empty()) out += fmt::format("    {}\n", escape_terminal(one.detail));
  }
  return out;
}

std::string render_ticket_text(const TicketDocument& document, bool color, int quiet) {
  if (quiet > 1) return {};
  std::string out;
  const auto paint = [&](PathState state) {
    const auto word = milestone_word(state);
    return color ? fmt::format("\x1b[{}m{}\x1b[0m", color_of(state), word) : std::string(word);
  };
  for (const auto& address : document.addresses) {
    out += fmt::format("{}{}: {}\n", address.ip.to_string(),
                       address.sender.empty() ? "" : fmt::format(" ({})", escape_terminal(address.sender)),
                       paint(address.state()));
    if (quiet > 0) continue;
    if (!address.ptr.empty()) out += fmt::format("  wanted PTR name: {}\n", escape_terminal(address.ptr));
    const auto lines = milestone_lines(address);
    for (std::size_t at = 0; at < lines.size();) {
      const auto end = lines.find('\n', at);
      out += "  " + lines.substr(at, end - at) + "\n";
      at = end + 1;
    }
  }
  if (quiet > 0) return out;
  const auto reached = std::count_if(document.addresses.begin(), document.addresses.end(),
                                     [](const auto& one) { return one.state() == PathState::good; });
  out += fmt::format("{} of {} reached every milestone at {}\n", reached,
                     counted(document.addresses.size(), "address", "addresses"),
                     format_time(document.looked_at));
  return out;
}

std::string render_ticket_json(const TicketDocument& document) {
  Json addresses = Json::array();
  for (const auto& address : document.addresses) {
    Json milestones = Json::array();
    for (const auto& one : address.milestones)
      milestones.push_back({{"milestone", to_string(one.kind)},
                            {"state", milestone_word(one.state)},
                            {"word", one.word},
                            {"detail", one.detail}});
    addresses.push_back({{"ip", address.ip.to_string()},
                         {"state", milestone_word(address.state())},
                         {"sender", text_or_null(address.sender)},
                         {"wanted_ptr", text_or_null(address.ptr)},
                         {"ptr", address.names},
                         {"helo", text_or_null(address.helo)},
                         {"milestones", std::move(milestones)}});
  }
  return dump(Json{{"schema", "rdnsgate/ticket/1"},
                   {"tool", {{"name", "rdnsgate"}, {"version", document.tool_version}}},
                   {"subject", document.subject},
                   {"looked_at", format_time(document.looked_at)},
                   {"state", milestone_word(document.state())},
                   {"vantages", document.vantages},
                   {"addresses", std::move(addresses)}}) +
         "\n";
}

}  // namespace rdnsgate::report
