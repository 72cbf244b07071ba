// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/rdata_fields.h"

#include <fmt/format.h>
#include "dns/ldns_headers.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <string>
#include <vector>

#include "base/ascii.h"
#include "base/ip.h"
#include "dns/name.h"
#include "dns/rdata_syntax.h"

namespace rdnsgate::dns {
namespace {

struct FieldNames {
  std::uint16_t type;
  std::array<std::string_view, 7> names;
};
// Of the types that people write by hand.
constexpr std::array field_names{
    FieldNames{LDNS_RR_TYPE_A, {"address"}},
    FieldNames{LDNS_RR_TYPE_AAAA, {"address"}},
    FieldNames{LDNS_RR_TYPE_NS, {"name server"}},
    FieldNames{LDNS_RR_TYPE_CNAME, {"target"}},
    FieldNames{LDNS_RR_TYPE_DNAME, {"target"}},
    FieldNames{LDNS_RR_TYPE_PTR, {"target"}},
    FieldNames{LDNS_RR_TYPE_MX, {"preference", "target"}},
    FieldNames{LDNS_RR_TYPE_SRV, {"priority", "weight", "port", "target"}},
    FieldNames{LDNS_RR_TYPE_SOA,
               {"primary name server", "mailbox", "serial", "refresh time", "retry time", "expire time",
                "negative TTL"}},
    FieldNames{LDNS_RR_TYPE_CAA, {"flags", "tag", "value"}},
    FieldNames{LDNS_RR_TYPE_TLSA, {"usage", "selector", "matching type", "data"}},
    FieldNames{LDNS_RR_TYPE_SMIMEA, {"usage", "selector", "matching type", "data"}},
    FieldNames{LDNS_RR_TYPE_DS, {"key tag", "algorithm", "digest type", "digest"}},
    FieldNames{LDNS_RR_TYPE_CDS, {"key tag", "algorithm", "digest type", "digest"}},
    FieldNames{LDNS_RR_TYPE_DNSKEY, {"flags", "protocol", "algorithm", "key"}},
    FieldNames{LDNS_RR_TYPE_CDNSKEY, {"flags", "protocol", "algorithm", "key"}},
    FieldNames{LDNS_RR_TYPE_SSHFP, {"algorithm", "fingerprint type", "fingerprint"}},
    FieldNames{LDNS_RR_TYPE_NAPTR,
               {"order", "preference", "flags", "service", "regular expression", "replacement"}},
    FieldNames{LDNS_RR_TYPE_URI, {"priority", "weight", "target"}},
    FieldNames{LDNS_RR_TYPE_SVCB, {"priority", "target"}},
    FieldNames{LDNS_RR_TYPE_HTTPS, {"priority", "target"}},
};

std::string name_of(std::uint16_t type, std::size_t field) {
  const auto known = std::find_if(field_names.begin(), field_names.end(),
                                  [&](const FieldNames& one) { return one.type == type; });
  if (known == field_names.end() || field >= known->names.size() || known->names[field].empty())
    return fmt::format("number in field {}", field + 1);
  return std::string(known->names[field]);
}

std::string cut_short(std::string_view token) {
  constexpr std::size_t most = 60;
  return token.size() <= most ? std::string(token) : std::string(token.substr(0, most - 3)) + "...";
}

/// Words, as zone files part them; a quoted string is one, with its marks.
std::vector<std::string_view> words_of(std::string_view data) {
  std::vector<std::string_view> words;
  for (std::size_t at = 0; at < data.size();) {
    if (is_blank(data[at])) {
      ++at;
      continue;
    }
    const auto begin = at;
    bool quoted = false;
    for (; at < data.size() && (quoted || !is_blank(data[at])); ++at) {
      if (data[at] == '\\' && at + 1 < data.size()) {
        ++at;
      } else if (data[at] == '"') {
        quoted = !quoted;
      }
    }
    words.push_back(data.substr(begin, std::min(at, data.size()) - begin));
  }
  return words;
}

class Checker {
 public:
  Checker(std::uint16_t type, std::string_view mnemonic) : type_(type), mnemonic_(mnemonic) {}

  Result<void> run(const std::vector<std::string_view>& words, std::size_t& wrong) {
    const auto* descriptor = ldns_rr_descript(type_);
    const auto least = ldns_rr_descriptor_minimum(descriptor), most = ldns_rr_descriptor_maximum(descriptor);
    for (std::size_t i = 0; i < std::min(words.size(), most); ++i) {
      wrong = i;
      const auto kind = ldns_rr_descriptor_field_type(descriptor, i);
      if (auto checked = check(kind, i, words[i]); !checked) return checked;
      if (is_one_word(kind)) continue;
      // The count says nothing from here on.
      return rest(kind, i, words);
    }
    if (type_ == LDNS_RR_TYPE_NSEC && words.size() == 1)
      return fail("an NSEC record without types", "it lists itself at least (RFC 4034 §4.1.2)");
    wrong = most;
    if (words.size() < least) return count_is_wrong(words.size(), least);
    if (words.size() > most && is_counted()) return extra(words[most]);
    return {};
  }

 private:
  static bool is_one_word(ldns_rdf_type kind) {
    switch (kind) {
      case LDNS_RDF_TYPE_INT8:
      case LDNS_RDF_TYPE_INT16:
      case LDNS_RDF_TYPE_INT32:
      case LDNS_RDF_TYPE_PERIOD:
      case LDNS_RDF_TYPE_DNAME:
      case LDNS_RDF_TYPE_A:
      case LDNS_RDF_TYPE_AAAA:
      case LDNS_RDF_TYPE_ALG:
      case LDNS_RDF_TYPE_CERT_ALG:
      case LDNS_RDF_TYPE_CERTIFICATE_USAGE:
      case LDNS_RDF_TYPE_SELECTOR:
      case LDNS_RDF_TYPE_MATCHING_TYPE:
      case LDNS_RDF_TYPE_TAG:
      case LDNS_RDF_TYPE_STR:
      case LDNS_RDF_TYPE_TYPE:
      case LDNS_RDF_TYPE_TIME:
        return true;
      default:
        return false;
    }
  }

  /// What the field at `at` has for itself, to the end of the line.
  Result<void> rest(ldns_rdf_type kind, std::size_t at, RdataWords words) const {
    switch (kind) {
      case LDNS_RDF_TYPE_HEX:
        return check_hex(words.subspan(at), digest_octets(type_, words));
      case LDNS_RDF_TYPE_NSEC:
        return check_types(words.subspan(at));
      case LDNS_RDF_TYPE_LOC:
        return check_location(words.subspan(at));
      case LDNS_RDF_TYPE_SVCPARAMS:
        return check_parameters(words.subspan(at));
      default:
        return {};
    }
  }

  /// Types whose data ends with the last field that ldns knows.
  bool is_counted() const {
    return std::any_of(field_names.begin(), field_names.end(),
                       [&](const FieldNames& one) { return one.type == type_; });
  }

  Result<void> check(ldns_rdf_type kind, std::size_t field, std::string_view word) const {
    switch (kind) {
      case LDNS_RDF_TYPE_INT8:
        return number(field, word, 255);
      case LDNS_RDF_TYPE_INT16:
        return number(field, word, 65535);
      case LDNS_RDF_TYPE_INT32:
        return number(field, word, std::numeric_limits<std::uint32_t>::max());
      case LDNS_RDF_TYPE_ALG:
      case LDNS_RDF_TYPE_CERTIFICATE_USAGE:
      case LDNS_RDF_TYPE_SELECTOR:
      case LDNS_RDF_TYPE_MATCHING_TYPE:
        return mnemonic_or_number(field, word, 255);
      case LDNS_RDF_TYPE_CERT_ALG:
        return mnemonic_or_number(field, word, 65535);
      case LDNS_RDF_TYPE_PERIOD:
        return period(field, word);
      case LDNS_RDF_TYPE_A:
      case LDNS_RDF_TYPE_AAAA:
        return address(kind == LDNS_RDF_TYPE_AAAA, word);
      case LDNS_RDF_TYPE_DNAME:
        return name(field, word);
      case LDNS_RDF_TYPE_TAG:
        return tag(word);
      case LDNS_RDF_TYPE_TIME: {
        constexpr std::size_t calendar = 14;  // YYYYMMDDHHmmSS, which ldns reads
        if (word.size() == calendar) return {};
        return number(field, word, std::numeric_limits<std::uint32_t>::max());
      }
      default:
        return {};
    }
  }

  Result<void> number(std::size_t field, std::string_view word, std::uint32_t most) const {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    const bool digits = end == word.data() + word.size();
    if (error == std::errc() && digits && value <= most) return {};
    return fail(fmt::format("\"{}\" is not a valid {}", cut_short(word), name_of(type_, field)),
                fmt::format("it is a number from 0 to {}", most));
  }

  Result<void> mnemonic_or_number(std::size_t field, std::string_view word, std::uint32_t most) const {
    const bool numeric =
        !word.empty() && (word[0] == '-' || word[0] == '+' || (word[0] >= '0' && word[0] <= '9'));
    return numeric ? number(field, word, most) : Result<void>();
  }

  Result<void> period(std::size_t field, std::string_view word) const {
    if (parse_zone_time(word, std::numeric_limits<std::uint32_t>::max())) return {};
    return fail(fmt::format("\"{}\" is not a valid {}", cut_short(word), name_of(type_, field)),
                "seconds, or such as 1h30m, up to 4294967295 seconds");
  }

  static Result<void> address(bool v6, std::string_view word) {
    // IPv4 addresses inside IPv6 are odd in an AAAA record, and servers give them out.
    ldns_rdf* mapped = nullptr;
    if (v6 && ldns_str2rdf_aaaa(&mapped, std::string(word).c_str()) == LDNS_STATUS_OK) {
      ldns_rdf_deep_free(mapped);
      return {};
    }
    const auto address = IpAddress::parse(word);
    if (address && address->is_v6() == v6) return {};
    return fail(fmt::format("{} is not an {} address", cut_short(word), v6 ? "IPv6" : "IPv4"),
                address ? v6 ? "an IPv4 address belongs into an A record"
                             : "an IPv6 address belongs into an AAAA record"
                        : address.error().hint);
  }

  Result<void> name(std::size_t field, std::string_view word) const {
    if (word == "@") return {};
    if (word.front() == '"') {
      return fail(fmt::format("{} is not a valid {}", cut_short(word), name_of(type_, field)),
                  "a domain name stands without quotation marks");
    }
    if (const auto read = Name::parse(word); !read) return tl::unexpected(read.error());
    return {};
  }

  static Result<void> tag(std::string_view word) {
    const bool plain = std::all_of(word.begin(), word.end(), is_alphanumeric);
    if (plain) return {};
    return fail(fmt::format("\"{}\" is not a tag", cut_short(word)),
                "it has letters and digits only (RFC 8659 §4.1)");
  }

  Result<void> count_is_wrong(std::size_t there, std::size_t least) const {
    return fail(fmt::format("this {} record has {} of {} values", mnemonic_, there, least),
                there < least && is_counted() ? fmt::format("its {} is missing", name_of(type_, there)) : "");
  }
  Result<void> extra(std::string_view word) const {
    return fail(fmt::format("\"{}\" is one value too many for this {} record", cut_short(word), mnemonic_),
                "each record stands on a line of its own");
  }

  std::uint16_t type_;
  std::string_view mnemonic_;
};

}  // namespace

Result<void> check_rdata_fields(std::uint16_t type, std::string_view mnemonic, std::string_view data,
                                std::size_t& wrong) {
  const auto words = words_of(data);
  if (!words.empty() && words.front() == "\\#") return check_generic(RdataWords(words).subspan(1));
  return Checker(type, mnemonic).run(words, wrong);
}

std::optional<std::uint32_t> parse_zone_time(std::string_view text, std::uint32_t most) {
  std::uint64_t total = 0;
  std::size_t at = 0;
  do {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data() + at, text.data() + text.size(), number);
    const auto behind = static_cast<std::size_t>(end - text.data());
    if (error != std::errc() || behind == at || number > most) return std::nullopt;
    if (behind == text.size()) {
      if (at != 0) return std::nullopt;  // 1h30: of what?
      return static_cast<std::uint32_t>(number);
    }
    constexpr std::string_view units = "wWdDhHmMsS";
    constexpr std::array<std::uint32_t, 5> seconds{604800, 86400, 3600, 60, 1};
    const auto unit = units.find(text[behind]);
    if (unit == std::string_view::npos) return std::nullopt;
    total += number * seconds[unit / 2];
    if (total > most) return std::nullopt;
    at = behind + 1;
  } while (at < text.size());
  return static_cast<std::uint32_t>(total);
}

}  // namespace rdnsgate::dns
