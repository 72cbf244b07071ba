// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/offline/fix.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "base/text/text.h"
#include "inventory/files/paths.h"
#include "inventory/model/style.h"
#include "inventory/read_document.h"
#include "run/files/load.h"
#include "run/offline/judge_declared.h"

namespace rdnsgate::run {
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

Said listen(const Sources& sources, const LoadedInventory& loaded, Time now) {
  Said said{loaded.problems, loaded.problems.size(), 0};
  auto style = style_of(sources);
  std::move(style.begin(), style.end(), std::back_inserter(said.problems));
  if (!loaded.inventory) return said;
  said.findings = judge_declared({&*loaded.inventory, now}).findings.size();
  return said;
}

std::vector<FileEdits> by_file(const Diagnostics& problems) {
  std::vector<Fix> fixes;
  for (const auto& problem : problems) {
    if (problem.fix) fixes.push_back(*problem.fix);
  }
  std::stable_sort(fixes.begin(), fixes.end(), [](const Fix& a, const Fix& b) { return a.at < b.at; });
  std::vector<FileEdits> all;
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

std::string mended(const Sources& sources, const FileEdits& fixes) {
  return apply_edits(sources.text(fixes.file), fixes.edits);
}

}  // namespace

Result<Fixes> find_fixes(const std::vector<std::string>& named, Time now) {
  const auto paths = find_inventory(named);
  if (!paths) return tl::unexpected(paths.error());
  Fixes fixes;
  const auto& sources = fixes.sources;
  const auto loaded = load_inventory(fixes.sources, *paths);
  const auto before = listen(sources, loaded, now);
  fixes.edits = by_file(before.problems);
  fixes.is_readable = loaded.inventory.has_value();
  if (fixes.edits.empty()) return fixes;
  inventory::OpenTexts texts;
  for (const auto& file : fixes.edits)
    texts.emplace(inventory::real_path(std::string(sources.path(file.file))), mended(sources, file));
  Sources then;
  const auto reloaded = load_inventory(then, *paths, &texts);
  const auto after = listen(then, reloaded, now);
  if (says_less(after, reloaded.inventory.has_value(), before, fixes.is_readable)) return fixes;
  return fail("fixed, the inventory would have as much wrong with it as before; nothing was written",
              "\"lint --fix --dry-run\" would have changed the same: fix by hand what \"lint\" reports");
}

std::string describe(const std::vector<FileEdits>& fixes) {
  std::size_t places = 0;
  for (const auto& file : fixes) places += file.edits.size();
  return fmt::format("fixed {} in {}", counted(places, "place", "places"),
                     counted(fixes.size(), "file", "files"));
}

}  // namespace rdnsgate::run
