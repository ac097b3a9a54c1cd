// Syntax back to text, in the form that bash prints functions.
#include "terminal/ast.hpp"
#include "terminal/escapes.hpp"

#include <algorithm>
#include <utility>

namespace cw::terminal {

// bash keeps $'...' and $"..." as the quoted text that they stand for, so that is what it prints.
std::string without_ansi_quotes(std::string const& source) {
    if (source.find("$'") == std::string::npos && source.find("$\"") == std::string::npos) return source;
    std::string out;
    bool in_double = false;
    for (std::size_t at = 0; at < source.size(); ++at) {
        char const c = source[at];
        bool const ansi = !in_double && source.compare(at, 2, "$'") == 0;
        if (!in_double && source.compare(at, 2, "$\"") == 0) continue; // there are no translations
        if (c == '"') in_double = !in_double;
        if (c == '\\' && at + 1 < source.size()) {
            (out += c) += source[++at];
        } else if (ansi || (c == '\'' && !in_double)) {
            std::size_t const from = at + (ansi ? 2 : 1);
            std::size_t end = from;
            while (end < source.size() && source[end] != '\'') end += ansi && source[end] == '\\' ? 2 : 1;
            end = std::min(end, source.size());
            std::string_view const inside = std::string_view(source).substr(from, end - from);
            out += ansi ? single_quoted(decoded_ansi_c(inside)) : "'" + std::string(inside) + "'";
            at = end;
        } else {
            out += c;
        }
    }
    return out;
}

namespace {

class Printer {
  public:
    std::string out;
    int indent = 0;
    bool in_function = false;               // there a group has its lines
    std::vector<Redirect const*> documents; // bodies still to print
    bool printed_documents = false;         // since the last semicolon
    bool in_substitution = false;           // there newlines between commands are kept

    void spaces() { out.append(static_cast<std::size_t>(indent), ' '); }

    void body(Syntax const& node) { // a function's, on its own lines
        if (node.kind == CommandKind::group) {
            auto const& group = static_cast<GroupCommand const&>(node);
            spaces();
            out += "{ \n";
            indent += 4;
            list(*group.body, true);
            put_operator("");
            indent -= 4;
            out += "\n";
            spaces();
            out += "}";
            redirects(node.redirects);
        } else {
            spaces();
            out += "{ \n";
            indent += 4;
            spaces();
            command(node);
            indent -= 4;
            out += "\n";
            spaces();
            out += "}";
        }
    }

    // Items one a line; `own_line` indents the first.
    void list(ListCommand const& items, bool own_line) {
        for (std::size_t i = 0; i < items.items.size(); ++i) {
            auto const& item = items.items[i];
            bool const same_line = i > 0 && items.items[i - 1].background;
            if (!same_line && (i > 0 ? in_function : own_line)) spaces();
            command(*item.command);
            bool const last = i + 1 == items.items.size();
            if (item.background) {
                put_operator(" &");
                if (!last) out += ' '; // what follows stays on the line
            } else if (!last) {
                end_item(i == 0, item.newline);
            }
        }
    }

    void inner(std::shared_ptr<ListCommand> const& items) {
        out += "\n";
        indent += 4;
        list(*items, true);
        put_operator("");
        if (out.back() != '&' && out.back() != '\n') out += ";";
        indent -= 4;
        out += "\n";
        spaces();
    }

    void command(Syntax const& node) {
        switch (node.kind) {
            case CommandKind::simple: simple(static_cast<SimpleCommand const&>(node)); return;
            case CommandKind::list: list(static_cast<ListCommand const&>(node), false); return;
            case CommandKind::and_or: {
                bool first = true;
                for (auto const& item : static_cast<AndOrCommand const&>(node).items) {
                    if (!first) put_operator(item.is_or ? " || " : " && ");
                    command(*item.command);
                    first = false;
                }
                return;
            }
            case CommandKind::pipeline: pipeline(static_cast<PipelineCommand const&>(node)); return;
            default: break;
        }
        compound(node);
        if (node.kind != CommandKind::function) redirects(node.redirects);
    }

    void pipeline(PipelineCommand const& node) {
        if (node.timed) out += node.posix_time ? "time -p " : "time ";
        if (node.negated) out += "! ";
        for (std::size_t i = 0; i < node.stages.size(); ++i) {
            command(*node.stages[i]);
            if (i + 1 == node.stages.size()) break;
            put_operator(" |");
            out += ' ';
        }
    }

    void simple(SimpleCommand const& node) {
        bool first = true;
        auto const add = [&](std::string const& text) {
            if (!first) out += ' ';
            out += text;
            first = false;
        };
        for (Assignment const& assignment : node.assignments) add(without_ansi_quotes(assignment.source));
        for (Word const& word : node.words) add(without_ansi_quotes(word.source));
        if (first && !node.redirects.empty()) {
            redirects(node.redirects, true);
            return;
        }
        redirects(node.redirects);
    }

    void redirects(std::vector<Redirect> const& all, bool first = false) {
        for (Redirect const& redirect : all) {
            if (!first) out += ' ';
            first = false;
            redirection(redirect);
        }
    }

    void redirection(Redirect const& r) {
        std::string prefix;
        if (!r.variable.empty()) prefix = "{" + r.variable + "}";
        bool const input = r.op == RedirectOp::input || r.op == RedirectOp::dup_input ||
                           r.op == RedirectOp::read_write || r.op == RedirectOp::here_document ||
                           r.op == RedirectOp::here_string;
        bool const duplicates = r.op == RedirectOp::dup_input || r.op == RedirectOp::dup_output;
        if (r.fd >= 0 && (duplicates || r.fd != (input ? 0 : 1))) prefix = std::to_string(r.fd);
        if (r.fd < 0 && duplicates && r.variable.empty()) prefix = input ? "0" : "1";
        if (r.op == RedirectOp::read_write && r.variable.empty()) prefix = std::to_string(std::max(r.fd, 0));
        if (duplicates && r.target.source != "-" && !r.target.source.empty() &&
            r.target.source.find_first_not_of("0123456789-$") != std::string::npos && r.fd < 0 && r.variable.empty())
            prefix = "";
        out += prefix;
        switch (r.op) {
            case RedirectOp::input: out += "< "; break;
            case RedirectOp::output: out += "> "; break;
            case RedirectOp::clobber: out += ">| "; break;
            case RedirectOp::append: out += ">> "; break;
            case RedirectOp::read_write: out += "<> "; break;
            case RedirectOp::dup_input: out += r.target.source == "-" ? ">&" : "<&"; break;
            case RedirectOp::dup_output: out += ">&"; break;
            case RedirectOp::both: out += "&> "; break;
            case RedirectOp::both_append: out += "&>> "; break;
            case RedirectOp::here_string: out += "<<< "; break;
            case RedirectOp::here_document:
                out += r.strip_tabs ? "<<-" : "<<";
                out += r.literal_body ? "'" + r.delimiter + "'" : r.delimiter;
                documents.push_back(&r);
                return;
        }
        out += r.target.source;
    }

    // An operator and, below the line that it ends, the documents of the command before it.
    void put_operator(std::string_view text) {
        out += text;
        if (documents.empty()) return;
        for (Redirect const* const document : documents) out += "\n" + document->target.source + document->delimiter;
        documents.clear();
        printed_documents = true;
        out += "\n";
        if (!text.empty()) out += ' ';
    }

    // Between two items. bash takes a document for the semicolon, and that of the first item for the second's, too.
    void end_item(bool first, bool newline) {
        newline = newline && in_substitution;
        if (!documents.empty()) {
            put_operator("");
            printed_documents = first;
        } else if (!std::exchange(printed_documents, false) && !newline) {
            out += ';';
        }
        out += in_function || newline ? "\n" : " ";
    }

    void compound(Syntax const& node) {
        switch (node.kind) {
            case CommandKind::group: {
                auto const& group_body = *static_cast<GroupCommand const&>(node).body;
                out += in_function ? "{ \n" : "{ ";
                indent += in_function ? 4 : 0;
                list(group_body, in_function);
                put_operator("");
                indent -= in_function ? 4 : 0;
                if (in_function) out += "\n";
                if (in_function)
                    spaces();
                else
                    out += out.back() == '&' ? " " : "; ";
                out += "}";
                break;
            }
            case CommandKind::subshell:
                out += "( ";
                list(*static_cast<GroupCommand const&>(node).body, false);
                put_operator("");
                out += " )";
                break;
            case CommandKind::if_: {
                auto const& command_if = static_cast<IfCommand const&>(node);
                if_arms(command_if, 0);
                break;
            }
            case CommandKind::loop: {
                auto const& loop = static_cast<LoopCommand const&>(node);
                out += loop.until ? "until " : "while ";
                list(*loop.condition, false);
                put_operator("");
                out += out.back() == '\n' ? " do" : "; do";
                inner(loop.body);
                out += "done";
                break;
            }
            case CommandKind::for_each:
            case CommandKind::select: {
                auto const& loop = static_cast<ForCommand const&>(node);
                out += (node.kind == CommandKind::select ? "select " : "for ") + loop.variable + " in";
                if (!loop.has_in) out += " \"$@\"";
                for (Word const& word : loop.words) out += " " + word.source;
                out += ";\n";
                spaces();
                out += "do";
                inner(loop.body);
                out += "done";
                break;
            }
            case CommandKind::for_arithmetic: {
                auto const& loop = static_cast<ForArithmeticCommand const&>(node);
                auto const part = [](std::string const& text) {
                    std::size_t const from = text.find_first_not_of(' ');
                    return from == std::string::npos ? std::string("1") : text.substr(from);
                };
                out += "for ((" + part(loop.start.source) + "; " + part(loop.test.source) + "; " +
                       part(loop.step.source) + "))\n";
                spaces();
                out += "do";
                inner(loop.body);
                out += "done";
                break;
            }
            case CommandKind::case_: {
                auto const& cases = static_cast<CaseCommand const&>(node);
                out += "case " + cases.subject.source + " in ";
                indent += 4;
                for (auto const& arm : cases.arms) {
                    out += "\n";
                    spaces();
                    for (std::size_t i = 0; i < arm.patterns.size(); ++i)
                        out += (i ? " | " : "") + arm.patterns[i].source;
                    out += ")\n";
                    indent += 4;
                    if (arm.body && !arm.body->items.empty()) list(*arm.body, true);
                    put_operator("");
                    indent -= 4;
                    out += "\n";
                    spaces();
                    out += arm.after == CaseCommand::After::stop           ? ";;"
                           : arm.after == CaseCommand::After::fall_through ? ";&"
                                                                           : ";;&";
                }
                indent -= 4;
                out += "\n";
                spaces();
                out += "esac";
                break;
            }
            case CommandKind::function: {
                auto const& function = static_cast<FunctionCommand const&>(node);
                out += "function " + function.name + " () \n";
                bool const before = in_function;
                in_function = true;
                body(*function.body);
                in_function = before;
                break;
            }
            case CommandKind::arithmetic:
                out += "((" + static_cast<ArithmeticCommand const&>(node).expression.source + "))";
                break;
            case CommandKind::conditional:
                out += "[[ ";
                condition(*static_cast<ConditionalCommand const&>(node).condition);
                out += " ]]";
                break;
            case CommandKind::coprocess: {
                auto const& coprocess = static_cast<CoprocessCommand const&>(node);
                out += "coproc " + coprocess.name + " ";
                command(*coprocess.body);
                break;
            }
            default: break;
        }
    }

    void if_arms(IfCommand const& node, std::size_t from) {
        out += "if ";
        list(*node.arms[from].condition, false);
        put_operator("");
        out += out.back() == '\n' ? " then" : "; then";
        inner(node.arms[from].body);
        if (from + 1 < node.arms.size()) { // bash prints elif as a nested if
            out += "else\n";
            indent += 4;
            spaces();
            if_arms(node, from + 1);
            out += ";\n";
            indent -= 4;
            spaces();
        } else if (node.otherwise) {
            out += "else";
            inner(node.otherwise);
        }
        out += "fi";
    }

    void condition(Condition const& c) {
        using Kind = Condition::Kind;
        switch (c.kind) {
            case Kind::word: out += "-n " + c.left.source; break;
            case Kind::unary: out += c.op + " " + c.left.source; break;
            case Kind::binary: out += c.left.source + " " + c.op + " " + c.right.source; break;
            case Kind::not_:
                out += "! ";
                condition(*c.first);
                break;
            case Kind::group:
                out += "( ";
                condition(*c.first);
                out += " )";
                break;
            case Kind::and_:
            case Kind::or_:
                condition(*c.first);
                out += c.kind == Kind::and_ ? " && " : " || ";
                condition(*c.second);
                break;
        }
    }
};

}

std::string printed_function(std::string const& name, Syntax const& body) {
    Printer printer;
    printer.out = name + " () \n";
    printer.in_function = true;
    printer.body(body);
    return printer.out;
}

std::string printed_command(Syntax const& command) {
    Printer printer;
    printer.command(command);
    printer.put_operator("");
    return printer.out;
}

std::string printed_substitution(Syntax const& commands) {
    Printer printer;
    printer.in_substitution = true;
    printer.command(commands);
    printer.put_operator("");
    return printer.out;
}

}
