// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

namespace rdnsgate::draft {

/// A relay that many use, and the DKIM selectors that it has its customers publish: good for a guess, and no more.
struct KnownRelay {
  std::string_view include;  ///< the domain that SPF records include
  std::span<const std::string_view> selectors;
};

namespace known {
inline constexpr std::array<std::string_view, 1> google{"google"};
inline constexpr std::array<std::string_view, 2> microsoft{"selector1", "selector2"};
inline constexpr std::array<std::string_view, 2> sendgrid{"s1", "s2"};
inline constexpr std::array<std::string_view, 3> mailchimp{"k1", "k2", "k3"};
inline constexpr std::array<std::string_view, 5> mailgun{"k1", "mx", "smtp", "pic", "mailo"};
inline constexpr std::array<std::string_view, 2> zendesk{"zendesk1", "zendesk2"};
}  // namespace known

inline constexpr std::array known_relays{
    KnownRelay{"_spf.google.com", known::google}, KnownRelay{"spf.protection.outlook.com", known::microsoft},
    KnownRelay{"sendgrid.net", known::sendgrid},  KnownRelay{"servers.mcsv.net", known::mailchimp},
    KnownRelay{"mailgun.org", known::mailgun},    KnownRelay{"mail.zendesk.com", known::zendesk},
};

/// None for a relay that is not known, or whose selectors are others for each customer.
inline std::span<const std::string_view> known_selectors(std::string_view include) {
  const auto found = std::find_if(known_relays.begin(), known_relays.end(),
                                  [&](const KnownRelay& one) { return one.include == include; });
  return found == known_relays.end() ? std::span<const std::string_view>() : found->selectors;
}

}  // namespace rdnsgate::draft
