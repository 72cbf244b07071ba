// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <array>

#include "audit/rule_info.h"

namespace rdnsgate::rules {

inline constexpr std::array spf_missing_wordings{
    audit::Wording{.key = "none", .detail = "no TXT record begins with v=spf1"},
    audit::Wording{.key = "nxdomain", .detail = "NXDOMAIN"},
    audit::Wording{.key = "nearly",
                   .fix = "make the record begin with v=spf1 and a space, with nothing in front",
                   .detail = "{text} is none to receivers"},
};

inline constexpr std::array spf_syntax_wordings{
    audit::Wording{
        .key = "control",
        .fix = "separate terms by single spaces; leave out tabs, line ends and other control characters"},
    audit::Wording{.key = "ip-name", .fix = "the mechanisms are called ip4 and ip6"},
    audit::Wording{.key = "ip4-with-v6", .fix = "write ip6: in front of an IPv6 address"},
    audit::Wording{.key = "ip6-with-v4", .fix = "write ip4: in front of an IPv4 address"},
    audit::Wording{.key = "value-missing", .fix = "add the value behind the colon, or leave the colon out"},
    audit::Wording{.key = "bad-address",
                   .fix = "write an address or a block, such as ip4:192.0.2.0/28 or ip6:2001:db8::/64"},
    audit::Wording{.key = "bare-address", .fix = "write ip4: or ip6: in front of the address"},
    audit::Wording{.key = "macro",
                   .fix = "write %% for a percent sign; a macro has its letter in braces behind it"},
    audit::Wording{
        .key = "unknown-modifier",
        .message = "the SPF record of {domain} has terms that receivers ignore, since = is for modifiers: "
                   "{observed}",
        .fix = "write a colon in place of = in {term}"},
};

inline constexpr std::array spf_size_wordings{
    audit::Wording{.key = "udp",
                   .detail = "more than {limit}, so that receivers without EDNS ask again over TCP"},
    audit::Wording{.key = "edns",
                   .detail = "more than {limit}, so that it is fragmented, or asked for again over TCP"},
};

inline constexpr std::array spf_lookup_wordings{
    audit::Wording{.key = "over", .detail = "receivers stop at the eleventh, and every result is permerror"},
    audit::Wording{.key = "near", .detail = "one more include may be too much"},
};

/// What is wrong with the record that is taken in.
inline constexpr std::array spf_include_wordings{
    audit::Wording{.key = "none", .detail = "no SPF record"},
    audit::Wording{.key = "several", .detail = "several SPF records"},
    audit::Wording{.key = "wrong", .detail = "an SPF record with a syntax error"},
    audit::Wording{.key = "nxdomain", .detail = "NXDOMAIN"},
};

inline constexpr std::array spf_plus_all_wordings{
    audit::Wording{.key = "everybody",
                   .message = "the SPF record of {domain} lets every address pass, by {observed}",
                   .fix = "list the networks that mail leaves from",
                   .observed = "{terms}"},
    audit::Wording{.key = "wide",
                   .message = "the SPF record of {domain} has networks of a size that nobody has: {observed}",
                   .fix = "list the networks that mail leaves from",
                   .observed = "{terms}"},
};

inline constexpr std::array spf_orphan_wordings{
    audit::Wording{
        .key = "unused",
        .message = "the SPF record of {domain} has {observed} of the relay {relay}, which is not in its via",
        .fix = "add {relay} to the via of {domain}, or take {observed} out of the record"},
};

inline constexpr std::array spf_relay_missing_wordings{
    audit::Wording{
        .key = "open",
        .message = "whether the SPF record of {domain} has {terms} of the relay {relay} could not be "
                   "determined: {failure}",
        .fix = "add the zones of what it includes to the zone files, or ask the live DNS for them"},
};

inline constexpr std::array spf_not_covered_wordings{
    audit::Wording{
        .key = "open",
        .message = "whether {via} may send for {domain} could not be determined: {failure}",
        .fix = "add the zones of what its record includes to the zone files, or ask the live DNS for them"},
    audit::Wording{
        .key = "untried",
        .message =
            "the SPF record of {domain} is evaluated anew for each address or mailbox, and was not for "
            "{count:address|addresses} of {via}: {observed}",
        .fix = "list the networks with ip4 and ip6 in place of macros and ptr",
        .observed = "{addresses}"},
};

}  // namespace rdnsgate::rules
