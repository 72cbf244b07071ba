// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/random_spf.h"

#include <algorithm>
#include <array>
#include <map>
#include <random>
#include <set>

#include "dns/rdata_reader.h"

namespace rdnsgate::plan::test {
namespace {

constexpr const char* own = "example.com";
constexpr const char* stranger = "_spf.relay.example";

class Generator {
 public:
  explicit Generator(unsigned seed) : random_(seed) {}

  Case make() {
    for (auto* builder : {&before_, &after_}) {
      for (const auto* zone :
           {own, "2.0.192.in-addr.arpa", "100.51.198.in-addr.arpa", "8.b.d.0.1.0.0.2.ip6.arpa"})
        builder->zone(zone);
    }
    for (const auto& zone : before_.raw().zones) dns_.zone(zone.name.text());
    std::vector<std::string> senders;
    for (unsigned i = 0; i < 1 + pick(3); ++i) senders.push_back("s" + std::to_string(i));
    for (const auto& sender : senders) add_sender(sender);
    for (const auto* domain : {own, "news.example.com"}) {
      if (domain != std::string(own) && chance(2)) continue;
      auto via = senders;
      if (via.size() > 1 && chance(3)) via.pop_back();
      before_.domain(domain, via);
      after_.domain(domain, via);
      domains_.emplace_back(domain);
    }
    if (chance(3)) after_.raw().retired_addresses.push_back({ip(listed_), {}});
    publish_names();
    publish_records();
    return {before_.build(), after_.build(), dns_};
  }

 private:
  unsigned pick(unsigned below) { return std::uniform_int_distribution<unsigned>(0, below - 1)(random_); }
  bool chance(unsigned one_in) { return pick(one_in) == 0; }
  std::string host() { return "h" + std::to_string(pick(5)) + "." + own; }
  std::string fresh() {
    ++used_;
    if (chance(5)) return "2001:db8::" + std::to_string(used_);
    return (chance(3) ? "198.51.100." : "192.0.2.") + std::to_string(used_);
  }
  static bool is_v4(const std::string& address) { return address.find(':') == std::string::npos; }

  void add_sender(const std::string& sender) {
    const auto name = host();
    for (unsigned i = 0; i < 1 + pick(2); ++i) {
      const auto address = fresh();
      const auto said = chance(4) ? host() : name;
      before_.address(sender, address, said, said);
      names_[said].push_back(address);
      all_.push_back(address);
      dns_.ptr(address, 300, {said});
      if (chance(3)) continue;  // it goes
      const auto then = chance(4) ? host() : said;
      after_.address(sender, address, then, then);
    }
    if (chance(2)) return;
    const auto then = chance(3) ? host() : name;
    after_.address(sender, fresh(), then, then);
  }

  void publish_names() {
    if (chance(2)) names_[std::string("www.") + own].push_back(all_[pick(unsigned(all_.size()))]);
    if (chance(2)) names_[own].push_back(all_[pick(unsigned(all_.size()))]);
    if (chance(4)) names_[std::string("www.") + own].push_back(listed_);
    if (chance(4)) names_[std::string("www.") + own].push_back("203.0.113.80");
    for (const auto& [owner, addresses] : names_) {
      std::vector<std::string> v4, v6;
      for (const auto& one : addresses) (is_v4(one) ? v4 : v6).push_back(one);
      const auto unique = [](std::vector<std::string>& some) {
        std::sort(some.begin(), some.end());
        some.erase(std::unique(some.begin(), some.end()), some.end());
      };
      unique(v4), unique(v6);
      if (!v4.empty()) dns_.a(owner, ttl(), v4);
      if (!v6.empty()) dns_.aaaa(owner, ttl(), v6);
    }
    if (chance(2)) dns_.set(own, RrType::MX, ttl(), {std::string("\0\x0a", 2) + name(host()).wire()});
    for (const auto& address : all_) {
      if (is_v4(address) && chance(3)) dns_.a(address + ".ok." + own, 300, {"127.0.0.2"});
    }
  }
  std::uint32_t ttl() { return std::array{300u, 3600u, 86400u}[pick(3)]; }

  std::string term() {
    const auto& address = all_[pick(unsigned(all_.size()))];
    switch (pick(12)) {
      case 0:
      case 1:
        return "a:" + host();
      case 2:
        return chance(2) ? std::string("a") : std::string("a:www.") + own;
      case 3:
        return "mx";
      case 4:
        return "ip4:192.0.2.0/" + std::to_string(28 + pick(3));
      case 5:
        return std::string("exists:%{i}.ok.") + own;
      case 6:
        return std::string(chance(2) ? "?" : "-") + "ip4:198.51.100.0/29";
      case 7:
        return std::string("ip4:") + listed_;
      default:
        return (is_v4(address) ? "ip4:" : "ip6:") + address;
    }
  }

  std::string record(bool may_take_in) {
    std::string text = "v=spf1";
    std::set<std::string> seen;
    const auto add = [&](const std::string& one) {
      if (seen.insert(one).second) text += " " + one;
    };
    for (unsigned i = 0; i < 1 + pick(4); ++i) add(term());
    if (may_take_in && chance(2)) {
      add(std::string("include:_spf.") + own), inner_ = true;
      if (chance(2)) add(term());
    }
    if (may_take_in && chance(3)) add(std::string("include:") + stranger), outer_ = true;
    if (may_take_in && chance(5)) return inner_ = true, text + " redirect=_spf." + own;
    return text + (chance(2) ? " -all" : " ~all");
  }

  void publish_records() {
    for (const auto& domain : domains_) {
      if (!chance(10)) dns_.set(domain, RrType::TXT, ttl(), {dns::txt_rdata(record(true))});
    }
    if (inner_) dns_.set(std::string("_spf.") + own, RrType::TXT, ttl(), {dns::txt_rdata(record(false))});
    if (!outer_) return;
    dns_.zone("relay.example");
    dns_.set(stranger, RrType::TXT, 300, {dns::txt_rdata(record(false))});
    if (chance(3)) dns_.broken(stranger, RrType::TXT, chance(2) ? Outcome::timeout : Outcome::servfail);
  }

  std::mt19937 random_;
  Builder before_, after_;
  Dns dns_;
  unsigned used_ = 0;
  bool inner_ = false, outer_ = false;
  const std::string listed_ = "192.0.2.14";
  std::vector<std::string> all_, domains_;
  std::map<std::string, std::vector<std::string>> names_;
};

}  // namespace

Case random_spf(unsigned seed) { return Generator(seed).make(); }

}  // namespace rdnsgate::plan::test
