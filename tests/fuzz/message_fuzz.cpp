// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors

// The reader of responses. The first octet chooses the question, the rest is the message.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "dns/facts/fact_codec.h"
#include "dns/wire/message.h"
#include "chosen_question.h"
#include "require.h"

using namespace rdnsgate::dns;
using rdnsgate::fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto question = rdnsgate::fuzz::choose_question(data[0]);
  const std::string_view message(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (size > 2)
    answers(message, static_cast<std::uint16_t>((data[1] << 8) | data[2]), question.name, question.type);
  keeps_letter_case(message, question.name, data[0]);
  ResponseNotes notes;
  const auto fact = read_response(message, question, &notes);
  require(fact.question == question);
  require(fact.outcome != Outcome::timeout && fact.outcome != Outcome::unreachable &&
          fact.outcome != Outcome::unanswered);
  require((fact.outcome == Outcome::answer) == (fact.rrset() != nullptr));
  require(fact.outcome != Outcome::malformed || (fact.answer.empty() && !fact.reason.empty()));
  if (notes.cookie)
    require(notes.edns && message.data() <= notes.cookie->data() &&
            notes.cookie->data() + notes.cookie->size() <= message.data() + message.size());
  fact.aliases();
  fact.addresses();
  fact.targets();
  fact.negative_ttl();
  std::string packed, again;
  pack(packed, fact);
  pack(again, unpack(packed));
  require(packed == again);
  return 0;
}
