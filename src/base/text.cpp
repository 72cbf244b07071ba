// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <vector>

#include "base/output_text.h"

namespace rdnsgate {
namespace {

/// Decodes one code point at `at`; 0 octets where the bytes are not well-formed UTF-8.
struct Decoded {
  std::uint32_t code;
  std::size_t octets;
};

Decoded decode(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const std::uint32_t lead = byte(at);
  if (lead < 0x80) return {lead, 1};
  const std::size_t octets = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || at + octets > text.size()) return {0, 0};
  std::uint32_t code = lead & (octets == 4 ? 0x07u : octets == 3 ? 0x0Fu : 0x1Fu);
  for (std::size_t i = 1; i < octets; ++i) {
    if ((byte(at + i) & 0xC0u) != 0x80u) return {0, 0};
    code = (code << 6) | (byte(at + i) & 0x3Fu);
  }
  const bool overlong = (octets == 3 && code < 0x800) || (octets == 4 && code < 0x10000);
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  if (overlong || surrogate || code > 0x10FFFF) return {0, 0};
  return {code, octets};
}

bool is_deceptive(std::uint32_t code) {
  return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0xAD || code == 0x61C ||
         (code >= 0x200B && code <= 0x200F) || (code >= 0x2028 && code <= 0x202E) ||
         (code >= 0x2060 && code <= 0x206F) || code == 0xFEFF || (code >= 0xFFF9 && code <= 0xFFFB) ||
         (code >= 0xE0000 && code <= 0xE007F) ||
         (code & 0xFFFEu) == 0xFFFEu;  // noncharacters: no XML may hold them
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), previous(b.size() + 1), current(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) previous[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    current[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
      current[j] = std::min({previous[j] + 1, current[j - 1] + 1, previous[j - 1] + change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        current[j] = std::min(current[j], before[j - 2] + 1);
      }
    }
    before = previous;
    previous = current;
  }
  return previous[b.size()];
}

}  // namespace

std::string escape_terminal(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto [code, octets] = decode(text, at);
    if (octets == 0) {
      out += fmt::format("\\x{:02x}", static_cast<unsigned char>(text[at++]));
      continue;
    }
    if (!is_deceptive(code)) {
      out.append(text, at, octets);
    } else if (code < 0x80) {
      out += fmt::format("\\x{:02x}", code);
    } else {
      out += fmt::format("\\u{{{:04x}}}", code);
    }
    at += octets;
  }
  return out;
}

std::string path_at_line_start(std::string_view path) {
  const auto text = trimmed(path, " \t\r\n\v\f");
  const bool like_a_command = text.starts_with("::") || text.starts_with("##");
  return (like_a_command ? "./" : "") + escape_terminal(path);
}

std::string quoted_for_diff(std::string_view path) {
  constexpr std::string_view named = "\a\b\t\n\v\f\r", letters = "abtnvfr";
  std::string out;
  bool plain = true;
  for (const char c : path) {
    const auto octet = static_cast<unsigned char>(c);
    const auto letter = named.find(c);
    plain = plain && c >= ' ' && c < 0x7F && c != '"' && c != '\\';
    if (letter != std::string_view::npos) {
      out += {'\\', letters[letter]};
    } else if (c == '"' || c == '\\') {
      out += {'\\', c};
    } else if (octet < 0x20 || octet >= 0x7F) {
      out += fmt::format("\\{:03o}", octet);
    } else {
      out += c;
    }
  }
  if (!plain) return '"' + out + '"';
  return path.find(' ') == std::string_view::npos ? out : out + '\t';
}

std::string harmless_json(std::string json) {
  const auto first = std::find_if(json.begin(), json.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x7F; });
  if (first == json.end()) return json;
  std::string out(json.begin(), first);
  for (std::size_t at = out.size(); at < json.size();) {
    const auto [code, octets] = decode(json, at);
    const std::size_t size = std::max<std::size_t>(octets, 1);
    if (octets == 0 || code < 0x7F || !is_deceptive(code)) {
      out.append(json, at, size);
    } else if (code < 0x10000) {
      out += fmt::format("\\u{:04x}", code);
    } else {
      out += fmt::format("\\u{:04x}\\u{:04x}", 0xD800 + ((code - 0x10000) >> 10), 0xDC00 + (code & 0x3FF));
    }
    at += size;
  }
  return out;
}

bool is_utf8(std::string_view text, std::size_t* bad_at) {
  for (std::size_t at = 0; at < text.size();) {
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      ++at;
      continue;
    }
    const auto decoded = decode(text, at);
    if (decoded.octets == 0) {
      if (bad_at != nullptr) *bad_at = at;
      return false;
    }
    at += decoded.octets;
  }
  return true;
}

std::string_view closest(std::string_view text, std::span<const std::string_view> candidates) {
  if (text.size() > 64) return {};
  const std::string lower = ascii_lower(text);
  std::size_t best = std::max<std::size_t>(1, text.size() / 3) + 1;
  std::string_view found;
  for (const auto candidate : candidates) {
    const std::size_t distance = edit_distance(lower, ascii_lower(candidate));
    if (distance < best) {
      best = distance;
      found = candidate;
    }
  }
  return found;
}

std::string_view one_edit_away(std::string_view text, std::span<const std::string_view> candidates) {
  if (text.size() > 64) return {};
  const std::string lower = ascii_lower(text);
  std::string_view found;
  for (const auto candidate : candidates) {
    if (edit_distance(lower, ascii_lower(candidate)) > 1) continue;
    if (!found.empty()) return {};
    found = candidate;
  }
  return found;
}

std::string counted(std::size_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

std::string ascii_lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

bool glob_match(std::string_view pattern, std::string_view text) {
  const auto fold = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  std::size_t p = 0, t = 0, star = std::string_view::npos, mark = 0;
  while (t < text.size()) {
    if (p < pattern.size() && (pattern[p] == '?' || fold(pattern[p]) == fold(text[t])) && pattern[p] != '*') {
      ++p;
      ++t;
    } else if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      mark = t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++mark;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

std::string escape_markup(std::string_view text) {
  std::string out;
  for (const char c : escape_terminal(text)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':  // "]]>" is forbidden in an element
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string_view trimmed(std::string_view text, std::string_view blank) {
  const std::size_t begin = std::min(text.find_first_not_of(blank), text.size());
  return text.substr(begin, text.find_last_not_of(blank) + 1 - begin);
}

}  // namespace rdnsgate
