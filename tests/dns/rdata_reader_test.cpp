// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/rdata_reader.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <string>
#include <string_view>
#include <vector>

using namespace rdnsgate;
using dns::Name;
using dns::RdataReader;

namespace {

std::string read(std::string_view type, std::string_view data) {
  const auto rdata = RdataReader(Name::parse("mail.example").value()).read(type, data);
  return rdata ? *rdata : "refused";
}

/// The same name for ldns: what has an escape is not read by ourselves.
std::string escaped(std::string_view name) {
  return fmt::format("\\{:03}{}", static_cast<unsigned char>(name[0]), name.substr(1));
}

}  // namespace

TEST_CASE("one plain name or address is read as ldns reads it") {
  const std::string label(63, 'a'), long_name = label + "." + label + "." + label + ".";
  for (const auto& name : std::vector<std::string>{
           "mx1", "mx1.", "MX1.Mail.Example.", "_dmarc.a-b", "192.0.2.1", "a..b", "a..", "x" + label, label,
           long_name + std::string(61, 'b') + ".", long_name + std::string(62, 'b') + ".",
           long_name + std::string(47, 'b'), long_name + std::string(48, 'b')}) {
    CAPTURE(name);
    for (const auto* type : {"PTR", "CNAME", "ns"}) CHECK(read(type, name) == read(type, escaped(name)));
  }
  CHECK(read("PTR", "mx1") == Name::parse("mx1.mail.example")->wire());
  CHECK(read("PTR", "@") == Name::parse("mail.example")->wire());
  CHECK(read("PTR", ".") == std::string(1, '\0'));
  CHECK(read("PTR", "") == "refused");
  CHECK(read("PTR", "a b") == "refused");
  CHECK(read("A", "192.0.2.1") == read("A", "\\# 4 c0000201"));
  CHECK(read("AAAA", "2001:DB8::1") == read("AAAA", "\\# 16 20010db8000000000000000000000001"));
  CHECK(read("AAAA", "::ffff:192.0.2.1") == read("AAAA", "\\# 16 00000000000000000000ffffc0000201"));
  for (const auto* wrong : {"192.0.2", "192.0.2.01", "2001:db8::1", "", "mx1"})
    CHECK(read("A", wrong) == "refused");
  for (const auto* wrong : {"192.0.2.1", "2001:db8::g", "mx1"}) CHECK(read("AAAA", wrong) == "refused");
}
