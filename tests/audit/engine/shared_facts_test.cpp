// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// A fact that many subjects stand on is kept at hand; what it is reviewed to changes as more of the run is known.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <utility>

#include "audit/engine/engine.h"
#include "audit/estate.h"
#include "audit/scripted_panel.h"

using namespace rdnsgate;
using namespace rdnsgate::audit;
using dns::Name;
using dns::RrType;
using test::ScriptedPanel;

namespace {

const Name shared = Name::parse("shared.example").value();

void is_old(AddressCase& c, Findings& findings) {
  const auto* fact = c.ask(shared, RrType::TXT);
  if (fact != nullptr && fact->rrset() != nullptr && fact->rrset()->rdata.front() == "\3old") findings.add();
}

constexpr std::array rules{Rule{{"a-old", Severity::error, "summary", "{target}", "", ""}, &is_old}};

/// Answers what the authority is asked of the shared name when nothing else is left to answer.
class LatePanel : public ScriptedPanel {
 public:
  using ScriptedPanel::ScriptedPanel;

  void ask(const dns::Question& question) override {
    const bool is_late = question.vantage == 0 && question.name == shared;
    is_late ? late_.push_back(question) : ScriptedPanel::ask(question);
  }
  std::size_t run_once(milliseconds time) override {
    if (ScriptedPanel::run_once(time) > 0) return 1;
    for (const auto& question : std::exchange(late_, {})) ScriptedPanel::ask(question);
    return ScriptedPanel::run_once(time);
  }

 private:
  std::vector<dns::Question> late_;
};

std::vector<dns::RRset> records(const std::string& rdata) { return {{shared, RrType::TXT, 300, {rdata}}}; }

}  // namespace

TEST_CASE("what was reviewed before its servers were known to differ is reviewed again, for all who share it") {
  const auto inventory = test::estate(5);
  const Policy policy(rules, inventory);
  dns::FactStore store;
  LatePanel panel({{"authority", dns::VantageKind::authoritative, "us"}, {"quad", dns::VantageKind::forward, "quad"}});
  dns::Fact ours;
  ours.outcome = dns::Outcome::answer;
  ours.answer = records("\3new");
  for (const std::string rdata : {"\3new", "\3old"})
    ours.servers.push_back({Name::parse("ns.example").value(), IpAddress::v4(0xC0000235u), dns::Outcome::answer, records(rdata), {}, {}});
  panel.set(0, "shared.example", RrType::TXT, ours);
  panel.answer(1, "shared.example", RrType::TXT, "\3old");
  const auto result = judge_live({&inventory, Time{}}, policy, panel, store, {});
  // The resolver met the server that lags, which is said of the server and not of each subject.
  CHECK(result.findings.empty());
  // Where the servers agree, it is the resolver that is behind.
  ours.servers.pop_back();
  panel.set(0, "shared.example", RrType::TXT, ours);
  dns::FactStore other;
  CHECK(judge_live({&inventory, Time{}}, policy, panel, other, {}).findings.size() == 5);
}
