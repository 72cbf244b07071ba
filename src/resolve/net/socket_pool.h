// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <sys/socket.h>
#include <sys/uio.h>

#include <array>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "resolve/net/endpoint.h"
#include "resolve/net/loop.h"
#include "resolve/net/random.h"

namespace rdnsgate::resolve {

/// UDP sockets connected to one server, each on a random port of its own: the kernel drops what comes from
/// elsewhere. A socket is replaced by one on a fresh port when it has asked many questions.
class SocketPool {
 public:
  static constexpr std::size_t batch = 64;  ///< packets in one system call
  struct Callbacks {
    std::function<void(std::uint16_t socket, std::string_view packet)> arrived;
    /// The kernel reports an error for the socket (ICMP): an errno.
    std::function<void(std::uint16_t socket, int error)> failed;
  };

  SocketPool(Loop& loop, const Endpoint& server, std::size_t sockets, Callbacks callbacks);
  ~SocketPool();
  SocketPool(const SocketPool&) = delete;
  SocketPool& operator=(const SocketPool&) = delete;

  /// The socket for the next batch. Returns false where none can be opened, with the errno.
  bool pick(std::uint16_t& socket, int& error);

  /// Sends up to `batch` packets, the first `count`. Returns how many went; `error` is an errno or 0.
  std::size_t send(std::uint16_t socket, const std::array<std::string, batch>& packets, std::size_t count,
                   int& error);

  /// One question that was sent through this socket waits no longer.
  void done(std::uint16_t socket) { --sockets_[socket].waiting; }

 private:
  struct Socket {
    int descriptor = -1;
    std::unique_ptr<Readable> readable;
    std::size_t sent = 0, waiting = 0;
    std::uint16_t port = 0;  ///< of this side; known only where packets are kept
  };
  int open(Socket& socket, std::uint16_t index);
  static void close(Socket& socket);
  int bind_random(int descriptor);
  void receive(std::uint16_t index);
  void keep(const Socket& socket, bool is_query, std::string_view message);

  Loop& loop_;
  const Endpoint& server_;
  Callbacks callbacks_;
  std::vector<Socket> sockets_;
  std::size_t turn_ = 0;
  Random random_;
  std::unique_ptr<char[]> buffers_;
  std::array<iovec, batch> in_parts_{}, out_parts_{};
  std::array<mmsghdr, batch> in_{}, out_{};
};

}  // namespace rdnsgate::resolve
