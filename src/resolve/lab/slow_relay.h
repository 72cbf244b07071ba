// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "base/duration.h"
#include "base/ip.h"
#include "base/result.h"

namespace rdnsgate::resolve {

/// Makes a server slow: a process that hands on what comes to port 53 of `front` to that of `server`, over UDP and TCP, and
/// holds each answer back until the question is so old. For an Enclosure, with which it ends.
Result<void> start_slow_relay(const IpAddress& front, const IpAddress& server, milliseconds delay);

}  // namespace rdnsgate::resolve
