// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/zone/zone_edit.h"
#include "base/text/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <set>
#include <tuple>

#include "dns/rdata_text.h"
#include "dns/zone/generate.h"

namespace rdnsgate::dns {
namespace {

using Key = std::pair<Name, RrType>;

/// A zone as its records say it, to hold two of them against each other.
struct Contents {
  std::map<Key, std::pair<std::uint32_t, std::vector<std::string>>> sets;
  std::set<std::tuple<Name, RrType, std::string>> open;
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
  Editor(std::string_view text, const Name& origin, Time now, const IncludedTexts& included)
      : text_(text), origin_(origin), now_(now), included_(included) {}

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
    if (edits_.empty() && taken_.empty()) return edits_;
    if (!by_hand_.empty()) return fail(by_hand_, "change it by hand");
    if (auto done = raise_serial(); !done) return tl::unexpected(done.error());
    keep_inherited_ttls();
    keep_owners();
    split_ranges();
    if (!by_hand_.empty()) return fail(by_hand_, "change it by hand");
    const auto after = read(apply_edits(text_, edits_), nullptr);
    if (!after || !(*after == wanted_)) {
      return fail(
          fmt::format("the zone file of {} cannot be edited without changing something else", origin_.text()),
          after ? "edit it by hand" : after.error().message);
    }
    return std::move(edits_);
  }

 private:
  Result<Contents> read(std::string_view text, std::vector<PlacedRecord>* places) {
    Sources sources;
    Diagnostics problems;
    const auto zone = read_zone_file(sources, sources.add("", std::string(text)), origin_, problems, places,
                                     find_among(included_));
    for (const auto& problem : problems) {
      if (problem.severity != Severity::error) continue;
      const auto path = sources.path(problem.at.file);
      return fail(fmt::format("{}{}line {}: {}", path, path.empty() ? "" : ", ",
                              sources.locate(problem.at).line, problem.message),
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
    for (const auto& open : zone.open) contents.open.emplace(open.owner, open.type, open.why);
    if (places != nullptr) {
      for (FileId file = 0; file < sources.count(); ++file) paths_.emplace_back(sources.path(file));
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

  /// Of a record in an included file: another zone may have it from there as well.
  Result<void> check_file(std::size_t index) const {
    const auto& record = records_[index];
    if (record.file == 0) return {};
    return fail(fmt::format("{} {} stands in {}, which the zone file includes", record.owner.text(),
                            to_string(record.type), paths_.at(record.file)),
                "change it there by hand, and raise the serial");
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
    for (const auto i : places) {
      if (auto inside = check_file(i); !inside) return inside;
    }
    if (const auto open = is_open(change); !open.empty()) return fail(open, "change it by hand");
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

  /// What one vendor's record decides on the set, which the file does not say in words of RFC 1035.
  std::string is_open(const RRsetChange& change) const {
    const auto first = wanted_.open.lower_bound({change.owner, RrType{}, ""});
    for (auto one = first; one != wanted_.open.end() && std::get<0>(*one) == change.owner; ++one) {
      if (std::get<1>(*one) == change.type || std::get<1>(*one) == RrType{}) return std::get<2>(*one);
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
    const auto standing = places_of(goes.owner, goes.type);
    const bool exchange = goes.rdata.empty() && comes.before.empty() && comes.rdata.size() == 1 &&
                          (goes.type == RrType::CNAME) != (comes.type == RrType::CNAME) &&
                          standing.size() == 1 && !records_[standing.front()].made;
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
    // What a range makes has no line of its own: it is written out.
    for (const auto i : places) {
      if (records_[i].made && stays(change, i) && records_[i].ttl != change.ttl)
        coming.push_back(records_[i].rdata);
    }
    auto next = coming.begin();
    std::optional<std::size_t> last;
    for (const auto i : places) {
      const auto& record = records_[i];
      const bool stays = Editor::stays(change, i);
      if (record.made) {
        if (!stays || record.ttl != change.ttl) take_out(i);
        last = i;
        continue;
      }
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

  bool stays(const RRsetChange& change, std::size_t index) const {
    return std::find(change.rdata.begin(), change.rdata.end(), records_[index].rdata) != change.rdata.end();
  }

  /// Of the range that makes it.
  void take_out(std::size_t index) {
    const auto& record = records_[index];
    removed_[index] = true;
    taken_[record.all.begin].insert(record.made->number);
    if (record.inherits_ttl)
      by_hand_ =
          fmt::format("{} is made by $GENERATE with the TTL of the record before it", record.owner.text());
  }

  /// A directive for each run of numbers that it goes on making; none takes the line away. Records that are
  /// written out follow them.
  void split_ranges() {
    std::vector<TextEdit> all;
    for (std::size_t i = 0; i < records_.size(); ++i) {
      const auto& record = records_[i];
      if (!record.made || record.file != 0) continue;
      const auto taken = taken_.find(record.all.begin);
      if (taken == taken_.end()) continue;
      const auto runs = runs_without(*record.made, taken->second);
      const auto line = line_begin(record.all.begin), behind = line_behind(i);
      if (runs.empty()) {
        all.push_back({line, behind, ""});
      } else {
        all.push_back({record.made->range.begin, record.made->range.end, to_string(runs.front())});
      }
      std::string more;
      for (std::size_t run = 1; run < runs.size(); ++run) {
        more += std::string(text_.substr(record.all.begin, record.made->range.begin - record.all.begin)) +
                to_string(runs[run]) +
                std::string(text_.substr(record.made->range.end, record.all.end - record.made->range.end)) +
                "\n";
      }
      if (behind == text_.size() && !text_.empty() && text_.back() != '\n' && !more.empty())
        more = "\n" + more;
      if (!more.empty()) all.push_back({behind, behind, std::move(more)});
      taken_.erase(taken);
    }
    edits_.insert(edits_.begin(), std::make_move_iterator(all.begin()), std::make_move_iterator(all.end()));
  }

  static std::vector<GenerateRange> runs_without(const MadeOf& made, const std::set<std::uint32_t>& taken) {
    std::vector<GenerateRange> runs;
    std::uint64_t from = made.start;
    const auto add = [&](std::uint64_t behind) {  // up to the number before that one
      if (behind > from)
        runs.push_back(
            {static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(behind - made.step), made.step});
    };
    for (const auto number : taken) {
      add(number);
      from = std::uint64_t{number} + made.step;
    }
    if (from <= made.stop) runs.push_back({static_cast<std::uint32_t>(from), made.stop, made.step});
    for (auto& run : runs) {
      if (run.start + std::uint64_t{run.step} > run.stop) run.step = 1, run.stop = run.start;
    }
    return runs;
  }

  std::size_t line_begin(std::size_t at) const { return at == 0 ? 0 : text_.rfind('\n', at - 1) + 1; }

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
    edits_.push_back({line_begin(records_[index].all.begin), line_behind(index), ""});
  }

  std::size_t line_behind(std::size_t index) const {
    // A parenthesis that is closed on a line of its own belongs to the record.
    const auto end = next_entry(index);
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

  /// Where the next entry of the file begins that holds records.
  std::size_t next_entry(std::size_t index) const {
    const auto& record = records_[index];
    if (record.made) return std::min(text_.find('\n', record.all.end), text_.size());
    for (++index; index < records_.size(); ++index) {
      if (records_[index].file == record.file) return records_[index].all.begin;
    }
    return text_.size();
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
      const auto last = std::find_if(all.rbegin(), all.rend(),
                                     [&](std::size_t i) { return !removed_[i] && records_[i].file == 0; });
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
    if (auto inside = check_file(places.front()); !inside) return inside;
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

  Result<void> raise_serial() {
    const auto soa = places_of(origin_, RrType::SOA).front();
    if (auto inside = check_file(soa); !inside) return inside;
    const auto& record = records_[soa];
    if (record.made) return fail("the SOA record is made by $GENERATE", "change the zone by hand");
    wanted_.serial = next_serial(wanted_.serial, now_);
    const auto& serial = record.rdata_words[2];
    edits_.push_back({serial.begin, serial.end, fmt::format("{}", wanted_.serial)});
    return {};
  }

  /// Without a $TTL a record has that of the one before it in the file: those behind one that changes, or
  /// goes, say now what they had.
  void keep_inherited_ttls() {
    bool changed = false;
    for (std::size_t i = 0; i < records_.size(); ++i) {
      if (changed && records_[i].inherits_ttl && records_[i].file != 0) {
        by_hand_ = fmt::format("{} in {} has the TTL of a record before it that changes",
                               records_[i].owner.text(), paths_.at(records_[i].file));
        return;
      }
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
      if (record.made) {  // leaves the owner as it was; what is written out behind it does not
        orphaned = orphaned || followed_[i];
        continue;
      }
      if (!record.blank_owner) orphaned = removed_[i];
      if (!orphaned || removed_[i]) continue;
      if (record.file != 0) {
        by_hand_ = fmt::format("{} in {} has the owner of a line before it that goes", record.owner.text(),
                               paths_.at(record.file));
        return;
      }
      const auto begin = line_begin(record.all.begin);
      edits_.push_back({begin, begin, record.owner.fqdn()});
      orphaned = false;
    }
  }

  std::string_view text_;
  const Name& origin_;
  Time now_;
  const IncludedTexts& included_;
  std::vector<std::string> paths_;                        // of all files; the first is the zone file
  std::map<std::size_t, std::set<std::uint32_t>> taken_;  // numbers, by where their directive begins
  std::string by_hand_;                                   // not empty: what has to be, and why
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

std::optional<RrType> signed_in_file(std::string_view text, const Name& origin,
                                     const IncludedTexts& included) {
  // Most zones have none of it, and are not read for that.
  const auto has_word = [](std::string_view octets) {
    const auto capitals = ascii_upper(octets);
    return std::any_of(seal_words.begin(), seal_words.end(),
                       [&](std::string_view word) { return capitals.find(word) != std::string::npos; });
  };
  if (!has_word(text) && std::none_of(included.begin(), included.end(),
                                      [&](const auto& one) { return has_word(one.second.text); }))
    return std::nullopt;
  Sources sources;
  Diagnostics problems;
  std::vector<PlacedRecord> records;
  read_zone_file(sources, sources.add("", std::string(text)), origin, problems, &records,
                 find_among(included));
  return seal_of(records);
}

Result<std::vector<TextEdit>> edit_zone(std::string_view text, const Name& origin,
                                        std::span<const RRsetChange> changes, Time now,
                                        const IncludedTexts& included) {
  return Editor(text, origin, now, included).run(changes);
}

}  // namespace rdnsgate::dns
