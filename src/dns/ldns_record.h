// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "dns/rrset.h"
#include "dns/ldns_headers.h"

namespace rdnsgate::dns {

using LdnsRecord = std::unique_ptr<ldns_rr, decltype(&ldns_rr_free)>;

/// The record as ldns has it; null where it cannot be read.
LdnsRecord ldns_record(const Name& owner, RrType type, std::uint32_t ttl, const std::string& rdata);

/// The data of a record that ldns has, in wire format as it stands there.
std::string ldns_rdata(const ldns_rr& record);

/// Of the ldns that is in use, such as `1.8.3`.
std::string ldns_library_version();

}  // namespace rdnsgate::dns
