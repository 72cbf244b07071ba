// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "cli/about/rules.h"

#include <fmt/format.h>
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <memory>
#include <nlohmann/json.hpp>
#include <vector>

#include "base/text/text.h"
#include "base/text/wrap.h"
#include "base/version.h"
#include "cli/frame/commands.h"
#include "cli/frame/exit_code.h"
#include "cli/frame/options.h"
#include "cli/frame/terminal.h"
#include "rules/registry.h"

namespace rdnsgate::cli {
namespace {

/// Offline rules, and live ones that judge what is declared, or zone files, as well.
bool is_of_lint(const audit::Rule& rule) {
  const auto seen = rule.seen();
  const bool is_heard = seen == audit::Seen::banners || seen == audit::Seen::probed;
  return (!rule.is_live() && !is_heard) || rule.declared != nullptr || rule.texts != nullptr;
}

std::string painted(const std::string& text, Severity severity) {
  const char* color = severity == Severity::error ? "31;1" : severity == Severity::warning ? "33;1" : "36";
  return fmt::format("\x1b[{}m{}\x1b[0m", color, text);
}

struct RulesOptions {
  std::string family, format = "text";
};

int rules(const CommonOptions& common, const RulesOptions& options) {
  Terminal terminal(common.color, common.quiet);
  const std::string prefix = options.family.empty() ? "" : options.family + "-";
  const std::string text = list_rules(prefix, {terminal.color(), terminal.width()});
  if (text.empty()) {
    const auto meant = meant_rule(options.family);
    terminal.error(fmt::format("there is no family of rules \"{}\"", options.family),
                   meant.empty() ? "rdnsgate rules, without a name, lists all of them" : meant);
    return exit_usage;
  }
  if (terminal.print(options.format == "json" ? list_rules_json(prefix) : text)) return exit_pass;
  terminal.error("standard output takes no more: the list is incomplete");
  return exit_usage;
}

}  // namespace

std::string list_rules(std::string_view prefix, const PageLook& look) {
  std::string out;
  for (const auto& rule : rules::registry()) {
    if (!rule.info.id.starts_with(prefix)) continue;
    const auto severity = fmt::format("{:8}", to_string(rule.info.severity));
    const std::string head =
        fmt::format("{:28} {} ", rule.info.id, look.color ? painted(severity, rule.info.severity) : severity);
    out += head + wrapped(rule.info.summary, look.width, std::string(38, ' '), columns_of(head)) + "\n";
  }
  return out;
}

std::string list_rules_json(std::string_view prefix) {
  using Json = nlohmann::ordered_json;
  Json json{{"schema", "rdnsgate/rules/1"},
            {"tool", {{"name", "rdnsgate"}, {"version", version}}},
            {"rules", Json::array()}};
  for (const auto& rule : rules::registry()) {
    const auto id = rule.info.id;
    if (!id.starts_with(prefix)) continue;
    json["rules"].push_back({{"id", id},
                             {"family", id.substr(0, id.find('-'))},
                             {"severity", to_string(rule.info.severity)},
                             {"summary", rule.info.summary},
                             {"lint", is_of_lint(rule)},
                             {"page", rules::page(id)}});
  }
  return json.dump(2) + "\n";
}

std::string meant_rule(std::string_view name, std::vector<std::string_view> names) {
  for (const auto& rule : rules::registry()) {
    const auto id = rule.info.id;
    const auto family = id.substr(0, id.find('-'));
    names.insert(names.end(), {family, id});
  }
  const auto near = closest(name, names);
  return near.empty() ? std::string() : fmt::format("did you mean \"{}\"?", near);
}

Action add_rules(CLI::App& app) {
  auto options = std::make_shared<RulesOptions>();
  auto* command = app.add_subcommand("rules", "List the rules, with their severity and what they find");
  command->add_option("FAMILY", options->family, "Only the rules of a family, such as ptr");
  command
      ->add_option("-f,--format", options->format, "What to print: text, or json with the page of each rule")
      ->capture_default_str()
      ->check(CLI::IsMember({"text", "json"}));
  command->footer("Example: rdnsgate rules ptr");
  return [options](const CommonOptions& common) { return rules(common, *options); };
}

}  // namespace rdnsgate::cli
