// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "inventory/octodns/octodns_edit.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <unordered_map>
#include <utility>

#include "inventory/limits.h"
#include "inventory/octodns/octodns_file_edit.h"
#include "inventory/octodns/octodns_record.h"
#include "inventory/octodns/octodns_record_edit.h"
#include "inventory/octodns/octodns_zone.h"
#include "yaml/collection_edit.h"
#include "yaml/reader.h"

namespace rdnsgate::inventory {
namespace {

using dns::Name;
using dns::RrType;
using yaml::Value;

/// The RRsets of a zone, in a form in which two that say the same are equal.
using Contents = std::map<std::pair<Name, RrType>, std::pair<std::uint32_t, std::vector<std::string>>>;

std::vector<std::string> comparable(RrType type, const std::vector<std::string>& all) {
  std::vector<std::string> data;
  for (const auto& rdata : all)
    data.push_back(type == RrType::TXT ? dns::txt_rdata(dns::txt_joined(rdata)) : rdata);
  std::sort(data.begin(), data.end());
  data.erase(std::unique(data.begin(), data.end()), data.end());
  return data;
}

struct ReadZone {
  Contents sets;
  std::vector<dns::OpenQuestion> open;
};

Result<ReadZone> read_zone(std::span<const OctodnsFile> files, const Name& origin) {
  Sources sources;
  std::vector<FileId> ids;
  for (const auto& file : files) ids.push_back(sources.add(file.path, file.text));
  Diagnostics problems;
  const auto zone = read_octodns_zone(sources, ids, origin, problems);
  for (const auto& problem : problems) {
    if (problem.severity == Severity::error)
      return fail(fmt::format("line {}: {}", sources.locate(problem.at).line, problem.message), problem.hint);
  }
  if (!zone) return fail("it holds no octoDNS records");
  ReadZone read{{}, zone->open};
  for (const auto& set : zone->rrsets) {
    if (set.type == RrType::SOA) continue;  // made up: octoDNS has none
    read.sets[{set.owner, set.type}] = {set.ttl, comparable(set.type, set.rdata)};
  }
  return read;
}

std::string described(RrType type, const std::vector<std::string>& all) {
  if (all.empty()) return "absent";
  std::vector<std::string> texts;
  for (const auto& rdata : all) texts.push_back(dns::rdata_text(type, rdata));
  return fmt::format("{}", fmt::join(texts, ", "));
}

/// All of one owner that stands in one place.
struct OwnerEntry {
  std::size_t file = 0, index = 0;  ///< of the member of its root
  Value key, value;
};

class Editor {
 public:
  Editor(std::span<const OctodnsFile> files, const Name& origin)
      : files_(files), origin_(origin), rdata_(origin) {}

  Result<std::vector<std::vector<TextEdit>>> run(std::span<const dns::RRsetChange> changes) {
    auto read = read_zone(files_, origin_);
    if (!read) return tl::unexpected(read.error());
    auto wanted = std::move(*read);
    std::map<Name, std::vector<const dns::RRsetChange*>> by_owner;
    for (const auto& change : changes) {
      if (auto fits = check(change, wanted); !fits) return tl::unexpected(fits.error());
      by_owner[change.owner].push_back(&change);
    }
    if (auto opened = open(); !opened) return tl::unexpected(opened.error());
    for (const auto& [owner, of_owner] : by_owner) {
      if (auto done = edit_owner(owner, of_owner); !done) return tl::unexpected(done.error());
    }
    std::vector<std::vector<TextEdit>> edits;
    std::vector<OctodnsFile> after;
    for (std::size_t i = 0; i < opened_.size(); ++i) {
      auto of_file = opened_[i].finish();
      if (!of_file)
        return fail(fmt::format("{} is laid out in a way that is not known here", files_[i].path), by_hand);
      after.push_back({files_[i].path, apply_edits(files_[i].text, *of_file)});
      edits.push_back(std::move(*of_file));
    }
    const auto result = read_zone(after, origin_);
    if (!result || result->sets != wanted.sets) {
      return fail(
          fmt::format("the octoDNS zone {} cannot be edited without changing something else", origin_.text()),
          result ? "anchors, aliases and merge keys may be shared with other records: change it by hand"
                 : result.error().message);
    }
    return edits;
  }

 private:
  static constexpr const char* by_hand = "change it by hand";

  /// Also makes it part of what is wanted.
  Result<void> check(const dns::RRsetChange& change, ReadZone& wanted) const {
    const auto name = fmt::format("{} {}", change.owner.text(), dns::to_string(change.type));
    for (const auto& open : wanted.open) {
      if (open.owner == change.owner && (open.type == change.type || open.type == RrType{}))
        return fail(fmt::format("{}: {}", name, open.why), by_hand);
    }
    const auto there = wanted.sets.find({change.owner, change.type});
    const auto found = there == wanted.sets.end() ? std::vector<std::string>() : there->second.second;
    const auto before = comparable(change.type, change.before);
    if (found != before) {
      return fail(fmt::format("{} is {} in octoDNS's zone, and {} in the plan", name,
                              described(change.type, found), described(change.type, before)),
                  "bring the file and the DNS together first, and make the plan anew");
    }
    if (std::any_of(change.rdata.begin(), change.rdata.end(),
                    [&](const std::string& rdata) { return is_ambiguous_text(change.type, rdata); })) {
      return fail(
          fmt::format(
              "{} has quotation marks or backslashes, which providers behind octoDNS take differently", name),
          by_hand);
    }
    if (change.rdata.empty()) {
      wanted.sets.erase({change.owner, change.type});
    } else {
      wanted.sets[{change.owner, change.type}] = {change.ttl, comparable(change.type, change.rdata)};
    }
    return {};
  }

  Result<void> open() {
    opened_.reserve(files_.size());  // what is in the documents is pointed at
    for (const auto& file : files_) {
      const auto id = sources_.add(file.path, file.text);
      const Limits limits;
      yaml::Problems problems(sources_, id, limits.errors, octodns_dialect);
      auto document = yaml::read(limits, problems);
      if (problems.count() > 0) return fail(fmt::format("{} cannot be read", file.path), by_hand);
      auto& opened = opened_.emplace_back(sources_.text(id), std::move(document));
      opened.for_each_entry([&](std::size_t index, const Value& key, const Value& value) {
        auto name = key.text().empty() ? Result<Name>(origin_) : Name::from_host(key.text());
        if (name && !key.text().empty()) name = name->under(origin_);
        if (name) entries_[*name].push_back({opened_.size() - 1, index, key, value});
      });
    }
    return {};
  }

  static std::vector<Value> records_of(const OwnerEntry& entry) {
    std::vector<Value> records;
    if (!entry.value.is_list()) records.push_back(entry.value);
    yaml::for_each_item(entry.value, [&](const Value& one) { records.push_back(one); });
    return records;
  }

  static std::string type_of(const Value& record) {
    std::vector<RecordProblem> problems;
    const auto type = record.is_map() ? member(merged_members(record, problems), "type") : std::nullopt;
    return type ? std::string(type->text()) : std::string();
  }

  /// The record of a type at its owner.
  struct Place {
    OwnerEntry* entry;
    std::size_t index;
    Value record;
  };
  std::optional<Place> find(std::vector<OwnerEntry>& entries, RrType type) const {
    const auto wanted = dns::to_string(type);
    for (auto& entry : entries) {
      const auto records = records_of(entry);
      for (std::size_t i = 0; i < records.size(); ++i) {
        if (type_of(records[i]) == wanted) return Place{&entry, i, records[i]};
      }
    }
    return std::nullopt;
  }

  Result<void> edit_owner(const Name& owner, const std::vector<const dns::RRsetChange*>& changes) {
    auto known = entries_.find(owner);
    std::vector<OwnerEntry> none;
    auto& entries = known == entries_.end() ? none : known->second;
    std::vector<std::pair<Place, const dns::RRsetChange*>> edited, removed;
    std::vector<const dns::RRsetChange*> added;
    for (const auto* change : changes) {
      const auto place = find(entries, change->type);
      if (!place) {
        if (!change->rdata.empty()) added.push_back(change);
        continue;
      }
      (change->rdata.empty() ? removed : edited).emplace_back(*place, change);
    }
    // An alias in place of a record, or the other way, is written where that stood, and keeps its comment.
    while (!removed.empty() && !added.empty() && has_octodns_value(removed.back().second->type)) {
      edited.emplace_back(removed.back().first, added.back());
      replaced_[added.back()] = removed.back().second->type;
      removed.pop_back();
      added.pop_back();
    }
    for (const auto* change : added) {
      if (!has_octodns_value(change->type)) return refuse(*change, "its value is more than a text");
    }
    for (auto& entry : entries) {
      std::vector<std::size_t> gone;
      for (const auto& one : removed) {
        if (one.first.entry == &entry) gone.push_back(one.first.index);
      }
      const bool takes_new = !added.empty() && gone.size() < records_of(entry).size();
      if (!edit_entry(entry, gone, takes_new ? added : std::vector<const dns::RRsetChange*>(), edited))
        return refuse(*changes.front(), "it is laid out in a way that is not known here");
      if (takes_new) added.clear();
    }
    if (!added.empty()) add_owner(owner, added);
    return {};
  }

  static Result<void> refuse(const dns::RRsetChange& change, std::string_view why) {
    return fail(fmt::format("{} {}: {}", change.owner.text(), dns::to_string(change.type), why), by_hand);
  }

  bool edit_entry(const OwnerEntry& entry, const std::vector<std::size_t>& gone,
                  const std::vector<const dns::RRsetChange*>& added,
                  const std::vector<std::pair<Place, const dns::RRsetChange*>>& edited) {
    auto& file = opened_[entry.file];
    const auto records = records_of(entry);
    if (gone.size() == records.size()) {
      file.remove(entry.index);
      return true;
    }
    std::size_t deeper = 0;
    if (entry.value.is_list()) {
      if (entry.value.is_alias() && !(gone.empty() && added.empty())) return false;
      if (!edit_list(file, entry.value, gone, added)) return false;
    } else if (!added.empty()) {
      std::vector<OctodnsRecord> more;
      for (const auto* change : added) more.push_back(octodns_record_of(*change, file.style()));
      if (!file.make_list(entry.key, entry.value, more, deeper)) return false;
    }
    for (const auto& [place, change] : edited) {
      if (place.entry != &entry) continue;
      if (entry.value.is_alias() && entry.value.is_list()) return false;
      OctodnsRecordEdit edit(file.text(), file.style(), file.edits());
      const auto was = replaced_.find(change);
      const auto type = was == replaced_.end() ? change->type : was->second;
      if (!edit.run(place.record, type, data_of(place.record, type), *change, deeper)) return false;
    }
    return true;
  }

  std::vector<std::string> data_of(const Value& record, RrType type) {
    const auto* known = octodns_type(dns::to_string(type));
    std::vector<RecordProblem> problems;
    const auto members = merged_members(record, problems);
    if (known == nullptr) return {};
    return RecordReader(sources_, rdata_, problems).read(*known, record, members);
  }

  static bool edit_list(OctodnsFileEdit& file, const Value& list, const std::vector<std::size_t>& gone,
                        const std::vector<const dns::RRsetChange*>& added) {
    yaml::CollectionEdit edit(list, file.text());
    for (const auto index : gone) edit.remove(index);
    for (const auto* change : added) {
      const auto record = octodns_record_of(*change, file.style());
      edit.insert(edit.size(), edit.flow() ? file.style().flow(record) : file.style().block(record));
    }
    return edit.write(file.edits());
  }

  /// Where a zone is split, where its apex is.
  std::size_t file_for_new() const {
    const auto apex = entries_.find(origin_);
    if (apex != entries_.end()) return apex->second.front().file;
    const auto catch_all = std::find_if(files_.begin(), files_.end(), [](const OctodnsFile& file) {
      const auto slash = file.path.rfind('/');
      return file.path.substr(slash == std::string::npos ? 0 : slash + 1).starts_with('$');
    });
    return catch_all == files_.end() ? 0 : static_cast<std::size_t>(catch_all - files_.begin());
  }

  void add_owner(const Name& owner, const std::vector<const dns::RRsetChange*>& added) {
    auto& file = opened_[file_for_new()];
    auto key = owner == origin_ ? std::string() : owner.text();
    if (!key.empty() && !origin_.is_root()) key.resize(key.size() - origin_.text().size() - 1);
    std::vector<OctodnsRecord> records;
    for (const auto* change : added) records.push_back(octodns_record_of(*change, file.style()));
    file.add(std::move(key), std::move(records));
  }

  std::span<const OctodnsFile> files_;
  const Name& origin_;
  dns::RdataReader rdata_;
  Sources sources_;
  std::vector<OctodnsFileEdit> opened_;
  std::unordered_map<Name, std::vector<OwnerEntry>> entries_;
  std::unordered_map<const dns::RRsetChange*, RrType> replaced_;  ///< the type that stood where this one will
};

}  // namespace

Result<std::vector<std::vector<TextEdit>>> edit_octodns_zone(std::span<const OctodnsFile> files,
                                                             const Name& origin,
                                                             std::span<const dns::RRsetChange> changes) {
  return Editor(files, origin).run(changes);
}

}  // namespace rdnsgate::inventory
