// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "audit/subject/domain.h"
#include "mailauth/records/dmarc_discovery.h"

namespace rdnsgate::rules {

/// What holds for mail of the domain; of a domain with a record of its own nothing above it is asked.
mailauth::DmarcDiscovery policy_of(const audit::DomainCase& c);

/// Neither an answer nor a proven denial, or not asked yet.
bool is_open(const audit::DomainCase& c, const mailauth::DmarcStop& stop);

/// The names that decide whether a record holds for the domain: itself, and those above it as far as its
/// organisational domain by the Public Suffix List. What registries publish is asked for, and decides nothing alone.
std::vector<const mailauth::DmarcStop*> deciding(const mailauth::DmarcDiscovery& found);

/// The record that is to be judged for the domain: its own, or what it inherits from a domain that is not declared.
struct JudgedText {
  const mailauth::DmarcStop* stop = nullptr;
  mailauth::DmarcJudgement judged;

  /// The one record there that receivers read; nullptr where there is none, or more than one.
  const mailauth::DmarcRecord* record() const;
};
std::optional<JudgedText> text_of(const audit::DomainCase& c, const mailauth::DmarcDiscovery& found);

/// The hosts that reports go to, each once; of a list without end the first.
std::vector<dns::Name> report_hosts(const mailauth::DmarcRecord& record);

/// `quarantine`; `nothing` where nothing is asked for.
std::string in_words(const std::optional<mailauth::DmarcPolicy>& policy);

/// Nothing is declared to send its mail: nothing in `via`, and no selector.
bool is_parked(const inventory::Domain& domain);

}  // namespace rdnsgate::rules
