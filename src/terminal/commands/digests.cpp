// md5sum, sha1sum, sha224sum, sha256sum, sha384sum, sha512sum, b2sum, cksum and sum, with -c to check lists of sums.
#include "ground/text.hpp"
#include "terminal/commands/arguments.hpp"
#include "terminal/commands/digest.hpp"
#include "terminal/commands/programs.hpp"
#include "terminal/commands/stream.hpp"
#include "terminal/commands/units.hpp"

#include <algorithm>
#include <optional>

namespace cw::terminal::commands {

namespace {

struct Algorithm {
    std::string_view name;  // cksum -a NAME
    std::string_view label; // "SHA256 (file) = "
    Digest digest;
};
constexpr Algorithm algorithms[] = {
    {"md5", "MD5", Digest::md5},
    {"sha1", "SHA1", Digest::sha1},
    {"sha224", "SHA224", Digest::sha224},
    {"sha256", "SHA256", Digest::sha256},
    {"sha384", "SHA384", Digest::sha384},
    {"sha512", "SHA512", Digest::sha512},
    {"blake2b", "BLAKE2b", Digest::blake2b},
};

struct SumStyle {
    Digest digest = Digest::md5;
    std::string_view label;
    std::size_t length = 0; // bytes of BLAKE2b, 0 for all
    bool tag = false, binary = false, zero = false;
    bool any = false; // -c: the lines tell the algorithm
    bool quiet = false, silent = false, ignore_missing = false, strict = false, warn = false;
};

// "a\nb" as the lists have it: a backslash before the line, \n and \\ in the name, if it has one of `special`.
std::string escaped_name(std::string const& name, std::string_view special, bool& escapes) {
    escapes = name.find_first_of(special) != std::string::npos;
    if (!escapes) return name;
    return replace_all(replace_all(replace_all(name, "\\", "\\\\"), "\n", "\\n"), "\r", "\\r");
}

std::string sum_line(SumStyle const& style, std::string const& file, std::string const& sum) {
    bool escapes = false;
    std::string const name = style.zero ? file : escaped_name(file, "\\\n\r", escapes);
    std::string const bits = style.length ? "-" + std::to_string(style.length * 8) : "";
    return (escapes ? "\\" : "") +
           (style.tag ? std::string(style.label) + bits + " (" + name + ") = " + sum
                      : sum + (style.binary ? " *" : "  ") + name) +
           (style.zero ? '\0' : '\n');
}

struct ListedSum {
    std::string name, sum;
    Digest digest = Digest::md5;
};

// "SUM  NAME" or "SHA256 (NAME) = SUM"; none for a line that is neither.
std::optional<ListedSum> read_sum(SumStyle const& style, std::string_view line) {
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    bool const escapes = !line.empty() && line[0] == '\\';
    if (escapes) line.remove_prefix(1);
    ListedSum out;
    out.digest = style.digest;
    // OpenSSL's lists have no blanks before the brace and the equals sign.
    std::size_t const brace = line.find('('), close = line.rfind(')');
    std::string_view const label = line.substr(0, std::min(line.find_first_of("-( "), line.size()));
    auto const* const known = std::find_if(std::begin(algorithms), std::end(algorithms), [&](Algorithm const& one) {
        return one.label == label && (style.any || one.digest == style.digest);
    });
    if (known != std::end(algorithms) && brace < close && close != std::string_view::npos) {
        std::string_view rest = line.substr(close + 1);
        std::size_t const equals = rest.find_first_not_of(' ');
        if (equals == std::string_view::npos || rest[equals] != '=') return {};
        rest.remove_prefix(std::min(rest.find_first_not_of(' ', equals + 1), rest.size()));
        out = {std::string(line.substr(brace + 1, close - brace - 1)), std::string(rest), known->digest};
    } else if (style.any) {
        return {};
    } else {
        std::size_t const digits = std::min(line.find_first_not_of("0123456789abcdefABCDEF"), line.size());
        if (digits + 2 >= line.size() || line[digits] != ' ' || (line[digits + 1] != ' ' && line[digits + 1] != '*'))
            return {};
        out = {std::string(line.substr(digits + 2)), std::string(line.substr(0, digits)), style.digest};
    }
    bool const fits = out.digest == Digest::blake2b ? out.sum.size() % 2 == 0 && !out.sum.empty() &&
                                                          out.sum.size() <= 2 * digest_bytes(out.digest)
                                                    : out.sum.size() == 2 * digest_bytes(out.digest);
    if (!fits) return {};
    for (char& c : out.sum) c = c >= 'A' && c <= 'F' ? static_cast<char>(c + 32) : c;
    if (escapes) out.name = replace_all(replace_all(out.name, "\\n", "\n"), "\\\\", "\\");
    return out;
}

// -c: the sums of a list.
Task<int> check_list(Process& p, SumStyle const& style, std::string list) {
    std::string text;
    bool const read = co_await read_whole(p, list, text);
    if (!read) co_return 1;
    std::string const shown = list == "-" ? "'standard input'" : shown_name(list);
    int failed = 0, missing = 0, checked = 0, wrong = 0, fine = 0;
    int number = 0;
    for (std::string_view const line : split(text, '\n')) {
        ++number;
        if (line.empty() || line[0] == '#') continue;
        auto const listed = read_sum(style, line);
        if (!listed) {
            ++wrong;
            if (style.warn)
                p.fail(shown + ": " + std::to_string(number) + ": improperly formatted " + std::string(style.label) +
                       " checksum line");
            continue;
        }
        ++checked;
        if (style.ignore_missing && !p.vfs().lookup(p.caller, listed->name)) continue;
        std::string bytes;
        bool const opened = co_await read_whole(p, listed->name, bytes);
        bool const same = opened && hex_digest(listed->digest, std::move(bytes), listed->sum.size() / 2) == listed->sum;
        if (!opened)
            ++missing;
        else
            ++(same ? fine : failed);
        if (style.silent || (same && style.quiet)) continue;
        bool escapes = false;
        std::string const name = escaped_name(listed->name, "\n", escapes);
        p.out((escapes ? "\\" : "") + name + (same ? ": OK\n" : opened ? ": FAILED\n" : ": FAILED open or read\n"));
    }
    auto const warn = [&](int count, std::string const& one, std::string const& many) {
        if (count > 0 && !style.silent) p.fail("WARNING: " + std::to_string(count) + (count == 1 ? one : many));
    };
    if (checked == 0) co_return p.fail(shown + ": no properly formatted checksum lines found");
    warn(wrong, " line is improperly formatted", " lines are improperly formatted");
    warn(missing, " listed file could not be read", " listed files could not be read");
    warn(failed, " computed checksum did NOT match", " computed checksums did NOT match");
    if (style.ignore_missing && fine + failed == 0 && missing == 0) co_return p.fail(shown + ": no file was verified");
    co_return failed || missing || (style.strict && wrong) ? 1 : 0;
}

// -l BITS of BLAKE2b; the status to end with, or -1.
int read_length(Process& p, Arguments const& arguments, SumStyle& style) {
    std::string const* const given = arguments.value('l');
    if (!given) return -1;
    auto const bits = parse_count(*given);
    auto const most = static_cast<std::int64_t>(digest_bytes(Digest::blake2b) * 8);
    if (!bits || *bits > most || *bits % 8 != 0) {
        p.fail("invalid length: " + marked(*given));
        if (bits && *bits > most)
            return p.fail("maximum digest length for " + marked("BLAKE2b") + " is " + std::to_string(most) + " bits");
        return p.fail("length is not a multiple of 8");
    }
    style.length = *bits == most ? 0 : static_cast<std::size_t>(*bits) / 8;
    return -1;
}

Task<int> sum_files(Process& p, Arguments const& arguments, SumStyle style) {
    style.binary = arguments.has('b');
    style.zero = arguments.has('z');
    style.quiet = arguments.has(long_option("quiet"));
    style.silent = arguments.has(long_option("status"));
    style.strict = arguments.has(long_option("strict"));
    style.warn = arguments.has('w');
    style.ignore_missing = arguments.has(long_option("ignore-missing"));
    bool const checks = arguments.has('c');
    constexpr std::string_view for_checks[] = {"ignore-missing", "status", "warn", "quiet", "strict"};
    bool const given[] = {style.ignore_missing, style.silent, style.warn, style.quiet, style.strict};
    for (std::size_t i = 0; i < 5 && !checks; ++i)
        if (given[i])
            co_return usage_mistake(
                p, "the --" + std::string(for_checks[i]) + " option is meaningful only when verifying checksums");
    if (checks && arguments.has(long_option("tag")))
        co_return usage_mistake(p, "the --tag option is meaningless when verifying checksums");
    if (checks && style.zero) co_return usage_mistake(p, "the --zero option is not supported when verifying checksums");
    if (style.digest == Digest::blake2b)
        if (int const status = read_length(p, arguments, style); status >= 0) co_return status;
    std::vector<std::string> files = arguments.operands;
    if (files.empty()) files.emplace_back("-");
    int status = 0;
    for (std::string const& file : files) {
        if (arguments.has('c')) {
            status |= co_await check_list(p, style, file);
            continue;
        }
        std::string bytes;
        bool const read = co_await read_whole(p, file, bytes);
        if (read)
            p.out(sum_line(style, file, hex_digest(style.digest, std::move(bytes), style.length)));
        else
            status = 1;
        co_await p.breathe();
    }
    co_return status;
}

Task<int> run_digest(Process& p, Command const& command, Digest digest) {
    Arguments const arguments = parse_arguments(p, command);
    if (arguments.ended()) co_return arguments.status;
    SumStyle style;
    style.digest = digest;
    for (Algorithm const& one : algorithms)
        if (one.digest == digest) style.label = one.label;
    style.tag = arguments.has(long_option("tag"));
    co_return co_await sum_files(p, arguments, style);
}

Task<int> run_md5sum(Process& p) { return run_digest(p, md5sum_command, Digest::md5); }
Task<int> run_sha1sum(Process& p) { return run_digest(p, sha1sum_command, Digest::sha1); }
Task<int> run_sha224sum(Process& p) { return run_digest(p, sha224sum_command, Digest::sha224); }
Task<int> run_sha256sum(Process& p) { return run_digest(p, sha256sum_command, Digest::sha256); }
Task<int> run_sha384sum(Process& p) { return run_digest(p, sha384sum_command, Digest::sha384); }
Task<int> run_sha512sum(Process& p) { return run_digest(p, sha512sum_command, Digest::sha512); }
Task<int> run_b2sum(Process& p) { return run_digest(p, b2sum_command, Digest::blake2b); }

// POSIX cksum: CRC-32 with the length behind the bytes.
std::uint32_t crc(std::string_view bytes) {
    std::uint32_t value = 0;
    auto const add = [&](unsigned byte) {
        value ^= byte << 24;
        for (int bit = 0; bit < 8; ++bit) value = value << 1 ^ (value >> 31 ? 0x04c11db7u : 0u);
    };
    for (char const c : bytes) add(static_cast<unsigned char>(c));
    for (std::size_t length = bytes.size(); length > 0; length >>= 8) add(length & 255);
    return ~value;
}

unsigned bsd_sum(std::string_view bytes) {
    unsigned value = 0;
    for (char const c : bytes) value = ((value >> 1 | (value & 1) << 15) + static_cast<unsigned char>(c)) & 0xffff;
    return value;
}

unsigned system_v_sum(std::string_view bytes) {
    std::uint32_t value = 0;
    for (char const c : bytes) value += static_cast<unsigned char>(c);
    value = (value & 0xffff) + (value >> 16);
    return (value & 0xffff) + (value >> 16);
}

enum class OldSum : std::uint8_t { crc, bsd, system_v };

std::string old_sum(OldSum kind, std::string_view bytes) {
    auto const blocks = [&](std::size_t size) { return std::to_string((bytes.size() + size - 1) / size); };
    switch (kind) {
        case OldSum::bsd: return format_integer("%05", 'd', bsd_sum(bytes)) + " " + padded(blocks(1024), 5);
        case OldSum::system_v: return std::to_string(system_v_sum(bytes)) + " " + blocks(512);
        case OldSum::crc: break;
    }
    return std::to_string(crc(bytes)) + " " + std::to_string(bytes.size());
}

Task<int> print_old_sums(Process& p, Arguments const& arguments, OldSum kind) {
    std::vector<std::string> files = arguments.operands;
    bool const named = !files.empty();
    if (!named) files.emplace_back("-");
    int status = 0;
    for (std::string const& file : files) {
        std::string bytes;
        bool const read = co_await read_whole(p, file, bytes);
        if (read)
            p.out(old_sum(kind, bytes) + (named ? " " + file : "") + (arguments.has('z') ? '\0' : '\n'));
        else
            status = 1;
        co_await p.breathe();
    }
    co_return status;
}

Task<int> run_sum(Process& p) {
    Arguments const arguments = parse_arguments(p, sum_command);
    if (arguments.ended()) co_return arguments.status;
    OldSum kind = OldSum::bsd;
    for (Option const& option : arguments.options) kind = option.id == 's' ? OldSum::system_v : OldSum::bsd;
    co_return co_await print_old_sums(p, arguments, kind);
}

Task<int> run_cksum(Process& p) {
    Arguments const arguments = parse_arguments(p, cksum_command);
    if (arguments.ended()) co_return arguments.status;
    std::string const* const given = arguments.value('a');
    std::string const name = given ? *given : "crc";
    if (name == "crc" || name == "bsd" || name == "sysv") {
        if (arguments.has('c') && !given) {
            SumStyle style;
            style.any = true;
            co_return co_await sum_files(p, arguments, style);
        }
        if (arguments.has('c')) co_return p.fail("--check is not supported with --algorithm={bsd,sysv,crc}");
        co_return co_await print_old_sums(p, arguments,
                                          name == "crc"   ? OldSum::crc
                                          : name == "bsd" ? OldSum::bsd
                                                          : OldSum::system_v);
    }
    for (Algorithm const& one : algorithms) {
        if (one.name != name) continue;
        SumStyle style;
        style.digest = one.digest;
        style.label = one.label;
        style.tag = !arguments.has(long_option("untagged"));
        co_return co_await sum_files(p, arguments, style);
    }
    co_return invalid_choice(p, name, "--algorithm",
                             {"bsd", "sysv", "crc", "md5", "sha1", "sha224", "sha256", "sha384", "sha512", "blake2b"});
}

#define CW_CHECKING                                                                   \
    "      --ignore-missing  don't fail or report status for missing files\n"         \
    "      --quiet           don't print OK for each successfully verified file\n"    \
    "      --status          don't output anything, status code shows success\n"      \
    "      --strict          exit non-zero for improperly formatted checksum lines\n" \
    "  -w, --warn            warn about improperly formatted checksum lines\n"        \
    "  -z, --zero            end each output line with NUL, not newline\n"

constexpr std::string_view digest_manual =
    "  -b, --binary          read in binary mode\n"
    "  -c, --check           read checksums from the FILEs and check them\n"
    "      --tag             create a BSD-style checksum\n"
    "  -t, --text            read in text mode (default)\n" CW_CHECKING;
constexpr std::string_view blake_manual =
    "  -b, --binary          read in binary mode\n"
    "  -c, --check           read checksums from the FILEs and check them\n"
    "  -l, --length=BITS     digest length in bits, a multiple of 8\n"
    "      --tag             create a BSD-style checksum\n"
    "  -t, --text            read in text mode (default)\n" CW_CHECKING;
constexpr std::string_view cksum_manual =
    "  -a, --algorithm=TYPE  bsd, sysv, crc (default), md5, sha1, sha224, sha256, sha384, sha512 or blake2b\n"
    "  -c, --check           read checksums from the FILEs and check them\n"
    "  -l, --length=BITS     digest length in bits, a multiple of 8; for blake2b\n"
    "      --tag             create a BSD-style checksum (the default)\n"
    "      --debug           (ignored)\n"
    "      --untagged        create a reversed style checksum, without digest type\n" CW_CHECKING;
#undef CW_CHECKING

}

Command const md5sum_command{
    "md5sum",  "print or check MD5 (128-bit) checksums", "md5sum [OPTION]... [FILE]...", digest_manual, nullptr,
    run_md5sum};
Command const sha1sum_command{
    "sha1sum",  "print or check SHA1 (160-bit) checksums", "sha1sum [OPTION]... [FILE]...", digest_manual, nullptr,
    run_sha1sum};
Command const sha224sum_command{"sha224sum",
                                "print or check SHA224 (224-bit) checksums",
                                "sha224sum [OPTION]... [FILE]...",
                                digest_manual,
                                nullptr,
                                run_sha224sum};
Command const sha256sum_command{"sha256sum",
                                "print or check SHA256 (256-bit) checksums",
                                "sha256sum [OPTION]... [FILE]...",
                                digest_manual,
                                nullptr,
                                run_sha256sum};
Command const sha384sum_command{"sha384sum",
                                "print or check SHA384 (384-bit) checksums",
                                "sha384sum [OPTION]... [FILE]...",
                                digest_manual,
                                nullptr,
                                run_sha384sum};
Command const sha512sum_command{"sha512sum",
                                "print or check SHA512 (512-bit) checksums",
                                "sha512sum [OPTION]... [FILE]...",
                                digest_manual,
                                nullptr,
                                run_sha512sum};
Command const b2sum_command{
    "b2sum",  "print or check BLAKE2b (512-bit) checksums", "b2sum [OPTION]... [FILE]...", blake_manual, nullptr,
    run_b2sum};
Command const cksum_command{"cksum",  "print or verify checksums", "cksum [OPTION]... [FILE]...", cksum_manual, nullptr,
                            run_cksum};
Command const sum_command{"sum",
                          "print or check BSD (16-bit) checksums",
                          "sum [OPTION]... [FILE]...",
                          "  -r          use BSD sum algorithm (the default), use 1K blocks\n"
                          "  -s, --sysv  use System V sum algorithm, use 512 bytes blocks\n",
                          nullptr,
                          run_sum};

}
