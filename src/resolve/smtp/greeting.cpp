// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/smtp/greeting.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "base/text/text.h"
#include "resolve/smtp/reply.h"

namespace rdnsgate::resolve {
namespace {

using Status = SmtpChannel::Status;

constexpr std::size_t most_extensions = 64;
constexpr std::chrono::milliseconds longest_farewell{2000};

SmtpOutcome smtp_outcome_of(Status status) {
  if (status == Status::timeout) return SmtpOutcome::timeout;
  return status == Status::closed ? SmtpOutcome::closed : SmtpOutcome::unreachable;
}

class Conversation {
 public:
  explicit Conversation(const SmtpQuestion& question)
      : question_(question), channel_(std::chrono::steady_clock::now() + question.timeout) {}

  SmtpGreeting hold() {
    if (connect() && greet() && introduce()) {
      said_.outcome = SmtpOutcome::answered;
      said_.step = SmtpStep::done;
      if (question_.tls) encrypt();
      if (!is_dead_) quit();
    }
    return std::move(said_);
  }

 private:
  bool connect() {
    const auto status = channel_.connect(Endpoint(question_.address, question_.port));
    return status == Status::ok || end(smtp_outcome_of(status), channel_.reason());
  }

  bool greet() {
    said_.step = SmtpStep::greeting;
    const auto reply = read();
    if (!reply) return false;
    if (!reply->lines.empty()) said_.greeting = reply->lines.front();
    if (reply->code >= 400)
      return end(SmtpOutcome::refused, fmt::format("the greeting has code {}", reply->code));
    if (reply->code != 220)
      return end(SmtpOutcome::malformed, fmt::format("the greeting has code {}", reply->code));
    said_.banner_name = name_in(*reply);
    return true;
  }

  bool introduce() {
    said_.step = SmtpStep::ehlo;
    const auto own = question_.ehlo.empty() ? channel_.own_literal() : question_.ehlo;
    auto reply = ask("EHLO " + own);
    // RFC 5321 §3.2: a server without extensions knows HELO.
    if (reply && (reply->code == 500 || reply->code == 502)) reply = ask("HELO " + own);
    if (!reply) return false;
    if (reply->code >= 400)
      return end(SmtpOutcome::refused, fmt::format("EHLO is answered with {}", reply->code));
    if (reply->code != 250)
      return end(SmtpOutcome::malformed, fmt::format("EHLO is answered with {}", reply->code));
    said_.ehlo_name = name_in(*reply);
    for (std::size_t i = 1; i < reply->lines.size() && i <= most_extensions; ++i) {
      const auto& line = reply->lines[i];
      said_.extensions.push_back(line.substr(0, line.find_first_of(" \t=")));
    }
    return true;
  }

  void encrypt() {
    const auto& all = said_.extensions;
    const bool offered =
        std::any_of(all.begin(), all.end(), [](const auto& one) { return ascii_lower(one) == "starttls"; });
    said_.tls = offered ? SmtpTls::failed : SmtpTls::not_offered;
    if (!offered) return;
    is_encrypting_ = true;
    const auto reply = ask("STARTTLS");
    if (!reply) return;
    if (reply->code != 220) return tell_tls(fmt::format("STARTTLS is answered with {}", reply->code));
    is_dead_ = true;
    // What stands behind the reply already would be taken for encrypted (CVE-2011-0411).
    if (!pending_.empty()) return tell_tls("there is more behind the reply to STARTTLS");
    const auto status = channel_.start_tls(question_.names);
    if (status != Status::ok) return tell_tls(words_of(status));
    is_dead_ = false;
    said_.tls = SmtpTls::works;
    said_.certificate = channel_.certificate(question_.names);
  }

  void tell_tls(std::string reason) { said_.tls_reason = std::move(reason); }

  std::string words_of(Status status) const {
    if (status == Status::timeout) return "no end of the handshake in time";
    return status == Status::closed ? "the server closed the connection in the handshake" : channel_.reason();
  }

  /// Politely; nothing hangs on it.
  void quit() {
    channel_.hurry(longest_farewell);
    std::string octets;
    if (channel_.send("QUIT\r\n") == Status::ok) channel_.receive(octets);
  }

  std::optional<SmtpReply> ask(const std::string& command) {
    const auto status = channel_.send(command + "\r\n");
    if (status == Status::ok) return read();
    end(smtp_outcome_of(status), channel_.reason());
    return std::nullopt;
  }

  std::optional<SmtpReply> read() {
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
        end(smtp_outcome_of(status), channel_.reason());
        return std::nullopt;
      }
    }
  }

  /// A conversation that ended early. What goes wrong behind EHLO is said of TLS alone.
  bool end(SmtpOutcome outcome, std::string reason) {
    is_dead_ = true;
    if (reason.empty() && outcome == SmtpOutcome::timeout) reason = "no reply in time";
    if (reason.empty() && outcome == SmtpOutcome::closed) reason = "the server closed the connection";
    if (is_encrypting_) {
      tell_tls(std::move(reason));
    } else {
      said_.outcome = outcome;
      said_.reason = std::move(reason);
    }
    return false;
  }

  const SmtpQuestion& question_;
  SmtpChannel channel_;
  SmtpGreeting said_;
  std::string pending_;  // received, and not read yet
  bool is_dead_ = false, is_encrypting_ = false;
};

}  // namespace

std::string_view to_string(SmtpOutcome outcome) {
  switch (outcome) {
    case SmtpOutcome::answered:
      return "answered";
    case SmtpOutcome::unreachable:
      return "unreachable";
    case SmtpOutcome::timeout:
      return "timeout";
    case SmtpOutcome::closed:
      return "closed";
    case SmtpOutcome::refused:
      return "refused";
    case SmtpOutcome::malformed:
      return "malformed";
    case SmtpOutcome::too_long:
      return "too-long";
  }
  return "unreachable";
}

std::string_view to_string(SmtpStep step) {
  switch (step) {
    case SmtpStep::connect:
      return "connect";
    case SmtpStep::greeting:
      return "greeting";
    case SmtpStep::ehlo:
      return "ehlo";
    case SmtpStep::done:
      return "done";
  }
  return "connect";
}

std::string_view to_string(SmtpTls tls) {
  switch (tls) {
    case SmtpTls::not_tried:
      return "not-tried";
    case SmtpTls::not_offered:
      return "not-offered";
    case SmtpTls::works:
      return "works";
    case SmtpTls::failed:
      return "failed";
  }
  return "not-tried";
}

SmtpGreeting ask_greeting(const SmtpQuestion& question) { return Conversation(question).hold(); }

}  // namespace rdnsgate::resolve
