// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <vector>

#include "cli/completion/completion_table.h"

namespace rdnsgate::cli {

// Each is what that shell reads to complete command lines; pure functions of the table. None of them starts
// rdnsgate while somebody types.

/// bash 4 and later; needs nothing of the package bash-completion.
std::string bash_completion(const std::vector<CompletedCommand>& table);
/// A file `_rdnsgate` for zsh's $fpath; to source it works as well.
std::string zsh_completion(const std::vector<CompletedCommand>& table);
/// fish 3 and later.
std::string fish_completion(const std::vector<CompletedCommand>& table);

}  // namespace rdnsgate::cli
