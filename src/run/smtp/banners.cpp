// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/smtp/banners.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/read_json.h"
#include "inventory/files/read_file.h"

namespace rdnsgate::run {
namespace {

using BannerJson = nlohmann::json;

constexpr std::size_t largest_file = std::size_t{64} << 20;
constexpr std::string_view schema = "rdnsgate/smtp-banner/1";
constexpr const char* how_to_make = "make one with: rdnsgate smtp banner --format json inventory.yaml >FILE";

/// The text of a member; empty where it is null, or not there.
std::string text_at(const BannerJson& host, const char* key) {
  const auto found = host.find(key);
  return found != host.end() && found->is_string() ? found->get<std::string>() : std::string();
}

bool is_hex(const std::string& text, std::size_t digits) {
  return text.size() == digits && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

Result<std::vector<dns::CertificateDigests>> chain_of(const BannerJson& tls) {
  constexpr std::size_t digits_of_sha256 = 64, digits_of_sha512 = 128;
  std::vector<dns::CertificateDigests> chain;
  const auto list = tls.find("chain");
  if (list == tls.end() || !list->is_array()) return chain;
  for (const auto& one : *list) {
    dns::CertificateDigests digests;
    if (one.is_object())
      digests = {text_at(one, "certificate_sha256"), text_at(one, "certificate_sha512"),
                 text_at(one, "key_sha256"), text_at(one, "key_sha512")};
    if (!is_hex(digests.certificate_sha256, digits_of_sha256) ||
        !is_hex(digests.key_sha256, digits_of_sha256) ||
        !is_hex(digests.certificate_sha512, digits_of_sha512) ||
        !is_hex(digests.key_sha512, digits_of_sha512))
      return fail("tls.chain: an entry lacks a digest");
    chain.push_back(std::move(digests));
  }
  return chain;
}

Result<std::optional<audit::ShownCertificate>> certificate_in(const BannerJson& tls) {
  if (!tls.is_object() || text_at(tls, "outcome") != "works") return std::optional<audit::ShownCertificate>();
  audit::ShownCertificate shown;
  if (const auto names = tls.find("names"); names != tls.end() && names->is_array()) {
    for (const auto& name : *names) {
      if (name.is_string()) shown.names.push_back(name.get<std::string>());
    }
  }
  if (const auto text = text_at(tls, "not_after"); !text.empty()) {
    const auto time = parse_time(text);
    if (!time) return fail("tls.not_after: " + time.error().message);
    shown.not_after = *time;
  }
  if (auto name = dns::Name::parse(text_at(tls, "server_name")); name && !name->is_root())
    shown.asked_for = std::move(*name);
  auto chain = chain_of(tls);
  if (!chain) return tl::unexpected(chain.error());
  shown.chain = std::move(*chain);
  const auto count = tls.find("signed_chain");
  if (count != tls.end() && count->is_number_unsigned())
    shown.signed_chain = std::min(count->get<std::size_t>(), shown.chain.size());
  return std::optional(std::move(shown));
}

/// As a file of before has none: nothing.
Result<std::vector<audit::ShownCertificate>> further_of(const BannerJson& host) {
  std::vector<audit::ShownCertificate> all;
  const auto list = host.find("mail_hosts");
  if (list == host.end() || !list->is_array()) return all;
  for (const auto& one : *list) {
    auto shown = certificate_in(one);
    if (!shown) return fail("mail_hosts: " + shown.error().message);
    if (*shown) all.push_back(std::move(**shown));
  }
  return all;
}

Result<audit::Banner> banner_of(const BannerJson& host) {
  if (!host.is_object()) return fail("it is not an object");
  audit::Banner banner;
  const auto address = IpAddress::parse(text_at(host, "address"));
  if (!address) return fail("address: " + address.error().message);
  const auto asked_at = parse_time(text_at(host, "asked_at"));
  if (!asked_at) return fail("asked_at: " + asked_at.error().message);
  banner.address = *address;
  banner.asked_at = *asked_at;
  if (const auto tls = host.find("tls"); tls != host.end()) {
    auto certificate = certificate_in(*tls);
    if (!certificate) return tl::unexpected(certificate.error());
    banner.certificate = std::move(*certificate);
  }
  auto further = further_of(host);
  if (!further) return tl::unexpected(further.error());
  banner.further = std::move(*further);
  for (const auto* key : {"banner_name", "ehlo_name"}) {
    auto name = audit::host_name_said(text_at(host, key));
    if (name && std::find(banner.names.begin(), banner.names.end(), *name) == banner.names.end())
      banner.names.push_back(std::move(*name));
  }
  return banner;
}

}  // namespace

Result<audit::Banners> read_banners(std::string_view text) {
  const auto json = read_json(text);
  if (!json) {
    const auto& fault = json.error();
    return fail(fmt::format("line {}, column {}: {}", fault.line, fault.column, fault.message), how_to_make);
  }
  if (!json->is_object() || text_at(*json, "schema") != schema)
    return fail(fmt::format("it is not what smtp banner writes: \"schema\" is not \"{}\"", schema),
                how_to_make);
  const auto hosts = json->find("hosts");
  if (hosts == json->end() || !hosts->is_array()) return fail("it has no list of hosts", how_to_make);
  std::vector<audit::Banner> all;
  for (std::size_t i = 0; i < hosts->size(); ++i) {
    auto banner = banner_of((*hosts)[i]);
    if (!banner) return fail(fmt::format("hosts[{}]: {}", i, banner.error().message), how_to_make);
    all.push_back(std::move(*banner));
  }
  return audit::Banners(std::move(all));
}

Result<audit::Banners> load_banners(const std::string& path) {
  const auto text = inventory::read_file(path, largest_file);
  if (!text) return fail("--banners: " + text.error().message, how_to_make);
  auto banners = read_banners(*text);
  if (!banners)
    return fail(fmt::format("--banners: {}: {}", path, banners.error().message), banners.error().hint);
  return banners;
}

}  // namespace rdnsgate::run
