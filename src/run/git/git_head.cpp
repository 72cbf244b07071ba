// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/git/git_head.h"

#include <fmt/format.h>

#include <filesystem>

#include "run/git/git_library.h"
#include "run/git/open_repository.h"

namespace rdnsgate::run {

std::string git_head(const std::string& path) {
  namespace fs = std::filesystem;
  const auto library = git_library();
  if (!library) return {};
  const auto& git = **library;
  std::error_code failed;
  const auto real = fs::weakly_canonical(path, failed);
  const auto repository =
      open_repository((fs::is_directory(real, failed) ? real : real.parent_path()).string());
  if (!repository) return {};
  git_object* found = nullptr;
  if (git.revparse_single(&found, repository->get(), "HEAD") != 0) return {};
  const GitOwned<git_object> head(found, git.object_free);
  std::string text;
  for (const unsigned char octet : git.object_id(head.get())->id) text += fmt::format("{:02x}", octet);
  return text;
}

}  // namespace rdnsgate::run
