// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/wire/ordinary_reply.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "dns/octets.h"

namespace rdnsgate::dns {
namespace {

class OrdinaryReader {
 public:
  OrdinaryReader(std::string_view message, Fact& fact, ResponseNotes& notes)
      : message_(message), fact_(fact), notes_(notes) {}

  bool read() {
    if (!read_head() || !read_question()) return false;
    const unsigned answers = read16(6), authority = read16(8), additional = read16(10);
    is_denial_ = answers == 0;
    if (!is_denial_ && (rcode_ != noerror || !has_form(fact_.question.type))) return false;
    return each(answers, &OrdinaryReader::answer_record) && each(authority, &OrdinaryReader::authority_record) &&
           each(additional, &OrdinaryReader::additional_record) && finish();
  }

 private:
  static constexpr std::size_t question_at = header_size, max_label = 63, max_name = 255;  // RFC 1035 §4.1, §2.3.4
  static constexpr unsigned class_in = 1, type_opt = 41, noerror = 0, nxdomain = 3;
  static constexpr unsigned cookie_option = 10, ede_option = 15;  // RFC 7873 §4, RFC 8914 §2

  /// Types whose data is read here.
  static bool has_form(RrType type) {
    return type == RrType::PTR || type == RrType::A || type == RrType::AAAA;
  }

  unsigned read16(std::size_t at) const { return (octet(message_, at) << 8) | octet(message_, at + 1); }

  bool read_head() {
    if (message_.size() < header_size) return false;
    const unsigned flags = read16(2);
    rcode_ = flags & 0x000f;
    fact_.authoritative = (flags & 0x0400) != 0;
    fact_.authenticated = (flags & 0x0020) != 0;
    const bool truncated = (flags & 0x0200) != 0;
    return !truncated && (rcode_ == noerror || rcode_ == nxdomain) && read16(4) == 1;
  }

  /// What was asked, in whatever letters, so that a pointer to it is a pointer to the name.
  bool read_question() {
    const std::string& asked = fact_.question.name.wire();
    if (message_.size() < question_at + asked.size() + 4) return false;
    for (std::size_t i = 0; i < asked.size(); ++i) {
      if (to_lower(message_[question_at + i]) != asked[i]) return false;
    }
    at_ = question_at + asked.size();
    const bool same = read16(at_) == static_cast<unsigned>(fact_.question.type) && read16(at_ + 2) == class_in;
    at_ += 4;
    return same;
  }

  bool each(unsigned count, bool (OrdinaryReader::*visit)()) {
    for (; count > 0; --count) {
      if (!frame() || !(this->*visit)()) return false;
      at_ = end_;
    }
    return true;
  }

  /// Finds the fields of the record at at_.
  bool frame() {
    owner_ = at_;
    if (!skip_name() || message_.size() - at_ < 10) return false;
    type_ = read16(at_);
    class_ = read16(at_ + 2);
    ttl_ = (std::uint32_t{read16(at_ + 4)} << 16) | read16(at_ + 6);
    fields_ = at_;
    data_ = at_ + 10;
    end_ = data_ + read16(at_ + 8);
    return end_ <= message_.size();
  }

  bool skip_name() {
    while (at_ < message_.size()) {
      const std::size_t length = octet(message_, at_);
      if (length >= 0xc0) return (at_ += 2) <= message_.size();
      if (length > max_label) return false;
      at_ += 1 + length;
      if (length == 0) return at_ <= message_.size();
    }
    return false;
  }

  bool answer_record() {
    if (type_ == static_cast<unsigned>(RrType::RRSIG)) return true;  // not judged here
    if (type_ != static_cast<unsigned>(fact_.question.type) || class_ != class_in || !is_at_question() ||
        is_out_of_range())
      return false;
    if (fact_.answer.empty()) {
      auto& set = fact_.answer.emplace_back();
      set.owner = fact_.question.name;
      set.type = fact_.question.type;
      set.ttl = ttl_;
    }
    auto& set = fact_.answer.front();
    return set.ttl == ttl_ && read_data(set.type, set.rdata.emplace_back());
  }

  bool is_at_question() const { return octet(message_, owner_) == 0xc0 && octet(message_, owner_ + 1) == question_at; }
  bool is_out_of_range() const { return ttl_ > 0x7fffffff; }

  bool read_data(RrType type, std::string& rdata) {
    if (type == RrType::PTR) {
      std::size_t at = data_;
      return append_name(at, rdata) && at == end_;
    }
    const std::size_t size = type == RrType::A ? 4 : 16;
    if (end_ - data_ != size) return false;
    rdata.assign(message_, data_, size);
    return true;
  }

  /// Appends the name at `at`, lower case and without compression, and goes behind it. Pointers lead back, each
  /// further than the one before (RFC 1035 §4.1.4), so that they end.
  bool append_name(std::size_t& at, std::string& out) const {
    std::array<char, max_name> name;
    std::size_t size = 0, behind = 0, begin = at, next = at;
    while (next < message_.size()) {
      const std::size_t length = octet(message_, next);
      if (length >= 0xc0) {
        if (next + 2 > message_.size()) return false;
        if (behind == 0) behind = next + 2;
        next = read16(next) & 0x3fff;
        if (next < header_size || next >= begin) return false;
        begin = next;
        continue;
      }
      if (length > max_label || next + 1 + length > message_.size() || size + 1 + length > max_name) return false;
      // A length octet is no letter: it can be lowered with the rest.
      for (std::size_t i = 0; i <= length; ++i) name[size++] = to_lower(message_[next++]);
      if (length > 0) continue;
      out.append(name.data(), size);
      at = behind == 0 ? next : behind;
      return true;
    }
    return false;
  }

  bool authority_record() {
    if (type_ != static_cast<unsigned>(RrType::SOA)) return true;
    if (!is_denial_ || fact_.soa || class_ != class_in || is_out_of_range()) return false;
    return read_soa();
  }

  /// Of the zone that the question is in (RFC 2308 §3).
  bool read_soa() {
    std::string owner, rdata;
    std::size_t owner_end = owner_, at = data_;
    if (!append_name(owner_end, owner) || !append_name(at, rdata) || !append_name(at, rdata)) return false;
    constexpr std::size_t numbers = 5 * 4;
    if (end_ < at || end_ - at != numbers) return false;
    rdata.append(message_, at, numbers);
    auto zone = Name::from_wire(owner);
    if (!zone || !fact_.question.name.is_within(*zone)) return false;
    fact_.soa = RRset{std::move(*zone), RrType::SOA, ttl_, {std::move(rdata)}};
    return true;
  }

  /// The OPT record says more of the reply; nothing else here is judged.
  bool additional_record() {
    if (type_ != type_opt) return true;
    const bool has_more_rcode = octet(message_, fields_ + 4) != 0;  // RFC 6891 §6.1.3
    if (edns_ || has_more_rcode) return false;
    edns_ = true;
    while (end_ - data_ >= 4) {
      const unsigned code = read16(data_), length = read16(data_ + 2);
      data_ += 4;
      if (code == ede_option || end_ - data_ < length) return false;
      if (code == cookie_option && !cookie_) cookie_ = message_.substr(data_, length);
      data_ += length;
    }
    return data_ == end_;
  }

  bool finish() {
    if (is_denial_ ? !fact_.soa.has_value() : fact_.answer.empty()) return false;
    if (!is_denial_) {
      auto& rdata = fact_.answer.front().rdata;
      if (rdata.size() > 1) {
        std::sort(rdata.begin(), rdata.end());
        rdata.erase(std::unique(rdata.begin(), rdata.end()), rdata.end());
      }
    }
    fact_.outcome = !is_denial_ ? Outcome::answer : rcode_ == nxdomain ? Outcome::nxdomain : Outcome::nodata;
    fact_.rcode = static_cast<std::uint8_t>(rcode_);
    notes_ = {.edns = edns_, .cookie = cookie_};
    return true;
  }

  std::string_view message_;
  Fact& fact_;
  ResponseNotes& notes_;
  unsigned rcode_ = 0;
  bool is_denial_ = false, edns_ = false;
  std::optional<std::string_view> cookie_;
  std::size_t at_ = 0;
  // The record at hand: where its owner, its fields behind that, and its data begin, and where it ends.
  std::size_t owner_ = 0, fields_ = 0, data_ = 0, end_ = 0;
  unsigned type_ = 0, class_ = 0;
  std::uint32_t ttl_ = 0;
};

}  // namespace

bool read_ordinary(std::string_view message, Fact& fact, ResponseNotes& notes) {
  if (OrdinaryReader(message, fact, notes).read()) return true;
  fact.answer.clear();
  fact.soa.reset();
  fact.authoritative = fact.authenticated = false;
  return false;
}

}  // namespace rdnsgate::dns
