// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/net/file_limit.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <vector>

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

Result<void> need_files(std::size_t needed) {
  const auto can_open = [needed] {
    std::vector<int> opened;
    while (opened.size() < needed) {
      const int descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC);
      if (descriptor < 0) break;
      opened.push_back(descriptor);
    }
    for (const int descriptor : opened) close(descriptor);
    return opened.size();
  };
  auto possible = can_open();
  if (possible >= needed) return {};
  raise_file_limit(possible + needed);
  possible = can_open();
  if (possible >= needed) return {};
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  return fail(
      fmt::format("too few files may be open: {} more are needed, and only {} can be had", needed, possible),
      fmt::format("the limit is {}; raise it to at least {} (ulimit -n, LimitNOFILE=)", limit.rlim_cur,
                  limit.rlim_cur + needed - possible));
}

}  // namespace rdnsgate::resolve
