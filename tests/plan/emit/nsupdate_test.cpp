// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <span>
#include <sstream>

#include "plan/emit/emit.h"
#include "plan/emit/soa_update.h"
#include "plan/lab.h"
#include "plan/random_estate.h"

using namespace rdnsgate;
using namespace rdnsgate::plan;
using namespace rdnsgate::plan::test;

namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

/// What a server does with a script (RFC 2136 §3.2 and §3.4), on records as text.
class Server {
 public:
  explicit Server(const Dns& dns) {
    for (const auto& [key, version] : dns.records()) {
      auto& set = zone_[{key.first.fqdn(), dns::to_string(key.second)}];
      set.ttl = version.ttl;
      for (const auto& rdata : version.rdata) set.rdata.insert(dns::rdata_text(key.second, rdata));
    }
  }

  /// False where any transaction is refused: then nothing of that one is applied.
  bool apply(const std::string& script) {
    bool good = !script.empty();
    zone_name_.clear();
    for (const auto& line : lines_of(script)) {
      REQUIRE_FALSE(line.empty());
      if (line[0] != ';' && !command(line)) good = false;
    }
    CHECK(prerequisites_.empty());
    CHECK(updates_.empty());
    return good;
  }

  struct Set {
    std::uint32_t ttl = 0;
    std::set<std::string> rdata;
    bool operator==(const Set&) const = default;
  };
  using Key = std::pair<std::string, std::string>;
  const std::map<Key, Set>& zone() const { return zone_; }
  std::map<Key, Set>& edit() { return zone_; }

 private:
  bool command(const std::string& line) {
    std::istringstream in(line);
    std::string word;
    in >> word;
    if (word == "zone") in >> zone_name_;
    if (word == "prereq") prerequisites_.push_back(line.substr(7));
    if (word == "update") updates_.push_back(line.substr(7));
    const bool known = word == "zone" || word == "prereq" || word == "update" || word == "show" ||
                       word == "send" || word == "answer" || line == "check-names no";
    CHECK_MESSAGE(known, line);
    return word != "send" || send();
  }

  bool send() {
    std::map<Key, std::set<std::string>> expected;
    bool good = true;
    for (const auto& text : std::exchange(prerequisites_, {})) {
      std::istringstream in(text);
      std::string kind, owner, in_class, type, rdata;
      in >> kind >> owner >> in_class >> type >> std::ws;
      std::getline(in, rdata);
      check_owner(owner);
      if (kind == "nxrrset") good = good && zone_.count({owner, type}) == 0;
      if (kind == "yxrrset") expected[{owner, type}].insert(rdata);
    }
    for (const auto& [key, rdata] : expected)
      good = good && zone_.count(key) != 0 && zone_.at(key).rdata == rdata;
    for (const auto& text : std::exchange(updates_, {})) {
      if (good) update(text);
    }
    return good;
  }

  void update(const std::string& text) {
    std::istringstream in(text);
    std::string kind, owner, in_class, type, rdata;
    std::uint32_t ttl = 0;
    in >> kind >> owner;
    if (kind == "add") in >> ttl;
    in >> in_class >> type >> std::ws;
    std::getline(in, rdata);
    check_owner(owner);
    if (kind == "delete") {
      CHECK(rdata.empty());
      zone_.erase({owner, type});
      return;
    }
    // RFC 2136 §3.4.2.2: without a word.
    for (const auto& [key, there] : zone_) {
      if (key.first == owner && key.second != type && (type == "CNAME" || key.second == "CNAME")) return;
    }
    auto& set = zone_[{owner, type}];
    CHECK((set.rdata.empty() || set.ttl == ttl));
    set.ttl = ttl;
    set.rdata.insert(rdata);
  }

  void check_owner(const std::string& owner) const { CHECK(name(owner).is_within(name(zone_name_))); }

  std::map<Key, Set> zone_;
  std::string zone_name_;
  std::vector<std::string> prerequisites_, updates_;
};

Inventory estate(const std::string& host, const std::string& address) {
  Builder builder;
  builder.zone("2.0.192.in-addr.arpa").zone("mail.example").zone("example.com");
  builder.domain("example.com", {"mx1"}).address("mx1", address, host, host);
  return builder.build();
}

Dns live() {
  Dns dns;
  dns.zone("2.0.192.in-addr.arpa").zone("mail.example").zone("example.com");
  dns.ptr("192.0.2.10", 86400, {"n0.mail.example"})
      .a("n0.mail.example", 86400, {"192.0.2.10", "203.0.113.80"});
  dns.txt("example.com", 3600, {"v=spf1 ip4:192.0.2.10 -all", "say \"hi\"; then\\go"});
  return dns;
}

Plan full_plan() {
  const auto now = estate("n1.mail.example", "192.0.2.20"), base = estate("n0.mail.example", "192.0.2.10");
  return plan_for(live(), now, &base).value();
}

struct Scripts {
  std::vector<std::string> forth, back;
};

Scripts scripts_of(const Plan& plan) {
  Scripts all;
  for (std::size_t i = 0; i < plan.phases.size(); ++i) {
    std::set<Name> zones;
    for (const auto& step : plan.phases[i].steps) zones.insert(step.zone);
    for (const auto& zone : zones) {
      auto script = nsupdate_script(plan, i, zone, false);
      if (script.empty()) continue;
      all.forth.push_back(std::move(script));
      all.back.push_back(nsupdate_script(plan, i, zone, true));
    }
  }
  return all;
}

}  // namespace

TEST_CASE("scripts apply once, in order, and leave nothing of their own behind") {
  const auto plan = full_plan();
  const auto scripts = scripts_of(plan);
  REQUIRE(scripts.forth.size() >= 8);
  Server server(live());
  for (std::size_t i = 0; i < scripts.forth.size(); ++i) {
    CAPTURE(i);
    REQUIRE(server.apply(scripts.forth[i]));
    const auto state = server.zone();
    // None that was applied passes again.
    for (std::size_t j = 0; j <= i; ++j) CHECK_FALSE(server.apply(scripts.forth[j]));
    CHECK(server.zone() == state);
  }
  for (const auto& [key, set] : server.zone()) CHECK(key.first.rfind("_rdnsgate", 0) == std::string::npos);
  CHECK(server.zone().at({"n1.mail.example.", "A"}).rdata == std::set<std::string>{"192.0.2.20"});
  CHECK(server.zone().at({"n0.mail.example.", "A"}).rdata == std::set<std::string>{"203.0.113.80"});
  CHECK(server.zone().at({"20.2.0.192.in-addr.arpa.", "PTR"}).rdata ==
        std::set<std::string>{"n1.mail.example."});
  CHECK(server.zone().count({"10.2.0.192.in-addr.arpa.", "PTR"}) == 0);
}

TEST_CASE("a script of a zone that is not due refuses") {
  const auto plan = full_plan();
  const auto zone = name("mail.example");
  std::vector<std::string> forth;
  for (std::size_t i = 0; i < plan.phases.size(); ++i) {
    if (auto script = nsupdate_script(plan, i, zone, false); !script.empty())
      forth.push_back(std::move(script));
  }
  REQUIRE(forth.size() >= 4);
  for (std::size_t done = 0; done < forth.size(); ++done) {
    Server server(live());
    for (std::size_t i = 0; i < done; ++i) REQUIRE(server.apply(forth[i]));
    for (std::size_t i = 0; i < forth.size(); ++i) {
      if (i != done) CHECK_FALSE(server.apply(forth[i]));
    }
  }
}

TEST_CASE("a zone that was edited where the plan works refuses") {
  const auto scripts = scripts_of(full_plan());
  for (std::size_t i = 0; i < scripts.forth.size(); ++i) {
    Server server(live());
    for (std::size_t j = 0; j < i; ++j) REQUIRE(server.apply(scripts.forth[j]));
    // Whatever the script changes gets one record more, where it had some and where it had none.
    for (const auto& line : lines_of(scripts.forth[i])) {
      if (!line.starts_with("update ") || line.find("_rdnsgate") != std::string::npos) continue;
      std::istringstream in(line);
      std::string word, kind, owner, ttl, in_class, type;
      in >> word >> kind >> owner;
      if (kind == "add") in >> ttl;
      in >> in_class >> type;
      Server edited = server;
      edited.edit()[{owner, type}].rdata.insert("foreign");
      CHECK_FALSE(edited.apply(scripts.forth[i]));
    }
  }
}

TEST_CASE("a roll-back takes back exactly its script, once, and the script may follow again") {
  const auto scripts = scripts_of(full_plan());
  Server server(live());
  const auto origin = server.zone();
  for (std::size_t i = 0; i < scripts.forth.size(); ++i) {
    CAPTURE(i);
    const auto before = server.zone();
    CHECK_FALSE(server.apply(scripts.back[i]));
    REQUIRE(server.apply(scripts.forth[i]));
    REQUIRE(server.apply(scripts.back[i]));
    CHECK(server.zone() == before);
    CHECK_FALSE(server.apply(scripts.back[i]));
    REQUIRE(server.apply(scripts.forth[i]));
  }
  for (std::size_t i = scripts.back.size(); i-- > 0;) REQUIRE(server.apply(scripts.back[i]));
  CHECK(server.zone() == origin);
}

TEST_CASE("an alias takes the place of a record in one message, and gives it back") {
  Builder builder;
  builder.zone("2.0.192.in-addr.arpa").zone("0/26.2.0.192.in-addr.arpa").zone("mail.example");
  Dns dns;
  dns.zone("2.0.192.in-addr.arpa").zone("0/26.2.0.192.in-addr.arpa").zone("mail.example");
  std::vector<std::string> addresses;
  for (int i = 1; i <= 40; ++i) {
    addresses.push_back("192.0.2." + std::to_string(i));
    builder.address("mx" + std::to_string(i), addresses.back(), "mx.mail.example", "mx.mail.example");
    dns.ptr(addresses.back(), 300, {"mx.mail.example"});
  }
  dns.a("mx.mail.example", 300, addresses);
  auto inventory = builder.build();
  inventory.defaults.rollout.wave_percent = 100;
  const auto plan = plan_for(dns, inventory).value();
  const auto scripts = scripts_of(plan);
  Server server(dns);
  const auto origin = server.zone();
  for (std::size_t i = 0; i < scripts.forth.size(); ++i) {
    const auto before = server.zone();
    REQUIRE(server.apply(scripts.forth[i]));
    REQUIRE(server.apply(scripts.back[i]));
    CHECK(server.zone() == before);
    REQUIRE(server.apply(scripts.forth[i]));
  }
  CHECK(server.zone().at({"7.2.0.192.in-addr.arpa.", "CNAME"}).rdata ==
        std::set<std::string>{"7.0/26.2.0.192.in-addr.arpa."});
  CHECK(server.zone().count({"7.2.0.192.in-addr.arpa.", "PTR"}) == 0);
  CHECK(server.zone().at({"7.0/26.2.0.192.in-addr.arpa.", "PTR"}).rdata ==
        std::set<std::string>{"mx.mail.example."});
  for (std::size_t i = scripts.back.size(); i-- > 0;) REQUIRE(server.apply(scripts.back[i]));
  CHECK(server.zone() == origin);
}

TEST_CASE("nsupdate's check of host names is off only where a name in the zone would not pass it") {
  CHECK(emit_nsupdate(full_plan()).find("check-names") == std::string::npos);
  auto dns = live();
  dns.ptr("192.0.2.10", 86400, {"old_mx.mail.example"}).a("old_mx.mail.example", 86400, {"192.0.2.10"});
  const auto now = estate("n1.mail.example", "192.0.2.10");
  const auto plan = plan_for(dns, now).value();
  CHECK(nsupdate_script(plan, 1, name("2.0.192.in-addr.arpa"), false).find("\ncheck-names no\n") !=
        std::string::npos);
  CHECK(nsupdate_script(plan, 2, name("mail.example"), false).find("check-names") == std::string::npos);
}

TEST_CASE("two plans don't work in one zone at the same time") {
  const auto first = full_plan();
  const auto now = estate("n2.mail.example", "192.0.2.30"), base = estate("n0.mail.example", "192.0.2.10");
  const auto second = plan_for(live(), now, &base).value();
  Server server(live());
  REQUIRE(server.apply(nsupdate_script(first, 1, name("mail.example"), false)));
  CHECK_FALSE(server.apply(nsupdate_script(second, 1, name("mail.example"), false)));
}

TEST_CASE("hundreds of changes are cut into transactions that a message can hold") {
  Builder builder;
  builder.zone("2.0.192.in-addr.arpa").zone("0.51.198.in-addr.arpa").zone("mail.example");
  Dns dns;
  dns.zone("2.0.192.in-addr.arpa").zone("mail.example");
  for (int i = 0; i < 250; ++i) {
    const auto host = "host-with-a-long-name-" + std::to_string(i) + ".mail.example",
               address = "192.0.2." + std::to_string(i);
    builder.address("s" + std::to_string(i), address, host, host);
    dns.ptr(address, 86400, {"old-" + host}).a("old-" + host, 86400, {address});
  }
  const auto inventory = builder.build();
  const auto plan = plan_for(dns, inventory).value();
  const auto scripts = scripts_of(plan);
  const auto longest = std::max_element(scripts.forth.begin(), scripts.forth.end(),
                                        [](auto& a, auto& b) { return a.size() < b.size(); });
  std::size_t size = 0, sends = 0;
  for (const auto& line : lines_of(*longest)) {
    size = line == "send" ? 0 : size + line.size() + 1;
    sends += line == "send" ? 1 : 0;
    REQUIRE(size < 65535);
  }
  CHECK(sends > 1);
  Server server(dns);
  for (const auto& script : scripts.forth) {
    REQUIRE(server.apply(script));
    // What is to be done by hand, such as a change of the SOA record, stands in it as a comment.
    if (script.find("\nsend") == std::string::npos) continue;
    REQUIRE_FALSE(server.apply(script));
  }
  for (std::size_t i = scripts.back.size(); i-- > 0;) REQUIRE(server.apply(scripts.back[i]));
  CHECK(server.zone() == Server(dns).zone());
}

TEST_CASE("no record data and no name can smuggle a command in") {
  std::mt19937 random(1);
  const auto octet = [&] {
    static const std::string nasty("\n\r\t ;\"\\$()@.\0\x7f\xffsend", 20);
    return nasty[std::uniform_int_distribution<std::size_t>(0, nasty.size() - 1)(random)];
  };
  const auto label = [&] {
    std::string text(std::uniform_int_distribution<std::size_t>(1, 12)(random), 'x');
    for (char& c : text) c = octet();
    return text;
  };
  for (unsigned round = 0; round < estates(300); ++round) {
    const auto hostile = label();
    const auto wire = static_cast<char>(hostile.size()) + hostile + name("mail.example").wire();
    const auto target = Name::from_wire(wire).value();
    auto dns = live();
    dns.ptr("192.0.2.10", 86400, {"n0.mail.example"});
    dns.set("10.2.0.192.in-addr.arpa", RrType::PTR, 86400, {target.wire()});
    const std::string spf = "v=spf1 ip4:192.0.2.10 -all";
    std::string text;
    for (int i = 0; i < 40; ++i) text += octet();
    dns.set("example.com", RrType::TXT, 3600,
            {static_cast<char>(spf.size()) + spf, static_cast<char>(text.size()) + text});
    dns.set(target.text(), RrType::A, 86400, {dns::rdata_of(ip("192.0.2.10"))});
    const auto now = estate("n1.mail.example", "192.0.2.20");
    auto base = estate("n0.mail.example", "192.0.2.10");
    base.addresses[0].ptr = base.addresses[0].helo = target;
    auto plan = plan_for(dns, now, &base).value();
    // The least that can be wrong with the rest of a plan.
    plan.inventory_path = hostile + "\nsend";
    plan.id = "0\nsend";
    plan.phases[1].id += "\nsend";
    std::size_t sends = 0;
    for (const auto& line : lines_of(emit_nsupdate(plan))) {
      if (line.rfind("; ", 0) == 0) continue;
      const auto word = line.substr(0, line.find(' '));
      const bool known = word == "zone" || word == "prereq" || word == "update" || line == "show" ||
                         line == "send" || line == "answer" || line == "check-names no";
      REQUIRE_MESSAGE(known, line);
      REQUIRE(std::all_of(line.begin(), line.end(), [](char c) { return c >= 0x20 && c < 0x7F; }));
      if (line == "send") ++sends;
      if (word == "prereq" || word == "update") {
        std::istringstream in(line);
        std::string kind, owner;
        in >> kind >> kind >> owner;
        REQUIRE(Name::parse(owner).has_value());
      }
    }
    CHECK(sends == scripts_of(plan).forth.size());
  }
}

TEST_CASE("the files of a plan have harmless names, and only zones under dynamic update get scripts") {
  Builder builder;
  builder.zone("0/26.2.0.192.in-addr.arpa").zone("mail.example", ManagedBy::ticket);
  builder.address("mx1", "192.0.2.10", "n1.mail.example", "n1.mail.example");
  Dns dns;
  dns.zone("2.0.192.in-addr.arpa").zone("0/26.2.0.192.in-addr.arpa").zone("mail.example");
  dns.cname("10.2.0.192.in-addr.arpa", 300, "10.0/26.2.0.192.in-addr.arpa");
  dns.set("10.0/26.2.0.192.in-addr.arpa", RrType::PTR, 300, {name("n0.mail.example").wire()});
  dns.a("n0.mail.example", 300, {"192.0.2.10"});
  const auto inventory = builder.build();
  const auto plan = plan_for(dns, inventory).value();
  std::set<std::string> paths;
  for (const auto& file : plan_files(plan, plan.facts_taken_at)) {
    CHECK(paths.insert(file.path).second);
    CHECK_FALSE(file.content.empty());
  }
  CHECK(paths.count("plan.json") == 1);
  CHECK(paths.count("plan.txt") == 1);
  CHECK(paths.count("02-swap-ptr/0%2F26.2.0.192.in-addr.arpa.nsupdate") == 1);
  CHECK(paths.count("02-swap-ptr/rollback/0%2F26.2.0.192.in-addr.arpa.nsupdate") == 1);
  CHECK(std::none_of(paths.begin(), paths.end(),
                     [](const auto& path) { return path.find("mail.example") != std::string::npos; }));
  CHECK(emit_nsupdate(plan).find("zone mail.example.") != std::string::npos);
  CHECK(emit_nsupdate(plan).find("managed by: ticket") != std::string::npos);
}

TEST_CASE("each phase has what applies it in the form that its zone is managed in, and what takes it back") {
  using Form = std::pair<ManagedBy, std::string>;
  for (const auto& form : {Form{ManagedBy::zonefile, "mail.example.zone.txt"},
                           {ManagedBy::nsupdate, "mail.example.nsupdate"},
                           {ManagedBy::octodns, "mail.example.octodns.yaml"},
                           {ManagedBy::dnscontrol, "mail.example.dnscontrol.js"},
                           {ManagedBy::ticket, "provider.txt"}}) {
    CAPTURE(form.second);
    Builder builder;
    builder.zone("2.0.192.in-addr.arpa").zone("mail.example", form.first);
    builder.address("mx1", "192.0.2.10", "n1.mail.example", "n1.mail.example");
    Dns dns;
    dns.zone("2.0.192.in-addr.arpa").zone("mail.example");
    dns.ptr("192.0.2.10", 300, {"n0.mail.example"}).a("n0.mail.example", 300, {"192.0.2.10"});
    const auto plan = plan_for(dns, builder.build()).value();
    const auto index = static_cast<std::size_t>(phase(plan, "add-forward") - plan.phases.data());
    const auto folder = (index < 10 ? "0" : "") + std::to_string(index) + "-add-forward/";
    const auto files_in = [&](std::span<const ZonePatch> patches) {
      std::map<std::string, std::string> files;
      for (const auto& file : plan_files(plan, plan.facts_taken_at, patches)) files[file.path] = file.content;
      return files;
    };
    const auto files = files_in({});
    CHECK(files.contains(folder + form.second));
    CHECK(files.contains(folder + "rollback/" + form.second));
    CHECK(files.contains(folder + "verify.txt"));
    if (form.first != ManagedBy::zonefile) continue;
    const std::vector<ZonePatch> patches{
        {index, name("mail.example"), ManagedBy::zonefile, "forth", "back", ""}};
    const auto patched = files_in(patches);
    CHECK_FALSE(patched.contains(folder + form.second));
    CHECK(patched.at(folder + "mail.example.patch") == "forth");
    CHECK(patched.at(folder + "rollback/mail.example.patch") == "back");
  }
}

TEST_CASE(
    "the MINIMUM of an SOA record is changed with the serial of the moment, and only where that is known") {
  Builder after, before;
  for (auto* builder : {&after, &before}) builder->zone("2.0.192.in-addr.arpa").zone("mail.example");
  const auto now = after.address("mx1", "192.0.2.10", "n1.mail.example", "n1.mail.example").build();
  const auto base = before.address("mx1", "192.0.2.10", "n0.mail.example", "n0.mail.example").build();
  Dns dns;
  dns.zone("2.0.192.in-addr.arpa").zone("mail.example");
  // The address has a low TTL already: of its zone the SOA alone is lowered.
  dns.ptr("192.0.2.10", 86400, {"n0.mail.example"}).a("n0.mail.example", 300, {"192.0.2.10"});
  const auto plan = plan_for(dns, now, &base).value();
  const auto at = static_cast<std::size_t>(phase(plan, "lower-ttl") - plan.phases.data());
  REQUIRE(steps(plan, "lower-ttl").size() == 2);
  const auto zone = name("mail.example");

  const auto in_folder = nsupdate_script(plan, at, zone, false);
  CHECK(in_folder.find("; to be done by hand beside this: SOA ") != std::string::npos);
  CHECK(in_folder.find("\nupdate") == std::string::npos);
  std::set<std::string> paths;
  for (const auto& file : plan_files(plan, plan.facts_taken_at)) paths.insert(file.path);
  CHECK(paths.contains("01-lower-ttl/mail.example.nsupdate"));
  CHECK(paths.contains("01-lower-ttl/rollback/mail.example.nsupdate"));

  // The zone has gone on since: what counts is what it has now.
  auto soa = phase(plan, "lower-ttl")->steps.back().before->rdata.front();
  REQUIRE(phase(plan, "lower-ttl")->steps.back().type == RrType::SOA);
  soa[soa.size() - 17] = '\x2a';
  const auto serial = dns::soa_in(soa).value().serial;
  const auto script = nsupdate_script_with(plan, at, zone, false, &soa);
  CHECK(script.find("prereq yxrrset mail.example. IN SOA " + dns::rdata_text(RrType::SOA, soa)) !=
        std::string::npos);
  const auto add = script.substr(script.find("update add"));
  CHECK(add.find(" " + std::to_string(serial + 1) + " ") != std::string::npos);
  CHECK(add.find(" 300\n") != std::string::npos);
  CHECK(script.find("by hand") == std::string::npos);
  // What it has already is not sent again.
  auto done = phase(plan, "lower-ttl")->steps.back().after->rdata.front();
  CHECK(nsupdate_script_with(plan, at, zone, false, &done).find("\nupdate") == std::string::npos);
}

TEST_CASE("the serial of the moment is that of the server that is farthest ahead") {
  Builder builder;
  builder.zone("2.0.192.in-addr.arpa").zone("mail.example");
  const auto now = builder.address("mx1", "192.0.2.10", "n1.mail.example", "n1.mail.example").build();
  Dns dns;
  dns.zone("2.0.192.in-addr.arpa").zone("mail.example");
  dns.ptr("192.0.2.10", 86400, {"n0.mail.example"}).a("n0.mail.example", 86400, {"192.0.2.10"});
  const auto plan = plan_for(dns, now).value();
  const auto zone = name("mail.example");
  const auto with_serial = [&](char last) {
    auto fact = dns.answer(zone, RrType::SOA);
    auto& rdata = fact.answer.front().rdata.front();
    rdata[rdata.size() - 17] = last;
    return fact;
  };
  dns::FactStore facts;
  auto fact = with_serial(7);
  const auto other = with_serial(9), third = with_serial(8);
  for (const Fact* one : std::initializer_list<const Fact*>{&fact, &other, &third})
    fact.servers.push_back(
        {name("ns.mail.example"), ip("192.0.2.1"), one->outcome, one->answer, one->soa, one->reason});
  facts.insert(fact);
  std::vector<std::size_t> phases;
  for (std::size_t i = 0; i < plan.phases.size(); ++i) phases.push_back(i);
  const auto soas =
      current_soas(plan, phases, facts, 0, {"authority", dns::VantageKind::authoritative, "authority"});
  REQUIRE(soas.contains(zone));
  CHECK(soas.at(zone) == other.answer.front().rdata.front());
  CHECK_FALSE(soas.contains(name("2.0.192.in-addr.arpa")));
}
