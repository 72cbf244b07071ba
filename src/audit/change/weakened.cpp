// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/change/weakened.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_set>

#include "audit/policy/policy.h"
#include "audit/waiver_target.h"
#include "base/duration.h"
#include "base/text/text.h"

namespace rdnsgate::audit {
namespace {

using namespace inventory;

class Comparison {
 public:
  Comparison(const Inventory& before, const Inventory& now, std::span<const Rule> rules)
      : before_(before), now_(now), rules_(rules) {}

  std::vector<Weakening> run() {
    severities();
    waivers();
    vantages();
    if (now_.quorum < before_.quorum)
      add("quorum-lowered", "quorum", std::string(to_string(before_.quorum)),
          std::string(to_string(now_.quorum)));
    standards();
    subjects();
    return std::move(found_);
  }

 private:
  void add(std::string what, std::string subject, std::string before, std::string now,
           std::optional<Span> at = std::nullopt) {
    found_.push_back({std::move(what), std::move(subject), std::move(before), std::move(now), at});
  }

  void severities() {
    const Policy then(rules_, before_), today(rules_, now_);
    for (RuleIndex rule = 0; rule < rules_.size(); ++rule) {
      const auto was = then.severity(rule, {}), is = today.severity(rule, {});
      if (weight(is) >= weight(was)) continue;
      const auto id = rules_[rule].info.id;
      const auto set = std::find_if(now_.rules.begin(), now_.rules.end(),
                                    [&](const RuleSetting& setting) { return setting.rule == id; });
      add("rule-severity", fmt::format("rule {}", id), std::string(to_string(was)),
          std::string(to_string(is)), set == now_.rules.end() ? std::nullopt : std::optional(set->at));
    }
  }

  /// Higher counts for more.
  static int weight(Severity severity) {
    return severity == Severity::error     ? 3
           : severity == Severity::warning ? 2
           : severity == Severity::info    ? 1
                                           : 0;
  }

  /// A waiver of other words for more targets is one that was not there.
  void waivers() {
    using Key = std::tuple<std::string_view, std::string, bool>;
    const auto key = [](const Waiver& one) {
      return Key{one.rule, is_pattern(one.target) ? one.target : ascii_lower(one.target),
                 one.line.has_value()};
    };
    std::map<Key, const Waiver*> longest;
    for (const auto& one : before_.waivers) {
      const auto [place, is_new] = longest.emplace(key(one), &one);
      if (!is_new && lasts(one) > lasts(*place->second)) place->second = &one;
    }
    for (const auto& waiver : now_.waivers) {
      const auto found = longest.find(key(waiver));
      const Waiver* known = found == longest.end() ? nullptr : found->second;
      const auto subject = fmt::format("waiver of {} for {}", waiver.rule, waiver.target);
      if (known == nullptr) {
        add("waiver-added", subject, "none", until(waiver), waiver.at);
      } else if (lasts(waiver) > lasts(*known)) {
        add("waiver-extended", subject, until(*known), until(waiver), waiver.at);
      }
    }
  }

  static Time lasts(const Waiver& waiver) { return waiver.expires.value_or(Time::max()); }
  static std::string until(const Waiver& waiver) {
    return waiver.expires ? "until " + format_time(*waiver.expires) : "for ever";
  }

  void vantages() {
    const auto asked = [](const Vantage& v) {
      return std::tie(v.kind, v.address, v.port, v.tls_name, v.tls_ca, v.view, v.operator_name, v.root_hints,
                      v.trust_anchor);
    };
    for (const auto& was : before_.vantages) {
      const auto is = std::find_if(now_.vantages.begin(), now_.vantages.end(),
                                   [&](const Vantage& one) { return one.name == was.name; });
      if (is == now_.vantages.end()) {
        add("vantage-removed", fmt::format("vantage {}", was.name), "asked", "not asked");
      } else if (asked(*is) != asked(was)) {
        add("vantage-changed", fmt::format("vantage {}", was.name), "as declared", "declared otherwise");
      }
    }
  }

  void standards() {
    const auto has = [](const std::vector<NamePattern>& all, const std::string& regex) {
      return std::any_of(all.begin(), all.end(), [&](const NamePattern& one) { return one.regex == regex; });
    };
    const auto& then = before_.standards;
    const auto& today = now_.standards;
    // A name is to match one of them: without any all pass, and each further one lets more pass.
    if (!then.names.empty() && today.names.empty())
      add("standard-removed", "standards.names", "patterns", "none");
    for (const auto& one : today.names) {
      if (!then.names.empty() && !has(then.names, one.regex))
        add("standard-removed", "standards.names", "without " + one.regex, "with it", one.at);
    }
    if (then.as_data && !today.as_data)
      add("standard-removed", "standards.as_data", then.as_data->path, "none");
    latency("standards.latency.warn", then.latency_warn, today.latency_warn);
    latency("standards.latency.fail", then.latency_fail, today.latency_fail);
  }

  void latency(std::string_view name, std::optional<milliseconds> was, std::optional<milliseconds> is) {
    if (!was || (is && *is <= *was)) return;
    add("latency-raised", std::string(name), fmt::format("{}ms", was->count()),
        is ? fmt::format("{}ms", is->count()) : "none");
  }

  /// What is not declared is not judged, whether it was taken out or its file is not included any more.
  void subjects() {
    for_each_kind([&]<typename Kind>() {
      if constexpr (Changing<Kind> && !Numerous<Kind>) name_gone<Kind>();
    });
    for_each_kind([&]<typename Kind>() {
      if constexpr (Changing<Kind> && Numerous<Kind>) count_gone<Kind>();
    });
  }

  template <typename Kind>
  void name_gone() {
    std::unordered_set<std::string> there;
    for (const auto& one : Kind::items({.inventory = &now_})) there.insert(Kind::id(one));
    for (const auto& one : Kind::items({.inventory = &before_})) {
      if (!there.contains(Kind::id(one)))
        add("subject-removed", fmt::format("{} {}", to_string(Kind::target), Kind::id(one)), "declared",
            "not declared");
    }
  }

  template <typename Kind>
  void count_gone() {
    const auto then = Kind::items({.inventory = &before_});
    const auto lost = std::count_if(then.begin(), then.end(), [&](const auto& one) {
      return Kind::find(now_, Kind::id(one)) == nullptr;
    });
    if (lost == 0) return;
    add("subject-removed", std::string(Kind::plural), fmt::format("{} declared", then.size()),
        fmt::format("{} of them not declared", lost));
  }

  const Inventory& before_;
  const Inventory& now_;
  std::span<const Rule> rules_;
  std::vector<Weakening> found_;
};

}  // namespace

std::vector<Weakening> find_weakened(const Inventory& before, const Inventory& now,
                                     std::span<const Rule> rules) {
  return Comparison(before, now, rules).run();
}

}  // namespace rdnsgate::audit
