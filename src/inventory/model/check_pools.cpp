// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>
#include <unordered_map>

#include "inventory/model/checks.h"
#include "inventory/problem_codes.h"

namespace rdnsgate::inventory {
namespace {

/// Where the template stands that an address has its PTR from; nullopt where the name was written out.
class Templates {
 public:
  Templates(const Inventory& inventory, const Sources& sources) : inventory_(inventory), sources_(sources) {}

  std::optional<Span> of(const Address& address) const {
    if (address.ptr_at != address.at) return is_template(address.ptr_at);
    const Sender& sender = inventory_.sender_of(address);
    return address.ptr == address.helo && !sender.helo_name ? is_template(sender.helo_at) : std::nullopt;
  }

 private:
  std::optional<Span> is_template(Span at) const {
    const bool has_placeholder = sources_.text(at).find('{') != std::string_view::npos;
    return has_placeholder ? std::optional(at) : std::nullopt;
  }

  const Inventory& inventory_;
  const Sources& sources_;
};

}  // namespace

/// Within one entry its builder has looked. Two addresses of one name that was written out are somebody's
/// decision, and so is a name for one address of each family.
void check_pools(const Inventory& inventory, yaml::Problems& problems) {
  const Templates templates(inventory, problems.sources());
  const auto& all = inventory.addresses;
  const bool any =
      std::any_of(all.begin(), all.end(), [&](const auto& a) { return templates.of(a).has_value(); });
  if (!any) return;
  std::unordered_map<std::string_view, AddressIndex> seen[2];
  std::set<std::pair<Span, Span>> told;
  for (AddressIndex i = 0; i < all.size() && !problems.full(); ++i) {
    const Address& second = all[i];
    if (second.ptr.is_root()) continue;
    const auto [known, is_new] = seen[second.ip.is_v6() ? 1 : 0].emplace(second.ptr.wire(), i);
    const Address& first = all[known->second];
    if (is_new || first.at == second.at || first.ip == second.ip) continue;
    const auto from_first = templates.of(first), from_second = templates.of(second);
    if ((!from_first && !from_second) || !told.emplace(first.at, second.at).second) continue;
    const Span at = from_second.value_or(second.ptr_at);
    problems.add(
        code::duplicate, at,
        fmt::format("{} and {} get the same name, {}, one of them from a template", first.ip.to_string(),
                    second.ip.to_string(), second.ptr.text()),
        fmt::format("the first is in {}; give each pool a template of its own, or leave the address out "
                    "of the range with except",
                    problems.place(first.at, at)));
  }
}

}  // namespace rdnsgate::inventory
