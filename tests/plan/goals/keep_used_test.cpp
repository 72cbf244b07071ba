// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// What others stand on is not taken away: names with users, names that nobody declared, PTR records that are
// shared.
#include "plan/goals/keep_used.h"

#include <doctest/doctest.h>

#include <array>

#include "dns/rdata_reader.h"
#include "dns/record_type.h"
#include "plan/at_hand.h"
#include "plan/lab.h"
#include "plan/simulate/simulator.h"
#include "plan/world/uses.h"

using namespace rdnsgate;
using namespace rdnsgate::plan;
using namespace rdnsgate::plan::test;

namespace {

using Texts = std::vector<std::string>;

dns::RRset record(const std::string& owner, const std::string& type, const std::string& data) {
  return {
      name(owner), dns::record_type(type).value(), 3600, {dns::RdataReader(Name()).read(type, data).value()}};
}

Builder zones() {
  Builder builder;
  return builder.zone("2.0.192.in-addr.arpa").zone("mail.example");
}

Inventory host(const std::string& sender, const std::string& address) {
  return zones().address("mx", address, sender, sender).build();
}

Dns live() {
  Dns dns;
  dns.zone("2.0.192.in-addr.arpa").zone("mail.example");
  return dns.ptr("192.0.2.10", 300, {"n0.mail.example"}).a("n0.mail.example", 300, {"192.0.2.10"});
}

/// A change with records at hand, beside the DNS.
struct Change {
  Dns dns = live();
  Inventory base = host("n0.mail.example", "192.0.2.10"), now = host("n1.mail.example", "192.0.2.10");
  bool with_base = true, asks = false;
  std::vector<dns::RRset> records;
  Texts despite;
  std::string refused;

  Plan plan() {
    refused.clear();
    const auto* before = with_base ? &base : nullptr;
    AtHand at_hand(now, before);
    at_hand.add({name("other.example"), records, {}});
    if (!asks) at_hand.close();
    dns::FactStore facts;
    WorldReader reader(now, before, &at_hand);
    dns::FactDesk desk(facts, 0);
    while (true) {
      reader.read(desk);
      if (desk.complete()) break;
      for (const auto& question : desk.missing()) facts.insert(dns.answer(question.name, question.type));
      desk.resume();
    }
    World world{facts, 0, {"authority", dns::VantageKind::authoritative, "authority"}};
    world.at_hand = &at_hand;
    PlanOptions options;
    options.despite = despite;
    auto made = make_plan(now, before, world, options);
    if (!made) {
      refused = made.error().message;
      return {};
    }
    CHECK(simulate(now, before, world, *made, climate_of(now)).breaches.empty());
    return std::move(*made);
  }
  Texts removed() { return steps(plan(), "remove-old"); }
  bool notes(const std::string& text) {
    const auto made = plan();
    return std::any_of(made.notes.begin(), made.notes.end(),
                       [&](const std::string& note) { return note.find(text) != std::string::npos; });
  }
};

const Texts gone = {"n0.mail.example A: 300 192.0.2.10 => -"};

}  // namespace

TEST_CASE("a name that a record leads to keeps its last address, and the record is named") {
  Change change;
  CHECK(change.removed() == gone);
  for (const auto& [owner, type, data] : std::vector<std::array<const char*, 3>>{
           {"example.com", "MX", "10 n0.mail.example."},
           {"example.com", "NS", "N0.Mail.Example."},
           {"imap.example.com", "CNAME", "n0.mail.example."},
           {"_imaps._tcp.example.com", "SRV", "0 1 993 n0.mail.example."},
           {"example.com", "HTTPS", "1 n0.mail.example. alpn=h2"},
           {"n0.mail.example", "HTTPS", "1 . alpn=h2"},
           {"_dns.example.com", "SVCB", "1 n0.mail.example. alpn=dot"},
           {"d.example.com", "DNAME", "mail.example."},
           {"*.example.com", "MX", "10 n0.mail.example."},
           {"_25._tcp.n0.mail.example", "TLSA", "3 1 1 00"},
           {"example.com", "NAPTR", "1 2 \"A\" \"SIP+D2T\" \"\" n0.mail.example."},
           {"example.com", "TXT", "\"v=spf1 mx +a:n0.mail.example/32 -all\""},
           {"example.com", "TXT", "\"v=spf1 ?exists:n0.mail.example -all\""},
       }) {
    const auto use = std::string(owner) + " " + type;
    CAPTURE(use);
    change.despite.clear();
    change.records = {record(owner, type, data)};
    CHECK(change.removed().empty());
    CHECK(change.notes("n0.mail.example keeps 192.0.2.10: " + use + " points to it"));
    CHECK(change.notes("--despite-use \"" + use + "\""));
    change.despite = {use};
    CHECK(change.removed() == gone);
    CHECK(change.notes(use + " points to n0.mail.example, which loses addresses"));
  }
}

TEST_CASE("what leads elsewhere keeps nothing") {
  Change change;
  change.records = {record("example.com", "MX", "10 n1.mail.example."),
                    record("d.example.com", "DNAME", "n0.mail.example."),
                    record("n0.mail.example", "TXT", "\"v=spf1 a -all\""),
                    record("example.com", "TXT", "\"a:n0.mail.example\""),
                    record("9.2.0.192.in-addr.arpa", "PTR", "n0.mail.example.")};
  CHECK(change.removed() == gone);
  CHECK(change.plan().despite.empty());
}

TEST_CASE("each use has to be named, and one that is none is told") {
  Change change;
  change.records = {record("example.com", "MX", "10 n0.mail.example."),
                    record("www.example.com", "CNAME", "n0.mail.example.")};
  change.despite = {"example.com MX", "mail.example MX"};
  CHECK(change.removed().empty());
  CHECK(change.notes("n0.mail.example keeps 192.0.2.10: www.example.com CNAME points to it"));
  CHECK(change.notes("--despite-use \"mail.example MX\": no such use keeps anything"));
  CHECK(read_use("IMAP.Example.com.  cname").value() == "imap.example.com CNAME");
  CHECK_FALSE(read_use("imap.example.com").has_value());
  CHECK_FALSE(read_use("imap.example.com CNAM").has_value());
  CHECK_FALSE(read_use(" CNAME").has_value());
}

TEST_CASE("a name server of the inventory keeps its address") {
  Change change;
  change.now.zones[0].name_servers = {name("n0.mail.example")};
  CHECK(change.removed().empty());
  CHECK(change.notes("2.0.192.in-addr.arpa NS points to it"));
}

TEST_CASE("an address that another one replaces may go, unless the parent of the zone has it") {
  Change change;
  change.now = host("n0.mail.example", "192.0.2.20");
  change.records = {record("example.com", "MX", "10 n0.mail.example."),
                    record("example.com", "NS", "n0.mail.example.")};
  CHECK(change.removed() == Texts{"n0.mail.example A: 300 192.0.2.10 192.0.2.20 => 300 192.0.2.20"});
  change.records.push_back(record("mail.example", "NS", "n0.mail.example."));
  CHECK(change.removed().empty());
  CHECK(change.notes("and the parent zone has its addresses, too"));
}

TEST_CASE("of two families the one that goes is looked after") {
  Change change;
  change.base = zones()
                    .address("mx", "192.0.2.10", "n0.mail.example", "n0.mail.example")
                    .address("mx", "2001:db8::10", "n0.mail.example", "n0.mail.example")
                    .build();
  change.now = zones().address("mx", "2001:db8::10", "n0.mail.example", "n0.mail.example").build();
  change.dns.aaaa("n0.mail.example", 300, {"2001:db8::10"}).ptr("2001:db8::10", 300, {"n0.mail.example"});
  CHECK(change.removed() == gone);
  change.records = {record("example.com", "MX", "10 n0.mail.example.")};
  CHECK(change.removed().empty());
}

TEST_CASE("a name that nobody declared or retired stays, whatever the PTR record says") {
  Change change;
  change.with_base = false;
  CHECK(change.removed().empty());
  CHECK(change.notes("n0.mail.example still has 192.0.2.10; the name is neither declared nor retired"));
  change.now.retired_names.push_back({name("n0.mail.example"), {}});
  CHECK(change.removed() == gone);
  // Retired or not, others may stand on it.
  change.records = {record("example.com", "MX", "10 n0.mail.example.")};
  CHECK(change.removed().empty());
}

TEST_CASE("a retired address takes its PTR record along, and no name that is not retired, too") {
  Change change;
  change.with_base = false;
  change.dns.ptr("192.0.2.9", 300, {"www.mail.example"}).a("www.mail.example", 300, {"192.0.2.9"});
  change.now.retired_addresses.push_back({ip("192.0.2.9"), {}});
  CHECK(steps(change.plan(), "remove-ptr") ==
        Texts{"9.2.0.192.in-addr.arpa PTR: 300 www.mail.example. => -"});
  CHECK(change.removed().empty());
  CHECK(change.notes("www.mail.example still has 192.0.2.9; the name is neither declared nor retired"));
}

TEST_CASE("who still leads to an address that is retired is told") {
  Change change;
  change.now = host("n0.mail.example", "192.0.2.20");
  change.records = {record("web.other.example", "A", "192.0.2.10"),
                    record("www.other.example", "HTTPS", "1 . ipv4hint=192.0.2.10")};
  CHECK(change.notes(
      "192.0.2.10 goes out of use, and web.other.example A, www.other.example HTTPS still point to it"));
  // The name gives its own record up, and the hint of its service stays.
  change.records = {record("n0.mail.example", "HTTPS", "1 . ipv4hint=192.0.2.10")};
  CHECK(change.notes("192.0.2.10 goes out of use, and n0.mail.example HTTPS still points to it"));
}

TEST_CASE("an apex and a mail domain keep their addresses until they are retired by name") {
  Change change;
  change.base = host("mail.example", "192.0.2.10");
  change.dns.ptr("192.0.2.10", 300, {"mail.example"}).a("mail.example", 300, {"192.0.2.10"});
  CHECK(change.removed().empty());
  CHECK(change.notes("mail.example still has 192.0.2.10; it is the name of a zone or of a mail domain"));
  change.now.retired_names.push_back({name("mail.example"), {}});
  CHECK(change.removed() == Texts{"mail.example A: 300 192.0.2.10 => -"});
}

TEST_CASE("in the live DNS the usual places are asked by name, and what fails there may be a use") {
  Change change;
  change.asks = true;
  CHECK(change.removed() == gone);
  CHECK(change.notes("The DNS cannot list all records"));
  change.dns.set("mail.example", RrType::MX, 300,
                 {std::string("\0\x0a", 2) + name("n0.mail.example").wire()});
  CHECK(change.removed().empty());
  CHECK(change.notes("mail.example MX points to it"));
  change.despite = {"mail.example MX"};
  CHECK(change.removed() == gone);
  change.dns.cname("www.mail.example", 300, "n0.mail.example");
  CHECK(change.notes("www.mail.example CNAME points to it"));

  Change broken;
  broken.asks = true;
  for (const auto outcome : {Outcome::timeout, Outcome::servfail, Outcome::refused}) {
    broken.dns.broken("mail.example", RrType::MX, outcome);
    CHECK(broken.removed().empty());
    CHECK(broken.notes("whether mail.example MX (" + std::string(dns::to_string(outcome)) +
                       ") points to it could not be determined"));
  }
}

TEST_CASE("in the live DNS every kind of record that can be asked for by name is") {
  for (const auto& [owner, type, data] : std::vector<std::array<const char*, 3>>{
           {"mail.example", "NS", "n0.mail.example."},
           {"mail.example", "TXT", "\"v=spf1 a:n0.mail.example -all\""},
           {"mail.example", "HTTPS", "1 n0.mail.example. alpn=h2"},
           {"webmail.mail.example", "HTTPS", "1 n0.mail.example. alpn=h2"},
           {"n0.mail.example", "HTTPS", "1 . alpn=h2"},
           {"mail.example", "SVCB", "1 n0.mail.example. alpn=dot"},
           {"_dns.mail.example", "SVCB", "1 n0.mail.example. alpn=dot"},
           {"n0.mail.example", "SVCB", "1 . alpn=dot"},
           {"mail.example", "NAPTR", "1 2 \"A\" \"SIP+D2T\" \"\" n0.mail.example."},
           {"n0.mail.example", "NAPTR", "1 2 \"A\" \"SIP+D2T\" \"\" n0.mail.example."},
           {"_sip._udp.mail.example", "SRV", "0 1 5060 n0.mail.example."},
           {"imap.mail.example", "CNAME", "n0.mail.example."},
           {"other.example", "DNAME", "mail.example."},
           {"_25._tcp.n0.mail.example", "TLSA", "3 1 1 00"},
           {"_993._tcp.n0.mail.example", "TLSA", "3 1 1 00"},
       }) {
    Change change;
    change.asks = true;
    for (auto* inventory : {&change.base, &change.now})
      inventory->zones.push_back({name("other.example"), ManagedBy::nsupdate, {}, {}, {}, {}, {}, {}, {}});
    change.dns.zone("other.example");
    CHECK(change.removed() == gone);
    const auto set = record(owner, type, data);
    change.dns.set(owner, set.type, 300, set.rdata);
    const auto use = std::string(owner) + " " + type;
    CAPTURE(use);
    CHECK(change.removed().empty());
    CHECK(change.notes(use + " points to it"));
    change.despite = {use};
    CHECK(change.removed() == gone);
  }
}

TEST_CASE("a NAPTR record that leads to SRV records leads on to their hosts") {
  Change change;
  change.asks = true;
  const auto naptr =
      record("mail.example", "NAPTR", "1 2 \"S\" \"SIP+D2U\" \"\" _sip._udp.far.mail.example.");
  const auto srv = record("_sip._udp.far.mail.example", "SRV", "0 1 5060 n0.mail.example.");
  change.dns.set("mail.example", naptr.type, 300, naptr.rdata);
  CHECK(change.removed() == gone);
  change.dns.set("_sip._udp.far.mail.example", srv.type, 300, srv.rdata);
  CHECK(change.removed().empty());
  CHECK(change.notes("_sip._udp.far.mail.example SRV points to it"));
}

TEST_CASE("what is renamed between a name and its zone is a use of all that lies where it leads") {
  Change change;
  change.asks = true;
  change.base = zones().address("mx", "192.0.2.10", "n0.eu.mail.example", "n0.eu.mail.example").build();
  change.now = zones().address("mx", "192.0.2.10", "n1.us.mail.example", "n1.us.mail.example").build();
  change.dns = Dns();
  change.dns.zone("2.0.192.in-addr.arpa").zone("mail.example");
  change.dns.ptr("192.0.2.10", 300, {"n0.eu.mail.example"}).a("n0.eu.mail.example", 300, {"192.0.2.10"});
  const Texts removed = {"n0.eu.mail.example A: 300 192.0.2.10 => -"};
  CHECK(change.removed() == removed);
  change.dns.broken("eu.mail.example", RrType::DNAME, Outcome::servfail);
  CHECK(change.removed().empty());
  CHECK(change.notes("whether eu.mail.example DNAME (servfail) points to it could not be determined"));
}

TEST_CASE("reverse names that are aliases of one PTR record") {
  const auto two = [](const std::string& first, const std::string& second) {
    return zones()
        .address("a", "192.0.2.10", first, first)
        .address("b", "192.0.2.11", second, second)
        .build();
  };
  Change change;
  change.dns = Dns();
  change.dns.zone("2.0.192.in-addr.arpa").zone("mail.example");
  for (const auto* octet : {"10", "11"})
    change.dns.cname(std::string(octet) + ".2.0.192.in-addr.arpa", 300, "pool.2.0.192.in-addr.arpa");
  change.dns.set("pool.2.0.192.in-addr.arpa", RrType::PTR, 300, {name("old.mail.example").wire()});
  change.dns.a("old.mail.example", 300, {"192.0.2.10", "192.0.2.11"});
  change.base = two("old.mail.example", "old.mail.example");

  change.now = two("a.mail.example", "b.mail.example");
  change.plan();
  CHECK(change.refused.find("192.0.2.10, 192.0.2.11 share one PTR record, pool.2.0.192.in-addr.arpa") !=
        std::string::npos);
  // One of them is declared as it is: the other cannot have another name either.
  change.now = two("old.mail.example", "b.mail.example");
  change.plan();
  CHECK_FALSE(change.refused.empty());

  // The same name for both: one change, when both are confirmed by it.
  change.now = two("a.mail.example", "a.mail.example");
  CHECK(steps(change.plan(), "swap-ptr") ==
        Texts{"pool.2.0.192.in-addr.arpa PTR: 300 old.mail.example. => 300 a.mail.example."});

  // One is retired: the record stays for the other.
  change.now = zones().address("a", "192.0.2.10", "old.mail.example", "old.mail.example").build();
  CHECK(steps(change.plan(), "remove-ptr").empty());
  CHECK(change.notes("it stays for those that are declared"));
  CHECK(change.removed().empty());
  CHECK(phase(change.plan(), "stop-egress") != nullptr);

  // Both are: it goes once.
  change.now = zones().build();
  CHECK(steps(change.plan(), "remove-ptr") ==
        Texts{"pool.2.0.192.in-addr.arpa PTR: 300 old.mail.example. => -"});
}

TEST_CASE("a PTR record that a stranger's reverse name is an alias of is not changed") {
  Change change;
  change.records = {record("99.2.0.192.in-addr.arpa", "CNAME", "10.2.0.192.in-addr.arpa.")};
  change.plan();
  CHECK(change.refused.find("10.2.0.192.in-addr.arpa PTR: 99.2.0.192.in-addr.arpa CNAME is an alias of it") !=
        std::string::npos);
  change.despite = {"99.2.0.192.in-addr.arpa CNAME"};
  CHECK(steps(change.plan(), "swap-ptr").size() == 1);
}
