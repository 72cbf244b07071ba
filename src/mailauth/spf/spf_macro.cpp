// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "mailauth/spf/spf_macro.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.h"

namespace rdnsgate::mailauth {
namespace {

constexpr std::string_view delimiters = ".-+,/_=";
constexpr std::size_t longest_name = 253;  // RFC 7208 §7.3

/// RFC 7208 §7.1: letters, digits and hyphens, no hyphen at an end, and not digits alone.
bool is_top_label(std::string_view label) {
  return !label.empty() && is_alphanumeric(label.front()) && is_alphanumeric(label.back()) &&
         std::all_of(label.begin(), label.end(), [](char c) { return is_alphanumeric(c) || c == '-'; }) &&
         !std::all_of(label.begin(), label.end(), is_digit);
}

/// The nibbles of an IPv6 address with dots between, or dotted quads (RFC 7208 §7.3).
std::string dotted(const IpAddress& ip, std::string_view digits) {
  if (ip.is_v4()) return ip.to_string();
  std::string text;
  for (std::size_t i = 0; i < ip.size(); ++i) {
    if (i != 0) text += '.';
    text += digits[ip.octet(i) >> 4];
    text += '.';
    text += digits[ip.octet(i) & 15u];
  }
  return text;
}

}  // namespace

std::optional<SpfDomain> spf_domain(std::string text) {
  if (text.ends_with('.')) text.pop_back();
  std::string wire;
  wire.reserve(text.size() + 2);
  for (std::size_t at = 0; at <= text.size();) {
    const auto end = std::min(text.find('.', at), text.size());
    if (end == at || end - at > 63) return std::nullopt;
    wire += static_cast<char>(end - at);
    wire.append(text, at, end - at);
    at = end + 1;
  }
  auto name = dns::Name::from_wire(wire + '\0');
  return name ? std::optional(SpfDomain(std::move(*name), std::move(text))) : std::nullopt;
}

std::optional<MacroString::Piece> MacroString::macro_in(std::string_view body, Use use) {
  if (body.empty()) return std::nullopt;
  const char letter = to_lower(body.front());
  const std::string_view letters = use == Use::explanation ? "slodiphvcrt" : "slodiphv";
  if (letters.find(letter) == std::string_view::npos) return std::nullopt;
  Piece piece;
  piece.is_macro = true;
  piece.letter = letter;
  piece.escapes = letter != body.front();
  std::size_t at = 1;
  for (; at < body.size() && is_digit(body[at]); ++at)
    piece.keep = std::min<std::size_t>(1'000'000, piece.keep * 10 + static_cast<std::size_t>(body[at] - '0'));
  if (at > 1 && piece.keep == 0) return std::nullopt;
  if (at < body.size() && to_lower(body[at]) == 'r') piece.reverse = true, ++at;
  const auto rest = body.substr(at);
  if (rest.find_first_not_of(delimiters) != std::string_view::npos) return std::nullopt;
  if (!rest.empty()) piece.splits_at = rest;
  return piece;
}

void MacroString::add_literal(std::string_view text) {
  if (pieces_.empty() || pieces_.back().is_macro) pieces_.emplace_back();
  pieces_.back().literal += text;
}

std::optional<MacroString> MacroString::parse(std::string_view text, Use use) {
  MacroString all;
  all.use_ = use;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] != '%') {
      const char lowest = use == Use::explanation ? ' ' : '!';
      const auto begin = at;
      while (at < text.size() && text[at] != '%' && text[at] >= lowest && text[at] <= '~') ++at;
      if (at == begin) return std::nullopt;
      all.add_literal(text.substr(begin, at - begin));
      continue;
    }
    const char next = at + 1 < text.size() ? text[at + 1] : '\0';
    if (next == '{') {
      const auto end = text.find('}', at);
      if (end == std::string_view::npos) return std::nullopt;
      auto piece = macro_in(text.substr(at + 2, end - at - 2), use);
      if (!piece) return std::nullopt;
      all.pieces_.push_back(std::move(*piece));
      at = end + 1;
    } else if (next == '%' || next == '_' || next == '-') {
      Piece escaped;
      escaped.literal = next == '%' ? "%" : next == '_' ? " " : "%20";
      escaped.is_macro = true;
      all.pieces_.push_back(std::move(escaped));
      at += 2;
    } else {
      return std::nullopt;
    }
  }
  return all;
}

bool MacroString::has_macros() const {
  return std::any_of(pieces_.begin(), pieces_.end(), [](const Piece& one) { return one.letter != 0; });
}

bool MacroString::uses(char letter) const {
  return std::any_of(pieces_.begin(), pieces_.end(), [&](const Piece& one) { return one.letter == letter; });
}

bool MacroString::by_address() const {
  return std::any_of(pieces_.begin(), pieces_.end(), [](const Piece& one) {
    return one.letter != 0 && one.letter != 'd' && one.letter != 'o';
  });
}

std::optional<std::string> MacroString::value_of(char letter, const MacroValues& values) const {
  const auto& who = values.who;
  const auto sender = [&] { return who.sender_text.empty() ? who.sender_domain.text() : who.sender_text; };
  switch (letter) {
    case 's':
      return who.local_part ? std::optional(*who.local_part + "@" + sender()) : std::nullopt;
    case 'l':
      return who.local_part;
    case 'o':
      return sender();
    case 'd':
      return values.domain.text;
    case 'i':
      // To a name the case is the same; in a text receivers write it large.
      return dotted(who.ip, use_ == Use::domain ? "0123456789abcdef" : "0123456789ABCDEF");
    case 'h':
      return who.helo;
    case 'v':
      return who.ip.is_v4() ? "in-addr" : "ip6";
    case 'p':
      return values.validated == nullptr ? std::nullopt : std::optional(*values.validated);
    case 'c':
      return who.ip.to_string();
    case 'r':
      return std::string(values.receiver);
    case 't':
      return std::to_string(values.now);
    default:
      return std::nullopt;
  }
}

std::string MacroString::transformed(const Piece& piece, const std::string& value) {
  std::string text;
  if (piece.keep == 0 && !piece.reverse && piece.splits_at == ".") {
    text = value;
  } else {
    std::vector<std::string_view> parts;
    for (std::size_t at = 0; at <= value.size();) {
      const auto end = std::min(value.find_first_of(piece.splits_at, at), value.size());
      parts.push_back(std::string_view(value).substr(at, end - at));
      at = end + 1;
    }
    if (piece.reverse) std::reverse(parts.begin(), parts.end());
    std::size_t first = 0;
    if (piece.keep != 0 && piece.keep < parts.size()) first = parts.size() - piece.keep;
    for (std::size_t i = first; i < parts.size(); ++i) {
      if (i != first) text += '.';
      text += parts[i];
    }
  }
  if (!piece.escapes) return text;
  std::string escaped;
  for (const char c : text) {
    const bool plain = is_alphanumeric(c) || c == '-' || c == '.' || c == '_' || c == '~';
    escaped += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return escaped;
}

std::optional<std::string> MacroString::expand(const MacroValues& values, std::size_t most) const {
  std::string text;
  for (const auto& piece : pieces_) {
    if (piece.letter == 0) {
      text += piece.literal;
    } else {
      const auto value = value_of(piece.letter, values);
      if (!value) return std::nullopt;
      text += transformed(piece, *value);
    }
    // Whatever comes, what stands further left than that is never looked at.
    if (text.size() > 4 * most) text.erase(0, text.size() - 2 * most);
  }
  return text;
}

bool is_domain_spec(std::string_view text, const MacroString& read) {
  if (read.empty()) return false;
  if (read.ends_in_macro()) return true;
  if (text.ends_with('.')) text.remove_suffix(1);
  const auto dot = text.rfind('.');
  return dot != std::string_view::npos && is_top_label(text.substr(dot + 1));
}

Expanded expand_domain(const MacroString& spec, const MacroValues& values) {
  auto text = spec.expand(values, longest_name + 1);
  if (!text) return {std::nullopt, false};
  if (text->ends_with('.')) text->pop_back();
  while (text->size() > longest_name && text->find('.') != std::string::npos)
    text->erase(0, text->find('.') + 1);
  return {spf_domain(std::move(*text)), true};
}

}  // namespace rdnsgate::mailauth
