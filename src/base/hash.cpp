// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/hash.h"

#include <fmt/format.h>
#include <nettle/sha2.h>

#include <array>
#include <iterator>

namespace rdnsgate {

std::string sha256_hex(std::string_view bytes) {
  // Not OpenSSL's: before its first hash it looks for its configuration and all of its algorithms, which is a
  // tenth of what `lint` of a hundred addresses costs. Nettle is in memory already, through libunbound.
  sha256_ctx context;
  sha256_init(&context);
  sha256_update(&context, bytes.size(), reinterpret_cast<const std::uint8_t*>(bytes.data()));
  std::array<std::uint8_t, SHA256_DIGEST_SIZE> digest{};
  sha256_digest(&context, digest.size(), digest.data());
  std::string hex;
  hex.reserve(2 * digest.size());
  for (const unsigned octet : digest) fmt::format_to(std::back_inserter(hex), "{:02x}", octet);
  return hex;
}

}  // namespace rdnsgate
