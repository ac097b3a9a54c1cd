#include "terminal/commands/arguments.hpp"

#include "ground/text.hpp"
#include "terminal/commands/units.hpp"

#include <algorithm>

namespace cw::terminal::commands {

namespace {

enum class Takes : std::uint8_t { nothing, value, optional_value };

struct Known {
    std::string_view name; // without dashes; one character for a short one
    std::uint32_t id = 0;
    Takes takes = Takes::nothing;
};

bool is_name(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-'; }

// The names of one manual line: "-n, --lines=NUM  text".
void read_line(std::string_view line, std::vector<Known>& known) {
    std::size_t const first = known.size();
    std::size_t at = line.find('-');
    Takes takes = Takes::nothing;
    while (at < line.size() && line[at] == '-') {
        bool const is_long = line.substr(at, 2) == "--";
        std::size_t const from = at + (is_long ? 2 : 1);
        std::size_t to = from + (is_long ? 0 : 1);
        if (line.substr(at, 4) == "-NUM") {
            known.push_back({"#", '#', Takes::nothing});
            return;
        }
        while (is_long && to < line.size() && is_name(line[to])) ++to;
        known.push_back({line.substr(from, to - from), 0, Takes::nothing});
        std::string_view const rest = line.substr(to);
        if (rest.substr(0, 1) == "[")
            takes = Takes::optional_value;
        else if (rest.substr(0, 1) == "=" || (rest.size() > 1 && rest[0] == ' ' && rest[1] != ' '))
            takes = Takes::value;
        std::size_t const end = std::min(line.find("  ", to), line.size());
        std::size_t const comma = line.find(", -", to);
        if (comma >= end) break;
        at = comma + 2;
    }
    std::uint32_t const id = known[first].name.size() == 1 ? static_cast<unsigned char>(known[first].name[0])
                                                           : long_option(known[first].name);
    for (std::size_t i = first; i < known.size(); ++i) {
        known[i].id = id;
        known[i].takes = takes;
    }
}

std::vector<Known> read_manual(std::string_view manual) {
    std::vector<Known> known;
    for (std::string_view const line : split(manual, '\n')) {
        std::size_t const dash = line.find_first_not_of(' ');
        if (dash != 2 && dash != 6) continue;
        if (line[dash] == '-') read_line(line, known);
    }
    return known;
}

class Parser {
  public:
    Parser(Process& p, Command const& command, OperandOrder order, int mistake_status)
        : p_(p), command_(command), known_(read_manual(command.manual)), order_(order), mistake_(mistake_status) {}

    Arguments run() {
        auto const& argv = p_.argv;
        for (at_ = 1; at_ < argv.size() && !result_.ended(); ++at_) {
            std::string_view const word = argv[at_];
            if (word == "--") {
                result_.operands.insert(result_.operands.end(), argv.begin() + static_cast<long>(at_) + 1, argv.end());
                break;
            }
            if (word.size() < 2 || word[0] != '-') {
                if (order_ == OperandOrder::options_first) {
                    result_.operands.assign(argv.begin() + static_cast<long>(at_), argv.end());
                    break;
                }
                result_.operands.emplace_back(word);
            } else if (word[1] == '-') {
                take_long(word.substr(2));
            } else {
                take_short(word.substr(1));
            }
        }
        return std::move(result_);
    }

  private:
    void mistake(std::string const& text) {
        result_.status = mistake_;
        if (command_.hint.empty()) {
            usage_mistake(p_, text);
        } else {
            p_.fail(text);
            p_.err(std::string(command_.hint) + "\n");
        }
    }
    void take(Option option) {
        option.operands_before = result_.operands.size();
        result_.options.push_back(std::move(option));
    }

    void take_long(std::string_view word) {
        std::size_t const equals = word.find('=');
        std::string_view const name = word.substr(0, equals);
        std::vector<Known const*> hits;
        Known const* exact = nullptr;
        for (Known const& one : known_) {
            if (one.name.size() < 2 || one.name.substr(0, name.size()) != name) continue;
            if (one.name == name) exact = &one;
            bool const same = !hits.empty() && hits.front()->id == one.id;
            if (!same) hits.push_back(&one);
        }
        if (!exact && hits.size() == 1) exact = hits.front();
        if (!exact &&
            (std::string_view("help").substr(0, name.size()) == name ||
             std::string_view("version").substr(0, name.size()) == name) &&
            hits.empty() && !name.empty()) {
            p_.out(name[0] == 'h' ? help_text(command_) : std::string(command_.name) + " (Counterweight) 1.0\n");
            result_.status = 0;
            return;
        }
        if (!exact && hits.size() > 1) {
            std::string text = "option '--" + std::string(name) + "' is ambiguous; possibilities:";
            for (Known const* one : hits) text += " '--" + std::string(one->name) + "'";
            return mistake(text);
        }
        if (!exact) return mistake("unrecognized option '--" + std::string(name) + "'");
        Option option{exact->id, {}, equals != std::string_view::npos};
        if (option.has_value) option.value = word.substr(equals + 1);
        if (option.has_value && exact->takes == Takes::nothing)
            return mistake("option '--" + std::string(exact->name) + "' doesn't allow an argument");
        if (!option.has_value && exact->takes == Takes::value) {
            if (at_ + 1 >= p_.argv.size())
                return mistake("option '--" + std::string(exact->name) + "' requires an argument");
            option.value = p_.argv[++at_];
            option.has_value = true;
        }
        take(std::move(option));
    }

    void take_short(std::string_view word) {
        while (!word.empty() && !result_.ended()) {
            std::string_view const letter = word.substr(0, 1);
            auto const hit =
                std::find_if(known_.begin(), known_.end(), [&](Known const& k) { return k.name == letter; });
            if (hit == known_.end()) {
                bool const digits =
                    letter[0] >= '0' && letter[0] <= '9' &&
                    std::any_of(known_.begin(), known_.end(), [](Known const& k) { return k.id == '#'; });
                if (!digits) return mistake("invalid option -- '" + std::string(letter) + "'");
                std::size_t const end = std::min(word.find_first_not_of("0123456789"), word.size());
                take({'#', std::string(word.substr(0, end)), true});
                word.remove_prefix(end);
                continue;
            }
            word.remove_prefix(1);
            Option option{hit->id, {}, false};
            if (hit->takes != Takes::nothing && (!word.empty() || hit->takes == Takes::value)) {
                if (word.empty() && at_ + 1 >= p_.argv.size())
                    return mistake("option requires an argument -- '" + std::string(letter) + "'");
                option.value = word.empty() ? p_.argv[++at_] : std::string(word);
                option.has_value = true;
                word = {};
            }
            take(std::move(option));
        }
    }

    Process& p_;
    Command const& command_;
    std::vector<Known> known_;
    OperandOrder order_;
    int mistake_;
    std::size_t at_ = 1;
    Arguments result_;
};

}

bool Arguments::has(std::uint32_t id) const {
    return std::any_of(options.begin(), options.end(), [id](Option const& one) { return one.id == id; });
}

std::string const* Arguments::value(std::uint32_t id) const {
    std::string const* last = nullptr;
    for (Option const& one : options)
        if (one.id == id) last = &one.value;
    return last;
}

Arguments parse_arguments(Process& p, Command const& command, OperandOrder order, int mistake_status) {
    return Parser(p, command, order, mistake_status).run();
}

int usage_mistake(Process& p, std::string_view text, int status) {
    p.fail(text);
    p.err("Try '" + p.name() + " --help' for more information.\n");
    return status;
}

int missing_operand(Process& p, std::vector<std::string> const& operands, int status) {
    return usage_mistake(p, operands.empty() ? "missing operand" : "missing operand after " + marked(operands.back()),
                         status);
}

int extra_operand(Process& p, std::string_view operand, int status) {
    return usage_mistake(p, "extra operand " + marked(operand), status);
}

int invalid_choice(Process& p, std::string_view value, std::string_view option, std::vector<std::string_view> valid,
                   int status) {
    std::string text = "invalid argument " + marked(value) + " for " + marked(option) + "\nValid arguments are:";
    for (std::string_view const one : valid) text += "\n  - " + replace_all(marked(one), ",", "\u2019, \u2018");
    return usage_mistake(p, text, status);
}

std::string quoted(std::string_view text) {
    bool const has_quote = text.find('\'') != std::string_view::npos;
    if (has_quote && text.find_first_of("\"$`\\!\n") == std::string_view::npos) return '"' + std::string(text) + '"';
    std::string out = "'";
    for (char const c : text) {
        if (c == '\'')
            out += "'\\''";
        else if (c == '\n')
            out += "'$'\\n''";
        else if (c == '\t')
            out += "'$'\\t''";
        else
            out += c;
    }
    return out + "'";
}

std::string shown_name(std::string_view text) {
    bool const needed = text.empty() || text.find_first_of(" \t\n'\"\\$`!&|;<>()*?[^=") != std::string_view::npos ||
                        text[0] == '#' || text[0] == '~';
    return needed ? quoted(text) : std::string(text);
}

std::string marked(std::string_view text) {
    std::string out = "\u2018";
    for (std::size_t at = 0; at < text.size();) {
        std::size_t const from = at;
        char32_t const code = next_code_point(text, at);
        char const c = text[from];
        std::size_t const escape = std::string_view("\a\b\f\n\r\t\v\\").find(c);
        bool const broken = code == 0xfffd && at - from == 1; // no UTF-8
        if (escape != std::string_view::npos)
            (out += '\\') += "abfnrtv\\"[escape];
        else if (code < 32 || code == 127 || broken)
            (out += '\\') += format_integer("%03", 'o', static_cast<unsigned char>(c));
        else
            out += text.substr(from, at - from);
    }
    return out + "\u2019";
}

std::string help_text(Command const& command) {
    std::string out;
    bool first = true;
    for (std::string_view const line : split(command.usage, '\n')) {
        out += first ? "Usage: " : "  or:  ";
        (out += line) += '\n';
        first = false;
    }
    std::string summary(command.summary);
    if (!summary.empty() && summary[0] >= 'a' && summary[0] <= 'z') summary[0] = static_cast<char>(summary[0] - 32);
    out += summary + ".\n";
    if (!command.manual.empty()) (out += '\n') += command.manual;
    if (out.back() != '\n') out += '\n';
    return out;
}

}
