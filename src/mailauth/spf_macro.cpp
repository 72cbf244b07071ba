// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "mailauth/spf_macro.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/ascii.h"
#include "base/text.h"

namespace rdnsgate::mailauth {
namespace {

constexpr std::string_view delimiters = ".-+,/_=";
constexpr std::size_t longest_name = 253;  // RFC 7208 §7.3

/// One piece of a macro-string: literal text, or a macro with its transformers.
struct Piece {
  std::string literal;
  bool is_macro = false;  ///< or an escaped octet
  char letter = 0;        ///< lower case; 0 for what stands for itself
  bool escapes = false;
  std::size_t keep = 0;  ///< parts from the right; 0 for all
  bool reverse = false;
  std::string splits_at = ".";
};

std::optional<Piece> macro_in(std::string_view body) {
  Piece piece;
  if (body.empty()) return std::nullopt;
  const char letter = ascii_lower(body.substr(0, 1)).front();
  if (std::string_view("slodiphv").find(letter) == std::string_view::npos) return std::nullopt;
  piece.is_macro = true;
  piece.letter = letter;
  piece.escapes = letter != body.front();
  std::size_t at = 1;
  for (; at < body.size() && is_digit(body[at]); ++at)
    piece.keep = std::min<std::size_t>(1000, piece.keep * 10 + static_cast<std::size_t>(body[at] - '0'));
  if (at > 1 && piece.keep == 0) return std::nullopt;
  if (at < body.size() && (body[at] == 'r' || body[at] == 'R')) piece.reverse = true, ++at;
  const auto rest = body.substr(at);
  if (rest.find_first_not_of(delimiters) != std::string_view::npos) return std::nullopt;
  if (!rest.empty()) piece.splits_at = rest;
  return piece;
}

/// nullopt where the text breaks the grammar.
std::optional<std::vector<Piece>> pieces_of(std::string_view text) {
  std::vector<Piece> pieces;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '%') {
      if (text[at] < '!' || text[at] > '~') return std::nullopt;
      pieces.push_back({std::string(1, text[at])});
      continue;
    }
    const char next = at + 1 < text.size() ? text[at + 1] : '\0';
    if (next == '{') {
      const auto end = text.find('}', at);
      if (end == std::string_view::npos) return std::nullopt;
      auto piece = macro_in(text.substr(at + 2, end - at - 2));
      if (!piece) return std::nullopt;
      pieces.push_back(std::move(*piece));
      at = end;
    } else if (next == '%' || next == '_' || next == '-') {
      pieces.push_back({next == '%' ? "%" : next == '_' ? " " : "%20", true});
      ++at;
    } else {
      return std::nullopt;
    }
  }
  return pieces;
}

/// RFC 7208 §7.1: letters, digits and hyphens, no hyphen at an end, and not digits alone.
bool is_top_label(std::string_view label) {
  return !label.empty() && is_alphanumeric(label.front()) && is_alphanumeric(label.back()) &&
         std::all_of(label.begin(), label.end(), [](char c) { return is_alphanumeric(c) || c == '-'; }) &&
         !std::all_of(label.begin(), label.end(), is_digit);
}

/// The nibbles of an IPv6 address with dots between, or dotted quads (RFC 7208 §7.3).
std::string dotted(const IpAddress& ip) {
  if (ip.is_v4()) return ip.to_string();
  std::string text;
  for (std::size_t i = 0; i < 16; ++i)
    text += fmt::format("{}{:x}.{:x}", i == 0 ? "" : ".", ip.octet(i) >> 4, ip.octet(i) & 15u);
  return text;
}

std::optional<std::string> value_of(char letter, const SpfIdentity& who, const dns::Name& domain) {
  switch (letter) {
    case 's':
      return who.local_part ? std::optional(*who.local_part + "@" + who.sender_domain.text()) : std::nullopt;
    case 'l':
      return who.local_part;
    case 'o':
      return who.sender_domain.text();
    case 'd':
      return domain.text();
    case 'i':
      return dotted(who.ip);
    case 'h':
      return who.helo;
    case 'v':
      return who.ip.is_v4() ? "in-addr" : "ip6";
    default:
      // %{p} is another round of questions, and "SHOULD NOT be used" (RFC 7208 §7.2).
      return std::nullopt;
  }
}

std::string transformed(const Piece& piece, const std::string& value) {
  std::vector<std::string> parts(1);
  for (const char c : value) {
    if (piece.splits_at.find(c) == std::string::npos) {
      parts.back() += c;
    } else {
      parts.emplace_back();
    }
  }
  if (piece.reverse) std::reverse(parts.begin(), parts.end());
  if (piece.keep != 0 && piece.keep < parts.size())
    parts.erase(parts.begin(), parts.end() - static_cast<std::ptrdiff_t>(piece.keep));
  std::string text;
  for (const auto& part : parts) text += (&part == &parts.front() ? "" : ".") + part;
  if (!piece.escapes) return text;
  std::string escaped;
  for (const char c : text) {
    const bool plain = is_alphanumeric(c) || c == '-' || c == '.' || c == '_' || c == '~';
    escaped += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return escaped;
}

/// Every octet as it stands: a backslash escapes nothing here.
std::optional<dns::Name> name_of(std::string text) {
  if (text.ends_with('.')) text.pop_back();
  while (text.size() > longest_name && text.find('.') != std::string::npos) text.erase(0, text.find('.') + 1);
  std::string wire;
  for (std::size_t at = 0; at <= text.size();) {
    const auto end = std::min(text.find('.', at), text.size());
    if (end == at || end - at > 63) return std::nullopt;
    wire += static_cast<char>(end - at);
    wire.append(text, at, end - at);
    at = end + 1;
  }
  auto name = dns::Name::from_wire(wire + '\0');
  return name ? std::optional(std::move(*name)) : std::nullopt;
}

}  // namespace

bool is_macro_string(std::string_view text) { return pieces_of(text).has_value(); }

bool is_domain_spec(std::string_view text) {
  const auto pieces = pieces_of(text);
  if (!pieces || pieces->empty()) return false;
  if (pieces->back().is_macro) return true;
  auto end = text;
  if (end.ends_with('.')) end.remove_suffix(1);
  const auto dot = end.rfind('.');
  return dot != std::string_view::npos && is_top_label(end.substr(dot + 1));
}

Expanded expand_domain(std::string_view spec, const SpfIdentity& who, const dns::Name& domain) {
  Expanded result;
  if (spec.empty()) return {domain, true, false};
  const auto pieces = pieces_of(spec);
  if (!pieces) return result;
  std::string text;
  for (const auto& piece : *pieces) {
    if (piece.letter == 0) {
      text += piece.literal;
      continue;
    }
    result.by_address = result.by_address || (piece.letter != 'd' && piece.letter != 'o');
    const auto value = value_of(piece.letter, who, domain);
    if (!value) return {std::nullopt, false, true};
    text += transformed(piece, *value);
  }
  result.name = name_of(std::move(text));
  return result;
}

}  // namespace rdnsgate::mailauth
