// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/lab/lab_stage.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/files/output_file.h"
#include "resolve/lab/interface.h"
#include "resolve/lab/slow_relay.h"
#include "resolve/panel.h"

namespace rdnsgate::run {
namespace {

using dns::RrType;
using resolve::LabServer;

constexpr std::size_t most_programs = 64;  // name servers with other zones than the others
constexpr seconds hour{3600}, lifetime{14 * 86400 + 3600};
constexpr seconds cache_patience{15};

bool is_loopback(const IpAddress& ip) { return ip.is_v4() && ip.octet(0) == 127; }

/// The address at which a slow resolver itself runs, behind what makes it slow.
IpAddress behind(const IpAddress& front) { return front.plus(256); }

/// A resolver gets a record into its cache as any does: it is asked for it.
Result<void> fill_cache(const IpAddress& resolver, const dns::RRset& records) {
  resolve::VantageConfig config;
  config.name = config.operator_name = "cache";
  config.kind = dns::VantageKind::forward;
  config.address = resolver;
  config.questions_per_second = 0;
  const std::vector<resolve::VantageConfig> configs{config};
  auto panel = resolve::make_panel(configs, {});
  if (!panel) return tl::unexpected(panel.error());
  std::optional<dns::Fact> told;
  (*panel)->set_sink([&](dns::Fact&& fact) { told = std::move(fact); });
  (*panel)->ask({0, records.owner, records.type});
  for (milliseconds waited(0); !told && waited < cache_patience; waited += milliseconds(100))
    (*panel)->run_once(milliseconds(100));
  const auto* set = told ? told->rrset() : nullptr;
  if (set == nullptr || set->rdata != records.rdata)
    return fail(fmt::format("the resolver did not get the old {} record of {}", to_string(records.type),
                            records.owner.text()));
  return {};
}

}  // namespace

Result<void> LabStage::set(const std::vector<LabResolver>& resolvers, const Staging& staging) {
  if (auto done = take_addresses(); !done) return done;
  if (auto done = make_keys(); !done) return done;
  if (auto done = write_root_files(); !done) return done;
  const dns::RRset* const old = staging.cached ? &staging.cached->records : nullptr;
  if (auto done = write_zones(old); !done) return done;
  if (auto done = start_name_servers(); !done) return done;
  if (auto done = start_resolvers(resolvers, staging); !done) return done;
  if (old != nullptr) {
    for (const auto& one : resolvers) {
      if (one.vantage != staging.cached->resolver) continue;
      if (auto done = fill_cache(one.address, *old); !done) return done;
    }
    // And then the host is renumbered.
    name_servers_.clear();
    if (auto done = write_zones(nullptr); !done) return done;
    if (auto done = start_name_servers(); !done) return done;
  }
  for (const auto& host : world_.hosts) {
    if (!host.drops_tcp) continue;
    if (auto done = resolve::drop_tcp_to(host.address); !done) return done;
  }
  return {};
}

Result<void> LabStage::take_addresses() {
  for (const auto& host : world_.hosts) {
    if (is_loopback(host.address)) continue;
    const auto added = resolve::add_address(host.address);
    if (added) continue;
    if (host.address.is_v4()) return added;
    absent_.insert(host.address);  // many containers have no IPv6
    notes_.push_back(added.error().message);
  }
  return {};
}

Result<void> LabStage::make_keys() {
  for (std::size_t i = 0; i < world_.zones.size(); ++i) {
    if (!world_.zones[i].is_signed) continue;
    auto signer = dns::ZoneSigner::make(world_.zones[i].name);
    if (!signer) return tl::unexpected(signer.error());
    signers_.emplace(i, std::move(*signer));
  }
  return {};
}

Result<void> LabStage::write_root_files() {
  const auto& root = world_.zones.back();
  std::string hints;
  for (const auto& set : root.records) {
    if (set.type == RrType::NS && set.owner.is_root()) hints += dns::zone_text({set});
  }
  for (const auto& set : root.records) {
    if (set.type == RrType::A && set.rdata.front() == dns::rdata_of(world_.hosts.front().address))
      hints += dns::zone_text({set});
  }
  root_hints_ = folder_ / "root.hints";
  trust_anchor_ = folder_ / "root.ds";
  if (auto written = write_file(root_hints_, hints); !written) return written;
  return write_file(trust_anchor_, dns::zone_text({signers_.at(world_.zones.size() - 1).ds()}));
}

std::size_t LabStage::above(std::size_t zone) const {
  auto at = zone + 1;
  while (!world_.zones[zone].name.is_within(world_.zones[at].name)) ++at;
  return at;
}

std::string LabStage::file_of(std::size_t zone) const { return folder_ / fmt::format("{}.zone", zone); }

/// `other`: what one of its sets is to be instead.
Result<std::string> LabStage::text_of(std::size_t zone, const dns::RRset* other) const {
  auto records = world_.zones[zone].records;
  for (auto& set : records) {
    if (other != nullptr && set.owner == other->owner && set.type == other->type) set = *other;
  }
  const auto signer = signers_.find(zone);
  if (signer == signers_.end()) return dns::zone_text(records);
  for (const auto& [child, with] : signers_) {
    if (child < zone && above(child) == zone) records.push_back(with.ds());
  }
  const auto until = world_.zones[zone].has_expired ? now_ - signatures_ended_ago : now_ - hour + lifetime;
  return signer->second.sign(records, until - lifetime, until);
}

Result<void> LabStage::write_zones(const dns::RRset* other) {
  for (std::size_t i = 0; i < world_.zones.size(); ++i) {
    const auto text = text_of(i, other);
    if (!text) return tl::unexpected(text.error());
    if (auto written = write_file(file_of(i), *text); !written) return written;
  }
  return {};
}

Result<void> LabStage::start_name_servers() {
  std::map<std::vector<std::size_t>, std::vector<IpAddress>> by_zones;
  for (const auto& host : world_.hosts) {
    if (!absent_.contains(host.address)) by_zones[host.zones].push_back(host.address);
  }
  if (by_zones.size() > most_programs)
    return fail(fmt::format("{} name servers would have to run, each with other zones", by_zones.size()),
                "take a part of the inventory");
  for (const auto& [held, addresses] : by_zones) {
    std::vector<resolve::ServedZone> zones;
    for (const auto zone : held) zones.push_back({world_.zones[zone].name, file_of(zone)});
    auto server = LabServer::serve(programs_.name_server, folder_ / fmt::format("server-{}", ++started_),
                                   addresses, zones);
    if (!server) return tl::unexpected(server.error());
    name_servers_.push_back(std::move(*server));
  }
  return {};
}

Result<void> LabStage::start_resolvers(const std::vector<LabResolver>& resolvers, const Staging& staging) {
  for (const auto& one : resolvers) {
    const bool is_slow = staging.slow && staging.slow->resolver == one.vantage;
    const auto at = is_slow ? behind(one.address) : one.address;
    auto server =
        LabServer::resolve(programs_.resolver.value(), folder_ / fmt::format("server-{}", ++started_), at,
                           root_hints_, trust_anchor_);
    if (!server) return tl::unexpected(server.error());
    resolvers_.push_back(std::move(*server));
    if (!is_slow) continue;
    if (auto done = resolve::start_slow_relay(one.address, at, staging.slow->delay); !done) return done;
  }
  return {};
}

}  // namespace rdnsgate::run
