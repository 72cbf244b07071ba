// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/text/escape.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/ascii.h"
#include "base/hash.h"
#include "base/text/text.h"
#include "base/text/utf8.h"

namespace rdnsgate {
namespace {

bool is_deceptive(std::uint32_t code) {
  return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0xAD || code == 0x61C ||
         (code >= 0x200B && code <= 0x200F) || (code >= 0x2028 && code <= 0x202E) ||
         (code >= 0x2060 && code <= 0x206F) || code == 0xFEFF || (code >= 0xFFF9 && code <= 0xFFFB) ||
         (code >= 0xE0000 && code <= 0xE007F) ||
         (code & 0xFFFEu) == 0xFFFEu;  // noncharacters: no XML may hold them
}

bool is_word(char c) { return is_alphanumeric(c) || (static_cast<unsigned char>(c) & 0x80u) != 0; }

/// Doubles the sign that opens a template, `${` and `%{`.
void disarm(std::string& text, char sign) {
  for (std::size_t at = 0; (at = text.find(sign, at)) != std::string::npos; at += 2) {
    if (at + 1 < text.size() && text[at + 1] == '{') {
      text.insert(at, 1, sign);
    } else {
      --at;
    }
  }
}

std::string in_command(std::string_view text, bool property) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '%':
        out += "%25";
        break;
      case '\r':
        out += "%0D";
        break;
      case '\n':
        out += "%0A";
        break;
      case ':':
        out += property ? "%3A" : ":";
        break;
      case ',':
        out += property ? "%2C" : ",";
        break;
      default:
        out += c;
    }
  }
  return out;
}

}  // namespace

std::string escape_terminal(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto [code, octets] = code_point_at(text, at);
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
  const auto first =
      std::find_if(json.begin(), json.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x7F; });
  if (first == json.end()) return json;
  std::string out(json.begin(), first);
  for (std::size_t at = out.size(); at < json.size();) {
    const auto [code, octets] = code_point_at(json, at);
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

std::string json_string(std::string_view text, bool ascii) {
  return harmless_json(
      nlohmann::json(text).dump(-1, ' ', ascii, nlohmann::json::error_handler_t::replace));
}

std::string github_property(std::string_view text) { return in_command(text, true); }

std::string github_message(std::string_view text) { return in_command(text, false); }

std::string markdown_text(std::string_view text) {
  std::string out;
  for (const char c : escape_terminal(text)) {
    // As references, so that neither the Markdown nor what a forge adds to it (mentions, issue numbers) sees
    // them.
    const bool plain = is_alphanumeric(c) || static_cast<unsigned char>(c) >= 0x80 ||
                       std::string_view(" ,;:?/.()%'\"+=-").find(c) != std::string_view::npos;
    out += plain ? std::string(1, c) : fmt::format("&#{};", static_cast<int>(c));
  }
  return out;
}

std::string markdown_cell(std::string_view text) {
  constexpr std::string_view harmless = " .,;?-/()=+^";
  constexpr std::string_view references = "@#!~%$&";
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool begins_url =
        c == '.' &&
        ascii_lower(std::string_view(out).substr(out.size() - std::min<std::size_t>(out.size(), 3))) == "www";
    if ((is_word(c) || harmless.find(c) != std::string_view::npos) && !begins_url) {
      out += c;
      continue;
    }
    out += fmt::format("&#{};", static_cast<unsigned>(static_cast<unsigned char>(c)));
    if (references.find(c) != std::string_view::npos && i + 1 < text.size() && is_word(text[i + 1]))
      out += "&#8203;";
  }
  return out;
}

std::string markdown_code(std::string_view text) {
  const auto clean = escape_terminal(text);
  if (clean.empty()) return {};
  std::size_t longest = 0, run = 0;
  for (const char c : clean) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  const std::string fence(longest + 1, '`');
  const bool pad = clean.front() == '`' || clean.back() == '`';
  std::string out = fence + (pad ? " " : "");
  for (const char c : clean) out += c == '|' ? "\\|" : std::string(1, c);
  return out + (pad ? " " : "") + fence;
}

std::string ics_text(std::string_view text) {
  std::string out;
  for (const char c : escape_terminal(text)) {
    if (c == '\\' || c == ';' || c == ',') out += '\\';
    out += c;
  }
  return out;
}

std::string quoted_text(std::string_view text) {
  return nlohmann::json(escape_terminal(text)).dump(-1, ' ', true);
}

std::string hcl_string(std::string_view text) {
  auto out = quoted_text(text);
  disarm(out, '$');
  disarm(out, '%');
  return out;
}

std::string shell_word(std::string_view text) {
  const auto clean = escape_terminal(text);
  const auto plain = [](char c) {
    return is_alphanumeric(c) || std::string_view("-_./:").find(c) != std::string_view::npos;
  };
  if (!clean.empty() && clean.front() != '-' && std::all_of(clean.begin(), clean.end(), plain)) return clean;
  std::string out = "'";
  for (const char c : clean) out += c == '\'' ? "'\\''" : std::string(1, c);
  return out + "'";
}

std::string percent_encoded(std::string_view path) {
  std::string out;
  for (const char c : path) {
    const bool plain = is_alphanumeric(c) || std::string_view("-._~/").find(c) != std::string_view::npos;
    out += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

std::string file_name(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool plain = is_lower(c) || is_digit(c) || c == '-' || c == '_' || c == '.' || c == '@';
    if (plain) {
      out += c;
    } else {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  // Neither a hidden file nor the folder above.
  if (!out.empty() && out.front() == '.') out.replace(0, 1, "%2E");
  // A file name has 255 octets at most, with what is put behind it. What is cut off is told apart by its
  // hash.
  constexpr std::size_t longest = 200, kept = 160, digits = 16;
  if (out.size() <= longest) return out;
  const auto hash = sha256_hex(text);
  const auto cut = std::min(kept, out.find('%', kept - 2));  // no part of an escape
  out.resize(cut);
  return out + "-" + hash.substr(0, digits);
}

}  // namespace rdnsgate
