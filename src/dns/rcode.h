// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>

namespace rdnsgate::dns {

/// `SERVFAIL`, or `rcode 11` for one that is not met as a failure.
std::string rcode_name(unsigned rcode);

}  // namespace rdnsgate::dns
