// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/text/text_edit.h"
#include "dns/zone/zone_edit.h"

namespace rdnsgate::inventory {

/// One file of an octoDNS zone, or the only one.
struct OctodnsFile {
  std::string path, text;
};

/// The edits, file by file, that bring a team's octoDNS YAML to hold these RRsets. Comments, layout and order of
/// everything else stay; new owners stand where the order of the keys has them: octoDNS refuses others (`enforce_order`,
/// natural unless the file is in plain order). In a zone that is split, new owners go where its apex is. What comes out
/// is read again and held against what was to come out. Fails where a file is no zone, where an RRset is not what it has
/// to be before, and where only hands can make the change: records that octoDNS's providers decide, types whose values
/// are more than a text, anchors and merge keys that other records share.
Result<std::vector<std::vector<TextEdit>>> edit_octodns_zone(std::span<const OctodnsFile> files,
                                                             const dns::Name& origin,
                                                             std::span<const dns::RRsetChange> changes);

}  // namespace rdnsgate::inventory
