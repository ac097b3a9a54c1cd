// column: lists in columns, and tables of what stands between separators, also as JSON.
#include "ground/text.hpp"
#include "terminal/commands/arguments.hpp"
#include "terminal/commands/programs.hpp"
#include "terminal/commands/stream.hpp"
#include "terminal/commands/units.hpp"
#include "terminal/limits.hpp"
#include "terminal/width.hpp"

#include <algorithm>

namespace cw::terminal::commands {

namespace {

struct ColumnStyle {
    bool table = false, fill_rows = false, keeps_empty = false, json = false, headings = true;
    std::string separators, joiner = "  ", table_name = "table";
    bool has_separators = false;
    int width = 80;
    std::int64_t most = -1;
    std::vector<std::string> names;
    std::string right, hidden, order; // columns by number or name
};

std::vector<std::string> cells_of(std::string_view line, ColumnStyle const& style) {
    std::vector<std::string> cells;
    std::string const separators = style.has_separators ? style.separators : " \t";
    std::size_t at = 0;
    while (at <= line.size()) {
        bool const last = style.most > 0 && static_cast<std::int64_t>(cells.size()) + 1 == style.most;
        if (!style.has_separators && !(last && !cells.empty())) {
            at = std::min(line.find_first_not_of(separators, at), line.size());
            if (at == line.size()) break;
        }
        std::size_t const end = last ? line.size() : std::min(line.find_first_of(separators, at), line.size());
        cells.emplace_back(line.substr(at, end - at));
        at = end + 1;
    }
    return cells;
}

class Table {
  public:
    Table(Process& p, ColumnStyle const& style, std::vector<std::vector<std::string>> rows)
        : p_(p), style_(style), rows_(std::move(rows)) {
        for (auto const& row : rows_) columns_ = std::max(columns_, row.size());
        columns_ = std::max(columns_, style.names.size());
    }

    int print(Output& out) {
        std::vector<std::size_t> right, hidden, order;
        if (!find(style_.right, right) || !find(style_.hidden, hidden) || !find(style_.order, order)) return 1;
        for (std::size_t i = 0; i < columns_; ++i)
            if (!has(order, i)) order.push_back(i);
        order.erase(std::remove_if(order.begin(), order.end(), [&](std::size_t i) { return has(hidden, i); }),
                    order.end());
        if (style_.json) return print_json(out, order);
        bool const heads = style_.headings && !style_.names.empty();
        if (heads) rows_.insert(rows_.begin(), style_.names);
        std::vector<int> widths(columns_);
        for (auto const& row : rows_)
            for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width_of_utf8(row[i]));
        for (auto const& row : rows_) {
            std::string line;
            for (std::size_t const i : order) {
                std::string const cell = i < row.size() ? row[i] : "";
                bool const last = i == order.back();
                line += has(right, i) ? padded(cell, widths[i]) : last ? cell : padded(cell, -widths[i]);
                if (!last) line += style_.joiner;
            }
            out.line(line);
        }
        return 0;
    }

  private:
    static bool has(std::vector<std::size_t> const& list, std::size_t i) {
        return std::find(list.begin(), list.end(), i) != list.end();
    }
    // The columns that a list names; "-" are all without a name. False after a message.
    bool find(std::string const& list, std::vector<std::size_t>& columns) const {
        for (std::string_view const one : split(list, ',')) {
            if (one.empty()) continue;
            auto const named = std::find(style_.names.begin(), style_.names.end(), one);
            auto const number = parse_count(one);
            if (named != style_.names.end())
                columns.push_back(static_cast<std::size_t>(named - style_.names.begin()));
            else if (number && *number > 0 && *number <= static_cast<std::int64_t>(columns_))
                columns.push_back(static_cast<std::size_t>(*number) - 1);
            else if (one == "-")
                for (std::size_t i = style_.names.size(); i < columns_; ++i) columns.push_back(i);
            else if (one != "0")
                return p_.fail("undefined column name '" + std::string(one) + "'") < 0;
        }
        return true;
    }
    static std::string in_quotes(std::string_view text, bool lower) {
        std::string out = "\"";
        for (char const c : text) {
            std::size_t const escape = std::string_view("\"\\\b\f\n\r\t").find(c);
            if (escape != std::string_view::npos)
                (out += '\\') += "\"\\bfnrt"[escape];
            else if (static_cast<unsigned char>(c) < 32)
                out += "\\u" + format_integer("%04", 'x', c);
            else
                out += static_cast<char>(lower && c >= 'A' && c <= 'Z' ? c + 32 : c);
        }
        return out + '"';
    }
    int print_json(Output& out, std::vector<std::size_t> const& order) const {
        if (columns_ > style_.names.size())
            return p_.fail("line " + std::to_string(first_long()) + ": for JSON the name of the column " +
                           std::to_string(columns_) + " is required");
        if (rows_.empty()) return 0;
        out.put("{\n   " + in_quotes(style_.table_name, true) + ": [\n      {\n");
        for (std::size_t r = 0; r < rows_.size(); ++r) {
            if (r > 0) out.put("      },{\n");
            for (std::size_t const i : order) {
                bool const missing = i >= rows_[r].size() || rows_[r][i].empty();
                out.put("         " + in_quotes(style_.names[i], true) + ": " +
                        (missing ? "null" : in_quotes(rows_[r][i], false)) + (i == order.back() ? "\n" : ",\n"));
            }
        }
        out.put("      }\n   ]\n}\n");
        return 0;
    }
    [[nodiscard]] std::size_t first_long() const {
        auto const is_long = [&](std::vector<std::string> const& row) { return row.size() > style_.names.size(); };
        return static_cast<std::size_t>(std::find_if(rows_.begin(), rows_.end(), is_long) - rows_.begin()) + 2;
    }

    Process& p_;
    ColumnStyle const& style_;
    std::vector<std::vector<std::string>> rows_;
    std::size_t columns_ = 0;
};

void print_filled(Output& out, std::vector<std::string> const& items, ColumnStyle const& style) {
    int longest = 0;
    for (std::string const& item : items) longest = std::max(longest, width_of_utf8(item));
    int const cell = (longest + 8) / 8 * 8;
    auto const fitting = static_cast<std::size_t>(std::max(1, style.width / cell));
    // Items that are only with their tabs too wide stay in one row.
    bool const one_row = style.fill_rows && longest < style.width && cell > style.width;
    std::size_t const columns = one_row ? items.size() : fitting;
    std::size_t const rows = (items.size() + columns - 1) / columns;
    for (std::size_t row = 0; row < rows; ++row) {
        std::string line;
        std::size_t const most = style.fill_rows ? columns : (items.size() + rows - 1) / rows;
        for (std::size_t column = 0; column < most; ++column) {
            std::size_t const i = style.fill_rows ? row * columns + column : column * rows + row;
            if (i >= items.size()) break;
            line += items[i];
            bool const last = style.fill_rows ? column + 1 == most || i + 1 == items.size() : i + rows >= items.size();
            if (last) break;
            for (int at = width_of_utf8(items[i]); at < cell; at = (at / 8 + 1) * 8) line += '\t';
        }
        out.line(line);
    }
}

Task<int> run_column(Process& p) {
    Arguments const arguments = parse_arguments(p, column_command);
    if (arguments.ended()) co_return arguments.status;
    ColumnStyle style;
    if (p.is_terminal(1)) style.width = p.terminal_size().columns;
    bool for_tables = false; // an option was given that needs -t
    for (Option const& option : arguments.options) {
        for_tables =
            for_tables || std::string_view("OnNEHRTW").find(static_cast<char>(option.id)) != std::string_view::npos;
        switch (option.id) {
            case 't': style.table = true; break;
            case 'x': style.fill_rows = true; break;
            case 'L': style.keeps_empty = true; break;
            case 'J': style.json = style.table = true; break;
            case 's':
                style.separators = option.value;
                style.has_separators = true;
                break;
            case 'o': style.joiner = option.value; break;
            case 'c': style.width = static_cast<int>(parse_count(option.value).value_or(80)); break;
            case 'l': style.most = parse_count(option.value).value_or(-1); break;
            case 'N':
                for (std::string_view const name : split(option.value, ',')) style.names.emplace_back(name);
                break;
            case 'n': style.table_name = option.value; break;
            case 'd': style.headings = false; break;
            case 'H': style.hidden = option.value; break;
            case 'O': style.order = option.value; break;
            case 'R': style.right = option.value; break;
            default: break;
        }
    }
    if (for_tables && !style.table) co_return p.fail("option --table required for all --table-*");
    if (arguments.has('t') && style.fill_rows) co_return p.fail("mutually exclusive arguments: --table --fillrows");
    if (style.json && style.names.empty()) co_return p.fail("option --table-columns required for --json");
    Output out(p);
    Input in(p, arguments.operands, '\n', {"%", "%"});
    std::vector<std::vector<std::string>> rows;
    std::vector<std::string> items;
    std::string_view line;
    std::size_t total = 0;
    while (co_await in.next(line)) {
        total += line.size() + 32;
        if (total > limits::total_bytes) co_return p.fail("memory exhausted");
        bool const empty = is_blank(line);
        if (empty && !style.keeps_empty) continue;
        if (style.table)
            rows.push_back(cells_of(line, style));
        else
            items.emplace_back(line);
        co_await p.breathe();
    }
    int status = in.failed() ? 1 : 0;
    if (style.table && !rows.empty())
        status |= Table(p, style, std::move(rows)).print(out);
    else if (!items.empty())
        print_filled(out, items, style);
    co_return out.close(status);
}

}

Command const column_command{
    "column",
    "columnate lists",
    "column [options] [file ...]",
    "  -t, --table                      create a table\n"
    "  -n, --table-name=NAME            table name for JSON output\n"
    "  -O, --table-order=COLUMNS        specify order of output columns\n"
    "  -N, --table-columns=NAMES        comma separated columns names\n"
    "  -l, --table-columns-limit=NUM    maximal number of input columns\n"
    "  -E, --table-noextreme=COLUMNS    (ignored)\n"
    "  -d, --table-noheadings           don't print header\n"
    "  -e, --table-header-repeat        (ignored)\n"
    "  -H, --table-hide=COLUMNS         don't print the columns\n"
    "  -R, --table-right=COLUMNS        right align text in these columns\n"
    "  -T, --table-truncate=COLUMNS     (ignored)\n"
    "  -W, --table-wrap=COLUMNS         (ignored)\n"
    "  -L, --keep-empty-lines           don't ignore empty lines\n"
    "  -J, --json                       use JSON output format for table\n"
    "  -c, --output-width=WIDTH         width of output in number of characters\n"
    "  -o, --output-separator=STRING    columns separator for table output (default is two spaces)\n"
    "  -s, --separator=STRING           possible table delimiters\n"
    "  -x, --fillrows                   fill rows before columns\n",
    nullptr,
    run_column};

}
