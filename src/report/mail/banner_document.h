// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ip.h"
#include "base/timestamp.h"
#include "dns/dnssec/tlsa.h"

namespace rdnsgate::report {

/// Whether a mail server calls itself by the HELO name of its address.
enum class BannerStatus : std::uint8_t {
  match,
  mismatch,
  unknown,  ///< it gave no name, or the inventory gives none
};
std::string_view to_string(BannerStatus status);

/// What became of STARTTLS when a server was asked for by another name than the first HELO name. Foreign in part.
struct BannerTls {
  std::string outcome;  ///< as resolve::SmtpTls is called
  std::string reason, protocol;
  std::vector<std::string> names;  ///< in the certificate
  std::optional<Time> not_after;
  std::vector<std::string> covered;            ///< the name, where the certificate is for it
  std::string server_name;                     ///< the name that it was asked for (SNI)
  std::vector<dns::CertificateDigests> chain;  ///< of the certificate and those that it came with
  std::size_t signed_chain = 0;
};

/// What one mail server said. Texts that it sent are foreign.
struct BannerHost {
  std::string sender;
  IpAddress address;
  std::vector<std::string> helo;  ///< the HELO names of the address; empty for a sender without one
  BannerStatus status = BannerStatus::unknown;
  Time asked_at{};
  std::string outcome, step;  ///< as resolve::SmtpOutcome and SmtpStep are called
  std::string reason;         ///< why there is no answer
  std::string greeting, banner_name, ehlo_name;
  std::vector<std::string> extensions;
  std::string tls;  ///< as resolve::SmtpTls is called
  std::string tls_reason, protocol;
  std::vector<std::string> certificate_names;
  std::optional<Time> not_after;               ///< of its certificate
  std::vector<std::string> covered;            ///< the HELO names that the certificate is for
  std::string server_name;                     ///< that the server was asked for (SNI)
  std::vector<dns::CertificateDigests> chain;  ///< of its certificate and those that it came with
  std::size_t signed_chain = 0;                ///< how many, from the first, are signed each by the next
  std::vector<BannerTls> mail_hosts;           ///< by names of mail hosts (MX) that are at the address
};

/// What the mail servers of an inventory call themselves.
struct BannerDocument {
  std::string tool_version, inventory, inventory_sha256;
  Time started_at{}, finished_at{};
  std::uint16_t port = 25;
  std::vector<BannerHost> hosts;

  std::size_t count(BannerStatus status) const;
};

/// A line for each host, with what it said below it. Under `quiet` only those that do not match, twice nothing.
std::string render_banner_text(const BannerDocument& document, bool color, int quiet);

/// schemas/smtp-banner.schema.json, indented by two, a final newline.
std::string render_banner_json(const BannerDocument& document);

}  // namespace rdnsgate::report
