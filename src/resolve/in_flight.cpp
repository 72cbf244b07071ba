// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/in_flight.h"

#include <algorithm>

namespace rdnsgate::resolve {

// Ids are drawn until a free one is found: well under half of them may be taken.
InFlight::InFlight(std::size_t limit)
    : limit_(std::clamp<std::size_t>(limit, 1, 16'000)), jobs_(1), by_id_(0x10000, none) {
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
  land(job);
  free_.push_back(job);
}

void InFlight::launch(std::uint16_t job, std::uint16_t socket, Clock::time_point deadline) {
  auto& it = jobs_[job];
  do {
    it.id = random_.next();
  } while (by_id_[it.id] != none);
  by_id_[it.id] = job;
  it.socket = socket;
  it.deadline = deadline;
  it.launched = true;
  ++launched_;
  std::uint16_t before = jobs_[0].before;  // tries last equally long, so the place is nearly always the end
  while (before != 0 && jobs_[before].deadline > deadline) before = jobs_[before].before;
  it.before = before;
  it.after = jobs_[before].after;
  jobs_[it.after].before = job;
  jobs_[before].after = job;
}

void InFlight::land(std::uint16_t job) {
  auto& it = jobs_[job];
  if (!it.launched) return;
  it.launched = false;
  --launched_;
  by_id_[it.id] = none;
  jobs_[it.before].after = it.after;
  jobs_[it.after].before = it.before;
}

std::uint16_t InFlight::find(std::uint16_t id, std::uint16_t socket) const {
  const auto job = by_id_[id];
  return job != none && jobs_[job].socket == socket ? job : none;
}

std::vector<std::uint16_t> InFlight::at_socket(std::uint16_t socket) const {
  std::vector<std::uint16_t> all;
  for (auto job = jobs_[0].after; job != 0; job = jobs_[job].after) {
    if (jobs_[job].socket == socket) all.push_back(job);
  }
  return all;
}

}  // namespace rdnsgate::resolve
