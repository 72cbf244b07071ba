// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/spf/spf_retired.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "plan/spf/spf_look.h"
#include "plan/spf/spf_records.h"
#include "plan/world/spf_edit.h"

namespace rdnsgate::plan {
namespace {

using inventory::Domain;
using mailauth::SpfKind;
using mailauth::SpfRecordTrace;
using mailauth::SpfResult;
using mailauth::SpfStepTrace;
using mailauth::SpfTerm;
using State = SpfOpen::State;

/// The term that lets an address through, in the record where it stands.
struct Deciding {
  Name record;
  std::string term;
};

/// The first one that passes, as far down as records take others in.
std::optional<Deciding> deciding_in(const std::vector<SpfRecordTrace>& records) {
  for (const auto& record : records) {
    for (const auto& step : record.steps) {
      const bool decides =
          step.state == SpfStepTrace::State::match || step.state == SpfStepTrace::State::unknown;
      if (!decides || !step.results.may_be(SpfResult::pass)) continue;
      if (auto inner = deciding_in(step.records)) return inner;
      const auto domain = mailauth::spf_domain(record.domain);
      return Deciding{domain ? domain->name : Name(), step.term};
    }
  }
  return std::nullopt;
}

class SpfRetirement {
 public:
  SpfRetirement(const Inventory& now, const Inventory* base, const Picture& picture, Goals& goals)
      : picture_(picture), goals_(goals), records_(now, base, picture, goals) {}

  void run() {
    for (std::size_t i = 0; i < picture_.paths.size(); ++i) {
      const auto& path = picture_.paths[i];
      if (path.now != nullptr || !path.left_out.empty() || goals_.unknown.contains(i)) continue;
      gone_.push_back(i);
      gone_ips_.push_back(path.ip);
    }
    std::sort(gone_ips_.begin(), gone_ips_.end());
    if (gone_.empty() && goals_.spf_open.empty()) return;
    look_.emplace(picture_, goals_.operations);
    do {
      took_out_ = false;
      retire_all();
    } while (took_out_);
    forget_settled();
  }

 private:
  /// Domains share records: what one of them loses, another may be let through without.
  void retire_all() {
    std::erase_if(goals_.spf_open, is_about_retired);
    for (const auto& domain : records_.now().domains) {
      const auto own = records_.own_record(domain);
      if (own == none) continue;
      for (const auto path : gone_) retire(domain, own, path);
    }
  }

  static bool is_about_retired(const SpfOpen& open) {
    return open.state == State::still_passes || open.state == State::may_still_pass;
  }

  /// What a later edit settles is not open any more. Where somebody begins, answers that are lacking leave a doubt.
  void forget_settled() {
    if (goals_.spf_open.empty()) return;
    std::unordered_map<IpAddress, std::size_t> paths;
    for (std::size_t i = 0; i < picture_.paths.size(); ++i) paths.emplace(picture_.paths[i].ip, i);
    std::erase_if(goals_.spf_open, [&](const SpfOpen& open) {
      if (is_about_retired(open)) return false;
      const auto path = paths.at(open.ip);
      const auto outcome = look_->of(picture_.paths[path], records_.helo_after(path), open.domain);
      return outcome.results.is(SpfResult::pass) && (goals_.sending[path] != 0 || !look_->lacks_answers());
    });
  }

  void retire(const Domain& domain, std::size_t own, std::size_t index) {
    const Path& path = picture_.paths[index];
    constexpr int most = 50;  // a term goes each time
    for (int i = 0; i < most; ++i) {
      // Most are not let through, and to trace that takes longer than to see it.
      if (!look_->of(path, goals_.helo[index], domain.name).results.may_be(SpfResult::pass)) return;
      std::vector<SpfRecordTrace> trace;
      const auto outcome = look_->of(path, goals_.helo[index], domain.name, &trace);
      const auto deciding = deciding_in(trace);
      if (!outcome.results.is(SpfResult::pass)) {
        return leave(domain, path, State::may_still_pass, deciding,
                     outcome.unknown ? look_->why_unknown() : outcome.results.text());
      }
      if (!deciding) return leave(domain, path, State::still_passes, deciding, outcome.results.text());
      if (take_out(domain, own, index, *deciding)) continue;
      return leave(domain, path, State::still_passes, deciding, why_left(own, path, *deciding));
    }
  }

  /// Where the term is there for retired addresses alone, and everybody else is let through without it.
  bool take_out(const Domain& domain, std::size_t own, std::size_t index, const Deciding& deciding) {
    const auto set = picture_.behind(picture_.find(deciding.record, RrType::TXT));
    const auto term = mailauth::parse_spf_term(deciding.term);
    if (set == none || !term || !records_.may_edit(set, own) || !reaches_only_retired(*term, set))
      return false;
    Operation operation{Kind::remove_old,         set, picture_.paths[index].ip, {}, {},
                        picture_.sets[set].owner, {}};
    operation.term = deciding.term;
    for (const auto path : gone_) {
      if (is_let_through_by(domain, path, deciding)) operation.paths.push_back(path);
    }
    auto all = goals_.operations;
    all.push_back(operation);
    SpfLook then(picture_, all);
    if (then.value(set) == look_->value(set) || !everybody_else_passes(then, set)) return false;
    records_.push(std::move(operation));
    look_.emplace(picture_, goals_.operations);
    took_out_ = true;
    return true;
  }

  bool is_let_through_by(const Domain& domain, std::size_t path, const Deciding& deciding) {
    std::vector<SpfRecordTrace> trace;
    look_->of(picture_.paths[path], goals_.helo[path], domain.name, &trace);
    const auto found = deciding_in(trace);
    return found && found->record == deciding.record && found->term == deciding.term;
  }

  /// Of every domain whose record the edited one is, or takes it in.
  bool everybody_else_passes(SpfLook& then, std::size_t set) {
    for (const auto& domain : records_.now().domains) {
      if (records_.own_record(domain) == none) continue;
      const auto all = records_.of(domain);
      if (std::none_of(all.begin(), all.end(), [&](auto one) { return picture_.behind(one) == set; }))
        continue;
      for (std::size_t i = 0; i < picture_.paths.size(); ++i) {
        const Path& path = picture_.paths[i];
        if (std::binary_search(gone_ips_.begin(), gone_ips_.end(), path.ip)) continue;
        for (const auto& helo : {goals_.helo[i], records_.helo_after(i)}) {
          if (look_->of(path, helo, domain.name).results.may_be(SpfResult::pass) &&
              then.of(path, helo, domain.name).results != look_->of(path, helo, domain.name).results)
            return false;
        }
      }
    }
    return true;
  }

  bool reaches_only_retired(const SpfTerm& term, std::size_t set) const {
    if (term.qualifier != SpfResult::pass) return false;
    if (term.kind == SpfKind::ip4 || term.kind == SpfKind::ip6) return is_retired(term.block);
    if (term.kind != SpfKind::a && term.kind != SpfKind::mx) return false;
    if (!term.domain.empty() && !term.fixed) return false;
    const Name& name = term.domain.empty() ? picture_.sets[set].owner : term.fixed->name;
    if (term.kind == SpfKind::a) return has_only_retired(term, {name});
    const auto* exchanges = of_ours(name, RrType::MX);
    if (exchanges == nullptr || !*exchanges) return false;
    std::vector<Name> names;
    for (const auto& rdata : (*exchanges)->rdata) {
      auto exchange = Name::from_wire(std::string_view(rdata).substr(std::min<std::size_t>(2, rdata.size())));
      if (!exchange) return false;
      names.push_back(std::move(*exchange));
    }
    return has_only_retired(term, names);
  }

  /// All of their addresses, of both families, with the blocks that the term makes of them.
  bool has_only_retired(const SpfTerm& term, const std::vector<Name>& names) const {
    bool some = false;
    for (const auto& name : names) {
      for (const auto type : {RrType::A, RrType::AAAA}) {
        const auto* found = of_ours(name, type);
        if (found == nullptr) return false;
        for (const auto& rdata : rdata_of(*found)) {
          const auto ip = dns::address_in(rdata);
          if (!ip || (ip->is_v4() ? term.v4_length : term.v6_length) != ip->bits()) return false;
          if (!is_retired(Prefix(*ip, ip->bits()))) return false;
          some = true;
        }
      }
    }
    return some;
  }

  /// What is left of an RRset in a declared zone; nullptr where that is not known, or not ours to know.
  const MaybeVersion* of_ours(const Name& name, RrType type) const {
    const auto set = picture_.behind(picture_.find(name, type));
    if (set == none) return nullptr;
    const auto& state = picture_.sets[set];
    if (!state.problem.empty() || state.made_up || state.zone == none ||
        picture_.zones[state.zone].declared == nullptr)
      return nullptr;
    return &look_->value(set);
  }

  bool is_retired(const Prefix& block) const {
    const auto first = std::lower_bound(gone_ips_.begin(), gone_ips_.end(), block.network());
    const auto last = std::upper_bound(first, gone_ips_.end(), block.last());
    return static_cast<std::uint64_t>(last - first) == block.count();
  }

  std::string why_left(std::size_t own, const Path& path, const Deciding& deciding) const {
    const auto what = fmt::format("{} in {} TXT", deciding.term, deciding.record.text());
    const auto set = picture_.behind(picture_.find(deciding.record, RrType::TXT));
    if (set == none || !records_.may_edit(set, own)) {
      const bool alias = set != none && picture_.sets[own].alias && picture_.behind(own) == set;
      return fmt::format(
          "{} is not ours to change{}; ask who holds it to take the address out", what,
          alias ? fmt::format(" (it is an alias of {})", picture_.sets[set].owner.text()) : "");
    }
    const auto term = mailauth::parse_spf_term(deciding.term);
    if (!term) return what;
    switch (term->kind) {
      case SpfKind::ip4:
      case SpfKind::ip6:
        return fmt::format("{} covers addresses that are not retired, too; replace it by those that send",
                           what);
      case SpfKind::a:
      case SpfKind::mx:
        return fmt::format("{} lets through what its names have, and one of them keeps the address; {}", what,
                           path.only_listed()
                               ? "list that name under retired, or replace the term by those that send"
                               : "replace it by those that send");
      case SpfKind::all:
        return fmt::format("{} lets everybody through", what);
      case SpfKind::ptr:
        return fmt::format("{} lets through whoever has a name there; its PTR record keeps one", what);
      case SpfKind::exists:
        return fmt::format("{} finds a record for it; take that out", what);
      default:
        return what;
    }
  }

  void leave(const Domain& domain, const Path& path, State state, const std::optional<Deciding>& deciding,
             std::string reason) {
    goals_.spf_open.push_back({state, domain.name, path.ip, path.only_listed() ? "" : path.sender,
                               deciding ? deciding->record.text() : "", deciding ? deciding->term : "",
                               std::move(reason)});
  }

  const Picture& picture_;
  Goals& goals_;
  SpfRecords records_;
  std::vector<std::size_t> gone_;
  std::vector<IpAddress> gone_ips_;  ///< sorted
  std::optional<SpfLook> look_;
  bool took_out_ = false;
};

}  // namespace

void retire_from_spf(const Inventory& now, const Inventory* base, const Picture& picture, Goals& goals) {
  SpfRetirement(now, base, picture, goals).run();
  std::sort(goals.spf_open.begin(), goals.spf_open.end(), [](const SpfOpen& a, const SpfOpen& b) {
    return std::tie(a.domain, a.state, a.ip) < std::tie(b.domain, b.state, b.ip);
  });
  for (auto& line : spf_open_lines(goals.spf_open)) goals.note(std::move(line));
}

}  // namespace rdnsgate::plan
