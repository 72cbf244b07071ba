// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "inventory/files/include_pattern.h"

#include <fmt/format.h>
#include <fnmatch.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <unordered_set>
#include <utility>

#include "base/text/text.h"
#include "base/wording.h"

namespace rdnsgate::inventory {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view any_folders = "**";

bool matches(const std::string& pattern, const fs::path& entry) {
  return fnmatch(pattern.c_str(), entry.filename().c_str(), FNM_PERIOD | FNM_NOESCAPE) == 0;
}

std::vector<std::string> components(std::string_view pattern) {
  std::vector<std::string> all;
  for (const auto& part : fs::path(pattern)) {
    if (part == "." || part.empty()) continue;
    if (part == any_folders && !all.empty() && all.back() == any_folders)
      continue;  // no more than one of them
    all.push_back(part.string());
  }
  return all;
}

/// Without `./` at the front, and without `x/..` in the middle.
std::string shown(const fs::path& path) { return path.lexically_normal().string(); }

class Finder {
 public:
  Finder(std::string_view pattern, RootFolder& root, std::string_view includer = {})
      : pattern_(pattern),
        includer_(includer),
        components_(components(pattern)),
        root_(root),
        files_(*root.files) {}

  Result<std::vector<IncludedFile>> find(const fs::path& folder) {
    if (components_.empty()) return fail(fmt::format("{} names no file", in_quotes(pattern_)));
    if (auto walked = walk(folder, 0); !walked) return tl::unexpected(walked.error());
    if (found_.empty()) return nothing(folder);
    std::sort(found_.begin(), found_.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
    return std::move(found_);
  }

 private:
  Result<void> outside(const fs::path& path, const std::string& real) const {
    return tl::unexpected(root_.boundary.refusal(shown(path), real));
  }

  /// Before anything is listed or taken.
  Result<void> check_inside(const fs::path& path) const {
    const auto real = files_.real(path.string());
    if (!real)
      return fail(fmt::format("{} cannot be followed: {}", in_quotes(shown(path)), real.error().message));
    return root_.boundary.holds(*real) ? Result<void>() : outside(path, *real);
  }

  Result<std::vector<fs::path>> entries(const fs::path& folder) {
    std::vector<fs::path> all;
    if (auto inside = check_inside(folder); !inside) return tl::unexpected(inside.error());
    bool too_many = false;
    const auto listed = files_.for_each_name(folder.string(), [&](const std::string& name) {
      too_many = root_.entries_left == 0;
      if (too_many) return false;
      --root_.entries_left;
      all.push_back(folder / name);
      return true;
    });
    if (too_many) {
      return fail(fmt::format("{} has too many files to look through", in_quotes(pattern_)),
                  "name the folders that hold the inventory");
    }
    if (!listed) {
      return fail(fmt::format("{} cannot be listed: {}", in_quotes(shown(folder)), listed.error().message));
    }
    std::sort(all.begin(), all.end());
    return all;
  }

  Result<void> walk(const fs::path& at, std::size_t index) {
    if (index == components_.size()) return take(at);
    const std::string& component = components_[index];
    if (!is_pattern(component)) return walk(at / component, index + 1);
    // Two ** with something between them come to a folder in many ways.
    if (!walked_.emplace(at.string(), index).second) return {};
    const auto listed = entries(at);
    if (!listed) return tl::unexpected(listed.error());
    const bool last = index + 1 == components_.size();
    if (component == any_folders) {
      if (auto done = last ? Result<void>() : walk(at, index + 1); !done) return done;
    }
    for (const auto& entry : *listed) {
      Result<void> done;
      if (component == any_folders) {
        if (is_folder(entry) ? !is_link(entry) && !entry.filename().string().starts_with('.') : last)
          done = is_folder(entry) ? walk(entry, index) : take(entry);
      } else if (matches(component, entry) && (last || is_folder(entry))) {
        done = walk(entry, index + 1);
      }
      if (!done) return done;
    }
    return {};
  }

  /// With links followed. Files of one folder come one after the other, and the way to it is walked once.
  Result<std::string> real_of(const fs::path& path) {
    if (is_link(path) || path.filename() == ".." || path.filename() == ".") return files_.real(path.string());
    const auto folder = path.parent_path();
    if (real_folder_.empty() || folder != folder_) {
      auto real = files_.real(folder.string());
      if (!real) return real;
      folder_ = folder;
      real_folder_ = std::move(*real);
    }
    return (real_folder_ / path.filename()).string();
  }

  Result<void> take(const fs::path& path) {
    const auto kind = files_.kind(path.string());
    const auto real = real_of(path);
    // Where there is none, nothing() says so, unless it is none of ours.
    if (!real || kind == FileTree::Kind::none) return check_inside(path);
    if (!root_.boundary.holds(*real)) return outside(path, *real);
    if (kind == FileTree::Kind::folder) {
      if (is_pattern(pattern_)) return {};
      return fail(fmt::format("{} is a folder, not a file", in_quotes(pattern_)),
                  fmt::format("for all files in it: {}", shown(fs::path(pattern_) / "*.yaml")));
    }
    if (known_.insert(*real).second) found_.push_back({shown(path), *real});
    return {};
  }

  /// There is no such file: says which part of the path is the first that is not there.
  tl::unexpected<Error> nothing(fs::path at) {
    for (std::size_t i = 0; i < components_.size(); ++i) {
      const std::string& component = components_[i];
      if (is_pattern(component)) break;
      if (files_.kind((at / component).string()) != FileTree::Kind::none) {
        at /= component;
        continue;
      }
      const auto listed = entries(at);
      std::vector<std::string> texts;
      for (const auto& entry : listed.value_or(std::vector<fs::path>())) {
        const auto name = entry.filename().string();
        if (i > 0 || name != includer_) texts.push_back(name);
      }
      const std::vector<std::string_view> names(texts.begin(), texts.end());
      const bool last = i + 1 == components_.size();
      return fail(
          fmt::format("there is no {} {}", last ? "file" : "folder", in_quotes(shown(at / component))),
          did_you_mean(closest(component, names)));
    }
    return fail(fmt::format("no file matches {}", in_quotes(pattern_)), "");
  }

  bool is_folder(const fs::path& path) const { return files_.kind(path.string()) == FileTree::Kind::folder; }
  bool is_link(const fs::path& path) const { return files_.is_link(path.string()); }

  std::string_view pattern_, includer_;
  std::vector<std::string> components_;
  RootFolder& root_;
  const FileTree& files_;
  std::vector<IncludedFile> found_;
  fs::path folder_, real_folder_;  // the last one, as it was named and with links followed
  std::unordered_set<std::string> known_;
  std::set<std::pair<std::string, std::size_t>> walked_;  // folders, and the component that was looked for
};

}  // namespace

Result<RootFolder> root_folder_of(const std::string& folder, std::size_t max_entries, const FileTree& files) {
  const auto real = files.real(folder);
  if (!real) {
    return fail(fmt::format("{} cannot be followed: {}", in_quotes(folder), real.error().message));
  }
  return RootFolder{boundary_around(*real, files), max_entries, &files};
}

bool is_pattern(std::string_view text) { return text.find_first_of("*?[") != std::string_view::npos; }

Result<std::vector<IncludedFile>> find_included(const std::string& folder, std::string_view pattern,
                                                RootFolder& root, std::string_view includer) {
  if (fs::path(pattern).is_absolute()) {
    return fail(fmt::format("{} is not relative to this file's folder", in_quotes(pattern)),
                "an inventory has to mean the same wherever it is checked out");
  }
  auto found = Finder(pattern, root, includer).find(folder);
  if (found || !found.error().hint.empty()) return found;
  // The two endings of YAML files are taken for each other easily.
  std::string other;
  if (pattern.ends_with(".yml")) other = std::string(pattern.substr(0, pattern.size() - 3)) + "yaml";
  if (pattern.ends_with(".yaml")) other = std::string(pattern.substr(0, pattern.size() - 4)) + "yml";
  const bool is_other = !other.empty() && Finder(other, root).find(folder).has_value();
  found.error().hint = is_other ? did_you_mean(other) : "it is relative to this file's folder";
  return found;
}

}  // namespace rdnsgate::inventory
