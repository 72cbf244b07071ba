// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <memory>
#include <span>
#include <stdexcept>
#include <vector>

#include "base/embedded.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/options.h"
#include "cli/schema_text.h"
#include "cli/terminal.h"

namespace rdnsgate::cli {

std::span<const EmbeddedFile> embedded_schemas();  // generated

namespace {

std::string_view name_of(const EmbeddedFile& file) { return file.name.substr(0, file.name.find('.')); }

int schema(const CommonOptions& common, const std::string& name) {
  Terminal terminal(common.color, common.quiet);
  std::vector<std::string_view> names;
  for (const auto& file : embedded_schemas()) {
    if (name_of(file) == name) return terminal.print(file.text) ? exit_pass : exit_usage;
    names.push_back(name_of(file));
  }
  if (name.empty())
    return terminal.print(fmt::format("{}\n", fmt::join(names, "\n"))) ? exit_pass : exit_usage;
  const auto near = closest(name, names);
  terminal.error(fmt::format("there is no schema \"{}\"", name),
                 near.empty() ? fmt::format("the schemas are {}", fmt::join(names, ", "))
                              : fmt::format("did you mean \"{}\"?", near));
  return exit_usage;
}

}  // namespace

std::string_view schema_text(std::string_view name) {
  for (const auto& file : embedded_schemas()) {
    if (name_of(file) == name) return file.text;
  }
  throw std::logic_error(fmt::format("there is no schema {}", name));
}

Action add_schema(CLI::App& app) {
  auto name = std::make_shared<std::string>();
  auto* command = app.add_subcommand("schema", "Print the JSON Schema of a file that is read or written");
  command->add_option("NAME", *name, "Such as inventory or report; nothing for the list");
  command->footer("Example: rdnsgate schema inventory >inventory.schema.json");
  return [name](const CommonOptions& common) { return schema(common, *name); };
}

}  // namespace rdnsgate::cli
