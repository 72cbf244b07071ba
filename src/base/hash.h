// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace rdnsgate {

/// SHA-256 of what comes in pieces.
class Sha256 {
 public:
  Sha256();
  ~Sha256();

  void add(std::string_view bytes);
  /// Of all pieces, as 64 lower-case hexadecimal digits. What is added later is hashed anew.
  std::string hex();

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

/// SHA-256 of the bytes, as 64 lower-case hexadecimal digits.
std::string sha256_hex(std::string_view bytes);

/// HMAC-SHA-256 (RFC 2104) of the bytes, in the same form.
std::string hmac_sha256_hex(std::string_view key, std::string_view bytes);

/// The same on every machine and in every version: FNV-1a, its bits mixed once more, so that any of them may be used. Nothing
/// of it is secret, and whoever wants two texts of one hash finds them.
std::uint64_t stable_hash(std::string_view bytes);

}  // namespace rdnsgate
