// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "logs/log_source.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <chrono>
#include <thread>

#include "written_log.h"

using namespace rdnsgate;
using namespace rdnsgate::logs;

namespace {

struct Read {
  std::string text, error;
};

Read read_back(const std::string& octets, std::size_t step) {
  const WrittenLog file(octets);
  auto source = LogSource::open(file.path());
  REQUIRE(source.has_value());
  Read read;
  std::string buffer(step, '\0');
  while (true) {
    const auto got = source->read(buffer.data(), buffer.size());
    if (!got) return read.error = got.error().message, read;
    if (*got == 0) return read;
    read.text.append(buffer, 0, *got);
  }
}

std::string many_lines() {
  std::string text;
  for (int i = 0; i < 40000; ++i) text += "line " + std::to_string(i * 7919 % 100000) + " of a log\n";
  return text;
}

}  // namespace

TEST_CASE("a log is read as it is, whatever it is packed with") {
  const auto text = many_lines();
  for (const std::size_t step : {std::size_t{1000}, std::size_t{65536}, std::size_t{1} << 20}) {
    for (const auto& octets : {text, gzipped(text), zstandard(text)}) {
      const auto read = read_back(octets, step);
      CHECK(read.error.empty());
      CHECK(read.text == text);
    }
  }
  CHECK(read_back(gzipped("a\n") + gzipped("") + gzipped("b\n") + std::string(512, '\0'), 64).text ==
        "a\nb\n");
  CHECK(read_back(zstandard("a\n") + zstandard("b\n"), 1).text == "a\nb\n");
  CHECK(read_back("", 64).text.empty());
  CHECK(read_back("ab", 64).text == "ab");
}

TEST_CASE("what is cut short or broken is said, and what stood before it counts") {
  const auto text = many_lines();
  for (const auto& packed : {gzipped(text), zstandard(text)}) {
    auto cut = read_back(packed.substr(0, packed.size() / 2), 4096);
    CHECK(cut.error == "the compressed data is cut short");
    CHECK(text.starts_with(cut.text));
    CHECK(cut.text.size() > 1000);
    cut = read_back(packed.substr(0, packed.size() - 1), 4096);
    CHECK(cut.error == "the compressed data is cut short");
    auto broken = packed;
    for (std::size_t i = packed.size() / 2; i < packed.size() / 2 + 40; ++i) broken[i] = '\xff';
    CHECK(read_back(broken, 4096).error.starts_with("the compressed data is broken"));
  }
  CHECK(read_back("\x1f\x8b", 64).error == "the compressed data is cut short");
  CHECK(read_back("BZh91AY", 64).error.find("bzip2") != std::string::npos);
  CHECK(read_back(gzipped("a\n") + "garbage", 64).error.starts_with("the compressed data is broken"));
}

TEST_CASE("what swells as no log does ends") {
  for (const auto& packed : {gzipped(std::string(std::size_t{600} << 20, 'a')),
                             zstandard(std::string(std::size_t{600} << 20, 'a'))}) {
    const WrittenLog file(packed);
    auto source = LogSource::open(file.path());
    std::vector<char> buffer(1 << 20);
    std::uint64_t made = 0;
    std::string error;
    while (error.empty()) {
      const auto got = source->read(buffer.data(), buffer.size());
      if (!got) error = got.error().message;
      if (got && *got == 0) break;
      if (got) made += *got;
    }
    CHECK(error.starts_with("it swells to more than"));
    CHECK(made < (std::uint64_t{300} << 20));
  }
}

TEST_CASE("a FIFO is read once somebody writes into it, to the end of that") {
  std::string folder = "/tmp/rdnsgate-fifo-XXXXXX";
  REQUIRE(mkdtemp(folder.data()) != nullptr);
  const auto path = folder + "/fifo";
  REQUIRE(mkfifo(path.c_str(), 0600) == 0);
  const std::string text(30'000, 'x');  // which a pipe takes at once, whoever reads
  for (const bool is_reader_first : {true, false}) {
    std::thread writer([&] {
      if (is_reader_first) std::this_thread::sleep_for(std::chrono::milliseconds(50));
      const int file = open(path.c_str(), O_WRONLY | O_CLOEXEC | (is_reader_first ? O_NONBLOCK : 0));
      if (file >= 0) CHECK(write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()));
      close(file);
    });
    if (!is_reader_first) std::this_thread::sleep_for(std::chrono::milliseconds(50));
    auto source = LogSource::open(path);
    REQUIRE(source.has_value());
    std::string got(text.size() + 1, '\0');
    std::size_t filled = 0;
    for (;;) {
      const auto more = source->read(got.data() + filled, got.size() - filled);
      if (!more || *more == 0) break;
      filled += *more;
    }
    writer.join();
    CHECK(filled == text.size());
  }
  unlink(path.c_str());
  rmdir(folder.c_str());
}

TEST_CASE("what is no file is refused") {
  CHECK(LogSource::open("/nowhere/mail.log").error().message.find("there is no file") == 0);
  CHECK(LogSource::open("/").error().message.find("is a folder") != std::string::npos);
}
