// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "mailauth/spf/spf_record.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/ascii.h"
#include "base/mapped_address.h"
#include "base/text/text.h"
#include "dns/rrset.h"
#include "mailauth/spf/spf_span.h"

namespace rdnsgate::mailauth {
namespace {

constexpr std::string_view version = "v=spf1";
constexpr std::size_t longest_shown = 200;  // octets of a term in an error

struct Mechanism {
  std::string_view name;
  SpfKind kind;
};
constexpr Mechanism mechanisms[] = {
    {"all", SpfKind::all}, {"include", SpfKind::include}, {"a", SpfKind::a},     {"mx", SpfKind::mx},
    {"ptr", SpfKind::ptr}, {"ip4", SpfKind::ip4},         {"ip6", SpfKind::ip6}, {"exists", SpfKind::exists},
};

std::optional<SpfResult> qualifier_of(char c) {
  switch (c) {
    case '+':
      return SpfResult::pass;
    case '-':
      return SpfResult::fail;
    case '~':
      return SpfResult::softfail;
    case '?':
      return SpfResult::neutral;
    default:
      return std::nullopt;
  }
}

/// A number without leading zeros, up to `most`.
std::optional<unsigned> length_in(std::string_view digits, unsigned most) {
  if (digits.empty() || digits.size() > 3 || !std::all_of(digits.begin(), digits.end(), is_digit))
    return std::nullopt;
  if (digits.size() > 1 && digits.front() == '0') return std::nullopt;
  unsigned value = 0;
  for (const char c : digits) value = value * 10 + static_cast<unsigned>(c - '0');
  return value <= most ? std::optional(value) : std::nullopt;
}

/// Host bits may be set in it, and mean nothing (RFC 7208 §5.6).
bool take_block(std::string_view text, bool is_v4, SpfTerm& term) {
  const auto slash = text.find('/');
  const auto ip = parse_with_mapped(text.substr(0, slash));
  if (!ip || ip->is_v4() != is_v4) return false;
  unsigned length = ip->bits();
  if (slash != std::string_view::npos) {
    const auto given = length_in(text.substr(slash + 1), length);
    if (!given) return false;
    length = *given;
  }
  term.block = spf_block(*ip, length);
  return true;
}

/// Takes the dual-cidr-length off the end; a slash may stand in a domain-spec as well.
bool take_lengths(std::string_view& text, SpfTerm& term) {
  const auto tail = [&](std::string_view mark, unsigned most, unsigned& length) {
    const auto at = text.rfind(mark);
    if (at == std::string_view::npos) return true;
    const auto digits = text.substr(at + mark.size());
    // What is no number belongs to the name, where it may stand in a macro-string, and is judged there.
    if (!digits.empty() && !std::all_of(digits.begin(), digits.end(), is_digit)) return true;
    const auto given = length_in(digits, most);
    if (!given) return false;
    length = *given;
    text = text.substr(0, at);
    return true;
  };
  return tail("//", 128, term.v6_length) && tail("/", 32, term.v4_length);
}

bool take_domain(std::string_view text, SpfTerm& term) {
  auto spec = MacroString::parse(text);
  if (!spec || !is_domain_spec(text, *spec)) return false;
  term.domain = text;
  term.spec = std::move(*spec);
  if (term.spec.has_macros()) return true;
  static const SpfIdentity nobody{};
  static const SpfDomain nowhere{dns::Name()};
  term.fixed = expand_domain(term.spec, {nobody, nowhere}).domain;
  return true;
}

/// What stands behind the name of a mechanism.
bool take_rest(std::string_view rest, SpfTerm& term) {
  switch (term.kind) {
    case SpfKind::all:
      return rest.empty();
    case SpfKind::ip4:
    case SpfKind::ip6:
      return rest.starts_with(':') && take_block(rest.substr(1), term.kind == SpfKind::ip4, term);
    case SpfKind::include:
    case SpfKind::exists:
      return rest.starts_with(':') && take_domain(rest.substr(1), term);
    case SpfKind::ptr:
      return rest.empty() || (rest.starts_with(':') && take_domain(rest.substr(1), term));
    default:
      if (!take_lengths(rest, term)) return false;
      return rest.empty() || (rest.starts_with(':') && take_domain(rest.substr(1), term));
  }
}

bool take_modifier(std::string_view name, std::string_view value, SpfTerm& term) {
  const auto word = ascii_lower(name);
  term.kind = word == "redirect" ? SpfKind::redirect : word == "exp" ? SpfKind::exp : SpfKind::modifier;
  if (term.kind != SpfKind::modifier) return take_domain(value, term);
  term.domain = value;
  return MacroString::parse(value).has_value();
}

bool take_term(std::string_view text, SpfTerm& term) {
  term.text = text;
  std::size_t end = 0;
  while (end < text.size() && (is_letter(text[end]) || (end > 0 && (is_digit(text[end]) || text[end] == '-' ||
                                                                    text[end] == '_' || text[end] == '.'))))
    ++end;
  if (end > 0 && end < text.size() && text[end] == '=')
    return take_modifier(text.substr(0, end), text.substr(end + 1), term);
  if (const auto qualifier = qualifier_of(text.front())) {
    term.qualifier = *qualifier;
    text.remove_prefix(1);
  }
  const auto word = ascii_lower(text.substr(0, std::min(text.find_first_of(":/"), text.size())));
  const auto* found = std::find_if(std::begin(mechanisms), std::end(mechanisms),
                                   [&](const auto& one) { return one.name == word; });
  if (found == std::end(mechanisms)) return false;
  term.kind = found->kind;
  return take_rest(text.substr(word.size()), term);
}

const SpfTerm* first_of(const SpfRecord& record, SpfKind kind) {
  const auto found = std::find_if(record.terms.begin(), record.terms.end(),
                                  [&](const SpfTerm& one) { return one.kind == kind; });
  return found == record.terms.end() ? nullptr : &*found;
}

/// Where the words of a record stand.
std::vector<std::string_view> words_in(std::string_view text) {
  std::vector<std::string_view> words;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    if (end > at) words.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

}  // namespace

bool asks_dns(SpfKind kind) {
  return kind != SpfKind::all && kind != SpfKind::ip4 && kind != SpfKind::ip6 && kind != SpfKind::exp &&
         kind != SpfKind::modifier;
}

bool SpfRecord::has_all() const {
  return std::any_of(terms.begin(), terms.end(), [](const SpfTerm& one) { return one.kind == SpfKind::all; });
}

const SpfTerm* SpfRecord::redirect() const {
  return has_all() ? nullptr : first_of(*this, SpfKind::redirect);
}

const SpfTerm* SpfRecord::explanation() const { return first_of(*this, SpfKind::exp); }

bool is_spf(std::string_view text) {
  return ascii_lower(text.substr(0, version.size())) == version &&
         (text.size() == version.size() || text[version.size()] == ' ');
}

std::vector<std::string> spf_words(std::string_view text) {
  const auto words = words_in(text);
  return {words.begin(), words.end()};
}

Result<SpfTerm> parse_spf_term(std::string_view text) {
  SpfTerm term;
  if (text.empty() || !take_term(text, term))
    return fail(fmt::format("{} is no term of an SPF record", text.substr(0, longest_shown)));
  return term;
}

Result<SpfRecord> parse_spf(std::string_view text) {
  if (!is_spf(text)) return fail("no SPF record");
  SpfRecord record;
  const auto words = words_in(text);
  for (std::size_t i = 1; i < words.size(); ++i) {
    auto term = parse_spf_term(words[i]);
    if (!term) return tl::unexpected(term.error());
    // RFC 7208 §6: neither may stand twice.
    const bool once = term->kind == SpfKind::redirect || term->kind == SpfKind::exp;
    if (once && first_of(record, term->kind) != nullptr)
      return fail(fmt::format("{} stands twice", words[i].substr(0, words[i].find('='))));
    term->at = static_cast<std::size_t>(words[i].data() - text.data());
    record.terms.push_back(std::move(*term));
  }
  return record;
}

std::vector<std::string> spf_texts(const std::vector<std::string>& rdata) {
  std::vector<std::string> texts;
  for (const auto& one : rdata) {
    auto text = dns::txt_joined(one);
    if (is_spf(text)) texts.push_back(std::move(text));
  }
  return texts;
}

}  // namespace rdnsgate::mailauth
