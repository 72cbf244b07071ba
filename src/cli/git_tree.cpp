// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "cli/git_tree.h"

#include <fmt/format.h>
#include <git2.h>

#include <filesystem>

#include "base/text.h"

namespace rdnsgate::cli {
namespace {

namespace fs = std::filesystem;

/// The library counts its users, and is left once the program ends.
void start_library() {
  static const int started = git_libgit2_init();
  static_cast<void>(started);
}

/// `: what the library says`, or nothing.
std::string last_error() {
  const auto* error = git_error_last();
  if (error == nullptr || error->message == nullptr) return {};
  return fmt::format(": {}", trimmed(error->message));
}

template <typename T>
using Owned = std::unique_ptr<T, void (*)(T*)>;

std::optional<std::string> text_of(git_repository* repository, const git_oid* id) {
  git_blob* raw = nullptr;
  if (git_blob_lookup(&raw, repository, id) != 0) return std::nullopt;
  const Owned<git_blob> blob(raw, git_blob_free);
  return std::string(static_cast<const char*>(git_blob_rawcontent(blob.get())),
                     static_cast<std::size_t>(git_blob_rawsize(blob.get())));
}

/// Git itself never checks out such a name; a tree that was made by hand may have it, to lead out of a
/// folder.
bool leads_elsewhere(std::string_view name) {
  return name.empty() || name == "." || name == ".." || name == ".git" ||
         name.find_first_of("/\\") != std::string_view::npos;
}

/// For a repository that is there and may not be read, or none.
std::string opening_hint() {
  const auto* error = git_error_last();
  if (error != nullptr && error->message != nullptr &&
      std::string_view(error->message).find("not owned") != std::string_view::npos)
    return "git refuses it too; \"git config --global --add safe.directory FOLDER\" allows it";
  return "what changed is found out from the repository that holds the inventory";
}

}  // namespace

void GitTree::Close::operator()(git_repository* repository) const { git_repository_free(repository); }
void GitTree::Close::operator()(git_tree* tree) const { git_tree_free(tree); }

Result<GitTree> GitTree::open(const std::string& path, const std::string& ref) {
  start_library();
  std::error_code failed;
  const auto real = fs::weakly_canonical(path, failed);
  const auto from = fs::is_directory(real, failed) ? real : real.parent_path();
  GitTree found;
  git_repository* repository = nullptr;
  if (git_repository_open_ext(&repository, from.c_str(), 0, nullptr) != 0) {
    return fail(fmt::format("{} is in no git repository that can be read{}", path, last_error()),
                opening_hint());
  }
  found.repository_.reset(repository);
  const char* top = git_repository_workdir(repository);
  if (top == nullptr) return fail(fmt::format("the git repository of {} has no working tree", path));
  found.top_ = fs::weakly_canonical(top, failed).string();
  git_object* object = nullptr;
  if (git_revparse_single(&object, repository, ref.c_str()) != 0) {
    const bool shallow = git_repository_is_shallow(repository) == 1;
    return fail(fmt::format("the git repository has no \"{}\"{}", ref, last_error()),
                shallow ? "the clone is shallow: fetch that commit too (fetch-depth: 0 of actions/checkout, "
                          "GIT_DEPTH: 0 of GitLab)"
                        : "give a commit, a branch or a tag, such as origin/main");
  }
  const Owned<git_object> owned(object, git_object_free);
  git_object* tree = nullptr;
  if (git_object_peel(&tree, object, GIT_OBJECT_TREE) != 0)
    return fail(fmt::format("\"{}\" is no commit{}", ref, last_error()));
  found.tree_.reset(reinterpret_cast<git_tree*>(tree));
  return found;
}

std::optional<std::string> GitTree::inside(const std::string& path) const {
  std::error_code failed;
  const auto real = fs::weakly_canonical(path, failed);
  if (failed) return std::nullopt;
  const auto relative = real.lexically_relative(top_).generic_string();
  if (relative.empty() || relative == ".." || relative.rfind("../", 0) == 0) return std::nullopt;
  return relative == "." ? std::string() : relative;
}

std::optional<std::string> GitTree::read(const std::string& inside) const {
  git_tree_entry* raw = nullptr;
  if (inside.empty() || git_tree_entry_bypath(&raw, tree_.get(), inside.c_str()) != 0) return std::nullopt;
  const Owned<git_tree_entry> entry(raw, git_tree_entry_free);
  if (git_tree_entry_type(raw) != GIT_OBJECT_BLOB) return std::nullopt;
  return text_of(repository_.get(), git_tree_entry_id(raw));
}

Result<std::vector<GitTree::Difference>> GitTree::differences_below(const std::string& folder) const {
  git_diff_options options;
  git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
  options.flags = GIT_DIFF_DISABLE_PATHSPEC_MATCH | GIT_DIFF_SKIP_BINARY_CHECK | GIT_DIFF_IGNORE_FILEMODE;
  char* spec = const_cast<char*>(folder.c_str());  // read only, whatever its type says
  if (!folder.empty()) options.pathspec = {&spec, 1};
  git_diff* raw = nullptr;
  if (git_diff_tree_to_workdir_with_index(&raw, repository_.get(), tree_.get(), &options) != 0)
    return fail(fmt::format("the git repository cannot be compared with its files{}", last_error()));
  const Owned<git_diff> diff(raw, git_diff_free);
  std::vector<Difference> all;
  for (std::size_t i = 0; i < git_diff_num_deltas(diff.get()); ++i) {
    const auto* delta = git_diff_get_delta(diff.get(), i);
    const auto is_file = [](const git_diff_file& file) { return (file.mode & 0170000u) == 0100000u; };
    const bool modified =
        delta->status == GIT_DELTA_MODIFIED && is_file(delta->old_file) && is_file(delta->new_file);
    all.push_back({delta->old_file.path, modified});
  }
  return all;
}

void GitTree::for_each_below(const std::string& folder,
                             const std::function<bool(const std::string& inside)>& visit) const {
  struct Walk {
    const std::string& folder;
    const std::function<bool(const std::string&)>& visit;
  } walk{folder, visit};
  const auto step = [](const char* root, const git_tree_entry* entry, void* payload) {
    const auto& at = *static_cast<const Walk*>(payload);
    if (leads_elsewhere(git_tree_entry_name(entry))) return 1;
    const std::string path = std::string(root) + git_tree_entry_name(entry);
    const auto is_below = [](const std::string& one, const std::string& other) {
      return other.empty() || one == other || one.rfind(other + "/", 0) == 0;
    };
    // 1 leaves a folder out, below 0 ends the walk.
    if (git_tree_entry_type(entry) == GIT_OBJECT_TREE)
      return is_below(path, at.folder) || is_below(at.folder, path) ? 0 : 1;
    if (git_tree_entry_type(entry) != GIT_OBJECT_BLOB || !is_below(path, at.folder)) return 0;
    if (git_tree_entry_filemode(entry) == GIT_FILEMODE_LINK) return 0;
    return at.visit(path) ? 0 : -1;
  };
  git_tree_walk(tree_.get(), GIT_TREEWALK_PRE, step, &walk);
}

}  // namespace rdnsgate::cli
