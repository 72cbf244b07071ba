// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace rdnsgate::resolve::test {

enum class TestTransport { udp, tcp };

/// One message of a server. Over TCP an empty one closes the connection.
struct TestPacket {
  TestPacket(std::string message, int delay = 0) : octets(std::move(message)), delay_ms(delay) {}
  std::string octets;
  bool elsewhere = false;  ///< over UDP: from another port than the one that was asked
  int delay_ms = 0;        ///< goes out so much later, while others are served
};

/// A name server on the loopback interface, UDP and TCP on one port of the system's choice, that says
/// whatever its script makes of a query. The script runs in the server's thread.
class TestServer {
 public:
  using Script = std::function<std::vector<TestPacket>(const std::string& query, TestTransport transport)>;
  struct Options {
    bool tcp = true;
    bool ipv6 = false;
  };

  explicit TestServer(Script script);
  TestServer(Script script, Options options);
  ~TestServer();
  TestServer(const TestServer&) = delete;
  TestServer& operator=(const TestServer&) = delete;

  std::uint16_t port() const { return port_; }
  /// Source ports that queries over UDP came from.
  std::size_t source_ports() const;
  unsigned connections() const { return connections_; }
  unsigned queries(TestTransport transport) const { return queries_[transport == TestTransport::udp ? 0 : 1]; }

 private:
  void later(int delay_ms, std::function<void()> act);
  int serve_late();
  int bound(int kind, std::uint16_t port) const;
  void serve();
  void serve_udp();
  void serve_connection(int descriptor);
  void close_connection(int descriptor);

  Script script_;
  bool ipv6_;
  int udp_ = -1, listener_ = -1, other_ = -1, stop_[2] = {-1, -1};
  std::uint16_t port_ = 0;
  std::vector<int> open_;
  std::multimap<std::chrono::steady_clock::time_point, std::function<void()>> later_;  // of the thread
  mutable std::mutex mutex_;
  std::set<std::uint16_t> ports_;
  std::atomic<unsigned> connections_ = 0, queries_[2] = {0, 0};
  std::thread thread_;
};

}  // namespace rdnsgate::resolve::test
