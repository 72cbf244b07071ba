// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "cli/deadline.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <system_error>
#include <thread>

#include "cli/exit_code.h"
#include "cli/terminal.h"

namespace rdnsgate::cli {

/// Waits beside the work, and is told when that is done.
struct Deadline::Watch {
  std::mutex mutex;
  std::condition_variable changed;
  bool over = false;
  std::thread thread;

  void wait(std::chrono::steady_clock::time_point end, const std::string& text) {
    std::unique_lock lock(mutex);
    if (changed.wait_until(lock, end, [this] { return over; })) return;
    write_stderr(
        fmt::format("rdnsgate: error: the deadline of {} passed while files were read\n"
                    "    hint: give it more time with --deadline; nothing was asked and nothing judged\n",
                    text));
    _exit(exit_inconclusive);  // nothing has been opened for writing yet, and no destructor is worth waiting
                               // for
  }
};

Deadline::Deadline(const run::Asking& asking, const std::string& given)
    : end_(std::chrono::steady_clock::now() + asking.deadline), watch_(std::make_unique<Watch>()) {
  try {
    watch_->thread = std::thread([watch = watch_.get(), end = end_, given] { watch->wait(end, given); });
  } catch (const std::system_error&) {
    // No thread to be had here: what asks heeds the deadline all the same.
  }
}

Deadline::~Deadline() { after_loading(); }

milliseconds Deadline::after_loading() {
  if (watch_->thread.joinable()) {
    {
      const std::lock_guard lock(watch_->mutex);
      watch_->over = true;
    }
    watch_->changed.notify_all();
    watch_->thread.join();
  }
  const auto left = std::chrono::duration_cast<milliseconds>(end_ - std::chrono::steady_clock::now());
  return std::max(left, milliseconds(0));
}

}  // namespace rdnsgate::cli
