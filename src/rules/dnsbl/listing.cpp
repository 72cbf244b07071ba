// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/dnsbl/listing.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "rules/denial.h"
#include "rules/dnsbl/known_lists.h"
#include "rules/public_suffix.h"

namespace rdnsgate::rules {
namespace {

/// No more questions to one list are under way at once.
constexpr std::size_t most_at_once = 64;

/// Why the answer is none; empty for one that lists.
std::string refusal_of(const inventory::Blocklist& list, const IpAddress& answer) {
  auto why = known_refusal(known_list(list.zone), answer);
  const bool configured = std::any_of(list.refusals.begin(), list.refusals.end(),
                                      [&](const Prefix& block) { return block.contains(answer); });
  if (why.empty() && configured) why = "which is declared to mean that it refuses the question";
  return why.empty() ? std::string() : fmt::format("it answers {}, {}", answer.to_string(), why);
}

std::string code_in_words(const inventory::Blocklist& list, const IpAddress& answer) {
  std::string meaning;
  for (const auto& code : list.codes) {
    if (meaning.empty() && code.block.contains(answer)) meaning = code.meaning;
  }
  const auto* known = known_list(list.zone);
  if (meaning.empty() && known != nullptr) meaning = known_meaning(*known, answer);
  return meaning.empty() ? answer.to_string() : fmt::format("{} ({})", answer.to_string(), meaning);
}

std::optional<dns::Name> below(const inventory::Blocklist& list, const std::string& text) {
  auto name = dns::Name::parse(text + "." + list.zone.fqdn());
  if (!name) return std::nullopt;
  return std::move(*name);
}

IpAddress test_address(bool is_v6, std::uint8_t last) {
  constexpr std::uint8_t ones = 0xFF, loopback = 127;
  if (is_v6) return IpAddress::v6({0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ones, ones, loopback, 0, 0, last});
  return IpAddress::v4(std::uint32_t{loopback} << 24 | last);
}

/// By the entry that there has to be, and the one that there must not be.
ListHealth judge_health(const audit::BlocklistCase& c, const std::optional<dns::Name>& has,
                        const std::string& has_text, const std::optional<dns::Name>& has_not,
                        const std::string& has_not_text) {
  using State = ListHealth::State;
  if (!has || !has_not) return {State::outside, nullptr, {}};
  const auto listed = look_up(c, *has), unlisted = look_up(c, *has_not);
  if (listed.fact == nullptr || unlisted.fact == nullptr) return {};
  for (const auto& one : {listed, unlisted}) {
    if (dns::is_outside(*one.fact)) return {State::outside, nullptr, {}};
    if (one.state == Listing::State::unknown) return {State::unusable, one.fact, {}};
    if (one.state == Listing::State::refused) return {State::unusable, one.fact, one.refusal};
  }
  if (listed.state != Listing::State::listed)
    return {State::absent, listed.fact, fmt::format("it has no entry for {}, which each list has", has_text)};
  if (unlisted.state == Listing::State::listed)
    return {State::unusable, unlisted.fact,
            fmt::format("it lists {}, which no list does: it lists everything", has_not_text)};
  return {State::works, nullptr, {}};
}

bool is_special(const IpAddress& ip) {
  const auto* purpose = special_purpose(ip);
  return purpose != nullptr && (purpose->documentation || !purpose->globally_reachable);
}

class Gatherer {
 public:
  explicit Gatherer(const audit::BlocklistCase& c) : c_(c) {}

  Candidates gather() {
    if (health_of(c_).state == ListHealth::State::works) c_.list.of_names ? add_names() : add_addresses();
    return std::move(found_);
  }

 private:
  void add_addresses() {
    const bool special = c_.inventory.blocklist_use.special_addresses;
    std::optional<ListHealth::State> ipv6;
    for (const auto& address : c_.inventory.addresses) {
      if (!c_.is_judged(address) || (!special && is_special(address.ip))) continue;
      if (address.ip.is_v6()) {
        if (!ipv6) ipv6 = ipv6_health_of(c_).state;
        if (*ipv6 == ListHealth::State::missing) found_.ready = false;
        if (*ipv6 == ListHealth::State::absent) ++found_.without_ipv6;
        if (*ipv6 != ListHealth::State::works) continue;
      }
      add(listing_name(c_.list, address.ip),
          audit::Target{audit::TargetKind::address, address.ip.to_string()}, address.at, {});
    }
  }

  void add_names() {
    for (const auto& domain : c_.inventory.domains) {
      if (c_.is_judged(domain))
        add(domain.name, audit::Target{audit::TargetKind::domain, domain.name.text()}, domain.at);
    }
    for (const auto& address : c_.inventory.addresses) {
      if (!c_.is_judged(address)) continue;
      inventory::for_each_name(address, [&](const dns::Name& name) {
        if (name.is_root()) return;
        const auto target = audit::Target{audit::TargetKind::address, address.ip.to_string()};
        if (inventory::says_helo(address, name)) add(name, target, address.at);
        add(organisational_domain(name), target, address.at);
      });
    }
  }

  void add(const dns::Name& name, audit::Target target, Span at) {
    if (names_.insert(name).second) add(listing_name(c_.list, name), std::move(target), at, name.text());
  }

  void add(std::optional<dns::Name> owner, audit::Target target, Span at, std::string name) {
    if (!owner) return;
    if (found_.asked.size() == c_.inventory.blocklist_use.limit) {
      ++found_.left_out;
      return;
    }
    found_.asked.push_back({std::move(*owner), std::move(target), at, std::move(name)});
  }

  const audit::BlocklistCase& c_;
  Candidates found_;
  std::set<dns::Name> names_;
};

}  // namespace

Listing look_up(const audit::BlocklistCase& c, const dns::Name& owner) {
  Listing found;
  found.fact = c.probe(owner, dns::RrType::A);
  if (found.fact == nullptr) return found;
  if (is_unknown(*found.fact)) {
    found.state = Listing::State::unknown;
    return found;
  }
  found.state = Listing::State::clear;
  if (!dns::is_positive(found.fact->outcome)) return found;
  for (const auto& answer : found.fact->addresses()) {
    found.refusal = refusal_of(c.list, answer);
    if (!found.refusal.empty()) {
      found.state = Listing::State::refused;
      found.codes.clear();
      return found;
    }
    found.state = Listing::State::listed;
    found.codes.push_back(code_in_words(c.list, answer));
  }
  return found;
}

std::optional<dns::Name> listing_name(const inventory::Blocklist& list, const IpAddress& address) {
  auto text = dns::reverse_name(address).text();
  const std::string_view end = address.is_v4() ? ".in-addr.arpa" : ".ip6.arpa";
  text.resize(text.size() - end.size());
  return below(list, text);
}

std::optional<dns::Name> listing_name(const inventory::Blocklist& list, const dns::Name& name) {
  auto under = dns::Name::from_wire(name.wire().substr(0, name.wire().size() - 1) + list.zone.wire());
  if (!under) return std::nullopt;
  return std::move(*under);
}

ListHealth health_of(const audit::BlocklistCase& c) {
  if (c.list.of_names) {
    const auto test =
        c.list.test ? *c.list.test : dns::Name::parse(known_test_name(known_list(c.list.zone))).value();
    const auto invalid = dns::Name::parse("invalid").value();
    return judge_health(c, listing_name(c.list, test), test.text(), listing_name(c.list, invalid), "invalid");
  }
  return judge_health(c, listing_name(c.list, test_address(false, 2)), "127.0.0.2",
                      listing_name(c.list, test_address(false, 1)), "127.0.0.1");
}

ListHealth ipv6_health_of(const audit::BlocklistCase& c) {
  return judge_health(c, listing_name(c.list, test_address(true, 2)), "::ffff:127.0.0.2",
                      listing_name(c.list, test_address(true, 1)), "::ffff:127.0.0.1");
}

Candidates candidates_of(const audit::BlocklistCase& c) { return Gatherer(c).gather(); }

void for_each_listing(const audit::BlocklistCase& c, const Candidates& all,
                      const std::function<void(const Candidate&, const Listing&)>& visit) {
  std::size_t missing = 0;
  for (const auto& candidate : all.asked) {
    const auto listing = look_up(c, candidate.owner);
    if (listing.state != Listing::State::missing) {
      visit(candidate, listing);
    } else if (++missing == most_at_once) {
      return;  // and run again when these are answered
    }
  }
}

}  // namespace rdnsgate::rules
