// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include "run/faults/alter.h"
#include "run/faults/scenario.h"

namespace rdnsgate::run {

Result<Fault> reset_helo(const Ground& ground, const Aim& aim) {
  const auto hit =
      ground.pick(aim, [](const inventory::Address& address) { return !address.helo.is_root(); });
  if (hit.empty()) return fail("no address has a HELO name in the inventory, so that none can be wrong");
  const auto& address = ground.inventory().addresses[hit.front()];
  // What Debian's installer and many images leave, where nobody gave a domain.
  const auto said = dns::Name::parse("localhost.localdomain").value();
  Fault fault{list_addresses(ground, hit),
              fmt::format("the mail server at {} says {} in place of {}", address.ip.to_string(), said.text(),
                          address.helo.text())};
  for (const auto one : hit) fault.said.emplace(one, said);
  fault.touches = [said](const dns::Question& question) { return question.name == said; };
  fault.alter = deny_by_root;
  fault.steps = {
      {fmt::format("who runs {}", ground.inventory().sender_of(address).name),
       fmt::format(
           "set the HELO name to {} (Postfix: smtp_helo_name or myhostname; Exim: primary_hostname), and "
           "reload the mail server",
           address.helo.text())},
      {"the same", "have the installation set it, so that the next one does"},
  };
  fault.unseen =
      "ask the mail servers what they say (rdnsgate smtp banner), and give that to check --banners";
  fault.lingers_why = "nobody caches a HELO name";
  fault.staging.why_not =
      "no record and no name server differs: what a mail server says is no matter of the DNS";
  return fault;
}

}  // namespace rdnsgate::run
