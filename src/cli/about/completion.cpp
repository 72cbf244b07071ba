// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <memory>
#include <string>

#include "cli/completion/completion_scripts.h"
#include "cli/completion/completion_table.h"
#include "cli/frame/commands.h"
#include "cli/frame/exit_code.h"
#include "cli/frame/options.h"
#include "cli/frame/refuse.h"
#include "cli/frame/terminal.h"

namespace rdnsgate::cli {
namespace {

int completion(const CLI::App& program, const CommonOptions& common, const std::string& shell) {
  Terminal terminal(common.color, common.quiet);
  const auto table = completion_table(program);
  const auto text = shell == "bash"  ? bash_completion(table)
                    : shell == "zsh" ? zsh_completion(table)
                                     : fish_completion(table);
  if (terminal.print(text)) return exit_pass;
  return refuse(terminal, {"standard output takes no more: the completion is incomplete"});
}

}  // namespace

Action add_completion(CLI::App& app) {
  auto shell = std::make_shared<std::string>();
  auto* command = app.add_subcommand("completion", "Print what a shell completes command lines with");
  command->add_option("SHELL", *shell, "bash, zsh or fish")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh", "fish"}));
  command->footer(
      "Where an installed shell looks:\n"
      "  rdnsgate completion bash >~/.local/share/bash-completion/completions/rdnsgate\n"
      "  rdnsgate completion zsh >~/.zfunc/_rdnsgate      (with fpath+=~/.zfunc before compinit)\n"
      "  rdnsgate completion fish >~/.config/fish/completions/rdnsgate.fish\n"
      "Example: source <(rdnsgate completion bash)");
  return [shell, &app](const CommonOptions& common) { return completion(app, common, *shell); };
}

}  // namespace rdnsgate::cli
