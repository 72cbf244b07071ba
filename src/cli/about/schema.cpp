// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <algorithm>
#include <memory>
#include <string>

#include "base/text/text.h"
#include "cli/frame/commands.h"
#include "cli/frame/exit_code.h"
#include "cli/frame/options.h"
#include "cli/frame/terminal.h"
#include "run/gate/schema_text.h"

namespace rdnsgate::cli {

namespace {

int schema(const CommonOptions& common, const std::string& name) {
  Terminal terminal(common.color, common.quiet);
  const auto names = run::schema_names();
  if (std::find(names.begin(), names.end(), name) != names.end())
    return terminal.print(run::schema_text(name)) ? exit_pass : exit_usage;
  if (name.empty())
    return terminal.print(fmt::format("{}\n", fmt::join(names, "\n"))) ? exit_pass : exit_usage;
  const auto near = closest(name, names);
  terminal.error(fmt::format("there is no schema \"{}\"", name),
                 near.empty() ? fmt::format("the schemas are {}", fmt::join(names, ", "))
                              : fmt::format("did you mean \"{}\"?", near));
  return exit_usage;
}

}  // namespace

Action add_schema(CLI::App& app) {
  auto name = std::make_shared<std::string>();
  auto* command = app.add_subcommand("schema", "Print the JSON Schema of a file that is read or written");
  command->add_option("SCHEMA", *name, "Such as inventory or report; nothing for the list");
  command->footer("Example: rdnsgate schema inventory >inventory.schema.json");
  return [name](const CommonOptions& common) { return schema(common, *name); };
}

}  // namespace rdnsgate::cli
