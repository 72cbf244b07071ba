// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include <algorithm>

#include "base/hash.h"
#include "dns/wire/dig_text.h"
#include "dns/wire/message.h"
#include "report/evidence/evidence.h"
#include "report/evidence/pcap.h"
#include "report/evidence/verify.h"

using namespace rdnsgate;
using namespace rdnsgate::report;

namespace {

const Time then{seconds(1'800'000'000)};

dns::Name name(const char* text) { return dns::Name::parse(text).value(); }
IpAddress ip(const char* text) { return IpAddress::parse(text).value(); }

dns::Fact fact(const char* owner, dns::RrType type, std::vector<dns::RRset> answer) {
  dns::Fact fact;
  fact.question = {0, name(owner), type};
  fact.outcome = answer.empty() ? dns::Outcome::timeout : dns::Outcome::answer;
  fact.answer = std::move(answer);
  fact.server = answer.empty() && fact.answer.empty() ? "" : "192.0.2.53#53";
  fact.asked_at = then;
  return fact;
}

dns::RRset ptr(const char* target) {
  return {name("10.2.0.192.in-addr.arpa"), dns::RrType::PTR, 3600, {dns::rdata_of(name(target))}};
}

std::string query(const char* owner) {
  std::string out;
  dns::write_query(out, 4711, name(owner), dns::RrType::PTR, {.recursion_desired = false});
  return out;
}

EvidenceDocument document() {
  EvidenceDocument made;
  made.tool_version = "1";
  made.asked_for = "192.0.2.10";
  made.subjects = {{audit::TargetKind::address, "192.0.2.10"}};
  made.source = EvidenceSource::snapshot;
  made.taken_at = made.finished_at = then;
  made.vantages = {{"v", dns::VantageKind::forward, "v", false}};
  made.facts = {fact("10.2.0.192.in-addr.arpa", dns::RrType::PTR, {ptr("mx-old.example.com")})};
  AddressMilestones address;
  address.ip = ip("192.0.2.10");
  address.ptr = "mx1.example.com";
  address.milestones = {{MilestoneKind::ptr, PathState::bad, "other", "not the name that is declared"}};
  made.milestones = {address};
  return made;
}

const std::string& file(const std::vector<ArchiveFile>& files, const std::string& wanted) {
  const auto found = std::find_if(files.begin(), files.end(),
                                  [&](const auto& one) { return one.name.ends_with("/" + wanted); });
  REQUIRE_MESSAGE(found != files.end(), wanted);
  return found->content;
}

bool has(const std::vector<ArchiveFile>& files, const std::string& wanted) {
  return std::any_of(files.begin(), files.end(),
                     [&](const auto& one) { return one.name.ends_with("/" + wanted); });
}

EvidenceCheck checked(std::vector<ArchiveFile> files) { return check_evidence(write_ustar(files, then)); }

unsigned sum_of(std::string_view octets) {
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < octets.size(); i += 2)
    sum += static_cast<unsigned>(static_cast<unsigned char>(octets[i])) * 256 +
           (i + 1 < octets.size() ? static_cast<unsigned char>(octets[i + 1]) : 0u);
  while ((sum >> 16) != 0) sum = (sum & 0xffff) + (sum >> 16);
  return static_cast<unsigned>(sum);
}

}  // namespace

TEST_CASE("a bundle is the same twice, and whole") {
  const auto made = document();
  const auto files = evidence_files(made);
  CHECK(pack_evidence(files, then) == pack_evidence(evidence_files(made), then));
  const auto check = check_packed_evidence(pack_evidence(files, then));
  CHECK_MESSAGE(check.is_whole(), (check.wrong.empty() ? "" : check.wrong.front()));
  CHECK(check.asked_for == "192.0.2.10");
  CHECK(check.source == "snapshot");
  CHECK(file(files, "transcripts.txt").find("10.2.0.192.in-addr.arpa. 3600 IN PTR mx-old.example.com.") !=
        std::string::npos);
  CHECK(file(files, "letter.txt").find("10.2.0.192.in-addr.arpa. IN PTR mx1.example.com.") !=
        std::string::npos);
  CHECK(file(files, "README.txt").find("mx1.example.com") != std::string::npos);
}

TEST_CASE("what was rebuilt is never called captured") {
  auto made = document();
  auto files = evidence_files(made);
  CHECK_FALSE(has(files, "packets.pcap"));
  CHECK(file(files, "manifest.json").find("\"origin\": \"captured") == std::string::npos);
  CHECK(file(files, "manifest.json").find("\"origin\": \"rebuilt\"") != std::string::npos);
  CHECK(file(files, "transcripts.txt").find("No messages were captured") != std::string::npos);
  CHECK(file(files, "README.txt").find("No packets were captured") != std::string::npos);
  made.packets = {{1'800'000'000'000'001, ip("192.0.2.53"), 53, 40000, true, dns::Transport::udp,
                   query("10.2.0.192.in-addr.arpa")}};
  files = evidence_files(made);
  CHECK(has(files, "packets.pcap"));
  // What went through TLS was never a message on a wire.
  made.packets.front().transport = dns::Transport::tls;
  CHECK_FALSE(has(evidence_files(made), "packets.pcap"));
  made.packets.front().transport = dns::Transport::udp;
  CHECK(file(files, "manifest.json").find("\"origin\": \"captured\"") != std::string::npos);
  CHECK(file(files, "transcripts.txt").find("id: 4711") != std::string::npos);
}

TEST_CASE("each way to alter a bundle is found and named") {
  const auto files = evidence_files(document());
  for (std::size_t i = 0; i < files.size(); ++i) {
    auto changed = files;
    changed[i].content += "x";
    CHECK_MESSAGE(!checked(changed).is_whole(), files[i].name);
    auto without = files;
    without.erase(without.begin() + static_cast<std::ptrdiff_t>(i));
    CHECK_MESSAGE(!checked(without).is_whole(), files[i].name);
    auto renamed = files;
    renamed[i].name += ".bak";
    CHECK_MESSAGE(!checked(renamed).is_whole(), files[i].name);
  }
  auto more = files;
  more.push_back({evidence_folder(document()) + "/more.txt", "x"});
  REQUIRE(checked(more).wrong.size() >= 1);
  CHECK(checked(more).wrong.front() == "more.txt was put in: no checksum names it");
  auto renamed = files;
  for (auto& one : renamed) {
    if (one.name.ends_with("/letter.txt")) one.name.replace(one.name.size() - 10, 10, "letter.doc");
  }
  CHECK(checked(renamed).wrong.front() == "letter.txt was renamed to letter.doc");
  auto outside = files;
  outside.front().name = "elsewhere/x";
  CHECK_FALSE(checked(outside).is_whole());
  CHECK_FALSE(checked({}).is_whole());
  // With right sums, and a manifest that says otherwise.
  auto resealed = files;
  std::string sums;
  for (auto& one : resealed) {
    if (one.name.ends_with("/findings.txt")) one.content += "forged\n";
  }
  for (const auto& one : resealed) {
    const auto base = one.name.substr(one.name.find('/') + 1);
    if (base != "SHA256SUMS") sums += sha256_hex(one.content) + "  " + base + "\n";
  }
  for (auto& one : resealed) {
    if (one.name.ends_with("/SHA256SUMS")) one.content = sums;
  }
  CHECK(checked(resealed).wrong.front() == "manifest.json has another checksum for findings.txt");
}

namespace {

std::string& content(std::vector<ArchiveFile>& files, const std::string& wanted) {
  const auto found = std::find_if(files.begin(), files.end(),
                                  [&](const auto& one) { return one.name.ends_with("/" + wanted); });
  REQUIRE_MESSAGE(found != files.end(), wanted);
  return found->content;
}

/// With the sums that its files have, as whoever forges one would write them.
std::vector<ArchiveFile> resealed(std::vector<ArchiveFile> files) {
  std::string sums;
  for (const auto& one : files) {
    const auto base = one.name.substr(one.name.find('/') + 1);
    if (base != "SHA256SUMS") sums += sha256_hex(one.content) + "  " + base + "\n";
  }
  content(files, "SHA256SUMS") = sums;
  return files;
}

}  // namespace

TEST_CASE("the manifest is held against the files, whatever the sums say") {
  const auto files = evidence_files(document());
  REQUIRE(checked(resealed(files)).is_whole());
  auto more = files;
  more.push_back({evidence_folder(document()) + "/more.txt", "x"});
  REQUIRE(checked(resealed(more)).wrong.size() == 1);
  CHECK(checked(resealed(more)).wrong.front().starts_with("manifest.json lists "));
  auto less = files;
  std::erase_if(less, [](const auto& one) { return one.name.ends_with("/letter.txt"); });
  CHECK(checked(resealed(less)).wrong.front() == "manifest.json names letter.txt, which is missing");
  auto none = files;
  std::erase_if(none, [](const auto& one) { return one.name.ends_with("/manifest.json"); });
  CHECK(checked(resealed(none)).wrong == std::vector<std::string>{"there is no manifest.json"});
  for (const auto* text : {"", "{", "[]", "{}", R"({"schema": "rdnsgate/evidence/2", "files": []})",
                           R"({"schema": "rdnsgate/evidence/1"})", R"({"schema": 1, "files": []})"}) {
    CAPTURE(text);
    auto other = files;
    content(other, "manifest.json") = text;
    REQUIRE(checked(resealed(other)).wrong.size() == 1);
    CHECK(checked(resealed(other)).wrong.front() == "manifest.json is no manifest of a kind that is known here");
  }
  auto strange = files;
  content(strange, "manifest.json") = R"({"schema": "rdnsgate/evidence/1", "files": [{"name": "README.txt"}]})";
  CHECK(checked(resealed(strange)).wrong.front() == "manifest.json lists something that is no file");
}

TEST_CASE("sums are lines, one for each file") {
  auto files = evidence_files(document());
  const auto right = content(files, "SHA256SUMS");
  const auto wrong_with = [&](const std::string& sums) {
    content(files, "SHA256SUMS") = sums;
    const auto check = checked(files);
    return check.is_whole() ? std::string() : check.wrong.front();
  };
  REQUIRE(wrong_with(right) == "");
  const auto lines = std::to_string(std::count(right.begin(), right.end(), '\n') + 1);
  const auto first = right.substr(0, right.find('\n') + 1);
  CHECK(wrong_with(right + first) == "SHA256SUMS: line " + lines + " is no checksum, or names a file twice");
  CHECK(wrong_with(right + std::string(64, 'g') + "  x\n") ==
        "SHA256SUMS: line " + lines + " is no checksum, or names a file twice");
  CHECK(wrong_with(right.substr(0, right.size() - 1)).starts_with("SHA256SUMS: line "));
}

TEST_CASE("a bundle is one folder") {
  auto files = evidence_files(document());
  files.back().name = "elsewhere/x";
  CHECK(checked(files).wrong == std::vector<std::string>{"elsewhere/x is not in the folder " + evidence_folder(document())});
}

TEST_CASE("what is redacted is redacted whole") {
  Redaction redaction;
  redaction.add(name("int.example"));
  redaction.add(name("int.example.com"));
  redaction.add(ip("10.0.0.5"));
  CHECK(redaction.text("int.example.com") == "[redacted]");
  CHECK(redaction.text("see db.INT.example, *.int.example.") == "see [redacted], [redacted].");
  CHECK(redaction.text("hint.example int.examples 110.0.0.5 10.0.0.55") ==
        "hint.example int.examples 110.0.0.5 10.0.0.55");
  CHECK(redaction.text("5.0.0.10.in-addr.arpa PTR") == "[redacted] PTR");
  // A colon ends it, and stands in front of it.
  CHECK(redaction.text("A db.int.example: timeout; 10.0.0.5: refused; 10.0.0.5:53") ==
        "A [redacted]: timeout; [redacted]: refused; [redacted]:53");
  CHECK(redaction.text("v=spf1 ip4:10.0.0.5 a:db.int.example include:int.example -all") ==
        "v=spf1 ip4:[redacted] a:[redacted] include:[redacted] -all");
}

TEST_CASE("an IPv6 address is redacted where it is one, and not within a longer one") {
  Redaction redaction;
  redaction.add(ip("fd00::5"));
  CHECK(redaction.text("fd00::5 FD00::5, [fd00::5]:53 fd00::5: refused") ==
        "[redacted] [redacted], [[redacted]]:53 [redacted]: refused");
  CHECK(redaction.text("ip6:fd00::5 address:fd00::5") == "ip6:[redacted] address:[redacted]");
  CHECK(redaction.text("2001:db8:fd00::5 fd00::5:1 fd00::55 afd00::5 ::fd00::5") ==
        "2001:db8:fd00::5 fd00::5:1 fd00::55 afd00::5 ::fd00::5");
}

TEST_CASE("what is no bundle is refused, and bombs are bounded") {
  CHECK_FALSE(check_packed_evidence("").is_whole());
  CHECK_FALSE(check_packed_evidence("hello").is_whole());
  const auto packed = pack_evidence(evidence_files(document()), then);
  for (std::size_t size = 0; size < packed.size(); size += 97)
    CHECK_FALSE(check_packed_evidence(packed.substr(0, size)).is_whole());
  CHECK_FALSE(check_packed_evidence(packed + "x").is_whole());
  const auto bomb = pack_evidence({{"e/a", std::string(std::size_t{50} << 20, '\0')}}, then);
  const auto check = check_packed_evidence(bomb);
  CHECK_FALSE(check.is_whole());
  CHECK(check.wrong.front().find("swells") != std::string::npos);
}

TEST_CASE("names that are redacted are nowhere, whatever else is there") {
  auto made = document();
  made.redaction.add(name("int.example"));
  made.redaction.add(ip("10.0.0.5"));
  made.facts.push_back(fact("db.int.example", dns::RrType::A,
                            {{name("db.int.example"), dns::RrType::A, 60, {dns::rdata_of(ip("10.0.0.5"))}}}));
  made.facts.push_back(fact("print.example", dns::RrType::A,
                            {{name("print.example"), dns::RrType::A, 60, {dns::rdata_of(ip("10.0.0.55"))}}}));
  made.packets = {
      {1, ip("192.0.2.53"), 53, 40000, true, dns::Transport::udp, query("db.INT.example")},
      {2, ip("192.0.2.53"), 53, 40000, true, dns::Transport::udp, query("10.2.0.192.in-addr.arpa")}};
  made.notes = {"asked DB.Int.Example at 10.0.0.5"};
  const auto files = evidence_files(made);
  for (const auto& one : files) {
    std::string lower = one.content;
    for (auto& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    CHECK_MESSAGE(lower.find("db.int.example") == std::string::npos, one.name);
    CHECK_MESSAGE(lower.find(std::string("\3int\7example", 12)) == std::string::npos, one.name);
    CHECK_MESSAGE(lower.find("10.0.0.5 ") == std::string::npos, one.name);
  }
  CHECK(file(files, "facts.jsonl").find("print.example") != std::string::npos);
  CHECK(file(files, "transcripts.txt").find("10.0.0.55") != std::string::npos);
  CHECK(file(files, "manifest.json").find("\"redacted\": 1") != std::string::npos);
  CHECK(checked(files).is_whole());
}

TEST_CASE("hostile answers stay text") {
  auto made = document();
  std::string txt;
  for (int i = 0; i < 250; ++i) txt += std::string(1, '\xff') + std::string(255, i % 2 == 0 ? '\x1b' : '\n');
  made.facts = {fact("10.2.0.192.in-addr.arpa", dns::RrType::TXT,
                     {{name("10.2.0.192.in-addr.arpa"), dns::RrType::TXT, 60, {txt}}}),
                fact("\\027[31mred.example", dns::RrType::A, {})};
  made.facts.back().reason = "\x1b]0;title\x07\nnew line";
  made.notes = {"\x1b[2J"};
  const auto files = evidence_files(made);
  for (const auto& one : files) {
    CHECK_MESSAGE(one.content.find('\x1b') == std::string::npos, one.name);
    CHECK_MESSAGE(one.content.find('\x07') == std::string::npos, one.name);
    CHECK_MESSAGE(one.content.find("\nnew line") == std::string::npos, one.name);
  }
  CHECK(checked(files).is_whole());
}

TEST_CASE("packets have right lengths and checksums") {
  for (const char* server : {"192.0.2.53", "2001:db8::53"}) {
    for (const auto transport : {dns::Transport::udp, dns::Transport::tcp}) {
      for (const bool is_query : {true, false}) {
        const std::string message = query("10.2.0.192.in-addr.arpa") + std::string(is_query ? 0 : 1, 'x');
        const auto pcap =
            write_pcap({{1'700'000'000'123'456, ip(server), 53, 40000, is_query, transport, message}});
        const bool is_v4 = ip(server).is_v4();
        REQUIRE(pcap.size() > 60);
        const std::string_view packet = std::string_view(pcap).substr(40);
        const std::size_t ip_size = is_v4 ? 20 : 40;
        if (is_v4) CHECK(sum_of(packet.substr(0, 20)) == 0xffff);
        const auto payload = packet.substr(ip_size);
        const auto addresses = packet.substr(is_v4 ? 12 : 8, is_v4 ? 8 : 32);
        std::string pseudo(addresses);
        for (const std::size_t part : {std::size_t{0}, payload.size(), std::size_t{0},
                                       std::size_t{transport == dns::Transport::udp ? 17u : 6u}}) {
          pseudo += static_cast<char>(part >> 8);
          pseudo += static_cast<char>(part & 0xff);
        }
        CHECK(sum_of(pseudo + std::string(payload)) == 0xffff);
        CHECK(payload.ends_with(message));
      }
    }
  }
  // Nobody could read on the wire what went over TLS.
  CHECK(write_pcap({{1, ip("192.0.2.53"), 853, 1, true, dns::Transport::tls, "x"}}).size() == 24);
}

TEST_CASE("any octets can be shown") {
  const auto whole = query("10.2.0.192.in-addr.arpa");
  for (std::size_t size = 0; size <= whole.size(); ++size)
    CHECK(!dns::dig_text(std::string_view(whole).substr(0, size)).empty());
  auto many = whole;
  many[6] = many[7] = '\xff';
  CHECK(dns::dig_text(many).find("cannot be read") != std::string::npos);
  CHECK(dns::question_of(whole)->name == name("10.2.0.192.in-addr.arpa"));
  CHECK_FALSE(dns::question_of(whole.substr(0, 20)));
}

TEST_CASE("milestones: unknown is not missed") {
  AddressMilestones address;
  address.milestones = {{MilestoneKind::ptr, PathState::good, "", ""},
                        {MilestoneKind::forward, PathState::unknown, "", ""}};
  CHECK(address.state() == PathState::unknown);
  address.milestones.push_back({MilestoneKind::helo, PathState::bad, "", ""});
  CHECK(address.state() == PathState::bad);
  address.milestones = {{MilestoneKind::ptr, PathState::good, "", ""},
                        {MilestoneKind::helo, PathState::unjudged, "", ""}};
  CHECK(address.state() == PathState::good);
  TicketDocument ticket;
  CHECK(ticket.state() == PathState::unknown);
  ticket.addresses = {address};
  CHECK(ticket.state() == PathState::good);
}
