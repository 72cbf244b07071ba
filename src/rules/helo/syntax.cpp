// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/helo/syntax.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/text/text.h"

namespace rdnsgate::rules {
namespace {

/// Last labels that no public zone holds: RFC 6761 §6.3 (localhost), RFC 6762 §3 (local), and what resolvers
/// and routers append by default.
constexpr std::array<std::string_view, 9> unqualified_tlds{
    "corp", "home", "internal", "intra", "lan", "local", "localdomain", "localhost", "priv"};

NameFault label_fault(std::string_view label) {
  const auto bad =
      std::find_if(label.begin(), label.end(), [](char c) { return !is_alphanumeric(c) && c != '-'; });
  if (bad != label.end()) {
    return {*bad == '_' ? "underscore" : *bad == ' ' ? "space" : "character", {{"label", label}}};
  }
  if (label.front() == '-') return {"hyphen-first", {{"label", label}}};
  if (label.back() == '-') return {"hyphen-last", {{"label", label}}};
  return {};
}

}  // namespace

bool is_bare_ip(std::string_view helo) { return IpAddress::read(helo).has_value(); }

bool is_literal(std::string_view helo) { return helo.starts_with('['); }

std::optional<IpAddress> literal_address(std::string_view helo) {
  if (!helo.starts_with('[') || !helo.ends_with(']')) return std::nullopt;
  std::string_view inside = helo.substr(1, helo.size() - 2);
  constexpr std::string_view tag = "ipv6:";
  const bool tagged = ascii_lower(inside.substr(0, tag.size())) == tag;
  if (tagged) inside.remove_prefix(tag.size());
  const auto address = IpAddress::read(inside);
  if (!address || address->is_v6() != tagged) return std::nullopt;
  return *address;
}

NameFault syntax_fault(const dns::Name& name) {
  for (const auto label : name.labels()) {
    if (auto fault = label_fault(label); !fault.empty()) return fault;
  }
  return {};
}

NameFault qualification_fault(const dns::Name& name) {
  const auto labels = name.labels();
  if (labels.empty()) return {};
  const auto last = labels.back();
  if (std::find(unqualified_tlds.begin(), unqualified_tlds.end(), last) != unqualified_tlds.end()) {
    return {"no-public-domain", {{"label", last}}};
  }
  return labels.size() == 1 ? NameFault{"single-label"} : NameFault{};
}

bool is_host_name(const dns::Name& name) {
  if (name.is_root() || !syntax_fault(name).empty() || !qualification_fault(name).empty()) return false;
  // An IPv6 address has colons, which are no part of a label here; an IPv4 address ends in a number.
  const auto last = name.labels().back();
  return std::any_of(last.begin(), last.end(), [](char c) { return c < '0' || c > '9'; }) ||
         !is_bare_ip(name.text());
}

}  // namespace rdnsgate::rules
