// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "yaml/layout_lines.h"

#include <algorithm>
#include <optional>
#include <string>

#include "base/ascii.h"
#include "yaml/comments.h"

namespace rdnsgate::yaml {
namespace {

/// A scalar or an alias as it stands in the text.
struct Word {
  std::size_t begin, end;
  bool open_ended;  ///< a block scalar or a plain one of several lines: `end` is only that of its first line
};

class Words {
 public:
  explicit Words(const Sources& sources) : sources_(sources) {}

  std::vector<Word> of(const Value& root) {
    walk(root);
    std::sort(words_.begin(), words_.end(), [](const Word& a, const Word& b) { return a.begin < b.begin; });
    return std::move(words_);
  }

 private:
  void walk(const Value& value) {
    const Span at = value.span();
    const auto raw = sources_.text(at);
    if (raw.starts_with('*')) {
      words_.push_back({at.begin, at.end, false});
    } else if (value.is_list() || value.is_map()) {
      for (auto child = value.first(); child; child = child->next()) walk(*child);
    } else if (value.kind() != Kind::null || !value.text().empty()) {
      const bool quoted = raw.starts_with('"') || raw.starts_with('\'');
      words_.push_back({at.begin, at.end, !quoted && raw != value.text()});
    }
  }

  const Sources& sources_;
  std::vector<Word> words_;
};

struct Line {
  std::size_t begin, end, next;  ///< without its line end, and with it
};

std::vector<Line> lines_of(std::string_view text) {
  std::vector<Line> lines;
  std::size_t at = 0;
  while (at < text.size()) {
    const auto feed = std::min(text.find('\n', at), text.size());
    const auto next = std::min(feed + 1, text.size());
    const auto end = feed > at && feed < text.size() && text[feed - 1] == '\r' ? feed - 1 : feed;
    lines.push_back({at, end, next});
    at = next;
  }
  return lines;
}

class Layout {
 public:
  Layout(std::string_view text, std::vector<Word> words, bool indent)
      : text_(text), words_(std::move(words)), comments_(find_comments(text)), indent_(indent) {}

  std::vector<TextEdit> edits() {
    const auto lines = lines_of(text_);
    for (std::size_t i = 0; i < lines.size(); ++i) line(lines[i]);
    for (auto& comment : waiting_) place(comment, levels_, std::nullopt);
    if (!lines.empty() && lines.back().end == lines.back().next) {
      const bool cr = lines.front().end + 2 == lines.front().next;
      put(text_.size(), text_.size(), cr ? "\r\n" : "\n");
    }
    drop_blank();  // none at the end
    std::sort(edits_.begin(), edits_.end(),
              [](const TextEdit& a, const TextEdit& b) { return a.begin < b.begin; });
    return std::move(edits_);
  }

 private:
  struct Level {  // a block collection that is open
    std::size_t was, is;
    bool dash;
  };
  struct Shift {  // of the line before, for those that continue it
    std::size_t was = 0, is = 0;
  };

  void put(std::size_t begin, std::size_t end, std::string text) {
    if (text_.substr(begin, end - begin) != text) edits_.push_back({begin, end, std::move(text)});
  }

  void line(const Line& line) {
    forget_before(line.begin);
    std::size_t at = line.begin;
    if (word_ != words_.end() && word_->begin < line.begin) {
      if (word_->open_ended) return continued(line);  // until the next word begins
      at = std::min(word_->end, line.end);            // inside quotes
      if (word_->end >= line.end) return;
      put(at, line.end, spaced(at, line.end));
      return;
    }
    while (at < line.end && is_blank(text_[at])) ++at;
    if (at == line.end) return blank(line);
    blanks_.clear();
    begun_ = true;
    if (comment_at(at)) return comment(line, at);
    if (depth_ > 0) {
      put(line.begin, at, shifted(line.begin, at));
      put(at, line.end, spaced(at, line.end));
      return;
    }
    structure(line, at);
  }

  /// Words that ended; one without an end lasts until the line on which the next begins.
  void forget_before(std::size_t at) {
    while (word_ != words_.end()) {
      const auto next = word_ + 1;
      const auto feed = text_.find('\n', at);
      const bool ended = word_->open_ended ? next != words_.end() && next->begin < feed : word_->end <= at;
      if (word_->begin >= at || !ended) return;
      ++word_;
    }
  }

  void continued(const Line& line) {
    begun_ = true;
    blanks_.clear();
    std::size_t at = line.begin;
    while (at < line.end && text_[at] == ' ') ++at;
    if (at < line.end) put(line.begin, at, shifted(line.begin, at));
  }

  std::string shifted(std::size_t begin, std::size_t end) const {
    const auto lead = text_.substr(begin, end - begin);
    if (!indent_ || lead.find('\t') != std::string_view::npos) return std::string(lead);
    const auto column = lead.size() + shift_.is;
    return std::string(column > shift_.was ? column - shift_.was : 0, ' ');
  }

  /// The first of several stays, unless it is the first line of all.
  void blank(const Line& line) {
    if (!begun_ || !blanks_.empty()) {
      put(line.begin, line.next, "");
    } else {
      put(line.begin, line.end, "");
    }
    if (begun_) blanks_.push_back(line);
  }

  void drop_blank() {
    if (blanks_.empty()) return;
    const auto& first = blanks_.front();
    std::erase_if(edits_, [&](const TextEdit& edit) { return edit.begin == first.begin; });
    put(first.begin, first.next, "");
  }

  const Comment* comment_at(std::size_t at) const {
    const auto found =
        std::lower_bound(comments_.begin(), comments_.end(), at,
                         [](const Comment& comment, std::size_t place) { return comment.begin < place; });
    return found != comments_.end() && found->begin == at ? &*found : nullptr;
  }

  void comment(const Line& line, std::size_t at) {
    put(at, line.end, trimmed(at, line.end));
    if (depth_ > 0) return put(line.begin, at, shifted(line.begin, at));
    waiting_.push_back({line.begin, at});
  }

  std::string trimmed(std::size_t begin, std::size_t end) const {
    while (end > begin && is_blank(text_[end - 1])) --end;
    return std::string(text_.substr(begin, end - begin));
  }

  struct Waiting {  // a comment whose column is known once the line after it is
    std::size_t begin, at;
  };

  void place(const Waiting& comment, const std::vector<Level>& open, std::optional<Shift> next) {
    const auto was = comment.at - comment.begin;
    if (!indent_) return;
    std::size_t is = was;
    const auto level =
        std::find_if(open.rbegin(), open.rend(), [&](const Level& known) { return known.was == was; });
    if (next && next->was == was) {
      is = next->is;
    } else if (level != open.rend()) {
      is = level->is;
    } else if (next) {
      is = was + next->is > next->was ? was + next->is - next->was : 0;
    }
    put(comment.begin, comment.at, std::string(is, ' '));
  }

  /// A line of block collections: dashes, and then a key or a value.
  void structure(const Line& line, std::size_t at) {
    const auto open = levels_;
    const std::size_t first = at;
    std::string head;
    std::optional<std::size_t> column;
    const auto enter = [&](bool dash) {
      const auto is = level(at - line.begin, dash);
      if (!column) column = is;
    };
    while (at < line.end && text_[at] == '-' && (at + 1 == line.end || is_blank(text_[at + 1])) &&
           !in_word(at)) {
      enter(true);
      head += '-';
      ++at;
      while (at < line.end && is_blank(text_[at])) ++at;
      if (at < line.end && !comment_at(at)) head += ' ';
    }
    if (at < line.end && !comment_at(at)) enter(false);
    const std::size_t was = first - line.begin, is = indent_ ? *column : was;
    shift_ = {was, is};
    for (auto& waiting : waiting_) place(waiting, open, shift_);
    waiting_.clear();
    if (indent_) put(line.begin, first, std::string(is, ' '));
    // Without indentation what follows the dashes has to keep its column.
    if (!indent_ || head.empty()) {
      put(at, line.end, spaced(at, line.end));
      return;
    }
    put(first, line.end, head + spaced(at, line.end));
  }

  std::size_t level(std::size_t column, bool dash) {
    const auto closed = [&](const Level& top) {
      return top.was > column || (top.was == column && top.dash && !dash);
    };
    while (!levels_.empty() && closed(levels_.back())) levels_.pop_back();
    if (!levels_.empty() && levels_.back().was == column && levels_.back().dash == dash)
      return levels_.back().is;
    levels_.push_back({column, levels_.empty() ? 0 : levels_.back().is + 2, dash});
    return levels_.back().is;
  }

  bool in_word(std::size_t at) const {
    const auto after =
        std::upper_bound(words_.begin(), words_.end(), at,
                         [](std::size_t place, const Word& word) { return place < word.begin; });
    return after != words_.begin() && at < (after - 1)->end;
  }

  /// The rest of a line with its blanks put right.
  std::string spaced(std::size_t at, std::size_t end) {
    std::string out;
    char before = 0;  // the sign before: a bracket, a comma, a colon; `w` for a word, `*` for anything else
    for (auto word = std::lower_bound(words_.begin(), words_.end(), at,
                                      [](const Word&one, std::size_t place) { return one.begin < place; });
         at < end;) {
      std::size_t blanks = 0;
      while (at < end && is_blank(text_[at])) ++at, ++blanks;
      if (at == end) break;
      if (comment_at(at)) {
        const bool first = before == 0 && out.empty();
        out += first && blanks == 0 && text_[at - 1] == '-'
                   ? "  "
                   : std::string(std::max<std::size_t>(blanks, 2), ' ');
        return out + trimmed(at, end);
      }
      while (word != words_.end() && word->begin < at) ++word;
      const bool is_word = word != words_.end() && word->begin == at;
      const char sign = is_word                                          ? (text_[at] == '*' ? '*' : 'w')
                        : std::string_view("{}[],:").find(text_[at]) < 6 ? text_[at]
                                                                         : '*';
      if (wants_blank(before, sign, blanks > 0)) out += ' ';
      std::size_t stop = at + 1;
      if (is_word) {
        stop = std::min(word->end, end);
      } else if (sign == '*') {  // an anchor
        while (stop < end && !is_blank(text_[stop]) && !in_word(stop)) ++stop;
      }
      if (sign == '{' || sign == '[') ++depth_;
      if ((sign == '}' || sign == ']') && depth_ > 0) --depth_;
      out += text_.substr(at, stop - at);
      at = stop;
      before = sign;
    }
    return out;
  }

  static bool wants_blank(char before, char sign, bool had) {
    if (before == 0 || before == '{' || before == '[') return before == 0 && had;
    if (sign == '}' || sign == ']') return before == ':';
    if (sign == ',' || sign == ':') return had && before == '*';
    return before == ',' || before == ':' || had;
  }

  std::string_view text_;
  std::vector<Word> words_;
  std::vector<Comment> comments_;
  bool indent_;
  std::vector<Word>::const_iterator word_ = words_.begin();
  std::vector<Level> levels_;
  std::vector<Waiting> waiting_;
  std::vector<Line> blanks_;  // that stand last so far
  Shift shift_;
  std::size_t depth_ = 0;  // of brackets
  bool begun_ = false;
  std::vector<TextEdit> edits_;
};

}  // namespace

std::vector<TextEdit> lay_out(const Document& document, const Sources& sources, bool indent) {
  return Layout(sources.text(document.file()), Words(sources).of(document.root()), indent).edits();
}

}  // namespace rdnsgate::yaml
