// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "draft/pools.h"

#include <fmt/format.h>

#include <charconv>
#include <string_view>
#include <vector>

#include "inventory/model/expand.h"

namespace rdnsgate::draft {
namespace {

using inventory::NameTemplate;

constexpr std::string_view digits = "0123456789";

struct Run {
  std::size_t begin, size;
  std::uint64_t value;
};

/// The numbers in a name, of up to nine digits each.
std::vector<Run> numbers_in(std::string_view name) {
  std::vector<Run> runs;
  for (std::size_t at = name.find_first_of(digits); at != std::string_view::npos;
       at = name.find_first_of(digits, at)) {
    const std::size_t end = std::min(name.find_first_not_of(digits, at), name.size());
    std::uint64_t value = 0;
    if (end - at <= 9) {
      std::from_chars(name.data() + at, name.data() + end, value);
      runs.push_back({at, end - at, value});
    }
    at = end;
  }
  return runs;
}

/// `{4}`, or `{4:03}` where the number is filled with zeros.
std::string placeholder(std::string_view which, const Run& run, std::string_view name) {
  const bool filled = run.size > 1 && name[run.begin] == '0';
  return filled ? fmt::format("{{{}:0{}}}", which, run.size) : fmt::format("{{{}}}", which);
}

std::string replaced(std::string_view name, std::size_t begin, std::size_t size, std::string_view with) {
  return fmt::format("{}{}{}", name.substr(0, begin), with, name.substr(begin + size));
}

struct Candidate {
  std::string text;
  std::uint64_t start = 1;  // of {n}
};

/// Templates that the first address of a pool with this name can have. Those that make a name of the address come first:
/// it stays when the range grows.
std::vector<Candidate> templates_for(const NamedAddress& first) {
  const std::string name = first.name.text();
  std::vector<Candidate> found;
  for (const std::string_view whole : {"{-}", "{hex}", "{nibbles}"}) {
    const auto shape = NameTemplate::parse(whole);
    if (!shape || shape->unfit_for(first.ip)) continue;
    const auto text = shape->expand(first.ip, 0, "");
    if (const auto at = name.find(text); at != std::string::npos)
      found.push_back({replaced(name, at, text.size(), whole)});
  }
  const auto runs = numbers_in(name);
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const auto& run = runs[i];
    if (!first.ip.is_v4() || run.value != first.ip.octet(3)) continue;
    const auto last = replaced(name, run.begin, run.size, placeholder("4", run, name));
    if (i > 0 && runs[i - 1].value == first.ip.octet(2))  // for pools of more than 256
      found.push_back(
          {replaced(last, runs[i - 1].begin, runs[i - 1].size, placeholder("3", runs[i - 1], name))});
    found.push_back({last});
  }
  for (const auto& run : runs)
    found.push_back({replaced(name, run.begin, run.size, placeholder("n", run, name)), run.value});
  return found;
}

std::size_t count_of(const NameTemplate& shape, std::uint64_t start,
                     std::span<const NamedAddress> addresses) {
  const IpAddress first = addresses.front().ip;
  std::size_t count = 0;
  for (const auto& [ip, name] : addresses) {
    if (ip != first.plus(count) || shape.unfit_for(ip)) break;
    const auto text = shape.expand(ip, count + start - 1, "");
    const auto expanded = dns::Name::parse(text);
    if (!expanded || *expanded != name) break;
    ++count;
  }
  return count;
}

}  // namespace

std::optional<Pool> pool_at_front(std::span<const NamedAddress> addresses, std::size_t least) {
  Pool longest;
  if (addresses.size() < least || addresses[least - 1].ip != addresses[0].ip.plus(least - 1))
    return std::nullopt;
  for (auto& [text, start] : templates_for(addresses.front())) {
    const auto shape = NameTemplate::parse(text);
    if (!shape) continue;
    const auto count = count_of(*shape, start, addresses);
    if (count > longest.count) longest = {count, std::move(text), start};
  }
  if (longest.count < least) return std::nullopt;
  return longest;
}

}  // namespace rdnsgate::draft
