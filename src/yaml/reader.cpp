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

#include "yaml/document_builder.h"
#include "yaml/precheck.h"
#include "yaml/syntax_errors.h"

namespace rdnsgate::yaml {
namespace {

// A text, or a quote that is never closed, is collected before it comes out as an event: so many octets after
// the last event there has to be another one.
constexpr std::size_t max_ahead = 16 << 20;

/// libyaml counts characters; a Span counts octets. Its marks move forward, but for a step back now and then.
class Offsets {
 public:
  explicit Offsets(std::string_view text)
      : text_(text), ascii_(std::all_of(text.begin(), text.end(), [](char c) { return (c & 0x80) == 0; })) {}

  std::size_t octet_of(std::size_t character) {
    if (ascii_) return std::min(character, text_.size());
    for (; character_ > character; --character_) {
      do --octet_;
      while (continues(octet_));
    }
    for (; character_ < character && octet_ < text_.size(); ++character_) {
      do ++octet_;
      while (octet_ < text_.size() && continues(octet_));
    }
    return octet_;
  }

 private:
  bool continues(std::size_t at) const { return (static_cast<unsigned char>(text_[at]) & 0xC0u) == 0x80u; }

  std::string_view text_;
  bool ascii_;
  std::size_t character_ = 0, octet_ = 0;
};

/// What libyaml reads from.
class Feed {
 public:
  explicit Feed(std::string_view text) : text_(text) {}

  /// An event came, of a node at this octet.
  void progress(std::size_t at) { last_event_ = at; }
  /// Where it was cut off, if it was: the last event before that.
  std::optional<std::size_t> starved_at() const { return starved_at_; }

  static int read(void* self, unsigned char* to, std::size_t size, std::size_t* done) {
    *done = static_cast<Feed*>(self)->take(to, size);
    return 1;
  }

 private:
  std::size_t take(unsigned char* to, std::size_t size) {
    if (!starved_at_ && fed_ > last_event_ + max_ahead) starved_at_ = last_event_;
    if (starved_at_) return 0;
    const std::string_view piece = text_.substr(fed_, size);
    std::memcpy(to, piece.data(), piece.size());
    fed_ += piece.size();
    return piece.size();
  }

  std::string_view text_;
  std::size_t fed_ = 0, last_event_ = 0;
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
  EventReader(std::string_view text, DocumentBuilder& builder, Problems& problems)
      : builder_(builder), problems_(problems), offsets_(text), feed_(text) {
    if (yaml_parser_initialize(&parser_) == 0) throw std::bad_alloc();
    yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
    yaml_parser_set_input(&parser_, Feed::read, &feed_);
  }
  ~EventReader() { yaml_parser_delete(&parser_); }
  EventReader(const EventReader&) = delete;
  EventReader& operator=(const EventReader&) = delete;

  /// False after saying why, where the rest cannot be read.
  bool read() {
    for (;;) {
      Event event;
      const bool done = yaml_parser_parse(&parser_, &event) != 0;
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
  Offsets offsets_;
  Feed feed_;
  yaml_parser_t parser_{};
  std::unordered_map<std::string, std::size_t> anchors_;
  std::size_t anchor_count_ = 0;
};

}  // namespace

std::optional<Document> read(const Limits& limits, Problems& problems) {
  if (!precheck(problems)) return std::nullopt;
  DocumentBuilder builder(limits, problems);
  try {
    if (!EventReader(problems.sources().text(problems.file()), builder, problems).read()) return std::nullopt;
  } catch (const DocumentBuilder::Stop&) {
    return std::nullopt;  // the builder has said why
  }
  return builder.finish();
}

std::string libyaml_version() { return yaml_get_version_string(); }

}  // namespace rdnsgate::yaml
