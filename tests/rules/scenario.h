// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "audit/as_table.h"
#include "audit/findings.h"
#include "audit/heard/banners.h"
#include "audit/heard/probes.h"
#include "audit/heard/sts_policies.h"
#include "audit/subject/kinds.h"

namespace rdnsgate::scenario {

/// An inventory built by hand, in the order of the calls.
class Estate {
 public:
  /// The PTR is the HELO name unless said otherwise; the HELO name is the sender's unless said otherwise.
  struct Entry {
    std::string ip;
    std::string ptr = {};
    std::string helo = {};
    Entry(const char* text) : ip(text) {}
    Entry(std::string address, std::string ptr_name, std::string helo_name = {})
        : ip(std::move(address)), ptr(std::move(ptr_name)), helo(std::move(helo_name)) {}
  };

  Estate();
  Estate& zone(std::string_view name);
  /// `helo` may be a name, a template with {ptr}, empty, or what no name can be.
  Estate& sender(std::string_view name, std::string_view helo, const std::vector<Entry>& entries);
  /// Mail of it leaves through the first sender, or through nothing.
  Estate& domain(std::string_view name, bool sends = true);
  /// For anything else: change it in place.
  inventory::Inventory inventory;
  /// What `standards.as_data` names, read; nullptr for an inventory that names nothing.
  std::shared_ptr<const audit::AsTable> as_table;
  /// What mail servers said; nullptr where nobody asked.
  std::shared_ptr<const audit::Banners> banners;
  /// What receivers said; nullptr where nobody asked.
  std::shared_ptr<const audit::Probes> probes;
  /// MTA-STS policies that were fetched; nullptr where nobody did.
  std::shared_ptr<const audit::StsPolicies> sts_policies;
  /// The inventory as it was; nullptr where nobody says.
  std::shared_ptr<const inventory::Inventory> earlier;
  /// When the next run is over; zero where nobody says.
  std::chrono::seconds until_next{};
};

/// What the DNS says, at one vantage. A question about which nothing was said is answered NODATA with an SOA.
class World {
 public:
  World& ptr(std::string_view ip, const std::vector<std::string>& names, std::uint32_t ttl = 3600);
  World& a(std::string_view name, const std::vector<std::string>& ips, std::uint32_t ttl = 3600);
  World& aaaa(std::string_view name, const std::vector<std::string>& ips, std::uint32_t ttl = 3600);
  World& cname(std::string_view owner, std::string_view target, std::uint32_t ttl = 3600);
  /// Preference and host; `.` for a null MX.
  World& mx(std::string_view owner, const std::vector<std::pair<unsigned, std::string>>& hosts);
  /// A TXT record each.
  World& txt(std::string_view owner, const std::vector<std::string>& texts);
  World& rrset(dns::RRset set);
  /// An SOA record at the apex; negative answers for names below it carry it.
  World& zone(std::string_view apex);
  /// Any name directly below `parent` that has nothing of its own has this PTR.
  World& wildcard_ptr(std::string_view parent, std::string_view target);
  /// Takes back what was said of a name and type.
  World& erase(std::string_view name, dns::RrType type);
  World& erase_ptr(std::string_view ip);
  /// Takes back all that was said of the name; it does not exist.
  World& nxdomain(std::string_view name);
  /// The question ends so; `bogus` carries the data that is there, as validators hand it over.
  World& fail(std::string_view name, dns::RrType type, dns::Outcome outcome);
  World& fail_ptr(std::string_view ip, dns::Outcome outcome);
  /// Every question ends so.
  World& fail_all(dns::Outcome outcome);
  /// Negative answers come without an SOA.
  World& without_soa();
  /// Every answer is changed so before it is given, last of all; in the order of the calls.
  World& change(std::function<void(dns::Fact&)> how);
  /// The same for one question.
  World& change(std::string_view name, dns::RrType type, std::function<void(dns::Fact&)> how);

  dns::Fact answer(const dns::Question& question) const;

 private:
  using Key = std::pair<dns::Name, dns::RrType>;
  dns::Fact plain_answer(const dns::Question& question) const;
  const dns::RRset* find(const dns::Name& name, dns::RrType type) const;
  bool follow(dns::Fact& fact) const;
  dns::RRset soa_above(const dns::Name& name) const;

  std::map<Key, dns::RRset> sets_;
  std::map<Key, dns::Outcome> failures_;
  std::map<dns::Name, dns::RRset> wildcards_;
  std::set<dns::Name> absent_, apexes_;
  std::optional<dns::Outcome> all_fail_;
  bool soa_ = true;
  std::vector<std::function<void(dns::Fact&)>> changes_;
};

/// When every question of these worlds was asked.
inline constexpr Time now{std::chrono::seconds{1'800'000'000}};

/// What the whole registry says of an estate in a world.
struct Said {
  /// `ptr-missing 192.0.2.10`, with ` (inconclusive)` behind it where it is; sorted, none twice.
  std::vector<std::string> lines;
  std::vector<audit::Draft> drafts;
  std::set<std::pair<dns::Name, dns::RrType>> questions;

  bool says(std::string_view line) const;
  /// No finding, conclusive or not, of a rule whose name begins so.
  bool silent_about(std::string_view rule_prefix) const;
  /// The finding with this line; the test fails where there is none.
  const audit::Draft& draft(std::string_view line) const;
  /// Its sentence, placeholders filled in, unescaped.
  std::string sentence(std::string_view line) const;
};

/// A value of a finding in words; empty where it has none of that name.
std::string given(const audit::Draft& draft, std::string_view value);

/// Fails the test where a sentence of the finding names a value that it does not have, where it has one that no
/// sentence of its rule names and that is not for machines either, and where the rule lacks its wording. Every
/// scenario does it for every finding.
void check_words(const audit::Draft& draft);

/// Runs every rule over every subject, live and offline, as the engine does.
Said run(const Estate& estate, const World& world);
/// The offline rules only.
Said lint(const Estate& estate);

/// So that a failed CHECK shows what was said instead.
std::string text_of(const Said& said);

dns::Name name(std::string_view text);
IpAddress ip(std::string_view text);

/// Two dual-stack hosts and a pool with everything right; the names are not in a special-use domain, the
/// addresses are not documentation addresses.
Estate good_estate();
World good_world();

}  // namespace rdnsgate::scenario
