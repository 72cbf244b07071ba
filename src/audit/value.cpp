// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/value.h"

#include <fmt/format.h>

#include "base/text/text.h"

namespace rdnsgate::audit {
namespace {

constexpr std::size_t all = static_cast<std::size_t>(-1);

std::string cut_off(const List& list, std::string_view between, std::size_t most, std::string_view rest) {
  std::string text;
  const std::size_t shown = std::min(most, list.items.size());
  for (std::size_t i = 0; i < shown; ++i) text.append(i > 0 ? between : "").append(list.items[i]);
  const std::size_t total = std::max(list.total, list.items.size());
  return total > shown ? fmt::format("{}{}{} more", text, rest, total - shown) : text;
}

/// `a -> b -> c`; of a long one the beginning and the end.
std::string way(const List& list) {
  constexpr std::size_t most = 6;
  if (list.items.size() <= most) return cut_off(list, " -> ", all, "");
  List beginning{{list.items.begin(), list.items.begin() + most - 1}, most - 1};
  beginning.items.push_back("...");
  beginning.items.push_back(list.items.back());
  return cut_off(beginning, " -> ", all, "");
}

std::string words(const std::string& text, std::string_view) { return text; }

std::string words(const List& list, std::string_view how) {
  if (how == "->") return way(list);
  if (how == ";") return cut_off(list, "; ", 8, "; and ");
  if (how == "and") return cut_off(list, ", and ", all, " and ");
  if (how == "all;") return cut_off(list, "; ", all, "; and ");
  return cut_off(list, ", ", how == "all" ? all : 5, " and ");
}

std::string words(std::uint64_t number, std::string_view how) {
  const auto bar = how.find('|');
  if (bar == std::string_view::npos) return std::to_string(number);
  return counted(number, how.substr(0, bar), how.substr(bar + 1));
}

std::string words(seconds time, std::string_view how) {
  if (how == "duration") return format_duration(time);
  return how == "bare" ? std::to_string(time.count()) : fmt::format("{} s", time.count());
}

std::string words(milliseconds time, std::string_view) { return fmt::format("{} ms", time.count()); }

std::string words(Time time, std::string_view how) {
  return how == "date" ? format_date(time) : format_time(time);
}

/// Appends to what is packed. Numbers are of seven bits an octet, the lowest first, so that most take one.
class Packer {
 public:
  void put(std::uint64_t number) {
    for (; number > 0x7F; number >>= 7) octets += static_cast<char>(number | 0x80);
    octets += static_cast<char>(number);
  }
  void put(std::string_view text) {
    put(std::uint64_t{text.size()});
    octets += text;
  }
  void put(const std::string& text) { put(std::string_view(text)); }
  void put(const List& list) {
    put(std::uint64_t{list.total});
    put(std::uint64_t{list.items.size()});
    for (const auto& item : list.items) put(item);
  }
  void put(seconds time) { put(static_cast<std::uint64_t>(time.count())); }
  void put(milliseconds time) { put(static_cast<std::uint64_t>(time.count())); }
  void put(Time time) { put(time.time_since_epoch()); }

  std::string octets;
};

/// Takes off again what a Packer put, in its order.
class Unpacker {
 public:
  explicit Unpacker(std::string_view octets) : left_(octets) {}

  bool is_done() const { return left_.empty(); }
  std::uint64_t number() {
    std::uint64_t number = 0;
    for (unsigned shift = 0;; shift += 7) {
      const auto octet = static_cast<unsigned char>(left_.front());
      left_.remove_prefix(1);
      number |= std::uint64_t{octet & 0x7Fu} << shift;
      if (octet <= 0x7F) return number;
    }
  }
  std::string_view text() {
    const auto size = number();
    const auto text = left_.substr(0, size);
    left_.remove_prefix(size);
    return text;
  }
  List list() {
    List list;
    list.total = number();
    auto left = number();
    for (list.items.reserve(left); left > 0; --left) list.items.emplace_back(text());
    return list;
  }
  std::int64_t count() { return static_cast<std::int64_t>(number()); }

 private:
  std::string_view left_;
};

static_assert(std::variant_size_v<Value> == 6, "each kind is unpacked below, in the order of Value");

Named unpack(std::string_view name, Unpacker& from) {
  switch (from.number()) {
    case 0:
      return {name, from.text()};
    case 1:
      return {name, from.list()};
    case 2:
      return {name, from.number()};
    case 3:
      return {name, seconds(from.count())};
    case 4:
      return {name, milliseconds(from.count())};
    default:
      return {name, Time(seconds(from.count()))};
  }
}

}  // namespace

PackedValues::PackedValues(const Values& values) {
  Packer packer;
  for (const auto& [name, value] : values) {
    packer.put(name);
    packer.put(std::uint64_t{value.index()});
    std::visit([&](const auto& one) { packer.put(one); }, value);
  }
  octets_ = packer.octets;
}

Values PackedValues::unpacked() const {
  Values values;
  for (Unpacker from(octets_.text()); !from.is_done();) {
    const auto name = from.text();
    values.push_back(unpack(name, from));
  }
  return values;
}

const Value* find_value(const Values& values, std::string_view name) {
  for (const auto& one : values) {
    if (one.name == name) return &one.value;
  }
  return nullptr;
}

bool is_empty(const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return text->empty();
  const auto* list = std::get_if<List>(&value);
  return list != nullptr && list->items.empty();
}

std::string words_of(const Value& value, std::string_view how) {
  return std::visit([&](const auto& one) { return words(one, how); }, value);
}

}  // namespace rdnsgate::audit
