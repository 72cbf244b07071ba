// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/watch/hooks.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/hash.h"
#include "base/read_json.h"
#include "base/text/escape.h"
#include "base/timestamp.h"
#include "resolve/web/http.h"
#include "run/watch/command.h"

namespace rdnsgate::run {
namespace {

using Outcome = Delivery::Outcome;
using nlohmann::json;

constexpr int try_again = 75;  // EX_TEMPFAIL of sysexits.h

Delivery handed_over(const std::string& what, const Result<int>& ended) {
  if (!ended) return {Outcome::refused, fmt::format("{}: {}", what, ended.error().message)};
  if (*ended == 0) return {};
  return {*ended == try_again ? Outcome::later : Outcome::refused,
          fmt::format("{}: exit code {}", what, *ended)};
}

Delivery posted(const tl::expected<resolve::HttpAnswer, resolve::HttpFailure>& answer,
                const std::string& origin) {
  if (!answer)
    return {answer.error().may_pass() ? Outcome::later : Outcome::refused, answer.error().error.message};
  const int status = answer->status;
  if (status >= 200 && status < 300) return {};
  const bool is_final = status >= 400 && status < 500 && status != 408 && status != 425 && status != 429;
  return {is_final ? Outcome::refused : Outcome::later,
          fmt::format("{} answers with status {}", origin, status)};
}

/// Text of a header: no line break, no octet that is not ASCII.
std::string header_text(std::string text) {
  std::replace_if(
      text.begin(), text.end(),
      [](char c) { return c < 0x20 || c == 0x7f || static_cast<signed char>(c) < 0; }, '?');
  constexpr std::size_t longest = 200;
  if (text.size() > longest) text.resize(longest);
  return text;
}

std::string text_of(const json& value, const char* key) {
  const auto found = value.find(key);
  return found != value.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::int64_t number_of(const json& value, const char* key) {
  const auto found = value.find(key);
  return found != value.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
}

/// An object that is not there is an empty one.
json part_of(const json& value, const char* key) {
  const auto found = value.find(key);
  return found != value.end() && found->is_object() ? *found : json::object();
}

std::string mail_line(const json& one) {
  const auto severity = text_of(one, "severity"), kind = text_of(one, "kind");
  std::string text = fmt::format("{} ({}): {}\n  {}\n", kind, severity, text_of(part_of(one, "target"), "id"),
                                 text_of(one, "message"));
  if (kind == "recovered")
    text += fmt::format("  recovered after {}\n", format_duration(seconds(number_of(one, "lasted_s"))));
  else
    text += fmt::format("  since {}\n", text_of(one, "since"));
  const auto place = part_of(one, "location");
  if (!text_of(place, "path").empty())
    text += fmt::format("  {}:{}\n", text_of(place, "path"), number_of(place, "line"));
  const auto rule = text_of(one, "rule");
  // What only a watch finds has no page of its own.
  return rule.starts_with("watch-") ? text : text + fmt::format("  rdnsgate explain {}\n", rule);
}

}  // namespace

Hook command_hook(std::string command, milliseconds limit) {
  return {"command", [command = std::move(command), limit](const std::string&, const std::string& event,
                                                           const auto& stop) {
            return handed_over("the hook command",
                               run_command({"/bin/sh", "-c", command}, event + "\n", limit, stop));
          }};
}

Hook webhook(Webhook to) {
  return {"webhook", [to = std::move(to)](const std::string& id, const std::string& event, const auto& stop) {
            resolve::HttpRequest request;
            request.method = "POST";
            request.url = to.url;
            request.ca_file = to.ca_file;
            request.timeout = to.limit;
            request.give_up = stop;
            request.body = event;
            const auto now = std::chrono::system_clock::now().time_since_epoch();
            const auto time = std::to_string(std::chrono::duration_cast<seconds>(now).count());
            request.headers = {{"Content-Type", "application/json"},
                               {"X-Rdnsgate-Event", id},
                               {"X-Rdnsgate-Timestamp", time}};
            if (!to.secret.empty())
              request.headers.push_back(
                  {"X-Rdnsgate-Signature", "sha256=" + hmac_sha256_hex(to.secret, time + "." + event)});
            return posted(resolve::ask_http(request), resolve::http_origin(to.url));
          }};
}

Hook mail_hook(MailHook mail) {
  return {"mail", [mail = std::move(mail)](const std::string&, const std::string& event, const auto& stop) {
            return handed_over(mail.sendmail, run_command({mail.sendmail, "-t", "-i"}, mail_of(mail, event),
                                                          mail.limit, stop));
          }};
}

Error wrong_with_address(const std::string& address) {
  const auto at = address.rfind('@');
  const bool is_clean = std::all_of(address.begin(), address.end(), [](char c) {
    return c > 0x20 && c < 0x7f && std::string_view("<>,;:()\"\\").find(c) == std::string_view::npos;
  });
  if (is_clean && !address.empty() && address.front() != '-' &&
      (at == std::string::npos || (at > 0 && at + 1 < address.size())))
    return {};
  return {fmt::format("\"{}\" is not a mail address", address), "such as postmaster@example.com"};
}

std::string mail_of(const MailHook& mail, const std::string& event) {
  const auto read = read_json(event);
  const auto all = read && read->is_object() ? *read : json::object();
  std::string counts;
  for (const char* kind : {"opened", "changed", "recovered"}) {
    if (const auto count = number_of(all, kind); count > 0)
      counts += fmt::format("{}{} {}", counts.empty() ? "" : ", ", count, kind);
  }
  const auto inventory = text_of(part_of(all, "inventory"), "path");
  std::string text;
  if (!mail.from.empty()) text += fmt::format("From: {}\n", mail.from);
  text += fmt::format("To: {}\n", fmt::join(mail.to, ", "));
  text += fmt::format("Subject: {}\n", header_text(fmt::format("rdnsgate: {} ({})", counts, inventory)));
  // RFC 3834: no answer of a machine is wanted.
  text +=
      fmt::format("Auto-Submitted: auto-generated\nX-Rdnsgate-Event: {}\n", header_text(text_of(all, "id")));
  text += "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n";
  text += fmt::format("{} on {}, by the look that ended at {}. {} open now.\n", escape_terminal(inventory),
                      escape_terminal(text_of(all, "host")), escape_terminal(text_of(all, "finished_at")),
                      number_of(all, "open"));
  std::string body;
  if (const auto found = all.find("transitions"); found != all.end() && found->is_array()) {
    for (const auto& one : *found) body += one.is_object() ? "\n" + mail_line(one) : std::string();
  }
  if (const auto left = number_of(all, "left_out"); left > 0) body += fmt::format("\nand {} more\n", left);
  std::string safe;
  for (std::size_t at = 0; at < body.size();) {
    const auto end = std::min(body.find('\n', at), body.size());
    safe += escape_terminal(std::string_view(body).substr(at, end - at)) + "\n";
    at = end + 1;
  }
  return text + safe;
}

}  // namespace rdnsgate::run
