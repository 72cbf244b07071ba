// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "resolve/web/http.h"
#include "resolve/web/page_server.h"
#include "run/watch/courier.h"
#include "run/watch/hooks.h"

// Who is told by a watch is told in threads of their own. Also run under ThreadSanitizer (suite `threads`).
namespace rdnsgate::run {
namespace {

using Outcome = Delivery::Outcome;

sockaddr_in local(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

/// A socket that listens on this machine, at a port that was free.
class Listener {
 public:
  Listener() : socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    auto address = local(0);
    socklen_t size = sizeof address;
    REQUIRE(bind(socket_, reinterpret_cast<sockaddr*>(&address), size) == 0);
    REQUIRE(listen(socket_, 16) == 0);
    REQUIRE(getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size) == 0);
    port_ = ntohs(address.sin_port);
  }
  ~Listener() { end(); }
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  std::uint16_t port() const { return port_; }
  int accept_one() const { return accept(socket_, nullptr, nullptr); }
  /// Whoever accepts gets nobody any more.
  void stop() const { shutdown(socket_, SHUT_RDWR); }
  void end() {
    if (socket_ >= 0) close(std::exchange(socket_, -1));
  }

 private:
  int socket_;
  std::uint16_t port_ = 0;
};

/// Takes requests one after the other, with this status.
class WebServer {
 public:
  WebServer() : thread_([this] { serve(); }) {}
  ~WebServer() {
    listener_.stop();
    thread_.join();
  }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(listener_.port()) + "/hook"; }
  std::size_t count() const { return count_; }
  void answer(int status) { status_ = status; }

 private:
  void serve() {
    for (int one = 0; (one = listener_.accept_one()) >= 0; close(one)) {
      std::string heard;
      char octets[4096];
      while (!is_whole(heard)) {
        const auto got = read(one, octets, sizeof octets);
        if (got <= 0) break;
        heard.append(octets, static_cast<std::size_t>(got));
      }
      const auto reply =
          "HTTP/1.1 " + std::to_string(status_) + " x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
      [[maybe_unused]] const auto sent = write(one, reply.data(), reply.size());
      ++count_;
    }
  }
  static bool is_whole(const std::string& heard) {
    const auto end = heard.find("\r\n\r\n"), length = heard.find("Content-Length: ");
    if (end == std::string::npos || length == std::string::npos) return false;
    return heard.size() >= end + 4 + std::stoul(heard.substr(length + 16));
  }

  Listener listener_;
  std::atomic<int> status_{200};
  std::atomic<std::size_t> count_{0};
  std::thread thread_;
};

class Notes {
 public:
  std::function<void(const std::string&)> taker() {
    return [this](const std::string& text) {
      const std::unique_lock lock(mutex_);
      all_.push_back(text);
    };
  }
  std::vector<std::string> all() const {
    const std::unique_lock lock(mutex_);
    return all_;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> all_;
};

/// Becomes so, in good time.
template <typename Condition>
bool comes(const Condition& condition) {
  for (int i = 0; i < 10'000; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(milliseconds(1));
  }
  return false;
}

struct Spool {
  Spool() {
    std::string name = "/tmp/rdnsgate-told-XXXXXX";
    path = mkdtemp(name.data());
  }
  ~Spool() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  std::size_t size() const {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(path), {}));
  }
  std::string path;
};

/// What a server says to a GET.
std::string fetched(std::uint16_t port, const std::string& path) {
  const int one = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  auto address = local(port);
  std::string heard;
  if (connect(one, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) {
    const auto request = "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    [[maybe_unused]] const auto sent = write(one, request.data(), request.size());
    char octets[4096];
    for (ssize_t got = 0; (got = read(one, octets, sizeof octets)) > 0;)
      heard.append(octets, static_cast<std::size_t>(got));
  }
  close(one);
  return heard;
}

}  // namespace

TEST_CASE("a courier is given events by several threads, and looked at meanwhile") {
  Notes notes;
  std::vector<std::string> delivered;  // by the courier's thread alone
  {
    Courier courier({"hook",
                     [&](const std::string& id, const std::string&, const auto&) {
                       delivered.push_back(id);
                       return Delivery{};
                     }},
                    {}, notes.taker());
    std::vector<std::thread> givers;
    for (int i = 0; i < 4; ++i) {
      givers.emplace_back([&, i] {
        for (int j = 0; j < 50; ++j) {
          courier.take(std::to_string(i) + "-" + std::to_string(j), "{}");
          courier.figures();
        }
      });
    }
    for (auto& giver : givers) giver.join();
  }
  REQUIRE(delivered.size() == 200);
  for (int i = 0; i < 4; ++i) {  // in the order of each
    std::vector<std::string> own;
    for (const auto& id : delivered) {
      if (id.starts_with(std::to_string(i) + "-")) own.push_back(id);
    }
    REQUIRE(own.size() == 50);
    for (int j = 0; j < 50; ++j)
      CHECK(own[static_cast<std::size_t>(j)] == std::to_string(i) + "-" + std::to_string(j));
  }
  CHECK(notes.all().empty());
}

TEST_CASE("what a courier cannot deliver in its grace stays in the spool, and the next one takes it along") {
  Notes notes;
  const Spool spool;
  CourierOptions options;
  options.spool = spool.path;
  options.grace = milliseconds(50);
  options.first_pause = milliseconds(1);
  std::atomic<bool> is_stopped{false};
  {
    // It never answers, but for being stopped.
    Courier courier({"hook",
                     [&](const std::string&, const std::string&, const std::function<bool()>& stop) {
                       while (!stop()) std::this_thread::sleep_for(milliseconds(1));
                       is_stopped = true;
                       return Delivery{Outcome::later, "it does not answer"};
                     }},
                    options, notes.taker());
    courier.take("a", "{\"event\": 1}");
    courier.take("b", "{\"event\": 2}");
  }
  CHECK(is_stopped);
  CHECK(spool.size() == 2);
  REQUIRE(notes.all().size() == 1);
  CHECK(notes.all()[0].find("2 events not delivered, kept in") != std::string::npos);
  std::vector<std::string> delivered;
  std::atomic<int> tries{0};
  {
    Courier courier({"hook",
                     [&](const std::string& id, const std::string& payload, const auto&) {
                       if (++tries == 1) return Delivery{Outcome::later, "not now"};
                       delivered.push_back(id + payload);
                       return Delivery{};
                     }},
                    options, notes.taker());
    courier.take("c", "{}");
    CHECK(comes([&] { return courier.figures().waiting == 0; }));
  }
  CHECK(delivered == std::vector<std::string>{"a{\"event\": 1}", "b{\"event\": 2}", "c{}"});
  CHECK(spool.size() == 0);
}

TEST_CASE("a webhook and a command are told at once, each in its thread, while a page is served") {
  Notes notes;
  WebServer server;
  std::uint16_t port = 0;
  {
    const Listener free;
    port = free.port();
  }
  auto page = resolve::PageServer::start({"127.0.0.1", port}, "/metrics", "text/plain");
  REQUIRE(page.has_value());
  CHECK(fetched(port, "/metrics").starts_with("HTTP/1.1 503"));
  {
    Courier web(webhook({server.url(), "a secret"}), {}, notes.taker());
    Courier command(command_hook("cat >/dev/null", seconds(20)), {}, notes.taker());
    std::atomic<bool> ends{false};
    std::atomic<std::size_t> seen{0};
    std::vector<std::thread> readers;
    for (int i = 0; i < 3; ++i) {
      readers.emplace_back([&] {
        while (!ends) {
          const auto said = fetched(port, "/metrics");
          if (said.find("look ") != std::string::npos) ++seen;
        }
      });
    }
    for (int i = 0; i < 12; ++i) {
      (*page)->set("look " + std::to_string(i) + "\n");
      for (auto* courier : {&web, &command}) courier->take(std::to_string(i), "{\"event\": true}");
      std::this_thread::sleep_for(milliseconds(5));
    }
    CHECK(comes([&] { return seen >= 20; }));
    ends = true;
    for (auto& reader : readers) reader.join();
    CHECK(fetched(port, "/metrics").ends_with("look 11\n"));
    CHECK(fetched(port, "/other").starts_with("HTTP/1.1 404"));
  }
  // Where there is no libcurl that is said, and nothing is sent.
  CHECK(server.count() == (resolve::check_http(server.url()) ? 12 : 0));
}

TEST_CASE("a webhook that fails is tried again, and that it works again is said once") {
  Notes notes;
  WebServer server;
  if (!resolve::check_http(server.url())) return;  // there is no libcurl
  server.answer(503);
  CourierOptions options;
  options.first_pause = milliseconds(1);
  options.longest_pause = milliseconds(5);
  options.grace = seconds(20);
  {
    Courier web(webhook({server.url()}), options, notes.taker());
    for (int i = 0; i < 3; ++i) web.take(std::to_string(i), "{}");
    CHECK(comes([&] { return server.count() >= 3; }));
    server.answer(200);
    CHECK(comes([&] { return web.figures().waiting == 0; }));
    CHECK(web.figures().delivered == 3);
    CHECK(web.figures().failed >= 3);
  }
  REQUIRE(notes.all().size() == 2);
  CHECK(notes.all()[0].find("answers with status 503; it is tried again") != std::string::npos);
  CHECK(notes.all()[1].find("events are delivered again") != std::string::npos);
}

}  // namespace rdnsgate::run
