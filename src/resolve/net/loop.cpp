// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/net/loop.h"

#include <unistd.h>

#include <algorithm>
#include <string_view>

#include "resolve/net/file_limit.h"

namespace rdnsgate::resolve {
namespace {

constexpr int fatal_exit = 4;  // cli::exit_internal

timeval until(Clock::time_point at) {
  const auto left = std::max<std::chrono::microseconds>(
      std::chrono::microseconds(0), std::chrono::ceil<std::chrono::microseconds>(at - Clock::now()));
  return {static_cast<time_t>(left.count() / 1'000'000), static_cast<suseconds_t>(left.count() % 1'000'000)};
}

void nothing(evutil_socket_t, short, void*) {}

void call(evutil_socket_t, short, void* function) { (*static_cast<std::function<void()>*>(function))(); }

}  // namespace

std::uint32_t microseconds_between(Clock::time_point from, Clock::time_point to) {
  const auto passed = std::chrono::duration_cast<std::chrono::microseconds>(to - from).count();
  return static_cast<std::uint32_t>(std::clamp<decltype(passed)>(passed, 0, UINT32_MAX));
}

std::int64_t now_us() {
  return std::chrono::duration_cast<std::chrono::microseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

Result<std::unique_ptr<Loop>> Loop::make() {
  constexpr std::size_t needed = 16;  // for itself, and for what reads files meanwhile
  if (auto there = need_files(needed); !there) return tl::unexpected(there.error());
  // Before it reports that there is no descriptor to be had, libevent ends the program, with the exit code of
  // findings. need_files() has seen to it that this does not happen; where it does, the code is another.
  event_set_fatal_callback([](int) {
    constexpr std::string_view message = "rdnsgate: error: the event loop failed: are too many files open?\n";
    [[maybe_unused]] const auto ignored = write(STDERR_FILENO, message.data(), message.size());
    _exit(fatal_exit);
  });
  auto* base = event_base_new();
  if (base == nullptr) return fail("the event loop cannot be set up", "are too many files open?");
  return std::unique_ptr<Loop>(new Loop(base));
}

Loop::Loop(event_base* base) : base_(base), deadline_(evtimer_new(base, nothing, nullptr)) {}

void Loop::serve(Clock::time_point deadline) {
  const auto wait = until(deadline);
  if (wait.tv_sec == 0 && wait.tv_usec == 0) {
    event_base_loop(base_.get(), EVLOOP_NONBLOCK);
    return;
  }
  evtimer_add(deadline_.get(), &wait);
  event_base_loop(base_.get(), EVLOOP_ONCE);
  evtimer_del(deadline_.get());
}

Timer::Timer(Loop& loop, std::function<void()> expired)
    : expired_(std::move(expired)), event_(evtimer_new(loop.base(), call, &expired_)) {}

void Timer::set(Clock::time_point at) {
  const auto wait = until(at);
  evtimer_add(event_.get(), &wait);
}

void Timer::cancel() { evtimer_del(event_.get()); }

Readable::Readable(Loop& loop, int descriptor, std::function<void()> ready)
    : ready_(std::move(ready)),
      event_(event_new(loop.base(), descriptor, EV_READ | EV_PERSIST, call, &ready_)) {
  event_add(event_.get(), nullptr);
}

}  // namespace rdnsgate::resolve
