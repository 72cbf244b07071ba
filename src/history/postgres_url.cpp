// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "history/postgres_url.h"

#include <algorithm>
#include <vector>

#include "base/text/text.h"

namespace rdnsgate::history {
namespace {

/// The parts of a URL that are secret, as they stand in it.
std::vector<std::string_view> secrets_of(std::string_view url) {
  std::vector<std::string_view> secrets;
  const auto begin = url.find("://");
  if (begin == std::string_view::npos) return secrets;
  const auto rest = url.substr(begin + 3);
  const auto authority = rest.substr(0, rest.find_first_of("/?"));
  const auto at = authority.rfind('@'), colon = authority.find(':');
  if (at != std::string_view::npos && colon < at)
    secrets.push_back(authority.substr(colon + 1, at - colon - 1));
  const auto query = rest.find('?');
  for (auto left = query == std::string_view::npos ? std::string_view() : rest.substr(query + 1);
       !left.empty();) {
    const auto one = left.substr(0, left.find('&'));
    left.remove_prefix(std::min(one.size() + 1, left.size()));
    const auto equals = one.find('=');
    const bool is_secret = ascii_lower(one.substr(0, equals)).find("password") != std::string::npos;
    if (is_secret && equals != std::string_view::npos) secrets.push_back(one.substr(equals + 1));
  }
  std::erase_if(secrets, [](const auto& secret) { return secret.empty(); });
  return secrets;
}

std::string decoded(std::string_view text) {
  const auto digit = [](char character) {
    constexpr std::string_view digits = "0123456789abcdef";
    return digits.find(ascii_lower(std::string_view(&character, 1)));
  };
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_code =
        text[i] == '%' && i + 2 < text.size() && digit(text[i + 1]) < 16 && digit(text[i + 2]) < 16;
    plain += is_code ? static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2])) : text[i];
    if (is_code) i += 2;
  }
  return plain;
}

std::string replaced(std::string text, std::string_view what, std::string_view with) {
  if (what.empty()) return text;
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size())
    text.replace(at, what.size(), with);
  return text;
}

}  // namespace

bool is_postgres_url(std::string_view where) {
  return where.starts_with("postgresql://") || where.starts_with("postgres://");
}

std::string without_passwords(std::string_view url) {
  std::string shown;
  const char* at = url.data();
  for (const auto secret : secrets_of(url)) {
    shown.append(at, secret.data());
    shown += "***";
    at = secret.data() + secret.size();
  }
  shown.append(at, url.data() + url.size());
  return shown;
}

std::string without_passwords_of(std::string_view url, std::string text) {
  for (const auto secret : secrets_of(url))
    text = replaced(replaced(std::move(text), secret, "***"), decoded(secret), "***");
  return text;
}

}  // namespace rdnsgate::history
