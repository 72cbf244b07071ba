// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <string_view>

namespace rdnsgate::history {

/// `postgresql://` or `postgres://`.
bool is_postgres_url(std::string_view where);

/// A URL without what is secret in it.
std::string without_passwords(std::string_view url);

/// A text without what is secret in the URL, as it stands there and decoded.
std::string without_passwords_of(std::string_view url, std::string text);

}  // namespace rdnsgate::history
