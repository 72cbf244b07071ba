// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "base/ascii.h"
#include "base/text/text.h"
#include "dns/rrset.h"
#include "rules/spf/rules.h"
#include "rules/spf/spf_text.h"

namespace rdnsgate::rules {
namespace {

using State = SpfText::State;

constexpr std::array<std::string_view, 8> mechanism_names{"all", "include", "a",   "mx",
                                                          "ptr", "ip4",     "ip6", "exists"};

struct Word {
  std::string_view text;
  std::size_t column;  ///< in octets, from 1
};

/// The terms of a record as they stand, its version left out.
std::vector<Word> terms_in(std::string_view text) {
  std::vector<Word> words;
  for (std::size_t at = text.find(' '); at < text.size();) {
    const auto end = std::min(text.find(' ', at), text.size());
    if (end > at) words.push_back({text.substr(at, end - at), at + 1});
    at = end + 1;
  }
  return words;
}

bool is_mechanism(std::string_view name) {
  return std::find(mechanism_names.begin(), mechanism_names.end(), name) != mechanism_names.end();
}

/// What was likely meant, as a key of syntax_wordings; empty where nobody knows.
std::string_view likely(std::string_view term) {
  if (!term.empty() && std::string_view("+-~?").find(term.front()) != std::string_view::npos)
    term.remove_prefix(1);
  const auto colon = std::min(term.find_first_of(":/="), term.size());
  const auto name = ascii_lower(term.substr(0, colon));
  const auto value = term.substr(std::min(colon + 1, term.size()));
  if (std::any_of(term.begin(), term.end(), [](char c) { return static_cast<unsigned char>(c) < ' '; }))
    return "control";
  if (name == "ipv4" || name == "ip" || name == "ipv6") return "ip-name";
  if (name == "ip4" && value.find(':') != std::string_view::npos) return "ip4-with-v6";
  if (name == "ip6" && value.find(':') == std::string_view::npos && value.find('.') != std::string_view::npos)
    return "ip6-with-v4";
  if (is_mechanism(name) && value.empty() && name != "all") return "value-missing";
  if ((name == "ip4" || name == "ip6") && term.find('=') == std::string_view::npos) return "bad-address";
  if (IpAddress::read(term.substr(0, term.find('/')))) return "bare-address";
  if (term.find('%') != std::string_view::npos) return "macro";
  return {};
}

/// Modifiers of which a second one is an error (RFC 7208 §6); empty where none stands twice.
std::string doubled_in(std::string_view text) {
  for (const std::string_view name : {"redirect=", "exp="}) {
    const auto words = terms_in(text);
    const auto count = std::count_if(words.begin(), words.end(), [&](const Word& word) {
      return ascii_lower(word.text.substr(0, name.size())) == name;
    });
    if (count > 1) return std::string(name);
  }
  return {};
}

/// A text begins as a term of a record does, and is no mere piece of a name.
bool begins_term(std::string_view text) {
  if (!text.empty() && std::string_view("+-~?").find(text.front()) != std::string_view::npos)
    text.remove_prefix(1);
  const auto end = std::min(text.find_first_of(":/= "), text.size());
  const auto name = ascii_lower(text.substr(0, end));
  const char behind = end < text.size() ? text[end] : ' ';
  if (behind == '=') return name == "redirect" || name == "exp";
  if (!is_mechanism(name)) return false;
  const bool wants_value = name == "include" || name == "ip4" || name == "ip6" || name == "exists";
  return wants_value ? behind == ':' : true;
}

std::string_view last_word(std::string_view text) {
  const auto space = text.rfind(' ');
  return space == std::string_view::npos ? text : text.substr(space + 1);
}

std::string_view first_word(std::string_view text) { return text.substr(0, text.find(' ')); }

/// Two terms that became one because a string of the record ends without a space (RFC 7208 §3.3); empty where there
/// are none such.
std::string glued_in(const std::string& rdata) {
  std::string joined;
  for (std::size_t at = 0; at < rdata.size();) {
    const auto size = static_cast<unsigned char>(rdata[at]);
    const auto next = std::string_view(rdata).substr(at + 1, size);
    const auto left = last_word(joined), right = first_word(next);
    const bool is_version = ascii_lower(left) == "v=spf1";
    if (!left.empty() && begins_term(right) && (is_version || mailauth::parse_spf_term(left)))
      return fmt::format("{}{}", left, right);
    joined += next;
    at += std::size_t{1} + size;
  }
  return {};
}

std::string glued_in(const SpfText& text) {
  const auto* set = text.fact == nullptr ? nullptr : text.fact->rrset();
  if (set == nullptr) return {};
  for (const auto& rdata : set->rdata) {
    if (ascii_lower(dns::txt_joined(rdata).substr(0, 6)) != "v=spf1") continue;
    if (auto glued = glued_in(rdata); !glued.empty()) return glued;
  }
  return {};
}

}  // namespace

void judge_spf_syntax(audit::DomainCase& c, audit::Findings& findings) {
  const auto text = spf_text(c.desk, c.domain.name);
  const bool is_wrong = text.state == State::wrong;
  if ((!is_wrong && !text.is_good()) || !glued_in(text).empty()) return;
  std::vector<std::string> wrong, unknown;
  std::string_view first, wording;
  std::size_t column = 0;
  for (const auto& word : terms_in(text.text())) {
    const auto term = mailauth::parse_spf_term(word.text);
    const bool is_odd = term && term->kind == mailauth::SpfKind::modifier &&
                        is_mechanism(ascii_lower(word.text.substr(0, word.text.find('='))));
    if (term && !is_odd) continue;
    (term ? unknown : wrong).push_back(fmt::format("{} (column {})", shown(word.text), word.column));
    if (column == 0 || (!term && wrong.size() == 1)) {
      first = word.text, column = word.column;
      wording = term ? "unknown-modifier" : likely(word.text);
    }
  }
  if (wrong.empty() && unknown.empty()) return;
  audit::Args args{.values = {{"domain", c.domain.name},
                              {"term", shown(first)},
                              {"column", column},
                              {"terms", audit::list_of(wrong.empty() ? unknown : wrong)}},
                   .wording = wording};
  // The evaluation goes on without it.
  if (wrong.empty()) args.severity = Severity::warning;
  findings.add(std::move(args));
}

void judge_spf_dup_modifier(audit::DomainCase& c, audit::Findings& findings) {
  const auto text = spf_text(c.desk, c.domain.name);
  if (text.state != State::wrong) return;
  const auto name = doubled_in(text.text());
  if (!name.empty()) findings.add({.values = {{"domain", c.domain.name}, {"modifier", name}}});
}

void judge_spf_string_join(audit::DomainCase& c, audit::Findings& findings) {
  const auto glued = glued_in(spf_text(c.desk, c.domain.name));
  if (!glued.empty()) findings.add({.values = {{"domain", c.domain.name}, {"term", shown(glued)}}});
}

}  // namespace rdnsgate::rules
