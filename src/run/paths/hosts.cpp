// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/paths/hosts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "audit/subject/address.h"
#include "base/address_ranges.h"
#include "rules/helo/syntax.h"

namespace rdnsgate::run {
namespace {

using inventory::Address;
using report::PathPart;
using report::PathState;

bool has(const std::vector<IpAddress>& sorted, const IpAddress& ip) {
  return std::binary_search(sorted.begin(), sorted.end(), ip);
}

dns::RrType type_of(const IpAddress& ip) { return ip.is_v4() ? dns::RrType::A : dns::RrType::AAAA; }

/// What Exim takes by default, and RFC 5321 §4.1.2 allows at most: between brackets an address (§4.1.3), and no other text.
bool has_helo_characters(std::string_view helo) {
  if (rules::literal_address(helo)) return true;
  return std::all_of(helo.begin(), helo.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
  });
}

/// The graver of two.
bool is_worse(PathState a, PathState b) {
  constexpr std::array<int, 4> weight{0, 3, 2, 1};  // good, bad, unknown, unjudged
  return weight[static_cast<std::size_t>(a)] > weight[static_cast<std::size_t>(b)];
}

}  // namespace

HostJudge::HostJudge(const inventory::Inventory& inventory) : inventory_(inventory) {
  for (const auto& address : inventory.addresses) {
    if (!address.helo.is_root()) said_by_[address.helo].push_back(address.ip);
    for (const auto& name : address.other_helos) said_by_[name].push_back(address.ip);
  }
  for (auto& [name, addresses] : said_by_) std::sort(addresses.begin(), addresses.end());
}

HostIdentity HostJudge::judge(const Address& address, dns::FactDesk& desk, Signs& signs) const {
  HostIdentity host;
  judge_ptr(address, desk, host, signs);
  host.helo = judge_helo(address, desk, signs);
  return host;
}

void HostJudge::judge_ptr(const Address& address, dns::FactDesk& desk, HostIdentity& host,
                          Signs& signs) const {
  signs.confirmed = Tri::unknown;
  const auto* found = desk.get(dns::reverse_name(address.ip), dns::RrType::PTR);
  if (found == nullptr) return;
  if (!is_definite(found->outcome)) {
    const auto why = why_unknown(*found, is_outside(*found) ? "the reverse name" : "the PTR record");
    host.ptr = {PathState::unknown, "unknown", why};
    host.fcrdns = {PathState::unknown, "unknown", "it depends on the PTR record"};
    return;
  }
  const auto targets = found->targets();
  if (targets.empty()) {
    signs.confirmed = Tri::no;
    host.ptr = {PathState::bad, "missing", fmt::format("no PTR record ({})", denial(found->outcome))};
    host.fcrdns = {PathState::bad, "no-ptr", "there is no PTR record to confirm"};
    return;
  }
  for (const auto& name : targets) {
    if (host.ptr.names.size() < 3) host.ptr.names.push_back(name.text());
  }
  const bool is_declared =
      address.ptr.is_root() || std::find(targets.begin(), targets.end(), address.ptr) != targets.end();
  host.ptr.state = is_declared && targets.size() == 1 ? PathState::good : PathState::bad;
  host.ptr.word = !is_declared ? "other" : targets.size() > 1 ? "several" : "declared";
  if (!is_declared) host.ptr.detail = "not the name that is declared";
  if (is_declared && targets.size() > 1)
    host.ptr.detail = fmt::format("{} names: which one a receiver takes is chance", targets.size());

  std::size_t confirmed = 0, resolved = 0, looked_at = 0;
  const dns::Fact* failed = nullptr;
  bool missing = false;
  for (const auto& name : targets) {
    if (looked_at++ == audit::AddressCase::max_targets) break;
    const auto* forward = desk.get(name, type_of(address.ip));
    if (forward == nullptr) {
      missing = true;
    } else if (!is_definite(forward->outcome)) {
      failed = forward;
    } else {
      const auto addresses = forward->addresses();
      if (!addresses.empty()) ++resolved;
      if (has(addresses, address.ip)) ++confirmed;
    }
  }
  if (missing) return;
  const auto* type = address.ip.is_v4() ? "A" : "AAAA";
  auto& part = host.fcrdns;
  if (confirmed > 0) {
    signs.confirmed = Tri::yes;
    const bool all = confirmed == targets.size();
    part = {all                 ? PathState::good
            : failed != nullptr ? PathState::unknown
                                : PathState::bad,
            all ? "confirmed" : "partial",
            all ? std::string()
                : fmt::format("{} of {} PTR names resolve to the address", confirmed, targets.size())};
  } else if (failed != nullptr) {
    part = {
        PathState::unknown, "unknown",
        why_unknown(*failed, is_outside(*failed) ? "the PTR name" : fmt::format("{} of the PTR name", type))};
  } else {
    signs.confirmed = Tri::no;
    part = {PathState::bad, resolved > 0 ? "mismatch" : "no-forward",
            resolved > 0 ? fmt::format("the PTR name has {} records, none of them this address", type)
                         : fmt::format("the PTR name has no {} record", type)};
  }
}

PathPart HostJudge::judge_helo(const Address& address, dns::FactDesk& desk, Signs& signs) const {
  const auto& sender = inventory_.sender_of(address);
  if (!sender.helo_text.empty())
    signs.helo_characters = has_helo_characters(
        sender.helo_name || address.helo.is_root() ? sender.helo_text : address.helo.text());
  if (address.helo.is_root()) {
    if (sender.helo_text.empty()) return {PathState::bad, "missing", "no HELO name is declared"};
    if (rules::literal_address(sender.helo_text))
      return {PathState::bad, "literal", "an address literal in place of a name", {sender.helo_text}};
    return {PathState::bad,
            "invalid",
            rules::is_literal(sender.helo_text) ? "it is no address literal" : "it is no host name",
            {sender.helo_text}};
  }
  auto judged = judge_name(address.helo, address.ip, desk);
  for (const auto& name : address.other_helos) {
    auto other = judge_name(name, address.ip, desk);
    signs.helo_characters = signs.helo_characters && has_helo_characters(name.text());
    judged.resolves = judged.resolves && other.resolves;
    auto names = judged.part.names;
    names.push_back(name.text());
    if (is_worse(other.part.state, judged.part.state)) {
      if (!other.part.detail.empty()) other.part.detail = name.text() + ": " + other.part.detail;
      judged.part = std::move(other.part);
    }
    judged.part.names = std::move(names);
  }
  signs.helo_resolves = judged.resolves;
  return std::move(judged.part);
}

HostJudge::Helo HostJudge::judge_name(const dns::Name& name, const IpAddress& ip, dns::FactDesk& desk) const {
  const std::vector<std::string> names{name.text()};
  if (!rules::is_host_name(name)) return {{PathState::bad, "invalid", "it is no host name", names}, Tri::no};
  const auto *a = desk.get(name, dns::RrType::A), *aaaa = desk.get(name, dns::RrType::AAAA);
  if (a == nullptr || aaaa == nullptr) return {};
  const auto& own = ip.is_v4() ? *a : *aaaa;
  const auto& other = ip.is_v4() ? *aaaa : *a;
  if (!is_definite(own.outcome))
    return {{PathState::unknown, "unknown", why_unknown(own), names}, Tri::unknown};
  const bool has_other = is_positive(other.outcome);
  const auto addresses = own.addresses();
  const std::string_view type = ip.is_v4() ? "A" : "AAAA", other_type = ip.is_v4() ? "AAAA" : "A";
  if (!has(addresses, ip)) {
    if (!addresses.empty())
      return {{PathState::bad, "mismatch",
               fmt::format("its {} records are {}, which the mail does not leave from", type,
                           ranges_text(addresses, 3)),
               names},
              Tri::yes};
    if (has_other)
      return {{PathState::bad, "mismatch", fmt::format("it has {} records only", other_type), names},
              Tri::yes};
    if (!is_definite(other.outcome))
      return {{PathState::bad, "mismatch",
               fmt::format("it has no {} record, and the {}", type, why_unknown(other)), names},
              Tri::unknown};
    const auto* mx = own.outcome == dns::Outcome::nxdomain ? &own : desk.get(name, dns::RrType::MX);
    if (mx == nullptr) return {};
    if (is_positive(mx->outcome))
      return {{PathState::bad, "unresolvable", "it has no address, only an MX record", names}, Tri::yes};
    return {
        {PathState::bad, "unresolvable", fmt::format("it has no address ({})", denial(own.outcome)), names},
        is_definite(mx->outcome) ? Tri::no : Tri::unknown};
  }
  if (!is_definite(other.outcome))
    return {{PathState::unknown, "unknown", why_unknown(other), names}, Tri::yes};
  if (const auto more = strangers(name, *a, *aaaa); !more.empty())
    return {{PathState::bad, "inconsistent",
             fmt::format("it also has {}, {} not declared with this HELO name", ranges_text(more, 3),
                         more.size() == 1 ? "which is" : "which are"),
             names},
            Tri::yes};
  return {{PathState::good, "consistent", "", names}, Tri::yes};
}

std::vector<IpAddress> HostJudge::strangers(const dns::Name& name, const dns::Fact& a,
                                            const dns::Fact& aaaa) const {
  std::vector<IpAddress> more;
  const auto found = said_by_.find(name);
  for (const auto* fact : {&a, &aaaa}) {
    for (const auto& ip : fact->addresses()) {
      if (found == said_by_.end() || !has(found->second, ip)) more.push_back(ip);
    }
  }
  return more;
}

}  // namespace rdnsgate::run
