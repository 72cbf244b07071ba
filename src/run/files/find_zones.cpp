// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/files/find_zones.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <unordered_map>

#include "run/files/zone_names.h"

namespace rdnsgate::run {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t peek_octets = 64 * 1024;

/// `zones/example.com./` is the folder `example.com.`.
std::string name_of(const fs::path& path) {
  return path.has_filename() ? path.filename().string() : path.parent_path().filename().string();
}

class Finder {
 public:
  explicit Finder(const inventory::FileTree& tree) : tree_(tree) {}

  Result<std::vector<FoundZone>> find(const std::vector<std::string>& paths) {
    for (const auto& path : paths) {
      auto done = is_folder(path) ? folder(path) : named_file(path);
      if (!done) return tl::unexpected(done.error());
    }
    return std::move(found_);
  }

 private:
  Result<void> named_file(const fs::path& path) {
    if (kind(path) == Kind::none) return fail(fmt::format("there is no file or folder {}", path.string()));
    const auto file = name_of(path);
    auto name = zone_file_name(file);
    if (!name) {
      return fail(
          fmt::format("{} is not named after a zone", path.string()),
          "name it ORIGIN.zone, such as 2.0.192.in-addr.arpa.zone; an octoDNS zone is named ORIGIN.yaml");
    }
    return add(path, *name, true);
  }

  Result<void> folder(const fs::path& path) {
    const auto real = tree_.real(path.string());
    if (!real) return fail(fmt::format("{} cannot be followed: {}", path.string(), real.error().message));
    boundary_ = inventory::boundary_around(*real, tree_);
    const auto entries = entries_of(path);
    if (!entries) return tl::unexpected(entries.error());
    const auto before = found_.size();
    if (is_split(path)) {
      if (auto done = split(path); !done) return done;
    }
    for (const auto& entry : *entries) {
      if (is_split(path)) break;
      const auto name = zone_file_name(name_of(entry));
      Result<void> done;
      if (is_folder(entry)) {
        done = is_split(entry) ? split(entry) : classless(entry);
      } else if (name && is_file(entry) && (!name->uncertain || begins_as_zone_file(entry))) {
        done = add(entry, *name, false);
      }
      if (!done) return done;
    }
    if (found_.size() == before)
      return fail(fmt::format("there are no zone files in {}", path.string()), std::string(looked_for));
    return {};
  }

  /// A folder that octoDNS splits a zone over: `ORIGIN.`, or one with a file for what has no name of its own.
  bool is_split(const fs::path& path) const {
    const auto name = name_of(path);
    if (name.size() > 1 && name.ends_with('.') && !name.ends_with("..")) return true;
    return is_file(path / ("$" + name + ".yaml"));
  }

  Result<void> split(const fs::path& path) {
    const auto entries = entries_of(path);
    if (!entries) return tl::unexpected(entries.error());
    std::vector<std::string> files;
    for (const auto& entry : *entries) {
      // octoDNS takes them whatever they are named, `.yaml` and `*.yaml` too.
      if (entry.filename().string().ends_with(".yaml") && is_file(entry)) files.push_back(entry.string());
    }
    auto name = name_of(path);
    if (name.ends_with('.')) name.pop_back();
    if (files.empty()) return {};
    return add(path, std::move(files), name, true, true);
  }

  /// octoDNS takes the slash in the name of a zone for classless delegation (RFC 2317 §4) for a folder:
  /// `0/26.2.0.192.in-addr.arpa.yaml`. A zone of that name without the folder would hold a single address.
  Result<void> classless(const fs::path& path) {
    const auto first = name_of(path);
    if (first.size() > 3 || first.find_first_not_of("0123456789") != std::string::npos) return {};
    const auto entries = entries_of(path);
    if (!entries) return tl::unexpected(entries.error());
    for (const auto& entry : *entries) {
      const auto file = name_of(entry);
      const auto name = zone_file_name(file);
      if (!name || name->kind != ZoneFileName::Kind::octodns || !is_file(entry)) continue;
      if (!name->zone.ends_with(".in-addr.arpa") ||
          std::count(name->zone.begin(), name->zone.end(), '.') != 5)
        continue;
      auto done = add(entry, {entry.string()}, fmt::format("{}/{}", first, name->zone), true, false);
      if (!done) return done;
    }
    return {};
  }

  Result<void> add(const fs::path& path, const ZoneFileName& name, bool named) {
    return add(path, {path.string()}, name.zone, name.kind == ZoneFileName::Kind::octodns, named);
  }

  Result<void> add(const fs::path& path, std::vector<std::string> files, std::string_view zone, bool octodns,
                   bool named) {
    auto origin = dns::Name::from_host(zone);
    if (!origin) {
      return fail(
          fmt::format("{}: the file is not named after a zone: {}", path.string(), origin.error().message),
          octodns ? "name it ORIGIN.yaml, such as 2.0.192.in-addr.arpa.yaml"
                  : "name it ORIGIN.zone, such as 2.0.192.in-addr.arpa.zone");
    }
    const auto [known, fresh] = index_.emplace(*origin, found_.size());
    if (fresh) {
      found_.push_back({path.string(), std::move(files), std::move(*origin), octodns, named});
      return {};
    }
    auto& other = found_[known->second];
    // octoDNS itself joins `ORIGIN.yaml` and the folder `ORIGIN.` beside it.
    const auto beside = [](const std::string& a) { return fs::path(a).parent_path(); };
    if (octodns && other.octodns && beside(other.path) == path.parent_path() &&
        is_folder(path) != is_folder(other.path)) {
      other.files.insert(other.files.end(), files.begin(), files.end());
      return {};
    }
    return fail(
        fmt::format("two files for the zone {}: {} and {}", origin->text(), other.path, path.string()),
        "name only the one to judge");
  }

  using Kind = inventory::FileTree::Kind;
  Kind kind(const fs::path& path) const { return tree_.kind(path.string()); }
  bool is_folder(const fs::path& path) const { return kind(path) == Kind::folder; }
  bool is_file(const fs::path& path) const { return kind(path) == Kind::file; }

  Result<std::vector<fs::path>> entries_of(const fs::path& folder) const {
    std::vector<fs::path> entries;
    const auto listed = tree_.for_each_name(
        folder.string(), [&](const std::string& name) { return entries.push_back(folder / name), true; });
    if (!listed)
      return fail(fmt::format("cannot read the folder {}: {}", folder.string(), listed.error().message));
    std::sort(entries.begin(), entries.end());
    for (const auto& entry : entries) {
      if (auto inside = check_inside(entry); !inside) return tl::unexpected(inside.error());
    }
    return entries;
  }

  /// What a link in a folder leads to is what somebody put there, and not what was named.
  Result<void> check_inside(const fs::path& entry) const {
    if (!tree_.is_link(entry.string())) return {};
    const auto real = tree_.real(entry.string());
    if (real && !boundary_.holds(*real)) return tl::unexpected(boundary_.refusal(entry.string(), *real));
    return {};
  }

  bool begins_as_zone_file(const fs::path& path) const {
    return run::begins_as_zone_file(tree_.beginning(path.string(), peek_octets));
  }

  const inventory::FileTree& tree_;
  Boundary boundary_{"/", false};  ///< of the folder that was named
  std::vector<FoundZone> found_;
  std::unordered_map<dns::Name, std::size_t> index_;
};

}  // namespace

Result<std::vector<FoundZone>> find_zones(const std::vector<std::string>& paths,
                                          const inventory::FileTree& tree) {
  return Finder(tree).find(paths);
}

}  // namespace rdnsgate::run
