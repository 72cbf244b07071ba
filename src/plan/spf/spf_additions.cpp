// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/spf/spf_additions.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "plan/spf/spf_look.h"
#include "plan/world/spf_edit.h"
#include "plan/world/spf_world.h"

namespace rdnsgate::plan {
namespace {

using inventory::Domain;
using mailauth::SpfOutcome;
using mailauth::SpfResult;

class SpfAdditions {
 public:
  SpfAdditions(const Picture& picture, SpfRecords& records, Goals& goals)
      : now_(records.now()), picture_(picture), records_(records), goals_(goals), live_(picture, {}) {}

  void run() {
    for (const auto& one : goals_.operations) {
      if (is_loss(one)) losers_.insert(one.paths.front());
    }
    for (const auto& domain : now_.domains) {
      if (records_.own_record(domain) != none) authorise(domain);
    }
  }

 private:
  void authorise(const Domain& domain) {
    std::optional<SpfLook> after;
    after.emplace(picture_, goals_.operations);
    for (std::size_t i = 0; i < picture_.paths.size(); ++i) {
      const Path& path = picture_.paths[i];
      if (path.now == nullptr) continue;
      const bool comes = records_.starts(domain, i) && (path.left_out.empty() || path.adds);
      if (!comes && !records_.names_sender(domain, path.sender) && !loses_name(i)) continue;
      // Nothing is sent from it before it is planned.
      if (!comes && !path.left_out.empty() && goals_.sending[i] == 0) continue;
      const auto then = after->of(path, records_.helo_after(i), domain.name);
      if (then.results.is(SpfResult::pass)) {
        // What stands before the term that passes may be an error.
        if (comes && then.unknown && after->lacks_answers()) doubt(domain, path, after->why_unknown());
        continue;
      }
      const auto why = after->why_unknown();
      const auto before = live_.of(path, goals_.helo[i], domain.name);
      const auto& own = picture_.sets[picture_.find(domain.name, RrType::TXT)];
      // A domain without a record promises nothing.
      if (before.results.is(SpfResult::none)) return;
      if (!own.problem.empty()) {
        if (comes || loses_name(i)) {
          goals_.unknown.emplace(i, own.problem);
        } else {
          leave(domain, path, before);
        }
        continue;
      }
      const bool lost = !comes && before.results.is(SpfResult::pass);
      if (!comes && !lost) {
        if (records_.names_sender(domain, path.sender)) leave(domain, path, before);
        continue;
      }
      if (!let_through(domain, i, lost) && !(lost && keep_names(domain, i))) {
        if (!then.unknown || !then.results.may_be(SpfResult::pass)) return cannot(domain, path, then);
        goals_.unknown.emplace(
            i, fmt::format("whether the SPF record of {} would let it through could not be determined ({})",
                           domain.name.text(), why));
        continue;
      }
      after.emplace(picture_, goals_.operations);
    }
  }

  void leave(const Domain& domain, const Path& path, const SpfOutcome& before) {
    if (before.unknown) return doubt(domain, path, live_.why_unknown());
    goals_.spf_open.push_back({SpfOpen::State::does_not_pass,
                               domain.name,
                               path.ip,
                               path.sender,
                               {},
                               {},
                               before.results.text() + (before.why.empty() ? "" : ": " + before.why)});
  }

  void doubt(const Domain& domain, const Path& path, std::string reason) {
    goals_.spf_open.push_back(
        {SpfOpen::State::unproven, domain.name, path.ip, path.sender, {}, {}, std::move(reason)});
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
    const auto theirs = records_.of_others(domain, path);
    if (theirs.empty()) return too_long_.empty() ? std::string() : fmt::format(": {}", shorter_record);
    const auto& own = picture_.sets[picture_.find(domain.name, RrType::TXT)];
    return fmt::format(": have {} added to {}{} by whoever holds it, and plan again", spf_term_of(path.ip),
                       fmt::join(theirs, " or "),
                       own.alias ? fmt::format(" (of which {} is an alias)", domain.name.text()) : "");
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
    SpfLook look(picture_, kept);
    if (!look.of(path, records_.helo_after(index), domain.name).results.is(SpfResult::pass)) return false;
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
    const auto records = records_.of(domain);
    const std::size_t top = records.front();
    std::vector<std::pair<std::size_t, std::size_t>> ranked;
    for (const auto set : records) {
      if (!records_.may_edit(set, top)) continue;
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
      const auto records = records_.of(domain);
      if (std::find(records.begin(), records.end(), set) == records.end()) continue;
      if (!records_.names_sender(domain, picture_.paths[index].sender)) return false;
      ++served;
    }
    return served > 1;
  }

  /// Takes the operation up where these paths are let through with it, old and new side by side too, and the
  /// record stays within its limits.
  bool attempt(const Domain& domain, const std::vector<std::size_t>& paths, const Operation& operation) {
    auto all = goals_.operations;
    all.push_back(operation);
    SpfLook look(picture_, all), beside(picture_, additions_among(all));
    const auto& state = picture_.sets[operation.set];
    const auto size = txt_reply_size(state.owner, rdata_of(beside.value(operation.set)));
    if (!may_grow(txt_reply_size(state.owner, rdata_of(state.live)), size)) {
      too_long_ = fmt::format("the reply with {} TXT would have {} octets", state.owner.text(), size);
      return false;
    }
    for (const auto path : paths) {
      const auto& one = picture_.paths[path];
      if (!look.of(one, records_.helo_after(path), domain.name).results.is(SpfResult::pass)) return false;
      if (!beside.of(one, records_.helo_after(path), domain.name).results.is(SpfResult::pass)) return false;
    }
    const auto& ip = picture_.paths[paths.front()].ip;
    if (live_.whole(domain.name, ip).lookups <= mailauth::spf_most_lookups &&
        beside.whole(domain.name, ip).lookups > mailauth::spf_most_lookups)
      return false;
    records_.push(operation);
    return true;
  }

  /// The path is let through by a name that goes: by the name that its host has now.
  bool change_name(const Domain& domain, std::size_t index) {
    const std::size_t top = picture_.find(domain.name, RrType::TXT);
    for (const auto set : records_.of(domain)) {
      if (!records_.may_edit(set, top)) continue;
      const auto record = spf_record_in(picture_.sets[set].live->rdata);
      if (!record) continue;
      for (const auto& term : record->terms) {
        const auto name = records_.name_in(term, set);
        if (!name || !records_.loses(index, *name) || !records_.is_dead(*name)) continue;
        if (replace(domain, index, set, term, *name)) return true;
      }
    }
    return false;
  }

  /// The same term about another name.
  static std::string renamed(const mailauth::SpfTerm& term, const Name& name) {
    auto text = term.text;
    if (term.domain.empty()) return text.insert(std::min(text.find('/'), text.size()), ":" + name.text());
    return text.replace(text.find(':') + 1, term.domain.size(), name.text());
  }

  bool replace(const Domain& domain, std::size_t index, std::size_t set, const mailauth::SpfTerm& term,
               const Name& old) {
    std::vector<std::size_t> paths;
    for (std::size_t i = 0; i < picture_.paths.size(); ++i) {
      if (picture_.paths[i].now != nullptr && records_.loses(i, old)) paths.push_back(i);
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

  void problem(std::string text) { goals_.problems.push_back(std::move(text)); }

  const Inventory& now_;
  const Picture& picture_;
  SpfRecords& records_;
  Goals& goals_;
  SpfLook live_;
  std::set<std::size_t> losers_;  ///< paths that some name loses
  std::string too_long_;
};

}  // namespace

void add_to_spf(const Picture& picture, SpfRecords& records, Goals& goals) {
  SpfAdditions(picture, records, goals).run();
}

}  // namespace rdnsgate::plan
