// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "dns/facts/fact_store.h"
#include "mailauth/spf/spf_answers.h"

namespace rdnsgate::mailauth {

/// What facts say for an evaluation. An alias whose end the server left out is followed by questions of its own. Where
/// `offline`, what was left unanswered is not known: nobody was asked. Else it failed, as everything does that is
/// neither an answer nor a denial.
SpfLookup spf_lookup(dns::FactDesk& desk, const dns::Name& name, dns::RrType type, bool offline);

}  // namespace rdnsgate::mailauth
