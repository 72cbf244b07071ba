// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "logs/parts.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/ascii.h"
#include "base/text/text.h"

namespace rdnsgate::logs {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::size_t most_name = 255;

bool has(std::string_view text, std::string_view part) { return text.find(part) != npos; }

bool is_name_octet(char c) { return is_alphanumeric(c) || c == '-' || c == '.' || c == '_'; }

/// The name that begins at `at`, in lower case, without a dot at its end; empty where none does.
std::string name_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && end - at < most_name && is_name_octet(text[end])) ++end;
  auto name = ascii_lower(text.substr(std::min(at, text.size()), end - std::min(at, end)));
  while (name.ends_with('.')) name.pop_back();
  return name;
}

/// The name behind the first of these marks that is in the text.
std::string name_behind(std::string_view text, std::initializer_list<std::string_view> marks) {
  for (const auto mark : marks) {
    for (auto at = text.find(mark); at != npos; at = text.find(mark, at + 1)) {
      auto name = name_at(text, at + mark.size());
      if (!name.empty() && name != "none" && name != "local") return name;
    }
  }
  return {};
}

struct FoundAddress {
  IpAddress ip;
  std::size_t at = 0;
};

/// What can be an address, read from the left; a port, a bracket or a full stop may follow.
std::optional<IpAddress> address_in(std::string_view token) {
  while (token.ends_with('.') || token.ends_with(':')) token.remove_suffix(1);
  if (auto ip = IpAddress::read(token)) return ip;
  const auto colon = token.rfind(':');
  return colon == npos ? std::nullopt : IpAddress::read(token.substr(0, colon));
}

/// The addresses of a text, in its order: a few are enough.
std::vector<FoundAddress> addresses_of(std::string_view text) {
  constexpr std::size_t most = 16;
  std::vector<FoundAddress> found;
  for (std::size_t at = 0; at < text.size() && found.size() < most;) {
    const bool at_word =
        at == 0 || (!is_name_octet(text[at - 1]) && text[at - 1] != '@') || text[at - 1] == '_';
    if (at_word && (text.substr(at, 5) == "IPv6:" || text.substr(at, 5) == "ipv6:")) {
      at += 5;
    } else if (!at_word || hex_digit(text[at]) < 0) {
      if (!(at_word && text[at] == ':' && text.substr(at, 2) == "::")) {
        ++at;
        continue;
      }
    }
    std::size_t end = at;
    while (end < text.size() && end - at < 64 &&
           (hex_digit(text[end]) >= 0 || text[end] == ':' || text[end] == '.'))
      ++end;
    const bool ends = end == text.size() || !(is_alphanumeric(text[end]) || text[end] == '-');
    if (ends && end - at >= 3) {
      if (const auto ip = address_in(text.substr(at, end - at))) found.push_back({*ip, at});
    }
    at = std::max(end, at + 1);
  }
  return found;
}

std::optional<IpAddress> first_behind(const std::vector<FoundAddress>& all, std::size_t at) {
  const auto found = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.at >= at; });
  return found == all.end() ? std::nullopt : std::optional(found->ip);
}

/// Where the answer of a receiver begins; npos where the line has none.
std::size_t answer_in(std::string_view line) {
  for (const std::string_view mark :
       {" said: ", "refused to talk to me: ", "_said:_", "SMTP error from remote",
        " reply=", " stat=", "Remote host said: ", " result=\"", "smtp; ", "smtp;", ",<,"}) {
    if (const auto at = line.find(mark); at != npos) return at;
  }
  return npos;
}

bool is_exchange(std::string_view line) {
  return line.size() > 24 && line[4] == '-' && line[10] == 'T' && line.find("Z,") != npos &&
         line.find("Z,") < 26;
}

bool is_exim(std::string_view line) {
  if (line.size() < 20 || line[4] != '-' || line[7] != '-' || line[10] != ' ' || line[13] != ':')
    return false;
  constexpr std::array<std::string_view, 12> marks{" H=",
                                                   " R=",
                                                   " <= ",
                                                   " => ",
                                                   " ** ",
                                                   " == ",
                                                   " -> ",
                                                   " rejected",
                                                   "no host name found",
                                                   "no IP address found",
                                                   "host name alias",
                                                   "SMTP "};
  return std::any_of(marks.begin(), marks.end(), [&](auto mark) { return has(line, mark); });
}

Side side_of(std::string_view line, std::string_view mta, bool has_answer) {
  const auto any = [&](std::initializer_list<std::string_view> marks) {
    return std::any_of(marks.begin(), marks.end(), [&](auto mark) { return has(line, mark); });
  };
  if (mta == "exchange") {
    if (has(line, ",<,")) return Side::sent;
    return has(line, ",>,")                                       ? Side::received
           : has_answer || has(line, "SEND") || has(line, "FAIL") ? Side::sent
                                                                  : Side::unknown;
  }
  if (any({"postfix/smtpd", "postfix/postscreen", "NOQUEUE: ", "ruleset=check_", " smtp connected ",
           " smtp failed-command ", " smtp disconnected ", "ICID ", "rspamd", "spamd", "amavis",
           "milter-reject", "no host name found", "no IP address found", "host name alias",
           "X-Host-Lookup-Failed", "during SMTP connection from", "rejected EHLO", "rejected HELO"}))
    return Side::received;
  if (has_answer || any({"status=bounced", "status=deferred", " ** ", "mta delivery", "Diagnostic-Code"}))
    return Side::sent;
  if (any({"temporarily rejected ", "rejected ", "(may be forged)", "connect from "})) return Side::received;
  return Side::unknown;
}

/// The address of the host that answered.
std::optional<IpAddress> answering(std::string_view line, const std::vector<FoundAddress>& all) {
  for (const std::string_view mark : {"relay=", " H=", " host ", "(host ", "delivery "}) {
    if (const auto at = line.find(mark); at != npos) return first_behind(all, at);
  }
  return std::nullopt;
}

std::optional<IpAddress> refused_address(std::string_view line, std::size_t answer, bool is_exchange_log) {
  const auto all = addresses_of(line);
  if (is_exchange_log && !all.empty()) {
    // date, connector, session, number, our end, their end
    const auto in_answer = answer == npos ? std::nullopt : first_behind(all, answer);
    return in_answer ? in_answer : std::optional(all.front().ip);
  }
  const auto other = answering(line.substr(0, std::min(answer, line.size())), all);
  // `...: host mx.example.net [198.51.100.7]: 550`, as Exim had it once
  const auto old_form = line.find(": host ");
  const auto old_other = old_form != npos && line.find("[", old_form) < line.find("]: ", old_form)
                             ? first_behind(all, old_form)
                             : std::nullopt;
  // `source=192.0.2.1` of OpenSMTPD and `I=[192.0.2.1]` of Exim are what it left from.
  for (const auto& one : all) {
    if ((answer == npos || one.at >= answer) && one.ip != other && one.ip != old_other) return one.ip;
  }
  for (const std::string_view mark : {" source=\"", " source=", " I=["}) {
    if (const auto at = line.find(mark); at != npos && first_behind(all, at)) return first_behind(all, at);
  }
  return std::nullopt;
}

std::optional<IpAddress> noted_address(std::string_view line) {
  const auto all = addresses_of(line);
  for (const std::string_view mark :
       {"address=", ") address ", " from ", " H=", "relay=", "IP address ", "to address ",
        "warning: ", " ip: ", "client-ip=", "failed for ", "truncated for "}) {
    for (auto at = line.find(mark); at != npos; at = line.find(mark, at + 1)) {
      const auto ip = first_behind(all, at);
      if (ip) return ip;
    }
  }
  return all.empty() ? std::nullopt : std::optional(all.front().ip);
}

/// The host in the header of a syslog line: `Nov 30 09:12:01 mx1 postfix/smtpd[1]: `
std::string log_host(std::string_view line) {
  std::size_t at = npos;
  if (line.size() > 16 && line[3] == ' ' && line[6] == ' ' && line[9] == ':' && line[12] == ':' &&
      line[15] == ' ')
    at = 16;
  if (line.size() > 20 && line[4] == '-' && line[10] == 'T') at = line.find(' ');
  if (at == npos) return {};
  if (line[at] == ' ') ++at;
  auto name = name_at(line, at);
  const auto end = at + name.size();
  return end < line.size() && line[end] == ' ' ? name : std::string();
}

std::string helo_of(std::string_view line, LogClass of) {
  for (const std::string_view mark :
       {"helo=<", "helo=", "command=\"EHLO ", "command=\"HELO ", "syntactically invalid argument(s): "}) {
    if (const auto at = line.find(mark); at != npos) {
      if (auto name = name_at(line, at + mark.size()); !name.empty()) return name;
    }
  }
  if (const auto end = line.find(">: Helo command rejected"); end != npos) {
    const auto begin = line.rfind('<', end);
    if (begin != npos && begin + 1 < end) return name_at(line, begin + 1);
  }
  for (const std::string_view mark : {" H=(", " from ("}) {  // `H=(mx1) [192.0.2.1]`
    if (const auto at = line.find(mark); at != npos) return name_at(line, at + mark.size());
  }
  if (const auto at = line.find(" H="); at != npos) {  // `H=mx9.example.net (mx1) [192.0.2.1]`
    const auto open = line.find(" (", at), bracket = line.find('[', at);
    if (open != npos && open < bracket) return name_at(line, open + 2);
  }
  for (const std::string_view mark : {" after EHLO ", " after HELO "}) {
    if (const auto at = line.find(mark); at != npos) return name_at(line, at + mark.size());
  }
  if (of != LogClass::helo) return {};
  // `HELO argument [mx1.internal] is missing a DNS entry`, `HELO name mx1`
  const auto lower = ascii_lower(line);
  for (auto at = lower.find("helo"); at != npos; at = lower.find("helo", at + 1)) {
    const auto rest = std::string_view(lower).substr(at);
    for (const char bracket : {'[', '<', '('}) {
      const auto open = rest.substr(0, 40).find(bracket);
      if (open == npos) continue;
      if (auto name = name_at(rest, open + 1); has(name, ".")) return name;
    }
  }
  return {};
}

/// `to=<user@example.com>`, and as others write it.
std::string recipient_domain(std::string_view line) {
  for (const std::string_view mark : {" to=<", " to=", " ** ", " == ", " => "}) {
    const auto at = line.find(mark);
    if (at == npos) continue;
    const auto rest = line.substr(at + mark.size(), 400);
    const auto end = rest.find_first_of(" >,;");
    if (auto domain = domain_of(rest.substr(0, end)); !domain.empty()) return domain;
  }
  return {};
}

std::string answering_host(std::string_view line) {
  auto name = name_behind(
      line, {" relay=", "(host ", " host ", " H=", "Remote-MTA: dns; ", "Remote-MTA: dns;", " relay=["});
  if (!name.empty() && !IpAddress::read(name)) return name;
  return {};
}

}  // namespace

std::string domain_of(std::string_view mailbox) {
  const auto at = mailbox.rfind('@');
  if (at == npos) return {};
  return name_at(mailbox, at + 1);
}

std::string_view mta_of(std::string_view line) {
  if (is_exchange(line)) return "exchange";
  if (has(line, "postfix/") || has(line, "NOQUEUE: ") || has(line, "refused to talk to me: "))
    return "postfix";
  if (has(line, "smtpd[") && (has(line, " smtp ") || has(line, " mta "))) return "opensmtpd";
  if (has(line, " smtp connected address=") || has(line, " mta delivery ") ||
      has(line, " smtp failed-command "))
    return "opensmtpd";
  if (has(line, "sm-mta[") || has(line, "sendmail[") || has(line, "ruleset=check_")) return "sendmail";
  if (has(line, "exim[") || has(line, "exim4[") || has(line, "exim: ") || is_exim(line)) return "exim";
  if (has(line, "Remote_host_said") || has(line, "Remote host said: ") || has(line, "qmail")) return "qmail";
  if (has(line, " ICID ") || has(line, " DCID ")) return "ironport";
  if (has(line, "rspamd")) return "rspamd";
  if (has(line, "spamd[") || has(line, "spamd: ")) return "spamassassin";
  if (has(line, "amavis")) return "amavis";
  if (has(line, " said: ")) return "postfix";
  return {};
}

void find_parts(std::string_view line, LogEntry& entry) {
  if (entry.mta.empty()) entry.mta = mta_of(line);
  const auto answer = answer_in(line);
  if (entry.side == Side::unknown) entry.side = side_of(line, entry.mta, answer != npos);
  const bool is_exchange_log = entry.mta == "exchange";
  entry.ip =
      entry.side == Side::received ? noted_address(line) : refused_address(line, answer, is_exchange_log);
  entry.helo = helo_of(line, entry.of);
  if (const auto at = line.find(" from=<"); at != npos)
    entry.sender_domain = domain_of(line.substr(at + 7, line.substr(at + 7, 400).find('>')));
  if (entry.side == Side::received) {
    entry.host = log_host(line);
    if (entry.receiver.empty()) entry.receiver = entry.host;
    return;
  }
  if (entry.host.empty()) entry.host = answering_host(line);
  if (entry.receiver.empty()) entry.receiver = recipient_domain(line);
  if (entry.receiver.empty()) entry.receiver = entry.host;
}

}  // namespace rdnsgate::logs
