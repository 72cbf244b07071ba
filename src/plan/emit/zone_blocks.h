// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "plan/plan.h"
#include "plan/timetable.h"

namespace rdnsgate::plan {

/// What one phase does in one zone, or takes back there.
struct ZoneBlock {
  const Plan& plan;
  std::size_t phase = 0;
  Name zone;
  bool rollback = false;

  /// The changes, turned round for a roll-back. `by_hand` gets what the format cannot carry: an SOA, text
  /// that is not ASCII.
  std::vector<Step> steps(std::vector<Step>& by_hand) const;
  /// `rdnsgate plan 1234abcd, phase 2 swap-ptr (roll-back), zone mail.example.`
  std::string title() const;
};

using BlockEmitter = std::function<std::string(const ZoneBlock&)>;

/// The blocks of all phases and zones, whoever manages them, in the order of application.
std::string all_blocks(const Plan& plan, std::string_view comment, const BlockEmitter& emitter);

/// Configuration of a tool that keeps whole zones: the RRsets as they are after the phase, for its zone.
std::string octodns_block(const ZoneBlock& block);
std::string dnscontrol_block(const ZoneBlock& block);
std::string opentofu_block(const ZoneBlock& block);

/// All record sets that the plan changes, as a file for OpenTofu, with those phases done. Copied over the one before,
/// `tofu apply` makes just the changes between. `with_import`: it first takes over what is there. `undone`: a phase that
/// was rolled back after it was done. Nothing of zones that are managed by ticket; empty where there are no others.
struct OpentofuState {
  std::vector<bool> done;  ///< by phase
  std::optional<std::size_t> undone{};
  bool with_import = false;
};
std::string opentofu_file(const Plan& plan, const OpentofuState& state);

/// Lines of a zone file, to be put in by hand.
std::string zonefile_block(const ZoneBlock& block);

struct ZonePatch;
/// The patch of that form for the block; nullptr where there was no file.
const ZonePatch* patch_for(const ZoneBlock& block, ManagedBy form, std::span<const ZonePatch> patches);
/// The same for reading; where there is none, why, and what is to be done by hand.
std::string patch_or_block(const ZoneBlock& block, ManagedBy form, std::span<const ZonePatch> patches);

/// The zones of a phase's changes, sorted.
std::vector<Name> zones_of(const Phase& phase);

/// ASCII means the same in every format; what other octets of a TXT record mean, no two tools agree on.
bool is_plain_text(RrType type, const Version& version);

/// Data of a record for such tools: addresses, absolute names, and of TXT records the text itself.
std::string plain_data(RrType type, const std::string& rdata);

}  // namespace rdnsgate::plan
