// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/snapshot/snapshot.h"

#include <doctest/doctest.h>

#include <sstream>

#include "dns/snapshot/fact_json.h"
#include "dns/snapshot_sample.h"

using namespace rdnsgate;
using namespace rdnsgate::dns;
using namespace rdnsgate::dns::test;

TEST_CASE("what was recorded comes back, fact by fact, with every field") {
  const auto in = sample_snapshot();
  const auto out = read(packed(in));
  REQUIRE_MESSAGE(out, out.error().message);
  CHECK(out->head.tool_version == in.head.tool_version);
  CHECK(out->head.taken_at == in.head.taken_at);
  CHECK(out->head.finished_at == in.head.finished_at);
  REQUIRE(out->head.vantages.size() == in.head.vantages.size());
  for (std::size_t i = 0; i < in.head.vantages.size(); ++i) {
    CHECK(out->head.vantages[i].name == in.head.vantages[i].name);
    CHECK(out->head.vantages[i].kind == in.head.vantages[i].kind);
    CHECK(out->head.vantages[i].operator_name == in.head.vantages[i].operator_name);
    CHECK(out->head.vantages[i].internal == in.head.vantages[i].internal);
  }
  CHECK(out->facts.size() == in.facts.size());
  in.facts.for_each([&](const Fact& fact) {
    const auto again = out->facts.find(fact.question);
    REQUIRE(again.has_value());
    CHECK(same(*again, fact));
  });
}

TEST_CASE("the same facts are the same octets, in whatever order they arrived") {
  const auto snapshot = sample_snapshot();
  std::vector<Fact> facts;
  snapshot.facts.for_each([&](const Fact& fact) { facts.push_back(fact); });
  std::reverse(facts.begin(), facts.end());
  Snapshot other{snapshot.head, {}};
  for (const auto& fact : facts) other.facts.insert(fact);
  CHECK(packed(other) == packed(snapshot));
  CHECK(packed(*read(packed(snapshot))) == packed(snapshot));
}

TEST_CASE("facts are written by vantage, by name as RFC 4034 orders names, by type") {
  Snapshot snapshot{sample_snapshot().head, {}};
  const std::vector<std::string> names{
      ".",         "example",         "a.example",   "yljkjljk.a.example", "z.a.example",
      "z.example", "\\001.z.example", "*.z.example", "\\200.z.example"};
  for (std::size_t i = names.size(); i-- > 0;) {
    for (const VantageIndex vantage : {VantageIndex{1}, VantageIndex{0}}) {
      snapshot.facts.insert(failing(vantage, names[i], RrType::PTR, Outcome::timeout));
      snapshot.facts.insert(failing(vantage, names[i], RrType::A, Outcome::timeout));
    }
  }
  std::vector<Question> order;
  snapshot.facts.for_each_in_order([&](const Fact& fact) { order.push_back(fact.question); });
  REQUIRE(order.size() == 4 * names.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    CHECK(order[i].vantage == i / (2 * names.size()));
    CHECK(order[i].name.text() == names[i % (2 * names.size()) / 2]);
    CHECK(order[i].type == (i % 2 == 0 ? RrType::A : RrType::PTR));
  }
}

TEST_CASE("a snapshot that somebody unpacked is read too, and one packed in pieces") {
  const auto snapshot = sample_snapshot();
  const std::string text = plain(snapshot);
  CHECK(packed(*read(text)) == packed(snapshot));
  const std::size_t half = text.size() / 2;
  CHECK(packed(*read(gzip(text.substr(0, half)) + gzip(text.substr(half)))) == packed(snapshot));
}

TEST_CASE("a snapshot that is not one ends in the line and the cause") {
  const auto snapshot = sample_snapshot();
  const auto lines = lines_of(plain(snapshot));
  const std::string head = lines[0], fact = lines[1];
  const auto refused = [](const std::string& octets, std::string_view why) {
    const auto done = read(octets);
    REQUIRE_FALSE(done.has_value());
    CHECK_MESSAGE(done.error().message.find(why) != std::string::npos, done.error().message);
    CHECK_MESSAGE(done.error().message.starts_with("facts.gz:"), done.error().message);
  };
  const auto one = [&](const std::string& line) { return head_line(snapshot.head, 1) + "\n" + line + "\n"; };
  const auto with = [&](const std::string& members) {
    return one(
        R"({"vantage":0,"name":"a.example","type":"A","outcome":"answer","asked_at":"2027-01-01T00:00:00Z",)" +
        members + "}");
  };
  SUBCASE("nothing") { refused("", ":1: the file is empty"); }
  SUBCASE("something else") { refused("version: 1\n", ":1: this is not JSON (column 1)"); }
  SUBCASE("other JSON") { refused("[1, 2]\n", ":1: this is not a snapshot"); }
  SUBCASE("a report") {
    refused("{\"schema\": \"rdnsgate/report/1\"}\n", ":1: \"rdnsgate/report/1\" is not a snapshot");
  }
  SUBCASE("a later version") {
    refused("{\"schema\": \"rdnsgate/facts/2\"}\n", "is a format of another version");
  }
  SUBCASE("compressed data cut short") {
    const auto all = packed(snapshot);
    refused(all.substr(0, all.size() - 1), "the compressed data is cut short");
    refused(all.substr(0, 12), ":1: the compressed data is cut short");
  }
  SUBCASE("compressed data with an octet changed") {
    auto all = packed(snapshot);
    all[all.size() - 6] = static_cast<char>(all[all.size() - 6] ^ 1);  // in its checksum
    refused(all, "the compressed data is broken");
  }
  SUBCASE("something behind the compressed data") {
    refused(packed(snapshot) + "x", "the compressed data is");
  }
  SUBCASE("text cut short in a line") { refused(head + "\n" + fact, ":2: the last line has no end"); }
  SUBCASE("text cut short between lines") { refused(head + "\n" + fact + "\n", ":2: the first line announces"); }
  SUBCASE("a line without end") {
    refused(std::string(std::size_t{17} << 20, ' '), ":1: a line of more than 16 MiB");
  }
  SUBCASE("a bomb") {
    std::string text = head_line(snapshot.head, 6) + "\n";
    for (int i = 0; i < 6; ++i) {
      auto swollen = failing(0, std::to_string(i), RrType::PTR, Outcome::timeout);
      swollen.reason.assign(1 << 20, 'x');
      text += fact_line(swollen) + "\n";
    }
    CHECK(read(text).has_value());
    refused(gzip(text), "it swells to more than 250 times its size");
  }
  SUBCASE("a delegation that no walk can have found") {
    const auto apex = [&](const std::string& delegation) {
      return one(R"({"vantage":0,"name":"a.example","type":"SOA","outcome":"timeout","asked_at":)"
                 R"("2027-01-01T00:00:00Z","delegation":)" +
                 delegation + "}");
    };
    const std::string cut = R"({"zone":"a.example","parent":"example","works":{})";
    const auto with_ns = [&](const std::string& exchange) {
      return apex(cut + R"(,"parents":[{"server":"p","address":"192.0.2.1","ns":)" + exchange + "}]}");
    };
    CHECK(read(apex(cut + "}")).has_value());
    CHECK(read(with_ns(R"({"reply":"none"})")).has_value());
    refused(apex("[]"), ":2: \"delegation\" is not an object");
    refused(apex("{}"), ":2: there is no \"zone\"");
    refused(apex(R"({"zone":"a.example","parent":"b.example","works":{}})"), "not below its \"parent\"");
    refused(apex(R"({"zone":"b.example","parent":"example","works":{}})"), "beside another question");
    refused(with(R"("delegation":)" + cut + "}"), ":2: ");
    refused(apex(cut + R"(,"servers":[{"name":"a"}]})"), "there is no \"lookup\"");
    refused(apex(cut + R"(,"servers":[{"name":"a","lookup":"lost"}]})"), "there is no \"lost\"");
    refused(apex(cut + R"(,"servers":[{"name":"a","lookup":"found","glue":["::ffff:192.0.2.1"]}]})"),
            "is an IPv4-mapped IPv6 address");
    refused(with_ns(R"({"reply":"answer"})"), "\"ns\": \"answer\" without an RRset");
    refused(with_ns(R"({"reply":"referral"})"), "\"ns\": \"referral\" is there for");
    refused(with_ns(R"({"reply":"answer","rrset":{"owner":"a","type":"A","rdata":["192.0.2.1"]}})"),
            "\"ns\": a A record in place of NS");
    refused(with_ns(R"({"reply":"nodata","soa":{"owner":"a","type":"A","rdata":["192.0.2.1"]}})"),
            "\"soa\" is not one SOA record");
  }
  SUBCASE("a server that answers nothing") {
    refused(with(R"("answer":[{"owner":"a.example","type":"A","rdata":["192.0.2.1"]}],"servers":)"
                 R"([{"server":"a","address":"192.0.2.1","outcome":"answer"}])"),
            ":2: an answer without a A record");
  }
  SUBCASE("a question twice") {
    refused(head_line(snapshot.head, 2) + "\n" + fact + "\n" + fact + "\n", ":3: the question ");
  }
  SUBCASE("a vantage that the head does not name") {
    refused(
        one(R"({"vantage":7,"name":"a","type":"A","outcome":"timeout","asked_at":"2027-01-01T00:00:00Z"})"),
        ":2: vantage 7 is not among");
  }
  SUBCASE("a member that is missing") { refused(one("{}"), ":2: there is no \"vantage\""); }
  SUBCASE("a line that is no object") { refused(one("null"), ":2: "); }
  SUBCASE("nesting without end") { refused(one(std::string(1 << 20, '[')), ":2: lists and objects lie more than 64 deep in each other here (column 65)"); }
  SUBCASE("an answer that answers nothing") {
    refused(with(R"("answer":[])"), ":2: an answer without a A record");
  }
  SUBCASE("an RRset without records") {
    refused(with(R"("answer":[{"owner":"a.example","type":"A","ttl":1,"rdata":[]}])"),
            "an RRset of 0 records");
  }
  SUBCASE("an address of five octets") {
    refused(with(R"("answer":[{"owner":"a.example","type":"A","ttl":1,"rdata":["\\# 5 0102030405"]}])"),
            "is not the data of a A record");
  }
  SUBCASE("data longer than its length says") {
    refused(with(R"("answer":[{"owner":"a.example","type":"TYPE9","ttl":1,"rdata":["\\# 1 0102"]}])"),
            "is not the data of a TYPE9 record");
  }
  SUBCASE("data of a size that nobody could send") {
    refused(with(R"("answer":[{"owner":"a.example","type":"TYPE9","ttl":1,"rdata":["\\# 99999999999 00"]}])"),
            "is not the data of");
  }
  SUBCASE("a TTL above 31 bits") {
    refused(with(R"("answer":[{"owner":"a.example","type":"A","ttl":2147483648,"rdata":["192.0.2.1"]}])"),
            "\"ttl\" is not");
  }
  SUBCASE("a denial beside the record") {
    for (const std::string outcome : {"nodata", "nxdomain"}) {
      refused(one(R"({"vantage":0,"name":"a","type":"A","asked_at":"2027-01-01T00:00:00Z","outcome":")" +
                  outcome + R"(","answer":[{"owner":"a","type":"A","ttl":1,"rdata":["192.0.2.1"]}]})"),
              ":2: " + outcome + " beside a A record");
    }
  }
  SUBCASE("two aliases of one name") {
    refused(with(R"("answer":[{"owner":"a.example","type":"CNAME","ttl":1,"rdata":["b.","c."]},)"
                 R"({"owner":"b","type":"A","ttl":1,"rdata":["192.0.2.1"]}])"),
            "several CNAME records");
  }
  SUBCASE("a vantage twice, a replay for a vantage") {
    auto doubled = snapshot.head, replayed = snapshot.head;
    doubled.vantages[1].name = doubled.vantages[0].name;
    replayed.vantages[1].kind = VantageKind::replay;
    refused(head_line(doubled, 0) + "\n", ":1: two vantages of the name \"own\"");
    refused(head_line(replayed, 0) + "\n", ":1: a vantage cannot be a replay");
  }
  SUBCASE("an SOA that is none") {
    refused(one(R"({"vantage":0,"name":"a","type":"A","outcome":"nodata","asked_at":"2027-01-01T00:00:00Z",)"
                R"("soa":{"owner":"a","type":"A","ttl":1,"rdata":["192.0.2.1"]}})"),
            "\"soa\" is not one SOA record");
  }
  SUBCASE("an outcome that there is not") {
    refused(one(R"({"vantage":0,"name":"a","type":"A","outcome":"maybe"})"), "there is no \"maybe\"");
  }
  SUBCASE("a name with an empty label") {
    refused(one(R"({"vantage":0,"name":"a..b","type":"A"})"), "\"name\": ");
  }
  SUBCASE("a member that nobody knows") { refused(with(R"("answers":[])"), "an unknown member \"answers\""); }
  SUBCASE("a number that does not fit") {
    refused(with(R"("tries":256)"), "\"tries\" is not a whole number from 0 to 255");
  }
  SUBCASE("hexadecimal that is none") { refused(with(R"("reason":{"hex":"0g"})"), "\"reason\" is neither"); }
}

TEST_CASE("every outcome keeps its name, and none of the failures turns into an answer") {
  Snapshot snapshot{sample_snapshot().head, {}};
  const std::vector<Outcome> failures{Outcome::servfail,    Outcome::refused, Outcome::timeout,
                                      Outcome::unreachable, Outcome::bogus,   Outcome::malformed,
                                      Outcome::unanswered};
  for (const auto outcome : failures)
    snapshot.facts.insert(failing(0, std::string(to_string(outcome)), RrType::PTR, outcome));
  const auto again = read(packed(snapshot));
  REQUIRE_MESSAGE(again, again.error().message);
  for (const auto outcome : failures) {
    const auto fact = again->facts.find({0, Name::parse(to_string(outcome)).value(), RrType::PTR});
    REQUIRE(fact.has_value());
    CHECK(fact->outcome == outcome);
    CHECK_FALSE(is_definite(fact->outcome));
  }
}

TEST_CASE("merging keeps the later answer, and refuses a vantage that is another one") {
  auto one = sample_snapshot();
  Snapshot two{{"0.2.0",
                at("2027-01-02T00:00:00Z"),
                at("2027-01-02T00:05:00Z"),
                {{"far", VantageKind::forward, "far"}, one.head.vantages[1]}},
               {}};
  auto later = failing(1, "a.example", RrType::A, Outcome::refused),
       earlier = failing(1, "b.example", RrType::A, Outcome::refused);
  later.asked_at = at("2027-01-02T00:00:01Z");
  earlier.asked_at = at("2026-01-01T00:00:00Z");
  two.facts.insert(later);
  two.facts.insert(earlier);
  two.facts.insert(failing(0, "a.example", RrType::A, Outcome::timeout));
  one.facts.put(failing(1, "a.example", RrType::A, Outcome::timeout));
  one.facts.put(failing(1, "b.example", RrType::A, Outcome::timeout));
  const std::size_t before = one.facts.size();
  SUBCASE("union") {
    REQUIRE(merge_snapshot(one, two, "two.gz"));
    CHECK(one.head.vantages.size() == 3);
    CHECK(one.head.vantages[2].name == "far");
    CHECK(one.head.finished_at == two.head.finished_at);
    CHECK(one.head.taken_at == sample_snapshot().head.taken_at);
    CHECK(one.facts.size() == before + 1);
    CHECK(one.facts.find({1, Name::parse("a.example").value(), RrType::A})->outcome == Outcome::refused);
    CHECK(one.facts.find({1, Name::parse("b.example").value(), RrType::A})->outcome == Outcome::timeout);
    CHECK(one.facts.find({2, Name::parse("a.example").value(), RrType::A})->outcome == Outcome::timeout);
    CHECK(read(packed(one)).has_value());
  }
  SUBCASE("another kind") { two.head.vantages[1].kind = VantageKind::recursive; }
  SUBCASE("another operator") { two.head.vantages[1].operator_name = "somebody"; }
  SUBCASE("another view") { two.head.vantages[1].internal = !one.head.vantages[1].internal; }
  if (two.head.vantages[1].kind == one.head.vantages[1].kind &&
      two.head.vantages[1].operator_name == one.head.vantages[1].operator_name &&
      two.head.vantages[1].internal == one.head.vantages[1].internal)
    return;
  const auto done = merge_snapshot(one, two, "two.gz");
  REQUIRE_FALSE(done.has_value());
  CHECK(done.error().message.starts_with("two.gz: its vantage \"quad\""));
  CHECK(one.facts.size() == before);
}

TEST_CASE("a sink that takes no more is an error") {
  const auto snapshot = sample_snapshot();
  CHECK_FALSE(
      write_snapshot(snapshot.head, snapshot.facts, [](std::string_view) { return false; }).has_value());
}
