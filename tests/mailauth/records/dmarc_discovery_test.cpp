// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "mailauth/records/dmarc_discovery.h"

#include <doctest/doctest.h>

#include <map>

#include "dns/rdata_reader.h"

using namespace rdnsgate;
using namespace rdnsgate::mailauth;

namespace {

dns::Name name(const std::string& text) { return dns::Name::parse(text).value(); }

/// The DNS as a few TXT records; every other name does not exist, or cannot be asked.
class Zone {
 public:
  Zone& txt(const std::string& owner, std::vector<std::string> texts) {
    records_[owner] = std::move(texts);
    return *this;
  }
  Zone& fails(const std::string& owner) {
    failing_.push_back(owner);
    return *this;
  }
  Zone& address(const std::string& owner) {
    addresses_.push_back(owner);
    return *this;
  }

  DmarcDiscovery discover(const std::string& domain) {
    const auto last_two = [](const dns::Name& of) {
      auto shorter = of;
      while (shorter.label_count() > 2) shorter = shorter.parent();
      return shorter;
    };
    while (true) {
      dns::FactDesk desk(store_, 0);
      auto found = discover_dmarc(desk, name(domain), last_two);
      if (desk.complete()) return found;
      for (const auto& question : desk.missing()) {
        ++asked;
        store_.insert(answer(question));
      }
    }
  }

  unsigned asked = 0;

 private:
  dns::Fact answer(const dns::Question& question) const {
    dns::Fact fact;
    fact.question = question;
    const auto owner = question.name.text();
    const auto has = [&](const auto& list) {
      return std::find(list.begin(), list.end(), owner) != list.end();
    };
    const auto found = records_.find(owner);
    if (has(failing_)) {
      fact.outcome = dns::Outcome::timeout;
    } else if (question.type == dns::RrType::TXT && found != records_.end()) {
      fact.outcome = dns::Outcome::answer;
      dns::RRset set{question.name, question.type, 300, {}};
      for (const auto& text : found->second) set.rdata.push_back(dns::txt_rdata(text));
      fact.answer.push_back(std::move(set));
    } else if (question.type == dns::RrType::A && has(addresses_)) {
      fact.outcome = dns::Outcome::answer;
      fact.answer.push_back({question.name, question.type, 300, {dns::rdata_of(IpAddress::v4(0xC0000201))}});
    } else {
      fact.outcome = dns::Outcome::nxdomain;
    }
    return fact;
  }

  std::map<std::string, std::vector<std::string>> records_;
  std::vector<std::string> failing_, addresses_;
  dns::FactStore store_;
};

const std::string reject = "v=DMARC1; p=reject";

bool says(const DmarcDiscovery& found, std::string_view id) {
  Reasons reasons;
  judge_discovery(found, reasons);
  return reasons.has(id);
}

}  // namespace

TEST_CASE("a record at the domain itself") {
  const auto found = Zone().txt("_dmarc.example.com", {reject}).discover("example.com");
  REQUIRE(found.applying());
  CHECK(found.applying()->domain == name("example.com"));
  CHECK(found.policy == DmarcPolicy::reject);
  CHECK(found.policy_7489 == DmarcPolicy::reject);
  CHECK(found.walk.organisational == name("example.com"));
  CHECK_FALSE(says(found, "standards-differ"));
}

TEST_CASE("the walk asks eight names at most, the ones of RFC 9989 section 4.10") {
  Zone zone;
  const auto found = zone.discover("a.b.c.d.e.f.g.h.i.j.mail.example.com");
  std::vector<std::string> owners;
  for (const auto& stop : found.walk.stops) owners.push_back(stop.owner.text());
  CHECK(owners == std::vector<std::string>{"_dmarc.a.b.c.d.e.f.g.h.i.j.mail.example.com",
                                           "_dmarc.g.h.i.j.mail.example.com", "_dmarc.h.i.j.mail.example.com",
                                           "_dmarc.i.j.mail.example.com", "_dmarc.j.mail.example.com",
                                           "_dmarc.mail.example.com", "_dmarc.example.com", "_dmarc.com"});
  CHECK(zone.asked == 8);
  CHECK_FALSE(found.applying());
  CHECK(found.walk.decided);
  CHECK(Zone().discover("a.b.c.d.e.f.g.com").walk.stops.size() == 8);
  CHECK(Zone().discover("com").walk.stops.size() == 1);
}

TEST_CASE("the organisational domain by the walk") {
  const auto of = [](auto&& zone) { return zone.discover("a.mail.example.com").walk.organisational; };
  CHECK(of(Zone().txt("_dmarc.mail.example.com", {reject}).txt("_dmarc.example.com", {reject})) ==
        name("example.com"));
  CHECK(of(Zone().txt("_dmarc.mail.example.com", {reject + "; psd=n"}).txt("_dmarc.example.com", {reject})) ==
        name("mail.example.com"));
  CHECK(of(Zone().txt("_dmarc.com", {reject + "; psd=y"})) == name("example.com"));
  CHECK(of(Zone()) == name("a.mail.example.com"));
  CHECK_FALSE(of(Zone().fails("_dmarc.com")));
  CHECK(of(Zone().txt("_dmarc.mail.example.com", {reject + "; psd=n"}).fails("_dmarc.com")) ==
        name("mail.example.com"));
}

TEST_CASE("what is inherited") {
  const std::string all = "v=DMARC1; p=reject; sp=quarantine; np=none";
  auto found =
      Zone().txt("_dmarc.example.com", {all}).address("news.example.com").discover("news.example.com");
  CHECK(found.policy == DmarcPolicy::quarantine);
  CHECK(found.policy_7489 == DmarcPolicy::quarantine);
  CHECK(found.exists == true);
  CHECK(says(found, "inherited"));
  found = Zone().txt("_dmarc.example.com", {all}).discover("gone.example.com");
  CHECK(found.exists == false);
  CHECK(found.policy == DmarcPolicy::none);
  CHECK(found.policy_7489 == DmarcPolicy::quarantine);  // which knows no np=
  CHECK(says(found, "standards-differ"));
  found = Zone().txt("_dmarc.com", {"v=DMARC1; p=none; sp=reject; psd=y"}).discover("example.com");
  CHECK(found.policy == DmarcPolicy::reject);
  CHECK_FALSE(found.applies_7489);
  CHECK(says(found, "standards-differ"));
  // Two records count as none.
  found = Zone()
              .txt("_dmarc.a.example.com", {reject, reject})
              .txt("_dmarc.example.com", {"v=DMARC1; p=none"})
              .discover("a.example.com");
  CHECK(found.policy == DmarcPolicy::none);
}

TEST_CASE("a lookup that failed is no record that is missing") {
  auto found = Zone().fails("_dmarc.example.com").discover("example.com");
  CHECK_FALSE(found.walk.decided);
  CHECK_FALSE(found.decided_7489);
  CHECK_FALSE(says(found, "standards-differ"));
  found = Zone().fails("_dmarc.com").txt("_dmarc.example.com", {reject}).discover("example.com");
  CHECK(found.walk.decided);
  CHECK(says(found, "organisational-unknown"));
  found = Zone().fails("_dmarc.com").discover("example.com");
  CHECK_FALSE(found.walk.decided);
}

TEST_CASE("who takes reports about others says so") {
  const std::string record =
      reject + "; rua=mailto:a@rua.example.com,mailto:b@reports.example.net,mailto:c@reports.example.net";
  auto found = Zone().txt("_dmarc.example.com", {record}).discover("example.com");
  REQUIRE(found.consents.size() == 1);
  CHECK(found.consents[0].owner.text() == "example.com._report._dmarc.reports.example.net");
  CHECK_FALSE(found.consents[0].given);
  CHECK(says(found, "report-unauthorised"));
  const std::string consent = "example.com._report._dmarc.reports.example.net";
  found = Zone().txt("_dmarc.example.com", {record}).txt(consent, {"v=DMARC1"}).discover("example.com");
  CHECK(found.consents[0].given);
  CHECK_FALSE(says(found, "report-unauthorised"));
  found = Zone().txt("_dmarc.example.com", {record}).txt(consent, {"v=spf1 -all"}).discover("example.com");
  CHECK_FALSE(found.consents[0].given);
  found = Zone().txt("_dmarc.example.com", {record}).fails(consent).discover("example.com");
  CHECK_FALSE(says(found, "report-unauthorised"));
}
