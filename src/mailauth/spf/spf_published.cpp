// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "mailauth/spf/spf_published.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "dns/rdata_reader.h"
#include "mailauth/spf/spf_groups.h"

namespace rdnsgate::mailauth {
namespace {

/// Where the record with the terms alone is: under a name that nobody has (RFC 6761 §6.4).
const dns::Name& place_of_term() {
  static const auto name = *dns::Name::parse("term.rdnsgate.invalid");
  return name;
}

std::vector<AddressRange> every_address() {
  const Prefix v4(IpAddress::v4(0), 0), v6(IpAddress::v6({}), 0);
  return {{v4.network(), v4.last()}, {v6.network(), v6.last()}};
}

/// Behind the end of one, without wrapping.
bool touches(const AddressRange& before, const AddressRange& next) {
  if (before.first.is_v4() != next.first.is_v4()) return false;
  if (next.first <= before.last) return true;
  const auto after = before.last.plus(1);
  return after > before.last && after == next.first;
}

}  // namespace

std::vector<AddressRange> spf_ranges(std::vector<AddressRange> ranges) {
  std::sort(ranges.begin(), ranges.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<AddressRange> joined;
  for (const auto& one : ranges) {
    if (!joined.empty() && touches(joined.back(), one)) {
      joined.back().last = std::max(joined.back().last, one.last);
    } else {
      joined.push_back(one);
    }
  }
  return joined;
}

std::vector<AddressRange> spf_ranges(const std::vector<Prefix>& blocks) {
  std::vector<AddressRange> ranges;
  for (const auto& one : blocks) ranges.push_back({one.network(), one.last()});
  return spf_ranges(std::move(ranges));
}

SpfPublished spf_published(const SpfAsker& asker, std::string_view terms) {
  SpfPublished published;
  for (const auto& word : spf_words(terms)) {
    if (const auto read = parse_spf_term(word); !read) {
      published.why = read.error().message;
      return published;
    }
  }
  std::set<std::string> unknown;
  const auto with_terms = [&](const dns::Name& name, dns::RrType type) -> SpfLookup {
    if (name == place_of_term())
      return {SpfLookup::State::known,
              {type == dns::RrType::TXT ? std::vector{dns::txt_rdata(fmt::format("v=spf1 {} -all", terms))}
                                        : std::vector<std::string>()}};
    auto found = asker(name, type);
    if (found.state == SpfLookup::State::failed || found.state == SpfLookup::State::unknown)
      unknown.insert(fmt::format("{} {}{}", name.text(), dns::to_string(type),
                                 found.reason.empty() ? "" : " (" + found.reason + ")"));
    return found;
  };
  const SpfIdentity who{{}, std::nullopt, place_of_term(), std::nullopt};
  auto found = spf_groups(with_terms, who, place_of_term(), every_address());
  published.whole = found.left_out.empty();
  if (!published.whole) published.why = "it would take too long to evaluate";
  for (auto& group : found.groups) {
    auto& missing = published.missing;
    missing.insert(missing.end(), group.outcome.missing.begin(), group.outcome.missing.end());
    if (!group.outcome.missing.empty()) continue;
    const auto& results = group.outcome.results;
    if (results.is(SpfResult::pass)) {
      published.ranges.insert(published.ranges.end(), group.ranges.begin(), group.ranges.end());
    } else if (results.is(SpfResult::permerror)) {
      published.whole = false;
      published.why = group.outcome.why;
    } else if (results.may_be(SpfResult::pass) || results.may_be(SpfResult::temperror)) {
      published.whole = false;
      if (published.why.empty())
        published.why = unknown.empty()
                            ? "it depends on the message, not on the address alone"
                            : fmt::format("it depends on what is not known: {}", fmt::join(unknown, ", "));
    }
  }
  if (!published.missing.empty()) published.whole = false;
  published.ranges = spf_ranges(std::move(published.ranges));
  return published;
}

}  // namespace rdnsgate::mailauth
