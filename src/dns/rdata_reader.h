// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "dns/name.h"
#include "dns/types.h"

namespace rdnsgate::dns {

/// Turns the data of a record from presentation format into canonical wire format (RFC 4034 §6.2).
class RdataReader {
 public:
  /// Names without a final dot are under `origin`.
  explicit RdataReader(const Name& origin);
  ~RdataReader();
  RdataReader(RdataReader&&) noexcept;
  RdataReader& operator=(RdataReader&&) noexcept;

  /// `data` is what stands behind the type, on one line and without comments; `type` as written.
  /// `wrong`, where somebody wants to know, gets the position of the word that an error is about (see
  /// rdata_fields.h), and stays as it is where that is not known.
  Result<std::string> read(std::string_view type, std::string_view data, std::size_t* wrong = nullptr);
  /// Where it is known what `mnemonic` names.
  Result<std::string> read(RrType type, std::string_view mnemonic, std::string_view data,
                           std::size_t* wrong = nullptr);

 private:
  struct Origin;  // ldns is known to the .cpp alone
  std::unique_ptr<Origin> origin_;
  std::string line_;
};

/// The data of a TXT record that holds these octets, cut into strings of 255.
std::string txt_rdata(std::string_view octets);

}  // namespace rdnsgate::dns
