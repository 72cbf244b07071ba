// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <array>
#include <random>
#include <string>

#include "report/sample.h"

namespace rdnsgate::test {

/// Makes texts of what breaks formats: control characters, markup, quotes, the marks of each format, octets
/// that are no UTF-8, and now and then 64 KiB of it.
class HostileText {
 public:
  explicit HostileText(unsigned seed) : random_(seed) {}

  std::string operator()() {
    using namespace std::string_literals;
    static const std::array pieces{"::error::"s,
                                   "::"s,
                                   "%0A"s,
                                   "%"s,
                                   ","s,
                                   ":"s,
                                   "]]>"s,
                                   "<![CDATA["s,
                                   "<b>"s,
                                   "</failure>"s,
                                   "-->"s,
                                   "&"s,
                                   "&#0;"s,
                                   "&lt;"s,
                                   "\""s,
                                   "'"s,
                                   "`"s,
                                   "{0}"s,
                                   "{"s,
                                   "}"s,
                                   "[x](y)"s,
                                   "](http://z)"s,
                                   "|"s,
                                   "\\"s,
                                   "\\u0000"s,
                                   "\n"s,
                                   "\r"s,
                                   "\r\n"s,
                                   "\t"s,
                                   "\0"s,
                                   "\x1b[31m"s,
                                   "\x7f"s,
                                   "\xc2\x85"s,
                                   "\xe2\x80\xa8"s,
                                   "\xe2\x80\xae"s,
                                   "\xef\xbf\xbe"s,
                                   "\xef\xbf\xbf"s,
                                   "\xed\xa0\x80"s,
                                   "\xff"s,
                                   "\xc0\x80"s,
                                   "\xe2\x82"s,
                                   "\xf4\x90\x80\x80"s,
                                   "\xc3\xa9"s,
                                   "\xf0\x9f\x92\xa5"s,
                                   "mx1.mail.example"s,
                                   " "s,
                                   "../"s,
                                   "<stdin>"s};
    if (random_() % 16 == 0) return {};
    const std::size_t wanted = random_() % 64 == 0 ? 65536 : random_() % 40;
    std::string text;
    while (text.size() < wanted) {
      if (random_() % 4 == 0) {
        text += static_cast<char>(random_() % 256);
      } else {
        text += pieces[random_() % pieces.size()];
      }
    }
    return text;
  }

  /// The sample, with such a text in each field that foreign text can reach, and findings of every kind.
  report::Document document() {
    auto& any = *this;
    report::Document document = sample();
    document.inventory_path = any();
    document.place = {"/work", random_() % 2 == 0 ? "" : any()};
    for (const std::size_t first = document.findings.size(); document.findings.size() < 4 * first;)
      document.findings.push_back(document.findings[random_() % first]);
    for (auto& finding : document.findings) {
      finding.said = any();
      finding.expected = any();
      finding.observed = any();
      finding.values = {{"name", any()}, {"names", audit::list_of(std::vector{any(), any()})}};
      finding.fix = any();
      finding.target.id = any();
      finding.location.path = any();
      finding.vantages = {any()};
      finding.severity = static_cast<Severity>(1 + random_() % 3);
      finding.effect = static_cast<audit::Effect>(random_() % 3);
      if (finding.status == audit::Status::waived) finding.waiver_reason = any();
    }
    document.coverage.push_back(
        {audit::TargetKind::sender, {{"ptr-missing", true}, {"helo-missing"}}, {any(), any()}});
    document.rules.push_back({"ptr-generic", "a page of ours",
                              "# ptr-generic\n\nSee [it](it.md), {1} of 2.\n", Severity::warning});
    document.unusable = random_() % 8 == 0;
    document.changed_since = {
        any(),
        1,
        2,
        {{"waiver-added", any(), any(), any(), "a" + any(), 3}, {"subject-removed", any(), any(), any()}}};
    return document;
  }

 private:
  std::mt19937 random_;
};

}  // namespace rdnsgate::test
