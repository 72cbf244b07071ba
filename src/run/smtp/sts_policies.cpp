// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/smtp/sts_policies.h"

#include <fmt/format.h>

#include <utility>

#include "base/read_json.h"
#include "inventory/files/read_file.h"

namespace rdnsgate::run {
namespace {

using StsJson = nlohmann::json;
using PolicyOutcome = audit::FetchedPolicy::Outcome;

constexpr std::size_t largest_sts_file = std::size_t{64} << 20;
constexpr std::string_view sts_schema = "rdnsgate/mta-sts/1";
constexpr const char* how_to_fetch =
    "make one with: rdnsgate smtp mta-sts --format json inventory.yaml >FILE";

std::string member(const StsJson& map, const char* key) {
  const auto found = map.find(key);
  return found != map.end() && found->is_string() ? found->get<std::string>() : std::string();
}

Result<audit::FetchedPolicy> policy_of(const StsJson& json) {
  if (!json.is_object()) return fail("it is not an object");
  audit::FetchedPolicy policy;
  auto domain = dns::Name::from_host(member(json, "domain"));
  if (!domain || domain->is_root()) return fail("domain: it is no domain name");
  policy.domain = std::move(*domain);
  const auto asked_at = parse_time(member(json, "asked_at"));
  if (!asked_at) return fail("asked_at: " + asked_at.error().message);
  policy.asked_at = *asked_at;
  policy.reason = member(json, "reason");
  policy.text = member(json, "policy");
  policy.id = member(json, "id");
  if (const auto first = json.find("first"); first != json.end() && first->is_object()) {
    const auto seen_at = parse_time(member(*first, "asked_at"));
    if (!seen_at) return fail("first.asked_at: " + seen_at.error().message);
    policy.first = {member(*first, "policy"), *seen_at};
  }
  const auto outcome = member(json, "outcome");
  if (outcome == "fetched")
    policy.outcome = PolicyOutcome::fetched;
  else if (outcome == "not-asked")
    policy.outcome = PolicyOutcome::not_asked;
  else if (outcome == "refused")
    policy.outcome = PolicyOutcome::refused;
  else if (outcome == "unreachable")
    policy.outcome = PolicyOutcome::unreachable;
  else
    return fail("outcome: it is none of fetched, not-asked, refused and unreachable");
  return policy;
}

}  // namespace

Result<audit::StsPolicies> read_sts_policies(std::string_view text) {
  const auto json = read_json(text);
  if (!json) {
    const auto& fault = json.error();
    return fail(fmt::format("line {}, column {}: {}", fault.line, fault.column, fault.message), how_to_fetch);
  }
  if (!json->is_object() || member(*json, "schema") != sts_schema)
    return fail(fmt::format("it is not what smtp mta-sts writes: \"schema\" is not \"{}\"", sts_schema),
                how_to_fetch);
  const auto list = json->find("policies");
  if (list == json->end() || !list->is_array()) return fail("it has no list of policies", how_to_fetch);
  std::vector<audit::FetchedPolicy> all;
  for (std::size_t i = 0; i < list->size(); ++i) {
    auto policy = policy_of((*list)[i]);
    if (!policy) return fail(fmt::format("policies[{}]: {}", i, policy.error().message), how_to_fetch);
    all.push_back(std::move(*policy));
  }
  return audit::StsPolicies(std::move(all));
}

Result<audit::StsPolicies> load_sts_policies(const std::string& path, std::string_view option) {
  const auto text = inventory::read_file(path, largest_sts_file);
  if (!text) return fail(fmt::format("{}: {}", option, text.error().message), how_to_fetch);
  auto policies = read_sts_policies(*text);
  if (!policies)
    return fail(fmt::format("{}: {}: {}", option, path, policies.error().message), policies.error().hint);
  return policies;
}

}  // namespace rdnsgate::run
