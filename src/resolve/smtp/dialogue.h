// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "resolve/smtp/channel.h"
#include "resolve/smtp/greeting.h"
#include "resolve/smtp/reply.h"

namespace rdnsgate::resolve {

/// Commands and replies with one mail server, one after another. Each wait ends with its own time limit, and with the
/// deadline of all of it.
class SmtpDialogue {
 public:
  explicit SmtpDialogue(std::chrono::milliseconds in_all)
      : end_(std::chrono::steady_clock::now() + in_all), channel_(end_) {}

  /// `source`: the address to leave from. False where there is no connection.
  bool connect(const Endpoint& server, const Endpoint& source, std::chrono::milliseconds limit);
  /// The next reply; nullopt where none came: `failure()` says why, and nothing can be said any more.
  std::optional<SmtpReply> read(std::chrono::milliseconds limit);
  /// Sends `octets`, a command and its end or a message, and reads the reply. A server that talked before it was asked
  /// is believed nothing.
  std::optional<SmtpReply> ask(std::string_view octets, std::chrono::milliseconds limit);
  /// The handshake behind a 220 to STARTTLS; what the server said behind that reply is thrown away with the connection.
  bool start_tls(const std::vector<std::string>& names, std::chrono::milliseconds limit);
  PresentedCertificate certificate(const std::vector<std::string>& names) const {
    return channel_.certificate(names);
  }
  /// QUIT, with RSET before it where a mail was begun; nothing hangs on them.
  void leave(bool has_begun);

  bool is_open() const { return is_open_; }
  SmtpOutcome failure() const { return failure_; }
  const std::string& reason() const { return reason_; }

 private:
  void limit(std::chrono::milliseconds time);
  void end(SmtpOutcome outcome, std::string reason);
  void end(SmtpChannel::Status status);

  std::chrono::steady_clock::time_point end_;
  SmtpChannel channel_;
  std::string pending_;  // received, and not read yet
  bool is_open_ = false;
  SmtpOutcome failure_ = SmtpOutcome::unreachable;
  std::string reason_;
};

}  // namespace rdnsgate::resolve
