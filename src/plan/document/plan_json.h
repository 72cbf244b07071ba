// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "plan/forecast.h"
#include "plan/plan.h"

namespace rdnsgate::plan {

/// The plan document (schemas/plan.schema.json), with a final line feed.
std::string emit_json(const Plan& plan);

/// The same with what the simulator saw of the plan, begun at `start`: in each world, and in the last one, where there
/// are several, with all that the others have. Never empty.
std::string emit_json(const Plan& plan, std::span<const Simulation> simulations, Time start);

/// The same, piece by piece: the document of a plan of many addresses is larger than the plan.
using JsonSink = std::function<void(std::string_view piece)>;
void emit_json(const Plan& plan, std::span<const Simulation> simulations, Time start, const JsonSink& sink);

/// The checksum that a plan document carries: SHA-256 of all else in it, as JSON without white space and with
/// sorted keys, so that a document may be laid out anew. Empty where the text is no JSON object.
std::string checksum_of(std::string_view document);

/// What the plan's id begins like: SHA-256 of the phases, the totals and what they were made from.
std::string content_hash(const Plan& plan);

}  // namespace rdnsgate::plan
