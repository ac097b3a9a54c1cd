#pragma once
// What reduce() asks the outside world to do. Plain data; platform::perform carries it out and answers, where there is
// an answer, with an event.

#include "app/event.hpp"

#include <map>
#include <string>
#include <variant>
#include <vector>

namespace cw::app {

struct Save {
    std::string lesson; // id: the key it is stored under
    std::string state;
};
struct KeepDamaged { // a saved state that could not be read is kept under another key
    std::string lesson;
    std::string state;
};
struct Announce {
    enum class Urgency { polite, assertive };
    std::string text;
    Urgency urgency = Urgency::polite;
};
struct Focus {
    std::string node; // id path of a semantic node
};
struct SetAddress {
    std::string slide;
    enum class How { push, replace };
    How how = How::push;
};
struct ScrollToTop {};
struct WakeAt { // one Tick, not before this time
    double at_ms = 0;
};
struct RunPython {
    int run = 0;
    std::vector<std::string> arguments; // argv[0] is "python3"
    std::map<std::string, std::string> files;
    std::map<std::string, std::string> environment;
    std::string folder; // working directory
    std::string input;
};
struct StopPython {
    int run = 0;
};

struct LoadModule { // code that comes later; ModuleChanged answers
    Module module = Module::labs;
};
struct OpenTrainer { // the worker that runs the real model, from weights beside the lesson
    std::string source;
};
struct TellTrainer {
    std::string bytes; // a tiny::Command, encoded
};
struct Download { // a file that the learner keeps
    std::string name, type, text;
};
struct Flash { // a node lights up for a moment: the terminal's bell
    std::string node;
};
struct DownloadPicture { // what is drawn over a node, as PNG
    std::string name, node;
};

using Effect = std::variant<Save, KeepDamaged, Announce, Focus, SetAddress, ScrollToTop, WakeAt, RunPython, StopPython,
                            OpenTrainer, TellTrainer, Download, DownloadPicture, LoadModule, Flash>;
using Effects = std::vector<Effect>;

}
