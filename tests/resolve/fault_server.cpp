// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "fault_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <stdexcept>

#include "dns/name.h"

namespace rdnsgate::resolve::test {
namespace {

using dns::Name;

std::string be16(unsigned value) { return {static_cast<char>(value >> 8), static_cast<char>(value & 0xff)}; }
std::string be32(std::uint32_t value) { return be16(value >> 16) + be16(value & 0xffff); }
std::string wire(std::string_view text) { return Name::parse(text).value().wire(); }

std::string record(const std::string& owner, unsigned type, const std::string& rdata,
                   std::uint32_t ttl = 300) {
  return owner + be16(type) + be16(type == 41 ? 1232 : 1) + be32(ttl) +
         be16(static_cast<unsigned>(rdata.size())) + rdata;
}

const std::string asked_name("\xc0\x0c", 2);
std::string pointer(std::string_view target) { return record(asked_name, 12, wire(target)); }

struct Query {
  std::string id, question, label;
  bool checking_disabled;

  explicit Query(const std::string& message) {
    id = message.substr(0, 2);
    checking_disabled = (message[3] & 0x10) != 0;
    std::size_t used = 0;
    const auto name = Name::from_wire(std::string_view(message).substr(12), &used).value();
    label = std::string(name.first_label());
    question = message.substr(12, used + 4);
  }

  std::string reply(unsigned rcode, const std::vector<std::string>& answer,
                    const std::vector<std::string>& authority = {}, const std::string& opt_data = {}) const {
    std::string out = id + be16(0x8180 | rcode) + be16(1) + be16(static_cast<unsigned>(answer.size())) +
                      be16(static_cast<unsigned>(authority.size())) + be16(1) + question;
    for (const auto& item : answer) out += item;
    for (const auto& item : authority) out += item;
    return out + record(std::string(1, '\0'), 41, opt_data, 0);
  }
  std::string servfail(unsigned ede, const std::string& text) const {
    return reply(2, {}, {}, be16(15) + be16(static_cast<unsigned>(2 + text.size())) + be16(ede) + text);
  }
  std::string negative(unsigned rcode) const {
    return reply(
        rcode, {},
        {record(wire("test"), 6,
                wire("ns.test") + wire("h.test") + be32(1) + be32(2) + be32(3) + be32(4) + be32(60))});
  }
  std::string truncated() const {
    auto out = reply(0, {});
    out[2] = static_cast<char>(out[2] | 0x02);
    return out;
  }
};

int bound(int kind, std::uint16_t port) {
  const int descriptor = socket(AF_INET, kind, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (bind(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) return descriptor;
  close(descriptor);
  return -1;
}

std::uint16_t port_of(int descriptor) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &size);
  return ntohs(address.sin_port);
}

}  // namespace

FaultServer::FaultServer(Tcp tcp) {
  for (int attempt = 0; attempt < 50 && listener_ < 0; ++attempt) {  // a port that is free for both
    if (udp_ >= 0) close(udp_);
    udp_ = bound(SOCK_DGRAM, 0);
    port_ = port_of(udp_);
    listener_ = bound(SOCK_STREAM, port_);
  }
  if (listener_ < 0) throw std::runtime_error("no port on 127.0.0.1");
  // Bound but not listening, the port refuses connections, and nobody else gets it.
  if (tcp == Tcp::yes) listen(listener_, 16);
  other_ = bound(SOCK_DGRAM, 0);
  if (pipe(stop_) != 0) throw std::runtime_error("no pipe");
  thread_ = std::thread([this] { serve(); });
}

FaultServer::~FaultServer() {
  if (write(stop_[1], "x", 1) == 1) thread_.join();
  for (const int descriptor : {udp_, listener_, other_, stop_[0], stop_[1]}) close(descriptor);
  for (const int descriptor : open_) close(descriptor);
}

unsigned FaultServer::asked(const std::string& label) const {
  const std::lock_guard lock(mutex_);
  const auto found = asked_.find(label);
  return found == asked_.end() ? 0 : found->second;
}

std::size_t FaultServer::source_ports() const {
  const std::lock_guard lock(mutex_);
  return ports_.size();
}

void FaultServer::serve() {
  while (true) {
    std::vector<pollfd> watched = {{stop_[0], POLLIN, 0}, {udp_, POLLIN, 0}, {listener_, POLLIN, 0}};
    for (const int descriptor : open_) watched.push_back({descriptor, POLLIN, 0});
    poll(watched.data(), watched.size(), -1);
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

void FaultServer::serve_udp() {
  std::string query(4096, '\0');
  sockaddr_in from{};
  socklen_t size = sizeof from;
  const auto got = recvfrom(udp_, query.data(), query.size(), 0, reinterpret_cast<sockaddr*>(&from), &size);
  if (got < 12) return;
  query.resize(static_cast<std::size_t>(got));
  {
    const std::lock_guard lock(mutex_);
    ++ports_[ntohs(from.sin_port)];
  }
  const bool elsewhere = Query(query).label == "othersource";
  for (const auto& reply : udp_replies(query)) {
    sendto(elsewhere ? other_ : udp_, reply.data(), reply.size(), 0, reinterpret_cast<const sockaddr*>(&from),
           size);
  }
}

std::vector<std::string> FaultServer::udp_replies(const std::string& message) {
  const Query query(message);
  unsigned turn;
  {
    const std::lock_guard lock(mutex_);
    turn = ++asked_[query.label];
  }
  const auto& label = query.label;
  const auto good = query.reply(0, {pointer("good.test")});
  if (label == "silent") return {};
  if (label == "slow") {
    std::this_thread::sleep_for(std::chrono::milliseconds(40));
    return {good};
  }
  if (label == "lost") return turn < 2 ? std::vector<std::string>{} : std::vector<std::string>{good};
  if (label == "flaky") return {turn < 2 ? query.reply(2, {}) : good};
  if (label == "servfail") return {query.reply(2, {})};
  if (label == "notimp") return {query.reply(4, {})};
  if (label == "bogus") return {query.checking_disabled ? good : query.servfail(7, "signature expired")};
  if (label == "bogusmute") return {query.checking_disabled ? good : query.reply(2, {})};
  if (label == "upstream") return {query.checking_disabled ? good : query.servfail(22, "nobody there")};
  if (label == "refused") return {query.reply(5, {})};
  if (label == "otherid") return {std::string(1, static_cast<char>(message[0] ^ 1)) + good.substr(1)};
  if (label == "forged") {  // a forgery with a wrong id, one with a wrong question, then the true answer
    Query other(message);
    other.question[1] = 'x';
    const auto lie = query.reply(0, {pointer("evil.test")});
    return {std::string(1, static_cast<char>(message[0] ^ 1)) + lie.substr(1), other.negative(3), good};
  }
  if (label == "otherquestion") {
    Query other(message);
    other.question[1] = 'x';
    return {other.negative(3)};
  }
  if (label == "garbage") return {std::string(100, '\xa5')};
  if (label == "trash")
    return {query.id + be16(0x8180) + be16(1) + be16(7) + be16(9) + be16(3) + query.question +
            std::string(60, '\xc0')};
  if (label == "loop")
    return {query.reply(0, {record(asked_name, 5, wire("a.test")), record(wire("a.test"), 5, asked_name)})};
  if (label == "otherowner")
    return {query.reply(0, {record(wire("someone.else.test"), 12, wire("evil.test"))})};
  if (label == "referral") return {query.reply(0, {}, {record(wire("test"), 2, wire("ns.test"))})};
  if (label == "nodata") return {query.negative(0)};
  if (label == "nxdomain") return {query.negative(3)};
  if (label.substr(0, 2) == "tc") return {query.truncated()};
  return {good};
}

void FaultServer::serve_connection(int descriptor) {
  unsigned char length[2];
  std::string query;
  if (recv(descriptor, length, 2, MSG_WAITALL) == 2) {
    query.resize(static_cast<std::size_t>((length[0] << 8) | length[1]));
    if (recv(descriptor, query.data(), query.size(), MSG_WAITALL) != static_cast<ssize_t>(query.size()))
      query.clear();
  }
  const auto label = query.empty() ? "" : Query(query).label;
  if (query.empty() || label == "tcclosed") {
    close(descriptor);
    open_.erase(std::find(open_.begin(), open_.end(), descriptor));
    return;
  }
  const auto reply = tcp_reply(query);
  if (!reply.empty()) send(descriptor, reply.data(), reply.size(), MSG_NOSIGNAL);
}

std::string FaultServer::tcp_reply(const std::string& message) {
  const Query query(message);
  if (query.label == "tcsilent") return {};
  std::vector<std::string> answer;
  for (int i = 0; i < 200; ++i) answer.push_back(pointer("host-" + std::to_string(i) + ".test"));
  auto reply = query.reply(0, answer);
  if (query.label == "tctc") reply = query.truncated();
  return be16(static_cast<unsigned>(reply.size())) + reply;
}

}  // namespace rdnsgate::resolve::test
