// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/git/git_tree.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <utility>

#include "base/text/escape.h"
#include "run/git/git_library.h"
#include "run/git/open_repository.h"

namespace rdnsgate::run {
namespace {

namespace fs = std::filesystem;

/// For what can only be reached once open() has found the library.
const GitLibrary& git() { return **git_library(); }

/// `: what the library says`, or nothing.
std::string last_error() {
  const auto said = git_last_error(git());
  return said.empty() ? said : ": " + said;
}

/// For an object that the commit names and the repository does not have.
tl::unexpected<Error> not_here(std::string_view what) {
  return fail(fmt::format("{} of that commit cannot be read from the git repository{}", what, last_error()),
              "a clone without all objects (git clone --filter) has to fetch it first: git show GIT-REF:PATH "
              "fetches one file");
}

git_oid oid_of(const GitTree::Entry& entry) {
  git_oid id{};
  static_assert(sizeof id == sizeof entry.id);
  std::memcpy(&id, entry.id.data(), sizeof id);
  return id;
}

/// Git itself never checks out such a name; a tree that was made by hand may have it, to lead out of a
/// folder.
bool leads_elsewhere(std::string_view name) {
  return name.empty() || name == "." || name == ".." || name == ".git" ||
         name.find_first_of("/\\") != std::string_view::npos;
}

using Object = GitOwned<git_object>;

Object commit_of(const git_object& object) {
  git_object* commit = nullptr;
  if (git().object_peel(&commit, &object, GIT_OBJECT_COMMIT) != 0) commit = nullptr;
  return {commit, git().object_free};
}

/// Of what is checked out and this commit; none where there is none, or not all of their history is here.
Object merge_base(git_repository* repository, const git_object& commit) {
  git_object* raw = nullptr;
  if (git().revparse_single(&raw, repository, "HEAD") != 0) return {nullptr, git().object_free};
  const Object head(raw, git().object_free);
  git_oid base{};
  git_object* found = nullptr;
  if (git().merge_base(&base, repository, git().object_id(head.get()), git().object_id(&commit)) != 0 ||
      git().object_lookup(&found, repository, &base, GIT_OBJECT_COMMIT) != 0)
    found = nullptr;
  return {found, git().object_free};
}

/// `origin/main` and the like are what was fetched last.
std::string fetching_hint(const std::string& ref, bool shallow) {
  if (shallow) {
    return "the clone is shallow: fetch that commit too (fetch-depth: 0 of actions/checkout, GIT_DEPTH: 0 of "
           "GitLab)";
  }
  for (const std::string_view remote : {"origin", "upstream"}) {
    const std::string_view branch = std::string_view(ref).substr(std::min(ref.size(), remote.size() + 1));
    if (ref.starts_with(fmt::format("{}/", remote)) && !branch.empty())
      return fmt::format("fetch it first: git fetch {} {}", remote, shell_word(branch));
  }
  return "give a commit, a branch or a tag, such as origin/main";
}

}  // namespace

void GitTree::Close::operator()(git_repository* repository) const { git().repository_free(repository); }
void GitTree::Close::operator()(git_tree* tree) const { git().tree_free(tree); }

void GitTree::prepare() { static_cast<void>(git_library()); }

Result<GitTree> GitTree::open(const std::string& path, const std::string& ref, Side side) {
  if (const auto library = git_library(); !library) return tl::unexpected(library.error());
  std::error_code failed;
  const auto real = fs::weakly_canonical(path, failed);
  const auto from = fs::is_directory(real, failed) ? real : real.parent_path();
  auto opened = open_repository(from.string());
  if (!opened) {
    auto& [kind, why] = opened.error();
    if (kind == NotOpened::Kind::not_ours) return tl::unexpected(std::move(why));
    return fail(fmt::format("{} is in no git repository that can be read{}", path,
                            why.message.empty() ? "" : ": " + why.message),
                "what changed is read from the repository that holds the inventory");
  }
  GitTree found;
  found.repository_.reset(opened->release());
  const char* top = git().repository_workdir(found.repository_.get());
  if (top == nullptr) return fail(fmt::format("the git repository of {} has no working tree", path));
  found.top_ = fs::weakly_canonical(top, failed).string();
  if (const auto done = found.find(ref, side); !done) return tl::unexpected(done.error());
  return found;
}

Result<void> GitTree::find(const std::string& ref, Side side) {
  auto* const repository = repository_.get();
  git_object* raw = nullptr;
  if (git().revparse_single(&raw, repository, ref.c_str()) != 0) {
    return fail(fmt::format("the git repository has no \"{}\"{}", ref, last_error()),
                fetching_hint(ref, git().repository_is_shallow(repository) == 1));
  }
  Object object(raw, git().object_free);
  if (git().object_type(raw) == GIT_OBJECT_BLOB) return fail(fmt::format("\"{}\" is no commit", ref));
  const auto commit = side == Side::merge_base ? commit_of(*raw) : Object(nullptr, git().object_free);
  if (commit != nullptr) {
    auto base = merge_base(repository, *commit);
    lacks_merge_base_ = base == nullptr;
    if (base != nullptr) object = std::move(base);
  }
  git_object* tree = nullptr;
  if (git().object_peel(&tree, object.get(), GIT_OBJECT_TREE) != 0) return not_here("the list of files");
  tree_.reset(reinterpret_cast<git_tree*>(tree));
  return {};
}

Result<const git_tree*> GitTree::folder(const std::string& inside) const {
  if (inside.empty()) return tree_.get();
  if (const auto known = folders_.find(inside); known != folders_.end()) return known->second.get();
  const auto found = entry(inside);
  if (!found) return tl::unexpected(found.error());
  git_tree* tree = nullptr;
  if (*found && (*found)->kind == Kind::folder) {
    const auto id = oid_of(**found);
    if (git().tree_lookup(&tree, repository_.get(), &id) != 0) return not_here(inside);
  }
  return folders_.emplace(inside, tree).first->second.get();
}

Result<std::optional<GitTree::Entry>> GitTree::entry(const std::string& inside) const {
  const auto slash = inside.rfind('/');
  const auto parent = folder(slash == std::string::npos ? std::string() : inside.substr(0, slash));
  if (!parent) return tl::unexpected(parent.error());
  const auto name = slash == std::string::npos ? inside : inside.substr(slash + 1);
  const auto* raw =
      *parent == nullptr || leads_elsewhere(name) ? nullptr : git().tree_entry_byname(*parent, name.c_str());
  if (raw == nullptr) return std::nullopt;
  Entry entry;
  switch (git().tree_entry_filemode(raw)) {
    case GIT_FILEMODE_TREE:
      entry.kind = Kind::folder;
      break;
    case GIT_FILEMODE_LINK:
      entry.kind = Kind::link;
      break;
    case GIT_FILEMODE_COMMIT:
      entry.kind = Kind::other;
      break;
    default:
      entry.kind = Kind::file;
  }
  std::memcpy(entry.id.data(), git().tree_entry_id(raw), sizeof entry.id);
  return entry;
}

Result<std::vector<std::string>> GitTree::names_in(const std::string& inside) const {
  const auto tree = folder(inside);
  if (!tree) return tl::unexpected(tree.error());
  std::vector<std::string> names;
  const std::size_t count = *tree == nullptr ? 0 : git().tree_entrycount(*tree);
  for (std::size_t i = 0; i < count; ++i) {
    const std::string_view name = git().tree_entry_name(git().tree_entry_byindex(*tree, i));
    if (!leads_elsewhere(name)) names.emplace_back(name);
  }
  return names;
}

Result<std::string> GitTree::read(const Entry& entry, std::string_view shown) const {
  git_blob* raw = nullptr;
  const auto id = oid_of(entry);
  if (git().blob_lookup(&raw, repository_.get(), &id) != 0) return not_here(shown);
  const GitOwned<git_blob> blob(raw, git().blob_free);
  return std::string(static_cast<const char*>(git().blob_rawcontent(blob.get())),
                     static_cast<std::size_t>(git().blob_rawsize(blob.get())));
}

Result<std::size_t> GitTree::size(const Entry& entry, std::string_view shown) const {
  git_odb* raw = nullptr;
  if (git().repository_odb(&raw, repository_.get()) != 0) return not_here(shown);
  const GitOwned<git_odb> objects(raw, git().odb_free);
  std::size_t size = 0;
  git_object_t type = GIT_OBJECT_ANY;
  const auto id = oid_of(entry);
  if (git().odb_read_header(&size, &type, raw, &id) != 0) return not_here(shown);
  return size;
}

bool GitTree::is(const Entry& entry, std::string_view octets) {
  const auto was = oid_of(entry);
  git_oid is;
  return git().odb_hash(&is, octets.data(), octets.size(), GIT_OBJECT_BLOB) == 0 &&
         git().oid_equal(&is, &was) == 1;
}

}  // namespace rdnsgate::run
