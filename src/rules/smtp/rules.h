// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <array>

#include "audit/policy/rule.h"

namespace rdnsgate::rules {

// refused_identity.cpp
void judge_smtp_refused_identity(const audit::DeclaredAddress& c, audit::Findings& findings);

/// As the classes of log lines are called.
inline constexpr std::array refused_identity_wordings{
    audit::Wording{.key = "no-ptr",
                   .fix = "publish a PTR record for {target} whose name resolves to it; then probe again",
                   .detail = "it finds no name for the address"},
    audit::Wording{
        .key = "ptr-mismatch",
        .fix = "let the PTR name of {target} resolve to it, and be one that a person chose; then "
               "probe again",
        .detail = "the PTR name does not lead back to the address, or is one that it does not take"},
    audit::Wording{.key = "helo",
                   .fix = "let {helo} resolve to {target}, or give another name in HELO; then probe again",
                   .detail = "it does not take the HELO name"},
    audit::Wording{.key = "name-too-long",
                   .fix = "give {target} a shorter name; then probe again",
                   .detail = "a name is longer than it takes"},
};

inline constexpr std::array smtp_rules{
    audit::Rule{
        .info = {.id = "smtp-refused-identity",
                 .severity = Severity::error,
                 .summary = "a receiver refuses mail from an address because of its PTR record or HELO name",
                 .message = "{receiver} refuses mail from {target} with the HELO name {helo}: {detail} "
                            "({observed}; asked at {asked_at})",
                 .fix = "fix the PTR record or the HELO name of {target}; then probe again",
                 .expected = "{receiver} takes mail from {target} with the HELO name {helo}",
                 .observed = "{code} {reply}",
                 .wordings = refused_identity_wordings,
                 .data = "class server paths"},
        .judge = &judge_smtp_refused_identity,
        .seen_as = audit::Seen::probed},
};

}  // namespace rdnsgate::rules
