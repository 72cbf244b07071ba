// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <memory>

#include "cli/frame/commands.h"
#include "cli/judge/mail_record_options.h"

namespace rdnsgate::cli {

Action add_dkim(CLI::App& app) {
  auto options = std::make_shared<MailRecordOptions>();
  auto* command = app.add_subcommand("dkim", "Judge the DKIM key at a selector of a domain");
  options->add_to(*command, true);
  command->footer(
      "Exit: 0 it works, if with warnings, 1 errors, 2 wrong usage, 3 it could not be determined.\n"
      "Example: rdnsgate dkim example.com selector1");
  return [options](const CommonOptions& common) {
    return judge_mail_records(common, *options, "dkim", run::dkim_run);
  };
}

}  // namespace rdnsgate::cli
