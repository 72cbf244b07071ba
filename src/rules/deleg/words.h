// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string_view>

/// The items of lists in findings about the servers of a zone: which of them a finding has, the judgement knows.
/// Sentences stand in rules.h, beside their rules.
namespace rdnsgate::rules::words {

/// A server, and what it does.
inline constexpr std::string_view of_server = "{} {}";
inline constexpr std::string_view silent = "does not answer";
inline constexpr std::string_view silent_at_all = "does not answer at all";
inline constexpr std::string_view not_listening = "refuses UDP and TCP";
inline constexpr std::string_view tcp_only = "answers over TCP only";
inline constexpr std::string_view refuses_edns = "refuses them";
inline constexpr std::string_view drops_edns = "drops them, and answers the same without";
inline constexpr std::string_view drops_version = "drops them where they have another version";
inline constexpr std::string_view ignores_version = "does not look at their version";
inline constexpr std::string_view answers_version = "answers {} to another version";
inline constexpr std::string_view denies_name = "answers that the name does not exist";
inline constexpr std::string_view answers = "answers {}";
inline constexpr std::string_view transfers = "transfers it";
inline constexpr std::string_view changes_case = "changes it";
inline constexpr std::string_view recurses = "answers for invalid.";

/// What several servers have in common.
inline constexpr std::string_view at_servers = "{} at {}";
inline constexpr std::string_view answer_at = "{} {} is {} at {}";
inline constexpr std::string_view ns_said = "{} says {}";
inline constexpr std::string_view is_shared = "{} is {}";
inline constexpr std::string_view in_network = "{} in {}";
inline constexpr std::string_view in_system = "{} in AS{}";
inline constexpr std::string_view has_serial = "{} {} {}";
inline constexpr std::string_view has = "has", still_has = "still has";

/// A side of the cut, and how its NS records differ from those that are declared.
inline constexpr std::string_view parent_side = "the parent", zone_side = "the zone";
inline constexpr std::string_view ns_fewer = "{} has not {}";
inline constexpr std::string_view ns_more = "{} also has {}";
inline constexpr std::string_view ns_other = "{} has {} and not {}";

/// Times of an SOA record.
inline constexpr std::string_view refresh_short = "REFRESH {} s is under 4 hours";
inline constexpr std::string_view retry_short = "RETRY {} s is under an hour";
inline constexpr std::string_view retry_long = "RETRY {} s is no shorter than REFRESH {} s";
inline constexpr std::string_view expire_short = "EXPIRE {} s is under a week";
inline constexpr std::string_view expire_useless = "EXPIRE {} s is no longer than REFRESH {} s";
inline constexpr std::string_view minimum_short = "MINIMUM {} s is under 5 minutes";
inline constexpr std::string_view minimum_long = "MINIMUM {} s is above a day";

}  // namespace rdnsgate::rules::words
