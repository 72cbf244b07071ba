// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rdnsgate::mailauth {

/// What the octets of a p= tag are.
struct DkimPublicKey {
  enum class Form : std::uint8_t {
    rsa,              ///< SubjectPublicKeyInfo with an RSA key (RFC 5280 §4.1.2.7)
    rsa_bare,         ///< RSAPublicKey alone (RFC 8017 §A.1.1)
    ed25519,          ///< 32 octets
    ed25519_wrapped,  ///< SubjectPublicKeyInfo with an Ed25519 key (RFC 8410)
    other_algorithm,  ///< SubjectPublicKeyInfo with another key; `what` names it
    private_key,      ///< of whatever kind; `what` names it
    certificate,      ///< X.509
    request,          ///< a certificate signing request
    ssh,              ///< a public key of OpenSSH
    armour,           ///< PEM within base64
    truncated,        ///< DER that says it is longer; `announced` octets
    unknown,          ///< none of these; `what` says what is wrong with it, where that is known
  };
  Form form = Form::unknown;
  std::string what;
  std::size_t size = 0;       ///< octets that were read
  std::size_t announced = 0;  ///< octets that the DER says there are
  std::size_t trailing = 0;   ///< octets behind its end

  // Of RSA keys:
  unsigned bits = 0;           ///< of the modulus
  unsigned exponent_bits = 0;  ///< of the exponent
  std::uint64_t exponent = 0;  ///< where it has no more than 64 bits
  bool negative = false;       ///< a number has its sign bit set: a zero octet is missing before it
  bool exponent_odd = false, exponent_below_modulus = false;
  unsigned divisor = 0;  ///< a small prime that divides the modulus, which is then no RSA modulus; else 0
  // Of Ed25519 keys:
  bool weak_point = false;  ///< of low order: anybody can sign
  bool no_point = false;    ///< none of the curve: nobody can verify

  bool is_rsa() const { return form == Form::rsa || form == Form::rsa_bare; }
};

/// Recognises and decodes. OpenSSL reads the numbers; nothing is computed that takes long, however long they are.
DkimPublicKey decode_public_key(const std::string& octets);

}  // namespace rdnsgate::mailauth
