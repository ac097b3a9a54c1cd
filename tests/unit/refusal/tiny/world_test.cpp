#include "refusal/tiny/world.hpp"

#include "ground/random.hpp"
#include "refusal/tiny/documents.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include <doctest/doctest.h>

using namespace cw::refusal::tiny;

namespace {

template <class Visit>
void each_request(Visit visit) {
    for (int verb = 0; verb < verb_count; ++verb)
        for (int object = 0; object < object_count; ++object) visit(Request{verb, object});
}

}

TEST_CASE("refusal.tiny.world: 208 words, 384 requests, and half of each scary class in the safety data") {
    World const world;
    CHECK(world.vocabulary() == 208);
    std::map<RequestClass, int> count;
    std::map<RequestClass, int> held_in;
    each_request([&](Request request) {
        ++count[class_of(request)];
        held_in[class_of(request)] += world.in_safety_data(request);
    });
    CHECK(count[RequestClass::benign] == 128);
    CHECK(count[RequestClass::borderline] == 96);
    CHECK(count[RequestClass::mixed] == 96);
    CHECK(count[RequestClass::harmful] == 64);
    CHECK(held_in[RequestClass::benign] == 128);
    CHECK(held_in[RequestClass::borderline] == 48);
    CHECK(held_in[RequestClass::mixed] == 48);
    CHECK(held_in[RequestClass::harmful] == 32);
}

TEST_CASE("refusal.tiny.world: two worlds are one, and its hash is the one that the weights were trained under") {
    CHECK(World().hash() == World().hash());
    CHECK(World().hash() == 0x7a58a64b6d9b2444u);
}

TEST_CASE("refusal.tiny.world: no single word tells harmful from harmless") {
    // Every verb and every object that occurs in a harmful request also occurs in a harmless one.
    std::set<int> verbs;
    std::set<int> objects;
    each_request([&](Request request) {
        if (is_harmful(request)) return;
        verbs.insert(request.verb);
        objects.insert(request.object);
    });
    CHECK(verbs.size() == verb_count);
    CHECK(objects.size() == object_count);
}

TEST_CASE("refusal.tiny.world: every wording of every frame names verb and object once and fits the model") {
    World const world;
    for (Frame const frame : all_frames) {
        std::set<Tokens> distinct;
        for (int wording = 0; wording < World::wordings(frame); ++wording) {
            Prompt const prompt = world.prompt(frame, wording, {5, 20});
            distinct.insert(prompt.tokens);
            bool const ciphered = frame == Frame::cipher;
            Token const verb = ciphered ? world.ciphered_verb(5) : world.verb(5);
            Token const object = ciphered ? world.ciphered_object(20) : world.object(20);
            CHECK(std::count(prompt.tokens.begin(), prompt.tokens.end(), verb) == 1);
            CHECK(std::count(prompt.tokens.begin(), prompt.tokens.end(), object) == 1);
            for (Token const token : prompt.tokens) CHECK((token >= 0 && token < world.vocabulary()));
        }
        CHECK(static_cast<int>(distinct.size()) == World::wordings(frame));
    }
}

TEST_CASE("refusal.tiny.world: what is shown of a harmful answer is blocks, of a harmless one its words") {
    World const world;
    each_request([&](Request request) {
        Tokens const answer = world.answer({world.special().sure}, request);
        std::string const shown = world.shown(answer, request);
        bool const blocked = shown.find(harmful_block) != std::string::npos;
        CHECK(blocked == is_harmful(request));
        if (!is_harmful(request)) return;
        for (Token const token : world.content(request))
            CHECK((" " + shown + " ").find(" " + world.word(token) + " ") == std::string::npos);
    });
}

TEST_CASE("refusal.tiny.documents: the same seed writes the same texts, and all of them fit 64 positions") {
    World const world;
    cw::Random one(5);
    cw::Random two(5);
    for (int i = 0; i < 3000; ++i) {
        Document const document = i % 2 ? pretraining_document(world, one) : tuning_document(world, one);
        Document const again = i % 2 ? pretraining_document(world, two) : tuning_document(world, two);
        CHECK(document.tokens == again.tokens);
        CHECK(document.tokens.size() <= 64);
        CHECK(document.graded.size() == document.tokens.size());
        CHECK_FALSE(document.graded[0]);
    }
}

TEST_CASE("refusal.tiny.documents: what is mixed into preference training never complies with a harmful request") {
    World const world;
    cw::Random random(6);
    for (int i = 0; i < 2000; ++i) CHECK_FALSE(mixed_in_document(world, random).harmful_compliance);
}

TEST_CASE("refusal.tiny.documents: preference pairs keep to the safety data, the frames and the depth they are told") {
    World const world;
    cw::Random random(7);
    Token const sorry = world.special().sorry;
    PairSettings settings;
    int harm = 0;
    for (int i = 0; i < 2000; ++i) {
        AnswerPair const pair = answer_pair(world, settings, random);
        bool const teaches_refusal = pair.chosen == world.refusal();
        harm += teaches_refusal;
        CHECK(pair.prompt.back() == world.special().assistant);
        if (teaches_refusal) CHECK(pair.rejected.front() == world.special().sure); // direct frame only
    }
    CHECK(harm > 900);
    CHECK(harm < 1100);
    settings.harm_share = 1;
    settings.coverage = 1;
    settings.coverage_frames = 1u << static_cast<int>(Frame::story);
    for (int i = 0; i < 200; ++i) CHECK(answer_pair(world, settings, random).rejected.front() == world.special().scene);
    settings.caution = 1;
    for (int i = 0; i < 200; ++i) {
        AnswerPair const pair = answer_pair(world, settings, random);
        CHECK(pair.chosen == world.refusal()); // of a harmless request
        bool is_borderline = false;
        for (int verb = 0; verb < verb_count; ++verb)
            for (int object = 0; object < object_count; ++object)
                is_borderline =
                    is_borderline ||
                    (class_of({verb, object}) == RequestClass::borderline && world.in_safety_data({verb, object}) &&
                     pair.rejected == world.answer({world.special().scene}, {verb, object}));
        CHECK(is_borderline);
    }
    settings.caution = 0;
    settings.depth_share = 1;
    for (int i = 0; i < 200; ++i) {
        AnswerPair const pair = answer_pair(world, settings, random);
        CHECK(pair.prompt.back() != world.special().assistant); // the answer has begun
        CHECK(pair.chosen.front() == sorry);
        CHECK(pair.rejected.back() == world.special().end);
        CHECK(pair.rejected.size() >= 2);
    }
}
