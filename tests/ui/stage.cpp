#include "stage.hpp"

#include "ground/id.hpp"
#include "ground/text.hpp"
#include "json/value.hpp"

#include <fstream>
#include <sstream>

#include <doctest/doctest.h>
#include <imgui.h>

namespace cw::test {

namespace {

app::Words english() {
    app::Words words;
    for (char const* const file : {CW_ROOT "/assets/i18n/en.json", CW_ROOT "/assets/i18n/en.labs.json"})
        words.add(app::read_words(read_file(file)).value());
    return words;
}

platform::World& used(platform::World& world) {
    platform::use_world(world);
    return world;
}

}

std::string read_file(std::string const& path) {
    std::ifstream file(path, std::ios::binary);
    REQUIRE_MESSAGE(file.good(), path);
    std::ostringstream out;
    out << file.rdbuf();
    return out.str();
}

Stage::Stage(std::string const& lesson, Size size, std::string const& saved, std::string const& slide)
    : program_((used(world), english())) {
    std::string const folder = std::string(CW_ROOT "/assets/lessons/") + lesson + "/";
    program_.view.width_px = size.width_px;
    program_.view.height_px = size.height_px;
    program_.view.touch = size.touch;
    app::LessonLoaded loaded;
    loaded.json = read_file(folder + "lesson.json");
    loaded.saved = saved;
    loaded.slide = slide;
    loaded.seed = 1;
    handle(loaded);
    app::ModuleChanged labs;
    for (char const* const name : {"safety_filter.py", "prompts.json"})
        if (std::ifstream(folder + name).good()) labs.files[name] = read_file(folder + name);
    handle(labs);
    app::ModuleChanged terminals;
    terminals.module = app::Module::terminals;
    handle(terminals);
    app::ModuleChanged commands;
    commands.module = app::Module::commands;
    handle(commands);
}

void Stage::pass() {
    program_.pass();
    platform::present();
}

void Stage::handle(app::Event const& event) {
    program_.handle(event);
    pass();
}

ui::Node const& Stage::node(ui::Role role, std::string_view name) const {
    ui::Node const* const found = semantics().find(role, name);
    REQUIRE_MESSAGE(found != nullptr, std::string(name));
    return *found;
}

bool Stage::has(ui::Role role, std::string_view name) const { return semantics().find(role, name) != nullptr; }

void Stage::press(std::string_view path) {
    ui::Node const* const found = semantics().find(path);
    REQUIRE_MESSAGE(found != nullptr, std::string(path));
    ui::Input input;
    input.node = found->id;
    input.kind = ui::Input::Kind::activate;
    program_.act(input);
    platform::present();
}

void Stage::press(ui::Role role, std::string_view name) { press(node(role, name).path); }

void Stage::click(ui::Role role, std::string_view name) {
    Rect const rect = on_screen(node(role, name));
    ImGuiIO& io = ImGui::GetIO();
    io.AddMousePosEvent(rect.x + rect.w / 2, rect.y + rect.h / 2);
    pass();
    io.AddMouseButtonEvent(0, true);
    pass();
    io.AddMouseButtonEvent(0, false);
    pass();
    io.AddMousePosEvent(-FLT_MAX, -FLT_MAX);
    pass();
}

void Stage::type(std::string_view text_box, std::string const& text) {
    ui::Node const* found = nullptr;
    for (ui::Node const& each : semantics().nodes())
        if (each.name == text_box && (each.role == ui::Role::text_area || each.role == ui::Role::code_box ||
                                      each.role == ui::Role::terminal_box))
            found = &each;
    REQUIRE_MESSAGE(found != nullptr, std::string(text_box));
    ui::Input input;
    input.node = found->id;
    input.kind = ui::Input::Kind::text;
    input.text = text;
    input.caret = static_cast<int>(text.size());
    program_.act(input);
    platform::present();
}

void Stage::wait(double milliseconds) {
    world.now_ms += milliseconds;
    handle(app::Tick{world.now_ms});
}

void Stage::visit(std::string const& slide) { handle(app::GoTo{slide, app::GoTo::Cause::address}); }

std::string Stage::heading() const {
    for (ui::Node const& each : semantics().nodes())
        if (each.role == ui::Role::heading && each.level == 1) return each.name;
    return "";
}

Rect Stage::on_screen(ui::Node const& wanted) const {
    if (wanted.role <= ui::Role::contentinfo) return wanted.rect; // a region lies on the screen itself
    ui::Node const* region = &wanted;
    while (region->role > ui::Role::contentinfo) {
        ui::Node const* parent = nullptr;
        for (ui::Node const& each : semantics().nodes())
            if (each.id == region->parent) parent = &each;
        REQUIRE(parent != nullptr);
        region = parent;
    }
    return wanted.rect.shifted({region->rect.x, region->rect.y});
}

std::string Stage::last_saved() const {
    std::string state;
    for (app::Effect const& effect : world.effects)
        if (auto const* const save = std::get_if<app::Save>(&effect)) state = save->state;
    return state;
}

std::string Stage::last_announced() const {
    std::string text;
    for (app::Effect const& effect : world.effects)
        if (auto const* const said = std::get_if<app::Announce>(&effect)) text = said->text;
    return text;
}

}
