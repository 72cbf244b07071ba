// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "inventory/folder.h"
#include "inventory/helpers.h"

using namespace rdnsgate;
using namespace rdnsgate::inventory;

namespace {

struct FromFile {
  Sources sources;
  Diagnostics problems;
  std::optional<Inventory> inventory;

  explicit FromFile(const std::string& path, LoadOptions options = {}) {
    inventory = load_files(sources, {path}, options, problems);
  }
  std::string said() const {
    std::string all;
    for (const auto& problem : problems) all += render(problem, sources);
    return all;
  }
};

void write(const std::string& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

}  // namespace

TEST_CASE("a file is loaded under the path it was named by") {
  const Folder folder;
  write(folder / "inventory.yaml", small_inventory);
  const FromFile loaded(folder / "inventory.yaml");
  REQUIRE(loaded.inventory);
  CHECK(loaded.inventory->path == folder / "inventory.yaml");
  CHECK(loaded.inventory->addresses.size() == 1);
}

TEST_CASE("a missing file, a folder, a FIFO, a device: one error each, and no waiting") {
  const Folder folder;
  CHECK(FromFile(folder / "none.yaml").said() ==
        (folder / "none.yaml") + ": error: there is no file \"" + (folder / "none.yaml") +
            "\" [inventory-file]\n    hint: name the inventory on the command line\n");
  std::filesystem::create_directory(folder / "dir");
  CHECK(FromFile(folder / "dir").said().find("is a folder, not a file [inventory-file]") !=
        std::string::npos);
  REQUIRE(mkfifo((folder / "fifo").c_str(), 0600) == 0);
  CHECK(FromFile(folder / "fifo").said().find("is not a regular file [inventory-file]") != std::string::npos);
  CHECK(FromFile("/dev/zero").said().find("is not a regular file [inventory-file]") != std::string::npos);
  CHECK(FromFile("/dev/null").said().find("is not a regular file [inventory-file]") != std::string::npos);
}

TEST_CASE("an unreadable file is one error") {
  const Folder folder;
  // No permission stops the superuser; reading another kind of file from its start fails for everybody.
  std::string path = "/proc/self/mem";
  if (geteuid() != 0) {
    path = folder / "secret.yaml";
    write(path, small_inventory);
    REQUIRE(chmod(path.c_str(), 0) == 0);
  }
  const FromFile loaded(path);
  CHECK_FALSE(loaded.inventory);
  CHECK(loaded.problems.size() == 1);
  CHECK(loaded.said().find("cannot be read: ") != std::string::npos);
  CHECK(loaded.problems[0].code == "inventory-file");
}

TEST_CASE("a file of one GiB is refused by its size, before it is read") {
  const Folder folder;
  write(folder / "huge.yaml", "");
  std::filesystem::resize_file(folder / "huge.yaml", std::uintmax_t{1} << 30);  // sparse: it takes no room
  const FromFile loaded(folder / "huge.yaml");
  CHECK_FALSE(loaded.inventory);
  CHECK(loaded.said().find("is larger than 256 MiB [inventory-limit]") != std::string::npos);
  CHECK(loaded.problems.size() == 1);
}

TEST_CASE("a file whose size does not tell is limited while it is read") {
  LoadOptions options;
  options.limits.file_bytes = 64;
  const FromFile loaded("/proc/self/environ", options);  // a regular file of size 0
  REQUIRE(loaded.problems.size() == 1);
  CHECK(loaded.problems[0].code == "inventory-limit");
}

TEST_CASE("an empty file says what an inventory is") {
  const Folder folder;
  write(folder / "empty.yaml", "");
  CHECK(
      FromFile(folder / "empty.yaml").said().find(": error: the inventory is empty: it has to begin with") !=
      std::string::npos);
}

TEST_CASE("- is standard input") {
  const int saved = dup(STDIN_FILENO);
  REQUIRE(saved >= 0);
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  REQUIRE(::write(ends[1], small_inventory.data(), small_inventory.size()) ==
          static_cast<ssize_t>(small_inventory.size()));
  close(ends[1]);
  dup2(ends[0], STDIN_FILENO);
  close(ends[0]);
  const FromFile loaded("-");
  dup2(saved, STDIN_FILENO);
  close(saved);
  REQUIRE(loaded.inventory);
  CHECK(loaded.inventory->path == "<stdin>");
}

TEST_CASE("a file name cannot reach the terminal either") {
  const FromFile loaded("/nonexistent/\x1b[31m.yaml");
  CHECK(loaded.said().find('\x1b') == std::string::npos);
}
