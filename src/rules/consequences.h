// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <array>
#include <string_view>

namespace rdnsgate::rules {

/// Findings of `rule` are gone once those of `of` about the same address, or the same name, are fixed: a report shows
/// them there. Only what is so by necessity; what often comes together stays apart.
struct Consequence {
  std::string_view rule, of;
};

/// A name that has no address fails each look-up of it. Of a PTR record that names another host than it should,
/// everything else that is wrong with that name goes with it, and with PTR records that are too many, what is wrong for
/// their number. tests/rules/registry_test.cpp holds that all of these are rules.
inline constexpr std::array consequences{
    Consequence{"dual-helo-single-family", "fcrdns-no-forward"},
    Consequence{"fcrdns-mismatch", "ptr-mismatch"},
    Consequence{"fcrdns-no-forward", "ptr-mismatch"},
    Consequence{"fcrdns-partial", "ptr-extra"},
    Consequence{"helo-alias-loop", "fcrdns-alias-loop"},
    Consequence{"helo-unresolvable", "fcrdns-no-forward"},
    Consequence{"ptr-domain-unrelated", "ptr-mismatch"},
    Consequence{"ptr-generic", "ptr-mismatch"},
    Consequence{"ptr-invalid-hostname", "ptr-mismatch"},
    Consequence{"ptr-multiple", "ptr-extra"},
    Consequence{"ptr-name-nonstandard", "ptr-mismatch"},
    Consequence{"ptr-not-fqdn", "ptr-mismatch"},
    Consequence{"ptr-numeric-tld", "ptr-mismatch"},
    Consequence{"ptr-provider-default", "ptr-mismatch"},
    Consequence{"ptr-special-use-name", "ptr-mismatch"},
    Consequence{"ptr-target-cname", "ptr-mismatch"},
    Consequence{"ptr-target-in-arpa", "ptr-mismatch"},
    Consequence{"ptr-too-many", "ptr-extra"},
};

}  // namespace rdnsgate::rules
