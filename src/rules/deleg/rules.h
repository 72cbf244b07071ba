// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <array>

#include "audit/policy/rule.h"

namespace rdnsgate::rules {

// classless.cpp
void judge_deleg_2317_missing_cname(audit::AddressCase& c, audit::Findings& findings);
void judge_deleg_2317_owner_not_subzone(audit::AddressCase& c, audit::Findings& findings);
void judge_deleg_2317_style_mismatch(audit::AddressCase& c, audit::Findings& findings);
void judge_deleg_ip6_boundary(const audit::InventoryCase& c, audit::Findings& findings);
// data_differs.cpp
void judge_deleg_data_differs(audit::AddressCase& c, audit::Findings& findings);
// probes.cpp
void judge_deleg_aaaa_dropped(audit::ZoneCase& c, audit::Findings& findings);
void judge_deleg_axfr_open(audit::ZoneCase& c, audit::Findings& findings);
void judge_deleg_case_0x20(audit::ZoneCase& c, audit::Findings& findings);
void judge_deleg_open_recursor(audit::ZoneCase& c, audit::Findings& findings);
// referral_size.cpp
void judge_deleg_referral_too_large(audit::ZoneCase& c, audit::Findings& findings);
// lame.cpp
void judge_deleg_lame(audit::ZoneCase& c, audit::Findings& findings);
void judge_deleg_upward_referral(audit::ZoneCase& c, audit::Findings& findings);
void judge_deleg_lookup_failed(audit::ZoneCase& c, audit::Findings& findings);
// ns_sets.cpp
void judge_deleg_ns_undeclared(audit::ZoneCase& c, audit::Findings& findings);
void judge_deleg_ns_set_inconsistent(audit::ZoneCase& c, audit::Findings& findings);
void judge_deleg_parent_child_ns_mismatch(audit::ZoneCase& c, audit::Findings& findings);
// server_names.cpp
void judge_deleg_glue_mismatch(audit::ZoneCase& c, audit::Findings& findings);
void judge_deleg_glue_missing(audit::ZoneCase& c, audit::Findings& findings);
void judge_deleg_ns_cname(audit::ZoneCase& c, audit::Findings& findings);
void judge_deleg_ns_no_address(audit::ZoneCase& c, audit::Findings& findings);
// soa.cpp
void judge_deleg_no_zone(audit::ZoneCase& c, audit::Findings& findings);
void judge_deleg_soa_differs(audit::ZoneCase& c, audit::Findings& findings);
void judge_deleg_soa_mname(audit::ZoneCase& c, audit::Findings& findings);
void judge_deleg_soa_serial_differs(audit::ZoneCase& c, audit::Findings& findings);
void judge_deleg_soa_timers(audit::ZoneCase& c, audit::Findings& findings);
// spread.cpp
void judge_deleg_ipv4_ns_none(audit::ZoneCase& c, audit::Findings& findings);
void judge_deleg_ipv6_ns_none(audit::ZoneCase& c, audit::Findings& findings);
void judge_deleg_ns_count(audit::ZoneCase& c, audit::Findings& findings);
void judge_deleg_ns_same_as(audit::ZoneCase& c, audit::Findings& findings);
void judge_deleg_ns_same_ip(audit::ZoneCase& c, audit::Findings& findings);
void judge_deleg_ns_same_prefix(audit::ZoneCase& c, audit::Findings& findings);
// transport.cpp
void judge_deleg_edns_broken(audit::ZoneCase& c, audit::Findings& findings);
void judge_deleg_tcp_unreachable(audit::ZoneCase& c, audit::Findings& findings);
void judge_deleg_udp_unreachable(audit::ZoneCase& c, audit::Findings& findings);

inline constexpr std::array ipv4_wordings{
    audit::Wording{.key = "no-address", .observed = "none has an IPv4 address"},
};
inline constexpr std::array ipv6_wordings{
    audit::Wording{.key = "no-address", .observed = "none has an IPv6 address"},
};
inline constexpr std::array no_zone_wordings{
    audit::Wording{.key = "alias", .observed = "its name is an alias of {alias_target}"},
};
inline constexpr std::array cut_mismatch_wordings{
    audit::Wording{.key = "disjoint",
                   .message = "the NS records of {target} differ between its parent and itself: {observed}, "
                              "and no name is in both"},
};
inline constexpr std::array mname_wordings{
    audit::Wording{.key = "root", .observed = "the root, `.`"},
};

/// Both sides of the cut and every server's own word. In any order: the registry sorts.
inline constexpr std::array deleg_rules{
    audit::Rule{{.id = "deleg-edns-broken",
                 .severity = Severity::warning,
                 .summary = "a name server does not take queries with EDNS",
                 .message = "name servers of {target} do not take queries with EDNS: {observed}",
                 .fix = "update the server, or fix the firewall that drops what it does not know",
                 .expected = "answers to queries with EDNS",
                 .observed = "{faults:;}",
                 .data = "servers"},
                &judge_deleg_edns_broken},
    audit::Rule{{.id = "deleg-glue-mismatch",
                 .severity = Severity::error,
                 .summary = "the parent's glue does not match the zone",
                 .message = "the glue of {target} does not match the zone: {observed}",
                 .fix = "have the parent's host records changed to the addresses that the zone gives",
                 .expected = "glue that matches the zone",
                 .observed = "{faults:;}",
                 .data = "servers"},
                &judge_deleg_glue_mismatch},
    audit::Rule{
        {.id = "deleg-glue-missing",
         .severity = Severity::error,
         .summary = "a name server inside the zone has no glue at the parent",
         .message = "the parent of {target} gives no glue for {observed}",
         .fix = "register the addresses of {observed} with the parent, or name a server outside the zone",
         .expected = "glue",
         .observed = "{servers:;}"},
        &judge_deleg_glue_missing},
    audit::Rule{{.id = "deleg-ipv4-ns-none",
                 .severity = Severity::info,
                 .summary = "no name server can be reached over IPv4",
                 .message = "{target} cannot be resolved over IPv4 alone: {observed}",
                 .fix = "give at least two of its name servers an IPv4 address",
                 .expected = "a name server with IPv4",
                 .observed = "none answers at {addresses}",
                 .wordings = ipv4_wordings},
                &judge_deleg_ipv4_ns_none},
    audit::Rule{{.id = "deleg-ipv6-ns-none",
                 .severity = Severity::info,
                 .summary = "no name server can be reached over IPv6",
                 .message = "{target} cannot be resolved over IPv6 alone: {observed}",
                 .fix = "give at least two of its name servers an IPv6 address",
                 .expected = "a name server with IPv6",
                 .observed = "none answers at {addresses}",
                 .wordings = ipv6_wordings},
                &judge_deleg_ipv6_ns_none},
    audit::Rule{{.id = "deleg-lame",
                 .severity = Severity::error,
                 .summary = "a server that the zone is delegated to does not hold it",
                 .message = "{target} is delegated to servers that do not hold it: {observed}",
                 .fix = "configure the zone at these servers, or take them out of the NS records, in the "
                        "zone and at the parent",
                 .expected = "the zone's SOA record with AA",
                 .observed = "{faults:;}",
                 .data = "servers"},
                &judge_deleg_lame},
    audit::Rule{{.id = "deleg-lookup-failed",
                 .severity = Severity::warning,
                 .summary = "the lookup of the zone's delegation failed",
                 .message = "the delegation of {target} could not be determined: {failure}",
                 .fix = "run again; if it lasts, look at the servers that are named and at the way to them"},
                &judge_deleg_lookup_failed},
    audit::Rule{{.id = "deleg-no-zone",
                 .severity = Severity::error,
                 .summary = "the declared zone does not exist",
                 .message = "the declared zone {target} does not exist: {observed}",
                 .fix = "have it delegated, or declare the zone that holds the records",
                 .expected = "a zone of that name",
                 .observed = "its name belongs to the zone {zone}",
                 .wordings = no_zone_wordings},
                &judge_deleg_no_zone,
                nullptr,
                audit::Basis::everything},
    audit::Rule{{.id = "deleg-ns-cname",
                 .severity = Severity::error,
                 .summary = "an NS record names an alias",
                 .message = "NS records of {target} name an alias: {observed}",
                 .fix = "let the NS records name the server itself, or give the name addresses in place of "
                        "the CNAME record",
                 .expected = "a name with addresses of its own",
                 .observed = "{servers:;}"},
                &judge_deleg_ns_cname},
    audit::Rule{{.id = "deleg-ns-count",
                 .severity = Severity::error,
                 .summary = "the zone has a single name server",
                 .message = "{target} has a single name server, {observed}",
                 .fix = "add a second one, in another network",
                 .expected = "two name servers",
                 .observed = "{server}"},
                &judge_deleg_ns_count},
    audit::Rule{
        {.id = "deleg-ns-no-address",
         .severity = Severity::error,
         .summary = "a name server has no address",
         .message = "{target} is delegated to names without an address: {observed}",
         .fix = "give the names addresses, or take them out of the NS records, in the zone and at the parent",
         .expected = "an A or AAAA record",
         .observed = "{faults:;}",
         .data = "servers"},
        &judge_deleg_ns_no_address},
    audit::Rule{
        {.id = "deleg-ns-same-ip",
         .severity = Severity::error,
         .summary = "two name servers are one address",
         .message = "name servers of {target} share an address: {observed}",
         .fix = "run the second name server on a machine of its own; two names for one are one server",
         .expected = "an address of its own for each name server",
         .observed = "{shared:;}",
         .data = "addresses"},
        &judge_deleg_ns_same_ip},
    audit::Rule{{.id = "deleg-ns-same-as",
                 .severity = Severity::warning,
                 .summary = "all name servers are in one autonomous system",
                 .message = "all name servers of {target} are in one autonomous system: {observed}",
                 .fix = "have one of them run with another operator; a fault in one network's routing takes "
                        "all of them away",
                 .expected = "name servers in more than one autonomous system",
                 .observed = "{systems:;}",
                 .data = "as_numbers"},
                &judge_deleg_ns_same_as},
    audit::Rule{{.id = "deleg-ns-same-prefix",
                 .severity = Severity::warning,
                 .summary = "all name servers are in one network",
                 .message = "all name servers of {target} are in one network: {observed}",
                 .fix = "have one of them run somewhere else, behind other routers",
                 .expected = "name servers in networks apart from each other",
                 .observed = "{networks:;}",
                 .data = "prefixes"},
                &judge_deleg_ns_same_prefix},
    audit::Rule{{.id = "deleg-ns-set-inconsistent",
                 .severity = Severity::warning,
                 .summary = "NS records depend on the server that is asked",
                 .message = "the NS records of {target} depend on the server that is asked: {observed}",
                 .fix = "find out which server is not updated, and why",
                 .expected = "the same NS records at every server",
                 .observed = "{differences:;}"},
                &judge_deleg_ns_set_inconsistent},
    audit::Rule{{.id = "deleg-ns-undeclared",
                 .severity = Severity::error,
                 .summary = "the name servers are not those that the inventory declares",
                 .message = "{target} has other name servers than are declared: {observed}",
                 .fix = "have the NS records changed, in the zone and at the parent, or the inventory",
                 .expected = "{declared:all}",
                 .observed = "{differences:;}"},
                &judge_deleg_ns_undeclared,
                nullptr,
                audit::Basis::everything},
    audit::Rule{
        {.id = "deleg-parent-child-ns-mismatch",
         .severity = Severity::warning,
         .summary = "the NS records at the parent are not those in the zone",
         .message = "the NS records of {target} differ between its parent and itself: {observed}",
         .fix = "have the delegation changed to the zone's NS records, or the zone's to those that hold",
         .expected = "the same NS records on both sides",
         .observed = "{difference}",
         .wordings = cut_mismatch_wordings},
        &judge_deleg_parent_child_ns_mismatch},
    audit::Rule{{.id = "deleg-soa-differs",
                 .severity = Severity::warning,
                 .summary = "servers give different SOA records under one serial",
                 .message = "servers of {target} give different SOA records under one serial: {observed}",
                 .fix = "find out which of them does not transfer the zone from the primary; raise the "
                        "serial with each change",
                 .expected = "one SOA record for one serial",
                 .observed = "{versions:;}"},
                &judge_deleg_soa_differs},
    audit::Rule{{.id = "deleg-soa-mname",
                 .severity = Severity::info,
                 .summary = "the SOA record names no primary server",
                 .message = "the SOA record of {target} names as its primary server {observed}",
                 .fix = "let MNAME name the primary server: dynamic updates are sent there",
                 .expected = "the name of the primary server",
                 .observed = "{mname}, which has no address",
                 .wordings = mname_wordings},
                &judge_deleg_soa_mname},
    audit::Rule{
        {.id = "deleg-soa-serial-differs",
         .severity = Severity::warning,
         .summary = "not every server holds the newest version of the zone",
         .message = "not every server of {target} holds its newest version: {observed}; {current:;}",
         .fix =
             "if it stays so, look at NOTIFY and at the transfer from the primary: addresses, keys, firewall",
         .expected = "one serial",
         .observed = "{behind:;}",
         .data = "serial"},
        &judge_deleg_soa_serial_differs},
    audit::Rule{{.id = "deleg-soa-timers",
                 .severity = Severity::info,
                 .summary = "the times in the SOA record are out of the ordinary",
                 .message = "the SOA record of {target} has unusual times: {observed}",
                 .fix = "set REFRESH to 4 hours or more, RETRY to an hour or more, EXPIRE to 2 to 4 weeks, "
                        "MINIMUM to 5 minutes up to an hour",
                 .expected = "usual times",
                 .observed = "{faults:;}",
                 .data = "refresh retry expire minimum"},
                &judge_deleg_soa_timers,
                nullptr,
                audit::Basis::everything},
    audit::Rule{{.id = "deleg-tcp-unreachable",
                 .severity = Severity::warning,
                 .summary = "a name server does not answer over TCP",
                 .message = "name servers of {target} do not answer over TCP: {observed}",
                 .fix = "let TCP port 53 through; large answers can come no other way",
                 .expected = "an answer over TCP",
                 .observed = "{faults:;}",
                 .data = "servers"},
                &judge_deleg_tcp_unreachable},
    audit::Rule{{.id = "deleg-udp-unreachable",
                 .severity = Severity::error,
                 .summary = "a name server does not answer over UDP",
                 .message = "name servers of {target} cannot be reached over UDP: {observed}",
                 .fix = "start the server or let UDP port 53 through, or take it out of the NS records, in "
                        "the zone and at the parent",
                 .expected = "an answer over UDP",
                 .observed = "{faults:;}",
                 .data = "servers"},
                &judge_deleg_udp_unreachable},
    audit::Rule{
        {.id = "deleg-upward-referral",
         .severity = Severity::warning,
         .summary = "a name server sends clients back up the tree",
         .message = "servers of {target} refer clients up the tree: {observed}",
         .fix = "have the server refuse what it does not hold; a referral upward only goes in circles",
         .expected = "an answer, or REFUSED",
         .observed = "{faults:;}",
         .data = "servers"},
        &judge_deleg_upward_referral},
    audit::Rule{
        {.id = "deleg-2317-missing-cname",
         .severity = Severity::error,
         .summary = "the parent of a classless reverse zone has no CNAME record for an address",
         .message = "{observed} is no alias of {expected}, so that nobody looks into the zone {zone}",
         .fix = "ask whoever holds the /24 for a CNAME record at {observed} that points to {expected}",
         .expected = "{alias_target}",
         .observed = "{reverse}"},
        &judge_deleg_2317_missing_cname,
        nullptr,
        audit::Basis::ptr},
    audit::Rule{
        {.id = "deleg-2317-owner-not-subzone",
         .severity = Severity::error,
         .summary = "the alias of a reverse name points to a zone that is not declared",
         .message = "{reverse} is an alias of {observed}, which is in no zone that the inventory declares",
         .fix = "declare the zone that holds {observed}; if it is somebody else's, have the CNAME record "
                "changed",
         .expected = "a declared zone",
         .observed = "{alias_target}"},
        &judge_deleg_2317_owner_not_subzone,
        nullptr,
        audit::Basis::ptr},
    audit::Rule{
        {.id = "deleg-2317-style-mismatch",
         .severity = Severity::error,
         .summary = "the alias of a reverse name points to another name of the block than is declared",
         .message = "{reverse} points into {observed}, and the inventory declares {expected}",
         .fix = "declare the zone under the name that the holder of the /24 uses, or have the CNAME records "
                "changed",
         .expected = "{declared}",
         .observed = "{zone}"},
        &judge_deleg_2317_style_mismatch,
        nullptr,
        audit::Basis::ptr},
    audit::Rule{
        .info =
            {.id = "deleg-data-differs",
             .severity = Severity::warning,
             .summary = "servers with one serial give different records",
             .message =
                 "servers with the same version of the zone answer differently about {target}: {observed}",
             .fix = "raise the serial, so that all secondaries transfer the zone again; each change needs a "
                    "new one",
             .expected = "one answer for one serial",
             .observed = "{answers:;}"},
        .judge = &judge_deleg_data_differs,
        .basis = audit::Basis::forward,
        .seen_as = audit::Seen::holder},
    audit::Rule{{.id = "deleg-ip6-boundary",
                 .severity = Severity::error,
                 .summary = "an IPv6 reverse zone that is not cut between hexadecimal digits",
                 .message = "{target} is no reverse zone: \"{observed}\" is not one hexadecimal digit",
                 .fix = "cut the zone at a multiple of four bits, or declare several",
                 .expected = "one hexadecimal digit a label",
                 .observed = "{label}"},
                &judge_deleg_ip6_boundary,
                nullptr,
                audit::Basis::everything},
    audit::Rule{{.id = "deleg-referral-too-large",
                 .severity = Severity::warning,
                 .summary = "a referral to the zone does not fit into a message without EDNS",
                 .message = "a referral to {target} takes {observed}",
                 .fix = "use fewer name servers, or names that have more in common",
                 .expected = "at most {limit} octets",
                 .observed = "{size} octets"},
                &judge_deleg_referral_too_large},
    audit::Rule{{.id = "deleg-aaaa-dropped",
                 .severity = Severity::error,
                 .summary = "a name server gets questions for AAAA records wrong",
                 .message = "name servers of {target} get questions for AAAA records wrong: {observed}",
                 .fix = "update the server or the load balancer; it has to say that the name is there and "
                        "has no such record",
                 .expected = "an answer, or that there is no such record",
                 .observed = "{faults:;}",
                 .data = "servers"},
                &judge_deleg_aaaa_dropped},
    audit::Rule{{.id = "deleg-case-0x20",
                 .severity = Severity::warning,
                 .summary = "a name server changes the case of the letters in a question",
                 .message = "name servers of {target} change the letters of the question: {observed}",
                 .fix = "update the server; resolvers that mix the letters against forged answers take its "
                        "replies for forged",
                 .expected = "the question as it was asked",
                 .observed = "{faults:;}",
                 .data = "servers"},
                &judge_deleg_case_0x20},
    audit::Rule{{.id = "deleg-open-recursor",
                 .severity = Severity::warning,
                 .summary = "a name server of the zone recurses for strangers",
                 .message = "recursion at name servers of {target} is open to this host: {observed}",
                 .fix = "turn recursion off, or allow it to your own networks alone",
                 .expected = "REFUSED",
                 .observed = "{faults:;}",
                 .data = "servers"},
                &judge_deleg_open_recursor},
    audit::Rule{{.id = "deleg-axfr-open",
                 .severity = Severity::info,
                 .summary = "a name server hands the whole zone to strangers",
                 .message = "name servers of {target} allow zone transfers (AXFR) from this host: {observed}",
                 .fix = "allow transfers to the secondaries alone, by address or better by TSIG key",
                 .expected = "REFUSED",
                 .observed = "{faults:;}",
                 .data = "servers"},
                &judge_deleg_axfr_open},
};

}  // namespace rdnsgate::rules
