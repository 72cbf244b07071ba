// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/walk/walk.h"

#include <algorithm>
#include <optional>
#include <set>

#include "resolve/walk/address_finder.h"
#include "resolve/walk/cut_inspector.h"

namespace rdnsgate::resolve {
namespace {

using dns::Cut;
using dns::Name;
using dns::ReplyKind;
using dns::RrType;
using dns::WalkEnd;

class Walk {
 public:
  Walk(Loop& loop, const WalkOptions& options)
      : options_(options),
        client_(loop, options.asking, Clock::now() + options.deadline),
        finder_(client_),
        inspector_(client_, finder_, options) {}

  dns::Trace run(const std::vector<dns::RootServer>& root, const Name& name, RrType type) {
    trace_.name = trace_.last_name = name;
    trace_.type = type;
    trace_.cuts = std::move(options_.known);
    for (const auto& cut : trace_.cuts) inspector_.learn(cut);
    if (trace_.cuts.empty()) trace_.cuts.push_back(inspector_.inspect_root(root, effort_at({})));
    follow();
    if (options_.in_full == WalkOptions::InFull::every_cut) look_again();
    trace_.questions = client_.spent();
    return std::move(trace_);
  }

 private:
  enum class Next { down, alias, over };

  void follow() {
    std::size_t at = deepest_cut();
    while (true) {
      trace_.zone = trace_.cuts[at].zone;
      const auto next = look(trace_.cuts[at]);
      if (client_.exhausted()) trace_.end = WalkEnd::bound;
      if (next == Next::over || trace_.end == WalkEnd::bound) return;
      if (next == Next::alias) {
        at = deepest_cut();
        continue;
      }
      if (trace_.cuts.size() >= options_.most_cuts) {
        trace_.end = WalkEnd::too_deep;
        return;
      }
      auto cut = inspector_.inspect(child_, trace_.cuts[at], effort_at(child_));
      trace_.cuts.push_back(std::move(cut));
      at = trace_.cuts.size() - 1;
    }
  }

  /// At the zones that answered; the root and what is directly below it are looked after by others.
  void look_again() {
    for (const auto& link : trace_.links) {
      for (auto& cut : trace_.cuts) {
        if (cut.zone == link.zone) inspector_.ask_again_who_differs(cut, link.name, trace_.type);
      }
    }
    for (auto& cut : trace_.cuts) {
      if (cut.zone == trace_.zone && cut.zone.label_count() > 1) inspector_.ask_recursion(cut);
    }
  }

  Effort effort_at(const Name& zone) const {
    using InFull = WalkOptions::InFull;
    const bool full = options_.in_full == InFull::every_cut ||
                      (options_.in_full == InFull::cut_at_name && zone == trace_.name);
    return full ? Effort::full : Effort::passing;
  }

  /// The deepest cut above the name that is asked for now.
  std::size_t deepest_cut() const {
    std::size_t best = 0;
    for (std::size_t i = 0; i < trace_.cuts.size(); ++i) {
      const auto& zone = trace_.cuts[i].zone;
      if (trace_.last_name.is_within(zone) && zone.label_count() > trace_.cuts[best].zone.label_count())
        best = i;
    }
    return best;
  }

  /// Asks every server of the zone, and finds out where that leads.
  Next look(Cut& cut) {
    trace_.end = WalkEnd::stuck;
    inspector_.ask_all(cut, trace_.last_name, trace_.type);
    const auto* down = referral(cut);
    const auto* answered = down == nullptr ? answer(cut) : nullptr;
    if (down == nullptr && answered == nullptr) return Next::over;
    if (const auto cut_below = down != nullptr ? below(cut, *down) : holder(cut, *answered)) {
      child_ = *cut_below;
      return Next::down;
    }
    return conclude(cut, *answered);
  }

  /// What an address said, with the address.
  struct Said {
    IpAddress address;
    dns::AuthorityReply reply;
  };

  template <typename Accept>
  const Said* first(const Cut& cut, Accept&& accept) {
    for (const auto& server : cut.servers) {
      for (const auto& report : server.addresses) {
        if (!report.is_authoritative() || report.questions.empty()) continue;
        const auto& asked = report.questions.back();
        if (asked.name != trace_.last_name || !accept(asked.exchange.reply)) continue;
        said_ = {report.address, asked.exchange.reply};
        return &said_;
      }
    }
    return nullptr;
  }

  /// The referral to the zone that is nearest to this one.
  const Said* referral(const Cut& cut) {
    std::size_t nearest = 256;
    const auto leads_down = [&](const dns::AuthorityReply& reply) {
      if (reply.kind != ReplyKind::referral) return false;
      const auto& zone = reply.referral->zone;
      return zone != cut.zone && zone.is_within(cut.zone) && trace_.last_name.is_within(zone);
    };
    first(cut, [&](const dns::AuthorityReply& reply) {
      if (leads_down(reply)) nearest = std::min(nearest, reply.referral->zone.label_count());
      return false;
    });
    return first(cut, [&](const dns::AuthorityReply& reply) {
      return leads_down(reply) && reply.referral->zone.label_count() == nearest;
    });
  }

  const Said* answer(const Cut& cut) {
    return first(cut,
                 [](const dns::AuthorityReply& reply) { return reply.authoritative && reply.is_answer(); });
  }

  /// A server that holds several zones answers from the deepest: the cut that comes first is looked for
  /// between.
  std::optional<Name> below(const Cut& cut, const Said& said) {
    return nearest_cut(cut.zone, said.reply.referral->zone, said.address);
  }

  /// The cut below this zone where the server that answered holds a deeper zone too; nullopt where the answer
  /// is from this zone.
  std::optional<Name> holder(const Cut& cut, const Said& said) {
    const auto address = said.address;
    Name zone = cut.zone;
    if (said.reply.soa) {
      zone = said.reply.soa->owner;
    } else {
      // The SOA record of a negative answer names the zone (RFC 2308 §3). At an alias every type gives the
      // alias.
      for (Name name = trace_.last_name; name != cut.zone; name = name.parent()) {
        const auto reply = client_.ask({{address, name, RrType::SOA}}).front().reply;
        if (reply.kind == ReplyKind::alias) continue;
        if (reply.kind == ReplyKind::answer && reply.authoritative) zone = name;
        if (reply.soa) zone = reply.soa->owner;
        break;
      }
    }
    if (zone == cut.zone || !zone.is_within(cut.zone)) return std::nullopt;
    return nearest_cut(cut.zone, zone, address);
  }

  /// The highest cut below `top`, down to `zone`, as a server that holds `top` shows it.
  Name nearest_cut(const Name& top, const Name& zone, const IpAddress& address) {
    const auto cut =
        first_name(names_between(top, zone), address, [](const Name& name, const dns::AuthorityReply& reply) {
          const bool apex = reply.kind == ReplyKind::answer && reply.authoritative;
          return apex || (reply.kind == ReplyKind::referral && reply.referral->zone == name);
        });
    return cut ? *cut : zone;
  }

  /// The first of the names whose SOA record this server says something about that is accepted.
  template <typename Accept>
  std::optional<Name> first_name(const std::vector<Name>& names, const IpAddress& address, Accept&& accept) {
    constexpr std::size_t at_once = 8;
    for (std::size_t at = 0; at < names.size() && !client_.exhausted(); at += at_once) {
      std::vector<AuthorityQuery> queries;
      for (std::size_t i = at; i < std::min(at + at_once, names.size()); ++i)
        queries.push_back({address, names[i], RrType::SOA});
      const auto said = client_.ask(queries);
      for (std::size_t i = 0; i < said.size(); ++i) {
        if (accept(names[at + i], said[i].reply)) return names[at + i];
      }
    }
    return std::nullopt;
  }

  /// From the top, both ends left out.
  static std::vector<Name> names_between(const Name& top, const Name& bottom) {
    std::vector<Name> names;
    for (Name name = bottom; name != top; name = name.parent()) names.push_back(name);
    if (!names.empty()) names.erase(names.begin());
    std::reverse(names.begin(), names.end());
    return names;
  }

  Next conclude(const Cut& cut, const Said& said) {
    const auto reply = said.reply;
    const auto address = said.address;
    trace_.links.push_back({trace_.last_name, cut.zone});
    switch (reply.kind) {
      case ReplyKind::answer:
        trace_.end = WalkEnd::answer;
        trace_.answer = reply.rrset;
        return Next::over;
      case ReplyKind::nodata:
        trace_.end = WalkEnd::nodata;
        return Next::over;
      case ReplyKind::nxdomain:
        trace_.end = WalkEnd::nxdomain;
        trace_.missing = highest_missing(cut.zone, address);
        return Next::over;
      case ReplyKind::alias:
        return go_on_at(*reply.rrset);
      default:
        return Next::over;
    }
  }

  /// Nothing exists below a name that does not exist (RFC 8020 §2): the highest such name says at which
  /// level.
  Name highest_missing(const Name& zone, const IpAddress& address) {
    const auto missing = first_name(names_between(zone, trace_.last_name), address,
                                    [](const Name&, const dns::AuthorityReply& reply) {
                                      return reply.kind == ReplyKind::nxdomain && reply.authoritative;
                                    });
    return missing ? *missing : trace_.last_name;
  }

  Next go_on_at(const dns::RRset& alias) {
    seen_.insert(trace_.last_name);
    trace_.aliases.push_back(alias);
    trace_.last_name = dns::name_in(alias.rdata.front()).value();
    if (seen_.count(trace_.last_name) != 0) {
      trace_.end = WalkEnd::alias_loop;
      return Next::over;
    }
    if (trace_.aliases.size() > options_.most_aliases) {
      trace_.end = WalkEnd::too_deep;
      return Next::over;
    }
    return Next::alias;
  }

  WalkOptions options_;  // of it `known` is moved from
  AuthorityClient client_;
  AddressFinder finder_;
  CutInspector inspector_;
  dns::Trace trace_;
  Name child_;
  Said said_;
  std::set<Name> seen_;
};

}  // namespace

Result<dns::Trace> walk(const std::vector<dns::RootServer>& root, const Name& name, RrType type,
                        const WalkOptions& options) {
  auto loop = Loop::make();
  if (!loop) return tl::unexpected(loop.error());
  (*loop)->set_packets(options.asking.packets);
  return Walk(**loop, options).run(root, name, type);
}

}  // namespace rdnsgate::resolve
