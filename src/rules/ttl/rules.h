// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <array>
#include <string_view>

#include "audit/policy/rule.h"

namespace rdnsgate::rules {

// steady.cpp
void judge_ttl_left_lowered(audit::AddressCase& c, audit::Findings& findings);
void judge_ttl_too_low_steady(audit::AddressCase& c, audit::Findings& findings);
void judge_ttl_too_high(audit::AddressCase& c, audit::Findings& findings);
// malformed.cpp
void judge_ttl_rrset_differs(audit::AddressCase& c, audit::Findings& findings);
void judge_ttl_out_of_range(audit::AddressCase& c, audit::Findings& findings);
// negative_too_high.cpp
void judge_ttl_negative_too_high(audit::ZoneCase& c, audit::Findings& findings);
// servers.cpp
void judge_ttl_differs_between_ns(audit::AddressCase& c, audit::Findings& findings);
void judge_ttl_parent_ns_long(audit::ZoneCase& c, audit::Findings& findings);
// cache_exceeds_auth.cpp
void judge_ttl_cache_exceeds_auth(const audit::CacheOutlastsCase& c, audit::Findings& findings);
// zone_limits.cpp
void judge_ttl_outside_zone_limits(const audit::InventoryCase& c, audit::Findings& findings);

/// An item of a finding's list: a record, and its TTL in seconds.
inline constexpr std::string_view timed_record = "{} {} s";

inline constexpr std::array too_low_wordings{
    audit::Wording{.key = "useless",
                   .message = "the TTLs around {target} are low: {observed}, which hardly any cache keeps; "
                              "{expected} is declared"},
};
inline constexpr std::array negative_wordings{
    audit::Wording{.key = "missing", .observed = "the denial of {record}"},
};
inline constexpr std::array parent_wordings{
    audit::Wording{.key = "ds", .observed = "{ds_ttl} (its DS records)"},
    audit::Wording{.key = "both", .observed = "{ttl} and {ds_ttl} (its DS records)"},
};
inline constexpr std::array limits_wordings{
    audit::Wording{.key = "too-low", .expected = "at least {limit:duration}"},
};

/// In any order: the registry sorts.
inline constexpr std::array ttl_rules{
    audit::Rule{
        .info = {.id = "ttl-too-low-steady",
                 .severity = Severity::warning,
                 .summary = "a TTL is under five minutes, and under the declared one",
                 .message =
                     "the TTLs around {target} are low: {observed}, so that caches ask again all the time; "
                     "{expected} is declared",
                 .fix = "raise them to {expected}; a change that needed them low is over, or declare them "
                        "with `ttl`",
                 .expected = "{ttl}",
                 .observed = "{records:all}",
                 .wordings = too_low_wordings,
                 .data = "lowest"},
        .judge = &judge_ttl_too_low_steady,
        .each_helo = true},
    audit::Rule{.info = {.id = "ttl-too-high",
                         .severity = Severity::warning,
                         .summary = "a TTL is above a day, and above the declared one",
                         .message = "the TTLs around {target} are high: {ttls:all}; it should be {expected}",
                         .fix = "lower the TTL; a mistake in these records stays in caches for as long",
                         .expected = "at most {limit}",
                         .observed = "{records:all}",
                         .data = "highest"},
                .judge = &judge_ttl_too_high,
                .each_helo = true},
    audit::Rule{{.id = "ttl-negative-too-high",
                 .severity = Severity::warning,
                 .summary = "caches keep a denial of the zone for more than an hour",
                 .message = "caches keep {observed} of {target} for {ttl}; it should be {expected}",
                 .fix = "lower MINIMUM in the zone's SOA record, before the next record is added",
                 .expected = "at most {limit}",
                 .observed = "denials",
                 .wordings = negative_wordings},
                &judge_ttl_negative_too_high},
    audit::Rule{
        .info = {.id = "ttl-rrset-differs",
                 .severity = Severity::error,
                 .summary = "records of one set have different TTLs",
                 .message = "records of one name and type have different TTLs: {observed}",
                 .fix = "give all records of a name and type one TTL; caches keep some of them longer than "
                        "others, or refuse them all",
                 .observed = "{records:all}"},
        .judge = &judge_ttl_rrset_differs,
        .each_helo = true},
    audit::Rule{.info = {.id = "ttl-out-of-range",
                         .severity = Severity::error,
                         .summary = "a TTL is above 2147483647, and counts as 0",
                         .message = "a TTL is above 2147483647 and counts as 0: {observed}",
                         .fix = "correct the TTL; until then no cache keeps the record",
                         .observed = "{records:all}"},
                .judge = &judge_ttl_out_of_range,
                .each_helo = true},
    audit::Rule{
        .info = {.id = "ttl-left-lowered",
                 .severity = Severity::warning,
                 .summary = "the TTL is still at its rollout value; a higher one is declared",
                 .message =
                     "TTLs around {target} are still as for a change: {observed}; declared are {expected}",
                 .fix =
                     "raise them again, the last step of the plan that lowered them; or declare the low TTL",
                 .expected = "{ttl}",
                 .observed = "{records:all}",
                 .data = "lowest"},
        .judge = &judge_ttl_left_lowered,
        .basis = audit::Basis::times,
        .each_helo = true},
    audit::Rule{
        .info =
            {.id = "ttl-differs-between-ns",
             .severity = Severity::warning,
             .summary = "the servers of a zone give a record different TTLs",
             .message = "the TTLs around {target} depend on the server that is asked: {observed}",
             .fix =
                 "have all servers transfer the zone from one primary; a rollout has to wait for the longest",
             .expected = "one TTL",
             .observed = "{differences:and}"},
        .judge = &judge_ttl_differs_between_ns,
        .seen_as = audit::Seen::holder},
    audit::Rule{{.id = "ttl-parent-ns-long",
                 .severity = Severity::info,
                 .summary = "the parent's NS or DS records have a TTL of more than two days",
                 .message = "a change of the delegation of {target} takes {observed} to reach everybody",
                 .fix = "plan a move to other name servers, or to another key, with that much time; the old "
                        "ones go on serving until then",
                 .expected = "at most {limit}",
                 .observed = "{ttl}",
                 .wordings = parent_wordings},
                &judge_ttl_parent_ns_long,
                nullptr,
                audit::Basis::delegation},
    audit::Rule{.info = {.id = "ttl-cache-exceeds-auth",
                         .severity = Severity::info,
                         .summary = "a cache keeps a record for longer than the zone now allows",
                         .message = "{type} {name} is kept for {observed}, though its TTL is {expected} now",
                         .fix = "before changing the record, wait until the cache has forgotten its copy",
                         .expected = "[{ttl}][{denial}]",
                         .observed = "{others:all;}",
                         .data = "vantage"},
                .judge = &judge_ttl_cache_exceeds_auth,
                .seen_as = audit::Seen::answers},
    audit::Rule{{.id = "ttl-outside-zone-limits",
                 .severity = Severity::error,
                 .summary = "a declared TTL is one that the zone's provider does not allow",
                 .message = "the TTL {observed} is declared for {address}[ and {more:other address|other "
                            "addresses}], and {target} allows {expected}",
                 .fix = "declare a TTL that the provider accepts, or correct the zone's limits",
                 .expected = "at most {limit:duration}",
                 .observed = "{ttl:duration}",
                 .wordings = limits_wordings},
                &judge_ttl_outside_zone_limits},
};

}  // namespace rdnsgate::rules
