// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "draft/netbox.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <utility>

#include "base/read_json.h"
#include "base/wording.h"
#include "draft/host_fields.h"

namespace rdnsgate::draft {
namespace {

using Json = nlohmann::json;

constexpr std::size_t most_netbox_problems = 20;

std::string text_at(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// A choice or an object that another one refers to: older versions of NetBox write only its name.
std::string name_at(const Json& object, const char* key, const char* member) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_object()) return text_at(object, key);
  return text_at(*found, member);
}

}  // namespace

void read_netbox(const Sources& sources, FileId file, Estate& estate, Diagnostics& problems) {
  const auto report = [&](Span at, std::string message, std::string hint) {
    problems.push_back({Severity::error, "netbox", std::move(message), std::move(hint), at});
  };
  constexpr const char* form = "export it as JSON: GET /api/ipam/ip-addresses/?limit=0";
  const auto read = read_json(sources.text(file));
  if (!read) {
    const auto at = static_cast<std::uint32_t>(read.error().at);
    return report({file, at, at + 1}, read.error().message, form);
  }
  const auto& document = *read;
  const Json* list = &document;
  if (document.is_object() && document.contains("results")) list = &document["results"];
  if (!list->is_array()) return report({file, 0, 1}, "there is no list of IP addresses in it", form);
  if (document.is_object() && document.contains("next") && document["next"].is_string())
    estate.notes.push_back("The NetBox export is one page of several: ask with limit=0 for all.");
  const std::size_t known = problems.size();
  for (std::size_t i = 0; i < list->size() && problems.size() - known < most_netbox_problems; ++i) {
    const Json& item = (*list)[i];
    if (!item.is_object()) {
      report({file, 0, 1}, fmt::format("item {} of the list is no IP address of NetBox", i + 1), form);
      continue;
    }
    HostFields host{
        text_at(item, "address"), text_at(item, "dns_name"), "", "", name_at(item, "tenant", "name"), ""};
    const auto status = name_at(item, "status", "value");
    if (!status.empty() && status != "active")
      host.left_out = fmt::format("its status in NetBox is {}", status);
    if (const auto added = add_host(host, estate); !added)
      report({file, 0, 1}, fmt::format("item {} of the list: {}", i + 1, added.error().message),
             added.error().hint);
  }
}

}  // namespace rdnsgate::draft
