// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/zone_file.h"

#include <fmt/format.h>
#include <ldns/ldns.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <optional>
#include <unordered_map>

#include "base/duration.h"
#include "base/text.h"
#include "dns/zone_lexer.h"

namespace rdnsgate::dns {
namespace {

constexpr std::size_t max_file = std::size_t{64} << 20, max_records = 1'000'000, max_problems = 100;
constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

using OwnedRr = std::unique_ptr<ldns_rr, decltype(&ldns_rr_free)>;
using OwnedRdf = std::unique_ptr<ldns_rdf, decltype(&ldns_rdf_deep_free)>;

OwnedRdf rdf_of(const Name& name) {
  return {ldns_rdf_new_frm_data(LDNS_RDF_TYPE_DNAME, name.wire().size(), name.wire().data()),
          &ldns_rdf_deep_free};
}

/// The number of a record type; 0 where it is none. What is written as TYPE65280 (RFC 3597 §5) is not left to ldns,
/// which takes a number of any size.
std::uint16_t type_of(std::string_view token) {
  constexpr std::string_view generic = "type";
  if (ascii_lower(token.substr(0, generic.size())) == generic) {
    const auto digits = token.substr(generic.size());
    std::uint16_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return error == std::errc() && end == digits.data() + digits.size() ? number : std::uint16_t{0};
  }
  return static_cast<std::uint16_t>(ldns_get_rr_type_by_name(std::string(token).c_str()));
}

bool starts_with_digit(std::string_view token) { return token[0] >= '0' && token[0] <= '9'; }

/// A foreign token inside a message: short, and without a second quotation mark at the ends.
std::string shown(std::string_view token) {
  return token.size() <= 60 ? std::string(token) : std::string(token.substr(0, 57)) + "...";
}

class Reader {
 public:
  Reader(std::string_view text, FileId file, const Name& origin, Diagnostics& problems)
      : text_(text), file_(file), origin_(origin), origin_rdf_(rdf_of(origin)), problems_(problems) {}

  ZoneFile read() {
    if (text_.size() > max_file) {
      report(0, 0, fmt::format("the file has {} octets; a zone file may have {}", text_.size(), max_file));
      return {};
    }
    std::size_t begin = 0;
    if (text_.substr(0, byte_order_mark.size()) == byte_order_mark) {
      begin = byte_order_mark.size();
      report(0, begin, "the file begins with a byte order mark",
             "save it as UTF-8 without one: name servers take it for part of a name");
    }
    ZoneLexer lexer(text_, begin);
    ZoneEntry entry;
    while (reported_ < max_problems && records_ <= max_records && lexer.next(entry)) {
      if (!entry.problem.empty()) {
        report(entry.begin, entry.end, entry.problem);
      } else if (!entry.blank_owner && entry.tokens.front().front() == '$') {
        directive(entry);
      } else {
        record(entry);
      }
    }
    if (records_ > max_records)
      report(entry.begin, entry.end, fmt::format("the file holds more than {} records", max_records));
    return finish();
  }

 private:
  struct Place {
    std::uint32_t begin, end;
    bool told_ttl;
  };

  void report(std::size_t begin, std::size_t end, std::string message, std::string hint = {},
              Severity severity = Severity::error) {
    if (++reported_ > max_problems) return;
    const auto clamp = [&](std::size_t at) { return static_cast<std::uint32_t>(std::min(at, text_.size())); };
    problems_.push_back(
        {severity, "zone-file", std::move(message), std::move(hint), {file_, clamp(begin), clamp(end)}});
    if (reported_ == max_problems) {
      problems_.push_back({Severity::error,
                           "zone-file",
                           fmt::format("{} problems in this file: the rest is not shown", max_problems),
                           {},
                           problems_.back().at});
    }
  }
  void report(const ZoneEntry& entry, std::string message, std::string hint = {}) {
    report(entry.begin, entry.end, std::move(message), std::move(hint));
  }

  std::optional<Name> read_name(const ZoneEntry& entry, std::string_view token) {
    if (token == "@") return origin_;
    auto name = Name::parse(token);
    if (name && !ends_in_dot(token)) name = name->under(origin_);
    if (name) return std::move(*name);
    report(entry, name.error().message, name.error().hint);
    return std::nullopt;
  }

  std::optional<std::uint32_t> read_ttl(const ZoneEntry& entry, std::string_view token) {
    const auto ttl = parse_duration(ascii_lower(token));
    if (ttl) return static_cast<std::uint32_t>(ttl->count());
    report(entry, fmt::format("\"{}\" is not a TTL", shown(token)),
           "seconds, or such as 1h30m, up to 2147483647 seconds (RFC 2181 §8)");
    return std::nullopt;
  }

  void directive(const ZoneEntry& entry) {
    const auto word = ascii_lower(entry.tokens.front());
    if (word == "$include") {
      return report(entry, "$INCLUDE is not read",
                    "list the included zone data in this file: only files that the inventory names are read");
    }
    if (word == "$generate") {
      return report(entry, "$GENERATE is not read",
                    "it is an extension of some servers; write the records out (named-compilezone does)");
    }
    if (word != "$origin" && word != "$ttl")
      return report(entry, fmt::format("unknown directive {}", shown(entry.tokens.front())));
    if (entry.tokens.size() != 2)
      return report(entry, fmt::format("{} takes one value", entry.tokens.front()));
    if (word == "$ttl") {
      if (const auto ttl = read_ttl(entry, entry.tokens[1])) default_ttl_ = ttl;
    } else if (auto name = read_name(entry, entry.tokens[1])) {
      origin_ = std::move(*name);
      origin_rdf_ = rdf_of(origin_);
    }
  }

  void record(const ZoneEntry& entry) {
    std::size_t at = 0;
    if (!entry.blank_owner) {
      auto name = read_name(entry, entry.tokens[at++]);
      owner_ = std::move(name);
      owner_refused_ = !owner_;
      if (!owner_) return;
    } else if (owner_refused_) {
      return;  // belongs to the owner that was reported
    } else if (!owner_) {
      return report(entry, "a line without an owner name, and no record before it");
    }
    std::optional<std::uint32_t> ttl;
    bool seen_class = false;
    for (; at < entry.tokens.size(); ++at) {  // TTL and class in either order (RFC 1035 §5.1)
      const auto token = entry.tokens[at];
      const auto upper = ascii_lower(token);
      if (!ttl && starts_with_digit(token)) {
        ttl = read_ttl(entry, token);
        if (!ttl) return;
      } else if (!seen_class && (upper == "in" || upper == "class1")) {
        seen_class = true;
      } else if (!seen_class && (upper == "ch" || upper == "hs" || upper == "cs")) {
        return report(entry, fmt::format("a record of class {}", token), "only class IN is read");
      } else {
        break;
      }
    }
    if (at == entry.tokens.size()) return report(entry, "a line without a record type");
    const auto type = type_of(entry.tokens[at]);
    // Types from 128 to 255 but a few are for questions and transfers only (RFC 6895 §3.1).
    if (type == 0 || type == LDNS_RR_TYPE_OPT || (type >= 249 && type <= 255)) {
      return report(entry, fmt::format("\"{}\" is not a record type", shown(entry.tokens[at])));
    }
    if (auto rdata = read_rdata(entry, at)) add(entry, static_cast<RrType>(type), ttl, std::move(*rdata));
  }

  /// The data through ldns, which knows every type; it is given an owner and a TTL that cannot fail.
  std::optional<std::string> read_rdata(const ZoneEntry& entry, std::size_t at) {
    line_ = ". 0 IN";
    for (std::size_t i = at; i < entry.tokens.size(); ++i) {
      line_ += ' ';
      line_ += entry.tokens[i];
    }
    ldns_rr* raw = nullptr;
    const auto status = ldns_rr_new_frm_str(&raw, line_.c_str(), 0, origin_rdf_.get(), nullptr);
    const OwnedRr rr(raw, &ldns_rr_free);
    if (status != LDNS_STATUS_OK || raw == nullptr) {
      report(entry, fmt::format("the data of this {} record cannot be read", entry.tokens[at]),
             ascii_lower(ldns_get_errorstr_by_id(status)));
      return std::nullopt;
    }
    ldns_rr2canonical(raw);
    std::string rdata;
    for (std::size_t i = 0; i < ldns_rr_rd_count(raw); ++i) {
      const ldns_rdf* field = ldns_rr_rdf(raw, i);
      rdata.append(reinterpret_cast<const char*>(ldns_rdf_data(field)), ldns_rdf_size(field));
    }
    return rdata;
  }

  void add(const ZoneEntry& entry, RrType type, std::optional<std::uint32_t> ttl, std::string&& rdata) {
    if (ttl) last_ttl_ = ttl;
    if (!ttl) ttl = default_ttl_ ? default_ttl_ : last_ttl_;
    if (type == RrType::SOA) {
      if (soa_) return report(entry, "a second SOA record: a zone has one");
      const auto fields = soa_in(rdata);
      if (!fields) return report(entry, fields.error().message);
      soa_ = owner_;
      // Zone files from before RFC 2308 have no $TTL: MINIMUM was the default.
      if (!ttl) ttl = last_ttl_ = std::min(fields->minimum, std::uint32_t{0x7fffffff});
    }
    if (!ttl)
      return report(entry, "a record without a TTL, and no $TTL before it", "begin the file with $TTL");
    ++records_;
    std::string key = owner_->wire();
    key += static_cast<char>(static_cast<unsigned>(type) >> 8);
    key += static_cast<char>(static_cast<unsigned>(type) & 0xff);
    const auto [known, fresh] = index_.try_emplace(std::move(key), sets_.size());
    if (fresh) {
      sets_.push_back({*owner_, type, *ttl, {std::move(rdata)}});
      places_.push_back(
          {static_cast<std::uint32_t>(entry.begin), static_cast<std::uint32_t>(entry.end), false});
      return;
    }
    RRset& set = sets_[known->second];
    set.rdata.push_back(std::move(rdata));
    if (set.ttl == *ttl) return;
    auto& place = places_[known->second];
    if (!place.told_ttl) {
      report(entry.begin, entry.end,
             fmt::format("the {} records of {} differ in TTL; the lowest is used", to_string(type),
                         set.owner.text()),
             "one RRset has one TTL (RFC 2181 §5.2)", Severity::warning);
    }
    place.told_ttl = true;
    set.ttl = std::min(set.ttl, *ttl);
  }

  ZoneFile finish() {
    ZoneFile zone;
    if (!soa_) {
      report(0, 0, "the file has no SOA record: it is not a zone");
    } else {
      zone.origin = *soa_;
      check_sets();
    }
    // Canonical order by a key per set: comparing names label by label would cost more than reading them.
    std::vector<std::pair<std::string, std::size_t>> order;
    order.reserve(sets_.size());
    for (std::size_t i = 0; i < sets_.size(); ++i) order.emplace_back(sort_key(sets_[i]), i);
    std::sort(order.begin(), order.end());
    zone.rrsets.reserve(sets_.size());
    for (const auto& [key, index] : order) {
      auto& set = zone.rrsets.emplace_back(std::move(sets_[index]));
      std::sort(set.rdata.begin(), set.rdata.end());
      set.rdata.erase(std::unique(set.rdata.begin(), set.rdata.end()), set.rdata.end());
    }
    return zone;
  }

  void check_sets() {
    std::unordered_map<std::string_view, bool> aliases;
    for (std::size_t i = 0; i < sets_.size(); ++i) {
      const auto& set = sets_[i];
      if (!set.owner.is_within(*soa_)) {
        report(places_[i].begin, places_[i].end,
               fmt::format("{} is outside the zone {}", set.owner.text(), soa_->text()),
               "a name without a final dot is taken to be under the origin");
      }
      if (set.type != RrType::CNAME) continue;
      aliases.emplace(set.owner.wire(), true);
      if (std::any_of(set.rdata.begin(), set.rdata.end(),
                      [&](const auto& rdata) { return rdata != set.rdata.front(); })) {
        report(places_[i].begin, places_[i].end,
               fmt::format("{} has several CNAME records", set.owner.text()),
               "a name has one (RFC 2181 §10.1)");
      }
    }
    for (std::size_t i = 0; i < sets_.size() && !aliases.empty(); ++i) {
      const auto& set = sets_[i];
      // What DNSSEC adds stands beside a CNAME (RFC 4035 §2.5).
      if (set.type == RrType::CNAME || set.type == RrType::RRSIG || set.type == RrType::NSEC) continue;
      if (aliases.count(set.owner.wire()) == 0) continue;
      report(places_[i].begin, places_[i].end,
             fmt::format("{} has CNAME and {} records", set.owner.text(), to_string(set.type)),
             "a CNAME stands alone (RFC 1034 §3.6.2)");
    }
  }

  /// Octets that compare as RFC 4034 §6.1 orders names, then by type.
  static std::string sort_key(const RRset& set) {
    auto key = set.owner.sort_key();
    key += static_cast<char>(static_cast<unsigned>(set.type) >> 8);
    key += static_cast<char>(static_cast<unsigned>(set.type) & 0xff);
    return key;
  }

  std::string_view text_;
  FileId file_;
  Name origin_;
  OwnedRdf origin_rdf_;
  Diagnostics& problems_;
  std::size_t reported_ = 0, records_ = 0;
  std::optional<Name> owner_, soa_;
  bool owner_refused_ = false;
  std::optional<std::uint32_t> default_ttl_, last_ttl_;
  std::vector<RRset> sets_;
  std::vector<Place> places_;  // where each set begins
  std::unordered_map<std::string, std::size_t> index_;
  std::string line_;
};

}  // namespace

ZoneFile read_zone_file(const Sources& sources, FileId file, const Name& origin, Diagnostics& problems) {
  return Reader(sources.text(file), file, origin, problems).read();
}

}  // namespace rdnsgate::dns
