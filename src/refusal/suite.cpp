#include "refusal/suite.hpp"

#include "ground/assert.hpp"
#include "json/read.hpp"

#include <algorithm>
#include <map>
#include <optional>

namespace cw::refusal {
namespace {

using analytic::Action;
using analytic::Evidence;
using analytic::Frame;
using analytic::RequestClass;
using json::Need;
using json::Reader;

using Index = std::map<std::string, int, std::less<>>;

std::optional<int> find(Index const& index, std::string_view id) {
    auto const found = index.find(id);
    return found == index.end() ? std::nullopt : std::optional<int>(found->second);
}

std::vector<std::string> keys(Index const& index) {
    std::vector<std::string> out;
    for (auto const& [id, place] : index) out.push_back(id);
    return out;
}

std::string ascii_lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

// The text under `key`, found in `index`; reports an unknown one.
std::optional<int> reference(Reader& in, std::string_view key, Index const& index) {
    std::optional<Reader> const field = in.field(key, Need::required);
    if (!field || !field->expect(json::Kind::string)) return std::nullopt;
    std::optional<int> const found = find(index, field->value().text);
    if (!found) field->report_unknown_word(keys(index));
    return found;
}

// Adds `id` to `index` at `place`, unless it is missing or taken.
bool add_id(Reader const& in, std::string const& id, int place, Index& index) {
    if (id.empty()) return false;
    if (index.emplace(id, place).second) return true;
    in.error("The id \"" + id + "\" is used twice.", "Decisions are kept by id: give each its own.");
    return false;
}

Index lever_index() {
    Index index;
    for (analytic::FrameInfo const& frame : analytic::frames()) {
        index.emplace(frame.id, static_cast<int>(frame.frame));
    }
    return index;
}

void read_frames(Reader& in, Suite& suite, Index& index) {
    Index const levers = lever_index();
    for (Reader frame : in.list("frames", Need::required)) {
        SuiteFrame out;
        out.id = frame.text("id", Need::required);
        out.name = frame.text("name", Need::required);
        out.note = frame.text("note");
        out.evidence = frame.word<Evidence>(
            "evidence", {{"calibrated", Evidence::calibrated}, {"assumed", Evidence::assumed}}, Evidence::assumed);
        std::optional<int> const chosen = reference(frame, "levers", levers);
        frame.finish();
        if (!chosen || !add_id(frame, out.id, static_cast<int>(suite.frames.size()), index)) continue;
        out.levers = static_cast<Frame>(*chosen);
        suite.frames.push_back(std::move(out));
    }
}

void read_alarm_words(Reader& in, Suite& suite) {
    for (Reader word : in.list("alarm_words")) {
        AlarmWord out{word.text("text", Need::required), word.number("weight", {0.0, 1.0}, 0.0)};
        word.finish();
        if (!out.text.empty()) suite.alarm_words.push_back(std::move(out));
    }
}

// One prompt, its pair still unresolved; none where an id, a text or a frame is missing.
std::optional<SuitePrompt> read_prompt(Reader& in, Index const& frames) {
    SuitePrompt out;
    out.id = in.text("id", Need::required);
    out.text = in.text("text", Need::required);
    out.request_class = in.word<RequestClass>("class",
                                              {{"benign", RequestClass::benign},
                                               {"borderline", RequestClass::borderline},
                                               {"harmful", RequestClass::harmful}},
                                              RequestClass::benign, Need::required);
    out.harm = in.number("h", {0.0, 1.0}, 0.0);
    out.lexical_alarm = in.number("l", {0.0, 1.0}, 0.0);
    out.topic = in.text("topic", Need::required);
    out.expected = in.word<Action>("expected", {{"F", Action::fulfil}, {"S", Action::partial}, {"R", Action::refuse}},
                                   Action::fulfil, Need::required);
    out.reason = in.text("reason", Need::required);
    out.note = in.text("note");
    (void)in.text("provenance", Need::required); // for people who read the file
    std::optional<int> const frame = reference(in, "frame", frames);
    if (out.text.size() > prompt_text_limit_bytes) {
        in.error("The text is longer than " + std::to_string(prompt_text_limit_bytes) + " bytes.");
        return std::nullopt;
    }
    if ((out.harm > 0.5) != (out.request_class == RequestClass::harmful)) {
        in.error("\"h\" does not fit \"class\".", "A harmful prompt has h above 0.5, any other at most 0.5.");
    }
    if (out.id.empty() || out.text.empty() || !frame) return std::nullopt;
    out.frame = *frame;
    return out;
}

void read_prompts(Reader& in, Suite& suite, Index const& frames) {
    struct Pair {
        Reader place;
        int prompt;
        std::string id;
    };
    std::vector<Pair> pairs;
    Index index;
    for (Reader row : in.list("prompts", Need::required)) {
        if (suite.prompts.size() == suite_prompt_limit) {
            row.error("A suite has at most " + std::to_string(suite_prompt_limit) + " prompts; the rest is left out.");
            break;
        }
        int const number = static_cast<int>(suite.prompts.size());
        std::string pair = row.text("pair_id");
        std::optional<SuitePrompt> prompt = read_prompt(row, frames);
        row.finish();
        if (!prompt || !add_id(row, prompt->id, number, index)) continue;
        if (!pair.empty()) pairs.push_back({row, number, std::move(pair)});
        suite.prompts.push_back(std::move(*prompt));
    }
    for (Pair const& pair : pairs) {
        std::optional<int> const found = find(index, pair.id);
        if (!found) pair.place.error("No prompt has the id \"" + pair.id + "\" of \"pair_id\".");
        suite.prompts[static_cast<std::size_t>(pair.prompt)].pair = found.value_or(-1);
    }
}

void count(SuitePrompt const& prompt, bool refused, analytic::FilterCounts& counts) {
    bool const is_harmful = prompt.request_class == RequestClass::harmful;
    ++(is_harmful ? counts.harmful : counts.harmless);
    if (refused) ++(is_harmful ? counts.harmful_blocked : counts.harmless_blocked);
}

}

LoadedSuite load_suite(std::string_view json_text) {
    LoadedSuite out;
    json::Parsed const parsed = json::parse(json_text);
    out.diagnostics = parsed.diagnostics;
    if (!parsed.readable) return out;
    Reader in(parsed.root, out.diagnostics);
    if (!in.expect(json::Kind::object)) return out;
    (void)in.integer("version", {1, 1}, 1);
    (void)in.text("about");
    (void)in.text("provenance");
    Index frames;
    read_frames(in, out.suite, frames);
    read_alarm_words(in, out.suite);
    read_prompts(in, out.suite, frames);
    in.finish();
    return out;
}

double lexical_alarm(std::string_view text, std::vector<AlarmWord> const& words) {
    std::string const lowered = ascii_lower(text);
    double alarm = 0.0;
    for (AlarmWord const& word : words) {
        if (lowered.find(ascii_lower(word.text)) != std::string::npos) alarm = std::max(alarm, word.weight);
    }
    return alarm;
}

Result<FilterReport> read_decisions(std::string_view json_text, Suite const& suite) {
    json::Parsed const parsed = json::parse(json_text);
    if (!parsed.readable) {
        CW_ASSERT(!parsed.diagnostics.empty());
        json::Diagnostic const& first = parsed.diagnostics.front();
        return Error{ErrorCode::invalid, "line " + std::to_string(first.line), first.message};
    }
    json::Value const* const decisions =
        parsed.root.kind == json::Kind::object ? parsed.root.find("decisions") : nullptr;
    if (decisions == nullptr || decisions->kind != json::Kind::object) {
        return Error{ErrorCode::invalid, "/decisions", "The file has no object \"decisions\"."};
    }
    Index index;
    for (SuitePrompt const& prompt : suite.prompts) index.emplace(prompt.id, static_cast<int>(index.size()));
    FilterReport report;
    report.refused.resize(suite.prompts.size());
    std::vector<bool> decided(suite.prompts.size());
    for (std::size_t i = 0; i < decisions->items.size(); ++i) {
        std::string const& id = decisions->keys[i];
        json::Value const& word = decisions->items[i];
        if (word.kind != json::Kind::string || (word.text != "refuse" && word.text != "answer")) {
            return Error{ErrorCode::invalid, json::child_pointer("/decisions", id),
                         "A decision is \"refuse\" or \"answer\"."};
        }
        std::optional<int> const place = find(index, id);
        if (!place) {
            ++report.unknown;
            continue;
        }
        decided[static_cast<std::size_t>(*place)] = true;
        report.refused[static_cast<std::size_t>(*place)] = word.text == "refuse";
    }
    report.undecided = static_cast<int>(std::count(decided.begin(), decided.end(), false));
    report.frames.resize(suite.frames.size());
    for (std::size_t i = 0; i < suite.prompts.size(); ++i) {
        SuitePrompt const& prompt = suite.prompts[i];
        count(prompt, report.refused[i], report.total);
        count(prompt, report.refused[i], report.frames[static_cast<std::size_t>(prompt.frame)]);
    }
    return report;
}

std::vector<analytic::Case> cases(Suite const& suite, FilterReport const* report) {
    CW_ASSERT(report == nullptr || report->refused.size() == suite.prompts.size());
    std::vector<analytic::Case> out;
    out.reserve(suite.prompts.size());
    for (std::size_t i = 0; i < suite.prompts.size(); ++i) {
        SuitePrompt const& prompt = suite.prompts[i];
        SuiteFrame const& frame = suite.frames[static_cast<std::size_t>(prompt.frame)];
        analytic::Case c;
        c.prompt = {prompt.harm, prompt.lexical_alarm, analytic::info(frame.levers).levers};
        c.request_class = prompt.request_class;
        c.group = prompt.frame;
        c.blocked = report != nullptr && report->refused[i] ? 1.0 : 0.0;
        out.push_back(c);
    }
    return out;
}

}
