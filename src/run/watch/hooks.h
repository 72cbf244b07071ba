// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <vector>

#include "base/duration.h"
#include "run/watch/courier.h"

namespace rdnsgate::run {

/// A command for the shell, which gets an event as JSON on its standard input. Exit code 75 (EX_TEMPFAIL) asks for another
/// try; any other failure is final.
Hook command_hook(std::string command, milliseconds limit);

struct Webhook {
  std::string url;
  std::string secret{};   ///< empty: requests are not signed
  std::string ca_file{};  ///< empty: the system's authorities
  milliseconds limit{seconds(10)};
};
/// Posts an event as JSON. With a secret, `X-Rdnsgate-Signature: sha256=` has the HMAC of `TIMESTAMP.BODY`, and
/// `X-Rdnsgate-Timestamp` the seconds since 1970 when this try was made; `X-Rdnsgate-Event` is the same in each try.
/// A status of 2xx is success; 4xx, but for 408, 425 and 429, is final; all else is tried again.
Hook webhook(Webhook to);

struct MailHook {
  std::vector<std::string> to;
  std::string from{};  ///< empty: whom the mail system names
  std::string sendmail{"/usr/sbin/sendmail"};
  milliseconds limit{std::chrono::minutes(1)};
};
/// Writes a mail by the local mail system (`sendmail -t -i`).
Hook mail_hook(MailHook mail);
/// What is wrong with an address of a mail; an error without a message: nothing.
Error wrong_with_address(const std::string& address);

/// The mail itself, for an event as JSON; the date is that of its look.
std::string mail_of(const MailHook& mail, const std::string& event);

}  // namespace rdnsgate::run
