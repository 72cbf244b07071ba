// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/simulate/relay_watch.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "dns/rdata_reader.h"
#include "mailauth/spf/spf_groups.h"
#include "mailauth/spf/spf_published.h"

namespace rdnsgate::plan {
namespace {

using mailauth::SpfLookup;
using mailauth::SpfResult;

/// Nobody sends from these (RFC 1112 §4, RFC 6666).
const std::array<IpAddress, 2>& probes() {
  static const std::array all{IpAddress::parse("240.0.0.1").value(), IpAddress::parse("100::1").value()};
  return all;
}

mailauth::SpfIdentity sender_of(const Name& domain, const IpAddress& ip = {}) {
  return {ip, std::nullopt, domain, std::nullopt};
}

/// A mail host that nobody has (RFC 6761 §6.4), with the address of whoever asks.
const Name& anybody() {
  static const auto name = Name::parse("anybody.invalid").value();
  return name;
}

/// In the place of what nobody knows: whoever asks is let through, or nobody is. It is no question in vain either
/// (RFC 7208 §4.6.4). Of mail hosts there is that one, or none (RFC 7505 §3).
std::vector<std::string> stand_in(RrType type, bool everybody) {
  if (type == RrType::TXT) return {dns::txt_rdata(everybody ? "v=spf1 +all" : "v=spf1 -all")};
  if (type == RrType::A) return {dns::rdata_of(everybody ? probes()[0] : IpAddress::v4(0))};
  if (type == RrType::AAAA) return {dns::rdata_of(everybody ? probes()[1] : IpAddress::v6({}))};
  if (type == RrType::MX) return {std::string(2, '\0') + (everybody ? anybody() : Name()).wire()};
  return {};
}

}  // namespace

RelayWatch::RelayWatch(const Scene& scene, const Course& course)
    : scene_(scene),
      course_(course),
      dns_(scene, course),
      evaluator_(dns_.asker()),
      generous_(generous()) {}

/// What nobody knows lets everybody through where the relay's own terms ask for it; where others do, it is said which.
mailauth::SpfAsker RelayWatch::generous() {
  return [this, ask = dns_.asker()](const Name& name, RrType type) {
    if (name == anybody()) return SpfLookup{SpfLookup::State::known, {stand_in(type, true)}};
    auto found = ask(name, type);
    const bool is_own = whose_->open.contains({name, type});
    if (found.state == SpfLookup::State::known && !is_own) return found;
    auto rdata = stand_in(type, is_own || others_let_through_);
    return rdata.empty() ? found : SpfLookup{SpfLookup::State::known, {std::move(rdata)}};
  };
}

RelayWatch::Mail& RelayWatch::mail_of(std::size_t service) {
  const auto found = mails_.find(service);
  return found != mails_.end() ? found->second
                               : mails_.emplace(service, look(scene_.services[service])).first->second;
}

RelayWatch::Mail RelayWatch::look(const Scene::Service& service) {
  Mail mail;
  mail.domain = service.domain;
  dns_.go_anywhen(&mail.ground.tracks);
  for (const auto& probe : probes()) evaluator_.exhaust(sender_of(mail.domain, probe), mail.domain);
  dns_.go_to(at_first);
  mail.ground.settle();
  look_at_ranges(service, mail);
  mail.passing = passing(mail);
  for (const auto& probe : probes()) {
    if (!mail.open.empty() && reaches(mail, probe)) mail.reached.push_back(probe);
  }
  return mail;
}

/// As declared, else as its terms say before the first change. Terms that let nobody through say nothing yet.
void RelayWatch::look_at_ranges(const Scene::Service& service, Mail& mail) {
  if (!service.terms.empty()) {
    std::set<Question> asked;
    const auto published = mailauth::spf_published(
        [&, ask = dns_.asker()](const Name& name, RrType type) {
          auto found = ask(name, type);
          asked.insert({name, type});
          if (found.state != SpfLookup::State::known) mail.open.insert({name, type});
          return found;
        },
        service.terms);
    mail.ranges = published.ranges;
    if (mail.ranges.empty()) mail.open = std::move(asked);
  }
  if (!service.addresses.empty()) mail.ranges = mailauth::spf_ranges(service.addresses);
}

std::vector<AddressRange> RelayWatch::passing(const Mail& mail) {
  std::vector<AddressRange> all;
  for (const auto& group :
       mailauth::spf_groups(evaluator_, sender_of(mail.domain), mail.domain, mail.ranges).groups) {
    if (group.outcome.results.is(SpfResult::pass))
      all.insert(all.end(), group.ranges.begin(), group.ranges.end());
  }
  return mailauth::spf_ranges(std::move(all));
}

bool RelayWatch::reaches(const Mail& mail, const IpAddress& probe) {
  whose_ = &mail;
  others_let_through_ = false;
  return generous_.evaluate(sender_of(mail.domain, probe), mail.domain).results.is(SpfResult::pass);
}

/// Of those that are given; empty where each passes. What is not known is for the planner to tell (its notes): of mail
/// that begins it may say anything.
std::string RelayWatch::refused_of(const Mail& mail, const std::vector<AddressRange>& ranges, bool from_before) {
  whose_ = &mail;
  others_let_through_ = true;
  auto& evaluator = from_before ? evaluator_ : generous_;
  for (const auto& group : mailauth::spf_groups(evaluator, sender_of(mail.domain), mail.domain, ranges).groups) {
    const auto& results = group.outcome.results;
    if (results.is(SpfResult::pass) || (!from_before && group.asked_together)) continue;
    return fmt::format("{}: {}", group.ranges.front().to_string(), results.text());
  }
  return {};
}

std::string RelayWatch::find_refusal(const Mail& mail, bool from_before) {
  auto refused = refused_of(mail, from_before ? mail.passing : mail.ranges, from_before);
  if (!refused.empty()) return refused;
  const auto is_reached = [&](const IpAddress& probe) { return reaches(mail, probe); };
  const bool whatever =
      from_before ? std::all_of(mail.reached.begin(), mail.reached.end(), is_reached)
                  : mail.open.empty() || std::any_of(probes().begin(), probes().end(), is_reached);
  return whatever ? std::string() : "whatever its own terms say";
}

const std::string& RelayWatch::refusal(Mail& mail, const Stretch& time, bool from_before) {
  std::string versions;
  for (const auto* track : mail.ground.tracks) {
    for (const auto& held : track->held.versions) versions += is_empty(common(held, time)) ? '-' : '+';
  }
  const auto [place, fresh] = mail.refusals.try_emplace({std::move(versions), from_before});
  if (!fresh) return place->second;
  dns_.go_to(time);
  return place->second = find_refusal(mail, from_before);
}

void RelayWatch::watch(std::size_t service, const std::function<Stretch(Stretch)>& judged,
                       const Breach& breach) {
  const auto& uses = course_.service_uses[service];
  if (uses.empty()) return;
  auto& mail = mail_of(service);
  const bool from_before = uses.front().time.from == -for_ever;
  if (from_before && !mail.ground.changes) return;
  for (const auto& use : uses) {
    const auto moments = mail.ground.moments(judged(use.time));
    const auto whole = judged(use.time);
    for (auto moment = moments.begin(); std::next(moment) != moments.end(); ++moment) {
      const auto time = common({*moment, *std::next(moment)}, whole);
      if (is_empty(time)) continue;
      const auto& why = refusal(mail, time, from_before);
      if (why.empty()) continue;
      breach(time, fmt::format("sends through {}, which its SPF record does not let through ({})",
                               scene_.services[service].name, why));
    }
  }
}

bool RelayWatch::gives_up(std::size_t service) {
  auto& mail = mail_of(service);
  if (!mail.ground.changes) return false;
  dns_.go_to(at_last);
  return !find_refusal(mail, true).empty();
}

}  // namespace rdnsgate::plan
