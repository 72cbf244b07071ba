// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "test_server.h"

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <stdexcept>

#include "wire.h"

namespace rdnsgate::resolve::test {
namespace {

std::uint16_t port_of(int descriptor) {
  sockaddr_in6 address{};  // the port stands at the same place in both families
  socklen_t size = sizeof address;
  getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &size);
  return ntohs(address.sin6_port);
}

}  // namespace

TestServer::TestServer(Script script) : TestServer(std::move(script), Options{}) {}

TestServer::TestServer(Script script, Options options) : script_(std::move(script)), ipv6_(options.ipv6) {
  for (int attempt = 0; attempt < 50 && listener_ < 0; ++attempt) {  // a port that is free for both
    if (udp_ >= 0) close(udp_);
    udp_ = bound(SOCK_DGRAM, 0);
    port_ = port_of(udp_);
    listener_ = bound(SOCK_STREAM, port_);
  }
  if (listener_ < 0) throw std::runtime_error("no port on the loopback interface");
  // Bound but not listening, the port refuses connections, and nobody else gets it.
  if (options.tcp) listen(listener_, 16);
  other_ = bound(SOCK_DGRAM, 0);
  if (pipe(stop_) != 0) throw std::runtime_error("no pipe");
  thread_ = std::thread([this] { serve(); });
}

TestServer::~TestServer() {
  if (write(stop_[1], "x", 1) == 1) thread_.join();
  for (const int descriptor : {udp_, listener_, other_, stop_[0], stop_[1]}) close(descriptor);
  for (const int descriptor : open_) close(descriptor);
}

int TestServer::bound(int kind, std::uint16_t port) const {
  const int descriptor = socket(ipv6_ ? AF_INET6 : AF_INET, kind, 0);
  sockaddr_in v4{};
  v4.sin_family = AF_INET;
  v4.sin_port = htons(port);
  v4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  sockaddr_in6 v6{};
  v6.sin6_family = AF_INET6;
  v6.sin6_port = htons(port);
  v6.sin6_addr = in6addr_loopback;
  const auto* address =
      ipv6_ ? reinterpret_cast<const sockaddr*>(&v6) : reinterpret_cast<const sockaddr*>(&v4);
  if (bind(descriptor, address, ipv6_ ? sizeof v6 : sizeof v4) == 0) return descriptor;
  close(descriptor);
  return -1;
}

std::size_t TestServer::source_ports() const {
  const std::lock_guard lock(mutex_);
  return ports_.size();
}

void TestServer::serve() {
  while (true) {
    std::vector<pollfd> watched = {{stop_[0], POLLIN, 0}, {udp_, POLLIN, 0}, {listener_, POLLIN, 0}};
    for (const int descriptor : open_) watched.push_back({descriptor, POLLIN, 0});
    poll(watched.data(), watched.size(), serve_late());
    if (watched[0].revents != 0) return;
    if ((watched[1].revents & POLLIN) != 0) serve_udp();
    if ((watched[2].revents & POLLIN) != 0) {
      open_.push_back(accept(listener_, nullptr, nullptr));
      ++connections_;
    }
    for (std::size_t i = 3; i < watched.size(); ++i) {
      if (watched[i].revents != 0) serve_connection(watched[i].fd);
    }
  }
}

void TestServer::later(int delay_ms, std::function<void()> act) {
  if (delay_ms == 0) return act();
  later_.emplace(std::chrono::steady_clock::now() + std::chrono::milliseconds(delay_ms), std::move(act));
}

/// Sends what is due. Returns for how many milliseconds nothing else is, -1 for nothing at all.
int TestServer::serve_late() {
  while (!later_.empty()) {
    const auto left = later_.begin()->first - std::chrono::steady_clock::now();
    if (left.count() > 0) return static_cast<int>(std::chrono::ceil<std::chrono::milliseconds>(left).count());
    const auto act = std::move(later_.begin()->second);
    later_.erase(later_.begin());
    act();
  }
  return -1;
}

void TestServer::serve_udp() {
  std::string query(4096, '\0');
  sockaddr_in6 from{};
  socklen_t size = sizeof from;
  const auto got = recvfrom(udp_, query.data(), query.size(), 0, reinterpret_cast<sockaddr*>(&from), &size);
  if (got < 12) return;
  query.resize(static_cast<std::size_t>(got));
  ++queries_[0];
  {
    const std::lock_guard lock(mutex_);
    ports_.insert(ntohs(from.sin6_port));
  }
  for (const auto& reply : script_(query, TestTransport::udp)) {
    later(reply.delay_ms, [this, reply, from, size] {
      sendto(reply.elsewhere ? other_ : udp_, reply.octets.data(), reply.octets.size(), 0,
             reinterpret_cast<const sockaddr*>(&from), size);
    });
  }
}

void TestServer::serve_connection(int descriptor) {
  unsigned char length[2];
  std::string query;
  if (recv(descriptor, length, 2, MSG_WAITALL) == 2) {
    query.resize(static_cast<std::size_t>((length[0] << 8) | length[1]));
    if (recv(descriptor, query.data(), query.size(), MSG_WAITALL) != static_cast<ssize_t>(query.size()))
      query.clear();
  }
  if (query.empty()) return close_connection(descriptor);
  ++queries_[1];
  for (const auto& reply : script_(query, TestTransport::tcp)) {
    if (reply.octets.empty()) return close_connection(descriptor);
    later(reply.delay_ms, [this, descriptor, reply] {
      if (std::find(open_.begin(), open_.end(), descriptor) == open_.end()) return;
      const auto framed = be16(static_cast<unsigned>(reply.octets.size())) + reply.octets;
      send(descriptor, framed.data(), framed.size(), MSG_NOSIGNAL);
    });
  }
}

void TestServer::close_connection(int descriptor) {
  close(descriptor);
  open_.erase(std::find(open_.begin(), open_.end(), descriptor));
}

}  // namespace rdnsgate::resolve::test
