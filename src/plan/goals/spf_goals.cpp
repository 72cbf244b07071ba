// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/goals/spf_goals.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>

#include "plan/goals/spf_final.h"
#include "plan/world/spf_edit.h"
#include "plan/world/spf_world.h"

namespace rdnsgate::plan {
namespace {

using inventory::Domain;
using mailauth::SpfEvaluator;
using mailauth::SpfOutcome;
using mailauth::SpfResult;

// A reply that fits into 512 octets needs neither EDNS nor TCP; what is longer than 1232 is cut off on most
// ways (RFC 7208 §3.4, RFC 9715).
constexpr std::size_t reply_sizes[] = {512, 1232};

/// Both fit, or neither did before.
bool may_grow(std::size_t from, std::size_t to) {
  return std::none_of(std::begin(reply_sizes), std::end(reply_sizes),
                      [&](std::size_t most) { return from <= most && to > most; });
}

bool names_sender(const Domain& domain, const std::string& sender) {
  return std::any_of(domain.via.begin(), domain.via.end(),
                     [&](const auto& via) { return via.name == sender; });
}

const Domain* domain_of_ours(const Inventory* inventory, const Name& name) {
  if (inventory == nullptr) return nullptr;
  const auto found = std::find_if(inventory->domains.begin(), inventory->domains.end(),
                                  [&](const Domain& domain) { return domain.name == name; });
  return found == inventory->domains.end() ? nullptr : &*found;
}

const std::vector<std::string>& rdata_of(const MaybeVersion& version) {
  static const std::vector<std::string> nothing;
  return version ? version->rdata : nothing;
}

/// What receivers would see of what some operations leave behind.
class Look {
 public:
  Look(const Picture& picture, const std::vector<Operation>& operations)
      : picture_(picture),
        final_(picture, operations),
        evaluator_(spf_asker(picture, [this](std::size_t set) { return std::vector{final_.value(set)}; })) {}

  void carry_out(const Operation& operation) { final_.carry_out(operation); }
  const MaybeVersion& value(std::size_t set) const { return final_.value(picture_.behind(set)); }
  SpfOutcome of(const Path& path, const Name& helo, const Name& domain) {
    return evaluator_.evaluate(spf_identity(path, helo, domain), domain);
  }
  SpfOutcome whole(const Name& domain, const IpAddress& ip) {
    return evaluator_.exhaust({ip, std::nullopt, domain, std::nullopt}, domain);
  }

 private:
  const Picture& picture_;
  FinalWorld final_;
  SpfEvaluator evaluator_;
};

/// What is there and what comes, side by side: nothing has gone yet.
std::vector<Operation> additions(const std::vector<Operation>& operations) {
  std::vector<Operation> all;
  for (const auto& one : operations) {
    if (one.kind == Kind::add_forward) all.push_back(one);
  }
  return all;
}

class SpfGoalDeriver {
 public:
  SpfGoalDeriver(const Inventory& now, const Inventory* base, const Picture& picture, Goals& goals)
      : now_(now), base_(base), picture_(picture), goals_(goals), live_(picture, {}) {}

  void run() {
    for (const auto& one : goals_.operations) {
      if (is_loss(one)) losers_.insert(one.paths.front());
    }
    for (const auto& domain : now_.domains) {
      if (picture_.find(domain.name, RrType::TXT) != none) remove_literals(domain);
    }
    for (const auto& domain : now_.domains) {
      if (picture_.find(domain.name, RrType::TXT) != none) authorise(domain);
    }
    for (const auto& domain : now_.domains) remove_dead_names(domain);
  }

 private:
  /// The records that the domain's one takes in, and it itself first, as far as their RRsets were looked at.
  std::vector<std::size_t> records_of(const Domain& domain) const {
    const std::size_t top = picture_.find(domain.name, RrType::TXT);
    std::vector<std::size_t> all{top};
    const auto found = picture_.spf_records.find(domain.name);
    if (found == picture_.spf_records.end()) return all;
    for (const auto set : found->second) {
      if (std::find(all.begin(), all.end(), set) == all.end()) all.push_back(set);
    }
    return all;
  }

  /// A record of the domain's own is whoever's the inventory says; one that it takes in is ours where the
  /// inventory declares its zone.
  bool may_edit(std::size_t set, std::size_t top) const {
    const auto& state = picture_.sets[set];
    if (!state.problem.empty() || state.alias || !state.live || !has_spf_record(state.live->rdata))
      return false;
    return set == top || (state.zone != none && picture_.zones[state.zone].declared != nullptr);
  }

  bool sends_for(const Domain& domain, const std::string& sender) const {
    const auto* before = domain_of_ours(base_, domain.name);
    return names_sender(domain, sender) || (before != nullptr && names_sender(*before, sender));
  }

  void remove_literals(const Domain& domain) {
    const std::size_t top = picture_.find(domain.name, RrType::TXT);
    const auto& own = picture_.sets[top];
    for (std::size_t i = 0; i < picture_.paths.size(); ++i) {
      const Path& path = picture_.paths[i];
      if (path.now != nullptr || !path.left_out.empty()) continue;
      if (!path.only_listed() && !sends_for(domain, path.sender)) continue;
      if (!own.problem.empty()) {
        if (!path.only_listed()) goals_.unknown.emplace(i, own.problem);
        continue;
      }
      for (const auto set : records_of(domain)) {
        const auto& state = picture_.sets[set];
        if (!state.live || !spf_lists(state.live->rdata, path.ip)) continue;
        if (may_edit(set, top)) {
          push({Kind::remove_old, set, path.ip, {}, {i}, state.owner, {}});
        } else {
          goals_.note(
              state.alias
                  ? fmt::format("{} is an alias; its SPF record is left alone.", domain.name.text())
                  : fmt::format("The SPF record of {} lists {}, and is not ours to change: ask who holds it "
                                "to take it out.",
                                state.owner.text(), path.ip.to_string()));
        }
      }
    }
  }

  /// What the name that a path says is in the end.
  Name helo_after(std::size_t index) const {
    const auto* address = picture_.paths[index].now;
    return address != nullptr ? address->helo : goals_.helo[index];
  }

  /// Its first use lies before us.
  bool starts(const Domain& domain, std::size_t index) const {
    if (!names_sender(domain, picture_.paths[index].sender)) return false;
    if (goals_.sending[index] == 0) return true;
    const auto* before = domain_of_ours(base_, domain.name);
    return before != nullptr && !names_sender(*before, picture_.paths[index].sender);
  }

  void authorise(const Domain& domain) {
    std::optional<Look> after;
    after.emplace(picture_, goals_.operations);
    for (std::size_t i = 0; i < picture_.paths.size(); ++i) {
      const Path& path = picture_.paths[i];
      if (path.now == nullptr) continue;
      const bool comes = starts(domain, i) && (path.left_out.empty() || path.adds);
      if (!comes && !names_sender(domain, path.sender) && !loses_name(i)) continue;
      // Nothing is sent from it before it is planned.
      if (!comes && !path.left_out.empty() && goals_.sending[i] == 0) continue;
      const auto then = after->of(path, helo_after(i), domain.name);
      if (then.results.is(SpfResult::pass)) continue;
      const auto before = live_.of(path, goals_.helo[i], domain.name);
      const auto& own = picture_.sets[picture_.find(domain.name, RrType::TXT)];
      // A domain without a record promises nothing.
      if (before.results.is(SpfResult::none)) return;
      if (!own.problem.empty()) {
        if (comes || loses_name(i)) goals_.unknown.emplace(i, own.problem);
        continue;
      }
      const bool lost = !comes && before.results.is(SpfResult::pass);
      if (!comes && !lost) {
        if (names_sender(domain, path.sender)) leave(domain, path, before);
        continue;
      }
      if (!let_through(domain, i, lost) && !(lost && keep_names(domain, i)))
        return cannot(domain, path, then);
      after.emplace(picture_, goals_.operations);
    }
  }

  void leave(const Domain& domain, const Path& path, const SpfOutcome& before) {
    if (before.unknown) {
      goals_.note(
          "Whether the SPF record of {} lets {} through could not be determined; it is left as it is.",
          domain.name.text(), path.ip.to_string());
    } else {
      goals_.note(
          "The SPF record of {} does not let {} through ({}{}), which {} sends from already; that is "
          "left as it is.",
          domain.name.text(), path.ip.to_string(), before.results.text(),
          before.why.empty() ? "" : ": " + before.why, path.sender);
    }
  }

  void cannot(const Domain& domain, const Path& path, const SpfOutcome& then) {
    problem(fmt::format(
        "the SPF record of {} does not let {} through ({}{}), and no change of it that this plan "
        "may make would{}{}",
        domain.name.text(), path.ip.to_string(), then.results.text(), then.why.empty() ? "" : ": " + then.why,
        too_long_.empty() ? "" : fmt::format(" ({})", too_long_), what_others_add(domain, path)));
  }

  /// Where somebody else has to write it into a record of theirs: which, and what.
  std::string what_others_add(const Domain& domain, const Path& path) const {
    const auto theirs = records_of_others(domain, path);
    if (theirs.empty()) return {};
    const auto& own = picture_.sets[picture_.find(domain.name, RrType::TXT)];
    return fmt::format(": have {} added to {}{} by whoever holds it, and plan again", spf_term_of(path.ip),
                       fmt::join(theirs, " or "),
                       own.alias ? fmt::format(" (of which {} is an alias)", domain.name.text()) : "");
  }

  /// The SPF records that the domain's one takes in, or is, and that no plan may edit.
  std::set<std::string> records_of_others(const Domain& domain, const Path& path) const {
    std::set<std::string> all;
    const auto top = picture_.find(domain.name, RrType::TXT);
    const auto live = spf_asker(picture_, [&](std::size_t set) { return spf_live(picture_, set); });
    SpfEvaluator evaluator([&](const Name& name, RrType type) {
      auto found = live(name, type);
      const auto set = picture_.find(name, type);
      if (type != RrType::TXT || (set != none && may_edit(set, top))) return found;
      if (std::any_of(found.values.begin(), found.values.end(), has_spf_record))
        all.insert((set == none ? name : picture_.sets[set].owner).text() + " TXT");
      return found;
    });
    evaluator.exhaust(spf_identity(path, {}, domain.name), domain.name);
    return all;
  }

  bool loses_name(std::size_t index) const { return losers_.contains(index); }

  /// The operation takes an address from a name.
  bool is_loss(const Operation& one) const {
    return one.kind == Kind::remove_old && !one.paths.empty() && picture_.sets[one.set].type != RrType::TXT;
  }

  /// The names stay as they are, where nothing else keeps the path authorised.
  bool keep_names(const Domain& domain, std::size_t index) {
    auto kept = goals_.operations;
    std::vector<Name> names;
    std::erase_if(kept, [&](const Operation& one) {
      const bool is_it = is_loss(one) && one.paths.front() == index;
      if (is_it) names.push_back(one.from);
      return is_it;
    });
    const Path& path = picture_.paths[index];
    Look look(picture_, kept);
    if (!look.of(path, helo_after(index), domain.name).results.is(SpfResult::pass)) return false;
    goals_.operations = std::move(kept);
    losers_.erase(index);
    for (const auto& name : names) {
      goals_.note("{} keeps {}: the SPF record of {} lets it through by that name, and cannot be changed.",
                  name.text(), path.ip.to_string(), domain.name.text());
    }
    return true;
  }

  /// Adds what lets the path through in the end, and says whether anything does.
  bool let_through(const Domain& domain, std::size_t index, bool lost) {
    too_long_.clear();
    if (lost && change_name(domain, index)) return true;
    for (const auto set : places_for(domain, index)) {
      Operation operation{Kind::add_forward, set, picture_.paths[index].ip, {},
                          {index},           {},  picture_.sets[set].owner};
      if (attempt(domain, {index}, operation)) return true;
    }
    return false;
  }

  /// Where the address may be written: beside others of its sender, else in the domain's own record. One that
  /// all domains take in which need it saves the others an edit.
  std::vector<std::size_t> places_for(const Domain& domain, std::size_t index) const {
    const auto records = records_of(domain);
    const std::size_t top = records.front();
    std::vector<std::pair<std::size_t, std::size_t>> ranked;
    for (const auto set : records) {
      if (!may_edit(set, top)) continue;
      const std::size_t rank = lists_a_sibling(set, index)                      ? 0
                               : set != top && serves_all_that_need(set, index) ? 1
                               : set == top                                     ? 2
                                                                                : 3;
      ranked.emplace_back(rank, set);
    }
    std::stable_sort(ranked.begin(), ranked.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<std::size_t> places;
    for (const auto& one : ranked) places.push_back(one.second);
    return places;
  }

  bool lists_a_sibling(std::size_t set, std::size_t index) const {
    const auto& rdata = rdata_of(picture_.sets[set].live);
    return std::any_of(picture_.paths.begin(), picture_.paths.end(), [&](const Path& one) {
      return one.sender == picture_.paths[index].sender && spf_lists(rdata, one.ip);
    });
  }

  bool serves_all_that_need(std::size_t set, std::size_t index) const {
    std::size_t served = 0;
    for (const auto& domain : now_.domains) {
      if (picture_.find(domain.name, RrType::TXT) == none) continue;
      const auto records = records_of(domain);
      if (std::find(records.begin(), records.end(), set) == records.end()) continue;
      if (!names_sender(domain, picture_.paths[index].sender)) return false;
      ++served;
    }
    return served > 1;
  }

  /// Takes the operation up where these paths are let through with it, old and new side by side too, and the
  /// record stays within its limits.
  bool attempt(const Domain& domain, const std::vector<std::size_t>& paths, const Operation& operation) {
    auto all = goals_.operations;
    all.push_back(operation);
    Look look(picture_, all), beside(picture_, additions(all));
    const auto& state = picture_.sets[operation.set];
    const auto size = txt_reply_size(state.owner, rdata_of(beside.value(operation.set)));
    if (!may_grow(txt_reply_size(state.owner, rdata_of(state.live)), size)) {
      too_long_ = fmt::format("the reply with {} TXT would have {} octets", state.owner.text(), size);
      return false;
    }
    for (const auto path : paths) {
      const auto& one = picture_.paths[path];
      if (!look.of(one, helo_after(path), domain.name).results.is(SpfResult::pass)) return false;
      if (!beside.of(one, helo_after(path), domain.name).results.is(SpfResult::pass)) return false;
    }
    const auto& ip = picture_.paths[paths.front()].ip;
    if (live_.whole(domain.name, ip).lookups <= mailauth::spf_most_lookups &&
        beside.whole(domain.name, ip).lookups > mailauth::spf_most_lookups)
      return false;
    push(operation);
    return true;
  }

  /// The path is let through by a name that goes: by the name that its host has now.
  bool change_name(const Domain& domain, std::size_t index) {
    const std::size_t top = picture_.find(domain.name, RrType::TXT);
    for (const auto set : records_of(domain)) {
      if (!may_edit(set, top)) continue;
      const auto record = spf_record_in(picture_.sets[set].live->rdata);
      if (!record) continue;
      for (const auto& term : record->terms) {
        const auto name = name_in(term, set);
        if (!name || !loses(index, *name) || !is_dead(*name)) continue;
        if (replace(domain, index, set, term, *name)) return true;
      }
    }
    return false;
  }

  /// Whose addresses an `a` lets through; nullopt for other terms, and where macros say it.
  std::optional<Name> name_in(const mailauth::SpfTerm& term, std::size_t set) const {
    if (term.kind != mailauth::SpfKind::a || term.domain.find('%') != std::string::npos) return std::nullopt;
    if (term.domain.empty()) return picture_.sets[set].owner;
    auto name = Name::parse(term.domain);
    return name ? std::optional(std::move(*name)) : std::nullopt;
  }

  /// The same term about another name.
  static std::string renamed(const mailauth::SpfTerm& term, const Name& name) {
    auto text = term.text;
    if (term.domain.empty()) return text.insert(std::min(text.find('/'), text.size()), ":" + name.text());
    return text.replace(text.find(':') + 1, term.domain.size(), name.text());
  }

  bool loses(std::size_t index, const Name& name) const {
    const std::size_t set = picture_.find(name, forward_type(picture_.paths[index].ip));
    return set != none &&
           std::any_of(goals_.operations.begin(), goals_.operations.end(), [&](const Operation& one) {
             return one.kind == Kind::remove_old && one.set == set && !one.paths.empty() &&
                    one.paths.front() == index;
           });
  }

  /// The plan takes the last address from the name.
  bool is_dead(const Name& name) const {
    const FinalWorld final_world(picture_, goals_.operations);
    bool had = false;
    for (const auto type : {RrType::A, RrType::AAAA}) {
      const std::size_t set = picture_.behind(picture_.find(name, type));
      if (set == none) continue;
      if (!picture_.sets[set].problem.empty() || final_world.value(set)) return false;
      had = had || (picture_.sets[set].live && final_world.is_changed(set));
    }
    return had;
  }

  bool replace(const Domain& domain, std::size_t index, std::size_t set, const mailauth::SpfTerm& term,
               const Name& old) {
    std::vector<std::size_t> paths;
    for (std::size_t i = 0; i < picture_.paths.size(); ++i) {
      if (picture_.paths[i].now != nullptr && loses(i, old)) paths.push_back(i);
    }
    for (const auto* name : {&picture_.paths[index].now->helo, &picture_.paths[index].now->ptr}) {
      if (name->is_root()) continue;
      Operation operation{Kind::add_forward,       set, picture_.paths[index].ip, {}, paths, {},
                          picture_.sets[set].owner};
      operation.term = renamed(term, *name);
      if (attempt(domain, paths, operation)) return true;
    }
    return false;
  }

  /// Terms of records of ours whose name nothing has any more.
  void remove_dead_names(const Domain& domain) {
    const std::size_t top = picture_.find(domain.name, RrType::TXT);
    if (top == none) return;
    for (const auto set : records_of(domain)) {
      const auto record =
          picture_.sets[set].live ? spf_record_in(picture_.sets[set].live->rdata) : std::nullopt;
      if (!record) continue;
      for (const auto& term : record->terms) {
        const auto name = name_in(term, set);
        if (!name || !is_dead(*name)) continue;
        if (!may_edit(set, top)) {
          goals_.note(
              "The SPF record of {} names {}, which has no address any more in the end, and is not "
              "ours to change: ask who holds it to take that out.",
              picture_.sets[set].owner.text(), name->text());
          continue;
        }
        Operation operation{Kind::remove_old, set, {}, {}, {}, *name, {}};
        operation.term = term.text;
        for (std::size_t i = 0; i < picture_.paths.size(); ++i) {
          if (loses(i, *name)) operation.paths.push_back(i);
        }
        if (operation.paths.empty()) continue;
        operation.ip = picture_.paths[operation.paths.front()].ip;
        push(std::move(operation));
      }
    }
  }

  void push(Operation operation) {
    // Domains share records.
    if (pushed_.emplace(operation.kind, operation.set, operation.ip, operation.term).second)
      goals_.operations.push_back(std::move(operation));
  }

  void problem(std::string text) { goals_.problems.push_back(std::move(text)); }
  const Inventory& now_;
  const Inventory* base_;
  const Picture& picture_;
  Goals& goals_;
  Look live_;
  std::set<std::size_t> losers_;  ///< paths that some name loses
  std::set<std::tuple<Kind, std::size_t, IpAddress, std::string>> pushed_;
  std::string too_long_;
};

}  // namespace

void derive_spf(const Inventory& now, const Inventory* base, const Picture& picture, Goals& goals) {
  SpfGoalDeriver(now, base, picture, goals).run();
}

void check_spf_limits(const Inventory& now, const Picture& picture, Goals& goals) {
  Look before(picture, {}), beside(picture, additions(goals.operations)), after(picture, goals.operations);
  for (const auto& domain : now.domains) {
    const std::size_t set = picture.find(domain.name, RrType::TXT);
    if (set == none || !picture.sets[set].live || !has_spf_record(picture.sets[set].live->rdata)) continue;
    const auto& live = *picture.sets[set].live;
    const auto ip = picture.paths.empty() ? IpAddress() : picture.paths.front().ip;
    const auto whole = before.whole(domain.name, ip);
    if (beside.value(set) != picture.sets[set].live && beside.whole(domain.name, ip).unknown) {
      goals.note(
          "How many lookups the SPF record of {} needs could not be determined; more than {} "
          "are an error (RFC 7208 §4.6.4).",
          domain.name.text(), mailauth::spf_most_lookups);
    }
    const auto then = whole.lookups;
    for (auto* look : {&beside, &after}) {
      const auto outcome = look->whole(domain.name, ip);
      const auto lookups = outcome.lookups;
      if (then <= mailauth::spf_most_lookups && lookups > mailauth::spf_most_lookups) {
        goals.problems.push_back(fmt::format(
            "the SPF record of {} would need more than {} lookups{} (RFC 7208 §4.6.4)", domain.name.text(),
            mailauth::spf_most_lookups, look == &beside ? " while it has old and new side by side" : ""));
        break;
      }
      if (outcome.results.may_be(SpfResult::permerror) && !whole.results.may_be(SpfResult::permerror)) {
        goals.problems.push_back(fmt::format("the SPF record of {} would be an error to every receiver: {}",
                                             domain.name.text(), outcome.why));
        break;
      }
      const auto size = txt_reply_size(picture.sets[set].owner, rdata_of(look->value(set)));
      if (may_grow(txt_reply_size(picture.sets[set].owner, live.rdata), size)) continue;
      goals.problems.push_back(
          fmt::format("the reply with {} TXT would have {} octets, and would not fit where it "
                      "does today (RFC 7208 §3.4)",
                      domain.name.text(), size));
      break;
    }
  }
}

}  // namespace rdnsgate::plan
