// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "draft/mail_hosts.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/text/text.h"
#include "dns/rrset.h"
#include "draft/spf_terms.h"

namespace rdnsgate::draft {
namespace {

using dns::RrType;

/// Blocks, for many questions.
class Blocks {
 public:
  explicit Blocks(std::vector<Prefix> all) {
    std::sort(all.begin(), all.end());  // a wider block comes before those in it
    for (const auto& block : all) {
      if (apart_.empty() || !apart_.back().contains(block)) apart_.push_back(block);
    }
  }

  bool hold(const IpAddress& ip) const {
    const auto after =
        std::upper_bound(apart_.begin(), apart_.end(), ip,
                         [](const IpAddress& one, const Prefix& block) { return one < block.network(); });
    return after != apart_.begin() && std::prev(after)->contains(ip);
  }

 private:
  std::vector<Prefix> apart_;
};

bool matches(const std::vector<std::string>& only, const dns::Name& name) {
  return std::any_of(only.begin(), only.end(), [&](const auto& pattern) {
    return glob_match(pattern, name.text()) || glob_match(pattern, name.first_label());
  });
}

bool has_no_name_of(const std::vector<std::string>& only, const Host& host) {
  return std::none_of(host.ptr.begin(), host.ptr.end(),
                      [&](const auto& name) { return matches(only, name); }) &&
         !(host.helo && matches(only, *host.helo));
}

}  // namespace

void MailHosts::add(const dns::ZoneFile& zone) {
  for (const auto& rrset : zone.rrsets) {
    for (const auto& rdata : rrset.rdata) {
      if (rrset.type == RrType::A || rrset.type == RrType::AAAA) {
        if (const auto ip = dns::address_in(rdata)) addresses_[rrset.owner].push_back(*ip);
      } else if (rrset.type == RrType::MX &&
                 rdata.size() > 2) {  // the preference comes first (RFC 1035 §3.3.9)
        const auto host = dns::Name::from_wire(std::string_view(rdata).substr(2));
        if (host && !host->is_root()) names_.insert(*host);
      } else if (rrset.type == RrType::TXT) {
        const auto terms = read_spf(dns::txt_joined(rdata), rrset.owner);
        if (!terms) continue;
        blocks_.insert(blocks_.end(), terms->addresses.begin(), terms->addresses.end());
        names_.insert(terms->a.begin(), terms->a.end());
      }
    }
  }
}

/// Its reverse zone is somebody else's, or it has no PTR record there.
void MailHosts::add_unnamed(const dns::Name& name, const IpAddress& ip, Estate& estate,
                            std::size_t& guessed) const {
  const auto known = estate.hosts.find(ip);
  if (known != estate.hosts.end() && !known->second.ptr.empty()) return;
  Host& host = estate.hosts[ip];
  if (const auto* zone = estate.zone_of(dns::reverse_name(ip))) {
    if (host.left_out.empty())
      host.left_out =
          fmt::format("it is an address of {}, and has no PTR record in {}", name.text(), zone->name.text());
    return;
  }
  host.ptr = {name};
  ++guessed;
}

void MailHosts::apply(const std::vector<std::string>& only, Estate& estate) const {
  const Blocks blocks(blocks_);
  std::set<IpAddress> named;
  const auto is_of_mail = [&](const IpAddress& ip) { return named.contains(ip) || blocks.hold(ip); };
  std::size_t guessed = 0;
  for (const auto& [name, ips] : addresses_) {
    const bool of_mail = names_.contains(name);
    for (const auto& ip : ips) {
      if (of_mail) named.insert(ip);
      if (only.empty() ? of_mail || blocks.hold(ip) : matches(only, name))
        add_unnamed(name, ip, estate, guessed);
    }
  }
  if (guessed > 0)
    estate.notes.push_back(fmt::format(
        "{}, as their reverse zones were not given: their PTR records are taken to have the names of their "
        "address records. \"rdnsgate check\" shows whether they do.",
        counted(guessed, "address was found by its name", "addresses were found by their names")));
  const bool known = std::any_of(estate.hosts.begin(), estate.hosts.end(),
                                 [&](const auto& entry) { return is_of_mail(entry.first); });
  if (only.empty() && !known) return;
  for (auto& [ip, host] : estate.hosts) {
    if (!host.left_out.empty()) continue;
    if (!only.empty() && has_no_name_of(only, host)) {
      host.left_out = "its name matches no pattern of --only";
    } else if (only.empty() && !is_of_mail(ip)) {
      host.left_out =
          "no MX or SPF record that was read says that it has to do with mail; --only \"*\" takes all";
    }
  }
}

}  // namespace rdnsgate::draft
