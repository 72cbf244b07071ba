// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "inventory/model/checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/text/glob_set.h"
#include "base/text/text.h"
#include "base/wording.h"
#include "inventory/model/internal_view.h"
#include "inventory/model/retired.h"
#include "inventory/problem_codes.h"

namespace rdnsgate::inventory {
namespace {

/// "sender"/"relay"/...: things of one kind, or of kinds that share their names, declared under one name.
class Names {
 public:
  explicit Names(yaml::Problems& problems, std::size_t count) : problems_(problems) { seen_.reserve(count); }

  /// `name` outlives this.
  void add(std::string_view kind, std::string_view name, Span at) {
    if (name.empty()) return;
    const auto [known, is_new] = seen_.try_emplace(name, Entry{kind, at});
    if (is_new) return;
    const auto& first = known->second;
    problems_.add(code::duplicate, at,
                  fmt::format("there is a {} called {} already", first.kind, in_quotes(name)),
                  fmt::format("the first is in {}", problems_.place(first.at, at)));
  }

 private:
  struct Entry {
    std::string_view kind;
    Span at;
  };
  std::unordered_map<std::string_view, Entry> seen_;
  yaml::Problems& problems_;
};

void check_names(const Inventory& inventory, yaml::Problems& problems) {
  Names vantages(problems, inventory.vantages.size()), domains(problems, inventory.domains.size()),
      paths(problems, inventory.senders.size() + inventory.relays.size());
  std::vector<std::string> domain_names;
  domain_names.reserve(inventory.domains.size());
  for (const auto& vantage : inventory.vantages) vantages.add("vantage", vantage.name, vantage.at);
  // `via` names either, so senders and relays share one space.
  for (const auto& sender : inventory.senders) paths.add("sender", sender.name, sender.at);
  for (const auto& relay : inventory.relays) paths.add("relay", relay.name, relay.at);
  for (const auto& domain : inventory.domains) domains.add("domain", domain_names.emplace_back(domain.name.text()), domain.at);
}

void sort_by_ip(Inventory& inventory) {
  auto& order = inventory.by_ip;
  order.resize(inventory.addresses.size());
  std::iota(order.begin(), order.end(), AddressIndex{0});
  const auto& all = inventory.addresses;
  const auto before = [&](AddressIndex a, AddressIndex b) {
    const auto ips = all[a].ip <=> all[b].ip;
    return ips != 0 ? ips < 0 : a < b;
  };
  // Most inventories are in that order.
  if (!std::is_sorted(order.begin(), order.end(), before)) std::sort(order.begin(), order.end(), before);
}

void index_relays(Inventory& inventory) {
  std::vector<std::string_view> patterns;
  for (const auto& relay : inventory.relays) patterns.push_back(relay.helo_pattern);
  inventory.relay_helos = GlobSet(patterns);
}

/// One problem for each pair of entries, however many addresses they share.
void check_addresses(const Inventory& inventory, yaml::Problems& problems) {
  std::map<std::pair<Span, Span>, bool> told;
  for (std::size_t i = 1; i < inventory.by_ip.size(); ++i) {
    const Address& first = inventory.addresses[inventory.by_ip[i - 1]];
    const Address& second = inventory.addresses[inventory.by_ip[i]];
    if (first.ip != second.ip || problems.full()) continue;
    if (!told.emplace(std::pair(first.at, second.at), true).second) continue;
    const auto& owner = inventory.sender_of(first).name;
    const bool shared = first.sender != second.sender && !first.helo.is_root() && !second.helo.is_root() &&
                        first.helo != second.helo;
    problems.add(
        code::duplicate, second.at,
        first.sender == second.sender
            ? fmt::format("{} is listed twice", first.ip.to_string())
            : fmt::format("{} belongs to sender {} already", first.ip.to_string(), in_quotes(owner)),
        fmt::format("the first is in {}; one address has one owner{}", problems.place(first.at, second.at),
                    shared ? fmt::format(": mail servers that share it are one sender with helo: [{}, {}]",
                                         first.helo.text(), second.helo.text())
                           : std::string()));
  }
}

/// An address of the inventory inside a block of a relay.
void check_relay_senders(const Inventory& inventory, yaml::Problems& problems) {
  for (const auto& relay : inventory.relays) {
    for (std::size_t i = 0; i < relay.addresses.size(); ++i) {
      const auto* address = inventory.first_in(relay.addresses[i]);
      if (address == nullptr) continue;
      problems.add(code::duplicate, relay.addresses_at[i],
                   fmt::format("{} of relay {} belongs to sender {} already", address->ip.to_string(),
                               in_quotes(relay.name), in_quotes(inventory.sender_of(*address).name)),
                   fmt::format("it is in {}; one address has one owner",
                               problems.place(address->at, relay.addresses_at[i])));
    }
  }
}

/// Patterns that no piece of theirs tells apart are all held against each finding, and against all that is declared.
void check_waivers(const Inventory& inventory, yaml::Problems& problems) {
  constexpr std::size_t most = 500;
  std::vector<std::string_view> patterns;
  Span last{};
  for (const auto& waiver : inventory.waivers) {
    if (waiver.target.find_first_of("*?") == std::string::npos) continue;
    patterns.push_back(waiver.target);
    last = waiver.at;
  }
  if (patterns.size() <= most || GlobSet(patterns).most_alike() <= most) return;
  problems.add(code::limit, last,
               fmt::format("more than {} waivers have patterns for their targets that are alike: no piece of their text "
                           "tells them apart",
                           most),
               "name the targets, or write patterns that match more");
}

/// Blocks of two relays, or of one, that overlap.
void check_relays(const Inventory& inventory, yaml::Problems& problems) {
  struct Block {
    Prefix prefix;
    const Relay* relay;
    Span at;
  };
  std::vector<Block> blocks;
  for (const auto& relay : inventory.relays) {
    for (std::size_t i = 0; i < relay.addresses.size(); ++i)
      blocks.push_back({relay.addresses[i], &relay, relay.addresses_at[i]});
  }
  // By first address, wider blocks first: a block is inside the last one that was not inside another.
  std::stable_sort(blocks.begin(), blocks.end(),
                   [](const Block& a, const Block& b) { return a.prefix < b.prefix; });
  const Block* outer = nullptr;
  for (const auto& block : blocks) {
    if (outer == nullptr || !outer->prefix.contains(block.prefix)) {
      outer = &block;
      continue;
    }
    const bool swap = block.at < outer->at;
    const Block& first = swap ? block : *outer;
    const Block& second = swap ? *outer : block;
    problems.add(code::duplicate, second.at,
                 fmt::format("{} overlaps {} of relay {}", second.prefix.to_string(),
                             first.prefix.to_string(), in_quotes(first.relay->name)),
                 fmt::format("it is in {}; one address has one owner", problems.place(first.at, second.at)));
  }
}

/// The ways that entries of `via` name. Of many senders few are named.
std::unordered_map<std::string_view, MailPath> named_ways(const Inventory& inventory) {
  std::unordered_map<std::string_view, MailPath> ways;
  for (const auto& domain : inventory.domains) {
    for (const auto& entry : domain.via) ways.try_emplace(entry.name);
  }
  const auto add = [&](const std::string& name, std::optional<SenderIndex> sender, std::optional<std::uint32_t> relay) {
    const auto way = ways.find(name);
    if (way != ways.end() && !way->second.sender && !way->second.relay)
      way->second = MailPath{.id = {}, .sender = sender, .relay = relay, .at = {}};
  };
  for (SenderIndex i = 0; i < inventory.senders.size() && !ways.empty(); ++i) add(inventory.senders[i].name, i, {});
  for (std::uint32_t i = 0; i < inventory.relays.size() && !ways.empty(); ++i) add(inventory.relays[i].name, {}, i);
  return ways;
}

std::string nearest_way(const Inventory& inventory, std::string_view name) {
  std::vector<std::string_view> known;
  for (const auto& sender : inventory.senders) known.push_back(sender.name);
  for (const auto& relay : inventory.relays) known.push_back(relay.name);
  return did_you_mean(closest(name, known));
}

/// What the entries of `via` name, into the inventory's paths; those that name nothing are told.
void resolve_via(Inventory& inventory, yaml::Problems& problems) {
  const auto ways = named_ways(inventory);
  for (std::uint32_t i = 0; i < inventory.domains.size(); ++i) {
    for (const auto& entry : inventory.domains[i].via) {
      const auto& way = ways.at(entry.name);
      if (!way.sender && !way.relay) {
        if (problems.full()) continue;  // what is nearest is not looked for without need
        problems.add(code::reference, entry.at,
                     fmt::format("there is no sender or relay called {}", in_quotes(entry.name)),
                     nearest_way(inventory, entry.name));
        continue;
      }
      auto& path = inventory.paths.emplace_back(way);
      path.id = fmt::format("{} via {}", inventory.domains[i].name.text(), entry.name);
      path.domain = i;
      path.at = entry.at;
      if (!path.sender) continue;
      auto& first = inventory.senders[*path.sender].first_path;
      if (!first) first = static_cast<std::uint32_t>(inventory.paths.size() - 1);
    }
  }
}

/// A domain may be too long for what is put before it.
void check_path_names(const Inventory& inventory, yaml::Problems& problems) {
  for (const auto& path : inventory.paths) {
    const auto* relay = inventory.relay_of(path);
    if (relay == nullptr) continue;
    const auto check = [&](std::string_view key, const std::string& text, Span at) {
      if (text.find(domain_placeholder) == std::string::npos) return;
      const auto& domain = inventory.domain_of(path).name;
      const auto name = name_for(text, domain);
      if (name || problems.full()) return;
      problems.add(code::value, path.at,
                   fmt::format("{} of relay {} is no domain name for {}: {}", key, in_quotes(relay->name),
                               domain.text(), name.error().message),
                   fmt::format("it is in {}", problems.place(at, path.at)));
    };
    check("mail_from", relay->mail_from, relay->mail_from_at);
    check("dkim_domain", relay->dkim_domain, relay->dkim_domain_at);
  }
}

/// Mail is tried in the name of declared domains alone, and each recipient is there once.
void check_probes(const Inventory& inventory, yaml::Problems& problems) {
  std::unordered_map<std::string, Span> known;
  for (const auto& probe : inventory.probes) {
    const auto text = probe.recipient.text();
    if (const auto [first, is_new] = known.emplace(text, probe.at); !is_new)
      problems.add(code::duplicate, probe.at, fmt::format("{} is declared twice", text),
                   fmt::format("the first is in {}", problems.place(first->second, probe.at)));
    if (!probe.from) continue;
    const auto& all = inventory.domains;
    if (std::any_of(all.begin(), all.end(),
                    [&](const auto& one) { return one.name == probe.from->domain; }))
      continue;
    problems.add(code::reference, probe.from_at,
                 fmt::format("{} is none of the `domains`", probe.from->domain.text()),
                 "mail is tried in the name of declared domains alone; without `from` the null sender is used");
  }
}

void check_rules(const Inventory& inventory, std::span<const std::string_view> known,
                 yaml::Problems& problems) {
  if (known.empty()) return;
  const std::unordered_set<std::string_view> rules(known.begin(), known.end());
  const auto check = [&](const std::string& rule, Span at) {
    // What is nearest is not looked for where nobody is told.
    if (rule.empty() || rules.contains(rule) || problems.full()) return;
    const auto nearest = closest(rule, known);
    problems.add(code::reference, at, fmt::format("there is no rule called {}", in_quotes(rule)),
                 nearest.empty() ? "\"rdnsgate explain\" lists the rules" : did_you_mean(nearest));
  };
  for (const auto& setting : inventory.rules) check(setting.rule, setting.at);
  for (const auto& waiver : inventory.waivers) check(waiver.rule, waiver.at);
}

/// Where the problems so far are: in one of the sections, or in the keys at the top of a file.
class Faulty {
 public:
  Faulty(const FileSet& files, const yaml::Problems& problems)
      : files_(files), problems_(problems), top_(files.incomplete()) {
    each_document([&](const yaml::Value& root) {
      yaml::for_each_member(
          root, [&](const yaml::Value& key, const yaml::Value&) { top_ = top_ || problems.has(key.span()); });
      top_ = top_ || problems.has(root.span());
    });
  }
  bool top() const { return top_; }
  bool operator()(std::string_view section) const {
    bool faulty = top_;
    each_document([&](const yaml::Value& root) {
      for (auto key = root.first(); key && !faulty; key = key->next()->next()) {
        if (key->text() != section) continue;
        const auto after = key->next()->next();
        faulty = problems_.any_within(
            {key->span().file, key->span().begin, after ? after->span().begin : 0xFFFFFFFFu});
      }
    });
    return faulty;
  }

 private:
  template <typename Visitor>
  void each_document(Visitor&& visit) const {
    for (const auto& file : files_.files()) {
      if (file.document && problems_.count() > 0) visit(file.document->root());
    }
  }

  const FileSet& files_;
  const yaml::Problems& problems_;
  bool top_;
};

/// False, and a problem, where there are none. The schema cannot ask for it: any one of the files may hold
/// them.
bool check_senders_given(const FileSet& files, yaml::Problems& problems) {
  const auto has_senders = [](const InventoryFile& file) {
    return file.document && file.document->root().get("senders").has_value();
  };
  const auto& first = files.files().front();
  if (!first.document || std::any_of(files.files().begin(), files.files().end(), has_senders)) return true;
  if (files.files().size() == 1) {
    problems.add(code::schema, first.document->root().span(), "the key \"senders\" is missing",
                 "this is not an rdnsgate inventory");
  } else {
    problems.add(code::schema, first.document->root().span(),
                 fmt::format("none of the {} files has senders", files.files().size()),
                 "an inventory lists the hosts and addresses that mail leaves from");
  }
  return false;
}

}  // namespace

void check_model(const FileSet& files, const LoadOptions& options, yaml::Problems& problems,
                 Inventory& inventory) {
  const Faulty faulty(files, problems);
  const bool senders_given = faulty.top() || check_senders_given(files, problems);
  const bool paths_known = senders_given && !faulty("senders") && !faulty("relays"),
             zones_known = !faulty("zones");
  check_names(inventory, problems);
  sort_by_ip(inventory);
  index_relays(inventory);
  index_names_inside(inventory);
  check_addresses(inventory, problems);
  check_pools(inventory, problems);
  check_retired(inventory, problems);
  check_relay_senders(inventory, problems);
  check_relays(inventory, problems);
  check_waivers(inventory, problems);
  if (paths_known) resolve_via(inventory, problems);
  check_path_names(inventory, problems);
  if (!faulty("domains")) check_probes(inventory, problems);
  check_rules(inventory, options.rule_names, problems);
  if (zones_known) check_zones(inventory, problems);
}

}  // namespace rdnsgate::inventory
