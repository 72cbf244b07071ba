// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "base/duration.h"
#include "base/result.h"

namespace rdnsgate::run {

/// How a delivery went.
struct Delivery {
  enum class Outcome : std::uint8_t {
    done,
    later,    ///< not now: try again
    refused,  ///< never: it is dropped
  };
  Outcome outcome = Outcome::done;
  std::string why{};  ///< where it is not done; may hold foreign text
};

/// Whom events are told, outside.
struct Hook {
  std::string name;  ///< `webhook`, for messages and for files
  /// Hands one over, and waits for it; `id` is the same when it is tried again. Heeds `stop`.
  std::function<Delivery(const std::string& id, const std::string& payload,
                         const std::function<bool()>& stop)>
      deliver;
};

struct CourierOptions {
  std::size_t most = 1000;  ///< that wait; beyond that the oldest is dropped
  std::string spool{};      ///< a folder where they wait, so that they survive an end; empty: in memory alone
  milliseconds first_pause{seconds(1)},
      longest_pause{std::chrono::minutes(5)};  ///< before it is tried again; doubled
  milliseconds grace{seconds(5)};              ///< at the end, for what still waits
};

/// Delivers to one hook, in order, in a thread of its own: nobody waits for it.
class Courier {
 public:
  struct Figures {
    std::size_t waiting = 0;
    std::uint64_t delivered = 0, failed = 0, dropped = 0;  ///< `failed` counts tries
    bool operator==(const Figures&) const = default;
  };

  /// `note` is told, from any thread, what goes wrong: the first time, and when it goes well again. Takes along what a
  /// spool still has.
  Courier(Hook hook, CourierOptions options, std::function<void(const std::string&)> note);
  /// Tries for `grace` what waits; the rest stays in the spool, or is lost, which is noted.
  ~Courier();
  Courier(const Courier&) = delete;
  Courier& operator=(const Courier&) = delete;

  void take(std::string id, std::string payload);
  Figures figures() const;
  const std::string& name() const { return hook_.name; }

 private:
  struct Parcel {
    std::string id, payload, file;  ///< `file` of the spool; empty: it is in memory alone
  };

  void load();
  std::string store(const std::string& id, const std::string& payload);
  void work();
  void settle(const Parcel& parcel, const Delivery& delivery);
  void note_failure(const std::string& what);

  const Hook hook_;
  const CourierOptions options_;
  const std::function<void(const std::string&)> note_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Parcel> parcels_;
  Figures figures_;
  std::uint64_t next_ = 0;  ///< number of the next file
  bool ends_ = false, aborts_ = false, is_failing_ = false, is_full_ = false, spool_fails_ = false;
  std::thread thread_;  ///< the last to be made
};

}  // namespace rdnsgate::run
