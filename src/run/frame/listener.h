// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string_view>

#include "audit/engine/engine.h"
#include "base/text/diagnostic.h"
#include "base/text/source.h"

namespace rdnsgate::run {

/// Who is told of a run while it works. This one does not care.
class Listener {
 public:
  virtual ~Listener() = default;

  /// What is wrong with files that are used all the same.
  virtual void problems(const Diagnostics&, const Sources&) {}
  /// One line; may hold foreign text.
  virtual void note(std::string_view) {}
  /// Every file is read: what follows heeds the deadline by itself.
  virtual void loaded() {}
  /// One line for whoever wants to know more (-v); may hold foreign text.
  virtual void detail(std::string_view) {}
  virtual void progress(const audit::Progress&) {}
};

}  // namespace rdnsgate::run
