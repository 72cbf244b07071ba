// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/digest/runs.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>

#include "base/address_ranges.h"
#include "base/text/text.h"
#include "plan/digest/shape.h"
#include "plan/name_order.h"
#include "plan/timetable.h"

namespace rdnsgate::plan {
namespace {

using dns::rdata_text;

/// A change with what it is compared by.
struct Item {
  RecordChange change;
  std::string owner;
  std::optional<IpAddress> address;  ///< of a reverse name
};
using Group = std::vector<const Item*>;

bool comes_before(const Item& a, const Item& b) {
  if (*a.change.zone != *b.change.zone) return *a.change.zone < *b.change.zone;
  if (a.address.has_value() != b.address.has_value()) return a.address.has_value();
  if (a.address && *a.address != *b.address) return *a.address < *b.address;
  if (const auto owners = compare_for_people(*a.change.owner, *b.change.owner); owners != 0)
    return owners < 0;
  if (a.owner != b.owner) return a.owner < b.owner;  // mx01 and mx1
  return a.change.type < b.change.type;
}

std::vector<Item> items_of(std::vector<RecordChange> changes) {
  std::vector<Item> items;
  items.reserve(changes.size());
  for (auto& change : changes) {
    const auto address = dns::address_of_reverse(*change.owner);
    items.push_back({change, change.owner->text(), address ? std::optional(*address) : std::nullopt});
  }
  std::sort(items.begin(), items.end(), comes_before);
  return items;
}

std::vector<std::string> texts_of(RrType type, const MaybeVersion& version) {
  std::vector<std::string> texts;
  if (!version) return texts;
  for (const auto& rdata : version->rdata) texts.push_back(rdata_text(type, rdata));
  return texts;
}

bool keeps_data(const RecordChange& change) {
  const auto &before = *change.before, &after = *change.after;
  return before && after && before->rdata == after->rdata;
}

/// Equal for changes that are done alike, in whatever records.
std::string deed(const RecordChange& change) {
  return fmt::format("{}/{}/{}/{}/{}/{}", change.zone->text(), static_cast<unsigned>(change.type),
                     change.before->has_value(), change.after->has_value(), keeps_data(change),
                     change.by_hand);
}

/// Equal for changes that differ in numbers alone; TTLs are no numbers of theirs.
std::string pattern(const Item& item) {
  std::string text = deed(item.change);
  text += item.address ? (item.address->is_v4() ? "/v4" : "/v6") : "/" + shape_of(item.owner);
  for (const auto* version : {item.change.before, item.change.after}) {
    text += *version ? fmt::format("/{}", (*version)->ttl) : "/-";
    for (const auto& one : texts_of(item.change.type, *version)) text += "/" + shape_of(one);
  }
  return text;
}

template <typename Key>
std::vector<Group> grouped(const Group& items, const Key& key) {
  std::vector<Group> groups;
  std::map<std::string, std::size_t> known;
  for (const auto* item : items) {
    const auto [at, is_new] = known.try_emplace(key(*item), groups.size());
    if (is_new) groups.emplace_back();
    groups[at->second].push_back(item);
  }
  return groups;
}

bool is_address(RrType type) { return type == RrType::A || type == RrType::AAAA; }

/// `192.0.2.1 192.0.2.2`; of many addresses the ranges.
std::string data_text(RrType type, const std::vector<std::string>& texts) {
  constexpr std::size_t most_addresses = 6;
  if (!is_address(type) || texts.size() <= most_addresses) return fmt::format("{}", fmt::join(texts, " "));
  std::vector<IpAddress> addresses;
  for (const auto& text : texts) {
    if (const auto ip = IpAddress::parse(text)) addresses.push_back(*ip);
  }
  return ranges_text(std::move(addresses));
}

class RunWriter {
 public:
  explicit RunWriter(const Group& group) : group_(group), first_(group.front()->change) {}

  Run run() const {
    Run run;
    run.records = group_.size();
    run.title = title();
    run.subject = group_.size() == 1 && group_.front()->address
                      ? fmt::format("{} (1 {} record)", owners(), dns::to_string(first_.type))
                      : run.title;
    run.from = side(&RecordChange::before);
    const bool keeps = group_.size() > 1 && std::all_of(group_.begin(), group_.end(), [](const Item* one) {
                         return keeps_data(one->change);
                       });
    run.to = keeps ? "the same" + ttl(&RecordChange::after) : side(&RecordChange::after);
    run.by_hand = first_.by_hand;
    if (group_.size() == 1) leave_out_common(run.from, run.to);
    return run;
  }

 private:
  using Side = const MaybeVersion* RecordChange::*;

  std::string title() const {
    const auto type = dns::to_string(first_.type);
    if (group_.size() == 1) return fmt::format("{} {}", group_.front()->owner, type);
    return fmt::format("{} ({} {} records)", owners(), group_.size(), type);
  }

  std::string owners() const {
    std::vector<IpAddress> addresses;
    for (const auto* item : group_) {
      if (item->address) addresses.push_back(*item->address);
    }
    if (addresses.size() == group_.size()) return ranges_text(std::move(addresses));
    return fmt::format("{} .. {}", group_.front()->owner, group_.back()->owner);
  }

  std::string side(Side version) const {
    std::set<std::string> different;
    std::vector<std::string> all;
    std::vector<IpAddress> addresses;
    for (const auto* item : group_) {
      const auto texts = texts_of(first_.type, *(item->change.*version));
      auto text = *(item->change.*version) ? data_text(first_.type, texts) : std::string("(none)");
      if (is_address(first_.type) && texts.size() == 1) {
        if (const auto ip = IpAddress::parse(texts.front())) addresses.push_back(*ip);
      }
      different.insert(text);
      all.push_back(std::move(text));
    }
    if (different.size() == 1) return all.front() + ttl(version);
    if (addresses.size() == all.size()) return ranges_text(std::move(addresses)) + ttl(version);
    return fmt::format("{} .. {}{}{}", all.front(), all.back(), how_many(different), ttl(version));
  }

  /// Of a series that is not numbered.
  static std::string how_many(const std::set<std::string>& different) {
    std::set<std::string> shapes;
    for (const auto& text : different) shapes.insert(shape_of(text));
    return shapes.size() == 1 ? std::string() : fmt::format(" ({} different)", different.size());
  }

  std::string ttl(Side version) const {
    std::optional<std::uint32_t> least, most;
    for (const auto* item : group_) {
      const auto& one = *(item->change.*version);
      if (!one) continue;
      least = std::min(least.value_or(one->ttl), one->ttl);
      most = std::max(most.value_or(one->ttl), one->ttl);
    }
    if (!least) return {};
    const auto text = format_duration(seconds(*least));
    return *least == *most ? ", TTL " + text
                           : fmt::format(", TTL {} to {}", text, format_duration(seconds(*most)));
  }

  const Group& group_;
  const RecordChange& first_;
};

/// Joins what is left of one type in a zone where that is too much to list: the largest series stay.
std::vector<Group> joined(std::vector<Group> groups, std::size_t most) {
  std::map<std::string, std::vector<Group>> by_deed;
  std::vector<std::string> order;
  for (auto& group : groups) {
    auto& same = by_deed[deed(group.front()->change)];
    if (same.empty()) order.push_back(deed(group.front()->change));
    same.push_back(std::move(group));
  }
  std::vector<Group> result;
  for (const auto& key : order) {
    auto& same = by_deed[key];
    if (same.size() <= most) {
      for (auto& group : same) result.push_back(std::move(group));
      continue;
    }
    std::stable_sort(same.begin(), same.end(),
                     [](const Group& a, const Group& b) { return a.size() > b.size(); });
    Group rest;
    const std::size_t kept = most / 2;
    for (std::size_t i = 0; i < same.size(); ++i) {
      if (i < kept && same[i].size() > 1)
        result.push_back(std::move(same[i]));
      else
        rest.insert(rest.end(), same[i].begin(), same[i].end());
    }
    std::sort(rest.begin(), rest.end(), [](const Item* a, const Item* b) { return comes_before(*a, *b); });
    result.push_back(std::move(rest));
  }
  std::stable_sort(result.begin(), result.end(),
                   [](const Group& a, const Group& b) { return comes_before(*a.front(), *b.front()); });
  return result;
}

std::vector<Group> groups_of(const std::vector<Item>& items, std::size_t most) {
  constexpr std::size_t fewest_alike = 3;
  Group all;
  for (const auto& item : items) all.push_back(&item);
  std::vector<Group> groups;
  for (auto& group : grouped(all, pattern)) {
    if (group.size() >= fewest_alike) {
      groups.push_back(std::move(group));
    } else {
      for (const auto* one : group) groups.push_back({one});
    }
  }
  std::stable_sort(groups.begin(), groups.end(),
                   [](const Group& a, const Group& b) { return comes_before(*a.front(), *b.front()); });
  return joined(std::move(groups), most);
}

}  // namespace

std::vector<RecordChange> changes_of(std::span<const Step* const> steps) {
  std::vector<RecordChange> changes;
  changes.reserve(steps.size());
  for (const auto* step : steps)
    changes.push_back({&step->zone, &step->owner, step->type, &step->before, &step->after, step->by_hand});
  return changes;
}

std::vector<RecordChange> changes_of(std::span<const Check> checks) {
  std::vector<RecordChange> changes;
  changes.reserve(checks.size());
  for (const auto& check : checks)
    changes.push_back({&check.zone, &check.owner, check.type, &check.expect, &check.expect});
  return changes;
}

std::vector<Run> runs_of(std::vector<RecordChange> changes, std::size_t most) {
  const auto items = items_of(std::move(changes));
  std::vector<Run> runs;
  for (const auto& group : groups_of(items, most)) {
    runs.push_back(RunWriter(group).run());
    runs.back().zone = group.front()->change.zone;
  }
  return runs;
}

std::string subjects_of(std::vector<RecordChange> changes) {
  constexpr std::size_t most = 3;
  const auto runs = runs_of(std::move(changes), most);
  std::string text;
  std::size_t rest = 0;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    if (i < most)
      text += (text.empty() ? "" : ", ") + runs[i].subject;
    else
      rest += runs[i].records;
  }
  return rest == 0 ? text : text + fmt::format(" and {}", counted(rest, "more record", "more records"));
}

}  // namespace rdnsgate::plan
