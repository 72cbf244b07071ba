// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "inventory/octodns/octodns_record_edit.h"

#include <algorithm>

#include "base/text/natural_order.h"
#include "inventory/octodns/octodns_record.h"
#include "inventory/octodns/octodns_zone.h"
#include "yaml/collection_edit.h"

namespace rdnsgate::inventory {
namespace {

using dns::RrType;
using yaml::Value;

struct Pair {
  Value key, value;
};

std::optional<Pair> own_member(const Value& map, std::string_view name) {
  std::optional<Pair> found;
  yaml::for_each_member(map, [&](const Value& key, const Value& value) {
    if (key.text() == name) found.emplace(Pair{key, value});
  });
  return found;
}

}  // namespace

bool same_data(RrType type, const std::string& a, const std::string& b) {
  return a == b || (type == RrType::TXT && dns::txt_joined(a) == dns::txt_joined(b));
}

OctodnsRecord octodns_record_of(const dns::RRsetChange& change, const OctodnsStyle& style) {
  OctodnsRecord record{dns::to_string(change.type), change.ttl, {}};
  for (const auto& rdata : change.rdata)
    record.values.push_back(octodns_value(change.type, rdata, style.escapes_semicolons()));
  std::sort(record.values.begin(), record.values.end(),
            [](const std::string& a, const std::string& b) { return natural_compare(a, b) < 0; });
  return record;
}

bool OctodnsRecordEdit::run(const Value& record, RrType type, const std::vector<std::string>& data,
                            const dns::RRsetChange& change, std::size_t deeper) {
  deeper_ = deeper;
  const bool inherits = !own_member(record, "type") || own_member(record, "<<") ||
                        (!own_member(record, "value") && !own_member(record, "values"));
  if (record.is_alias() || inherits) return rewrite(record, change);
  if (type != change.type) set_type(own_member(record, "type")->value, dns::to_string(change.type));
  return set_ttl(record, change.ttl) && set_values(record, type, data, change);
}

void OctodnsRecordEdit::replace(const Value& scalar, std::string_view value, bool in_flow) {
  const auto span = scalar.span();
  const auto end = yaml::content_end(scalar, text_);
  const auto written = text_.substr(span.begin, end - span.begin);
  edits_.push_back(
      {span.begin, end, style_.like(scalar.is_alias() ? std::string_view() : written, value, in_flow)});
}

void OctodnsRecordEdit::set_type(const Value& type, std::string_view name) { replace(type, name, true); }

/// A line that begins in the column of what stands at `offset`, and `more` columns further in.
std::string OctodnsRecordEdit::own_line(std::size_t offset, std::size_t more) const {
  return "\n" + std::string(offset - yaml::line_start(text_, offset) + deeper_ + more, ' ');
}

bool OctodnsRecordEdit::set_ttl(const Value& record, std::uint32_t ttl) {
  const auto number = std::to_string(ttl);
  if (const auto own = own_member(record, "ttl")) {
    if (own->value.text() != number)
      edits_.push_back({own->value.span().begin, own->value.span().end, number});
    return !own->value.is_list() && !own->value.is_map();
  }
  if (ttl == octodns_default_ttl) return true;
  const bool flow = yaml::is_flow(record, text_);
  const auto entry = style_.key("ttl") + ": " + number;
  std::optional<Value> after;
  yaml::for_each_member(record, [&](const Value& key, const Value&) {
    if (!after && natural_compare(key.text(), "ttl") > 0) after = key;
  });
  if (!after) return false;  // `type` always comes behind it, unless somebody has another order
  const auto at = after->span().begin;
  edits_.push_back({at, at, entry + (flow ? ", " : own_line(at, 0))});
  return true;
}

bool OctodnsRecordEdit::set_values(const Value& record, RrType type, const std::vector<std::string>& data,
                                   const dns::RRsetChange& change) {
  std::vector<std::size_t> leaving;
  auto coming = change.rdata;
  for (std::size_t i = 0; i < data.size(); ++i) {
    const auto stays = std::find_if(coming.begin(), coming.end(), [&](const std::string& rdata) {
      return type == change.type && same_data(type, data[i], rdata);
    });
    if (stays == coming.end()) {
      leaving.push_back(i);
    } else {
      coming.erase(stays);
    }
  }
  if (leaving.empty() && coming.empty()) return true;
  if (!has_octodns_value(change.type)) return false;
  dns::RRsetChange rest = change;
  rest.rdata = std::move(coming);
  auto values = octodns_record_of(rest, style_).values;
  const auto one = own_member(record, "value"), many = own_member(record, "values");
  if (one && many) return false;
  const auto& member = many ? *many : *one;
  const bool in_flow = yaml::is_flow(record, text_);
  if (member.value.is_list())
    return data.size() == member.value.size() && !member.value.is_alias() &&
           set_list(member.value, leaving, std::move(values));
  if (member.value.is_map() || data.size() != 1) return false;
  if (!leaving.empty()) {
    replace(member.value, values.front(), in_flow);
    values.erase(values.begin());
  }
  return values.empty() || make_list(member.key, member.value, values, in_flow);
}

/// Those that leave make room for those that come.
bool OctodnsRecordEdit::set_list(const Value& list, const std::vector<std::size_t>& leaving,
                                 std::vector<std::string> coming) {
  yaml::CollectionEdit edit(list, text_, deeper_);
  std::vector<Value> items;
  yaml::for_each_item(list, [&](const Value& item) { items.push_back(item); });
  std::size_t used = 0;
  for (const auto index : leaving) {
    if (used < coming.size()) {
      replace(items[index], coming[used++], edit.flow());
    } else {
      edit.remove(index);
    }
  }
  for (; used < coming.size(); ++used) edit.insert(edit.size(), style_.scalar(coming[used], edit.flow()));
  return edit.write(edits_);
}

/// `value: a` becomes `values:`, with the value and more of them.
bool OctodnsRecordEdit::make_list(const Value& key, const Value& value, const std::vector<std::string>& more,
                                  bool in_flow) {
  const auto at = key.span();
  const bool quoted = text_[at.begin] == '"' || text_[at.begin] == '\'';
  const auto end = at.end - (quoted ? 1U : 0U);
  if (key.text() == "value") edits_.push_back({end, end, "s"});
  const auto begin = value.span().begin;
  const auto stop = yaml::content_end(value, text_);
  if (in_flow) {
    std::string rest;
    for (const auto& one : more) rest += ", " + style_.scalar(one, true);
    edits_.push_back({begin, begin, "["});
    edits_.push_back({stop, stop, rest + "]"});
    return true;
  }
  const auto indent = own_line(at.begin, style_.list_indent());
  const auto colon = text_.find(':', at.end);
  if (colon == std::string_view::npos ||
      text_.substr(colon + 1, begin - colon - 1).find_first_not_of(" \t") != std::string_view::npos)
    return false;
  edits_.push_back({colon + 1, begin, indent + "- "});
  std::string lines;
  for (const auto& one : more) lines += indent + "- " + style_.scalar(one);
  const auto line_end = std::min(text_.find_first_of("\r\n", stop), text_.size());
  edits_.push_back({line_end, line_end, lines});
  return true;
}

/// On one line, in place of an alias or of what takes its members from elsewhere.
bool OctodnsRecordEdit::rewrite(const Value& record, const dns::RRsetChange& change) {
  if (!has_octodns_value(change.type)) return false;
  std::vector<RecordProblem> problems;
  for (const auto& [key, value] : merged_members(record, problems)) {
    const auto name = key.text();
    if (name != "ttl" && name != "type" && name != "value" && name != "values") return false;
  }
  edits_.push_back({record.span().begin, yaml::content_end(record, text_),
                    style_.flow(octodns_record_of(change, style_))});
  return true;
}

}  // namespace rdnsgate::inventory
