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
// Where a table is too wide, columns that it can do without give way first.
enum class Need : std::uint8_t { always, if_room };
struct TableColumn {
    std::string title;
    Align align = Align::right;
    Need need = Need::always;
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
    // The same, broken between words where the terminal ends; further lines begin at column `hanging`.
    void wrapped(const std::vector<Cell>& cells, std::size_t hanging = 2);
    void heading(std::string_view title, std::string_view note = "");
    void figures(const std::vector<Figure>& figures);  // three in a line, fewer where the terminal is narrow
    // Columns as wide as their widest cell, two blanks between, indented by two. Rows are told apart by their first column: it is
    // cut last. Where all do not fit, the rest follows as a further table with the same first column.
    void table(const std::vector<TableColumn>& columns, std::vector<std::vector<Cell>> rows);

    std::string name(std::string_view from_record) const;            // safe to print, in ASCII when asked for
    std::string bar(double fraction, std::size_t columns) const;     // 0..1 of `columns`
    std::string sparkline(const std::vector<double>& values) const;  // one column each, scaled to the largest; blank for zero

    std::string take() { return std::move(out_); }

   private:
    using Rows = std::vector<std::vector<Cell>>;
    std::string paint(std::string_view text, Tone tone) const;
    void draw(const std::vector<TableColumn>& columns, const std::vector<std::size_t>& widths,
              const std::vector<std::size_t>& chosen, const std::vector<Cell>& row);

    TerminalStyle style_;
    std::size_t width_;
    std::string out_;
};

}  // namespace lastunit::reports
