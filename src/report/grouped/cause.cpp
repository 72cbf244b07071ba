// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "report/grouped/cause.h"

#include <algorithm>
#include <set>
#include <variant>
#include <vector>

#include "base/ascii.h"
#include "base/ip.h"
#include "base/text/text.h"

namespace rdnsgate::report {
namespace {

bool is_hex(char c) { return hex_digit(c) >= 0; }

/// What names, addresses and blocks are made of.
bool is_of_word(char c) {
  return is_alphanumeric(c) || c == '.' || c == ':' || c == '-' || c == '_' || c == '/' || c == '*';
}

/// A part of a label between hyphens: a number, also in hexadecimal digits, is `#`.
std::string part_shape(std::string_view part) {
  const bool number =
      std::all_of(part.begin(), part.end(), is_hex) && std::any_of(part.begin(), part.end(), is_digit);
  if (number) return "#";
  std::string out;
  for (const char c : part) {
    if (!is_digit(c))
      out += to_lower(c);
    else if (!out.ends_with('#'))
      out += '#';
  }
  return out;
}

std::string label_shape(std::string_view label) {
  std::string out;
  while (true) {
    const std::size_t hyphen = label.find('-');
    out += part_shape(label.substr(0, hyphen));
    if (hyphen == std::string_view::npos) return out;
    out += '-';
    label.remove_prefix(hyphen + 1);
  }
}

bool is_reverse(std::string_view name) {
  const auto lower = ascii_lower(name);
  return lower.ends_with(".in-addr.arpa") || lower.ends_with(".ip6.arpa");
}

/// A name of two labels at least, one of which is no number.
bool is_name(std::string_view word) {
  const std::size_t dot = word.find('.');
  return dot != 0 && dot != std::string_view::npos && dot + 1 < word.size() &&
         std::any_of(word.begin(), word.end(), is_letter) &&
         word.find_first_of(":/") == std::string_view::npos;
}

std::string_view host_label(std::string_view name) {
  const bool deep = std::count(name.begin(), name.end(), '.') >= 2;
  return deep ? name.substr(0, name.find('.')) : std::string_view();
}

std::string name_shape(std::string_view name, std::string_view host, bool own_names) {
  if (is_reverse(name)) return "{reverse}";
  std::string out;
  if (const auto label = host_label(name); !label.empty() && (own_names || label == host)) {
    out = "*";
    name.remove_prefix(label.size());
  }
  while (!name.empty()) {
    const std::size_t dot = name.find('.');
    out += label_shape(name.substr(0, dot));
    if (dot == std::string_view::npos) break;
    out += '.';
    name.remove_prefix(dot + 1);
  }
  return out;
}

std::string word_shape(std::string_view word, std::string_view host, bool own_names) {
  if (is_name(word)) return name_shape(word, host, own_names);
  const bool perhaps_address = word.size() > 1 && (is_hex(word.front()) || word.front() == ':') &&
                               word.find_first_of(".:") != std::string_view::npos;
  if (perhaps_address && IpAddress::read(word)) return "{address}";
  if (perhaps_address && Prefix::parse(word)) return "{block}";
  return std::string(word);
}

/// Calls `visit` with each stretch of the text and whether it is a word. A final dot or colon is punctuation.
template <typename Visit>
void for_each_word(std::string_view text, const Visit& visit) {
  while (!text.empty()) {
    const auto other = std::find_if_not(text.begin(), text.end(), is_of_word);
    auto length = static_cast<std::size_t>(other - text.begin());
    // An address may end in ::.
    while (length > 0 &&
           (text[length - 1] == '.' || (text[length - 1] == ':' && (length < 2 || text[length - 2] != ':'))))
      --length;
    if (length > 0)
      visit(text.substr(0, length), true);
    else
      visit(text.substr(0, length = 1), false);
    text.remove_prefix(length);
  }
}

std::string_view first_name(std::string_view text) {
  std::string_view found;
  for_each_word(text, [&](std::string_view word, bool is_word) {
    if (is_word && found.empty() && is_name(word) && !is_reverse(word)) found = word;
  });
  return found;
}

std::vector<std::string_view> texts_in(const audit::Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return {*text};
  // Counts and times are measured: they differ between addresses that have the same mistake.
  const auto* list = std::get_if<audit::List>(&value);
  return list == nullptr ? std::vector<std::string_view>()
                         : std::vector<std::string_view>(list->items.begin(), list->items.end());
}

/// A value of one word may be a label: `out-4`, of `out-4.mail.example`.
std::string value_shape(std::string_view text) {
  const bool word = std::all_of(text.begin(), text.end(), is_of_word);
  const bool label = word && text.find_first_of(".:/") == std::string_view::npos;
  return label ? label_shape(text) : shape_of(text, {}, true);
}

/// However many there are of a kind.
std::set<std::string> shapes_of(const audit::Value& value, const std::string& own_label) {
  std::set<std::string> shapes;
  for (const auto text : texts_in(value)) {
    shapes.insert(!own_label.empty() && ascii_lower(text) == own_label ? "*" : value_shape(text));
  }
  return shapes;
}

}  // namespace

std::string shape_of(std::string_view text, std::string_view host, bool own_names) {
  std::string out;
  for_each_word(text, [&](std::string_view word, bool is_word) {
    if (is_word)
      out += word_shape(word, host, own_names);
    else
      out += word;
  });
  return out;
}

std::string cause_of(const Document::Finding& finding) {
  // What is expected of an address names its host; what is observed may be the same wrong name everywhere, and only
  // where nothing else says whose it is does it name the host.
  const auto declared = first_name(finding.expected);
  const auto host = host_label(declared);
  std::string key;
  const auto add = [&](std::string_view part) { key.append(part).append(1, '\0'); };
  add(finding.rule);
  add(to_string(finding.severity));
  add(audit::to_string(finding.status));
  add(audit::to_string(finding.certainty));
  add(audit::to_string(finding.target.kind));
  add(finding.waiver_reason);
  if (finding.scope == audit::Scope::isolated) {
    for (const auto& vantage : finding.vantages) add(vantage);
  }
  add(shape_of(finding.expected, host, true));
  add(shape_of(finding.observed, host, declared.empty()));
  // What the sentences say beyond that: which label of a name is wrong, how a question failed.
  const auto own_label = ascii_lower(host_label(first_name(finding.observed)));
  for (const auto& named : finding.values.unpacked()) {
    if (audit::is_empty(named.value)) continue;
    add(named.name);
    for (const auto& shape : shapes_of(named.value, own_label)) add(shape);
  }
  return key;
}

}  // namespace rdnsgate::report
