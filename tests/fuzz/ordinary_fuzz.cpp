// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors

// The reader of ordinary replies beside ldns: where it reads one, both read the same. As message_fuzz.cpp: the first octet
// chooses the question, the rest is the message.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "chosen_question.h"
#include "dns/facts/fact_codec.h"
#include "dns/wire/message.h"
#include "dns/wire/ordinary_reply.h"
#include "require.h"

using namespace rdnsgate::dns;
using rdnsgate::fuzz::require;

namespace {

std::string packed(const Fact& fact) {
  std::string out;
  pack(out, fact);
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  Fact untouched;
  untouched.question = rdnsgate::fuzz::choose_question(data[0]);
  const std::string_view message(reinterpret_cast<const char*>(data) + 1, size - 1);
  ResponseNotes notes, by_ldns;
  Fact fact = untouched;
  if (!read_ordinary(message, fact, notes)) {
    require(packed(fact) == packed(untouched));
    return 0;
  }
  require(packed(fact) == packed(read_any_response(message, untouched.question, by_ldns)));
  require(notes.edns == by_ldns.edns && notes.cookie == by_ldns.cookie);
  require(!notes.referral && !by_ldns.referral && notes.aliases.empty() && by_ldns.aliases.empty());
  return 0;
}
