// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/name.h"

#include <fmt/format.h>
#include <idn2.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <optional>

#include "base/ascii.h"

namespace rdnsgate::dns {
namespace {

constexpr std::size_t max_label = 63, max_name = 255;  // RFC 1035 §2.3.4

std::string shortened(std::string_view text) {
  return text.size() <= 80 ? std::string(text)
                           : fmt::format("{}... ({} octets)", text.substr(0, 60), text.size());
}

/// Appends a label in wire format; the caller checks the total length.
void append_label(std::string& wire, std::string_view label) {
  wire += static_cast<char>(label.size());
  wire += label;
}

/// Of most labels every octet stands for itself.
bool is_plain(std::string_view label) {
  return std::all_of(label.begin(), label.end(), [](char c) { return is_alphanumeric(c) || c == '-'; });
}

void append_text(std::string& out, std::string_view label) {
  if (is_plain(label)) {
    out += label;
    return;
  }
  for (const char c : label) {
    const auto octet = static_cast<unsigned char>(c);
    if (octet <= 0x20 || octet >= 0x7F) {
      out += fmt::format("\\{:03}", octet);
    } else {
      if (c == '.' || c == '\\' || c == '"' || c == ';' || c == '(' || c == ')' || c == '@' || c == '$') out += '\\';
      out += c;
    }
  }
}

/// Writes a label of the digits of an octet; returns where it ends.
char* write_decimal_label(char* at, unsigned octet) {
  char* const length = at++;
  if (octet >= 100) *at++ = static_cast<char>('0' + octet / 100);
  if (octet >= 10) *at++ = static_cast<char>('0' + octet / 10 % 10);
  *at++ = static_cast<char>('0' + octet % 10);
  *length = static_cast<char>(at - length - 1);
  return at;
}

}  // namespace

Result<Name> Name::parse(std::string_view text) {
  if (text == ".") return Name();
  if (text.empty()) return fail("a domain name is empty");
  // Each octet of a label takes one of the text at least, and so does each length but the first and the last.
  std::string wire(text.size() + 2, '\0');
  std::size_t length_at = 0, at = 1;
  const auto close = [&]() -> std::optional<Error> {
    const std::size_t size = at - length_at - 1;
    if (size == 0) {
      return Error{fmt::format("\"{}\" has an empty label", shortened(text)),
                   "two dots stand side by side, or the name begins with one"};
    }
    if (size > max_label) {
      return Error{fmt::format("\"{}\" has a label of {} octets", shortened(text), size),
                   "the limit is 63 (RFC 1035 §2.3.4)"};
    }
    wire[length_at] = static_cast<char>(size);
    length_at = at++;
    return std::nullopt;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '.') {
      if (auto error = close()) return tl::unexpected(std::move(*error));
      continue;
    }
    if (c == '\\') {
      if (i + 3 < text.size() && is_digit(text[i + 1]) && is_digit(text[i + 2]) && is_digit(text[i + 3])) {
        const int octet = (text[i + 1] - '0') * 100 + (text[i + 2] - '0') * 10 + (text[i + 3] - '0');
        if (octet > 255) return fail(fmt::format("\"{}\" has an escape above \\255", shortened(text)));
        c = static_cast<char>(octet);
        i += 3;
      } else if (i + 1 < text.size() && !is_digit(text[i + 1])) {
        c = text[++i];
      } else {
        return fail(fmt::format("\"{}\" ends in, or has, an incomplete escape", shortened(text)),
                    "write \\DDD, three digits");
      }
    }
    wire[at++] = to_lower(c);
  }
  if (at > length_at + 1) {
    if (auto error = close()) return tl::unexpected(std::move(*error));
  }
  wire[length_at] = '\0';
  wire.resize(length_at + 1);
  if (wire.size() > max_name) {
    return fail(fmt::format("\"{}\" takes {} octets", shortened(text), wire.size()),
                "a domain name has at most 255 (RFC 1035 §2.3.4)");
  }
  return Name(std::move(wire));
}

Result<Name> Name::relative(std::string_view text, const Name& origin) {
  if (text == "@") return origin;
  auto name = parse(text);
  return !name || ends_in_dot(text) ? std::move(name) : name->under(origin);
}

Result<Name> Name::from_host(std::string_view text) {
  const bool ascii =
      std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (ascii) return parse(text);
  char* converted = nullptr;
  const std::string terminated(text);
  const int code = idn2_to_ascii_8z(terminated.c_str(), &converted, IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);
  const std::unique_ptr<char, decltype(&idn2_free)> owned(converted, &idn2_free);
  if (code != IDN2_OK) {
    return fail(
        fmt::format("\"{}\" is not a valid internationalised name: {}", shortened(text), idn2_strerror(code)),
        "write the A-label form (xn--...)");
  }
  return parse(owned.get());
}

Result<Name> Name::from_wire(std::string_view octets, std::size_t* used) {
  std::size_t at = 0;
  while (true) {
    if (at >= octets.size()) return fail("a wire-format name ends in the middle of a label");
    const auto length = static_cast<unsigned char>(octets[at]);
    if (length > max_label)
      return fail("a wire-format name holds a compression pointer or a reserved label type");
    at += 1 + length;
    if (at > max_name) return fail("a wire-format name has more than 255 octets");
    if (length == 0) break;
  }
  std::string wire(octets.substr(0, at));
  // Length octets are at most 63 and so are never letters: the whole can be lowered at once.
  std::transform(wire.begin(), wire.end(), wire.begin(), to_lower);
  if (used != nullptr) *used = at;
  return Name(std::move(wire));
}

std::size_t Name::label_count() const {
  std::size_t count = 0;
  for (std::size_t at = 0; wire_[at] != 0; at += 1u + static_cast<unsigned char>(wire_[at])) ++count;
  return count;
}

Name Name::parent() const {
  if (is_root()) return {};
  return Name(wire_.substr(1u + static_cast<unsigned char>(wire_[0])));
}

Result<Name> Name::under(const Name& origin) const {
  std::string wire = wire_.substr(0, wire_.size() - 1) + origin.wire_;
  if (wire.size() > max_name)
    return fail(fmt::format("\"{}\" under \"{}\" is longer than 255 octets", text(), origin.text()));
  return Name(std::move(wire));
}

bool Name::is_within(const Name& ancestor) const {
  const std::size_t size = ancestor.wire_.size();
  if (wire_.size() < size) return false;
  const std::size_t start = wire_.size() - size;
  if (wire_.compare(start, size, ancestor.wire_) != 0) return false;
  std::size_t at = 0;  // the suffix must begin at a label boundary
  while (at < start) at += 1u + static_cast<unsigned char>(wire_[at]);
  return at == start;
}

std::string Name::text() const {
  if (is_root()) return ".";
  std::string out;
  out.reserve(wire_.size());
  for (std::size_t at = 0; wire_[at] != 0;) {
    const auto length = static_cast<unsigned char>(wire_[at]);
    if (!out.empty()) out += '.';
    append_text(out, std::string_view(wire_).substr(at + 1, length));
    at += 1u + length;
  }
  return out;
}

std::string Name::fqdn() const { return is_root() ? "." : text() + "."; }

std::string Name::sort_key() const {
  std::string key;
  key.reserve(wire_.size() + 1);
  const auto all = labels();
  for (std::size_t i = all.size(); i-- > 0;) {
    for (const char c : all[i]) {
      if (c == 0 || c == 1) {  // kept apart from the end of the label, which must sort first
        key += '\1';
        key += static_cast<char>(c + 1);
      } else {
        key += c;
      }
    }
    key += '\0';
  }
  key += '\0';
  return key;
}

/// From the left, label by label of whichever has more octets left: what two names have in common on the right has the
/// same length in both, and the first time that these octets are the same it is the longest of it.
std::strong_ordering Name::operator<=>(const Name& other) const {
  const char *mine = wire_.data(), *theirs = other.wire_.data();
  const char *my_label = nullptr, *their_label = nullptr;  // the last ones that were stepped over
  std::size_t my_rest = wire_.size(), their_rest = other.wire_.size();
  const auto step_over = [](const char*& at, std::size_t& rest, const char*& label) {
    const auto size = 1u + static_cast<unsigned char>(*at);
    label = at;
    at += size;
    rest -= size;
  };
  while (my_rest != their_rest || std::memcmp(mine, theirs, my_rest) != 0) {
    const bool mine_too = my_rest >= their_rest;
    if (their_rest >= my_rest) step_over(theirs, their_rest, their_label);
    if (mine_too) step_over(mine, my_rest, my_label);
  }
  // Whoever was not stepped into is above the other one, or the same.
  if (my_label == nullptr || their_label == nullptr) return (my_label != nullptr) <=> (their_label != nullptr);
  const auto label = [](const char* at) { return std::string_view(at + 1, static_cast<unsigned char>(*at)); };
  return label(my_label).compare(label(their_label)) <=> 0;
}

bool ends_in_dot(std::string_view name) {
  if (name.empty() || name.back() != '.') return false;
  std::size_t backslashes = 0;
  while (backslashes + 1 < name.size() && name[name.size() - 2 - backslashes] == '\\') ++backslashes;
  return backslashes % 2 == 0;
}

Name reverse_name(const IpAddress& address) {
  static constexpr std::string_view in_addr("\7in-addr\4arpa\0", 14), ip6("\3ip6\4arpa\0", 10);
  std::array<char, 74> wire;  // as long as that of an IPv6 address
  char* at = wire.data();
  if (address.is_v4()) {
    for (std::size_t i = 4; i-- > 0;) at = write_decimal_label(at, address.octet(i));
    at = std::copy(in_addr.begin(), in_addr.end(), at);
  } else {
    static constexpr std::string_view hex = "0123456789abcdef";
    for (std::size_t i = 16; i-- > 0;) {
      const unsigned octet = address.octet(i);
      for (const unsigned nibble : {octet & 0xf, octet >> 4}) {
        *at++ = 1;
        *at++ = hex[nibble];
      }
    }
    at = std::copy(ip6.begin(), ip6.end(), at);
  }
  return Name(std::string(wire.data(), at));
}

Result<IpAddress> address_of_reverse(const Name& name) {
  const auto labels = name.labels();
  const auto error = [&] {
    return fail(fmt::format("\"{}\" is not the reverse name of one address", name.text()));
  };
  const std::size_t count = labels.size();
  if (count == 6 && labels[4] == "in-addr" && labels[5] == "arpa") {
    std::string text;
    for (std::size_t i = 4; i-- > 0;) text.append(labels[i]).append(i == 0 ? "" : ".");
    if (const auto address = IpAddress::read(text)) return *address;
    return error();
  }
  if (count == 34 && labels[32] == "ip6" && labels[33] == "arpa") {
    std::array<std::uint8_t, 16> octets{};
    for (std::size_t i = 0; i < 32; ++i) {
      const auto& label = labels[31 - i];
      const auto digit =
          label.size() == 1 ? std::string_view("0123456789abcdef").find(label[0]) : std::string_view::npos;
      if (digit == std::string_view::npos) return error();
      octets[i / 2] = static_cast<std::uint8_t>(octets[i / 2] | (digit << (i % 2 == 0 ? 4 : 0)));
    }
    return IpAddress::v6(octets);
  }
  return error();
}

Result<Prefix> block_of_reverse(const Name& name) {
  static const Name in_addr = Name::parse("in-addr.arpa").value(), ip6 = Name::parse("ip6.arpa").value();
  const bool is_v4 = name.is_within(in_addr);
  const std::size_t given = name.label_count(), most = is_v4 ? 6 : 34;
  if ((!is_v4 && !name.is_within(ip6)) || given > most)
    return fail(fmt::format("\"{}\" is not the reverse name of a block", name.text()));
  std::string wire;
  for (std::size_t i = given; i < most; ++i) append_label(wire, "0");
  const auto whole = Name::from_wire(wire + name.wire());
  const auto first = whole ? address_of_reverse(*whole) : tl::unexpected(whole.error());
  if (!first) return tl::unexpected(first.error());
  return Prefix(*first, static_cast<unsigned>(given - 2) * (is_v4 ? 8u : 4u));
}

}  // namespace rdnsgate::dns
