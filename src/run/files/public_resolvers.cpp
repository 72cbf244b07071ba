// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/files/public_resolvers.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <span>

#include "base/embedded.h"
#include "base/version.h"
#include "resolve/net/endpoint.h"

namespace rdnsgate::resolve {
std::span<const EmbeddedFile> embedded_public_resolvers();  // made from resolve/public_resolvers.json
}  // namespace rdnsgate::resolve

namespace rdnsgate::run {
namespace {

using Json = nlohmann::ordered_json;

const Json& document() {
  static const Json json = Json::parse(resolve::embedded_public_resolvers().front().text);
  return json;
}

std::string text_of(const Json& json, const char* key) {
  return json.at(key).is_null() ? std::string() : json.at(key).get<std::string>();
}

std::vector<PublicResolver> read_all() {
  std::vector<PublicResolver> all;
  for (const auto& json : document().at("resolvers")) {
    auto& one = all.emplace_back();
    one.name = text_of(json, "name");
    one.operator_name = text_of(json, "operator");
    for (const auto& address : json.at("addresses"))
      one.addresses.push_back(IpAddress::parse(address.get<std::string>()).value());
    one.tls_name = text_of(json, "tls_name");
    one.validates = json.at("validates").get<bool>();
    one.filters = text_of(json, "filters");
    one.good_for = text_of(json, "good_for");
  }
  return all;
}

}  // namespace

const std::vector<PublicResolver>& public_resolvers() {
  static const std::vector<PublicResolver> all = read_all();
  return all;
}

unsigned public_rate() { return document().at("questions_per_second").get<unsigned>(); }

resolve::VantageConfig as_vantage(const PublicResolver& resolver) {
  resolve::VantageConfig config;
  config.name = resolver.name;
  config.operator_name = resolver.operator_name;
  config.kind = dns::VantageKind::forward;
  config.questions_per_second = public_rate();
  const auto& all = resolver.addresses;
  const auto reachable = std::find_if(all.begin(), all.end(), [&](const IpAddress& address) {
    return resolve::has_route(resolve::Endpoint(address, config.port));
  });
  config.address = reachable == all.end() ? all.front() : *reachable;
  return config;
}

std::string public_resolvers_json() {
  Json json{{"schema", "rdnsgate/vantages/1"},
            {"tool", {{"name", "rdnsgate"}, {"version", version}}},
            {"public", document()}};
  return json.dump(2) + "\n";
}

}  // namespace rdnsgate::run
