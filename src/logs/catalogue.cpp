// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "logs/catalogue.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <stdexcept>

#include "base/embedded.h"
#include "base/text/text.h"
#include "logs/normalise.h"

namespace rdnsgate::logs {

std::span<const EmbeddedFile> embedded_patterns();

/// Reads the file line by line.
class CatalogueReader {
 public:
  Result<Catalogue> read(std::string_view text) {
    while (!text.empty()) {
      const auto end = std::min(text.find('\n'), text.size());
      auto line = text.substr(0, end);
      text.remove_prefix(std::min(end + 1, text.size()));
      ++number_;
      if (line.ends_with('\r')) line.remove_suffix(1);
      line = trimmed(line);
      if (line.empty() || line.starts_with('#')) continue;
      const auto taken = line.starts_with('[')      ? begin(line)
                         : line.starts_with("let ") ? define(line)
                                                    : take(line);
      if (!taken) return fail(fmt::format("line {}: {}", number_, taken.error().message), taken.error().hint);
    }
    if (const auto ended = finish(); !ended)
      return fail(fmt::format("line {}: {}", number_, ended.error().message), ended.error().hint);
    if (made_.rules_.empty())
      return fail("it has no pattern", "a pattern begins with a line such as [no-ptr] name");
    made_.index();
    return std::move(made_);
  }

 private:
  static constexpr std::size_t most_rules = 4096, most_words = 16384, most_text = 8192;

  /// `let NAME: text`, which patterns name as `{NAME}`.
  Result<void> define(std::string_view line) {
    const auto colon = line.find(':');
    const auto name = trimmed(line.substr(4, std::min(colon, line.size()) - 4));
    if (colon == std::string_view::npos || name.empty() || trimmed(line.substr(colon + 1)).empty())
      return fail("a definition without a text", "write let NAME: text");
    auto value = expanded(trimmed(line.substr(colon + 1)));
    if (!value) return tl::unexpected(value.error());
    defined_.emplace_back(fmt::format("{{{}}}", name), std::move(*value));
    return {};
  }

  /// With what is defined in place of its name.
  Result<std::string> expanded(std::string_view value) const {
    std::string text(value);
    for (const auto& [name, meaning] : defined_) {
      for (auto at = text.find(name); at != std::string::npos; at = text.find(name, at + meaning.size()))
        text.replace(at, name.size(), meaning);
      if (text.size() > most_text) return fail(fmt::format("it is longer than {} characters", most_text));
    }
    return text;
  }

  /// `[no-ptr] name`
  Result<void> begin(std::string_view line) {
    if (const auto ended = finish(); !ended) return ended;
    const auto close = line.find(']');
    if (close == std::string_view::npos) return fail("the bracket is not closed", "write [CLASS] NAME");
    const auto kind = line.substr(1, close - 1);
    const auto name = trimmed(line.substr(close + 1));
    const auto of = parse_log_class(kind);
    if (!of && kind != "trap")
      return fail(fmt::format("there is no class \"{}\"", kind),
                  "they are no-ptr, ptr-mismatch, helo, name-too-long, temporary and trap");
    if (name.empty()) return fail("a pattern without a name", "write [CLASS] NAME");
    if (!names_.insert(std::string(name)).second)
      return fail(fmt::format("there is a pattern \"{}\" already", name), "give it another name");
    if (names_.size() > most_rules) return fail(fmt::format("there are more than {} patterns", most_rules));
    open_.emplace();
    open_->id = name;
    open_->is_trap = kind == "trap" || *of == LogClass::other;
    open_->of = open_->is_trap ? LogClass::other : *of;
    return {};
  }

  /// `key: value`
  Result<void> take(std::string_view line) {
    if (!open_) return fail("nothing of a pattern may stand before its name", "write [CLASS] NAME first");
    const auto colon = line.find(':');
    const auto key = line.substr(0, colon);
    const auto value = colon == std::string_view::npos ? std::string_view() : trimmed(line.substr(colon + 1));
    if (value.empty()) return fail(fmt::format("\"{}\" has no value", key), "write key: value");
    if (key == "word") return add_word(value);
    if (key == "match") return add_pattern(open_->match, value);
    if (key == "unless") return add_pattern(open_->unless, value);
    if (key == "test" || key == "not") {
      const bool is_test = key == "test";
      made_.samples_.push_back({is_test ? open_->of : LogClass::other,
                                is_test && !open_->is_trap ? open_->id : std::string(), std::string(value)});
      has_test_ = has_test_ || is_test;
      return {};
    }
    return fail(fmt::format("unknown key \"{}\"", key), "they are word, match, unless, test and not");
  }

  Result<void> add_word(std::string_view value) {
    if (value.size() > 2 && value.starts_with('"') && value.ends_with('"'))
      value = value.substr(1, value.size() - 2);
    if (value.size() < Anchors::shortest || value.size() > 64)
      return fail(fmt::format("the word \"{}\" has {} characters", value, value.size()),
                  "it takes 4 to 64: every line of a log is searched for it");
    if (++words_ > most_words) return fail(fmt::format("there are more than {} words", most_words));
    auto word = ascii_lower(value);
    if (word.find(' ') != std::string::npos) {  // qmail has no blanks
      auto joined = word;
      std::replace(joined.begin(), joined.end(), ' ', '_');
      open_->words.push_back(std::move(joined));
    }
    open_->words.push_back(std::move(word));
    return {};
  }

  Result<void> add_pattern(std::vector<Pattern>& to, std::string_view value) const {
    const auto text = expanded(value);
    if (!text) return tl::unexpected(text.error());
    auto pattern = Pattern::compile(*text);
    if (!pattern) return tl::unexpected(pattern.error());
    to.push_back(std::move(*pattern));
    return {};
  }

  Result<void> finish() {
    if (!open_) return {};
    if (open_->match.empty()) return fail(fmt::format("\"{}\" has no match", open_->id), "match: PATTERN");
    if (!has_test_) return fail(fmt::format("\"{}\" has no test", open_->id), "test: LINE");
    if (!open_->is_trap && open_->words.empty())
      return fail(fmt::format("\"{}\" has no word", open_->id),
                  "word: TEXT is what every line has that it matches: others are passed over");
    (open_->is_trap ? made_.traps_ : made_.rules_).push_back(std::move(*open_));
    open_.reset();
    has_test_ = false;
    return {};
  }

  Catalogue made_;
  std::optional<Catalogue::Rule> open_;
  bool has_test_ = false;
  std::set<std::string> names_;
  std::vector<std::pair<std::string, std::string>> defined_;
  std::size_t number_ = 0, words_ = 0;
};

Result<Catalogue> Catalogue::parse(std::string_view text) { return CatalogueReader().read(text); }

std::string_view Catalogue::built_in_text() { return embedded_patterns().front().text; }

const Catalogue& Catalogue::built_in() {
  static const Catalogue made = [] {
    auto read = parse(built_in_text());
    if (!read) throw std::logic_error("patterns.txt: " + read.error().message);
    return std::move(*read);
  }();
  return made;
}

void Catalogue::index() {
  std::vector<std::string> words;
  for (std::size_t rule = 0; rule < rules_.size(); ++rule) {
    for (const auto& word : rules_[rule].words) {
      words.push_back(word);
      rule_of_.push_back(static_cast<std::uint16_t>(rule));
    }
  }
  anchors_.emplace(std::move(words));
}

bool Catalogue::Rule::matches(std::string_view text) const {
  const auto in = [&](const Pattern& one) { return one.is_in(text); };
  return std::any_of(match.begin(), match.end(), in) && std::none_of(unless.begin(), unless.end(), in);
}

Catalogue::Match Catalogue::classify(std::string_view line) const {
  std::vector<bool> is_near(rules_.size());
  bool any = false;
  anchors_->each(line, [&](std::uint16_t word) { any = is_near[rule_of_[word]] = true; });
  if (!any) return {};
  const auto text = normalised(line);
  for (std::size_t i = 0; i < rules_.size(); ++i) {
    if (!is_near[i] || !rules_[i].matches(text)) continue;
    const bool is_trap =
        std::any_of(traps_.begin(), traps_.end(), [&](const Rule& trap) { return trap.matches(text); });
    return is_trap ? Match{} : Match{rules_[i].of, rules_[i].id};
  }
  return {};
}

}  // namespace rdnsgate::logs
