// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "dns/types.h"
#include "mailauth/spf_macro.h"
#include "mailauth/spf_record.h"

namespace rdnsgate::mailauth {

/// What the DNS has for a name and a type, behind aliases.
struct SpfLookup {
  enum class State : std::uint8_t {
    known,    ///< `values` says it
    failed,   ///< a receiver gets no answer either: temperror
    unknown,  ///< nobody found out: there may be anything
  };
  State state = State::unknown;
  /// The record data of each version that some receiver may see: one, as a rule; two while it changes. An
  /// empty one: there is no such record.
  std::vector<std::vector<std::string>> values;
};
using SpfAsker = std::function<SpfLookup(const dns::Name&, dns::RrType)>;

/// The results that receivers may come to: one, unless they see different versions of a record, or something
/// is not known.
class SpfResults {
 public:
  SpfResults() = default;
  explicit SpfResults(SpfResult one) { add(one); }
  void add(SpfResult one) { bits_ |= 1u << static_cast<unsigned>(one); }
  void add(const SpfResults& more) { bits_ |= more.bits_; }
  bool may_be(SpfResult one) const { return (bits_ >> static_cast<unsigned>(one) & 1u) != 0; }
  /// It is this one for everybody.
  bool is(SpfResult one) const { return bits_ == 1u << static_cast<unsigned>(one); }
  bool empty() const { return bits_ == 0; }
  bool operator==(const SpfResults&) const = default;
  /// `pass`, or `pass or fail`.
  std::string text() const;

 private:
  unsigned bits_ = 0;
};

/// How an evaluation went.
struct SpfOutcome {
  SpfResults results;
  unsigned lookups = 0;     ///< terms that ask the DNS, at most (RFC 7208 §4.6.4)
  unsigned voids = 0;       ///< questions that nothing came back to, at most
  bool by_address = false;  ///< what was asked depends on the address, or on the message
  bool unknown = false;     ///< something on the way is not known
  std::string why;          ///< what makes it an error, where it is one; foreign text
};

constexpr unsigned spf_most_lookups = 10, spf_most_voids = 2;  // RFC 7208 §4.6.4

/// check_host() of RFC 7208 §4 over facts: a pure function of what `asker` says, which is asked in the order
/// in which a receiver asks.
class SpfEvaluator {
 public:
  explicit SpfEvaluator(SpfAsker asker) : asker_(std::move(asker)) {}

  SpfOutcome evaluate(const SpfIdentity& who, const dns::Name& domain);
  /// As for an address that nothing matches: every term is looked at. `results` then says what is left for
  /// those that are not let through.
  SpfOutcome exhaust(const SpfIdentity& who, const dns::Name& domain);

 private:
  friend class SpfWalk;
  const Result<SpfRecord>& parsed(const std::string& text);

  SpfAsker asker_;
  std::unordered_map<std::string, Result<SpfRecord>> records_;  ///< by text: read once
};

}  // namespace rdnsgate::mailauth
