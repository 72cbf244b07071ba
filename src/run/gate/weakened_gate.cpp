// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/gate/weakened_gate.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "audit/change/weakened.h"
#include "base/duration.h"
#include "inventory/files/read_file.h"
#include "report/baseline.h"
#include "rules/registry.h"
#include "run/files/baseline.h"

namespace rdnsgate::run {
namespace {

using report::Weakening;
using Values = std::vector<std::string>;

/// From what lets most pass to what lets least pass.
const std::map<std::string, Values>& orders() {
  static const std::map<std::string, Values> all{{"fail_on", {"never", "error", "warning", "info"}},
                                                 {"inconclusive", {"pass", "report", "fail"}},
                                                 {"transient", {"pass", "fail"}},
                                                 {"quorum", {"any", "confirmed", "all"}}};
  return all;
}

bool shows_only(const std::string& key) { return key == "format" || key == "output" || key == "color"; }

/// What is in no order, such as who is asked, is judged by a person.
bool is_weaker(const std::string& key, const Values& before, const Values& now) {
  if (before == now || shows_only(key)) return false;
  if (const auto order = orders().find(key); order != orders().end() && before.size() == 1 && now.size() == 1) {
    const auto place = [&](const std::string& value) {
      return std::find(order->second.begin(), order->second.end(), value) - order->second.begin();
    };
    return place(now.front()) < place(before.front());
  }
  if ((key == "timeout" || key == "deadline") && before.size() == 1 && now.size() == 1) {
    const auto was = parse_duration_ms(before.front()), is = parse_duration_ms(now.front());
    return !was || !is || *is < *was;
  }
  return key != "baseline" || !now.empty();
}

std::string joined(const Values& values) {
  return values.empty() ? "not set" : fmt::format("{}", fmt::join(values, ", "));
}

/// The line of an origin, `.rdnsgate.yaml:3`; not there for a default.
void place(const std::string& origin, Weakening& one) {
  const auto colon = origin.rfind(':');
  if (colon == std::string::npos) return;
  one.path = origin.substr(0, colon);
  std::from_chars(origin.data() + colon + 1, origin.data() + origin.size(), one.line);
}

class Gate {
 public:
  Gate(const GitFiles& then, const Judging& judging) : then_(then), judging_(judging) {}

  void inventory(const inventory::Inventory* before, bool was_there, const inventory::Inventory& now) {
    if (before == nullptr && was_there)
      add("inventory-unreadable", "the inventory", "not readable", "what it weakened cannot be told");
    if (before == nullptr) return;
    for (auto& one : audit::find_weakened(*before, now, rules::registry())) {
      Weakening found{std::move(one.what), std::move(one.subject), std::move(one.before), std::move(one.now), {}, 0};
      if (one.at) {
        found.path = judging_.sources.path(one.at->file);
        found.line = judging_.sources.locate(*one.at).line;
      }
      found_.push_back(std::move(found));
    }
  }

  /// A run that takes its configuration from a commit, or takes none, has none that the change could weaken.
  void configuration() {
    const auto& choice = judging_.configuration.choice;
    if (choice.none || !choice.from.empty()) return;
    const auto path = find_config(choice, then_);
    std::optional<ConfigFile> was;
    if (path && !path->empty() && then_.has_place_for(*path)) {
      Diagnostics problems;
      Sources sources;
      was = read_config({*path, {}, false, {}}, problems, sources, then_);
      if (!was)
        add("config-unreadable", "the configuration", "not readable", "what it weakened cannot be told");
    }
    std::set<std::string> keys;
    for (const auto& setting : judging_.configuration.settings) keys.insert(setting.key);
    if (was) {
      for (const auto& setting : was->settings) {
        if (setting.command.empty() || setting.command == judging_.command) keys.insert(setting.key);
      }
    }
    for (const auto& key : keys) compare(key, was);
  }

  void baseline() {
    if (judging_.baseline.empty()) return;
    const auto now = inventory::read_file(judging_.baseline, largest_baseline);
    if (!now || !then_.has_place_for(judging_.baseline)) return;
    if (then_.kind(judging_.baseline) != inventory::FileTree::Kind::file) {
      add("baseline-added", fmt::format("baseline {}", judging_.baseline), "not there", "used", judging_.baseline);
      return;
    }
    const auto before = then_.read(judging_.baseline, largest_baseline);
    if (!before) return;
    std::set<std::string> known;
    for (auto& one : entries(*before)) known.insert(std::move(one));
    const auto all = entries(*now);
    const auto more = std::count_if(all.begin(), all.end(), [&](const auto& one) { return !known.contains(one); });
    if (more > 0) {
      add("baseline-grown", fmt::format("baseline {}", judging_.baseline), fmt::format("{} accepted", known.size()),
          fmt::format("{} more", more), judging_.baseline);
    }
  }

  std::vector<Weakening> take() { return std::move(found_); }

 private:
  void add(std::string what, std::string subject, std::string before, std::string now, std::string path = {}) {
    found_.push_back({std::move(what), std::move(subject), std::move(before), std::move(now), std::move(path), 0});
  }

  static Values entries(const std::string& text) {
    Sources sources;
    Values all;
    const auto read = report::read_baseline(sources.add("baseline", text), sources);
    for (const auto& one : read ? read->entries : std::vector<audit::Baseline::Entry>()) all.push_back(one.fingerprint);
    return all;
  }

  void compare(const std::string& key, const std::optional<ConfigFile>& was) {
    const auto& settings = judging_.configuration.settings;
    const auto setting =
        std::find_if(settings.begin(), settings.end(), [&](const EffectiveSetting& one) { return one.key == key; });
    if (setting != settings.end() && setting->from_user) return;
    const auto now = setting == settings.end() ? Values() : setting->values;
    auto before = setting == settings.end() ? Values() : setting->defaults;
    for (const bool for_command : {false, true}) {
      for (const auto& one : was ? was->settings : std::vector<Setting>()) {
        if (one.key == key && one.command == (for_command ? judging_.command : "")) before = one.values;
      }
    }
    if (!is_weaker(key, before, now)) return;
    Weakening one{"config-" + key, "configuration, " + key, joined(before), joined(now), {}, 0};
    if (setting != settings.end()) place(setting->origin, one);
    found_.push_back(std::move(one));
  }

  const GitFiles& then_;
  const Judging& judging_;
  std::vector<Weakening> found_;
};

}  // namespace

std::vector<Weakening> weakened_gate(const GitFiles& then, const inventory::Inventory* before, bool was_there,
                                     const inventory::Inventory& now, const Judging& judging) {
  Gate gate(then, judging);
  gate.inventory(before, was_there, now);
  gate.configuration();
  gate.baseline();
  return gate.take();
}

}  // namespace rdnsgate::run
