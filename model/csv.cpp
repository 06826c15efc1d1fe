#include "model/csv.hpp"

#include <algorithm>

namespace lastunit::model {

namespace {

// Far beyond any order line: what a quote that nobody closes would otherwise take of the memory.
constexpr std::size_t kLongestRecord = 1 << 20;

}  // namespace

bool CsvReader::next() {
    while (read_record()) {
        const bool blank = ends_.size() == 1 && text_.empty() && defect_.empty();
        if (blank) continue;
        fields_.clear();
        std::size_t begin = 0;
        for (const std::size_t end : ends_) {
            fields_.push_back(std::string_view(text_).substr(begin, end - begin));
            begin = end;
        }
        return true;
    }
    return false;
}

bool CsvReader::read_record() {
    text_.clear();
    ends_.clear();
    defect_.clear();
    line_ = next_line_;
    if (at_ == end_ && !refill()) return false;
    Ending ending = Ending::field;
    while (ending == Ending::field) {
        ending = read_field();
        ends_.push_back(text_.size());
    }
    if (!error().empty()) return false;
    if (text_.size() >= kLongestRecord && defect_.empty()) defect_ = "longer than " + std::to_string(kLongestRecord) + " bytes";
    return true;
}

bool CsvReader::refill() {
    std::string_view piece = source_.read();
    if (!started_ && piece.substr(0, 3) == "\xef\xbb\xbf") piece.remove_prefix(3);
    started_ = true;
    at_ = piece.data();
    end_ = at_ + piece.size();
    return !piece.empty();
}

CsvReader::Ending CsvReader::read_field() {
    if (at_ == end_ && !refill()) return Ending::file;
    if (*at_ != '"') return read_plain();
    ++at_;
    return read_quoted();
}

CsvReader::Ending CsvReader::read_plain() {
    const std::size_t begin = text_.size();
    while (true) {
        const char* stop = std::find_if(at_, end_, [](char c) { return c == ',' || c == '\n'; });
        keep(at_, stop);
        at_ = stop;
        if (at_ != end_) break;
        if (!refill()) return Ending::file;
    }
    if (*at_++ == ',') return Ending::field;
    ++next_line_;
    if (text_.size() > begin && text_.back() == '\r') text_.pop_back();
    return Ending::record;
}

// Behind the opening quote: up to the closing one, then whatever stands before the separator.
CsvReader::Ending CsvReader::read_quoted() {
    while (true) {
        if (at_ == end_ && !refill()) {
            defect_ = "a quote is opened and never closed";
            return Ending::file;
        }
        const char* quote = std::find(at_, end_, '"');
        keep(at_, quote);
        next_line_ += static_cast<std::uint64_t>(std::count(at_, quote, '\n'));
        at_ = quote;
        if (at_ == end_) continue;
        ++at_;
        if ((at_ != end_ || refill()) && *at_ == '"') {
            text_ += *at_++;
            continue;
        }
        break;
    }
    const std::size_t closed = text_.size();
    const Ending ending = at_ == end_ ? Ending::file : read_plain();
    if (ending == Ending::file && text_.size() > closed && text_.back() == '\r') text_.pop_back();
    if (text_.size() > closed && defect_.empty())
        defect_ = "text after the closing quote of field " + std::to_string(ends_.size() + 1);
    return ending;
}

void CsvReader::keep(const char* from, const char* to) {
    const std::size_t room = kLongestRecord - std::min(text_.size(), kLongestRecord);
    text_.append(from, std::min(static_cast<std::size_t>(to - from), room));
}

}  // namespace lastunit::model
