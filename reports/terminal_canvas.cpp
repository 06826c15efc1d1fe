#include "reports/terminal_canvas.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <numeric>

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

void Canvas::wrapped(const std::vector<Cell>& cells, std::size_t hanging) {
    std::size_t column = 0;
    for (const Cell& cell : cells) {
        std::string piece;
        const auto flush = [&] {
            out_ += paint(piece, cell.tone);
            piece.clear();
        };
        for (std::size_t at = 0; at < cell.text.size();) {
            std::size_t end = cell.text.find_first_not_of(' ', at);
            end = std::min(cell.text.find(' ', end), cell.text.size());
            std::string word = cell.text.substr(at, end - at);  // with the blanks before it
            at = end;
            if (column > 0 && column + display_width(word) > width_) {
                flush();
                out_ += '\n' + std::string(hanging, ' ');
                column = hanging;
                word.erase(0, std::min(word.find_first_not_of(' '), word.size()));
            }
            column += display_width(word);
            piece += word;
        }
        flush();
    }
    out_ += '\n';
}

void Canvas::heading(std::string_view title, std::string_view note) {
    line();
    const std::string rest = note.empty() ? "" : "  " + std::string(note);
    wrapped({{std::string(title), Tone::strong}, {rest, Tone::faint}});
}

void Canvas::figures(const std::vector<Figure>& figures) {
    std::vector<std::size_t> labels, widths;
    const auto widest = [&](std::size_t per_line) {
        labels.assign(per_line, 14);
        labels[0] = 16;
        widths.assign(per_line, 0);
        for (std::size_t i = 0; i < figures.size(); ++i)
            labels[i % per_line] = std::max(labels[i % per_line], display_width(figures[i].label) + 1);
        for (std::size_t i = 0; i < figures.size(); ++i) {
            const std::size_t gap = (i + 1) % per_line == 0 ? 0 : 2;
            widths[i % per_line] = std::max(widths[i % per_line], labels[i % per_line] + display_width(figures[i].value) + gap);
        }
        return 2 + std::accumulate(widths.begin(), widths.end(), std::size_t{0});
    };
    std::size_t per_line = 3;
    while (widest(per_line) > width_ && per_line > 1) --per_line;
    const std::size_t even = (width_ - 2) / per_line;
    if (std::all_of(widths.begin(), widths.end(), [&](std::size_t width) { return width <= even; }))
        widths.assign(per_line, even);
    for (std::size_t i = 0; i < figures.size(); i += per_line) {
        std::vector<Cell> cells = {{"  "}};
        const std::size_t end = std::min(i + per_line, figures.size());
        for (std::size_t j = i; j < end; ++j) {
            cells.push_back({pad_right(figures[j].label, labels[j - i]), Tone::faint});
            cells.push_back({j + 1 == end ? figures[j].value : pad_right(figures[j].value, widths[j - i] - labels[j - i])});
        }
        line(cells);
    }
}

void Canvas::draw(const std::vector<TableColumn>& columns, const std::vector<std::size_t>& widths,
                  const std::vector<std::size_t>& chosen, const std::vector<Cell>& row) {
    std::string text = "  ";
    for (const std::size_t i : chosen) {
        const std::string cell = clip(row[i].text, widths[i]);
        const bool last = i == chosen.back();
        const std::string padded = columns[i].align == Align::right ? pad_left(cell, widths[i])
                                   : last                           ? cell
                                                                    : pad_right(cell, widths[i]);
        text += paint(padded, row[i].tone) + (last ? "" : "  ");
    }
    line(text);
}

void Canvas::table(const std::vector<TableColumn>& columns, std::vector<std::vector<Cell>> rows) {
    std::vector<std::size_t> widths, shown;
    for (const TableColumn& column : columns) widths.push_back(display_width(column.title));
    for (const auto& row : rows)
        for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], display_width(row[i].text));
    for (std::size_t i = 0; i < columns.size(); ++i) shown.push_back(i);
    const auto taken = [&] {
        std::size_t sum = 0;
        for (const std::size_t i : shown) sum += widths[i] + 2;
        return sum;
    };
    while (taken() > width_) {
        const auto spare =
            std::find_if(shown.rbegin(), shown.rend(), [&](std::size_t i) { return columns[i].need == Need::if_room; });
        if (spare == shown.rend()) break;
        shown.erase(std::next(spare).base());
    }
    if (const std::size_t others = taken() - widths[0]; widths[0] + others > width_)
        widths[0] = std::min(widths[0], std::max(width_ / 2, width_ > others ? width_ - others : 0));
    std::vector<Cell> titles;
    for (const TableColumn& column : columns) titles.push_back({column.title, Tone::faint});
    std::size_t next = 1;
    do {
        if (next > 1) line();
        std::vector<std::size_t> chosen = {shown[0]};
        std::size_t width = 2 + widths[0];
        while (next < shown.size() && (chosen.size() == 1 || width + 2 + widths[shown[next]] <= width_)) {
            width += 2 + widths[shown[next]];
            chosen.push_back(shown[next++]);
        }
        draw(columns, widths, chosen, titles);
        for (const auto& row : rows) draw(columns, widths, chosen, row);
    } while (next < shown.size());
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
