// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// One host that is to get another name, and the DNS before: n0.mail.example.
#pragma once

#include <string>

#include "plan/lab.h"

namespace rdnsgate::plan::test {

inline Inventory estate(const std::string& host) {
  Builder builder;
  builder.zone("2.0.192.in-addr.arpa").zone("mail.example");
  builder.address("mx1", "192.0.2.10", host, host);
  return builder.build();
}

inline Dns live() {
  Dns dns;
  dns.zone("2.0.192.in-addr.arpa").zone("mail.example");
  return dns.ptr("192.0.2.10", 86400, {"n0.mail.example"}).a("n0.mail.example", 86400, {"192.0.2.10"});
}

}  // namespace rdnsgate::plan::test
