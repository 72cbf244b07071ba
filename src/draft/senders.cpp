// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "draft/senders.h"

#include <fmt/format.h>

#include <set>
#include <tuple>
#include <utility>

#include "base/address_ranges.h"
#include "base/ascii.h"
#include "draft/pools.h"

namespace rdnsgate::draft {
namespace {

constexpr const char* by_ptr = "{ptr}";

class Grouping {
 public:
  explicit Grouping(const Estate& estate) {
    for (const auto& domain : estate.domains) {  // senders and relays share their names
      for (const auto& relay : domain.relays) names_.insert(relay.name);
    }
    for (const auto& [ip, host] : estate.hosts) {
      if (!host.left_out.empty()) continue;
      const bool in_pool = !host.helo;
      // A pool ends where another owner or sender begins.
      const bool goes_on = in_pool && host.owner == owner_ && host.sender == sender_;
      if (!run_.empty() && (!goes_on || !are_neighbours(run_.back().ip, ip))) end_run();
      if (!in_pool) {
        add_host(ip, host);
        continue;
      }
      owner_ = host.owner;
      sender_ = host.sender;
      run_.push_back({ip, host.ptr.front()});
    }
    end_run();
  }

  std::vector<Sender> take() { return std::move(senders_); }

 private:
  void end_run() {
    const auto run = std::exchange(run_, {});
    for (std::span<const NamedAddress> rest(run); !rest.empty();) {
      if (const auto pool = pool_at_front(rest)) {
        auto& sender = sender_of(*pool);
        sender.entries.push_back({rest.front().ip, rest[pool->count - 1].ip, pool->name_template,
                                  sender.helo == by_ptr ? "" : by_ptr, pool->start});
        rest = rest.subspan(pool->count);
        continue;
      }
      Host host;
      host.ptr = {rest.front().name};
      host.owner = owner_;
      host.sender = sender_;
      add_host(rest.front().ip, host);
      rest = rest.subspan(1);
    }
  }

  /// The sender of the run where a source names one; else one of its own.
  Sender& sender_of(const Pool& pool) {
    const auto [known, is_new] = by_key_.emplace(Key{sender_, "", ""}, senders_.size());
    if (!sender_.empty() && !is_new) return senders_[known->second];
    auto& sender = senders_.emplace_back();
    const auto stem = pool.name_template.substr(0, pool.name_template.find('{'));
    sender.name =
        own_name(sender_.empty() ? stem.substr(0, stem.find_last_not_of("-.0") + 1) : sender_, "pool");
    sender.helo = by_ptr;
    sender.helo_guessed = true;
    sender.owner = owner_;
    return sender;
  }

  void add_host(const IpAddress& ip, const Host& host) {
    const auto ptr = host.ptr.front().text();
    const auto helo = host.helo ? host.helo->text() : ptr;
    const auto key = host.sender.empty() ? Key{"", helo, host.owner} : Key{host.sender, "", ""};
    const auto [known, is_new] = by_key_.emplace(key, senders_.size());
    if (is_new) {
      auto& made = senders_.emplace_back();
      made.name =
          host.sender.empty() ? own_name(helo.substr(0, helo.find('.')), helo) : own_name(host.sender, helo);
      made.helo = helo;
      made.helo_guessed = !host.helo;
      made.owner = host.owner;
    }
    auto& sender = senders_[known->second];
    if (sender.owner.empty()) sender.owner = host.owner;
    const bool follows = sender.helo == helo || (sender.helo == by_ptr && helo == ptr);
    sender.entries.push_back({ip, ip, ptr, follows ? "" : helo});
  }

  /// A name that no other sender has: the first of these that is free, or one with a number.
  std::string own_name(const std::string& wanted, const std::string& instead) {
    for (const auto& text : {wanted, instead}) {
      if (auto name = label_of(text); !name.empty() && names_.insert(name).second) return name;
    }
    constexpr std::size_t room = 10;  // for the number
    auto stem = label_of(wanted, longest_label - room);
    if (stem.empty()) stem = "sender";
    for (int n = 2;; ++n) {
      auto name = fmt::format("{}-{}", stem, n);
      if (names_.insert(name).second) return name;
    }
  }

  /// The sender that a source names; or else the HELO name and the owner.
  using Key = std::tuple<std::string, std::string, std::string>;

  std::vector<NamedAddress> run_;
  std::string owner_, sender_;  // of the run
  std::vector<Sender> senders_;
  std::map<Key, std::size_t> by_key_;
  std::set<std::string> names_;
};

}  // namespace

std::string label_of(std::string_view text, std::size_t longest) {
  std::string label;
  for (const char c : text) {
    if (label.empty() && !is_alphanumeric(c)) continue;
    if (label.size() == longest) break;
    label += is_alphanumeric(c) || c == '.' || c == '_' ? c : '-';
  }
  return label;
}

std::vector<Sender> senders_of(const Estate& estate) {
  auto senders = Grouping(estate).take();
  for (auto& sender : senders) {
    for (auto& entry : sender.entries) {
      // By itself the PTR is the HELO name of the address.
      if (entry.ptr == (entry.helo.empty() ? sender.helo : entry.helo)) entry.ptr.clear();
    }
  }
  return senders;
}

}  // namespace rdnsgate::draft
