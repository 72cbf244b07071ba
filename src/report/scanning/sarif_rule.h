// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "report/document.h"
#include "report/json_text.h"

namespace rdnsgate::report {

/// `error`, `warning` or `note`.
std::string_view sarif_level(Severity severity);

/// Text for a message string: harmless, of `limit` octets at most, and free of what SARIF would interpret
/// there (section 3.11.5: placeholders in braces; 3.11.6: embedded links).
std::string sarif_text(std::string_view text, std::size_t limit);

/// The reportingDescriptor of a rule, with its page as help.
Json sarif_rule(const Document::Rule& rule);

/// The one of a problem with a file, such as `inventory-syntax`: there is no page about it.
Json sarif_reading_problem(std::string_view id);

/// What a run can say of itself.
enum class SarifNotification : std::uint8_t { question_unanswered, results_truncated, gate_weakened };

/// The descriptors of all of them.
Json sarif_notifications();
/// A reference to the one of this kind (section 3.52: the id is that of the descriptor at the index).
Json sarif_reference(SarifNotification kind);

}  // namespace rdnsgate::report
