// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "yaml/emitter.h"

#include <yaml-cpp/emitter.h>
#include <yaml-cpp/emittermanip.h>

#include <algorithm>

#include "base/ascii.h"
#include "yaml/yaml11.h"

namespace rdnsgate::yaml {
namespace {

bool is_plain_character(char c) { return is_alphanumeric(c) || c == '-' || c == '.' || c == '_'; }

/// Neither a number, a date, a word with a meaning nor anything with a sign of YAML's, in any of its versions.
bool stands_for_itself(std::string_view text) {
  for (const char c : text) {
    if (!is_plain_character(c)) return false;
  }
  return !text.empty() && text.front() != '-' && text.front() != '.' &&
         text.find_first_not_of("0123456789.eE_-") != std::string_view::npos && !yaml11_rewrites(text) &&
         text != "null" && text != "true" && text != "false";
}

}  // namespace

Emitter::Emitter() : out_(std::make_unique<YAML::Emitter>()) {}
Emitter::~Emitter() = default;

Emitter& Emitter::begin_map(Form form) {
  *out_ << (form == Form::block ? YAML::Block : YAML::Flow) << YAML::BeginMap;
  return *this;
}

Emitter& Emitter::end_map() {
  *out_ << YAML::EndMap;
  return *this;
}

Emitter& Emitter::begin_list(Form form) {
  *out_ << (form == Form::block ? YAML::Block : YAML::Flow) << YAML::BeginSeq;
  return *this;
}

Emitter& Emitter::end_list() {
  *out_ << YAML::EndSeq;
  return *this;
}

Emitter& Emitter::key(std::string_view name) {
  *out_ << YAML::Key;
  text(name);
  *out_ << YAML::Value;
  return *this;
}

Emitter& Emitter::quoted_key(std::string_view name) {
  *out_ << YAML::Key;
  quoted(name);
  *out_ << YAML::Value;
  return *this;
}

Emitter& Emitter::text(std::string_view text) {
  return stands_for_itself(text) ? plain(text) : quoted(text);
}

Emitter& Emitter::quoted(std::string_view text) {
  *out_ << YAML::DoubleQuoted << std::string(text);
  return *this;
}

Emitter& Emitter::plain(std::string_view text) {
  *out_ << std::string(text);
  return *this;
}

Emitter& Emitter::number(std::uint64_t number) {
  *out_ << number;
  return *this;
}

std::string Emitter::take() const { return std::string(out_->c_str()) + '\n'; }

std::string indented(std::string_view lines, std::size_t indent, std::string_view mark) {
  std::string out;
  for (std::size_t at = 0; at < lines.size();) {
    const auto end = std::min(lines.find('\n', at), lines.size());
    out += at == 0 ? std::string(indent - mark.size(), ' ') + std::string(mark) : std::string(indent, ' ');
    out.append(lines.substr(at, end - at)).append("\n");
    at = end + 1;
  }
  return out;
}

}  // namespace rdnsgate::yaml
