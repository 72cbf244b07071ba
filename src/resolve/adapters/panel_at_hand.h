// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "dns/facts/vantage.h"

namespace rdnsgate::resolve {

/// Vantages that ask nobody, as every answer is at hand: `answer` gives it when the event loop is served.
std::unique_ptr<dns::Panel> make_panel_at_hand(std::vector<dns::VantageInfo> vantages,
                                               std::function<dns::Fact(const dns::Question&)> answer);

}  // namespace rdnsgate::resolve
