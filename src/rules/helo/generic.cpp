// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <map>

#include "rules/generic_name.h"
#include "rules/helo/rules.h"
#include "rules/helo/subject.h"
#include "rules/helo/syntax.h"

namespace rdnsgate::rules {

/// The name is held against every address that goes under it, because a machine may have made it from any.
void judge_helo_generic(const audit::DeclaredSender& c, audit::Findings& findings) {
  struct Worst {
    GenericScore score;
    const inventory::Address* address = nullptr;
  };
  std::map<dns::Name, Worst> names;
  for (const auto& address : c.addresses) {
    // Where the PTR record has the same name, ptr-generic speaks of it.
    if (address.helo == address.ptr || !is_host_name(address.helo)) continue;
    auto score = score_generic(address.helo, address.ip);
    Worst& worst = names[address.helo];
    if (worst.address == nullptr || score.points > worst.score.points) worst = {std::move(score), &address};
  }
  for (const auto& [helo, worst] : names) {
    if (!worst.score.is_generic()) continue;
    const audit::DeclaredAddress address{c.run, c.inventory, c.sender, *worst.address};
    audit::Args args{.values = worst.score.values()};
    args.values.emplace_back("helo", helo);
    findings.add(about_helo(address, std::move(args)));
  }
}

}  // namespace rdnsgate::rules
