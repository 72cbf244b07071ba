// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// Plans of random estates lead to what is declared. The planner is not asked: what it overlooks it overlooks
// in a plan from there, too.
#include <doctest/doctest.h>

#include <algorithm>
#include <optional>

#include "mailauth/spf/spf_record.h"
#include "plan/random_estate.h"

using namespace rdnsgate;
using namespace rdnsgate::plan;
using namespace rdnsgate::plan::test;

namespace {

using inventory::Address;

/// What is left when all of the plan is carried out.
struct Arrival {
  explicit Arrival(unsigned seed) : estate(random_case(seed)), dns(estate.dns) {
    auto made = plan_for(estate.dns, estate.now, &estate.base);
    REQUIRE_MESSAGE(made.has_value(), made.error().message);
    plan = std::move(*made);
    for (const auto& phase : plan.phases) {
      for (const auto& step : phase.steps) REQUIRE_MESSAGE(dns.carry_out(step), step_text(step));
    }
  }

  std::vector<Name> pointers(const IpAddress& ip) const {
    return dns.answer(dns::reverse_name(ip), RrType::PTR).targets();
  }
  bool resolves(const Name& name, const IpAddress& ip) const {
    const auto all = dns.answer(name, ip.is_v4() ? RrType::A : RrType::AAAA).addresses();
    return std::find(all.begin(), all.end(), ip) != all.end();
  }
  /// By a record of its own, and not because a wildcard says so.
  bool has_own(const Name& name, const IpAddress& ip) const {
    const auto found = dns.records().find({name, ip.is_v4() ? RrType::A : RrType::AAAA});
    return found != dns.records().end() && has(found->second, dns::rdata_of(ip));
  }
  /// Some note says what becomes of it.
  bool is_noted(const Name& name, const IpAddress& ip) const {
    return std::any_of(plan.notes.begin(), plan.notes.end(), [&](const std::string& note) {
      return note.find(name.text()) != std::string::npos && note.find(ip.to_string()) != std::string::npos;
    });
  }
  /// How often a host is told this of the address.
  std::size_t told(HostAction action, const IpAddress& ip,
                   const std::optional<Name>& helo = std::nullopt) const {
    std::size_t count = 0;
    for (const auto& phase : plan.phases) {
      for (const auto& one : phase.manual) {
        const auto& all = one.addresses;
        if (one.action == action && std::find(all.begin(), all.end(), ip) != all.end() &&
            (!helo || one.helo == *helo))
          ++count;
      }
    }
    return count;
  }
  /// The same of relays and keys that come into use, and go out of it.
  bool starts(const std::string& name) const { return is_among(&Manual::starts, name); }
  bool stops(const std::string& name) const { return is_among(&Manual::stops, name); }
  /// Of the domain's record, and of the one of ours that it may take in.
  std::vector<std::string> spf_words() const {
    std::vector<std::string> all;
    for (const auto& owner : {estate.now.domains.front().name, name("_spf.mail.example")}) {
      const auto fact = dns.answer(owner, RrType::TXT);
      const auto texts =
          fact.rrset() == nullptr ? std::vector<std::string>() : mailauth::spf_texts(fact.rrset()->rdata);
      if (texts.size() != 1) continue;
      const auto words = mailauth::spf_words(texts.front());
      all.insert(all.end(), words.begin(), words.end());
    }
    return all;
  }

  Case estate;
  Dns dns;
  Plan plan;

 private:
  bool is_among(std::vector<std::string> Manual::*names, const std::string& name) const {
    return std::any_of(plan.phases.begin(), plan.phases.end(), [&](const Phase& phase) {
      return std::any_of(phase.manual.begin(), phase.manual.end(), [&](const Manual& one) {
        return std::find((one.*names).begin(), (one.*names).end(), name) != (one.*names).end();
      });
    });
  }
};

void check_declared(const Arrival& one, const Address& address) {
  CHECK(one.pointers(address.ip) == std::vector{address.ptr});
  CHECK(one.resolves(address.ptr, address.ip));
  CHECK(one.resolves(address.helo, address.ip));
  const auto* before = one.estate.base.find(address.ip);
  CHECK(one.told(HostAction::start_egress, address.ip, address.helo) == (before == nullptr ? 1 : 0));
  CHECK(one.told(HostAction::stop_egress, address.ip) == 0);
  const bool is_renamed = before != nullptr && before->helo != address.helo;
  CHECK(one.told(HostAction::switch_helo, address.ip, address.helo) == (is_renamed ? 1 : 0));
}

/// The names that an address had before and has no more.
void check_former(const Arrival& one, const Address& before) {
  const auto* now = one.estate.now.find(before.ip);
  for (const auto* name : {&before.ptr, &before.helo}) {
    CAPTURE(name->text());
    if (now != nullptr && (now->ptr == *name || now->helo == *name)) continue;
    CHECK((!one.has_own(*name, before.ip) || one.is_noted(*name, before.ip)));
  }
  if (now != nullptr) return;
  CHECK(one.told(HostAction::stop_egress, before.ip) == 1);
  const auto left = one.pointers(before.ip);
  CHECK(std::find(left.begin(), left.end(), before.ptr) == left.end());
}

bool sends_through(const inventory::Domain& domain, const std::string& name) {
  return std::any_of(domain.via.begin(), domain.via.end(), [&](const auto& via) { return via.name == name; });
}

void check_services(const Arrival& one) {
  const auto &before = one.estate.base.domains.front(), &now = one.estate.now.domains.front();
  const auto words = one.spf_words();
  for (const auto& relay : one.estate.now.relays) {
    CAPTURE(relay.name);
    const bool was = sends_through(before, relay.name), is = sends_through(now, relay.name);
    CHECK(one.starts(relay.name) == (is && !was));
    CHECK(one.stops(relay.name) == (was && !is));
    const bool is_listed = std::any_of(words.begin(), words.end(), [&](const std::string& word) {
      return word == relay.spf || word == "+" + relay.spf;
    });
    if (is || was) CHECK(is_listed == is);
  }
  for (const std::string selector : {"s0", "s1", "s2"}) {
    CAPTURE(selector);
    const auto has = [&](const auto& domain) {
      return std::find(domain.dkim.begin(), domain.dkim.end(), selector) != domain.dkim.end();
    };
    CHECK(one.starts(selector) == (has(now) && !has(before)));
    CHECK(one.stops(selector) == (has(before) && !has(now)));
    const auto key = one.dns.answer(name(selector + "._domainkey.mail.example"), RrType::TXT);
    if (has(before) || has(now)) CHECK((key.rrset() != nullptr) == has(now));
  }
}

}  // namespace

TEST_CASE("a random plan leads to what is declared, by the inventories and the DNS alone") {
  std::size_t services = 0;
  const unsigned all = estates(600);
  for (unsigned seed = 0; seed < all; ++seed) {
    CAPTURE(seed);
    const Arrival one(seed);
    for (const auto& address : one.estate.now.addresses) {
      CAPTURE(address.ip.to_string());
      check_declared(one, address);
    }
    for (const auto& before : one.estate.base.addresses) {
      CAPTURE(before.ip.to_string());
      check_former(one, before);
    }
    if (one.estate.now.domains.empty()) continue;
    check_services(one);
    ++services;
  }
  CHECK(3 * services > all);
}
