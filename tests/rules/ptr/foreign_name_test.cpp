// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include <algorithm>

#include "rules/scenario.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;

namespace {

using Lines = std::vector<std::string>;

/// mx1's IPv4 address has this PTR name, which leads back to it.
World world_with(const std::string& live) {
  return good_world().ptr("185.9.2.10", {live}).a(live, {"185.9.2.10"});
}

Estate estate_declaring(const std::string& ptr) {
  Estate estate;
  estate.zone("2.9.185.in-addr.arpa").zone("corp-mail.net");
  estate.sender("mx1", "mx1.corp-mail.net", {{"185.9.2.10", ptr}});
  return estate;
}

Estate estate_without_ptr() {
  Estate estate;
  estate.zone("2.9.185.in-addr.arpa").zone("corp-mail.net");
  estate.sender("legacy", "[185.9.2.10]", {"185.9.2.10"});
  return estate;
}

}  // namespace

TEST_CASE("a foreign name is a mismatch, and at most one thing is said of what it looks like") {
  CHECK(run(good_estate(), world_with("185-9-2-10.static.isp-net.com")).lines ==
        Lines{"ptr-generic 185.9.2.10", "ptr-mismatch 185.9.2.10"});
  CHECK(run(good_estate(), world_with("vps4711.vps.ovh.net")).lines ==
        Lines{"ptr-mismatch 185.9.2.10", "ptr-provider-default 185.9.2.10"});
  CHECK(run(good_estate(), world_with("mx7.former-tenant.com")).lines ==
        Lines{"ptr-domain-unrelated 185.9.2.10", "ptr-mismatch 185.9.2.10"});
  CHECK(run(good_estate(), world_with("mail-old.corp-mail.net")).lines == Lines{"ptr-mismatch 185.9.2.10"});
}

TEST_CASE("beside the declared name, other names are extra, whatever they look like") {
  auto world = good_world();
  const std::vector<std::string> live{"mx1.corp-mail.net", "185-9-2-10.dyn.isp-net.com",
                                      "mx7.former-tenant.com", "vps4711.vps.ovh.net"};
  for (const auto& target : live) world.a(target, {"185.9.2.10"});
  CHECK(run(good_estate(), world.ptr("185.9.2.10", live)).lines == Lines{"ptr-extra 185.9.2.10"});
}

TEST_CASE("ptr-generic: what is declared is judged without the DNS, and only once with it") {
  const auto estate = estate_declaring("host-185-9-2-10.dyn.corp-mail.net");
  const auto declared = lint(estate);
  CHECK(declared.says("ptr-generic 185.9.2.10"));
  const auto& draft = declared.draft("ptr-generic 185.9.2.10");
  CHECK(draft.at.begin == estate.inventory.addresses[0].ptr_at.begin);
  CHECK(draft.at.end == estate.inventory.addresses[0].ptr_at.end);
  CHECK(
      declared.sentence("ptr-generic 185.9.2.10")
          .starts_with("the PTR name host-185-9-2-10.dyn.corp-mail.net of 185.9.2.10 looks generic: score "));

  const auto count = [](const Said& said) {
    return std::count_if(said.drafts.begin(), said.drafts.end(),
                         [](const auto& one) { return one.observed.find("host-185") == 0; });
  };
  CHECK(count(run(estate, world_with("host-185-9-2-10.dyn.corp-mail.net"))) == count(declared));
}

TEST_CASE("ptr-generic: a name that a person chose") {
  for (const auto* fine :
       {"mx1.corp-mail.net", "out-3.corp-mail.net", "static.corp-mail.net", "smtp-10.corp-mail.net"}) {
    CAPTURE(fine);
    CHECK(lint(estate_declaring(fine)).silent_about("ptr-generic"));
  }
  CHECK(lint(estate_without_ptr()).silent_about("ptr-"));
}

TEST_CASE("ptr-generic: what is declared and what is live are two findings, told apart by what is expected") {
  const auto said =
      run(estate_declaring("185-9-2-10.dyn.corp-mail.net"), world_with("185-9-2-10.static.isp-net.com"));
  std::set<std::string> expected;
  for (const auto& draft : said.drafts) {
    if (!given(draft, "score").empty()) expected.insert(draft.expected);
  }
  CHECK(expected.size() == 2);
}

TEST_CASE("ptr-provider-default: declared, and live where nothing is declared") {
  auto said = lint(estate_declaring("vps4711.vps.ovh.net"));
  CHECK(said.sentence("ptr-provider-default 185.9.2.10") ==
        "the PTR name vps4711.vps.ovh.net of 185.9.2.10 is a default name of its provider (vps.ovh.net)");
  said = lint(estate_declaring("185-9-2-10.ip.linodeusercontent.com"));
  CHECK(said.says("ptr-generic 185.9.2.10"));
  CHECK(said.silent_about("ptr-provider-default"));
  said = run(estate_without_ptr(), world_with("vps4711.vps.ovh.net"));
  CHECK(said.says("ptr-provider-default 185.9.2.10"));
  CHECK(said.silent_about("ptr-domain-unrelated"));
  CHECK(said.silent_about("ptr-mismatch"));
}

TEST_CASE("ptr-domain-unrelated: whose name it is") {
  const auto said = run(estate_without_ptr(), world_with("mx7.former-tenant.co.uk"));
  CHECK(
      said.sentence("ptr-domain-unrelated 185.9.2.10") ==
      "the PTR record of 185.9.2.10 points to mx7.former-tenant.co.uk, and nothing in the inventory belongs "
      "to "
      "former-tenant.co.uk");
  // One organisation has names outside the declared zone too.
  Estate below;
  below.zone("mail.corp.co.uk").sender("legacy", "[185.9.2.10]", {"185.9.2.10"});
  CHECK(run(below, world_with("www.corp.co.uk")).silent_about("ptr-domain-unrelated"));
  CHECK(run(below, world_with("www.other.co.uk")).says("ptr-domain-unrelated 185.9.2.10"));
}

TEST_CASE("ptr-domain-unrelated: a domain, a HELO name or a declared PTR name makes it known") {
  Estate estate;
  estate.sender("mx1", "mx1.helo-name.com", {{"185.9.2.10", "mx1.ptr-name.com"}});
  estate.inventory.domains.push_back({.name = name("sent-for.com")});
  for (const auto* own : {"a.helo-name.com", "b.ptr-name.com", "c.sent-for.com"}) {
    CAPTURE(own);
    const auto said = run(estate, world_with(own));
    CHECK(said.says("ptr-mismatch 185.9.2.10"));
    CHECK(said.silent_about("ptr-domain-unrelated"));
  }
  CHECK(run(estate, world_with("d.sent-for.org")).says("ptr-domain-unrelated 185.9.2.10"));
}

TEST_CASE("ptr-domain-unrelated: names that are no host names are judged by their form alone") {
  for (const auto* odd :
       {"localhost", "mx1.corp-mail.net.2.9.186.in-addr.arpa", "printer.local", "a_b.former-tenant.com"}) {
    CAPTURE(odd);
    CHECK(run(good_estate(), world_with(odd)).silent_about("ptr-domain-unrelated"));
  }
}
