#include "terminal/commands/compare.hpp"

#include <algorithm>
#include <string>

namespace cw::terminal::commands {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; }

// The end of a file name without its suffixes: ( \. [A-Za-z~] [A-Za-z0-9~]* )* at the end.
std::size_t stem_length(std::string_view name) {
    std::size_t end = name.size();
    for (std::size_t at = name.size(); at > 0;) {
        std::size_t from = at;
        while (from > 0 && (is_letter(name[from - 1]) || is_digit(name[from - 1]) || name[from - 1] == '~')) --from;
        bool const suffix = from > 1 && from < at && name[from - 1] == '.' && !is_digit(name[from]);
        if (!suffix) break;
        end = at = from - 1;
    }
    return end;
}

// Of one character outside digits: ~ before the end, the end before letters, letters before the rest.
int weight(std::string_view text, std::size_t at) {
    if (at >= text.size()) return -1;
    char const c = text[at];
    if (is_digit(c)) return 0;
    if (is_letter(c)) return static_cast<unsigned char>(c);
    if (c == '~') return -2;
    return static_cast<unsigned char>(c) + 256;
}

int compare_stems(std::string_view a, std::string_view b) {
    std::size_t i = 0, j = 0;
    while (i < a.size() || j < b.size()) {
        while ((i < a.size() && !is_digit(a[i])) || (j < b.size() && !is_digit(b[j]))) {
            int const left = weight(a, i), right = weight(b, j);
            if (left != right) return left - right;
            ++i, ++j;
        }
        while (i < a.size() && a[i] == '0') ++i;
        while (j < b.size() && b[j] == '0') ++j;
        int first = 0;
        while (i < a.size() && j < b.size() && is_digit(a[i]) && is_digit(b[j])) {
            if (first == 0) first = a[i] - b[j];
            ++i, ++j;
        }
        if (i < a.size() && is_digit(a[i])) return 1;
        if (j < b.size() && is_digit(b[j])) return -1;
        if (first != 0) return first;
    }
    return 0;
}

int compare_magnitudes(DecimalNumber const& a, DecimalNumber const& b) {
    if (a.whole.size() != b.whole.size()) return a.whole.size() < b.whole.size() ? -1 : 1;
    if (int const order = a.whole.compare(b.whole)) return order;
    return a.fraction.compare(b.fraction);
}

int suffix_weight(DecimalNumber const& number) {
    if (number.rest.empty() || number.zero()) return 0;
    std::size_t const at = std::string_view("KMGTPEZY").find(number.rest[0] == 'k' ? 'K' : number.rest[0]);
    int const weight = at == std::string_view::npos ? 0 : static_cast<int>(at) + 1;
    return number.negative ? -weight : weight;
}

}

int compare_versions(std::string_view a, std::string_view b) {
    if (a == b) return 0;
    if (a.empty() || b.empty()) return a.empty() ? -1 : 1;
    auto const special = [](std::string_view name) {
        return name == "." ? 0 : name == ".." ? 1 : name[0] == '.' ? 2 : 3;
    };
    if (special(a) != special(b)) return special(a) - special(b);
    std::string_view const stem_a = a.substr(0, stem_length(a)), stem_b = b.substr(0, stem_length(b));
    if (stem_a != stem_b)
        if (int const order = compare_stems(stem_a, stem_b)) return order;
    return compare_stems(a, b);
}

DecimalNumber read_decimal(std::string_view text) {
    DecimalNumber number;
    while (!text.empty() && (text[0] == ' ' || text[0] == '\t')) text.remove_prefix(1);
    if (!text.empty() && text[0] == '-') number.negative = true, text.remove_prefix(1);
    std::size_t end = 0;
    while (end < text.size() && is_digit(text[end])) ++end;
    std::string_view whole = text.substr(0, end);
    while (!whole.empty() && whole[0] == '0') whole.remove_prefix(1);
    number.whole = whole;
    if (end < text.size() && text[end] == '.') {
        std::size_t const from = ++end;
        while (end < text.size() && is_digit(text[end])) ++end;
        std::string_view fraction = text.substr(from, end - from);
        while (!fraction.empty() && fraction.back() == '0') fraction.remove_suffix(1);
        number.fraction = fraction;
    }
    number.rest = text.substr(end);
    if (number.zero()) number.negative = false;
    return number;
}

int compare(DecimalNumber const& a, DecimalNumber const& b) {
    if (a.negative != b.negative) return a.negative ? -1 : 1;
    return a.negative ? compare_magnitudes(b, a) : compare_magnitudes(a, b);
}

int compare_human(DecimalNumber const& a, DecimalNumber const& b) {
    int const difference = suffix_weight(a) - suffix_weight(b);
    return difference ? difference : compare(a, b);
}

}
