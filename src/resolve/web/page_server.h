// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <memory>
#include <string>

#include "base/result.h"

namespace rdnsgate::resolve {

/// Where a server listens: `127.0.0.1:9811`, `[::1]:9811`; a port alone is on this machine.
struct ListenAddress {
  std::string host;
  std::uint16_t port = 0;
};
Result<ListenAddress> parse_listen_address(const std::string& text);

/// Serves one page over HTTP, to GET and HEAD at its path; anything else is 404. In a thread of its own, with limits on
/// what a client may send and how long it may take.
class PageServer {
 public:
  /// Fails where nobody can listen there.
  static Result<std::unique_ptr<PageServer>> start(const ListenAddress& where, std::string path,
                                                   std::string type);
  ~PageServer();
  PageServer(const PageServer&) = delete;
  PageServer& operator=(const PageServer&) = delete;

  /// What is served from now on; nothing yet is 503.
  void set(std::string page);

 private:
  struct Inside;

  explicit PageServer(std::unique_ptr<Inside> inside);

  std::unique_ptr<Inside> inside_;
};

}  // namespace rdnsgate::resolve
