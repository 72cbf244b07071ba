// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/text/markup.h"

#include <doctest/doctest.h>

using namespace rdnsgate;

TEST_CASE("text is escaped, markup and numbers are not") {
  const std::string text = "<b title='x'>";
  const auto inner = markup("<i>{}</i>", text);
  CHECK(inner.text == "<i>&lt;b title=&#39;x&#39;&gt;</i>");
  CHECK(markup("<p class=\"{}\">{} {} {}</p>", "a\"b", inner, 7, std::string_view("&")).text ==
        "<p class=\"a&quot;b\"><i>&lt;b title=&#39;x&#39;&gt;</i> 7 &amp;</p>");
}

TEST_CASE("markup is joined, and empty at first") {
  Markup all;
  CHECK(all.empty());
  all += markup("<br>");
  CHECK((all += markup("{}", '<')).text == "<br>&lt;");
}
