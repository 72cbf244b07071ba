// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <vector>

#include "cli/frame/options.h"
#include "run/mail/mail_records.h"

namespace CLI {
class Option;
}

namespace rdnsgate::cli {

/// Options of the commands that judge the mail records of a domain.
struct MailRecordOptions {
  AskOptions asking;
  std::vector<std::string> resolvers;
  std::string format = "text", record;
  std::string domain, selector;
  CLI::Option* given_record = nullptr;

  void add_to(CLI::App& command, bool with_selector);
};

/// Looks the records up by `run`, or judges what was handed over, and prints it. Returns the exit code.
int judge_mail_records(const CommonOptions& common, const MailRecordOptions& options, std::string_view kind,
                       run::Attempt<report::RecordDocument> (*run)(const run::RecordRequest&,
                                                                   run::Listener&));

}  // namespace rdnsgate::cli
