// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/text.h"
#include "dns/zone/zone_edit.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <tuple>

#include "dns/rdata_text.h"
#include "dns/zone/zone_file.h"

namespace rdnsgate::dns {
namespace {

using Key = std::pair<Name, RrType>;

/// A zone as its records say it, to hold two of them against each other.
struct Contents {
  std::map<Key, std::pair<std::uint32_t, std::vector<std::string>>> sets;
  std::uint32_t serial = 0;
  bool operator==(const Contents&) const = default;
};

/// What a type of theirs is written with; TYPE46 is RRSIG (RFC 3597 §5).
constexpr std::array<std::string_view, 4> seal_words{"RRSIG", "NSEC", "ZONEMD", "TYPE"};

constexpr auto zonemd = static_cast<RrType>(63);

std::optional<RrType> seal_of(const std::vector<PlacedRecord>& records) {
  for (const auto type : {RrType::RRSIG, RrType::NSEC, RrType::NSEC3, zonemd}) {
    if (std::any_of(records.begin(), records.end(),
                    [&](const PlacedRecord& one) { return one.type == type; }))
      return type;
  }
  return std::nullopt;
}

std::string without_serial(const std::string& rdata) {
  constexpr std::size_t numbers = 20;  // at the end of the data (RFC 1035 §3.3.13)
  std::string out = rdata;
  out.replace(out.size() - numbers, 4, 4, '\0');
  return out;
}

class Editor {
 public:
  Editor(std::string_view text, const Name& origin, Time now) : text_(text), origin_(origin), now_(now) {}

  Result<std::vector<TextEdit>> run(std::span<const RRsetChange> changes) {
    const auto known = read(text_, &records_);
    if (!known) return tl::unexpected(known.error());
    if (const auto seal = seal_of(records_)) {
      return fail(
          fmt::format("the zone {} is {} in its file ({} records), which holds for no changed record: change "
                      "the file that it is made from, and sign that again",
                      origin_.text(), *seal == zonemd ? "sealed with a digest" : "signed", to_string(*seal)),
          "or let the name server sign");
    }
    for (std::size_t i = 0; i < records_.size(); ++i) {
      of_owner_[records_[i].owner].push_back(i);
    }
    removed_.resize(records_.size(), false);
    touched_.resize(records_.size(), false);
    followed_.resize(records_.size(), false);
    wanted_ = *known;
    for (const auto& change : changes) by_owner_[change.owner].push_back(&change);
    for (const auto& change : changes) {
      auto done = change.type == RrType::SOA ? change_soa(change) : change_set(change);
      if (!done) return tl::unexpected(done.error());
    }
    if (edits_.empty()) return edits_;
    raise_serial();
    keep_inherited_ttls();
    keep_owners();
    const auto after = read(apply_edits(text_, edits_), nullptr);
    if (!after || !(*after == wanted_)) {
      return fail(
          fmt::format("the zone file of {} cannot be edited without changing something else", origin_.text()),
          after ? "edit it by hand" : after.error().message);
    }
    return std::move(edits_);
  }

 private:
  Result<Contents> read(std::string_view text, std::vector<PlacedRecord>* places) const {
    Sources sources;
    Diagnostics problems;
    const auto zone =
        read_zone_file(sources, sources.add("zone", std::string(text)), origin_, problems, places);
    for (const auto& problem : problems) {
      if (problem.severity == Severity::error)
        return fail(fmt::format("line {}: {}", sources.locate(problem.at).line, problem.message),
                    problem.hint);
    }
    if (zone.origin != origin_)
      return fail(fmt::format("it holds the zone {}, not {}", zone.origin.text(), origin_.text()));
    Contents contents;
    for (const auto& set : zone.rrsets) {
      auto rdata = set.rdata;
      if (set.type == RrType::SOA) {
        contents.serial = soa_in(rdata.front()).value().serial;
        rdata.front() = without_serial(rdata.front());
      }
      std::sort(rdata.begin(), rdata.end());
      contents.sets[{set.owner, set.type}] = {set.ttl, std::move(rdata)};
    }
    return contents;
  }

  std::vector<std::size_t> places_of(const Name& owner, RrType type) const {
    std::vector<std::size_t> places;
    const auto known = of_owner_.find(owner);
    if (known == of_owner_.end()) return places;
    std::copy_if(known->second.begin(), known->second.end(), std::back_inserter(places),
                 [&](std::size_t i) { return records_[i].type == type; });
    return places;
  }

  Result<void> change_set(const RRsetChange& change) {
    const auto places = places_of(change.owner, change.type);
    auto before = change.before;
    std::vector<std::string> there;
    for (const auto i : places) there.push_back(records_[i].rdata);
    for (auto* list : {&before, &there}) {
      std::sort(list->begin(), list->end());
      list->erase(std::unique(list->begin(), list->end()), list->end());
    }
    if (before != there) {
      return fail(
          fmt::format("{} {} is {} in the zone file, and {} in the plan", change.owner.text(),
                      to_string(change.type), described(change.type, there), described(change.type, before)),
          "bring the file and the DNS together first, and make the plan anew");
    }
    auto& wanted = wanted_.sets[{change.owner, change.type}];
    wanted = {change.ttl, change.rdata};
    std::sort(wanted.second.begin(), wanted.second.end());
    if (change.rdata.empty()) wanted_.sets.erase({change.owner, change.type});
    // An alias in place of a record, or the other way, is written where that stood, and keeps its comment.
    if (const auto* other = exchanged_with(change); other == nullptr) {
      rewrite(change, places);
    } else if (change.rdata.empty()) {
      rewrite_type(places.front(), *other);
    }
    return {};
  }

  /// The one other change of its owner, where one of both takes the only record away and the other brings
  /// one, and one of them is an alias; nullptr for none.
  const RRsetChange* exchanged_with(const RRsetChange& change) const {
    const auto& all = by_owner_.at(change.owner);
    if (all.size() != 2) return nullptr;
    const auto& other = *(all[0] == &change ? all[1] : all[0]);
    const auto& [goes, comes] = change.rdata.empty() ? std::tie(change, other) : std::tie(other, change);
    const bool exchange = goes.rdata.empty() && comes.before.empty() && comes.rdata.size() == 1 &&
                          (goes.type == RrType::CNAME) != (comes.type == RrType::CNAME) &&
                          places_of(goes.owner, goes.type).size() == 1;
    return exchange ? &other : nullptr;
  }

  void rewrite_type(std::size_t index, const RRsetChange& coming) {
    const auto& record = records_[index];
    auto type = std::string(to_string(coming.type));
    if (record.ttl != coming.ttl && !record.ttl_at) {
      type = fmt::format("{} {}", coming.ttl, type);
      touched_[index] = true;
    } else {
      set_ttl(index, coming.ttl);
    }
    edits_.push_back({record.type_at.begin, record.type_at.end, std::move(type)});
    edits_.push_back({record.rdata_words.front().begin, record.rdata_words.back().end,
                      rdata_text(coming.type, coming.rdata.front())});
  }

  static std::string described(RrType type, const std::vector<std::string>& rdata) {
    std::string text;
    for (const auto& one : rdata) text += (text.empty() ? "" : ", ") + rdata_text(type, one);
    return text.empty() ? "nothing" : text;
  }

  /// Records that stay get the TTL; others that go lend their line to those that come.
  void rewrite(const RRsetChange& change, const std::vector<std::size_t>& places) {
    std::vector<std::string> coming;
    for (const auto& rdata : change.rdata) {
      if (std::none_of(places.begin(), places.end(), [&](auto i) { return records_[i].rdata == rdata; }))
        coming.push_back(rdata);
    }
    auto next = coming.begin();
    std::optional<std::size_t> last;
    for (const auto i : places) {
      const auto& record = records_[i];
      const bool stays =
          std::find(change.rdata.begin(), change.rdata.end(), record.rdata) != change.rdata.end();
      if (!stays && next == coming.end()) {
        remove(i);
        continue;
      }
      if (!stays) {
        const auto& words = record.rdata_words.front();
        edits_.push_back({words.begin, words.end, rdata_text(change.type, *next++)});
      }
      set_ttl(i, change.ttl);
      last = i;
    }
    for (; next != coming.end(); ++next) insert(change, *next, last);
  }

  void set_ttl(std::size_t index, std::uint32_t ttl) {
    const auto& record = records_[index];
    if (record.ttl == ttl) return;
    touched_[index] = true;
    if (record.ttl_at) {
      edits_.push_back({record.ttl_at->begin, record.ttl_at->end, fmt::format("{}", ttl)});
    } else {
      edits_.push_back({record.before_type, record.before_type, fmt::format("{} ", ttl)});
    }
  }

  /// Its lines, with the comments on them.
  void remove(std::size_t index) {
    removed_[index] = true;
    const auto& all = records_[index].all;
    const auto begin = all.begin == 0 ? 0 : text_.rfind('\n', all.begin - 1) + 1;
    edits_.push_back({begin, line_behind(index), ""});
  }

  std::size_t line_behind(std::size_t index) const {
    // A parenthesis that is closed on a line of its own belongs to the record.
    const auto end = index + 1 < records_.size() ? records_[index + 1].all.begin : text_.size();
    auto behind = records_[index].all.end;
    int open = 0;
    for (std::size_t at = records_[index].all.begin; at < end; ++at) {
      if (text_[at] == '\\') ++at;
      if (at < end && text_[at] == '"') at = closing_quote(at);
      if (at >= end) break;
      if (text_[at] == ';') at = std::min(text_.find('\n', at), end) - 1;
      if (text_[at] == '(') ++open;
      if (text_[at] == ')' && --open == 0) behind = std::max(behind, at + 1);
      if (text_[at] == '\n' && open == 0) break;
    }
    const auto feed = text_.find('\n', behind);
    return feed == std::string_view::npos ? text_.size() : feed + 1;
  }

  std::size_t closing_quote(std::size_t at) const {
    for (++at; at < text_.size() && text_[at] != '"'; ++at) {
      if (text_[at] == '\\') ++at;
    }
    return at;
  }

  /// Behind the last record of the set, else behind the last of its owner, else at the end. The owner is
  /// written in full: $ORIGIN may be another there.
  void insert(const RRsetChange& change, const std::string& rdata, std::optional<std::size_t> behind) {
    if (const auto known = of_owner_.find(change.owner); !behind && known != of_owner_.end()) {
      const auto& all = known->second;
      const auto last = std::find_if(all.rbegin(), all.rend(), [&](std::size_t i) { return !removed_[i]; });
      if (last != all.rend()) behind = *last;
    }
    if (behind) followed_[*behind] = true;
    const auto at = behind ? line_behind(*behind) : text_.size();
    auto line = fmt::format("{} {} IN {} {}\n", change.owner.fqdn(), change.ttl, to_string(change.type),
                            rdata_text(change.type, rdata));
    if (at == text_.size() && !text_.empty() && text_.back() != '\n') line = "\n" + line;
    edits_.push_back({at, at, std::move(line)});
  }

  Result<void> change_soa(const RRsetChange& change) {
    const auto places = places_of(change.owner, RrType::SOA);
    const auto fields = change.rdata.size() == 1 ? soa_in(change.rdata.front()) : fail("");
    if (places.size() != 1 || !fields)
      return fail(fmt::format("{} has no SOA record to change", change.owner.text()));
    const auto& record = records_[places.front()];
    if (soa_in(record.rdata).value().minimum != fields->minimum) {
      const auto& minimum = record.rdata_words.back();
      edits_.push_back({minimum.begin, minimum.end, fmt::format("{}", fields->minimum)});
      auto& rdata = wanted_.sets[{change.owner, RrType::SOA}].second.front();
      for (std::size_t i = 0; i < 4; ++i)
        rdata[rdata.size() - 4 + i] = static_cast<char>((fields->minimum >> (24 - 8 * i)) & 0xffu);
    }
    wanted_.sets[{change.owner, RrType::SOA}].first = change.ttl;
    set_ttl(places.front(), change.ttl);
    return {};
  }

  void raise_serial() {
    const auto& record = records_[places_of(origin_, RrType::SOA).front()];
    wanted_.serial = next_serial(wanted_.serial, now_);
    const auto& serial = record.rdata_words[2];
    edits_.push_back({serial.begin, serial.end, fmt::format("{}", wanted_.serial)});
  }

  /// Without a $TTL a record has that of the one before it in the file: those behind one that changes, or
  /// goes, say now what they had.
  void keep_inherited_ttls() {
    bool changed = false;
    for (std::size_t i = 0; i < records_.size(); ++i) {
      if (!records_[i].inherits_ttl) {
        changed = false;
      } else if (changed && !touched_[i] && !removed_[i]) {
        edits_.push_back(
            {records_[i].before_type, records_[i].before_type, fmt::format("{} ", records_[i].ttl)});
        changed = false;
      }
      changed = changed || touched_[i] || removed_[i] || followed_[i];
    }
  }

  /// A line without an owner has that of the line before it: where that one goes, it says whose it is.
  void keep_owners() {
    bool orphaned = false;
    for (std::size_t i = 0; i < records_.size(); ++i) {
      const auto& record = records_[i];
      if (!record.blank_owner) orphaned = removed_[i];
      if (!orphaned || removed_[i]) continue;
      const auto begin = record.all.begin == 0 ? 0 : text_.rfind('\n', record.all.begin - 1) + 1;
      edits_.push_back({begin, begin, record.owner.fqdn()});
      orphaned = false;
    }
  }

  std::string_view text_;
  const Name& origin_;
  Time now_;
  std::vector<PlacedRecord> records_;
  std::map<Name, std::vector<std::size_t>> of_owner_;  // indices of its records, in the order of the file
  std::vector<bool> removed_, touched_,
      followed_;  // of the records; touched: the TTL changes; followed: by a new one
  std::map<Name, std::vector<const RRsetChange*>> by_owner_;
  Contents wanted_;
  std::vector<TextEdit> edits_;
};

}  // namespace

std::uint32_t next_serial(std::uint32_t serial, Time now) {
  constexpr std::uint32_t a_day = 100;
  const auto day = std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(now));
  const auto today = (static_cast<std::uint32_t>(static_cast<int>(day.year())) * 10000 +
                      static_cast<unsigned>(day.month()) * 100 + static_cast<unsigned>(day.day())) *
                     a_day;
  const auto date = serial / a_day;
  const bool dated =
      std::chrono::year_month_day(std::chrono::year(static_cast<int>(date / 10000)),
                                  std::chrono::month(date / 100 % 100), std::chrono::day(date % 100))
          .ok() &&
      date / 10000 >= 1980 && date / 10000 < 2100;
  return dated && serial < today ? today + 1 : serial + 1;
}

std::optional<RrType> signed_in_file(std::string_view text, const Name& origin) {
  // Most zones have none of it, and are not read for that.
  const auto capitals = ascii_upper(text);
  if (std::none_of(seal_words.begin(), seal_words.end(),
                   [&](std::string_view word) { return capitals.find(word) != std::string::npos; }))
    return std::nullopt;
  Sources sources;
  Diagnostics problems;
  std::vector<PlacedRecord> records;
  read_zone_file(sources, sources.add("zone", std::string(text)), origin, problems, &records);
  return seal_of(records);
}

Result<std::vector<TextEdit>> edit_zone(std::string_view text, const Name& origin,
                                        std::span<const RRsetChange> changes, Time now) {
  return Editor(text, origin, now).run(changes);
}

}  // namespace rdnsgate::dns
