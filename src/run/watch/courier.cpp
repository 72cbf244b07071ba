// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/watch/courier.h"

#include <fmt/format.h>
#include <signal.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <utility>

#include "base/files/output_file.h"
#include "base/text/text.h"

namespace rdnsgate::run {
namespace {

namespace fs = std::filesystem;

/// Of `webhook-00000000000000000012-ID.json`; nullopt for any other file.
std::optional<std::pair<std::uint64_t, std::string>> parcel_name(const std::string& file,
                                                                 const std::string& hook) {
  const auto head = hook + "-";
  if (!file.starts_with(head) || !file.ends_with(".json") || file.size() < head.size() + 26)
    return std::nullopt;
  std::uint64_t number = 0;
  const char* const begin = file.data() + head.size();
  const auto [end, error] = std::from_chars(begin, begin + 20, number);
  if (error != std::errc() || end != begin + 20 || *end != '-') return std::nullopt;
  return std::pair{number, file.substr(head.size() + 21, file.size() - head.size() - 26)};
}

}  // namespace

Courier::Courier(Hook hook, CourierOptions options, std::function<void(const std::string&)> note)
    : hook_(std::move(hook)), options_(std::move(options)), note_(std::move(note)) {
  load();
  // Signals are for the thread that waits for them.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, &before);
  thread_ = std::thread([this] { work(); });
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

Courier::~Courier() {
  {
    std::unique_lock lock(mutex_);
    ends_ = true;
    changed_.notify_all();
    changed_.wait_for(lock, options_.grace, [&] { return parcels_.empty(); });
    aborts_ = true;
    changed_.notify_all();
  }
  thread_.join();
  if (parcels_.empty()) return;
  const auto lost =
      std::count_if(parcels_.begin(), parcels_.end(), [](const auto& one) { return one.file.empty(); });
  const auto kept = parcels_.size() - static_cast<std::size_t>(lost);
  if (kept > 0)
    note_(fmt::format("{}: {} not delivered, kept in {}", hook_.name, counted(kept, "event", "events"),
                      options_.spool));
  if (lost > 0)
    note_(fmt::format("{}: {} not delivered, and lost", hook_.name,
                      counted(static_cast<std::size_t>(lost), "event", "events")));
}

void Courier::take(std::string id, std::string payload) {
  const std::unique_lock lock(mutex_);
  auto file = store(id, payload);
  parcels_.push_back({std::move(id), std::move(payload), std::move(file)});
  if (parcels_.size() > options_.most) {
    // The first may be on its way: the one behind it goes.
    const auto victim = parcels_.begin() + 1;
    std::error_code ignored;
    if (!victim->file.empty()) fs::remove(victim->file, ignored);
    parcels_.erase(victim);
    ++figures_.dropped;
    if (!std::exchange(is_full_, true))
      note_(fmt::format("{}: {} wait already: the oldest are dropped", hook_.name,
                        counted(options_.most, "event", "events")));
  }
  figures_.waiting = parcels_.size();
  changed_.notify_all();
}

Courier::Figures Courier::figures() const {
  const std::unique_lock lock(mutex_);
  return figures_;
}

void Courier::load() {
  if (options_.spool.empty()) return;
  std::map<std::uint64_t, Parcel> found;
  std::error_code error;
  for (fs::directory_iterator at(options_.spool, error), end; !error && at != end; at.increment(error)) {
    const auto name = parcel_name(at->path().filename().string(), hook_.name);
    std::error_code ignored;
    if (!name || !fs::is_regular_file(at->symlink_status(ignored))) continue;
    std::ifstream file(at->path(), std::ios::binary);
    std::string payload((std::istreambuf_iterator<char>(file)), {});
    found.emplace(name->first, Parcel{name->second, std::move(payload), at->path().string()});
  }
  for (auto& [number, parcel] : found) {
    next_ = number + 1;
    parcels_.push_back(std::move(parcel));
  }
  figures_.waiting = parcels_.size();
}

/// The file; empty where it waits in memory alone.
std::string Courier::store(const std::string& id, const std::string& payload) {
  if (options_.spool.empty()) return {};
  auto path = fmt::format("{}/{}-{:020}-{}.json", options_.spool, hook_.name, next_++, id);
  const auto written = write_file(path, payload);
  if (written) {
    spool_fails_ = false;
    return path;
  }
  if (!std::exchange(spool_fails_, true))
    note_(fmt::format("{}: events wait in memory alone: {}", hook_.name, written.error().message));
  return {};
}

void Courier::work() {
  std::unique_lock lock(mutex_);
  auto pause = options_.first_pause;
  const auto stops = [this] {
    const std::unique_lock inner(mutex_);
    return aborts_;
  };
  while (true) {
    changed_.wait(lock, [&] { return ends_ || !parcels_.empty(); });
    if (aborts_ || parcels_.empty()) return;
    const Parcel parcel = parcels_.front();
    lock.unlock();
    const auto delivery = hook_.deliver(parcel.id, parcel.payload, stops);
    lock.lock();
    if (aborts_ && delivery.outcome != Delivery::Outcome::done) return;
    settle(parcel, delivery);
    if (delivery.outcome != Delivery::Outcome::later) {
      pause = options_.first_pause;
      continue;
    }
    if (ends_) return;  // who does not take it now will not in the next seconds
    changed_.wait_for(lock, pause, [&] { return ends_; });
    pause = std::min(2 * pause, options_.longest_pause);
  }
}

void Courier::settle(const Parcel& parcel, const Delivery& delivery) {
  using Outcome = Delivery::Outcome;
  if (delivery.outcome != Outcome::done) {
    ++figures_.failed;
    note_failure(delivery.why +
                 (delivery.outcome == Outcome::refused ? "; the event is dropped" : "; it is tried again"));
  }
  if (delivery.outcome == Outcome::later) return;
  std::error_code ignored;
  if (!parcel.file.empty()) fs::remove(parcel.file, ignored);
  parcels_.pop_front();
  figures_.waiting = parcels_.size();
  if (delivery.outcome == Outcome::refused) {
    ++figures_.dropped;
  } else {
    ++figures_.delivered;
    is_full_ = false;
    if (std::exchange(is_failing_, false)) note_(fmt::format("{}: events are delivered again", hook_.name));
  }
  changed_.notify_all();
}

/// Once, until it goes well again.
void Courier::note_failure(const std::string& what) {
  if (!std::exchange(is_failing_, true)) note_(fmt::format("{}: {}", hook_.name, what));
}

}  // namespace rdnsgate::run
