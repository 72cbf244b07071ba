// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include "rules/denial.h"
#include "rules/ptr/alias_chain.h"
#include "rules/ptr/rules.h"

namespace rdnsgate::rules {
namespace {

using audit::AddressCase;

constexpr std::string_view no_more = "at most one alias";

/// `a -> b -> c`, the middle left out where it is long.
std::string path(const std::vector<dns::Name>& names) {
  constexpr std::size_t most = 6;
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += " -> ";
    if (names.size() > most && i == most - 1) {
      text += "... -> ";
      i = names.size() - 1;
    }
    text += names[i].text();
  }
  return text;
}

}  // namespace

void judge_ptr_via_cname(AddressCase& c, audit::Findings& findings) {
  if (!dns::is_positive(c.ptr.outcome)) return;
  const auto chain = alias_chain(c);
  if (chain.hops() != 1) return;
  findings.add({.observed = chain.names.back().text(), .detail = c.reverse.text()});
}

void judge_ptr_cname_chain_too_long(AddressCase& c, audit::Findings& findings) {
  // A chain that ends in nothing is ptr-missing or ptr-cname-dangling.
  if (dns::is_negative(c.ptr.outcome)) return;
  const auto chain = alias_chain(c);
  const bool answered = dns::is_positive(c.ptr.outcome);
  if (chain.loops || chain.hops() <= (answered ? 1 : safe_hops)) return;
  audit::Args args{.expected = std::string(no_more),
                   .observed = path(chain.names),
                   .detail = fmt::format("{}{}", chain.hops(), chain.cut_off ? " or more" : "")};
  if (chain.hops() > safe_hops) args.severity = Severity::error;
  findings.add(std::move(args));
}

void judge_ptr_cname_loop(AddressCase& c, audit::Findings& findings) {
  if (dns::is_definite(c.ptr.outcome)) return;
  const auto chain = alias_chain(c);
  if (chain.loops) findings.add({.observed = path(chain.names), .detail = c.reverse.text()});
}

void judge_ptr_cname_dangling(AddressCase& c, audit::Findings& findings) {
  if (c.ptr.outcome != dns::Outcome::nxdomain || !is_denied(c.ptr)) return;
  const auto chain = alias_chain(c);
  if (chain.hops() == 0) return;
  findings.add({.expected = c.address.ptr.is_root() ? "" : c.address.ptr.text(),
                .observed = path(chain.names),
                .detail = chain.names.back().text()});
}

}  // namespace rdnsgate::rules
