// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <string_view>

#include "dns/rrset.h"

namespace rdnsgate::dns {

/// The octets that rdata_text() or rdata_generic() wrote so. Fails on what is no data of that type.
Result<std::string> parse_rdata(RrType type, std::string_view text);

/// A text from which parse_rdata() makes these very octets: that of rdata_text(), and the generic form for
/// data of which that one leaves something out (a TXT string cut short, an upper-case name).
std::string exact_rdata_text(RrType type, const std::string& rdata);

}  // namespace rdnsgate::dns
