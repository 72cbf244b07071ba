// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <array>

#include "audit/policy/rule.h"

namespace rdnsgate::rules {

// addresses_differ.cpp
void judge_relay_addresses_differ(audit::RelayCase& c, audit::Findings& findings);
void judge_relay_spf_unusable(audit::RelayCase& c, audit::Findings& findings);
void judge_relay_lookup_failed(audit::RelayCase& c, audit::Findings& findings);

inline constexpr std::array relay_addresses_wordings{
    audit::Wording{.key = "grew",
                   .message = "{target} publishes more than is declared by {term}: also {added}"},
    audit::Wording{.key = "shrank",
                   .message = "{target} publishes less than is declared by {term}: no longer {gone}"},
};
inline constexpr std::array relay_unusable_wordings{
    audit::Wording{.key = "nobody", .message = "{term} of relay {target} lets nobody through"},
};

/// In any order: the registry sorts.
inline constexpr std::array relay_rules{
    audit::Rule{
        {.id = "relay-addresses-differ",
         .severity = Severity::warning,
         .summary = "a relay publishes other addresses than those that are declared",
         .message = "{target} publishes other addresses than are declared by {term}: also {added}, no "
                    "longer {gone}",
         .fix = "ask the relay what it sends from, and declare that under `addresses`",
         .expected = "{declared}",
         .observed = "{published}",
         .wordings = relay_addresses_wordings,
         .data = "added gone term"},
        &judge_relay_addresses_differ},
    audit::Rule{{.id = "relay-spf-unusable",
                 .severity = Severity::error,
                 .summary = "the SPF term of a relay leads to no record that lets anybody through",
                 .message = "{observed} of relay {target} cannot be used: {why}",
                 .fix = "look up in the relay's documentation what it is to be",
                 .expected = "an SPF term that lets the relay's servers through",
                 .observed = "{term}",
                 .wordings = relay_unusable_wordings},
                &judge_relay_spf_unusable},
    audit::Rule{{.id = "relay-lookup-failed",
                 .severity = Severity::warning,
                 .summary = "what a relay publishes could not be looked up",
                 .message = "what relay {target} publishes could not be determined: {failure}",
                 .fix = "look at the name servers of the relay's zone"},
                &judge_relay_lookup_failed},
};

}  // namespace rdnsgate::rules
