#include "terminal/commands/files.hpp"

#include "ground/text.hpp"
#include "terminal/system.hpp"

namespace cw::terminal::commands {

std::string user_name(Process& p, int uid) {
    return uid == 0 ? "root" : uid == 1000 ? p.system.user : std::to_string(uid);
}

std::int64_t blocks_of(Node const& node) {
    if (node.is_directory()) return 8;
    if (node.kind != FileKind::regular) return 0;
    return static_cast<std::int64_t>((node.content.size() + 4095) / 4096 * 8);
}

namespace {

struct Clause {
    unsigned who = 0; // of 0700 070 07
    char operation = '+';
    unsigned bits = 0;
};

unsigned permission_bits(char c, unsigned who, unsigned mode, bool is_directory) {
    unsigned const all = 0111;
    switch (c) {
        case 'r': return 0444 & who;
        case 'w': return 0222 & who;
        case 'x': return 0111 & who;
        case 'X': return is_directory || (mode & all) ? 0111 & who : 0;
        case 's': return ((who & 0700) ? 04000u : 0u) | ((who & 070) ? 02000u : 0u);
        case 't': return 01000;
        case 'u': return ((mode >> 6 & 7) * 0111) & who;
        case 'g': return ((mode >> 3 & 7) * 0111) & who;
        case 'o': return ((mode & 7) * 0111) & who;
        default: return ~0u;
    }
}

// One of the parts between commas, such as "go-w+x".
bool apply_clause(std::string_view text, unsigned& mode, bool is_directory, unsigned mask) {
    unsigned who = 0;
    std::size_t at = 0;
    for (; at < text.size() && std::string_view("ugoa").find(text[at]) != std::string_view::npos; ++at)
        who |= text[at] == 'u' ? 0700u : text[at] == 'g' ? 070u : text[at] == 'o' ? 07u : 0777u;
    bool const everyone = who == 0;
    if (everyone) who = 0777;
    if (at == text.size()) return false;
    while (at < text.size()) {
        char const operation = text[at++];
        if (operation != '+' && operation != '-' && operation != '=') return false;
        unsigned bits = 0;
        for (; at < text.size() && text[at] != '+' && text[at] != '-' && text[at] != '='; ++at) {
            unsigned const one = permission_bits(text[at], who, mode, is_directory);
            if (one == ~0u) return false;
            bits |= one;
        }
        if (everyone) bits &= ~mask;
        if (operation == '+')
            mode |= bits;
        else if (operation == '-')
            mode &= ~bits;
        else
            mode = (mode & ~(who | ((who & 0700) ? 04000u : 0u) | ((who & 070) ? 02000u : 0u))) | bits;
    }
    return true;
}

}

std::optional<unsigned> parse_mode(std::string_view text, unsigned old_mode, bool is_directory, unsigned mask) {
    if (!text.empty() && text.find_first_not_of("01234567") == std::string_view::npos) {
        auto const value = parse_integer(text, 8);
        if (!value || *value > 07777) return {};
        return static_cast<unsigned>(*value);
    }
    unsigned mode = old_mode;
    for (std::string_view const clause : split(text, ','))
        if (!apply_clause(clause, mode, is_directory, mask)) return {};
    return mode;
}

std::string path_in(std::string_view directory, std::string_view name) {
    std::string out(directory);
    if (out.empty() || out.back() != '/') out += '/';
    return out += name;
}

std::string without_slashes(std::string_view path) {
    while (path.size() > 1 && path.back() == '/') path.remove_suffix(1);
    return std::string(path);
}

std::string_view kind_name(Node const& node) {
    switch (node.kind) {
        case FileKind::regular: return node.content.empty() ? "regular empty file" : "regular file";
        case FileKind::directory: return "directory";
        case FileKind::symlink: return "symbolic link";
        case FileKind::character_device: return "character special file";
        case FileKind::fifo: return "fifo";
    }
    return "";
}

Errno program_error(Process& p, std::string_view name) {
    if (name.find('/') == std::string_view::npos) return is_program(p, name) ? Errno::none : Errno::no_entry;
    auto const node = p.vfs().lookup(p.caller, name);
    if (!node) return node.error;
    return node.value->is_directory() || !p.vfs().may(p.caller, *node.value, 1) ? Errno::access : Errno::none;
}

bool is_program(Process& p, std::string_view name) {
    if (name.find('/') != std::string_view::npos) return static_cast<bool>(p.vfs().lookup(p.caller, name));
    if (p.system.command(name)) return true;
    for (std::string_view const folder : split(p.has_env("PATH") ? p.env("PATH") : "/bin:/usr/bin", ':'))
        if (p.vfs().lookup(p.caller, path_in(folder, name))) return true;
    return false;
}

Task<bool> ask(Process& p, std::string question) {
    p.err(p.name() + ": " + question);
    std::string answer;
    bool const answered = co_await p.read_line(0, answer);
    co_return answered && (answer[0] == 'y' || answer[0] == 'Y');
}

}
