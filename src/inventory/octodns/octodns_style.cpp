// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "inventory/octodns/octodns_style.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.h"
#include "yaml/collection_edit.h"
#include "yaml/yaml11.h"

namespace rdnsgate::inventory {
namespace {

using dns::RrType;

/// No reader of YAML, 1.1 or 1.2, takes it for anything but this text.
bool may_be_plain(std::string_view text, bool in_flow) {
  constexpr std::string_view no_beginning = "-?:,[]{}#&*!|>'\"%@`=~<. ";
  if (text.empty() || no_beginning.find(text.front()) != std::string_view::npos || text.back() == ':' ||
      text.back() == ' ')
    return false;
  if (std::any_of(text.begin(), text.end(), [](char c) { return c < 0x20 || c > 0x7e; })) return false;
  if (text.find(": ") != std::string_view::npos || text.find(" #") != std::string_view::npos) return false;
  if (in_flow && text.find_first_of(",[]{}:?") != std::string_view::npos) return false;
  const bool date = text.size() > 4 && is_digit(text[0]) && is_digit(text[3]) && text[4] == '-';
  return !date && yaml::plain_scalar_kind(text) == yaml::Kind::text && !yaml::yaml11_rewrites(text);
}

std::string indented(std::string_view lines, std::size_t first, std::size_t rest) {
  std::string out(first, ' ');
  for (const char c : lines) {
    out += c;
    if (c == '\n') out.append(rest, ' ');
  }
  return out;
}

std::size_t column(std::string_view text, std::size_t offset) {
  return offset - yaml::line_start(text, offset);
}

bool is_flow_or_scalar(const yaml::Value& value, std::string_view text) {
  return value.is_alias() || !(value.is_list() || value.is_map()) || yaml::is_flow(value, text) ||
         value.size() == 0;
}

}  // namespace

bool has_octodns_value(RrType type) {
  return type == RrType::A || type == RrType::AAAA || type == RrType::PTR || type == RrType::CNAME ||
         type == RrType::NS || type == RrType::TXT;
}

bool is_ambiguous_text(RrType type, const std::string& rdata) {
  return type == RrType::TXT && dns::txt_joined(rdata).find_first_of("\\\"") != std::string::npos;
}

std::string octodns_value(RrType type, const std::string& rdata, bool escape_semicolons) {
  if (type != RrType::TXT) return dns::rdata_text(type, rdata);
  std::string out;
  for (const char c : dns::txt_joined(rdata)) {
    if (c == ';' && escape_semicolons) out += '\\';
    out += c;
  }
  return out;
}

/// What the first places show; where there are none, as octoDNS's documentation has it.
OctodnsStyle::OctodnsStyle(const yaml::Value& root, std::string_view text) {
  if (!root.is_map()) return;
  const auto first = root.first();
  json_ = yaml::is_flow(root, text) && first && text[first->span().begin] == '"';
  bool found_quote = false, found_map = false, found_list = false;
  const auto look_at = [&](const yaml::Value& key, const yaml::Value& value) {
    if (const char c = text[key.span().begin]; !found_quote && (c == '"' || c == '\'')) {
      quote_ = c;
      found_quote = true;
    }
    if (is_flow_or_scalar(value, text)) return;
    const auto at = column(text, value.span().begin), outer = column(text, key.span().begin);
    auto& indent = value.is_map() ? map_indent_ : list_indent_;
    auto& found = value.is_map() ? found_map : found_list;
    if (!found && at >= outer) {
      indent = at - outer;
      found = true;
    }
  };
  const auto look_at_texts = [&](const yaml::Value& value) {
    if (!value.is_text()) return;
    const auto written = value.text();
    for (auto at = written.find(';'); at != std::string_view::npos; at = written.find(';', at + 1))
      escape_semicolons_ = escape_semicolons_ && at > 0 && written[at - 1] == '\\';
  };
  const auto look_into = [&](const yaml::Value& record) {
    yaml::for_each_member(record, [&](const yaml::Value& key, const yaml::Value& value) {
      if (!is_flow_or_scalar(value, text) && !yaml::is_flow(record, text)) look_at(key, value);
      if (key.text() == "value") look_at_texts(value);
      yaml::for_each_item(value, look_at_texts);
    });
  };
  yaml::for_each_member(root, [&](const yaml::Value& key, const yaml::Value& value) {
    look_at(key, value);
    look_into(value);
    yaml::for_each_item(value, look_into);
  });
}

std::string OctodnsStyle::quoted(std::string_view text, char quote) const {
  std::string out(1, quote);
  for (const char c : text) {
    if (quote == '"' && (c == '"' || c == '\\')) out += '\\';
    if (quote == '\'' && c == '\'') out += c;
    out += c;
  }
  return out + quote;
}

std::string OctodnsStyle::scalar(std::string_view text, bool in_flow) const {
  if (json_) return quoted(text, '"');
  return may_be_plain(text, in_flow) ? std::string(text) : quoted(text, quote_);
}

std::string OctodnsStyle::like(std::string_view written, std::string_view text, bool in_flow) const {
  const char first = written.empty() ? '\0' : written.front();
  return first == '"' || first == '\'' ? quoted(text, first) : scalar(text, in_flow);
}

std::string OctodnsStyle::flow_list(const std::vector<std::string>& values) const {
  std::vector<std::string> items;
  for (const auto& value : values) items.push_back(scalar(value, true));
  return fmt::format("[{}]", fmt::join(items, ", "));
}

std::string OctodnsStyle::flow(const OctodnsRecord& record) const {
  const bool one = record.values.size() == 1;
  return fmt::format("{{{}: {}, {}: {}, {}: {}}}", key("ttl"), record.ttl, key("type"),
                     scalar(record.type, true), key(one ? "value" : "values"),
                     one ? scalar(record.values.front(), true) : flow_list(record.values));
}

std::string OctodnsStyle::block(const OctodnsRecord& record) const {
  auto out = fmt::format("ttl: {}\ntype: {}\n", record.ttl, record.type);
  if (record.values.size() == 1) return out + "value: " + scalar(record.values.front());
  out += "values:";
  for (const auto& value : record.values) out += "\n" + std::string(list_indent_, ' ') + "- " + scalar(value);
  return out;
}

std::string OctodnsStyle::entry(std::string_view key, std::span<const OctodnsRecord> records,
                                bool in_flow) const {
  // `y` and `n` are truth values to some.
  const auto name = key == "y" || key == "n" ? quoted(key, json_ ? '"' : quote_) : scalar(key, in_flow);
  if (in_flow) {
    std::vector<std::string> items;
    for (const auto& record : records) items.push_back(flow(record));
    return items.size() == 1 ? fmt::format("{}: {}", name, items.front())
                             : fmt::format("{}: [{}]", name, fmt::join(items, ", "));
  }
  auto out = name + ":";
  for (const auto& record : records) {
    out += '\n';
    out += records.size() == 1
               ? indented(block(record), map_indent_, map_indent_)
               : std::string(list_indent_, ' ') + "- " + indented(block(record), 0, list_indent_ + 2);
  }
  return out;
}

}  // namespace rdnsgate::inventory
