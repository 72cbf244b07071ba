// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "logs/log_source.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <vector>

#include "base/files/boundary.h"

namespace rdnsgate::logs {
namespace {

constexpr std::size_t chunk = std::size_t{1} << 18;
constexpr int gzip_window = 15 + 16;  // the largest window, and a gzip header rather than one of zlib

// Logs shrink to a tenth, floods of one line to a hundredth; what goes beyond this was made to do so.
constexpr std::uint64_t most_swelling = 1000, swelling_counts_from = std::uint64_t{256} << 20;

enum class Form { unknown, plain, gzip, zstd };

}  // namespace

struct LogSource::State {
  explicit State(int file) : fd(file) {}
  ~State() {
    if (fd > STDIN_FILENO) close(fd);
    if (form == Form::gzip) inflateEnd(&inflating);
    ZSTD_freeDStream(unpacking);
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  Result<bool> fill();
  Result<void> find_form();
  Result<std::size_t> plain(char* into, std::size_t size);
  Result<std::size_t> gunzip(char* into, std::size_t size);
  Result<std::size_t> unzstd(char* into, std::size_t size);
  Result<std::size_t> counted_out(std::size_t made);

  int fd;
  bool awaits_writer = false;  // a FIFO that nobody has opened to write reads as one that is at its end
  Form form = Form::unknown;
  z_stream inflating{};
  ZSTD_DStream* unpacking = nullptr;
  bool at_member = true;  // where the stream may end
  std::uint64_t eaten = 0, made = 0;
  std::vector<char> input;           // has its size once it is read from
  std::size_t used = 0, filled = 0;  // of `input`
};

namespace {

tl::unexpected<Error> cut_short() {
  return fail("the compressed data is cut short", "was it copied completely?");
}

}  // namespace

/// More input; false at the end of it.
Result<bool> LogSource::State::fill() {
  while (true) {
    const ssize_t got = ::read(fd, input.data(), input.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return fail(fmt::format("it cannot be read: {}", std::strerror(errno)));
    used = 0;
    filled = static_cast<std::size_t>(got);
    eaten += filled;
    return got > 0;
  }
}

Result<void> LogSource::State::find_form() {
  input.resize(chunk);
  if (awaits_writer) {
    pollfd one{fd, POLLIN, 0};
    while (poll(&one, 1, -1) < 0 && errno == EINTR) {
    }
  }
  std::array<char, 4> head{};
  std::size_t have = 0;
  while (have < head.size()) {  // a pipe may give less at once
    const ssize_t got = ::read(fd, head.data() + have, head.size() - have);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return fail(fmt::format("it cannot be read: {}", std::strerror(errno)));
    if (got == 0) break;
    have += static_cast<std::size_t>(got);
  }
  std::copy(head.begin(), head.end(), input.begin());
  filled = have;
  eaten = have;
  const std::string_view start(head.data(), have);
  if (start.starts_with("\x1f\x8b")) {
    if (inflateInit2(&inflating, gzip_window) != Z_OK) return fail("zlib cannot be set up");
    form = Form::gzip;
  } else if (start == std::string_view("\x28\xb5\x2f\xfd", 4)) {
    unpacking = ZSTD_createDStream();
    if (unpacking == nullptr) return fail("zstd cannot be set up");
    form = Form::zstd;
  } else if (start.starts_with("BZh") || start.starts_with("\xfd\x37zX")) {
    return fail("it is compressed with bzip2 or xz, which are not read",
                "unpack it: xzcat FILE | rdnsgate logs -");
  } else {
    form = Form::plain;
  }
  return {};
}

Result<std::size_t> LogSource::State::plain(char* into, std::size_t size) {
  if (used < filled) {
    const std::size_t count = std::min(size, filled - used);
    std::copy_n(input.begin() + static_cast<std::ptrdiff_t>(used), count, into);
    used += count;
    return count;
  }
  while (true) {
    const ssize_t got = ::read(fd, into, size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return fail(fmt::format("it cannot be read: {}", std::strerror(errno)));
    return static_cast<std::size_t>(got);
  }
}

/// Ends what swells.
Result<std::size_t> LogSource::State::counted_out(std::size_t more) {
  made += more;
  if (made > swelling_counts_from && made / most_swelling > eaten)
    return fail(fmt::format("it swells to more than {} times its size: the rest is not read", most_swelling),
                "no log does; unpack it yourself if it is one");
  return more;
}

Result<std::size_t> LogSource::State::gunzip(char* into, std::size_t size) {
  inflating.next_out = reinterpret_cast<Bytef*>(into);
  inflating.avail_out = static_cast<uInt>(size);
  while (inflating.avail_out == size) {
    if (used == filled) {
      const auto more = fill();
      if (!more) return tl::unexpected(more.error());
      if (!*more && at_member && made > 0) return std::size_t{0};
      if (!*more) return cut_short();
    }
    if (at_member && made > 0) {  // a file may consist of several (RFC 1952 §2.2), or be padded with zeros
      while (used < filled && input[used] == '\0') ++used;
      if (used == filled) continue;
      inflateReset(&inflating);
    }
    at_member = false;
    inflating.next_in = reinterpret_cast<Bytef*>(input.data() + used);
    inflating.avail_in = static_cast<uInt>(filled - used);
    const int status = inflate(&inflating, Z_NO_FLUSH);
    used = filled - inflating.avail_in;
    if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR)
      return fail(fmt::format("the compressed data is broken: {}",
                              inflating.msg != nullptr ? inflating.msg : "unknown form"));
    at_member = status == Z_STREAM_END;
    if (at_member && inflating.avail_out == size) made = std::max<std::uint64_t>(made, 1);  // an empty member
  }
  return counted_out(size - inflating.avail_out);
}

Result<std::size_t> LogSource::State::unzstd(char* into, std::size_t size) {
  ZSTD_outBuffer out{into, size, 0};
  while (out.pos == 0) {
    if (used == filled) {
      const auto more = fill();
      if (!more) return tl::unexpected(more.error());
      if (!*more && at_member) return std::size_t{0};
      if (!*more) return cut_short();
    }
    ZSTD_inBuffer in{input.data() + used, filled - used, 0};
    const std::size_t status = ZSTD_decompressStream(unpacking, &out, &in);
    used += in.pos;
    if (ZSTD_isError(status) != 0)
      return fail(fmt::format("the compressed data is broken: {}", ZSTD_getErrorName(status)));
    at_member = status == 0;
  }
  return counted_out(out.pos);
}

std::string zstd_in_use() { return ZSTD_versionString(); }

LogSource::LogSource(std::unique_ptr<State> state) : state_(std::move(state)) {}
LogSource::LogSource(LogSource&&) noexcept = default;
LogSource& LogSource::operator=(LogSource&&) noexcept = default;
LogSource::~LogSource() = default;

Result<LogSource> LogSource::open(const std::string& path) {
  if (path == "-") return LogSource(std::make_unique<State>(STDIN_FILENO));
  const auto opened = open_to_read(path);
  if (!opened) return tl::unexpected(opened.error());
  if (*opened < 0 && errno == ENOENT) return fail(fmt::format("there is no file \"{}\"", path));
  if (*opened < 0) return fail(fmt::format("\"{}\" cannot be read: {}", path, std::strerror(errno)));
  auto state = std::make_unique<State>(*opened);
  struct stat status {};
  if (fstat(*opened, &status) != 0)
    return fail(fmt::format("\"{}\" cannot be read: {}", path, std::strerror(errno)));
  if (S_ISDIR(status.st_mode))
    return fail(fmt::format("\"{}\" is a folder, not a log", path),
                fmt::format("name the files: {}/*", path));
  // Opened without waiting for whoever writes into a FIFO; what it writes is waited for.
  if (const int flags = fcntl(*opened, F_GETFL); flags >= 0) fcntl(*opened, F_SETFL, flags & ~O_NONBLOCK);
  // A pipe without a name, as shells hand one over, is there because somebody writes into it, or did.
  state->awaits_writer = S_ISFIFO(status.st_mode) && path_of_descriptor(*opened).starts_with('/');
  return LogSource(std::move(state));
}

Result<std::size_t> LogSource::read(char* into, std::size_t size) {
  size = std::min(size, std::size_t{1} << 30);
  if (state_->form == Form::unknown) {
    if (const auto found = state_->find_form(); !found) return tl::unexpected(found.error());
  }
  switch (state_->form) {
    case Form::gzip:
      return state_->gunzip(into, size);
    case Form::zstd:
      return state_->unzstd(into, size);
    default:
      return state_->plain(into, size);
  }
}

}  // namespace rdnsgate::logs
