// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/text/base64.h"

#include <nettle/base64.h>

#include <cstdint>

namespace rdnsgate {

std::string base64(std::string_view octets) {
  std::string text(BASE64_ENCODE_RAW_LENGTH(octets.size()), '\0');
  base64_encode_raw(text.data(), octets.size(), reinterpret_cast<const std::uint8_t*>(octets.data()));
  return text;
}

std::optional<std::string> octets_of_base64(std::string_view text) {
  std::string octets(BASE64_DECODE_LENGTH(text.size()), '\0');
  base64_decode_ctx context;
  base64_decode_init(&context);
  std::size_t size = octets.size();
  auto* out = reinterpret_cast<std::uint8_t*>(octets.data());
  if (base64_decode_update(&context, &size, out, text.size(), text.data()) != 1 ||
      base64_decode_final(&context) != 1)
    return std::nullopt;
  octets.resize(size);
  return octets;
}

}  // namespace rdnsgate
