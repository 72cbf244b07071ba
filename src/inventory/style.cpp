// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "inventory/style.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>

#include "base/duration.h"
#include "base/ip.h"
#include "base/text.h"
#include "dns/name.h"
#include "inventory/expand.h"
#include "inventory/problems.h"
#include "inventory/rewrite.h"
#include "inventory/wording.h"

namespace rdnsgate::inventory {
namespace {

// By the keys that hold them; no key holds two kinds.
constexpr std::array<std::string_view, 2> address_keys{"ip", "address"};
constexpr std::array<std::string_view, 3> range_lists{"addresses", "except", "retired"};
constexpr std::array<std::string_view, 2> name_keys{"ptr", "helo"};
constexpr std::array<std::string_view, 9> duration_keys{
    "ttl", "min_ttl", "max_ttl", "publish_delay", "propagation", "skew", "bake", "cache_floor", "queue"};

template <typename Words>
bool one_of(const Words& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// Empty where it is none.
std::string canonical_range(std::string_view text) {
  if (const auto ip = IpAddress::parse(text)) return ip->to_string();
  if (!parse_range(text)) return {};
  if (const auto dash = text.find('-'); dash != std::string_view::npos) {
    const auto first = IpAddress::parse(text.substr(0, dash)), last = IpAddress::parse(text.substr(dash + 1));
    return first && last ? fmt::format("{}-{}", first->to_string(), last->to_string()) : std::string();
  }
  const auto block = text.find('/') == std::string_view::npos ? fail("") : Prefix::parse(text);
  return block ? block->to_string() : std::string();
}

/// Of a name in plain ASCII: templates, patterns, address literals and names of IDNA are none of it.
std::string canonical_name(std::string_view text) {
  constexpr std::string_view host = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
  if (text.find_first_not_of(host) != std::string_view::npos || IpAddress::parse(text)) return {};
  const auto name = dns::Name::from_host(text);
  if (!name) return {};
  std::string lower = ascii_lower(text);
  if (lower.ends_with('.')) lower.pop_back();
  if (lower == "none") return {};  // the word that an internal view has for no name
  const auto same = dns::Name::from_host(lower);
  return same && *same == *name ? lower : std::string();
}

/// Only of seconds: whether a week is better than seven days is a matter of taste.
std::string canonical_duration(std::string_view text) {
  const auto digits = text.substr(0, text.find_first_not_of("0123456789"));
  if (text != digits && text.substr(digits.size()) != "s") return {};
  const auto value = parse_duration(text);
  if (!value) return {};
  auto shorter = format_duration(*value);
  return shorter.size() < text.size() ? shorter : std::string();
}

class Style {
 public:
  explicit Style(const Sources& sources) : sources_(sources) {}

  Diagnostics find(const Value& root) {
    walk(root, {});
    std::stable_sort(found_.begin(), found_.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
    return std::move(found_);
  }

 private:
  /// Where an alias stands, the node itself is not: it is looked at in its own place.
  bool is_alias(const Value& value) const { return sources_.text(value.span()).starts_with('*'); }

  void walk(const Value& value, std::string_view list) {
    if (is_alias(value)) return;
    for_each_item(value, [&](const Value& item) { walk(item, {}); });
    for_each_member(value, [&](const Value& key, const Value& member) {
      if (!is_alias(key) && !is_alias(member)) this->member(key.text(), member, list);
    });
  }

  void member(std::string_view key, const Value& value, std::string_view list) {
    if (value.is_map() || value.is_list()) return collection(key, value);
    if (one_of(address_keys, key)) {
      if (const auto ip = IpAddress::parse(value.text())) say(value, ip->to_string(), "an address");
    } else if (key == "range") {
      say(value, canonical_range(value.text()), "a range");
    } else if (one_of(name_keys, key) || (key == "name" && (list == "zones" || list == "domains"))) {
      say(value, canonical_name(value.text()), "a name");
    } else if (one_of(duration_keys, key)) {
      say(value, canonical_duration(value.text()), "a duration");
    }
  }

  void collection(std::string_view key, const Value& value) {
    if (key == "standards" || key == "waivers") return;
    if (key == "rules") {
      for_each_member(value, [&](const Value&, const Value& severity) {
        if (severity.kind() == Kind::boolean && severity.text() == "false")
          say(severity, "off", "a severity");
      });
      return;
    }
    const bool ranges = one_of(range_lists, key);
    for_each_item(value, [&](const Value& item) {
      if (!item.is_text() || !ranges || is_alias(item)) return walk(item, key);
      auto canonical = canonical_range(item.text());
      if (canonical.empty() && key == "retired") canonical = canonical_name(item.text());
      say(item, canonical, "an address");
    });
    if (value.is_map()) walk(value, {});
    if (key == "addresses" || key == "via") repeated(value, ranges);
  }

  void say(const Value& value, std::string_view canonical, std::string_view what) {
    auto fix = rewrite(value, sources_, canonical);
    if (!fix) return;
    add(value.span(),
        fmt::format("{} is {} that is usually written {}", in_quotes(value.text()), what, in_quotes(canonical)),
        std::move(*fix));
  }

  void repeated(const Value& list, bool addresses) {
    std::set<std::string, std::less<>> seen;
    std::optional<Value> before;
    for_each_item(list, [&](const Value& item) {
      if (item.is_text()) {
        std::string said = addresses ? canonical_range(item.text()) : std::string(item.text());
        if (!said.empty() && !seen.insert(said).second && before) remove(item, *before);
      }
      before.emplace(item);
    });
  }

  void remove(const Value& item, const Value& before) {
    auto gone = in_brackets(item, before);
    if (!gone) gone = own_line(item);
    if (!gone) return;
    add(item.span(), fmt::format("{} is in this list already", in_quotes(item.text())),
        {"remove the second", *gone, {}});
  }

  /// From the end of the item before it, where nothing but a comma is between them.
  std::optional<Span> in_brackets(const Value& item, const Value& before) const {
    const Span first = before.span(), second = item.span();
    if (first.end >= second.begin || !before.is_text()) return std::nullopt;
    auto between = sources_.text(Span{first.file, first.end, second.begin});
    const auto comma = between.find_first_not_of(" \t\r\n");
    if (comma == std::string_view::npos || between[comma] != ',' ||
        between.find_first_not_of(" \t\r\n", comma + 1) != std::string_view::npos)
      return std::nullopt;
    return Span{first.file, first.end, second.end};
  }

  /// The whole line, where it holds `- ` and the item only.
  std::optional<Span> own_line(const Value& item) const {
    const Span at = item.span();
    const auto text = sources_.text(at.file);
    const auto feed = at.begin == 0 ? std::string_view::npos : text.rfind('\n', at.begin - 1);
    const auto begin = feed == std::string_view::npos ? 0 : feed + 1;
    const auto end = text.find('\n', at.end);
    if (end == std::string_view::npos) return std::nullopt;
    auto head = text.substr(begin, at.begin - begin);
    const auto dash = head.find_first_not_of(' ');
    if (dash == std::string_view::npos || head[dash] != '-' ||
        head.find_first_not_of(' ', dash + 1) != std::string_view::npos ||
        text.substr(at.end, end - at.end).find_first_not_of(" \t\r") != std::string_view::npos)
      return std::nullopt;
    return Span{at.file, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end + 1)};
  }

  void add(Span at, std::string message, Fix fix) {
    std::string hint = fix.title;
    found_.push_back(
        {Severity::info, std::string(code::style), std::move(message), std::move(hint), at, std::move(fix)});
  }

  const Sources& sources_;
  Diagnostics found_;
};

}  // namespace

Diagnostics find_style(const Document& document, const Sources& sources) {
  return Style(sources).find(document.root());
}

}  // namespace rdnsgate::inventory
