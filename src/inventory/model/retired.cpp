// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "inventory/model/retired.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/wording.h"
#include "inventory/model/expand.h"
#include "inventory/model/fields.h"
#include "inventory/problem_codes.h"

namespace rdnsgate::inventory {
namespace {

/// A colon or a slash, or digits after the last dot (RFC 3696 §2: no top-level domain is a number): meant as
/// an address, whether it is one or not.
bool looks_like_addresses(std::string_view text) {
  if (text.find_first_of(":/") != std::string_view::npos) return true;
  const std::string_view last = text.substr(text.rfind('.') + 1);
  return !last.empty() && last.find_first_not_of("0123456789") == std::string_view::npos;
}

class RetiredBuilder {
 public:
  RetiredBuilder(const LoadOptions& options, yaml::Problems& problems, Inventory& inventory)
      : options_(options), problems_(problems), inventory_(inventory) {}

  void item(const yaml::Value& item) {
    if (!looks_like_addresses(item.text())) return name(item);
    const auto range = parse_range(item.text());
    if (!range) {
      report_value(problems_, item.span(), range.error());
    } else if (range->count > options_.limits.addresses - inventory_.retired_addresses.size()) {
      problems_.add(code::limit, item.span(),
                    fmt::format("with this more than {} addresses are retired", options_.limits.addresses),
                    "list only what really sent");
    } else {
      for (std::uint64_t i = 0; i < range->count; ++i)
        inventory_.retired_addresses.push_back({range->first.plus(i), item.span()});
    }
  }

 private:
  void name(const yaml::Value& item) {
    auto name = Name::from_host(item.text());
    if (name && !name->is_root()) {
      inventory_.retired_names.push_back({std::move(*name), item.span()});
    } else {
      report_value(problems_, item.span(), name ? Error{"the root is no host's name", ""} : name.error());
    }
  }

  const LoadOptions& options_;
  yaml::Problems& problems_;
  Inventory& inventory_;
};

/// One problem for each pair of entries, however many addresses they share.
void check_retired_addresses(const Inventory& inventory, yaml::Problems& problems) {
  std::map<IpAddress, Span> seen;
  std::set<std::pair<Span, Span>> told;
  for (const auto& [ip, at] : inventory.retired_addresses) {
    if (const Address* declared = inventory.find(ip);
        declared != nullptr && told.emplace(at, declared->at).second) {
      problems.add(code::duplicate, at,
                   fmt::format("{} is retired, but sender {} still has it", ip.to_string(),
                               in_quotes(inventory.sender_of(*declared).name)),
                   fmt::format("it is in {}; take it out there, or here", problems.place(declared->at, at)));
    }
    const auto [known, is_new] = seen.emplace(ip, at);
    if (!is_new && told.emplace(at, known->second).second) {
      problems.add(code::duplicate, at, fmt::format("{} is retired twice", ip.to_string()),
                   fmt::format("the first is in {}", problems.place(known->second, at)));
    }
  }
}

void check_retired_names(const Inventory& inventory, yaml::Problems& problems) {
  std::map<std::string_view, Span> retired;
  for (const auto& [name, at] : inventory.retired_names) {
    const auto [known, is_new] = retired.emplace(name.wire(), at);
    if (is_new) continue;
    problems.add(code::duplicate, at, fmt::format("{} is retired twice", name.text()),
                 fmt::format("the first is in {}", problems.place(known->second, at)));
  }
  if (retired.empty()) return;
  std::set<Span> told;
  for (const auto& address : inventory.addresses) {
    for_each_name(address, [&](const Name& name) {
      const auto found = retired.find(name.wire());
      if (found == retired.end() || !told.insert(found->second).second) return;
      problems.add(
          code::duplicate, found->second,
          fmt::format("{} is retired, but {} of sender {} still has it as its {} name", name.text(),
                      address.ip.to_string(), in_quotes(inventory.sender_of(address).name),
                      &name == &address.ptr ? "PTR" : "HELO"),
          fmt::format("it is in {}; take it out there, or here", problems.place(address.at, found->second)));
    });
  }
}

}  // namespace

void build_retired(const yaml::Value& list, const LoadOptions& options, yaml::Problems& problems,
                   Inventory& inventory) {
  RetiredBuilder builder(options, problems, inventory);
  yaml::for_each_item(list, [&](const yaml::Value& item) {
    if (item.is_text() && !item.text().empty() && !problems.full()) builder.item(item);
  });
}

void check_retired(const Inventory& inventory, yaml::Problems& problems) {
  check_retired_addresses(inventory, problems);
  check_retired_names(inventory, problems);
}

}  // namespace rdnsgate::inventory
