// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/denial.h"
#include "rules/ptr/alias_chain.h"
#include "rules/ptr/rules.h"
#include "rules/ptr/set.h"

namespace rdnsgate::rules {
namespace {

using audit::AddressCase;

/// Most answers are the records that were asked for, and nothing before them.
bool has_no_alias(const dns::Fact& answer) { return answer.answer.size() < 2; }

}  // namespace

void judge_ptr_via_cname(AddressCase& c, audit::Findings& findings) {
  if (!dns::is_positive(c.ptr.outcome) || has_no_alias(c.ptr)) return;
  const auto chain = alias_chain(c);
  if (chain.hops() != 1) return;
  findings.add({.values = {{"name", chain.names.back()}, {"reverse", c.reverse}}});
}

void judge_ptr_cname_chain_too_long(AddressCase& c, audit::Findings& findings) {
  // A chain that ends in nothing is ptr-missing or ptr-cname-dangling.
  const bool answered = dns::is_positive(c.ptr.outcome);
  if (dns::is_negative(c.ptr.outcome) || (answered && has_no_alias(c.ptr))) return;
  const auto chain = alias_chain(c);
  if (chain.loops || chain.hops() <= (answered ? 1 : safe_hops)) return;
  audit::Args args{.values = {{"path", audit::whole_list(chain.names)}, {"hops", chain.hops()}},
                   .wording = chain.cut_off ? "cut-off" : ""};
  if (chain.hops() > safe_hops) args.severity = Severity::error;
  findings.add(std::move(args));
}

void judge_ptr_cname_loop(AddressCase& c, audit::Findings& findings) {
  if (dns::is_definite(c.ptr.outcome)) return;
  const auto chain = alias_chain(c);
  if (chain.loops)
    findings.add({.values = {{"path", audit::whole_list(chain.names)}, {"reverse", c.reverse}}});
}

void judge_ptr_cname_dangling(AddressCase& c, audit::Findings& findings) {
  if (c.ptr.outcome != dns::Outcome::nxdomain || !is_denied(c.ptr)) return;
  const auto chain = alias_chain(c);
  if (chain.hops() == 0) return;
  findings.add({.values = {{"ptr", declared_text(c)},
                           {"path", audit::whole_list(chain.names)},
                           {"name", chain.names.back()}}});
}

}  // namespace rdnsgate::rules
