// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include "report/formats.h"
#include "report/sample.h"

using namespace rdnsgate;

TEST_CASE("the summary, whole: what counts first, the rest folded") {
  auto document = test::sample();
  document.findings.push_back(document.findings[0]);
  document.findings.back().status = audit::Status::baseline;
  document.summary.baseline = 1;
  CHECK(report::render_markdown(document) == R"(## rdnsgate: fail

1 error, 0 warnings, 1 inconclusive, 1 waived, 1 in the baseline, in 2 addresses of inventory.yaml.

| | rule | where | what |
|---|---|---|---|
| error | ptr-mismatch | inventory.yaml&#58;3 | 192.0.2.10 points to old.example, not to mx1.example<br>*fix:* set the PTR |

<details><summary>What could not be determined: 1</summary>

| | rule | where | what |
|---|---|---|---|
| warning | ptr-lookup-failed | inventory.yaml&#58;4 | it timed out |

</details>

<details><summary>Waived: 1</summary>

| | rule | where | what |
|---|---|---|---|
| warning | ptr-generic | inventory.yaml&#58;3 | 192.0.2.10 points to old.example, not to mx1.example<br>*reason:* decommissioned in May |

</details>

<details><summary>In the baseline: 1</summary>

| | rule | where | what |
|---|---|---|---|
| error | ptr-mismatch | inventory.yaml&#58;3 | 192.0.2.10 points to old.example, not to mx1.example |

</details>
)");
}

TEST_CASE("a clean run is two lines") {
  report::Document document;
  document.inventory_path = "inventory.yaml";
  CHECK(report::render_markdown(document) ==
        "## rdnsgate: pass\n\n0 errors, 0 warnings, 0 inconclusive, 0 waived, in 0 addresses of "
        "inventory.yaml.\n");
}

TEST_CASE("foreign text marks up nothing, links nowhere and calls nobody") {
  report::Document document = test::sample();
  document.findings.resize(1);
  document.findings[0].fix.clear();
  const auto shown = [&](const char* message) {
    document.findings[0].said = message;
    const std::string page = report::render_markdown(document);
    const std::size_t begin = page.find("&#58;3 | ") + 9;
    return page.substr(begin, page.rfind(" |\n") - begin);
  };
  CHECK(shown("**a** _b_ `c` <d> | e") ==
        "&#42;&#42;a&#42;&#42; &#95;b&#95; &#96;c&#96; &#60;d&#62; &#124; e");
  CHECK(shown("[x](http://evil.example)") == "&#91;x&#93;(http&#58;//evil.example)");
  CHECK(shown("www.evil.example") == "www&#46;evil.example");
  CHECK(shown("@user #12 !3") == "&#64;&#8203;user &#35;&#8203;12 &#33;&#8203;3");
  CHECK(shown("a\nb") == "a&#92;x0ab");
}

TEST_CASE("no longer than a comment may be, and it says so") {
  auto document = test::sample();
  auto finding = document.findings[0];
  finding.severity = Severity::warning;
  document.findings.assign(2000, finding);
  document.findings[1500].severity = Severity::error;
  const std::string page = report::render_markdown(document);
  CHECK(page.size() < 65536);
  CHECK(page.find("| error |") < page.find("| warning |"));
  std::size_t rows = 0;
  for (std::size_t at = 0; (at = page.find("\n| error |", at)) != std::string::npos; ++at) ++rows;
  for (std::size_t at = 0; (at = page.find("\n| warning |", at)) != std::string::npos; ++at) ++rows;
  CHECK(rows > 300);
  CHECK(page.find("**" + std::to_string(2000 - rows) + " findings are not shown here**") !=
        std::string::npos);
}
