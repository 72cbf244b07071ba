// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/digest/timeline.h"

#include <fmt/format.h>

#include <algorithm>

#include "plan/digest/stages.h"
#include "plan/digest/time_axis.h"
#include "plan/timetable.h"

namespace rdnsgate::plan {
namespace {

constexpr long long axis_height = 38, row_height = 40, foot_height = 22, bar_height = 12;
/// The last phase has room for its mark at the end, in hundredths of a percent.
constexpr long long reach = 9850;

/// `12.34%`.
std::string percent(long long hundredths) {
  return fmt::format("{}.{:02}%", hundredths / 100, hundredths % 100);
}

std::string_view anchor(long long place) { return place < 1200 ? "start" : place > 8800 ? "end" : "middle"; }

class Picture {
 public:
  Picture(const Plan& plan, Time start)
      : plan_(plan),
        times_(plan, start),
        axis_(times_.at(seconds(0)), times_.at(plan.total), times_.clock(), reach),
        stages_(stages_of(plan)) {}

  Markup run() {
    bottom_ = axis_height + static_cast<long long>(stages_.size()) * row_height;
    line(
        "<svg width=\"100%\" height=\"{}\" role=\"img\" aria-label=\"Timeline of the phases, from {} to "
        "{}\">",
        bottom_ + foot_height, times_.text(seconds(0)), times_.text(plan_.total));
    windows();
    marks();
    long long y = axis_height;
    for (const auto& stage : stages_) {
      row(stage, y);
      y += row_height;
    }
    cheap_return();
    line("</svg>");
    legend();
    return std::move(out_);
  }

 private:
  void windows() {
    // More would be a grey wall of lines.
    constexpr std::size_t most = 200;
    auto open = open_stretches(plan_.windows, times_.at(seconds(0)), times_.at(plan_.total), most + 1);
    if (open.size() > most) return;
    const auto& clock = times_.clock();
    for (const auto& [from, until] : open) {
      const auto begin = axis_.place(from);
      line(
          "<rect class=\"window\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"><title>change window: {} to "
          "{}</title></rect>",
          percent(begin), axis_height, percent(std::max<long long>(1, axis_.place(until) - begin)),
          bottom_ - axis_height, clock.text(from), clock.text(until));
    }
    has_windows_ = !open.empty();
  }

  void marks() {
    constexpr std::size_t of_narrow = 3;  // every third is shown there
    const auto all = axis_.marks();
    std::string day_of_narrow;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const auto place = axis_.place(all[i].at);
      const bool is_on_narrow = i % of_narrow == 0;
      const std::string kind = is_on_narrow ? "mark" : "mark wide";
      line("<line class=\"{}\" x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"/>", kind, percent(place),
           axis_height - 6, percent(place), bottom_);
      label(kind, place, 12, all[i].text);
      if (!all[i].day.empty()) label(kind, place, 27, all[i].day);
      const auto day = times_.clock().day(all[i].at);
      // The mark that has the day may not be there.
      if (is_on_narrow && all[i].day.empty() && all[i].text != day && day != day_of_narrow)
        label("mark narrow", place, 27, day);
      if (is_on_narrow) day_of_narrow = day;
    }
    line("<line class=\"axis\" x1=\"0\" y1=\"{0}\" x2=\"100%\" y2=\"{0}\"/>", axis_height);
  }

  void label(const std::string& kind, long long place, int y, const std::string& text) {
    line("<text class=\"{}\" x=\"{}\" y=\"{}\" text-anchor=\"{}\">{}</text>", kind, percent(place), y,
         anchor(place), text);
  }

  void row(const Stage& stage, long long y) {
    const auto& clock = times_.clock();
    const Time begin = times_.at(stage.first().starts_after);
    line(
        "<text x=\"0\" y=\"{}\"><tspan class=\"phase\">{}</tspan> <tspan class=\"when\" dx=\"6\">{} "
        "{}</tspan></text>",
        y + 16, stage.label(), clock.day(begin), clock.time_of_day(begin));
    const long long top = y + 22;
    for (const auto* phase : stage.phases) {
      const Time at = times_.at(phase->starts_after);
      const auto from = axis_.place(at), until = axis_.place(at + phase->wait.total);
      if (until <= from) continue;
      line(
          "<rect class=\"wait\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"><title>{}: wait "
          "{}</title></rect>",
          percent(from), top, percent(until - from), bar_height, label_of(*phase),
          format_duration(phase->wait.total));
    }
    for (const auto* phase : stage.phases)
      line("<rect class=\"do\" x=\"{}\" y=\"{}\" width=\"4\" height=\"{}\"><title>{}: {}</title></rect>",
           percent(axis_.place(times_.at(phase->starts_after))), top, bar_height, label_of(*phase),
           times_.text(phase->starts_after));
  }

  void cheap_return() {
    const auto place = axis_.place(times_.at(plan_.cheap_return_until));
    line("<line class=\"late\" x1=\"{0}\" y1=\"{1}\" x2=\"{0}\" y2=\"{2}\"/>", percent(place), axis_height,
         bottom_ + 6);
    line("<text class=\"late\" x=\"{}\" y=\"{}\" text-anchor=\"{}\">cheap rollback until here</text>",
         percent(place), bottom_ + 18, place > 5000 ? "end" : "start");
  }

  void legend() {
    line("<ul class=\"legend\">");
    line("<li><span class=\"key do\"></span>change</li>\n<li><span class=\"key wait\"></span>wait</li>");
    if (has_windows_) line("<li><span class=\"key window\"></span>change window</li>");
    line("<li><span class=\"key late\"></span>cheap rollback until here</li>");
    line("<li>earliest moments, time of {}</li>\n</ul>", times_.clock().zone());
  }

  template <typename... Args>
  void line(MarkupPattern<Args...> text, const Args&... args) {
    out_ += markup(text, args...);
    out_.text += '\n';
  }

  const Plan& plan_;
  Timetable times_;
  TimeAxis axis_;
  std::vector<Stage> stages_;
  long long bottom_ = 0;
  bool has_windows_ = false;
  Markup out_;
};

}  // namespace

Markup timeline(const Plan& plan, Time start) { return Picture(plan, start).run(); }

}  // namespace rdnsgate::plan
