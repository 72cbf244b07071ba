// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "yaml/own_json.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/text/pattern.h"

namespace rdnsgate::yaml {
namespace {

/// nlohmann's events, into nodes.
class JsonEvents : public nlohmann::json_sax<nlohmann::json> {
 public:
  /// `pattern_word`: what a member "pattern" that is a text is called; empty: as it is.
  JsonEvents(Document& document, std::string_view pattern_word) : document_(document), pattern_word_(pattern_word) {}

  bool null() override { return scalar(Kind::null, ""); }
  bool boolean(bool value) override { return scalar(Kind::boolean, value ? "true" : "false"); }
  bool number_integer(number_integer_t value) override {
    return scalar(Kind::integer, fmt::to_string(value));
  }
  bool number_unsigned(number_unsigned_t value) override {
    return scalar(Kind::integer, fmt::to_string(value));
  }
  bool number_float(number_float_t, const string_t& text) override { return scalar(Kind::real, text); }
  bool string(string_t& text) override {
    if (key_ == "pattern" && !pattern_word_.empty()) key_ = pattern_word_;
    return scalar(Kind::text, text);
  }
  bool key(string_t& text) override {
    key_ = text;
    return true;
  }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return start(Kind::map); }
  bool end_object() override { return end(); }
  bool start_array(std::size_t) override { return start(Kind::list); }
  bool end_array() override { return end(); }
  bool parse_error(std::size_t at, const std::string&, const nlohmann::json::exception& error) override {
    throw std::logic_error(fmt::format("compiled-in JSON is broken at octet {}: {}", at, error.what()));
  }

 private:
  bool scalar(Kind kind, std::string_view text) { return add_key(), add(kind, text), true; }
  void add(Kind kind, std::string_view text) {
    append(document_.add_scalar(kind, 0, 0, text, std::string_view::npos));
  }
  /// What a member is called may depend on its value: its key waits for that.
  void add_key() {
    if (key_) add(Kind::text, *key_);
    key_.reset();
  }
  bool start(Kind kind) {
    add_key();
    open_.push_back({document_.add_collection(kind, 0), no_node});
    return true;
  }
  bool end() {
    const NodeId closed = open_.back().id;
    open_.pop_back();
    append(closed);
    return true;
  }
  void append(NodeId id) {
    if (open_.empty()) return;
    document_.link(open_.back().id, open_.back().last, id);
    open_.back().last = id;
  }

  struct Frame {
    NodeId id, last;
  };
  Document& document_;
  std::string_view pattern_word_;
  std::optional<std::string> key_;  // of a member whose value is to come
  std::vector<Frame> open_;
};

Document read(std::string_view text, std::string_view pattern_word) {
  Document document(0, {});
  JsonEvents events(document, pattern_word);
  nlohmann::json::sax_parse(text, &events);
  return document;
}

}  // namespace

Document read_own_json(std::string_view text) { return read(text, {}); }

Document read_own_schema(std::string_view text) { return read(text, pattern_keyword); }

}  // namespace rdnsgate::yaml
