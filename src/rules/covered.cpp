// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/covered.h"

#include <algorithm>
#include <array>

namespace rdnsgate::rules {
namespace {

constexpr std::array covered_names{
    Covered{"addr-duplicate", "", "inventory-duplicate",
            "an address that is declared twice keeps the inventory from being read"},
    Covered{"addr-invalid", "", "inventory-value",
            "what is no address keeps the inventory from being read: a leading zero, a zone id, a port, an "
            "IPv4-mapped address"},
    Covered{"addr-outside-owned-prefix", "", "inventory-reference",
            "an address in none of the declared reverse zones keeps the inventory from being read, once a "
            "reverse zone of its family is declared"},
    Covered{"addr-unused-in-mx-or-spf", "spf-ip-not-covered", "",
            "an address of a path that no SPF record lets through is reported there"},
    Covered{"dbl-lookup-failed", "dnsbl-lookup-failed", "", "lists of names are treated there as well"},
    Covered{"deleg-parent-ttl", "ttl-parent-ns-long", "",
            "the TTL of the NS and DS records at the parent is judged there; a plan waits for it as well"},
    Covered{
        "leak-view-differs-undeclared", "resolver-split-view", "",
        "an internal view that differs from the public one and is not declared under `internal` is reported "
        "there"},
    Covered{
        "ptr-name-too-long", "", "inventory-value",
        "a name beyond 255 octets, or with a label beyond 63, keeps the inventory from being read; no answer "
        "can hold one"},
    Covered{"ttl-inconsistent-pair", "fcrdns-ttl-skew", "",
            "the TTLs of a PTR record and of the record that confirms it are compared there"},
    Covered{"ttl-not-lowered", "", "",
            "a plan lowers TTLs before a change, and waits until the old ones have run out: rdnsgate plan"},
};

static_assert(std::is_sorted(covered_names.begin(), covered_names.end(),
                             [](const auto& a, const auto& b) { return a.name < b.name; }));

}  // namespace

std::span<const Covered> covered() { return covered_names; }

const Covered* find_covered(std::string_view name) {
  const auto* const found = std::find_if(covered_names.begin(), covered_names.end(),
                                         [&](const auto& one) { return one.name == name; });
  return found == covered_names.end() ? nullptr : found;
}

}  // namespace rdnsgate::rules
