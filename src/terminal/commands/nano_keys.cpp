#include "terminal/commands/nano_keys.hpp"

#include "ground/text.hpp"
#include "terminal/commands/pager.hpp"

namespace cw::terminal::commands {

namespace {

struct KeySequence {
    std::string_view bytes;
    char32_t key;
};
constexpr KeySequence sequences[] = {{"\x1b[A", key_up},
                                     {"\x1bOA", key_up},
                                     {"\x1b[B", key_down},
                                     {"\x1bOB", key_down},
                                     {"\x1b[C", key_right},
                                     {"\x1bOC", key_right},
                                     {"\x1b[D", key_left},
                                     {"\x1bOD", key_left},
                                     {"\x1b[H", key_home},
                                     {"\x1bOH", key_home},
                                     {"\x1b[F", key_end},
                                     {"\x1bOF", key_end},
                                     {"\x1b[5~", key_page_up},
                                     {"\x1b[6~", key_page_down},
                                     {"\x1b[3~", key_delete},
                                     {"\x1b[1;5D", key_word_left},
                                     {"\x1b[1;5C", key_word_right},
                                     {"\x1b[1;5H", key_top},
                                     {"\x1b[1;5F", key_bottom}};

}

Task<char32_t> NanoKeys::next() {
    while (is_incomplete()) {
        std::size_t const before = waiting_.size();
        bool const more = co_await read_keys(p_, *terminal_, waiting_);
        if (!more) co_return key_ended;
        if (waiting_.size() == before) co_return key_resized;
    }
    for (KeySequence const& sequence : sequences)
        if (waiting_.compare(0, sequence.bytes.size(), sequence.bytes) == 0) {
            waiting_.erase(0, sequence.bytes.size());
            co_return sequence.key;
        }
    if (waiting_.compare(0, 2, "\x1b[") == 0 || waiting_.compare(0, 2, "\x1bO") == 0) {
        waiting_.clear();
        co_return key_unknown;
    }
    std::size_t at = waiting_[0] == '\x1b' ? 1 : 0;
    char32_t const meta = at ? key_alt : 0;
    char32_t const c = next_code_point(waiting_, at);
    waiting_.erase(0, at);
    co_return meta + c;
}

// Whether nothing has come, or only the beginning of a sequence or of a character of several bytes.
bool NanoKeys::is_incomplete() const {
    if (waiting_.empty() || waiting_ == "\x1b") return true;
    auto const lead = static_cast<unsigned char>(waiting_[0]);
    std::size_t const size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    return waiting_.size() < size;
}

}
