// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/evidence/ticket_run.h"

#include <fmt/format.h>

#include <filesystem>
#include <map>

#include "base/read_json.h"
#include "base/version.h"
#include "inventory/files/read_file.h"
#include "inventory/model/build.h"
#include "plan/document/read_plan.h"
#include "report/evidence/verify.h"
#include "run/evidence/milestones.h"
#include "run/evidence/subjects.h"
#include "run/frame/open_panel.h"
#include "run/frame/read_files.h"

namespace rdnsgate::run {
namespace {

constexpr std::size_t most_wanted = 4096;

/// What an address is to have, wherever that is said.
struct Wanted {
  dns::Name ptr, helo;
  std::string sender;
};
using AllWanted = std::map<IpAddress, Wanted>;

std::string member_text(const nlohmann::json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

Result<dns::Name> name_or_none(const std::string& text) {
  return text.empty() ? dns::Name() : dns::Name::parse(text);
}

Result<AllWanted> wanted_by_bundle(const std::string& octets, const std::string& path) {
  const auto check = report::check_packed_evidence(octets);
  if (!check.is_whole())
    return fail(fmt::format("{}: {}", path, check.wrong.front()),
                "rdnsgate evidence verify says all that is wrong with it");
  for (const auto& member : check.members) {
    if (member.name != "milestones.json") continue;
    const auto json = read_json(member.content);
    if (!json || member_text(*json, "schema") != "rdnsgate/ticket/1" || !json->contains("addresses") ||
        !(*json)["addresses"].is_array())
      return fail(fmt::format("{}: its milestones cannot be read", path));
    AllWanted all;
    for (const auto& one : (*json)["addresses"]) {
      if (!one.is_object() || all.size() == most_wanted)
        return fail(fmt::format("{}: its milestones cannot be read", path));
      const auto ip = IpAddress::read(member_text(one, "ip"));
      const auto ptr = name_or_none(member_text(one, "wanted_ptr")),
                 helo = name_or_none(member_text(one, "helo"));
      // A name that was redacted is none.
      if (!ip || !ptr || !helo)
        return fail(fmt::format("{}: of an address it does not say what is wanted", path),
                    "was that redacted? name the address and the inventory");
      all[*ip] = {*ptr, *helo, member_text(one, "sender")};
    }
    return all;
  }
  return fail(fmt::format("{} has no milestones", path), "it is not about addresses");
}

Result<AllWanted> wanted_by_plan(const std::string& text, const std::string& path) {
  const auto plan = plan::read_plan(text, path);
  if (!plan) return tl::unexpected(plan.error());
  AllWanted all;
  for (const auto& phase : plan->phases) {
    for (const auto& step : phase.steps) {
      if (step.type != dns::RrType::PTR) continue;
      const auto ip = dns::address_of_reverse(step.owner);
      if (!ip) continue;
      if (!step.after || step.after->rdata.size() != 1) {
        all.erase(*ip);
      } else if (auto name = dns::name_in(step.after->rdata.front())) {
        all[*ip].ptr = std::move(*name);
      }
    }
  }
  for (const auto& phase : plan->phases) {
    for (const auto& manual : phase.manual) {
      for (const auto& ip : manual.addresses) {
        const auto found = all.find(ip);
        if (found == all.end()) continue;
        found->second.sender = manual.sender;
        if (manual.action == plan::HostAction::switch_helo) found->second.helo = manual.helo;
      }
    }
  }
  if (all.empty()) return fail(fmt::format("{} sets no PTR record: it has no milestones", path));
  if (all.size() > most_wanted)
    return fail(fmt::format("{} sets more than {} PTR records", path, most_wanted));
  return all;
}

/// An inventory that says just that.
void declare_wanted(const AllWanted& all, inventory::Inventory& inventory) {
  for (const auto& [ip, wanted] : all) {
    inventory::Sender sender;
    sender.name = wanted.sender;
    sender.first_address = static_cast<inventory::AddressIndex>(inventory.addresses.size());
    sender.address_count = 1;
    if (!wanted.helo.is_root()) {
      sender.helo_text = wanted.helo.text();
      sender.helo_name = wanted.helo;
    }
    inventory::Address address;
    address.ip = ip;
    address.sender = static_cast<inventory::SenderIndex>(inventory.senders.size());
    address.ptr = wanted.ptr;
    address.helo = wanted.helo;
    inventory.senders.push_back(std::move(sender));
    inventory.addresses.push_back(std::move(address));
  }
}

class TicketRun {
 public:
  TicketRun(const TicketRequest& request, Listener& listener) : request_(request), listener_(listener) {}

  Attempt<report::TicketDocument> run() {
    std::error_code ignored;
    const bool is_file = std::filesystem::is_regular_file(request_.subject, ignored);
    if (auto read = is_file ? read_subject() : read_declared(); !read)
      return tl::unexpected(std::move(read.error()));
    auto proposed =
        read_answers(request_.asking.zone_files, declared_ ? &*declared_ : nullptr, sources_, listener_);
    if (!proposed) return tl::unexpected(std::move(proposed.error()));
    auto opened = open_panel(declared_ ? run::declared_by(*declared_) : usually_declared(), request_.asking,
                             std::move(*proposed));
    if (!opened) return tl::unexpected<Failure>(std::move(opened.error()));
    if (opened->panel->vantages().empty())
      return give_up("the snapshot has no vantage", "", Failure::Kind::request);
    report::TicketDocument document;
    document.tool_version = version;
    document.subject = request_.subject;
    document.looked_at =
        opened->recorded && !request_.clock.named ? opened->recorded->taken_at : request_.clock.now();
    listener_.loaded();
    document.addresses = judge_milestones(*opened->panel, wanted_ ? *wanted_ : *declared_, addresses_,
                                          request_.asking.deadline, &document.vantages);
    return document;
  }

 private:
  Attempt<void> read_subject() {
    const auto octets = inventory::read_file(request_.subject, report::most_packed);
    if (!octets) return give_up(octets.error().message, octets.error().hint, Failure::Kind::request);
    const auto all = octets->starts_with("\x1f\x8b") ? wanted_by_bundle(*octets, request_.subject)
                                                     : wanted_by_plan(*octets, request_.subject);
    if (!all) return tl::unexpected<Failure>(all.error());
    declare_wanted(*all, wanted_.emplace());
    for (inventory::AddressIndex i = 0; i < wanted_->addresses.size(); ++i) addresses_.push_back(i);
    return request_.files.empty() ? Attempt<void>() : read_inventory_files();
  }

  Attempt<void> read_declared() {
    if (auto read = read_inventory_files(); !read) return read;
    const auto found = find_subjects(*declared_, request_.subject);
    if (!found)
      return give_up(fmt::format("\"{}\" is neither a file nor anything in the inventory", request_.subject),
                     "name a bundle, a plan, or an address, a sender, a zone or a host name of the inventory",
                     Failure::Kind::request);
    addresses_ = found->addresses;
    if (addresses_.empty())
      return give_up(fmt::format("{} {} has no addresses: it has no milestones",
                                 audit::to_string(found->named.kind), found->named.id),
                     "", Failure::Kind::request);
    return {};
  }

  Attempt<void> read_inventory_files() {
    auto inventory = read_inventory(request_.files, sources_, listener_);
    if (!inventory) return tl::unexpected(std::move(inventory.error()));
    declared_ = std::move(*inventory);
    return {};
  }

  const TicketRequest& request_;
  Listener& listener_;
  Sources sources_;
  std::optional<inventory::Inventory> declared_;  ///< the inventory
  std::optional<inventory::Inventory> wanted_;    ///< by a bundle or a plan
  std::vector<inventory::AddressIndex> addresses_;
};

}  // namespace

Attempt<report::TicketDocument> ticket_run(const TicketRequest& request, Listener& listener) {
  return TicketRun(request, listener).run();
}

}  // namespace rdnsgate::run
