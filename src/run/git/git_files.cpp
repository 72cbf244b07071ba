// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/git/git_files.h"

#include <fmt/format.h>

#include <filesystem>
#include <limits>
#include <system_error>

namespace rdnsgate::run {
namespace {

namespace fs = std::filesystem;

constexpr int max_links = 40;  // as Linux has it

}  // namespace

std::optional<std::string> GitFiles::inside(const std::string& real) const {
  const auto& top = tree_.top();
  if (real == top) return std::string();
  if (!real.starts_with(top) || real[top.size()] != '/') return std::nullopt;
  auto path = real.substr(top.size() + 1);
  // The repository itself is no part of what it holds.
  if (path == ".git" || path.starts_with(".git/")) return std::nullopt;
  return path;
}

void GitFiles::note(const Error& error) const {
  if (!failure_) failure_ = error;
}

std::optional<GitTree::Entry> GitFiles::entry(const std::string& inside) const {
  auto found = tree_.entry(inside);
  if (!found) return note(found.error()), std::nullopt;
  return *found;
}

/// Where the link leads that stands at a path; nullopt for what is no link.
std::optional<std::string> GitFiles::target(const std::string& real) const {
  const auto place = inside(real);
  if (place) {
    const auto found = entry(*place);
    if (!found || found->kind != GitTree::Kind::link) return std::nullopt;
    auto text = tree_.read(*found, *place);
    if (!text) return note(text.error()), std::nullopt;
    return std::move(*text);
  }
  std::error_code failed;
  const auto to = fs::read_symlink(real, failed);
  if (failed) return std::nullopt;
  return to.string();
}

/// Of an absolute path; with `last`, the last part of it is followed too.
Result<std::string> GitFiles::follow(const std::string& path, bool last, int links) const {
  const fs::path at(path);
  if (at == at.root_path()) return at.root_path().string();
  const auto name = at.filename().string();
  const auto above = folder(at.parent_path().string(), links);
  if (!above || name.empty() || name == ".") return above;
  if (name == "..") return fs::path(*above).parent_path().string();
  const auto real = (fs::path(*above) / name).string();
  const auto leads_to = last ? target(real) : std::nullopt;
  if (!leads_to || leads_to->empty()) return real;
  if (links == max_links)
    return fail(std::make_error_code(std::errc::too_many_symbolic_link_levels).message());
  return follow((fs::path(*above) / *leads_to).string(), true, links + 1);
}

Result<std::string> GitFiles::folder(const std::string& path, int links) const {
  if (const auto known = folders_.find(path); known != folders_.end()) return known->second;
  auto real = follow(path, true, links);
  if (real) folders_.emplace(path, *real);
  return real;
}

Result<GitFiles::Place> GitFiles::find(const std::string& path, bool last) const {
  std::error_code failed;
  const auto absolute = fs::absolute(path.empty() ? "." : path, failed);
  if (failed) return fail(failed.message());
  auto real = follow(absolute.string(), last, 0);
  if (!real) return tl::unexpected(real.error());
  Place place{std::move(*real), {}, {}};
  place.inside = inside(place.real);
  if (place.inside && !place.inside->empty()) place.entry = entry(*place.inside);
  return place;
}

inventory::FileTree::Kind GitFiles::kind(const std::string& path) const {
  const std::lock_guard guard(lock_);
  const auto place = find(path);
  if (!place) return Kind::none;
  if (!place->inside) return inventory::disk().kind(place->real);
  if (place->inside->empty()) return Kind::folder;
  if (!place->entry) return Kind::none;
  switch (place->entry->kind) {
    case GitTree::Kind::file:
      return Kind::file;
    case GitTree::Kind::folder:
      return Kind::folder;
    default:
      return Kind::other;
  }
}

bool GitFiles::is_link(const std::string& path) const {
  const std::lock_guard guard(lock_);
  const auto place = find(path, false);
  if (!place) return false;
  if (!place->inside) return inventory::disk().is_link(place->real);
  return place->entry && place->entry->kind == GitTree::Kind::link;
}

Result<std::string> GitFiles::real(const std::string& path) const {
  const std::lock_guard guard(lock_);
  auto place = find(path);
  if (!place) return tl::unexpected(place.error());
  return std::move(place->real);
}

Result<void> GitFiles::for_each_name(const std::string& folder,
                                     const std::function<bool(const std::string& name)>& visit) const {
  std::vector<std::string> names;
  {
    const std::lock_guard guard(lock_);
    const auto place = find(folder);
    if (!place) return tl::unexpected(place.error());
    if (!place->inside) return inventory::disk().for_each_name(place->real, visit);
    auto found = tree_.names_in(*place->inside);
    if (!found) return note(found.error()), tl::unexpected(found.error());
    names = std::move(*found);
  }
  for (const auto& name : names) {
    if (!visit(name)) break;
  }
  return {};
}

std::optional<std::size_t> GitFiles::size(const std::string& path) const {
  const std::lock_guard guard(lock_);
  const auto place = find(path);
  if (!place) return std::nullopt;
  if (!place->inside) return inventory::disk().size(place->real);
  if (!place->entry || place->entry->kind != GitTree::Kind::file) return std::nullopt;
  const auto size = tree_.size(*place->entry, *place->inside);
  if (!size) return note(size.error()), std::nullopt;
  return *size;
}

tl::expected<std::string, inventory::ReadError> GitFiles::read(const std::string& path, std::size_t limit,
                                                               const std::string& shown) const {
  const std::lock_guard guard(lock_);
  const auto& name = shown.empty() ? path : shown;
  const auto refuse = [&](std::string why, bool too_large = false) {
    return tl::unexpected(inventory::ReadError{fmt::format("\"{}\" {}", name, why), {}, too_large});
  };
  const auto place = find(path);
  if (!place) return refuse(fmt::format("cannot be followed: {}", place.error().message));
  if (!place->inside) return inventory::disk().read(place->real, limit, name);
  if (!place->entry) return refuse("is not in that commit");
  if (place->entry->kind != GitTree::Kind::file) return refuse("is no file in that commit");
  const auto size = tree_.size(*place->entry, *place->inside);
  if (!size) return note(size.error()), refuse("cannot be read");
  if (*size > limit) return refuse(fmt::format("is larger than {} MiB", limit >> 20), true);
  auto text = tree_.read(*place->entry, *place->inside);
  if (!text) return note(text.error()), refuse("cannot be read");
  return std::move(*text);
}

std::string GitFiles::beginning(const std::string& path, std::size_t octets) const {
  auto text = read(path, std::numeric_limits<std::size_t>::max()).value_or(std::string());
  if (text.size() > octets) text.resize(octets);
  return text;
}

bool GitFiles::holds(const std::string& real, std::string_view octets) const {
  std::optional<GitTree::Entry> found;
  {
    const std::lock_guard guard(lock_);
    const auto place = inside(real);
    if (!place) return true;
    found = entry(*place);
  }
  return found && found->kind == GitTree::Kind::file && GitTree::is(*found, octets);
}

std::optional<Error> GitFiles::failure() const {
  const std::lock_guard guard(lock_);
  return failure_;
}

bool GitFiles::has_place_for(const std::string& path) const {
  const std::lock_guard guard(lock_);
  const auto place = find(path);
  return place && place->inside;
}

}  // namespace rdnsgate::run
