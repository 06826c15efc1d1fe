// Lines, aligned tables, bars and sparklines on a terminal.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "reports/terminal.hpp"

namespace lastunit::reports {

enum class Tone : std::uint8_t { plain, strong, faint, good, bad, warning };
enum class Align : std::uint8_t { left, right };

struct Cell {
    std::string text;
    Tone tone = Tone::plain;
};
struct TableColumn {
    std::string title;
    Align align = Align::right;
};

// A number and what it is.
struct Figure {
    std::string label;
    std::string value;
};

class Canvas {
   public:
    explicit Canvas(const TerminalStyle& style);

    std::size_t width() const { return width_; }
    bool ascii() const { return style_.glyphs == Glyphs::ascii; }

    void line(std::string_view text = "");
    void line(const std::vector<Cell>& cells);  // one after the other
    void heading(std::string_view title, std::string_view note = "");
    void figures(const std::vector<Figure>& figures);  // three in a line
    // Columns as wide as their widest cell, two blanks between, indented by two. The first column is cut to what is left.
    void table(const std::vector<TableColumn>& columns, std::vector<std::vector<Cell>> rows);

    std::string name(std::string_view from_record) const;            // safe to print, in ASCII when asked for
    std::string bar(double fraction, std::size_t columns) const;     // 0..1 of `columns`
    std::string sparkline(const std::vector<double>& values) const;  // one column each, scaled to the largest; blank for zero

    std::string take() { return std::move(out_); }

   private:
    std::string paint(std::string_view text, Tone tone) const;

    TerminalStyle style_;
    std::size_t width_;
    std::string out_;
};

}  // namespace lastunit::reports
