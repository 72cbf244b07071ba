// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "report/mail/banner_document.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text/escape.h"
#include "report/json_text.h"

namespace rdnsgate::report {
namespace {

constexpr std::size_t most_names_shown = 6;

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < std::min(names.size(), most_names_shown); ++i) {
    if (i > 0) text += ", ";
    text += names[i];
  }
  if (names.size() > most_names_shown) text += fmt::format(" and {} more", names.size() - most_names_shown);
  return text;
}

/// What it calls itself: once where the greeting and the reply to EHLO have the same name.
std::string said_by(const BannerHost& host) {
  if (host.ehlo_name.empty()) return fmt::format("says {} in its greeting", host.banner_name);
  if (host.banner_name == host.ehlo_name) return "says " + host.banner_name;
  return fmt::format("says {} in its greeting, {} in its reply to EHLO",
                     host.banner_name.empty() ? "no name" : host.banner_name, host.ehlo_name);
}

std::string verdict_of(const BannerHost& host) {
  switch (host.status) {
    case BannerStatus::match:
      return said_by(host) + ", as declared";
    case BannerStatus::mismatch:
      return fmt::format("{}; its HELO name is {}", said_by(host), joined(host.helo));
    case BannerStatus::unknown:
      break;
  }
  if (host.outcome != "answered") return fmt::format("{} ({}, at {})", host.reason, host.outcome, host.step);
  if (host.helo.empty()) return said_by(host) + "; the inventory gives no HELO name";
  return "gives no host name";
}

std::string tls_of(const BannerHost& host) {
  if (host.tls == "not-offered") return "STARTTLS: not offered";
  if (host.tls == "failed") return "STARTTLS: " + host.tls_reason;
  if (host.tls != "works") return {};
  auto text = fmt::format("STARTTLS: {}, certificate for {}", host.protocol,
                          host.certificate_names.empty() ? "no name" : joined(host.certificate_names));
  if (host.not_after) text += ", until " + format_date(*host.not_after);
  if (!host.helo.empty() && host.covered.empty()) text += "; not for the HELO name";
  return text;
}

/// By the name of a mail host.
std::string tls_of(const BannerTls& tls) {
  if (tls.outcome != "works")
    return fmt::format("as {}: {}", tls.server_name,
                       tls.reason.empty() ? "STARTTLS was " + tls.outcome : "STARTTLS: " + tls.reason);
  auto text = fmt::format("as {}: certificate for {}", tls.server_name,
                          tls.names.empty() ? "no name" : joined(tls.names));
  if (tls.not_after) text += ", until " + format_date(*tls.not_after);
  if (tls.covered.empty()) text += "; not for this name";
  return text;
}

std::string painted(BannerStatus status, bool color) {
  const auto word = to_string(status);
  if (!color) return std::string(word);
  const int code = status == BannerStatus::match ? 32 : status == BannerStatus::mismatch ? 31 : 33;
  return fmt::format("\x1b[{}m{}\x1b[0m", code, word);
}

Json chain_json(const std::vector<dns::CertificateDigests>& chain) {
  Json list = Json::array();
  for (const auto& one : chain)
    list.push_back({{"certificate_sha256", one.certificate_sha256},
                    {"certificate_sha512", one.certificate_sha512},
                    {"key_sha256", one.key_sha256},
                    {"key_sha512", one.key_sha512}});
  return list;
}

Json tls_json(const BannerTls& tls) {
  return {{"outcome", tls.outcome},
          {"reason", text_or_null(tls.reason)},
          {"protocol", text_or_null(tls.protocol)},
          {"names", tls.names},
          {"not_after", tls.not_after ? Json(format_time(*tls.not_after)) : Json()},
          {"covers", tls.covered},
          {"server_name", text_or_null(tls.server_name)},
          {"chain", chain_json(tls.chain)},
          {"signed_chain", tls.signed_chain}};
}

Json mail_hosts_json(const std::vector<BannerTls>& hosts) {
  Json list = Json::array();
  for (const auto& one : hosts) list.push_back(tls_json(one));
  return list;
}

Json host_json(const BannerHost& host) {
  return {{"sender", host.sender},
          {"address", host.address.to_string()},
          {"helo", host.helo},
          {"status", to_string(host.status)},
          {"asked_at", format_time(host.asked_at)},
          {"outcome", host.outcome},
          {"step", host.step},
          {"reason", text_or_null(host.reason)},
          {"greeting", text_or_null(host.greeting)},
          {"banner_name", text_or_null(host.banner_name)},
          {"ehlo_name", text_or_null(host.ehlo_name)},
          {"extensions", host.extensions},
          {"tls", tls_json({host.tls, host.tls_reason, host.protocol, host.certificate_names, host.not_after,
                            host.covered, host.server_name, host.chain, host.signed_chain})},
          {"mail_hosts", mail_hosts_json(host.mail_hosts)}};
}

}  // namespace

std::string_view to_string(BannerStatus status) {
  switch (status) {
    case BannerStatus::match:
      return "match";
    case BannerStatus::mismatch:
      return "mismatch";
    case BannerStatus::unknown:
      return "unknown";
  }
  return "unknown";
}

std::size_t BannerDocument::count(BannerStatus status) const {
  return static_cast<std::size_t>(
      std::count_if(hosts.begin(), hosts.end(), [&](const auto& host) { return host.status == status; }));
}

std::string render_banner_text(const BannerDocument& document, bool color, int quiet) {
  std::string out;
  if (quiet > 1) return out;
  for (const auto& host : document.hosts) {
    if (quiet > 0 && host.status == BannerStatus::match) continue;
    out += fmt::format("{}: {} ", painted(host.status, color), host.address.to_string());
    out += escape_terminal(fmt::format("({}): {}", host.sender, verdict_of(host))) + "\n";
    if (quiet > 0) continue;
    if (!host.greeting.empty()) out += "    greeting: " + escape_terminal(host.greeting) + "\n";
    if (const auto tls = tls_of(host); !tls.empty()) out += "    " + escape_terminal(tls) + "\n";
    for (const auto& one : host.mail_hosts) out += "    " + escape_terminal(tls_of(one)) + "\n";
  }
  if (quiet == 0) {
    out += fmt::format("{} match, {} mismatch, {} unknown\n", document.count(BannerStatus::match),
                       document.count(BannerStatus::mismatch), document.count(BannerStatus::unknown));
  }
  return out;
}

std::string render_banner_json(const BannerDocument& document) {
  Json hosts = Json::array();
  for (const auto& host : document.hosts) hosts.push_back(host_json(host));
  const Json json{{"schema", "rdnsgate/smtp-banner/1"},
                  {"tool", {{"name", "rdnsgate"}, {"version", document.tool_version}}},
                  {"inventory", {{"path", document.inventory}, {"sha256", document.inventory_sha256}}},
                  {"started_at", format_time(document.started_at)},
                  {"finished_at", format_time(document.finished_at)},
                  {"port", document.port},
                  {"summary",
                   {{"match", document.count(BannerStatus::match)},
                    {"mismatch", document.count(BannerStatus::mismatch)},
                    {"unknown", document.count(BannerStatus::unknown)}}},
                  {"hosts", std::move(hosts)}};
  return dump(json) + "\n";
}

}  // namespace rdnsgate::report
