// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <utility>

#include "base/result.h"
#include "base/text/diagnostic.h"
#include "base/text/source.h"

namespace rdnsgate::run {

/// Why a run came to nothing.
struct Failure {
  enum class Kind : std::uint8_t {
    request,  ///< what was asked for cannot be done, or a file cannot be used
    unknown,  ///< something that matters could not be determined
    refuted,  ///< what was made does not hold
  };

  Failure(Error why, Kind of = Kind::request) : kind(of), error(std::move(why)) {}
  Failure(Diagnostics wrong, Sources with) : problems(std::move(wrong)), sources(std::move(with)) {}

  Kind kind = Kind::request;
  Error error{};           ///< without a message where `problems` say all
  Diagnostics problems{};  ///< of files
  Sources sources{};       ///< that `problems` point into
};

template <typename T>
using Attempt = tl::expected<T, Failure>;

inline tl::unexpected<Failure> give_up(std::string message, std::string hint, Failure::Kind kind) {
  return tl::unexpected<Failure>(Failure(Error{std::move(message), std::move(hint)}, kind));
}

}  // namespace rdnsgate::run
