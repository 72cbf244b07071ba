// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/schedule/waves.h"

#include <algorithm>
#include <deque>
#include <string_view>
#include <unordered_map>

namespace rdnsgate::plan {
namespace {

/// What cannot be parted: the changes of one RRset, or what one host does.
struct Atom {
  std::vector<const Operation*> operations;
  std::size_t addresses = 0;
  std::string_view sender;
  std::size_t rank = 0;  ///< how many of the sender's come before it
};

bool is_removal(Kind kind) { return kind == Kind::remove_ptr || kind == Kind::remove_old; }

/// What has the longest wait, or nothing to lose by coming late.
bool comes_last(Kind kind) {
  return is_removal(kind) || kind == Kind::stop_relay || kind == Kind::switch_dkim ||
         kind == Kind::revoke_key;
}

class Cutter {
 public:
  Cutter(const Picture& picture, const Crowd& crowd, const inventory::RolloutDefaults& rollout)
      : picture_(picture), crowd_(crowd), in_one_go_(rollout.wave_percent >= 100) {
    const std::size_t share = (picture.paths.size() * rollout.wave_percent + 99) / 100;
    limit_ = std::max<std::size_t>(1, std::min<std::size_t>(share, rollout.max_wave));
  }

  Waves run(const std::vector<const Operation*>& chosen) {
    std::map<Kind, std::vector<const Operation*>> by_kind;
    std::vector<const Operation*> at_once;
    std::map<Kind, std::vector<const Operation*>> with_the_last;
    for (const auto* operation : chosen) {
      if (operation->repair) {
        at_once.push_back(operation);
      } else if (is_throttled(*operation)) {
        by_kind[operation->kind].push_back(operation);
      } else if (operation->kind == Kind::swap_ptr || operation->kind == Kind::redelegate ||
                 comes_last(operation->kind)) {
        with_the_last[operation->kind].push_back(operation);
      } else {
        at_once.push_back(operation);
      }
    }
    std::map<Kind, std::vector<std::vector<const Operation*>>> cut;
    std::size_t most = 1;
    for (const auto& [kind, operations] : by_kind) {
      auto& waves = cut[kind] = in_waves(operations);
      most = std::max(most, waves.size());
    }
    Waves result;
    result.waves.resize(most);
    result.waves.front().operations = std::move(at_once);
    for (auto& [kind, waves] : cut) place(kind, waves, result);
    for (const auto& [kind, operations] : with_the_last) {
      const bool alone = cut.count(kind) == 0 && !comes_last(kind);
      append((alone ? result.waves.front() : result.waves.back()).operations, operations);
    }
    return result;
  }

 private:
  /// A path that was never used, or is not any more, has nothing to lose, and an SPF record is cut down once.
  bool is_throttled(const Operation& operation) const {
    if (operation.paths.empty()) return false;
    switch (operation.kind) {
      case Kind::add_forward:
      case Kind::add_ptr:
        return false;
      case Kind::swap_ptr:
      case Kind::redelegate:
      case Kind::remove_ptr:
        return crowd_.in_use(operation.paths.front());
      case Kind::remove_old:
        return picture_.sets[operation.set].type != RrType::TXT &&
               std::any_of(operation.paths.begin(), operation.paths.end(),
                           [&](std::size_t path) { return crowd_.in_use(path); });
      default:
        return true;
    }
  }

  /// Kinds with fewer waves begin later, so that the last waves of all come together, and the waits that only
  /// the last ones have.
  static void place(Kind kind, std::vector<std::vector<const Operation*>>& waves, Waves& result) {
    const std::size_t first = result.waves.size() - waves.size();
    if (waves.size() > 1) result.counts[kind] = static_cast<unsigned>(waves.size());
    for (std::size_t i = 0; i < waves.size(); ++i) {
      auto& wave = result.waves[first + i];
      append(wave.operations, waves[i]);
      if (waves.size() > 1) wave.numbers[kind] = static_cast<unsigned>(i + 1);
    }
  }

  static void append(std::vector<const Operation*>& all, const std::vector<const Operation*>& more) {
    all.insert(all.end(), more.begin(), more.end());
  }

  std::vector<std::vector<const Operation*>> in_waves(const std::vector<const Operation*>& operations) const {
    auto open = atoms_of(operations);
    std::unordered_map<std::string_view, std::size_t> whole;
    for (const auto& atom : open) whole[atom.sender] += atom.addresses;
    std::vector<std::vector<const Operation*>> waves;
    while (!open.empty()) {
      const bool canary = waves.empty() && !in_one_go_;
      waves.push_back(take(open, canary ? 1 : limit_, whole));
    }
    return waves;
  }

  /// The first addresses of all senders come before any second one.
  std::deque<Atom> atoms_of(const std::vector<const Operation*>& operations) const {
    std::deque<Atom> atoms;
    std::unordered_map<std::size_t, std::size_t> of_set;
    std::unordered_map<std::string_view, std::size_t> count;
    for (const auto* operation : operations) {
      const auto known = of_set.find(operation->set);
      if (operation->set == none || known == of_set.end()) {
        const std::string_view sender = picture_.paths[operation->paths.front()].sender;
        if (operation->set != none) of_set.emplace(operation->set, atoms.size());
        atoms.push_back({{operation}, operation->paths.size(), sender, count[sender]++});
      } else {
        auto& atom = atoms[known->second];
        atom.operations.push_back(operation);
        atom.addresses += operation->paths.size();
      }
    }
    std::stable_sort(atoms.begin(), atoms.end(),
                     [](const Atom& a, const Atom& b) { return a.rank < b.rank; });
    return atoms;
  }

  /// The next wave out of `open`: at least one atom, however large.
  std::vector<const Operation*> take(std::deque<Atom>& open, std::size_t limit,
                                     const std::unordered_map<std::string_view, std::size_t>& whole) const {
    std::vector<const Operation*> wave;
    std::unordered_map<std::string_view, std::size_t> taken;
    std::deque<Atom> later;
    std::size_t addresses = 0;
    while (!open.empty() && addresses < limit) {
      Atom atom = std::move(open.front());
      open.pop_front();
      const std::size_t of_sender = taken[atom.sender] + atom.addresses;
      const bool all = !in_one_go_ && of_sender == whole.at(atom.sender) && of_sender > atom.addresses;
      if (addresses > 0 && (all || addresses + atom.addresses > limit)) {
        later.push_back(std::move(atom));
        if (!all) break;
        continue;
      }
      taken[atom.sender] = of_sender;
      addresses += atom.addresses;
      append(wave, atom.operations);
    }
    open.insert(open.begin(), std::make_move_iterator(later.begin()), std::make_move_iterator(later.end()));
    return wave;
  }

  const Picture& picture_;
  const Crowd& crowd_;
  const bool in_one_go_;
  std::size_t limit_ = 1;
};

}  // namespace

Waves cut_into_waves(const std::vector<const Operation*>& chosen, const Picture& picture, const Crowd& crowd,
                     const inventory::RolloutDefaults& rollout) {
  return Cutter(picture, crowd, rollout).run(chosen);
}

}  // namespace rdnsgate::plan
