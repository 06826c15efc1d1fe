#include "reports/terminal_canvas.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "reports/text.hpp"

namespace lastunit::reports {

Canvas::Canvas(const TerminalStyle& style)
    : style_(style), width_(static_cast<std::size_t>(std::max(style.width, kLeastWidth))) {}

std::string Canvas::paint(std::string_view text, Tone tone) const {
    if (style_.colour == Colour::off || tone == Tone::plain || text.empty()) return std::string(text);
    constexpr std::array<std::string_view, 6> kCodes = {"", "1", "2", "32", "1;31", "33"};
    return "\033[" + std::string(kCodes[static_cast<std::size_t>(tone)]) + "m" + std::string(text) + "\033[0m";
}

void Canvas::line(std::string_view text) { out_.append(text).append("\n"); }

void Canvas::line(const std::vector<Cell>& cells) {
    for (const Cell& cell : cells) out_ += paint(cell.text, cell.tone);
    out_ += '\n';
}

void Canvas::heading(std::string_view title, std::string_view note) {
    line();
    const std::string rest = note.empty() ? "" : "  " + std::string(note);
    line(std::vector<Cell>{{std::string(title), Tone::strong}, {rest, Tone::faint}});
}

void Canvas::figures(const std::vector<Figure>& figures) {
    std::array<std::size_t, 3> labels = {16, 14, 14};
    for (std::size_t i = 0; i < figures.size(); ++i) labels[i % 3] = std::max(labels[i % 3], display_width(figures[i].label) + 1);
    const std::size_t third = (width_ - 2) / 3;
    for (std::size_t i = 0; i < figures.size(); i += 3) {
        std::vector<Cell> cells = {{"  "}};
        for (std::size_t j = i; j < std::min(i + 3, figures.size()); ++j) {
            const std::size_t label = labels[j % 3];
            const bool last = j == i + 2 || j + 1 == figures.size();
            cells.push_back({pad_right(figures[j].label, label), Tone::faint});
            cells.push_back({last ? figures[j].value : pad_right(figures[j].value, third - std::min(label, third))});
        }
        line(cells);
    }
}

void Canvas::table(const std::vector<TableColumn>& columns, std::vector<std::vector<Cell>> rows) {
    std::vector<std::size_t> widths;
    for (const TableColumn& column : columns) widths.push_back(display_width(column.title));
    for (const auto& row : rows)
        for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], display_width(row[i].text));
    std::size_t others = 0;
    for (std::size_t i = 1; i < widths.size(); ++i) others += widths[i] + 2;
    const std::size_t left = width_ > others + 10 ? width_ - others - 2 : 8;
    widths[0] = std::min(widths[0], left);

    const auto draw = [&](const std::vector<Cell>& row) {
        std::string text = "  ";
        for (std::size_t i = 0; i < row.size(); ++i) {
            const std::string cell = clip(row[i].text, widths[i]);
            const bool last = i + 1 == row.size();
            const std::string padded = columns[i].align == Align::right ? pad_left(cell, widths[i])
                                       : last                           ? cell
                                                                        : pad_right(cell, widths[i]);
            text += paint(padded, row[i].tone) + (last ? "" : "  ");
        }
        line(text);
    };
    std::vector<Cell> titles;
    for (const TableColumn& column : columns) titles.push_back({column.title, Tone::faint});
    draw(titles);
    for (const auto& row : rows) draw(row);
}

std::string Canvas::name(std::string_view from_record) const {
    return ascii() ? to_ascii(printable(from_record)) : printable(from_record);
}

std::string Canvas::bar(double fraction, std::size_t columns) const {
    if (!(fraction > 0)) return "";
    constexpr std::array<std::string_view, 8> kEighths = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    const double exact = std::min(fraction, 1.0) * static_cast<double>(columns);
    const auto eighths = std::max<std::size_t>(1, static_cast<std::size_t>(std::lround(exact * 8)));
    std::string text;
    if (ascii()) return std::string(std::max<std::size_t>(1, (eighths + 4) / 8), '#');
    for (std::size_t i = 0; i < eighths / 8; ++i) text += "█";
    return text.append(kEighths[eighths % 8]);
}

std::string Canvas::sparkline(const std::vector<double>& values) const {
    constexpr std::array<std::string_view, 9> kBlocks = {" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    constexpr std::array<std::string_view, 9> kAscii = {" ", ".", ":", "-", "=", "+", "*", "#", "@"};
    const double top = values.empty() ? 0 : *std::max_element(values.begin(), values.end());
    std::string text;
    for (const double value : values) {
        const double level = top > 0 && value > 0 ? std::ceil(value / top * 8) : 0;
        text += (ascii() ? kAscii : kBlocks)[static_cast<std::size_t>(std::clamp(level, 0.0, 8.0))];
    }
    return text;
}

}  // namespace lastunit::reports
