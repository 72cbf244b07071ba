// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "yaml/reader.h"

#include <fmt/format.h>
#include <yaml.h>

#include <algorithm>
#include <cstring>
#include <new>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/text/utf8.h"
#include "yaml/document_builder.h"
#include "yaml/ordinary.h"
#include "yaml/precheck.h"
#include "yaml/split.h"
#include "yaml/syntax_errors.h"

namespace rdnsgate::yaml {
namespace {

// A text, or a quote that is never closed, is collected before it comes out as an event: so many octets after
// the last event there has to be another one.
constexpr std::size_t max_ahead = 16 << 20;

/// What is read of a text, octet by octet.
class ReadText {
 public:
  ReadText(std::string_view text, const Extent& extent) : text_(text), extent_(extent) {}

  std::size_t size() const { return extent_.size(); }
  std::size_t octet(std::size_t nth) const { return extent_.octet(nth); }
  char operator[](std::size_t nth) const { return text_[octet(nth)]; }
  /// From there on, as far as it stands in one piece and up to so many octets.
  std::string_view piece(std::size_t nth, std::size_t most) const {
    const std::size_t at = octet(nth), end = at < extent_.gap_begin ? extent_.gap_begin : extent_.end;
    return text_.substr(at, std::min(most, end - std::min(at, end)));
  }
  bool is_ascii() const {
    for (std::size_t at = 0; at < size(); at += piece(at, size()).size()) {
      if (!rdnsgate::is_ascii(piece(at, size()))) return false;
    }
    return true;
  }

 private:
  std::string_view text_;
  Extent extent_;
};

/// libyaml counts characters; a Span counts octets. Its marks move forward, but for a step back now and then.
class Offsets {
 public:
  explicit Offsets(const ReadText& text) : text_(text), ascii_(text.is_ascii()) {}

  std::size_t octet_of(std::size_t character) {
    if (ascii_) return text_.octet(std::min(character, text_.size()));
    for (; character_ > character; --character_) {
      do --octet_;
      while (continues(octet_));
    }
    for (; character_ < character && octet_ < text_.size(); ++character_) {
      do ++octet_;
      while (octet_ < text_.size() && continues(octet_));
    }
    return text_.octet(octet_);
  }

 private:
  bool continues(std::size_t at) const { return (static_cast<unsigned char>(text_[at]) & 0xC0u) == 0x80u; }

  const ReadText& text_;
  bool ascii_;
  std::size_t character_ = 0, octet_ = 0;  // of what is read
};

/// What libyaml reads from.
class Feed {
 public:
  explicit Feed(const ReadText& text) : text_(text) {}

  /// An event came, of a node at this octet.
  void progress(std::size_t at) {
    last_event_ = at;
    fed_then_ = fed_;
  }
  /// Where it was cut off, if it was: the last event before that.
  std::optional<std::size_t> starved_at() const { return starved_at_; }

  static int read(void* self, unsigned char* to, std::size_t size, std::size_t* done) {
    *done = static_cast<Feed*>(self)->take(to, size);
    return 1;
  }

 private:
  std::size_t take(unsigned char* to, std::size_t size) {
    if (fed_ == text_.size()) return 0;
    if (!starved_at_ && fed_ > fed_then_ + max_ahead) starved_at_ = last_event_;
    if (starved_at_) return 0;
    const std::string_view piece = text_.piece(fed_, size);
    std::memcpy(to, piece.data(), piece.size());
    fed_ += piece.size();
    return piece.size();
  }

  const ReadText& text_;
  std::size_t fed_ = 0;        // of what is read
  std::size_t fed_then_ = 0;   // when the last event came
  std::size_t last_event_ = 0;  // of the text
  std::optional<std::size_t> starved_at_;
};

/// Owns what libyaml puts into it.
struct Event : yaml_event_t {
  ~Event() { yaml_event_delete(this); }
  Event() : yaml_event_t{} {}
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;
};

std::string_view view(const yaml_char_t* text) {
  return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

/// Hands libyaml's events on.
class EventReader {
 public:
  EventReader(const ReadText& text, DocumentBuilder& builder, Problems& problems, Scope scope)
      : builder_(builder), problems_(problems), scope_(scope), offsets_(text), feed_(text) {
    if (yaml_parser_initialize(&parser_) == 0) throw std::bad_alloc();
    yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
    yaml_parser_set_input(&parser_, Feed::read, &feed_);
  }
  ~EventReader() { yaml_parser_delete(&parser_); }
  EventReader(const EventReader&) = delete;
  EventReader& operator=(const EventReader&) = delete;

  /// False after saying why, where the rest cannot be read; of a part nothing is said.
  bool read() {
    for (;;) {
      Event event;
      const bool done = yaml_parser_parse(&parser_, &event) != 0;
      if (scope_ == Scope::part && (feed_.starved_at() || !done)) return false;
      if (feed_.starved_at()) return explain_starved(*feed_.starved_at()), false;
      if (!done) return explain(), false;
      if (event.type == YAML_STREAM_END_EVENT) return true;
      const std::size_t at = offsets_.octet_of(event.start_mark.index);
      feed_.progress(at);
      if (!hand_on(event, at)) return false;
    }
  }

 private:
  bool hand_on(const Event& event, std::size_t at) {
    switch (event.type) {
      case YAML_DOCUMENT_START_EVENT:
        builder_.start_document(at);
        break;
      case YAML_ALIAS_EVENT: {
        if (scope_ == Scope::part) return false;
        const auto named = anchors_.find(std::string(view(event.data.alias.anchor)));
        if (named == anchors_.end())
          return explain_syntax_error(problems_, {"the alias names no anchor", {}, at, at}), false;
        builder_.alias(at, named->second);
        break;
      }
      case YAML_SCALAR_EVENT:
        scalar(event.data.scalar, at);
        break;
      case YAML_SEQUENCE_START_EVENT:
        builder_.start(Kind::list, at, anchor(event.data.sequence_start.anchor));
        break;
      case YAML_MAPPING_START_EVENT:
        builder_.start(Kind::map, at, anchor(event.data.mapping_start.anchor));
        break;
      case YAML_SEQUENCE_END_EVENT:
      case YAML_MAPPING_END_EVENT:
        builder_.end();
        break;
      default:
        break;
    }
    return true;
  }

  template <typename Scalar>
  void scalar(const Scalar& scalar, std::size_t at) {
    const std::string_view text(reinterpret_cast<const char*>(scalar.value), scalar.length);
    const bool plain = scalar.style == YAML_PLAIN_SCALAR_STYLE;
    if (plain && plain_scalar_kind(text) == Kind::null) {
      builder_.null(at, anchor(scalar.anchor));
    } else {
      builder_.scalar(at, anchor(scalar.anchor), text);
    }
  }

  /// The number of an anchor that is defined here, 0 for none. A name that is defined again is another
  /// anchor.
  std::size_t anchor(const yaml_char_t* name) {
    if (name == nullptr) return 0;
    if (scope_ == Scope::part) throw DocumentBuilder::Stop{};  // what it names may be elsewhere
    anchors_.insert_or_assign(std::string(view(name)), ++anchor_count_);
    return anchor_count_;
  }

  void explain() {
    const std::string_view said = parser_.problem == nullptr ? "out of memory" : parser_.problem;
    const std::string_view context = parser_.context == nullptr ? "" : parser_.context;
    if (parser_.error == YAML_MEMORY_ERROR) throw std::bad_alloc();
    // What is no character of YAML is found by octet, before there are marks.
    const std::size_t at = parser_.error == YAML_READER_ERROR ? parser_.problem_offset
                                                              : offsets_.octet_of(parser_.problem_mark.index);
    const std::size_t begun = parser_.context == nullptr ? at : offsets_.octet_of(parser_.context_mark.index);
    explain_syntax_error(problems_, {said, context, at, begun});
  }

  void explain_starved(std::size_t at) {
    problems_.add(code::limit,
                  {problems_.file(), static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + 1)},
                  "too much stands here before anything can be read out of it",
                  "a quote may not be closed; a text is never that long");
  }

  DocumentBuilder& builder_;
  Problems& problems_;
  Scope scope_;
  Offsets offsets_;
  Feed feed_;
  yaml_parser_t parser_{};
  std::unordered_map<std::string, std::size_t> anchors_;
  std::size_t anchor_count_ = 0;
};

/// nullopt where it is not what most are, or where anything is wrong with it.
std::optional<Document> read_if_ordinary(const Limits& limits, const Problems& problems, const Extent& extent) {
  if (extent.gap_begin != extent.gap_end) return std::nullopt;
  const auto text = problems.sources().text(problems.file()).substr(extent.begin, extent.end - extent.begin);
  Problems unsaid(problems.sources(), problems.file(), 1, problems.dialect());
  DocumentBuilder builder(limits, unsaid, Scope::part);
  try {
    if (!read_ordinary(text, extent.begin, builder) || unsaid.count() > 0) return std::nullopt;
  } catch (const DocumentBuilder::Stop&) {
    return std::nullopt;
  }
  return builder.finish();
}

/// nullopt where it cannot be read, or where `problems` has one more than before.
std::optional<Document> read_extent(const Limits& limits, Problems& problems, const Extent& extent, Scope scope) {
  const ReadText text(problems.sources().text(problems.file()), extent);
  DocumentBuilder builder(limits, problems, scope);
  try {
    if (!EventReader(text, builder, problems, scope).read()) return std::nullopt;
  } catch (const DocumentBuilder::Stop&) {
    return std::nullopt;  // the builder has said why
  }
  return builder.finish();
}

/// A file that is read in parts side by side, where that comes to the same.
class PartsReader {
 public:
  PartsReader(const Limits& limits, const Problems& problems, const Split& split)
      : limits_(limits), whole_(problems), split_(split), parts_(split.parts.size()) {
    limits_.depth -= std::min<std::size_t>(limits_.depth, 1);  // their lists lie in a mapping
  }

  std::optional<Document> read(const InParallel& in_parallel) {
    std::optional<Document> around;
    in_parallel(parts_.size() + 1, [&](std::size_t i) {
      if (i == parts_.size())
        around = read_part(split_.around);
      else
        parts_[i] = read_part(split_.parts[i]);
    });
    if (!around || !std::all_of(parts_.begin(), parts_.end(), [&](const auto& part) { return is_list(part); }))
      return std::nullopt;
    return join(std::move(*around));
  }

 private:
  std::optional<Document> read_part(const Extent& extent) const {
    if (auto document = read_if_ordinary(limits_, whole_, extent)) return document;
    Problems unsaid(whole_.sources(), whole_.file(), 1, whole_.dialect());
    auto document = read_extent(limits_, unsaid, extent, Scope::part);
    return unsaid.count() == 0 ? std::move(document) : std::nullopt;
  }

  bool is_list(const std::optional<Document>& part) const {
    if (!part || !part->root().is_list()) return false;
    const auto& extent = split_.parts[static_cast<std::size_t>(&part - parts_.data())];
    return part->root().span().begin == extent.begin + split_.indent;
  }

  std::optional<Document> join(Document around) const {
    std::size_t nodes = around.size();
    for (const auto& part : parts_) nodes += part->size();
    if (nodes > limits_.nodes || !around.root().is_map()) return std::nullopt;
    for (auto key = around.root().first(); key; key = key->next()->next()) {
      const auto value = *key->next();
      if (key->span().begin != split_.key) continue;
      if (value.kind() != Kind::null || value.span() != key->span()) return std::nullopt;
      const auto list = value.id();
      around.begin_list(list, static_cast<std::uint32_t>(split_.parts.front().begin + split_.indent), nodes);
      NodeId last = no_node;
      for (const auto& part : parts_) last = around.take_items(list, last, *part);
      return around;
    }
    return std::nullopt;
  }

  Limits limits_;
  const Problems& whole_;
  const Split& split_;
  std::vector<std::optional<Document>> parts_;
};

}  // namespace

std::optional<Document> read(const Limits& limits, Problems& problems, const InParallel& in_parallel,
                             const Parts& parts) {
  if (!precheck(problems)) return std::nullopt;
  const auto text = problems.sources().text(problems.file());
  if (const auto split = in_parallel ? find_split(text, parts.most, parts.least_octets) : std::nullopt) {
    if (auto document = PartsReader(limits, problems, *split).read(in_parallel)) return document;
  }
  if (auto document = read_if_ordinary(limits, problems, {0, text.size()})) return document;
  return read_extent(limits, problems, {0, text.size()}, Scope::file);
}

std::optional<Document> read_by_libyaml(const Limits& limits, Problems& problems) {
  if (!precheck(problems)) return std::nullopt;
  return read_extent(limits, problems, {0, problems.sources().text(problems.file()).size()}, Scope::file);
}

std::string libyaml_version() { return yaml_get_version_string(); }

}  // namespace rdnsgate::yaml
