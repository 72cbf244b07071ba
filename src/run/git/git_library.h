// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <git2.h>

#include <memory>
#include <string>

#include "base/result.h"

namespace rdnsgate::run {

/// What is used of libgit2, by the names that its header gives without `git_`. It brings a dozen libraries
/// along, for transports that nothing here uses: a program that were linked with it would take a fifth longer
/// to start, and only --changed-since asks git.
struct GitLibrary {
  decltype(&::git_libgit2_init) libgit2_init;
  decltype(&::git_libgit2_version) libgit2_version;
  decltype(&::git_libgit2_opts) libgit2_opts;
  decltype(&::git_error_last) error_last;
  decltype(&::git_repository_open_ext) repository_open_ext;
  decltype(&::git_repository_path) repository_path;
  decltype(&::git_repository_workdir) repository_workdir;
  decltype(&::git_repository_is_shallow) repository_is_shallow;
  decltype(&::git_repository_odb) repository_odb;
  decltype(&::git_repository_index) repository_index;
  decltype(&::git_index_get_bypath) index_get_bypath;
  decltype(&::git_index_find_prefix) index_find_prefix;
  decltype(&::git_index_free) index_free;
  decltype(&::git_repository_free) repository_free;
  decltype(&::git_config_open_ondisk) config_open_ondisk;
  decltype(&::git_config_get_multivar_foreach) config_get_multivar_foreach;
  decltype(&::git_config_free) config_free;
  decltype(&::git_merge_base) merge_base;
  decltype(&::git_revparse_single) revparse_single;
  decltype(&::git_object_id) object_id;
  decltype(&::git_object_lookup) object_lookup;
  decltype(&::git_object_type) object_type;
  decltype(&::git_object_peel) object_peel;
  decltype(&::git_object_free) object_free;
  decltype(&::git_tree_lookup) tree_lookup;
  decltype(&::git_tree_free) tree_free;
  decltype(&::git_tree_entry_byname) tree_entry_byname;
  decltype(&::git_tree_entry_byindex) tree_entry_byindex;
  decltype(&::git_tree_entry_filemode) tree_entry_filemode;
  decltype(&::git_tree_entry_id) tree_entry_id;
  decltype(&::git_tree_entry_name) tree_entry_name;
  decltype(&::git_tree_entrycount) tree_entrycount;
  decltype(&::git_blob_lookup) blob_lookup;
  decltype(&::git_blob_rawcontent) blob_rawcontent;
  decltype(&::git_blob_rawsize) blob_rawsize;
  decltype(&::git_blob_free) blob_free;
  decltype(&::git_odb_read_header) odb_read_header;
  decltype(&::git_odb_hash) odb_hash;
  decltype(&::git_odb_free) odb_free;
  decltype(&::git_oid_equal) oid_equal;
};

/// Loads and starts it, once in a run, and leaves it so until the end. Fails where this machine has no
/// libgit2 of the version that this program was built for. For several threads.
Result<const GitLibrary*> git_library();

/// What the library says of the call that failed last in this thread; empty where it says nothing.
std::string git_last_error(const GitLibrary& git);

/// An object of the library, with the function that frees it.
template <typename T>
using GitOwned = std::unique_ptr<T, void (*)(T*)>;

}  // namespace rdnsgate::run
