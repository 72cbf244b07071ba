// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <vector>

#include "mailauth/spf/spf_evaluate.h"
#include "plan/operation/final_world.h"

namespace rdnsgate::plan {

/// What receivers see of SPF records when some operations have been carried out.
class SpfLook {
 public:
  SpfLook(const Picture& picture, const std::vector<Operation>& operations);
  SpfLook(const SpfLook&) = delete;  // its evaluator points into it
  SpfLook& operator=(const SpfLook&) = delete;

  const MaybeVersion& value(std::size_t set) const { return final_.value(picture_.behind(set)); }
  /// Of mail of the domain that leaves from the path, whose host says this name.
  mailauth::SpfOutcome of(const Path& path, const Name& helo, const Name& domain);
  /// Of an address that nothing matches.
  mailauth::SpfOutcome whole(const Name& domain, const IpAddress& ip);

 private:
  const Picture& picture_;
  FinalWorld final_;
  mailauth::SpfEvaluator evaluator_;
};

/// Those after which what is there and what comes stand side by side: nothing has gone yet.
std::vector<Operation> additions_among(const std::vector<Operation>& operations);

/// Empty for an RRset that is not there.
const std::vector<std::string>& rdata_of(const MaybeVersion& version);

/// A reply of so many octets fits wherever one of `from` does: both, or neither did before.
bool may_grow(std::size_t from, std::size_t to);

}  // namespace rdnsgate::plan
