// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/goals/keep_used.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>

#include "dns/references.h"
#include "plan/at_hand.h"
#include "plan/world/uses.h"

namespace rdnsgate::plan {
namespace {

/// What the goals take from one forward RRset.
struct Leaving {
  std::vector<IpAddress> addresses;
  bool empties = false;  ///< the name has no address of this family in the end
};

bool is_forward_removal(const Operation& operation, const Picture& picture) {
  if (operation.kind != Kind::remove_old || operation.set == none) return false;
  const auto type = picture.sets[operation.set].type;
  return type == RrType::A || type == RrType::AAAA;
}

std::map<std::size_t, Leaving> leaving_sets(const Picture& picture, const Goals& goals) {
  std::map<std::size_t, Leaving> all;
  std::map<std::size_t, std::vector<std::string>> left;
  for (const auto& operation : goals.operations) {
    if (!is_forward_removal(operation, picture)) continue;
    all[operation.set].addresses.push_back(operation.ip);
    if (const auto& live = picture.sets[operation.set].live) left[operation.set] = live->rdata;
  }
  for (const auto kind : {Kind::add_forward, Kind::remove_old}) {
    for (const auto& operation : goals.operations) {
      const auto found = operation.kind == kind ? left.find(operation.set) : left.end();
      if (found != left.end())
        found->second = applied(operation, picture.sets[operation.set].type, std::move(found->second));
    }
  }
  for (auto& [set, leaving] : all) leaving.empties = left[set].empty();
  return all;
}

std::vector<Name> owners_of(const Picture& picture, const std::map<std::size_t, Leaving>& leaving) {
  std::vector<Name> names;
  for (const auto& entry : leaving) names.push_back(picture.sets[entry.first].owner);
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

/// The first few, and how many more.
std::string some_of(const std::vector<std::string>& all) {
  constexpr std::size_t most = 5;
  std::string text = fmt::format(
      "{}",
      fmt::join(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(std::min(most, all.size())), ", "));
  if (all.size() > most) text += fmt::format(" and {} more", all.size() - most);
  return text;
}

std::string why_unknown(const Fact* fact) {
  if (fact == nullptr) return "not asked";
  if (fact->security == dns::Security::bogus) return std::string(dns::to_string(dns::Outcome::bogus));
  return std::string(dns::to_string(fact->outcome));
}

class Keeper {
 public:
  Keeper(const Inventory& now, const Inventory* base, const Picture& picture, const AtHand* at_hand,
         const Asker& ask, const std::vector<std::string>& despite, Goals& goals)
      : now_(now),
        base_(base),
        picture_(picture),
        at_hand_(at_hand),
        ask_(ask),
        despite_(despite),
        goals_(goals) {}

  std::vector<std::string> run() {
    const auto leaving = leaving_sets(picture_, goals_);
    learn(owners_of(picture_, leaving));
    std::set<std::size_t> kept;
    for (const auto& [set, what] : leaving) {
      if (is_kept(set, what)) kept.insert(set);
    }
    std::erase_if(goals_.operations, [&](const Operation& one) {
      return is_forward_removal(one, picture_) && kept.count(one.set) != 0;
    });
    keep_shared_pointers();
    if (!leaving.empty()) say_where_was_looked();
    say_who_still_leads_to_retired();
    for (const auto& one : despite_) {
      if (met_.count(one) == 0)
        goals_.note("--despite-use \"{}\": no such use keeps anything; it makes no difference.", one);
    }
    return {met_.begin(), met_.end()};
  }

 private:
  void learn(const std::vector<Name>& names) {
    uses_.add_name_servers(now_);
    // What the SPF records of declared domains let through by name is looked after where SPF is planned.
    for (const auto& domain : now_.domains) uses_.leave_out(domain.name, RrType::TXT);
    if (at_hand_ != nullptr) uses_.add_all(*at_hand_);
    if (names.empty() || !ask_ || (at_hand_ != nullptr && at_hand_->closed())) return;
    std::set<Name> failed;
    look_at_places(now_, base_, names, ask_, [&](const PlaceToAsk& place, const Fact* fact) {
      if (fact != nullptr && dns::is_definite(fact->outcome) && fact->security != dns::Security::bogus) {
        for (const auto& set : fact->answer) uses_.add(set);
      } else if (!place.target.is_root()) {
        uses_.add_unknown(place.owner, place.type, why_unknown(fact), place.target);
      } else if (failed.insert(place.domain).second) {
        // A zone that does not answer is one thing that is not known, and not thirty.
        uses_.add_unknown(place.owner, place.type, why_unknown(fact));
      }
    });
  }

  bool is_kept(std::size_t index, const Leaving& leaving) {
    const auto& owner = picture_.sets[index].owner;
    std::vector<std::string> users, unknown, options, despite;
    for (const auto& use : uses_.of(owner)) {
      if (!leaving.empties && !use.glue) continue;
      const auto label = use.label();
      if (is_despite(label)) {
        despite.push_back(label);
        continue;
      }
      options.push_back(fmt::format("--despite-use \"{}\"", label));
      if (use.unknown.empty()) {
        users.push_back(label);
      } else {
        unknown.push_back(fmt::format("{} ({})", label, use.unknown));
      }
    }
    if (options.empty()) {
      for (const auto& label : despite)
        goals_.note("{} points to {}, which loses addresses (--despite-use).", label, owner.text());
      return false;
    }
    std::vector<std::string> addresses;
    for (const auto& ip : leaving.addresses) addresses.push_back(ip.to_string());
    std::string why;
    if (!users.empty()) {
      why = fmt::format("{} {} to it{}", some_of(users), users.size() == 1 ? "points" : "point",
                        leaving.empties ? "" : ", and the parent zone has its addresses, too");
    }
    if (!unknown.empty()) {
      why += fmt::format("{}whether {} {} to it could not be determined", why.empty() ? "" : "; ",
                         some_of(unknown), unknown.size() == 1 ? "points" : "point");
    }
    goals_.note("{} keeps {}: {}. Plan again once nothing does; to remove it anyway, add {}.", owner.text(),
                some_of(addresses), why, fmt::join(options, " "));
    return true;
  }

  bool is_despite(const std::string& label) {
    if (std::find(despite_.begin(), despite_.end(), label) == despite_.end()) return false;
    met_.insert(label);
    return true;
  }

  /// A PTR record that reverse names of no address of ours are aliases of is theirs, too.
  void keep_shared_pointers() {
    std::erase_if(goals_.operations, [&](const Operation& one) {
      if (one.kind != Kind::swap_ptr && one.kind != Kind::remove_ptr) return false;
      const auto strangers = strangers_at(one);
      if (strangers.empty()) return false;
      const auto text = fmt::format("{} PTR: {} {} of it, and no address of the inventory's",
                                    picture_.sets[one.set].owner.text(), some_of(strangers),
                                    strangers.size() == 1 ? "is an alias" : "are aliases");
      if (one.kind == Kind::remove_ptr) {
        goals_.note("{}; it is left alone.", text);
      } else {
        goals_.problems.push_back(
            fmt::format("{}: give {} a record of its own, or go on with --despite-use \"{}\"", text,
                        one.ip.to_string(), fmt::join(strangers, "\" --despite-use \"")));
      }
      return true;
    });
  }

  std::vector<std::string> strangers_at(const Operation& operation) {
    std::vector<std::string> all;
    for (const auto& alias : uses_.aliases_of(picture_.sets[operation.set].owner)) {
      // Of each address of ours the PTR was asked for.
      if (picture_.find(alias, RrType::PTR) != none) continue;
      const auto label = NameUse{alias, RrType::CNAME, false, {}}.label();
      if (!is_despite(label)) all.push_back(label);
    }
    return all;
  }

  void say_where_was_looked() {
    std::vector<std::string> open;
    std::size_t read = 0;
    if (at_hand_ != nullptr) {
      read = at_hand_->zones().size();
      for (const auto& zone : at_hand_->zones()) {
        for (const auto& one : zone.open) open.push_back(one.owner.text());
      }
    }
    if (!open.empty()) {
      open.erase(std::unique(open.begin(), open.end()), open.end());
      goals_.note("Where {} {} is up to the provider and not known here.", some_of(open),
                  open.size() == 1 ? "points" : "point");
    }
    if (at_hand_ != nullptr && at_hand_->closed()) {
      goals_.note(
          "Records that point to a name that loses an address were looked for in the {} given and nowhere "
          "else.",
          read == 1 ? "zone" : "zones");
    } else if (ask_) {
      goals_.note(
          "Records that point to a name that loses an address were looked for at the usual places of the "
          "declared zones and domains (NS, MX, SPF, SRV, NAPTR, SVCB, HTTPS, TLSA, DNAME and usual "
          "aliases){}. The DNS "
          "cannot list all records: others are not known.",
          read == 0 ? "" : fmt::format(" and in {} zone file{}", read, read == 1 ? "" : "s"));
    }
  }

  /// Names that nobody gives up, with addresses that nothing is to be sent from any more.
  void say_who_still_leads_to_retired() {
    if (at_hand_ == nullptr) return;
    std::map<IpAddress, std::vector<std::string>> still;
    std::set<std::pair<Name, IpAddress>> given_up;
    for (const auto& one : goals_.operations) {
      if (is_forward_removal(one, picture_)) given_up.emplace(picture_.sets[one.set].owner, one.ip);
    }
    for (const auto& path : picture_.paths) {
      if (path.now == nullptr) still[path.ip];
    }
    const auto lead = [&](const IpAddress& ip, const Name& owner, RrType type) {
      const auto found = still.find(ip);
      // The name gives its own record up; the hints of its services stay (RFC 9460 §7.3).
      const bool address = type == RrType::A || type == RrType::AAAA;
      if (found != still.end() && !(address && given_up.count({owner, ip}) != 0))
        found->second.push_back(NameUse{owner, type, false, {}}.label());
    };
    for (const auto& zone : at_hand_->zones()) {
      for (const auto& set : zone.sets) {
        for (const auto& rdata : set.rdata) {
          for (const auto& ip : dns::address_hints(set.type, rdata)) lead(ip, set.owner, set.type);
          if (set.type != RrType::A && set.type != RrType::AAAA) continue;
          if (const auto ip = dns::address_in(rdata)) lead(*ip, set.owner, set.type);
        }
      }
    }
    for (const auto& [ip, all] : still) {
      if (!all.empty())
        goals_.note(
            "{} goes out of use, and {} still {} to it: check that nothing needs it before the address is "
            "given to others.",
            ip.to_string(), some_of(all), all.size() == 1 ? "points" : "point");
    }
  }

  const Inventory& now_;
  const Inventory* base_;
  const Picture& picture_;
  const AtHand* at_hand_;
  const Asker& ask_;
  const std::vector<std::string>& despite_;
  Goals& goals_;
  Uses uses_;
  std::set<std::string> met_;
};

}  // namespace

std::vector<std::string> keep_what_is_used(const Inventory& now, const Inventory* base,
                                           const Picture& picture, const AtHand* at_hand, const Asker& ask,
                                           const std::vector<std::string>& despite, Goals& goals) {
  return Keeper(now, base, picture, at_hand, ask, despite, goals).run();
}

void ask_for_uses(const Inventory& now, const Inventory* base, const Picture& picture, const AtHand* at_hand,
                  const Asker& ask, const Goals& goals) {
  if (at_hand != nullptr && at_hand->closed()) return;
  const auto names = owners_of(picture, leaving_sets(picture, goals));
  if (names.empty()) return;
  look_at_places(now, base, names, ask, [](const PlaceToAsk&, const Fact*) {});
}

}  // namespace rdnsgate::plan
