// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <array>
#include <memory>
#include <optional>

#include "base/mapped_address.h"
#include "cli/frame/commands.h"
#include "cli/frame/exit_code.h"
#include "cli/frame/loading_watch.h"
#include "cli/frame/options.h"
#include "cli/frame/refuse.h"
#include "cli/frame/talk.h"
#include "cli/frame/terminal.h"
#include "run/mail/spf_run.h"

namespace rdnsgate::cli {
namespace {

using mailauth::SpfResult;

constexpr std::size_t longest_argument = 1024;  // RFC 5321 §4.5.3.1 allows a quarter of that

struct SpfCommand {
  std::string ip, sender, helo, resolver, receiver = "unknown", format = "text";
  std::optional<std::string> explanation;
  CLI::Option* helo_option = nullptr;
  AskOptions ask;
};

/// `127.0.0.1@5353`, as dig and drill write it, as `127.0.0.1#5353`.
Result<std::string> resolver_of(std::string text) {
  const auto at = text.find_first_of("@#");
  if (const auto address = IpAddress::parse(text.substr(0, at)); !address)
    return fail("--resolver: " + address.error().message, address.error().hint);
  if (at != std::string::npos) text[at] = '#';
  return text;
}

Result<void> check_lengths(const SpfCommand& options) {
  const std::array<std::pair<std::string_view, std::string_view>, 3> arguments{
      {{"--sender", options.sender}, {"--helo", options.helo}, {"--receiver", options.receiver}}};
  for (const auto& [option, text] : arguments) {
    if (text.size() > longest_argument)
      return fail(fmt::format("{} has {} octets", option, text.size()),
                  fmt::format("no server takes more than {}", longest_argument));
  }
  return {};
}

Result<run::SpfRequest> request_of(const SpfCommand& options, const CommonOptions& common) {
  auto clock = common.clock();
  if (!clock) return tl::unexpected(clock.error());
  const auto ip = parse_with_mapped(options.ip);
  if (!ip) return fail("--ip: " + ip.error().message, ip.error().hint);
  if (const auto fit = check_lengths(options); !fit) return tl::unexpected(fit.error());
  if (options.sender.ends_with('>') && !options.sender.starts_with('<'))
    return fail("--sender: a name stands before the address", "give the address alone, such as joe@example.com");
  if (options.sender.empty() && options.helo_option->count() == 0)
    return fail("there is nothing to check: neither --sender nor --helo is given",
                "such as --sender joe@example.com, or --helo mx1.example.com for its own record");
  auto asking = options.ask.asking();
  if (!asking) return tl::unexpected(asking.error());
  if (!options.resolver.empty()) {
    auto resolver = resolver_of(options.resolver);
    if (!resolver) return tl::unexpected(resolver.error());
    asking->vantages = {std::move(*resolver)};
  }
  if (asking->vantages.size() > 1)
    return fail("an evaluation asks one resolver", "give --resolver or --vantage once");
  return run::SpfRequest{
      std::move(*clock), *ip, options.sender, options.helo, options.receiver, options.explanation,
      std::move(*asking)};
}

int exit_of(const report::SpfDocument& document) {
  if (document.result == SpfResult::pass) return exit_pass;
  return document.result == SpfResult::temperror ? exit_inconclusive : exit_findings;
}

int spf(const CommonOptions& common, const SpfCommand& options) {
  Terminal terminal(common.color, common.quiet, common.verbose);
  const auto request = request_of(options, common);
  if (!request) return refuse(terminal, request.error());
  LoadingWatch watch(request->asking.deadline, options.ask.deadline);
  Talk talk(terminal, &watch);
  const auto made = run::spf_run(*request, talk);
  if (!made) return refuse(terminal, made.error());
  const auto text = options.format == "json"
                        ? report::render_spf_json(*made)
                        : report::render_spf_text(*made, terminal.color(), terminal.quiet());
  if (terminal.print(text)) return exit_of(*made);
  return refuse(terminal, {"standard output takes no more: the evaluation is incomplete"});
}

}  // namespace

Action add_spf(CLI::App& app) {
  auto options = std::make_shared<SpfCommand>();
  options->ask.deadline = "20s";  // RFC 7208 §4.6.4
  auto* command = app.add_subcommand("spf", "Evaluate SPF as a receiver does, and show which term decides");
  command->add_option("--ip", options->ip, "The address that a client connects from")
      ->type_name("ADDRESS")
      ->required()
      ->allow_extra_args(false);
  command
      ->add_option("--sender", options->sender,
                   "What it says in MAIL FROM; empty for the null sender: the HELO name is checked then")
      ->type_name("MAILBOX")
      ->allow_extra_args(false);
  options->helo_option = command->add_option("--helo", options->helo, "What it says in HELO or EHLO");
  options->helo_option->type_name("NAME")->allow_extra_args(false);
  command->add_option("--receiver", options->receiver, "What %{r} stands for in an explanation")
      ->type_name("NAME")
      ->capture_default_str();
  command
      ->add_option("--default-explanation", options->explanation,
                   "The explanation of a fail to which the domain gives none")
      ->type_name("TEXT");
  command->add_option("-f,--format", options->format, "What to print on standard output: text or json")
      ->capture_default_str()
      ->check(CLI::IsMember({"text", "json"}));
  options->ask.add_to(*command);
  auto* resolver =
      command->add_option("--resolver", options->resolver,
                          "Ask this resolver, at ADDRESS or ADDRESS@PORT; else the one that walks from the "
                          "root");
  resolver->type_name("ADDRESS")->allow_extra_args(false);
  for (const auto* other : {"--vantage", "--zone-files", "--replay"})
    resolver->excludes(command->get_option(other));
  command->footer(
      "Exit: 0 pass, 1 another result, 2 wrong usage, 3 temperror: it could not be determined.\n"
      "Example: rdnsgate spf --ip 192.0.2.10 --sender joe@example.com --helo mx1.example.com");
  return [options](const CommonOptions& common) { return spf(common, *options); };
}

}  // namespace rdnsgate::cli
