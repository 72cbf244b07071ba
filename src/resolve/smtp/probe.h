// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/ip.h"
#include "resolve/smtp/channel.h"
#include "resolve/smtp/greeting.h"

namespace rdnsgate::resolve {

/// A mail server that is asked whether it would take a mail.
struct SmtpTrial {
  IpAddress source;  ///< of this host: where the connection leaves from
  IpAddress server;
  std::uint16_t port = 25;
  std::string ehlo;                ///< the identity
  std::string mail_from;           ///< without brackets; empty for the null sender
  std::string recipient;           ///< without brackets
  std::vector<std::string> names;  ///< of the server, that its certificate may be for
  bool tls = true;                 ///< STARTTLS, where it is offered
  std::string message;             ///< with CRLF lines, not stuffed yet; empty: DATA is never said
  std::chrono::milliseconds timeout{std::chrono::minutes(3)};  ///< for all of it
};

/// Where in a trial something was said, or ended.
enum class SmtpTrialStep : std::uint8_t {
  connect,
  greeting,
  ehlo,
  starttls,
  mail_from,
  rcpt_to,
  data,
  message,
};
std::string_view to_string(SmtpTrialStep step);

/// What came of it. All texts are foreign.
struct SmtpTrialResult {
  /// `answered`: the last step was taken with a reply of 2xx. `refused`: that of `step` was 4xx or 5xx.
  SmtpOutcome outcome = SmtpOutcome::unreachable;
  SmtpTrialStep step = SmtpTrialStep::connect;
  std::string reason;              ///< of what is neither
  unsigned code = 0;               ///< of the last reply that counts; 0: there was none
  std::vector<std::string> lines;  ///< of it, behind the code
  SmtpTls tls = SmtpTls::not_tried;
  std::string tls_reason;
  PresentedCertificate certificate;   ///< where TLS works
  std::chrono::milliseconds took{0};  ///< from the connection to that reply
};

/// Connects from `source` and says EHLO, STARTTLS, EHLO, MAIL FROM, RCPT TO and, with a message, DATA; then RSET and QUIT.
/// Blocks for no longer than the timeout. Each step has a limit of its own, which is shorter than what RFC 5321
/// §4.5.3.2 grants.
SmtpTrialResult try_mail(const SmtpTrial& trial);

/// This host can open a connection from the address.
bool is_local_address(const IpAddress& address);

/// The message as DATA sends it: each line that begins with a dot gets another (RFC 5321 §4.5.2), and the end is marked.
std::string dot_stuffed(std::string_view message);

}  // namespace rdnsgate::resolve
