// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <memory>
#include <string>

#include "base/text/wrap.h"
#include "cli/frame/commands.h"
#include "cli/frame/exit_code.h"
#include "cli/frame/options.h"
#include "cli/frame/terminal.h"
#include "run/files/public_resolvers.h"

namespace rdnsgate::cli {
namespace {

std::string listed(std::size_t width) {
  std::string out = fmt::format(
      "--vantage {} asks all of these, each at most {} questions a second; --vantage NAME one of them.\n\n",
      run::public_vantages, run::public_rate());
  constexpr std::string_view indent = "    ";
  const auto detail = [&](const std::string& text) {
    out.append(indent).append(wrapped(text, width, std::string(indent), indent.size())).append("\n");
  };
  for (const auto& one : run::public_resolvers()) {
    out += fmt::format("{} ({})\n", one.name, one.operator_name);
    std::vector<std::string> addresses;
    for (const auto& address : one.addresses) addresses.push_back(address.to_string());
    detail(fmt::format("{}", fmt::join(addresses, ", ")));
    detail(fmt::format("{}; {}", one.validates ? "validates DNSSEC" : "does not validate DNSSEC",
                       one.filters.empty() ? "filters nothing" : "filters " + one.filters));
    detail("good for: " + one.good_for);
  }
  return out;
}

}  // namespace

Action add_vantages(CLI::App& app) {
  auto format = std::make_shared<std::string>("text");
  auto* command = app.add_subcommand("vantages", "The public resolvers that --vantage public stands for");
  command->add_option("-f,--format", *format, "What to print: text or json")
      ->capture_default_str()
      ->check(CLI::IsMember({"text", "json"}));
  command->footer("Nobody is asked.\nExample: rdnsgate check --vantage public inventory.yaml");
  return [format](const CommonOptions& common) -> int {
    Terminal terminal(common.color, common.quiet);
    const auto text = *format == "json" ? run::public_resolvers_json() : listed(terminal.width());
    return terminal.print(text) ? exit_pass : exit_usage;
  };
}

}  // namespace rdnsgate::cli
