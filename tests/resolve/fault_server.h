// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "test_server.h"

namespace rdnsgate::resolve::test {

/// A name server that misbehaves on purpose: the first label of the name asked says how (see
/// fault_server.cpp).
class FaultServer {
 public:
  explicit FaultServer(TestServer::Options options = {});

  std::uint16_t port() const { return server_.port(); }
  /// Queries over UDP whose name begins with the label.
  unsigned asked(const std::string& label) const;
  std::size_t source_ports() const { return server_.source_ports(); }
  unsigned connections() const { return server_.connections(); }

 private:
  std::vector<TestPacket> over_udp(const std::string& query);
  std::vector<TestPacket> over_tcp(const std::string& query);
  std::vector<std::string> udp_replies(const std::string& query);

  mutable std::mutex mutex_;
  std::map<std::string, unsigned> asked_;
  TestServer server_;  // last: its thread uses the others
};

}  // namespace rdnsgate::resolve::test
