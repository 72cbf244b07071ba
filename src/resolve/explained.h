// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <utility>

#include "resolve/authoritative.h"

namespace rdnsgate::resolve {

/// An adapter that only knows that no answer came, with somebody beside it who finds out why: who holds the
/// zone is asked then, and a failure that shows there takes the place of `unanswered`, with the servers that
/// failed as its reason. An answer that comes so does not: recursion failed, as it may for a receiver.
class Explained : public Adapter {
 public:
  using Make = std::function<Result<std::unique_ptr<Adapter>>(Deliver)>;
  /// `make` makes the adapter; `authoritative` and `options` are for asking the holders.
  static Result<std::unique_ptr<Adapter>> make(Loop& loop, const AuthoritativeOptions& authoritative,
                                               const PanelOptions& options, Deliver deliver,
                                               const Make& make);

  std::size_t room() const override { return std::min(asked_->room(), holders_.room()); }
  void ask(dns::Question question) override { asked_->ask(std::move(question)); }
  void flush() override;

 private:
  Explained(Loop& loop, const AuthoritativeOptions& authoritative, const PanelOptions& options,
            Deliver deliver);
  void answered(dns::Fact&& fact);
  void explained(dns::Fact&& why);

  Deliver deliver_;
  std::map<std::pair<dns::Name, dns::RrType>, dns::Fact> unexplained_;
  Authoritative holders_;
  std::unique_ptr<Adapter> asked_;
};

}  // namespace rdnsgate::resolve
