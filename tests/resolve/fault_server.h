// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace rdnsgate::resolve::test {

/// A name server on 127.0.0.1 that misbehaves on purpose: the first label of the name asked says how (see
/// fault_server.cpp). UDP and, unless it is told not to, TCP on one port of the system's choice.
class FaultServer {
 public:
  enum class Tcp { yes, no };
  explicit FaultServer(Tcp tcp = Tcp::yes);
  ~FaultServer();
  FaultServer(const FaultServer&) = delete;
  FaultServer& operator=(const FaultServer&) = delete;

  std::uint16_t port() const { return port_; }
  /// Queries over UDP whose name begins with the label.
  unsigned asked(const std::string& label) const;
  /// Source ports that queries came from.
  std::size_t source_ports() const;
  unsigned connections() const { return connections_; }

 private:
  void serve();
  void serve_udp();
  void serve_connection(int descriptor);
  std::vector<std::string> udp_replies(const std::string& query);
  std::string tcp_reply(const std::string& query);

  int udp_ = -1, listener_ = -1, other_ = -1, stop_[2] = {-1, -1};
  std::uint16_t port_ = 0;
  std::vector<int> open_;
  mutable std::mutex mutex_;
  std::map<std::string, unsigned> asked_;
  std::map<std::uint16_t, unsigned> ports_;
  std::atomic<unsigned> connections_ = 0;
  std::thread thread_;
};

}  // namespace rdnsgate::resolve::test
