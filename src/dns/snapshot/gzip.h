// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <functional>
#include <istream>
#include <memory>
#include <string_view>

#include "base/result.h"

namespace rdnsgate::dns {

/// Where octets go; false where it takes no more.
using OctetSink = std::function<bool(std::string_view)>;

/// Compresses a stream (RFC 1952), with nothing in it that differs from run to run.
class Gzip {
 public:
  explicit Gzip(OctetSink sink);
  ~Gzip();
  /// False when the sink took no more.
  bool write(std::string_view octets);
  /// To be called once, at the end.
  bool finish();

 private:
  struct State;
  bool push(int flush);
  std::unique_ptr<State> state_;
};

/// The octets of a stream, decompressed where they are gzip. Ends with an error at one that is broken or cut
/// short, and at one that swells as no text does.
class Gunzip {
 public:
  explicit Gunzip(std::istream& in);
  ~Gunzip();
  /// The next octets, valid until the next call; empty at the end.
  Result<std::string_view> read();

 private:
  struct State;
  Result<std::string_view> inflated();
  bool fill();
  std::unique_ptr<State> state_;
};

/// Of the zlib that is in use.
std::string zlib_in_use();

}  // namespace rdnsgate::dns
