// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "dns/zone/zone_file.h"
#include "inventory/octodns/octodns_edit.h"
#include "plan/forecast.h"
#include "plan/letters/letter.h"
#include "plan/plan.h"

namespace rdnsgate::plan {

/// How much a text for people tells.
enum class Detail : std::uint8_t {
  brief,  ///< waves, and records that change alike, as one entry
  full,   ///< every record, and where each term of a wait comes from
};

/// The plan for a person: a summary, then its phases. `start` is the moment of the first change. Foreign text is
/// escaped for a terminal.
std::string emit_text(const Plan& plan, Time start, Detail detail);

/// The change request, as a forge or wiki shows it. `start` is the moment of the first change.
std::string emit_markdown(const Plan& plan, Time start);

/// A page with the timetable as a picture.
std::string emit_html(const Plan& plan, Time start);

/// The timetable as a calendar (RFC 5545).
std::string emit_ics(const Plan& plan, Time start);

/// What the simulator saw, for a person: of the last world all of it, of others what breaks.
std::string emit_forecast(const Plan& plan, std::span<const Simulation> simulations);

/// `rolled back from swap-ptr at +6m, broken from +7m until +1d: 192.0.2.1 sends without a PTR`. Foreign text,
/// not escaped.
std::string text_of(const Plan& plan, const Breach& breach);

/// The scripts of all phases and zones in the order of application, for reading. Every zone is written,
/// whoever manages it: who asks for this format wants it.
std::string emit_nsupdate(const Plan& plan);

/// The script that applies one phase in one zone, or takes it back; see nsupdate.cpp for what protects it.
/// Empty where the phase has nothing to be scripted there.
std::string nsupdate_script(const Plan& plan, std::size_t phase, const Name& zone, bool rollback);

/// The file of a zone that the plan changes, as the team keeps it.
struct ZoneText {
  Name zone;
  std::string path;  ///< as patches call it
  std::string text;
  dns::IncludedTexts included{};  ///< of what $INCLUDE names in it
  /// Of an octoDNS zone its files, and nothing else.
  std::vector<inventory::OctodnsFile> octodns{};
};

/// What one phase does to a zone file or octoDNS YAML, as a unified diff: `patch -p1` and `git apply` take it.
struct ZonePatch {
  std::size_t phase = 0;
  Name zone;
  ManagedBy form = ManagedBy::zonefile;  ///< or octodns
  std::string apply, rollback;           ///< the latter for the file as the phase leaves it
  std::string problem;                   ///< not empty: why there is none; foreign text
};

/// The patches of all phases, in their order; each for the file that the patches before it leave. The serial
/// rises with each, by the date that the phase begins at.
std::vector<ZonePatch> zone_patches(const Plan& plan, std::span<const ZoneText> files, Time start);
/// Those of these phases, for the files as all earlier phases have left them; due at `now`.
std::vector<ZonePatch> next_patches(const Plan& plan, const std::vector<std::size_t>& phases,
                                    std::span<const ZoneText> files, Time now);

/// The same one after another, for reading. Of zones without a patch: what is to be done by hand.
std::string emit_zonefile(const Plan& plan, std::span<const ZonePatch> patches);
std::string emit_octodns(const Plan& plan, std::span<const ZonePatch> patches);

/// Of `plan -o DIR`.
struct PlanFile {
  std::string path;  ///< relative, of safe characters only: `02-add-forward/mail.example.nsupdate`
  std::string content;
};

/// The whole plan in every form for people, and a folder for each phase with what applies it, in the form
/// that the zone is managed in, what verifies it, and what takes it back.
std::vector<PlanFile> plan_files(const Plan& plan, Time start, std::span<const ZonePatch> patches = {});

}  // namespace rdnsgate::plan
