// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/generic_name.h"

#include <doctest/doctest.h>

#include "audit/wording.h"

using namespace rdnsgate;

namespace {

rules::GenericScore score(const char* name, const char* address = "185.9.2.10") {
  return rules::score_generic(dns::Name::parse(name).value(), IpAddress::parse(address).value());
}

}  // namespace

TEST_CASE("names that a person gave a mail server score nothing") {
  for (const auto* name : {"mx1.corp-mail.net", "mail.corp.com", "out-40.corp-mail.net",
                           "smtp-relay.corp.co.uk", "berlin.corp.de", "mx10.mail.corp.com", "m185.corp.com",
                           "hydrant.corp.com", "dynamo.corp.com", "internat.corp.com"}) {
    CAPTURE(name);
    CHECK(score(name).points == 0);
    CHECK_FALSE(score(name).is_generic());
  }
}

TEST_CASE("names that a machine made from the address are generic") {
  for (const auto* name :
       {"185-9-2-10.isp.net", "static.10.2.9.185.clients.your-server.de", "h185009002010.isp.net",
        "ec2-185-9-2-10.eu-west-1.compute.amazonaws.com", "b909020a.cust.isp.net", "ip10.ip-185-9-2.eu",
        "10.2.9.185.bc.googleusercontent.com"}) {
    CAPTURE(name);
    CHECK(score(name).points >= 50);
    CHECK(score(name).is_generic());
  }
  CHECK(score("2a92--10.v6.isp.net", "2a92::10").points == 50);
}

TEST_CASE("somebody else's address in a name says nothing of this one") {
  CHECK(score("185-9-2-11.corp.net").points == 0);
}

TEST_CASE("words count by their weight, each once") {
  CHECK(score("dyn7.isp.net").points == 30);
  CHECK(score("adsl-7.pool.isp.net").points == 45);
  CHECK(score("host7.isp.net").points == 15);
  CHECK(score("static-7.isp.net").points == 5);
  CHECK(score("static.static.isp.net").points == 5);
  CHECK(score("dial-up7.isp.net").points == 30);
}

TEST_CASE("words in the registered domain are a company's name") {
  CHECK(score("mx1.cable.co.uk").points == 0);
  CHECK(score("mx1.wifi.com").points == 0);
  CHECK(score("berlin.dsl.net").points == 0);
  CHECK(score("berlin.dsl.isp.net").points == 30);
}

TEST_CASE("the last two octets count only beside a word") {
  CHECK(score("cust-2-10.isp.net").points == 25);
  CHECK(score("pool-2-10.isp.net").points == 35);
  CHECK(score("berlin-2-10.corp.net").points == 0);
}

TEST_CASE("a mail server's label lowers the score, never below nothing") {
  CHECK(score("mx1.185-9-2-10.isp.net").points == 30);
  CHECK(score("mail.dyn.isp.net").points == 10);
  CHECK(score("mx.corp.net").points == 0);
  CHECK(score("mx-20250.dyn.isp.net").points == 30);
}

TEST_CASE("providers' zones of default names") {
  const auto zone = [](const char* text) {
    return rules::provider_default_zone(dns::Name::parse(text).value());
  };
  CHECK(zone("ec2-1-2-3-4.eu-west-1.compute.amazonaws.com") == "compute.amazonaws.com");
  CHECK(zone("ec2-1-2-3-4.compute-1.amazonaws.com") == "compute-1.amazonaws.com");
  CHECK(zone("vmi123.contaboserver.net") == "contaboserver.net");
  CHECK(zone("ip57.ip-192-0-2.eu") == "ip-*");
  CHECK(zone("mx1.ip-camera.eu").empty());
  CHECK(zone("a1-2.smtp-out.eu-west-1.amazonses.com").empty());
  CHECK(zone("mx1.corp.net").empty());
  CHECK(score("vmi2-10.contaboserver.net").points == 20);
}

TEST_CASE("the explanation names what fired") {
  const auto explained = [](const char* text) {
    const audit::Target target;
    const auto values = score(text).values();
    return audit::fill("score {score}[: {signals:all}]", {target, values});
  };
  CHECK(explained("static.10.2.9.185.clients.your-server.de") ==
        "score 80: \"10.2.9.185\" +50, \"clients\" +5, \"static\" +5, \"your-server.de\" +20");
  CHECK(explained("mx1.corp.net") == "score 0: \"mx1\" -20");
  CHECK(explained("berlin.corp.net") == "score 0");
}
