// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/paths/receivers.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>

using namespace rdnsgate;
using namespace rdnsgate::run;
using mailauth::DmarcPolicy;
using Verdict = report::PathRow::Verdict;

namespace {

Signs well() {
  Signs signs;
  signs.spf_pass = signs.dkim = signs.dmarc_record = Tri::yes;
  signs.spf_fail = Tri::no;
  signs.policy = DmarcPolicy::reject;
  return signs;
}

std::set<std::string> refused_by(const Signs& signs, bool bulk = true) {
  std::set<std::string> ids;
  for (const auto* rule : receive(signs, bulk).broken) {
    if (rule->effect == report::PathEffect::refused) ids.emplace(rule->id);
  }
  return ids;
}

}  // namespace

TEST_CASE("what is well breaks no rule") {
  CHECK(receive(well(), true).broken.empty());
  CHECK(receive(well(), true).verdict == Verdict::accepted);
}

TEST_CASE("what is not known breaks no rule, and is not accepted") {
  for (auto part : {&Signs::confirmed, &Signs::spf_pass, &Signs::dkim, &Signs::dmarc_record}) {
    auto signs = well();
    signs.*part = Tri::unknown;
    CHECK(receive(signs, true).broken.empty());
    CHECK(receive(signs, true).verdict == Verdict::unknown);
  }
  // Whoever sends little needs one of both, and no DMARC record.
  for (auto part : {&Signs::spf_pass, &Signs::dkim, &Signs::dmarc_record}) {
    auto signs = well();
    signs.*part = Tri::unknown;
    CHECK(receive(signs, false).verdict == Verdict::accepted);
  }
  // What a HELO name resolves to is for those alone who have set that.
  auto signs = well();
  signs.helo_resolves = Tri::unknown;
  CHECK(receive(signs, true).verdict == Verdict::accepted);
}

TEST_CASE("each sign has its rules") {
  auto signs = well();
  signs.confirmed = Tri::no;
  CHECK(refused_by(signs) == std::set<std::string>{"gmail-ptr", "yahoo-ptr"});
  signs = well();
  signs.spf_pass = Tri::no;
  CHECK(refused_by(signs) == std::set<std::string>{"gmail-bulk-spf", "yahoo-bulk-spf", "microsoft-bulk-spf"});
  CHECK(refused_by(signs, false).empty());
  signs.dkim = Tri::no;
  CHECK(refused_by(signs, false) ==
        std::set<std::string>{"gmail-authentication", "yahoo-authentication", "dmarc-reject"});
  CHECK(refused_by(signs).contains("microsoft-bulk-alignment"));
  signs.dmarc_record = Tri::no;
  signs.policy.reset();
  CHECK(refused_by(signs).contains("gmail-bulk-dmarc"));
  CHECK_FALSE(refused_by(signs).contains("gmail-bulk-alignment"));
  CHECK_FALSE(refused_by(signs).contains("dmarc-reject"));
  signs = well();
  signs.helo_characters = false;
  CHECK(refused_by(signs) == std::set<std::string>{"exim-helo-characters"});
}

TEST_CASE("a policy counts as it is") {
  auto signs = well();
  signs.spf_pass = signs.dkim = Tri::no;
  for (const auto policy : {DmarcPolicy::none, DmarcPolicy::quarantine, DmarcPolicy::reject}) {
    signs.policy = policy;
    const auto received = receive(signs, false);
    const auto has = [&](std::string_view id) {
      return std::any_of(received.broken.begin(), received.broken.end(),
                         [&](const auto* rule) { return rule->id == id; });
    };
    CHECK(has("dmarc-reject") == (policy == DmarcPolicy::reject));
    CHECK(has("dmarc-quarantine") == (policy == DmarcPolicy::quarantine));
  }
}

TEST_CASE("rules have ids of their own") {
  std::set<std::string_view> ids;
  for (const auto* rule : receiver_rules()) {
    CHECK(ids.insert(rule->id).second);
    CHECK_FALSE(rule->source.empty());
  }
}
