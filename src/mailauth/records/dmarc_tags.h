// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <array>
#include <string_view>

namespace rdnsgate::mailauth {

inline constexpr std::string_view dmarc_format = "RFC 9989 §4.7", dmarc_grammar = "RFC 9989 §4.8",
                                  dmarc_policy = "RFC 9989 §4.10.1";
inline constexpr std::array<std::string_view, 14> dmarc_tags{
    "v", "p", "sp", "np", "adkim", "aspf", "fo", "rua", "ruf", "psd", "t", "pct", "rf", "ri"};

}  // namespace rdnsgate::mailauth
