// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/snapshot/gzip.h"

#include <fmt/format.h>
#include <zlib.h>

#include <array>
#include <stdexcept>

namespace rdnsgate::dns {
namespace {

constexpr std::size_t chunk = std::size_t{1} << 16;
constexpr int gzip_window = 15 + 16;  // the largest window, and a gzip header rather than one of zlib

// Facts shrink to a tenth or so; DEFLATE goes up to 1:1032, which only a text made for it reaches.
constexpr std::uint64_t most_swelling = 250, swelling_counts_from = std::uint64_t{4} << 20;

Bytef* octets_of(const char* text) { return reinterpret_cast<Bytef*>(const_cast<char*>(text)); }

}  // namespace

struct Gzip::State {
  OctetSink sink;
  z_stream stream{};
  std::array<char, chunk> out;
};

Gzip::Gzip(OctetSink sink) : state_(std::make_unique<State>()) {
  state_->sink = std::move(sink);
  if (deflateInit2(&state_->stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, gzip_window, 8, Z_DEFAULT_STRATEGY) !=
      Z_OK)
    throw std::runtime_error("zlib cannot be set up");
}

Gzip::~Gzip() { deflateEnd(&state_->stream); }

bool Gzip::write(std::string_view octets) {
  for (; !octets.empty(); octets.remove_prefix(std::min(octets.size(), chunk))) {
    state_->stream.next_in = octets_of(octets.data());
    state_->stream.avail_in = static_cast<uInt>(std::min(octets.size(), chunk));
    if (!push(Z_NO_FLUSH)) return false;
  }
  return true;
}

bool Gzip::finish() { return push(Z_FINISH); }

bool Gzip::push(int flush) {
  z_stream& stream = state_->stream;
  do {
    stream.next_out = octets_of(state_->out.data());
    stream.avail_out = chunk;
    deflate(&stream, flush);  // fails only where it was called wrongly
    const std::size_t made = chunk - stream.avail_out;
    if (made > 0 && !state_->sink({state_->out.data(), made})) return false;
  } while (stream.avail_out == 0);
  return true;
}

struct Gunzip::State {
  enum class Form { unknown, plain, gzip };
  std::istream& in;
  Form form = Form::unknown;
  z_stream stream{};
  bool at_member = false;  // between two members, where the stream may end
  std::uint64_t eaten = 0, made = 0;
  std::array<char, chunk> input, output;
};

Gunzip::Gunzip(std::istream& in) : state_(new State{.in = in, .input = {}, .output = {}}) {}

Gunzip::~Gunzip() {
  if (state_->form == State::Form::gzip) inflateEnd(&state_->stream);
}

/// More input; false at the end of it.
bool Gunzip::fill() {
  state_->in.read(state_->input.data(), chunk);
  const auto got = static_cast<std::size_t>(state_->in.gcount());
  state_->stream.next_in = octets_of(state_->input.data());
  state_->stream.avail_in = static_cast<uInt>(got);
  state_->eaten += got;
  return got > 0;
}

Result<std::string_view> Gunzip::read() {
  State& state = *state_;
  if (state.form == State::Form::gzip) return inflated();
  const bool more = fill();
  if (state.in.bad()) return fail("it cannot be read");
  const std::string_view octets(state.input.data(), more ? state.stream.avail_in : 0);
  if (state.form == State::Form::unknown && octets.starts_with("\x1f\x8b")) {
    if (inflateInit2(&state.stream, gzip_window) != Z_OK) return fail("zlib cannot be set up");
    state.form = State::Form::gzip;
    return inflated();
  }
  state.form = State::Form::plain;
  return octets;
}

Result<std::string_view> Gunzip::inflated() {
  State& state = *state_;
  z_stream& stream = state.stream;
  stream.next_out = octets_of(state.output.data());
  stream.avail_out = chunk;
  while (stream.avail_out == chunk) {
    if (stream.avail_in == 0 && !fill()) {
      if (state.in.bad()) return fail("it cannot be read");
      if (state.at_member) return std::string_view();
      return fail("the compressed data is cut short", "was it copied completely?");
    }
    if (state.at_member) inflateReset(&stream);  // a file may consist of several (RFC 1952 §2.2)
    state.at_member = false;
    const int status = inflate(&stream, Z_NO_FLUSH);
    if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR) {
      return fail(fmt::format("the compressed data is broken: {}",
                              stream.msg != nullptr ? stream.msg : "unknown form"));
    }
    state.at_member = status == Z_STREAM_END;
  }
  state.made += chunk - stream.avail_out;
  if (state.made > swelling_counts_from && state.made / most_swelling > state.eaten) {
    return fail(fmt::format("it swells to more than {} times its size", most_swelling),
                "no snapshot does: this is not one");
  }
  return std::string_view(state.output.data(), chunk - stream.avail_out);
}

std::string zlib_in_use() { return zlibVersion(); }

}  // namespace rdnsgate::dns
