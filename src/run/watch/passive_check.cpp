// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/watch/passive_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/text/text.h"
#include "report/formats.h"

namespace rdnsgate::run {
namespace {

using report::PluginState;

PluginState state_of(const WatchFigures& figures) {
  if (figures.is_failing) return PluginState::unknown;
  if (figures.count_open(Severity::error) > 0) return PluginState::critical;
  if (figures.last.verdict == audit::Verdict::inconclusive) return PluginState::unknown;
  return figures.count_open(Severity::warning) > 0 || !figures.inventory_usable ? PluginState::warning
                                                                                : PluginState::ok;
}

/// `ptr-missing (2), ptr-generic`, the gravest first.
std::string rules_of(const WatchFigures& figures) {
  constexpr std::size_t most = 5;
  std::vector<std::string> rules;
  for (const auto severity : {Severity::error, Severity::warning}) {
    for (const auto& [what, count] : figures.open) {
      if (what.second == severity)
        rules.push_back(count == 1 ? what.first : fmt::format("{} ({})", what.first, count));
    }
  }
  const auto more = rules.size() - std::min(rules.size(), most);
  rules.resize(rules.size() - more);
  return fmt::format("{}{}", fmt::join(rules, ", "), more > 0 ? fmt::format(" and {} more rules", more) : "");
}

std::string text_of(const WatchFigures& figures) {
  if (figures.is_failing) return "nothing could be looked at";
  auto text =
      fmt::format("{}, {} open in {}", counted(figures.count_open(Severity::error), "error", "errors"),
                  counted(figures.count_open(Severity::warning), "warning", "warnings"),
                  counted(figures.last.summary.addresses, "address", "addresses"));
  if (const auto rules = rules_of(figures); !rules.empty()) text += ": " + rules;
  if (!figures.inventory_usable) text += ", and the inventory cannot be used: the one before stays in use";
  return text;
}

}  // namespace

Result<PassiveService> parse_service(const std::string& text, const std::string& here) {
  const auto slash = text.find('/');
  if (slash == std::string::npos || slash + 1 == text.size())
    return fail(fmt::format("\"{}\" is not HOST/SERVICE", text), "such as /rdnsgate: a service of this host");
  PassiveService service{slash == 0 ? here : text.substr(0, slash), text.substr(slash + 1)};
  const auto ends_field = [](char c) { return c == ';' || static_cast<unsigned char>(c) < ' '; };
  if (std::any_of(text.begin(), text.end(), ends_field))
    return fail(fmt::format("\"{}\" has a character that no name of a service has", text));
  return service;
}

std::string passive_check(const WatchFigures& figures, const PassiveService& service, Time now) {
  const auto state = state_of(figures);
  const auto figures_text =
      fmt::format("errors={};;0;0 warnings={};0;;0 inconclusive={};;;0 addresses={};;;0 time={:.3f}s;;;0",
                  figures.count_open(Severity::error), figures.count_open(Severity::warning),
                  figures.last.summary.inconclusive, figures.last.summary.addresses,
                  static_cast<double>(figures.took.count()) / 1000);
  return fmt::format("[{}] PROCESS_SERVICE_CHECK_RESULT;{};{};{};{}", now.time_since_epoch().count(),
                     service.host, service.name, static_cast<int>(state),
                     report::plugin_line(state, text_of(figures), figures_text));
}

}  // namespace rdnsgate::run
