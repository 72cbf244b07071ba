// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <vector>

#include "base/ip.h"
#include "dns/facts/fact_store.h"
#include "dns/name.h"

namespace rdnsgate::run {

/// Where mail for a domain goes, in the order in which it is tried (RFC 5321 §5.1).
struct MailServers {
  struct Host {
    dns::Name name;
    std::vector<IpAddress> v4, v6;
    std::string failure_v4, failure_v6;  ///< why the addresses of a family are not known; empty: they are
  };
  std::vector<Host> hosts;
  std::string nobody;  ///< why there is no host at all: a null MX, no such domain, or a lookup that failed
};

/// Notes in the desk what is missing; what is returned counts once nothing is.
MailServers find_mail_servers(dns::FactDesk& desk, const dns::Name& domain);

}  // namespace rdnsgate::run
