// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <array>

#include "audit/policy/rule.h"

namespace rdnsgate::rules {

// unreachable.cpp
void judge_resolver_unreachable(const audit::SilentVantageCase& c, audit::Findings& findings);
// answers.cpp
void judge_resolver_stale(const audit::VantageCase& c, audit::Findings& findings);
void judge_resolver_not_validating(const audit::VantageCase& c, audit::Findings& findings);
// filtered.cpp
void judge_resolver_filtered(const audit::VantageCase& c, audit::Findings& findings);
// latency.cpp
void judge_resolver_latency(const audit::VantageCase& c, audit::Findings& findings);
// differences.cpp
void judge_resolver_disagreement(const audit::VantagesDifferCase& c, audit::Findings& findings);
void judge_resolver_vs_auth(const audit::CacheDiffersCase& c, audit::Findings& findings);
void judge_resolver_split_view(const audit::ViewDiffersCase& c, audit::Findings& findings);
// run.cpp
void judge_run_incomplete(const audit::RunCase& c, audit::Findings& findings);
void judge_run_questions_limited(const audit::LimitedCase& c, audit::Findings& findings);

inline constexpr std::array unheld_wordings{
    audit::Wording{.key = "outside",
                   .message = "the zone files hold nothing that the inventory is about: {observed}",
                   .fix = "name the files of its zones with --zone-files, or lay them over what answers for the rest: "
                          "--over live",
                   .observed = "all {questions:question|questions} are about other zones"},
};
inline constexpr std::array filtered_wordings{
    audit::Wording{.key = "made-up", .observed = "names that do not exist get {addresses:all}"},
    audit::Wording{.key = "both",
                   .observed = "{count:answer is|answers are} filtered, such as {example}; names that do not "
                               "exist get {addresses:all}"},
};

/// Of the run, of a vantage, or of several vantages beside each other, and not of a subject at one. In any
/// order: the registry sorts.
inline constexpr std::array resolver_rules{
    audit::Rule{.info = {.id = "resolver-unreachable",
                 .severity = Severity::warning,
                 .summary = "a vantage answered none of its questions",
                 .message = "{target} answered nothing: {observed}; the first: {failure}",
                 .fix = "check the network and the resolver's address, then run again; nothing was "
                        "determined about the DNS",
                 .observed = "{unanswered} of {questions:question|questions} unanswered",
                 .wordings = unheld_wordings},
                .judge = &judge_resolver_unreachable},
    audit::Rule{{.id = "resolver-stale",
                 .severity = Severity::info,
                 .summary = "a resolver serves answers that have run out",
                 .message = "{target} gave {observed}, such as {example}",
                 .fix = "look at the name servers of the zone: the resolver cannot refresh what it has",
                 .observed = "{count:stale answer|stale answers}"},
                &judge_resolver_stale},
    audit::Rule{.info = {.id = "resolver-filtered",
                         .severity = Severity::warning,
                         .summary = "a resolver puts answers of its own in place of the zone's",
                         .message = "{target} does not give what the zones say: {observed}",
                         .fix = "ask from a resolver without a filter, or have the names taken off its list",
                         .observed = "{count:answer is|answers are} filtered, such as {example}",
                         .wordings = filtered_wordings},
                .judge = &judge_resolver_filtered,
                .duty = audit::Duty::tells_filters},
    audit::Rule{
        {.id = "resolver-not-validating",
         .severity = Severity::info,
         .summary = "a resolver does not validate DNSSEC",
         .message = "{target} never set the AD flag, not even on {observed} secure by another vantage",
         .fix = "switch validation on, or take a resolver that validates as vantage",
         .observed = "{count:answer that is|answers that are}"},
        &judge_resolver_not_validating},
    audit::Rule{{.id = "resolver-latency",
                 .severity = Severity::warning,
                 .summary = "answers take longer than the inventory's standard allows",
                 .message = "{target} took up to {observed} for 95 % of {count:lookup|lookups} that no cache "
                            "answered; the standard is {expected}",
                 .fix = "look at the name servers of the zones and the way to them; a receiver waits as long",
                 .expected = "{limit}",
                 .observed = "{p95}"},
                &judge_resolver_latency},
    audit::Rule{
        {.id = "resolver-disagreement",
         .severity = Severity::warning,
         .summary = "two vantages give different records for one question",
         .message = "{type} {name} is not the same everywhere: {expected}, but {observed}",
         .fix = "ask the zone's name servers one by one; if they agree, wait for the caches and run again",
         .expected = "[{records}][{denial}] at {vantage}",
         .observed = "{others:all;}"},
        &judge_resolver_disagreement},
    audit::Rule{{.id = "resolver-vs-auth",
                 .severity = Severity::warning,
                 .summary = "a resolver gives other records than the zone has",
                 .message = "{type} {name} is {expected} in the zone, but {observed}",
                 .fix = "wait until the cache has forgotten the old record, then run again",
                 .expected = "[{records}][{denial}]",
                 .observed = "{others:all;}",
                 .data = "vantage"},
                &judge_resolver_vs_auth},
    audit::Rule{{.id = "resolver-split-view",
                 .severity = Severity::warning,
                 .summary = "an internal view has other records than the world sees",
                 .message = "{type} {name} is {expected} outside, but {observed}",
                 .fix = "if the views are to differ, set resolver-split-view to off under `rules`; if not, "
                        "fix the internal zone",
                 .expected = "[{records}][{denial}]",
                 .observed = "{others:all;}",
                 .data = "vantage"},
                &judge_resolver_split_view},
    audit::Rule{{.id = "run-incomplete",
                 .severity = Severity::warning,
                 .summary = "the run ended before everything was judged",
                 .message = "the run ended before everything was judged: {observed}",
                 .fix = "run again with a longer --timeout, or find out what answers so slowly",
                 .observed = "{count} not judged"},
                &judge_run_incomplete},
    audit::Rule{{.id = "run-questions-limited",
                 .severity = Severity::warning,
                 .summary = "answers led to more questions than are asked",
                 .message = "{target}: its answers cause too many questions: {observed}",
                 .fix = "look at what its records name: no host needs that many names; nothing is known of "
                        "those that were not asked",
                 .observed = "{limit}"},
                &judge_run_questions_limited},
};

}  // namespace rdnsgate::rules
