// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "dns/types.h"
#include "mailauth/spf/spf_record.h"

namespace rdnsgate::mailauth {

/// What the DNS has for a name and a type, behind aliases.
struct SpfLookup {
  enum class State : std::uint8_t {
    known,    ///< `values` says it
    failed,   ///< a receiver gets no answer either: temperror
    unknown,  ///< nobody found out: there may be anything
    missing,  ///< nobody has asked yet: the evaluation stops, and is made again when it is known
  };
  State state = State::unknown;
  /// The record data of each version that some receiver may see: one, as a rule; two while it changes. An
  /// empty one: there is no such record.
  std::vector<std::vector<std::string>> values;
  std::string reason{};  ///< why it is `failed` or `unknown`; foreign text
};
using SpfAsker = std::function<SpfLookup(const dns::Name&, dns::RrType)>;

/// An answer as mechanisms look at it.
struct SpfAnswer {
  struct Version {
    bool empty = true;
    std::vector<IpAddress> addresses;           ///< A, AAAA
    std::vector<dns::Name> names;               ///< MX, without the null one (RFC 7505), by preference; PTR
    std::vector<std::string> texts;             ///< TXT: those that are SPF records
    const Result<SpfRecord>* record = nullptr;  ///< of the only one, read
    std::vector<std::string> rdata;             ///< TXT: all of them
  };
  SpfLookup::State state{};
  std::string reason;
  std::vector<Version> versions;
};

/// Answers, each asked for once and read once. References stay valid until forget().
class SpfAnswers {
 public:
  explicit SpfAnswers(SpfAsker asker) : asker_(std::move(asker)) {}

  const SpfAnswer& get(const dns::Name& name, dns::RrType type);
  /// What was answered; what records say is kept.
  void forget();

 private:
  struct View {
    const dns::Name& name;
    dns::RrType type;
  };
  struct Key {
    dns::Name name;
    dns::RrType type;
    operator View() const { return {name, type}; }
  };
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(const View& key) const {
      return std::hash<dns::Name>{}(key.name) * 31 + static_cast<std::size_t>(key.type);
    }
  };
  struct Same {
    using is_transparent = void;
    bool operator()(const View& a, const View& b) const { return a.type == b.type && a.name == b.name; }
  };
  SpfAnswer read(SpfLookup&& found, dns::RrType type);
  const Result<SpfRecord>& parsed(const std::string& text);

  SpfAsker asker_;
  std::unordered_map<Key, SpfAnswer, Hash, Same> answers_;
  std::unordered_map<std::string, Result<SpfRecord>> records_;  ///< by text
};

}  // namespace rdnsgate::mailauth
