// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <vector>

#include "rules/addr/entries.h"
#include "rules/addr/rules.h"

namespace rdnsgate::rules {
namespace {

using audit::Address;

/// The addresses of one entry that one block holds.
struct Share {
  const SpecialPurpose* block;
  const Address* first;
  std::size_t count;
};

std::vector<Share> shares_of(std::span<const Address> entry, bool documentation) {
  std::vector<Share> shares;
  for (const auto& address : entry) {
    const auto* block = special_purpose(address.ip);
    if (block == nullptr || block->globally_reachable || block->documentation != documentation) continue;
    const auto known =
        std::find_if(shares.begin(), shares.end(), [&](const Share& s) { return s.block == block; });
    if (known != shares.end()) {
      ++known->count;
    } else {
      shares.push_back({block, &address, 1});
    }
  }
  return shares;
}

/// One finding an entry and block: a range is one mistake, however many addresses it has.
void judge(const audit::DeclaredSender& c, audit::Findings& findings, bool documentation) {
  for_each_entry(c, [&](std::span<const Address> entry) {
    for (const auto& [block, first, count] : shares_of(entry, documentation)) {
      audit::Args args{
          .values = {{"block", block->block}, {"purpose", block->name}, {"source", block->source}},
          .target = audit::Target{audit::TargetKind::address, first->ip.to_string()},
          .at = first->at};
      if (count > 1) args.values.emplace_back("more", count - 1);
      findings.add(std::move(args));
    }
  });
}

}  // namespace

void judge_addr_not_global(const audit::DeclaredSender& c, audit::Findings& findings) {
  judge(c, findings, false);
}

void judge_addr_documentation(const audit::DeclaredSender& c, audit::Findings& findings) {
  judge(c, findings, true);
}

}  // namespace rdnsgate::rules
