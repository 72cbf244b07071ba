// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/net/socket_pool.h"

#include <netinet/in.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace rdnsgate::resolve {
namespace {

// More than is ever asked for (EDNS 1232): what is longer still is cut by the kernel and dropped here.
constexpr std::size_t buffer_size = 4096;
constexpr std::size_t questions_per_port = 4096;
constexpr int receive_buffer = 1 << 20;
constexpr int rounds_per_wakeup = 8;  // then the other sockets have their turn

}  // namespace

SocketPool::SocketPool(Loop& loop, const Endpoint& server, std::size_t sockets, Callbacks callbacks)
    : loop_(loop),
      server_(server),
      callbacks_(std::move(callbacks)),
      sockets_(sockets),
      buffers_(new char[batch * buffer_size]) {
  for (std::size_t i = 0; i < batch; ++i) {
    in_parts_[i] = {buffers_.get() + i * buffer_size, buffer_size};
    in_[i].msg_hdr.msg_iov = &in_parts_[i];
    in_[i].msg_hdr.msg_iovlen = 1;
    out_[i].msg_hdr.msg_iov = &out_parts_[i];
    out_[i].msg_hdr.msg_iovlen = 1;
  }
}

SocketPool::~SocketPool() {
  for (auto& socket : sockets_) close(socket);
}

void SocketPool::close(Socket& socket) {
  socket.readable.reset();
  if (socket.descriptor >= 0) ::close(socket.descriptor);
  socket.descriptor = -1;
  socket.sent = 0;
}

bool SocketPool::pick(std::uint16_t& socket, int& error) {
  std::size_t index = turn_++ % sockets_.size();
  for (std::size_t i = 0; i < sockets_.size(); ++i) {
    auto& candidate = sockets_[(index + i) % sockets_.size()];
    const bool worn = candidate.sent >= questions_per_port;
    if (worn && candidate.waiting > 0) continue;  // its answers are still awaited
    if (worn) close(candidate);
    index = (index + i) % sockets_.size();
    break;
  }
  socket = static_cast<std::uint16_t>(index);
  error = sockets_[index].descriptor < 0 ? open(sockets_[index], socket) : 0;
  return error == 0;
}

int SocketPool::open(Socket& socket, std::uint16_t index) {
  const int descriptor = ::socket(server_.family(), SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (descriptor < 0) return errno;
  // As large as the system allows: answers to a whole window may arrive at once.
  setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
  int error = bind_random(descriptor);
  if (error == 0 && connect(descriptor, server_.address(), server_.size) != 0) error = errno;
  if (error != 0) {
    ::close(descriptor);
    return error;
  }
  // Between bind and connect the socket took packets from anybody: those are not kept.
  char octet;
  while (recv(descriptor, &octet, sizeof octet, MSG_DONTWAIT) >= 0) {
  }
  socket.descriptor = descriptor;
  if (loop_.packets() != nullptr) socket.port = own_port(descriptor);
  socket.readable = std::make_unique<Readable>(loop_, descriptor, [this, index] { receive(index); });
  return 0;
}

/// RFC 5452 §9.2: ports from the whole range that is free for it; the kernel chooses where ours are taken.
int SocketPool::bind_random(int descriptor) {
  sockaddr_storage local{};
  local.ss_family = static_cast<sa_family_t>(server_.family());
  // The port stands at the same place in both families.
  static_assert(offsetof(sockaddr_in, sin_port) == offsetof(sockaddr_in6, sin6_port));
  auto* port = reinterpret_cast<char*>(&local) + offsetof(sockaddr_in, sin_port);
  for (int attempt = 0; attempt < 16; ++attempt) {
    const std::uint16_t number = random_.next();
    if (number < 1024) continue;
    const std::uint16_t network = htons(number);
    std::memcpy(port, &network, sizeof network);
    if (bind(descriptor, reinterpret_cast<const sockaddr*>(&local), server_.size) == 0) return 0;
    if (errno != EADDRINUSE && errno != EACCES) return errno;
  }
  return 0;
}

void SocketPool::keep(const Socket& socket, bool is_query, std::string_view message) {
  loop_.packets()->add(
      {now_us(), server_.ip, server_.port, socket.port, is_query, dns::Transport::udp, std::string(message)});
}

std::size_t SocketPool::send(std::uint16_t index, const std::array<std::string, batch>& packets,
                             std::size_t count, int& error) {
  for (std::size_t i = 0; i < count; ++i)
    out_parts_[i] = {const_cast<char*>(packets[i].data()), packets[i].size()};
  auto& socket = sockets_[index];
  int went;
  do {
    went = sendmmsg(socket.descriptor, out_.data(), static_cast<unsigned>(count), 0);
  } while (went < 0 && errno == EINTR);
  error = went < 0 ? errno : 0;
  const auto sent = went < 0 ? 0 : static_cast<std::size_t>(went);
  if (loop_.packets() != nullptr) {
    for (std::size_t i = 0; i < sent; ++i) keep(socket, true, packets[i]);
  }
  socket.sent += sent;
  socket.waiting += sent;
  return sent;
}

void SocketPool::receive(std::uint16_t index) {
  for (int round = 0; round < rounds_per_wakeup; ++round) {
    const int got = recvmmsg(sockets_[index].descriptor, in_.data(), batch, MSG_DONTWAIT, nullptr);
    if (got < 0) {
      if (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR) callbacks_.failed(index, errno);
      return;
    }
    for (std::size_t i = 0; i < static_cast<std::size_t>(got); ++i) {
      if ((in_[i].msg_hdr.msg_flags & MSG_TRUNC) != 0) continue;
      if (loop_.packets() != nullptr)
        keep(sockets_[index], false, {buffers_.get() + i * buffer_size, in_[i].msg_len});
      callbacks_.arrived(index, {buffers_.get() + i * buffer_size, in_[i].msg_len});
    }
    if (static_cast<std::size_t>(got) < batch) return;
  }
}

}  // namespace rdnsgate::resolve
