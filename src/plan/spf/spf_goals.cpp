// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/spf/spf_goals.h"

#include "plan/spf/spf_additions.h"
#include "plan/spf/spf_records.h"
#include "plan/spf/spf_removals.h"

namespace rdnsgate::plan {

void derive_spf(const Inventory& now, const Inventory* base, const Picture& picture, Goals& goals) {
  SpfRecords records(now, base, picture, goals);
  remove_addresses_from_spf(picture, records, goals);
  add_to_spf(picture, records, goals);
  remove_names_from_spf(picture, records, goals);
}

}  // namespace rdnsgate::plan
