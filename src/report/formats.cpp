// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "report/formats.h"

#include <algorithm>
#include <array>

namespace rdnsgate::report {
namespace {

template <std::string (*render)(const Document&)>
std::string plain(const Document& document, const TextStyle&) {
  return render(document);
}

constexpr std::array all_formats{
    Format{"text", render_text},
    Format{"json", plain<render_json>},
    Format{"github", plain<render_github>},
    Format{"sarif", plain<render_sarif>},
    Format{"junit", plain<render_junit>, true},
    Format{"gitlab", plain<render_gitlab>},
    Format{"markdown", plain<render_markdown>},
    Format{"nagios", plain<render_nagios>, false, true},
};

}  // namespace

std::span<const Format> formats() { return all_formats; }

const Format* find_format(std::string_view name) {
  const auto found = std::find_if(all_formats.begin(), all_formats.end(),
                                  [&](const Format& format) { return format.name == name; });
  return found == all_formats.end() ? nullptr : &*found;
}

}  // namespace rdnsgate::report
