// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "inventory/yaml_reader.h"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <array>
#include <istream>
#include <streambuf>
#include <string_view>

#include "inventory/document_builder.h"
#include "inventory/precheck.h"
#include "inventory/yaml_errors.h"

namespace rdnsgate::inventory {
namespace {

// yaml-cpp holds back every token that may yet turn out to belong to a key, at some 240 octets each: of a
// document in brackets that is all of it, and 50 million brackets that are never closed cost 11 GB. So it is
// fed in pieces, and only so many characters that can begin a token ahead of the last event that came out.
constexpr std::size_t chunk = 64 * 1024, max_held_back = 600'000, max_ahead = 16 << 20;

bool may_begin_token(char c) {
  static constexpr auto table = [] {
    std::array<bool, 256> set{};
    for (const char member : std::string_view("[]{},:?!&*|>%@`\"'"))
      set[static_cast<unsigned char>(member)] = true;
    return set;
  }();
  return table[static_cast<unsigned char>(c)];
}

/// An istream's buffer over memory that somebody else owns: yaml-cpp reads from nothing else. Ends early
/// where the parser swallows too much without an event.
class FeedBuffer : public std::streambuf {
 public:
  explicit FeedBuffer(std::string_view text) : text_(text) {}

  /// An event came, of a node at this offset.
  void progress(std::size_t at) {
    last_event_ = at;
    held_back_ = 0;
  }
  /// Where it was cut off, if it was: the last event before that.
  std::optional<std::size_t> starved_at() const { return starved_at_; }

 protected:
  int_type underflow() override {
    if (!starved_at_ && (held_back_ > max_held_back || fed_ > last_event_ + max_ahead))
      starved_at_ = last_event_;
    if (starved_at_ || fed_ == text_.size()) return traits_type::eof();
    const std::string_view piece = text_.substr(fed_, chunk);
    held_back_ += static_cast<std::size_t>(std::count_if(piece.begin(), piece.end(), may_begin_token));
    fed_ += piece.size();
    char* begin = const_cast<char*>(piece.data());  // a get area is never written to
    setg(begin, begin, begin + piece.size());
    return traits_type::to_int_type(*begin);
  }

 private:
  std::string_view text_;
  std::size_t fed_ = 0, last_event_ = 0, held_back_ = 0;
  std::optional<std::size_t> starved_at_;
};

/// Hands yaml-cpp's events on. Its marks are octet offsets into the stream, which begins after any BOM.
class Events : public YAML::EventHandler {
 public:
  Events(DocumentBuilder& builder, FeedBuffer& feed) : builder_(builder), feed_(feed) {}

  void OnDocumentStart(const YAML::Mark& mark) override { builder_.start_document(offset(mark)); }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override { builder_.null(offset(mark), anchor); }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    builder_.alias(offset(mark), anchor);
  }
  void OnScalar(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                const std::string& text) override {
    builder_.scalar(offset(mark), anchor, text);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    builder_.start(Kind::list, offset(mark), anchor);
  }
  void OnSequenceEnd() override { builder_.end(); }
  void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    builder_.start(Kind::map, offset(mark), anchor);
  }
  void OnMapEnd() override { builder_.end(); }

 private:
  std::size_t offset(const YAML::Mark& mark) {
    const std::size_t at = mark.pos < 0 ? 0 : static_cast<std::size_t>(mark.pos);
    feed_.progress(at);
    return at;
  }

  DocumentBuilder& builder_;
  FeedBuffer& feed_;
};

void explain_starved(Problems& problems, std::size_t at) {
  problems.add(code::limit,
               {problems.file(), static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + 1)},
               "too much stands here before anything can be read out of it",
               "a bracket or a quote may not be closed; write a large list as lines that begin with \"- \", "
               "not in brackets");
}

}  // namespace

std::optional<Document> read_yaml(const Limits& limits, Problems& problems) {
  if (!precheck(problems)) return std::nullopt;
  DocumentBuilder builder(limits, problems);
  FeedBuffer feed(problems.sources().text(problems.file()));
  Events events(builder, feed);
  std::istream stream(&feed);
  try {
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(events)) {
    }
  } catch (const DocumentBuilder::Stop&) {
    return std::nullopt;  // the builder has said why
  } catch (const YAML::Exception& error) {
    if (!feed.starved_at()) {
      explain_yaml_error(problems, error.msg,
                         error.mark.pos < 0 ? 0 : static_cast<std::size_t>(error.mark.pos));
      return std::nullopt;
    }
  }
  if (feed.starved_at()) {
    explain_starved(problems, *feed.starved_at());
    return std::nullopt;
  }
  return builder.finish();
}

}  // namespace rdnsgate::inventory
