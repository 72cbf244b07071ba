// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "report/mail/sts_document.h"

#include <fmt/format.h>

#include "base/text/escape.h"
#include "report/json_text.h"

namespace rdnsgate::report {
namespace {

std::string line_of(const StsFetch& one) {
  if (one.outcome == "not-asked") return fmt::format("{}: no MTA-STS record", one.domain);
  if (one.outcome != "fetched") return fmt::format("{}: {}: {}", one.domain, one.outcome, one.reason);
  if (one.faults.empty()) return fmt::format("{}: policy fetched from {}", one.domain, one.host);
  return fmt::format("{}: a policy that cannot be used: {}", one.domain, fmt::join(one.faults, "; "));
}

std::string changed_line(const StsFetch& one) {
  return fmt::format("not the policy of {} any more, and the id of the record is still {}",
                     format_date(one.first_at), one.id);
}

Json first_json(const StsFetch& one) {
  if (!one.first_policy) return {};
  return {{"policy", *one.first_policy}, {"asked_at", format_time(one.first_at)}};
}

}  // namespace

std::string render_sts_text(const StsDocument& document, int quiet) {
  std::string out;
  if (quiet > 1) return out;
  for (const auto& one : document.policies) {
    const bool right = one.outcome == "not-asked" || (one.outcome == "fetched" && one.faults.empty());
    if (quiet > 0 && right && !one.first_policy) continue;
    out += escape_terminal(line_of(one)) + "\n";
    if (one.policy && one.first_policy) out += "    " + escape_terminal(changed_line(one)) + "\n";
    std::string_view rest = one.policy ? std::string_view(*one.policy) : std::string_view();
    for (std::size_t lines = 0; quiet == 0 && !rest.empty() && lines < 40; ++lines) {
      auto text = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(std::min(text.size() + 1, rest.size()));
      if (text.ends_with('\r')) text.remove_suffix(1);
      out += "    " + escape_terminal(std::string(text)) + "\n";
    }
  }
  return out;
}

std::string render_sts_json(const StsDocument& document) {
  Json policies = Json::array();
  for (const auto& one : document.policies)
    policies.push_back({{"domain", one.domain},
                        {"host", one.host},
                        {"outcome", one.outcome},
                        {"reason", text_or_null(one.reason)},
                        {"addresses", one.addresses},
                        {"status", one.status ? Json(*one.status) : Json()},
                        {"media_type", text_or_null(one.media_type)},
                        {"asked_at", format_time(one.asked_at)},
                        {"policy", one.policy ? Json(*one.policy) : Json()},
                        {"faults", one.faults},
                        {"id", text_or_null(one.id)},
                        {"first", first_json(one)}});
  const Json json{{"schema", "rdnsgate/mta-sts/1"},
                  {"tool", {{"name", "rdnsgate"}, {"version", document.tool_version}}},
                  {"inventory", {{"path", document.inventory}, {"sha256", document.inventory_sha256}}},
                  {"vantage", document.vantage},
                  {"started_at", format_time(document.started_at)},
                  {"finished_at", format_time(document.finished_at)},
                  {"policies", std::move(policies)}};
  return dump(json) + "\n";
}

}  // namespace rdnsgate::report
