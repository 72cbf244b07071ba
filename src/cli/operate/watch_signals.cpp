// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "cli/operate/watch_signals.h"

#include <signal.h>
#include <time.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <utility>

#include "base/files/service_socket.h"

namespace rdnsgate::cli {
namespace {

using Wake = run::Timekeeper::Wake;

constexpr std::array watched{SIGINT, SIGTERM, SIGHUP};

std::atomic<bool> is_to_stop{false}, is_to_look{false};
std::array<struct sigaction, watched.size()> earlier;

static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler sets them");

void note_signal(int number) { (number == SIGHUP ? is_to_look : is_to_stop).store(true); }

/// Since the machine was started, sleep included, which the steady clock of C++ leaves out.
milliseconds since_boot() {
  timespec now{};
  clock_gettime(CLOCK_BOOTTIME, &now);
  return milliseconds(static_cast<std::int64_t>(now.tv_sec) * 1000 + now.tv_nsec / 1'000'000);
}

std::atomic<std::int64_t> last_life{0};

}  // namespace

WatchSignals::WatchSignals() : began_(since_boot()), watchdog_(watchdog_interval()) {
  is_to_stop = is_to_look = false;
  for (std::size_t i = 0; i < watched.size(); ++i) {
    struct sigaction action {};
    action.sa_handler = note_signal;
    sigemptyset(&action.sa_mask);
    sigaction(watched[i], &action, &earlier[i]);
  }
}

WatchSignals::~WatchSignals() {
  for (std::size_t i = 0; i < watched.size(); ++i) sigaction(watched[i], &earlier[i], nullptr);
}

milliseconds WatchSignals::elapsed() { return since_boot() - began_; }

Time WatchSignals::wall() { return std::chrono::time_point_cast<seconds>(std::chrono::system_clock::now()); }

Wake WatchSignals::wait_until(milliseconds until) {
  // A machine that slept is noticed within this.
  constexpr milliseconds longest{5000};
  sigset_t mask, before;
  sigemptyset(&mask);
  for (const int number : watched) sigaddset(&mask, number);
  // From here to pselect(), a signal waits; in it, it wakes.
  pthread_sigmask(SIG_BLOCK, &mask, &before);
  auto wake = Wake::due;
  while (true) {
    show_life();
    if (is_to_stop) {
      wake = Wake::stop;
      break;
    }
    if (is_to_look.exchange(false)) {
      wake = Wake::again;
      break;
    }
    auto left = std::min(until - elapsed(), longest);
    if (watchdog_.count() > 0) left = std::min(left, watchdog_);
    if (left.count() <= 0) break;
    const timespec time{static_cast<time_t>(left.count() / 1000),
                        static_cast<long>(left.count() % 1000) * 1'000'000};
    pselect(0, nullptr, nullptr, nullptr, &time, &before);
  }
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  return wake;
}

bool WatchSignals::stops() {
  show_life();
  return is_to_stop;
}

void WatchSignals::show_life() {
  if (watchdog_.count() <= 0) return;
  const auto now = since_boot().count();
  auto last = last_life.load();
  if (now - last < watchdog_.count() / 2 || !last_life.compare_exchange_strong(last, now)) return;
  tell_service_manager("WATCHDOG=1");
}

}  // namespace rdnsgate::cli
