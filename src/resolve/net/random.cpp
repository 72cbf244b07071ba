// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/net/random.h"

#include <sys/random.h>

#include <cerrno>
#include <system_error>

namespace rdnsgate::resolve {

std::uint16_t Random::next() {
  if (used_ == numbers_.size()) {
    auto* bytes = reinterpret_cast<unsigned char*>(numbers_.data());
    for (std::size_t have = 0; have < sizeof numbers_;) {
      const auto got = getrandom(bytes + have, sizeof numbers_ - have, 0);
      if (got < 0 && errno != EINTR) throw std::system_error(errno, std::generic_category(), "getrandom");
      if (got > 0) have += static_cast<std::size_t>(got);
    }
    used_ = 0;
  }
  return numbers_[used_++];
}

}  // namespace rdnsgate::resolve
