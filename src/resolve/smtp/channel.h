// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/timestamp.h"
#include "dns/dnssec/tlsa.h"
#include "resolve/net/endpoint.h"

namespace rdnsgate::resolve {

/// What a server shows of itself in a TLS handshake. Nothing of it is trusted.
struct PresentedCertificate {
  std::string protocol;            ///< `TLSv1.3`
  std::vector<std::string> names;  ///< of subjectAltName, or else the Common Name; foreign text
  Time not_after{};
  std::vector<std::string> covered;  ///< of the names that were asked about, those that it is for (RFC 9525 §6.3)
  std::string server_name;           ///< what the server was told that it is asked for (SNI); empty: nothing
  /// Of it and of those that it came with, in their order.
  std::vector<dns::CertificateDigests> chain;
  /// How many of `chain`, from the first, are signed each by the next one.
  std::size_t signed_chain = 0;
};

/// One connection to a mail server, that waits no longer than until a deadline.
class SmtpChannel {
 public:
  using Deadline = std::chrono::steady_clock::time_point;
  enum class Status : std::uint8_t { ok, timeout, closed, failed };

  explicit SmtpChannel(Deadline deadline);
  ~SmtpChannel();
  SmtpChannel(const SmtpChannel&) = delete;
  SmtpChannel& operator=(const SmtpChannel&) = delete;

  /// `source`: the address to leave from; nullptr for whichever the system takes.
  Status connect(const Endpoint& server, const Endpoint* source = nullptr);
  /// The address that the connection leaves from, as EHLO has it where a host has no name: `[192.0.2.1]`.
  std::string own_literal() const;
  Status send(std::string_view octets);
  /// Some octets, at least one.
  Status receive(std::string& octets);
  /// The handshake behind STARTTLS. `names` are those that the certificate may be for; the first is told to the
  /// server. Without an authority that vouches for it: mail goes to whoever answers (RFC 7435).
  Status start_tls(const std::vector<std::string>& names);
  PresentedCertificate certificate(const std::vector<std::string>& names) const;
  /// Of the last `failed`: why, in words.
  const std::string& reason() const { return reason_; }
  /// Nobody waits longer than that from now on.
  void hurry(std::chrono::milliseconds most);
  /// The deadline from now on, earlier or later than the one before.
  void wait_until(Deadline deadline) { deadline_ = deadline; }

 private:
  struct Tls;
  Status wait(short events);
  Status wait_for_tls(int result, std::string_view what);
  Status fail_with(int error);

  Deadline deadline_;
  int socket_ = -1;
  std::unique_ptr<Tls> tls_;
  std::string reason_;
};

}  // namespace rdnsgate::resolve
