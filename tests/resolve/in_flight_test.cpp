// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/in_flight.h"

#include <doctest/doctest.h>

#include <set>

#include "ask.h"

using namespace rdnsgate;
using namespace rdnsgate::resolve;

namespace {

/// The ids that so many jobs in flight at the same time have.
std::vector<std::uint16_t> ids_of(InFlight& jobs, std::size_t count) {
  std::vector<std::uint16_t> ids;
  for (std::size_t i = 0; i < count; ++i) {
    const auto job = jobs.create({0, resolve::test::name("a.example"), dns::RrType::A});
    jobs.launch(job, 0, Clock::now());
    ids.push_back(jobs[job].id);
  }
  return ids;
}

}  // namespace

TEST_CASE("ids of questions in flight are each its own, and no two clients guess each other's") {
  InFlight one(1000), other(1000);
  const auto ids = ids_of(one, 1000), others = ids_of(other, 1000);
  CHECK(std::set(ids.begin(), ids.end()).size() == 1000);
  CHECK(ids != others);
  // Neither one after the other nor from one corner: by chance one step of 65,536 is by one.
  std::size_t by_one = 0, high = 0;
  for (std::size_t i = 1; i < ids.size(); ++i) {
    by_one += static_cast<std::uint16_t>(ids[i] - ids[i - 1]) == 1 ? 1 : 0;
    high += ids[i] >= 0x8000 ? 1 : 0;
  }
  CHECK(by_one < 10);
  CHECK(high > 350);
  CHECK(high < 650);
}

TEST_CASE("a reply belongs to the socket that asked: its id at another port is somebody's guess") {
  InFlight jobs(10);
  const auto job = jobs.create({0, resolve::test::name("a.example"), dns::RrType::A});
  jobs.launch(job, 3, Clock::now());
  const auto id = jobs[job].id;
  CHECK(jobs.find(id, 3) == job);
  CHECK(jobs.find(id, 4) == InFlight::none);
  CHECK(jobs.find(static_cast<std::uint16_t>(id + 1), 3) == InFlight::none);
  jobs.land(job);
  CHECK(jobs.find(id, 3) == InFlight::none);
}
