// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "cli/fix.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "audit/offline.h"
#include "audit/verdict.h"
#include "base/text.h"
#include "inventory/files/paths.h"
#include "inventory/model/style.h"
#include "inventory/read_document.h"
#include "rules/registry.h"

namespace rdnsgate::cli {
namespace {

/// All that can be said of an inventory without the DNS.
struct Said {
  Diagnostics problems;  ///< errors, and what is a matter of style
  std::size_t errors = 0, findings = 0;

  std::size_t count() const { return problems.size() + findings; }
};

Diagnostics style_of(const Sources& sources) {
  Diagnostics all;
  for (FileId file = 0; file < sources.count(); ++file) {
    const auto document = inventory::read_document(sources, file);
    if (!document) continue;
    auto found = inventory::find_style(*document, sources);
    std::move(found.begin(), found.end(), std::back_inserter(all));
  }
  return all;
}

Said listen(const Sources& sources, const run::LoadedInventory& loaded, Time now) {
  Said said{loaded.problems, loaded.problems.size(), 0};
  auto style = style_of(sources);
  std::move(style.begin(), style.end(), std::back_inserter(said.problems));
  if (!loaded.inventory) return said;
  const audit::RunContext run{&*loaded.inventory, now};
  const audit::Policy policy(rules::registry(), *loaded.inventory);
  said.findings =
      audit::conclude(run, policy, audit::judge_offline(run, policy), nullptr, {}).findings.size();
  return said;
}

std::vector<run::FileEdits> by_file(const Diagnostics& problems) {
  std::vector<Fix> fixes;
  for (const auto& problem : problems) {
    if (problem.fix) fixes.push_back(*problem.fix);
  }
  std::stable_sort(fixes.begin(), fixes.end(), [](const Fix& a, const Fix& b) { return a.at < b.at; });
  std::vector<run::FileEdits> all;
  for (auto& fix : fixes) {
    if (all.empty() || all.back().file != fix.at.file) all.push_back({fix.at.file, {}});
    auto& edits = all.back().edits;
    if (!edits.empty() && fix.at.begin < edits.back().end) continue;
    edits.push_back({fix.at.begin, fix.at.end, std::move(fix.text)});
  }
  return all;
}

bool says_less(const Said& after, bool readable_after, const Said& before, bool readable_before) {
  if (after.errors > before.errors || (readable_before && !readable_after)) return false;
  // Of an inventory that could not be read there were no findings to count.
  if (!readable_before) return after.problems.size() < before.problems.size();
  return after.findings <= before.findings && after.count() < before.count();
}

std::string mended(const Sources& sources, const run::FileEdits& fixes) {
  return apply_edits(sources.text(fixes.file), fixes.edits);
}

}  // namespace

Result<std::vector<run::FileEdits>> find_fixes(const Sources& sources, const run::InventoryPaths& paths,
                                          const run::LoadedInventory& loaded, Time now) {
  const auto before = listen(sources, loaded, now);
  auto fixes = by_file(before.problems);
  if (fixes.empty()) return fixes;
  inventory::OpenTexts texts;
  for (const auto& file : fixes)
    texts.emplace(inventory::real_path(std::string(sources.path(file.file))), mended(sources, file));
  Sources then;
  const auto reloaded = run::load_inventory(then, paths, &texts);
  const auto after = listen(then, reloaded, now);
  if (says_less(after, reloaded.inventory.has_value(), before, loaded.inventory.has_value())) return fixes;
  return fail("mended, the inventory would have as much wrong with it as before; nothing was written",
              "\"lint --fix --dry-run\" would have changed the same: mend by hand what \"lint\" says");
}

std::string describe(const std::vector<run::FileEdits>& fixes) {
  std::size_t places = 0;
  for (const auto& file : fixes) places += file.edits.size();
  return fmt::format("mended {} in {}", counted(places, "place", "places"),
                     counted(fixes.size(), "file", "files"));
}

}  // namespace rdnsgate::cli
