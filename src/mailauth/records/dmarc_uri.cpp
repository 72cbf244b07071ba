// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "mailauth/records/dmarc_uri.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/ascii.h"
#include "base/text/text.h"

namespace rdnsgate::mailauth {
namespace {

constexpr std::string_view uri_section = "RFC 9989 §4.6", uri_grammar = "RFC 9989 §4.8";

/// What is written for `%2C`.
std::optional<std::string> unescaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i];
      continue;
    }
    const int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1,
              low = high < 0 ? -1 : hex_digit(text[i + 2]);
    if (low < 0) return std::nullopt;
    out += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return out;
}

/// Letters and digits between dots, as hosts that take mail are called.
bool is_mail_host(std::string_view host) {
  for (std::size_t from = 0; from <= host.size();) {
    const auto to = std::min(host.find('.', from), host.size());
    const auto label = host.substr(from, to - from);
    const bool plain = std::all_of(label.begin(), label.end(),
                                   [](char c) { return is_alphanumeric(c) || c == '-' || c == '_'; });
    if (label.empty() || label.size() > 63 || !plain || label.front() == '-' || label.back() == '-')
      return false;
    from = to + 1;
  }
  return true;
}

class DestinationJudge {
 public:
  DestinationJudge(const Tag& tag, std::vector<DmarcDestination>& destinations, Reasons& reasons)
      : tag_(tag), destinations_(destinations), reasons_(reasons) {}

  bool judge() {
    const auto before = destinations_.size();
    bool any = false;
    for (const auto& item : items_of(tag_, ',')) any = one(item) || any;
    if (any && destinations_.size() == before && said_ == 0)
      reasons_.error(
          "report-scheme", uri_section, tag_.value_place(),
          fmt::format("no address of {}= is mailto:, which is all that receivers have to send to", tag_.name),
          "add mailto: and an address");
    if (destinations_.size() - before > 2)
      reasons_.note("many-destinations", "RFC 7489 §6.2", tag_.value_place(),
                    fmt::format("{}= has {} addresses: receivers need not send to more than two", tag_.name,
                                destinations_.size() - before));
    return any;
  }

 private:
  void error(const ListItem& item, std::string_view id, std::string message, std::string hint) {
    if (++said_ <= most_reasons)
      reasons_.error(id, uri_section, item.text.empty() ? tag_.place() : item.place(), std::move(message),
                     std::move(hint));
  }

  /// True where it is a URI.
  bool one(const ListItem& item) {
    if (item.text.empty()) {
      error(item, "report-empty", fmt::format("an address of {}= is empty", tag_.name),
            "leave out the comma, or the tag");
      return false;
    }
    const auto colon = item.text.find(':');
    const auto scheme = ascii_lower(item.text.substr(0, std::min(colon, item.text.size())));
    const bool schemed = colon != std::string_view::npos && !scheme.empty() && is_letter(scheme.front()) &&
                         std::all_of(scheme.begin(), scheme.end(), [](char c) {
                           return is_alphanumeric(c) || c == '+' || c == '-' || c == '.';
                         });
    if (!schemed) {
      const bool address = item.text.find('@') != std::string_view::npos;
      error(item, "report-mailto", fmt::format("\"{}\" is no URI", brief(item.text)),
            address ? fmt::format("write mailto:{}", brief(item.text)) : "write mailto: and an address");
      return false;
    }
    if (item.text.find_first_of(" \t") != std::string_view::npos) {
      error(item, "report-blank", fmt::format("a blank stands in an address of {}=", tag_.name),
            "separate addresses by commas; mailto: has no blank behind it");
      return false;
    }
    if (scheme != "mailto") {
      const auto near = std::string_view("mailto");
      if (!closest(scheme, std::span(&near, 1)).empty() || scheme.find('@') != std::string::npos) {
        error(item, "report-mailto", fmt::format("there is no scheme \"{}:\"", brief(scheme)),
              "did you mean \"mailto:\"?");
        return false;
      }
      reasons_.warn("report-scheme", uri_section, item.place(),
                    fmt::format("\"{}:\" is a scheme that receivers need not support", brief(scheme)),
                    "add an address with mailto:");
      return true;
    }
    return mailto(item, item.text.substr(colon + 1), item.offset + colon + 1);
  }

  bool mailto(const ListItem& item, std::string_view rest, std::size_t offset) {
    const auto bang = rest.find('!');
    if (bang != std::string_view::npos &&
        !size_limit(item, rest.substr(bang + 1), {0, offset + bang, rest.size() - bang}))
      return false;
    rest = rest.substr(0, std::min(bang, rest.size()));
    rest = rest.substr(0, std::min(rest.find('?'), rest.size()));
    const auto refuse = [&](std::string message, std::string hint = "write mailto:reports@example.com") {
      error(item, "report-address", std::move(message), std::move(hint));
      return false;
    };
    if (rest.starts_with("//"))
      return refuse("mailto: takes no //", fmt::format("write mailto:{}", brief(rest.substr(2))));
    if (ascii_lower(rest.substr(0, 7)) == "mailto:")
      return refuse("mailto: stands twice", fmt::format("write {}", brief(rest)));
    const auto address = unescaped(rest);
    if (!address) return refuse("a percent sign without two hexadecimal digits behind it");
    const auto at = address->find('@');
    if (at == std::string::npos || at == 0 || at + 1 == address->size())
      return refuse(fmt::format("\"{}\" is no address of mail", brief(*address)));
    if (address->find_first_of(" <>\"()[]\\,;") != std::string::npos ||
        address->find('@', at + 1) != std::string::npos)
      return refuse(fmt::format("\"{}\" is not the plain address of one mailbox", brief(*address)));
    auto host = std::string_view(*address).substr(at + 1);
    const auto name = dns::Name::parse(host);
    if (!name || name->is_root() ||
        !is_mail_host(host.ends_with('.') ? host.substr(0, host.size() - 1) : host))
      return refuse(fmt::format("\"{}\" is not the name of a domain", brief(host)));
    if (name->label_count() < 2)
      reasons_.warn(
          "report-address", uri_section, item.place(),
          fmt::format("\"{}\" is a domain of one label, which takes no mail from elsewhere", brief(host)));
    destinations_.push_back({tag_.name, *address, *name, item.place()});
    return true;
  }

  /// `!10m`
  bool size_limit(const ListItem& item, std::string_view limit, Place at) {
    auto digits = limit;
    if (!digits.empty() && std::string_view("kmgt").find(to_lower(digits.back())) != std::string_view::npos)
      digits.remove_suffix(1);
    if (digits.empty() || digits.size() > 18 || !std::all_of(digits.begin(), digits.end(), is_digit)) {
      error(item, "report-size", fmt::format("\"!{}\" is no limit of size", brief(limit)),
            "leave it out: receivers ignore it by now (RFC 9989)");
      return false;
    }
    reasons_.warn(
        "report-size", uri_grammar, at,
        fmt::format("the limit of size \"!{}\" is obsolete: receivers by RFC 9989 ignore it", brief(limit)),
        "leave it out");
    return true;
  }

  const Tag& tag_;
  std::vector<DmarcDestination>& destinations_;
  Reasons& reasons_;
  std::size_t said_ = 0;
};

}  // namespace

bool judge_destinations(const Tag& tag, std::vector<DmarcDestination>& destinations, Reasons& reasons) {
  return DestinationJudge(tag, destinations, reasons).judge();
}

}  // namespace rdnsgate::mailauth
