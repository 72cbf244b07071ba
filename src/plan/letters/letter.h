// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "plan/plan.h"

namespace rdnsgate::plan {

/// The contacts of the zones that are managed by ticket; an empty one where the inventory names none.
std::vector<std::string> ticket_contacts(const Plan& plan);
/// A letter, and the table that goes with it: all its records as comma-separated values.
struct Letter {
  std::string text, table;
};
/// The letter to a contact about all that the plan wants of it, and one about a single phase and when that is due (empty
/// where it wants nothing). `table`: what the letter calls the table.
Letter ticket_letter(const Plan& plan, const std::string& contact, Time start,
                     std::string_view table = "the table below");
Letter ticket_step(const Plan& plan, const std::string& contact, std::size_t phase, bool rollback,
                   Time not_before, std::string_view table = "the table below");
/// All letters one after another, each with its table, and those about these phases.
std::string emit_ticket(const Plan& plan, Time start);
std::string emit_ticket_steps(const Plan& plan, const std::vector<std::size_t>& phases, Time not_before);

}  // namespace rdnsgate::plan
