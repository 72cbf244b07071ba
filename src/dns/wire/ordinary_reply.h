// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string_view>

#include "dns/facts/fact.h"
#include "dns/wire/response_notes.h"

namespace rdnsgate::dns {

/// Reads a reply of the form that nearly all have: the one RRset that was asked for (PTR, A or AAAA) at the very
/// name of the question, or a denial with the SOA record of its zone. False for any other, which is not to say
/// that anything is wrong with it: an alias, another spelling of the owner, different TTLs, an extended error,
/// octets that cannot be read. Those are for whoever reads any reply (read_any_response in message.h), and of what is read here
/// the two say the same. `fact` has its question and nothing else, and only that where this returns false.
bool read_ordinary(std::string_view message, Fact& fact, ResponseNotes& notes);

}  // namespace rdnsgate::dns
