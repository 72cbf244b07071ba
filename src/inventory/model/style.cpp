// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "inventory/model/style.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>

#include "base/duration.h"
#include "base/ip.h"
#include "base/text/text.h"
#include "base/wording.h"
#include "dns/name.h"
#include "inventory/model/expand.h"
#include "inventory/model/schema_forms.h"
#include "inventory/problem_codes.h"
#include "yaml/rewrite.h"

namespace rdnsgate::inventory {
namespace {

/// Empty where it is none.
std::string canonical_range(std::string_view text) {
  if (const auto ip = IpAddress::read(text)) return ip->to_string();
  if (!parse_range(text)) return {};
  if (const auto dash = text.find('-'); dash != std::string_view::npos) {
    const auto first = IpAddress::read(text.substr(0, dash)), last = IpAddress::read(text.substr(dash + 1));
    return first && last ? fmt::format("{}-{}", first->to_string(), last->to_string()) : std::string();
  }
  const auto block = text.find('/') == std::string_view::npos ? fail("") : Prefix::parse(text);
  return block ? block->to_string() : std::string();
}

/// Of a name in plain ASCII: templates, patterns, address literals and names of IDNA are none of it.
std::string canonical_name(std::string_view text) {
  constexpr std::string_view host = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
  if (text.find_first_not_of(host) != std::string_view::npos || IpAddress::read(text)) return {};
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

  Diagnostics find(const yaml::Value& root) {
    walk(root, &inventory_forms());
    std::stable_sort(found_.begin(), found_.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
    return std::move(found_);
  }

 private:
  /// Where an alias stands, the node itself is not: it is looked at in its own place.
  bool is_alias(const yaml::Value& value) const { return sources_.text(value.span()).starts_with('*'); }

  /// `form` is what the schema has for this place, nullptr for nothing.
  void walk(const yaml::Value& value, const SchemaForm* form) {
    if (form == nullptr || is_alias(value)) return;
    if (!value.is_list() && !value.is_map()) return scalar(value, form->form);
    yaml::for_each_item(value, [&](const yaml::Value& item) { walk(item, form->items.get()); });
    yaml::for_each_member(value, [&](const yaml::Value& key, const yaml::Value& member) {
      if (!is_alias(key)) this->member(key.text(), member, *form);
    });
  }

  void member(std::string_view key, const yaml::Value& value, const SchemaForm& form) {
    const auto found = form.members.find(key);
    walk(value, found == form.members.end() ? nullptr : &found->second);
    if (is_alias(value)) return;
    if (key == "rules") severities(value);
    if (key == "addresses" || key == "via") repeated(value, key == "addresses");
  }

  void scalar(const yaml::Value& value, std::string_view form) {
    if (form == "address" || form == "address or name") {
      auto canonical = canonical_range(value.text());
      if (canonical.empty() && form != "address") canonical = canonical_name(value.text());
      say(value, canonical, "an address");
    } else if (form == "name") {
      say(value, canonical_name(value.text()), "a name");
    } else if (form == "duration") {
      say(value, canonical_duration(value.text()), "a duration");
    }
  }

  void severities(const yaml::Value& rules) {
    yaml::for_each_member(rules, [&](const yaml::Value&, const yaml::Value& severity) {
      if (severity.kind() == yaml::Kind::boolean && severity.text() == "false")
        say(severity, "off", "a severity");
    });
  }

  void say(const yaml::Value& value, std::string_view canonical, std::string_view what) {
    auto fix = yaml::rewrite(value, sources_, canonical);
    if (!fix) return;
    add(value.span(),
        fmt::format("{} is {} that is usually written {}", in_quotes(value.text()), what,
                    in_quotes(canonical)),
        std::move(*fix));
  }

  void repeated(const yaml::Value& list, bool addresses) {
    std::set<std::string, std::less<>> seen;
    std::optional<yaml::Value> before;
    yaml::for_each_item(list, [&](const yaml::Value& item) {
      if (item.is_text()) {
        std::string said = addresses ? canonical_range(item.text()) : std::string(item.text());
        if (!said.empty() && !seen.insert(said).second && before) remove(item, *before);
      }
      before.emplace(item);
    });
  }

  void remove(const yaml::Value& item, const yaml::Value& before) {
    auto gone = in_brackets(item, before);
    if (!gone) gone = own_line(item);
    if (!gone) return;
    add(item.span(), fmt::format("{} is in this list already", in_quotes(item.text())),
        {"remove the second", *gone, {}});
  }

  /// From the end of the item before it, where nothing but a comma is between them.
  std::optional<Span> in_brackets(const yaml::Value& item, const yaml::Value& before) const {
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
  std::optional<Span> own_line(const yaml::Value& item) const {
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

Diagnostics find_style(const yaml::Document& document, const Sources& sources) {
  return Style(sources).find(document.root());
}

}  // namespace rdnsgate::inventory
