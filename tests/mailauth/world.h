// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/mapped_address.h"
#include "dns/rdata_reader.h"
#include "dns/rrset.h"
#include "mailauth/spf/spf_evaluate.h"
#include "mailauth/spf/spf_sender.h"

namespace rdnsgate::mailauth::test {

/// DNS in memory, for the evaluator to ask. A set that is given twice is about in two versions.
class SpfWorld {
 public:
  using Values = std::vector<std::string>;

  void txt(const std::string& owner, const Values& texts) {
    Values rdata;
    for (const auto& text : texts) rdata.push_back(dns::txt_rdata(text));
    add(owner, dns::RrType::TXT, std::move(rdata));
  }
  void a(const std::string& owner, const Values& addresses) {
    for (const auto type : {dns::RrType::A, dns::RrType::AAAA}) {
      Values rdata;
      for (const auto& text : addresses) {
        const auto ip = IpAddress::parse(text).value();
        if (ip.is_v4() == (type == dns::RrType::A)) rdata.push_back(dns::rdata_of(ip));
      }
      if (!rdata.empty() || addresses.empty()) add(owner, type, std::move(rdata));
    }
  }
  void mx(const std::string& owner, const Values& targets) {
    Values rdata;
    for (const auto& target : targets) rdata.push_back(std::string("\0\x0a", 2) + name_of(target).wire());
    add(owner, dns::RrType::MX, std::move(rdata));
  }
  void ptr(const std::string& address, const Values& targets) {
    ptr_at(dns::reverse_name(IpAddress::parse(address).value()).text(), targets);
  }
  void ptr_at(const std::string& owner, const Values& targets) {
    Values rdata;
    for (const auto& target : targets) rdata.push_back(name_of(target).wire());
    add(owner, dns::RrType::PTR, std::move(rdata));
  }
  void alias(const std::string& owner, const std::string& target) {
    aliases_[name_of(owner)] = name_of(target);
  }
  void raw(const std::string& owner, dns::RrType type, Values rdata) { add(owner, type, std::move(rdata)); }
  void state(const std::string& owner, dns::RrType type, SpfLookup::State state) {
    states_[{name_of(owner), type}] = state;
  }

  SpfLookup answer(const dns::Name& asked_for, dns::RrType type) const {
    ++asked[{asked_for, type}];
    auto name = asked_for;
    for (unsigned hops = 0; aliases_.count(name) != 0; ++hops) {
      if (hops == 10) return {SpfLookup::State::failed, {}, "CNAME loop"};
      name = aliases_.at(name);
    }
    if (const auto found = states_.find({name, type}); found != states_.end()) return {found->second, {}};
    const auto found = sets_.find({name, type});
    return {SpfLookup::State::known, found == sets_.end() ? std::vector<Values>{Values{}} : found->second};
  }
  SpfAsker asker() const {
    return [this](const dns::Name& name, dns::RrType type) { return answer(name, type); };
  }
  /// As the program is asked: the result, and the explanation behind it.
  std::string verdict(const std::string& ip, const std::string& sender,
                      const std::string& helo = "mx.client.example") const {
    const auto asked_for = spf_check(parse_with_mapped(ip).value(), sender, helo);
    if (!asked_for.domain) return "none";
    SpfEvaluator evaluator(asker());
    const auto outcome = evaluator.evaluate(asked_for.who, *asked_for.domain);
    const auto reason = evaluator.explain(asked_for.who, outcome, {"mx.receiver.example", 1'700'000'000});
    return outcome.results.text() + (reason.text ? ": " + *reason.text : "");
  }
  SpfOutcome evaluate(const std::string& ip, const std::string& domain) const {
    return SpfEvaluator(asker()).evaluate(who(ip, domain), dns::Name::parse(domain).value());
  }
  std::string check(const std::string& ip, const std::string& domain = "example.com") const {
    return evaluate(ip, domain).results.text();
  }
  static SpfIdentity who(const std::string& ip, const std::string& domain) {
    return {IpAddress::parse(ip).value(), std::nullopt, dns::Name::parse(domain).value(), std::nullopt};
  }

  mutable std::map<std::pair<dns::Name, dns::RrType>, unsigned> asked;

 private:
  void add(const std::string& owner, dns::RrType type, Values rdata) {
    std::sort(rdata.begin(), rdata.end());
    sets_[{name_of(owner), type}].push_back(std::move(rdata));
  }
  static dns::Name name_of(const std::string& text) {
    if (text == ".") return {};
    return spf_domain(text).value().name;
  }

  std::map<std::pair<dns::Name, dns::RrType>, std::vector<Values>> sets_;
  std::map<std::pair<dns::Name, dns::RrType>, SpfLookup::State> states_;
  std::map<dns::Name, dns::Name> aliases_;
};

}  // namespace rdnsgate::mailauth::test
