// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace rdnsgate::lsp {

/// The path of a `file:` URI (RFC 8089) on this machine; nullopt for any other, and for one that is none.
std::optional<std::string> path_of_uri(std::string_view uri);

/// The `file:` URI of an absolute path.
std::string uri_of_path(std::string_view path);

}  // namespace rdnsgate::lsp
