// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "draft/live.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "draft/senders.h"
#include "draft/spf_terms.h"
#include "mailauth/records/dmarc_record.h"
#include "mailauth/spf/spf_facts.h"
#include "mailauth/spf/spf_published.h"
#include "mailauth/txt_answer.h"

namespace rdnsgate::draft {
namespace {

using dns::Fact;
using dns::Name;
using dns::RrType;

/// Of a lookup that says nothing about the record.
std::string failure_of(const Fact& fact, Estate& estate) {
  ++estate.failed_lookups;
  std::string text(to_string(fact.outcome));
  if (!fact.reason.empty()) text += " (" + fact.reason + ")";
  return text;
}

/// Receivers look up no more for one record, nor the addresses of more MX hosts (RFC 7208 §4.6.4); and what
/// stands in one record must not decide how many questions are asked of whom.
constexpr std::size_t most_terms = 10;

/// Addresses of one domain that are looked up: as many as sixteen blocks that are small enough to be listed
/// have.
constexpr std::size_t most_of_domain = 4096;

class SpfReader {
 public:
  SpfReader(dns::FactDesk& desk, const Wanted& wanted, Estate& estate)
      : desk_(desk), wanted_(wanted), estate_(estate) {}

  void domain(const Name& name) {
    const auto* fact = desk_.get(name, RrType::TXT);
    if (fact == nullptr) return;
    Domain domain;
    domain.name = name;
    if (!dns::is_positive(fact->outcome)) {
      domain.notes.push_back(is_denied(*fact)
                                 ? name.text() + " has no SPF record"
                                 : "its SPF record could not be looked up: " + failure_of(*fact, estate_));
    } else {
      spf(*fact, domain);
    }
    dmarc(domain);
    for (auto& relay : domain.relays) {
      hints(relay);
      if (!wanted_.relays) continue;
      keys(relay, domain);
      ranges(relay, domain);
    }
    estate_.domains.push_back(std::move(domain));
  }

  void address(const IpAddress& ip) {
    if (!done_.insert(ip).second) return;
    const auto reverse = dns::reverse_name(ip);
    const auto* fact = desk_.get(reverse, RrType::PTR);
    if (fact == nullptr) return;
    Host& host = estate_.hosts[ip];
    if (dns::is_positive(fact->outcome)) {
      host.ptr = fact->targets();
      std::sort(host.ptr.begin(), host.ptr.end());
      const auto aliases = fact->aliases();
      reverse_zone(host, aliases.empty() ? likely_reverse_zone(ip) : aliases.back().target.parent(),
                   !aliases.empty());
      if (!host.ptr.empty()) zone_at(host.ptr.front().parent());
    } else if (host.left_out.empty()) {
      host.left_out = is_denied(*fact)
                          ? "it has no PTR record"
                          : "its PTR record could not be looked up: " + failure_of(*fact, estate_);
    }
  }

 private:
  void dmarc(Domain& domain) {
    const auto owner = Name::parse("_dmarc." + domain.name.text());
    const auto* fact = owner ? desk_.get(*owner, RrType::TXT) : nullptr;
    if (fact == nullptr) return;
    const auto answer = mailauth::txt_answer(fact);
    if (!answer.known()) {
      domain.notes.push_back("its DMARC record could not be looked up: " + failure_of(*fact, estate_));
      return;
    }
    std::vector<mailauth::DmarcRecord> records;
    for (const auto& text : answer.texts) {
      if (mailauth::is_dmarc(text)) records.push_back(mailauth::read_dmarc(text));
    }
    if (records.size() > 1) domain.notes.push_back("it has several DMARC records, so that none holds");
    if (records.size() != 1 || !records.front().policy) return;
    domain.dmarc = Dmarc{std::string(mailauth::to_string(*records.front().policy)), {}};
    for (const auto& one : records.front().destinations) {
      if (one.tag == "rua") domain.dmarc->rua.push_back("mailto:" + one.address);
    }
  }

  const KnownRelay* known(const Relay& relay) const {
    return known_relay(wanted_.known, std::string_view(relay.spf).substr(relay.spf.find(':') + 1));
  }

  void hints(Relay& relay) const {
    const auto* one = known(relay);
    if (one == nullptr) return;
    relay.documentation = one->documentation;
    relay.helo = one->helo;
    relay.mail_from = one->mail_from;
  }

  /// The addresses that it publishes, for whoever wants to hear when they change.
  void ranges(Relay& relay, Domain& domain) {
    const auto asker = [&](const Name& name, RrType type) {
      return mailauth::spf_lookup(desk_, name, type, false);
    };
    auto published = mailauth::spf_published(asker, relay.spf);
    if (!published.missing.empty()) return;
    if (published.whole) {
      relay.published = std::move(published.ranges);
    } else {
      domain.notes.push_back(
          fmt::format("the addresses of {} are not declared: {}", relay.name, published.why));
    }
  }

  /// The selectors of a well-known relay at which the domain has something.
  void keys(Relay& relay, Domain& domain) {
    const auto* one = known(relay);
    if (one == nullptr) return;
    for (const auto& selector : one->dkim) {
      const auto owner = Name::parse(fmt::format("{}._domainkey.{}", selector, domain.name.text()));
      const auto* fact = owner ? desk_.get(*owner, RrType::TXT) : nullptr;
      if (fact == nullptr || is_denied(*fact)) continue;
      if (dns::is_positive(fact->outcome)) {
        relay.dkim.emplace_back(selector);
      } else {
        domain.notes.push_back(
            fmt::format("the DKIM key at {}: {}", owner->text(), failure_of(*fact, estate_)));
      }
    }
  }

  void spf(const Fact& fact, Domain& domain) {
    std::vector<SpfTerms> records;
    for (const auto& rdata : fact.rrset()->rdata) {
      if (auto terms = read_spf(dns::txt_joined(rdata), domain.name)) records.push_back(std::move(*terms));
    }
    if (records.size() != 1) {
      domain.notes.push_back(records.empty()
                                 ? domain.name.text() + " has no SPF record"
                                 : domain.name.text() + " has several SPF records, so that none holds");
      return;
    }
    const auto& terms = records.front();
    domain.spf_all = terms.all;
    for (const auto& term : terms.unused) domain.notes.push_back("its SPF record also has " + term);
    for (std::size_t i = 0; i < terms.others.size() && i < most_terms; ++i) relay(terms.others[i], domain);
    too_many(terms.others.size(), "include and redirect terms", domain);
    for (const auto& prefix : terms.addresses) block(prefix, domain);
    for (std::size_t i = 0; i < terms.a.size() && i < most_terms; ++i) host_of(terms.a[i], domain);
    too_many(terms.a.size(), "a terms", domain);
    for (std::size_t i = 0; i < terms.mx.size() && i < most_terms; ++i) {
      const Name& name = terms.mx[i];
      const auto* mx = desk_.get(name, RrType::MX);
      if (mx == nullptr) continue;
      if (!dns::is_positive(mx->outcome)) {
        domain.notes.push_back(fmt::format("the MX records of {}: {}", name.text(),
                                           is_denied(*mx) ? "there are none" : failure_of(*mx, estate_)));
        continue;
      }
      const auto& exchangers = mx->rrset()->rdata;
      for (std::size_t k = 0; k < exchangers.size() && k < most_terms; ++k) {
        const auto& rdata = exchangers[k];
        // The preference comes first (RFC 1035 §3.3.9).
        const auto target =
            rdata.size() > 2 ? Name::from_wire(std::string_view(rdata).substr(2)) : fail("short");
        if (target && !target->is_root()) host_of(*target, domain);
      }
    }
    too_many(terms.mx.size(), "mx terms", domain);
    std::sort(domain.addresses.begin(), domain.addresses.end());
    domain.addresses.erase(std::unique(domain.addresses.begin(), domain.addresses.end()),
                           domain.addresses.end());
    keep_most(domain);
    for (const auto& ip : domain.addresses) address(ip);
  }

  static void keep_most(Domain& domain) {
    if (domain.addresses.size() <= most_of_domain) return;
    domain.notes.push_back(fmt::format("its SPF record covers {} addresses, of which the first {} are here",
                                       domain.addresses.size(), most_of_domain));
    domain.addresses.resize(most_of_domain);
  }

  static void too_many(std::size_t count, std::string_view what, Domain& domain) {
    if (count <= most_terms) return;
    domain.notes.push_back(
        fmt::format("its SPF record has {} {}, of which the first {} are here: receivers look up no more",
                    count, what, most_terms));
  }

  /// Somebody else's part of the record. What has macros or is no host name is different for each receiver,
  /// or for none.
  void relay(const std::string& other, Domain& domain) {
    const auto host = other.find('%') == std::string::npos ? Name::from_host(other) : fail("");
    const auto label = host && is_plain(*host) ? label_of_relay(host->text()) : std::string();
    if (label.empty()) {
      domain.notes.push_back("its SPF record also has include:" + other);
      return;
    }
    const bool known = std::any_of(domain.relays.begin(), domain.relays.end(),
                                   [&](const Relay& one) { return one.name == label; });
    if (!known) domain.relays.push_back({label, "include:" + host->text()});
  }

  static bool is_plain(const Name& name) {
    return name.text().find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_.") == std::string::npos;
  }

  /// No other relay has it; empty where the name has nothing that may stand in a label.
  std::string label_of_relay(const std::string& name) {
    if (const auto known = relays_.find(name); known != relays_.end()) return known->second;
    constexpr std::size_t room = 10;  // for a number
    const auto* of_many = known_relay(wanted_.known, name);
    const auto& text = of_many != nullptr ? of_many->name : name;
    auto label = label_of(text);
    const auto stem = label_of(text, longest_label - room);
    for (int number = 2; !label.empty() && !labels_.insert(label).second; ++number)
      label = fmt::format("{}-{}", stem, number);
    relays_.emplace(name, label);
    return label;
  }

  void block(const Prefix& prefix, Domain& domain) {
    constexpr std::uint64_t bearable = 256;
    if (prefix.count() > bearable) {
      domain.notes.push_back(
          fmt::format("its SPF record lets {} through: list those addresses that send", prefix.to_string()));
      return;
    }
    for (std::uint64_t i = 0; i < prefix.count(); ++i) domain.addresses.push_back(prefix.network().plus(i));
  }

  void host_of(const Name& name, Domain& domain) {
    for (const auto type : {RrType::A, RrType::AAAA}) {
      const auto* fact = desk_.get(name, type);
      if (fact == nullptr || is_denied(*fact)) continue;
      if (!dns::is_positive(fact->outcome)) {
        domain.notes.push_back(fmt::format("the {} records of {}: {}", to_string(type), name.text(),
                                           failure_of(*fact, estate_)));
        continue;
      }
      const auto addresses = fact->addresses();
      domain.addresses.insert(domain.addresses.end(), addresses.begin(), addresses.end());
    }
  }

  /// Registries' zones are nobody's estate: in-addr.arpa down to a /8, ip6.arpa down to a /24, top-level
  /// domains.
  static bool is_a_registrys(const Name& zone) {
    static const auto in_addr = Name::parse("in-addr.arpa").value(), ip6 = Name::parse("ip6.arpa").value();
    const std::size_t labels = zone.label_count();
    return zone.is_within(in_addr) ? labels <= 3 : zone.is_within(ip6) ? labels <= 8 : labels <= 1;
  }

  /// The zone that the name is in, as its SOA record says; nullopt where that is not known.
  std::optional<Name> zone_at(const Name& name) {
    const auto* fact = desk_.get(name, RrType::SOA);
    if (fact == nullptr) return std::nullopt;
    const auto* soa = dns::is_positive(fact->outcome) ? fact->rrset()
                      : is_denied(*fact)              ? &*fact->soa
                                                      : nullptr;
    if (soa == nullptr || !name.is_within(soa->owner) || is_a_registrys(soa->owner)) return std::nullopt;
    estate_.add_zone({soa->owner, "", ""});
    return soa->owner;
  }

  void reverse_zone(Host& host, const Name& at, bool alias) {
    const auto zone = zone_at(at);
    if (alias) host.reverse_zone = zone;
  }

  dns::FactDesk& desk_;
  const Wanted& wanted_;
  Estate& estate_;
  std::set<IpAddress> done_;
  std::map<std::string, std::string> relays_;  ///< their labels, by the host name that an SPF record has
  std::set<std::string> labels_;
};

}  // namespace

void read_live(dns::FactDesk& desk, const Wanted& wanted, Estate& estate) {
  SpfReader reader(desk, wanted, estate);
  std::set<IpAddress> addresses(wanted.addresses.begin(), wanted.addresses.end());
  for (const auto& [ip, host] : estate.hosts) {
    if (host.ptr.empty() && host.left_out.empty() && !host.unasked) addresses.insert(ip);
  }
  for (const auto& domain : wanted.domains) reader.domain(domain);
  for (const auto& ip : addresses) reader.address(ip);
}

}  // namespace rdnsgate::draft
