// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "mailauth/records/alignment.h"

#include <doctest/doctest.h>

#include <map>
#include <set>
#include <string>

#include "dns/rdata_reader.h"

using namespace rdnsgate;
using namespace rdnsgate::mailauth;
using dns::Name;

namespace {

Name name(const std::string& text) { return Name::parse(text).value(); }

/// A list that knows com and co.uk.
Name registered(const Name& of) {
  auto shorter = of;
  const std::size_t most = of.is_within(name("co.uk")) ? 3 : 2;
  while (shorter.label_count() > most) shorter = shorter.parent();
  return shorter;
}

/// DMARC records by the domain; every other name has none, or cannot be asked.
struct Records {
  std::map<std::string, std::string> at;
  std::set<std::string> failing{};

  template <typename Read>
  auto read(const Read& judge) const {
    dns::FactStore store;
    while (true) {
      dns::FactDesk desk(store, 0);
      auto found = judge(desk);
      if (desk.complete()) return found;
      for (const auto& question : desk.missing()) store.insert(answer(question));
    }
  }

  Alignments align(const std::string& from, const std::string& authenticated,
                   AlignmentMode mode = AlignmentMode::relaxed) const {
    return read([&](dns::FactDesk& desk) {
      return mailauth::align(desk, name(from), name(authenticated), mode, registered);
    });
  }
  DmarcForecasts forecast(const std::string& from, const PathIdentities& path) const {
    return read([&](dns::FactDesk& desk) {
      const auto found = discover_dmarc(desk, name(from), registered);
      return forecast_dmarc(desk, found, path, registered);
    });
  }

 private:
  dns::Fact answer(const dns::Question& question) const {
    dns::Fact fact;
    fact.question = question;
    fact.outcome = dns::Outcome::nxdomain;
    const auto domain = question.name.parent().text();
    if (failing.contains(domain)) fact.outcome = dns::Outcome::timeout;
    const auto found = at.find(domain);
    if (question.type != dns::RrType::TXT || found == at.end()) return fact;
    fact.outcome = dns::Outcome::answer;
    fact.answer.push_back({question.name, question.type, 300, {dns::txt_rdata(found->second)}});
    return fact;
  }
};

const Records own{{{"example.com", "v=DMARC1; p=reject"}}};

}  // namespace

TEST_CASE("alignment: the same domain is aligned in either mode, and letters do not count") {
  for (const auto mode : {AlignmentMode::relaxed, AlignmentMode::strict}) {
    const auto found = Records{}.align("example.com", "EXAMPLE.com", mode);
    CHECK(found.tree == Alignment::same_domain);
    CHECK(found.list == Alignment::same_domain);
  }
}

TEST_CASE("alignment: domains of one organisation, relaxed and strict, either way round") {
  for (const auto& [from, authenticated] :
       {std::pair{"example.com", "bounce.example.com"}, std::pair{"bounce.example.com", "example.com"},
        std::pair{"a.example.com", "b.example.com"}}) {
    const std::string_view shown = from;  // clang 14 captures no binding
    CAPTURE(shown);
    CHECK(own.align(from, authenticated).tree == Alignment::same_organisation);
    CHECK(own.align(from, authenticated).list == Alignment::same_organisation);
    CHECK(own.align(from, authenticated, AlignmentMode::strict).tree == Alignment::strict_differs);
    CHECK(own.align(from, authenticated, AlignmentMode::strict).list == Alignment::strict_differs);
  }
}

TEST_CASE("alignment: domains of two organisations are never aligned") {
  for (const auto* other : {"example.net", "example.org.com", "notexample.com", "com", "relay.com"}) {
    CAPTURE(other);
    const auto found = own.align("example.com", other);
    CHECK(found.tree == Alignment::other_organisation);
    CHECK(found.list == Alignment::other_organisation);
  }
  CHECK(own.align("a.co.uk", "b.co.uk").list == Alignment::other_organisation);
}

TEST_CASE("alignment: without any record the tree walk takes each domain for an organisation of its own") {
  const auto found = Records{}.align("example.com", "bounce.example.com");
  CHECK(found.tree == Alignment::other_organisation);
  CHECK(found.list == Alignment::same_organisation);
  CHECK(found.differ());
}

TEST_CASE("alignment: psd= parts what the list joins, and joins what the list parts") {
  const Records parted{{{"example.com", "v=DMARC1; p=none"}, {"a.example.com", "v=DMARC1; p=none; psd=n"}}};
  CHECK(parted.align("example.com", "a.example.com").tree == Alignment::other_organisation);
  CHECK(parted.align("example.com", "a.example.com").list == Alignment::same_organisation);
  const Records registry{{{"example.com", "v=DMARC1; p=none; psd=y"}}};
  CHECK(registry.align("x.example.com", "y.example.com").tree == Alignment::other_organisation);
  CHECK(registry.align("x.example.com", "z.x.example.com").tree == Alignment::same_organisation);
  const Records above{{{"co.uk", "v=DMARC1; p=none"}}};
  CHECK(above.align("a.co.uk", "b.co.uk").tree == Alignment::same_organisation);
  CHECK(above.align("a.co.uk", "b.co.uk").list == Alignment::other_organisation);
}

TEST_CASE("alignment: what holds whatever a failed lookup would have said is known") {
  auto records = own;
  records.failing = {"com"};
  CHECK(records.align("example.com", "bounce.example.com").tree == Alignment::same_organisation);
  CHECK(records.align("example.com", "relay.net").tree == Alignment::other_organisation);
  // com could have a record, and be the organisational domain of both.
  CHECK(records.align("example.com", "relay.com").tree == Alignment::unknown);
  CHECK(records.align("example.com", "relay.com").list == Alignment::other_organisation);
  records.failing = {"bounce.example.com"};  // it could say psd=n
  CHECK(records.align("example.com", "bounce.example.com").tree == Alignment::unknown);
  CHECK(records.align("example.com", "bounce.example.com", AlignmentMode::strict).tree ==
        Alignment::strict_differs);
}

TEST_CASE("forecast: one of SPF and DKIM aligned is enough, and each is told by itself") {
  auto said = own.forecast("example.com", {name("relay.net"), {name("relay.net"), name("example.com")}});
  CHECK(said.tree.result == DmarcResult::pass);
  CHECK(said.tree.spf == Alignment::other_organisation);
  CHECK(said.tree.dkim == Alignment::same_domain);
  said = own.forecast("example.com", {name("relay.net"), {}});
  CHECK(said.tree.result == DmarcResult::fail);
  CHECK(said.list.result == DmarcResult::fail);
  CHECK(said.list.policy == DmarcPolicy::reject);
  CHECK_FALSE(said.list.dkim);
  CHECK(own.forecast("example.com", {}).tree.result == DmarcResult::fail);
}

TEST_CASE("forecast: each of adkim= and aspf= is its own") {
  const Records strict_spf{{{"example.com", "v=DMARC1; p=reject; aspf=s"}}};
  auto said = strict_spf.forecast("example.com", {name("b.example.com"), {name("b.example.com")}});
  CHECK(said.tree.spf == Alignment::strict_differs);
  CHECK(said.tree.dkim == Alignment::same_organisation);
  CHECK(said.list.spf == Alignment::strict_differs);
  const Records strict_dkim{{{"example.com", "v=DMARC1; p=reject; adkim=s"}}};
  said = strict_dkim.forecast("example.com", {name("b.example.com"), {name("b.example.com")}});
  CHECK(said.list.spf == Alignment::same_organisation);
  CHECK(said.list.dkim == Alignment::strict_differs);
}

TEST_CASE("forecast: without a record nothing is judged, and one of two generations may have one") {
  CHECK(Records{}.forecast("example.com", {}).tree.result == DmarcResult::none);
  CHECK(Records{}.forecast("example.com", {}).list.result == DmarcResult::none);
  const Records between{{{"b.example.com", "v=DMARC1; p=reject"}}};
  const auto said = between.forecast("a.b.example.com", {});
  CHECK(said.tree.result == DmarcResult::fail);
  CHECK(said.list.result == DmarcResult::none);
  const Records without_effect{{{"example.com", "v=DMARC1; sp=none"}}};
  CHECK(without_effect.forecast("example.com", {}).tree.result == DmarcResult::none);
}

TEST_CASE("forecast: where the record is not known, what is so in both modes is known") {
  Records failing;
  failing.failing = {"example.com"};
  auto said = failing.forecast("example.com", {name("example.com"), {}});
  CHECK(said.tree.spf == Alignment::same_domain);
  CHECK(said.tree.result == DmarcResult::unknown);  // whether anything is judged is not known
  said = failing.forecast("example.com", {name("b.example.com"), {}});
  CHECK(said.list.spf == Alignment::unknown);
  CHECK(failing.forecast("example.com", {name("relay.net"), {}}).list.spf == Alignment::other_organisation);
}
