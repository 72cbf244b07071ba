// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/fact_store.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_set>

#include "dns/fact_codec.h"

namespace rdnsgate::dns {

/// Packed facts lie one after another in large blocks; the index holds offsets only.
struct FactStore::State {
  static constexpr std::size_t block_size = std::size_t{1} << 20;
  struct Entry {
    const char* data;
    std::uint32_t key_size;
    std::uint32_t size;
    std::string_view key() const { return {data, key_size}; }
  };
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view key) const { return std::hash<std::string_view>{}(key); }
    std::size_t operator()(const Entry& entry) const { return (*this)(entry.key()); }
  };
  struct Equal {
    using is_transparent = void;
    static std::string_view key(std::string_view text) { return text; }
    static std::string_view key(const Entry& entry) { return entry.key(); }
    template <typename A, typename B>
    bool operator()(const A& a, const B& b) const {
      return key(a) == key(b);
    }
  };

  std::vector<std::unique_ptr<char[]>> blocks;
  std::size_t used = block_size;  // of the last block
  std::vector<Entry> in_order;
  std::unordered_set<Entry, Hash, Equal> index;
  mutable std::string scratch;

  std::string_view key_of(const Question& question) const {
    scratch.clear();
    pack_key(scratch, question);
    return scratch;
  }
  char* room_for(std::size_t size) {
    if (size > block_size) {  // a block of its own, in front of the one that is being filled
      blocks.insert(blocks.begin(), std::make_unique<char[]>(size));
      return blocks.front().get();
    }
    if (used + size > block_size) {
      blocks.push_back(std::make_unique<char[]>(block_size));
      used = 0;
    }
    char* place = blocks.back().get() + used;
    used += size;
    return place;
  }
};

FactStore::FactStore() : state_(std::make_unique<State>()) {}
FactStore::~FactStore() = default;
FactStore::FactStore(FactStore&&) noexcept = default;
FactStore& FactStore::operator=(FactStore&&) noexcept = default;

bool FactStore::insert(const Fact& fact) {
  State& state = *state_;
  const std::size_t key_size = state.key_of(fact.question).size();
  if (state.index.find(std::string_view(state.scratch)) != state.index.end()) return false;
  state.scratch.clear();
  pack(state.scratch, fact);
  char* place = state.room_for(state.scratch.size());
  state.scratch.copy(place, state.scratch.size());
  const State::Entry entry{place, static_cast<std::uint32_t>(key_size), static_cast<std::uint32_t>(state.scratch.size())};
  state.index.insert(entry);
  state.in_order.push_back(entry);
  return true;
}

bool FactStore::contains(const Question& question) const {
  return state_->index.find(state_->key_of(question)) != state_->index.end();
}

std::optional<Fact> FactStore::find(const Question& question) const {
  const auto found = state_->index.find(state_->key_of(question));
  if (found == state_->index.end()) return std::nullopt;
  return unpack({found->data, found->size});
}

std::size_t FactStore::size() const { return state_->in_order.size(); }

void FactStore::for_each(const std::function<void(const Fact&)>& visit) const {
  for (const auto& entry : state_->in_order) visit(unpack({entry.data, entry.size}));
}

const Fact* FactDesk::get(const Name& name, RrType type) {
  for (const auto& fact : seen_) {
    if (fact->question.type == type && fact->question.name == name) return fact.get();
  }
  Question question{vantage_, name, type};
  if (auto fact = store_->find(question)) {
    seen_.push_back(std::make_unique<Fact>(std::move(*fact)));
    return seen_.back().get();
  }
  for (const auto& missing : missing_) {
    if (missing == question) return nullptr;
  }
  missing_.push_back(std::move(question));
  return nullptr;
}

bool FactDesk::all_authoritative() const {
  return !seen_.empty() && std::all_of(seen_.begin(), seen_.end(), [](const auto& fact) {
    return is_definite(fact->outcome) && fact->authoritative;
  });
}

Time FactDesk::expires_at() const {
  Time latest{};
  for (const auto& fact : seen_) {
    std::uint32_t ttl = fact->negative_ttl().value_or(0);
    for (const auto& set : fact->answer) ttl = std::max(ttl, set.ttl);
    latest = std::max(latest, fact->asked_at + std::chrono::seconds(ttl));
  }
  return latest;
}

void FactDesk::clear() {
  seen_.clear();
  missing_.clear();
}

}  // namespace rdnsgate::dns
