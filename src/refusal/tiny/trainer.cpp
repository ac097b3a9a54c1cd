#include "refusal/tiny/trainer.hpp"

#include "ground/assert.hpp"
#include "ground/match.hpp"
#include "refusal/tiny/experiments.hpp"

namespace cw::refusal::tiny {

namespace {

// Requests of the class, those that the safety data do not contain first of all; benign ones have no such split.
Request example_of(World const& world, RequestClass request_class, int example) {
    std::vector<Request> requests;
    for (int object = 0; object < object_count; ++object)
        for (int verb = 0; verb < verb_count; ++verb) {
            Request const request{verb, object};
            if (class_of(request) != request_class) continue;
            if (request_class == RequestClass::benign || !world.in_safety_data(request)) requests.push_back(request);
        }
    return requests[static_cast<std::size_t>(example) % requests.size()];
}

double alarm_of(World const& world, Model const& model, Question const& question) {
    return alarm(make_probe(world, model), model, question_tokens(world, question));
}

}

std::vector<Cell> trainer_cells() {
    std::vector<Cell> cells = experiment_cells();
    for (Cell const cell : {Cell::rule_role_play, Cell::rule_benign, Cell::rule_borderline, Cell::demo_role_play,
                            Cell::demo_benign, Cell::demo_borderline, Cell::frozen_intent_role_play,
                            Cell::frozen_intent_benign, Cell::frozen_intent_borderline, Cell::own_intent_role_play,
                            Cell::own_intent_benign, Cell::own_intent_borderline})
        cells.push_back(cell);
    return cells;
}

Result<Trainer> Trainer::create(std::span<std::uint8_t const> file) {
    LiveRun shipped = CW_TRY(LiveRun::create(file, LiveSettings{}));
    return Trainer({file.begin(), file.end()}, std::move(shipped));
}

void Trainer::receive(Command const& command) {
    match(
        command, [&](Ask const& ask) { answer(ask); },
        [&](Train const& train) {
            Result<LiveRun> run = LiveRun::create(file_, train.settings);
            CW_ASSERT(run.has_value()); // the file was read before, the settings are checked by the page
            run_.emplace(std::move(run).value());
            job_ = train;
            after_.reset();
            is_working_ = true;
            is_paused_ = false;
        },
        [&](Pause const&) { is_paused_ = true; }, [&](Resume const&) { is_paused_ = false; },
        [&](Cancel const&) {
            is_working_ = is_paused_ = false;
            run_.reset();
        });
}

// One cell more, or the text loss at the end; true when nothing is left.
bool Trainer::measure(LiveRun const& model, Measurements& into) {
    std::vector<Cell> const cells = trainer_cells();
    if (into.cells.size() < cells.size()) {
        Cell const cell = cells[into.cells.size()];
        into.cells.push_back({cell, measure_cell(model.world(), model.model(), cell, page_prompts)});
        return false;
    }
    into.text_loss = measure_text_loss(model.world(), model.model(), page_texts);
    return true;
}

bool Trainer::work() {
    if (!is_working_ || is_paused_) return false;
    if (run_->steps_done() < job_.steps) {
        reports_.push_back(Stepped{job_.run, run_->step()});
        return true;
    }
    if (!before_is_whole_) {
        if (!before_) before_.emplace();
        before_is_whole_ = measure(shipped_, *before_);
        if (before_is_whole_) reports_.push_back(BeforeMeasured{*before_});
        return true;
    }
    if (!after_) after_.emplace();
    if (!measure(*run_, *after_)) return true;
    reports_.push_back(Trained{job_.run, *after_, run_->weight_hash()});
    trained_ = std::move(run_);
    run_.reset();
    is_working_ = false;
    return true;
}

void Trainer::answer(Ask const& ask) {
    Question question;
    question.request = example_of(shipped_.world(), ask.request_class, ask.example);
    question.frame = ask.frame;
    question.wording = ask.example % World::wordings(ask.frame);
    question.context = ask.context;
    question.filter = ask.filter;
    question.prefill = ask.prefill;
    Answered answered;
    answered.id = ask.id;
    answered.before = answer_view(shipped_.world(), shipped_.model(), question);
    answered.alarm_before = alarm_of(shipped_.world(), shipped_.model(), question);
    if (trained_) {
        answered.is_trained = true;
        answered.after = answer_view(trained_->world(), trained_->model(), question);
        answered.alarm_after = alarm_of(trained_->world(), trained_->model(), question);
    }
    reports_.push_back(std::move(answered));
}

}
