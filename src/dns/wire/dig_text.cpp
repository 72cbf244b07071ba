// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/wire/dig_text.h"

#include <fmt/format.h>

#include <cstdlib>
#include <memory>
#include <vector>

#include "base/text/escape.h"
#include "dns/ldns_headers.h"
#include "dns/ldns_record.h"
#include "dns/octets.h"
#include "dns/rcode.h"

namespace rdnsgate::dns {
namespace {

struct Free {
  void operator()(char* text) const { std::free(text); }  // NOLINT: made by ldns with malloc
};

/// `owner TTL IN TYPE data`, with blanks for tabs, without the line feed. Nothing where ldns cannot say.
std::string written(const ldns_rr* record) {
  const std::unique_ptr<char, Free> text(ldns_rr2str(record));
  if (text == nullptr) return {};
  std::string line = text.get();
  while (!line.empty() && line.back() == '\n') line.pop_back();
  for (auto& c : line) {
    if (c == '\t') c = ' ';
  }
  return escape_terminal(line);
}

unsigned number_at(std::string_view message, std::size_t at) {
  return (octet(message, at) << 8) | octet(message, at + 1);
}

/// Reads a message from its front, as far as it can be read.
class DigWriter {
 public:
  explicit DigWriter(std::string_view message) : message_(message) {}

  std::string text() {
    if (message_.size() < header_size) return ";; a message that is shorter than a DNS header\n";
    header();
    at_ = header_size;
    constexpr const char* names[] = {"QUESTION", "ANSWER", "AUTHORITY", "ADDITIONAL"};
    for (std::size_t i = 0; i < 4; ++i) {
      if (!section(names[i], number_at(message_, 4 + 2 * i), i == 0)) {
        out_ += ";; what follows cannot be read\n";
        break;
      }
    }
    return std::move(out_);
  }

 private:
  void header() {
    const unsigned first = octet(message_, 2), second = octet(message_, 3);
    struct Flag {
      bool is_set;
      const char* name;
    };
    std::string flags;
    for (const auto& flag : {Flag{(first & 0x80) != 0, "qr"},
                             {(first & 0x04) != 0, "aa"},
                             {(first & 0x02) != 0, "tc"},
                             {(first & 0x01) != 0, "rd"},
                             {(second & 0x80) != 0, "ra"},
                             {(second & 0x20) != 0, "ad"},
                             {(second & 0x10) != 0, "cd"}}) {
      if (flag.is_set) flags += std::string(" ") + flag.name;
    }
    const unsigned opcode = (first >> 3) & 0x0f, rcode = second & 0x0f;
    out_ += fmt::format(";; ->>HEADER<<- opcode: {}, status: {}, id: {}\n",
                        opcode == 0 ? "QUERY" : std::to_string(opcode),
                        rcode == 0 ? "NOERROR" : rcode_name(rcode), number_at(message_, 0));
    out_ += fmt::format(";; flags:{}; QUERY: {}, ANSWER: {}, AUTHORITY: {}, ADDITIONAL: {}\n", flags,
                        number_at(message_, 4), number_at(message_, 6), number_at(message_, 8),
                        number_at(message_, 10));
  }

  bool section(const char* name, unsigned count, bool is_question) {
    std::string records;
    bool is_whole = true;
    for (; count > 0 && is_whole; --count) is_whole = record(records, is_question);
    if (!records.empty()) out_ += fmt::format("\n;; {} SECTION:\n", name) + records;
    return is_whole;
  }

  bool record(std::string& out, bool is_question) {
    ldns_rr* raw = nullptr;
    const auto status =
        ldns_wire2rr(&raw, reinterpret_cast<const std::uint8_t*>(message_.data()), message_.size(), &at_,
                     is_question ? LDNS_SECTION_QUESTION : LDNS_SECTION_ANSWER);
    const LdnsRecord rr(raw, &ldns_rr_free);
    if (status != LDNS_STATUS_OK || raw == nullptr || at_ > message_.size()) return false;
    if (!is_question && ldns_rr_get_type(raw) == LDNS_RR_TYPE_OPT) {
      out += edns(*raw);
    } else {
      out += fmt::format("{}{}\n", is_question ? ";" : "", written(raw));
    }
    return true;
  }

  /// RFC 6891 §6.1.2, §6.1.3: what an OPT record has in place of class and TTL. Its options are the client's and the server's own
  /// (cookies), and are in the packets.
  static std::string edns(const ldns_rr& opt) {
    const auto ttl = ldns_rr_ttl(&opt);
    return fmt::format("; EDNS: version: {}, flags:{}; udp: {}\n", (ttl >> 16) & 0xff,
                       (ttl & 0x8000) != 0 ? " do" : "", static_cast<unsigned>(ldns_rr_get_class(&opt)));
  }

  std::string_view message_;
  std::size_t at_ = 0;
  std::string out_;
};

}  // namespace

std::string record_lines(const RRset& set) {
  std::string out;
  for (const auto& rdata : set.rdata) {
    const auto record = ldns_record(set.owner, set.type, set.ttl, rdata);
    auto line = record ? written(record.get()) : std::string();
    if (line.empty())
      line = escape_terminal(fmt::format("{} {} IN {} {}", set.owner.fqdn(), set.ttl, to_string(set.type),
                                         rdata_generic(rdata)));
    out += line + "\n";
  }
  return out;
}

std::string dig_text(std::string_view message) { return DigWriter(message).text(); }

std::optional<QuestionSection> question_of(std::string_view message) {
  if (message.size() < header_size || number_at(message, 4) != 1) return std::nullopt;
  std::size_t used = 0;
  auto name = Name::from_wire(message.substr(header_size), &used);
  if (!name || message.size() < header_size + used + 4) return std::nullopt;
  return QuestionSection{std::move(*name), static_cast<RrType>(number_at(message, header_size + used))};
}

}  // namespace rdnsgate::dns
