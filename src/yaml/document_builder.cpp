// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "yaml/document_builder.h"

#include <fmt/format.h>

#include <algorithm>


namespace rdnsgate::yaml {
namespace {

constexpr std::string_view blank = " \t\r\n";

bool starts_word(std::string_view text, std::string_view word) { return text.substr(0, word.size()) == word; }

}  // namespace

DocumentBuilder::DocumentBuilder(const Limits& limits, Problems& problems, Scope scope)
    : limits_(limits),
      problems_(problems),
      scope_(scope),
      source_(problems.sources().text(problems.file())),
      document_(problems.file(), source_) {}

Span DocumentBuilder::span(std::size_t begin, std::size_t end) const {
  return {problems_.file(), static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

void DocumentBuilder::stop(std::string_view code, Span at, std::string message, std::string hint) {
  problems_.add(code, at, std::move(message), std::move(hint));
  throw Stop{};
}

void DocumentBuilder::start_document(std::size_t at) {
  if (++documents_ < 2) return;
  stop(code::syntax, span(at, at + 1), "a second YAML document begins here",
       fmt::format("{} is one document; remove the \"---\" before this", problems_.dialect().noun));
}

/// Where the node itself begins, after its anchor; a tag is refused here.
std::size_t DocumentBuilder::skip_properties(std::size_t at) {
  while (at < source_.size() && (source_[at] == '&' || source_[at] == '!')) {
    const std::size_t end = std::min(source_.find_first_of(" \t\r\n,[]{}", at), source_.size());
    if (source_[at] == '!') {
      refuse_tag(at, end);
    }
    at = std::min(source_.find_first_not_of(blank, end), source_.size());
    while (at < source_.size() && source_[at] == '#') {
      at = std::min(source_.find_first_not_of(blank, end_of_line(at)), source_.size());
    }
  }
  return std::min(at, source_.size());
}

void DocumentBuilder::refuse_tag(std::size_t begin, std::size_t end) {
  if (source_.substr(begin, end - begin) == "!include") {
    problems_.add(code::syntax, span(begin, end), "!include is not read",
                  problems_.dialect().includes
                      ? "other files are named at the top of an inventory: include: [hosts/*.yaml]"
                      : "write the included part out here: only the files that were named are read");
    return;
  }
  problems_.add(code::syntax, span(begin, end),
                fmt::format("a YAML tag has no meaning in {}", problems_.dialect().noun),
                "remove it; quote the value if it is a text");
}

std::size_t DocumentBuilder::end_of_line(std::size_t at) const {
  return std::min(source_.find_first_of("\r\n", at), source_.size());
}

std::size_t DocumentBuilder::end_of_quoted(std::size_t at) const {
  const char quote = source_[at];
  for (++at; at < source_.size(); ++at) {
    if (quote == '"' && source_[at] == '\\') {
      ++at;
    } else if (source_[at] == quote) {
      if (quote == '"' || at + 1 >= source_.size() || source_[at + 1] != quote) return at + 1;
      ++at;  // '' inside single quotes is one quote
    }
  }
  return source_.size();
}

void DocumentBuilder::scalar(std::size_t at, std::size_t anchor, std::string_view text) {
  at = skip_properties(at);
  const std::size_t max_text = problems_.dialect().max_text;
  if (text.size() > max_text) {
    stop(code::limit, span(at, std::min(at + 1, source_.size())),
         fmt::format("a text of {} octets begins here; the limit is {}", text.size(), max_text),
         "a quote may not be closed where it was meant to be");
  }
  const char first = at < source_.size() ? source_[at] : '\0';
  Kind kind = Kind::text;
  std::size_t end = at + text.size(), text_at = at;
  if (first == '"' || first == '\'') {
    end = end_of_quoted(at);
    text_at = at + 1;
  } else if (first == '|' || first == '>') {
    end = end_of_line(at);
  } else {
    kind = plain_scalar_kind(text);
    if (source_.substr(at, text.size()) != text) end = end_of_line(at);  // folded from several lines
  }
  const NodeId id = document_.add_scalar(kind, static_cast<std::uint32_t>(at),
                                         static_cast<std::uint32_t>(end), text, text_at);
  remember(anchor, id, 1);
  spend(id, 1);
  append(id, 1);
}

void DocumentBuilder::null(std::size_t at, std::size_t anchor) {
  at = skip_properties(std::min(at, source_.size()));
  const std::string_view rest = source_.substr(at);
  std::size_t length = 0;
  if (starts_word(rest, "~")) length = 1;
  if (starts_word(rest, "null") || starts_word(rest, "Null") || starts_word(rest, "NULL")) length = 4;
  Span where = span(at, at + length);
  if (length == 0) {  // nothing was written: point at the key, or at the dash or comma before it
    if (!open_.empty() && open_.back().wants_value) {
      where = Value(document_, open_.back().last).span();
    } else {
      const std::size_t before = at == 0 ? std::string_view::npos : source_.find_last_not_of(blank, at - 1);
      if (before != std::string_view::npos) where = span(before, before + 1);
    }
  }
  const NodeId id = document_.add_scalar(Kind::null, where.begin, where.end, source_.substr(at, length), at);
  remember(anchor, id, 1);
  spend(id, 1);
  append(id, 1);
}

void DocumentBuilder::alias(std::size_t at, std::size_t anchor) {
  const std::size_t end = std::min(source_.find_first_of(" \t\r\n,[]{}", at), source_.size());
  const auto named = anchors_.find(anchor);
  if (named == anchors_.end() || named->second.weight == 0) {
    stop(code::syntax, span(at, end), "this alias (*) stands inside the node that it names",
         "write the value out");
  }
  // A list of a thousand that a thousand aliases name is a million values in a few lines.
  constexpr std::uint64_t free_aliased = 100'000, aliased_for_each = 10;
  const std::uint64_t written = nodes_ - aliased_;
  aliased_ += named->second.weight;
  if (aliased_ > free_aliased + aliased_for_each * written) {
    stop(code::limit, span(at, end),
         fmt::format("aliases (*) stand for {} values up to here, far more than are written out", aliased_),
         "write the values out, or name them in fewer places");
  }
  const NodeId id =
      document_.add_alias(named->second.id, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end));
  spend(id, named->second.weight);
  append(id, named->second.weight);
}

void DocumentBuilder::start(Kind kind, std::size_t at, std::size_t anchor) {
  at = skip_properties(at);
  if (open_.size() >= limits_.depth) {
    stop(code::limit, span(at, at + 1),
         fmt::format("the nesting is deeper than {} levels here", limits_.depth),
         fmt::format("{} needs about six", problems_.dialect().noun));
  }
  const NodeId id = document_.add_collection(kind, static_cast<std::uint32_t>(at));
  remember(anchor, id, 0);
  spend(id, 1);
  Frame frame;
  frame.id = id;
  frame.anchor = anchor;
  frame.is_map = kind == Kind::map;
  open_.push_back(frame);
}

void DocumentBuilder::end() {
  const Frame closed = open_.back();
  open_.pop_back();
  if (closed.is_map) {
    check_duplicates(closed.id);
    // A block mapping has no bracket to point at: its first key stands for it.
    const Value map(document_, closed.id);
    const auto key = map.first();
    if (key && key->span().begin == map.span().begin) document_.set_end(closed.id, key->span().end);
  }
  remember(closed.anchor, closed.id, closed.weight);
  append(closed.id, closed.weight);
}

void DocumentBuilder::remember(std::size_t anchor, NodeId id, std::uint64_t weight) {
  if (anchor != 0) anchors_.insert_or_assign(anchor, Anchored{id, weight});
}

/// Counts new nodes before the next one is made; a collection counts itself when it begins.
void DocumentBuilder::spend(NodeId id, std::uint64_t weight) {
  nodes_ += weight;
  if (nodes_ > limits_.nodes) {
    stop(code::limit, Value(document_, id).span(),
         fmt::format("the file has more than {} values once its aliases (*) are followed", limits_.nodes),
         "write the values out, or split the file");
  }
  if (problems_.full()) throw Stop{};
}

void DocumentBuilder::append(NodeId id, std::uint64_t weight) {
  if (open_.empty()) return;
  Frame& parent = open_.back();
  document_.link(parent.id, parent.last, id);
  parent.last = id;
  parent.weight += weight;
  if (!parent.is_map) return;
  if (!parent.wants_value) check_key(id);
  parent.wants_value = !parent.wants_value;
}

void DocumentBuilder::check_key(NodeId id) {
  const Value key(document_, id);
  if (problems_.dialect().free_keys && !key.is_list() && !key.is_map()) return;
  if (key.kind() != Kind::text) {
    problems_.add(code::syntax, key.span(),
                  fmt::format("a key has to be a text; this is {}", to_string(key.kind())),
                  key.is_list() || key.is_map() ? "" : "quote it if it is meant as a name");
  } else if (key.text() == "<<" && problems_.sources().text(key.span()) == "<<") {
    problems_.add(code::syntax, key.span(), "merge keys (<<) are not part of YAML 1.2 and not read here",
                  "write the keys out");
  }
}

void DocumentBuilder::check_duplicates(NodeId map) {
  const Value value(document_, map);
  const bool free_keys = problems_.dialect().free_keys;
  const auto is_name = [&](const Value& key) {
    return key.is_text() || (free_keys && !key.is_list() && !key.is_map());
  };
  if (value.size() <= 16) {
    for (auto key = value.first(); key; key = key->next()->next()) {
      for (auto earlier = value.first(); earlier->id() != key->id(); earlier = earlier->next()->next()) {
        if (is_name(*key) && is_name(*earlier) && key->text() == earlier->text()) {
          report_duplicate(*key, *earlier);
          break;
        }
      }
    }
    return;
  }
  std::unordered_map<std::string_view, NodeId> seen;
  for_each_member(value, [&](const Value& key, const Value&) {
    if (!is_name(key)) return;
    const auto [known, is_new] = seen.emplace(key.text(), key.id());
    if (!is_new) report_duplicate(key, Value(document_, known->second));
  });
}

void DocumentBuilder::report_duplicate(const Value& key, const Value& first) {
  if (scope_ == Scope::part) throw Stop{};  // lines are counted in one thread
  problems_.add(code::duplicate, key.span(), fmt::format("the key \"{}\" is given twice", key.text()),
                fmt::format("the first is in {}; only one of them can hold",
                            problems_.place(first.span(), key.span())));
}

std::optional<Document> DocumentBuilder::finish() {
  if (document_.size() == 0 || document_.root().kind() == Kind::null) {
    if (problems_.dialect().may_be_empty) return std::nullopt;
    const auto& dialect = problems_.dialect();
    const auto noun = dialect.noun.substr(dialect.noun.find(' ') + 1);  // without its article
    problems_.add(code::schema, span(0, 0),
                  fmt::format("the {} is empty: it has to begin with \"version: 1\"", noun),
                  dialect.includes ? "\"senders:\" lists the hosts and the addresses that mail leaves from"
                                   : "");
    return std::nullopt;
  }
  return std::move(document_);
}

}  // namespace rdnsgate::yaml
