#pragma once
// A lesson in play, for tests of reduce(): events in, what came of them out.

#include "app/reduce.hpp"
#include "read_file.hpp"

#include <cmath>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace cw::test {

inline app::Words english() {
    app::Words words;
    for (char const* const file : {"assets/i18n/en.json", "assets/i18n/en.labs.json"})
        words.add(*app::read_words(repo_file(file)));
    return words;
}

struct Playing {
    app::Model model;
    app::Effects effects; // of the last event

    explicit Playing(std::string const& lesson = "ai012-06", std::string const& saved = "",
                     std::string const& slide = "") {
        model.words = english();
        load(lesson, saved, slide);
    }
    void load(std::string const& lesson, std::string const& saved = "", std::string const& slide = "") {
        app::LessonLoaded loaded;
        std::string const folder = "assets/lessons/" + lesson + "/";
        loaded.json = repo_file(folder + "lesson.json");
        loaded.saved = saved;
        loaded.slide = slide;
        loaded.seed = 7;
        loaded.now_ms = 1000;
        send(loaded);
        app::Effects const begun = effects;
        app::ModuleChanged labs;
        for (char const* const name : {"safety_filter.py", "prompts.json"})
            labs.files[name] = repo_file("assets/lessons/ai012-06/" + std::string(name));
        effects = app::reduce(model, labs);
        app::ModuleChanged terminals;
        terminals.module = app::Module::terminals;
        effects = app::reduce(model, terminals);
        app::ModuleChanged commands;
        commands.module = app::Module::commands;
        effects = app::reduce(model, commands);
        effects = begun;
    }
    Playing& send(app::Event const& event) {
        effects = app::reduce(model, event);
        return *this;
    }

    template <class E>
    [[nodiscard]] std::vector<E> all() const {
        std::vector<E> found;
        for (app::Effect const& effect : effects)
            if (auto const* const hit = std::get_if<E>(&effect)) found.push_back(*hit);
        return found;
    }
    template <class E>
    [[nodiscard]] bool has() const {
        return !all<E>().empty();
    }
    // The only effect of its kind.
    template <class E>
    [[nodiscard]] E only() const {
        std::vector<E> const found = all<E>();
        REQUIRE(found.size() == 1);
        return found.front();
    }
    [[nodiscard]] std::string said() const {
        std::string text;
        for (app::Announce const& announce : all<app::Announce>()) text += (text.empty() ? "" : " | ") + announce.text;
        return text;
    }
    [[nodiscard]] app::Notice const* notice(std::string_view id) const {
        for (app::Notice const& notice : model.session.notices)
            if (notice.id == id) return &notice;
        return nullptr;
    }
    // What is saved comes back as the progress that is there.
    [[nodiscard]] bool saved_all() const {
        auto const decoded = lesson::decode(only<app::Save>().state, model.course);
        return decoded.has_value() && *decoded == model.progress;
    }
};

}
