// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/ip.h"
#include "base/timestamp.h"
#include "dns/dnssec/tlsa.h"
#include "dns/name.h"
#include "inventory/model/model.h"

namespace rdnsgate::audit {

/// What a mail server showed behind STARTTLS. Nobody vouches for it.
struct ShownCertificate {
  std::vector<std::string> names;  ///< foreign text; `*.example.com` for any label
  std::optional<Time> not_after;
  std::optional<dns::Name> asked_for;          ///< the name that the server was told it is asked for (SNI)
  std::vector<dns::CertificateDigests> chain;  ///< its own first; empty where a file of before has none
  std::size_t signed_chain = 0;                ///< how many, from the first, are signed each by the next one
};

/// What the mail server at an address called itself in SMTP.
struct Banner {
  IpAddress address;
  std::vector<dns::Name> names;  ///< in its greeting and its reply to EHLO, each once; empty: it gave none
  Time asked_at{};
  std::optional<ShownCertificate> certificate{};  ///< where STARTTLS worked
  /// Where it was asked again, by other names: what it showed then.
  std::vector<ShownCertificate> further{};
};

/// What the server showed when it was asked for by this name: for another one it may have another certificate.
/// nullptr where it was not.
const ShownCertificate* shown_for(const Banner& banner, const dns::Name& host);

/// By address, each once: of several the first.
class Banners {
 public:
  explicit Banners(std::vector<Banner> all);
  /// nullptr where nobody knows.
  const Banner* find(const IpAddress& address) const;

 private:
  std::vector<Banner> all_;  // by address
};

/// The certificate is for this name (RFC 9525 §6.3): by a name of it, or by one that begins with `*.`.
bool is_for_name(const ShownCertificate& certificate, const dns::Name& name);

/// The host name that a server says, in foreign text; nullopt for what is no name of a host, such as `ESMTP`, an
/// address literal or asterisks. A single label is none, but for `localhost`.
std::optional<dns::Name> host_name_said(std::string_view text);

/// Of the names, those that are no HELO name of the address; empty where the address has no HELO name.
std::vector<dns::Name> names_of_another(const inventory::Address& address,
                                        const std::vector<dns::Name>& names);

}  // namespace rdnsgate::audit
