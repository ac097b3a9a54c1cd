// The headers of tar archives.
#include "ground/text.hpp"
#include "terminal/commands/tar.hpp"
#include "terminal/commands/units.hpp"
#include "terminal/pattern.hpp"

#include <algorithm>

namespace cw::terminal::commands {

namespace {

// Where the fields of a header are.
struct Field {
    std::size_t at, size;
};
constexpr Field name_field{0, 100}, mode_field{100, 8}, uid_field{108, 8}, gid_field{116, 8}, size_field{124, 12},
    time_field{136, 12}, sum_field{148, 8}, kind_field{156, 1}, link_field{157, 100}, magic_field{257, 8},
    user_field{265, 32}, group_field{297, 32}, prefix_field{345, 155};
constexpr std::string_view gnu_magic("ustar  \0", 8), posix_magic("ustar\0", 6);
constexpr std::int64_t largest_member = std::int64_t{1} << 30; // sizes above it are taken as this
constexpr std::string_view long_name = "././@LongLink";

std::string_view text_at(std::string_view block, Field field) {
    std::string_view const all = block.substr(field.at, field.size);
    return all.substr(0, all.find('\0'));
}

// Octal digits, or, with the first bit set, a number of bytes.
std::int64_t number_at(std::string_view block, Field field) {
    std::string_view const all = block.substr(field.at, field.size);
    std::uint64_t value = 0;
    if (static_cast<unsigned char>(all[0]) & 0x80) {
        value = all[0] & 0x40 ? ~std::uint64_t{0} : 0;
        for (char const c : all.substr(1)) value = value << 8 | static_cast<unsigned char>(c);
        return static_cast<std::int64_t>(value);
    }
    for (char const c : all.substr(std::min(all.find_first_not_of(' '), all.size()))) {
        if (c < '0' || c > '7') break;
        value = value << 3 | static_cast<unsigned>(c - '0');
    }
    return static_cast<std::int64_t>(value);
}

std::size_t clamped(std::int64_t size) {
    return static_cast<std::size_t>(std::clamp<std::int64_t>(size, 0, largest_member));
}

std::uint64_t sum_of(std::string_view block) {
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < tar_block; ++i)
        sum += i - sum_field.at < sum_field.size ? ' ' : static_cast<unsigned char>(block[i]);
    return sum;
}

void put_text(std::string& block, Field field, std::string_view text) {
    text = text.substr(0, field.size);
    block.replace(field.at, text.size(), text);
}

void put_number(std::string& block, Field field, std::int64_t value) {
    std::size_t const digits = field.size - 1;
    if (value < 0 || value >> (3 * digits) != 0) {
        for (std::size_t i = field.size; i-- > 0; value >>= 8) block[field.at + i] = static_cast<char>(value & 255);
        if (value >= 0) block[field.at] = static_cast<char>(0x80);
        return;
    }
    put_text(block, field, format_integer("%0" + std::to_string(digits), 'o', value));
}

void put_header(std::string& archive, Member const& member, std::string const& name) {
    std::string block(tar_block, '\0');
    put_text(block, name_field, name);
    put_number(block, mode_field, member.mode);
    put_number(block, uid_field, member.uid);
    put_number(block, gid_field, member.gid);
    put_number(block, size_field, static_cast<std::int64_t>(member.size));
    put_number(block, time_field, member.seconds);
    block[kind_field.at] = member.kind;
    put_text(block, link_field, member.link);
    put_text(block, magic_field, gnu_magic);
    put_text(block, user_field, std::string_view(member.user).substr(0, user_field.size - 1));
    put_text(block, group_field, std::string_view(member.group).substr(0, group_field.size - 1));
    put_text(block, sum_field, format_integer("%06", 'o', static_cast<std::int64_t>(sum_of(block))));
    block[sum_field.at + 7] = ' ';
    archive += block;
}

void put_long(std::string& archive, char kind, std::string const& text) {
    if (text.size() <= name_field.size) return;
    Member member;
    member.kind = kind;
    member.user = member.group = "root";
    member.size = text.size() + 1;
    put_header(archive, member, std::string(long_name));
    (archive += text) += '\0';
    fill_block(archive);
}

}

void fill_block(std::string& archive) { archive.resize((archive.size() + tar_block - 1) / tar_block * tar_block); }

void write_header(std::string& archive, Member const& member) {
    std::string const name = member.shown();
    put_long(archive, 'K', member.link);
    put_long(archive, 'L', name);
    put_header(archive, member, name);
}

bool ArchiveReader::read_header(std::string_view block, Member& member) const {
    if (number_at(block, sum_field) != static_cast<std::int64_t>(sum_of(block))) return false;
    member = {};
    member.name = text_at(block, name_field);
    member.mode = static_cast<unsigned>(number_at(block, mode_field)) & 07777;
    member.uid = static_cast<int>(number_at(block, uid_field));
    member.gid = static_cast<int>(number_at(block, gid_field));
    member.seconds = number_at(block, time_field);
    member.kind = block[kind_field.at];
    member.link = text_at(block, link_field);
    member.user = text_at(block, user_field);
    member.group = text_at(block, group_field);
    std::string_view const prefix = text_at(block, prefix_field);
    bool const is_posix = block.substr(magic_field.at, posix_magic.size()) == posix_magic;
    if (is_posix && !prefix.empty()) member.name = std::string(prefix) + "/" + member.name;
    std::int64_t const size = number_at(block, size_field);
    bool const has_content = member.is_file() || member.kind > '7';
    member.size = !has_content ? 0 : clamped(size);
    return true;
}

// "LENGTH NAME=VALUE\n" each.
void ArchiveReader::apply_records(std::string_view records, Member& member) {
    while (!records.empty()) {
        std::size_t const blank = records.find(' ');
        auto const length = static_cast<std::size_t>(parse_count(records.substr(0, blank)).value_or(0));
        if (blank == std::string_view::npos || length <= blank + 1 || length > records.size()) return;
        std::string_view const record = records.substr(blank + 1, length - blank - 2);
        records.remove_prefix(length);
        std::size_t const equals = std::min(record.find('='), record.size() - 1);
        if (record.empty()) continue;
        std::string_view const name = record.substr(0, equals), value = record.substr(equals + 1);
        if (name == "path") member.name = value;
        if (name == "linkpath") member.link = value;
        if (name == "uname") member.user = value;
        if (name == "gname") member.group = value;
        if (name == "size") member.size = clamped(parse_count(value).value_or(0));
        if (name == "mtime") member.seconds = parse_integer(value.substr(0, value.find('.'))).value_or(0);
    }
}

ArchiveReader::State ArchiveReader::next(Member& member) {
    std::string name, link, records;
    for (;;) {
        if (at_ + tar_block > bytes_.size()) return State::end;
        std::string_view const block = bytes_.substr(at_, tar_block);
        if (block.find_first_not_of('\0') == std::string_view::npos) {
            if (skips_zeros_) {
                at_ += tar_block;
                continue;
            }
            std::string_view const second = bytes_.substr(at_ + tar_block, tar_block);
            if (second.size() < tar_block || second.find_first_not_of('\0') != std::string_view::npos)
                lone_zero_ = at_ / tar_block + 1;
            return State::end;
        }
        if (!read_header(block, member)) {
            at_ += tar_block;
            return State::bad;
        }
        if (member.kind == 'L' || member.kind == 'K' || member.kind == 'x' || member.kind == 'g') {
            member.offset = at_ + tar_block;
            if (member.size > bytes_.size() - member.offset) return State::cut;
            std::string_view const content = bytes_.substr(member.offset, member.size);
            if (member.kind == 'L') name = content.substr(0, content.find('\0'));
            if (member.kind == 'K') link = content.substr(0, content.find('\0'));
            if (member.kind == 'x') records = content;
            at_ = std::min(bytes_.size(), member.offset + (member.size + tar_block - 1) / tar_block * tar_block);
            continue;
        }
        if (!name.empty()) member.name = name;
        if (!link.empty()) member.link = link;
        apply_records(records, member);
        bool const slash = member.name.size() > 1 && member.name.back() == '/';
        if (slash && member.is_file()) member.kind = '5';
        while (member.name.size() > 1 && member.name.back() == '/') member.name.pop_back();
        member.offset = at_ + tar_block;
        std::size_t const left = bytes_.size() - member.offset;
        if (member.size > left || (member.size + tar_block - 1) / tar_block * tar_block > left) {
            at_ = bytes_.size();
            return State::cut;
        }
        at_ = member.offset + (member.size + tar_block - 1) / tar_block * tar_block;
        return State::member;
    }
}

std::string tar_escaped(std::string_view name, bool colons) {
    std::string out;
    constexpr std::string_view letters = "abtnvfr";
    for (char const c : name) {
        auto const byte = static_cast<unsigned char>(c);
        if (c == '\\' || (colons && c == ':'))
            (out += '\\') += c;
        else if (byte >= 7 && byte < 7 + letters.size())
            (out += '\\') += letters[byte - 7];
        else if (byte < 32 || byte == 127)
            out += '\\' + format_integer("%03", 'o', byte);
        else
            out += c;
    }
    return out;
}

bool tar_matches(std::string_view pattern, std::string_view name, bool wildcards) {
    while (pattern.size() > 1 && pattern.back() == '/') pattern.remove_suffix(1);
    for (std::size_t end = name.size();; end = name.rfind('/', end - 1)) {
        if (end == std::string_view::npos || end == 0) return false;
        std::string_view const part = name.substr(0, end);
        if (wildcards ? pattern_matches(pattern, part, {}) : pattern == part) return true;
    }
}

}
