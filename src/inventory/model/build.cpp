// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "inventory/model/build.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <unordered_set>

#include "base/text/pattern.h"
#include "base/wording.h"
#include "inventory/files/paths.h"
#include "inventory/model/fields.h"
#include "inventory/model/retired.h"
#include "inventory/problem_codes.h"

namespace rdnsgate::inventory {
namespace {

/// One file, as far as what stands in it depends on that.
struct Place {
  Defaults defaults;   ///< what holds in it
  std::string folder;  ///< from the folder of the inventory's first file
};

/// What a file gives goes before what holds in the file that includes it.
void build_defaults(const yaml::Value& map, yaml::Problems& problems, Defaults& defaults) {
  duration_field(map, "ttl", defaults.ttl, problems);
  defaults.ttl_declared = defaults.ttl_declared || map.get("ttl").has_value();
  if (const auto owner = text_field(map, "owner")) defaults.owner = owner->text();
}

void build_windows(const yaml::Value& map, yaml::Problems& problems, std::vector<ChangeWindow>& windows) {
  const auto add = [&](const yaml::Value& item) {
    if (!item.is_text()) return;
    if (auto window = ChangeWindow::parse(item.text())) {
      windows.push_back(std::move(*window));
    } else {
      report_value(problems, item.span(), window.error());
    }
  };
  const auto value = map.get("window");
  if (!value) return;
  value->is_text() ? add(*value) : yaml::for_each_item(*value, add);
}

void build_rollout(const yaml::Value& map, yaml::Problems& problems, RolloutDefaults& times) {
  duration_field(map, "ttl", times.ttl, problems);
  duration_field(map, "propagation", times.propagation, problems);
  duration_field(map, "skew", times.skew, problems);
  duration_field(map, "bake", times.bake, problems);
  duration_field(map, "soak", times.soak, problems);
  duration_field(map, "cache_floor", times.cache_floor, problems);
  duration_field(map, "queue", times.queue, problems);
  const std::string wave = string_field(map, "wave");
  std::from_chars(wave.data(), wave.data() + wave.size(), times.wave_percent);
  if (const auto most = integer_field(map, "max_wave")) times.max_wave = static_cast<unsigned>(*most);
  build_windows(map, problems, times.windows);
}

void build_name_servers(const yaml::Value& map, yaml::Problems& problems, Zone& zone) {
  const auto list = map.get("name_servers");
  if (!list || !list->is_list()) return;
  zone.name_servers_at = list->span();
  std::unordered_set<std::string> known;
  yaml::for_each_item(*list, [&](const yaml::Value& item) {
    if (!item.is_text() || item.text().empty()) return;
    if (IpAddress::read(item.text())) {
      return report_value(problems, item.span(),
                          {fmt::format("{} is an address, and NS records have names", in_quotes(item.text())),
                           "give the name of the server"});
    }
    auto name = Name::from_host(item.text());
    if (!name) return report_value(problems, item.span(), name.error());
    if (!known.insert(name->wire()).second) {
      problems.add(code::duplicate, item.span(), fmt::format("{} is listed twice", name->text()));
      return;
    }
    zone.name_servers.push_back(std::move(*name));
  });
  std::sort(zone.name_servers.begin(), zone.name_servers.end());
}

bool is_reverse_zone(const Name& zone) {
  const auto labels = zone.labels();
  return labels.size() > 2 && labels.back() == "arpa" &&
         (labels[labels.size() - 2] == "in-addr" || labels[labels.size() - 2] == "ip6");
}

void build_zone(const yaml::Value& map, const Place& place, yaml::Problems& problems, Inventory& inventory) {
  using enum ManagedBy;
  auto name = name_field(map, "name", problems);
  if (!name) return;
  Zone zone;
  zone.name = std::move(*name);
  zone.at = name_span(map);
  enum_field(map, "managed_by", {zonefile, nsupdate, octodns, dnscontrol, ticket}, zone.managed_by);
  zone.contact = string_field(map, "contact");
  build_name_servers(map, problems, zone);
  zone.min_ttl = duration_field(map, "min_ttl", problems);
  zone.max_ttl = duration_field(map, "max_ttl", problems);
  zone.publish_delay = duration_field(map, "publish_delay", problems);
  if (map.get("checks_forward")) zone.checks_forward = bool_field(map, "checks_forward");
  if (const auto sweep = map.get("sweep")) {
    zone.sweep = bool_field(map, "sweep");
    if (zone.sweep && !is_reverse_zone(zone.name))
      problems.add(code::value, sweep->span(), fmt::format("{} is no reverse zone", zone.name.text()),
                   "only the names of addresses are known well enough to be looked for");
  }
  zone.file = file_field(map, "file", place.folder);
  if (const auto file = map.get("file")) zone.file_at = file->span();
  zone.owner = string_field(map, "owner");
  if (zone.owner.empty()) zone.owner = place.defaults.owner;
  if (zone.min_ttl && zone.max_ttl && *zone.min_ttl > *zone.max_ttl) {
    problems.add(code::value, map.get("min_ttl")->span(),
                 "min_ttl is greater than max_ttl: no TTL can satisfy both");
  }
  const auto known = inventory.zone_index.find(zone.name.wire());
  if (known == inventory.zone_index.end()) {
    inventory.add_zone(std::move(zone));
    return;
  }
  problems.add(code::duplicate, zone.at, fmt::format("the zone {} is declared twice", zone.name.text()),
               fmt::format("the first is in {}", problems.place(inventory.zones[known->second].at, zone.at)));
}

void check_retired_keys(const yaml::Value& map, const std::vector<std::string>& used, yaml::Problems& problems) {
  const auto list = map.get("retired_dkim");
  if (!list) return;
  yaml::for_each_item(*list, [&](const yaml::Value& item) {
    if (item.is_text() && std::find(used.begin(), used.end(), item.text()) != used.end())
      problems.add(code::duplicate, item.span(), fmt::format("the selector {} is in use", in_quotes(item.text())),
                   "it stands under `dkim` as well; take it out of one of the two");
  });
}

/// A domain name in which `{domain}` stands for the domain in From; empty where there is none, or none that could be.
std::string domain_template(const yaml::Value& map, std::string_view key, Span& at, yaml::Problems& problems) {
  const auto value = text_field(map, key);
  if (!value) return {};
  at = value->span();
  const auto example = name_for(value->text(), dns::Name::from_host("d.example").value());
  // What is left of braces is a placeholder that there is none of.
  const bool has_signs = !example || example->text().find_first_of("{}*? ") != std::string::npos;
  if (!has_signs && !example->is_root()) return std::string(value->text());
  report_value(problems, at,
               !example && value->text().find_first_of("{}*? ") == std::string_view::npos
                   ? example.error()
                   : Error{fmt::format("{} cannot be used as a domain name", in_quotes(value->text())),
                           "give a domain name; {domain} in it stands for the domain in From"});
  return {};
}

void build_relay(const yaml::Value& map, yaml::Problems& problems, Inventory& inventory) {
  Relay relay;
  relay.name = string_field(map, "name");
  relay.at = name_span(map);
  relay.spf = string_field(map, "spf");
  relay.helo_pattern = string_field(map, "helo");
  relay.dkim = strings_field(map, "dkim");
  relay.retired_dkim = strings_field(map, "retired_dkim");
  relay.mail_from = domain_template(map, "mail_from", relay.mail_from_at, problems);
  relay.dkim_domain = domain_template(map, "dkim_domain", relay.dkim_domain_at, problems);
  check_retired_keys(map, relay.dkim, problems);
  if (const auto list = map.get("addresses")) {
    yaml::for_each_item(*list, [&](const yaml::Value& item) {
      if (!item.is_text()) return;
      const auto prefix = Prefix::parse(item.text());
      if (!prefix) return report_value(problems, item.span(), prefix.error());
      relay.addresses.push_back(*prefix);
      relay.addresses_at.push_back(item.span());
    });
  }
  inventory.relays.push_back(std::move(relay));
}

void build_probe(const yaml::Value& map, yaml::Problems& problems, Inventory& inventory) {
  const auto mailbox = [&](std::string_view key, Span& at) -> std::optional<Mailbox> {
    const auto value = text_field(map, key);
    if (!value) return std::nullopt;
    at = value->span();
    auto parsed = parse_mailbox(value->text());
    if (parsed) return std::move(*parsed);
    report_value(problems, at, parsed.error());
    return std::nullopt;
  };
  Probe probe;
  auto recipient = mailbox("recipient", probe.at);
  probe.from = mailbox("from", probe.from_at);
  if (!recipient) return;
  probe.recipient = std::move(*recipient);
  inventory.probes.push_back(std::move(probe));
}

void build_domain(const yaml::Value& map, yaml::Problems& problems, Inventory& inventory) {
  auto name = name_field(map, "name", problems);
  if (!name) return;
  Domain domain;
  domain.name = std::move(*name);
  domain.at = name_span(map);
  if (const auto via = map.get("via")) {
    yaml::for_each_item(*via, [&](const yaml::Value& item) {
      if (item.is_text()) domain.via.push_back({std::string(item.text()), item.span()});
    });
  }
  if (const auto spf = map.get("spf")) domain.spf_all = string_field(*spf, "all");
  domain.dkim = strings_field(map, "dkim");
  domain.retired_dkim = strings_field(map, "retired_dkim");
  check_retired_keys(map, domain.dkim, problems);
  domain.dkim_domain = name_field(map, "dkim_domain", problems);
  if (domain.dkim_domain && domain.dkim_domain->text().find_first_of("{}*? ") != std::string::npos) {
    report_value(problems, text_field(map, "dkim_domain")->span(),
                 {fmt::format("{} cannot be used as a domain name", in_quotes(domain.dkim_domain->text())),
                  "left out, it is the domain itself"});
  }
  if (const auto dmarc = map.get("dmarc")) {
    domain.dmarc = DmarcIntent{string_field(*dmarc, "policy"), strings_field(*dmarc, "rua")};
  }
  inventory.domains.push_back(std::move(domain));
}

/// What holds for the whole inventory can be given in any of its files, but in one only. `first` is where it
/// was given, or the top of nothing.
bool only_once(const yaml::Value& value, std::string_view what, std::optional<Span>& first,
               yaml::Problems& problems) {
  if (!first) {
    first = value.span();
    return true;
  }
  problems.add(
      code::duplicate, value.span(),
      fmt::format("\"{}\" holds for the whole inventory, and is given already", what),
      fmt::format("the first is in {}; only one of them can hold", problems.place(*first, value.span())));
  return false;
}

void build_pattern(const yaml::Value& item, yaml::Problems& problems, Standards& standards) {
  if (!item.is_text() || item.text().size() > 1000) return;  // as in the schema
  NamePattern pattern{std::string(item.text()), item.span()};
  if (const auto compiled = Pattern::compile(pattern.regex, Pattern::Case::ignored); !compiled) {
    const auto& error = compiled.error();
    report_value(problems, item.span(),
                 {fmt::format("{} cannot be used as a pattern: {}", in_quotes(item.text()), error.message),
                  error.hint});
    return;
  }
  standards.names.push_back(std::move(pattern));
}

void build_standards(const yaml::Value& map, const Place& place, std::optional<Span>& latency_at,
                     yaml::Problems& problems, Standards& standards) {
  if (const auto data = text_field(map, "as_data")) {
    std::optional<Span> first = standards.as_data ? std::optional(standards.as_data->at) : std::nullopt;
    if (only_once(*data, "as_data", first, problems))
      standards.as_data = {file_field(map, "as_data", place.folder), data->span()};
  }
  if (const auto names = map.get("names")) {
    yaml::for_each_item(*names, [&](const yaml::Value& item) { build_pattern(item, problems, standards); });
  }
  if (const auto latency = map.get("latency")) {
    if (!only_once(*latency, "latency", latency_at, problems)) return;
    standards.latency_warn = duration_ms_field(*latency, "warn", problems);
    standards.latency_fail = duration_ms_field(*latency, "fail", problems);
  }
}

constexpr std::string_view preset_key = "preset";

void build_rule(const yaml::Value& key, const yaml::Value& value, yaml::Problems& problems,
                Inventory& inventory) {
  // A YAML 1.1 tool may have rewritten `off` as `false`.
  const auto severity = value.kind() == yaml::Kind::boolean ? Severity::off : parse_severity(value.text());
  if (!key.is_text() || !severity || key.text() == preset_key) return;
  const auto known = std::find_if(inventory.rules.begin(), inventory.rules.end(),
                                  [&](const auto& setting) { return setting.rule == key.text(); });
  if (known == inventory.rules.end()) {
    inventory.rules.push_back({std::string(key.text()), *severity, key.span()});
  } else if (known->at.file != key.span().file) {  // in one file, a key that is there twice has been reported
    problems.add(
        code::duplicate, key.span(), fmt::format("the rule {} has a severity already", key.text()),
        fmt::format("the first is in {}; only one of them can hold", problems.place(known->at, key.span())));
  }
}

enum class Preset : std::uint8_t { recommended, strict, all };

/// The severity that a preset gives to a rule which has this one by default.
Severity preset_severity(Preset preset, Severity usual) {
  if (preset == Preset::recommended) return usual;
  if (usual == Severity::warning) return Severity::error;
  return preset == Preset::all && (usual == Severity::info || usual == Severity::off) ? Severity::warning
                                                                                      : usual;
}

/// What a preset changes, for the rules that have no severity of their own in the inventory.
void apply_preset(std::string_view name, Span at, const LoadOptions& options, Inventory& inventory) {
  const Preset preset = name == "strict" ? Preset::strict : name == "all" ? Preset::all : Preset::recommended;
  const auto own = inventory.rules.size();
  const auto is_own = [&](std::string_view rule) {
    return std::any_of(inventory.rules.begin(), inventory.rules.begin() + static_cast<std::ptrdiff_t>(own),
                       [&](const auto& setting) { return setting.rule == rule; });
  };
  for (std::size_t i = 0; i < std::min(options.rule_names.size(), options.severities.size()); ++i) {
    const Severity severity = preset_severity(preset, options.severities[i]);
    if (severity != options.severities[i] && !is_own(options.rule_names[i]))
      inventory.rules.push_back({std::string(options.rule_names[i]), severity, at});
  }
}

void build_waiver(const yaml::Value& map, yaml::Problems& problems, Inventory& inventory) {
  Waiver waiver;
  waiver.rule = string_field(map, "rule");
  waiver.target = string_field(map, "target");
  waiver.reason = string_field(map, "reason");
  const auto rule = map.get("rule");
  waiver.at = rule ? rule->span() : map.span();
  if (const auto date = text_field(map, "expires")) {
    waiver.expires_at = date->span();
    const auto last_day = parse_date(date->text());
    if (last_day) {
      waiver.expires = *last_day + std::chrono::days(1);
    } else {
      report_value(problems, date->span(), last_day.error());
    }
  }
  inventory.waivers.push_back(std::move(waiver));
}

class Builder {
 public:
  Builder(const FileSet& files, const LoadOptions& options, yaml::Problems& problems, Inventory& inventory)
      : files_(files.files()),
        options_(options),
        problems_(problems),
        inventory_(inventory),
        places_(files_.size()) {}

  void build() {
    for (std::size_t i = 0; i < files_.size(); ++i) {
      if (files_[i].document) build(files_[i].document->root(), place(i));
    }
    if (preset_at_) apply_preset(preset_, *preset_at_, options_, inventory_);
    inventory_.defaults.ttl = place(0).defaults.ttl;
    inventory_.defaults.ttl_declared = place(0).defaults.ttl_declared;
    inventory_.defaults.owner = place(0).defaults.owner;
    if (!inventory_.vantages.empty()) return;
    inventory_.vantages.push_back(default_vantage());
    inventory_.vantages.back().at = inventory_.top;
  }

 private:
  /// A file that was named may be included by one that comes after it.
  const Place& place(std::size_t file) {
    auto& known = places_[file];
    if (known) return *known;
    Place made;
    const auto& here = files_[file];
    if (here.included_by != InventoryFile::nobody) made.defaults = place(here.included_by).defaults;
    if (file != 0) made.folder = seen_from(folder_of(files_.front().path), folder_of(here.path));
    const auto map = here.document ? here.document->root().get("defaults") : std::nullopt;
    if (map) build_defaults(*map, problems_, made.defaults);
    return known.emplace(std::move(made));
  }

  template <typename Visitor>
  void each(const yaml::Value& root, std::string_view key, Visitor&& visit) {
    const auto list = root.get(key);
    if (!list) return;
    yaml::for_each_item(*list, [&](const yaml::Value& item) {
      if (item.is_map()) visit(item);
    });
  }

  void build(const yaml::Value& root, const Place& place) {
    if (const auto defaults = root.get("defaults")) {
      const auto rollout = defaults->get("rollout");
      if (rollout && only_once(*rollout, "rollout", rollout_at_, problems_))
        build_rollout(*rollout, problems_, inventory_.defaults.rollout);
    }
    each(root, "vantages", [&](const yaml::Value& map) {
      inventory_.vantages.push_back(build_vantage(map, place.folder, problems_));
    });
    if (const auto quorum = text_field(root, "quorum");
        quorum && only_once(*quorum, "quorum", quorum_at_, problems_))
      inventory_.quorum = parse_quorum(quorum->text()).value_or(Quorum::any);
    each(root, "zones", [&](const yaml::Value& map) { build_zone(map, place, problems_, inventory_); });
    if (const auto list = root.get("senders"))
      build_senders(*list, place.defaults, options_, problems_, inventory_);
    if (const auto list = root.get("retired")) build_retired(*list, options_, problems_, inventory_);
    each(root, "relays", [&](const yaml::Value& map) { build_relay(map, problems_, inventory_); });
    each(root, "domains", [&](const yaml::Value& map) { build_domain(map, problems_, inventory_); });
    if (const auto map = root.get("blocklists"))
      build_blocklists(*map, blocklist_use_at_, problems_, inventory_);
    each(root, "probes", [&](const yaml::Value& map) { build_probe(map, problems_, inventory_); });
    if (const auto map = root.get("standards"))
      build_standards(*map, place, latency_at_, problems_, inventory_.standards);
    if (const auto map = root.get("rules")) {
      yaml::for_each_member(*map, [&](const yaml::Value& key, const yaml::Value& value) {
        build_rule(key, value, problems_, inventory_);
      });
      const auto preset = text_field(*map, preset_key);
      if (preset && only_once(*preset, preset_key, preset_at_, problems_)) preset_ = preset->text();
    }
    each(root, "waivers", [&](const yaml::Value& map) { build_waiver(map, problems_, inventory_); });
  }

  const std::vector<InventoryFile>& files_;
  const LoadOptions& options_;
  yaml::Problems& problems_;
  Inventory& inventory_;
  std::vector<std::optional<Place>> places_;
  std::optional<Span> rollout_at_, latency_at_, preset_at_, quorum_at_, blocklist_use_at_;
  std::string_view preset_;
};

}  // namespace

void build(const FileSet& files, const LoadOptions& options, yaml::Problems& problems, Inventory& inventory) {
  Builder(files, options, problems, inventory).build();
}

}  // namespace rdnsgate::inventory
