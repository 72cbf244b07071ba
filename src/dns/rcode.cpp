// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/rcode.h"

#include <fmt/format.h>

namespace rdnsgate::dns {

std::string rcode_name(unsigned rcode) {
  switch (rcode) {  // RFC 6895 §2.3
    case 1:
      return "FORMERR";
    case 2:
      return "SERVFAIL";
    case 4:
      return "NOTIMP";
    case 5:
      return "REFUSED";
    case 9:
      return "NOTAUTH";
    case 16:
      return "BADVERS";
    case 23:
      return "BADCOOKIE";
    default:
      return fmt::format("rcode {}", rcode);
  }
}

}  // namespace rdnsgate::dns
