// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "inventory/octodns/octodns_record.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <unordered_set>

#include "base/ascii.h"
#include "base/ip.h"
#include "base/wording.h"
#include "yaml/yaml11.h"

namespace rdnsgate::inventory {
namespace {

constexpr std::string_view merge_key = "<<";

/// What a word may hold without being read as anything but itself by a reader of presentation format.
bool is_word_character(char c) {
  return is_alphanumeric(c) || c == '+' || c == '/' || c == '=';
}

bool is_control_octet(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

/// A character-string between quotation marks (RFC 1035 §5.1).
std::string quoted_string(std::string_view octets) {
  std::string out = "\"";
  for (const char c : octets) {
    const auto octet = static_cast<unsigned char>(c);
    if (octet >= 0x20 && octet < 0x7F && c != '"' && c != '\\') {
      out += c;
    } else {
      fmt::format_to(std::back_inserter(out), "\\{:03}", octet);
    }
  }
  return out + '"';
}

/// The octets that a text of octoDNS stands for: it writes them between quotation marks into a zone, where
/// `\;` is a semicolon and `\DDD` an octet; with quotation marks of its own it has them taken off
/// (octodns/record/chunked.py).
std::optional<std::string> unescaped(std::string text) {
  if (!text.empty() && text.front() == '"') {
    text.erase(0, 1);
    if (!text.empty()) text.pop_back();
  }
  constexpr std::string_view joint = "\" \"";
  for (std::size_t at = text.find(joint); at != std::string::npos; at = text.find(joint, at))
    text.erase(at, joint.size());
  std::string octets;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '\\') {
      octets += text[at];
      continue;
    }
    if (++at == text.size()) return std::nullopt;
    if (!is_digit(text[at])) {
      octets += text[at];
      continue;
    }
    unsigned octet = 0;
    const auto digits = std::string_view(text).substr(at, 3);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), octet);
    if (error != std::errc() || end != digits.data() + 3 || octet > 255) return std::nullopt;
    octets += static_cast<char>(octet);
    at += 2;
  }
  return octets;
}

}  // namespace

std::optional<yaml::Value> member(const Members& members, std::string_view key) {
  const auto found = std::find_if(members.begin(), members.end(),
                                  [&](const auto& pair) { return pair.first.text() == key; });
  return found == members.end() ? std::nullopt : std::optional(found->second);
}

Members merged_members(const yaml::Value& map, std::vector<RecordProblem>& problems) {
  Members members;
  std::unordered_set<std::string_view> seen;
  std::vector<yaml::Value> waiting{map};  // the next one to merge comes last
  bool merging = false;
  while (!waiting.empty()) {
    const yaml::Value next = waiting.back();
    waiting.pop_back();
    if (!next.is_map()) {
      problems.push_back(
          {next.span(), fmt::format("only a mapping can be merged; this is {}", yaml::describe(next)), {}});
      continue;
    }
    const auto merged = next.get(merge_key);
    if (merged && !merging) {  // the keys of one map differ: only now can one come twice
      merging = true;
      for (const auto& [key, value] : members) seen.insert(key.text());
    }
    yaml::for_each_member(next, [&](const yaml::Value& key, const yaml::Value& value) {
      if (key.text() != merge_key && (!merging || seen.insert(key.text()).second))
        members.emplace_back(key, value);
    });
    if (!merged) continue;
    const auto first = waiting.size();
    if (!merged->is_list()) waiting.push_back(*merged);
    yaml::for_each_item(*merged, [&](const yaml::Value& one) { waiting.push_back(one); });
    std::reverse(waiting.begin() + static_cast<std::ptrdiff_t>(first), waiting.end());
  }
  return members;
}

std::optional<std::string_view> octodns_text(const Sources& sources, const yaml::Value& value, bool numbers,
                                             std::vector<RecordProblem>& problems) {
  const bool number = value.kind() == yaml::Kind::integer || value.kind() == yaml::Kind::real;
  if (!value.is_text() && !(number && numbers)) {
    const bool scalar = !value.is_list() && !value.is_map();
    problems.push_back({value.span(), fmt::format("this has to be a text; it is {}", to_string(value.kind())),
                        scalar ? "quote it if it is one" : ""});
    return std::nullopt;
  }
  const auto written = sources.text(value.span());
  const bool is_plain =
      written.empty() || std::string_view("'\"|>*").find(written.front()) == std::string_view::npos;
  if (is_plain && yaml::yaml11_rewrites(value.text())) {
    problems.push_back(
        {value.span(), fmt::format("octoDNS does not read {} as it is written here", in_quotes(value.text())),
         "quote it: without quotes it is a number or a truth value in YAML 1.1"});
    return std::nullopt;
  }
  return value.text();
}

std::nullopt_t RecordReader::refuse(const yaml::Value& at, std::string message, std::string hint) {
  problems_.push_back({at.span(), std::move(message), std::move(hint)});
  return std::nullopt;
}

std::vector<std::string> RecordReader::read(const OctodnsType& type, const yaml::Value& record,
                                            const Members& members) {
  auto values = type.single ? std::nullopt : member(members, "values");
  if (!values) values = member(members, "value");
  std::vector<std::string> all;
  if (!values || values->kind() == yaml::Kind::null || (values->is_list() && values->size() == 0)) {
    refuse(values ? *values : record, fmt::format("this {} record has no value", type.name),
           type.single ? "give it a \"value:\"" : "give it a \"value:\", or \"values:\" with a list");
    return all;
  }
  const auto add = [&](const yaml::Value& one) {
    if (auto rdata = wire(type, one)) all.push_back(std::move(*rdata));
  };
  if (values->is_list() && !type.single) {
    yaml::for_each_item(*values, add);
  } else {
    add(*values);
  }
  return all;
}

std::optional<std::string> RecordReader::wire(const OctodnsType& type, const yaml::Value& value) {
  if (type.part == OctodnsPart::strings) return strings(value);
  const auto text = type.part == OctodnsPart::fields ? fields(type, value) : part(type.part, "value", value);
  if (!text) return std::nullopt;
  auto rdata = rdata_.read(type.name, *text);
  if (rdata) return std::move(*rdata);
  return refuse(value, rdata.error().message, rdata.error().hint);
}

std::optional<std::string> RecordReader::fields(const OctodnsType& type, const yaml::Value& value) {
  if (!value.is_map()) {
    std::vector<std::string_view> keys;
    for (const auto& field : type.fields) keys.push_back(field.key);
    return refuse(
        value,
        fmt::format("the value of {} record is a mapping; this is {}", type.name, yaml::describe(value)),
        fmt::format("its keys are {}", fmt::join(keys, ", ")));
  }
  const auto members = merged_members(value, problems_);
  std::string text;
  bool complete = true;
  for (const auto& field : type.fields) {
    auto found = member(members, field.key);
    if (!found && !field.alias.empty()) found = member(members, field.alias);
    std::optional<std::string> read;
    if (found) {
      read = part(field.part, field.key, *found);
    } else if (!field.fallback.empty()) {
      read = std::string(field.fallback);
    } else {
      refuse(value, fmt::format("this {} record has no \"{}\"", type.name, field.key));
    }
    complete = complete && read;
    if (!text.empty()) text += ' ';
    if (read) text += *read;
  }
  return complete ? std::optional(text) : std::nullopt;
}

std::optional<std::string> RecordReader::part(OctodnsPart part, std::string_view key,
                                              const yaml::Value& value) {
  switch (part) {
    case OctodnsPart::ipv4:
    case OctodnsPart::ipv6:
      return address(part == OctodnsPart::ipv6, value);
    case OctodnsPart::target:
      return target(value);
    case OctodnsPart::octet:
      return integer(key, 255, value);
    case OctodnsPart::number:
      return integer(key, 65535, value);
    case OctodnsPart::decimal:
      return decimal(key, value);
    case OctodnsPart::metres:
      if (auto text = decimal(key, value)) return *text + 'm';
      return std::nullopt;
    case OctodnsPart::word:
      return word(key, value);
    case OctodnsPart::string:
      return string(key, value);
    case OctodnsPart::strings:
    case OctodnsPart::fields:
      break;
  }
  return std::nullopt;
}

std::optional<std::string> RecordReader::address(bool v6, const yaml::Value& value) {
  const auto text = octodns_text(sources_, value, false, problems_);
  if (!text) return std::nullopt;
  const auto address = IpAddress::parse(*text);
  if (address && address->is_v6() == v6) return address->to_string();
  return refuse(value, fmt::format("{} is not an {} address", in_quotes(*text), v6 ? "IPv6" : "IPv4"),
                address ? v6 ? "an IPv4 address belongs into a record of type A"
                             : "an IPv6 address belongs into a record of type AAAA"
                        : address.error().hint);
}

std::optional<std::string> RecordReader::target(const yaml::Value& value) {
  const auto text = octodns_text(sources_, value, false, problems_);
  if (!text) return std::nullopt;
  if (std::any_of(text->begin(), text->end(), [](char c) { return c == ' ' || is_control_octet(c); }))
    return refuse(value, fmt::format("{} is not a domain name", in_quotes(*text)));
  if (!text->ends_with('.')) {
    return refuse(
        value, fmt::format("{} has no final dot: octoDNS takes only absolute names here", in_quotes(*text)),
        fmt::format("write {}.", shortened(*text)));
  }
  const auto name = dns::Name::from_host(*text);
  if (name) return name->fqdn();
  return refuse(value, name.error().message, name.error().hint);
}

std::optional<std::string> RecordReader::integer(std::string_view key, std::uint64_t most,
                                                 const yaml::Value& value) {
  const auto text = octodns_text(sources_, value, true, problems_);
  if (!text) return std::nullopt;
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
  if (error == std::errc() && end == text->data() + text->size() && number <= most)
    return std::to_string(number);
  return refuse(value, fmt::format("{} is not a {} from 0 to {}", yaml::describe(value), key, most));
}

std::optional<std::string> RecordReader::decimal(std::string_view key, const yaml::Value& value) {
  const auto text = octodns_text(sources_, value, true, problems_);
  if (!text) return std::nullopt;
  const auto digits = text->substr(text->starts_with('-') ? 1 : 0);
  if (!digits.empty() && digits.size() < 16 && is_digit(digits.front()) &&
      digits.find_first_not_of("0123456789.") == std::string_view::npos)
    return std::string(*text);
  return refuse(value, fmt::format("{} is not a number for {}", yaml::describe(value), key));
}

std::optional<std::string> RecordReader::word(std::string_view key, const yaml::Value& value) {
  const auto text = octodns_text(sources_, value, true, problems_);
  if (!text) return std::nullopt;
  if (!text->empty() && std::all_of(text->begin(), text->end(), is_word_character)) return std::string(*text);
  return refuse(value, fmt::format("{} is not a {}", yaml::describe(value), key),
                "it has letters, digits and the signs of base64, without spaces");
}

std::optional<std::string> RecordReader::string(std::string_view key, const yaml::Value& value) {
  const auto text = octodns_text(sources_, value, false, problems_);
  if (!text) return std::nullopt;
  if (std::any_of(text->begin(), text->end(), is_control_octet))
    return refuse(value, fmt::format("there is a control character or a line end in this {}", key));
  return quoted_string(*text);
}

std::optional<std::string> RecordReader::strings(const yaml::Value& value) {
  const auto text = octodns_text(sources_, value, false, problems_);
  if (!text) return std::nullopt;
  if (std::any_of(text->begin(), text->end(), is_control_octet)) {
    return refuse(value, "there is a control character or a line end in this text",
                  "write it on one line, or folded with >-");
  }
  const auto octets = unescaped(std::string(*text));
  if (!octets) {
    return refuse(value, "a backslash stands here before nothing that it can escape",
                  "write it twice; before three digits it stands for an octet (RFC 1035 §5.1)");
  }
  auto rdata = dns::txt_rdata(*octets);
  if (rdata.size() <= 65535) return rdata;
  return refuse(
      value, fmt::format("this text has {} octets; a record holds 65535 with their lengths", octets->size()));
}

}  // namespace rdnsgate::inventory
