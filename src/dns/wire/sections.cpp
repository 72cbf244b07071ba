// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/wire/sections.h"

#include <fmt/format.h>
#include "dns/ldns_headers.h"

#include <algorithm>
#include <memory>

#include "dns/ede.h"
#include "dns/ldns_record.h"
#include "dns/octets.h"

namespace rdnsgate::dns {
namespace {

constexpr std::uint16_t class_in = 1, type_opt = 41, option_cookie = 10, option_ede = 15;
// A chain of aliases longer than this is followed by nobody; more is an attack on memory and time.
constexpr std::size_t max_rrsets = 64;
constexpr std::size_t max_ede_text = 256;

using OwnedRr = std::unique_ptr<ldns_rr, decltype(&ldns_rr_free)>;

/// Walks the envelope of a message by hand and gives the records that matter to ldns.
class Walker {
 public:
  Walker(std::string_view message, RrType asked, Depth depth, Sections& out, std::string& why)
      : wire_(reinterpret_cast<const std::uint8_t*>(message.data())),
        size_(message.size()),
        asked_(static_cast<std::uint16_t>(asked)),
        depth_(depth),
        out_(out),
        why_(why) {}

  bool walk() {
    if (size_ < header_size) return bad("the reply is shorter than a DNS header");
    out_.authoritative = (wire_[2] & 0x04) != 0;
    out_.truncated = (wire_[2] & 0x02) != 0;
    out_.authenticated = (wire_[3] & 0x20) != 0;
    out_.recursion_available = (wire_[3] & 0x80) != 0;
    out_.rcode = wire_[3] & 0x0f;
    at_ = header_size;
    for (unsigned left = read16(4); left > 0; --left) {
      if (!skip_name() || !skip(4)) return false;
    }
    for (unsigned left = read16(6); left > 0; --left) {
      if (!frame() || !answer_record()) return false;
    }
    for (unsigned left = read16(8); left > 0; --left) {
      if (!frame() || !authority_record()) return false;
    }
    for (unsigned left = read16(10); left > 0; --left) {
      if (!frame() || !additional_record()) return false;
    }
    return true;
  }

 private:
  bool bad(std::string why) {
    why_ = std::move(why);
    return false;
  }
  std::uint16_t read16(std::size_t at) const {
    return static_cast<std::uint16_t>((wire_[at] << 8) | wire_[at + 1]);
  }

  bool skip(std::size_t octets) {
    if (size_ - at_ < octets) return bad("the reply ends in the middle of a record");
    at_ += octets;
    return true;
  }

  bool skip_name() {
    while (true) {
      if (at_ >= size_) return bad("the reply ends in the middle of a name");
      const std::uint8_t length = wire_[at_];
      if ((length & 0xc0) == 0xc0) return skip(2);  // a compression pointer ends the name (RFC 1035 §4.1.4)
      if (length > 63) return bad("a name in the reply has a reserved label type");
      if (!skip(1u + length)) return false;
      if (length == 0) return true;
    }
  }

  /// Finds type, class and extent of the record at at_, which stays where it is.
  bool frame() {
    const std::size_t begin = at_;
    if (!skip_name()) return false;
    if (size_ - at_ < 10) return bad("the reply ends in the middle of a record");
    type_ = read16(at_);
    class_ = read16(at_ + 2);
    fields_ = at_;
    end_ = at_ + 10 + read16(at_ + 8);
    at_ = begin;
    return end_ <= size_ || bad("the reply ends in the middle of a record");
  }

  bool answer_record() {
    // Signatures are not judged here, and not every reader of a fact wants to step over them.
    if (type_ == static_cast<std::uint16_t>(RrType::RRSIG) && asked_ != type_) {
      if (depth_ == Depth::referral) return parse_into(out_.signatures);
      at_ = end_;
      return true;
    }
    return parse_into(out_.answer);
  }

  bool authority_record() {
    if (type_ == static_cast<std::uint16_t>(RrType::SOA)) return parse_into(out_.soas);
    if (type_ == static_cast<std::uint16_t>(RrType::NS)) out_.referral_ns = true;
    if (depth_ == Depth::referral) {
      const auto type = static_cast<RrType>(type_);
      if (type == RrType::NSEC || type == RrType::NSEC3) return parse_proof(out_.denials);
      if (type == RrType::RRSIG) return parse_proof(out_.authority_signatures);
      if (type_ == static_cast<std::uint16_t>(RrType::NS)) return parse_into(out_.ns);
      if (type_ == static_cast<std::uint16_t>(RrType::DS)) return parse_into(out_.ds);
    }
    at_ = end_;
    return true;
  }

  bool additional_record() {
    if (type_ == type_opt) read_opt();
    const bool address =
        type_ == static_cast<std::uint16_t>(RrType::A) || type_ == static_cast<std::uint16_t>(RrType::AAAA);
    if (depth_ == Depth::referral && address && class_ == class_in) return glue_record();
    at_ = end_;
    return true;
  }

  /// Addresses of names that no NS record names have nothing to do here: they are stepped over unread. So is
  /// what exceeds the bound: a zone with so many name servers is not asked at all of them.
  bool glue_record() {
    std::vector<RRset> one;
    const std::size_t behind = end_;
    if (!parse_into(one)) return false;
    auto& set = one.front();
    const auto known = std::find_if(out_.addresses.begin(), out_.addresses.end(), [&](const RRset& it) {
      return it.type == set.type && it.owner == set.owner;
    });
    at_ = behind;
    if (known == out_.addresses.end() && (out_.addresses.size() == max_rrsets || !names_server(set.owner)))
      return true;
    return add(out_.addresses, std::move(set.owner), set.type, set.ttl, std::move(set.rdata.front()));
  }

  /// What proves a denial: that it cannot be read spoils the proof, and not the answer.
  bool parse_proof(std::vector<RRset>& sets) {
    const std::size_t behind = end_;
    if (!parse_into(sets)) why_.clear();
    at_ = behind;
    return true;
  }

  bool names_server(const Name& name) const {
    return std::any_of(out_.ns.begin(), out_.ns.end(), [&](const RRset& set) {
      return std::find(set.rdata.begin(), set.rdata.end(), name.wire()) != set.rdata.end();
    });
  }

  bool parse_into(std::vector<RRset>& sets) {
    if (class_ != class_in) return bad(fmt::format("the reply holds a record of class {}", class_));
    ldns_rr* raw = nullptr;
    const auto status = ldns_wire2rr(&raw, wire_, size_, &at_, LDNS_SECTION_ANSWER);
    const OwnedRr rr(raw, &ldns_rr_free);
    if (status != LDNS_STATUS_OK || raw == nullptr || at_ != end_) {
      return bad(
          fmt::format("a {} record in the reply cannot be read", to_string(static_cast<RrType>(type_))));
    }
    ldns_rr2canonical(raw);
    const ldns_rdf* owner_rdf = ldns_rr_owner(raw);
    auto owner =
        Name::from_wire({reinterpret_cast<const char*>(ldns_rdf_data(owner_rdf)), ldns_rdf_size(owner_rdf)});
    if (!owner) return bad(owner.error().message);
    auto rdata = ldns_rdata(*raw);
    const auto type = static_cast<RrType>(type_);
    if (!has_shape(type, rdata))
      return bad(fmt::format("a {} record in the reply has data of the wrong shape", to_string(type)));
    if (&sets == &out_.answer && read16(fields_ + 4) > 0x7fff) out_.ttl_out_of_range = true;
    return add(sets, std::move(*owner), type, ttl(), std::move(rdata));
  }

  /// A TTL with the top bit set counts as zero (RFC 2181 §8).
  std::uint32_t ttl() const {
    const std::uint32_t value = (std::uint32_t{read16(fields_ + 4)} << 16) | read16(fields_ + 6);
    return value > 0x7fffffff ? 0 : value;
  }

  bool add(std::vector<RRset>& sets, Name&& owner, RrType type, std::uint32_t ttl, std::string&& rdata) {
    for (auto& set : sets) {
      if (set.type != type || set.owner != owner) continue;
      if (&sets == &out_.answer && set.ttl != ttl) out_.ttl_differs = true;
      set.ttl = std::min(set.ttl, ttl);  // differing TTLs in one RRset: the lowest holds (RFC 2181 §5.2)
      set.rdata.push_back(std::move(rdata));
      return true;
    }
    if (sets.size() == max_rrsets)
      return bad(fmt::format("the reply holds more than {} RRsets in one section", max_rrsets));
    auto& set = sets.emplace_back();
    set.owner = std::move(owner);
    set.type = type;
    set.ttl = ttl;
    set.rdata.push_back(std::move(rdata));
    return true;
  }

  /// Of several extended errors, the one that changes what the answer is worth.
  static bool outranks(std::uint16_t code, std::uint16_t other) {
    const auto rank = [](std::uint16_t it) { return ede_is_filtered(it) ? 2 : ede_is_stale(it) ? 1 : 0; };
    return rank(code) > rank(other);
  }

  /// Extended rcode, extended error and the first cookie (RFC 6891 §6.1.3, RFC 8914 §2, RFC 7873 §5.3).
  void read_opt() {
    out_.has_opt = true;
    out_.rcode = static_cast<std::uint16_t>(out_.rcode | (wire_[fields_ + 4] << 4));
    for (std::size_t at = fields_ + 10; end_ - at >= 4;) {
      const std::uint16_t code = read16(at), length = read16(at + 2);
      at += 4;
      if (end_ - at < length) return;
      if (code == option_ede && length >= 2 && (!out_.ede || outranks(read16(at), *out_.ede))) {
        out_.ede = read16(at);
        std::size_t text = std::min<std::size_t>(length - 2u, max_ede_text);
        while (text > 0 && wire_[at + 2 + text - 1] == 0) --text;  // some senders end it with a NUL
        out_.ede_text.assign(reinterpret_cast<const char*>(wire_) + at + 2, text);
      }
      if (code == option_cookie && !out_.cookie)
        out_.cookie = std::string_view(reinterpret_cast<const char*>(wire_) + at, length);
      at += length;
    }
  }

  const std::uint8_t* wire_;
  std::size_t size_;
  std::uint16_t asked_;
  Depth depth_;
  Sections& out_;
  std::string& why_;
  std::size_t at_ = 0;
  // The record that frame() looked at: offsets of the fields behind its owner name, and of its end.
  std::size_t fields_ = 0, end_ = 0;
  std::uint16_t type_ = 0, class_ = 0;
};

}  // namespace

std::vector<std::string> signatures_over(const RRset& set, const std::vector<RRset>& signatures) {
  std::vector<std::string> over;
  for (const auto& candidate : signatures) {
    if (candidate.owner != set.owner) continue;
    for (const auto& rdata : candidate.rdata) {
      if (rdata.size() < 2) continue;  // the type that is covered is in the first two octets
      const auto covered = (static_cast<unsigned char>(rdata[0]) << 8) | static_cast<unsigned char>(rdata[1]);
      if (covered == static_cast<int>(set.type)) over.push_back(rdata);
    }
  }
  return over;
}

bool read_sections(std::string_view message, RrType asked, Sections& out, std::string& why, Depth depth) {
  if (!Walker(message, asked, depth, out, why).walk()) return false;
  for (auto* sets : {&out.answer, &out.soas, &out.signatures, &out.denials, &out.authority_signatures,
                     &out.ns, &out.ds, &out.addresses}) {
    for (auto& set : *sets) {
      if (set.rdata.size() == 1) continue;
      std::sort(set.rdata.begin(), set.rdata.end());
      set.rdata.erase(std::unique(set.rdata.begin(), set.rdata.end()), set.rdata.end());
    }
  }
  return true;
}

}  // namespace rdnsgate::dns
