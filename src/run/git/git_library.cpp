// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/git/git_library.h"

#include <fmt/format.h>

#include <utility>

#include "base/files/shared_library.h"
#include "base/text/text.h"

namespace rdnsgate::run {
namespace {

constexpr const char* file_name = "libgit2.so." LIBGIT2_SOVERSION;

Result<GitLibrary> load() {
  GitLibrary git{};
  SharedLibrary library(file_name);
#define RDNSGATE_FIND(name) library.find("git_" #name, git.name)
  RDNSGATE_FIND(libgit2_init);
  RDNSGATE_FIND(libgit2_version);
  RDNSGATE_FIND(libgit2_opts);
  RDNSGATE_FIND(error_last);
  RDNSGATE_FIND(repository_open_ext);
  RDNSGATE_FIND(repository_path);
  RDNSGATE_FIND(repository_workdir);
  RDNSGATE_FIND(repository_is_shallow);
  RDNSGATE_FIND(repository_odb);
  RDNSGATE_FIND(repository_index);
  RDNSGATE_FIND(index_get_bypath);
  RDNSGATE_FIND(index_find_prefix);
  RDNSGATE_FIND(index_free);
  RDNSGATE_FIND(repository_free);
  RDNSGATE_FIND(config_open_ondisk);
  RDNSGATE_FIND(config_get_multivar_foreach);
  RDNSGATE_FIND(config_free);
  RDNSGATE_FIND(merge_base);
  RDNSGATE_FIND(revparse_single);
  RDNSGATE_FIND(object_id);
  RDNSGATE_FIND(object_lookup);
  RDNSGATE_FIND(object_type);
  RDNSGATE_FIND(object_peel);
  RDNSGATE_FIND(object_free);
  RDNSGATE_FIND(tree_lookup);
  RDNSGATE_FIND(tree_free);
  RDNSGATE_FIND(tree_entry_byname);
  RDNSGATE_FIND(tree_entry_byindex);
  RDNSGATE_FIND(tree_entry_filemode);
  RDNSGATE_FIND(tree_entry_id);
  RDNSGATE_FIND(tree_entry_name);
  RDNSGATE_FIND(tree_entrycount);
  RDNSGATE_FIND(blob_lookup);
  RDNSGATE_FIND(blob_rawcontent);
  RDNSGATE_FIND(blob_rawsize);
  RDNSGATE_FIND(blob_free);
  RDNSGATE_FIND(odb_read_header);
  RDNSGATE_FIND(odb_hash);
  RDNSGATE_FIND(odb_free);
  RDNSGATE_FIND(oid_equal);
#undef RDNSGATE_FIND
  if (!library.failure().empty()) {
    return fail(fmt::format("git repositories cannot be read: {}", library.failure()),
                "--changed-since needs libgit2; in Debian 12 it is the package libgit2-1.5");
  }
  git.libgit2_init();
  return git;
}

}  // namespace

Result<const GitLibrary*> git_library() {
  static const Result<GitLibrary> loaded = load();
  if (!loaded) return tl::unexpected(loaded.error());
  return &*loaded;
}

std::string git_last_error(const GitLibrary& git) {
  const auto* error = git.error_last();
  return error == nullptr || error->message == nullptr ? std::string() : std::string(trimmed(error->message));
}

}  // namespace rdnsgate::run
