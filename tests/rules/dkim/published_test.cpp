// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include "rules/mail_estate.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;
using dns::Outcome;
using dns::RrType;

namespace {

constexpr auto s1 = "s1._domainkey.corp-mail.net";
constexpr auto n1 = "n1._domainkey.corp-mail.net";
const std::string ed25519_key = std::string("v=DKIM1; k=ed25519; p=") + mailauth::keys::ed25519;

constexpr std::array failures{Outcome::servfail, Outcome::refused,   Outcome::timeout,   Outcome::unreachable,
                              Outcome::bogus,    Outcome::malformed, Outcome::unanswered};

}  // namespace

TEST_CASE("dkim: keys of senders and relays that are right are passed over in silence") {
  const auto said = run(mail_estate(), mail_world());
  CHECK_MESSAGE(said.silent_about("dkim-"), text_of(said));
  CHECK(said.questions.contains({name(s1), RrType::TXT}));
  CHECK(said.questions.contains({name(n1), RrType::TXT}));
}

TEST_CASE(
    "dkim: a domain without selectors is asked for none, and a relay only of domains that it sends for") {
  auto estate = mail_estate();
  estate.inventory.domains.back().dkim.clear();
  estate.inventory.relays.back().dkim.clear();
  auto said = run(estate, mail_world().erase(s1, RrType::TXT).erase(n1, RrType::TXT));
  CHECK(said.silent_about("dkim-"));
  CHECK_FALSE(said.questions.contains({name(s1), RrType::TXT}));
  estate = mail_estate();
  estate.domain("corp-mail.org", false);
  add_path(estate, "mx2");
  said = run(estate, mail_world());
  CHECK(said.silent_about("dkim-"));
  CHECK_FALSE(said.questions.contains({name("n1._domainkey.corp-mail.org"), RrType::TXT}));
}

TEST_CASE("dkim-key-missing: neither NXDOMAIN nor an empty answer has a key") {
  const auto said = run(mail_estate(), mail_world().nxdomain(s1).erase(n1, RrType::TXT));
  CHECK(said.sentence("dkim-key-missing corp-mail.net") ==
        std::string("there is no DKIM key at ") + s1 + ": NXDOMAIN");
  std::vector<std::string> owners;
  for (const auto& draft : said.drafts) {
    if (!given(draft, "owner").empty()) owners.push_back(given(draft, "owner") + given(draft, "relay"));
  }
  CHECK(owners == std::vector<std::string>{s1, std::string(n1) + "newsletter"});
  CHECK(said.silent_about("dkim-cname"));
}

TEST_CASE("dkim-key-missing: a selector that two name is told once, and each selector is a finding") {
  auto estate = mail_estate();
  estate.inventory.relays.back().dkim = {"S1", "n2"};
  const auto said = run(estate, mail_world().nxdomain(s1));
  std::size_t findings = 0;
  for (const auto& draft : said.drafts) findings += draft.expected.starts_with("a DKIM key at ") ? 1 : 0;
  CHECK(findings == 2);
}

TEST_CASE("dkim-lookup-failed: each failing outcome is inconclusive, and nothing is found") {
  for (const auto outcome : failures) {
    CAPTURE(dns::to_string(outcome));
    const auto said = run(mail_estate(), mail_world().fail(s1, RrType::TXT, outcome));
    CHECK(said.says("dkim-lookup-failed corp-mail.net (inconclusive)"));
    for (const auto& line : said.lines) {
      if (line.starts_with("dkim-")) CHECK(line == "dkim-lookup-failed corp-mail.net (inconclusive)");
    }
  }
  const auto said = run(mail_estate(), mail_world().erase(s1, RrType::TXT).without_soa());
  CHECK(said.says("dkim-lookup-failed corp-mail.net (inconclusive)"));
  CHECK(said.silent_about("dkim-key-missing"));
}

TEST_CASE("dkim-cname-broken: an alias without a key behind it, and one in a circle") {
  auto world = mail_world().erase(n1, RrType::TXT).cname(n1, "n1.dkim.relay.net");
  auto said = run(mail_estate(), World(world).nxdomain("n1.dkim.relay.net"));
  CHECK(said.sentence("dkim-cname-broken corp-mail.net") ==
        std::string(n1) +
            ", which newsletter signs with, is an alias of n1.dkim.relay.net, where there is no DKIM key: "
            "NXDOMAIN");
  CHECK(said.silent_about("dkim-key-missing"));
  said = run(mail_estate(), World(world).txt("n1.dkim.relay.net", {good_key}));
  CHECK(said.silent_about("dkim-"));
  said = run(mail_estate(), World(world).fail(n1, RrType::TXT, Outcome::servfail));
  CHECK(said.silent_about("dkim-cname-broken"));
  said = run(mail_estate(),
             World(world).cname("n1.dkim.relay.net", n1).change(n1, RrType::TXT, [](dns::Fact& fact) {
               fact.answer = {{name(n1), RrType::CNAME, 300, {name("n1.dkim.relay.net").wire()}},
                              {name("n1.dkim.relay.net"), RrType::CNAME, 300, {name(n1).wire()}}};
             }));
  CHECK(said.draft("dkim-cname-broken corp-mail.net").args.wording == "circle");
  CHECK(said.silent_about("dkim-lookup-failed"));
}

TEST_CASE("dkim-cname-broken: an own selector that leads to somebody whom nobody declares") {
  const auto world = [](const std::string& target) {
    return mail_world().erase(s1, RrType::TXT).cname(s1, target).txt(target, {good_key});
  };
  const auto said = run(mail_estate(), world("s1.dkim.stranger.org"));
  CHECK(said.sentence("dkim-cname-broken corp-mail.net") ==
        std::string(s1) +
            " is an alias of s1.dkim.stranger.org, and no relay of the inventory stands for that name");
  CHECK(said.draft("dkim-cname-broken corp-mail.net").args.severity == Severity::warning);
  // The organisation's own, and the relay's by its spf and helo.
  for (const auto* target : {"s1.keys.corp-mail.net", "s1.dkim.relay.net"})
    CHECK(run(mail_estate(), world(target)).silent_about("dkim-"));
  // A relay that has no names could be whoever that is; one of another domain could not.
  auto estate = mail_estate();
  estate.inventory.relays.back().spf = "ip4:198.51.100.0/24";
  estate.inventory.relays.back().helo_pattern.clear();
  CHECK(run(estate, world("s1.dkim.stranger.org")).silent_about("dkim-"));
  // A relay's own selector may lead anywhere.
  CHECK(run(mail_estate(),
            mail_world().erase(n1, RrType::TXT).cname(n1, "x.stranger.org").txt("x.stranger.org", {good_key}))
            .silent_about("dkim-"));
}

TEST_CASE("dkim-cname-broken: whom a relay's terms and its HELO pattern stand for") {
  const auto says = [](const std::string& spf, const std::string& helo, const std::string& target) {
    auto estate = mail_estate();
    estate.inventory.relays.back().spf = spf;
    estate.inventory.relays.back().helo_pattern = helo;
    const auto world = mail_world().erase(s1, RrType::TXT).cname(s1, target).txt(target, {good_key});
    return run(estate, world).says("dkim-cname-broken corp-mail.net");
  };
  constexpr auto relay = "s1.dkim.relay.net", stranger = "s1.dkim.stranger.org",
                 neighbour = "s1.dkim.other.net";
  for (const auto* term : {"include:spf.relay.net", "redirect=_spf.relay.net", "a:mail.relay.net/24"}) {
    CAPTURE(term);
    CHECK_FALSE(says(term, "", relay));
    CHECK(says(term, "", stranger));
  }
  CHECK_FALSE(says("ip4:198.51.100.0/24", "*.relay.net", relay));
  CHECK(says("ip4:198.51.100.0/24", "*.relay.net", stranger));
  CHECK(says("include:spf.relay.net", "*.net", neighbour));  // a suffix stands for nobody
  // Of these patterns no domain is left: it could be whoever that is.
  for (const auto* pattern : {"*relay.net", "mx.relay*"}) CHECK_FALSE(says("", pattern, stranger));
}

TEST_CASE("dkim-cname-broken: a declared zone and a declared domain are the organisation's own") {
  const auto world = [](const std::string& target) {
    return mail_world().erase(s1, RrType::TXT).cname(s1, target).txt(target, {good_key});
  };
  auto estate = mail_estate();
  estate.zone("keys.org");
  CHECK(run(estate, world("s1.keys.org")).silent_about("dkim-cname-broken"));
  estate = mail_estate();
  estate.domain("shop.org", false);
  CHECK(run(estate, world("s1.keys.shop.org")).silent_about("dkim-cname-broken"));
  CHECK(run(mail_estate(), world("s1.keys.shop.org")).says("dkim-cname-broken corp-mail.net"));
}

TEST_CASE(
    "dkim: a domain is asked for the keys of its own relays, and under the name that its mail is signed as") {
  auto estate = mail_estate();
  estate.inventory.relays.push_back({.name = "tickets", .dkim = {"t1"}});
  estate.domain("shop.net", false);
  estate.inventory.domains.back().dkim = {"s1"};
  estate.inventory.domains.back().dkim_domain = name("keys.net");
  add_path(estate, "mx1");
  add_path(estate, "tickets");
  auto world = mail_world().zone("shop.net").zone("keys.net");
  world.txt("s1._domainkey.keys.net", {good_key}).txt("t1._domainkey.shop.net", {good_key});
  CHECK(run(estate, world).silent_about("dkim-"));
}

TEST_CASE("dkim-multiple: two records, of which nothing else is said") {
  auto said = run(mail_estate(), mail_world().txt(s1, {good_key, "v=DKIM1; k=RSA; p=nonsense!"}));
  CHECK(said.sentence("dkim-multiple corp-mail.net") ==
        std::string(s1) + " has 2 TXT records: which of them a verifier takes is undefined");
  CHECK(said.silent_about("dkim-record-syntax"));
  CHECK(said.silent_about("dkim-k-unknown"));
  said = run(mail_estate(), mail_world().txt(s1, {good_key.substr(0, 200), good_key.substr(200)}));
  CHECK(said.draft("dkim-multiple corp-mail.net").args.wording == "parts");
  CHECK(said.silent_about("dkim-record-syntax"));
  said = run(mail_estate(), mail_world().txt(s1, {good_key, std::string("v=DKIM1; p=") +
                                                                mailauth::keys::rsa_1024_pkcs8_private}));
  CHECK(said.says("dkim-multiple corp-mail.net"));
  CHECK(said.draft("dkim-record-syntax corp-mail.net").args.wording == "private");
}

TEST_CASE("dkim-ed25519-only: of each signer, where all of its keys are known") {
  auto estate = mail_estate();
  estate.inventory.domains.back().dkim = {"s1", "e1"};
  const auto world = mail_world().txt("e1._domainkey.corp-mail.net", {ed25519_key});
  CHECK(run(estate, world).silent_about("dkim-"));
  auto said = run(estate, World(world).txt(s1, {ed25519_key}));
  CHECK(said.sentence("dkim-ed25519-only corp-mail.net") ==
        "mail of corp-mail.net is signed with Ed25519 keys alone (s1._domainkey.corp-mail.net, "
        "e1._domainkey.corp-mail.net): many verifiers know RSA only");
  said = run(estate, World(world).txt(n1, {ed25519_key}));
  CHECK(said.sentence("dkim-ed25519-only corp-mail.net")
            .starts_with("mail of corp-mail.net is signed by newsletter with"));
  CHECK(run(estate, World(world).nxdomain(s1)).silent_about("dkim-ed25519-only"));
  CHECK(run(estate, World(world).fail(s1, RrType::TXT, Outcome::timeout)).silent_about("dkim-ed25519-only"));
}

TEST_CASE("dkim-unsigned-relay: where the inventory speaks of DKIM, a relay without selectors") {
  auto estate = mail_estate();
  CHECK(lint(estate).silent_about("dkim-"));
  estate.inventory.relays.back().dkim.clear();
  const auto said = lint(estate);
  CHECK(said.sentence("dkim-unsigned-relay corp-mail.net via newsletter") ==
        "newsletter sends mail of corp-mail.net, and the inventory has no DKIM selector that it signs with");
  estate.inventory.domains.back().dkim.clear();
  CHECK(lint(estate).silent_about("dkim-"));
  estate.inventory.relays.push_back({.name = "tickets", .dkim = {"t1"}});
  CHECK(lint(estate).says("dkim-unsigned-relay corp-mail.net via newsletter"));
}

TEST_CASE("dkim-old-selector: a key of a retired selector is gone or revoked") {
  auto estate = mail_estate();
  estate.inventory.domains.back().retired_dkim = {"s0"};
  estate.inventory.relays.back().retired_dkim = {"n0"};
  constexpr auto s0 = "s0._domainkey.corp-mail.net", n0 = "n0._domainkey.corp-mail.net";
  CHECK(run(estate, mail_world()).silent_about("dkim-"));
  CHECK(run(estate, mail_world().nxdomain(s0)).silent_about("dkim-"));
  CHECK(run(estate, mail_world().txt(s0, {"v=DKIM1; p="})).silent_about("dkim-"));
  CHECK(run(estate, mail_world().txt(s0, {"somebody's note"})).silent_about("dkim-"));
  auto said = run(estate, mail_world().txt(s0, {good_key}));
  CHECK(said.sentence("dkim-old-selector corp-mail.net") ==
        std::string("the DKIM key of a retired selector is still published at ") + s0);
  said = run(estate, mail_world().txt(n0, {"v=DKIM1; p=", good_key}));  // which one counts is undefined
  CHECK(given(said.draft("dkim-old-selector corp-mail.net"), "relay") == "newsletter");
  said = run(estate, mail_world().cname(n0, "n0.relay.net").txt("n0.relay.net", {good_key}));
  CHECK(said.draft("dkim-old-selector corp-mail.net").args.wording == "alias");
  said = run(estate, mail_world().cname(n0, "n0.relay.net").nxdomain("n0.relay.net"));
  CHECK(said.draft("dkim-old-selector corp-mail.net").args.wording == "dangling");
  CHECK(said.silent_about("dkim-cname-broken"));
  for (const auto outcome : failures) {
    said = run(estate, mail_world().fail(s0, RrType::TXT, outcome));
    CHECK(said.says("dkim-old-selector corp-mail.net (inconclusive)"));
    CHECK_FALSE(said.says("dkim-old-selector corp-mail.net"));
    CHECK(said.silent_about("dkim-lookup-failed"));
  }
  // What somebody still signs with is no old key, whoever else gave it up.
  estate.inventory.relays.back().retired_dkim = {"s1"};
  CHECK(run(estate, mail_world()).silent_about("dkim-old-selector"));
}
