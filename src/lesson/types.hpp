#pragma once
// A lesson as its author wrote it: a Course of Slides of Blocks, read from assets/lessons/<id>/lesson.json by load().
// Nothing here changes after loading and nothing here is about a learner (see progress.hpp). Whatever a learner can
// answer has an id that its author chose and that progress is keyed by.
//
//   Course const course = load(text).course;
//   for (Slide const& slide : course.slides) ...

#include "json/diagnostic.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

namespace cw::lesson {

// The two actors that carry one hue and one mark each through the whole lesson, and what the model does for them.
enum class Actor { none, helpfulness, harmlessness, refusal, harmful };

// A stretch of text of one look. Written inline as **strong**, *emphasis*, `code`, $tex$, [text](https://…) and
// [text](actor:helpfulness).
struct Span {
    enum class Style : std::uint8_t { plain, strong, emphasis, strong_emphasis, code, math };
    std::string text; // for math: the TeX source
    Style style = Style::plain;
    Actor actor = Actor::none;
    std::string link = {}; // empty, or an absolute http(s) address
    bool operator==(Span const&) const = default;
};
using RichText = std::vector<Span>;

// One answer's start, as the refusal simulator is asked for it; see
// refusal/analytic. `frame` is one of its frame ids ("direct", "role_play", …), listed in load.hpp.
struct Scenario {
    std::string label;
    double harm = 0;  // true harm of the intent, 0 to 1
    double alarm = 0; // lexical alarm, 0 to 1
    std::string frame = "direct";
};

struct Heading {
    RichText text;
};
struct Paragraph {
    RichText text;
};
struct ListBlock {
    enum class Marker { bullet, number };
    Marker marker = Marker::bullet;
    std::vector<RichText> items;
};
struct Callout {
    RichText title;
    std::vector<RichText> paragraphs;
};
struct Formula {
    std::string tex;
    std::string spoken; // how a person would read it aloud
};
struct Picture {
    std::string source; // beside lesson.json
    std::string alternative;
    std::string caption;
    int width_px = 0, height_px = 0; // natural size; gives the aspect ratio before the picture has loaded
};

// Live bars of P(refusal) and P(harmful_content), one group for each scenario.
struct Bars {
    std::string id;
    std::string caption;
    std::vector<Scenario> scenarios;
};

struct Option {
    std::string id;
    RichText text;
    bool correct = false;
    RichText feedback; // one sentence: why it is right or wrong
};
struct Question {
    enum class Order { authored, shuffled };
    std::string id;
    std::string title;
    RichText prompt;
    std::vector<Option> options;
    Order order = Order::authored;
    int points = 1;
};

struct Point {
    std::string id;
    RichText text;
};
struct Task {
    std::string id;
    std::string title; // "Task 1"
    RichText prompt;
    std::vector<std::variant<Paragraph, ListBlock>> solution;
    std::vector<Point> points; // what the learner ticks after comparing
    // What the learner can try out before answering; the refusal lab's scoreboard is the only one so far.
    enum class Experiment : std::uint8_t { none, refusal_defence };
    Experiment experiment = Experiment::none;
};

struct LabFile {
    std::string name;   // in the learner's home folder
    std::string source; // beside lesson.json
    enum class Access { editable, readable };
    Access access = Access::readable;
};
// A code panel and the terminal that runs it.
struct Lab {
    std::string id;
    std::vector<LabFile> files; // the first is the one in the editor
    std::string run;            // the command line behind the Run button
    std::string terminal_title; // "TERMINAL bash — 80x24"
    int columns = 80, rows = 24;
    std::vector<std::string> banner;
    std::string prompt = "> ";
    std::string decisions_file; // what the lab reads after a run, or empty
};

// The refusal lab: see ui/refusal_view. What it offers is not authored beyond its place in the lesson.
struct RefusalLab {
    std::string id;
};

struct Summary {
    std::vector<RichText> learned;
};

// Stands where a block could not be read: the rest of the lesson plays.
struct BrokenBlock {
    std::string message;
};

using Block = std::variant<Heading, Paragraph, ListBlock, Callout, Formula, Picture, Bars, Question, Task, Lab,
                           RefusalLab, Summary, BrokenBlock>;

struct Slide {
    std::string id; // also its deep link: #/id
    std::string title;
    std::string short_title; // for the outline; the title where empty
    std::vector<Block> blocks;
};

struct Course {
    std::string id;
    std::string code;  // "AI012 Lesson 6"
    std::string title; // of the lesson
    std::string language = "en";
    std::vector<Slide> slides;
    std::map<std::string, std::string> math; // TeX -> MathML, filled when the lesson is packed; may be empty
};

// One finding about a lesson file: where, what, and what to do about it.
using Diagnostic = json::Diagnostic;

// What load() found. `course` is playable whenever `playable` says so, broken blocks and all.
struct Loaded {
    Course course;
    std::vector<Diagnostic> diagnostics;
    bool playable = false;
};

}
