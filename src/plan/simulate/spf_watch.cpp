// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/simulate/spf_watch.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "mailauth/spf/spf_record.h"

namespace rdnsgate::plan {

using mailauth::SpfLookup;
using mailauth::SpfOutcome;
using mailauth::SpfResult;

namespace {

constexpr SpfResult refusals[] = {SpfResult::fail, SpfResult::softfail, SpfResult::permerror};

mailauth::SpfIdentity identity_of(const Scene::Path& path, const Name& helo, const Name& domain) {
  mailauth::SpfIdentity who{path.ip, std::nullopt, domain, std::nullopt};
  if (!helo.is_root()) who.helo = helo.text();
  return who;
}

bool has_one_record(const std::vector<std::string>& rdata) { return mailauth::spf_texts(rdata).size() == 1; }

}  // namespace

SpfWatch::SpfWatch(const Scene& scene, const Course& course)
    : scene_(scene), course_(course), dns_(scene, course), evaluator_(dns_.asker()) {
  for (const auto& domain : scene.now.domains) {
    if (course.track_of(domain.name, RrType::TXT) != nullptr) domains_.push_back(domain.name);
  }
  for (const auto& one : course.plan.spf_open) {
    const bool is_retired =
        one.state == SpfOpen::State::still_passes || one.state == SpfOpen::State::may_still_pass;
    said_.emplace(one.domain, one.ip, is_retired);
  }
  for (const auto& one : course.plan.left_out) {
    if (one.kind == LeftOut::Kind::address) left_out_.insert(one.id);
  }
}

Name SpfWatch::helo_at(std::size_t path, Moment moment) const {
  const auto& uses = course_.uses[path];
  for (auto use = uses.rbegin(); use != uses.rend(); ++use) {
    if (use->time.from <= moment) return use->helo;
  }
  return uses.empty() ? Name() : uses.front().helo;
}

SpfGround SpfWatch::look(const Identity& whose, std::size_t path) {
  SpfGround ground;
  dns_.go_anywhen(&ground.tracks);
  std::set<Name> helos{whose.is_helo ? whose.domain : helo_at(path, -for_ever)};
  for (const auto& use : course_.uses[path]) {
    if (!whose.is_helo) helos.insert(use.helo);
  }
  for (const auto& helo : helos) {
    const auto who = identity_of(scene_.paths[path], helo, whose.domain);
    ground.by_address = evaluator_.exhaust(who, whose.domain).by_address || ground.by_address;
  }
  dns_.go_anywhen();
  ground.settle();
  return ground;
}

/// Every address of a family rests on the same RRsets, unless a record asks by address.
const SpfGround& SpfWatch::ground_of(const Identity& identity, std::size_t path) {
  const bool is_v4 = scene_.paths[path].ip.is_v4();
  const auto get = [&](std::optional<std::size_t> whose) -> const SpfGround& {
    auto [place, fresh] = grounds_.try_emplace({identity, is_v4, whose});
    if (fresh) place->second = look(identity, path);
    return place->second;
  };
  const auto& shared = get(std::nullopt);
  return shared.by_address ? get(path) : shared;
}

/// A stretch in which nothing changes.
SpfOutcome SpfWatch::at(const Identity& whose, std::size_t path, const Stretch& time) {
  dns_.go_to(time);
  const auto helo = whose.is_helo ? whose.domain : helo_at(path, time.from);
  return evaluator_.evaluate(identity_of(scene_.paths[path], helo, whose.domain), whose.domain);
}

bool SpfWatch::passes(const Identity& whose, std::size_t path, const Stretch& time) {
  return at(whose, path, time).results.is(SpfResult::pass);
}

/// Of a HELO name, what is no failure is as good as no record: the domain's own decides.
bool SpfWatch::is_accepted(const Identity& whose, const SpfOutcome& outcome) {
  if (!whose.is_helo) return outcome.results.is(SpfResult::pass);
  return std::none_of(std::begin(refusals), std::end(refusals),
                      [&](SpfResult one) { return outcome.results.may_be(one); });
}

bool SpfWatch::sends_through(const Name& domain, std::size_t path) const {
  const auto& sender = scene_.paths[path].sender;
  return std::any_of(scene_.now.domains.begin(), scene_.now.domains.end(), [&](const auto& one) {
    return one.name == domain &&
           std::any_of(one.via.begin(), one.via.end(), [&](const auto& via) { return via.name == sender; });
  });
}

void SpfWatch::watch(std::size_t path, const Stretch& judged, const Breach& breach) {
  const bool starts = course_.uses[path].front().time.from != -for_ever;
  for (const auto& domain : domains_) {
    if (!starts || sends_through(domain, path)) watch({domain, false}, path, starts, judged, breach);
  }
}

void SpfWatch::watch_helo(std::size_t path, const Use& use, const Breach& breach) {
  if (use.helo.is_root() || !has_record(use.helo)) return;
  const auto& first = course_.uses[path].front();
  const bool as_before = first.time.from == -for_ever && use.helo == first.helo;
  watch({use.helo, true}, path, !as_before, use.time, breach);
}

/// Some version of it. What was not found out is not watched.
bool SpfWatch::has_record(const Name& helo) {
  const auto [place, fresh] = has_record_.try_emplace(helo, false);
  if (!fresh) return place->second;
  dns_.go_anywhen();
  const auto found = dns_.asker()(helo, RrType::TXT);
  place->second = found.state == SpfLookup::State::known &&
                  std::any_of(found.values.begin(), found.values.end(), has_one_record);
  return place->second;
}

void SpfWatch::watch(const Identity& whose, std::size_t path, bool starts, const Stretch& judged,
                     const Breach& breach) {
  const auto& uses = course_.uses[path];
  const auto& ground = ground_of(whose, path);
  if (!ground.changes && !starts) return;
  const auto first = at(whose, path, at_first);
  // What was not let through before is not the plan's doing, and a domain without a record promises nothing.
  if (starts ? first.results.is(SpfResult::none) : !is_accepted(whose, first)) return;
  auto moments = ground.moments(judged);
  for (const auto& use : uses) moments.insert({use.time.from, use.time.until});
  Stretch broken{0, 0};
  std::string why;
  const auto close = [&] {
    if (!is_empty(broken)) {
      breach(broken, fmt::format("is not let through by the SPF record of {}{}{}",
                                 whose.is_helo ? "its HELO name " : "", whose.domain.text(), why));
    }
    broken = {0, 0};
  };
  for (auto moment = moments.begin(); std::next(moment) != moments.end(); ++moment) {
    const auto time = common({*moment, *std::next(moment)}, judged);
    if (is_empty(time)) continue;
    const auto outcome = at(whose, path, time);
    if (is_accepted(whose, outcome)) {
      close();
      continue;
    }
    if (is_empty(broken)) {
      broken = time;
      why = fmt::format(" ({}{})", outcome.results.text(), outcome.why.empty() ? "" : ": " + outcome.why);
    }
    broken.until = time.until;
  }
  close();
}

/// Through senders of its own, now or before. Of others nobody looks at the record.
bool SpfWatch::sends_at_all(const Name& domain) const {
  const auto is_sent = [&](const inventory::Inventory& inventory) {
    const auto is_sender = [&](const auto& via) {
      return std::any_of(inventory.senders.begin(), inventory.senders.end(),
                         [&](const auto& one) { return one.name == via.name; });
    };
    return std::any_of(inventory.domains.begin(), inventory.domains.end(), [&](const auto& one) {
      return one.name == domain && std::any_of(one.via.begin(), one.via.end(), is_sender);
    });
  };
  return is_sent(scene_.now) || (scene_.base != nullptr && is_sent(*scene_.base));
}

void SpfWatch::watch_end(std::size_t path, const Breach& breach) {
  const auto& ip = scene_.paths[path].ip;
  if (left_out_.contains(ip.to_string())) return;
  const bool is_retired = scene_.now.find(ip) == nullptr;
  const Stretch end{end_of(course_.plan, course_.climate), for_ever};
  for (const auto& domain : domains_) {
    if (said_.contains({domain, ip, is_retired})) continue;
    const Identity whose{domain, false};
    if (is_retired) {
      if (sends_at_all(domain) && at(whose, path, at_last).results.may_be(SpfResult::pass))
        breach(end,
               fmt::format(
                   "is retired and still let through by the SPF record of {}, and the plan does not say so",
                   domain.text()));
    } else if (sends_through(domain, path) && ground_of(whose, path).changes) {
      const auto last = at(whose, path, at_last);
      if (!last.results.is(SpfResult::pass) && !last.results.is(SpfResult::none))
        breach(end, fmt::format(
                        "is not let through by the SPF record of {} in the end, and the plan does not say so",
                        domain.text()));
    }
  }
}

bool SpfWatch::gives_up(std::size_t path) {
  return std::any_of(domains_.begin(), domains_.end(), [&](const Name& domain) {
    const Identity whose{domain, false};
    return ground_of(whose, path).changes && passes(whose, path, at_first) && !passes(whose, path, at_last);
  });
}

}  // namespace rdnsgate::plan
