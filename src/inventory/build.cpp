// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "inventory/build.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <regex>

#include "inventory/fields.h"
#include "inventory/wording.h"

namespace rdnsgate::inventory {
namespace {

/// The value of an enum under a key, by its text; `out` stays where there is none or it is not one.
template <typename Enum, std::size_t count>
void enum_field(const Value& map, std::string_view key, const Enum (&all)[count], Enum& out) {
  const std::string text = string_field(map, key);
  for (const Enum candidate : all) {
    if (to_string(candidate) == text) out = candidate;
  }
}

Span name_span(const Value& map) {
  const auto name = map.get("name");
  return name ? name->span() : map.span();
}

void build_defaults(const Value& map, Problems& problems, Defaults& defaults) {
  duration_field(map, "ttl", defaults.ttl, problems);
  const auto rollout = map.get("rollout");
  if (!rollout) return;
  auto& times = defaults.rollout;
  duration_field(*rollout, "ttl", times.ttl, problems);
  duration_field(*rollout, "propagation", times.propagation, problems);
  duration_field(*rollout, "skew", times.skew, problems);
  duration_field(*rollout, "bake", times.bake, problems);
  duration_field(*rollout, "cache_floor", times.cache_floor, problems);
  duration_field(*rollout, "queue", times.queue, problems);
  const std::string wave = string_field(*rollout, "wave");
  std::from_chars(wave.data(), wave.data() + wave.size(), times.wave_percent);
  if (const auto most = integer_field(*rollout, "max_wave")) times.max_wave = static_cast<unsigned>(*most);
}

/// What only a vantage of certain kinds has.
void check_keys_of_kind(const Value& map, const Vantage& vantage, Problems& problems) {
  if (vantage.kind == dns::VantageKind::forward) {
    if (!map.get("address")) {
      problems.add(code::schema, vantage.at,
                   fmt::format("the forward vantage {} has no address", quoted(vantage.name)),
                   "add the address of the resolver to ask");
    }
    for_each_member(map, [&](const Value& key, const Value&) {
      if (key.text() != "root_hints" && key.text() != "trust_anchor") return;
      problems.add(code::schema, key.span(),
                   fmt::format("\"{}\" means nothing for a forward vantage", key.text()),
                   "what its resolver says is taken as it says it; \"kind: recursive\" validates here");
    });
    return;
  }
  for_each_member(map, [&](const Value& key, const Value&) {
    constexpr std::array forward_only = {"address", "port", "tls_name", "tls_ca"};
    constexpr std::array of_direct_questions = {"questions_per_second", "mix_case"};
    const auto is_one_of = [&](const auto& keys) {
      return std::find(keys.begin(), keys.end(), key.text()) != keys.end();
    };
    if (is_one_of(of_direct_questions)) {
      if (vantage.kind == dns::VantageKind::authoritative) return;
      problems.add(code::schema, key.span(),
                   fmt::format("\"{}\" means nothing for a recursive vantage", key.text()),
                   "it is for \"kind: forward\" and \"kind: authoritative\"");
      return;
    }
    if (!is_one_of(forward_only)) return;
    problems.add(code::schema, key.span(),
                 fmt::format("\"{}\" means nothing for a vantage that is not a forward one", key.text()),
                 "with \"kind: forward\" one resolver is asked");
  });
}

/// The name in the resolver's certificate, in the form that certificates have it; empty where there is none.
std::string tls_name(const Value& map, Problems& problems) {
  const auto text = text_field(map, "tls_name");
  if (!text || IpAddress::parse(text->text())) return text ? std::string(text->text()) : std::string();
  const auto name = Name::from_host(text->text());
  if (name && !name->is_root()) return name->text();
  report_value(problems, text->span(),
               name ? Error{fmt::format("{} is not a host name", quoted(text->text())), ""} : name.error());
  return {};
}

/// What means something only over TLS, or only without.
void check_tls_keys(const Value& map, const Vantage& vantage, Problems& problems) {
  if (vantage.kind != dns::VantageKind::forward) return;
  const bool over_tls = map.get("tls_name").has_value();
  for_each_member(map, [&](const Value& key, const Value&) {
    if (!over_tls && key.text() == "tls_ca") {
      problems.add(code::schema, key.span(), "\"tls_ca\" means nothing without tls_name",
                   "tls_name has the resolver asked over TLS, and is the name in its certificate");
    } else if (over_tls && vantage.mix_case && key.text() == "mix_case") {
      problems.add(code::schema, key.span(), "\"mix_case\" means nothing over TLS",
                   "nobody off the path can answer there, so that it adds nothing");
    }
  });
}

Vantage build_vantage(const Value& map, Problems& problems) {
  using enum dns::VantageKind;
  Vantage vantage;
  vantage.name = string_field(map, "name");
  vantage.at = name_span(map);
  enum_field(map, "kind", {recursive, authoritative, forward}, vantage.kind);
  if (const auto text = text_field(map, "address")) {
    const auto address = IpAddress::parse(text->text());
    if (address) {
      vantage.address = *address;
    } else {
      report_value(problems, text->span(), address.error());
    }
  }
  vantage.tls_name = tls_name(map, problems);
  vantage.tls_ca = string_field(map, "tls_ca");
  if (!vantage.tls_name.empty()) vantage.port = 853;  // RFC 7858 §3.1
  if (const auto port = integer_field(map, "port"); port && *port > 0 && *port <= 65535) {
    vantage.port = static_cast<std::uint16_t>(*port);
  }
  if (const auto rate = integer_field(map, "questions_per_second");
      rate && *rate >= 0 && *rate <= 1'000'000) {
    vantage.questions_per_second = static_cast<unsigned>(*rate);
  }
  vantage.mix_case = bool_field(map, "mix_case");
  vantage.view = string_field(map, "view");
  vantage.operator_name = string_field(map, "operator");
  if (vantage.operator_name.empty()) vantage.operator_name = vantage.name;
  vantage.root_hints = string_field(map, "root_hints");
  vantage.trust_anchor = string_field(map, "trust_anchor");
  check_keys_of_kind(map, vantage, problems);
  check_tls_keys(map, vantage, problems);
  return vantage;
}

void build_zone(const Value& map, Problems& problems, Inventory& inventory) {
  using enum ManagedBy;
  auto name = name_field(map, "name", problems);
  if (!name) return;
  Zone zone;
  zone.name = std::move(*name);
  zone.at = name_span(map);
  enum_field(map, "managed_by", {zonefile, nsupdate, octodns, dnscontrol, ticket}, zone.managed_by);
  zone.contact = string_field(map, "contact");
  zone.min_ttl = duration_field(map, "min_ttl", problems);
  zone.max_ttl = duration_field(map, "max_ttl", problems);
  zone.publish_delay = duration_field(map, "publish_delay", problems);
  zone.file = string_field(map, "file");
  zone.owner = string_field(map, "owner");
  if (zone.min_ttl && zone.max_ttl && *zone.min_ttl > *zone.max_ttl) {
    problems.add(code::value, map.get("min_ttl")->span(),
                 "min_ttl is greater than max_ttl: no TTL can satisfy both");
  }
  const auto [known, is_new] = inventory.zone_index.emplace(zone.name.wire(), inventory.zones.size());
  if (!is_new) {
    problems.add(code::duplicate, zone.at, fmt::format("the zone {} is declared twice", zone.name.text()),
                 fmt::format("the first is in {}", problems.line(inventory.zones[known->second].at)));
    return;
  }
  inventory.zones.push_back(std::move(zone));
}

void build_relay(const Value& map, Problems& problems, Inventory& inventory) {
  Relay relay;
  relay.name = string_field(map, "name");
  relay.at = name_span(map);
  relay.spf = string_field(map, "spf");
  relay.helo_pattern = string_field(map, "helo");
  relay.dkim = strings_field(map, "dkim");
  if (const auto list = map.get("addresses")) {
    for_each_item(*list, [&](const Value& item) {
      if (!item.is_text()) return;
      const auto prefix = Prefix::parse(item.text());
      if (!prefix) return report_value(problems, item.span(), prefix.error());
      relay.addresses.push_back(*prefix);
      relay.addresses_at.push_back(item.span());
    });
  }
  inventory.relays.push_back(std::move(relay));
}

void build_domain(const Value& map, Problems& problems, Inventory& inventory) {
  auto name = name_field(map, "name", problems);
  if (!name) return;
  Domain domain;
  domain.name = std::move(*name);
  domain.at = name_span(map);
  if (const auto via = map.get("via")) {
    for_each_item(*via, [&](const Value& item) {
      if (item.is_text()) domain.via.push_back({std::string(item.text()), item.span()});
    });
  }
  if (const auto spf = map.get("spf")) domain.spf_all = string_field(*spf, "all");
  domain.dkim = strings_field(map, "dkim");
  if (const auto dmarc = map.get("dmarc")) {
    domain.dmarc = DmarcIntent{string_field(*dmarc, "policy"), strings_field(*dmarc, "rua")};
  }
  inventory.domains.push_back(std::move(domain));
}

void build_pattern(const Value& item, Problems& problems, Standards& standards) {
  if (!item.is_text() || item.text().size() > 1000) return;  // as in the schema
  NamePattern pattern{std::string(item.text()), item.span()};
  try {
    const std::regex compiled(pattern.regex, std::regex::ECMAScript | std::regex::icase);
  } catch (const std::regex_error& error) {
    report_value(problems, item.span(),
                 {fmt::format("{} is not a regular expression: {}", quoted(item.text()), error.what()),
                  "a dot that is meant as a dot is written \\."});
    return;
  }
  standards.names.push_back(std::move(pattern));
}

void build_standards(const Value& map, Problems& problems, Standards& standards) {
  if (const auto names = map.get("names")) {
    for_each_item(*names, [&](const Value& item) { build_pattern(item, problems, standards); });
  }
  if (const auto latency = map.get("latency")) {
    standards.latency_warn = duration_ms_field(*latency, "warn", problems);
    standards.latency_fail = duration_ms_field(*latency, "fail", problems);
  }
}

void build_rule(const Value& key, const Value& value, Inventory& inventory) {
  // A YAML 1.1 tool may have rewritten `off` as `false`.
  const auto severity = value.kind() == Kind::boolean ? Severity::off : parse_severity(value.text());
  if (key.is_text() && severity) inventory.rules.push_back({std::string(key.text()), *severity, key.span()});
}

void build_waiver(const Value& map, Problems& problems, Inventory& inventory) {
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

}  // namespace

void build(const Document& document, const LoadOptions& options, Problems& problems, Inventory& inventory) {
  const Value root = document.root();
  const auto section = [&](std::string_view key, auto&& visit) {
    if (const auto value = root.get(key)) visit(*value);
  };
  const auto each = [&](std::string_view key, auto&& visit) {
    section(key, [&](const Value& list) {
      for_each_item(list, [&](const Value& item) {
        if (item.is_map()) visit(item);
      });
    });
  };
  section("defaults", [&](const Value& map) { build_defaults(map, problems, inventory.defaults); });
  each("vantages", [&](const Value& map) { inventory.vantages.push_back(build_vantage(map, problems)); });
  each("zones", [&](const Value& map) { build_zone(map, problems, inventory); });
  section("senders", [&](const Value& list) { build_senders(list, options, problems, inventory); });
  each("relays", [&](const Value& map) { build_relay(map, problems, inventory); });
  each("domains", [&](const Value& map) { build_domain(map, problems, inventory); });
  section("standards", [&](const Value& map) { build_standards(map, problems, inventory.standards); });
  section("rules", [&](const Value& map) {
    for_each_member(map, [&](const Value& key, const Value& value) { build_rule(key, value, inventory); });
  });
  each("waivers", [&](const Value& map) { build_waiver(map, problems, inventory); });
  if (inventory.vantages.empty()) {
    Vantage walker;
    walker.name = walker.operator_name = "recursive";
    walker.at = inventory.top;
    inventory.vantages.push_back(std::move(walker));
  }
}

}  // namespace rdnsgate::inventory
