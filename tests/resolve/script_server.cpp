// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "script_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <sstream>
#include <stdexcept>

namespace rdnsgate::resolve::test {
namespace {

using dns::Name;
using dns::RRset;
using dns::RrType;

std::string be16(std::size_t value) {
  return {static_cast<char>((value >> 8) & 0xff), static_cast<char>(value & 0xff)};
}
std::string be32(std::uint32_t value) { return be16(value >> 16) + be16(value & 0xffff); }

RRset record(const Name& owner, RrType type, std::string rdata) {
  return {owner, type, 300, {std::move(rdata)}};
}

RRset parse_record(const std::string& line) {
  std::istringstream words(line);
  std::string owner, type, data;
  words >> owner >> type >> data;
  const auto parsed = dns::parse_type(type).value();
  const bool address = parsed == RrType::A || parsed == RrType::AAAA;
  return record(
      Name::parse(owner).value(), parsed,
      address ? dns::rdata_of(IpAddress::parse(data).value()) : dns::rdata_of(Name::parse(data).value()));
}

/// One zone, ready to answer.
struct Zone {
  Name apex;
  std::vector<RRset> sets;

  explicit Zone(const ScriptZone& zone) : apex(Name::parse(zone.apex).value()) {
    sets.push_back(
        record(apex, RrType::SOA, Name().wire() + Name().wire() + be32(zone.serial) + std::string(16, '\1')));
    for (const auto& server : zone.ns) add(record(apex, RrType::NS, Name::parse(server).value().wire()));
    for (const auto& line : zone.records) add(parse_record(line));
  }

  void add(RRset set) {
    for (auto& known : sets) {
      if (known.owner != set.owner || known.type != set.type) continue;
      known.rdata.push_back(set.rdata.front());
      return;
    }
    sets.push_back(std::move(set));
  }

  const RRset* find(const Name& owner, RrType type) const {
    const auto found = std::find_if(sets.begin(), sets.end(),
                                    [&](const RRset& set) { return set.owner == owner && set.type == type; });
    return found == sets.end() ? nullptr : &*found;
  }

  const RRset* delegation(const ScriptQuery& query) const {
    const RRset* highest = nullptr;
    for (Name name = query.name; name != apex; name = name.parent()) {
      if (name == query.name && query.type == RrType::DS) continue;  // the parent's own record
      if (const auto* ns = find(name, RrType::NS)) highest = ns;
    }
    return highest;
  }

  ScriptReply answer(const ScriptQuery& query) const {
    ScriptReply reply;
    if (const auto* ns = delegation(query)) {
      reply.authoritative = false;
      reply.authority = {*ns};
      for (const auto& set : sets) {
        const bool named = std::find(ns->rdata.begin(), ns->rdata.end(), set.owner.wire()) != ns->rdata.end();
        if (named && (set.type == RrType::A || set.type == RrType::AAAA)) reply.additional.push_back(set);
      }
      return reply;
    }
    for (const auto type : {query.type, RrType::CNAME}) {
      if (const auto* set = find(query.name, type)) {
        reply.answer = {*set};
        return reply;
      }
    }
    const bool exists = std::any_of(sets.begin(), sets.end(),
                                    [&](const RRset& set) { return set.owner.is_within(query.name); });
    reply.rcode = exists ? 0 : 3;
    reply.authority = {*find(apex, RrType::SOA)};
    return reply;
  }
};

std::string wire(const std::vector<RRset>& sets) {
  std::string out;
  for (const auto& set : sets) {
    for (const auto& rdata : set.rdata)
      out += set.owner.wire() + be16(static_cast<std::uint16_t>(set.type)) + be16(1) + be32(set.ttl) +
             be16(rdata.size()) + rdata;
  }
  return out;
}

std::size_t count(const std::vector<RRset>& sets) {
  std::size_t records = 0;
  for (const auto& set : sets) records += set.rdata.size();
  return records;
}

int bound(int kind, const std::string& ip, std::uint16_t port) {
  const int descriptor = socket(AF_INET, kind | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  inet_pton(AF_INET, ip.c_str(), &address.sin_addr);
  if (bind(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) return descriptor;
  close(descriptor);
  return -1;
}

}  // namespace

Script zone_script(const std::vector<ScriptZone>& zones) {
  std::vector<Zone> held(zones.begin(), zones.end());
  return [held](const ScriptQuery& query) -> std::optional<ScriptReply> {
    const Zone* deepest = nullptr;
    for (const auto& zone : held) {
      const bool at_cut = query.type == RrType::DS && zone.apex == query.name;  // RFC 4035 §3.1.4.1
      if (!query.name.is_within(zone.apex) || at_cut) continue;
      if (deepest == nullptr || zone.apex.label_count() > deepest->apex.label_count()) deepest = &zone;
    }
    if (deepest != nullptr) return deepest->answer(query);
    ScriptReply refused;
    refused.rcode = 5;
    refused.authoritative = false;
    return refused;
  };
}

ScriptServers::ScriptServers(std::vector<Entry> entries) {
  for (auto& entry : entries) servers_.push_back({std::move(entry)});
  bool ready = false;
  for (int attempt = 0; attempt < 50 && !ready; ++attempt) ready = bind_all();
  if (!ready || pipe(stop_) != 0) throw std::runtime_error("no port on 127.0.0.0/8");
  for (auto& server : servers_) {
    if (server.entry.tcp) listen(server.listener, 16);
  }
  thread_ = std::thread([this] { serve(); });
}

ScriptServers::~ScriptServers() {
  if (write(stop_[1], "x", 1) == 1) thread_.join();
  close_all();
  for (const auto& [descriptor, server] : open_) close(descriptor);
  for (const int descriptor : stop_) close(descriptor);
}

/// One port that is free at every address, for UDP and TCP.
bool ScriptServers::bind_all() {
  port_ = 0;
  for (auto& server : servers_) {
    server.udp = bound(SOCK_DGRAM, server.entry.address, port_);
    if (port_ == 0) {
      sockaddr_in address{};
      socklen_t size = sizeof address;
      getsockname(server.udp, reinterpret_cast<sockaddr*>(&address), &size);
      port_ = ntohs(address.sin_port);
    }
    server.listener = bound(SOCK_STREAM, server.entry.address, port_);
    if (server.udp >= 0 && server.listener >= 0) continue;
    close_all();
    return false;
  }
  return true;
}

void ScriptServers::close_all() {
  for (auto& server : servers_) {
    for (int* descriptor : {&server.udp, &server.listener}) {
      if (*descriptor >= 0) close(*descriptor);
      *descriptor = -1;
    }
  }
}

unsigned ScriptServers::asked(const std::string& address) const {
  const std::lock_guard lock(mutex_);
  const auto found = by_address_.find(address);
  return found == by_address_.end() ? 0 : found->second;
}

void ScriptServers::serve() {
  while (true) {
    std::vector<pollfd> watched = {{stop_[0], POLLIN, 0}};
    for (const auto& server : servers_) {
      watched.push_back({server.udp, POLLIN, 0});
      watched.push_back({server.entry.tcp ? server.listener : -1, POLLIN, 0});
    }
    for (const auto& [descriptor, server] : open_) watched.push_back({descriptor, POLLIN, 0});
    poll(watched.data(), watched.size(), -1);
    if (watched[0].revents != 0) return;
    for (std::size_t i = 0; i < servers_.size(); ++i) {
      if ((watched[1 + 2 * i].revents & POLLIN) != 0) serve_udp(servers_[i]);
      if ((watched[2 + 2 * i].revents & POLLIN) != 0)
        open_.emplace(accept(servers_[i].listener, nullptr, nullptr), &servers_[i]);
    }
    for (std::size_t i = 1 + 2 * servers_.size(); i < watched.size(); ++i) {
      if (watched[i].revents != 0) serve_tcp(*open_.at(watched[i].fd), watched[i].fd);
    }
  }
}

void ScriptServers::serve_udp(Server& server) {
  std::string message(4096, '\0');
  sockaddr_in from{};
  socklen_t size = sizeof from;
  const auto got =
      recvfrom(server.udp, message.data(), message.size(), 0, reinterpret_cast<sockaddr*>(&from), &size);
  if (got < 12) return;
  message.resize(static_cast<std::size_t>(got));
  const auto reply = reply_to(server, message, false);
  if (!reply.empty())
    sendto(server.udp, reply.data(), reply.size(), 0, reinterpret_cast<const sockaddr*>(&from), size);
}

void ScriptServers::serve_tcp(Server& server, int descriptor) {
  unsigned char length[2];
  std::string message;
  if (recv(descriptor, length, 2, MSG_WAITALL) == 2) {
    message.resize(static_cast<std::size_t>((length[0] << 8) | length[1]));
    if (recv(descriptor, message.data(), message.size(), MSG_WAITALL) != static_cast<ssize_t>(message.size()))
      message.clear();
  }
  if (message.size() < 12) {
    open_.erase(descriptor);
    close(descriptor);
    return;
  }
  const auto reply = reply_to(server, message, true);
  if (reply.empty()) return;
  const auto framed = be16(reply.size()) + reply;
  send(descriptor, framed.data(), framed.size(), MSG_NOSIGNAL);
}

std::string ScriptServers::reply_to(Server& server, const std::string& message, bool tcp) {
  std::size_t used = 0;
  ScriptQuery query;
  query.name = Name::from_wire(std::string_view(message).substr(12), &used).value();
  const auto* octets = reinterpret_cast<const unsigned char*>(message.data());
  query.type = static_cast<RrType>((octets[12 + used] << 8) | octets[13 + used]);
  query.tcp = tcp;
  query.edns = octets[11] != 0;
  query.recursion_desired = (octets[2] & 1) != 0;
  ++asked_;
  static const auto nobodys = dns::Name::parse("invalid").value();
  if (query.recursion_desired && query.name != nobodys) saw_rd_ = true;
  {
    const std::lock_guard lock(mutex_);
    ++by_address_[server.entry.address];
  }
  auto reply = server.entry.script(query);
  if (!reply) return {};
  const bool opt = reply->edns && query.edns;
  auto out =
      message.substr(0, 2) +
      be16(0x8000 | (reply->authoritative ? 0x400u : 0) | (reply->truncated ? 0x200u : 0) | reply->rcode) +
      be16(1) + be16(count(reply->answer)) + be16(count(reply->authority)) +
      be16(count(reply->additional) + (opt ? 1 : 0)) + message.substr(12, used + 4) + wire(reply->answer) +
      wire(reply->authority) + wire(reply->additional);
  if (opt) out += std::string("\0\0\x29\x04\xd0\0\0\0\0\0\0", 11);
  if (tcp || out.size() <= 1232) return out;
  return message.substr(0, 2) + be16(0x8200) + be16(1) + std::string(6, '\0') + message.substr(12, used + 4);
}

}  // namespace rdnsgate::resolve::test
