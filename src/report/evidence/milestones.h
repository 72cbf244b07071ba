// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/ip.h"
#include "base/timestamp.h"
#include "report/mail/paths.h"

namespace rdnsgate::report {

/// What has to be reached before mail from an address is well again, in the order in which it is.
enum class MilestoneKind : std::uint8_t {
  ptr,       ///< the PTR record is the name that is declared, and no other
  forward,   ///< that name resolves to the address
  helo,      ///< the HELO name resolves to the address
  delivery,  ///< no receiver that is known refuses the address, as far as reverse DNS decides
};
std::string_view to_string(MilestoneKind kind);
/// What is to be so, for people: `the PTR record is mx1.example.com`.
std::string_view title_of(MilestoneKind kind);

struct Milestone {
  MilestoneKind kind{};
  PathState state = PathState::unknown;  ///< good: reached; unjudged: nothing is declared to reach
  std::string word;                      ///< as PathPart::word
  std::string detail;                    ///< foreign text
};

/// How far one address is.
struct AddressMilestones {
  IpAddress ip;
  std::string sender;              ///< of the inventory; empty where there is none
  std::string ptr;                 ///< the name that is wanted; empty where nothing says which
  std::vector<std::string> names;  ///< PTR names that there are; foreign text
  std::string helo;                ///< empty where nothing says which
  std::vector<Milestone> milestones;

  /// bad where one is, else unknown where one is, else good.
  PathState state() const;
};

/// `ticket status`.
struct TicketDocument {
  std::string tool_version;
  std::string subject;  ///< what was named: an address, a plan, a bundle
  Time looked_at{};
  std::vector<std::string> vantages;  ///< in the order in which they are asked
  std::vector<AddressMilestones> addresses;

  PathState state() const;
};

/// `reached`, `not-reached`, `unknown`, `not-declared`.
std::string_view milestone_word(PathState state);

/// The milestones of one address as lines: `[x] the PTR record ...`, for a letter or a terminal. Harmless.
std::string milestone_lines(const AddressMilestones& address);

/// Under `quiet` a line an address, twice nothing.
std::string render_ticket_text(const TicketDocument& document, bool color, int quiet);
/// schemas/ticket.schema.json, indented by two, a final newline.
std::string render_ticket_json(const TicketDocument& document);

}  // namespace rdnsgate::report
