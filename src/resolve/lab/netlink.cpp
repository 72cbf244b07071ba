// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/lab/netlink.h"

#include <arpa/inet.h>
#include <linux/netlink.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace rdnsgate::resolve {
namespace {

constexpr std::size_t alignment = 4;

/// The answers to some messages, until each that asks for one has its own.
int heard_from(int kernel, std::size_t wanted) {
  std::array<char, 16384> answers;
  while (wanted > 0) {
    const auto count = recv(kernel, answers.data(), answers.size(), 0);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return count < 0 ? errno : EIO;
    const auto size = static_cast<std::size_t>(count);
    nlmsghdr head;
    for (std::size_t at = 0; at + sizeof head <= size; at += NLMSG_ALIGN(head.nlmsg_len)) {
      std::memcpy(&head, answers.data() + at, sizeof head);
      if (head.nlmsg_len < sizeof head || head.nlmsg_len > size - at) return EPROTO;
      nlmsgerr said;
      if (head.nlmsg_type != NLMSG_ERROR || head.nlmsg_len < sizeof head + sizeof said) continue;
      std::memcpy(&said, answers.data() + at + sizeof head, sizeof said);
      if (said.error != 0) return -said.error;
      if (wanted > 0) --wanted;
    }
  }
  return 0;
}

}  // namespace

NetlinkMessage::NetlinkMessage(std::uint16_t type, std::uint16_t flags, std::string_view head) {
  nlmsghdr start{};
  start.nlmsg_type = type;
  start.nlmsg_flags = flags;
  octets_ = octets_of(start);
  octets_ += head;
  pad();
}

void NetlinkMessage::pad() { octets_.resize((octets_.size() + alignment - 1) / alignment * alignment); }

void NetlinkMessage::put(std::uint16_t attribute, std::string_view data) {
  const auto at = open(attribute);
  octets_ += data;
  close(at);
}

void NetlinkMessage::put_number(std::uint16_t attribute, std::uint32_t number) {
  const std::uint32_t ordered = htonl(number);
  put(attribute, octets_of(ordered));
}

void NetlinkMessage::put_text(std::uint16_t attribute, std::string_view text) {
  put(attribute, std::string(text) + '\0');
}

std::size_t NetlinkMessage::open(std::uint16_t attribute) {
  const auto at = octets_.size();
  const nlattr head{0, attribute};
  octets_ += octets_of(head);
  return at;
}

void NetlinkMessage::close(std::size_t opened) {
  const auto length = static_cast<std::uint16_t>(octets_.size() - opened);
  std::memcpy(octets_.data() + opened, &length, sizeof length);
  pad();
}

std::string NetlinkMessage::finished(std::uint32_t sequence) const {
  auto octets = octets_;
  nlmsghdr head;
  std::memcpy(&head, octets.data(), sizeof head);
  head.nlmsg_len = static_cast<std::uint32_t>(octets.size());
  head.nlmsg_seq = sequence;
  std::memcpy(octets.data(), &head, sizeof head);
  return octets;
}

int ask_kernel(int protocol, const std::vector<NetlinkMessage>& messages, std::size_t acknowledged) {
  const int kernel = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol);
  if (kernel < 0) return errno;
  const timeval patience{10, 0};
  setsockopt(kernel, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  std::string all;
  std::uint32_t sequence = 0;
  for (const auto& message : messages) all += message.finished(++sequence);
  const auto sent = send(kernel, all.data(), all.size(), 0);
  const int error = sent == static_cast<ssize_t>(all.size()) ? heard_from(kernel, acknowledged)
                    : sent < 0                               ? errno
                                                             : EMSGSIZE;
  close(kernel);
  return error;
}

}  // namespace rdnsgate::resolve
