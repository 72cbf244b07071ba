// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <string_view>
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
  mailauth::SpfOutcome of(const Path& path, const Name& helo, const Name& domain,
                          std::vector<mailauth::SpfRecordTrace>* trace = nullptr);
  /// Why the last evaluation could not come to one result: what of the DNS is not known, or that it hangs on
  /// each message.
  std::string why_unknown() const;
  /// Something of the DNS was not known to it.
  bool lacks_answers() const { return !unknown_.empty(); }
  /// Of an address that nothing matches.
  mailauth::SpfOutcome whole(const Name& domain, const IpAddress& ip);

 private:
  const Picture& picture_;
  FinalWorld final_;
  std::string unknown_;
  mailauth::SpfEvaluator evaluator_;
};

/// Those after which what is there and what comes stand side by side: nothing has gone yet.
std::vector<Operation> additions_among(const std::vector<Operation>& operations);

/// What to do about a record that would get too long.
inline constexpr std::string_view shorter_record =
    "move some of its terms into a record of their own and include that (a lookup more)";

/// Empty for an RRset that is not there.
const std::vector<std::string>& rdata_of(const MaybeVersion& version);

/// A reply of so many octets fits wherever one of `from` does: both, or neither did before.
bool may_grow(std::size_t from, std::size_t to);

}  // namespace rdnsgate::plan
