// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "fault_server.h"

#include <chrono>
#include <thread>

#include "wire.h"

namespace rdnsgate::resolve::test {

FaultServer::FaultServer(TestServer::Options options)
    : server_(
          [this](const std::string& query, TestTransport transport) {
            return transport == TestTransport::udp ? over_udp(query) : over_tcp(query);
          },
          options) {}

unsigned FaultServer::asked(const std::string& label) const {
  const std::lock_guard lock(mutex_);
  const auto found = asked_.find(label);
  return found == asked_.end() ? 0 : found->second;
}

std::vector<TestPacket> FaultServer::over_udp(const std::string& query) {
  std::vector<TestPacket> packets;
  for (auto& reply : udp_replies(query)) {
    packets.emplace_back(std::move(reply));
    packets.back().elsewhere = Query(query).label == "othersource";
  }
  return packets;
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

std::vector<TestPacket> FaultServer::over_tcp(const std::string& message) {
  const Query query(message);
  if (query.label == "tcsilent") return {};
  if (query.label == "tcclosed") return {std::string()};
  if (query.label == "tctc") return {query.truncated()};
  std::vector<std::string> answer;
  for (int i = 0; i < 200; ++i) answer.push_back(pointer("host-" + std::to_string(i) + ".test"));
  return {query.reply(0, answer)};
}

}  // namespace rdnsgate::resolve::test
