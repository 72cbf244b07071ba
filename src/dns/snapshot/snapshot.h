// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <istream>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "dns/facts/fact_store.h"
#include "dns/snapshot/gzip.h"
#include "dns/snapshot/snapshot_head.h"

namespace rdnsgate::dns {

/// The facts of a run, as a file holds them: JSON Lines, one for the head and one for each fact
/// (schemas/facts.schema.json), compressed.
struct Snapshot {
  SnapshotHead head;
  FactStore facts;
};

/// Writes the facts in a stable order, line by line. Fails when the sink takes no more, or at a fact that
/// read_snapshot would find too long.
Result<void> write_snapshot(const SnapshotHead& head, const FactStore& facts, const OctetSink& sink);

/// Reads a snapshot, compressed or plain, line by line. An error names `path`, the line and the cause.
Result<Snapshot> read_snapshot(std::istream& in, std::string_view path);

/// Adds the vantages and facts of `from`, a file of that name. A vantage that both have must be of one kind
/// and operator; of a question that both have, the answer that was asked for later stays, at the same second
/// that of `from`.
Result<void> merge_snapshot(Snapshot& into, const Snapshot& from, std::string_view path);

}  // namespace rdnsgate::dns
