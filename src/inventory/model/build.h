// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>

#include "inventory/files/file_set.h"
#include "inventory/files/load_options.h"
#include "inventory/model/model.h"
#include "yaml/document.h"
#include "yaml/problems.h"

namespace rdnsgate::inventory {

/// Fills the model from the documents of all files, which may have faults that the schema has reported: what
/// is faulty is left out. Values that the schema cannot judge (addresses, names, dates, patterns), and what
/// only one file may give, become problems here.
void build(const FileSet& files, const LoadOptions& options, yaml::Problems& problems, Inventory& inventory);

/// The part of it that reads one of `vantages`, in build_vantages.cpp; `folder` is that of the file it stands
/// in.
Vantage build_vantage(const yaml::Value& map, const std::string& folder, yaml::Problems& problems);

/// The part of it that reads `blocklists`: whom else is asked. What holds for all of them may be given once: `use_at`
/// is where it was.
void build_blocklists(const yaml::Value& map, std::optional<Span>& use_at, yaml::Problems& problems,
                      Inventory& inventory);

/// The one that is asked where an inventory names none: it walks from the root, and validates.
Vantage default_vantage();

/// The part of it that reads `senders` and expands their addresses, in build_senders.cpp. `defaults` are
/// those of the file that the list stands in.
void build_senders(const yaml::Value& list, const Defaults& defaults, const LoadOptions& options,
                   yaml::Problems& problems, Inventory& inventory);

}  // namespace rdnsgate::inventory
