// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/world/spf_edit.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "base/text/text.h"
#include "dns/rdata_reader.h"
#include "dns/rrset.h"
#include "plan/at_hand.h"

namespace rdnsgate::plan {
namespace {

using mailauth::spf_words;

std::vector<std::string>::iterator spf_record(std::vector<std::string>& rdata) {
  return has_spf_record(rdata) ? std::find_if(rdata.begin(), rdata.end(), is_spf_record) : rdata.end();
}

std::vector<std::string> terms_of(const std::vector<std::string>& rdata) {
  if (!has_spf_record(rdata)) return {};
  return spf_words(dns::txt_joined(*std::find_if(rdata.begin(), rdata.end(), is_spf_record)));
}

/// The block of an ip4 or ip6 term that passes.
std::optional<Prefix> block_of(std::string_view text) {
  const auto term = mailauth::parse_spf_term(text);
  if (!term || term->qualifier != mailauth::SpfResult::pass ||
      (term->kind != mailauth::SpfKind::ip4 && term->kind != mailauth::SpfKind::ip6))
    return std::nullopt;
  return term->block;
}

bool names(std::string_view term, const IpAddress& ip) {
  const auto block = block_of(term);
  return block && block->length() == ip.bits() && block->network() == ip;
}

/// What a new mechanism has to stand before: what may keep an address out that the new one lets through, and
/// modifiers, which stand last as a rule. What nobody can read stays where it is.
bool ends_list(std::string_view text) {
  const auto term = mailauth::parse_spf_term(text);
  if (!term) return false;
  return term->is_modifier() || term->kind == mailauth::SpfKind::all ||
         term->qualifier != mailauth::SpfResult::pass;
}

std::string to_rdata(const std::vector<std::string>& terms) {
  std::string text;
  for (const auto& term : terms) text += (text.empty() ? "" : " ") + term;
  return dns::txt_rdata(text);
}

/// A mechanism passes whether that is written or not (RFC 7208 §4.6.2).
bool is_same(std::string_view a, std::string_view b) {
  for (auto* term : {&a, &b}) {
    if (!term->empty() && term->front() == '+') term->remove_prefix(1);
  }
  return ascii_lower(a) == ascii_lower(b);
}

bool is_among(std::string_view term, const std::vector<std::string>& terms) {
  return std::any_of(terms.begin(), terms.end(), [&](const auto& one) { return is_same(one, term); });
}

/// Without the terms of the SPF record that `leaves` is true of.
template <typename Leaves>
std::vector<std::string> without(std::vector<std::string> rdata, Leaves&& leaves) {
  const auto record = spf_record(rdata);
  if (record == rdata.end()) return rdata;
  auto terms = spf_words(dns::txt_joined(*record));
  if (std::erase_if(terms, leaves) == 0) return rdata;
  *record = to_rdata(terms);
  std::sort(rdata.begin(), rdata.end());
  return rdata;
}

}  // namespace

bool has_spf_record(const std::vector<std::string>& rdata) {
  return std::count_if(rdata.begin(), rdata.end(), is_spf_record) == 1;
}

bool spf_lists(const std::vector<std::string>& rdata, const IpAddress& ip) {
  const auto terms = terms_of(rdata);
  return std::any_of(terms.begin(), terms.end(), [&](const auto& term) { return names(term, ip); });
}

bool spf_has_terms(const std::vector<std::string>& rdata, std::string_view terms) {
  const auto there = terms_of(rdata), wanted = spf_words(terms);
  return !there.empty() &&
         std::all_of(wanted.begin(), wanted.end(), [&](const auto& one) { return is_among(one, there); });
}

std::vector<std::string> spf_with_terms(std::vector<std::string> rdata, std::string_view terms) {
  const auto record = spf_record(rdata);
  if (record == rdata.end() || spf_has_terms(rdata, terms)) return rdata;
  auto all = spf_words(dns::txt_joined(*record));
  for (const auto& term : spf_words(terms)) {
    if (!is_among(term, all)) all.insert(std::find_if(all.begin() + 1, all.end(), ends_list), term);
  }
  *record = to_rdata(all);
  std::sort(rdata.begin(), rdata.end());
  return rdata;
}

std::vector<std::string> spf_without_terms(std::vector<std::string> rdata, std::string_view terms) {
  const auto leaving = spf_words(terms);
  return without(std::move(rdata), [&](const std::string& one) { return is_among(one, leaving); });
}

std::string spf_terms_besides(std::string_view terms, const std::vector<std::string>& others) {
  std::string rest;
  for (const auto& term : spf_words(terms)) {
    const bool shared = std::any_of(others.begin(), others.end(),
                                    [&](const auto& other) { return is_among(term, spf_words(other)); });
    if (!shared) rest += (rest.empty() ? "" : " ") + term;
  }
  return rest;
}

std::string spf_term_of(const IpAddress& ip) { return (ip.is_v4() ? "ip4:" : "ip6:") + ip.to_string(); }

std::vector<std::string> spf_with(std::vector<std::string> rdata, const IpAddress& ip) {
  const auto record = spf_record(rdata);
  if (record == rdata.end() || spf_lists(rdata, ip)) return rdata;
  auto all = spf_words(dns::txt_joined(*record));
  const auto end = std::find_if(all.begin() + 1, all.end(), ends_list);
  auto place = end;
  // Receivers ask for nothing before they come to it.
  for (auto one = all.begin() + 1; one != end; ++one) {
    if (block_of(*one)) place = one + 1;
  }
  all.insert(place, spf_term_of(ip));
  *record = to_rdata(all);
  std::sort(rdata.begin(), rdata.end());
  return rdata;
}

std::vector<std::string> spf_without(std::vector<std::string> rdata, const IpAddress& ip) {
  return without(std::move(rdata), [&](const std::string& one) { return names(one, ip); });
}

std::optional<mailauth::SpfRecord> spf_record_in(const std::vector<std::string>& rdata) {
  const auto texts = mailauth::spf_texts(rdata);
  if (texts.size() != 1) return std::nullopt;
  auto record = mailauth::parse_spf(texts.front());
  return record ? std::optional(std::move(*record)) : std::nullopt;
}

}  // namespace rdnsgate::plan
