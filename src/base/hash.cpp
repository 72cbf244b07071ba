// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/hash.h"

#include <nettle/hmac.h>
#include <nettle/sha2.h>

#include <array>
#include <string_view>

namespace rdnsgate {
namespace {

using Digest = std::array<std::uint8_t, SHA256_DIGEST_SIZE>;

const std::uint8_t* octets_of(std::string_view bytes) {
  return reinterpret_cast<const std::uint8_t*>(bytes.data());
}

std::string hex_of(const Digest& digest) {
  // Each finding has one: put together by fmt, these digits would cost three times their hash.
  constexpr std::string_view digits = "0123456789abcdef";
  std::string hex;
  hex.reserve(2 * digest.size());
  for (const auto octet : digest) {
    hex += digits[octet >> 4];
    hex += digits[octet & 0xF];
  }
  return hex;
}

}  // namespace

// Not OpenSSL's: before its first hash it looks for its configuration and all of its algorithms, which is a
// tenth of what `lint` of a hundred addresses costs. Nettle is in memory already, through libunbound.
struct Sha256::Context : sha256_ctx {};

Sha256::Sha256() : context_(std::make_unique<Context>()) { sha256_init(context_.get()); }
Sha256::~Sha256() = default;

void Sha256::add(std::string_view bytes) { sha256_update(context_.get(), bytes.size(), octets_of(bytes)); }

std::string Sha256::hex() {
  Digest digest{};
  sha256_digest(context_.get(), digest.size(), digest.data());
  return hex_of(digest);
}

std::string sha256_hex(std::string_view bytes) {
  Sha256 hash;
  hash.add(bytes);
  return hash.hex();
}

std::string hmac_sha256_hex(std::string_view key, std::string_view bytes) {
  hmac_sha256_ctx context;
  hmac_sha256_set_key(&context, key.size(), octets_of(key));
  hmac_sha256_update(&context, bytes.size(), octets_of(bytes));
  Digest digest{};
  hmac_sha256_digest(&context, digest.size(), digest.data());
  return hex_of(digest);
}

std::uint64_t stable_hash(std::string_view bytes) {
  std::uint64_t hash = 0xCBF29CE484222325u;
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3u;
  hash = (hash ^ (hash >> 33)) * 0xFF51AFD7ED558CCDu;
  hash = (hash ^ (hash >> 33)) * 0xC4CEB9FE1A85EC53u;
  return hash ^ (hash >> 33);
}

}  // namespace rdnsgate
