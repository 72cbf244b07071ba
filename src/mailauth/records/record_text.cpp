// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "mailauth/records/record_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/ascii.h"
#include "base/text/text.h"
#include "base/text/utf8.h"

namespace rdnsgate::mailauth {
namespace {

enum class Foreign : std::uint8_t {
  quote,
  backslash,
  curly_quote,
  zero_width,
  space,
  control,
  other,
  not_utf8
};

struct Words {
  std::string_view id, message, hint;
};
constexpr std::array<Words, 8> words{{
    {"quotes", "quotation marks stand in the record itself",
     "leave them out: they belong to the notation of a zone file, and an interface may add them by itself"},
    {"backslash", "backslashes stand in the record itself",
     "leave them out: only the notation of a zone file has them, and an interface may add them by itself"},
    {"curly-quotes", "typographic quotation marks stand in the record", "leave them out"},
    {"zero-width", "characters of no width, which nobody sees, stand in the record",
     "type this part anew: it was copied from a page or a document"},
    {"no-break-space", "spaces that are not plain ones (no-break spaces, say) stand in the record",
     "type them anew as plain spaces, or leave them out"},
    {"control-character", "control characters or line breaks stand in the record", "leave them out"},
    {"not-ascii", "characters that are not ASCII stand in the record", "a record is plain ASCII"},
    {"not-utf8", "octets that are neither ASCII nor UTF-8 stand in the record", "a record is plain ASCII"},
}};

Foreign kind_of_code(std::uint32_t code) {
  const auto between = [&](std::uint32_t from, std::uint32_t to) { return code >= from && code <= to; };
  if (code == 0xAD || code == 0x180E || code == 0xFEFF || between(0x200B, 0x200F) ||
      between(0x202A, 0x202E) || between(0x2060, 0x2069))
    return Foreign::zero_width;
  if (code == 0xA0 || code == 0x202F || code == 0x205F || code == 0x3000 || between(0x2000, 0x200A) ||
      between(0x2028, 0x2029))
    return Foreign::space;
  if (between(0x2018, 0x201F) || between(0x2032, 0x2036) || code == 0xAB || code == 0xBB)
    return Foreign::curly_quote;
  return between(0x80, 0x9F) ? Foreign::control : Foreign::other;
}

/// A folding: CRLF with white space behind it (RFC 6376 §2.8).
bool folds(std::string_view text, std::size_t at) {
  const auto begin = text[at] == '\n' ? (at == 0 ? at : at - 1) : at;
  return text.substr(begin, 2) == "\r\n" && begin + 2 < text.size() && is_blank(text[begin + 2]);
}

class OctetScan {
 public:
  OctetScan(std::string_view text, const std::vector<Place>& prose, std::string_view source, Reasons& reasons)
      : text_(text), prose_(prose), source_(source), reasons_(reasons) {}

  void scan() {
    for (std::size_t at = 0; at < text_.size();) at += octet(at);
    for (std::size_t kind = 0; kind < words.size(); ++kind) {
      for (const auto* found : {&found_[kind], &in_prose_[kind]}) {
        if (found->times == 0) continue;
        auto message = std::string(words[kind].message);
        if (found->times > 1) message += fmt::format(" ({} of them)", found->times);
        const auto severity = found == &in_prose_[kind] ? Severity::warning : Severity::error;
        reasons_.add(severity, words[kind].id, source_, found->first, std::move(message),
                     std::string(words[kind].hint));
      }
    }
  }

 private:
  struct Found {
    std::size_t times = 0;
    Place first;
  };

  std::size_t octet(std::size_t at) {
    const auto c = static_cast<unsigned char>(text_[at]);
    if (c >= 0x80) {
      const auto point = code_point_at(text_, at);
      if (point.octets == 0) return note(Foreign::not_utf8, at, 1);
      return note(kind_of_code(point.code), at, point.octets);
    }
    if (c == '"' || (c == '\'' && (at == 0 || at + 1 == text_.size()))) return note(Foreign::quote, at, 1);
    if (c == '\\') return note(Foreign::backslash, at, 1);
    const bool is_control = (c < 0x20 && c != '\t') || c == 0x7F;
    if (is_control && !((c == '\r' || c == '\n') && folds(text_, at))) return note(Foreign::control, at, 1);
    return 1;
  }

  std::size_t note(Foreign kind, std::size_t at, std::size_t octets) {
    const bool prose = std::any_of(prose_.begin(), prose_.end(), [&](const Place& place) {
      return at >= place.offset && at < place.offset + place.length;
    });
    if (prose && (kind == Foreign::quote || kind == Foreign::backslash)) return octets;
    auto& found = (prose ? in_prose_ : found_)[static_cast<std::size_t>(kind)];
    if (found.times++ == 0) found.first = {0, at, octets};
    return octets;
  }

  std::string_view text_;
  const std::vector<Place>& prose_;
  std::string_view source_;
  Reasons& reasons_;
  std::array<Found, words.size()> found_, in_prose_;
};

constexpr std::array<RecordKind, 6> kinds{{
    {"v=spf1", "an SPF record", "at the domain itself"},
    {"v=dkim1", "a DKIM key", "at SELECTOR._domainkey.DOMAIN"},
    {"v=dmarc1", "a DMARC record", "at _dmarc.DOMAIN"},
    {"v=bimi1", "a BIMI record", "at default._bimi.DOMAIN"},
    {"v=stsv1", "an MTA-STS record", "at _mta-sts.DOMAIN"},
    {"v=tlsrptv1", "a TLS reporting record", "at _smtp._tls.DOMAIN"},
}};

}  // namespace

void judge_octets(std::string_view text, const std::vector<Place>& prose, std::string_view source,
                  Reasons& reasons) {
  OctetScan(text, prose, source, reasons).scan();
}

void judge_size(std::string_view text, Reasons& reasons) {
  // Each string of up to 255 octets has one more for its length (RFC 1035 §3.3).
  const std::size_t size = text.size() + (text.size() + 254) / 255;
  constexpr std::size_t most = 65535;
  constexpr std::size_t everywhere = 4096;  // what EDNS is advised to begin with (RFC 6891)
  const Place all{0, 0, text.size()};
  if (size > most) {
    reasons.error("too-long", "RFC 1035 §3.2.1", all,
                  fmt::format("{} octets do not fit into a TXT record, which takes {}", text.size(),
                              most - most / 256));
  } else if (size > everywhere) {
    reasons.warn(
        "long-record", "RFC 6891 §6.2.5", all,
        fmt::format("{} octets are more than one answer over UDP takes: not every resolver gets them",
                    text.size()));
  }
}

std::optional<RecordKind> kind_of(std::string_view text) {
  text = trimmed(text, " \t\"'");
  if (text.empty() || to_lower(text.front()) != 'v') return std::nullopt;
  text = trimmed(text.substr(1));
  if (!text.starts_with('=')) return std::nullopt;
  text = trimmed(text.substr(1));
  const auto end = std::find_if_not(text.begin(), text.end(), is_alphanumeric);
  const auto version = "v=" + ascii_lower(text.substr(0, static_cast<std::size_t>(end - text.begin())));
  const auto found =
      std::find_if(kinds.begin(), kinds.end(), [&](const auto& kind) { return kind.version == version; });
  return found == kinds.end() ? std::nullopt : std::optional(*found);
}

}  // namespace rdnsgate::mailauth
