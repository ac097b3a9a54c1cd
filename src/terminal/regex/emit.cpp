// Instructions from the tree of a pattern.
#include "terminal/regex/parser.hpp"

#include <algorithm>

namespace cw::terminal::regex {

void Parser::emit_children(int index) {
    for (int child = at(index).child; child >= 0 && error_.empty(); child = at(child).next) emit(child);
}

// Whether it can match without taking a character; a back reference may.
bool Parser::may_be_empty(int index) {
    Node const& one = at(index);
    switch (one.kind) {
        case Kind::character:
        case Kind::any:
        case Kind::set: return false;
        case Kind::repeat: return one.least == 0 || may_be_empty(one.child);
        case Kind::choice:
            for (int child = one.child; child >= 0; child = at(child).next)
                if (may_be_empty(child)) return true;
            return false;
        case Kind::sequence:
        case Kind::group:
            for (int child = one.child; child >= 0; child = at(child).next)
                if (!may_be_empty(child)) return false;
            return true;
        default: return true;
    }
}

void Parser::emit_repeat(int index) {
    Node const repeat = at(index);
    auto const fork = [&](std::uint32_t inside, std::uint32_t outside) {
        return repeat.mode ? put(Op::split, outside, inside) : put(Op::split, inside, outside);
    };
    auto const aim = [&](std::uint32_t split, std::uint32_t outside) {
        (repeat.mode ? program_.code[split].x : program_.code[split].y) = outside;
    };
    for (int i = 0; i + 1 < repeat.least && error_.empty(); ++i) emit(repeat.child);
    bool const watches = may_be_empty(repeat.child);
    if (repeat.most == infinite && repeat.least > 0 && !watches) {
        std::uint32_t const loop = here();
        emit(repeat.child);
        if (error_.empty()) fork(loop, here() + 1);
        return;
    }
    if (repeat.least > 0) emit(repeat.child);
    if (repeat.most == infinite) {
        auto const loop = static_cast<std::uint32_t>(program_.loops);
        if (watches) {
            ++program_.loops;
            put(Op::enter, loop, repeat.least == 0 ? 1 : 0);
        }
        std::uint32_t const split = fork(here() + 1, 0);
        emit(repeat.child);
        std::uint32_t const check = watches ? put(Op::progress, loop) : 0;
        put(Op::jump, split);
        if (!error_.empty()) return;
        aim(split, here());
        if (watches) program_.code[check].y = here();
        return;
    }
    std::vector<std::uint32_t> splits;
    for (int i = repeat.least; i < repeat.most && error_.empty(); ++i) {
        splits.push_back(fork(here() + 1, 0));
        if (watches && i > 0) put(Op::enter, static_cast<std::uint32_t>(program_.loops), 0);
        emit(repeat.child);
        if (watches && i > 0) put(Op::progress, static_cast<std::uint32_t>(program_.loops++));
    }
    for (std::uint32_t const split : splits)
        if (error_.empty()) aim(split, here());
}

void Parser::emit(int index) {
    Node const& one = at(index);
    switch (one.kind) {
        case Kind::empty: break;
        case Kind::character: put(Op::character, one.value); break;
        case Kind::any: put(is_perl() && !one.value ? Op::any_but_newline : Op::any); break;
        case Kind::set: put(Op::set, one.value); break;
        case Kind::backref: put(Op::backref, one.value); break;
        case Kind::assertion: put(Op::assertion, one.value); break;
        case Kind::keep: put(Op::save, 0); break;
        case Kind::sequence: emit_children(index); break;
        case Kind::repeat: emit_repeat(index); break;
        case Kind::group: {
            std::uint32_t const slot = one.value * 2;
            put(Op::save, slot);
            emit_children(index);
            put(Op::save, slot + 1);
            break;
        }
        case Kind::look: {
            std::uint8_t const mode = one.mode;
            std::uint32_t const start = put(Op::look, here() + 1);
            emit_children(index);
            put(Op::match);
            if (!error_.empty()) return;
            program_.code[start].mode = mode;
            program_.code[start].y = here();
            break;
        }
        case Kind::choice: {
            std::vector<std::uint32_t> ends;
            for (int child = one.child; child >= 0 && error_.empty();) {
                int const after = at(child).next;
                std::uint32_t const split = after >= 0 ? put(Op::split, here() + 1) : 0;
                emit(child);
                if (after >= 0) {
                    ends.push_back(put(Op::jump));
                    if (error_.empty()) program_.code[split].y = here();
                }
                child = after;
            }
            for (std::uint32_t const end : ends)
                if (error_.empty()) program_.code[end].x = here();
            break;
        }
    }
}

// What lets a search skip: a literal, an anchor, the bytes a match can begin with.
void Parser::analyse() {
    program_.ignores_case = (flags_ & ignore_case) != 0;
    program_.multi_line = (flags_ & multi_line) != 0;
    auto const& code = program_.code;
    program_.is_literal = code.size() > 3 && !program_.ignores_case;
    for (std::size_t i = 1; i + 2 < code.size() && program_.is_literal; ++i) {
        program_.is_literal = code[i].op == Op::character;
        if (code[i].x >= invalid_base)
            program_.literal.push_back(static_cast<char>(code[i].x - invalid_base));
        else
            append_utf8(program_.literal, code[i].x);
    }
    program_.anchored = code.size() > 1 && code[1].op == Op::assertion && !program_.multi_line &&
                        code[1].x == static_cast<std::uint32_t>(Assertion::line_start);
    std::vector<bool> seen(code.size());
    std::vector<std::uint32_t> open{0};
    auto const first_bytes = [&](Instruction const& one) {
        for (std::size_t byte = 0; byte < 256; ++byte) {
            bool starts = byte >= 0x80; // beyond ASCII: not worth telling apart
            if (byte < 0x80 && one.op == Op::character)
                starts = one.x == (program_.ignores_case ? folded(static_cast<char32_t>(byte)) : byte);
            else if (byte < 0x80)
                starts = one.op != Op::set || program_.sets[one.x].has(static_cast<char32_t>(byte));
            if (starts) program_.first[byte] = true;
        }
    };
    while (!open.empty()) {
        std::uint32_t const pc = open.back();
        open.pop_back();
        if (seen[pc]) continue;
        seen[pc] = true;
        Instruction const& one = code[pc];
        switch (one.op) {
            case Op::match:
            case Op::backref: program_.may_be_empty = true; break;
            case Op::save:
            case Op::enter:
            case Op::progress:
            case Op::assertion: open.push_back(pc + 1); break;
            case Op::look: open.push_back(one.y); break;
            case Op::jump: open.push_back(one.x); break;
            case Op::split:
                open.push_back(one.y);
                open.push_back(one.x);
                break;
            default: first_bytes(one);
        }
    }
    if (program_.may_be_empty) program_.first.fill(true);
}

}
