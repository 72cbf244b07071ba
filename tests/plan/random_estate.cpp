// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/random_estate.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <random>
#include <string_view>

namespace rdnsgate::plan::test {
namespace {

constexpr const char* forward_zone = "mail.example";
constexpr const char* reverse_zone = "2.0.192.in-addr.arpa";
constexpr const char* small_zone = "0-63.2.0.192.in-addr.arpa";
constexpr const char* old_small_zone = "0-127.2.0.192.in-addr.arpa";
constexpr const char* reverse_zone6 = "8.b.d.0.1.0.0.2.ip6.arpa";

class Generator {
 public:
  explicit Generator(unsigned seed) : random_(seed), spf_random_(seed + 7208), wild_random_(seed + 4592) {}

  Case make() {
    Case result;
    Builder before, after;
    for (const auto* zone : {forward_zone, reverse_zone, small_zone, reverse_zone6}) declare(before, zone);
    after.raw().zones = before.raw().zones;
    classless_ = chance(3);
    moving_ = !classless_ && chance(3);
    declared_ttls_ = chance(3);
    const unsigned hosts = 1 + pick(4);
    std::vector<std::string> senders;
    for (unsigned i = 0; i < hosts; ++i) {
      const auto sender = "s" + std::to_string(i);
      senders.push_back(sender);
      if (!chance(6)) add(before, sender, addresses(), before_names_);
      if (!chance(8)) add(after, sender, changed(sender), after_names_);
    }
    with_spf_ = chance(2);
    with_services_ = with_spf_ && chance(2);
    if (with_spf_) {
      for (auto* builder : {&before, &after}) {
        auto via = senders;
        for (const auto* relay : {"r0", "r1", "r2"}) {
          builder->raw().relays.push_back({relay, relay_term(relay), {}, {}, {}, {}, {}});
          if (!with_services_ || chance(2)) continue;
          via.push_back(relay);
          if (builder == &before) relays_.push_back(relay);
        }
        builder->domain("mail.example", via);
        for (const auto* selector : {"s0", "s1", "s2"}) {
          if (with_services_ && chance(2)) builder->raw().domains.back().dkim.push_back(selector);
        }
      }
    }
    result.base = before.build();
    result.now = after.build();
    result.now.defaults.rollout.wave_percent = std::array{10u, 50u, 100u}[pick(3)];
    result.now.defaults.rollout.max_wave = std::array{1u, 2u, 50u}[pick(3)];
    publish(result);
    return result;
  }

 private:
  unsigned pick(unsigned below) { return std::uniform_int_distribution<unsigned>(0, below - 1)(random_); }
  bool chance(unsigned one_in) { return pick(one_in) == 0; }
  std::uint32_t ttl() { return std::array{0u, 30u, 300u, 3600u, 86400u}[pick(5)]; }
  std::string host() { return "h" + std::to_string(pick(5)) + ".mail.example"; }

  void declare(Builder& builder, const char* zone) {
    builder.zone(zone, std::array{ManagedBy::nsupdate, ManagedBy::zonefile, ManagedBy::ticket}[pick(3)]);
    auto& declared = builder.last_zone();
    if (chance(4)) declared.publish_delay = seconds(std::array{900, 7200}[pick(2)]);
    if (chance(4)) declared.min_ttl = seconds(std::array{600, 3600}[pick(2)]);
    if (chance(8)) declared.max_ttl = seconds(43200);
  }

  std::vector<std::string> addresses() {
    std::vector<std::string> all = {fresh_v4()};
    if (chance(2)) all.push_back("2001:db8::" + std::to_string(1 + used_++));
    if (chance(4)) all.push_back(fresh_v4());
    return all;
  }
  std::string fresh_v4() { return "192.0.2." + std::to_string(1 + used_++); }

  void add(Builder& builder, const std::string& sender, const std::vector<std::string>& all,
           std::map<std::string, std::pair<std::string, std::string>>& names) {
    addresses_[sender] = all;
    const auto helo = host();
    for (const auto& address : all) {
      const auto ptr = chance(4) ? host() : helo;
      names[address] = {ptr, helo};
      builder.address(sender, address, ptr, helo);
      if (declared_ttls_ && chance(2)) {
        builder.raw().addresses.back().ttl = std::array{600u, 3600u, 172800u}[pick(3)];
        builder.raw().addresses.back().ttl_declared = true;
      }
    }
  }

  /// The addresses that the sender keeps, and new ones.
  std::vector<std::string> changed(const std::string& sender) {
    std::vector<std::string> all;
    for (const auto& address : addresses_[sender]) {
      if (!chance(4)) all.push_back(address);
    }
    if (all.empty() || chance(3)) all.push_back(fresh_v4());
    return all;
  }

  /// The DNS follows the earlier inventory, with a blemish here and there.
  void publish(Case& result) {
    for (const auto* zone : {forward_zone, reverse_zone, reverse_zone6}) result.dns.zone(zone, 86400, ttl());
    if (classless_ || moving_) result.dns.zone(small_zone, 86400, ttl());
    if (moving_) result.dns.zone(old_small_zone, 86400, ttl());
    std::map<std::pair<std::string, bool>, std::vector<std::string>> forward;
    std::string spf = "v=spf1";
    for (const auto& [address, names] : before_names_) {
      const bool v6 = address.find(':') != std::string::npos;
      for (const auto& owner : {names.first, names.second}) {
        auto& all = forward[{owner, v6}];
        if (!chance(12) && std::find(all.begin(), all.end(), address) == all.end()) all.push_back(address);
      }
      if (!chance(12)) publish_ptr(result.dns, address, chance(12) ? "generic.hoster.example" : names.first);
      if (!chance(12)) spf += (v6 ? " ip6:" : " ip4:") + address;
    }
    for (const auto& address : result.now.addresses) {
      if (classless_ && address.ip.is_v4()) alias(result.dns, address.ip.to_string());
      if (moving_ && address.ip.is_v4() && chance(4)) {
        result.dns.set(in_small_zone(address.ip.to_string()), RrType::PTR, ttl(),
                       {chance(2) ? address.ptr.wire() : name(host()).wire()});
      }
    }
    for (const auto& [key, all] : forward) {
      if (all.empty()) continue;
      key.second ? result.dns.aaaa(key.first, ttl(), all) : result.dns.a(key.first, ttl(), all);
    }
    for (const auto& relay : relays_) {
      if (!chance(12)) spf += (chance(4) ? " +" : " ") + relay_term(relay);
    }
    if (with_spf_) publish_spf(result.dns, spf);
    publish_wildcards(result.dns);
    for (const std::string relay : {"r0", "r1", "r2"}) {
      const auto block = "203.0.113." + std::to_string(64 * (relay.back() - '0')) + "/26";
      result.dns.txt("spf." + relay + ".example", 300, {"v=spf1 ip4:" + block + " -all"});
    }
    for (const auto* selector : {"s0", "s1", "s2"}) {
      if (with_services_)
        result.dns.txt(std::string(selector) + "._domainkey.mail.example", ttl(),
                       {std::string("v=DKIM1; p=") + selector});
    }
    if (chance(2)) result.dns.a(host(), ttl(), {"203.0.113.80"});
  }

  /// Addresses one by one, in the domain's own record or in one that it takes in; or by name or block.
  void publish_spf(Dns& dns, std::string spf) {
    const auto style = std::uniform_int_distribution<unsigned>(0, 6)(spf_random_);
    const auto keep = ttl();
    if (style == 1 || style == 2) {
      for (const auto& [address, names] : before_names_) {
        if (address.find(':') != std::string::npos && style == 2) continue;
        const auto term = " a:" + names.second;
        if (spf.find(term + " ") == std::string::npos && !spf.ends_with(term)) spf += term;
      }
      if (style == 2) spf.replace(0, 6, "v=spf1 ip4:192.0.2.0/30");
      for (std::size_t at; style == 1 && (at = spf.find(" ip")) != std::string::npos;)
        spf.erase(at, std::min(spf.find(' ', at + 1), spf.size()) - at);
    }
    if (style == 3 || style == 4) {
      dns.txt("_spf.mail.example", keep, {spf + " ?all"});
      spf = style == 3 ? "v=spf1 include:_spf.mail.example" : "v=spf1 redirect=_spf.mail.example";
    }
    if (style == 5) spf.replace(0, 6, "v=spf1 ip4:192.0.2.0/29 -ip4:192.0.2.8/30");
    dns.txt(forward_zone, keep, {style == 4 ? spf : spf + " -all"});
  }

  /// What answers for names that have nothing of their own: addresses of a stranger, or of ours.
  void publish_wildcards(Dns& dns) {
    const auto draw = [&](unsigned below) {
      return std::uniform_int_distribution<unsigned>(0, below - 1)(wild_random_);
    };
    if (draw(5) != 0) return;
    const auto keep = std::array{300u, 3600u, 86400u}[draw(3)];
    std::vector<std::string> v4 = {"198.51.100.99"}, v6 = {"2001:db8:ffff::99"};
    for (const auto& [address, names] : before_names_) {
      if (draw(6) == 0) (address.find(':') == std::string::npos ? v4 : v6).push_back(address);
    }
    dns.a(std::string("*.") + forward_zone, keep, v4);
    if (draw(2) == 0) dns.aaaa(std::string("*.") + forward_zone, keep, v6);
    if (!classless_ && !moving_ && draw(2) == 0)
      dns.set(std::string("*.") + reverse_zone, RrType::PTR, keep, {name("pool.hoster.example").wire()});
  }

  void publish_ptr(Dns& dns, const std::string& address, const std::string& target) {
    if (classless_ && address.find(':') == std::string::npos) {
      alias(dns, address);
      dns.set(in_small_zone(address), RrType::PTR, ttl(), {name(target).wire()});
    } else if (moving_ && address.find(':') == std::string::npos && chance(4)) {
      // Another block leads there so far.
      const auto owner = in_small_zone(address, old_small_zone);
      dns.cname(dns::reverse_name(ip(address)).text(), ttl(), owner);
      dns.set(owner, RrType::PTR, ttl(), {name(target).wire()});
    } else {
      dns.ptr(address, ttl(), {target});
    }
  }

  static std::string relay_term(const std::string& relay) { return "include:spf." + relay + ".example"; }

  static std::string in_small_zone(const std::string& address, const char* zone = small_zone) {
    return address.substr(address.rfind('.') + 1) + "." + zone;
  }
  static void alias(Dns& dns, const std::string& address) {
    dns.cname(dns::reverse_name(ip(address)).text(), 86400, in_small_zone(address));
  }

  std::mt19937 random_, spf_random_, wild_random_;
  unsigned used_ = 0;
  bool classless_ = false;  ///< reverse names are aliases into the declared block's zone
  bool moving_ = false;     ///< and are to become so
  bool with_spf_ = false, declared_ttls_ = false;
  bool with_services_ = false;  ///< relays and keys come and go
  std::vector<std::string> relays_;
  std::map<std::string, std::vector<std::string>> addresses_;
  std::map<std::string, std::pair<std::string, std::string>> before_names_, after_names_;
};

}  // namespace

Case random_case(unsigned seed) { return Generator(seed).make(); }

bool is_long_form() {
  const char* text = std::getenv("RDNSGATE_ESTATES");
  return text != nullptr && std::string_view(text) == "all";
}

unsigned estates(unsigned all) { return is_long_form() ? all : all / 4; }

std::string kind_of(const Phase& phase) {
  const auto end = phase.id.find_first_of("0123456789");
  return end == std::string::npos ? phase.id : phase.id.substr(0, end - 1);
}

}  // namespace rdnsgate::plan::test
