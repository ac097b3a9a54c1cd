#include "terminal/commands/arguments.hpp"
#include "terminal/commands/programs.hpp"
#include "terminal/commands/stream.hpp"
#include "terminal/commands/units.hpp"

#include <algorithm>

namespace cw::terminal::commands {

namespace {

constexpr std::string_view relations = "+-<>/%";

struct Resize {
    char relation = 0; // of `relations`, 0 for an absolute size
    std::int64_t amount = 0;
    std::int64_t reference = -1; // size of --reference
};

std::int64_t new_size(Resize const& resize, std::int64_t size) {
    std::int64_t const from = resize.reference >= 0 ? resize.reference : size, by = resize.amount;
    switch (resize.relation) {
        case '+': return from + by;
        case '-': return std::max<std::int64_t>(0, from - by);
        case '<': return std::min(from, by);
        case '>': return std::max(from, by);
        case '/': return from / by * by;
        case '%': return (from + by - 1) / by * by;
        default: return by;
    }
}

// "+4K": the status to end with, or -1.
int read_size(Process& p, std::string_view text, Resize& resize) {
    std::string_view number = text;
    while (!number.empty() && number[0] == ' ') number.remove_prefix(1);
    if (!number.empty() && relations.find(number[0]) != std::string_view::npos) {
        resize.relation = number[0];
        number.remove_prefix(1);
    }
    auto const amount = number.empty() || number[0] < '0' || number[0] > '9' ? std::nullopt : parse_size(number);
    if (!amount) return p.fail("Invalid number: " + marked(number));
    if ((resize.relation == '/' || resize.relation == '%') && *amount == 0) return p.fail("division by zero");
    resize.amount = *amount;
    return -1;
}

int resize_file(Process& p, std::string const& name, Resize const& resize, bool creates) {
    OpenFlags flags;
    flags.write = true;
    flags.create = creates;
    auto const opened = p.vfs().open(p.caller, name, flags);
    if (!opened && opened.error == Errno::no_entry && !creates) return 0;
    if (!opened) {
        report_file(p, "cannot open $ for writing", name, opened.error);
        return 1;
    }
    Node& node = *opened.value;
    if (node.kind != FileKind::regular) {
        report_file(p, "failed to truncate $", name, Errno::invalid);
        return 1;
    }
    std::int64_t const size = new_size(resize, static_cast<std::int64_t>(node.size()));
    Errno const error = p.vfs().resize_node(node, static_cast<std::size_t>(size));
    if (error == Errno::none) return 0;
    p.fail("failed to truncate " + quoted(name) + " at " + std::to_string(size) +
           " bytes: " + std::string(message(error)));
    return 1;
}

int run_truncate(Process& p) {
    Arguments const arguments = parse_arguments(p, truncate_command);
    if (arguments.ended()) return arguments.status;
    std::string const *const size = arguments.value('s'), *const reference = arguments.value('r');
    Resize resize;
    if (size)
        if (int const status = read_size(p, *size, resize); status >= 0) return status;
    if (!size && !reference)
        return usage_mistake(p, "you must specify either \u2018--size\u2019 or \u2018--reference\u2019");
    if (reference && size && !resize.relation)
        return usage_mistake(p, "you must specify a relative \u2018--size\u2019 with \u2018--reference\u2019");
    if (arguments.operands.empty()) return usage_mistake(p, "missing file operand");
    if (reference) {
        auto const node = p.vfs().lookup(p.caller, *reference);
        if (!node) {
            report_file(p, "cannot stat $", *reference, node.error);
            return 1;
        }
        resize.reference = static_cast<std::int64_t>(node.value->size());
        if (!size) resize = {0, resize.reference, -1};
    }
    int status = 0;
    for (std::string const& name : arguments.operands)
        status = std::max(status, resize_file(p, name, resize, !arguments.has('c')));
    return status;
}

}

Command const truncate_command{"truncate", "shrink or extend the size of each FILE to the specified size",
                               "truncate OPTION... FILE...",
                               "  -c, --no-create        do not create any files\n"
                               "  -o, --io-blocks        (ignored)\n"
                               "  -r, --reference=RFILE  base size on RFILE\n"
                               "  -s, --size=SIZE        set or adjust the file size by SIZE bytes\n\n"
                               "SIZE may begin with '+' extend by, '-' reduce by, '<' at most, '>' at least,\n"
                               "'/' round down to multiple of, '%' round up to multiple of.\n",
                               run_truncate};

}
