// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>

#include "base/text/escape.h"
#include "report/probe/probe_document.h"

namespace rdnsgate::report {
namespace {

constexpr std::size_t most_elsewhere_shown = 6;

/// What the class of a reply means, for people.
std::string_view class_words(std::string_view of) {
  if (of == "no-ptr") return "the address has no name that the receiver found";
  if (of == "ptr-mismatch") return "the PTR name does not lead back to the address, or is not accepted";
  if (of == "helo") return "the HELO name";
  if (of == "name-too-long") return "a name is too long for the receiver";
  return {};
}

std::string verdict_of(const ProbeRow& row) {
  switch (row.status) {
    case ProbeStatus::accepted:
      return row.token.empty() ? "would be taken" : "the message was taken: token " + row.token;
    case ProbeStatus::refused:
      return fmt::format("{} ({})", class_words(row.of), row.of);
    case ProbeStatus::deferred:
      return row.pattern.empty() ? "not now, as with greylisting: no fault of the identity"
                                 : "not now: a lookup of the receiver failed";
    case ProbeStatus::otherwise:
      return "refused, and not for reverse DNS or HELO";
    case ProbeStatus::too_early:
      return fmt::format("asked not long ago; again after {}", row.next ? format_time(*row.next) : "");
    case ProbeStatus::no_address:
      return fmt::format("the receiver has no server with an {} address",
                         row.source.is_v4() ? "IPv4" : "IPv6");
    case ProbeStatus::unknown:
      break;
  }
  if (row.outcome.empty()) return row.reason;
  return fmt::format("{} ({}, at {})", row.reason, row.outcome, row.step);
}

std::string server_of(const ProbeRow& row) {
  auto text = row.server;
  if (row.server_address) text += fmt::format(" [{}]", row.server_address->to_string());
  if (row.code != 0) text += fmt::format(" at {}: {} {}", row.step, row.code, row.reply);
  return text;
}

std::string tls_of_row(const ProbeRow& row) {
  if (row.tls == "failed") return "STARTTLS: " + row.tls_reason;
  if (row.tls == "not-offered") return "STARTTLS: not offered";
  if (row.tls != "works") return {};
  auto text = fmt::format("STARTTLS: {}", row.protocol);
  if (!row.certificate_names.empty()) text += ", certificate for " + row.certificate_names.front();
  if (row.certificate_names.size() > 1) text += fmt::format(" and {} more", row.certificate_names.size() - 1);
  if (row.not_after) text += ", until " + format_date(*row.not_after);
  if (row.covered.empty()) text += "; not for the name of the server";
  return text;
}

std::string delivery_of(const ProbeDelivery& delivery) {
  auto text = fmt::format("delivery: {}", to_string(delivery.status));
  if (delivery.after)
    text += fmt::format(", after {:.1f} s", static_cast<double>(delivery.after->count()) / 1000);
  if (!delivery.reason.empty()) text += ": " + delivery.reason;
  std::string results;
  for (const auto& one : delivery.results)
    results += fmt::format("{}{}={}", results.empty() ? "" : " ", one.method, one.result);
  return results.empty() ? text : fmt::format("{} ({})", text, results);
}

std::string painted_status(ProbeStatus status, bool color) {
  const auto word = to_string(status);
  if (!color) return std::string(word);
  const int code = status == ProbeStatus::accepted ? 32 : status == ProbeStatus::refused ? 31 : 33;
  return fmt::format("\x1b[{}m{}\x1b[0m", code, word);
}

std::string elsewhere_line(const ProbeDocument& document) {
  const auto& all = document.elsewhere;
  std::string text = "not addresses of this host: ";
  for (std::size_t i = 0; i < std::min(all.size(), most_elsewhere_shown); ++i)
    text += fmt::format("{}{} ({})", i > 0 ? ", " : "", all[i].address.to_string(), all[i].sender);
  if (all.size() > most_elsewhere_shown)
    text += fmt::format(" and {} more", all.size() - most_elsewhere_shown);
  return text + "\n";
}

std::string probe_summary_line(const ProbeDocument& document) {
  std::string text;
  for (std::size_t i = 0; i < probe_statuses; ++i) {
    const auto status = static_cast<ProbeStatus>(i);
    const auto count = document.count(status);
    const bool is_always_told = status == ProbeStatus::accepted || status == ProbeStatus::refused;
    if (count == 0 && !is_always_told) continue;
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, to_string(status));
  }
  return text + "\n";
}

}  // namespace

std::string_view to_string(ProbeStatus status) {
  switch (status) {
    case ProbeStatus::accepted:
      return "accepted";
    case ProbeStatus::refused:
      return "refused";
    case ProbeStatus::deferred:
      return "deferred";
    case ProbeStatus::otherwise:
      return "refused-otherwise";
    case ProbeStatus::unknown:
      return "unknown";
    case ProbeStatus::too_early:
      return "too-early";
    case ProbeStatus::no_address:
      return "no-address";
  }
  return "unknown";
}

std::string_view to_string(DeliveryStatus status) {
  switch (status) {
    case DeliveryStatus::healthy:
      return "healthy";
    case DeliveryStatus::unhealthy:
      return "unhealthy";
    case DeliveryStatus::missing:
      return "missing";
    case DeliveryStatus::unknown:
      return "unknown";
  }
  return "unknown";
}

std::size_t ProbeDocument::count(DeliveryStatus status) const {
  return static_cast<std::size_t>(std::count_if(rows.begin(), rows.end(), [&](const auto& row) {
    return row.delivery && row.delivery->status == status;
  }));
}

std::size_t ProbeDocument::count(ProbeStatus status) const {
  return static_cast<std::size_t>(
      std::count_if(rows.begin(), rows.end(), [&](const auto& row) { return row.status == status; }));
}

std::string render_probe_text(const ProbeDocument& document, bool color, int quiet) {
  std::string out;
  if (quiet > 1) return out;
  for (const auto& row : document.rows) {
    if (quiet > 0 && row.status == ProbeStatus::accepted) continue;
    out += fmt::format("{}: {} ", painted_status(row.status, color), row.source.to_string());
    out += escape_terminal(
               fmt::format("({}, HELO {}) to {}: {}", row.sender, row.helo, row.target, verdict_of(row))) +
           "\n";
    if (quiet > 0) continue;
    if (const auto server = server_of(row); !server.empty()) out += "    " + escape_terminal(server) + "\n";
    if (const auto tls = tls_of_row(row); !tls.empty()) out += "    " + escape_terminal(tls) + "\n";
    if (row.delivery) out += "    " + escape_terminal(delivery_of(*row.delivery)) + "\n";
  }
  if (quiet > 0) return out;
  if (!document.elsewhere.empty()) out += elsewhere_line(document);
  return out + probe_summary_line(document);
}

}  // namespace rdnsgate::report
