// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/rdata_text.h"

#include <fmt/format.h>

#include <charconv>
#include <vector>

#include "base/ascii.h"

namespace rdnsgate::dns {
namespace {

constexpr std::size_t max_rdata = 65535, max_string = 255;

tl::unexpected<Error> refuse(RrType type, std::string_view text) {
  constexpr std::size_t most = 60;
  return fail(fmt::format("\"{}{}\" is not the data of a {} record", text.substr(0, most),
                          text.size() > most ? "..." : "", to_string(type)));
}

template <typename T>
bool read_number(std::string_view text, T& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size();
}

void append_number(std::string& out, std::uint32_t value, unsigned octets) {
  while (octets-- > 0) out += static_cast<char>((value >> (8 * octets)) & 0xff);
}

/// No field holds a space: rdata_text() escapes one inside a name.
std::vector<std::string_view> fields_of(std::string_view text) {
  std::vector<std::string_view> fields;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    fields.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return fields;
}

/// `\# 4 0a000001` (RFC 3597 §5).
bool read_generic(std::string_view text, std::string& out) {
  const auto fields = fields_of(text);
  std::size_t size = 0;
  if (fields.size() < 2 || fields.size() > 3 || !read_number(fields[1], size) || size > max_rdata)
    return false;
  const auto digits = fields.size() == 3 ? fields[2] : std::string_view();
  if (digits.size() != 2 * size) return false;
  for (std::size_t i = 0; i < digits.size(); i += 2) {
    const int high = hex_digit(digits[i]), low = hex_digit(digits[i + 1]);
    if (high < 0 || low < 0) return false;
    out += static_cast<char>(high * 16 + low);
  }
  return true;
}

/// The character behind a backslash at `at`, which moves to the last character of the escape.
bool read_escape(std::string_view text, std::size_t& at, char& c) {
  unsigned octet = 0;
  if (at + 3 < text.size() && read_number(text.substr(at + 1, 3), octet)) {
    at += 3;
    c = static_cast<char>(octet);
    return octet <= 255;
  }
  if (at + 1 >= text.size()) return false;
  c = text[++at];
  return true;
}

/// Quoted strings, with one space between them.
bool read_strings(std::string_view text, std::string& out) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!out.empty() && text[at++] != ' ') return false;
    if (at >= text.size() || text[at] != '"') return false;
    std::string octets;
    for (++at; at < text.size() && text[at] != '"'; ++at) {
      char c = text[at];
      if (c == '\\' && !read_escape(text, at, c)) return false;
      octets += c;
    }
    if (at >= text.size() || octets.size() > max_string) return false;
    out += static_cast<char>(octets.size());
    out += octets;
  }
  return out.size() <= max_rdata;
}

bool append_name(std::string& out, std::string_view text) {
  const auto name = Name::parse(text);
  if (name) out += name->wire();
  return name.has_value();
}

bool read_soa(std::string_view text, std::string& out) {
  const auto fields = fields_of(text);
  if (fields.size() != 7 || !append_name(out, fields[0]) || !append_name(out, fields[1])) return false;
  for (std::size_t i = 2; i < 7; ++i) {
    std::uint32_t number = 0;
    if (!read_number(fields[i], number)) return false;
    append_number(out, number, 4);
  }
  return true;
}

bool read_mx(std::string_view text, std::string& out) {
  const auto fields = fields_of(text);
  std::uint16_t preference = 0;
  if (fields.size() != 2 || !read_number(fields[0], preference)) return false;
  append_number(out, preference, 2);
  return append_name(out, fields[1]);
}

bool read_address(std::string_view text, std::string& out) {
  const auto address = IpAddress::parse(text);
  if (address) out = rdata_of(*address);
  return address.has_value();
}

bool read(RrType type, std::string_view text, std::string& out) {
  if (text.starts_with("\\#")) return read_generic(text, out);
  switch (type) {
    case RrType::A:
    case RrType::AAAA:
      return read_address(text, out);
    case RrType::PTR:
    case RrType::CNAME:
    case RrType::DNAME:
    case RrType::NS:
      return append_name(out, text);
    case RrType::TXT:
      return read_strings(text, out);
    case RrType::SOA:
      return read_soa(text, out);
    case RrType::MX:
      return read_mx(text, out);
    default:
      return false;
  }
}

}  // namespace

Result<std::string> parse_rdata(RrType type, std::string_view text) {
  std::string octets;
  if (!read(type, text, octets) || !has_shape(type, octets)) return refuse(type, text);
  return octets;
}

std::string exact_rdata_text(RrType type, const std::string& rdata) {
  auto text = rdata_text(type, rdata);
  std::string again;
  if (!read(type, text, again) || again != rdata) text = rdata_generic(rdata);
  return text;
}

}  // namespace rdnsgate::dns
