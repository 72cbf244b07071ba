// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/files/ustar.h"

#include <doctest/doctest.h>

#include <string>

#include <fmt/format.h>

using namespace rdnsgate;

namespace {

constexpr ArchiveLimits limits{};
const Time then{std::chrono::seconds(1'800'000'000)};

std::string archive(const std::vector<ArchiveFile>& files = {{"e/a.txt", "one\n"},
                                                             {"e/b.txt", std::string(600, 'x')}}) {
  return write_ustar(files, then);
}

/// With one octet of a header changed, and its sum made right again.
std::string patched(std::string octets, std::size_t header, std::size_t at, std::string_view with) {
  octets.replace(header + at, with.size(), with);
  unsigned sum = 0;
  for (std::size_t i = 0; i < 512; ++i)
    sum += i >= 148 && i < 156 ? ' ' : static_cast<unsigned char>(octets[header + i]);
  octets.replace(header + 148, 8, fmt::format("{:06o}", sum) + std::string("\0 ", 2));
  return octets;
}

std::string refusal(const std::string& octets, const ArchiveLimits& bounds = limits) {
  const auto read = read_ustar(octets, bounds);
  return read ? "" : read.error().message;
}

}  // namespace

TEST_CASE("what is written is read again") {
  const auto read = read_ustar(archive(), limits);
  REQUIRE(read);
  REQUIRE(read->size() == 2);
  CHECK((*read)[0].name == "e/a.txt");
  CHECK((*read)[0].content == "one\n");
  CHECK((*read)[1].content == std::string(600, 'x'));
  CHECK(archive().size() % 10240 == 0);
  CHECK(archive() == archive());
  CHECK(read_ustar(archive({}), limits)->empty());
}

TEST_CASE("names that lead elsewhere, links and folders are refused") {
  for (const char* name :
       {"../a.txt", "e/../../x", "/etc/x", "e//a", "./a", "e/.", "e/", "..", "e/\x1b[31m", "e/a b", "e\\a"})
    CHECK_MESSAGE(!refusal(archive({{name, "x"}})).empty(), name);
  CHECK(refusal(archive({{"/etc/x", ""}})) == "member 1 (/etc/x) has an absolute name");
  CHECK(refusal(archive({{"e/../../x", ""}})) == "member 1 (e/../../x) leads out of the archive");
  CHECK(refusal(archive({{"e/a", "x"}, {"e/a", "y"}})) == "member 2 (e/a) is there twice");
  using Kind = std::pair<std::string, std::string>;
  for (const auto& kind : {Kind{"1", "hard link"}, Kind{"2", "symbolic link"}, Kind{"3", "device"},
                           Kind{"5", "folder"}, Kind{"6", "pipe"}, Kind{"x", "extension"}, Kind{"L", "extension"}})
    CHECK_MESSAGE(refusal(patched(archive(), 0, 156, kind.first)).find(kind.second) != std::string::npos,
                  kind.first);
  CHECK(refusal(patched(archive(), 0, 157, "/etc/passwd")) ==
        "member 1 (e/a.txt) names a file that it links to");
  CHECK(refusal(patched(archive(), 0, 345, "/etc")).find("cannot be read") != std::string::npos);
}

TEST_CASE("damage is seen wherever it is") {
  const auto whole = archive();
  for (const std::size_t size : {0u, 1u, 511u, 512u, 600u, 1024u, 2048u, 2560u, 3000u})
    CHECK_MESSAGE(refusal(whole.substr(0, size)).find("cut short") != std::string::npos, size);
  auto flipped = whole;
  flipped[130] = '7';
  CHECK(refusal(flipped).find("damaged") != std::string::npos);
  auto padded = whole;
  padded[512 + 10] = 'x';
  CHECK(refusal(padded).find("behind its end") != std::string::npos);
  auto behind = whole;
  behind.back() = 'x';
  CHECK(refusal(behind) == "there is something behind the end of the archive");
  CHECK(refusal(patched(whole, 0, 124, "99999999999")).find("no number") != std::string::npos);
  CHECK(refusal(patched(whole, 0, 124, "77777777777")).find("more than") != std::string::npos);
}

TEST_CASE("bounds hold") {
  CHECK(refusal(archive(), {.files = 1, .file_octets = 1000}) == "more than 1 files");
  CHECK(refusal(archive(), {.files = 2, .file_octets = 599}).find("more than 599 octets") !=
        std::string::npos);
  CHECK(refusal(archive(), {.files = 2, .file_octets = 600}).empty());
}
