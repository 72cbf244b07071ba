// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/file_limit.h"

#include <sys/resource.h>

#include <algorithm>

namespace rdnsgate::resolve {

std::size_t raise_file_limit(std::size_t wanted) {
  constexpr rlim_t reserve = 128;
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return wanted;
  if (limit.rlim_cur < wanted + reserve) {
    limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, wanted + reserve);
    setrlimit(RLIMIT_NOFILE, &limit);
    getrlimit(RLIMIT_NOFILE, &limit);
  }
  return limit.rlim_cur > reserve ? std::min<std::size_t>(wanted, limit.rlim_cur - reserve) : 1;
}

}  // namespace rdnsgate::resolve
