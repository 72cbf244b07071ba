// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ip.h"
#include "mailauth/spf/spf_record.h"

namespace rdnsgate::plan {

/// Edits of the SPF record (RFC 7208 §4.5) in the record data of a TXT RRset, sorted wire format. What is not
/// edited stays as it is, in the record and beside it. Without exactly one SPF record nothing is listed and
/// nothing is changed.

/// True where a term that passes names this very address.
bool spf_lists(const std::vector<std::string>& rdata, const IpAddress& ip);

/// With a term for the address, beside the last address or block that passes and, in any case, before the
/// first term that may say anything but pass, or ends the record. The same where it stands there already.
std::vector<std::string> spf_with(std::vector<std::string> rdata, const IpAddress& ip);

/// The term that names this very address: `ip4:192.0.2.1`.
std::string spf_term_of(const IpAddress& ip);

/// Without the terms that name this very address.
std::vector<std::string> spf_without(std::vector<std::string> rdata, const IpAddress& ip);

/// The record, read; nullopt where there is not exactly one, or one that breaks the grammar.
std::optional<mailauth::SpfRecord> spf_record_in(const std::vector<std::string>& rdata);

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
