// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/subject/domain.h"

namespace rdnsgate::rules {

/// The name of a record about the domain, such as `_mta-sts.example.com`; nullopt where it would be too long to be one.
std::optional<dns::Name> policy_name(const audit::DomainCase& c, std::string_view prefix);

/// A record of optional transport security, as the DNS has it. What could not be looked up is neither there nor
/// missing: it is asked for in passing, and nothing is left open.
struct PolicyTexts {
  dns::Name owner;
  bool known = false;              ///< there are records, or a proven denial
  std::vector<std::string> texts;  ///< those that begin with the version, in any letters
};
PolicyTexts policy_texts(const audit::DomainCase& c, std::string_view prefix, std::string_view version);

/// The value of a field of `name=value; name=value`, without white space around it; nullopt where there is none.
std::optional<std::string> field_in(std::string_view text, std::string_view name);

/// The domain has an MTA-STS record (RFC 8461), or one of its mail hosts has TLSA records: mail to it is to be
/// encrypted. nullopt where neither is found, and one could not be looked up.
std::optional<bool> wants_tls(const audit::DomainCase& c);

/// The TLSA answer of a mail host; nullptr while it is missing, and for a name that is too long to have one.
const dns::Fact* tlsa_of(const audit::DomainCase& c, const dns::Name& host);

inline constexpr std::string_view mta_sts_prefix = "_mta-sts.", mta_sts_version = "v=STSv1";
inline constexpr std::string_view tls_rpt_prefix = "_smtp._tls.", tls_rpt_version = "v=TLSRPTv1";

}  // namespace rdnsgate::rules
