// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors

// Lines are the records at one selector; and the octets are those of a p= tag.
#include <cstddef>
#include <cstdint>

#include "mailauth/records/dkim_key.h"
#include "records_at_one_name.h"
#include "require.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace rdnsgate;
  using namespace rdnsgate::mailauth;
  const auto texts = fuzz::records_at_one_name(data, size);
  const auto judged = judge_dkim(texts);
  fuzz::require_places(judged.reasons, texts);
  for (const auto& record : judged.records) {
    // Nothing is sound but a key that could be read.
    const bool good =
        record.key && (record.key->is_rsa() || record.key->form == DkimPublicKey::Form::ed25519);
    fuzz::require(good || judged.reasons.worst() >= Severity::warning);
  }
  const auto key = decode_public_key(std::string(reinterpret_cast<const char*>(data), size));
  fuzz::require(key.trailing <= size);
  return 0;
}
