// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "inventory/octodns/octodns_zone.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <unordered_map>

#include "base/text/text.h"
#include "base/wording.h"
#include "dns/record_type.h"
#include "dns/zone/vendor_records.h"
#include "dns/zone/zone_builder.h"
#include "inventory/limits.h"
#include "inventory/octodns/octodns_record.h"
#include "yaml/reader.h"

namespace rdnsgate::inventory {
namespace {

using dns::Name;
using dns::RrType;

constexpr std::string_view made_up_soa = "{0}. {0}. 1 14400 3600 1209600 3600";
constexpr std::uint32_t made_up_soa_ttl = 3600;

/// What stands under an owner name where it is one of octoDNS: a record, or a list of records.
bool looks_like_record(const yaml::Value& value) {
  if (value.is_map()) return value.get("type").has_value() || value.get("<<").has_value();
  const auto first = value.first();
  return value.is_list() && first && first->is_map() && looks_like_record(*first);
}

bool looks_like_zone(const yaml::Value& root) {
  if (!root.is_map()) return false;
  bool found = root.size() == 0;
  yaml::for_each_member(
      root, [&](const yaml::Value&, const yaml::Value& value) { found = found || looks_like_record(value); });
  return found;
}

/// What Python takes for true.
bool is_true(const std::optional<yaml::Value>& value) {
  if (!value || value->kind() == yaml::Kind::null) return false;
  if (value->is_list() || value->is_map()) return value->size() > 0;
  const auto word = ascii_lower(value->text());
  return !word.empty() && word != "false" && word != "no" && word != "off" && word != "0";
}

class ZoneReader {
 public:
  ZoneReader(const Sources& sources, const Name& origin, Diagnostics& problems,
             std::vector<OctodnsPlace>* places)
      : sources_(sources),
        places_(places),
        origin_(origin),
        all_(problems),
        problems_(problems),
        builder_(problems_),
        rdata_(origin) {}

  /// False where the file is of another kind and `may_be_foreign`.
  bool read(FileId file, bool may_be_foreign) {
    const Limits limits;
    yaml::Problems found(sources_, file, limits.errors, octodns_dialect);
    const auto document = yaml::read(limits, found);
    if (found.count() > 0) {
      take_over(found);
      return true;
    }
    if (!document) return true;
    const yaml::Value root = document->root();
    if (may_be_foreign && !looks_like_zone(root)) return false;
    if (!root.is_map()) {
      problems_.report(
          root.span(),
          fmt::format("an octoDNS zone is a mapping of names to records; this is {}", yaml::describe(root)));
      return true;
    }
    for (const auto& [key, value] : members_of(root)) {
      if (problems_.full() || builder_.full()) break;
      owner(key, value);
    }
    return true;
  }

  dns::ZoneFile finish(Span top) {
    if (builder_.full())
      problems_.report(top,
                       fmt::format("the zone holds more than {} records", dns::ZoneBuilder::max_records));
    builder_.add(origin_, RrType::SOA, made_up_soa_ttl,
                 rdata_.read("SOA", fmt::format(made_up_soa, octodns_made_up_name)).value(), top);
    if (!has_apex_ns_) {
      leave_open(origin_, RrType::NS, "octoDNS does not say: the provider names the servers of the zone");
    }
    auto zone = builder_.finish(origin_);
    zone.open = std::move(open_);
    return zone;
  }

 private:
  /// The problems of the YAML reader, under the code that those of every zone have.
  void take_over(yaml::Problems& found) {
    Diagnostics from_yaml;
    found.move_to(from_yaml);
    for (auto& problem : from_yaml) {
      problem.code = "zone-file";
      all_.push_back(std::move(problem));
    }
  }

  Members members_of(const yaml::Value& map) {
    std::vector<RecordProblem> problems;
    auto members = merged_members(map, problems);
    report(problems, Severity::error);
    return members;
  }

  void report(const std::vector<RecordProblem>& problems, Severity severity) {
    for (const auto& problem : problems)
      problems_.report(problem.at, problem.message, problem.hint, severity);
  }

  void owner(const yaml::Value& key, const yaml::Value& value) {
    const auto name = owner_name(key);
    if (!name) return;
    if (value.is_list() && value.size() > 0) {
      yaml::for_each_item(value, [&](const yaml::Value& one) { record(*name, one, one.span()); });
    } else {
      record(*name, value, key.span());
    }
  }

  std::optional<Name> owner_name(const yaml::Value& key) {
    std::vector<RecordProblem> problems;
    const auto text = octodns_text(sources_, key, true, problems);
    report(problems, Severity::error);
    if (!text) return std::nullopt;
    if (text->empty()) return origin_;
    const auto refuse = [&](std::string message, std::string hint) {
      problems_.report(key.span(), std::move(message), std::move(hint));
      return std::nullopt;
    };
    if (*text == "@") return refuse("octoDNS has no \"@\"", "the apex of the zone is ''");
    if (text->ends_with('.')) {
      return refuse(fmt::format("{} ends in a dot: owner names are relative to the zone", in_quotes(*text)),
                    "leave out the dot and the name of the zone; the apex is ''");
    }
    if (std::any_of(text->begin(), text->end(),
                    [](char c) { return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F; }))
      return refuse(fmt::format("{} has white space in it", in_quotes(*text)), {});
    auto name = Name::from_host(*text);
    if (name) name = name->under(origin_);
    if (!name) return refuse(name.error().message, name.error().hint);
    return std::move(*name);
  }

  void record(const Name& owner, const yaml::Value& value, Span at) {
    if (problems_.full() || builder_.full()) return;
    if (!value.is_map()) {
      problems_.report(value.span(),
                       fmt::format("a record is a mapping with \"type\" and \"value\"; this is {}",
                                   yaml::describe(value)));
      return;
    }
    const auto members = members_of(value);
    const auto type = member(members, "type");
    if (!type || !type->is_text()) {
      problems_.report(type ? type->span() : at, "this record has no type",
                       "octoDNS wants \"type: A\" or another one");
      return;
    }
    const auto control = controls(members);
    if (type->text().find('/') != std::string_view::npos) {
      leave_open(owner, RrType{},
                 fmt::format("a record of type {}, which only that provider can answer", type->text()));
    } else if (const auto why = octodns_unread(type->text()); !why.empty()) {
      unread(owner, type->text(), std::string(why));
      if (type->text() == "ALIAS" && places_ != nullptr) note_alias(owner, members);
    } else if (const auto* known = octodns_type(type->text())) {
      known_record(owner, *known, value, members, control, at);
    } else {
      problems_.report(type->span(), fmt::format("octoDNS has no record type {}", in_quotes(type->text())),
                       did_you_mean(closest_octodns_type(type->text())));
    }
  }

  struct Controls {
    bool lenient = false;
    std::string_view undecided;  ///< why octoDNS does not publish the record everywhere; empty where it does
  };

  /// The keys that change what becomes of a record (octodns/record/base.py, docs/records.md).
  static Controls controls(const Members& members) {
    Controls found;
    const auto options = member(members, "octodns");
    if (options && options->is_map()) {
      found.lenient = is_true(options->get("lenient"));
      if (is_true(options->get("excluded")) || is_true(options->get("included")))
        found.undecided = "octoDNS gives this record to some providers only";
      if (is_true(options->get("ignored")))
        found.undecided = "octoDNS leaves the record that is there as it is (ignored)";
    }
    if (member(members, "geo")) found.undecided = "a geo record: the answer depends on who asks";
    if (member(members, "dynamic")) found.undecided = "a dynamic record: the answer depends on who asks";
    return found;
  }

  void unread(const Name& owner, std::string_view type, std::string&& why) {
    if (type == "ALIAS" || type == "URLFWD") {
      leave_open(owner, RrType::A, why);
      leave_open(owner, RrType::AAAA, std::move(why));
    } else {
      leave_open(owner, *dns::record_type(type), std::move(why));
    }
  }

  void note_alias(const Name& owner, const Members& members) {
    const auto value = member(members, "value");
    if (!value || !value->is_text() || !value->text().ends_with('.')) return;
    if (const auto target = Name::from_host(value->text()))
      places_->push_back({owner, dns::type_alias, target->wire(), value->span()});
  }

  void known_record(const Name& owner, const OctodnsType& known, const yaml::Value& value,
                    const Members& members, const Controls& control, Span at) {
    const RrType type = *dns::record_type(known.name);
    std::string key = owner.wire();
    key += known.name;
    const auto [earlier, fresh] = seen_.emplace(std::move(key), at);
    if (!fresh) {
      problems_.report(
          at, fmt::format("a second {} record for {}", known.name, owner.text()),
          fmt::format("the first is in {}:{}; octoDNS wants one, with \"values:\"",
                      sources_.path(earlier->second.file), sources_.locate(earlier->second).line));
      return;
    }
    if (type == RrType::CNAME && owner == origin_) {
      problems_.report(at, "the apex of a zone cannot have a CNAME record", "octoDNS has ALIAS for that");
      return;
    }
    if (type == RrType::NS && owner == origin_) has_apex_ns_ = true;
    std::vector<RecordProblem> problems;
    const auto ttl = ttl_of(members, problems);
    RecordReader reader(sources_, rdata_, problems);
    // A record whose answer is decided elsewhere may have no value of its own.
    auto data = control.undecided.empty() || member(members, "value") || member(members, "values")
                    ? reader.read(known, value, members)
                    : std::vector<std::string>();
    report(problems, control.lenient ? Severity::warning : Severity::error);
    // A CNAME decides what is at the name at all.
    const RrType open = type == RrType::CNAME ? RrType{} : type;
    if (!control.undecided.empty()) return leave_open(owner, open, std::string(control.undecided));
    if (!problems.empty()) {
      return leave_open(owner, open,
                        fmt::format("octoDNS is lenient here, and what becomes of it is open: {}",
                                    problems.front().message));
    }
    if (places_ != nullptr) note_places(owner, type, data, members, at);
    for (auto& rdata : data) builder_.add(owner, type, ttl, std::move(rdata), at);
  }

  /// A list has a line for each value, where none is left out.
  void note_places(const Name& owner, RrType type, const std::vector<std::string>& data,
                   const Members& members, Span at) {
    const auto one = member(members, "value"), all = member(members, "values");
    std::vector<Span> spans;
    if (one) spans.push_back(one->span());
    if (all && all->is_list())
      yaml::for_each_item(*all, [&](const yaml::Value& value) { spans.push_back(value.span()); });
    for (std::size_t i = 0; i < data.size(); ++i)
      places_->push_back({owner, type, data[i], spans.size() == data.size() ? spans[i] : at});
  }

  std::uint32_t ttl_of(const Members& members, std::vector<RecordProblem>& problems) const {
    const auto ttl = member(members, "ttl");
    if (!ttl) return octodns_default_ttl;
    const auto text = octodns_text(sources_, *ttl, true, problems);
    if (!text) return octodns_default_ttl;
    std::uint32_t seconds = 0;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), seconds);
    if (error == std::errc() && end == text->data() + text->size() && seconds <= 0x7fffffff) return seconds;
    problems.push_back({ttl->span(), fmt::format("{} is not a TTL", yaml::describe(*ttl)),
                        "octoDNS wants seconds, up to 2147483647 (RFC 2181 §8)"});
    return octodns_default_ttl;
  }

  void leave_open(const Name& owner, RrType type, std::string why) {
    open_.push_back({owner, type, std::move(why)});
  }

  const Sources& sources_;
  std::vector<OctodnsPlace>* places_;
  const Name& origin_;
  Diagnostics& all_;
  dns::ZoneProblems problems_;
  dns::ZoneBuilder builder_;
  dns::RdataReader rdata_;
  std::vector<dns::OpenQuestion> open_;
  std::unordered_map<std::string, Span> seen_;  // owner and type
  bool has_apex_ns_ = false;
};

}  // namespace

std::optional<dns::ZoneFile> read_octodns_zone(const Sources& sources, std::span<const FileId> files,
                                               const Name& origin, Diagnostics& problems,
                                               std::vector<OctodnsPlace>* places) {
  ZoneReader reader(sources, origin, problems, places);
  for (const auto file : files) {
    if (!reader.read(file, files.size() == 1)) return std::nullopt;
  }
  return reader.finish({files.front(), 0, 0});
}

}  // namespace rdnsgate::inventory
