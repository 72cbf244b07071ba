// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/escape.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/hash.h"
#include "base/text.h"

namespace rdnsgate::plan {
namespace {

bool is_alphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

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

}  // namespace

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

std::string file_name(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool plain =
        (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == '@';
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

std::string relative_name(const dns::Name& name, const dns::Name& zone, std::string_view apex) {
  if (name == zone) return std::string(apex);
  auto text = name.text();
  if (!zone.is_root()) text.resize(text.size() - zone.text().size() - 1);
  return text;
}

}  // namespace rdnsgate::plan
