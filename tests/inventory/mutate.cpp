// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "inventory/mutate.h"

#include <array>
#include <string_view>
#include <vector>

namespace rdnsgate::inventory {
namespace {

constexpr std::string_view seed = R"yaml(version: 1
defaults:
  ttl: 1d
  rollout: {ttl: 5m, propagation: 5m, skew: 1m, bake: 1h, wave: 10%, max_wave: 50}
vantages:
  - {name: recursive, kind: recursive}
  - {name: office, kind: forward, address: 10.0.0.53, view: internal, port: 53}
zones:
  - name: 2.0.192.in-addr.arpa
    managed_by: ticket
    min_ttl: 1h
  - {name: mail.example, managed_by: zonefile, file: zones/mail.example.zone}
senders:
  - name: mx1
    helo: &name mx1.mail.example
    addresses: [192.0.2.10, "2001:db8::10"]
  - name: bulk
    helo: "{ptr}"
    addresses:
      - {range: 192.0.2.32/28, ptr: "out-{4}.mail.example"}
      - {ip: 192.0.2.11, ttl: 1h, ptr: *name}
relays:
  - name: newsletter
    spf: include:spf.relay.example
    addresses: [198.51.100.0/28]
    dkim: [k1, k2]
domains:
  - name: example.com
    via: [mx1, bulk, newsletter]
    spf: {all: fail}
    dmarc: {policy: quarantine, rua: ["mailto:dmarc@example.com"]}
standards:
  names: ['^(mx|out)[0-9-]+\.mail\.example$']
  latency: {warn: 500ms, fail: 2s}
rules: {ttl-too-low-steady: off, spf-lookup-limit: warning}
waivers:
  - {rule: ptr-generic, target: 192.0.2.40, reason: "decommissioned in May", expires: 2027-05-31}
)yaml";

constexpr std::array<std::string_view, 44> words{"",
                                                 "~",
                                                 "[]",
                                                 "{}",
                                                 "[[]]",
                                                 "off",
                                                 "false",
                                                 "true",
                                                 "-1",
                                                 "0",
                                                 "99999999999999999999",
                                                 "1.5",
                                                 "5m",
                                                 "1h30m",
                                                 "1h1d",
                                                 "\"\"",
                                                 "'",
                                                 "\"",
                                                 "|\n",
                                                 ">",
                                                 "*name",
                                                 "&name",
                                                 "!!str",
                                                 "<<",
                                                 "? ",
                                                 ": ",
                                                 "- ",
                                                 ", ",
                                                 "}",
                                                 "]",
                                                 "#",
                                                 "\t",
                                                 "\n",
                                                 "\r\n",
                                                 "---\n",
                                                 "192.0.2.010",
                                                 "2001:db8::/64",
                                                 "192.0.2.0/28",
                                                 "mx1",
                                                 "{4}",
                                                 "{ptr}",
                                                 "name: ",
                                                 "helo: ",
                                                 "x: "};

std::size_t below(std::mt19937& random, std::size_t limit) {
  return limit == 0 ? 0 : std::uniform_int_distribution<std::size_t>(0, limit - 1)(random);
}

/// The word (a run of what is no space, bracket or comma) around an offset.
std::pair<std::size_t, std::size_t> word_around(const std::string& text, std::size_t at) {
  constexpr std::string_view ends = " \n,[]{}:\"";
  std::size_t begin = text.find_last_of(ends, at), end = text.find_first_of(ends, at);
  begin = begin == std::string::npos ? 0 : std::min(begin + 1, at);
  if (end == std::string::npos) end = text.size();
  return {begin, std::max(begin, end) - begin};
}

void change(std::string& text, std::mt19937& random) {
  const std::size_t at = below(random, text.size());
  const auto [begin, length] = word_around(text, at);
  const auto line = [&](std::size_t from) {
    const std::size_t start = from == 0 ? 0 : text.rfind('\n', from - 1) + 1;
    return std::pair(start, std::min(text.find('\n', from), text.size() - 1) + 1 - start);
  };
  switch (below(random, 8)) {
    case 0:
      text.replace(begin, length, words[below(random, words.size())]);
      break;
    case 1:
      text.insert(at, words[below(random, words.size())]);
      break;
    case 2:
      text.erase(at, 1 + below(random, 3));
      break;
    case 3:
      text[at] = static_cast<char>(below(random, 256));
      break;
    case 4: {
      const auto [start, size] = line(at);
      text.insert(start, text.substr(start, size));
      break;
    }
    case 5: {
      const auto [start, size] = line(at);
      text.erase(start, size);
      break;
    }
    case 6: {
      const auto [other, other_length] = word_around(text, below(random, text.size()));
      const std::string copy = text.substr(other, other_length);
      text.replace(begin, length, copy);
      break;
    }
    default:
      text.insert(line(at).first, below(random, 3), ' ');
      break;
  }
}

}  // namespace

std::string mutated_inventory(std::mt19937& random, int changes) {
  std::string text(seed);
  for (int i = 0; i < changes && !text.empty(); ++i) change(text, random);
  return text;
}

}  // namespace rdnsgate::inventory
