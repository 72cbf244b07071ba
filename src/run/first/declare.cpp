// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/first/declare.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "base/text/text.h"
#include "draft/write.h"
#include "inventory/model/load.h"
#include "run/files/load.h"
#include "run/offline/judge_declared.h"

namespace rdnsgate::run {
namespace {

/// Whether it can stand in an inventory as it is: a template, an escape and a foreign script are no host
/// name.
bool is_plain(const dns::Name& name) {
  return name.label_count() > 1 &&
         name.text().find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_.") == std::string::npos;
}

void leave_out_what_has_no_name(draft::Estate& estate) {
  std::size_t by_helo = 0;
  for (auto& [ip, host] : estate.hosts) {
    if (!host.left_out.empty()) continue;
    if (host.ptr.empty() && host.helo && is_plain(*host.helo)) {
      host.ptr = {*host.helo};
      ++by_helo;
    } else if (host.ptr.empty()) {
      host.left_out = "no name is known for it";
    } else if (!is_plain(host.ptr.front()) || (host.helo && !is_plain(*host.helo))) {
      const auto& name = is_plain(host.ptr.front()) ? *host.helo : host.ptr.front();
      host.left_out = fmt::format("its name \"{}\" is no host name", name.text());
    }
  }
  if (by_helo > 0)
    estate.notes.push_back(fmt::format("{} a HELO name and no PTR name: both are declared to be the same.",
                                       counted(by_helo, "address has", "addresses have")));
}

struct Draft {
  std::string text;
  Sources sources;
  std::optional<inventory::Inventory> inventory;
  Diagnostics problems;
};

Draft write_and_load(const draft::Estate& estate, const std::string& path) {
  Draft draft{draft::inventory_text(estate), {}, {}, {}};
  draft.inventory = inventory::load(draft.sources, path, draft.text, load_options(), draft.problems);
  return draft;
}

/// Leaves out the addresses of which there is an error; true where there are some.
bool leave_out_errors(const inventory::Inventory& inventory, const audit::AuditResult& judgement,
                      draft::Estate& estate) {
  bool any = false;
  const auto leave_out = [&](const IpAddress& ip, const std::string& why) {
    any = true;
    if (auto& host = estate.hosts.at(ip); host.left_out.empty()) host.left_out = why;
  };
  std::unordered_map<std::string_view, const inventory::Sender*> senders;
  for (const auto& sender : inventory.senders) senders.emplace(sender.name, &sender);
  for (const auto& finding : judgement.findings) {
    if (finding.severity != Severity::error) continue;
    const auto why = fmt::format("{} [{}]", finding.message(), finding.rule);
    const auto ip = IpAddress::read(finding.target.id);
    if (ip && inventory.find(*ip) != nullptr) leave_out(*ip, why);
    const auto sender = senders.find(finding.target.id);
    if (sender == senders.end()) continue;
    for (std::size_t i = 0; i < sender->second->address_count; ++i)
      leave_out(inventory.addresses[sender->second->first_address + i].ip, why);
  }
  return any;
}

Result<void> check_something_is_left(const draft::Estate& estate) {
  const auto& hosts = estate.hosts;
  if (std::any_of(hosts.begin(), hosts.end(),
                  [](const auto& entry) { return entry.second.left_out.empty(); }))
    return {};
  const auto& [ip, host] = *hosts.begin();
  return fail(fmt::format("no address can be declared; {}: {}", ip.to_string(), host.left_out),
              hosts.size() > 1 ? "nor can any of the others" : "");
}

}  // namespace

Result<FirstInventory> declare(draft::Estate& estate, const std::string& path, Time now) {
  leave_out_what_has_no_name(estate);
  add_missing_zones(estate);
  while (true) {
    if (auto left = check_something_is_left(estate); !left) return tl::unexpected(std::move(left.error()));
    auto draft = write_and_load(estate, path);
    if (!draft.inventory && !estate.zones.empty()) {  // zones of a style that no reader of names could know
      estate.zones.clear();
      estate.notes.push_back("Zones were left out: not every name is in one of those that are known.");
      continue;
    }
    if (!draft.inventory) {
      return fail(draft.problems.empty() ? "the inventory would not load" : draft.problems.front().message,
                  "this is a bug in rdnsgate; please report it with the input");
    }
    auto judgement = judge_declared({&*draft.inventory, now});
    if (!leave_out_errors(*draft.inventory, judgement, estate)) {
      return FirstInventory{std::move(draft.text), std::move(draft.sources), std::move(*draft.inventory),
                            std::move(judgement)};
    }
  }
}

}  // namespace rdnsgate::run
