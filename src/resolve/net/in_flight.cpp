// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/net/in_flight.h"

#include <algorithm>

namespace rdnsgate::resolve {
namespace {

// Ids are drawn until a free one is found: no more than half of them may ever be taken.
constexpr std::size_t most_jobs = 0x8000 / Job::most_open;

}  // namespace

InFlight::InFlight(std::size_t limit)
    : limit_(std::clamp<std::size_t>(limit, 1, most_jobs)), jobs_(1), by_id_(0x10000, none) {
  jobs_.reserve(limit_ + 1);
}

std::uint16_t InFlight::create(dns::Question&& question) {
  std::uint16_t job;
  if (free_.empty()) {
    job = static_cast<std::uint16_t>(jobs_.size());
    jobs_.emplace_back();
  } else {
    job = free_.back();
    free_.pop_back();
    jobs_[job] = Job{};
  }
  jobs_[job].question = std::move(question);
  return job;
}

void InFlight::destroy(std::uint16_t job) {
  auto& it = jobs_[job];
  while (it.open_count > 0) close(job, it.open[0].id);
  stop_waiting(job);
  count(job, false);
  free_.push_back(job);
}

Try& InFlight::open(std::uint16_t job, std::uint16_t socket) {
  auto& it = jobs_[job];
  auto& opened = it.open[it.open_count++];
  opened = Try{};
  do {
    opened.id = random_.next();
  } while (by_id_[opened.id] != none);
  by_id_[opened.id] = job;
  opened.socket = socket;
  return opened;
}

void InFlight::close(std::uint16_t job, std::uint16_t id) {
  auto& it = jobs_[job];
  const auto end = it.open.begin() + it.open_count;
  const auto place = std::find_if(it.open.begin(), end, [&](const Try& open) { return open.id == id; });
  if (place == end) return;
  by_id_[id] = none;
  std::move(place + 1, end, place);
  --it.open_count;
}

void InFlight::wait_until(std::uint16_t job, Clock::time_point deadline) {
  stop_waiting(job);
  auto& it = jobs_[job];
  it.deadline = deadline;
  it.timed = true;
  std::uint16_t before = jobs_[0].before;  // most wait equally long, so the place is nearly always the end
  while (before != 0 && jobs_[before].deadline > deadline) before = jobs_[before].before;
  it.before = before;
  it.after = jobs_[before].after;
  jobs_[it.after].before = job;
  jobs_[before].after = job;
}

void InFlight::stop_waiting(std::uint16_t job) {
  auto& it = jobs_[job];
  if (!it.timed) return;
  it.timed = false;
  jobs_[it.before].after = it.after;
  jobs_[it.after].before = it.before;
}

void InFlight::count(std::uint16_t job, bool counted) {
  if (jobs_[job].counted == counted) return;
  jobs_[job].counted = counted;
  if (counted)
    ++counted_;
  else
    --counted_;
}

InFlight::Found InFlight::find(std::uint16_t id, std::uint16_t socket) {
  const auto job = by_id_[id];
  if (job == none) return {};
  auto& it = jobs_[job];
  for (std::size_t i = 0; i < it.open_count; ++i) {
    if (it.open[i].id == id && it.open[i].socket == socket) return {job, &it.open[i]};
  }
  return {};
}

std::vector<std::uint16_t> InFlight::at_socket(std::uint16_t socket) const {
  std::vector<std::uint16_t> all;
  for (auto job = jobs_[0].after; job != 0; job = jobs_[job].after) {
    const auto& it = jobs_[job];
    const auto end = it.open.begin() + it.open_count;
    if (std::any_of(it.open.begin(), end, [&](const Try& open) { return open.socket == socket; }))
      all.push_back(job);
  }
  return all;
}

}  // namespace rdnsgate::resolve
