// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <random>

#include "draft/csv.h"
#include "draft/netbox.h"
#include "draft/spf_terms.h"

using namespace rdnsgate;
using namespace rdnsgate::draft;

namespace {

struct Read {
  Estate estate;
  Sources sources;
  Diagnostics problems;

  /// `192.0.2.1 mx.example helo=... sender=... owner=... left=...`, a host a line.
  std::string hosts() const {
    std::string out;
    for (const auto& [ip, host] : estate.hosts) {
      out += ip.to_string();
      for (const auto& name : host.ptr) out += " " + name.text();
      if (host.helo) out += " helo=" + host.helo->text();
      if (!host.sender.empty()) out += " sender=" + host.sender;
      if (!host.owner.empty()) out += " owner=" + host.owner;
      if (!host.left_out.empty()) out += " left=" + host.left_out;
      out += "\n";
    }
    return out;
  }
  std::string said() const {
    std::string out;
    for (const auto& problem : problems)
      out += fmt::format("{}: {}\n", sources.locate(problem.at).line, problem.message);
    return out;
  }
};

template <typename Reader>
Read read(std::string text, Reader reader) {
  Read result;
  const auto file = result.sources.add("table", std::move(text));
  reader(result.sources, file, result.estate, result.problems);
  return result;
}

}  // namespace

TEST_CASE("csv: columns by name, quotes, and whatever divides the fields") {
  const auto commas = read(
      "ip,hostname,owner,serial\r\n192.0.2.1,MX1.mail.example.,\"Team \"\"A\"\", Berlin\",1\r\n\r\n"
      "2001:db8::1,mx1.mail.example,\"two\nlines\",2\n192.0.2.3,,x,\n",
      read_csv);
  CHECK(commas.said() == "");
  CHECK(commas.hosts() ==
        "192.0.2.1 mx1.mail.example owner=Team \"A\", Berlin\n192.0.2.3 owner=x\n"
        "2001:db8::1 mx1.mail.example owner=two\nlines\n");
  CHECK(commas.estate.notes == std::vector<std::string>{"Columns that were not taken: \"serial\"."});
  const auto others = read(
      "\xEF\xBB\xBF"
      "Address;DNS Name;HELO;Sender\n192.0.2.1/24;a.example; b.example ;front\n",
      read_csv);
  CHECK(others.said() == "");
  CHECK(others.hosts() == "192.0.2.1 a.example helo=b.example sender=front\n");
  CHECK(read("address\tptr\n192.0.2.1\ta.example", read_csv).hosts() == "192.0.2.1 a.example\n");
}

TEST_CASE("csv: rows of nothing but dividers, and two names of one address") {
  const auto rows = read("ip,ptr,owner\n,,\n192.0.2.1,b.example,\n;\n", read_csv);
  CHECK(rows.said() == "4: \";\" is not an IP address\n");
  CHECK(read("ip,ptr\n,\n192.0.2.1,b.example\n,\n192.0.2.1,a.example\n192.0.2.1,B.example.\n", read_csv)
            .hosts() == "192.0.2.1 b.example a.example\n");
}

TEST_CASE("csv: what is wrong is named with its line") {
  CHECK(read("", read_csv).said() == "1: the file is empty\n");
  CHECK(read("name,serial\n", read_csv).said() == "1: no column is called address or ip\n");
  CHECK(read("ip,ptr\n192.0.2.1,a.example,more\n192.0.2.300,b.example\n192.0.2.4,a..example\n", read_csv)
            .said() ==
        "2: the line has 3 fields, and there are 2 columns\n"
        "3: \"192.0.2.300\" is not an IP address\n"
        "4: \"a..example\" has an empty label\n");
  CHECK(read("ip,ptr\n192.0.2.1,\"a\"b\n", read_csv).said() ==
        "2: there is something behind a quoted field\n");
  CHECK(read("ip,ptr\n192.0.2.1,\"a\n", read_csv).said() == "2: a quoted field has no end\n");
  std::string wrong = "ip\n";
  for (int i = 0; i < 1000; ++i) wrong += "x\n";
  CHECK(read(wrong, read_csv).problems.size() == 20);
}

TEST_CASE("csv, netbox: any octets are a table or a problem, and no crash") {
  std::mt19937 dice(3);
  const std::string alphabet = "\",;\t\r\n \x00\xff{}[]:1.ax";
  for (int i = 0; i < 20000; ++i) {
    std::string text = i % 2 == 0 ? "ip,ptr\n192.0.2.1," : "[{\"address\":\"192.0.2.1\",\"dns_name\":";
    for (auto length = dice() % 20; length > 0; --length) text += alphabet[dice() % alphabet.size()];
    read(text, read_csv);
    read(text, read_netbox);
  }
}

TEST_CASE("netbox: pages and bare lists; what is not active is left out") {
  const auto page = read(
      R"({"count": 4, "next": "https://x/?offset=2", "results": [
        {"address": "192.0.2.1/24", "dns_name": "mx1.mail.example", "status": {"value": "active", "label": "Active"},
         "tenant": {"id": 1, "name": "Mail"}},
        {"address": "192.0.2.2/24", "dns_name": "", "status": "deprecated", "tenant": null},
        {"address": "2001:db8::1/64", "dns_name": "mx1.mail.example"}]})",
      read_netbox);
  CHECK(page.said() == "");
  CHECK(page.hosts() ==
        "192.0.2.1 mx1.mail.example owner=Mail\n192.0.2.2 left=its status in NetBox is deprecated\n"
        "2001:db8::1 mx1.mail.example\n");
  CHECK(page.estate.notes.size() == 1);
  CHECK(read(R"([{"address": "192.0.2.1"}])", read_netbox).hosts() == "192.0.2.1\n");
  CHECK(read("{", read_netbox).said() == "1: this is not JSON\n");
  CHECK(read("{\"results\": 1}", read_netbox).said() == "1: there is no list of IP addresses in it\n");
  CHECK(
      read("[1, {\"address\": 5}]", read_netbox).said() ==
      "1: item 1 of the list is no IP address of NetBox\n1: item 2 of the list: \"\" is not an IP address\n");
}

TEST_CASE("spf terms: what has to be asked for, and what is of no use here") {
  const auto domain = dns::Name::parse("a.example").value();
  const auto terms = read_spf(
      "V=spf1 ip4:192.0.2.0/28 +IP6:2001:db8::1 a mx:b.example a:c.example/24 include:spf.r.example "
      "-ip4:192.0.2.9 "
      "exists:%{i}.x.example redirect=d.example ptr ip4:300.0.0.1 ~all",
      domain);
  REQUIRE(terms);
  CHECK(terms->addresses ==
        std::vector{Prefix::parse("192.0.2.0/28").value(), Prefix::parse("2001:db8::1").value()});
  CHECK(terms->a == std::vector{domain});
  CHECK(terms->mx == std::vector{dns::Name::parse("b.example").value()});
  CHECK(terms->others == std::vector<std::string>{"spf.r.example", "d.example"});
  CHECK(terms->all == "softfail");
  CHECK(terms->unused == std::vector<std::string>{"a:c.example/24", "-ip4:192.0.2.9", "exists:%{i}.x.example",
                                                  "ptr", "ip4:300.0.0.1"});
  CHECK_FALSE(read_spf("v=spf10 all", domain));
  CHECK_FALSE(read_spf("v=DMARC1; p=none", domain));
  CHECK(read_spf("v=spf1", domain)->all == "");
  CHECK(read_spf("v=spf1 -all   ", domain)->all == "fail");
}
