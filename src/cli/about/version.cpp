// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "cli/frame/version_text.h"

#include <fmt/format.h>
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <CLI/Version.hpp>

#include <string>
#include <string_view>
#include <utility>

#include "base/version.h"
#include "cli/frame/commands.h"
#include "cli/frame/exit_code.h"
#include "cli/frame/options.h"
#include "cli/frame/terminal.h"
#include "dns/ldns_record.h"
#include "dns/snapshot/gzip.h"
#include "logs/log_source.h"
#include "resolve/adapters/unbound.h"
#include "resolve/net/tls.h"
#include "run/git/git_version.h"
#include "yaml/reader.h"

namespace rdnsgate::cli {

std::string version_text() {
  const std::pair<std::string_view, std::string> libraries[] = {{"libunbound", resolve::unbound_version()},
                                                                {"ldns", dns::ldns_library_version()},
                                                                {"OpenSSL", resolve::openssl_version()},
                                                                {"libevent", resolve::libevent_version()},
                                                                {"libyaml", yaml::libyaml_version()},
                                                                {"zlib", dns::zlib_in_use()},
                                                                {"zstd", logs::zstd_in_use()},
                                                                {"libgit2", run::git_version()},
                                                                {"CLI11", CLI11_VERSION}};
  std::string text = fmt::format("rdnsgate {}\n", version);
  for (const auto& [name, number] : libraries)
    text += fmt::format("  {:<10} {}\n", name, number.empty() ? "not installed" : number);
  return text;
}

Action add_version(CLI::App& app) {
  app.add_subcommand("version", "Print the version, and those of the libraries that are in use");
  return [](const CommonOptions& common) {
    return Terminal(common.color, common.quiet).print(version_text()) ? exit_pass : exit_usage;
  };
}

}  // namespace rdnsgate::cli
