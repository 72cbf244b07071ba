// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors

// Lines are the records at one _dmarc name.
#include <cstddef>
#include <cstdint>

#include "mailauth/records/dmarc_record.h"
#include "records_at_one_name.h"
#include "require.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace rdnsgate;
  using namespace rdnsgate::mailauth;
  const auto texts = fuzz::records_at_one_name(data, size);
  const auto judged = judge_dmarc(texts);
  fuzz::require_places(judged.reasons, texts);
  // Where no record applies, that is an error.
  fuzz::require(judged.applies || judged.reasons.worst() == Severity::error);
  for (const auto& record : judged.records) fuzz::require(!record.policy || is_dmarc(record.text));
  return 0;
}
