// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/spf_edit.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "base/text.h"
#include "dns/rrset.h"

namespace rdnsgate::plan {
namespace {

constexpr std::size_t most_octets = 255;  // of one character-string, RFC 1035 §3.3

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> terms;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    if (end > at) terms.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  return terms;
}

bool is_spf(const std::string& rdata) {
  const auto text = ascii_lower(dns::txt_joined(rdata));
  return text == "v=spf1" || text.rfind("v=spf1 ", 0) == 0;
}

}  // namespace

bool has_spf_record(const std::vector<std::string>& rdata) {
  return std::count_if(rdata.begin(), rdata.end(), is_spf) == 1;
}

namespace {

std::vector<std::string>::iterator spf_record(std::vector<std::string>& rdata) {
  return has_spf_record(rdata) ? std::find_if(rdata.begin(), rdata.end(), is_spf) : rdata.end();
}

std::vector<std::string> terms_of(const std::vector<std::string>& rdata) {
  if (!has_spf_record(rdata)) return {};
  return split(dns::txt_joined(*std::find_if(rdata.begin(), rdata.end(), is_spf)));
}

/// The block of an ip4 or ip6 term that passes.
std::optional<Prefix> block_of(std::string_view term) {
  if (!term.empty() && term.front() == '+') term.remove_prefix(1);
  const auto head = ascii_lower(term.substr(0, 4));
  if (head != "ip4:" && head != "ip6:") return std::nullopt;
  const auto block = Prefix::parse(term.substr(4));
  if (!block || block->network().is_v4() != (head == "ip4:")) return std::nullopt;
  return *block;
}

bool names(std::string_view term, const IpAddress& ip) {
  const auto block = block_of(term);
  return block && block->length() == ip.bits() && block->network() == ip;
}

/// `all` and modifiers (`redirect=`, `exp=`): what a new mechanism has to stand before, as `all` ends the
/// evaluation (RFC 7208 §5.1).
bool ends_list(std::string_view term) {
  auto word = ascii_lower(term);
  if (!word.empty() && std::string_view("+-~?").find(word.front()) != std::string_view::npos)
    word.erase(0, 1);
  const auto equals = word.find('=');
  return word == "all" || (equals != std::string::npos && word.find_first_of(":/") > equals);
}

std::string to_rdata(const std::vector<std::string>& terms) {
  std::string text, rdata;
  for (const auto& term : terms) text += (text.empty() ? "" : " ") + term;
  for (std::size_t at = 0; at < text.size(); at += most_octets) {
    const auto part = std::string_view(text).substr(at, most_octets);
    rdata += static_cast<char>(part.size());
    rdata += part;
  }
  return rdata;
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
  auto terms = split(dns::txt_joined(*record));
  if (std::erase_if(terms, leaves) == 0) return rdata;
  *record = to_rdata(terms);
  std::sort(rdata.begin(), rdata.end());
  return rdata;
}

}  // namespace

bool spf_lists(const std::vector<std::string>& rdata, const IpAddress& ip) {
  const auto terms = terms_of(rdata);
  return std::any_of(terms.begin(), terms.end(), [&](const auto& term) { return names(term, ip); });
}

bool spf_covers(const std::vector<std::string>& rdata, const IpAddress& ip) {
  const auto terms = terms_of(rdata);
  return std::any_of(terms.begin(), terms.end(), [&](const auto& term) {
    const auto block = block_of(term);
    return block && block->contains(ip);
  });
}

bool spf_has_terms(const std::vector<std::string>& rdata, std::string_view terms) {
  const auto there = terms_of(rdata), wanted = split(terms);
  return !there.empty() &&
         std::all_of(wanted.begin(), wanted.end(), [&](const auto& one) { return is_among(one, there); });
}

std::vector<std::string> spf_with_terms(std::vector<std::string> rdata, std::string_view terms) {
  const auto record = spf_record(rdata);
  if (record == rdata.end() || spf_has_terms(rdata, terms)) return rdata;
  auto all = split(dns::txt_joined(*record));
  for (const auto& term : split(terms)) {
    if (!is_among(term, all)) all.insert(std::find_if(all.begin() + 1, all.end(), ends_list), term);
  }
  *record = to_rdata(all);
  std::sort(rdata.begin(), rdata.end());
  return rdata;
}

std::vector<std::string> spf_without_terms(std::vector<std::string> rdata, std::string_view terms) {
  const auto leaving = split(terms);
  return without(std::move(rdata), [&](const std::string& one) { return is_among(one, leaving); });
}

std::string spf_terms_besides(std::string_view terms, const std::vector<std::string>& others) {
  std::string rest;
  for (const auto& term : split(terms)) {
    const bool shared = std::any_of(others.begin(), others.end(),
                                    [&](const auto& other) { return is_among(term, split(other)); });
    if (!shared) rest += (rest.empty() ? "" : " ") + term;
  }
  return rest;
}

std::vector<std::string> spf_with(std::vector<std::string> rdata, const IpAddress& ip) {
  if (spf_covers(rdata, ip)) return rdata;
  return spf_with_terms(std::move(rdata), (ip.is_v4() ? "ip4:" : "ip6:") + ip.to_string());
}

std::vector<std::string> spf_without(std::vector<std::string> rdata, const IpAddress& ip) {
  return without(std::move(rdata), [&](const std::string& one) { return names(one, ip); });
}

}  // namespace rdnsgate::plan
