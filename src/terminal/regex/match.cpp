#include "terminal/regex/program.hpp"
#include "terminal/regex/regex.hpp"

#include <algorithm>

namespace cw::terminal::regex {

namespace {

// Memory for remembering which (instruction, position) pairs the backtracker has seen; more goes without memory.
constexpr std::size_t max_visited_bits = std::size_t{1} << 26;
constexpr int max_look_nesting = 20;

struct Thread {
    std::uint32_t pc = 0;
    std::size_t start = 0;
};

struct Choice {
    std::uint32_t pc = 0; // or the slot to restore
    bool restores = false;
    std::size_t value = 0; // position, or the slot's value
};

}

struct Scratch {
    std::vector<Thread> current, next;
    std::vector<std::uint32_t> stack;
    std::vector<std::size_t> mark; // by instruction: the generation it was last added in
    std::size_t generation = 0;
    std::vector<Choice> choices;
    std::vector<std::uint64_t> visited;
    std::int64_t steps = 0;
    bool exhausted = false;
};

namespace {

class Machine {
  public:
    Machine(Program const& program, Scratch& scratch, std::string_view subject)
        : program_(program), scratch_(scratch), text_(subject) {}

    // Set-of-states search for the leftmost-longest match; false for none.
    bool longest(std::size_t from, std::size_t& start, std::size_t& end);
    // Backtracking from `start`. With `end` given the match must stop there; else the first by priority (Perl) or the
    // longest of all (back references).
    bool backtrack(std::size_t start, std::size_t end, std::vector<std::size_t>& slots);
    // As above, over all starts from `from`.
    bool backtrack_all(std::size_t from, std::vector<std::size_t>& slots);
    [[nodiscard]] std::size_t skip(std::size_t at) const;

  private:
    [[nodiscard]] bool holds(Assertion assertion, std::size_t at) const;
    [[nodiscard]] bool is_word_at(std::size_t at) const;
    [[nodiscard]] bool is_word_before(std::size_t at) const;
    [[nodiscard]] bool consumes(Instruction const& one, char32_t c) const;
    void add(std::vector<Thread>& list, std::uint32_t pc, std::size_t start, std::size_t at);
    bool run(std::uint32_t pc, std::size_t at, std::size_t end, std::vector<std::size_t>& slots, bool first_wins);
    bool look(Instruction const& one, std::size_t at, std::vector<std::size_t>& slots);
    bool matches_group(std::size_t group, std::size_t& at, std::vector<std::size_t> const& slots) const;
    bool seen(std::uint32_t pc, std::size_t at);
    void set(std::vector<std::size_t>& slots, std::uint32_t slot, std::size_t value) {
        scratch_.choices.push_back({slot, true, slots[slot]});
        slots[slot] = value;
    }
    [[nodiscard]] std::uint32_t loop_slot(Instruction const& one) const {
        return static_cast<std::uint32_t>((program_.groups + 1) * 2) + one.x;
    }
    bool spend() {
        if (--scratch_.steps > 0) return true;
        scratch_.exhausted = true;
        return false;
    }

    Program const& program_;
    Scratch& scratch_;
    std::string_view text_;
    std::size_t visited_from_ = 0, visited_width_ = 0; // 0: no memory
    bool matched_ = false;
    std::size_t best_start_ = 0, best_end_ = 0;
    int looks_ = 0;
};

bool Machine::is_word_at(std::size_t at) const {
    if (at >= text_.size()) return false;
    std::size_t length = 1;
    return is_in_class(character_at(text_, at, length), Class::word);
}

bool Machine::is_word_before(std::size_t at) const {
    if (at == 0) return false;
    std::size_t from = at - 1;
    while (from > 0 && at - from < 4 && (static_cast<unsigned char>(text_[from]) & 0xC0u) == 0x80u) --from;
    std::size_t length = 1;
    char32_t const c = character_at(text_, from, length);
    return from + length == at && is_in_class(c, Class::word);
}

bool Machine::holds(Assertion assertion, std::size_t at) const {
    switch (assertion) {
        case Assertion::line_start: return at == 0 || (program_.multi_line && text_[at - 1] == '\n');
        case Assertion::line_end: return at == text_.size() || (program_.multi_line && text_[at] == '\n');
        case Assertion::text_start: return at == 0;
        case Assertion::text_end: return at == text_.size();
        case Assertion::text_end_newline: return at == text_.size() || (at + 1 == text_.size() && text_[at] == '\n');
        case Assertion::word_edge: return is_word_before(at) != is_word_at(at);
        case Assertion::not_word_edge: return is_word_before(at) == is_word_at(at);
        case Assertion::word_start: return !is_word_before(at) && is_word_at(at);
        case Assertion::no_word_before: return !is_word_before(at);
        case Assertion::no_word_after: return !is_word_at(at);
        case Assertion::word_end: return is_word_before(at) && !is_word_at(at);
    }
    return false;
}

bool Machine::consumes(Instruction const& one, char32_t c) const {
    switch (one.op) {
        case Op::character: return one.x == (program_.ignores_case ? folded(c) : c);
        case Op::any: return c < invalid_base;
        case Op::any_but_newline: return c < invalid_base && c != '\n';
        case Op::set: return program_.sets[one.x].has(c);
        default: return false;
    }
}

std::size_t Machine::skip(std::size_t at) const {
    if (program_.may_be_empty) return at;
    while (at < text_.size() && !program_.first[static_cast<unsigned char>(text_[at])]) ++at;
    return at;
}

// Adds the instruction and all it reaches without consuming. Threads are in order of their start, so the first to
// reach an instruction has the leftmost start and later ones need not be kept.
void Machine::add(std::vector<Thread>& list, std::uint32_t first, std::size_t start, std::size_t at) {
    auto& stack = scratch_.stack;
    stack.push_back(first);
    while (!stack.empty()) {
        std::uint32_t const pc = stack.back();
        stack.pop_back();
        if (scratch_.mark[pc] == scratch_.generation) continue;
        scratch_.mark[pc] = scratch_.generation;
        --scratch_.steps;
        Instruction const& one = program_.code[pc];
        switch (one.op) {
            case Op::jump: stack.push_back(one.x); break;
            case Op::split:
                stack.push_back(one.y);
                stack.push_back(one.x);
                break;
            case Op::enter:
            case Op::progress:
            case Op::save: stack.push_back(pc + 1); break;
            case Op::assertion:
                if (holds(static_cast<Assertion>(one.x), at)) stack.push_back(pc + 1);
                break;
            case Op::match:
                if (!matched_ || start < best_start_ || (start == best_start_ && at > best_end_)) {
                    matched_ = true;
                    best_start_ = start;
                    best_end_ = at;
                }
                break;
            default: list.push_back({pc, start});
        }
    }
}

bool Machine::longest(std::size_t from, std::size_t& start, std::size_t& end) {
    auto& current = scratch_.current;
    auto& next = scratch_.next;
    current.clear();
    scratch_.mark.resize(program_.code.size(), 0);
    ++scratch_.generation;
    for (std::size_t at = from; at <= text_.size();) {
        if (current.empty()) {
            if (matched_) break;
            at = skip(at);
            if (program_.anchored && at > 0) break;
            if (at == text_.size() && !program_.may_be_empty) break;
        }
        if (!matched_) add(current, 0, at, at);
        if (at == text_.size()) break;
        if (scratch_.steps < 0) {
            scratch_.exhausted = true;
            break;
        }
        std::size_t length = 1;
        char32_t const c = character_at(text_, at, length);
        at += length;
        ++scratch_.generation;
        next.clear();
        for (Thread const& thread : current) {
            if (matched_ && thread.start > best_start_) break;
            --scratch_.steps;
            if (consumes(program_.code[thread.pc], c)) add(next, thread.pc + 1, thread.start, at);
        }
        current.swap(next);
    }
    start = best_start_;
    end = best_end_;
    return matched_;
}

bool Machine::seen(std::uint32_t pc, std::size_t at) {
    if (visited_width_ == 0) return false;
    std::size_t const bit = pc * visited_width_ + (at - visited_from_);
    std::uint64_t const mask = std::uint64_t{1} << (bit & 63);
    if (scratch_.visited[bit >> 6] & mask) return true;
    scratch_.visited[bit >> 6] |= mask;
    return false;
}

bool Machine::matches_group(std::size_t group, std::size_t& at, std::vector<std::size_t> const& slots) const {
    std::size_t const from = slots[group * 2], to = slots[group * 2 + 1];
    if (from == unset || to == unset || to < from) return false;
    std::string_view const wanted = text_.substr(from, to - from);
    std::string_view const here = text_.substr(at, to - from);
    bool const same =
        wanted == here || (program_.ignores_case && wanted.size() == here.size() &&
                           std::equal(wanted.begin(), wanted.end(), here.begin(), [](char a, char b) {
                               return folded(static_cast<unsigned char>(a)) == folded(static_cast<unsigned char>(b));
                           }));
    if (same) at += wanted.size();
    return same;
}

bool Machine::look(Instruction const& one, std::size_t at, std::vector<std::size_t>& slots) {
    if (++looks_ > max_look_nesting) scratch_.steps = 0;
    bool found = false;
    std::vector<std::size_t> inside = slots;
    if (one.mode & look_behind) {
        for (std::size_t from = at + 1; from-- > 0 && !found && !scratch_.exhausted;) {
            inside = slots;
            found = run(one.x, from, at, inside, true);
        }
    } else {
        found = run(one.x, at, unset, inside, true);
    }
    --looks_;
    bool const holds_here = found != ((one.mode & look_negated) != 0);
    if (holds_here && found) slots = inside;
    return holds_here;
}

bool Machine::run(std::uint32_t pc, std::size_t at, std::size_t end, std::vector<std::size_t>& slots, bool first_wins) {
    auto& choices = scratch_.choices;
    std::size_t const floor = choices.size();
    std::vector<std::size_t> best;
    std::size_t best_end = unset;
    choices.push_back({pc, false, at});
    while (choices.size() > floor) {
        Choice const choice = choices.back();
        choices.pop_back();
        if (choice.restores) {
            slots[choice.pc] = choice.value;
            continue;
        }
        pc = choice.pc;
        at = choice.value;
        for (bool alive = true; alive && spend();) {
            Instruction const& one = program_.code[pc];
            if ((one.op == Op::split || one.op == Op::match) && seen(pc, at)) break;
            switch (one.op) {
                case Op::jump: pc = one.x; break;
                case Op::split:
                    choices.push_back({one.y, false, at});
                    pc = one.x;
                    break;
                case Op::enter: set(slots, loop_slot(one), at * 2 + one.y), ++pc; break;
                case Op::save: set(slots, one.x, at), ++pc; break;
                case Op::progress: { // the slot: where the last turn ended, and whether this is the first one
                    std::size_t const before = slots[loop_slot(one)];
                    bool const is_empty = before / 2 == at, is_first = before % 2 == 1;
                    alive = !is_empty || is_first;
                    pc = is_empty ? one.y : pc + 1;
                    set(slots, loop_slot(one), at * 2);
                    break;
                }
                case Op::assertion:
                    alive = holds(static_cast<Assertion>(one.x), at);
                    ++pc;
                    break;
                case Op::look: {
                    std::vector<std::size_t> const before = slots;
                    alive = look(one, at, slots);
                    for (std::size_t i = 0; i < slots.size(); ++i)
                        if (slots[i] != before[i]) choices.push_back({static_cast<std::uint32_t>(i), true, before[i]});
                    pc = one.y;
                    break;
                }
                case Op::backref:
                    alive = matches_group(one.x, at, slots);
                    ++pc;
                    break;
                case Op::match: {
                    alive = false;
                    if (end != unset && at != end) break;
                    if (best_end == unset || at > best_end) {
                        best = slots;
                        best_end = at;
                    }
                    if (first_wins || end != unset) choices.resize(floor);
                    break;
                }
                default: {
                    std::size_t length = 1;
                    alive = at < text_.size() && consumes(one, character_at(text_, at, length));
                    at += length;
                    ++pc;
                }
            }
        }
        if (scratch_.exhausted) choices.resize(floor);
    }
    if (best_end == unset) return false;
    slots = best;
    return true;
}

bool Machine::backtrack(std::size_t start, std::size_t end, std::vector<std::size_t>& slots) {
    std::size_t const width = (end == unset ? text_.size() : end) - start + 1;
    bool const remembers = !program_.needs_backtracking && width * program_.code.size() <= max_visited_bits;
    visited_from_ = start;
    visited_width_ = remembers ? width : 0;
    if (remembers) scratch_.visited.assign(width * program_.code.size() / 64 + 1, 0);
    slots.assign((program_.groups + 1) * 2 + program_.loops, unset);
    return run(0, start, end, slots, program_.by_priority);
}

bool Machine::backtrack_all(std::size_t from, std::vector<std::size_t>& slots) {
    for (std::size_t start = from; start <= text_.size() && !scratch_.exhausted;) {
        start = skip(start);
        if (start == text_.size() && !program_.may_be_empty) return false;
        if (backtrack(start, unset, slots)) return true;
        if (program_.anchored || start == text_.size()) return false;
        std::size_t length = 1;
        static_cast<void>(character_at(text_, start, length));
        start += length;
    }
    return false;
}

std::optional<Match> run_search(Program const& program, Scratch& scratch, std::string_view subject, std::size_t from,
                                bool wants_groups) {
    Match match;
    if (program.is_literal) {
        std::size_t const at = subject.find(program.literal, from);
        if (at == std::string_view::npos) return {};
        match.groups.push_back({at, at + program.literal.size()});
        return match;
    }
    scratch.steps = max_steps;
    scratch.exhausted = false;
    scratch.choices.clear();
    Machine machine(program, scratch, subject);
    std::vector<std::size_t> slots;
    if (program.needs_backtracking || program.by_priority) {
        if (!machine.backtrack_all(from, slots)) return {};
    } else {
        std::size_t start = 0, end = 0;
        if (!machine.longest(from, start, end)) return {};
        slots.assign((program.groups + 1) * 2, unset);
        if (program.groups > 0 && wants_groups) machine.backtrack(start, end, slots);
        slots[0] = start;
        slots[1] = end;
    }
    for (std::size_t i = 0; i < (program.groups + 1) * 2; i += 2) {
        bool const whole = slots[i] != unset && slots[i + 1] != unset && slots[i] <= slots[i + 1];
        match.groups.push_back(whole ? Match::Span{slots[i], slots[i + 1]} : Match::Span{});
    }
    return match;
}

}

Regex::Regex() = default;
Regex::Regex(std::unique_ptr<Program> program) : program_(std::move(program)), scratch_(std::make_unique<Scratch>()) {}
Regex::Regex(Regex&&) noexcept = default;
Regex& Regex::operator=(Regex&&) noexcept = default;
Regex::~Regex() = default;

std::optional<Match> Regex::search(std::string_view subject, std::size_t from) const {
    return from > subject.size() ? std::nullopt : run_search(*program_, *scratch_, subject, from, true);
}
std::optional<Match> Regex::find(std::string_view subject, std::size_t from) const {
    return from > subject.size() ? std::nullopt : run_search(*program_, *scratch_, subject, from, false);
}
bool Regex::exhausted() const { return scratch_->exhausted; }
std::string const& Regex::warnings() const { return program_->warnings; }
std::size_t Regex::group_count() const { return program_->groups; }
std::string_view Regex::group_name(std::size_t group) const {
    for (auto const& [number, name] : program_->names)
        if (number == group) return name;
    return {};
}

}
