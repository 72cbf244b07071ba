// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/first/init_run.h"

#include <doctest/doctest.h>

#include <filesystem>

#include "run/estate.h"

namespace rdnsgate::run {
namespace {

InitRequest request_in(const Estate& estate) {
  InitRequest request;
  request.clock = clock_at(noon);
  request.path = estate / "first.yaml";
  request.asking = estate.asking();
  return request;
}

TEST_CASE("an inventory comes with its judgement and what it stands on, and no file is written") {
  const Estate estate;
  Heard heard;
  auto request = request_in(estate);
  request.from.addresses = {"192.0.2.10", "192.0.2.11"};
  const auto made = init_run(request, heard);
  REQUIRE(made.has_value());
  REQUIRE(made->first.inventory.addresses.size() == 1);
  CHECK(made->first.inventory.senders.front().name == "mx1");
  CHECK(made->first.judgement.summary.errors == 0);
  CHECK(made->left_out == 1);
  CHECK(made->failed_lookups == 0);
  CHECK(made->facts.size() > 0);
  CHECK(heard.loaded_count == 1);
  CHECK_FALSE(std::filesystem::exists(request.path));
}

TEST_CASE("nobody is asked where files say it all") {
  const Estate estate;
  Heard heard;
  auto request = request_in(estate);
  request.from.zone_files = request.asking.zone_files;
  const auto made = init_run(request, heard);
  REQUIRE(made.has_value());
  CHECK(made->facts.size() == 0);
  CHECK(heard.loaded_count == 0);
  REQUIRE(made->first.inventory.zones.size() == 2);
  CHECK(made->first.text.find("file: \"zones/mail.example.zone\"") != std::string::npos);
}

TEST_CASE("why there is no inventory") {
  const Estate estate;
  Listener nobody;
  auto request = request_in(estate);
  const auto failure = [&] {
    auto made = init_run(request, nobody);
    REQUIRE_FALSE(made.has_value());
    return std::move(made.error());
  };
  CHECK(failure().error.message == "there is nothing to begin with");
  request.from.addresses = {"192.0.2.0/8"};
  CHECK(failure().kind == Failure::Kind::request);
  request.from.addresses = {"192.0.2.77"};
  CHECK(failure().error.message == "no address can be declared; 192.0.2.77: it has no PTR record");
  request.from.addresses = {"198.51.100.1"};
  CHECK(failure().kind == Failure::Kind::unknown);
  request.from.addresses.clear();
  estate.write("hosts.csv", "ip,name\n192.0.2.300,mx\n");
  request.from.csv = estate / "hosts.csv";
  CHECK(failure().problems.size() == 1);
}

}  // namespace
}  // namespace rdnsgate::run
