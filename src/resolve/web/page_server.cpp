// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/web/page_server.h"

#include <event2/buffer.h>
#include <event2/event.h>
#include <event2/http.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <mutex>
#include <thread>
#include <utility>

#include "base/ip.h"

namespace rdnsgate::resolve {
namespace {

constexpr int most_request_header = 8192, most_request_body = 1024, client_seconds = 5;

template <typename T>
using Owned = std::unique_ptr<T, void (*)(T*)>;

/// Closed with the object.
struct Pipe {
  int ends[2] = {-1, -1};

  Pipe() = default;
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    for (const int end : ends) {
      if (end >= 0) close(end);
    }
  }
};

}  // namespace

struct PageServer::Inside {
  Pipe wake;  // before what watches it
  Owned<event_base> base{nullptr, event_base_free};
  Owned<event> woken{nullptr, event_free};
  Owned<evhttp> server{nullptr, evhttp_free};
  std::string path, type;
  std::mutex mutex;
  std::string page;
  std::thread thread;

  void answer(evhttp_request* request) {
    const auto* uri = evhttp_request_get_evhttp_uri(request);
    const char* asked = uri == nullptr ? nullptr : evhttp_uri_get_path(uri);
    if (asked == nullptr || path != asked) return evhttp_send_error(request, HTTP_NOTFOUND, nullptr);
    const std::unique_lock lock(mutex);
    if (page.empty()) return evhttp_send_error(request, HTTP_SERVUNAVAIL, nullptr);
    auto* headers = evhttp_request_get_output_headers(request);
    evhttp_add_header(headers, "Content-Type", type.c_str());
    evhttp_add_header(headers, "Connection", "close");
    evbuffer_add(evhttp_request_get_output_buffer(request), page.data(), page.size());
    evhttp_send_reply(request, HTTP_OK, "OK", nullptr);
  }
};

Result<ListenAddress> parse_listen_address(const std::string& text) {
  constexpr const char* hint = "such as 127.0.0.1:9811 or [::1]:9811";
  const auto colon = text.rfind(':');
  auto host = colon == std::string::npos ? std::string("127.0.0.1") : text.substr(0, colon);
  const auto number = colon == std::string::npos ? text : text.substr(colon + 1);
  const bool in_brackets = host.size() > 2 && host.front() == '[' && host.back() == ']';
  if (in_brackets) host = host.substr(1, host.size() - 2);
  const auto ip = IpAddress::parse(host);
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), port);
  if (!ip || ip->is_v6() != in_brackets || error != std::errc() || end != number.data() + number.size() ||
      port == 0)
    return fail(fmt::format("\"{}\" is not an address and a port", text), hint);
  return ListenAddress{std::move(host), port};
}

Result<std::unique_ptr<PageServer>> PageServer::start(const ListenAddress& where, std::string path,
                                                      std::string type) {
  auto inside = std::make_unique<Inside>();
  inside->path = std::move(path);
  inside->type = std::move(type);
  inside->base.reset(event_base_new());
  if (!inside->base || pipe2(inside->wake.ends, O_CLOEXEC | O_NONBLOCK) != 0)
    return fail("no server can be started");
  inside->woken.reset(event_new(
      inside->base.get(), inside->wake.ends[0], EV_READ,
      [](evutil_socket_t, short, void* base) { event_base_loopbreak(static_cast<event_base*>(base)); },
      inside->base.get()));
  inside->server.reset(evhttp_new(inside->base.get()));
  if (!inside->woken || !inside->server || event_add(inside->woken.get(), nullptr) != 0)
    return fail("no server can be started");
  auto* server = inside->server.get();
  evhttp_set_max_headers_size(server, most_request_header);
  evhttp_set_max_body_size(server, most_request_body);
  evhttp_set_timeout(server, client_seconds);
  evhttp_set_allowed_methods(server, EVHTTP_REQ_GET | EVHTTP_REQ_HEAD);
  evhttp_set_gencb(
      server, [](evhttp_request* request, void* self) { static_cast<Inside*>(self)->answer(request); },
      inside.get());
  if (evhttp_bind_socket_with_handle(server, where.host.c_str(), where.port) == nullptr)
    return fail(
        fmt::format("nobody can listen at {} port {}: {}", where.host, where.port, std::strerror(errno)),
        "is another program there already?");
  return std::unique_ptr<PageServer>(new PageServer(std::move(inside)));
}

PageServer::PageServer(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {
  // Signals are for the thread that waits for them.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, &before);
  inside_->thread = std::thread([base = inside_->base.get()] { event_base_dispatch(base); });
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

PageServer::~PageServer() {
  [[maybe_unused]] const auto written = write(inside_->wake.ends[1], "x", 1);
  inside_->thread.join();
}

void PageServer::set(std::string page) {
  const std::unique_lock lock(inside_->mutex);
  inside_->page = std::move(page);
}

}  // namespace rdnsgate::resolve
