// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <map>
#include <string>
#include <vector>

#include "dns/facts/fact_store.h"
#include "dns/facts/vantage.h"
#include "plan/plan.h"

namespace rdnsgate::plan {

/// By zone: the data of its SOA record, of the server that is farthest ahead.
using CurrentSoas = std::map<Name, std::string>;
/// Of the zones whose SOA record the phases change.
CurrentSoas current_soas(const Plan& plan, const std::vector<std::size_t>& phases,
                         const dns::FactStore& facts, dns::VantageIndex vantage,
                         const dns::VantageInfo& info);

/// As nsupdate_script, with the SOA record of this moment: MINIMUM is changed only where its zone's is known, as that
/// takes the next serial. `soa` may be nullptr.
std::string nsupdate_script_with(const Plan& plan, std::size_t phase, const Name& zone, bool rollback,
                                 const std::string* soa);

}  // namespace rdnsgate::plan
