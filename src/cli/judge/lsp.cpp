// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <poll.h>
#include <unistd.h>
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <array>
#include <cerrno>
#include <memory>

#include "cli/frame/commands.h"
#include "cli/frame/exit_code.h"
#include "cli/frame/options.h"
#include "cli/frame/refuse.h"
#include "lsp/framing.h"
#include "lsp/server.h"
#include "run/files/load.h"
#include "run/offline/judge_declared.h"

namespace rdnsgate::cli {
namespace {

/// What `lint` says.
void analyse(const std::string& path, const inventory::OpenTexts& open, Time now, lsp::Analysis& into) {
  auto loaded = run::load_inventory(into.sources, {{path}, path}, &open);
  into.inventory = std::move(loaded.inventory);
  into.problems = std::move(loaded.problems);
  if (!into.inventory) return;
  into.findings = run::judge_declared({&*into.inventory, now}).findings;
}

/// Something can be read from standard input now, if only its end.
bool more_waits() {
  pollfd input{STDIN_FILENO, POLLIN, 0};
  return poll(&input, 1, 0) > 0;
}

bool write_all(std::string_view octets) {
  while (!octets.empty()) {
    const auto written = ::write(STDOUT_FILENO, octets.data(), octets.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    octets.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

bool send_all(lsp::Server& server) {
  for (const auto& message : server.take()) {
    if (!write_all(lsp::framed(message))) return false;
  }
  return true;
}

/// Until `exit`, the end of the input, or a client that reads no more.
int serve(lsp::Server& server) {
  lsp::Framing framing;
  std::array<char, 65'536> buffer{};
  while (!server.exited()) {
    if (auto frame = framing.next()) {
      if (frame->error.empty()) {
        server.handle(frame->content);
      } else {
        server.refuse(frame->error);
      }
      if (!send_all(server)) break;
      continue;
    }
    if (!more_waits()) {
      server.settle();
      if (!send_all(server)) break;
    }
    const auto got = ::read(STDIN_FILENO, buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    framing.feed({buffer.data(), static_cast<std::size_t>(got)});
  }
  return server.exit_code();
}

int lsp_command(const CommonOptions& common) {
  Terminal terminal(common.color, common.quiet);
  const auto clock = common.clock();
  if (!clock) return refuse(terminal, clock.error());
  const auto& today = clock->now;
  lsp::Server server([&](const std::string& path, const inventory::OpenTexts& open,
                         lsp::Analysis& into) { analyse(path, open, today(), into); },
                     today);
  return serve(server);
}

}  // namespace

Action add_lsp(CLI::App& app) {
  auto* command = app.add_subcommand("lsp", "Serve an editor: diagnostics, hover, completion and fixes");
  command->add_flag("--stdio")->description(
      "Speak over standard input and output, which is all there is; editors say so");
  command->footer(
      "Speaks the Language Server Protocol 3.17 and is started by the editor. Asks no DNS.\n"
      "Exit: 0 after the editor's \"shutdown\", else 1.");
  return [](const CommonOptions& common) { return lsp_command(common); };
}

}  // namespace rdnsgate::cli
