// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "report/formats.h"

#include <algorithm>
#include <array>

namespace rdnsgate::report {
namespace {

template <void (*write)(const Document&, Outlet&)>
void plain(const Document& document, const TextStyle&, Outlet& out) {
  write(document, out);
}

/// Of what is short, however many findings there are.
template <std::string (*render)(const Document&)>
void in_one(const Document& document, const TextStyle&, Outlet& out) {
  out.text() += render(document);
}

constexpr std::array all_formats{
    Format{"text", write_text},
    Format{"json", plain<write_json>},
    Format{"github", in_one<render_github>},
    Format{"sarif", plain<write_sarif>},
    Format{"junit", plain<write_junit>, true},
    Format{"gitlab", plain<write_gitlab>},
    Format{"markdown", in_one<render_markdown>},
    Format{"nagios", in_one<render_nagios>, false, true},
};

}  // namespace

std::span<const Format> formats() { return all_formats; }

const Format* find_format(std::string_view name) {
  const auto found = std::find_if(all_formats.begin(), all_formats.end(),
                                  [&](const Format& format) { return format.name == name; });
  return found == all_formats.end() ? nullptr : &*found;
}

}  // namespace rdnsgate::report
