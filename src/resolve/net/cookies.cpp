// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/net/cookies.h"

#include <algorithm>

namespace rdnsgate::resolve {
namespace {

constexpr char option_code = 10;  // RFC 7873 §4

}  // namespace

Cookies::Cookies(Random& random) {
  option_[1] = option_code;
  option_[3] = static_cast<char>(client);
  for (std::size_t i = 0; i < client; ++i) option_[header + i] = static_cast<char>(random.next());
}

Cookies::Verdict Cookies::check(const std::optional<std::string_view>& cookie) {
  if (!cookie) return expected_ ? Verdict::missing : Verdict::accepted;
  const auto ours = option().substr(header, client);
  if (cookie->substr(0, client) != ours) return Verdict::foreign;
  // Some servers echo an option that they don't know: it is our cookie, and there is nothing to learn.
  if (cookie->size() == client) return Verdict::accepted;
  if (cookie->size() < client + least_server || cookie->size() > client + most_server)
    return Verdict::foreign;
  expected_ = may_expect_;
  if (*cookie != option().substr(header)) {
    std::copy(cookie->begin(), cookie->end(), option_.begin() + header);
    size_ = header + cookie->size();
    option_[3] = static_cast<char>(cookie->size());
  }
  return Verdict::accepted;
}

}  // namespace rdnsgate::resolve
