// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "dns/rrset.h"

namespace rdnsgate::resolve::test {

struct ScriptQuery {
  dns::Name name;
  dns::RrType type{};
  bool tcp = false, edns = false, recursion_desired = false;
};

struct ScriptReply {
  unsigned rcode = 0;
  bool authoritative = true, edns = true, truncated = false;
  std::vector<dns::RRset> answer, authority, additional;
};

/// What a server says; nullopt: nothing.
using Script = std::function<std::optional<ScriptReply>(const ScriptQuery&)>;

/// A zone for zone_script: its SOA and apex NS records are made, the rest is given. NS records below the apex
/// delegate.
struct ScriptZone {
  std::string apex;
  std::vector<std::string> ns;
  std::vector<std::string> records;  ///< `owner A|AAAA|NS|CNAME|PTR data`
  std::uint32_t serial = 1;
};

/// A server that holds these zones and answers as it should.
Script zone_script(const std::vector<ScriptZone>& zones);

/// Name servers on addresses of 127.0.0.0/8, all at one port of the system's choice, over UDP and TCP.
class ScriptServers {
 public:
  struct Entry {
    std::string address;
    Script script;
    bool tcp = true;  ///< false: the port refuses connections
  };
  explicit ScriptServers(std::vector<Entry> entries);
  ~ScriptServers();
  ScriptServers(const ScriptServers&) = delete;
  ScriptServers& operator=(const ScriptServers&) = delete;

  std::uint16_t port() const { return port_; }
  unsigned asked() const { return asked_; }
  /// Questions that one address got, over both transports.
  unsigned asked(const std::string& address) const;
  /// For any name but `invalid.`, with which servers are asked whether they recurse.
  bool saw_recursion_desired() const { return saw_rd_; }

 private:
  struct Server {
    Entry entry;
    int udp = -1, listener = -1;
  };
  bool bind_all();
  void close_all();
  void serve();
  void serve_udp(Server& server);
  void serve_tcp(Server& server, int descriptor);
  std::string reply_to(Server& server, const std::string& message, bool tcp);

  std::vector<Server> servers_;
  std::map<int, Server*> open_;  // TCP connections
  int stop_[2] = {-1, -1};
  std::uint16_t port_ = 0;
  std::atomic<unsigned> asked_ = 0;
  std::atomic<bool> saw_rd_ = false;
  mutable std::mutex mutex_;
  std::map<std::string, unsigned> by_address_;
  std::thread thread_;
};

}  // namespace rdnsgate::resolve::test
