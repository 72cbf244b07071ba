// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <array>

#include "audit/policy/rule.h"

namespace rdnsgate::rules {

// alias_loop.cpp
void judge_zone_alias_chain(const audit::ZoneTextsCase& c, audit::Findings& findings);
void judge_zone_alias_loop(const audit::ZoneTextsCase& c, audit::Findings& findings);
// base_unreadable.cpp
void judge_zone_base_unreadable(const audit::ZoneTextsCase& c, audit::Findings& findings);
// coverage.cpp
void judge_zone_address_without_ptr(const audit::ZoneTextsCase& c, audit::Findings& findings);
void judge_zone_ptr_other_address(const audit::ZoneTextsCase& c, audit::Findings& findings);
// glue_missing.cpp
void judge_zone_glue_missing(const audit::ZoneTextsCase& c, audit::Findings& findings);
// record_hidden.cpp
void judge_zone_record_hidden(const audit::ZoneTextsCase& c, audit::Findings& findings);

inline constexpr std::array alias_loop_wordings{
    audit::Wording{.key = "dname",
                   .message = "the DNAME record of {observed} leads back to itself: {path:->}",
                   .fix = "let it point somewhere else, or remove it"},
};
inline constexpr std::array glue_wordings{
    audit::Wording{
        .key = "sibling",
        .message = "the NS record of {observed} names {expected}, which is delegated with {cut} and has no "
                   "address here: it takes one look-up more, and two such zones that name each other's "
                   "servers are lost"},
};
inline constexpr std::array hidden_wordings{
    audit::Wording{.key = "delegation", .detail = "at or below {cover}, which is delegated"},
    audit::Wording{.key = "dname",
                   .fix = "remove what is below {cover}, or the DNAME record",
                   .detail = "below the DNAME record of {cover}"},
    audit::Wording{.key = "zone",
                   .fix = "move them to the file of {cover}, or remove them",
                   .detail = "in {cover}, which is a zone of its own among these files"},
};
inline constexpr std::array without_ptr_wordings{
    audit::Wording{
        .key = "several",
        .message =
            "{observed}: {count:address|addresses} of names, the first of {name}, with no PTR record in "
            "{target}"},
};
inline constexpr std::array other_address_wordings{
    audit::Wording{
        .key = "several",
        .message = "{observed}: the PTR records of {count:address|addresses} point at names that have other "
                   "addresses, the first at {name}"},
};

/// Rules over all zones that are given together, in any order: the registry sorts.
inline constexpr std::array zone_estate_rules{
    audit::Rule{
        {.id = "zone-address-without-ptr",
         .severity = Severity::warning,
         .summary = "addresses of names in zone files have no PTR record in a reverse zone beside them",
         .message = "{observed}, the address of {name}, has no PTR record in {target}",
         .fix = "add the PTR record, or remove an address record that nobody needs",
         .expected = "a PTR record of {range}",
         .observed = "{range}",
         .wordings = without_ptr_wordings},
        &judge_zone_address_without_ptr},
    audit::Rule{{.id = "zone-alias-chain",
                 .severity = Severity::info,
                 .summary = "an alias points to another alias",
                 .message = "the CNAME record of {observed} points to {name}, which is an alias itself",
                 .fix = "point it at {expected}",
                 .expected = "{end}",
                 .observed = "{owner}"},
                &judge_zone_alias_chain},
    audit::Rule{{.id = "zone-alias-loop",
                 .severity = Severity::error,
                 .summary = "aliases in zone files lead back to themselves",
                 .message = "the aliases of {observed} go round in a circle: {path:->}",
                 .fix = "let one of them point at a host",
                 .expected = "an end of the aliases of {name}",
                 .observed = "{name}",
                 .wordings = alias_loop_wordings},
                &judge_zone_alias_loop},
    audit::Rule{
        {.id = "zone-base-unreadable",
         .severity = Severity::warning,
         .summary = "the zone files as they were before cannot all be read",
         .message =
             "the zone files given with --base-zone-files cannot all be read, and the serials of those "
             "zones are not compared: {observed}",
         .fix = "give the files of the commit that the change begins at",
         .observed = "{failure}"},
        &judge_zone_base_unreadable},
    audit::Rule{
        {.id = "zone-glue-missing",
         .severity = Severity::error,
         .summary = "a delegation names a server inside of what it delegates, and gives no address",
         .message =
             "the NS record of {observed} names {expected}, which is below {cut} itself and has no address "
             "here: nobody can get there",
         .fix = "add the A and AAAA records of {expected} beside the NS record",
         .expected = "{name}",
         .observed = "{owner}",
         .wordings = glue_wordings},
        &judge_zone_glue_missing},
    audit::Rule{
        {.id = "zone-ptr-other-address",
         .severity = Severity::warning,
         .summary = "the name in a PTR record has other addresses than the one that it is of",
         .message =
             "the PTR record of {observed} points at {name}, which has other addresses in the zone files",
         .fix = "correct the name, or add the address record",
         .expected = "names that have {range}",
         .observed = "{range}",
         .wordings = other_address_wordings},
        &judge_zone_ptr_other_address},
    audit::Rule{
        {.id = "zone-record-hidden",
         .severity = Severity::warning,
         .summary = "records stand where the zone does not answer with them",
         .message = "{count:record is|records are} never given out, the first of {observed}: {detail}",
         .fix = "move them to the zone that {cover} is delegated to, or remove them",
         .expected = "nothing but the delegation at {cover}",
         .observed = "{name}",
         .wordings = hidden_wordings},
        &judge_zone_record_hidden},
};

}  // namespace rdnsgate::rules
