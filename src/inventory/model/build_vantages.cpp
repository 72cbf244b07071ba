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

}  // namespace

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
