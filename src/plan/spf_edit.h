// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/ip.h"

namespace rdnsgate::plan {

/// Edits of the SPF record (RFC 7208 §4.5) in the record data of a TXT RRset, sorted wire format. Only `ip4:`
/// and `ip6:` terms without a qualifier or with `+` are understood; everything else in the record, and every
/// other TXT record, stays as it is. Without exactly one SPF record nothing is listed and nothing is changed.

/// True where the record names this very address.
bool spf_lists(const std::vector<std::string>& rdata, const IpAddress& ip);

/// True where an address or a block of the record holds this address.
bool spf_covers(const std::vector<std::string>& rdata, const IpAddress& ip);

/// With a term for the address before the first that ends the record's list (`all` or a modifier). The same
/// where the record covers the address already.
std::vector<std::string> spf_with(std::vector<std::string> rdata, const IpAddress& ip);

/// Without the terms that name this very address.
std::vector<std::string> spf_without(std::vector<std::string> rdata, const IpAddress& ip);

/// The same of any mechanisms, such as `include:spf.relay.example`, one or several with spaces between,
/// compared without regard to case and to a leading `+`. False, and as it was, without exactly one SPF
/// record.
bool has_spf_record(const std::vector<std::string>& rdata);
/// It has all of them.
bool spf_has_terms(const std::vector<std::string>& rdata, std::string_view terms);
std::vector<std::string> spf_with_terms(std::vector<std::string> rdata, std::string_view terms);
/// Without any of them.
std::vector<std::string> spf_without_terms(std::vector<std::string> rdata, std::string_view terms);

/// Those of `terms` that are not among the others.
std::string spf_terms_besides(std::string_view terms, const std::vector<std::string>& others);

}  // namespace rdnsgate::plan
