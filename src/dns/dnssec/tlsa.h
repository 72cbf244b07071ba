// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rdnsgate::dns {

/// Digests of a certificate and of the key in it, as lower-case hexadecimal digits: what TLSA records are held against.
struct CertificateDigests {
  std::string certificate_sha256, certificate_sha512;
  std::string key_sha256, key_sha512;  ///< of SubjectPublicKeyInfo
};

/// A TLSA record (RFC 6698 §2.1).
struct Tlsa {
  std::uint8_t usage = 0, selector = 0, matching = 0;
  std::string data;  ///< octets

  /// `3 1 1`
  std::string parameters() const;
  /// A mail server can be authenticated with it: usage DANE-TA or DANE-EE (RFC 7672 §3.1), a selector and a matching type
  /// that there are, and a digest of the length that it has.
  bool is_usable_for_smtp() const;
  /// It is of this certificate, or of its key.
  bool is_of(const CertificateDigests& certificate) const;
};
/// nullopt for rdata that is too short to be one.
std::optional<Tlsa> read_tlsa(std::string_view rdata);

}  // namespace rdnsgate::dns
