// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <memory>

#include "cli/frame/commands.h"
#include "cli/judge/mail_record_options.h"

namespace rdnsgate::cli {

Action add_dmarc(CLI::App& app) {
  auto options = std::make_shared<MailRecordOptions>();
  auto* command = app.add_subcommand("dmarc", "Judge the DMARC record that holds for a domain");
  options->add_to(*command, false);
  command->footer(
      "Exit: 0 it works, if with warnings, 1 errors, 2 wrong usage, 3 it could not be determined.\n"
      "Example: rdnsgate dmarc example.com");
  return [options](const CommonOptions& common) {
    return judge_mail_records(common, *options, "dmarc", run::dmarc_run);
  };
}

}  // namespace rdnsgate::cli
