// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <array>
#include <string_view>

#include "audit/findings.h"
#include "dns/name.h"
#include "inventory/model/model.h"

namespace rdnsgate::rules {

/// What is wrong with a name, by the key of one of `name_faults`; of a name that is right the key is empty.
struct NameFault {
  std::string_view key{};
  audit::Values values{};

  bool empty() const { return key.empty(); }
};

/// How the rules about names word it.
inline constexpr std::array name_faults{
    audit::Wording{.key = "underscore", .detail = "the label \"{label}\" has an underscore"},
    audit::Wording{.key = "space", .detail = "the label \"{label}\" has a space"},
    audit::Wording{
        .key = "character",
        .detail = "the label \"{label}\" has a character that is neither letter, digit nor hyphen"},
    audit::Wording{.key = "hyphen-first", .detail = "the label \"{label}\" begins with a hyphen"},
    audit::Wording{.key = "hyphen-last", .detail = "the label \"{label}\" ends with a hyphen"},
    audit::Wording{.key = "no-public-domain", .detail = "\"{label}\" is no domain of the public DNS"},
    audit::Wording{.key = "single-label", .detail = "it is a single label"},
    audit::Wording{.key = "no-literal", .detail = "it is no address literal"},
    audit::Wording{.key = "unreadable", .detail = "{problem}"},
    audit::Wording{.key = "no-ascii", .detail = "it has octets beyond ASCII"},
    audit::Wording{
        .key = "reserved-hyphens",
        .detail = "the label \"{label}\" has hyphens at its third and fourth place, which is reserved"},
    audit::Wording{.key = "no-idn", .detail = "the label \"{label}\" encodes no internationalised label"},
    audit::Wording{.key = "reverse-zone",
                   .detail = "a name written without its final dot gets the reverse zone appended"},
    audit::Wording{.key = "arpa", .detail = "arpa holds no hosts"},
    audit::Wording{.key = "root", .detail = "it is the root"},
    audit::Wording{.key = "address", .detail = "it is an address, not a name"},
    audit::Wording{.key = "number", .detail = "its top-level domain \"{label}\" is a number"},
    audit::Wording{.key = "special-use", .detail = "\"{label}\" is set aside, and no public zone holds it"},
    audit::Wording{.key = "internal", .detail = "the public DNS has no \"{label}\""},
};

/// What a judgement says of it, put behind its other values.
inline audit::Args with_fault(NameFault fault, audit::Args args) {
  args.wording = fault.key;
  for (auto& value : fault.values) args.values.push_back(std::move(value));
  args.values.emplace_back("fault", fault.key);
  return args;
}

}  // namespace rdnsgate::rules
