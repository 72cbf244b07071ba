// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/zone/zone_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <span>
#include <tuple>

#include "base/ascii.h"
#include "base/text/text.h"
#include "dns/rdata_fields.h"
#include "dns/rdata_reader.h"
#include "dns/record_type.h"
#include "dns/references.h"
#include "dns/zone/generate.h"
#include "dns/zone/vendor_records.h"
#include "dns/zone/zone_builder.h"
#include "dns/zone/zone_lexer.h"

namespace rdnsgate::dns {
namespace {

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

bool starts_with_digit(std::string_view token) { return token[0] >= '0' && token[0] <= '9'; }

/// A foreign token inside a message: short, and without a second quotation mark at the ends.
std::string shown(std::string_view token) {
  return token.size() <= 60 ? std::string(token) : std::string(token.substr(0, 57)) + "...";
}

/// `Kexample.com.+013+12345.key`, as dnssec-keygen names what it writes.
bool is_key_file(std::string_view path) {
  const auto file = path.substr(path.rfind('/') + 1);
  const auto plus = file.find('+');
  return file.starts_with('K') && file.ends_with(".key") && plus != std::string_view::npos &&
         file.find('+', plus + 1) != std::string_view::npos;
}

enum class ClassWord { none, internet, other };

ClassWord class_of(std::string_view token) {
  const auto lower = ascii_lower(token);
  if (lower == "in" || lower == "class1") return ClassWord::internet;
  return lower == "ch" || lower == "hs" || lower == "cs" ? ClassWord::other : ClassWord::none;
}

class ZoneFileReader {
 public:
  ZoneFileReader(Sources& sources, FileId file, const Name& origin, Diagnostics& problems,
                 std::vector<PlacedRecord>* places, const FindIncluded& find)
      : sources_(sources),
        find_(find),
        text_(sources.text(file)),
        file_(file),
        origin_(origin),
        rdata_(origin),
        problems_(problems),
        builder_(problems_),
        places_(places) {
    known_.emplace(sources.path(file), file);
  }

  ZoneFile read() {
    if (text_.size() > max_zone_octets) {
      report(0, 0,
             fmt::format("the file has {} octets; a zone file may have {}", text_.size(), max_zone_octets));
      return {};
    }
    octets_ = text_.size();
    read_text();
    if (builder_.full())
      report(last_.begin, last_.end,
             fmt::format("the file holds more than {} records", ZoneBuilder::max_records));
    return finish();
  }

 private:
  /// What is in effect at a line: an included file has its own.
  struct State {
    Name origin;
    std::optional<Name> owner;
    bool owner_refused;
    std::optional<std::uint32_t> default_ttl, last_ttl;
  };

  void read_text() {
    std::size_t begin = 0;
    if (text_.substr(0, byte_order_mark.size()) == byte_order_mark) {
      begin = byte_order_mark.size();
      report(0, begin, "the file begins with a byte order mark",
             "save it as UTF-8 without one: name servers take it for part of a name");
    }
    ZoneLexer lexer(text_, begin);
    ZoneEntry entry;
    while (!problems_.full() && !builder_.full() && lexer.next(entry)) {
      last_ = {entry.begin, entry.end};
      if (!entry.problem.empty()) {
        report(entry.begin, entry.end, entry.problem);
      } else if (!entry.blank_owner && entry.tokens.front().front() == '$') {
        directive(entry);
      } else {
        record(entry);
      }
    }
  }

  Span span(std::size_t begin, std::size_t end) const {
    const auto clamp = [&](std::size_t at) { return static_cast<std::uint32_t>(std::min(at, text_.size())); };
    return {file_, clamp(begin), clamp(end)};
  }
  void report(std::size_t begin, std::size_t end, std::string message, std::string hint = {}) {
    problems_.report(span(begin, end), std::move(message), std::move(hint));
  }
  /// The place of an entry; of one that was made that of what makes it.
  TextRange place_of(const ZoneEntry& entry) const {
    const auto& there = made_at_ != nullptr ? *made_at_ : entry;
    return {there.begin, there.end};
  }
  void report(const ZoneEntry& entry, std::string message, std::string hint = {}) {
    const auto at = place_of(entry);
    report(at.begin, at.end, std::move(message), std::move(hint));
  }

  void report(std::string_view token, std::string message, std::string hint = {}) {
    const auto at = range(token, token);
    report(at.begin, at.end, std::move(message), std::move(hint));
  }

  std::optional<Name> read_name(const ZoneEntry& entry, std::string_view token) {
    if (token.front() == '"') {
      report(token, fmt::format("{} in quotation marks", shown(token)),
             "write the name without them: some name servers take them for part of it");
      return std::nullopt;
    }
    auto name = Name::relative(token, origin_);
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
    if (word == "$include") return include(entry);
    if (word == "$generate") return generate(entry);
    if (word != "$origin" && word != "$ttl")
      return report(entry, fmt::format("unknown directive {}", shown(entry.tokens.front())));
    if (entry.tokens.size() != 2)
      return report(entry, fmt::format("{} takes one value", entry.tokens.front()));
    if (word == "$ttl") {
      if (const auto ttl = read_ttl(entry.tokens[1])) default_ttl_ = ttl;
      leaked_ttl_.reset();
    } else if (auto name = read_name(entry, entry.tokens[1])) {
      set_origin(std::move(*name));
    }
  }

  void set_origin(Name&& origin) {
    origin_ = std::move(origin);
    rdata_ = RdataReader(origin_);
  }

  /// False, and a problem, where the zone gets more text than any may have.
  bool take_octets(const ZoneEntry& entry, std::size_t octets, std::string_view what) {
    if (octets <= max_zone_octets - octets_) {
      octets_ += octets;
      return true;
    }
    report(entry,
           fmt::format("{}, and the files of a zone with all that they make may have {} octets", what,
                       max_zone_octets),
           fmt::format("{} are used before this line", octets_));
    return false;
  }

  /// RFC 1035 §5.1: `$INCLUDE FILE [ORIGIN]`.
  void include(const ZoneEntry& entry) {
    const auto& tokens = entry.tokens;
    if (tokens.size() < 2 || tokens.size() > 3)
      return report(entry, "$INCLUDE takes a file name, and an origin if need be",
                    "$INCLUDE FILE [ORIGIN] (RFC 1035 §5.1)");
    auto origin = tokens.size() == 3 ? read_name(entry, tokens[2]) : std::optional(origin_);
    if (!origin) return;
    const auto file = find_included(tokens[1]);
    if (!file) return;
    const auto size = sources_.text(*file).size();
    if (!take_octets(entry, size, fmt::format("{} has {} octets", shown(tokens[1]), size))) return;
    State state{origin_, owner_, owner_refused_, default_ttl_, last_ttl_};
    const auto at = std::pair(text_, file_);
    set_origin(std::move(*origin));
    chain_.push_back(file_);
    text_ = sources_.text(*file);
    file_ = *file;
    read_text();
    std::tie(text_, file_) = at;
    last_ = {entry.begin, entry.end};
    chain_.pop_back();
    restore(std::move(state));
  }

  /// A file that begins with `$TTL` and the SOA is included for them: where there was no TTL, its stays.
  void restore(State&& state) {
    const auto in_effect = [](const auto& by_default, const auto& last) {
      return by_default ? by_default : last;
    };
    const auto before = in_effect(state.default_ttl, state.last_ttl),
               after = in_effect(default_ttl_, last_ttl_);
    if (before && before != after) leaked_ttl_ = after;
    set_origin(std::move(state.origin));
    owner_ = std::move(state.owner);
    owner_refused_ = state.owner_refused;
    if (state.default_ttl || state.last_ttl) {
      default_ttl_ = state.default_ttl;
      last_ttl_ = state.last_ttl;
    }
  }

  std::optional<FileId> find_included(std::string_view token) {
    auto name = token;
    if (name.size() > 1 && name.front() == '"' && name.back() == '"') name = name.substr(1, name.size() - 2);
    const auto refuse = [&](std::string message, std::string hint) {
      report(token, std::move(message), std::move(hint));
      return std::nullopt;
    };
    if (!find_) return refuse("$INCLUDE is not read here", "write the records into this file");
    if (chain_.size() >= max_include_depth)
      return refuse(
          fmt::format("files that include each other {} deep, and no deeper is read", max_include_depth), "");
    if (++includes_ > max_includes)
      return refuse(fmt::format("more than {} times $INCLUDE in one zone", max_includes), "");
    auto found = find_(std::string(sources_.path(file_)), std::string(name));
    if (!found) {
      // Keys lie where the server has them, often; what they hold is no matter of ours.
      if (!is_key_file(name)) return refuse(found.error().message, found.error().hint);
      open_.push_back(
          {origin_, record_type("DNSKEY").value(), fmt::format("$INCLUDE of the key file {}", name)});
      return std::nullopt;
    }
    const auto [known, fresh] = known_.try_emplace(found->path, FileId{});
    if (fresh) known->second = sources_.add(found->path, std::move(found->text));
    if (known->second == file_ || std::find(chain_.begin(), chain_.end(), known->second) != chain_.end())
      return refuse(fmt::format("$INCLUDE in a circle: {}", circle(known->second)), "");
    return known->second;
  }

  std::string circle(FileId back_to) const {
    std::string way;
    bool in_circle = false;
    for (const auto file : chain_) {
      in_circle = in_circle || file == back_to;
      if (in_circle) way += fmt::format("{} includes ", sources_.path(file));
    }
    return way + fmt::format("{} includes {}", sources_.path(file_), sources_.path(back_to));
  }

  /// `$GENERATE RANGE OWNER [TTL] [CLASS] TYPE DATA`, as BIND has it: data of several words are in quotation marks.
  void generate(const ZoneEntry& entry) {
    const auto& tokens = entry.tokens;
    if (tokens.size() < 5 || is_spread(entry))
      return report(entry, "$GENERATE takes a range, an owner name, a type and data on one line",
                    "such as $GENERATE 1-254 $ PTR host-$.example.com.");
    const auto range = parse_generate_range(tokens[1]);
    if (!range) return report(tokens[1], range.error().message, range.error().hint);
    std::string middle;  // TTL, class and type
    for (std::size_t i = 3; i + 1 < tokens.size(); ++i) middle += " " + std::string(tokens[i]);
    if (tokens.size() > 7 || !has_type_at_end(tokens))
      return report(entry, "$GENERATE takes the data of its records in one word",
                    "put several words into quotation marks: $GENERATE 1-2 h$ MX \"10 mx$\"");
    const auto count = range->count();
    if (count > ZoneBuilder::max_records - std::min(made_, ZoneBuilder::max_records))
      return report(tokens[1],
                    fmt::format("$GENERATE would make {} records here, and at most {} are made for a zone",
                                count, ZoneBuilder::max_records));
    made_ += count;
    // What it makes is longer than the template by a few digits.
    const auto octets = entry.end - entry.begin;
    if (!take_octets(entry, count * octets,
                     fmt::format("$GENERATE would make {} lines of {} octets", count, octets)))
      return;
    make(entry, *range, middle);
  }

  bool is_spread(const ZoneEntry& entry) const {
    for (std::size_t i = 0; i + 1 < entry.tokens.size(); ++i) {
      const auto begin = entry.tokens[i].data() + entry.tokens[i].size();
      const std::string_view between(begin, static_cast<std::size_t>(entry.tokens[i + 1].data() - begin));
      if (between.empty() || between.find_first_not_of(" \t") != std::string_view::npos) return true;
    }
    return false;
  }

  /// What stands before the data is the type, so that no word of the data is taken for it.
  static bool has_type_at_end(const std::vector<std::string_view>& tokens) {
    std::size_t at = 3;
    while (at + 2 < tokens.size() &&
           (starts_with_digit(tokens[at]) || class_of(tokens[at]) != ClassWord::none))
      ++at;
    return at + 2 == tokens.size();
  }

  void make(const ZoneEntry& directive, const GenerateRange& range, const std::string& middle) {
    const auto data = unquoted(directive.tokens.back());
    const GenerateTemplate owner(directive.tokens[2]), rdata(data);
    const auto owner_before = owner_;
    const bool refused_before = owner_refused_;
    made_of_ = MadeOf{0, range.start, range.stop, range.step, token_range(directive.tokens[1])};
    made_at_ = &directive;
    const auto problems = problems_.count();
    ZoneEntry entry;
    for (std::size_t i = 0; i < range.count() && problems_.count() == problems && !builder_.full(); ++i) {
      made_of_->number = static_cast<std::uint32_t>(range.start + i * range.step);
      const auto name = owner.expand(made_of_->number), value = rdata.expand(made_of_->number);
      if (!name || !value) {
        const auto& error = (name ? value : name).error();
        report(directive, error.message, error.hint);
        break;
      }
      const auto line = fmt::format("{}{} {}", *name, middle, *value);
      ZoneLexer lexer(line);
      if (!lexer.next(entry)) continue;
      if (entry.problem.empty()) {
        record(entry);
      } else {
        report(directive, entry.problem);
      }
    }
    made_at_ = nullptr;
    made_of_.reset();
    // The owner of a line that has none is that of the line before the directive.
    owner_ = owner_before;
    owner_refused_ = refused_before;
  }

  /// As BIND's lexer: of the escapes only that of the mark is taken away.
  static std::string unquoted(std::string_view token) {
    if (token.size() < 2 || token.front() != '"') return std::string(token);
    token = token.substr(1, token.size() - 2);
    std::string out;
    for (std::size_t i = 0; i < token.size(); ++i) {
      if (token[i] == '\\' && i + 1 < token.size()) {
        if (token[++i] != '"') out += '\\';
      }
      out += token[i];
    }
    return out;
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
      if (!ttl && starts_with_digit(token)) {
        ttl = read_ttl(token);
        if (!ttl) return;
        ttl_token = at;
        continue;
      }
      const auto word = seen_class ? ClassWord::none : class_of(token);
      if (word == ClassWord::none) break;
      if (word == ClassWord::other)
        return report(entry, fmt::format("a record of class {}", token), "only class IN is read");
      seen_class = true;
    }
    if (at == entry.tokens.size()) return report(entry, "a line without a record type");
    const auto type = record_type(entry.tokens[at]);
    if (auto open = open_by(*owner_, type, std::span(entry.tokens).subspan(at))) {
      if (ttl) last_ttl_ = ttl;
      if (places_ != nullptr) place_alias(entry, at, ttl, ttl_token);
      open_.insert(open_.end(), std::make_move_iterator(open->begin()), std::make_move_iterator(open->end()));
      return;
    }
    if (!type) return report(entry, fmt::format("\"{}\" is not a record type", shown(entry.tokens[at])));
    if (const auto number = static_cast<unsigned>(*type); number == 3 || number == 4)
      return report(entry, fmt::format("{} records are no longer in use", entry.tokens[at]),
                    "RFC 973: write MX");
    auto rdata = read_rdata(entry, at, *type);
    soa_refused_ = soa_refused_ || (!rdata && type == RrType::SOA);
    if (!rdata) return;
    if (places_ != nullptr) place(entry, at, *type, ttl ? std::optional(ttl_token) : std::nullopt);
    add(entry, *type, ttl, std::move(*rdata));
  }

  /// `@ ALIAS host` and `@ ANAME host`: no record, but a place with a name in it.
  void place_alias(const ZoneEntry& entry, std::size_t at, std::optional<std::uint32_t> ttl,
                   std::size_t ttl_token) {
    const auto word = ascii_lower(entry.tokens[at]);
    if ((word != "alias" && word != "aname") || at + 2 != entry.tokens.size()) return;
    const auto target = Name::relative(entry.tokens.back(), origin_);
    if (!target) return;
    place(entry, at, type_alias, ttl ? std::optional(ttl_token) : std::nullopt);
    auto& placed = places_->back();
    placed.owner = *owner_;
    placed.type = type_alias;
    placed.ttl = ttl.value_or(default_ttl_.value_or(last_ttl_.value_or(0)));
    placed.rdata = target->wire();
  }

  TextRange token_range(std::string_view token) const {
    const auto begin = static_cast<std::size_t>(token.data() - text_.data());
    return {begin, begin + token.size()};
  }

  /// What is made has the place of what makes it.
  TextRange range(std::string_view first, std::string_view last) const {
    if (made_at_ != nullptr) return {made_at_->begin, made_at_->end};
    return {static_cast<std::size_t>(first.data() - text_.data()),
            static_cast<std::size_t>(last.data() + last.size() - text_.data())};
  }

  /// Of what nobody escapes in decimal, since it may stand as it is, and what has to be escaped in octal.
  std::optional<OctalEscape> octal_in(std::string_view token) const {
    constexpr std::size_t digits = 3;
    for (std::size_t at = 0; made_at_ == nullptr && (at = token.find('\\', at)) != std::string_view::npos;) {
      const auto written = token.substr(at + 1, digits);
      at += written.empty() || is_digit(written.front()) ? 1 : 2;
      if (written.size() < digits || written.find_first_not_of("01234567") != std::string_view::npos)
        continue;
      const auto value = [&](int base) {
        return static_cast<char>(((written[0] - '0') * base + (written[1] - '0')) * base +
                                 (written[2] - '0'));
      };
      const char is = value(10), meant = value(8);
      if (!is_alphanumeric(is) || is_alphanumeric(meant) || meant == '-' || meant <= ' ' || meant > '~')
        continue;
      const auto begin = token_range(token).begin + at - 1;
      return OctalEscape{{begin, begin + 1 + digits}, "\\" + std::string(written), is, meant};
    }
    return std::nullopt;
  }

  void place(const ZoneEntry& entry, std::size_t at, RrType type, std::optional<std::size_t> ttl) {
    const auto& tokens = entry.tokens;
    PlacedRecord placed;
    placed.file = file_;
    placed.made = made_of_;
    placed.all = range(tokens.front(), tokens.back());
    placed.blank_owner = entry.blank_owner;
    placed.before_type = range(tokens[entry.blank_owner ? 0 : 1], tokens.back()).begin;
    placed.type_at = range(tokens[at], tokens[at]);
    if (ttl) placed.ttl_at = range(tokens[*ttl], tokens[*ttl]);
    if (!entry.blank_owner) placed.octal = octal_in(tokens.front());
    // Where names stand; elsewhere any octet may be written so.
    const bool has_name = type == RrType::PTR || type == RrType::CNAME || type == RrType::NS ||
                          type == RrType::MX || type == type_srv;
    if (!placed.octal && has_name) placed.octal = octal_in(tokens.back());
    placed.inherits_ttl = !ttl && !default_ttl_;
    if (made_at_ != nullptr) placed.before_type = token_range(made_at_->tokens[3]).begin;
    if (type == RrType::SOA) {
      for (std::size_t i = at + 1; i < tokens.size(); ++i)
        placed.rdata_words.push_back(range(tokens[i], tokens[i]));
    } else if (at + 1 < tokens.size()) {
      placed.rdata_words.push_back(range(tokens[at + 1], tokens.back()));
    }
    places_->push_back(std::move(placed));
  }

  std::optional<std::string> read_rdata(const ZoneEntry& entry, std::size_t at, RrType type) {
    line_.clear();
    constexpr RrType svcb{64}, https{65};
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
    auto rdata = rdata_.read(type, entry.tokens[at], line_, &wrong);
    if (rdata) return std::move(*rdata);
    if (const auto word = at + 1 + wrong; wrong != unknown && word < entry.tokens.size()) {
      report(entry.tokens[word], rdata.error().message, rdata.error().hint);
    } else {
      report(entry, rdata.error().message, rdata.error().hint);
    }
    return std::nullopt;
  }

  /// Of a record without one.
  std::optional<std::uint32_t> ttl_in_effect(const ZoneEntry& entry) {
    const auto ttl = default_ttl_ ? default_ttl_ : last_ttl_;
    if (const auto other = std::exchange(leaked_ttl_, std::nullopt)) {
      const auto at = place_of(entry);
      problems_.report(
          span(at.begin, at.end),
          fmt::format("the TTL from here on is {} in this file, and BIND keeps that of the included "
                      "file, {}",
                      *ttl, *other),
          "repeat $TTL behind $INCLUDE", Severity::warning);
    }
    return ttl;
  }

  void add(const ZoneEntry& entry, RrType type, std::optional<std::uint32_t> ttl, std::string&& rdata) {
    if (ttl) last_ttl_ = ttl;
    if (!ttl) ttl = ttl_in_effect(entry);
    if (type == RrType::SOA) {
      if (soa_) return report(entry, "a second SOA record: a zone has one");
      const auto fields = soa_in(rdata);
      if (!fields) return report(entry, fields.error().message);
      soa_ = owner_;
      soa_at_ = span(place_of(entry).begin, place_of(entry).end);
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
    const auto at = place_of(entry);
    builder_.add(*owner_, type, *ttl, std::move(rdata), span(at.begin, at.end));
  }

  ZoneFile finish() {
    if (soa_ && !builder_.has(*soa_, RrType::NS)) {
      problems_.report(soa_at_, fmt::format("{} has no NS records at its apex", soa_->text()),
                       "name its servers (RFC 1035 §5.2): primaries do not load a zone without them");
    }
    auto zone = soa_ ? builder_.finish(*soa_) : builder_.finish();
    std::copy_if(std::make_move_iterator(open_.begin()), std::make_move_iterator(open_.end()),
                 std::back_inserter(zone.open),
                 [&](const OpenQuestion& one) { return one.owner.is_within(zone.origin); });
    if (!soa_ && !soa_refused_) report(0, 0, "the file has no SOA record: it is not a zone");
    return zone;
  }

  Sources& sources_;
  const FindIncluded& find_;
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
  std::optional<std::uint32_t> leaked_ttl_;  // what servers differ in, until somebody was told
  std::string line_;
  std::vector<PlacedRecord>* places_;  // nullptr: nobody wants to know
  TextRange last_;                     // the entry that was read last
  std::vector<OpenQuestion> open_;
  const ZoneEntry* made_at_ = nullptr;  // the directive that makes what is read
  std::optional<MadeOf> made_of_;
  std::size_t octets_ = 0, made_ = 0, includes_ = 0;
  std::vector<FileId> chain_;  // the files that include the one that is read, from the first on
  std::map<std::string, FileId, std::less<>> known_;
};

}  // namespace

FindIncluded find_among(const IncludedTexts& texts) {
  return [&texts](const std::string& from, const std::string& name) -> Result<IncludedText> {
    const auto found = texts.find({from, name});
    if (found == texts.end()) return fail(fmt::format("{} was not read", name));
    return found->second;
  };
}

ZoneFile read_zone_file(Sources& sources, FileId file, const Name& origin, Diagnostics& problems,
                        std::vector<PlacedRecord>* places, const FindIncluded& find) {
  return ZoneFileReader(sources, file, origin, problems, places, find).read();
}

}  // namespace rdnsgate::dns
