// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "yaml/own_json.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <stdexcept>
#include <vector>

namespace rdnsgate::yaml {
namespace {

/// nlohmann's events, into nodes.
class JsonEvents : public nlohmann::json_sax<nlohmann::json> {
 public:
  explicit JsonEvents(Document& document) : document_(document) {}

  bool null() override { return scalar(Kind::null, ""); }
  bool boolean(bool value) override { return scalar(Kind::boolean, value ? "true" : "false"); }
  bool number_integer(number_integer_t value) override {
    return scalar(Kind::integer, fmt::to_string(value));
  }
  bool number_unsigned(number_unsigned_t value) override {
    return scalar(Kind::integer, fmt::to_string(value));
  }
  bool number_float(number_float_t, const string_t& text) override { return scalar(Kind::real, text); }
  bool string(string_t& text) override { return scalar(Kind::text, text); }
  bool key(string_t& text) override { return scalar(Kind::text, text); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return start(Kind::map); }
  bool end_object() override { return end(); }
  bool start_array(std::size_t) override { return start(Kind::list); }
  bool end_array() override { return end(); }
  bool parse_error(std::size_t at, const std::string&, const nlohmann::json::exception& error) override {
    throw std::logic_error(fmt::format("compiled-in JSON is broken at octet {}: {}", at, error.what()));
  }

 private:
  bool scalar(Kind kind, std::string_view text) {
    append(document_.add_scalar(kind, 0, 0, text, std::string_view::npos));
    return true;
  }
  bool start(Kind kind) {
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
  std::vector<Frame> open_;
};

}  // namespace

Document read_own_json(std::string_view text) {
  Document document(0, {});
  JsonEvents events(document);
  nlohmann::json::sax_parse(text, &events);
  return document;
}

}  // namespace rdnsgate::yaml
