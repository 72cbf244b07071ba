// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <array>

#include "rules/scenario.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;

namespace {

constexpr std::string_view ip_text = "185.9.2.60";

constexpr std::array<std::string_view, 6> form_rules{"ptr-idn-ulabel",       "ptr-invalid-hostname",
                                                     "ptr-not-fqdn",         "ptr-numeric-tld",
                                                     "ptr-special-use-name", "ptr-target-in-arpa"};

/// The sender's HELO name is right, so that only its PTR name is judged.
Said declared(std::string_view ptr) {
  return lint(good_estate().sender("mx3", "mx3.corp-mail.net", {{std::string(ip_text), std::string(ptr)}}));
}

Said live(std::string_view ptr) {
  auto estate = good_estate().sender("mx3", "mx3.corp-mail.net", {std::string(ip_text).c_str()});
  return run(estate,
             good_world().ptr(ip_text, {std::string(ptr)}).a("mx3.corp-mail.net", {std::string(ip_text)}));
}

void check_only(const Said& said, std::string_view rule, std::string_view name) {
  CAPTURE(name);
  CAPTURE(rule);
  CAPTURE(text_of(said));
  for (const auto one : form_rules) CHECK(said.silent_about(one) == (one != rule));
  if (!rule.empty()) CHECK(said.says(fmt::format("{} {}", rule, ip_text)));
}

/// Declared or found in the DNS: this rule speaks of the name, and none of the others.
void check_both(std::string_view rule, std::string_view name) {
  check_only(declared(name), rule, name);
  check_only(live(name), rule, name);
}

}  // namespace

TEST_CASE("ptr name rules: good names") {
  for (std::string_view name :
       {"mx3.corp-mail.net", "3com.net", "1.2.3.4.net", "a--b.net", "abc--d.net", "xn--bcher-kva.net",
        "x.xn--p1ai", "localhost.net", "in-addr.arpa.net", "test.local.net", "example.com"}) {
    check_both("", name);
  }
}

TEST_CASE("ptr-target-in-arpa") {
  for (std::string_view name : {"mx3.corp-mail.net.2.9.185.in-addr.arpa", "mx3.0.0.0.2.ip6.arpa",
                                "MX3.IN-ADDR.ARPA", "mail_out.2.9.185.in-addr.arpa", "as112.arpa", "arpa"}) {
    check_both("ptr-target-in-arpa", name);
  }
  CHECK(live("mx3.2.9.185.in-addr.arpa").sentence("ptr-target-in-arpa 185.9.2.60") ==
        "the PTR name mx3.2.9.185.in-addr.arpa of 185.9.2.60 ends in arpa: a name written without its final "
        "dot "
        "gets the reverse zone appended");
}

TEST_CASE("ptr-not-fqdn") {
  for (std::string_view name : {"mx3", "localhost", "bad_one"}) check_both("ptr-not-fqdn", name);
  check_only(live("."), "ptr-not-fqdn", ".");
  CHECK(declared("mx3").sentence("ptr-not-fqdn 185.9.2.60") ==
        "the PTR name mx3 of 185.9.2.60 is not fully qualified: it is a single label");
}

TEST_CASE("ptr-numeric-tld") {
  for (std::string_view name : {"185.9.2.60", "mx3.corp-mail.42", "1.2.3.4.5"})
    check_both("ptr-numeric-tld", name);
  CHECK(declared("185.9.2.60")
            .sentence("ptr-numeric-tld 185.9.2.60")
            .ends_with("it is an address, not a name"));
  CHECK(declared("mx3.42")
            .sentence("ptr-numeric-tld 185.9.2.60")
            .ends_with("its top-level domain \"42\" is a number"));
}

TEST_CASE("ptr-invalid-hostname") {
  for (std::string_view name :
       {"mail_out.corp-mail.net", "-mx.corp-mail.net", "mx-.corp-mail.net", "mx\\032one.corp-mail.net",
        "*.corp-mail.net", "a\\000b.corp-mail.net", "xn--bcher-kva\\000.net", "mx\\.one.corp-mail.net"}) {
    check_both("ptr-invalid-hostname", name);
  }
}

TEST_CASE("ptr-idn-ulabel") {
  for (std::string_view name : {"b\\195\\188cher.net", "ab--cd.net", "xn--a-.net", "xn--999999999.net",
                                "mx.xn--mx1.net", "b\\252cher.net", "mail_out.b\\252cher.net"}) {
    check_both("ptr-idn-ulabel", name);
  }
}

TEST_CASE("ptr-special-use-name") {
  for (std::string_view name : {"mx3.localhost", "mx3.local", "mx3.invalid", "a.b.test", "mx3.mail.example",
                                "mx3.internal", "abc.onion", "mx3.home.arpa", "home.arpa", "MX3.LOCAL"}) {
    check_both("ptr-special-use-name", name);
  }
}

TEST_CASE("ptr-special-use-name: a zone that the inventory declares is its own business") {
  auto estate = good_estate().zone("corp.internal");
  estate.sender("mx3", "mx3.corp.internal", {"185.9.2.60"})
      .sender("mx4", "mx4.else.internal", {"185.9.2.61"});
  const auto said = lint(estate);
  CHECK_FALSE(said.says("ptr-special-use-name 185.9.2.60"));
  CHECK(said.says("ptr-special-use-name 185.9.2.61"));
}

TEST_CASE("ptr name rules: what is declared is not said again of the DNS") {
  auto estate = good_estate().sender("mx3", "mx3.corp-mail.net", {{"185.9.2.60", "mx3"}});
  const auto said =
      run(estate, good_world().ptr("185.9.2.60", {"mx3"}).a("mx3.corp-mail.net", {"185.9.2.60"}));
  std::size_t count = 0;
  for (const auto& draft : said.drafts) count += given(draft, "fault") == "single-label" ? 1 : 0;
  CHECK(said.says("ptr-not-fqdn 185.9.2.60"));
  CHECK(said.draft("ptr-not-fqdn 185.9.2.60").at == estate.inventory.addresses.back().ptr_at);
  CHECK(count == 1);
}

TEST_CASE("ptr name rules: all bad names of a PTR set in one finding") {
  const auto said = run(good_estate(), good_world().ptr("185.9.2.10", {"mx1.corp-mail.net", "b", "a"}));
  CHECK(said.draft("ptr-not-fqdn 185.9.2.10").observed == "a, b");
  CHECK(said.draft("ptr-not-fqdn 185.9.2.10").expected == "mx1.corp-mail.net");
}

TEST_CASE("ptr name rules: a name that both families share is told once, and so is a range") {
  auto estate = good_estate().sender("mx3", "mx3.corp-mail.net",
                                     {{"185.9.2.60", "mx3"}, {"2a92::60", "mx3"}, {"185.9.2.61", "mx4"}});
  estate.sender("pool", "{ptr}", {{"185.9.2.70", "out-1"}, {"185.9.2.71", "out-2"}, {"185.9.2.72", "out-3"}});
  auto& addresses = estate.inventory.addresses;
  addresses[addresses.size() - 2].at = addresses[addresses.size() - 3].at;
  const auto said = lint(estate);
  CHECK(said.says("ptr-not-fqdn 185.9.2.60"));
  CHECK_FALSE(said.says("ptr-not-fqdn 2a92::60"));
  CHECK(said.says("ptr-not-fqdn 185.9.2.61"));
  CHECK(said.says("ptr-not-fqdn 185.9.2.70"));
  CHECK_FALSE(said.says("ptr-not-fqdn 185.9.2.71"));
  CHECK(said.says("ptr-not-fqdn 185.9.2.72"));
}
