// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <string_view>

#include "base/ip.h"
#include "dns/name.h"

namespace rdnsgate::rules {

/// A list whose operator documents what its answers mean.
struct KnownList;

/// By its zone, also with a key of Spamhaus's query service in it; nullptr where nothing is known.
const KnownList* known_list(const dns::Name& zone);

/// What an answer of the list means, in a word or two; empty for what is not documented.
std::string known_meaning(const KnownList& list, const IpAddress& answer);

/// Why an answer is no listing, in words that follow "it answers 127.0.0.1"; empty for one that may be a listing.
/// `list` may be nullptr: what Spamhaus and URIBL began is what others do as well.
std::string_view known_refusal(const KnownList* list, const IpAddress& answer);

/// The name that a list of names always has; `test` unless the list documents another (RFC 5782 §5).
std::string_view known_test_name(const KnownList* list);

}  // namespace rdnsgate::rules
