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

namespace rdnsgate::resolve {

/// Which server is asked for what it calls itself, and how.
struct SmtpQuestion {
  IpAddress address;
  std::uint16_t port = 25;
  std::string ehlo;  ///< what we call ourselves; empty: the address that the connection leaves from
  std::vector<std::string> names;             ///< that its certificate may be for
  bool tls = true;                            ///< STARTTLS, where it is offered
  std::chrono::milliseconds timeout{30'000};  ///< for all of it
};

/// How a conversation ended. Only what `answered` is proven: a failure says nothing of the server's name.
enum class SmtpOutcome : std::uint8_t {
  answered,     ///< it gave its name in the greeting and in its reply to EHLO
  unreachable,  ///< no connection: refused, or no route
  timeout,
  closed,     ///< it hung up before it had answered
  refused,    ///< it does not want to talk: a reply of 4xx or 5xx
  malformed,  ///< it does not talk SMTP
  too_long,   ///< it does not stop talking
};
std::string_view to_string(SmtpOutcome outcome);

/// Where in the conversation it ended.
enum class SmtpStep : std::uint8_t { connect, greeting, ehlo, done };
std::string_view to_string(SmtpStep step);

/// Whether mail to the server can be encrypted.
enum class SmtpTls : std::uint8_t { not_tried, not_offered, works, failed };
std::string_view to_string(SmtpTls tls);

/// What a server says of itself. All texts are foreign.
struct SmtpGreeting {
  SmtpOutcome outcome = SmtpOutcome::unreachable;
  SmtpStep step = SmtpStep::connect;
  std::string reason;                   ///< of what is no answer
  std::string greeting;                 ///< the first line behind 220, or behind the code that refuses
  std::string banner_name;              ///< the first word of the greeting; empty until there is one
  std::string ehlo_name;                ///< the first word of the reply to EHLO
  std::vector<std::string> extensions;  ///< the keywords of its lines
  SmtpTls tls = SmtpTls::not_tried;
  std::string tls_reason;
  PresentedCertificate certificate;  ///< where TLS works
};

/// Connects, reads the greeting, says EHLO (or HELO to who knows no other), STARTTLS and QUIT. Blocks, for no longer
/// than the timeout and two seconds for QUIT; sends no mail and no other command.
SmtpGreeting ask_greeting(const SmtpQuestion& question);

}  // namespace rdnsgate::resolve
