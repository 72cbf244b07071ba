// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>
#include <sys/random.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

#include "history/history.h"

namespace rdnsgate::history {

std::string new_run_id() {
  std::array<unsigned char, 16> octets{};
  std::size_t filled = 0;
  while (filled < octets.size()) {
    const auto got = getrandom(octets.data() + filled, octets.size() - filled, 0);
    if (got < 0 && errno != EINTR) throw std::system_error(errno, std::generic_category(), "getrandom");
    if (got > 0) filled += static_cast<std::size_t>(got);
  }
  std::string text;
  for (const unsigned char octet : octets) text += fmt::format("{:02x}", octet);
  return text;
}

Result<void> check(const Policy& policy) {
  if (policy.confirmations >= 1 && policy.confirmations <= policy.window && policy.window <= max_window)
    return {};
  return fail(fmt::format("{} of {} looks cannot be asked for", policy.confirmations, policy.window),
              fmt::format("such as 2 of 3; at most {} looks are kept in mind", max_window));
}

std::string_view to_string(TransitionKind kind) {
  switch (kind) {
    case TransitionKind::opened:
      return "opened";
    case TransitionKind::changed:
      return "changed";
    case TransitionKind::recovered:
      return "recovered";
  }
  return "changed";
}

std::optional<TransitionKind> parse_transition_kind(std::string_view text) {
  for (const auto kind : {TransitionKind::opened, TransitionKind::changed, TransitionKind::recovered}) {
    if (to_string(kind) == text) return kind;
  }
  return std::nullopt;
}

seconds Transition::lasted() const {
  return before ? std::max(seconds(0), since - before->opened_at) : seconds(0);
}

}  // namespace rdnsgate::history
