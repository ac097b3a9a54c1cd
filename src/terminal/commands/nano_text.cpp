#include "terminal/commands/nano_text.hpp"

#include "ground/text.hpp"
#include "terminal/limits.hpp"

#include <algorithm>
#include <utility>

namespace cw::terminal::commands {

namespace {

bool is_word(char32_t c) {
    return (c >= U'0' && c <= U'9') || (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') || c == U'_' || c >= 0x80;
}

std::u32string lowered(std::u32string_view text) {
    std::u32string out(text);
    for (char32_t& c : out)
        if (c >= U'A' && c <= U'Z') c += U'a' - U'A';
    return out;
}

}

NanoText::NanoText(std::string_view utf8) {
    for (std::string_view const line : split(utf8, '\n')) lines_.push_back(to_utf32(line));
}

std::string NanoText::utf8() const {
    std::string out;
    for (std::u32string const& line : lines_) out += to_utf8(line) + "\n";
    if (lines_.back().empty()) out.pop_back();
    return out;
}

// --- moving

void NanoText::moved() {
    wanted_column_ = caret_.column;
    cutting_ = joins_ = false;
}

void NanoText::go_to(Place place) {
    caret_.line = std::min(place.line, lines_.size() - 1);
    caret_.column = std::min(place.column, lines_[caret_.line].size());
    moved();
}

void NanoText::left() {
    if (caret_.column > 0)
        --caret_.column;
    else if (caret_.line > 0)
        caret_ = {caret_.line - 1, lines_[caret_.line - 1].size()};
    moved();
}

void NanoText::right() {
    if (caret_.column < lines_[caret_.line].size())
        ++caret_.column;
    else if (caret_.line + 1 < lines_.size())
        caret_ = {caret_.line + 1, 0};
    moved();
}

void NanoText::word_left() {
    bool seen = false;
    for (;;) {
        Place const before = caret_;
        left();
        if (caret_ == before) return;
        bool const word = caret_.column < lines_[caret_.line].size() && is_word(lines_[caret_.line][caret_.column]);
        if (seen && !word) return right();
        seen |= word;
    }
}

void NanoText::word_right() {
    bool left_word = false;
    for (;;) {
        Place const before = caret_;
        bool const word = caret_.column < lines_[caret_.line].size() && is_word(lines_[caret_.line][caret_.column]);
        left_word |= !word;
        if (left_word && word) return;
        right();
        if (caret_ == before) return;
    }
}

void NanoText::up(std::size_t count) {
    std::size_t const wanted = wanted_column_;
    go_to({caret_.line - std::min(count, caret_.line), wanted});
    wanted_column_ = wanted;
}

void NanoText::down(std::size_t count) {
    std::size_t const wanted = wanted_column_;
    go_to({caret_.line + count, wanted});
    wanted_column_ = wanted;
}

void NanoText::home() { go_to({caret_.line, 0}); }
void NanoText::end() { go_to({caret_.line, lines_[caret_.line].size()}); }
void NanoText::first() { go_to({0, 0}); }
void NanoText::last() { go_to({lines_.size() - 1, lines_.back().size()}); }

// --- changing

void NanoText::put_lines(std::size_t line, std::size_t count, std::vector<std::u32string> const& lines) {
    auto const at = lines_.begin() + static_cast<std::ptrdiff_t>(line);
    lines_.erase(at, at + static_cast<std::ptrdiff_t>(count));
    lines_.insert(lines_.begin() + static_cast<std::ptrdiff_t>(line), lines.begin(), lines.end());
}

void NanoText::replace(std::size_t line, std::size_t count, std::vector<std::u32string> after, Place caret, Kind kind) {
    Change change;
    change.line = line;
    change.before.assign(lines_.begin() + static_cast<std::ptrdiff_t>(line),
                         lines_.begin() + static_cast<std::ptrdiff_t>(line + count));
    change.after = std::move(after);
    change.caret_before = caret_;
    change.caret_after = caret;
    change.kind = kind;
    change.version_before = version_;
    change.version_after = version_ = next_version_++;
    put_lines(line, count, change.after);
    undone_.clear();
    Change* const last = done_.empty() ? nullptr : &done_.back();
    bool const joins = joins_ && kind != Kind::other && last && last->kind == kind && last->line == line &&
                       last->after.size() == count && change.after.size() == count;
    if (joins) {
        last->after = std::move(change.after);
        last->caret_after = caret;
        last->version_after = version_;
    } else {
        done_.push_back(std::move(change));
        if (done_.size() > limits::nano_undo) done_.pop_front();
    }
    go_to(caret);
    joins_ = kind != Kind::other;
}

void NanoText::insert(std::u32string_view text) {
    std::u32string line = lines_[caret_.line];
    line.insert(caret_.column, text);
    replace(caret_.line, 1, {std::move(line)}, {caret_.line, caret_.column + text.size()}, Kind::typing);
}

void NanoText::break_line() {
    std::u32string const& line = lines_[caret_.line];
    replace(caret_.line, 1, {line.substr(0, caret_.column), line.substr(caret_.column)}, {caret_.line + 1, 0});
}

void NanoText::erase_before() {
    if (caret_ == Place{}) return;
    bool const may_join = joins_;
    left();
    joins_ = may_join; // going back over what is erased is no move
    erase_at();
}

void NanoText::erase_at() {
    std::u32string line = lines_[caret_.line];
    if (caret_.column < line.size()) {
        line.erase(caret_.column, 1);
        replace(caret_.line, 1, {std::move(line)}, caret_, Kind::erasing);
    } else if (caret_.line + 1 < lines_.size()) {
        replace(caret_.line, 2, {line + lines_[caret_.line + 1]}, caret_);
    }
}

void NanoText::take_line(bool remove) {
    if (!cutting_) cut_.clear();
    bool const is_last = caret_.line + 1 == lines_.size();
    if (is_last && lines_.back().empty()) return;
    cut_.push_back(lines_[caret_.line]);
    if (!remove)
        go_to({caret_.line + 1, 0});
    else if (is_last)
        replace(caret_.line, 1, {U""}, {caret_.line, 0});
    else
        replace(caret_.line, 1, {}, {caret_.line, 0});
    cutting_ = true;
}

void NanoText::cut_line() { take_line(true); }
void NanoText::copy_line() { take_line(false); }

void NanoText::paste() {
    if (cut_.empty()) return;
    std::u32string const& line = lines_[caret_.line];
    std::vector<std::u32string> after = cut_;
    after.front().insert(0, line, 0, caret_.column);
    after.push_back(line.substr(caret_.column));
    replace(caret_.line, 1, std::move(after), {caret_.line + cut_.size(), 0});
}

bool NanoText::undo() {
    if (done_.empty()) return false;
    Change change = std::move(done_.back());
    done_.pop_back();
    put_lines(change.line, change.after.size(), change.before);
    version_ = change.version_before;
    go_to(change.caret_before);
    undone_.push_back(std::move(change));
    return true;
}

bool NanoText::redo() {
    if (undone_.empty()) return false;
    Change change = std::move(undone_.back());
    undone_.pop_back();
    put_lines(change.line, change.before.size(), change.after);
    version_ = change.version_after;
    go_to(change.caret_after);
    done_.push_back(std::move(change));
    return true;
}

bool NanoText::find(std::u32string_view wanted) {
    std::u32string const needle = lowered(wanted);
    if (needle.empty()) return false;
    for (std::size_t step = 0; step <= lines_.size(); ++step) {
        std::size_t const line = (caret_.line + step) % lines_.size();
        std::size_t const from = step == 0 ? caret_.column + 1 : 0;
        std::size_t const found = lowered(lines_[line]).find(needle, from);
        if (found == std::u32string::npos) continue;
        go_to({line, found});
        return true;
    }
    return false;
}

}
