// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include "rules/scenario.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;

namespace {

/// One sender with this HELO text; its PTR name is given apart.
Estate with_helo(std::string_view helo) {
  Estate estate;
  estate.sender("mx1", helo, {{"185.9.2.10", "mx1.corp-mail.net"}});
  return estate;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("helo-missing: no HELO for some addresses") {
  const auto said = lint(with_helo(""));
  CHECK(said.lines == Lines{"helo-missing mx1"});
  CHECK(said.sentence("helo-missing mx1") == "mx1 has no HELO name for 1 address");
  Estate estate;
  estate.sender("mx1", "", {{"185.9.2.10", "mx1.corp-mail.net", "mx1.corp-mail.net"}});
  CHECK(lint(estate).lines.empty());
  estate.sender("bulk", "{ptr}", {{"185.9.2.40", "out-a.corp-mail.net"}});
  CHECK(lint(estate).lines.empty());
}

TEST_CASE("helo-not-fqdn: at the sender for its own name, at the address for an entry's") {
  auto said = lint(with_helo("localhost.localdomain"));
  CHECK(said.says("helo-not-fqdn mx1"));
  CHECK(said.sentence("helo-not-fqdn mx1") ==
        "the HELO name localhost.localdomain is not fully qualified: \"localdomain\" is no domain of the "
        "public DNS");
  Estate estate;
  estate.sender("mx1", "mx1.corp-mail.net", {{"185.9.2.10"}, {"185.9.2.11", "mx1.corp-mail.net", "mail"}});
  said = lint(estate);
  CHECK(said.says("helo-not-fqdn 185.9.2.11"));
  CHECK_FALSE(said.says("helo-not-fqdn mx1"));
  CHECK(said.draft("helo-not-fqdn 185.9.2.11").at == estate.inventory.addresses[1].at);
}

TEST_CASE("helo-not-fqdn: a name that is not qualified is not asked for") {
  const auto said = run(with_helo("mx1"), World().nxdomain("mx1").ptr("185.9.2.10", {"mx1.corp-mail.net"}));
  CHECK(said.says("helo-not-fqdn mx1"));
  CHECK(said.silent_about("helo-unresolvable"));
  CHECK(said.silent_about("helo-ip-mismatch"));
}

TEST_CASE("helo-invalid-syntax: labels, broken literals; a final dot and capitals are a way to write a name") {
  CHECK(lint(with_helo("MX1.Corp-Mail.net.")).silent_about("helo-invalid-syntax"));
  CHECK(lint(with_helo("[185.9.2.300]")).lines == Lines{"helo-invalid-syntax mx1"});
  CHECK(lint(with_helo("[2a92::10]")).lines == Lines{"helo-invalid-syntax mx1"});
  CHECK(lint(with_helo("mx..corp-mail.net")).says("helo-invalid-syntax mx1"));
  CHECK(lint(with_helo("mx1.corp-mail.net")).silent_about("helo-"));
  Estate estate;
  estate.sender("mx1", "mx1.corp-mail.net",
                {{"185.9.2.10"}, {"185.9.2.11", "mx1.corp-mail.net", "mail_out.corp-mail.net"}});
  CHECK(lint(estate).says("helo-invalid-syntax 185.9.2.11"));
}

TEST_CASE("helo-bare-ip: the only rule that speaks of an address without brackets") {
  auto said = lint(with_helo("185.9.2.10"));
  CHECK(said.lines == Lines{"helo-bare-ip mx1"});
  CHECK(said.sentence("helo-bare-ip mx1") == "the HELO argument 185.9.2.10 is a bare IP address");
  CHECK(given(said.draft("helo-bare-ip mx1"), "literal") == "[185.9.2.10]");
  said = lint(with_helo("2a92::10"));
  CHECK(said.lines == Lines{"helo-bare-ip mx1"});
  CHECK(given(said.draft("helo-bare-ip mx1"), "literal") == "[IPv6:2a92::10]");
  CHECK(lint(with_helo("[185.9.2.10]")).silent_about("helo-bare-ip"));
  // As a template makes it: {1}.{2}.{3}.{4}.
  Estate estate;
  estate.sender("bulk", "{ptr}", {{"185.9.2.40", "out-a.corp-mail.net", "185.9.2.40"}});
  CHECK(lint(estate).lines == Lines{"helo-bare-ip 185.9.2.40"});
}

TEST_CASE("helo-address-literal: the right address in place of a name") {
  const auto said = lint(with_helo("[185.9.2.10]"));
  CHECK(said.lines == Lines{"helo-address-literal mx1"});
  CHECK(said.sentence("helo-address-literal mx1") ==
        "mx1 gives the address literal [185.9.2.10] in place of a host name");
}

TEST_CASE("helo-literal-wrong-ip: another address than mail leaves from") {
  auto said = lint(with_helo("[10.0.0.10]"));
  CHECK(said.lines == Lines{"helo-literal-wrong-ip mx1"});
  CHECK(said.sentence("helo-literal-wrong-ip mx1") ==
        "mx1 gives the address literal [10.0.0.10], but its mail leaves from 185.9.2.10");
  Estate estate;
  estate.sender("mx1", "[185.9.2.10]",
                {{"185.9.2.10", "mx1.corp-mail.net"}, {"2a92::10", "mx1.corp-mail.net"}});
  said = lint(estate);
  CHECK(said.lines == Lines{"helo-literal-wrong-ip mx1"});
  CHECK(given(said.draft("helo-literal-wrong-ip mx1"), "addresses") == "2a92::10");
}
