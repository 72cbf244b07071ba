// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/rdata_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/text.h"
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

/// The length in the generic form, which was checked; ldns drops octets that are more than the type has.
std::size_t stated_octets(std::string_view data) {
  std::size_t octets = 0;
  data.remove_prefix(std::min(data.find_first_of("0123456789"), data.size()));
  std::from_chars(data.data(), data.data() + data.size(), octets);
  return octets;
}

}  // namespace

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
Result<std::string> RdataReader::read(std::string_view type, std::string_view data, std::size_t* wrong) {
  std::size_t word = 0;
  const auto number = type_number(type);
  if (auto checked = check_rdata_fields(number, type, data, word); !checked) {
    if (wrong != nullptr) *wrong = word;
    return tl::unexpected(checked.error());
  }
  // ldns cuts off what goes beyond its buffer (LDNS_MAX_PACKETLEN), and says nothing.
  if (constexpr std::size_t most = 65534; data.size() > most)
    return fail(fmt::format("the data of this {} record has {} characters, and at most {} are read", type,
                            data.size(), most));
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
  if (constexpr std::size_t most = 65535; rdata.size() > most)
    return fail(fmt::format("the data of this {} record has {} octets; a record has at most {}", type,
                            rdata.size(), most));
  // The generic form (RFC 3597 §5) is taken octet for octet, whatever the type wants.
  if (data.starts_with("\\#") &&
      (rdata.size() != stated_octets(data) || !is_complete(static_cast<RrType>(number), rdata)))
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
