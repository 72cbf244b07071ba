// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "yaml/document.h"
#include "yaml/problems.h"

namespace valijson {
class Subschema;
}

namespace rdnsgate::yaml {

/// Walks the constraints that Valijson made of the schema beside the document, and puts every constraint that
/// does not hold into words. The schema's titles say what was expected. Reports exactly where
/// valijson::Validator refuses (a test holds them together); a constraint that it cannot word throws
/// std::logic_error, so that a change of the schema cannot go unnoticed.
void explain_schema_errors(const valijson::Subschema& schema, const Value& root, Problems& problems);

}  // namespace rdnsgate::yaml
