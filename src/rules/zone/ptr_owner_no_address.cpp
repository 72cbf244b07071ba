// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/ascii.h"
#include "rules/zone/rules.h"

namespace rdnsgate::rules {
namespace {

using Labels = std::vector<std::string>;

constexpr std::size_t octets = 4, nibbles = 32;

bool is_made_of(const std::string& label, std::string_view digits) {
  return label.find_first_not_of(digits) == std::string::npos;
}

/// `b._dns-sd._udp` (RFC 6763 §11).
bool is_service(const std::string& label) { return label.starts_with('_'); }

/// A wording and what it names; none where the labels may be an address.
struct OwnerFault {
  std::string_view wording{};
  std::string label{};
  std::size_t count = 0;
};

/// What keeps these labels, the last octet first, from being an address. A label that is no number may be a
/// customer's part of a network, which aliases point to (RFC 2317 §4).
OwnerFault fault_of_v4(const Labels& labels) {
  if (!std::all_of(labels.begin(), labels.end(),
                   [](const auto& one) { return is_made_of(one, "0123456789"); }))
    return {};
  for (const auto& label : labels) {
    if (label.size() > 1 && label.front() == '0') return {"zero", label};
    if (label.size() > 3 || std::stoi(label) > 255) return {"octet", label};
  }
  if (labels.size() == octets) return {};
  return {"octets", {}, labels.size()};
}

OwnerFault fault_of_v6(const Labels& labels) {
  constexpr std::string_view digits = "0123456789abcdef:";
  if (!std::all_of(labels.begin(), labels.end(), [&](const auto& one) { return is_made_of(one, digits); }))
    return {};
  for (const auto& label : labels) {
    if (label.size() > 1) return {"nibble", label};
  }
  if (labels.size() == nibbles) return {};
  return {"nibbles", {}, labels.size()};
}

/// Where what stands before the origin is an address as it is written, the name that it has in the DNS.
std::string turned_round(const dns::Name& owner, const dns::Name& origin) {
  auto written = owner.text();
  written.resize(written.size() - std::min(written.size(), origin.text().size() + 1));
  const auto address = IpAddress::read(written);
  return address ? dns::reverse_name(*address).fqdn() : std::string();
}

}  // namespace

void judge_zone_ptr_owner_no_address(const audit::ZoneTextCase& c, audit::Findings& findings) {
  const dns::Name& origin = c.text.zone.origin;
  const auto v4 = dns::Name::parse("in-addr.arpa.").value(), v6 = dns::Name::parse("ip6.arpa.").value();
  const bool is_v6 = origin.is_within(v6);
  if (!is_v6 && !origin.is_within(v4)) return;
  for (const auto& record : c.text.records) {
    if (record.type != dns::RrType::PTR || record.owner == origin) continue;
    Labels labels;
    for (const auto label : record.owner.labels()) labels.emplace_back(label);
    labels.resize(labels.size() - 2);
    if (labels.empty() || labels.front() == "*" || std::any_of(labels.begin(), labels.end(), is_service))
      continue;
    const auto fault = is_v6 ? fault_of_v6(labels) : fault_of_v4(labels);
    if (fault.wording.empty()) continue;
    const auto right = turned_round(record.owner, origin);
    audit::Args args{.values = {{"owner", record.owner}}, .wording = fault.wording, .at = c.at(record)};
    if (!right.empty()) {
      args.wording = "turned";
      args.values.emplace_back("right", right);
    } else if (fault.count > 0) {
      args.values.emplace_back("count", fault.count);
    } else {
      args.values.emplace_back("label", fault.label);
    }
    findings.add(std::move(args));
  }
}

}  // namespace rdnsgate::rules
