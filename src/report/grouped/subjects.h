// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "report/document.h"

namespace rdnsgate::report {

/// What the findings of one kind are about.
struct Subjects {
  std::string count;  ///< `132 addresses`; `132 places` where one thing is found in several
  std::vector<std::string>
      list;  ///< addresses as ranges in numeric order, names sorted, or `path:3-5` for lines; not escaped
  std::size_t left_out = 0;  ///< of what is listed, behind the first `most`
};

/// Of the findings at these indices, which are about the same kind of thing; at most `most` are listed.
Subjects subjects_of(const Document& document, const std::vector<std::size_t>& members, std::size_t most);

}  // namespace rdnsgate::report
