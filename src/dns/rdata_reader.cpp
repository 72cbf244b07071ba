// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/rdata_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <vector>

#include "base/ascii.h"
#include "base/text/text.h"
#include "dns/ldns_record.h"
#include "dns/rdata_fields.h"
#include "dns/record_type.h"

namespace rdnsgate::dns {
namespace {

using OwnedRr = std::unique_ptr<ldns_rr, decltype(&ldns_rr_free)>;

/// Whether the octets are all fields that the type has.
bool is_complete(RrType type, const std::string& rdata) {
  const auto record = ldns_record(Name(), type, 0, rdata);
  const auto* descriptor = ldns_rr_descript(static_cast<std::uint16_t>(type));
  return record != nullptr && ldns_rr_rd_count(record.get()) >= ldns_rr_descriptor_minimum(descriptor);
}

constexpr unsigned amtrelay = 260, caa = 257, dsync = 66;

/// What ldns, which has no name for a type, reads its data as: the fields are the same.
std::string_view fields_of(unsigned number) {
  constexpr unsigned ninfo = 56, rkey = 57, avc = 258, resinfo = 261, wallet = 262, cla = 263, ta = 32768;
  switch (number) {
    case ninfo:
    case avc:
    case resinfo:
    case wallet:
    case cla:
      return "TXT";
    case rkey:
      return "DNSKEY";
    case ta:
      return "DS";
    default:
      return {};
  }
}

/// Words of one record; none of the types that are read so has quotation marks.
std::vector<std::string_view> words_in(std::string_view data) {
  std::vector<std::string_view> words;
  for (std::size_t at = 0; (at = data.find_first_not_of(' ', at)) != std::string_view::npos;) {
    const auto end = std::min(data.find(' ', at), data.size());
    words.push_back(data.substr(at, end - at));
    at = end;
  }
  return words;
}

std::optional<unsigned> whole_number(std::string_view word, unsigned most) {
  unsigned value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (error != std::errc() || end != word.data() + word.size() || value > most) return std::nullopt;
  return value;
}

std::string octets_of(unsigned value, unsigned octets) {
  std::string out;
  for (unsigned i = octets; i-- > 0;) out += static_cast<char>((value >> (8 * i)) & 0xff);
  return out;
}

constexpr unsigned no_number = 0xffffffff;

/// RFC 8777 §4: precedence, D bit, relay type, relay.
Result<std::string> amtrelay_rdata(const std::vector<std::string_view>& words, const Name& origin) {
  constexpr unsigned d_bit = 0x80;
  const auto refuse = [](std::string_view what) {
    return fail(fmt::format("the {} of this AMTRELAY record cannot be read", what),
                "precedence, 0 or 1, the type of the relay from 0 to 3, and the relay (RFC 8777 §4.3)");
  };
  if (words.size() != 4) return refuse("data");
  const auto number = [](std::string_view word, unsigned most) {
    return whole_number(word, most).value_or(no_number);
  };
  const auto precedence = number(words[0], 255), d = number(words[1], 1), type = number(words[2], 3);
  if (precedence == no_number || d == no_number || type == no_number) return refuse("numbers");
  auto rdata = octets_of(precedence, 1) + octets_of(type | (d != 0 ? d_bit : 0), 1);
  if (type == 0) return words[3] == "." ? Result<std::string>(rdata) : refuse("relay");
  if (type == 3) {
    const auto name = Name::relative(words[3], origin);
    return name ? Result<std::string>(rdata + name->wire()) : tl::unexpected(name.error());
  }
  ldns_rdf* raw = nullptr;
  const auto read = type == 2 ? ldns_str2rdf_aaaa : ldns_str2rdf_a;
  if (read(&raw, std::string(words[3]).c_str()) != LDNS_STATUS_OK) return refuse("relay");
  const std::unique_ptr<ldns_rdf, decltype(&ldns_rdf_deep_free)> relay(raw, &ldns_rdf_deep_free);
  return rdata.append(reinterpret_cast<const char*>(ldns_rdf_data(raw)), ldns_rdf_size(raw));
}

unsigned scheme_number(std::string_view word) {
  constexpr unsigned notify = 1;
  return ascii_lower(word) == "notify" ? notify : whole_number(word, 255).value_or(no_number);
}

/// RFC 9859 §2: type, scheme, port, target.
Result<std::string> dsync_rdata(const std::vector<std::string_view>& words, const Name& origin) {
  const auto refuse = [] {
    return fail("the data of this DSYNC record cannot be read",
                "a record type, a scheme such as NOTIFY, a port and a name (RFC 9859 §2)");
  };
  if (words.size() != 4) return refuse();
  const auto type = static_cast<unsigned>(record_type(words[0]).value_or(RrType{}));
  const auto scheme = scheme_number(words[1]), port = whole_number(words[2], 65535).value_or(no_number);
  if (type == 0 || scheme == no_number || port == no_number) return refuse();
  const auto name = Name::relative(words[3], origin);
  if (!name) return tl::unexpected(name.error());
  return octets_of(type, 2) + octets_of(scheme, 1) + octets_of(port, 2) + name->wire();
}

/// The octets that a word stands for, quoted or not (RFC 1035 §5.1); nullopt where an escape is none.
std::optional<std::string> unescaped(std::string_view word) {
  if (word.size() > 1 && word.front() == '"' && word.back() == '"') word = word.substr(1, word.size() - 2);
  std::string octets;
  for (std::size_t at = 0; at < word.size(); ++at) {
    if (word[at] != '\\') {
      octets += word[at];
      continue;
    }
    const auto escape = word.substr(at + 1, 3);
    if (escape.empty()) return std::nullopt;
    const bool decimal = escape.front() >= '0' && escape.front() <= '9';
    const auto value = decimal && escape.size() == 3 ? whole_number(escape, 255) : std::nullopt;
    if (decimal && !value) return std::nullopt;
    octets += decimal ? static_cast<char>(*value) : escape.front();
    at += decimal ? 3 : 1;
  }
  return octets;
}

/// One word and nothing behind it: in quotation marks, or without a blank.
bool is_one_word(std::string_view text) {
  const bool quoted = text.starts_with('"');
  for (std::size_t at = quoted ? 1 : 0; at < text.size(); ++at) {
    if (text[at] == '\\')
      ++at;
    else if (text[at] == (quoted ? '"' : ' '))
      return quoted && at + 1 == text.size();
  }
  return !quoted && !text.empty();
}

/// RFC 8659 §4.1.1: flags, tag, value. ldns reads the value in quotation marks only, and 255 octets of it.
Result<std::string> caa_rdata(std::string_view data) {
  const auto flags_end = data.find(' '), tag = data.find_first_not_of(' ', flags_end);
  const auto tag_end = data.find(' ', tag), begin = data.find_first_not_of(' ', tag_end);
  const auto value =
      is_one_word(data.substr(std::min(begin, data.size()))) ? unescaped(data.substr(begin)) : std::nullopt;
  const auto flags = whole_number(data.substr(0, flags_end), 255);
  const auto tag_octets = tag_end - tag;
  if (!value || !flags || tag_octets > 255)
    return fail("the data of this CAA record cannot be read", "flags, a tag and a value (RFC 8659 §4.1.1)");
  return octets_of(*flags, 1) + octets_of(static_cast<unsigned>(tag_octets), 1) +
         std::string(data.substr(tag, tag_octets)) + *value;
}

/// Of what nearly all records of a mail estate are: one address, or one name without escapes. Nullopt of anything
/// else, and of what is wrong, which the long way says.
std::optional<std::string> plain_rdata(RrType type, std::string_view data, const Name& origin) {
  if (type == RrType::A || type == RrType::AAAA) {
    const auto address = IpAddress::read(data);
    if (!address || address->is_v4() != (type == RrType::A)) return std::nullopt;
    return std::string(reinterpret_cast<const char*>(address->data()), address->size());
  }
  if (type != RrType::PTR && type != RrType::CNAME && type != RrType::NS) return std::nullopt;
  const bool plain = std::all_of(data.begin(), data.end(), [](char c) {
    return is_alphanumeric(c) || c == '-' || c == '.' || c == '_';
  });
  const auto name = plain && !data.empty() ? Name::relative(data, origin) : fail("");
  return name ? std::optional(name->wire()) : std::nullopt;
}

/// The length in the generic form, which was checked; ldns drops octets that are more than the type has.
std::size_t stated_octets(std::string_view data) {
  std::size_t octets = 0;
  data.remove_prefix(std::min(data.find_first_of("0123456789"), data.size()));
  std::from_chars(data.data(), data.data() + data.size(), octets);
  return octets;
}

}  // namespace

struct RdataReader::Origin {
  Name name;
  std::unique_ptr<ldns_rdf, decltype(&ldns_rdf_deep_free)> rdf;
};

RdataReader::RdataReader(const Name& origin)
    : origin_(
          new Origin{origin,
                     {ldns_rdf_new_frm_data(LDNS_RDF_TYPE_DNAME, origin.wire().size(), origin.wire().data()),
                      &ldns_rdf_deep_free}}) {}
RdataReader::~RdataReader() = default;
RdataReader::RdataReader(RdataReader&&) noexcept = default;
RdataReader& RdataReader::operator=(RdataReader&&) noexcept = default;

Result<std::string> RdataReader::read(std::string_view type, std::string_view data, std::size_t* wrong) {
  return read(static_cast<RrType>(type_number(type)), type, data, wrong);
}

/// Through ldns, which knows every type; it is given an owner and a TTL that cannot fail.
Result<std::string> RdataReader::read(RrType known_type, std::string_view type, std::string_view data,
                                      std::size_t* wrong) {
  if (auto plain = plain_rdata(known_type, data, origin_->name)) return std::move(*plain);
  std::size_t word = 0;
  const auto number = static_cast<std::uint16_t>(known_type);
  if (auto checked = check_rdata_fields(number, type, data, word); !checked) {
    if (wrong != nullptr) *wrong = word;
    return tl::unexpected(checked.error());
  }
  const bool generic = data.starts_with("\\#");
  if (!generic && number == amtrelay) return amtrelay_rdata(words_in(data), origin_->name);
  if (!generic && number == caa) return caa_rdata(data);
  if (!generic && number == dsync) return dsync_rdata(words_in(data), origin_->name);
  const auto known_as = fields_of(number);
  // ldns cuts off what goes beyond its buffer (LDNS_MAX_PACKETLEN), and says nothing.
  if (constexpr std::size_t most = 65534; data.size() > most)
    return fail(fmt::format("the data of this {} record has {} characters, and at most {} are read", type,
                            data.size(), most));
  line_.clear();
  if (generic) {
    fmt::format_to(std::back_inserter(line_), ". 0 IN TYPE{} {}", number, data);
  } else {
    fmt::format_to(std::back_inserter(line_), ". 0 IN {} {}", known_as.empty() ? type : known_as, data);
  }
  ldns_rr* raw = nullptr;
  const auto status = ldns_rr_new_frm_str(&raw, line_.c_str(), 0, origin_->rdf.get(), nullptr);
  const OwnedRr rr(raw, &ldns_rr_free);
  if (status != LDNS_STATUS_OK || raw == nullptr) {
    return fail(fmt::format("the data of this {} record cannot be read", type),
                ascii_lower(ldns_get_errorstr_by_id(status)));
  }
  ldns_rr2canonical(raw);
  auto rdata = ldns_rdata(*raw);
  if (constexpr std::size_t most = 65535; rdata.size() > most)
    return fail(fmt::format("the data of this {} record has {} octets; a record has at most {}", type,
                            rdata.size(), most));
  // The generic form (RFC 3597 §5) is taken octet for octet, whatever the type wants.
  if (generic && (rdata.size() != stated_octets(data) || !is_complete(static_cast<RrType>(number), rdata)))
    return fail(fmt::format("these octets are not the data of a record of type {}", type));
  return rdata;
}

std::string txt_rdata(std::string_view octets) {
  constexpr std::size_t longest = 255;
  std::string rdata;
  do {  // no octets at all are one empty string: a TXT record has at least one (RFC 1035 §3.3.14)
    const auto piece = octets.substr(0, longest);
    rdata += static_cast<char>(piece.size());
    rdata += piece;
    octets.remove_prefix(piece.size());
  } while (!octets.empty());
  return rdata;
}

}  // namespace rdnsgate::dns
