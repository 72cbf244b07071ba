// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/lab/lab_play.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "base/files/output_file.h"
#include "inventory/files/read_file.h"
#include "resolve/lab/enclosure.h"

namespace rdnsgate::run {
namespace {

using dns::VantageKind;

constexpr std::uint32_t first_resolver = 0x7f350101;  // 127.53.1.1
constexpr std::size_t most_resolvers = 200, longest_notes = 1 << 20;

Time now() { return std::chrono::floor<seconds>(std::chrono::system_clock::now()); }

std::vector<LabResolver> resolvers_of(const LabEstate& estate) {
  std::vector<LabResolver> all;
  for (dns::VantageIndex v = 0; v < estate.vantages.size(); ++v) {
    const auto& vantage = estate.vantages[v];
    if (vantage.kind == VantageKind::forward && !vantage.internal)
      all.push_back({v, IpAddress::v4(first_resolver + static_cast<std::uint32_t>(all.size()))});
  }
  return all;
}

/// The same estate, as seen by those vantages inside.
std::shared_ptr<const KeptInventory> seen_inside(const LabEstate& estate,
                                                 const std::vector<LabResolver>& resolvers) {
  auto kept = std::make_shared<KeptInventory>(*estate.kept);
  kept->inventory.vantages.clear();
  for (dns::VantageIndex v = 0; v < estate.vantages.size(); ++v) {
    const auto& from = estate.vantages[v];
    if (from.internal) continue;
    inventory::Vantage vantage;
    vantage.name = from.name;
    vantage.operator_name = from.operator_name;
    const bool asks = from.kind == VantageKind::forward || from.kind == VantageKind::authoritative;
    vantage.kind = asks ? from.kind : VantageKind::recursive;
    vantage.questions_per_second = 0;
    for (const auto& resolver : resolvers) {
      if (resolver.vantage == v) vantage.address = resolver.address;
    }
    kept->inventory.vantages.push_back(std::move(vantage));
  }
  return kept;
}

AuditRequest request_for(const LabEstate& estate, std::shared_ptr<const KeptInventory> kept) {
  AuditRequest audit;
  audit.command = "check";
  audit.clock = {now, false};
  audit.kept = std::move(kept);
  audit.heard = estate.heard;
  audit.belongings = false;
  audit.interval = estate.interval;
  audit.asking.emplace();
  return audit;
}

/// Inside: what they are asked and answer is kept in a file.
Result<void> ask_servers(LabStage& stage, const std::vector<LabResolver>& resolvers, const Staging& staging,
                         AuditRequest audit, const std::string& facts) {
  if (auto set = stage.set(resolvers, staging); !set) return set;
  audit.asking->root_hints = stage.root_hints();
  audit.asking->trust_anchor = stage.trust_anchor();
  audit.asking->record = facts;
  Listener nobody;
  const auto ran = audit_run(audit, nobody);
  if (!ran) return tl::unexpected(ran.error().error);
  if (ran->document.unusable) return fail("a file that the inventory names cannot be used");
  if (ran->not_recorded) return tl::unexpected(*ran->not_recorded);
  return {};
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const auto end = text.find('\n');
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const auto& line : lines) text += line + "\n";
  return text;
}

}  // namespace

Result<LabPrograms> find_lab_programs(const LabEstate& estate) {
  auto server = resolve::find_name_server();
  if (!server) return tl::unexpected(server.error());
  LabPrograms programs{std::move(*server), std::nullopt};
  const auto resolvers = resolvers_of(estate);
  if (resolvers.size() > most_resolvers) return fail("the world has too many resolvers for a laboratory");
  if (resolvers.empty()) return programs;
  auto resolver = resolve::find_resolver();
  if (!resolver) return tl::unexpected(resolver.error());
  programs.resolver = std::move(*resolver);
  return programs;
}

Attempt<LabPlayed> play_in_lab(const LabEstate& estate, const LabPrograms& programs, const LabWorld& world,
                               const Staging& staging, Listener& listener) {
  auto enclosure = resolve::Enclosure::make();
  if (!enclosure) return tl::unexpected<Failure>(enclosure.error());
  const auto resolvers = resolvers_of(estate);
  const auto kept = seen_inside(estate, resolvers);
  const auto& folder = enclosure->folder();
  const std::string facts = folder / "facts.jsonl", notes = folder / "notes";
  const auto played = enclosure->run([&]() -> Result<void> {
    LabStage stage(world, programs, folder, now());
    if (auto asked = ask_servers(stage, resolvers, staging, request_for(estate, kept), facts); !asked)
      return asked;
    return write_file(notes, joined(stage.notes()));
  });
  if (!played) return tl::unexpected<Failure>(played.error());
  // Judged here: what was recorded is judged as of then.
  auto audit = request_for(estate, kept);
  audit.asking->replay = facts;
  auto ran = audit_run(audit, listener);
  if (!ran) return tl::unexpected(std::move(ran.error()));
  const auto said = inventory::read_file(notes, longest_notes);
  LabPlayed done{std::move(*ran), world.notes};
  for (auto& note : lines_of(said ? std::string_view(*said) : std::string_view()))
    done.notes.push_back(std::move(note));
  return done;
}

}  // namespace rdnsgate::run
