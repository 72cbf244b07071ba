// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "plan/operation/goals.h"

namespace rdnsgate::plan {

/// Adds what changes of the relays that domains send through and of the keys that they sign with (RFC 6376).
/// SPF records take a relay in before its first use and give it up after the last mail through it was judged;
/// a key is revoked, and then its record goes, once no mail that it signed is under way. Which of them come
/// and go, only an earlier inventory can tell; without one, a relay that an SPF record does not list is added
/// to it.
void derive_services(const Inventory& now, const Inventory* base, const Picture& picture, Goals& goals);

/// The key record that says that the key is none any more (RFC 6376 §3.6.1).
std::string revoked_key();

}  // namespace rdnsgate::plan
