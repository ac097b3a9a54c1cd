// The expansions that run commands: the same steps as in expand.cpp, awaited.
#include "terminal/expand.hpp"
#include "terminal/limits.hpp"

namespace cw::terminal {

Task<bool> Expander::parts_later(std::vector<Part> const& all, bool quoted, Sink& sink) {
    std::size_t from = 0;
    if (!quoted) tilde(all, sink, from);
    for (std::size_t i = from; i < all.size() && shell_.failure == Failure::none; ++i) {
        Part const& one = all[i];
        if (one.kind == PartKind::command) {
            auto task = shell_.substitute(one);
            std::string const text = co_await task;
            emit(sink, text, quoted, true);
        } else if (one.kind == PartKind::process_in || one.kind == PartKind::process_out) {
            emit(sink, shell_.open_process(one), true, false);
        } else if (one.kind == PartKind::parameter) {
            auto task = parameter_later(*one.parameter, quoted, sink);
            co_await task;
        } else if (one.kind == PartKind::double_quoted) {
            Sink inner = sink;
            inner.skips_empty = !opens_quotes(one);
            if (sink.fields && !inner.skips_empty) sink.fields->add_literal("", true);
            auto task = parts_later(one.inner, true, inner);
            co_await task;
        } else if (one.kind == PartKind::subscript) {
            std::string text;
            Sink inner;
            inner.text = &text;
            auto task = parts_later(one.inner, false, inner);
            co_await task;
            emit_subscript(text, sink);
        } else if (one.kind == PartKind::arithmetic) {
            auto task = arithmetic_text_later(one.inner);
            std::string const text = co_await task;
            arithmetic(text, quoted, sink);
        } else if (sink.assignment && !quoted && !one.quoted) {
            literal_with_tildes(one.text, false, i + 1 == all.size(), sink);
        } else {
            part(one, quoted, sink);
        }
    }
    co_return shell_.failure == Failure::none;
}

Task<bool> Expander::parameter_later(Parameter const& p, bool quoted, Sink& sink) {
    bool const prompt = p.op == ParameterOp::transform && p.transform == 'P';
    if (!prompt && !p.subscript.awaits && !p.operand.awaits && !p.second.awaits) {
        parameter(p, quoted, sink);
        co_return true;
    }
    std::string subscript;
    if (p.has_subscript && !p.every) {
        auto task = subscript_later(p.name, p.subscript);
        subscript = co_await task;
    }
    Value value;
    if (!resolve(p, subscript, value)) co_return false;
    Need const needed = need(p, value, quoted, sink);
    if (needed == Need::nothing || needed == Need::stop) co_return true;
    if (needed == Need::word) {
        if (quoted && value.is_list && sink.fields) sink.fields->add_literal("", true); // "${@-}" is a word
        Sink inner = sink;
        inner.operand = !quoted;
        auto task = parts_later(p.operand.parts, quoted, inner);
        co_await task;
        co_return true;
    }
    if (prompt) {
        if (!value.is_list) value.items.assign(value.set ? 1 : 0, value.text);
        for (std::string& item : value.items) {
            item = decoded_prompt(shell_, item);
            if (!shell_.options.promptvars) continue;
            Word const word = Parser::quoted_text(item, shell_.parser_options());
            auto task = single_later(word);
            item = co_await task;
        }
        if (!value.is_list && value.set) value.text = value.items[0];
        emit_value(sink, value, quoted);
        co_return true;
    }
    auto first = single_later(p.operand, operand_purpose(p.op));
    std::string const operand = co_await first;
    std::string second;
    if (p.has_second && shell_.failure == Failure::none) {
        auto task = single_later(p.second, p.op == ParameterOp::slice ? Purpose::text : Purpose::replacement);
        second = co_await task;
    }
    if (shell_.failure == Failure::none) apply(p, value, operand, second, quoted, sink);
    co_return true;
}

Task<std::string> Expander::arithmetic_text_later(std::vector<Part> const& all) {
    std::string text;
    Sink sink;
    sink.text = &text;
    auto task = parts_later(all, true, sink);
    co_await task;
    co_return text;
}

Task<bool> Expander::fields_later(Word const& word, std::vector<std::string>& out) {
    if (!word.awaits) co_return fields(word, out);
    if (word.may_brace && shell_.options.braceexpand) {
        std::vector<Word> const words = expand_braces(word, limits::expansion_words);
        for (Word const& each : words) {
            auto task = fields_later(each, out);
            bool const made = co_await task;
            if (!made) co_return false;
        }
        if (!words.empty()) co_return true;
    }
    FieldBuilder builder(shell_.separators(), true);
    Sink sink;
    sink.fields = &builder;
    auto task = parts_later(word.parts, false, sink);
    co_await task;
    co_return finish_fields(builder, out);
}

Task<std::string> Expander::single_later(Word const& word, Purpose purpose) {
    if (!word.awaits) co_return single(word, purpose);
    std::string text;
    Sink sink;
    sink.text = &text;
    sink.purpose = purpose;
    auto task = parts_later(word.parts, false, sink);
    co_await task;
    co_return text;
}

Task<std::string> Expander::subscript_later(std::string const& name, Word const& word) {
    if (!word.awaits) co_return subscript(name, word);
    std::optional<Word> const index = index_word(name, word);
    if (index) {
        auto task = arithmetic_text_later(index->parts);
        co_return co_await task;
    }
    auto task = single_later(word);
    co_return co_await task;
}

Task<std::string> Expander::value_later(Word const& word) {
    if (!word.awaits) co_return value(word);
    std::string text;
    Sink sink;
    sink.text = &text;
    sink.assignment = true;
    auto task = parts_later(word.parts, false, sink);
    co_await task;
    co_return text;
}

}
