// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/smtp/probe.h"

#include <fmt/format.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "base/text/text.h"
#include "resolve/smtp/dialogue.h"

namespace rdnsgate::resolve {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// RFC 5321 §4.5.3.2 grants minutes: somebody waits for this. The end of a message may take longest, as filters run then.
constexpr milliseconds to_connect = seconds(30), to_greet = seconds(60), to_reply = seconds(30),
                       to_judge = seconds(90), to_accept = seconds(120);

class Trial {
 public:
  explicit Trial(const SmtpTrial& trial)
      : trial_(trial), dialogue_(trial.timeout), begun_(std::chrono::steady_clock::now()) {}

  SmtpTrialResult hold() {
    if (connect() && greet() && introduce() && encrypt() && address() && hand_over()) {
      result_.outcome = SmtpOutcome::answered;
    }
    dialogue_.leave(result_.step >= SmtpTrialStep::mail_from);
    return std::move(result_);
  }

 private:
  bool connect() {
    result_.step = SmtpTrialStep::connect;
    return dialogue_.connect(Endpoint(trial_.server, trial_.port), Endpoint(trial_.source, 0), to_connect) ||
           fail();
  }

  bool greet() {
    result_.step = SmtpTrialStep::greeting;
    return is_reply(dialogue_.read(to_greet), 220);
  }

  bool introduce() {
    result_.step = SmtpTrialStep::ehlo;
    auto reply = dialogue_.ask(fmt::format("EHLO {}\r\n", trial_.ehlo), to_reply);
    // RFC 5321 §3.2: a server without extensions knows HELO.
    if (reply && (reply->code == 500 || reply->code == 502)) {
      reply = dialogue_.ask(fmt::format("HELO {}\r\n", trial_.ehlo), to_reply);
      if (reply) reply->lines.resize(1);
    }
    offers_tls_ = false;
    if (!is_reply(reply, 250)) return false;
    for (std::size_t i = 1; i < result_.lines.size(); ++i) {
      const auto& line = result_.lines[i];
      if (ascii_lower(line.substr(0, line.find_first_of(" \t="))) == "starttls") offers_tls_ = true;
    }
    return true;
  }

  bool encrypt() {
    if (!trial_.tls) return true;
    result_.tls = offers_tls_ ? SmtpTls::failed : SmtpTls::not_offered;
    if (!offers_tls_) return true;
    result_.step = SmtpTrialStep::starttls;
    const auto reply = dialogue_.ask("STARTTLS\r\n", to_reply);
    if (!reply) return fail();
    if (reply->code != 220) {
      // Mail goes on without it (RFC 7435), as it does with most senders.
      result_.tls_reason = fmt::format("STARTTLS is answered with {}", reply->code);
      return true;
    }
    if (!dialogue_.start_tls(trial_.names, to_reply)) {
      result_.tls_reason = dialogue_.reason();
      return fail();
    }
    result_.tls = SmtpTls::works;
    result_.certificate = dialogue_.certificate(trial_.names);
    return introduce();  // all that was said before counts no more (RFC 3207 §4.2)
  }

  bool address() {
    result_.step = SmtpTrialStep::mail_from;
    if (!is_reply(dialogue_.ask(fmt::format("MAIL FROM:<{}>\r\n", trial_.mail_from), to_judge), 250))
      return false;
    result_.step = SmtpTrialStep::rcpt_to;
    return is_reply(dialogue_.ask(fmt::format("RCPT TO:<{}>\r\n", trial_.recipient), to_judge), 250);
  }

  bool hand_over() {
    if (trial_.message.empty()) return true;
    result_.step = SmtpTrialStep::data;
    if (!is_reply(dialogue_.ask("DATA\r\n", to_judge), 354)) return false;
    result_.step = SmtpTrialStep::message;
    return is_reply(dialogue_.ask(dot_stuffed(trial_.message), to_accept), 250);
  }

  /// Keeps the reply. 251 and 252 are as good as 250.
  bool is_reply(const std::optional<SmtpReply>& reply, unsigned wanted) {
    if (!reply) return fail();
    result_.took = std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - begun_);
    result_.code = reply->code;
    result_.lines = reply->lines;
    if (reply->code == wanted || (wanted == 250 && reply->code / 100 == 2)) return true;
    result_.outcome = reply->code >= 400 ? SmtpOutcome::refused : SmtpOutcome::malformed;
    if (result_.outcome == SmtpOutcome::malformed) {
      result_.reason = fmt::format("{} where {} belongs", reply->code, wanted);
      if (wanted == 250) result_.reason = fmt::format("{} where a code of 2xx belongs", reply->code);
    }
    return false;
  }

  /// There was no reply: what was said before does not count.
  bool fail() {
    result_.outcome = dialogue_.failure();
    result_.reason = dialogue_.reason();
    result_.code = 0;
    result_.lines.clear();
    return false;
  }

  const SmtpTrial& trial_;
  SmtpDialogue dialogue_;
  std::chrono::steady_clock::time_point begun_;
  SmtpTrialResult result_;
  bool offers_tls_ = false;
};

}  // namespace

std::string_view to_string(SmtpTrialStep step) {
  switch (step) {
    case SmtpTrialStep::connect:
      return "connect";
    case SmtpTrialStep::greeting:
      return "greeting";
    case SmtpTrialStep::ehlo:
      return "ehlo";
    case SmtpTrialStep::starttls:
      return "starttls";
    case SmtpTrialStep::mail_from:
      return "mail-from";
    case SmtpTrialStep::rcpt_to:
      return "rcpt-to";
    case SmtpTrialStep::data:
      return "data";
    case SmtpTrialStep::message:
      return "message";
  }
  return "connect";
}

SmtpTrialResult try_mail(const SmtpTrial& trial) { return Trial(trial).hold(); }

bool is_local_address(const IpAddress& address) {
  const Endpoint endpoint(address, 0);
  const int tried = ::socket(endpoint.family(), SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (tried < 0) return false;
  const bool bound = ::bind(tried, endpoint.address(), endpoint.size) == 0;
  ::close(tried);
  return bound;
}

std::string dot_stuffed(std::string_view message) {
  std::string octets;
  octets.reserve(message.size() + 16);
  bool at_start = true;
  for (const char c : message) {
    if (at_start && c == '.') octets += '.';
    octets += c;
    at_start = c == '\n';
  }
  if (!octets.ends_with("\r\n")) octets += "\r\n";
  return octets + ".\r\n";
}

}  // namespace rdnsgate::resolve
