// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/smtp/dialogue.h"

#include <algorithm>
#include <utility>

namespace rdnsgate::resolve {
namespace {

using Status = SmtpChannel::Status;
using std::chrono::milliseconds;

constexpr milliseconds longest_goodbye{5000};

}  // namespace

void SmtpDialogue::limit(milliseconds time) {
  channel_.wait_until(std::min(end_, std::chrono::steady_clock::now() + time));
}

void SmtpDialogue::end(SmtpOutcome outcome, std::string reason) {
  is_open_ = false;
  failure_ = outcome;
  reason_ = std::move(reason);
}

void SmtpDialogue::end(Status status) {
  if (status == Status::timeout) return end(SmtpOutcome::timeout, "no reply in time");
  if (status == Status::closed) return end(SmtpOutcome::closed, "the server closed the connection");
  end(SmtpOutcome::unreachable, channel_.reason());
}

bool SmtpDialogue::connect(const Endpoint& server, const Endpoint& source, milliseconds time) {
  limit(time);
  const auto status = channel_.connect(server, &source);
  is_open_ = status == Status::ok;
  if (status == Status::timeout) {
    end(SmtpOutcome::timeout, "no connection in time");
  } else if (!is_open_) {
    end(status);
  }
  return is_open_;
}

std::optional<SmtpReply> SmtpDialogue::read(milliseconds time) {
  limit(time);
  SmtpReplyReader reader;
  for (;;) {
    pending_.erase(0, reader.take(pending_));
    switch (reader.state()) {
      case SmtpReplyReader::State::done:
        return reader.reply();
      case SmtpReplyReader::State::malformed:
        end(SmtpOutcome::malformed, std::string(reader.fault()));
        return std::nullopt;
      case SmtpReplyReader::State::too_long:
        end(SmtpOutcome::too_long, "a reply without an end");
        return std::nullopt;
      case SmtpReplyReader::State::more:
        break;
    }
    if (const auto status = channel_.receive(pending_); status != Status::ok) {
      end(status);
      return std::nullopt;
    }
  }
}

std::optional<SmtpReply> SmtpDialogue::ask(std::string_view octets, milliseconds time) {
  if (!is_open_) return std::nullopt;
  if (!pending_.empty()) {
    end(SmtpOutcome::malformed, "the server replies before it is asked");
    return std::nullopt;
  }
  limit(time);
  const auto status = channel_.send(octets);
  if (status == Status::ok) return read(time);
  end(status);
  return std::nullopt;
}

bool SmtpDialogue::start_tls(const std::vector<std::string>& names, milliseconds time) {
  // What stands behind the reply already would be taken for encrypted (CVE-2011-0411).
  if (!pending_.empty()) {
    end(SmtpOutcome::malformed, "there is more behind the reply to STARTTLS");
    return false;
  }
  limit(time);
  const auto status = channel_.start_tls(names);
  if (status == Status::timeout) {
    end(SmtpOutcome::timeout, "no end of the TLS handshake in time");
  } else if (status == Status::closed) {
    end(SmtpOutcome::closed, "the server closed the connection in the TLS handshake");
  } else if (status != Status::ok) {
    end(SmtpOutcome::malformed, channel_.reason());
  }
  return status == Status::ok;
}

void SmtpDialogue::leave(bool has_begun) {
  if (!is_open_) return;
  // They may not take the place of an outcome that is known already.
  const auto failure = failure_;
  const auto reason = reason_;
  if (!has_begun || ask("RSET\r\n", longest_goodbye)) ask("QUIT\r\n", longest_goodbye);
  is_open_ = false;
  failure_ = failure;
  reason_ = reason;
}

}  // namespace rdnsgate::resolve
