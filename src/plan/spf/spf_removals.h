// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "plan/spf/spf_records.h"

namespace rdnsgate::plan {

/// Adds the removal of terms that name an address which is retired.
void remove_addresses_from_spf(const Picture& picture, SpfRecords& records, Goals& goals);

/// The same of terms whose name nothing has any more, once it is known what names give up.
void remove_names_from_spf(const Picture& picture, SpfRecords& records, Goals& goals);

}  // namespace rdnsgate::plan
