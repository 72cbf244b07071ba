// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/duration.h"
#include "base/ip.h"
#include "base/rare.h"
#include "base/timestamp.h"
#include "dns/name.h"

namespace rdnsgate::audit {

/// Several texts. Of what strangers may have made long the first are kept, and how many there were.
struct List {
  static constexpr std::size_t most_kept = 64;
  std::vector<std::string> items{};
  std::size_t total = 0;

  bool operator==(const List&) const = default;
};

/// What a finding knows of one thing. A closed set, so that every format can write every kind. Texts may be
/// foreign.
using Value = std::variant<std::string, List, std::uint64_t, seconds, milliseconds, Time>;

/// A value under the name by which a rule's sentence and the machine formats call it.
struct Named {
  Named(std::string_view called, std::string text) : name(called), value(std::move(text)) {}
  Named(std::string_view called, std::string_view text) : name(called), value(std::string(text)) {}
  Named(std::string_view called, const char* text) : name(called), value(std::string(text)) {}
  Named(std::string_view called, const dns::Name& dns_name) : name(called), value(dns_name.text()) {}
  Named(std::string_view called, const IpAddress& address) : name(called), value(address.to_string()) {}
  Named(std::string_view called, List list) : name(called), value(std::move(list)) {}
  template <std::unsigned_integral Number>
  Named(std::string_view called, Number number) : name(called), value(std::uint64_t{number}) {}
  Named(std::string_view called, seconds time) : name(called), value(time) {}
  Named(std::string_view called, milliseconds time) : name(called), value(time) {}
  Named(std::string_view called, Time time) : name(called), value(time) {}

  std::string_view name;  ///< a literal: lower case, digits and underscores
  Value value;
};

/// Few, so that to look through them beats any index.
using Values = std::vector<Named>;

/// Values that are kept for long, as octets: of a few short texts, texts and vectors take four times the room of what
/// they say.
class PackedValues {
 public:
  PackedValues() = default;
  PackedValues(const Values& values);
  PackedValues(std::initializer_list<Named> values) : PackedValues(Values(values)) {}

  bool empty() const { return octets_.empty(); }
  /// Their names live as long as these do.
  Values unpacked() const;

 private:
  SharedText octets_;
};

/// nullptr where there is none of that name.
const Value* find_value(const Values& values, std::string_view name);

/// Says nothing: an empty text or list.
bool is_empty(const Value& value);

inline std::string text_of(const IpAddress& address) { return address.to_string(); }
inline std::string text_of(const dns::Name& name) { return name.text(); }
inline std::string text_of(const std::string& text) { return text; }

/// Addresses, names or texts in their order, however many: for what is no stranger's.
template <typename Items>
List whole_list(const Items& items, std::size_t most = static_cast<std::size_t>(-1)) {
  List list;
  list.total = items.size();
  list.items.reserve(std::min(most, list.total));
  for (const auto& item : items) {
    if (list.items.size() == most) break;
    list.items.push_back(text_of(item));
  }
  return list;
}

/// The same, cut off.
template <typename Items>
List list_of(const Items& items) {
  return whole_list(items, List::most_kept);
}

/// The one rendering to words: `300 s`, `12 ms`, `2027-05-31T08:00:00Z`, `a, b, c, d, e and 7 more`. `how`
/// asks for another: `;` for a list of what has commas inside (`a; b`, eight of them), `all` and `all;` for
/// one that is not cut off, `and` for `a, and b`, `->` for a way with its middle left out; `ONE|MANY` for a
/// number with its noun; `bare` and `duration` for `300` and `5m` in place of `300 s`; `date` for a day.
std::string words_of(const Value& value, std::string_view how = {});

}  // namespace rdnsgate::audit
