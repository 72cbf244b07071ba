// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <future>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "audit/touched.h"
#include "base/result.h"
#include "base/text/source.h"
#include "report/document.h"
#include "run/files/load.h"
#include "run/gate/configuration.h"

namespace rdnsgate::run {

/// The inventory as a commit has it.
struct AsItWas;

/// What is done before and while the inventory is loaded, for find_changes(); nothing where everything is judged
/// (`commit` is empty): while the model is built of what is there now, one is built of what was, on another thread.
class Readiness {
 public:
  /// `named` are the files of the inventory, as they are named.
  Readiness(const std::string& commit, const std::vector<std::string>& named);
  ~Readiness();
  /// `read` takes what the comparison needs, and outlives this.
  inventory::LoadOptions load_options(inventory::ParsedFiles& read);

 private:
  friend Result<std::unique_ptr<AsItWas>> take_as_it_was(Readiness& ready, const std::string& ref, bool is_commit,
                                                         const inventory::ParsedFiles& read);

  std::string commit_;
  std::vector<std::string> files_;
  std::future<void> library_;  ///< waited for when it goes, as is the next
  std::future<Result<std::unique_ptr<AsItWas>>> as_it_was_;
};

/// What differs from the commit; or why all has to be judged.
struct Changes {
  std::optional<audit::Touched> touched;    ///< nullopt: everything is to be judged
  std::string everything_because;           ///< then; empty where nobody asked for less
  std::vector<report::Weakening> weakened;  ///< since the commit `ref`
  std::string ref{};                        ///< empty: nothing was compared
  bool lacks_merge_base = false;            ///< so that what changed in `ref` itself since counts, too
};

/// Compares the inventory with the one at the same places in the last commit that `commit` and what is checked out have
/// in common, as `git diff COMMIT...HEAD` does: what others changed since is not the branch's; `read` is what was remembered of
/// its files when it was loaded. `zone_files` is what --zone-files names: where one of them differs,
/// everything is judged, as a record may be about any address. Fails where that cannot be found out. Where
/// nobody asked for less than everything (`commit` is empty), and the configuration is that of a commit
/// (--config-from), it is only found out what was weakened since that one.
Result<Changes> find_changes(const std::string& commit, const std::vector<std::string>& named, Readiness& ready,
                             const inventory::Inventory& now, const inventory::ParsedFiles& read,
                             const std::vector<std::string>& zone_files, const Judging& judging);

/// What a report says of it; nullopt where nothing was compared.
std::optional<report::ChangedSince> changed_since(const Changes& changes,
                                                  const inventory::Inventory& inventory);
/// `Judged is what differs from origin/main: 3 of 120 addresses, senders, zones, relays and domains.`
std::string describe(const report::ChangedSince& changed, const Changes& changes);

}  // namespace rdnsgate::run
