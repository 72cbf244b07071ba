// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <algorithm>

#include "rules/alias_circle.h"
#include "rules/denial.h"
#include "rules/helo/rules.h"
#include "rules/helo/subject.h"
#include "rules/helo/syntax.h"

namespace rdnsgate::rules {
namespace {

/// Both families were asked for here, once for the name. Whether it is a host name at all is asked last: it
/// is, nearly always, and costs more.
bool is_asked_once_here(const audit::AddressCase& c) {
  return c.address.first_with_helo && c.helo != nullptr && c.helo_other != nullptr;
}

/// The MX answer that decides where there is no address; nullptr where the name does not exist at all, or
/// where the answer is still to come.
const dns::Fact* deciding_mx(const audit::AddressCase& c) {
  if (!is_denied(*c.helo) || !is_denied(*c.helo_other) || c.helo->outcome == dns::Outcome::nxdomain)
    return nullptr;
  return c.ask(c.address.helo, dns::RrType::MX);
}

std::vector<dns::Name> circle_of(const audit::AddressCase& c) {
  auto circle = alias_circle(*c.helo);
  return circle.empty() ? alias_circle(*c.helo_other) : circle;
}

/// fcrdns-temperror says of this address that the same question failed.
bool is_said_of_ptr(const audit::AddressCase& c, const dns::Fact& fact) {
  return std::any_of(c.forward.begin(), c.forward.end(),
                     [&](const auto& forward) { return forward.fact->question == fact.question; });
}

}  // namespace

void judge_helo_unresolvable(audit::AddressCase& c, audit::Findings& findings) {
  if (!is_asked_once_here(c) || !is_denied(*c.helo) || !is_denied(*c.helo_other)) return;
  if (!is_host_name(c.address.helo)) return;
  const bool absent = c.helo->outcome == dns::Outcome::nxdomain;
  if (!absent) {
    // Postfix takes an MX record for an answer (reject_unknown_helo_hostname), and so do we.
    const auto* mx = deciding_mx(c);
    if (mx == nullptr || !is_denied(*mx)) return;
  }
  findings.add(
      about_helo(c, {.values = {{"helo", c.address.helo}}, .wording = absent ? "nxdomain" : "nodata"}));
}

void judge_helo_alias_loop(audit::AddressCase& c, audit::Findings& findings) {
  if (!is_asked_once_here(c)) return;
  const auto circle = circle_of(c);
  // Asked for by itself, the first alias is an answer for the finding to stand on.
  if (circle.empty() || c.ask(c.address.helo, dns::RrType::CNAME) == nullptr) return;
  findings.add(about_helo(c, {.values = {{"helo", c.address.helo}, {"path", audit::list_of(circle)}}}));
}

void judge_helo_lookup_failed(audit::AddressCase& c, audit::Findings& findings) {
  if (!is_asked_once_here(c) || !circle_of(c).empty()) return;
  const auto say = [&](const dns::Fact& fact) {
    if (!is_host_name(c.address.helo) || is_said_of_ptr(c, fact)) return;
    say_unknown(findings, fact, about_helo(c, {}));
  };
  if (is_unknown(*c.helo)) return say(*c.helo);
  // Where the name has an address, a denial in the other family needs no voucher.
  if (dns::is_positive(c.helo->outcome) ? !dns::is_definite(c.helo_other->outcome)
                                        : is_unknown(*c.helo_other)) {
    return say(*c.helo_other);
  }
  if (dns::is_positive(c.helo->outcome) || !is_host_name(c.address.helo)) return;
  const auto* mx = deciding_mx(c);
  if (mx != nullptr && is_unknown(*mx)) say(*mx);
}

}  // namespace rdnsgate::rules
