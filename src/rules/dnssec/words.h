// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string_view>

/// The items of lists in findings about DNSSEC. Sentences stand in rules.h, beside their rules.
namespace rdnsgate::rules::words {

/// What was found, and the servers where it was.
inline constexpr std::string_view found_at = "{}, at {}";
inline constexpr std::string_view wrong_at = "{} at {}";
inline constexpr std::string_view no_keys = "{} has no DNSKEY records";
inline constexpr std::string_view no_signatures = "{} gives no signatures";

/// The type of what a signature covers, and when that holds.
inline constexpr std::string_view signature = "{}, {}";
inline constexpr std::string_view since = "since {}";
inline constexpr std::string_view not_before = "not before {}";
inline constexpr std::string_view until = "until {}";
inline constexpr std::string_view days = "{} days";

/// Keys and what is published of them.
inline constexpr std::string_view key_algorithm = "DNSKEY {} is {}";
inline constexpr std::string_view key_bits = "DNSKEY {} has {} bits";
inline constexpr std::string_view ds_digest = "DS {} is a {} digest";
inline constexpr std::string_view nsec3_parameters = "{} iterations and {} octets of salt";
inline constexpr std::string_view cds_unfit = "no CDS record fits a DNSKEY record";
inline constexpr std::string_view cdnskey_unfit = "no CDNSKEY record is a DNSKEY record";
inline constexpr std::string_view cds_differ = "the CDS and CDNSKEY records are of different keys";
inline constexpr std::string_view cds_set_at = "{} CDS and CDNSKEY records at {}";

}  // namespace rdnsgate::rules::words
