// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "report/document.h"
#include "report/view.h"

namespace rdnsgate::report {

/// What of a document a view shows.
struct Selection {
  std::vector<std::size_t> shown;  ///< indices into Document::findings, rising
  std::vector<std::string> idle;   ///< values of `only` that no finding is about, whatever it weighs
};

/// A value of `only` is a rule, its family, what the finding is about (an address, also in a block that is given; a
/// name, in whatever case), or the sender or zone that it belongs to.
Selection select(const Document& document, const View& view);

}  // namespace rdnsgate::report
