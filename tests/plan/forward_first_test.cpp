// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// Providers that look the name up before they set a PTR record.
#include <doctest/doctest.h>

#include "plan/lab.h"

using namespace rdnsgate;
using namespace rdnsgate::plan;
using namespace rdnsgate::plan::test;

namespace {

struct Provider {
  ManagedBy managed_by{};
  bool waits = false;
};

Builder inventory_with(const Provider& provider, const std::vector<std::string>& addresses) {
  Builder builder;
  builder.zone("2.0.192.in-addr.arpa", provider.managed_by);
  builder.zone("mail.example", ManagedBy::zonefile);
  for (const auto& address : addresses) builder.address("mx1", address, "n.mail.example", "n.mail.example");
  return builder;
}

Dns before(std::uint32_t negative = 3600) {
  Dns dns;
  dns.zone("2.0.192.in-addr.arpa", 86400, negative).zone("mail.example", 86400, negative);
  return dns.ptr("192.0.2.10", 86400, {"n.mail.example"}).a("n.mail.example", 86400, {"192.0.2.10"});
}

}  // namespace

TEST_CASE("the letter for a new address goes out when its forward record is visible") {
  for (const auto& provider : {Provider{ManagedBy::ticket, true}, Provider{ManagedBy::octodns, false},
                               Provider{ManagedBy::nsupdate, false}}) {
    CAPTURE(provider.managed_by);
    const auto base = inventory_with(provider, {"192.0.2.10"}).build();
    // A second address, and another in its place.
    for (const std::vector<std::string>& after :
         {std::vector<std::string>{"192.0.2.10", "192.0.2.20"}, {"192.0.2.20"}}) {
      const auto now = inventory_with(provider, after).build();
      const auto plan = plan_for(before(), now, &base).value();
      const auto &forward = *phase(plan, "add-forward"), &reverse = *phase(plan, "add-ptr");
      CHECK(reverse.starts_after - forward.starts_after ==
            (provider.waits ? forward.wait.total : seconds(0)));
    }
  }
}

TEST_CASE("a zone says whether its provider looks the name up, whoever manages it") {
  for (const auto managed_by : {ManagedBy::ticket, ManagedBy::octodns, ManagedBy::nsupdate}) {
    for (const bool checks : {true, false}) {
      CAPTURE(managed_by);
      CAPTURE(checks);
      const Provider provider{managed_by, checks};
      auto base = inventory_with(provider, {"192.0.2.10"}).build();
      auto now = inventory_with(provider, {"192.0.2.10", "192.0.2.20"}).build();
      base.zones.front().checks_forward = now.zones.front().checks_forward = checks;
      const auto plan = plan_for(before(), now, &base).value();
      const auto &forward = *phase(plan, "add-forward"), &reverse = *phase(plan, "add-ptr");
      CHECK(reverse.starts_after - forward.starts_after == (checks ? forward.wait.total : seconds(0)));
    }
  }
}

TEST_CASE("a PTR that the provider has set already is changed when the new name resolves") {
  for (const bool checks : {true, false}) {
    const Provider provider{checks ? ManagedBy::ticket : ManagedBy::octodns, checks};
    const auto base = inventory_with(provider, {"192.0.2.10"}).build();
    const auto now = inventory_with(provider, {"192.0.2.10", "192.0.2.20"}).build();
    auto dns = before();
    dns.ptr("192.0.2.20", 3600, {"ip-192-0-2-20.hoster.example"});
    const auto plan = plan_for(dns, now, &base).value();
    const auto &forward = *phase(plan, "add-forward"), &reverse = *phase(plan, "swap-ptr");
    CHECK(reverse.starts_after - forward.starts_after == (checks ? forward.wait.total : seconds(0)));
  }
}

TEST_CASE("a forward record that is there already is not waited for") {
  const Provider provider{ManagedBy::ticket, true};
  const auto base = inventory_with(provider, {"192.0.2.10"}).build();
  const auto now = inventory_with(provider, {"192.0.2.10", "192.0.2.20"}).build();
  auto dns = before();
  dns.a("n.mail.example", 86400, {"192.0.2.10", "192.0.2.20"});
  const auto plan = plan_for(dns, now, &base).value();
  CHECK(phase(plan, "add-ptr")->starts_after == seconds(0));
}

TEST_CASE("the zone of somebody whom the inventory does not name may look the name up") {
  const auto inventory = [](const std::vector<std::string>& addresses) {
    Builder builder;
    builder.zone("mail.example", ManagedBy::zonefile);
    for (const auto& address : addresses) builder.address("mx1", address, "n.mail.example", "n.mail.example");
    return builder.build();
  };
  const auto base = inventory({"192.0.2.10"}), now = inventory({"192.0.2.10", "192.0.2.20"});
  const auto plan = plan_for(before(), now, &base).value();
  CHECK(phase(plan, "add-ptr")->starts_after == phase(plan, "add-forward")->wait.total);
}
