// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "report/evidence/pcap.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>

#include "dns/octets.h"

namespace rdnsgate::report {
namespace {

using dns::append16;
using dns::Packet;
using dns::Transport;

constexpr std::uint32_t linktype_raw = 101, most_octets = 262144;
constexpr std::size_t most_payload = 60000;  // with headers less than the 65,535 octets of an IP packet
constexpr std::uint8_t protocol_udp = 17, protocol_tcp = 6, hops = 64;

/// The file's own numbers are in the order of the machine that wrote it: little-endian on all of them.
void append_le(std::string& out, std::uint64_t value, unsigned octets) {
  for (unsigned i = 0; i < octets; ++i) out += static_cast<char>((value >> (8 * i)) & 0xff);
}

void append32(std::string& out, std::uint32_t value) {
  append16(out, value >> 16);
  append16(out, value & 0xffff);
}

std::string_view octets_of(const IpAddress& ip) {
  return {reinterpret_cast<const char*>(ip.data()), ip.size()};
}

/// RFC 1071.
std::uint16_t checksum(std::string_view octets) {
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < octets.size(); i += 2)
    sum += (dns::octet(octets, i) << 8) | (i + 1 < octets.size() ? dns::octet(octets, i + 1) : 0);
  while ((sum >> 16) != 0) sum = (sum & 0xffff) + (sum >> 16);
  return static_cast<std::uint16_t>(~sum & 0xffff);
}

void put16(std::string& octets, std::size_t at, std::uint16_t value) {
  octets[at] = static_cast<char>(value >> 8);
  octets[at + 1] = static_cast<char>(value & 0xff);
}

class PcapWriter {
 public:
  PcapWriter() {
    append_le(out_, 0xa1b2c3d4, 4);  // times in microseconds
    append_le(out_, 2, 2);
    append_le(out_, 4, 2);
    append_le(out_, 0, 8);
    append_le(out_, most_octets, 4);
    append_le(out_, linktype_raw, 4);
  }

  void add(const Packet& packet) {
    if (packet.transport == Transport::tls) return;
    const auto nobody = packet.server.is_v4() ? IpAddress() : IpAddress::v6({});
    Ends ends{packet.is_query ? nobody : packet.server, packet.is_query ? packet.server : nobody,
              packet.is_query ? packet.own_port : packet.server_port,
              packet.is_query ? packet.server_port : packet.own_port};
    if (packet.transport == Transport::udp) return udp(packet, ends);
    std::string stream;
    append16(stream, packet.message.size());
    stream += packet.message;
    for (std::string_view left = stream; !left.empty();
         left.remove_prefix(std::min(left.size(), most_payload)))
      tcp(packet, ends, left.substr(0, most_payload));
  }
  std::string take() { return std::move(out_); }

 private:
  struct Ends {
    IpAddress from, to;
    std::uint16_t from_port, to_port;
  };

  void udp(const Packet& packet, const Ends& ends) {
    std::string datagram;
    append16(datagram, ends.from_port);
    append16(datagram, ends.to_port);
    append16(datagram, 8 + packet.message.size());
    append16(datagram, 0);
    datagram += packet.message;
    const auto sum = checksum(pseudo_header(ends, protocol_udp, datagram.size()) + datagram);
    put16(datagram, 6, sum == 0 ? 0xffff : sum);  // RFC 768: zero stands for none
    record(packet, ends, protocol_udp, datagram);
  }

  /// A segment of a connection whose beginning is not shown: numbers count from 1 in each direction.
  void tcp(const Packet& packet, const Ends& ends, std::string_view payload) {
    const auto key = std::make_tuple(packet.server, packet.server_port, packet.own_port);
    auto& [sent, received] = connections_[key];
    auto &own = packet.is_query ? sent : received, &other = packet.is_query ? received : sent;
    std::string segment;
    append16(segment, ends.from_port);
    append16(segment, ends.to_port);
    append32(segment, own + 1);
    append32(segment, other + 1);
    segment += '\x50';  // five words of header
    segment += '\x18';  // PSH, ACK
    append16(segment, 0xffff);
    append32(segment, 0);
    segment += payload;
    own += static_cast<std::uint32_t>(payload.size());
    put16(segment, 16, checksum(pseudo_header(ends, protocol_tcp, segment.size()) + segment));
    record(packet, ends, protocol_tcp, segment);
  }

  /// RFC 768 and RFC 9293 §3.1; RFC 8200 §8.1.
  static std::string pseudo_header(const Ends& ends, std::uint8_t protocol, std::size_t size) {
    std::string out(octets_of(ends.from));
    out += octets_of(ends.to);
    append32(out, static_cast<std::uint32_t>(size));
    append32(out, protocol);
    return out;  // for IPv4 the same sum as with the fields of 16 bits
  }

  void record(const Packet& packet, const Ends& ends, std::uint8_t protocol, const std::string& payload) {
    std::string header;
    if (packet.server.is_v4()) {
      header += '\x45';
      header += '\0';
      append16(header, 20 + payload.size());
      append32(header, 0x4000);  // no identification; not to be fragmented
      header += static_cast<char>(hops);
      header += static_cast<char>(protocol);
      append16(header, 0);
      header += octets_of(ends.from);
      header += octets_of(ends.to);
      put16(header, 10, checksum(header));
    } else {
      append32(header, 0x60000000);
      append16(header, payload.size());
      header += static_cast<char>(protocol);
      header += static_cast<char>(hops);
      header += octets_of(ends.from);
      header += octets_of(ends.to);
    }
    const auto size = header.size() + payload.size();
    append_le(out_, static_cast<std::uint64_t>(packet.at_us / 1'000'000), 4);
    append_le(out_, static_cast<std::uint64_t>(packet.at_us % 1'000'000), 4);
    append_le(out_, size, 4);
    append_le(out_, size, 4);
    out_ += header;
    out_ += payload;
  }

  std::string out_;
  std::map<std::tuple<IpAddress, std::uint16_t, std::uint16_t>, std::pair<std::uint32_t, std::uint32_t>>
      connections_;
};

}  // namespace

std::string write_pcap(const std::vector<Packet>& packets) {
  PcapWriter writer;
  for (const auto& packet : packets) writer.add(packet);
  return writer.take();
}

}  // namespace rdnsgate::report
