// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ip.h"
#include "dns/name.h"

namespace rdnsgate::mailauth {

/// Who wants to send (RFC 7208 §4.1). What is not given is not known.
struct SpfIdentity {
  IpAddress ip;
  std::optional<std::string> local_part;  ///< of the sender's mailbox
  dns::Name sender_domain;                ///< and its domain
  std::optional<std::string> helo;
  std::string
      sender_text{};  ///< the sender's domain in the letters that it came in; empty: as `sender_domain`
};

/// A domain whose record is evaluated, or that a term names.
struct SpfDomain {
  SpfDomain(dns::Name of) : name(std::move(of)), text(name.text()) {}
  SpfDomain(dns::Name of, std::string as) : name(std::move(of)), text(std::move(as)) {}
  dns::Name name;
  std::string text;  ///< what %{d} stands for: each octet as it stands, nothing escaped
};

/// The domain of such a text: labels with dots between, a dot at the end left off. nullopt for what is no name that
/// a record can have.
std::optional<SpfDomain> spf_domain(std::string text);

/// What macros stand for (RFC 7208 §7.2).
struct MacroValues {
  const SpfIdentity& who;
  const SpfDomain& domain;
  const std::string* validated = nullptr;  ///< %{p}; nullptr: not known
  std::string_view receiver{};             ///< %{r}, in explanations
  std::int64_t now = 0;                    ///< %{t}, in explanations: seconds since 1970
};

/// A macro-string of RFC 7208 §7.1, read.
class MacroString {
 public:
  enum class Use : std::uint8_t {
    domain,       ///< in a record
    explanation,  ///< the text that `exp` leads to: spaces, and the macros c, r and t as well
  };
  /// nullopt where the text breaks the grammar.
  static std::optional<MacroString> parse(std::string_view text, Use use = Use::domain);

  bool empty() const { return pieces_.empty(); }
  /// True where it ends in a macro or an escaped octet.
  bool ends_in_macro() const { return !pieces_.empty() && pieces_.back().is_macro; }
  bool has_macros() const;
  bool uses(char letter) const;
  /// It is another text for another address, HELO name or mailbox.
  bool by_address() const;
  /// Everything put in. nullopt where a macro stands for what is not known. Of a text that is longer than `most`,
  /// which is no less than a name can have, only the end is given, that long and more.
  std::optional<std::string> expand(const MacroValues& values, std::size_t most) const;

 private:
  /// Literal text, or a macro with its transformers.
  struct Piece {
    std::string literal{};
    bool is_macro = false;  ///< or an escaped octet
    char letter = 0;        ///< lower case; 0 for what stands for itself
    bool escapes = false;
    std::size_t keep = 0;  ///< parts from the right; 0 for all
    bool reverse = false;
    std::string splits_at = ".";
  };
  static std::optional<Piece> macro_in(std::string_view body, Use use);
  std::optional<std::string> value_of(char letter, const MacroValues& values) const;
  static std::string transformed(const Piece& piece, const std::string& value);
  void add_literal(std::string_view text);

  Use use_ = Use::domain;
  std::vector<Piece> pieces_;
};

/// The grammar of RFC 7208 §7.1.
bool is_domain_spec(std::string_view text, const MacroString& read);

/// A domain-spec with everything put in.
struct Expanded {
  std::optional<SpfDomain> domain;  ///< nullopt where it is not known, or no name that a record can have
  bool known = true;                ///< false where a macro stands for what the identity does not give
};
Expanded expand_domain(const MacroString& spec, const MacroValues& values);

}  // namespace rdnsgate::mailauth
