// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rdnsgate::resolve {

/// A message to the kernel (netlink(7)), put together attribute by attribute.
class NetlinkMessage {
 public:
  /// `head`: of its family, such as `ifaddrmsg`.
  NetlinkMessage(std::uint16_t type, std::uint16_t flags, std::string_view head);

  void put(std::uint16_t attribute, std::string_view data);
  /// As the kernel's tables of filters want numbers: in network order.
  void put_number(std::uint16_t attribute, std::uint32_t number);
  void put_text(std::uint16_t attribute, std::string_view text);
  /// What is put until close() is inside of the attribute.
  std::size_t open(std::uint16_t attribute);
  void close(std::size_t opened);

  /// With its length, and this number.
  std::string finished(std::uint32_t sequence) const;

 private:
  void pad();
  std::string octets_;
};

/// Sends them as one and waits for what the kernel says of the ones that ask for an acknowledgement. Returns 0 or an errno.
int ask_kernel(int protocol, const std::vector<NetlinkMessage>& messages, std::size_t acknowledged);

template <typename Struct>
std::string_view octets_of(const Struct& value) {
  return {reinterpret_cast<const char*>(&value), sizeof value};
}

}  // namespace rdnsgate::resolve
