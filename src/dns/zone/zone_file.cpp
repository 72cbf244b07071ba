// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/zone/zone_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "dns/rdata_fields.h"
#include "dns/rdata_reader.h"
#include "dns/record_type.h"
#include "dns/zone/zone_builder.h"
#include "dns/zone/zone_lexer.h"

namespace rdnsgate::dns {
namespace {

constexpr std::size_t max_file = std::size_t{64} << 20;
constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

bool starts_with_digit(std::string_view token) { return token[0] >= '0' && token[0] <= '9'; }

/// A foreign token inside a message: short, and without a second quotation mark at the ends.
std::string shown(std::string_view token) {
  return token.size() <= 60 ? std::string(token) : std::string(token.substr(0, 57)) + "...";
}

class ZoneFileReader {
 public:
  ZoneFileReader(std::string_view text, FileId file, const Name& origin, Diagnostics& problems,
                 std::vector<PlacedRecord>* places)
      : text_(text),
        file_(file),
        origin_(origin),
        rdata_(origin),
        problems_(problems),
        builder_(problems_),
        places_(places) {}

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
    while (!problems_.full() && !builder_.full() && lexer.next(entry)) {
      if (!entry.problem.empty()) {
        report(entry.begin, entry.end, entry.problem);
      } else if (!entry.blank_owner && entry.tokens.front().front() == '$') {
        directive(entry);
      } else {
        record(entry);
      }
    }
    if (builder_.full())
      report(entry.begin, entry.end,
             fmt::format("the file holds more than {} records", ZoneBuilder::max_records));
    return finish();
  }

 private:
  Span span(std::size_t begin, std::size_t end) const {
    const auto clamp = [&](std::size_t at) { return static_cast<std::uint32_t>(std::min(at, text_.size())); };
    return {file_, clamp(begin), clamp(end)};
  }
  void report(std::size_t begin, std::size_t end, std::string message, std::string hint = {}) {
    problems_.report(span(begin, end), std::move(message), std::move(hint));
  }
  void report(const ZoneEntry& entry, std::string message, std::string hint = {}) {
    report(entry.begin, entry.end, std::move(message), std::move(hint));
  }

  void report(std::string_view token, std::string message, std::string hint = {}) {
    const auto at = range(token, token);
    report(at.begin, at.end, std::move(message), std::move(hint));
  }

  std::optional<Name> read_name(const ZoneEntry& entry, std::string_view token) {
    if (token == "@") return origin_;
    if (token.front() == '"') {
      report(token, fmt::format("{} in quotation marks", shown(token)),
             "write the name without them: some name servers take them for part of it");
      return std::nullopt;
    }
    auto name = Name::parse(token);
    if (name && !ends_in_dot(token)) name = name->under(origin_);
    if (name) return std::move(*name);
    report(entry, name.error().message, name.error().hint);
    return std::nullopt;
  }

  std::optional<std::uint32_t> read_ttl(std::string_view token) {
    constexpr std::uint32_t most = 0x7fffffff;
    if (const auto ttl = parse_zone_time(token, most)) return ttl;
    report(token, fmt::format("\"{}\" is not a TTL", shown(token)),
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
      if (const auto ttl = read_ttl(entry.tokens[1])) default_ttl_ = ttl;
    } else if (auto name = read_name(entry, entry.tokens[1])) {
      origin_ = std::move(*name);
      rdata_ = RdataReader(origin_);
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
    std::size_t ttl_token = 0;
    bool seen_class = false;
    for (; at < entry.tokens.size(); ++at) {  // TTL and class in either order (RFC 1035 §5.1)
      const auto token = entry.tokens[at];
      const auto upper = ascii_lower(token);
      if (!ttl && starts_with_digit(token)) {
        ttl = read_ttl(token);
        if (!ttl) return;
        ttl_token = at;
      } else if (!seen_class && (upper == "in" || upper == "class1")) {
        seen_class = true;
      } else if (!seen_class && (upper == "ch" || upper == "hs" || upper == "cs")) {
        return report(entry, fmt::format("a record of class {}", token), "only class IN is read");
      } else {
        break;
      }
    }
    if (at == entry.tokens.size()) return report(entry, "a line without a record type");
    const auto type = record_type(entry.tokens[at]);
    if (!type) return report(entry, fmt::format("\"{}\" is not a record type", shown(entry.tokens[at])));
    if (const auto number = static_cast<unsigned>(*type); number == 3 || number == 4)
      return report(entry, fmt::format("{} records are no longer in use", entry.tokens[at]),
                    "RFC 973: write MX");
    auto rdata = read_rdata(entry, at);
    soa_refused_ = soa_refused_ || (!rdata && type == RrType::SOA);
    if (!rdata) return;
    if (places_ != nullptr) place(entry, at, ttl ? std::optional(ttl_token) : std::nullopt);
    add(entry, *type, ttl, std::move(*rdata));
  }

  TextRange range(std::string_view first, std::string_view last) const {
    return {static_cast<std::size_t>(first.data() - text_.data()),
            static_cast<std::size_t>(last.data() + last.size() - text_.data())};
  }

  void place(const ZoneEntry& entry, std::size_t type, std::optional<std::size_t> ttl) {
    const auto& tokens = entry.tokens;
    PlacedRecord placed;
    placed.all = range(tokens.front(), tokens.back());
    placed.blank_owner = entry.blank_owner;
    placed.before_type = range(tokens[entry.blank_owner ? 0 : 1], tokens.back()).begin;
    placed.type_at = range(tokens[type], tokens[type]);
    if (ttl) placed.ttl_at = range(tokens[*ttl], tokens[*ttl]);
    placed.inherits_ttl = !ttl && !default_ttl_;
    if (record_type(tokens[type]) == RrType::SOA) {
      for (std::size_t i = type + 1; i < tokens.size(); ++i)
        placed.rdata_words.push_back(range(tokens[i], tokens[i]));
    } else if (type + 1 < tokens.size()) {
      placed.rdata_words.push_back(range(tokens[type + 1], tokens.back()));
    }
    places_->push_back(std::move(placed));
  }

  std::optional<std::string> read_rdata(const ZoneEntry& entry, std::size_t at) {
    line_.clear();
    constexpr unsigned svcb = 64, https = 65;
    const auto type = static_cast<unsigned>(record_type(entry.tokens[at]).value_or(RrType{}));
    const bool is_service = type == svcb || type == https;
    for (std::size_t i = at + 1; i < entry.tokens.size(); ++i) {
      // alpn="h2" is one word, where TXT records have two.
      const auto& word = entry.tokens[i];
      const bool is_value = is_service && i > at + 1 && entry.tokens[i - 1].ends_with('=') &&
                            entry.tokens[i - 1].data() + entry.tokens[i - 1].size() == word.data();
      if (i > at + 1 && !is_value) line_ += ' ';
      line_ += word;
    }
    constexpr std::size_t unknown = std::string::npos;
    std::size_t wrong = unknown;
    auto rdata = rdata_.read(entry.tokens[at], line_, &wrong);
    if (rdata) return std::move(*rdata);
    if (const auto word = at + 1 + wrong; wrong != unknown && word < entry.tokens.size()) {
      report(entry.tokens[word], rdata.error().message, rdata.error().hint);
    } else {
      report(entry, rdata.error().message, rdata.error().hint);
    }
    return std::nullopt;
  }

  void add(const ZoneEntry& entry, RrType type, std::optional<std::uint32_t> ttl, std::string&& rdata) {
    if (ttl) last_ttl_ = ttl;
    if (!ttl) ttl = default_ttl_ ? default_ttl_ : last_ttl_;
    if (type == RrType::SOA) {
      if (soa_) return report(entry, "a second SOA record: a zone has one");
      const auto fields = soa_in(rdata);
      if (!fields) return report(entry, fields.error().message);
      soa_ = owner_;
      soa_at_ = span(entry.begin, entry.end);
      // Zone files from before RFC 2308 have no $TTL: MINIMUM was the default.
      if (!ttl) ttl = last_ttl_ = std::min(fields->minimum, std::uint32_t{0x7fffffff});
    }
    if (!ttl)
      return report(entry, "a record without a TTL, and no $TTL before it", "begin the file with $TTL");
    if (places_ != nullptr) {
      auto& placed = places_->back();
      placed.owner = *owner_;
      placed.type = type;
      placed.ttl = *ttl;
      placed.rdata = rdata;
    }
    builder_.add(*owner_, type, *ttl, std::move(rdata), span(entry.begin, entry.end));
  }

  ZoneFile finish() {
    if (soa_ && !builder_.has(*soa_, RrType::NS)) {
      problems_.report(soa_at_, fmt::format("{} has no NS records at its apex", soa_->text()),
                       "name its servers (RFC 1035 §5.2): primaries do not load a zone without them");
    }
    if (soa_) return builder_.finish(*soa_);
    if (!soa_refused_) report(0, 0, "the file has no SOA record: it is not a zone");
    return builder_.finish();
  }

  std::string_view text_;
  FileId file_;
  Name origin_;
  RdataReader rdata_;
  ZoneProblems problems_;
  ZoneBuilder builder_;
  std::optional<Name> owner_, soa_;
  Span soa_at_{};
  bool owner_refused_ = false, soa_refused_ = false;
  std::optional<std::uint32_t> default_ttl_, last_ttl_;
  std::string line_;
  std::vector<PlacedRecord>* places_;  // nullptr: nobody wants to know
};

}  // namespace

ZoneFile read_zone_file(const Sources& sources, FileId file, const Name& origin, Diagnostics& problems,
                        std::vector<PlacedRecord>* places) {
  return ZoneFileReader(sources.text(file), file, origin, problems, places).read();
}

}  // namespace rdnsgate::dns
