// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/probe/message.h"

#include <fmt/format.h>

#include <array>
#include <chrono>

#include "base/version.h"

namespace rdnsgate::run {

std::string mail_date(Time time) {
  using namespace std::chrono;
  constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = floor<std::chrono::days>(time);
  const year_month_day date(day);
  const hh_mm_ss clock(time - day);
  return fmt::format("{}, {} {} {:04} {:02}:{:02}:{:02} +0000", days[weekday(day).c_encoding()],
                     static_cast<unsigned>(date.day()), months[static_cast<unsigned>(date.month()) - 1],
                     static_cast<int>(date.year()), clock.hours().count(), clock.minutes().count(),
                     clock.seconds().count());
}

std::string compose(const ProbeMessage& message) {
  return fmt::format(
      "Date: {date}\r\n"
      "From: <{from}>\r\n"
      "To: <{to}>\r\n"
      "Subject: rdnsgate delivery test {token}\r\n"
      "Message-ID: <rdnsgate.{token}@{helo}>\r\n"
      "{field}: {token}\r\n"
      "Auto-Submitted: auto-generated\r\n"
      "MIME-Version: 1.0\r\n"
      "Content-Type: text/plain; charset=us-ascii\r\n"
      "Content-Transfer-Encoding: 7bit\r\n"
      "\r\n"
      "This message tests whether mail from this host is delivered.\r\n"
      "\r\n"
      "It was sent by rdnsgate {version} (smtp probe --deliver), to a mailbox that\r\n"
      "is declared for such tests, and may be deleted.\r\n"
      "\r\n"
      "Address: {source}\r\n"
      "HELO name: {helo}\r\n"
      "Token: {token}\r\n",
      fmt::arg("date", mail_date(message.at)), fmt::arg("from", message.from),
      fmt::arg("to", message.recipient), fmt::arg("token", message.token), fmt::arg("helo", message.helo),
      fmt::arg("field", probe_field), fmt::arg("version", version), fmt::arg("source", message.source));
}

}  // namespace rdnsgate::run
