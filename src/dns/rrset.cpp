// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/rrset.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace rdnsgate::dns {
namespace {

std::uint32_t read32(std::string_view octets, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) value = (value << 8) | static_cast<unsigned char>(octets[at + i]);
  return value;
}

std::string txt_text(std::string_view rdata) {
  std::string out;
  for (std::size_t at = 0; at < rdata.size();) {
    const std::size_t length =
        std::min<std::size_t>(static_cast<unsigned char>(rdata[at]), rdata.size() - at - 1);
    if (!out.empty()) out += ' ';
    out += '"';
    for (const char c : rdata.substr(at + 1, length)) {
      const auto octet = static_cast<unsigned char>(c);
      if (octet < 0x20 || octet >= 0x7F) {
        out += fmt::format("\\{:03}", octet);
      } else {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
      }
    }
    out += '"';
    at += 1 + length;
  }
  return out;
}

}  // namespace

std::string rdata_of(const IpAddress& address) {
  return {reinterpret_cast<const char*>(address.data()), address.size()};
}
std::string rdata_of(const Name& name) { return name.wire(); }

Result<IpAddress> address_in(const std::string& rdata) {
  if (rdata.size() == 4) return IpAddress::v4(read32(rdata, 0));
  if (rdata.size() != 16) return fail("address data has neither 4 nor 16 octets");
  std::array<std::uint8_t, 16> octets{};
  std::transform(rdata.begin(), rdata.end(), octets.begin(),
                 [](char c) { return static_cast<std::uint8_t>(c); });
  return IpAddress::v6(octets);
}

Result<Name> name_in(const std::string& rdata) {
  std::size_t used = 0;
  auto name = Name::from_wire(rdata, &used);
  if (name && used != rdata.size()) return fail("octets follow the name in a record");
  return name;
}

Result<Soa> soa_in(const std::string& rdata) {
  Soa soa;
  std::size_t at = 0, used = 0;
  for (Name* name : {&soa.mname, &soa.rname}) {
    auto read = Name::from_wire(std::string_view(rdata).substr(at), &used);
    if (!read) return tl::unexpected(read.error());
    *name = std::move(*read);
    at += used;
  }
  if (rdata.size() - at != 20) return fail("SOA data has the wrong length");
  for (std::uint32_t* number : {&soa.serial, &soa.refresh, &soa.retry, &soa.expire, &soa.minimum}) {
    *number = read32(rdata, at);
    at += 4;
  }
  return soa;
}

bool has_shape(RrType type, const std::string& rdata) {
  switch (type) {
    case RrType::A:
      return rdata.size() == 4;
    case RrType::AAAA:
      return rdata.size() == 16;
    case RrType::PTR:
    case RrType::CNAME:
    case RrType::DNAME:
    case RrType::NS:
      return name_in(rdata).has_value();
    case RrType::SOA:
      return soa_in(rdata).has_value();
    default:
      return true;
  }
}

std::string rdata_generic(const std::string& rdata) {
  std::string out = fmt::format("\\# {}", rdata.size());
  if (!rdata.empty()) out += ' ';
  for (const char c : rdata) out += fmt::format("{:02x}", static_cast<unsigned char>(c));
  return out;
}

std::string rdata_text(RrType type, const std::string& rdata) {
  switch (type) {
    case RrType::A:
    case RrType::AAAA:
      if (const auto address = address_in(rdata)) return address->to_string();
      break;
    case RrType::PTR:
    case RrType::CNAME:
    case RrType::DNAME:
    case RrType::NS:
      if (const auto name = name_in(rdata)) return name->fqdn();
      break;
    case RrType::TXT:
      return txt_text(rdata);
    case RrType::SOA:
      if (const auto soa = soa_in(rdata)) {
        return fmt::format("{} {} {} {} {} {} {}", soa->mname.fqdn(), soa->rname.fqdn(), soa->serial,
                           soa->refresh, soa->retry, soa->expire, soa->minimum);
      }
      break;
    case RrType::MX:
      if (rdata.size() > 2) {
        if (const auto name = name_in(rdata.substr(2))) {
          return fmt::format(
              "{} {}", (static_cast<unsigned char>(rdata[0]) << 8) | static_cast<unsigned char>(rdata[1]),
              name->fqdn());
        }
      }
      break;
    default:
      break;
  }
  return rdata_generic(rdata);
}

std::string txt_joined(const std::string& rdata) {
  std::string out;
  for (std::size_t at = 0; at < rdata.size();) {
    const std::size_t length =
        std::min<std::size_t>(static_cast<unsigned char>(rdata[at]), rdata.size() - at - 1);
    out.append(rdata, at + 1, length);
    at += 1 + length;
  }
  return out;
}

}  // namespace rdnsgate::dns
