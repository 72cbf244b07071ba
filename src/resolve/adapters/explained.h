// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "resolve/adapters/adapter.h"
#include "resolve/adapters/authoritative.h"
#include "resolve/net/loop.h"

namespace rdnsgate::resolve {

/// An adapter that only knows that no answer came, with somebody beside it who finds out why: who holds the
/// zone is asked then, and a failure that shows there takes the place of `unanswered`, with the servers that
/// failed as its reason. An answer that comes so does not: recursion failed, as it may for a receiver. But it
/// is asked again then, a little later, of a new one that has no memory of servers: libunbound takes a server
/// that was slow for a moment, or seemed so because this process had to wait for the processor, for dead.
class Explained : public Adapter {
 public:
  using Make = std::function<Result<std::unique_ptr<Adapter>>(Deliver)>;
  /// `make` makes the adapter, and is kept to make another; `authoritative` and `options` are for asking the
  /// holders.
  static Result<std::unique_ptr<Adapter>> make(Loop& loop, const AuthoritativeOptions& authoritative,
                                               const PanelOptions& options, Deliver deliver, Make make);

  std::size_t room() const override { return std::min(current_->adapter->room(), holders_.room()); }
  void ask(dns::Question question) override;
  void flush() override;

 private:
  Explained(Loop& loop, const AuthoritativeOptions& authoritative, const PanelOptions& options,
            Deliver deliver);
  /// A question that no answer came to: from then until it is delivered.
  struct Trouble {
    dns::Fact fact;           ///< what the first try led to
    Clock::time_point first;  ///< when that was
    std::uint8_t tries = 1;
  };
  /// One of the adapters that were made one after another: what one of them left unanswered is asked again of
  /// the next.
  struct Generation {
    std::unique_ptr<Adapter> adapter;
    std::size_t open = 0;  ///< questions that it was asked and has not answered
    bool failed = false;   ///< one came back unanswered
  };
  Result<std::unique_ptr<Generation>> next_generation();
  void replace_failed();
  void forget_retired();
  void ask_again();
  void answered(dns::Fact&& fact);
  void explained(dns::Fact&& why);
  void try_later(Trouble& trouble);

  PanelOptions options_;
  Deliver deliver_;
  std::map<std::pair<dns::Name, dns::RrType>, Trouble> troubles_;
  std::multimap<Clock::time_point, dns::Question> again_;  ///< when to ask once more
  Timer timer_;                                            ///< wakes the loop; flush() looks at what is due
  Authoritative holders_;
  Make make_;
  std::unique_ptr<Generation> current_;
  std::vector<std::unique_ptr<Generation>> retired_;  ///< until their last question is answered
  unsigned replaced_ = 0;
};

}  // namespace rdnsgate::resolve
