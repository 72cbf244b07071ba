// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/change/plan_folder.h"

#include <fmt/format.h>

#include <charconv>
#include <filesystem>
#include <optional>

#include "base/files/output_folder.h"
#include "inventory/files/read_file.h"
#include "plan/document/read_plan.h"
#include "plan/emit/emit.h"

namespace rdnsgate::run {
namespace {

/// Folders of two plans in one would stand in one order, and somebody would take a step of the wrong one.
Result<void> check_folder(const plan::Plan& made, const std::string& folder) {
  constexpr std::size_t max_plan = std::size_t{512} << 20;
  const auto path = (std::filesystem::path(folder) / "plan.json").string();
  std::error_code ignored;
  if (!std::filesystem::exists(std::filesystem::symlink_status(path, ignored))) return {};
  const auto text = inventory::read_file(path, max_plan);
  if (!text) return fail(text.error().message, text.error().hint);
  const auto other = plan::read_plan(*text, path);
  if (other && other->id == made.id) return {};
  return fail(other ? fmt::format("{} holds another plan, {}", folder, other->id)
                    : fmt::format("{} holds a plan that cannot be read", folder),
              "name another folder, or remove that one first");
}

/// `02-add-forward/verify.txt` is of phase 2, `letters/provider.txt` of none.
std::optional<std::size_t> phase_of(std::string_view path) {
  std::size_t phase = 0;
  const auto [stop, failed] = std::from_chars(path.data(), path.data() + path.size(), phase);
  const bool is_numbered = failed == std::errc() && stop != path.data() + path.size() && *stop == '-';
  return is_numbered ? std::optional(phase) : std::nullopt;
}

}  // namespace

Result<WrittenPlan> write_plan_folder(const PlanRun& made, const std::string& folder) {
  if (const auto fits = check_folder(made.plan, folder); !fits) return tl::unexpected(fits.error());
  auto out = OutputFolder::make(folder);
  if (!out) return tl::unexpected(out.error());
  WrittenPlan written;
  written.phases.resize(made.plan.phases.size());
  for (const auto& file : plan::plan_files(made.plan, made.start, made.patches)) {
    if (const auto done = out->add(file.path, file.content); !done) return tl::unexpected(done.error());
    if (const auto phase = phase_of(file.path); phase && *phase < written.phases.size())
      ++written.phases[*phase];
    else
      written.files.push_back(file.path);
  }
  if (const auto done = out->commit(); !done) return tl::unexpected(done.error());
  return written;
}

}  // namespace rdnsgate::run
