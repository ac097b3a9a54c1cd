// What an author needs beside an editor:
//
//   cwlesson check FILE…   every finding as FILE:LINE:COLUMN: error: MESSAGE [POINTER] (HINT); status 1 on errors
//   cwlesson html FILE     the lesson as a static HTML fragment (see cwlesson.hpp)
//   cwlesson math FILE     its formulas, one TeX source a line, each once
//   cwlesson size FILE     how much of a learner's saved state it needs, against SCORM 1.2's 4,096 characters
#include "cwlesson.hpp"

#include "lesson/load.hpp"
#include "lesson/markup.hpp"
#include "lesson/progress.hpp"

#include <cstdio>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace cw::tools {

std::string read_text(std::string const& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

namespace {

using lesson::Diagnostic;

int usage() {
    std::fputs("usage: cwlesson check FILE... | html FILE | math FILE | size FILE\n", stderr);
    return 2;
}

std::string folder_of(std::string const& path) {
    std::size_t const slash = path.rfind('/');
    return slash == std::string::npos ? "." : path.substr(0, slash);
}

std::string last_name(std::string const& path) { return path.substr(path.rfind('/') + 1); }

void print(std::string const& file, Diagnostic const& found, std::FILE* to) {
    bool const is_error = found.severity == Diagnostic::Severity::error;
    std::fprintf(to, "%s:%d:%d: %s: %s [%s]", file.c_str(), found.line, found.column, is_error ? "error" : "warning",
                 found.message.c_str(), found.pointer.c_str());
    if (!found.hint.empty()) std::fprintf(to, " (%s)", found.hint.c_str());
    std::fputc('\n', to);
}

// Files that a lesson names must stand beside it.
bool check_files(std::string const& file, lesson::Course const& course) {
    std::vector<std::string> names;
    for (lesson::Slide const& slide : course.slides)
        for (lesson::Block const& block : slide.blocks) {
            if (auto const* const picture = std::get_if<lesson::Picture>(&block)) names.push_back(picture->source);
            if (auto const* const lab = std::get_if<lesson::Lab>(&block))
                for (lesson::LabFile const& each : lab->files) names.push_back(each.source);
        }
    bool all_there = true;
    for (std::string const& name : names) {
        if (std::ifstream(folder_of(file) + "/" + name)) continue;
        std::printf("%s: error: the lesson names \"%s\", which is not beside it\n", file.c_str(), name.c_str());
        all_there = false;
    }
    return all_there;
}

int check(std::vector<std::string> const& files) {
    bool is_sound = true;
    for (std::string const& file : files) {
        if (!std::ifstream(file)) {
            std::printf("%s: error: cannot be read\n", file.c_str());
            is_sound = false;
            continue;
        }
        lesson::Loaded const loaded = lesson::load(read_text(file));
        for (Diagnostic const& found : loaded.diagnostics) print(file, found, stdout);
        is_sound = check_files(file, loaded.course) && is_sound && !json::has_errors(loaded.diagnostics);
    }
    return is_sound ? 0 : 1;
}

// --- math ---

class Formulas {
  public:
    void add(std::string const& tex) {
        if (!tex.empty() && seen_.insert(tex).second) std::printf("%s\n", tex.c_str());
    }
    void add(lesson::RichText const& text) {
        for (lesson::Span const& span : text)
            if (span.style == lesson::Span::Style::math) add(span.text);
    }
    void add(std::vector<lesson::RichText> const& texts) {
        for (lesson::RichText const& text : texts) add(text);
    }
    void add(lesson::Block const& block) {
        if (auto const* const b = std::get_if<lesson::Heading>(&block)) add(b->text);
        if (auto const* const b = std::get_if<lesson::Paragraph>(&block)) add(b->text);
        if (auto const* const b = std::get_if<lesson::ListBlock>(&block)) add(b->items);
        if (auto const* const b = std::get_if<lesson::Formula>(&block)) add(b->tex);
        if (auto const* const b = std::get_if<lesson::Summary>(&block)) add(b->learned);
        if (auto const* const b = std::get_if<lesson::Callout>(&block)) {
            add(b->title);
            add(b->paragraphs);
        }
        if (auto const* const b = std::get_if<lesson::Question>(&block)) {
            add(b->prompt);
            for (lesson::Option const& option : b->options) {
                add(option.text);
                add(option.feedback);
            }
        }
        if (auto const* const b = std::get_if<lesson::Task>(&block)) {
            add(b->prompt);
            for (auto const& part : b->solution) {
                if (auto const* const paragraph = std::get_if<lesson::Paragraph>(&part)) add(paragraph->text);
                if (auto const* const list = std::get_if<lesson::ListBlock>(&part)) add(list->items);
            }
            for (lesson::Point const& point : b->points) add(point.text);
        }
    }

  private:
    std::set<std::string> seen_;
};

void math(lesson::Course const& course) {
    Formulas formulas;
    for (lesson::Slide const& slide : course.slides)
        for (lesson::Block const& block : slide.blocks) formulas.add(block);
}

// --- size ---

// Words of the lesson's own solutions, as a stand-in for what learners write about it.
std::string likely_answer(lesson::Task const& task, std::size_t characters) {
    std::string text;
    for (auto const& part : task.solution) {
        if (auto const* const paragraph = std::get_if<lesson::Paragraph>(&part))
            text += lesson::plain_text(paragraph->text) + " ";
        if (auto const* const list = std::get_if<lesson::ListBlock>(&part))
            for (lesson::RichText const& item : list->items) text += lesson::plain_text(item) + " ";
    }
    return text.substr(0, characters);
}

void size(lesson::Course const& course, std::string const& folder) {
    auto const report = [&](char const* what, lesson::Progress const& progress) {
        lesson::Encoded const encoded = lesson::encode(progress, course);
        std::printf("%-62s %5zu of %zu\n", what, encoded.text.size(), lesson::state_limit_chars);
        for (std::string const& name : encoded.shed) std::printf("    not kept: %s\n", name.c_str());
    };
    lesson::Progress progress;
    report("a learner who has just begun", progress);
    progress.slide = course.slides.empty() ? "" : course.slides.back().id;
    for (lesson::Slide const& slide : course.slides) {
        progress.visited.insert(slide.id);
        for (lesson::Block const& block : slide.blocks)
            if (auto const* const question = std::get_if<lesson::Question>(&block))
                progress.questions[question->id] = {question->options.front().id, true, 3, 3};
    }
    report("all slides seen, all questions answered", progress);
    for (lesson::Slide const& slide : course.slides)
        for (lesson::Block const& block : slide.blocks) {
            if (auto const* const task = std::get_if<lesson::Task>(&block)) {
                lesson::TaskProgress& answer = progress.tasks[task->id];
                answer = {likely_answer(*task, 700), true, true, {}};
                for (lesson::Point const& point : task->points) answer.points.insert(point.id);
            }
        }
    report("and each task answered in up to 700 characters", progress);
    for (lesson::Slide const& slide : course.slides)
        for (lesson::Block const& block : slide.blocks)
            if (auto const* const lab = std::get_if<lesson::Lab>(&block))
                for (lesson::LabFile const& file : lab->files)
                    if (file.access == lesson::LabFile::Access::editable)
                        progress.files[lab->id + "/" + file.name] = read_text(folder + "/" + file.source);
    report("and all code kept as if every line were changed", progress);
}

int run(std::vector<std::string> const& arguments) {
    if (arguments.size() < 2) return usage();
    std::string const& command = arguments[0];
    std::vector<std::string> const files(arguments.begin() + 1, arguments.end());
    if (command == "check") return check(files);
    if (files.size() != 1) return usage();
    lesson::Loaded const loaded = lesson::load(read_text(files[0]));
    if (!loaded.playable) {
        for (Diagnostic const& found : loaded.diagnostics) print(files[0], found, stderr);
        return 1;
    }
    std::string const folder = folder_of(files[0]);
    if (command == "html")
        std::puts(to_html(loaded.course, {folder, "assets/lessons/" + last_name(folder) + "/"}).c_str());
    else if (command == "math")
        math(loaded.course);
    else if (command == "size")
        size(loaded.course, folder);
    else
        return usage();
    return 0;
}

}

}

int main(int count, char** arguments) { return cw::tools::run({arguments + 1, arguments + count}); }
