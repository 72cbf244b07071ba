// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "base/duration.h"
#include "base/ip.h"
#include "base/result.h"
#include "resolve/lab/programs.h"
#include "resolve/lab/server_settings.h"

namespace rdnsgate::resolve {

/// A name server or a resolver that runs, until this object goes away.
class LabServer {
 public:
  /// Serves these zones, and refuses all others, on port 53 of all of the addresses. `folder`: for what it keeps; it is made.
  static Result<LabServer> serve(const Program& program, const std::filesystem::path& folder,
                                 const std::vector<IpAddress>& addresses,
                                 const std::vector<ServedZone>& zones);
  /// Resolves for everybody from the root that `root_hints` has, and validates with `trust_anchor`: files.
  static Result<LabServer> resolve(const Program& program, const std::filesystem::path& folder,
                                   const IpAddress& address, const std::string& root_hints,
                                   const std::string& trust_anchor);

  LabServer(LabServer&& other) noexcept;
  LabServer& operator=(LabServer&&) = delete;
  ~LabServer();

 private:
  LabServer(pid_t process, std::string name) : process_(process), name_(std::move(name)) {}
  static Result<LabServer> start(const Program& program, const std::filesystem::path& folder,
                                 const std::vector<std::string>& options,
                                 const std::vector<IpAddress>& addresses);
  Result<void> wait_until_it_answers(const std::vector<IpAddress>& addresses,
                                     const std::filesystem::path& log);

  pid_t process_;
  std::string name_;
};

}  // namespace rdnsgate::resolve
