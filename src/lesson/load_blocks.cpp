#include "lesson/load_blocks.hpp"

#include "ground/assert.hpp"
#include "ground/text.hpp"
#include "lesson/limits.hpp"
#include "lesson/load.hpp"
#include "lesson/markup.hpp"

#include <algorithm>
#include <optional>

namespace cw::lesson {

namespace {

using json::Kind;
using json::Need;
using json::Reader;

enum class Type {
    unknown,
    heading,
    paragraph,
    list,
    callout,
    formula,
    picture,
    bars,
    question,
    task,
    lab,
    refusal_lab,
    summary
};

std::string quoted(std::string_view word) { return "\"" + std::string(word) + "\""; }

bool is_id(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
    });
}

RichText rich_field(Reader& in, std::string_view key, Need need = Need::required) {
    std::optional<Reader> const found = in.field(key, need);
    return found ? read_rich_text(*found) : RichText{};
}

// A list of at most items_limit readers.
std::vector<Reader> items(Reader& in, std::string_view key, Need need = Need::required) {
    std::vector<Reader> found = in.list(key, need);
    if (found.size() > items_limit) {
        found[items_limit].error("more than " + std::to_string(items_limit) + " items", "Split them.");
        found.erase(found.begin() + static_cast<std::ptrdiff_t>(items_limit), found.end());
    }
    return found;
}

std::vector<RichText> rich_list(Reader& in, std::string_view key) {
    std::vector<RichText> texts;
    for (Reader const& item : items(in, key)) texts.push_back(read_rich_text(item));
    return texts;
}

// The name of a file beside the lesson: relative, inside its folder.
std::string file_name(Reader& in, std::string_view key) {
    std::optional<Reader> const found = in.field(key, Need::required);
    if (!found || !found->expect(Kind::string)) return {};
    std::string const& name = found->value().text;
    bool const is_clean = std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' ||
               c == '-' || c == '/';
    });
    bool const leaves_folder = name.find("..") != std::string::npos || name.substr(0, 1) == "/";
    if (name.empty() || !is_clean || leaves_folder) {
        found->error(quoted(name) + " is no name of a file beside the lesson",
                     "Use letters, digits, - _ . and / for a folder inside.");
        return {};
    }
    return name;
}

ListBlock read_list(Reader& in) {
    ListBlock list;
    list.marker = in.word<ListBlock::Marker>(
        "marker", {{"bullet", ListBlock::Marker::bullet}, {"number", ListBlock::Marker::number}},
        ListBlock::Marker::bullet);
    list.items = rich_list(in, "items");
    return list;
}

Callout read_callout(Reader& in) {
    Callout callout;
    callout.title = rich_field(in, "title", Need::optional);
    callout.paragraphs = rich_list(in, "paragraphs");
    return callout;
}

Formula read_formula(Reader& in) {
    Formula formula;
    formula.tex = replace_all(in.text("tex", Need::required), "\n", " ");
    formula.spoken = in.text("spoken");
    if (formula.spoken.empty() && !formula.tex.empty())
        in.warning("the formula has no \"spoken\" form", "Say it as you would read it aloud.");
    return formula;
}

Picture read_picture(Reader& in) {
    Picture picture;
    picture.source = file_name(in, "source");
    picture.alternative = in.text("alternative", Need::required);
    picture.caption = in.text("caption");
    picture.width_px = in.integer("width", {1, picture_limit_px}, 0);
    picture.height_px = in.integer("height", {1, picture_limit_px}, 0);
    if (picture.width_px == 0 || picture.height_px == 0)
        in.error("the picture needs its natural \"width\" and \"height\" in pixels",
                 "Without them the page jumps when the picture arrives.");
    return picture;
}

Scenario read_scenario(Reader in) {
    Scenario scenario;
    scenario.label = in.text("label", Need::required);
    scenario.harm = in.number("harm", {0, 1}, 0);
    scenario.alarm = in.number("alarm", {0, 1}, 0);
    if (std::optional<Reader> const frame = in.field("frame"); frame && frame->expect(Kind::string)) {
        std::vector<std::string> const& known = frame_names();
        if (std::find(known.begin(), known.end(), frame->value().text) == known.end())
            frame->error("unknown frame " + quoted(frame->value().text), json::suggestion(frame->value().text, known));
        else
            scenario.frame = frame->value().text;
    }
    in.finish();
    return scenario;
}

Bars read_bars(Reader& in, LoadContext& context) {
    Bars bars;
    bars.id = read_id(in, context.block_ids);
    bars.caption = in.text("caption");
    for (Reader const& scenario : items(in, "scenarios")) bars.scenarios.push_back(read_scenario(scenario));
    return bars;
}

Option read_option(Reader in, std::set<std::string>& taken) {
    Option option;
    option.id = read_id(in, taken);
    option.text = rich_field(in, "text");
    option.correct = in.flag("correct");
    option.feedback = rich_field(in, "feedback", Need::optional);
    if (option.feedback.empty())
        in.warning("the option has no \"feedback\"", "Say in one sentence why it is right or wrong.");
    in.finish();
    return option;
}

Question read_question(Reader& in, LoadContext& context) {
    Question question;
    question.id = read_id(in, context.block_ids);
    question.title = in.text("title");
    question.prompt = rich_field(in, "prompt");
    question.order = in.word<Question::Order>(
        "order", {{"authored", Question::Order::authored}, {"shuffled", Question::Order::shuffled}},
        Question::Order::authored);
    question.points = in.integer("points", {0, points_limit}, 1);
    std::set<std::string> taken;
    std::vector<Reader> const options = items(in, "options");
    for (Reader const& option : options) question.options.push_back(read_option(option, taken));
    if (options.size() == 1) in.error("a question needs two options or more");
    auto const right =
        std::count_if(question.options.begin(), question.options.end(), [](Option const& o) { return o.correct; });
    if (!options.empty() && right != 1)
        in.error(right == 0 ? "no option is the right one" : "more than one option is right",
                 "Give exactly one option \"correct\": true.");
    return question;
}

Task read_task(Reader& in, LoadContext& context) {
    Task task;
    task.id = read_id(in, context.block_ids);
    task.title = in.text("title", Need::required);
    task.prompt = rich_field(in, "prompt");
    for (Reader part : items(in, "solution")) {
        if (!part.expect(Kind::object)) continue;
        Type const type = part.word<Type>("type", {{"paragraph", Type::paragraph}, {"list", Type::list}},
                                          Type::paragraph, Need::required);
        if (type == Type::paragraph)
            task.solution.emplace_back(Paragraph{rich_field(part, "text")});
        else
            task.solution.emplace_back(read_list(part));
        part.finish();
    }
    std::set<std::string> taken;
    for (Reader point : items(in, "points", Need::optional)) {
        Point read;
        read.id = read_id(point, taken);
        read.text = rich_field(point, "text");
        point.finish();
        task.points.push_back(std::move(read));
    }
    task.experiment = in.word<Task::Experiment>("experiment", {{"refusal_defence", Task::Experiment::refusal_defence}},
                                                Task::Experiment::none);
    return task;
}

void read_terminal(Reader& in, Lab& lab) {
    std::optional<Reader> terminal = in.field("terminal", Need::required);
    if (!terminal || !terminal->expect(Kind::object)) return;
    lab.terminal_title = terminal->text("title", Need::required);
    lab.columns = terminal->integer("columns", {20, 200}, lab.columns);
    lab.rows = terminal->integer("rows", {5, 100}, lab.rows);
    lab.banner = terminal->texts("banner");
    lab.prompt = terminal->text("prompt", Need::optional, lab.prompt);
    terminal->finish();
}

Lab read_lab(Reader& in, LoadContext& context) {
    Lab lab;
    lab.id = read_id(in, context.block_ids);
    std::set<std::string> names;
    for (Reader entry : items(in, "files")) {
        LabFile file;
        file.name = file_name(entry, "name");
        file.source = file_name(entry, "source");
        file.access = entry.word<LabFile::Access>(
            "access", {{"editable", LabFile::Access::editable}, {"readable", LabFile::Access::readable}},
            LabFile::Access::readable);
        if (!file.name.empty() && !names.insert(file.name).second)
            entry.error("a second file named " + quoted(file.name));
        entry.finish();
        lab.files.push_back(std::move(file));
    }
    if (!lab.files.empty() && lab.files.front().access != LabFile::Access::editable)
        in.warning("the first file stands in the editor but is not editable", "Give it \"access\": \"editable\".");
    lab.run = in.text("run", Need::required);
    read_terminal(in, lab);
    lab.decisions_file = in.text("decisions");
    return lab;
}

Type read_type(Reader& in) {
    return in.word<Type>("type",
                         {{"heading", Type::heading},
                          {"paragraph", Type::paragraph},
                          {"list", Type::list},
                          {"callout", Type::callout},
                          {"formula", Type::formula},
                          {"picture", Type::picture},
                          {"bars", Type::bars},
                          {"question", Type::question},
                          {"task", Type::task},
                          {"lab", Type::lab},
                          {"refusal_lab", Type::refusal_lab},
                          {"summary", Type::summary}},
                         Type::unknown, Need::required);
}

Block read_typed(Type type, Reader& in, LoadContext& context) {
    switch (type) {
        case Type::unknown: break;
        case Type::heading: return Heading{rich_field(in, "text")};
        case Type::paragraph: return Paragraph{rich_field(in, "text")};
        case Type::list: return read_list(in);
        case Type::callout: return read_callout(in);
        case Type::formula: return read_formula(in);
        case Type::picture: return read_picture(in);
        case Type::bars: return read_bars(in, context);
        case Type::question: return read_question(in, context);
        case Type::task: return read_task(in, context);
        case Type::lab: return read_lab(in, context);
        case Type::refusal_lab: return RefusalLab{read_id(in, context.block_ids)};
        case Type::summary: return Summary{rich_list(in, "learned")};
    }
    CW_UNREACHABLE();
}

}

std::string read_id(Reader& in, std::set<std::string>& taken) {
    std::optional<Reader> const found = in.field("id", Need::required);
    if (!found || !found->expect(Kind::string)) return {};
    std::string const& id = found->value().text;
    if (id.empty() || id.size() > id_limit_chars || !is_id(id)) {
        found->error(quoted(id) + " is no id",
                     "Use small letters, digits, - _ and ., at most " + std::to_string(id_limit_chars) + ".");
        return {};
    }
    if (!taken.insert(id).second) {
        found->error("the id " + quoted(id) + " is taken", "Ids name what learners saved: each is used once.");
        return {};
    }
    return id;
}

RichText read_rich_text(Reader const& in) {
    if (!in.expect(Kind::string)) return {};
    std::string const& source = in.value().text;
    if (source.empty()) in.error("the text is empty");
    if (source.size() > text_limit_bytes) {
        in.error("the text is longer than " + std::to_string(text_limit_bytes) + " bytes", "Split it into paragraphs.");
        return {};
    }
    Marked marked = read_markup(source);
    for (MarkupFinding const& finding : marked.findings) {
        std::size_t end = std::min(finding.offset + 20, source.size());
        while (end < source.size() && (static_cast<unsigned char>(source[end]) & 0xC0u) == 0x80u) ++end;
        std::string const near = source.substr(finding.offset, end - finding.offset);
        in.warning(finding.message + ", at \"" + near + "\"; it is shown as typed", finding.hint);
    }
    for (Span& span : marked.text) // formulas are listed one a line
        if (span.style == Span::Style::math) span.text = replace_all(span.text, "\n", " ");
    return std::move(marked.text);
}

Block read_block(Reader in, json::Diagnostics& diagnostics, LoadContext& context) {
    std::size_t const before = diagnostics.size();
    Block block = BrokenBlock{};
    if (in.expect(Kind::object)) {
        Type const type = read_type(in);
        if (type != Type::unknown) {
            block = read_typed(type, in, context);
            in.finish();
        }
    }
    for (std::size_t i = before; i < diagnostics.size(); ++i)
        if (diagnostics[i].severity == Diagnostic::Severity::error) return BrokenBlock{diagnostics[i].message};
    return block;
}

}
