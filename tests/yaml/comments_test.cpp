// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "yaml/comments.h"

#include <doctest/doctest.h>
#include <yaml-cpp/yaml.h>

#include <array>
#include <random>
#include <string>

using namespace rdnsgate::yaml;

namespace {

std::vector<std::string> comments(const std::string& text) {
  std::vector<std::string> found;
  for (const auto& comment : find_comments(text))
    found.push_back((comment.alone ? "alone " : "") +
                    text.substr(comment.begin, comment.end - comment.begin));
  return found;
}

using Found = std::vector<std::string>;

/// Members of a mapping, `K` for a key of their own, and how many comments each has.
struct Piece {
  const char* text;
  std::size_t comments;
};
constexpr std::array pieces{
    Piece{"# c\n", 1},
    Piece{" # c\n", 1},
    Piece{"\n", 0},
    Piece{"K: v # c\n", 1},
    Piece{"K: v\t# c\r\n", 1},
    Piece{"K: v#no\n", 0},
    Piece{"K:   # c\n  v # c\n", 2},
    Piece{"K: 'a # no'\n", 0},
    Piece{"K: 'it''s # no' # c\n", 1},
    Piece{"K: \"a \\\" # no\" # c\n", 1},
    Piece{"K: \"a \\\\\" # c\n", 1},
    Piece{"K: \"over\n  # no\n\n  lines\" # c\n", 1},
    Piece{"K: 'over\n  # no ''\n  lines'\n", 0},
    Piece{"K: it's # c\n", 1},
    Piece{"K: a 'b # c\n", 1},
    Piece{"K: a \"b # c\n", 1},
    Piece{"K: |\n  # no\n  text # no\n\n   # no\n", 0},
    Piece{"K: >- # c\n  # no\n", 1},
    Piece{"K: |2\n    # no\n  # no\n", 0},
    Piece{"K: |\n  no\n# c\n", 1},
    Piece{"K: |+\nK: v # c\n", 1},
    Piece{"K: a | b # c\n", 1},
    Piece{"K: [a, 'b # no', \"c # no\", d'] # c\n", 1},
    Piece{"K: [a, # c\n  'b', # c\n  c#no]\n", 2},
    Piece{"K: {a: 'b # no', c: d} # c\n", 1},
    Piece{"K: &K 'x # no' # c\n", 1},
    Piece{"K: !!str \"# no\" # c\n", 1},
    Piece{"'K # no': v # c\n", 1},
    Piece{"\"K # no\": 'v # no'\n", 0},
    Piece{"K:\n- |\n  # no\n- a # c\n", 1},
    Piece{"K:\n  - a: |\n      # no\n    b: v # c\n", 1},
    Piece{"K:\n  - - |\n      # no\n    - 'v # no' # c\n", 1},
    Piece{"K:\n  - {ip: 192.0.2.1, ptr: 'a # no'} # c\n  # c\n  - 192.0.2.2\n", 2},
};

}  // namespace

TEST_CASE("a comment is what YAML takes for one") {
  CHECK(comments("") == Found{});
  CHECK(comments("#") == Found{"alone #"});
  CHECK(comments("a: 1 # one\n  # two\nb: 'x # y'\n") == Found{"# one", "alone # two"});
  CHECK(comments("a: 1 # one # still one") == Found{"# one # still one"});
  CHECK(comments("a: |\n  # text\nb: 2 # comment\n") == Found{"# comment"});
}

TEST_CASE("of generated documents each comment is found, and without them they say the same") {
  std::mt19937 random(1);
  for (int run = 0; run < 2000; ++run) {
    std::string text;
    std::size_t expected = 0;
    for (int i = 0, key = 0, count = 1 + static_cast<int>(random() % 8); i < count; ++i) {
      const auto& piece = pieces[random() % pieces.size()];
      for (const char* c = piece.text; *c != 0; ++c)
        text += *c == 'K' ? "k" + std::to_string(key++) : std::string(1, *c);
      expected += piece.comments;
    }
    CAPTURE(text);
    const auto found = find_comments(text);
    REQUIRE(found.size() == expected);
    std::string bare = text;
    for (auto comment = found.rbegin(); comment != found.rend(); ++comment) {
      // Blanks in front of one that is alone could become text of a block scalar above.
      const std::size_t begin = comment->alone ? text.rfind('\n', comment->begin) + 1 : comment->begin;
      bare.erase(begin, comment->end - begin);
    }
    REQUIRE(YAML::Dump(YAML::Load(text)) == YAML::Dump(YAML::Load(bare)));
  }
}
