// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/several.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <deque>

#include "audit/engine/engine.h"
#include "audit/engine/offline.h"
#include "rules/registry.h"

namespace rdnsgate::scenario {
namespace {

class WorldPanel : public dns::Panel {
 public:
  explicit WorldPanel(const std::vector<View>& views) : views_(views) {
    for (const auto& view : views) infos_.push_back(view.info);
  }
  const std::vector<dns::VantageInfo>& vantages() const override { return infos_; }
  void set_sink(dns::FactSink sink) override { sink_ = std::move(sink); }
  std::size_t room(dns::VantageIndex) const override { return 100; }
  void ask(const dns::Question& question) override {
    (views_[question.vantage].is_late ? late_ : queue_).push_back(question);
  }
  std::size_t run_once(milliseconds) override {
    auto& queue = queue_.empty() ? late_ : queue_;
    if (queue.empty()) return 0;
    const dns::Question question = queue.front();
    queue.pop_front();
    sink_(views_[question.vantage].world.answer(question));
    return 1;
  }

 private:
  const std::vector<View>& views_;
  std::vector<dns::VantageInfo> infos_;
  dns::FactSink sink_;
  std::deque<dns::Question> queue_, late_;
};

}  // namespace

View walk(World world) { return {{"walk", dns::VantageKind::recursive, "us"}, std::move(world)}; }
View resolver(std::string name, World world) {
  std::string operator_name = name;
  return {{std::move(name), dns::VantageKind::forward, std::move(operator_name)}, std::move(world)};
}

std::vector<std::string> Report::lines() const {
  std::vector<std::string> all;
  for (const auto& finding : result.findings) {
    all.push_back(
        fmt::format("{} {} {}", finding.rule, finding.target.id, audit::to_string(finding.certainty)));
  }
  std::sort(all.begin(), all.end());
  return all;
}

bool Report::says(std::string_view line) const {
  const auto all = lines();
  return std::binary_search(all.begin(), all.end(), line);
}

bool Report::silent_about(std::string_view rule_prefix) const {
  const auto& all = result.findings;
  return std::none_of(all.begin(), all.end(),
                      [&](const auto& finding) { return finding.rule.text().starts_with(rule_prefix); });
}

const audit::Finding& Report::finding(std::string_view rule, std::string_view target) const {
  for (const auto& finding : result.findings) {
    if (finding.rule.text() == rule && finding.target.id == target) return finding;
  }
  FAIL("nobody said \"", rule, " ", target, "\" but:\n", text_of(*this));
  return result.findings.front();
}

Report report(const Estate& estate, const std::vector<View>& views) {
  const audit::RunContext run{&estate.inventory, now};
  const audit::Policy policy(rules::registry(), estate.inventory);
  WorldPanel panel(views);
  dns::FactStore store;
  auto live = audit::judge_live(run, policy, panel, store, {});
  return {audit::conclude(run, policy, audit::judge_offline(run, policy), &live, {})};
}

std::string text_of(const Report& report) { return fmt::format("{}", fmt::join(report.lines(), "\n")); }

}  // namespace rdnsgate::scenario
