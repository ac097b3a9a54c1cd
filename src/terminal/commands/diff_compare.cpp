// Which lines differ: the shortest edit script, found from both ends at once (Myers, "An O(ND) Difference Algorithm and
// Its Variations", 1986, section 4b). Of the many shortest scripts the one that GNU diff shows is chosen: the same
// lines at the ends are left out first, then lines that match nothing, and a change slides to where it meets another or
// as far down as equal lines let it.
#include "terminal/commands/diff.hpp"

#include <algorithm>
#include <climits>
#include <unordered_map>

namespace cw::terminal::commands {

namespace {

constexpr long most_edits = 4096; // beyond it halves are cut where the search got furthest

enum class Mark : char { kept, lone, frequent };

struct Side {
    std::vector<long> classes;         // of the compared lines; equal lines have equal ones
    std::vector<char> changed;         // of line i at i + 1, with an unchanged one on each end
    std::vector<long> kept, positions; // the lines that are searched: class and index
    [[nodiscard]] long size() const { return static_cast<long>(classes.size()); }
    [[nodiscard]] long line(long i) const { return classes[static_cast<std::size_t>(i)]; }
    char& is_changed(long i) { return changed[static_cast<std::size_t>(i + 1)]; }
};

long root(long value) { // of a quarter, about
    long result = 1;
    while ((value >>= 2) > 0) result *= 2;
    return result;
}

// Lines that are in too many places to tell anything are left out too, but only inside of a run of lines that match
// nothing.
void settle_run(std::vector<Mark>& marks, std::size_t from, std::size_t to) {
    auto const first = marks.begin() + static_cast<long>(from), last = marks.begin() + static_cast<long>(to);
    long const length = last - first;
    if (std::count(first, last, Mark::frequent) * 4 > length)
        return std::replace(first, last, Mark::frequent, Mark::kept);
    long const minimum = root(length >> 2) + 1;
    for (auto at = first; at != last;) {
        auto const end = std::find_if(at, last, [](Mark mark) { return mark != Mark::frequent; });
        if (end - at >= minimum) std::fill(at, end, Mark::kept);
        at = end == last ? end : end + 1;
    }
    auto const clear_end = [length](auto at) {
        int lone = 0;
        for (long i = 0; i < length && lone < 3; ++i, ++at) {
            if (i >= 8 && *at == Mark::lone) return;
            lone = *at == Mark::lone ? lone + 1 : 0;
            if (*at == Mark::frequent) *at = Mark::kept;
        }
    };
    clear_end(first);
    clear_end(std::make_reverse_iterator(last));
}

void leave_out(Side& side, std::vector<long> const& counts) {
    std::vector<Mark> marks(side.classes.size(), Mark::kept);
    long const frequent = 5 * root(side.size() / 64);
    for (std::size_t i = 0; i < marks.size(); ++i) {
        long const matches = counts[static_cast<std::size_t>(side.classes[i])];
        marks[i] = matches == 0 ? Mark::lone : matches > frequent ? Mark::frequent : Mark::kept;
    }
    for (std::size_t i = 0; i < marks.size(); ++i) {
        if (marks[i] == Mark::frequent) marks[i] = Mark::kept;
        if (marks[i] == Mark::kept) continue;
        std::size_t end = i, next = i;
        for (; next < marks.size() && marks[next] != Mark::kept; ++next)
            if (marks[next] == Mark::lone) end = next + 1;
        std::fill(marks.begin() + static_cast<long>(end), marks.begin() + static_cast<long>(next), Mark::kept);
        settle_run(marks, i, end);
        i = end - 1;
    }
    for (std::size_t i = 0; i < marks.size(); ++i) {
        if (marks[i] != Mark::kept) {
            side.changed[i + 1] = 1;
            continue;
        }
        side.kept.push_back(side.classes[i]);
        side.positions.push_back(static_cast<long>(i));
    }
}

class Search {
  public:
    Search(Side& a, Side& b) : a_(a), b_(b), shift_(static_cast<long>(b.kept.size()) + 1) {
        std::size_t const diagonals = a.kept.size() + b.kept.size() + 3;
        forward_.resize(diagonals);
        backward_.resize(diagonals);
        most_ = std::max(most_edits, root(static_cast<long>(diagonals) * 4));
    }
    void run(long a, long a_end, long b, long b_end) {
        for (;;) {
            while (a < a_end && b < b_end && same(a, b)) ++a, ++b;
            while (a < a_end && b < b_end && same(a_end - 1, b_end - 1)) --a_end, --b_end;
            if (a == a_end || b == b_end) break;
            middle(a, a_end, b, b_end);
            long const x = x_, y = y_;
            run(a, x, b, y);
            a = x;
            b = y;
        }
        for (; b < b_end; ++b) b_.is_changed(b_.positions[static_cast<std::size_t>(b)]) = 1;
        for (; a < a_end; ++a) a_.is_changed(a_.positions[static_cast<std::size_t>(a)]) = 1;
    }

  private:
    [[nodiscard]] bool same(long x, long y) const {
        return a_.kept[static_cast<std::size_t>(x)] == b_.kept[static_cast<std::size_t>(y)];
    }
    long& forward(long diagonal) { return forward_[static_cast<std::size_t>(diagonal + shift_)]; }
    long& backward(long diagonal) { return backward_[static_cast<std::size_t>(diagonal + shift_)]; }
    void meet(long x, long y) { x_ = x, y_ = y; }

    // Where the shortest way from one end to the other is halfway, into x_ and y_.
    void middle(long a, long a_end, long b, long b_end) {
        long const lowest = a - b_end, highest = a_end - b, first = a - b, last = a_end - b_end;
        long low = first, high = first, back_low = last, back_high = last;
        bool const odd = ((first - last) & 1) != 0;
        forward(first) = a;
        backward(last) = a_end;
        for (long edits = 1;; ++edits) {
            low > lowest ? void(forward(--low - 1) = -1) : void(++low);
            high < highest ? void(forward(++high + 1) = -1) : void(--high);
            for (long d = high; d >= low; d -= 2) {
                long const below = forward(d - 1), above = forward(d + 1);
                long x = below < above ? above : below + 1;
                while (x < a_end && x - d < b_end && same(x, x - d)) ++x;
                forward(d) = x;
                if (odd && back_low <= d && d <= back_high && backward(d) <= x) return meet(x, x - d);
            }
            back_low > lowest ? void(backward(--back_low - 1) = LONG_MAX) : void(++back_low);
            back_high < highest ? void(backward(++back_high + 1) = LONG_MAX) : void(--back_high);
            for (long d = back_high; d >= back_low; d -= 2) {
                long const below = backward(d - 1), above = backward(d + 1);
                long x = below < above ? below : above - 1;
                while (a < x && b < x - d && same(x - 1, x - d - 1)) --x;
                backward(d) = x;
                if (!odd && low <= d && d <= high && x <= forward(d)) return meet(x, x - d);
            }
            if (edits < most_) continue;
            // Too far apart: the furthest that either search came.
            long best = -1, best_x = 0, back_best = LONG_MAX, back_x = 0;
            for (long d = high; d >= low; d -= 2) {
                long const x = std::min({forward(d), a_end, b_end + d});
                if (best < 2 * x - d) best = 2 * x - d, best_x = x;
            }
            for (long d = back_high; d >= back_low; d -= 2) {
                long const x = std::max({backward(d), a, b + d});
                if (2 * x - d < back_best) back_best = 2 * x - d, back_x = x;
            }
            return a_end + b_end - back_best < best - a - b ? meet(best_x, best - best_x)
                                                            : meet(back_x, back_best - back_x);
        }
    }

    Side &a_, &b_;
    std::vector<long> forward_, backward_; // furthest line of the first on each diagonal
    long shift_, most_ = 0, x_ = 0, y_ = 0;
};

// Slides every run of changes of one side up to merge with earlier ones, then down; at last back to where it stands
// beside a change of the other side, if it passed one.
void slide(Side& side, Side& other) {
    long const end = side.size();
    long at = 0, beside = 0; // the same place in the other
    for (;;) {
        for (; at < end && !side.is_changed(at); ++at)
            while (other.is_changed(beside++)) {}
        if (at == end) return;
        long start = at, length = 0, meeting = end;
        while (side.is_changed(++at)) {}
        while (other.is_changed(beside)) ++beside;
        do {
            length = at - start;
            while (start > 0 && side.line(start - 1) == side.line(at - 1)) {
                side.is_changed(--start) = 1;
                side.is_changed(--at) = 0;
                while (side.is_changed(start - 1)) --start;
                while (other.is_changed(--beside)) {}
            }
            meeting = other.is_changed(beside - 1) ? at : end;
            while (at != end && side.line(start) == side.line(at)) {
                side.is_changed(start++) = 0;
                side.is_changed(at++) = 1;
                while (side.is_changed(at)) ++at;
                while (other.is_changed(++beside)) meeting = at;
            }
        } while (length != at - start);
        while (meeting < at) {
            side.is_changed(--start) = 1;
            side.is_changed(--at) = 0;
            while (other.is_changed(--beside)) {}
        }
    }
}

}

std::vector<Hunk> compare_lines(DiffText const& a, DiffText const& b, std::size_t context) {
    // Only what is the same to the byte is left out at the ends, and `context` lines of it stay.
    std::size_t const shorter = std::min(a.lines.size(), b.lines.size());
    auto const same = [&](std::size_t i, std::size_t j) {
        return a.lines[i] == b.lines[j] &&
               (a.lacks_newline && i + 1 == a.lines.size()) == (b.lacks_newline && j + 1 == b.lines.size());
    };
    std::size_t start = 0, tail = 0;
    while (start < shorter && same(start, start)) ++start;
    start -= std::min(start, context);
    while (tail < shorter - start && same(a.lines.size() - 1 - tail, b.lines.size() - 1 - tail)) ++tail;
    tail -= std::min(tail, context);
    if (a.lacks_newline != b.lacks_newline) tail = 0;

    Side sides[2];
    std::unordered_map<std::string_view, long> numbers;
    std::vector<long> counts[2];
    DiffText const* const texts[] = {&a, &b};
    for (std::size_t s = 0; s < 2; ++s) {
        std::vector<std::string> const& keys = texts[s]->keys;
        for (std::size_t i = start; i + tail < keys.size(); ++i) {
            auto const number = numbers.try_emplace(keys[i], static_cast<long>(numbers.size())).first->second;
            sides[s].classes.push_back(number);
        }
        sides[s].changed.assign(sides[s].classes.size() + 2, 0);
    }
    for (std::size_t s = 0; s < 2; ++s) {
        counts[s].assign(numbers.size(), 0);
        for (long const number : sides[s].classes) ++counts[s][static_cast<std::size_t>(number)];
    }
    leave_out(sides[0], counts[1]);
    leave_out(sides[1], counts[0]);
    Search(sides[0], sides[1])
        .run(0, static_cast<long>(sides[0].kept.size()), 0, static_cast<long>(sides[1].kept.size()));
    slide(sides[0], sides[1]);
    slide(sides[1], sides[0]);
    std::vector<Hunk> hunks;
    long i = 0, j = 0;
    for (; i < sides[0].size() || j < sides[1].size(); ++i, ++j) {
        long const from_i = i, from_j = j;
        while (sides[0].is_changed(i)) ++i;
        while (sides[1].is_changed(j)) ++j;
        if (i == from_i && j == from_j) continue;
        auto const at = [start](long line) { return start + static_cast<std::size_t>(line); };
        hunks.push_back({at(from_i), at(i), at(from_j), at(j)});
    }
    return hunks;
}

}
