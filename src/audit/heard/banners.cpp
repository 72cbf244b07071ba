// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/heard/banners.h"

#include <algorithm>
#include <utility>

namespace rdnsgate::audit {
namespace {

constexpr auto by_address = [](const Banner& a, const Banner& b) { return a.address < b.address; };

bool is_host_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
         c == '_';
}

}  // namespace

Banners::Banners(std::vector<Banner> all) : all_(std::move(all)) {
  std::stable_sort(all_.begin(), all_.end(), by_address);
}

const Banner* Banners::find(const IpAddress& address) const {
  const auto found = std::lower_bound(all_.begin(), all_.end(), Banner{address, {}, {}, {}}, by_address);
  return found != all_.end() && found->address == address ? &*found : nullptr;
}

const ShownCertificate* shown_for(const Banner& banner, const dns::Name& host) {
  if (banner.certificate && banner.certificate->asked_for == host) return &*banner.certificate;
  const auto found = std::find_if(banner.further.begin(), banner.further.end(),
                                  [&](const ShownCertificate& one) { return one.asked_for == host; });
  return found == banner.further.end() ? nullptr : &*found;
}

bool is_for_name(const ShownCertificate& certificate, const dns::Name& name) {
  return std::any_of(certificate.names.begin(), certificate.names.end(), [&](const std::string& text) {
    const bool any = text.starts_with("*.");
    const auto one = dns::Name::parse(any ? text.substr(2) : text);
    if (!one || one->is_root()) return false;
    return any ? name.label_count() == one->label_count() + 1 && name.parent() == *one : name == *one;
  });
}

std::optional<dns::Name> host_name_said(std::string_view text) {
  if (text.empty() || !std::all_of(text.begin(), text.end(), is_host_character)) return std::nullopt;
  if (IpAddress::read(text)) return std::nullopt;
  auto name = dns::Name::parse(text);
  if (!name || name->is_root()) return std::nullopt;
  if (name->label_count() < 2 && name->text() != "localhost") return std::nullopt;
  return std::move(*name);
}

std::vector<dns::Name> names_of_another(const inventory::Address& address,
                                        const std::vector<dns::Name>& names) {
  std::vector<dns::Name> found;
  if (address.helo.is_root()) return found;
  std::copy_if(names.begin(), names.end(), std::back_inserter(found),
               [&](const dns::Name& name) { return !inventory::says_helo(address, name); });
  return found;
}

}  // namespace rdnsgate::audit
