// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/scenario.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>

#include "audit/wording.h"
#include "dns/rdata_reader.h"
#include "rules/registry.h"

namespace rdnsgate::scenario {

namespace {

using Words = std::set<std::string_view>;

/// Every name that some sentence of the rule has, or that is for machines.
Words names_of(const audit::RuleInfo& info) {
  Words names;
  const auto add = [&](std::string_view sentence) {
    for (const auto name : audit::names_in(sentence)) names.insert(name);
  };
  for (const auto sentence : {info.message, info.fix, info.expected, info.observed}) add(sentence);
  for (const auto& one : info.wordings) {
    for (const auto sentence : {one.message, one.fix, one.expected, one.observed, one.detail}) add(sentence);
  }
  for (auto rest = info.data; !rest.empty();) {
    const auto end = std::min(rest.find(' '), rest.size());
    names.insert(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return names;
}

/// What an inconclusive finding says of the question that failed.
Words names_of_failure() {
  Words names{"failure"};
  for (const auto sentence : {audit::failure_sentence, audit::unproven_sentence}) {
    for (const auto name : audit::names_in(sentence)) names.insert(name);
  }
  return names;
}

}  // namespace

using dns::Name;
using dns::Outcome;
using dns::RrType;

namespace {

std::string soa_rdata() {
  std::string rdata = name("ns1.dns-host.net").wire() + name("hostmaster.dns-host.net").wire();
  for (const unsigned value : {1u, 14400u, 3600u, 1209600u, 300u}) {
    for (const unsigned shift : {24u, 16u, 8u, 0u}) rdata += static_cast<char>((value >> shift) & 0xffu);
  }
  return rdata;
}

/// Spans that differ from each other, so that a test can tell them apart.
Span next_span(const inventory::Inventory& inventory) {
  const auto at =
      static_cast<std::uint32_t>(100 * (inventory.senders.size() + inventory.addresses.size() + 1));
  return {0, at, at + 10};
}

}  // namespace

Name name(std::string_view text) { return Name::parse(text).value(); }
IpAddress ip(std::string_view text) { return IpAddress::parse(text).value(); }

Estate::Estate() {
  inventory.path = "inventory.yaml";
  inventory.vantages.push_back({.name = "recursive"});
}

Estate& Estate::zone(std::string_view text) {
  inventory.add_zone({.name = name(text), .contact = "noc@dns-host.net", .at = next_span(inventory)});
  return *this;
}

Estate& Estate::sender(std::string_view sender_name, std::string_view helo,
                       const std::vector<Entry>& entries) {
  inventory::Sender sender;
  sender.name = sender_name;
  sender.helo_text = helo;
  sender.at = sender.helo_at = next_span(inventory);
  sender.helo_at.end += 50;
  const bool not_a_name = helo.empty() || helo.find_first_of("[{*") != std::string_view::npos ||
                          IpAddress::parse(helo).has_value();
  if (const auto parsed = Name::from_host(helo); !not_a_name && parsed) sender.helo_name = *parsed;
  sender.first_address = static_cast<inventory::AddressIndex>(inventory.addresses.size());
  sender.address_count = static_cast<inventory::AddressIndex>(entries.size());
  std::set<Name> helo_names;
  for (const auto& entry : entries) {
    inventory::Address address;
    address.ip = ip(entry.ip);
    address.sender = static_cast<inventory::SenderIndex>(inventory.senders.size());
    const Name sender_helo = sender.helo_name.value_or(Name());
    address.ptr = entry.ptr.empty() ? sender_helo : name(entry.ptr);
    address.helo = !entry.helo.empty() ? name(entry.helo) : helo == "{ptr}" ? address.ptr : sender_helo;
    address.ttl = 86400;
    address.first_with_helo = !address.helo.is_root() && helo_names.insert(address.helo).second;
    address.at = address.ptr_at = next_span(inventory);
    if (!entry.ptr.empty()) address.ptr_at.end += 50;
    inventory.addresses.push_back(std::move(address));
  }
  inventory.senders.push_back(std::move(sender));
  inventory.by_ip.resize(inventory.addresses.size());
  for (std::size_t i = 0; i < inventory.by_ip.size(); ++i)
    inventory.by_ip[i] = static_cast<inventory::AddressIndex>(i);
  std::sort(inventory.by_ip.begin(), inventory.by_ip.end(),
            [&](auto a, auto b) { return inventory.addresses[a].ip < inventory.addresses[b].ip; });
  return *this;
}

Estate& Estate::domain(std::string_view text, bool sends) {
  inventory::Domain domain;
  domain.name = name(text);
  domain.at = next_span(inventory);
  if (sends) domain.via.push_back({inventory.senders.front().name, domain.at});
  inventory.domains.push_back(std::move(domain));
  return *this;
}

World& World::rrset(dns::RRset set) {
  std::sort(set.rdata.begin(), set.rdata.end());
  sets_[{set.owner, set.type}] = std::move(set);
  return *this;
}

World& World::ptr(std::string_view address, const std::vector<std::string>& names, std::uint32_t ttl) {
  dns::RRset set{dns::reverse_name(ip(address)), RrType::PTR, ttl, {}};
  for (const auto& target : names) set.rdata.push_back(name(target).wire());
  return rrset(std::move(set));
}

World& World::a(std::string_view owner, const std::vector<std::string>& ips, std::uint32_t ttl) {
  dns::RRset set{name(owner), RrType::A, ttl, {}};
  for (const auto& address : ips) set.rdata.push_back(dns::rdata_of(ip(address)));
  return rrset(std::move(set));
}

World& World::aaaa(std::string_view owner, const std::vector<std::string>& ips, std::uint32_t ttl) {
  dns::RRset set{name(owner), RrType::AAAA, ttl, {}};
  for (const auto& address : ips) set.rdata.push_back(dns::rdata_of(ip(address)));
  return rrset(std::move(set));
}

World& World::mx(std::string_view owner, const std::vector<std::pair<unsigned, std::string>>& hosts) {
  dns::RRset set{name(owner), RrType::MX, 3600, {}};
  for (const auto& [preference, host] : hosts) {
    const std::string octets{static_cast<char>(preference >> 8U), static_cast<char>(preference & 0xffU)};
    set.rdata.push_back(octets + name(host).wire());
  }
  return rrset(std::move(set));
}

World& World::txt(std::string_view owner, const std::vector<std::string>& texts) {
  dns::RRset set{name(owner), RrType::TXT, 3600, {}};
  for (const auto& text : texts) set.rdata.push_back(dns::txt_rdata(text));
  return rrset(std::move(set));
}

World& World::cname(std::string_view owner, std::string_view target, std::uint32_t ttl) {
  return rrset({name(owner), RrType::CNAME, ttl, {name(target).wire()}});
}

World& World::zone(std::string_view apex) {
  apexes_.insert(name(apex));
  return rrset({name(apex), RrType::SOA, 3600, {soa_rdata()}});
}

World& World::wildcard_ptr(std::string_view parent, std::string_view target) {
  wildcards_[name(parent)] = {name(parent), RrType::PTR, 3600, {name(target).wire()}};
  return *this;
}

World& World::erase(std::string_view owner, RrType type) {
  sets_.erase({name(owner), type});
  return *this;
}

World& World::erase_ptr(std::string_view address) {
  sets_.erase({dns::reverse_name(ip(address)), RrType::PTR});
  return *this;
}

World& World::nxdomain(std::string_view absent) {
  std::erase_if(sets_, [&](const auto& entry) { return entry.first.first == name(absent); });
  absent_.insert(name(absent));
  return *this;
}

World& World::fail(std::string_view owner, RrType type, Outcome outcome) {
  failures_[{name(owner), type}] = outcome;
  return *this;
}

World& World::fail_ptr(std::string_view address, Outcome outcome) {
  failures_[{dns::reverse_name(ip(address)), RrType::PTR}] = outcome;
  return *this;
}

World& World::fail_all(Outcome outcome) {
  all_fail_ = outcome;
  return *this;
}

World& World::without_soa() {
  soa_ = false;
  return *this;
}

World& World::change(std::function<void(dns::Fact&)> how) {
  changes_.push_back(std::move(how));
  return *this;
}

World& World::change(std::string_view owner, RrType type, std::function<void(dns::Fact&)> how) {
  return change([owner = name(owner), type, how = std::move(how)](dns::Fact& fact) {
    if (fact.question.name == owner && fact.question.type == type) how(fact);
  });
}

const dns::RRset* World::find(const Name& owner, RrType type) const {
  const auto found = sets_.find({owner, type});
  return found == sets_.end() ? nullptr : &found->second;
}

dns::RRset World::soa_above(const Name& below) const {
  for (Name at = below; !at.is_root(); at = at.parent()) {
    if (apexes_.contains(at)) return {at, RrType::SOA, 3600, {soa_rdata()}};
  }
  return {Name(), RrType::SOA, 3600, {soa_rdata()}};
}

/// Fills in the answer section; false for a loop of aliases.
bool World::follow(dns::Fact& fact) const {
  const RrType type = fact.question.type;
  Name at = fact.question.name;
  std::set<Name> seen;
  while (seen.insert(at).second) {
    if (const auto* set = find(at, type)) {
      fact.answer.push_back(*set);
      fact.outcome = Outcome::answer;
      return true;
    }
    if (const auto* alias = find(at, RrType::CNAME)) {
      fact.answer.push_back(*alias);
      at = dns::name_in(alias->rdata.front()).value();
      continue;
    }
    const auto wildcard = wildcards_.find(at.parent());
    if (type == RrType::PTR && wildcard != wildcards_.end() && !absent_.contains(at)) {
      fact.answer.push_back(wildcard->second);
      fact.answer.back().owner = at;
      fact.outcome = Outcome::answer;
      return true;
    }
    fact.outcome = absent_.contains(at) ? Outcome::nxdomain : Outcome::nodata;
    if (soa_) fact.soa = soa_above(at);
    return true;
  }
  return false;
}

dns::Fact World::answer(const dns::Question& question) const {
  dns::Fact fact = plain_answer(question);
  for (const auto& change : changes_) change(fact);
  return fact;
}

dns::Fact World::plain_answer(const dns::Question& question) const {
  dns::Fact fact;
  fact.question = question;
  fact.server = "127.0.0.1#53";
  fact.asked_at = now;
  const auto failure = failures_.find({question.name, question.type});
  const auto failed = failure != failures_.end() ? std::optional(failure->second) : all_fail_;
  if (failed && *failed != Outcome::bogus) {
    fact.outcome = *failed;
    return fact;
  }
  if (!follow(fact)) {
    fact.outcome = Outcome::malformed;
    fact.reason = "CNAME loop";
    fact.answer.clear();
  }
  if (failed) {
    fact.outcome = Outcome::bogus;
    fact.security = dns::Security::bogus;
  }
  return fact;
}

void check_words(const audit::Draft& draft) {
  const auto& info = rules::registry()[draft.rule].info;
  const auto& wording = audit::wording_of(info, draft.args.wording);
  CAPTURE(info.id);
  CAPTURE(draft.args.wording);
  CHECK(wording.key == draft.args.wording);
  const auto either = [](std::string_view own, std::string_view of_rule) {
    return own.empty() ? of_rule : own;
  };
  std::vector<std::string_view> said{either(wording.message, info.message), either(wording.fix, info.fix),
                                     wording.detail};
  if (!draft.inconclusive) {
    said.push_back(either(wording.expected, info.expected));
    said.push_back(either(wording.observed, info.observed));
  }
  for (const auto sentence : said) {
    for (const auto name : audit::needed_names_in(sentence)) {
      CAPTURE(name);
      const bool is_known =
          name == "target" || name == "expected" || name == "observed" || name == "detail" ||
          (name == "failure" && audit::find_value(draft.args.values, "question") != nullptr);
      CHECK((is_known || audit::find_value(draft.args.values, name) != nullptr));
    }
  }
  const auto known = names_of(info);
  for (const auto& value : draft.args.values) {
    CAPTURE(value.name);
    CHECK((known.contains(value.name) || (draft.inconclusive && names_of_failure().contains(value.name))));
  }
}

namespace {

/// The engine's work in small: one subject at a time until its desk is complete.
class Runner {
 public:
  Runner(const Estate& estate, const World* world) : inventory_(estate.inventory), world_(world) {
    context_.inventory = &inventory_;
    context_.now = now;
    context_.as_table = estate.as_table.get();
    context_.earlier = estate.earlier.get();
    context_.banners = estate.banners.get();
    context_.probes = estate.probes.get();
    context_.sts_policies = estate.sts_policies.get();
    context_.until_next = estate.until_next;
  }

  Said all() {
    findings_.begin_subject({audit::TargetKind::inventory, inventory_.path}, inventory_.top);
    judge(audit::InventoryCase{context_, inventory_});
    if (context_.earlier != nullptr) judge(audit::SuccessionCase{context_, inventory_, *context_.earlier});
    keep();
    for (const auto& sender : inventory_.senders) {
      const std::span addresses =
          std::span(inventory_.addresses).subspan(sender.first_address, sender.address_count);
      findings_.begin_subject({audit::TargetKind::sender, sender.name}, sender.at);
      judge(audit::DeclaredSender{context_, inventory_, sender, addresses});
      keep();
      if (world_ != nullptr && addresses.size() > 1) {
        live([&](dns::FactDesk& desk) { return audit::read_sender(context_, sender, desk); });
      }
      for (const auto& address : addresses) {
        findings_.begin_subject({audit::TargetKind::address, address.ip.to_string()}, address.at);
        judge(audit::DeclaredAddress{context_, inventory_, sender, address});
        judge_declared({context_, inventory_, sender, address});
        keep();
        if (world_ != nullptr) {
          live([&](dns::FactDesk& desk) { return audit::read_address(context_, address, desk); });
        }
      }
    }
    for (const auto& zone : inventory_.zones) {
      findings_.begin_subject({audit::TargetKind::zone, zone.name.text()}, zone.at);
      if (world_ != nullptr)
        live([&](dns::FactDesk& desk) { return audit::read_zone(context_, zone, desk); });
    }
    of_kind<audit::RelayKind>();
    of_kind<audit::DomainKind>();
    of_kind<audit::PathKind>();
    of_kind<audit::BlocklistKind>();
    std::sort(said_.lines.begin(), said_.lines.end());
    said_.lines.erase(std::unique(said_.lines.begin(), said_.lines.end()), said_.lines.end());
    return std::move(said_);
  }

 private:
  template <typename Read>
  void live(const Read& read) {
    live_parts([&](dns::FactDesk& desk) {
      if (auto subject = read(desk)) judge(*subject);
    });
  }

  template <typename Kind>
  void of_kind() {
    for (const auto& item : Kind::items(context_)) {
      findings_.begin_subject(audit::target_of<Kind>(item), Kind::at(item));
      if constexpr (audit::JudgedOffline<Kind>) {
        Kind::declared(context_, item, [&](const auto& subject) { judge(subject); });
        keep();
      }
      if (world_ == nullptr) continue;
      const auto part = [&](dns::FactDesk& desk) {
        Kind::read(context_, item, false, desk, [&](auto& subject) { judge(subject); });
      };
      live_parts(part);
    }
  }

  template <typename Read>
  void live_parts(const Read& read) {
    for (int round = 0; round < 60; ++round) {
      dns::FactDesk desk(store_, 0);
      findings_.clear();
      read(desk);
      if (desk.complete()) return keep();
      for (const auto& question : desk.missing()) {
        said_.questions.insert({question.name, question.type});
        store_.insert(world_->answer(question));
      }
    }
    FAIL("the rules ask for ever");
  }

  template <typename Case>
  void judge(Case&& subject) {
    using Function =
        void (*)(std::conditional_t<std::is_lvalue_reference_v<Case>, Case, const Case&>, audit::Findings&);
    audit::RuleIndex index = 0;
    for (const auto& rule : rules::registry()) {
      findings_.begin_rule(index++, rule.info);
      if (const auto* function = std::get_if<Function>(&rule.judge)) (*function)(subject, findings_);
    }
  }

  /// What live rules say of the declared text.
  void judge_declared(const audit::DeclaredAddress& subject) {
    audit::RuleIndex index = 0;
    for (const auto& rule : rules::registry()) {
      findings_.begin_rule(index++, rule.info);
      if (rule.declared != nullptr) rule.declared(subject, findings_);
    }
  }

  void keep() {
    for (auto& draft : findings_.take()) {
      said_.lines.push_back(fmt::format("{} {}{}", rules::registry()[draft.rule].info.id, draft.target.id,
                                        draft.inconclusive ? " (inconclusive)" : ""));
      check_words(draft);
      said_.drafts.push_back(std::move(draft));
    }
  }

  const inventory::Inventory& inventory_;
  const World* world_;
  audit::RunContext context_;
  dns::FactStore store_;
  audit::Findings findings_;
  Said said_;
};

}  // namespace

Said run(const Estate& estate, const World& world) { return Runner(estate, &world).all(); }
Said lint(const Estate& estate) { return Runner(estate, nullptr).all(); }

bool Said::says(std::string_view line) const { return std::binary_search(lines.begin(), lines.end(), line); }

bool Said::silent_about(std::string_view rule_prefix) const {
  return std::none_of(lines.begin(), lines.end(),
                      [&](const auto& line) { return line.starts_with(rule_prefix); });
}

const audit::Draft& Said::draft(std::string_view line) const {
  for (const auto& draft : drafts) {
    if (line.starts_with(rules::registry()[draft.rule].info.id) && line.ends_with(draft.target.id) &&
        line.size() == rules::registry()[draft.rule].info.id.size() + 1 + draft.target.id.size()) {
      return draft;
    }
  }
  FAIL("nobody said \"", line, "\" but:\n", text_of(*this));
  return drafts.front();
}

std::string Said::sentence(std::string_view line) const {
  const audit::Draft& found = draft(line);
  return audit::message_of(rules::registry()[found.rule].info, found);
}

std::string given(const audit::Draft& draft, std::string_view value) {
  const auto* found = audit::find_value(draft.args.values, value);
  return found != nullptr ? audit::words_of(*found) : "";
}

std::string text_of(const Said& said) { return fmt::format("{}", fmt::join(said.lines, "\n")); }

Estate good_estate() {
  Estate estate;
  estate.zone("2.9.185.in-addr.arpa").zone("2.9.a.2.ip6.arpa").zone("corp-mail.net");
  estate.sender("mx1", "mx1.corp-mail.net", {"185.9.2.10", "2a92::10"});
  estate.sender("mx2", "mx2.corp-mail.net", {"185.9.2.11", "2a92::11"});
  estate.sender("bulk", "{ptr}",
                {{"185.9.2.40", "out-a.corp-mail.net"}, {"185.9.2.41", "out-b.corp-mail.net"}});
  return estate;
}

World good_world() {
  World world;
  world.zone("2.9.185.in-addr.arpa").zone("2.9.a.2.ip6.arpa").zone("corp-mail.net");
  world.ptr("185.9.2.10", {"mx1.corp-mail.net"}).ptr("2a92::10", {"mx1.corp-mail.net"});
  world.ptr("185.9.2.11", {"mx2.corp-mail.net"}).ptr("2a92::11", {"mx2.corp-mail.net"});
  world.ptr("185.9.2.40", {"out-a.corp-mail.net"}).ptr("185.9.2.41", {"out-b.corp-mail.net"});
  world.a("mx1.corp-mail.net", {"185.9.2.10"}).aaaa("mx1.corp-mail.net", {"2a92::10"});
  world.a("mx2.corp-mail.net", {"185.9.2.11"}).aaaa("mx2.corp-mail.net", {"2a92::11"});
  world.a("out-a.corp-mail.net", {"185.9.2.40"}).a("out-b.corp-mail.net", {"185.9.2.41"});
  return world;
}

}  // namespace rdnsgate::scenario
