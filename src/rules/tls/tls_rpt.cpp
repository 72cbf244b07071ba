// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/text/text.h"
#include "rules/tls/policy_text.h"
#include "rules/tls/rules.h"

namespace rdnsgate::rules {
namespace {

bool is_destination(std::string_view uri) {
  const auto lower = ascii_lower(uri);
  if (lower.starts_with("mailto:")) return lower.find('@') != std::string::npos;
  return lower.starts_with("https://") && lower.size() > std::string_view("https://").size();
}

/// The key of what is wrong with the one record there is (RFC 8460 §3); empty where nothing is.
std::string_view tls_rpt_fault(const std::string& text) {
  if (field_in(text, "v") != "TLSRPTv1") return "version";
  const auto rua = field_in(text, "rua");
  if (!rua || rua->empty()) return "rua-missing";
  for (std::string_view rest = *rua;;) {
    const auto end = rest.find(',');
    if (!is_destination(trimmed(rest.substr(0, end)))) return "rua";
    if (end == std::string_view::npos) return "";
    rest.remove_prefix(end + 1);
  }
}

}  // namespace

void judge_tls_rpt_invalid(audit::DomainCase& c, audit::Findings& findings) {
  const auto found = policy_texts(c, tls_rpt_prefix, tls_rpt_version);
  if (found.texts.empty()) return;
  const auto fault = found.texts.size() > 1 ? "several" : tls_rpt_fault(found.texts.front());
  if (!fault.empty()) findings.add({.values = {{"owner", found.owner}}, .wording = fault});
}

void judge_tls_rpt_missing(audit::DomainCase& c, audit::Findings& findings) {
  const auto found = policy_texts(c, tls_rpt_prefix, tls_rpt_version);
  if (wants_tls(c) != true || !found.known || !found.texts.empty()) return;
  findings.add({.values = {{"owner", found.owner}}});
}

}  // namespace rdnsgate::rules
