// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/dnsbl/known_lists.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

namespace rdnsgate::rules {
namespace {

/// The answers from `first` to `last`; of a list of bits, the bits of the last octet.
struct KnownCode {
  std::uint32_t first, last;
  std::string_view meaning;
};

constexpr std::uint32_t code(std::uint32_t b, std::uint32_t c, std::uint32_t d) {
  return 127U << 24 | b << 16 | c << 8 | d;
}

// https://docs.spamhaus.com/datasets/docs/source/10-data-type-documentation/datasets/040-zones.html
constexpr std::array spamhaus_addresses{
    KnownCode{code(0, 0, 2), code(0, 0, 2), "SBL"},   KnownCode{code(0, 0, 3), code(0, 0, 3), "SBL CSS"},
    KnownCode{code(0, 0, 4), code(0, 0, 7), "XBL"},   KnownCode{code(0, 0, 9), code(0, 0, 9), "DROP"},
    KnownCode{code(0, 0, 10), code(0, 0, 11), "PBL"}, KnownCode{code(0, 0, 20), code(0, 0, 20), "AuthBL"},
    KnownCode{code(0, 0, 30), code(0, 0, 30), "BCL"},
};
constexpr std::array spamhaus_names{
    KnownCode{code(0, 1, 2), code(0, 1, 2), "low reputation"},
    KnownCode{code(0, 1, 4), code(0, 1, 4), "phishing"},
    KnownCode{code(0, 1, 5), code(0, 1, 5), "malware"},
    KnownCode{code(0, 1, 6), code(0, 1, 6), "botnet control"},
    KnownCode{code(0, 1, 102), code(0, 1, 102), "abused, legitimate"},
    KnownCode{code(0, 1, 103), code(0, 1, 103), "abused redirector"},
    KnownCode{code(0, 1, 104), code(0, 1, 104), "abused for phishing"},
    KnownCode{code(0, 1, 105), code(0, 1, 105), "abused by malware"},
    KnownCode{code(0, 1, 106), code(0, 1, 106), "abused for botnet control"},
    KnownCode{code(0, 2, 2), code(0, 2, 24), "seen for the first time a day ago or less"},
};
// https://surbl.org/lists, https://uribl.com/about.shtml
constexpr std::array surbl_bits{
    KnownCode{8, 8, "phishing"},
    KnownCode{16, 16, "malware"},
    KnownCode{64, 64, "abuse"},
    KnownCode{128, 128, "cracked"},
};
constexpr std::array uribl_bits{
    KnownCode{2, 2, "black"},
    KnownCode{4, 4, "grey"},
    KnownCode{8, 8, "red"},
};

std::uint32_t number_of(const IpAddress& address) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < address.size(); ++i) value = value << 8 | address.data()[i];
  return value;
}

}  // namespace

struct KnownList {
  std::span<const KnownCode> codes;
  bool bits = false;
  std::string_view test = "test";
};

namespace {

constexpr KnownList spamhaus_of_addresses{spamhaus_addresses};
constexpr KnownList spamhaus_of_names{spamhaus_names, false, "dbltest.com"};
constexpr KnownList spamhaus_of_new_names{spamhaus_names};
constexpr KnownList surbl{surbl_bits, true, "surbl-org-permanent-test-point.com"};
constexpr KnownList uribl{uribl_bits, true, "test.uribl.com"};

/// `zen` of `zen.spamhaus.org` and of `KEY.zen.dq.spamhaus.net`; empty for the zones of others.
std::string_view spamhaus_list(const dns::Name& zone, std::string& text) {
  text = zone.text();
  std::string_view rest = text;
  for (const std::string_view end : {".spamhaus.org", ".dq.spamhaus.net"}) {
    if (!rest.ends_with(end)) continue;
    rest.remove_suffix(end.size());
    const auto dot = rest.rfind('.');
    return dot == std::string_view::npos ? rest : rest.substr(dot + 1);
  }
  return {};
}

}  // namespace

const KnownList* known_list(const dns::Name& zone) {
  std::string text;
  const auto list = spamhaus_list(zone, text);
  if (list == "dbl") return &spamhaus_of_names;
  if (list == "zrd") return &spamhaus_of_new_names;
  if (!list.empty()) return &spamhaus_of_addresses;
  if (text == "multi.surbl.org") return &surbl;
  return text == "multi.uribl.com" ? &uribl : nullptr;
}

std::string known_meaning(const KnownList& list, const IpAddress& answer) {
  const auto value = number_of(answer);
  std::string meaning;
  for (const auto& one : list.codes) {
    const bool fits = list.bits ? (value & one.first) != 0 : value >= one.first && value <= one.last;
    if (!fits) continue;
    if (!meaning.empty()) meaning += ", ";
    meaning += one.meaning;
  }
  return meaning;
}

std::string_view known_refusal(const KnownList* list, const IpAddress& answer) {
  constexpr std::uint32_t errors = code(255, 255, 0) >> 8;
  const auto value = number_of(answer);
  if (answer.is_v6() || value >> 24 != 127)
    return "which is no answer of a blocklist: the list is gone, or a resolver makes answers up";
  if (value >> 8 == errors) {
    switch (value & 255U) {
      case 252:
        return "which means that its name is mistyped";
      case 254:
        return "which means that it is asked through a public resolver, and answers none of those";
      case 255:
        return "which means that it is asked too often from here";
      default:
        return "which means that it refuses the question";
    }
  }
  // https://uribl.com/refused.shtml; the bit is the one that means it in lists of bits.
  if (value == code(0, 0, 1) || (list != nullptr && list->bits && (value & 1U) != 0))
    return "which means that it refuses the question";
  if (list == &spamhaus_of_names && value == code(0, 1, 255))
    return "which means that it was asked about an address";
  return {};
}

std::string_view known_test_name(const KnownList* list) { return list != nullptr ? list->test : "test"; }

}  // namespace rdnsgate::rules
