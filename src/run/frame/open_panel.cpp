// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/frame/open_panel.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>

#include "base/files/boundary.h"
#include "base/files/output_file.h"
#include "base/text/text.h"
#include "base/version.h"
#include "inventory/model/build.h"
#include "resolve/adapters/replay.h"
#include "resolve/over/over.h"
#include "resolve/over/tails.h"
#include "resolve/root_servers.h"
#include "run/files/load.h"
#include "run/files/public_resolvers.h"
#include "run/files/snapshot.h"

namespace rdnsgate::run {
namespace {

using resolve::VantageConfig;

VantageConfig from_inventory(const inventory::Inventory& inventory, const inventory::Vantage& vantage) {
  VantageConfig config;
  config.name = vantage.name;
  config.kind = vantage.kind;
  config.operator_name = vantage.operator_name.empty() ? vantage.name : vantage.operator_name;
  config.internal = vantage.view == "internal";
  if (vantage.address) config.address = *vantage.address;
  config.port = vantage.port;
  config.tls_name = vantage.tls_name;
  config.tls_ca = beside(inventory, vantage.tls_ca);
  config.questions_per_second = vantage.questions_per_second;
  config.mix_case = vantage.mix_case;
  config.root_hints = beside(inventory, vantage.root_hints);
  config.trust_anchor = beside(inventory, vantage.trust_anchor);
  return config;
}

/// `192.0.2.53`, `192.0.2.53#5353`, `2001:db8::53#5353`.
Result<VantageConfig> from_address(const std::string& text) {
  const std::size_t hash = text.find('#');
  const auto address = IpAddress::parse(text.substr(0, hash));
  if (!address) return tl::unexpected(address.error());
  VantageConfig config;
  config.name = text;
  config.operator_name = text;
  config.kind = dns::VantageKind::forward;
  config.address = *address;
  if (hash != std::string::npos) {
    const char *first = text.data() + hash + 1, *last = text.data() + text.size();
    const auto [end, failed] = std::from_chars(first, last, config.port);
    if (failed != std::errc() || end != last || config.port == 0) {
      return fail(fmt::format("\"{}\" is not a port", text.substr(hash + 1)),
                  "a port is a number from 1 to 65535");
    }
  }
  return config;
}

Result<VantageConfig> choose(const Declared& declared, const std::string& wanted) {
  std::vector<std::string_view> names;
  for (const auto& vantage : declared.vantages) {
    if (vantage.name == wanted) return vantage;
    names.push_back(vantage.name);
  }
  const auto of_inventory = names;
  for (const auto& resolver : public_resolvers()) {
    if (resolver.name == wanted) return as_vantage(resolver);
    names.push_back(resolver.name);
  }
  names.push_back(public_vantages);
  const bool looks_like_address = wanted.find_first_not_of("0123456789.") == std::string::npos ||
                                  wanted.find(':') != std::string::npos ||
                                  wanted.find('#') != std::string::npos;
  if (looks_like_address) return from_address(wanted);
  const auto near = closest(wanted, names);
  return fail(
      fmt::format("the inventory has no vantage \"{}\"", wanted),
      near.empty()
          ? fmt::format("it has {}; the address of a resolver works too, and \"public\" for public resolvers",
                        fmt::join(of_inventory, ", "))
          : fmt::format("did you mean \"{}\"?", near));
}

/// The inventory names none and got the one that walks from the root; to name just that one says the same.
bool has_usual_vantages(const Declared& declared) {
  const auto usual = inventory::default_vantage();
  return declared.vantages.size() == 1 && declared.vantages.front().name == usual.name &&
         declared.vantages.front().kind == usual.kind;
}

/// The name servers themselves, found from the root that the first vantage walks from. Nothing where this
/// system does not say where the root is: libunbound has the public one built in.
std::optional<VantageConfig> holders_of(const VantageConfig& walker, const Asking& asking) {
  std::error_code ignored;
  if (asking.root_hints.empty() && walker.root_hints.empty() &&
      !std::filesystem::exists(resolve::system_root_hints, ignored))
    return std::nullopt;
  VantageConfig config;
  config.name = config.operator_name = "authority";
  config.kind = dns::VantageKind::authoritative;
  config.root_hints = walker.root_hints;
  config.trust_anchor = walker.trust_anchor;
  return config;
}

/// A vantage that asks nobody.
VantageConfig from_zones(std::vector<resolve::ZoneSource>&& zones) {
  VantageConfig config;
  config.name = "zone files";
  config.operator_name = config.name;
  config.kind = dns::VantageKind::zonefiles;
  config.zone_files = std::move(zones);
  return config;
}

/// With all of the public resolvers for their word, unless the inventory has a vantage of that name.
std::vector<std::string> expanded(const Declared& declared, const std::vector<std::string>& wanted) {
  std::vector<std::string> all;
  const auto add = [&](const std::string& name) {
    if (std::find(all.begin(), all.end(), name) == all.end()) all.push_back(name);
  };
  const bool is_declared = std::any_of(declared.vantages.begin(), declared.vantages.end(),
                                       [](const auto& one) { return one.name == public_vantages; });
  for (const auto& name : wanted) {
    if (name != public_vantages || is_declared) {
      add(name);
    } else {
      for (const auto& resolver : public_resolvers()) add(resolver.name);
    }
  }
  return all;
}

Result<std::vector<VantageConfig>> choose_vantages(const Declared& declared, const Asking& asking,
                                                   std::vector<resolve::ZoneSource>&& proposed) {
  std::vector<VantageConfig> chosen;
  if (!asking.zone_files.empty() && asking.over.empty()) {
    chosen.push_back(from_zones(std::move(proposed)));
    return chosen;
  }
  for (const auto& wanted : expanded(declared, asking.vantages)) {
    auto config = choose(declared, wanted);
    if (!config) return tl::unexpected(config.error());
    chosen.push_back(std::move(*config));
  }
  if (asking.vantages.empty()) chosen = declared.vantages;
  if (asking.holders_too && asking.vantages.empty() && has_usual_vantages(declared)) {
    if (auto holders = holders_of(chosen.front(), asking)) chosen.push_back(std::move(*holders));
  }
  for (auto& config : chosen) {
    if (config.kind == dns::VantageKind::authoritative) {
      config.zones = declared.zones;
    } else if (config.kind != dns::VantageKind::recursive) {
      continue;
    }
    if (!asking.root_hints.empty()) config.root_hints = asking.root_hints;
    if (!asking.trust_anchor.empty()) config.trust_anchor = asking.trust_anchor;
  }
  // Libraries open these by their names: they get those that were judged.
  for (auto& config : chosen) {
    for (auto* file : {&config.root_hints, &config.trust_anchor, &config.tls_ca}) {
      if (file->empty()) continue;
      auto real = follow_path(*file);
      if (!real) return tl::unexpected(real.error());
      *file = std::move(*real);
    }
  }
  return chosen;
}

/// The name servers that a zone is to have by its file, unless the inventory says which.
void add_name_servers(std::vector<resolve::OwnZone>& zones, const resolve::ZoneSet& proposed) {
  for (auto& own : zones) {
    const auto* file = proposed.zone(own.name);
    if (file == nullptr || !own.name_servers.empty()) continue;
    for (const auto& set : file->rrsets) {
      if (set.owner != own.name || set.type != dns::RrType::NS) continue;
      for (const auto& rdata : set.rdata) {
        if (auto name = dns::name_in(rdata)) own.name_servers.push_back(std::move(*name));
      }
    }
  }
}

Result<OpenPanel> open_snapshot(const std::string& path, bool with_tails) {
  auto snapshot = load_snapshot(path);
  if (!snapshot) return tl::unexpected(snapshot.error());
  if (with_tails) resolve::add_tails(snapshot->facts);
  const OpenPanel::Times times{snapshot->head.taken_at, snapshot->head.finished_at};
  return OpenPanel{resolve::make_replay(std::move(*snapshot)), times};
}

Result<OpenPanel> open_vantages(const Declared& declared, const Asking& asking,
                                std::vector<resolve::ZoneSource>&& proposed) {
  const auto vantages = choose_vantages(declared, asking, std::move(proposed));
  if (!vantages) return tl::unexpected(vantages.error());
  resolve::PanelOptions panel;
  panel.question_timeout = asking.timeout;
  panel.packets = asking.packets;
  panel.try_timeout = std::clamp(asking.timeout / 5, milliseconds(1), panel.try_timeout);
  auto opened = resolve::make_panel(*vantages, panel);
  if (!opened) return tl::unexpected(opened.error());
  return OpenPanel{std::move(*opened), std::nullopt};
}

Result<OpenPanel> open_over(Declared declared, const Asking& asking,
                            const std::vector<resolve::ZoneSource>& proposed) {
  auto zones = resolve::ZoneSet::load(proposed);
  if (!zones) return tl::unexpected(zones.error());
  add_name_servers(declared.zones, *zones);
  auto below = asking.over_live() ? open_vantages(declared, asking, {}) : open_snapshot(asking.over, true);
  if (!below) return below;
  const auto as_of = below->recorded ? std::optional(below->recorded->taken_at) : std::nullopt;
  return OpenPanel{resolve::lay_over(std::move(*zones), std::move(below->panel), as_of), below->recorded};
}

}  // namespace

Declared declared_by(const inventory::Inventory& inventory) {
  Declared declared;
  for (const auto& vantage : inventory.vantages)
    declared.vantages.push_back(from_inventory(inventory, vantage));
  for (const auto& zone : inventory.zones) declared.zones.push_back({zone.name, zone.name_servers});
  return declared;
}

Declared usually_declared() {
  inventory::Inventory none;
  none.vantages.push_back(inventory::default_vantage());
  return declared_by(none);
}

Result<OpenPanel> open_panel(const Declared& declared, const Asking& asking,
                             std::vector<resolve::ZoneSource> proposed) {
  if (const auto file = check_is_file("--record", asking.record); !file) return tl::unexpected(file.error());
  if (asking.stand_in != nullptr)
    return OpenPanel{asking.stand_in->open(),
                     OpenPanel::Times{asking.stand_in->taken_at, asking.stand_in->finished_at}};
  if (!asking.replay.empty()) return open_snapshot(asking.replay, false);
  if (!asking.over.empty()) return open_over(declared, asking, proposed);
  return open_vantages(declared, asking, std::move(proposed));
}

dns::VantageIndex nearest_vantage(const std::vector<dns::VantageInfo>& all) {
  const auto rank = [](const dns::VantageInfo& vantage) {
    const int kind = vantage.kind == dns::VantageKind::authoritative ? 0
                     : vantage.kind == dns::VantageKind::forward     ? 2
                                                                     : 1;
    return (vantage.internal ? 4 : 0) + kind;
  };
  const auto best = std::min_element(all.begin(), all.end(),
                                     [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
  return static_cast<dns::VantageIndex>(best - all.begin());
}

Result<void> record_facts(const Asking& asking, const dns::Panel& panel, const dns::FactStore& facts,
                          Time started_at, Time finished_at) {
  if (asking.record.empty()) return {};
  return save_snapshot(asking.record, {std::string(version), started_at, finished_at, panel.vantages()},
                       facts);
}

}  // namespace rdnsgate::run
