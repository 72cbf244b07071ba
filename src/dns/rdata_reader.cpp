// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/rdata_reader.h"

#include <fmt/format.h>
#include <ldns/ldns.h>

#include <charconv>

#include "base/text.h"

namespace rdnsgate::dns {
namespace {

using OwnedRr = std::unique_ptr<ldns_rr, decltype(&ldns_rr_free)>;

/// The number of a record type; 0 where it is none. What is written as TYPE65280 is not left to ldns, which
/// takes a number of any size.
std::uint16_t type_number(std::string_view mnemonic) {
  constexpr std::string_view generic = "type";
  if (ascii_lower(mnemonic.substr(0, generic.size())) == generic) {
    const auto digits = mnemonic.substr(generic.size());
    std::uint16_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return error == std::errc() && end == digits.data() + digits.size() ? number : std::uint16_t{0};
  }
  return static_cast<std::uint16_t>(ldns_get_rr_type_by_name(std::string(mnemonic).c_str()));
}

}  // namespace

std::optional<RrType> record_type(std::string_view mnemonic) {
  const auto type = type_number(mnemonic);
  if (type == 0 || type == LDNS_RR_TYPE_OPT || (type >= 249 && type <= 255)) return std::nullopt;
  return static_cast<RrType>(type);
}

struct RdataReader::Origin {
  std::unique_ptr<ldns_rdf, decltype(&ldns_rdf_deep_free)> rdf;
};

RdataReader::RdataReader(const Name& origin)
    : origin_(
          new Origin{{ldns_rdf_new_frm_data(LDNS_RDF_TYPE_DNAME, origin.wire().size(), origin.wire().data()),
                      &ldns_rdf_deep_free}}) {}
RdataReader::~RdataReader() = default;
RdataReader::RdataReader(RdataReader&&) noexcept = default;
RdataReader& RdataReader::operator=(RdataReader&&) noexcept = default;

/// Through ldns, which knows every type; it is given an owner and a TTL that cannot fail.
Result<std::string> RdataReader::read(std::string_view type, std::string_view data) {
  line_.clear();
  fmt::format_to(std::back_inserter(line_), ". 0 IN {} {}", type, data);
  ldns_rr* raw = nullptr;
  const auto status = ldns_rr_new_frm_str(&raw, line_.c_str(), 0, origin_->rdf.get(), nullptr);
  const OwnedRr rr(raw, &ldns_rr_free);
  if (status != LDNS_STATUS_OK || raw == nullptr) {
    return fail(fmt::format("the data of this {} record cannot be read", type),
                ascii_lower(ldns_get_errorstr_by_id(status)));
  }
  ldns_rr2canonical(raw);
  std::string rdata;
  for (std::size_t i = 0; i < ldns_rr_rd_count(raw); ++i) {
    const ldns_rdf* field = ldns_rr_rdf(raw, i);
    rdata.append(reinterpret_cast<const char*>(ldns_rdf_data(field)), ldns_rdf_size(field));
  }
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
