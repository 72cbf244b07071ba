// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/net/window.h"

#include <doctest/doctest.h>

#include <deque>
#include <functional>
#include <queue>
#include <random>

using namespace rdnsgate::resolve;
using std::chrono::microseconds;

namespace {

Clock::time_point at(int second) { return Clock::time_point(std::chrono::seconds(second)); }

/// A server that answers one question after another, each in `each`, over a line of `line` there and back,
/// and whose socket holds `buffer` questions: what comes beside them is lost. `waits`: a resolver that has
/// taken a question waits for others as long as it says, and takes the next meanwhile.
class Server {
 public:
  using Time = std::function<microseconds()>;
  Server(microseconds line, Time each, std::size_t buffer, Time waits = always(microseconds(0)))
      : line_(line), each_(std::move(each)), buffer_(buffer), waits_(std::move(waits)) {}
  Server(microseconds line, microseconds each, std::size_t buffer, Time waits = always(microseconds(0)))
      : Server(line, always(each), buffer, std::move(waits)) {}
  static Time always(microseconds time) {
    return [time] { return time; };
  }

  /// Asks so many questions, as many at a time as the window says. The client reads what has come, works
  /// so long on each reply, and only then sends again.
  void ask(Window& window, std::size_t questions, microseconds work = microseconds(0)) {
    const auto began = now_;
    const auto all = static_cast<Clock::rep>(questions);
    std::size_t open = 0;
    while (questions > 0 || open > 0) {
      for (; questions > 0 && open < window.size(); --questions, ++open) send();
      largest_ = std::max(largest_, window.size());
      now_ = std::max(now_, events_.top().at);
      for (const auto read = now_; !events_.empty() && events_.top().at <= read; --open) {
        const auto next = events_.top();
        events_.pop();
        if (next.lost) {
          ++lost_;
          window.lost(next.sent, now_);
          ++questions;  // and once more
        } else {
          window.replied(next.sent, now_);
          now_ += work;
        }
      }
    }
    took_ = (now_ - began) / all;
  }
  std::size_t lost() const { return lost_; }
  std::size_t largest() const { return largest_; }
  double questions_per_second() const { return 1 / std::chrono::duration<double>(took_).count(); }

 private:
  struct Event {
    Clock::time_point at, sent;
    bool lost;
    bool operator<(const Event& other) const { return at > other.at; }
  };
  void send() {
    const auto there = now_ + line_ / 2;
    while (!served_.empty() && served_.front() <= there) served_.pop_front();
    if (served_.size() >= buffer_) return events_.push({now_ + std::chrono::seconds(1), now_, true});
    const auto done = std::max(there, served_.empty() ? there : served_.back()) + each_();
    served_.push_back(done);
    events_.push({done + line_ / 2 + waits_(), now_, false});
  }

  microseconds line_;
  Time each_;
  std::size_t buffer_, lost_ = 0, largest_ = 0;
  Time waits_;
  Clock::time_point now_ = at(1000);
  Clock::duration took_{};
  std::deque<Clock::time_point> served_;  ///< when those in the buffer will have been
  std::priority_queue<Event> events_;
};

constexpr std::size_t default_buffer = 277;  // questions in 212,992 octets

}  // namespace

TEST_CASE("a server next door with the system's default socket buffer is never overrun") {
  // The slower server has a longer line in time, the faster a shorter; the client is as fast as it, or half,
  // or twice.
  for (const int each : {2, 4, 8, 20, 100}) {
    for (const int work : {0, each / 2, each, 2 * each}) {
      CAPTURE(each);
      CAPTURE(work);
      Server server(microseconds(60), microseconds(each), default_buffer);
      Window window(1000);
      server.ask(window, 100'000, microseconds(work));
      CAPTURE(window.size());
      CHECK(server.lost() == 0);
      CHECK(server.questions_per_second() >= 0.95e6 / std::max(each, work + 1));
    }
  }
}

TEST_CASE("chance hardly ever makes the window of a server next door overrun it") {
  // A machine that does much else: it answers at half the pace for a while, or twice.
  std::size_t lost = 0;
  constexpr std::size_t runs = 10, questions = 100'000;
  for (unsigned seed = 0; seed < runs; ++seed) {
    std::mt19937 dice(seed);
    double pace = 1;
    const auto each = [&]() -> microseconds {
      if (dice() % 200 == 0) pace = std::uniform_real_distribution(0.5, 2.0)(dice);
      return microseconds(static_cast<int>(150 * pace));
    };
    Server server(microseconds(60), each, default_buffer);
    Window window(1000);
    server.ask(window, questions);
    lost += server.lost();
  }
  CHECK(lost < runs * questions / 10'000);
}

TEST_CASE("one that is far away is asked as much as its line holds") {
  for (const int line : {20'000, 50'000, 200'000}) {
    CAPTURE(line);
    Server server(microseconds(line), microseconds(5), default_buffer);
    Window window(1000);
    server.ask(window, 40'000);
    CHECK(window.size() == 1000);
    CHECK(server.lost() == 0);
    CHECK(server.questions_per_second() >= 0.7 * 1e9 / line);
  }
}

TEST_CASE("one that is far away and not that fast is asked as much as it bears") {
  Server server(microseconds(50'000), microseconds(100), default_buffer);
  Window window(1000);
  server.ask(window, 40'000);
  CHECK(server.lost() == 0);
  CHECK(server.questions_per_second() >= 0.8e4);
}

TEST_CASE("a resolver that waits for others is asked as much as helps, however fast it is now and then") {
  std::mt19937 dice(1);
  const auto wait = [&] { return microseconds(dice() % 4 == 0 ? 100 : 20'000 + dice() % 200'000); };
  Server server(microseconds(300), microseconds(20), default_buffer, wait);
  Window window(1000);
  server.ask(window, 40'000);
  CHECK(server.lost() == 0);
  CHECK(window.size() >= 500);
}

TEST_CASE("a small buffer: losses are few, and the window stays near what it bears") {
  for (const int line : {100, 2'000}) {
    CAPTURE(line);
    Server server(microseconds(line), microseconds(50), 60);
    Window window(1000);
    server.ask(window, 50'000);
    CAPTURE(window.size());
    CHECK(server.lost() < 300);
    CHECK(window.size() >= Window::least);
    CHECK(window.size() < Window::first);
  }
}

TEST_CASE("the window has a bound") {
  Window window(1000);
  CHECK(window.size() == Window::first);
  CHECK(Window(10).size() == 10);
  Server server(microseconds(50'000), microseconds(5), default_buffer);
  Window of_two_hundred(200);
  server.ask(of_two_hundred, 10'000);
  CHECK(server.largest() == 200);
}

TEST_CASE("a burst of losses halves it once") {
  Window window(1000);
  for (int i = 0; i < 100; ++i) window.lost(at(3), at(4));
  CHECK(window.size() == Window::first / 2);
  window.lost(at(5), at(6));
  CHECK(window.size() == Window::first / 4);
}

TEST_CASE("what was only late halved nothing") {
  Window window(1000);
  window.lost(at(3), at(4));
  CHECK(window.size() == Window::first / 2);
  window.was_late(at(5));  // sent after: another story
  CHECK(window.size() == Window::first / 2);
  window.was_late(at(3));
  CHECK(window.size() == Window::first);
  window.was_late(at(3));
  CHECK(window.size() == Window::first);
}

TEST_CASE("it never closes") {
  Window window(1000);
  for (int i = 1; i < 100; ++i) window.lost(at(2 * i), at(2 * i + 1));
  CHECK(window.size() == Window::least);
  Window small(5);
  for (int i = 1; i < 100; ++i) small.lost(at(2 * i), at(2 * i + 1));
  CHECK(small.size() == 5);
}
