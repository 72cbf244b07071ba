// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace rdnsgate {

/// Why something could not be done, for a person. `message` says what is wrong and with which input;
/// `hint`, when not empty, says what to do about it.
struct Error {
  std::string message;
  std::string hint{};
};

template <typename T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(std::string message, std::string hint = {}) {
  return tl::unexpected<Error>(Error{std::move(message), std::move(hint)});
}

}  // namespace rdnsgate
