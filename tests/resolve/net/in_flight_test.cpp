// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/net/in_flight.h"

#include <doctest/doctest.h>

#include <set>

#include "resolve/ask.h"

using namespace rdnsgate;
using namespace rdnsgate::resolve;

namespace {

/// The ids that so many jobs in flight at the same time have.
std::vector<std::uint16_t> ids_of(InFlight& jobs, std::size_t count) {
  std::vector<std::uint16_t> ids;
  for (std::size_t i = 0; i < count; ++i) {
    const auto job = jobs.create({0, resolve::test::name("a.example"), dns::RrType::A});
    ids.push_back(jobs.open(job, 0).id);
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
  const auto id = jobs.open(job, 3).id;
  CHECK(jobs.find(id, 3).job == job);
  CHECK(jobs.find(id, 4).open == nullptr);
  CHECK(jobs.find(static_cast<std::uint16_t>(id + 1), 3).open == nullptr);
  jobs.close(job, id);
  CHECK(jobs.find(id, 3).open == nullptr);
}

TEST_CASE("every try of a question has an id of its own, and all lead to it until they are closed") {
  InFlight jobs(10);
  const auto job = jobs.create({0, resolve::test::name("a.example"), dns::RrType::A});
  std::vector<std::uint16_t> ids;
  for (std::uint16_t socket = 0; socket < Job::most_open; ++socket) ids.push_back(jobs.open(job, socket).id);
  CHECK(std::set(ids.begin(), ids.end()).size() == Job::most_open);
  for (std::uint16_t socket = 0; socket < Job::most_open; ++socket)
    CHECK(jobs.find(ids[socket], socket).job == job);
  jobs.close(job, ids[1]);
  CHECK(jobs.find(ids[1], 1).open == nullptr);
  CHECK(jobs.find(ids[2], 2).open->id == ids[2]);
  CHECK(jobs[job].open_count == Job::most_open - 1);
  jobs.destroy(job);
  for (std::uint16_t socket = 0; socket < Job::most_open; ++socket)
    CHECK(jobs.find(ids[socket], socket).open == nullptr);
  CHECK(jobs.size() == 0);
}

TEST_CASE("jobs come in the order of their deadlines, and with those that have a try open at a socket") {
  InFlight jobs(10);
  std::vector<std::uint16_t> made;
  for (int i = 0; i < 4; ++i) {
    made.push_back(jobs.create({0, resolve::test::name("a.example"), dns::RrType::A}));
    jobs.open(made.back(), static_cast<std::uint16_t>(i % 2));
    jobs.wait_until(made.back(), Clock::time_point(std::chrono::seconds(10 - i)));
    jobs.count(made.back(), true);
  }
  CHECK(jobs.first() == made[3]);
  jobs.wait_until(made[3], Clock::time_point(std::chrono::seconds(20)));
  CHECK(jobs.first() == made[2]);
  CHECK(jobs.at_socket(1) == std::vector{made[1], made[3]});
  CHECK(jobs.counted() == 4);
  for (const auto job : made) jobs.destroy(job);
  CHECK(jobs.counted() == 0);
  CHECK(jobs.first() == InFlight::none);
}

TEST_CASE("however many jobs are wanted, half of the ids are never taken") {
  InFlight jobs(60'000);
  std::size_t count = 0;
  for (; !jobs.full(); ++count) {
    const auto job = jobs.create({0, resolve::test::name("a.example"), dns::RrType::A});
    for (std::size_t i = 0; i < Job::most_open; ++i) jobs.open(job, 0);
  }
  CHECK(count * Job::most_open <= 0x8000);
  CHECK(count >= 8000);
}
