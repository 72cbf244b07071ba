// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "inventory/files/file_tree.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "base/files/boundary.h"

namespace rdnsgate::inventory {
namespace {

namespace fs = std::filesystem;

class Disk final : public FileTree {
 public:
  Kind kind(const std::string& path) const override {
    std::error_code failed;
    switch (fs::status(path, failed).type()) {
      case fs::file_type::none:
      case fs::file_type::not_found:
        return Kind::none;
      case fs::file_type::regular:
        return Kind::file;
      case fs::file_type::directory:
        return Kind::folder;
      default:
        return Kind::other;
    }
  }

  bool is_link(const std::string& path) const override {
    std::error_code ignored;
    return fs::is_symlink(path, ignored);
  }

  Result<std::string> real(const std::string& path) const override {
    std::error_code failed;
    const auto real = fs::weakly_canonical(fs::absolute(path.empty() ? "." : path), failed);
    if (failed) return fail(failed.message());
    return real.string();
  }

  Result<void> for_each_name(const std::string& folder,
                             const std::function<bool(const std::string& name)>& visit) const override {
    std::error_code failed;
    for (fs::directory_iterator entry(folder.empty() ? "." : folder, failed), end; !failed && entry != end;
         entry.increment(failed)) {
      if (!visit(entry->path().filename().string())) return {};
    }
    if (failed && failed != std::errc::not_a_directory && failed != std::errc::no_such_file_or_directory)
      return fail(failed.message());
    return {};
  }

  std::optional<std::size_t> size(const std::string& path) const override {
    std::error_code failed;
    const auto size = fs::file_size(path, failed);
    if (failed) return std::nullopt;
    return static_cast<std::size_t>(size);
  }

  tl::expected<std::string, ReadError> read(const std::string& path, std::size_t limit,
                                            const std::string& shown) const override {
    return read_file(path, limit, shown);
  }

  std::string beginning(const std::string& path, std::size_t octets) const override {
    const auto opened = open_to_read(path);
    if (!opened || *opened < 0) return {};
    std::string text(octets, '\0');
    std::size_t used = 0;
    for (ssize_t got = 1; got > 0 && used < octets;
         used += static_cast<std::size_t>(std::max<ssize_t>(got, 0)))
      got = ::read(*opened, text.data() + used, octets - used);
    close(*opened);
    text.resize(used);
    return text;
  }

  bool holds(const std::string&, std::string_view) const override { return true; }
};

}  // namespace

const FileTree& disk() {
  static const Disk disk;
  return disk;
}

Boundary boundary_around(const std::string& real_folder, const FileTree& files) {
  return Boundary::around(real_folder,
                          [&](const auto& path) { return files.kind(path) != FileTree::Kind::none; });
}

std::string real_path(const FileTree& files, const std::string& path) {
  return files.kind(path) == FileTree::Kind::none ? path : files.real(path).value_or(path);
}

}  // namespace rdnsgate::inventory
