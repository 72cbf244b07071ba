// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "cli/frame/options.h"
#include "run/watch/watch_run.h"

namespace rdnsgate::cli {

/// Options of `watch`.
struct WatchOptions {
  std::vector<std::string> files;
  AskOptions ask;
  std::string quorum, baseline;
  std::string every = "5m", jitter = "10%", recheck = "1m", confirm = "2/3", level = "warning",
              format = "text";
  std::uint64_t looks = 0;
  std::string exec, hook_timeout = "30s", webhook, webhook_secret, webhook_ca, spool, history, metrics,
                    listen, nagios, nagios_service = "/rdnsgate";
  std::vector<std::string> mail_to;
  std::string mail_from, sendmail = "/usr/sbin/sendmail";

  void add_to(CLI::App& command);
  /// What is to be watched, and who is told. Fails where the options make no sense.
  Result<run::WatchRequest> request(const CommonOptions& common) const;
};

/// The name of this machine.
std::string host_name();

}  // namespace rdnsgate::cli
