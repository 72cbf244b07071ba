// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "dns/facts/fact.h"

namespace rdnsgate::dns {

/// All facts of a run. Kept packed (an ordinary PTR answer takes about 100 octets), because an estate has
/// hundreds of thousands; find() unpacks one.
class FactStore {
 public:
  FactStore();
  ~FactStore();
  FactStore(FactStore&&) noexcept;
  FactStore& operator=(FactStore&&) noexcept;

  /// Keeps the fact; one that is known already for the same question is left as it is (false is returned).
  bool insert(const Fact& fact);
  /// Keeps the fact in place of what was known for the same question.
  void put(const Fact& fact);
  bool contains(const Question& question) const;
  std::optional<Fact> find(const Question& question) const;
  /// The same of a question that need not be put together first.
  std::optional<Fact> find(VantageIndex vantage, const Name& name, RrType type) const;
  std::size_t size() const;
  /// Every fact, in the order of insertion.
  void for_each(const std::function<void(const Fact&)>& visit) const;
  /// Every fact, by vantage, name in canonical order (RFC 4034 §6.1) and type.
  void for_each_in_order(const std::function<void(const Fact&)>& visit) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Facts of one vantage that several readers look at, such as what a wildcard says: unpacked and reviewed once. Keeps some
/// of those that were looked at last.
class SharedFacts {
 public:
  /// nullptr for one that is not kept.
  std::shared_ptr<const Fact> find(const Name& name, RrType type) const;
  void keep(std::shared_ptr<const Fact> fact);
  void clear() { kept_.clear(); }

 private:
  static constexpr std::size_t places = 256;
  static std::size_t place_of(const Name& name, RrType type);
  std::vector<std::shared_ptr<const Fact>> kept_;  ///< by place; empty until there is one
};

/// One reader's view of the facts of one vantage: get() answers from the store, or notes that the question
/// has to be asked and returns nullptr. Whoever owns the desk asks what is missing and runs the reader again: from the
/// beginning after clear(), or after resume() those parts of it that lacked something. Pointers stay valid until
/// clear().
class FactDesk {
 public:
  FactDesk(const FactStore& store, VantageIndex vantage) : store_(&store), vantage_(vantage) {}

  const Fact* get(const Name& name, RrType type);
  /// The same for a question in passing: nothing is left open where it fails.
  const Fact* probe(const Name& name, RrType type);
  bool complete() const { return missing_.empty(); }
  const std::vector<Question>& missing() const { return missing_; }
  /// For whoever asks them: the desk is not read again before resume() or clear().
  void take_missing(std::vector<Question>& into) {
    into.clear();
    into.swap(missing_);
  }
  VantageIndex vantage() const { return vantage_; }
  /// Forgets what was read so far, and keeps the facts: what one part of a reader looks at can be told apart.
  void begin_part() {
    part_.clear();
    part_lacks_ = false;
  }
  /// The facts that were handed out since begin_part(), each as often as it was; of probes those that found
  /// something.
  const std::vector<const Fact*>& part() const { return part_; }
  /// Since then something was asked for that is missing.
  bool part_lacks_something() const { return part_lacks_; }
  /// Every fact that was handed out, each once.
  const std::vector<std::shared_ptr<const Fact>>& facts() const { return seen_; }
  /// What is done to each fact before it is handed out; the store keeps it as it came.
  void set_review(std::function<void(Fact&)> review) { review_ = std::move(review); }
  /// Others read facts of the vantage too, with the same review; `shared` outlives the desk.
  void share(SharedFacts& shared) { shared_ = &shared; }
  void clear();
  /// What was missing may be there by now; what was handed out stays.
  void resume();
  /// A fact that was missing, as the store has it, from whoever has it at hand.
  void bring(Fact&& fact) { brought_.push_back(std::make_shared<Fact>(std::move(fact))); }
  void reset(VantageIndex vantage) {
    clear();
    vantage_ = vantage;
  }

 private:
  const Fact* find(const Name& name, RrType type);
  const Fact* look_up(const Name& name, RrType type);
  /// A fact that was handed out or noted as missing before; true with nullptr for a missing one.
  bool known(const Name& name, RrType type, const Fact*& fact);
  /// From what was brought, is shared, or is in the store; nullptr for what is nowhere. Reviewed.
  std::shared_ptr<const Fact> fetch(const Name& name, RrType type);
  std::shared_ptr<Fact> take_brought(const Name& name, RrType type);

  const FactStore* store_;
  VantageIndex vantage_;
  SharedFacts* shared_ = nullptr;
  std::vector<std::shared_ptr<const Fact>> seen_;
  std::vector<std::shared_ptr<Fact>> brought_;  // and not handed out yet
  std::vector<const Fact*> part_;
  bool part_lacks_ = false;
  std::function<void(Fact&)> review_;
  std::vector<Question> missing_;
  /// By name and type, nullptr for what is missing. Kept only by a reader of many facts, such as a plan's: an
  /// audit's case has a handful, and looking through them is faster.
  std::unordered_map<std::string, const Fact*> index_;
};

}  // namespace rdnsgate::dns
