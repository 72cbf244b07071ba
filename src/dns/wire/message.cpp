// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/wire/message.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/ascii.h"
#include "dns/ede.h"
#include "dns/octets.h"
#include "dns/rcode.h"
#include "dns/wire/ordinary_reply.h"
#include "dns/wire/sections.h"

namespace rdnsgate::dns {
namespace {

unsigned read16(std::string_view message, std::size_t at) {
  return (octet(message, at) << 8) | octet(message, at + 1);
}

bool same_without_case(std::string_view wire, std::string_view lowered) {
  for (std::size_t i = 0; i < lowered.size(); ++i) {
    const char c = wire[i];
    if (to_lower(c) != lowered[i]) return false;
  }
  return true;
}

/// Calls `visit(index, octet as asked)` for each octet of the name. Length octets are no letters (RFC 1035
/// §2.3.4). What is behind 64 letters stays lower: 64 bits are enough to guess.
template <typename Visit>
bool in_letter_case(const Name& name, std::uint64_t letter_case, Visit visit) {
  const std::string& wire = name.wire();
  for (std::size_t i = 0; i < wire.size(); ++i) {
    char c = wire[i];
    if (is_lower(c)) {
      if ((letter_case & 1) != 0) c = to_upper(c);
      letter_case >>= 1;
    }
    if (!visit(i, c)) return false;
  }
  return true;
}

std::string ede_reason(const Sections& sections) {
  if (!sections.ede) return {};
  std::string reason = fmt::format("EDE {}", *sections.ede);
  if (const auto name = ede_name(*sections.ede); !name.empty()) reason += fmt::format(" ({})", name);
  if (!sections.ede_text.empty()) reason += ": " + sections.ede_text;
  return reason;
}

/// Where the answer section leads from the question.
struct Trail {
  Name end;            ///< the last name of the chain of aliases
  bool found = false;  ///< it has the RRset asked for
  bool alias_beside = false;  ///< and a CNAME record
  bool strays = false;        ///< the problem: a record of a name that the chain does not lead to
  std::string problem;
};

constexpr std::size_t none = static_cast<std::size_t>(-1);

std::size_t index_of(const std::vector<RRset>& sets, const Name& owner, RrType type) {
  for (std::size_t i = 0; i < sets.size(); ++i) {
    if (sets[i].type == type && sets[i].owner == owner) return i;
  }
  return none;
}

bool is_below(const Name& name, const Name& ancestor) { return name != ancestor && name.is_within(ancestor); }

/// An RRset that the chain did not use: harmless at a name of the chain (another type), wrong anywhere else.
std::string stray(const RRset& set, const Trail& trail, const std::vector<RRset>& sets,
                  const std::vector<std::size_t>& order) {
  if (set.owner == trail.end) return {};
  // RFC 6672 §3.1: the server writes the CNAME that a DNAME stands for.
  if (set.type == RrType::DNAME && is_below(trail.end, set.owner))
    return "a DNAME without the CNAME that it makes";
  for (const auto index : order) {
    if (sets[index].owner == set.owner) return {};
  }
  return fmt::format("the answer holds a record of {}, to which the question does not lead",
                     set.owner.text());
}

/// Follows the aliases from the question and moves what belongs to the answer into `ordered`.
Trail follow(const Question& question, std::vector<RRset>& sets, std::vector<RRset>& ordered) {
  Trail trail{question.name};
  std::vector<std::size_t> order;
  std::vector<bool> used(sets.size());
  const auto take = [&](std::size_t index) {
    used[index] = true;
    order.push_back(index);
  };
  while (true) {
    const auto take_renaming = [&] {  // the DNAME that an alias was made from comes before it
      for (std::size_t i = 0; i < sets.size(); ++i) {
        if (sets[i].type == RrType::DNAME && !used[i] && is_below(trail.end, sets[i].owner)) take(i);
      }
    };
    const auto wanted = index_of(sets, trail.end, question.type);
    if (wanted != none) {
      if (question.type == RrType::CNAME) take_renaming();
      take(wanted);
      trail.found = true;
      break;
    }
    const auto alias = index_of(sets, trail.end, RrType::CNAME);
    if (alias == none) break;
    if (used[alias]) {
      trail.problem = "CNAME loop";
      return trail;
    }
    if (sets[alias].rdata.size() != 1) {
      trail.problem = fmt::format("several CNAME records at {}", trail.end.text());
      return trail;
    }
    take_renaming();
    take(alias);
    trail.end = name_in(sets[alias].rdata.front()).value();  // its shape was checked when it was read
  }
  // An alias beside the records that were asked for, and what it leads to: of the answer only that it is there.
  if (trail.found && question.type != RrType::CNAME) {
    auto beside = index_of(sets, trail.end, RrType::CNAME);
    trail.alias_beside = beside != none;
    while (beside != none && !used[beside]) {
      used[beside] = true;
      const auto target = name_in(sets[beside].rdata.front()).value();  // as above
      if (const auto end = index_of(sets, target, question.type); end != none) used[end] = true;
      beside = index_of(sets, target, RrType::CNAME);
    }
  }
  for (std::size_t i = 0; i < sets.size() && trail.problem.empty(); ++i) {
    if (used[i]) continue;
    trail.problem = stray(sets[i], trail, sets, order);
    trail.strays = !trail.problem.empty();
  }
  if (trail.problem.empty()) {
    ordered.reserve(order.size());
    for (const auto index : order) ordered.push_back(std::move(sets[index]));
  }
  return trail;
}

void set_malformed(Fact& fact, std::string reason) {
  fact.outcome = Outcome::malformed;
  fact.answer.clear();  // nothing of it may be judged
  fact.reason = std::move(reason);
}

/// What a policy put in place of the zone's answer says nothing about the zone.
void set_filtered(Fact& fact, std::string reason) {
  if (!is_definite(fact.outcome)) return;
  fact.outcome = Outcome::refused;
  fact.answer.clear();
  fact.soa.reset();
  fact.reason = std::move(reason);
}

/// NOERROR or NXDOMAIN: positive, negative, or neither.
void judge_sections(Fact& fact, Sections& sections, ResponseNotes& notes) {
  const Trail trail = follow(fact.question, sections.answer, fact.answer);
  fact.other_owner = trail.strays;
  if (!trail.problem.empty()) return set_malformed(fact, trail.problem);
  const bool no_such_name = sections.rcode == 3;
  if (trail.found && no_such_name) return set_malformed(fact, "NXDOMAIN beside the records asked for");
  if (trail.found) {
    fact.alias_beside = trail.alias_beside;
    fact.outcome = Outcome::answer;
    return;
  }
  // NS records without an SOA say "ask there", not "there is none" (RFC 2308 §2.2).
  if (!no_such_name && sections.soas.empty() && sections.referral_ns) {
    notes.referral = true;
    notes.aliases = std::move(fact.answer);
    return set_malformed(fact, "a referral instead of an answer");
  }
  fact.outcome = no_such_name ? Outcome::nxdomain : Outcome::nodata;
  for (auto& soa : sections.soas) {
    if (soa.rdata.size() == 1 && trail.end.is_within(soa.owner)) fact.soa = std::move(soa);
    if (fact.soa) return;
  }
}

}  // namespace

void write_query(std::string& out, std::uint16_t id, const Name& name, RrType type,
                 const QueryOptions& options) {
  out.clear();
  append16(out, id);
  append16(out, (options.recursion_desired ? 0x0100u : 0u) | (options.checking_disabled ? 0x0010u : 0u));
  const bool edns = options.udp_size != 0;
  out.append(edns ? std::string_view("\0\1\0\0\0\0\0\1", 8) : std::string_view("\0\1\0\0\0\0\0\0", 8));
  out += name.wire();
  if (options.letter_case != 0) {
    in_letter_case(name, options.letter_case, [&](std::size_t i, char c) {
      out[header_size + i] = c;
      return true;
    });
  }
  append16(out, static_cast<std::uint16_t>(type));
  append16(out, 1);
  if (!edns) return;
  out.append(std::string_view("\0\0\x29", 3));  // root, OPT
  append16(out, options.udp_size);
  append16(out, options.edns_version);  // below the extended rcode, which is 0
  append16(out, options.dnssec_ok ? 0x8000u : 0u);
  append16(out, static_cast<unsigned>(options.edns_options.size()));
  out += options.edns_options;
}

std::optional<Head> head_of(std::string_view message) {
  if (message.size() < header_size) return std::nullopt;
  return Head{static_cast<std::uint16_t>(read16(message, 0)), (octet(message, 2) & 0x02) != 0};
}

bool answers(std::string_view message, std::uint16_t id, const Name& name, RrType type) {
  if (message.size() < header_size || read16(message, 0) != id) return false;
  if ((octet(message, 2) & 0xf8) != 0x80) return false;  // a response to a standard query
  const unsigned questions = read16(message, 4), rcode = octet(message, 3) & 0x0f;
  // A server that failed may leave the question out; such a message can say nothing about the name.
  if (questions == 0) return rcode != 0 && rcode != 3 && read16(message, 6) == 0 && read16(message, 8) == 0;
  const std::string& wire = name.wire();
  if (questions != 1 || message.size() < header_size + wire.size() + 4) return false;
  const std::size_t behind = header_size + wire.size();
  return same_without_case(message.substr(header_size), wire) &&
         read16(message, behind) == static_cast<std::uint16_t>(type) && read16(message, behind + 2) == 1;
}

bool keeps_letter_case(std::string_view message, const Name& name, std::uint64_t letter_case) {
  if (message.size() < header_size + name.wire().size() || read16(message, 4) != 1) return false;
  return in_letter_case(name, letter_case,
                        [&](std::size_t i, char c) { return message[header_size + i] == c; });
}

Fact read_response(std::string_view message, const Question& question, ResponseNotes* notes) {
  ResponseNotes unwanted;
  if (notes == nullptr) notes = &unwanted;
  Fact fact;
  fact.question = question;
  if (read_ordinary(message, fact, *notes)) return fact;
  return read_any_response(message, question, *notes);
}

Fact read_any_response(std::string_view message, const Question& question, ResponseNotes& notes) {
  Fact fact;
  fact.question = question;
  Sections sections;
  std::string why;
  const bool readable = read_sections(message, question.type, sections, why);
  notes = {sections.has_opt, sections.cookie};
  // A server that chokes on a query may cut its reply off; that it failed stands in the header.
  const bool failed = sections.rcode != 0 && sections.rcode != 3;
  if (!readable && !failed) {
    set_malformed(fact, std::move(why));
    return fact;
  }
  fact.authoritative = sections.authoritative;
  fact.authenticated = sections.authenticated;
  fact.truncated = sections.truncated;
  fact.rcode = static_cast<std::uint8_t>(std::min<unsigned>(sections.rcode, 255));
  fact.ede = sections.ede;
  fact.ttl_differs = sections.ttl_differs;
  fact.ttl_out_of_range = sections.ttl_out_of_range;
  if (sections.truncated) {
    set_malformed(fact, "the reply is truncated");  // what is missing cannot be told from what does not exist
  } else if (!failed) {
    judge_sections(fact, sections, notes);
    if (fact.ede && ede_is_filtered(*fact.ede)) set_filtered(fact, ede_reason(sections));
  } else {
    fact.outcome = sections.rcode == 5 ? Outcome::refused : Outcome::servfail;
    fact.reason = ede_reason(sections);
    if (fact.reason.empty() && sections.rcode != 2 && sections.rcode != 5)
      fact.reason = rcode_name(sections.rcode);
  }
  return fact;
}

}  // namespace rdnsgate::dns
