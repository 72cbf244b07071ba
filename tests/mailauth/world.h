// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "dns/rdata_reader.h"
#include "dns/rrset.h"
#include "mailauth/spf_evaluate.h"

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
    for (const auto& target : targets)
      rdata.push_back(std::string("\0\x0a", 2) + dns::Name::parse(target).value().wire());
    add(owner, dns::RrType::MX, std::move(rdata));
  }
  void ptr(const std::string& address, const Values& targets) {
    Values rdata;
    for (const auto& target : targets) rdata.push_back(dns::Name::parse(target).value().wire());
    add(dns::reverse_name(IpAddress::parse(address).value()).text(), dns::RrType::PTR, std::move(rdata));
  }
  void state(const std::string& owner, dns::RrType type, SpfLookup::State state) {
    states_[{dns::Name::parse(owner).value(), type}] = state;
  }

  SpfLookup answer(const dns::Name& name, dns::RrType type) const {
    ++asked[{name, type}];
    if (const auto found = states_.find({name, type}); found != states_.end()) return {found->second, {}};
    const auto found = sets_.find({name, type});
    return {SpfLookup::State::known, found == sets_.end() ? std::vector<Values>{Values{}} : found->second};
  }
  SpfAsker asker() const {
    return [this](const dns::Name& name, dns::RrType type) { return answer(name, type); };
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
    sets_[{dns::Name::parse(owner).value(), type}].push_back(std::move(rdata));
  }

  std::map<std::pair<dns::Name, dns::RrType>, std::vector<Values>> sets_;
  std::map<std::pair<dns::Name, dns::RrType>, SpfLookup::State> states_;
};

}  // namespace rdnsgate::mailauth::test
