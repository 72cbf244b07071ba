// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/facts/fact_store.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "dns/facts/fact_codec.h"

namespace rdnsgate::dns {

/// Packed facts lie one after another in large blocks. The index is an open-addressing table of positions in
/// `entries`, because a node for each of half a million facts costs more than the fact.
struct FactStore::State {
  static constexpr std::size_t block_size = std::size_t{1} << 20;
  struct Entry {
    const char* data;
    std::uint32_t key_size;
    std::uint32_t size;
    std::string_view key() const { return {data, key_size}; }
  };
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t entry = 0;  // position in `entries` plus one; 0: free
  };

  std::vector<std::unique_ptr<char[]>> blocks;
  std::size_t used = block_size;  // of the last block
  std::vector<Entry> entries;     // in the order of insertion
  std::vector<Slot> slots = std::vector<Slot>(1024);
  std::unordered_map<std::string_view, std::shared_ptr<const Delegation>> delegations;  // few: not packed
  mutable std::string scratch;

  std::string_view key_of(VantageIndex vantage, const Name& name, RrType type) const {
    scratch.clear();
    pack_key(scratch, vantage, name, type);
    return scratch;
  }
  std::string_view key_of(const Question& question) const {
    return key_of(question.vantage, question.name, question.type);
  }
  static std::uint32_t hash_of(std::string_view key) {
    return static_cast<std::uint32_t>(std::hash<std::string_view>{}(key));
  }

  /// The slot that holds the key, or the free one where it belongs.
  std::size_t slot_of(std::string_view key, std::uint32_t hash) const {
    for (std::size_t at = hash & (slots.size() - 1);; at = (at + 1) & (slots.size() - 1)) {
      const Slot& slot = slots[at];
      if (slot.entry == 0 || (slot.hash == hash && entries[slot.entry - 1].key() == key)) return at;
    }
  }
  const Entry* find(const Question& question) const { return find_key(key_of(question)); }
  const Entry* find_key(std::string_view key) const {
    const Slot& slot = slots[slot_of(key, hash_of(key))];
    return slot.entry == 0 ? nullptr : &entries[slot.entry - 1];
  }
  void grow() {
    std::vector<Slot> old(slots.size() * 2);
    old.swap(slots);
    for (const Slot& slot : old) {
      if (slot.entry != 0) slots[slot_of(entries[slot.entry - 1].key(), slot.hash)] = slot;
    }
  }
  char* room_for(std::size_t size) {
    if (size > block_size) {  // a block of its own, in front of the one that is being filled
      blocks.insert(blocks.begin(), std::make_unique_for_overwrite<char[]>(size));
      return blocks.front().get();
    }
    if (used + size > block_size) {
      blocks.push_back(std::make_unique_for_overwrite<char[]>(block_size));
      used = 0;
    }
    char* place = blocks.back().get() + used;
    used += size;
    return place;
  }
  Entry keep(const Fact& fact, std::uint32_t key_size) {
    scratch.clear();
    pack(scratch, fact);
    char* place = room_for(scratch.size());
    scratch.copy(place, scratch.size());
    const Entry entry{place, key_size, static_cast<std::uint32_t>(scratch.size())};
    if (fact.delegation != nullptr) delegations[entry.key()] = fact.delegation;
    return entry;
  }
  Fact read(const Entry& entry) const {
    auto fact = unpack({entry.data, entry.size});
    const auto known = delegations.find(entry.key());
    if (known != delegations.end()) fact.delegation = known->second;
    return fact;
  }
};

FactStore::FactStore() : state_(std::make_unique<State>()) {}
FactStore::~FactStore() = default;
FactStore::FactStore(FactStore&&) noexcept = default;
FactStore& FactStore::operator=(FactStore&&) noexcept = default;

bool FactStore::insert(const Fact& fact) {
  State& state = *state_;
  const auto key = state.key_of(fact.question);
  const auto key_size = static_cast<std::uint32_t>(key.size());
  const std::uint32_t hash = State::hash_of(key);
  const std::size_t slot = state.slot_of(key, hash);
  if (state.slots[slot].entry != 0) return false;
  state.entries.push_back(state.keep(fact, key_size));
  state.slots[slot] = {hash, static_cast<std::uint32_t>(state.entries.size())};
  if (state.entries.size() * 2 > state.slots.size()) state.grow();
  return true;
}

void FactStore::put(const Fact& fact) {
  if (insert(fact)) return;
  State& state = *state_;
  const auto key = state.key_of(fact.question);
  const auto key_size = static_cast<std::uint32_t>(key.size());
  const std::uint32_t entry = state.slots[state.slot_of(key, State::hash_of(key))].entry;
  state.delegations.erase(state.entries[entry - 1].key());
  state.entries[entry - 1] = state.keep(fact, key_size);  // what it was stays where it is, unused
}

bool FactStore::contains(const Question& question) const { return state_->find(question) != nullptr; }

std::optional<Fact> FactStore::find(const Question& question) const {
  return find(question.vantage, question.name, question.type);
}

std::optional<Fact> FactStore::find(VantageIndex vantage, const Name& name, RrType type) const {
  const auto* entry = state_->find_key(state_->key_of(vantage, name, type));
  if (entry == nullptr) return std::nullopt;
  return state_->read(*entry);
}


std::size_t FactStore::size() const { return state_->entries.size(); }

void FactStore::for_each(const std::function<void(const Fact&)>& visit) const {
  for (const auto& entry : state_->entries) visit(state_->read(entry));
}

void FactStore::for_each_in_order(const std::function<void(const Fact&)>& visit) const {
  struct Place {
    std::size_t begin, size, entry;
  };
  const auto& entries = state_->entries;
  std::string keys;  // one after another: a string for each of half a million would cost twice as much
  std::vector<Place> order;
  order.reserve(entries.size());
  const auto append16 = [&](unsigned value) {
    keys += static_cast<char>(value >> 8);
    keys += static_cast<char>(value & 0xff);
  };
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const auto question = unpack_key(entries[i].key());
    const std::size_t begin = keys.size();
    append16(question.vantage);
    keys += question.name.sort_key();
    append16(static_cast<unsigned>(question.type));
    order.push_back({begin, keys.size() - begin, i});
  }
  const auto key = [&](const Place& place) { return std::string_view(keys).substr(place.begin, place.size); };
  std::sort(order.begin(), order.end(), [&](const Place& a, const Place& b) { return key(a) < key(b); });
  for (const auto& place : order) visit(state_->read(entries[place.entry]));
}

std::size_t SharedFacts::place_of(const Name& name, RrType type) {
  return (std::hash<Name>{}(name) ^ static_cast<std::size_t>(type)) % places;
}

std::shared_ptr<const Fact> SharedFacts::find(const Name& name, RrType type) const {
  if (kept_.empty()) return nullptr;
  const auto& fact = kept_[place_of(name, type)];
  return fact != nullptr && fact->question.type == type && fact->question.name == name ? fact : nullptr;
}

void SharedFacts::keep(std::shared_ptr<const Fact> fact) {
  kept_.resize(places);
  auto& place = kept_[place_of(fact->question.name, fact->question.type)];
  place = std::move(fact);
}

namespace {

constexpr std::size_t few_facts = 32;

std::string desk_key(const Name& name, RrType type) {
  return name.wire() + std::to_string(static_cast<unsigned>(type));
}

}  // namespace

bool FactDesk::known(const Name& name, RrType type, const Fact*& fact) {
  if (seen_.size() + missing_.size() <= few_facts) {
    for (const auto& seen : seen_) {
      if (seen->question.type == type && seen->question.name == name) return fact = seen.get(), true;
    }
    return std::any_of(missing_.begin(), missing_.end(),
                       [&](const Question& missing) { return missing.type == type && missing.name == name; });
  }
  if (index_.empty()) {
    for (const auto& seen : seen_)
      index_.emplace(desk_key(seen->question.name, seen->question.type), seen.get());
    for (const auto& missing : missing_) index_.emplace(desk_key(missing.name, missing.type), nullptr);
  }
  const auto found = index_.find(desk_key(name, type));
  if (found == index_.end()) return false;
  fact = found->second;
  return true;
}

const Fact* FactDesk::get(const Name& name, RrType type) {
  const Fact* fact = find(name, type);
  if (fact != nullptr) part_.push_back(fact);
  return fact;
}

const Fact* FactDesk::probe(const Name& name, RrType type) {
  const Fact* fact = find(name, type);
  if (fact != nullptr && is_positive(fact->outcome)) part_.push_back(fact);
  return fact;
}

const Fact* FactDesk::find(const Name& name, RrType type) {
  const Fact* fact = look_up(name, type);
  part_lacks_ = part_lacks_ || fact == nullptr;
  return fact;
}

const Fact* FactDesk::look_up(const Name& name, RrType type) {
  const Fact* fact = nullptr;
  if (known(name, type, fact)) return fact;
  if (auto fetched = fetch(name, type)) {
    fact = seen_.emplace_back(std::move(fetched)).get();
  } else {
    missing_.push_back({vantage_, name, type});
  }
  if (!index_.empty()) index_.emplace(desk_key(name, type), fact);
  return fact;
}

std::shared_ptr<Fact> FactDesk::take_brought(const Name& name, RrType type) {
  for (auto& fact : brought_) {
    if (fact->question.type != type || fact->question.name != name) continue;
    std::swap(fact, brought_.back());
    auto found = std::move(brought_.back());
    brought_.pop_back();
    return found;
  }
  return nullptr;
}

std::shared_ptr<const Fact> FactDesk::fetch(const Name& name, RrType type) {
  const auto reviewed = [this](std::shared_ptr<Fact> fact) {
    if (review_) review_(*fact);
    return fact;
  };
  // One that was brought is new, and seldom anybody else's.
  if (auto brought = take_brought(name, type)) return reviewed(std::move(brought));
  if (shared_ != nullptr) {
    if (auto known = shared_->find(name, type)) return known;
  }
  auto stored = store_->find(vantage_, name, type);
  if (!stored) return nullptr;
  auto fact = reviewed(std::make_shared<Fact>(std::move(*stored)));
  if (shared_ != nullptr) shared_->keep(fact);
  return fact;
}

void FactDesk::resume() {
  part_.clear();
  missing_.clear();
  index_.clear();
}

void FactDesk::clear() {
  seen_.clear();
  brought_.clear();
  part_.clear();
  missing_.clear();
  index_.clear();
}

}  // namespace rdnsgate::dns
