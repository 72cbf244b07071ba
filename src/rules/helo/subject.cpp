// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/helo/subject.h"

namespace rdnsgate::rules {

audit::Args about_helo(const audit::DeclaredAddress& c, audit::Args args) {
  const bool of_sender = c.sender.helo_name == c.address.helo;
  args.target = of_sender ? audit::Target{audit::TargetKind::sender, c.sender.name}
                          : audit::Target{audit::TargetKind::address, c.address.ip.to_string()};
  args.at = of_sender ? c.sender.helo_at : c.address.at;
  return args;
}

}  // namespace rdnsgate::rules
