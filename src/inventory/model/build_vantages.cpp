// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/wording.h"
#include "inventory/model/build.h"
#include "inventory/model/fields.h"
#include "inventory/problem_codes.h"

namespace rdnsgate::inventory {
namespace {

/// What only a vantage of certain kinds has.
void check_keys_of_kind(const yaml::Value& map, const Vantage& vantage, yaml::Problems& problems) {
  if (vantage.kind == dns::VantageKind::forward) {
    if (!map.get("address")) {
      problems.add(code::schema, vantage.at,
                   fmt::format("the forward vantage {} has no address", in_quotes(vantage.name)),
                   "add the address of the resolver to ask");
    }
    yaml::for_each_member(map, [&](const yaml::Value& key, const yaml::Value&) {
      if (key.text() != "root_hints" && key.text() != "trust_anchor") return;
      problems.add(code::schema, key.span(),
                   fmt::format("\"{}\" means nothing for a forward vantage", key.text()),
                   "what its resolver says is taken as it says it; \"kind: recursive\" validates here");
    });
    return;
  }
  yaml::for_each_member(map, [&](const yaml::Value& key, const yaml::Value&) {
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
std::string tls_name(const yaml::Value& map, yaml::Problems& problems) {
  const auto text = text_field(map, "tls_name");
  if (!text || IpAddress::parse(text->text())) return text ? std::string(text->text()) : std::string();
  const auto name = Name::from_host(text->text());
  if (name && !name->is_root()) return name->text();
  report_value(
      problems, text->span(),
      name ? Error{fmt::format("{} is not a host name", in_quotes(text->text())), ""} : name.error());
  return {};
}

/// What means something only over TLS, or only without.
void check_tls_keys(const yaml::Value& map, const Vantage& vantage, yaml::Problems& problems) {
  if (vantage.kind != dns::VantageKind::forward) return;
  const bool over_tls = map.get("tls_name").has_value();
  yaml::for_each_member(map, [&](const yaml::Value& key, const yaml::Value&) {
    if (!over_tls && key.text() == "tls_ca") {
      problems.add(code::schema, key.span(), "\"tls_ca\" means nothing without tls_name",
                   "tls_name has the resolver asked over TLS, and is the name in its certificate");
    } else if (over_tls && vantage.mix_case && key.text() == "mix_case") {
      problems.add(code::schema, key.span(), "\"mix_case\" means nothing over TLS",
                   "nobody off the path can answer there, so that it adds nothing");
    }
  });
}

/// The prefixes of a list or, of a mapping, of its keys.
std::optional<Prefix> return_code(const yaml::Value& text, yaml::Problems& problems) {
  if (!text.is_text()) return std::nullopt;
  const auto block = Prefix::parse(text.text());
  if (block && block->network().is_v4()) return *block;
  report_value(problems, text.span(),
               block ? Error{fmt::format("{} is no IPv4 address or block", in_quotes(text.text())),
                             "a blocklist answers with addresses such as 127.0.0.2"}
                     : block.error());
  return std::nullopt;
}

void build_blocklist(const yaml::Value& item, bool of_names, yaml::Problems& problems, Inventory& inventory) {
  const auto text = item.is_text() ? std::optional(item) : text_field(item, "zone");
  if (!text || text->text().empty()) return;
  auto zone = Name::from_host(text->text());
  if (!zone || zone->is_root())
    return report_value(problems, text->span(),
                        zone ? Error{"the root is no blocklist", ""} : Error(zone.error()));
  Blocklist list;
  list.zone = std::move(*zone);
  list.of_names = of_names;
  list.at = text->span();
  const auto known = std::find_if(inventory.blocklists.begin(), inventory.blocklists.end(),
                                  [&](const Blocklist& one) { return one.zone == list.zone; });
  if (known != inventory.blocklists.end()) {
    problems.add(code::duplicate, list.at, fmt::format("the blocklist {} is given twice", list.zone.text()),
                 fmt::format("the first is in {}", problems.place(known->at, list.at)));
    return;
  }
  if (const auto codes = item.is_map() ? item.get("codes") : std::nullopt) {
    yaml::for_each_member(*codes, [&](const yaml::Value& key, const yaml::Value& meaning) {
      const auto block = return_code(key, problems);
      if (block && meaning.is_text()) list.codes.push_back({*block, std::string(meaning.text())});
    });
  }
  if (const auto refusals = item.is_map() ? item.get("refusals") : std::nullopt) {
    yaml::for_each_item(*refusals, [&](const yaml::Value& one) {
      if (const auto block = return_code(one, problems)) list.refusals.push_back(*block);
    });
  }
  if (const auto test = item.is_map() ? text_field(item, "test") : std::nullopt) {
    if (auto name = Name::from_host(test->text()); !name) {
      report_value(problems, test->span(), name.error());
    } else if (!of_names) {
      problems.add(code::schema, test->span(), "\"test\" means nothing for a list of addresses",
                   "those always list 127.0.0.2 (RFC 5782)");
    } else {
      list.test = std::move(*name);
    }
  }
  inventory.blocklists.push_back(std::move(list));
}

}  // namespace

void build_blocklists(const yaml::Value& map, std::optional<Span>& use_at, yaml::Problems& problems,
                      Inventory& inventory) {
  for (const bool of_names : {false, true}) {
    if (const auto list = map.get(of_names ? "names" : "addresses"))
      yaml::for_each_item(
          *list, [&](const yaml::Value& item) { build_blocklist(item, of_names, problems, inventory); });
  }
  for (const std::string_view key : {"limit", "special_addresses"}) {
    const auto value = map.get(key);
    if (!value) continue;
    if (use_at && use_at->file != value->span().file) {
      problems.add(
          code::duplicate, value->span(),
          fmt::format("\"{}\" holds for the whole inventory, and blocklists are set up already", key),
          fmt::format("in {}", problems.place(*use_at, value->span())));
      continue;
    }
    use_at = value->span();
    if (key == "limit") {
      if (const auto limit = integer_field(map, key); limit && *limit > 0)
        inventory.blocklist_use.limit = static_cast<std::uint32_t>(*limit);
    } else {
      inventory.blocklist_use.special_addresses = bool_field(map, key);
    }
  }
}

Vantage build_vantage(const yaml::Value& map, const std::string& folder, yaml::Problems& problems) {
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
  vantage.tls_ca = file_field(map, "tls_ca", folder);
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
  vantage.root_hints = file_field(map, "root_hints", folder);
  vantage.trust_anchor = file_field(map, "trust_anchor", folder);
  check_keys_of_kind(map, vantage, problems);
  check_tls_keys(map, vantage, problems);
  return vantage;
}

Vantage default_vantage() {
  Vantage walker;
  walker.name = walker.operator_name = "recursive";
  return walker;
}

}  // namespace rdnsgate::inventory
