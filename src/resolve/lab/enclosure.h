// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <filesystem>
#include <functional>
#include <optional>

#include "base/result.h"
#include "resolve/net/temp_dir.h"

namespace rdnsgate::resolve {

/// A process with a network of its own, in which there is nothing but a loopback interface: no packet can leave. All that it
/// starts is ended, and the folder removed, when this object goes away and when this program ends in whatever way.
class Enclosure {
 public:
  static Result<Enclosure> make();
  Enclosure(Enclosure&& other) noexcept;
  Enclosure& operator=(Enclosure&&) = delete;
  ~Enclosure();

  /// Where `work` may leave what is read here afterwards.
  const std::filesystem::path& folder() const { return folder_.path(); }
  /// Does it in there and waits for it. Once: what it starts lives no longer than it. Fails as it does, and where the kernel
  /// allows no such process. No thread may run beside this one.
  Result<void> run(const std::function<Result<void>()>& work);

 private:
  explicit Enclosure(TempDir folder) : folder_(std::move(folder)) {}
  void end();

  TempDir folder_;
  int lifeline_ = -1;  // its other end tells the guard that this program is there
  int guard_ = -1;
};

}  // namespace rdnsgate::resolve
