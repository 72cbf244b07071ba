// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/paths/rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "run/paths/receivers.h"

namespace rdnsgate::run {
namespace {

using inventory::Address;
using report::PathPart;
using report::PathRow;
using report::PathState;

constexpr std::size_t most_names = 3;  // that a row shows
constexpr auto most_addresses = std::numeric_limits<std::uint64_t>::max();

void add_name(PathPart& part, const std::string& name) {
  if (std::find(part.names.begin(), part.names.end(), name) != part.names.end()) return;
  if (part.names.size() < most_names) {
    part.names.push_back(name);
  } else {
    ++part.more;
  }
}

std::uint64_t octets_as_number(const IpAddress& ip, std::size_t from) {
  std::uint64_t value = 0;
  for (std::size_t i = from; i < std::min(ip.size(), from + 8); ++i) value = value << 8 | ip.octet(i);
  return value;
}

/// Of addresses, saturating.
std::uint64_t count_of(const AddressRange& range) {
  if (range.first.is_v6() && octets_as_number(range.first, 0) != octets_as_number(range.last, 0))
    return most_addresses;
  const std::size_t low = range.first.is_v6() ? 8 : 0;
  const auto between = octets_as_number(range.last, low) - octets_as_number(range.first, low);
  return between == most_addresses ? most_addresses : between + 1;
}

PathPart dmarc_part(const PathIdentity& identity, const Signs& signs) {
  if (identity.dmarc_record == Tri::no) return {PathState::bad, "missing", identity.dmarc_detail};
  if (identity.dmarc_record == Tri::unknown) return {PathState::unknown, "unknown", identity.dmarc_detail};
  const auto aligned = signs.aligned();
  if (aligned == Tri::yes) return {PathState::good, "pass", identity.apart};
  const auto apart = identity.apart.empty() ? "" : fmt::format(" ({})", identity.apart);
  if (aligned == Tri::unknown)
    return {PathState::unknown, "unknown", "whether it passes depends on SPF and DKIM" + apart};
  return {PathState::bad, "fail",
          fmt::format("neither SPF nor DKIM passes for the domain, whose policy is {}{}",
                      identity.policy ? mailauth::to_string(*identity.policy) : "not known", apart)};
}

class Rows {
 public:
  Rows(const inventory::Inventory& inventory, const HostGroups& hosts, bool bulk)
      : inventory_(inventory), hosts_(hosts), bulk_(bulk) {}

  std::vector<PathRow> build(std::vector<PathIdentity>& identities) {
    for (std::size_t i = 0; i < identities.size(); ++i) {
      const auto& path = inventory_.paths[i];
      if (path.sender) {
        add_sender(path, identities[i]);
      } else {
        add_relay(path, identities[i]);
      }
    }
    return std::move(rows_);
  }

 private:
  PathRow& begin(const inventory::MailPath& path, PathIdentity& identity, const SpfStretch& stretch,
                 Signs signs) {
    auto& row = rows_.emplace_back();
    row.path = path.id;
    row.domain = inventory_.domain_of(path).name.text();
    row.is_relay = path.relay.has_value();
    row.via = row.is_relay ? inventory_.relay_of(path)->name : inventory_.sender_of(path)->name;
    row.published = identity.published;
    row.spf = stretch.part;
    row.spf_term = stretch.term;
    row.dkim = identity.dkim;
    row.selectors = identity.selectors;
    if (identity.policy) row.policy = mailauth::to_string(*identity.policy);
    signs.spf_pass = stretch.pass;
    signs.spf_fail = stretch.fail;
    signs.dkim = identity.signed_well;
    signs.spf_aligned = identity.spf_aligned;
    signs.dkim_aligned = identity.dkim_aligned;
    signs.dmarc_record = identity.dmarc_record;
    signs.policy = identity.policy;
    row.dmarc = dmarc_part(identity, signs);
    row.mail_from = identity.mail_from.text();
    if (identity.signer) row.signer = identity.signer->text();
    if (row.dmarc.state == PathState::good) {
      row.by_spf = (signs.spf_pass && signs.spf_aligned) == Tri::yes;
      row.by_dkim = (signs.dkim && signs.dkim_aligned) == Tri::yes;
    }
    auto received = receive(signs, bulk_);
    row.broken = std::move(received.broken);
    row.verdict = received.verdict;
    return row;
  }

  void add_relay(const inventory::MailPath& path, PathIdentity& identity) {
    const auto& pattern = inventory_.relay_of(path)->helo_pattern;
    for (auto& stretch : identity.spf) {
      auto& row = begin(path, identity, stretch, {});
      for (auto* part : {&row.ptr, &row.fcrdns, &row.helo}) *part = {PathState::unjudged, "relay"};
      if (!pattern.empty()) row.helo.names = {pattern};
      row.ranges = std::move(stretch.ranges);
      for (const auto& range : row.ranges) {
        const auto more = count_of(range);
        row.count = row.count > most_addresses - more ? most_addresses : row.count + more;
      }
    }
  }

  void add_sender(const inventory::MailPath& path, PathIdentity& identity) {
    const auto& sender = *inventory_.sender_of(path);
    std::vector<std::pair<AddressRange, std::size_t>> stretches;
    for (std::size_t i = 0; i < identity.spf.size(); ++i) {
      for (const auto& range : identity.spf[i].ranges) stretches.emplace_back(range, i);
    }
    std::sort(stretches.begin(), stretches.end(),
              [](const auto& a, const auto& b) { return a.first.first < b.first.first; });
    std::map<std::pair<std::uint32_t, std::size_t>, std::size_t> known;  // to the row
    std::vector<std::vector<IpAddress>> addresses;
    const auto first_row = rows_.size();
    for (std::size_t i = 0; i < sender.address_count; ++i) {
      const auto index = sender.first_address + i;
      const auto& address = inventory_.addresses[index];
      const auto stretch = stretch_of(stretches, address.ip);
      const auto [found, is_new] = known.try_emplace({hosts_.index_of(index), stretch}, rows_.size());
      if (is_new) {
        const auto& group = hosts_.of(index);
        auto& row = begin(path, identity, identity.spf[stretch], group.signs);
        row.ptr = group.host.ptr;
        row.fcrdns = group.host.fcrdns;
        row.helo = group.host.helo;
        addresses.emplace_back();
      }
      note_names(rows_[found->second], address);
      addresses[found->second - first_row].push_back(address.ip);
    }
    for (std::size_t i = 0; i < addresses.size(); ++i) {
      auto& row = rows_[first_row + i];
      row.count = addresses[i].size();
      row.ranges = address_ranges(std::move(addresses[i]));
    }
  }

  static std::size_t stretch_of(const std::vector<std::pair<AddressRange, std::size_t>>& stretches,
                                const IpAddress& ip) {
    const auto after =
        std::upper_bound(stretches.begin(), stretches.end(), ip,
                         [](const IpAddress& one, const auto& range) { return one < range.first.first; });
    return after == stretches.begin() ? stretches.front().second : std::prev(after)->second;
  }

  static void note_names(PathRow& row, const Address& address) {
    if (row.ptr.word == "declared" && !address.ptr.is_root()) add_name(row.ptr, address.ptr.text());
    if (!address.helo.is_root()) add_name(row.helo, address.helo.text());
    for (const auto& name : address.other_helos) add_name(row.helo, name.text());
  }

  const inventory::Inventory& inventory_;
  const HostGroups& hosts_;
  const bool bulk_;
  std::vector<PathRow> rows_;
};

}  // namespace

void HostGroups::add(std::size_t address, HostIdentity host, const Signs& signs) {
  std::string key = std::to_string(inventory_.addresses[address].sender);
  for (const auto* part : {&host.ptr, &host.fcrdns, &host.helo})
    key += fmt::format("|{}|{}|{}", static_cast<int>(part->state), part->word, part->detail);
  key += fmt::format("|{}{}{}", static_cast<int>(signs.confirmed), static_cast<int>(signs.helo_resolves),
                     int{signs.helo_characters});
  const auto [found, is_new] = known_.try_emplace(std::move(key), static_cast<std::uint32_t>(groups_.size()));
  if (is_new) {
    if (host.ptr.word == "declared" && !inventory_.addresses[address].ptr.is_root()) host.ptr.names.clear();
    if (!inventory_.addresses[address].helo.is_root()) host.helo.names.clear();
    groups_.push_back({std::move(host), signs});
  } else {
    auto& ptr = groups_[found->second].host.ptr;
    if (ptr.word != "declared" || inventory_.addresses[address].ptr.is_root()) {
      for (const auto& name : host.ptr.names) add_name(ptr, name);
    }
  }
  of_[address] = found->second;
}

void HostGroups::add_unasked(std::size_t address) {
  Signs signs;
  signs.confirmed = signs.helo_resolves = Tri::unknown;
  const PathPart unasked{PathState::unknown, "unknown", "the deadline passed before it was asked"};
  add(address, {unasked, unasked, unasked}, signs);
}

std::vector<PathRow> path_rows(const inventory::Inventory& inventory, std::vector<PathIdentity> identities,
                               const HostGroups& hosts, bool bulk) {
  return Rows(inventory, hosts, bulk).build(identities);
}

}  // namespace rdnsgate::run
