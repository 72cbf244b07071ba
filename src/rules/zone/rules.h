// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <array>

#include "audit/policy/rule.h"

namespace rdnsgate::rules {

// alias_dangling.cpp
void judge_zone_alias_dangling(const audit::ZoneTextsCase& c, audit::Findings& findings);
// escape_octal.cpp
void judge_zone_escape_octal(const audit::ZoneTextCase& c, audit::Findings& findings);
// final_dot_missing.cpp
void judge_zone_final_dot_missing(const audit::ZoneTextCase& c, audit::Findings& findings);
// ptr_owner_no_address.cpp
void judge_zone_ptr_owner_no_address(const audit::ZoneTextCase& c, audit::Findings& findings);
// records.cpp
void judge_zone_record_duplicate(const audit::ZoneTextCase& c, audit::Findings& findings);
void judge_zone_ttl_differs(const audit::ZoneTextCase& c, audit::Findings& findings);
// target_alias.cpp
void judge_zone_target_alias(const audit::ZoneTextsCase& c, audit::Findings& findings);
// target_without_address.cpp
void judge_zone_target_without_address(const audit::ZoneTextsCase& c, audit::Findings& findings);
// serial_not_raised.cpp
void judge_zone_serial_not_raised(const audit::ZoneTextCase& c, audit::Findings& findings);

inline constexpr std::array dot_wordings{
    audit::Wording{.key = "twice", .detail = "it ends in the zone's name twice"},
    audit::Wording{.key = "relative",
                   .message =
                       "{observed} has the zone's name at its end twice: owner names of an octoDNS zone are "
                       "relative to it",
                   .fix = "write {expected}"},
    audit::Wording{.key = "reverse-zone", .detail = "it ends in the name of the reverse zone"},
};
inline constexpr std::array dangling_wordings{
    audit::Wording{.key = "own", .detail = "{end}"},
    audit::Wording{.key = "end", .detail = "{end}, at the end of its aliases,"},
};
inline constexpr std::array ptr_owner_wordings{
    audit::Wording{.key = "turned", .detail = "the address is not turned round"},
    audit::Wording{
        .key = "zero", .expected = "four octets", .detail = "{label} is written with a zero in front"},
    audit::Wording{.key = "octet", .expected = "four octets", .detail = "{label} is no octet"},
    audit::Wording{.key = "octets",
                   .expected = "four octets",
                   .detail = "it has {count:octet|octets}, and an address has 4"},
    audit::Wording{.key = "nibble", .expected = "32 nibbles", .detail = "{label} is no nibble"},
    audit::Wording{.key = "nibbles",
                   .expected = "32 nibbles",
                   .detail = "it has {count:nibble|nibbles}, and an address has 32"},
};
inline constexpr std::array serial_wordings{
    audit::Wording{.key = "not-newer",
                   .observed = "its serial went from {serial_before} to {serial}, which is not newer"},
};
inline constexpr std::array without_address_wordings{
    audit::Wording{
        .key = "range",
        .message =
            "{range}: the PTR records of {count:address|addresses} point at names that have no address "
            "in the zone files, the first at {expected}",
        .fix = "correct the names, or add their A and AAAA records"},
};
inline constexpr std::array alias_wordings{
    audit::Wording{
        .key = "own",
        .message = "the {observed} record points at {expected}, which is an alias by its own CNAME record"},
};

/// In any order: the registry sorts.
inline constexpr std::array zone_rules{
    audit::Rule{{.id = "zone-alias-dangling",
                 .severity = Severity::error,
                 .summary = "an alias points to a name that does not exist in the zone files",
                 .message = "the {type} record of {observed} points to {expected}: {detail} does not exist "
                            "in the zone files",
                 .fix = "correct the name, or add what it points to",
                 .expected = "{name}",
                 .observed = "{owner}",
                 .wordings = dangling_wordings},
                &judge_zone_alias_dangling},
    audit::Rule{{.id = "zone-escape-octal",
                 .severity = Severity::warning,
                 .summary = "an escape in a name is decimal, and seems to be meant as octal",
                 .message = "{observed} is the character {character} in a zone file; an export that writes "
                            "octal means {expected}",
                 .fix = "write {expected}, or the character itself if {character} is meant",
                 .expected = "{meant}",
                 .observed = "{escape}"},
                &judge_zone_escape_octal},
    audit::Rule{{.id = "zone-final-dot-missing",
                 .severity = Severity::error,
                 .summary = "a name in a zone file has the zone's name behind it once too often",
                 .message = "{observed} seems to lack its final dot in the file: {detail}",
                 .fix = "write {expected} with the dot; a name without one is under the origin",
                 .expected = "{name}",
                 .observed = "[the {type} {points_at} of ]{owner}",
                 .wordings = dot_wordings},
                &judge_zone_final_dot_missing},
    audit::Rule{{.id = "zone-ptr-owner-no-address",
                 .severity = Severity::error,
                 .summary = "a PTR record of a reverse zone has a name that no address has",
                 .message = "no lookup of an address finds the PTR record of {observed}: {detail}",
                 .fix = "write {expected}, the last part of the address first",
                 .expected = "{right}",
                 .observed = "{owner}",
                 .wordings = ptr_owner_wordings},
                &judge_zone_ptr_owner_no_address},
    audit::Rule{{.id = "zone-record-duplicate",
                 .severity = Severity::warning,
                 .summary = "a record stands in its zone file twice",
                 .message = "{observed} stands in the file of {target} twice",
                 .fix = "remove one of them: whoever edits the other later changes nothing",
                 .observed = "{owner} {type} {data}"},
                &judge_zone_record_duplicate},
    audit::Rule{{.id = "zone-serial-not-raised",
                 .severity = Severity::error,
                 .summary = "a zone file changed, and its serial is not a newer one",
                 .message = "secondaries do not fetch {target}: {observed}",
                 .fix = "raise the serial in the SOA record with every change",
                 .observed = "its records changed, and its serial is {serial} as before",
                 .wordings = serial_wordings},
                &judge_zone_serial_not_raised},
    audit::Rule{
        {.id = "zone-target-alias",
         .severity = Severity::error,
         .summary = "an NS, MX or SRV record points at an alias",
         .message = "the {observed} record points at {expected}, which is an alias by the {alias_type} "
                    "record of {alias}",
         .fix = "name the host that the alias points to, or give {expected} its own A and AAAA records",
         .expected = "{name}",
         .observed = "{type} {owner}",
         .wordings = alias_wordings},
        &judge_zone_target_alias},
    audit::Rule{
        {.id = "zone-target-without-address",
         .severity = Severity::error,
         .summary = "a record points at a name that has no address in the zone files",
         .message =
             "the {type} record of {observed} points at {expected}, which has no address in the zone files",
         .fix = "correct the name, or add its A and AAAA records",
         .expected = "{name}",
         .observed = "{owner}",
         .wordings = without_address_wordings},
        &judge_zone_target_without_address},
    audit::Rule{{.id = "zone-ttl-differs",
                 .severity = Severity::error,
                 .summary = "records of one set have different TTLs in a zone file",
                 .message = "the TTLs of {expected} differ: {observed}",
                 .fix = "give all records of a name and type one TTL",
                 .expected = "{owner} {type}",
                 .observed = "{ttl:bare} and {other_ttl:bare} seconds"},
                &judge_zone_ttl_differs},
};

}  // namespace rdnsgate::rules
