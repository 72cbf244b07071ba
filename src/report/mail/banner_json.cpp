// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "report/json_text.h"
#include "report/mail/banner_document.h"

namespace rdnsgate::report {
namespace {

Json tls_json(const BannerHost& host) {
  return {{"outcome", host.tls},
          {"reason", text_or_null(host.tls_reason)},
          {"protocol", text_or_null(host.protocol)},
          {"names", host.certificate_names},
          {"not_after", host.not_after ? Json(format_time(*host.not_after)) : Json()},
          {"covers", host.covered}};
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
          {"tls", tls_json(host)}};
}

}  // namespace

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
