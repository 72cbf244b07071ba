// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "inventory/model/internal_view.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/wording.h"
#include "inventory/problem_codes.h"

namespace rdnsgate::inventory {
namespace {

constexpr std::string_view no_record = "none";

void add_sorted(std::vector<IpAddress>& all, const IpAddress& ip) {
  const auto place = std::lower_bound(all.begin(), all.end(), ip);
  if (place == all.end() || *place != ip) all.insert(place, ip);
}

}  // namespace

std::optional<InternalTexts::Text> InternalTexts::read_text(const yaml::Value& value,
                                                            yaml::Problems& problems) {
  auto made = NameTemplate::parse(value.text());
  if (made && !made->uses_ptr()) return Text{std::move(*made), value.text(), value.span()};
  report_value(
      problems, value.span(),
      made ? Error{"{ptr} cannot stand here", "write the name or the address itself"} : made.error());
  return std::nullopt;
}

bool InternalTexts::is_address(const Text& text, yaml::Problems& problems) {
  if (!text.text.is_fixed()) return true;  // tried when it is filled in
  const auto address = IpAddress::parse(text.written);
  if (!address) report_value(problems, text.at, address.error());
  return address.has_value();
}

InternalTexts InternalTexts::read(const yaml::Value& owner, yaml::Problems& problems) {
  InternalTexts read;
  const auto map = owner.get("internal");
  if (!map || !map->is_map()) return read;
  read.at_ = map->span();
  read.is_set_ = true;
  const auto before = problems.count();
  if (!map->first()) {
    problems.add(code::schema, map->span(), "this declares nothing that an internal view has",
                 "give it ptr, addresses or both");
  }
  if (const auto ptr = text_field(*map, "ptr"); ptr && ptr->text() == no_record) {
    read.no_ptr_ = true;
  } else if (ptr) {
    read.ptr_ = read_text(*ptr, problems);
    if (read.ptr_ && read.ptr_->text.is_fixed()) {
      if (const auto name = Name::from_host(ptr->text()); !name)
        report_value(problems, ptr->span(), name.error());
    }
  }
  if (const auto list = map->get("addresses")) {
    yaml::for_each_item(*list, [&](const yaml::Value& item) {
      if (!item.is_text()) return;
      auto text = read_text(item, problems);
      if (text && is_address(*text, problems)) read.addresses_.push_back(std::move(*text));
    });
  }
  read.faulty_ = problems.count() > before;
  return read;
}

void InternalTexts::inherit(const InternalTexts& sender) {
  if (!sender.is_set_) return;
  if (!is_set_) at_ = sender.at_;
  is_set_ = true;
  faulty_ = faulty_ || sender.faulty_;
  if (!ptr_ && !no_ptr_) {
    ptr_ = sender.ptr_;
    no_ptr_ = sender.no_ptr_;
  }
  if (addresses_.empty()) {
    addresses_ = sender.addresses_;
    inherited_addresses_ = true;
  }
}

bool InternalTexts::any_of_family(const IpAddress& ip) const {
  return std::any_of(addresses_.begin(), addresses_.end(), [&](const Text& text) {
    if (text.text.unfit_for(ip)) return false;
    if (text.text.uses_octets()) return true;
    const auto address = IpAddress::parse(text.text.expand(ip, 0, {}));
    return !address || address->is_v4() == ip.is_v4();
  });
}

bool InternalTexts::check(const AddressRange& range, yaml::Problems& problems) const {
  if (!is_set_) return true;
  if (faulty_) return false;
  const IpAddress& ip = range.first;
  if (const auto unfit = ptr_ ? ptr_->text.unfit_for(ip) : std::nullopt) {
    report_value(problems, ptr_->at, *unfit);
    return false;
  }
  // What a sender says is for its addresses of both families, each of which takes its own.
  if (!inherited_addresses_ && !addresses_.empty() && !any_of_family(ip)) {
    report_value(problems, addresses_.front().at,
                 {fmt::format("none of these is an {} address, as {} is", ip.is_v4() ? "IPv4" : "IPv6",
                              ip.to_string()),
                  "name what its names have inside in the same family, or leave out addresses"});
    return false;
  }
  return true;
}

bool InternalTexts::expand(std::uint64_t index, Address& address, Inventory& inventory,
                           yaml::Problems& problems) const {
  if (!is_set_) return true;
  InternalView view;
  view.at = at_;
  view.no_ptr = no_ptr_;
  if (ptr_) {
    auto name = Name::from_host(ptr_->text.expand(address.ip, index, {}));
    if (!name) {
      report_value(problems, ptr_->at, name.error());
      return false;
    }
    view.ptr = std::move(*name);
  } else if (!no_ptr_) {
    view.ptr = address.ptr;
  }
  for (const auto& text : addresses_) {
    if (text.text.unfit_for(address.ip)) continue;
    const auto ip = IpAddress::parse(text.text.expand(address.ip, index, {}));
    if (!ip) {
      report_value(problems, text.at, ip.error());
      return false;
    }
    if (ip->is_v4() == address.ip.is_v4()) add_sorted(view.addresses, *ip);
  }
  if (view.addresses.empty()) view.addresses.push_back(address.ip);
  auto& all = inventory.internal_views;
  if (all.empty() || all.back() != view) all.push_back(std::move(view));
  address.internal_view = static_cast<std::uint32_t>(all.size() - 1);
  return true;
}

/// This one for its PTR record, and all that are said from it.
static std::vector<const Name*> names_in(const Address& address, const Name& ptr) {
  std::vector<const Name*> names{&ptr, &address.helo};
  for (const auto& name : address.other_helos) names.push_back(&name);
  return names;
}

void index_names_inside(Inventory& inventory) {
  auto& names = inventory.names_inside;
  for (const auto& address : inventory.addresses) {
    const auto* view = inventory.internal_view_of(address);
    if (view == nullptr) continue;
    for (const auto* name : names_in(address, view->ptr)) {
      if (!name->is_root()) names[{name->wire(), address.ip.is_v6()}];
    }
  }
  if (names.empty()) return;
  for (const auto& address : inventory.addresses) {
    const auto* view = inventory.internal_view_of(address);
    const Name& ptr = view == nullptr ? address.ptr : view->ptr;
    for (const auto* name : names_in(address, ptr)) {
      const auto found = names.find({name->wire(), address.ip.is_v6()});
      if (found == names.end()) continue;
      add_sorted(found->second.outside, address.ip);
      if (view == nullptr) {
        add_sorted(found->second.inside, address.ip);
      } else {
        for (const auto& ip : view->addresses) add_sorted(found->second.inside, ip);
      }
    }
  }
}

}  // namespace rdnsgate::inventory
