// base64, base32 and basenc (RFC 4648): bytes as letters of an alphabet whose size is a power of two, and back.
#include "terminal/commands/encode.hpp"

#include "terminal/commands/arguments.hpp"
#include "terminal/commands/programs.hpp"
#include "terminal/commands/stream.hpp"
#include "terminal/commands/units.hpp"

#include <algorithm>

namespace cw::terminal::commands {

namespace {

constexpr Alphabet alphabets[] = {
    {"base64", "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", 6, 4},
    {"base64url", "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", 6, 4},
    {"base32", "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 5, 8},
    {"base32hex", "0123456789ABCDEFGHIJKLMNOPQRSTUV", 5, 8},
    {"base16", "0123456789ABCDEF", 4, 2},
    {"base2msbf", "01", 1, 8},
};

}

Alphabet const& alphabet_named(std::string_view name) {
    return *std::find_if(std::begin(alphabets), std::end(alphabets) - 1,
                         [&](Alphabet const& one) { return one.name == name; });
}

std::string encoded(std::string_view bytes, Alphabet const& alphabet) {
    std::string out;
    std::uint32_t waiting = 0;
    unsigned count = 0; // of bits
    auto const emit = [&](unsigned shift) { out += alphabet.letters[waiting >> shift & ((1u << alphabet.bits) - 1)]; };
    for (char const c : bytes) {
        waiting = waiting << 8 | static_cast<unsigned char>(c);
        for (count += 8; count >= alphabet.bits;) emit(count -= alphabet.bits);
        waiting &= (1u << count) - 1;
    }
    if (count > 0) {
        waiting <<= alphabet.bits - count;
        emit(0);
    }
    while (out.size() % alphabet.group != 0) out += '=';
    return out;
}

bool decoded(std::string_view text, Alphabet const& alphabet, bool ignores_garbage, std::string& out) {
    std::uint32_t waiting = 0;
    unsigned count = 0;
    std::size_t letters = 0, padding = 0; // in this group
    std::size_t whole = out.size();       // what base32 gives out of a group that is cut short: nothing
    struct Cut {
        std::string& out;
        std::size_t const& whole;
        bool const on;
        ~Cut() {
            if (on) out.resize(whole);
        }
    } const cut{out, whole, alphabet.bits == 5};
    for (char const c : text) {
        if (c == '\n') continue;
        std::size_t const value = alphabet.letters.find(c);
        bool const fills = c == '=' && letters > 0 && count < alphabet.bits;
        if (value == std::string_view::npos && !fills) {
            if (ignores_garbage) continue;
            return false;
        }
        if (fills) {
            if (++padding + letters < alphabet.group) continue;
            letters = padding = 0;
            waiting = count = 0;
            whole = out.size();
            continue;
        }
        if (padding > 0) return false;
        waiting = waiting << alphabet.bits | static_cast<std::uint32_t>(value);
        count += alphabet.bits;
        if (count >= 8) {
            out += static_cast<char>(waiting >> (count -= 8) & 255);
            waiting &= (1u << count) - 1;
        }
        if (++letters < alphabet.group) continue;
        letters = 0;
        whole = out.size();
    }
    return letters == 0;
}

namespace {

// The bits of every byte the other way round.
std::string reversed_bits(std::string_view bytes) {
    std::string out;
    for (char const c : bytes) {
        unsigned value = 0;
        for (unsigned i = 0; i < 8; ++i) value |= (static_cast<unsigned char>(c) >> i & 1u) << (7 - i);
        out += static_cast<char>(value);
    }
    return out;
}

// ZeroMQ's RFC 32: four bytes as five digits.
constexpr std::string_view z85_digits =
    "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#";

std::string z85_encoded(std::string_view bytes) {
    std::string out;
    for (std::size_t at = 0; at + 4 <= bytes.size(); at += 4) {
        std::uint32_t value = 0;
        for (std::size_t i = 0; i < 4; ++i) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
        for (std::uint32_t place = 52'200'625; place > 0; place /= 85) out += z85_digits[value / place % 85];
    }
    return out;
}

bool z85_decoded(std::string_view text, bool ignores_garbage, std::string& out) {
    std::uint64_t value = 0;
    int count = 0;
    for (char const c : text) {
        std::size_t const digit = z85_digits.find(c);
        if (digit == std::string_view::npos && (c == '\n' || ignores_garbage)) continue;
        if (digit == std::string_view::npos) return false;
        value = value * 85 + digit;
        if (++count < 5) continue;
        if (value > UINT32_MAX) return false;
        for (unsigned shift = 32; shift > 0;) out += static_cast<char>(value >> (shift -= 8) & 255);
        value = 0;
        count = 0;
    }
    return count == 0;
}

Task<int> run_encoder(Process& p, Command const& command, std::string_view name) {
    Arguments const arguments = parse_arguments(p, command);
    if (arguments.ended()) co_return arguments.status;
    for (Option const& option : arguments.options)
        for (Alphabet const& one : alphabets)
            if (option.id == long_option(one.name))
                name = one.name;
            else if (option.id == long_option("z85"))
                name = "z85";
            else if (option.id == long_option("base2lsbf"))
                name = "base2lsbf";
    bool const z85 = name == "z85", reverses = name == "base2lsbf";
    if (reverses) name = "base2msbf";
    if (name.empty()) co_return usage_mistake(p, "missing encoding type");
    if (arguments.operands.size() > 1) co_return extra_operand(p, arguments.operands[1]);
    std::int64_t wrap = 76;
    if (std::string const* given = arguments.value('w')) {
        auto const number = parse_count(*given);
        if (!number) co_return p.fail("invalid wrap size: " + marked(*given));
        wrap = *number;
    }
    std::string bytes;
    bool const read =
        co_await read_whole(p, arguments.operands.empty() ? "-" : arguments.operands[0], bytes, {"%", "read error"});
    if (!read) co_return 1;
    Alphabet const& alphabet = alphabet_named(name);
    Output out(p);
    if (arguments.has('d')) {
        std::string plain;
        bool const fine =
            z85 ? z85_decoded(bytes, arguments.has('i'), plain) : decoded(bytes, alphabet, arguments.has('i'), plain);
        out.put(reverses ? reversed_bits(plain) : plain);
        if (!fine) {
            out.flush();
            p.fail("invalid input");
        }
        co_return out.close(fine ? 0 : 1);
    }
    if (z85 && bytes.size() % 4) co_return p.fail("invalid input (length must be multiple of 4 characters)");
    std::string const text = z85 ? z85_encoded(bytes) : encoded(reverses ? reversed_bits(bytes) : bytes, alphabet);
    auto const width = wrap > 0 ? static_cast<std::size_t>(wrap) : text.size();
    for (std::size_t at = 0; at < text.size(); at += width) {
        out.put(std::string_view(text).substr(at, width));
        if (wrap > 0) out.put('\n');
    }
    co_return out.close(0);
}

Task<int> run_base64(Process& p) { return run_encoder(p, base64_command, "base64"); }
Task<int> run_base32(Process& p) { return run_encoder(p, base32_command, "base32"); }
Task<int> run_basenc(Process& p) { return run_encoder(p, basenc_command, ""); }

constexpr std::string_view encoder_manual =
    "  -d, --decode          decode data\n"
    "  -i, --ignore-garbage  when decoding, ignore non-alphabet characters\n"
    "  -w, --wrap=COLS       wrap encoded lines after COLS character (default 76), 0 to disable\n";

}

Command const base64_command{"base64",
                             "base64 encode or decode FILE, or standard input, to standard output",
                             "base64 [OPTION]... [FILE]",
                             encoder_manual,
                             nullptr,
                             run_base64};
Command const base32_command{"base32",
                             "base32 encode or decode FILE, or standard input, to standard output",
                             "base32 [OPTION]... [FILE]",
                             encoder_manual,
                             nullptr,
                             run_base32};
Command const basenc_command{
    "basenc",
    "encode or decode FILE, or standard input, to standard output",
    "basenc [OPTION]... [FILE]",
    "      --base64          same as 'base64' program\n"
    "      --base64url       file- and url-safe base64\n"
    "      --base32          same as 'base32' program\n"
    "      --base32hex       extended hex alphabet base32\n"
    "      --base16          hex encoding\n"
    "      --base2msbf       bit string with most significant bit (msb) first\n"
    "      --base2lsbf       bit string with least significant bit (lsb) first\n"
    "      --z85             ascii85-like encoding of ZeroMQ; lengths of 4, and 5 when decoding\n"
    "  -d, --decode          decode data\n"
    "  -i, --ignore-garbage  when decoding, ignore non-alphabet characters\n"
    "  -w, --wrap=COLS       wrap encoded lines after COLS character (default 76), 0 to disable\n",
    nullptr,
    run_basenc};

}
