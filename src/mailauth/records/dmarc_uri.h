// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <vector>

#include "dns/name.h"
#include "mailauth/records/reason.h"
#include "mailauth/records/tag_list.h"

namespace rdnsgate::mailauth {

/// A destination of reports: an address of rua= or ruf=.
struct DmarcDestination {
  std::string tag;      ///< `rua` or `ruf`
  std::string address;  ///< `reports@example.com`
  dns::Name host;
  Place at;
};

/// Judges the list of a rua= or ruf= tag, and adds what reports can be sent to. False where none of it is a URI by
/// its syntax.
bool judge_destinations(const Tag& tag, std::vector<DmarcDestination>& destinations, Reasons& reasons);

}  // namespace rdnsgate::mailauth
