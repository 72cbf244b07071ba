// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "draft/tofu.h"

#include <fmt/format.h>

#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>

#include "base/read_json.h"
#include "base/text/text.h"
#include "draft/host_fields.h"

namespace rdnsgate::draft {
namespace {

using Json = nlohmann::json;

constexpr std::size_t most_tofu_problems = 20;

std::string text_at(const Json& object, std::string_view key) {
  const auto found = object.is_object() ? object.find(key) : object.end();
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// A member that is an object; null for anything else.
const Json& member(const Json& object, std::string_view key) {
  static const Json nothing;
  const auto found = object.is_object() ? object.find(key) : object.end();
  return found == object.end() ? nothing : *found;
}

/// Resources that give an address and its name themselves, and how they call the two.
struct Pair {
  std::string_view type, address, name;
};
constexpr Pair pairs[] = {
    {"azurerm_public_ip", "ip_address", "reverse_fqdn"},
    {"hcloud_rdns", "ip_address", "dns_ptr"},
    {"linode_rdns", "address", "rdns"},
    {"ovh_ip_reverse", "ip_reverse", "reverse"},
    {"vultr_reverse_ipv4", "ip", "reverse"},
    {"vultr_reverse_ipv6", "ip", "reverse"},
};

class TofuReader {
 public:
  using Report = std::function<void(std::string message, std::string hint)>;

  TofuReader(Estate& estate, Report report) : estate_(estate), report_(std::move(report)) {}

  void read(const Json& root) {
    each(root, [&](const Json& resource) { note_elastic(resource); });
    each(root, [&](const Json& resource) { take(resource); });
    if (unknown_ > 0)
      estate_.notes.push_back(
          fmt::format("{}: not known before the plan is applied.",
                      counted(unknown_, "reverse name was left out", "reverse names were left out")));
  }
  std::size_t taken() const { return taken_; }

 private:
  /// Of a module and those in it, whose depth is bounded by what read_json() takes.
  template <typename Visit>
  void each(const Json& module, const Visit& visit) const {
    for (const auto& resource : member(module, "resources")) visit(resource);
    for (const auto& child : member(module, "child_modules")) each(child, visit);
  }

  /// aws_eip_domain_name names the allocation, and aws_eip has its address.
  void note_elastic(const Json& resource) {
    const Json& values = member(resource, "values");
    if (text_at(resource, "type") != "aws_eip") return;
    for (const auto* key : {"allocation_id", "id"}) {
      if (const auto id = text_at(values, key); !id.empty()) elastic_[id] = text_at(values, "public_ip");
    }
  }

  void take(const Json& resource) {
    const auto type = text_at(resource, "type");
    const Json& values = member(resource, "values");
    for (const auto& pair : pairs) {
      // An address without a name of its own is no matter of ours.
      if (type == pair.type && !member(values, pair.name).is_null())
        add(resource, text_at(values, pair.address), text_at(values, pair.name));
    }
    if (type == "aws_eip_domain_name") {
      const auto known = elastic_.find(text_at(values, "allocation_id"));
      add(resource, known == elastic_.end() ? std::string() : known->second, text_at(values, "domain_name"));
    } else if (type == "google_compute_instance") {
      for (const auto& interface : member(values, "network_interface")) {
        take_google(resource, member(interface, "access_config"), "nat_ip");
        take_google(resource, member(interface, "ipv6_access_config"), "external_ipv6");
      }
    }
  }

  void take_google(const Json& resource, const Json& configs, std::string_view address) {
    for (const auto& config : configs) {
      const auto name = text_at(config, "public_ptr_domain_name");
      if (!name.empty()) add(resource, text_at(config, address), name);
    }
  }

  void add(const Json& resource, const std::string& address, const std::string& name) {
    if (address.empty() || name.empty()) {
      ++unknown_;
      return;
    }
    ++taken_;
    const auto added = add_host({address, name, "", "", "", ""}, estate_);
    if (!added)
      report_(fmt::format("{}: {}", text_at(resource, "address"), added.error().message), added.error().hint);
  }

  Estate& estate_;
  Report report_;
  std::map<std::string, std::string> elastic_;
  std::size_t taken_ = 0, unknown_ = 0;
};

}  // namespace

void read_tofu(const Sources& sources, FileId file, Estate& estate, Diagnostics& problems) {
  const std::size_t known = problems.size();
  const auto report = [&](Span at, std::string message, std::string hint) {
    if (problems.size() - known < most_tofu_problems)
      problems.push_back({Severity::error, "tofu", std::move(message), std::move(hint), at});
  };
  constexpr const char* form = "write it with \"tofu show -json\" or \"terraform show -json\"";
  const auto read = read_json(sources.text(file));
  if (!read) {
    const auto at = static_cast<std::uint32_t>(read.error().at);
    return report({file, at, at + 1}, read.error().message, form);
  }
  const Json& state = member(*read, "values");
  const Json& root = member(state.is_object() ? state : member(*read, "planned_values"), "root_module");
  if (!root.is_object()) return report({file, 0, 1}, "there is neither a state nor a plan in it", form);
  TofuReader reader(estate, [&](std::string message, std::string hint) {
    report({file, 0, 1}, std::move(message), std::move(hint));
  });
  reader.read(root);
  if (reader.taken() == 0)
    estate.notes.push_back(
        "The state of OpenTofu or Terraform has no reverse names of a kind that is known.");
}

}  // namespace rdnsgate::draft
