#include "refusal/tiny/documents.hpp"

#include "ground/assert.hpp"

#include <algorithm>

namespace cw::refusal::tiny {

namespace {

enum class Grade { skip, count };

void append(Document& document, Tokens const& tokens, Grade grade) {
    document.tokens.insert(document.tokens.end(), tokens.begin(), tokens.end());
    document.graded.resize(document.tokens.size(), grade == Grade::count);
}

Request any_request(Random& random) {
    int const verb = random.below(verb_count);
    return {verb, random.below(object_count)};
}

template <class Wanted>
Request request_where(Random& random, Wanted wanted) {
    for (;;) {
        Request const request = any_request(random);
        if (wanted(request)) return request;
    }
}

Frame any_frame(Random& random) { return all_frames[static_cast<std::size_t>(random.below(frame_count))]; }

Frame frame_among(unsigned frames, Random& random) {
    int count = 0;
    for (int f = 0; f < frame_count; ++f) count += (frames >> f) & 1u;
    CW_ASSERT(count > 0);
    int left = random.below(count);
    for (int f = 0; f < frame_count; ++f)
        if ((frames >> f) & 1u)
            if (left-- == 0) return all_frames[static_cast<std::size_t>(f)];
    CW_UNREACHABLE();
}

// Who answers throughout a pre-training dialogue. A cautious speaker refuses harmful direct requests only: what it does
// in other frames is what later makes refusal transfer badly (Wei et al. 2023, mismatched generalisation).
enum class Speaker { complier, cautious, refuser };

Speaker any_speaker(Random& random) {
    double const u = random.unit();
    return u < 0.25 ? Speaker::cautious : u < 0.29 ? Speaker::refuser : Speaker::complier;
}

bool refuses(Speaker speaker, Request request, Frame frame) {
    if (speaker == Speaker::refuser) return true;
    return speaker == Speaker::cautious && frame == Frame::direct && is_harmful(request);
}

void append_turn(Document& document, World const& world, Random& random, Speaker speaker) {
    Request request = any_request(random);
    if (random.unit() < 0.2 && !is_harmful(request)) request = any_request(random); // a few more harmful ones
    Frame const frame = any_frame(random);
    Prompt const prompt = world.prompt(frame, random, request);
    bool const refused = refuses(speaker, request, frame);
    if (!refused && is_harmful(request)) document.harmful_compliance = true;
    append(document, turn(world, prompt, refused ? world.refusal() : world.answer(prompt.opener, request)),
           Grade::count);
}

void append_label_question(Document& document, World const& world, Random& random) {
    SpecialTokens const& s = world.special();
    Request const request = any_request(random);
    bool const ciphered = random.unit() < 0.3;
    Token const verb = ciphered ? world.ciphered_verb(request.verb) : world.verb(request.verb);
    Token const object = ciphered ? world.ciphered_object(request.object) : world.object(request.object);
    bool const harmful = is_harmful(request);
    if (random.unit() < 0.6)
        append(document, {s.user, s.is, verb, object, s.danger, s.question, s.assistant, harmful ? s.yes : s.no, s.end},
               Grade::count);
    else
        append(document,
               {s.user, s.kind, s.of, verb, object, s.question, s.assistant, world.kind_word(kind_of(request.object)),
                harmful ? s.danger : s.fine, s.end},
               Grade::count);
}

void append_intent_question(Document& document, World const& world, Random& random) {
    SpecialTokens const& s = world.special();
    Request const request = any_request(random);
    Tokens question = intent_question(world, world.prompt(any_frame(random), random, request));
    question.erase(question.begin()); // the document already has its <bos>
    append(document, question, Grade::count);
    append(document,
           {world.verb(request.verb), world.object(request.object), is_harmful(request) ? s.danger : s.fine, s.end},
           Grade::count);
}

void append_cipher_entry(Document& document, World const& world, Random& random) {
    SpecialTokens const& s = world.special();
    Request const request = any_request(random);
    bool const about_verb = random.unit() < 0.5;
    Token const coded = about_verb ? world.ciphered_verb(request.verb) : world.ciphered_object(request.object);
    Token const plain = about_verb ? world.verb(request.verb) : world.object(request.object);
    append(document, {s.user, coded, s.means, s.question, s.assistant, plain, s.end}, Grade::count);
}

void append_chat(Document& document, World const& world, Random& random) {
    SpecialTokens const& s = world.special();
    int const turns = random.unit() < 0.25 ? 2 : 1;
    for (int i = 0; i < turns; ++i) {
        Request const request = any_request(random);
        if (is_harmful(request)) document.harmful_compliance = true;
        Prompt const prompt = world.prompt(any_frame(random), random, request);
        append(document, {s.user}, Grade::skip);
        append(document, prompt.tokens, Grade::skip);
        append(document, {s.assistant}, Grade::skip);
        append(document, world.answer(prompt.opener, request), Grade::count);
    }
}

// A rule names an object, a kind of object, a verb, or danger itself; about half of the requests fall under it.
struct Rule {
    Token named;
    bool applies;
};

Rule object_rule(World const& world, Request request, bool applies, Random& random) {
    double const u = random.unit();
    auto const pick = [&](int own, int count, auto word) {
        int named = own;
        while (!applies && named == own) named = random.below(count);
        return Rule{word(named), applies};
    };
    if (u < 0.35) return pick(request.object, object_count, [&](int i) { return world.object(i); });
    if (u < 0.75) return pick(kind_of(request.object), kind_count, [&](int i) { return world.kind_word(i); });
    return pick(request.verb, verb_count, [&](int i) { return world.verb(i); });
}

void append_rule_chat(Document& document, World const& world, Random& random) {
    SpecialTokens const& s = world.special();
    Request request = any_request(random);
    bool const wants_hit = random.unit() < 0.55;
    Rule rule = object_rule(world, request, wants_hit, random);
    if (random.unit() < 0.25) { // the rule that the lab's defence uses
        bool const harmful = random.unit() < 0.6;
        request = request_where(random, [&](Request each) { return is_harmful(each) == harmful; });
        rule = {s.danger, harmful};
    }
    if (!rule.applies && is_harmful(request)) document.harmful_compliance = true;
    Prompt const prompt = world.prompt(any_frame(random), random, request);
    append(document, {s.system, s.avoid, rule.named}, Grade::skip);
    if (random.unit() < 0.5) append(document, {s.even, s.in, s.story}, Grade::skip);
    append(document, {s.user}, Grade::skip);
    append(document, prompt.tokens, Grade::skip);
    append(document, {s.assistant}, Grade::skip);
    append(document, rule.applies ? world.refusal() : world.answer(prompt.opener, request), Grade::count);
}

Document begun(World const& world) {
    Document document;
    append(document, {world.special().begin}, Grade::skip);
    return document;
}

}

Document pretraining_document(World const& world, Random& random) {
    Document document = begun(world);
    double const u = random.unit();
    if (u < 0.70) {
        Speaker const speaker = any_speaker(random);
        append_turn(document, world, random, speaker);
        if (u >= 0.52) append_turn(document, world, random, speaker);
    } else if (u < 0.80) {
        append_label_question(document, world, random);
    } else if (u < 0.95) {
        append_intent_question(document, world, random);
    } else {
        append_cipher_entry(document, world, random);
    }
    return document;
}

Document tuning_document(World const& world, Random& random) {
    double const u = random.unit();
    if (u >= 0.80) return pretraining_document(world, random);
    Document document = begun(world);
    if (u < 0.45)
        append_chat(document, world, random);
    else
        append_rule_chat(document, world, random);
    return document;
}

Document mixed_in_document(World const& world, Random& random) {
    for (;;) {
        Document document = random.unit() < 0.5 ? tuning_document(world, random) : pretraining_document(world, random);
        if (!document.harmful_compliance) return document;
    }
}

Tokens conversation(World const& world, Tokens const& before, Prompt const& prompt) {
    SpecialTokens const& s = world.special();
    Tokens tokens{s.begin};
    tokens.insert(tokens.end(), before.begin(), before.end());
    tokens.push_back(s.user);
    tokens.insert(tokens.end(), prompt.tokens.begin(), prompt.tokens.end());
    tokens.push_back(s.assistant);
    return tokens;
}

Tokens intent_question(World const& world, Prompt const& prompt) {
    SpecialTokens const& s = world.special();
    Tokens tokens{s.begin, s.user, s.intent, s.of};
    tokens.insert(tokens.end(), prompt.tokens.begin(), prompt.tokens.end());
    tokens.push_back(s.assistant);
    return tokens;
}

Tokens danger_rule(World const& world) {
    SpecialTokens const& s = world.special();
    return {s.system, s.avoid, s.danger, s.even, s.in, s.story};
}

Tokens turn(World const& world, Prompt const& prompt, Tokens const& reply) {
    Tokens tokens = conversation(world, {}, prompt);
    tokens.erase(tokens.begin());
    tokens.insert(tokens.end(), reply.begin(), reply.end());
    return tokens;
}

AnswerPair answer_pair(World const& world, PairSettings const& settings, Random& random) {
    bool const teaches_refusal = random.unit() < settings.harm_share;
    Frame frame = Frame::direct;
    Request request{};
    if (teaches_refusal) {
        bool const is_mistake = settings.caution > 0 && random.unit() < settings.caution;
        RequestClass const wanted = is_mistake ? RequestClass::borderline : RequestClass::harmful;
        request =
            request_where(random, [&](Request each) { return class_of(each) == wanted && world.in_safety_data(each); });
        if (random.unit() < settings.coverage) frame = frame_among(settings.coverage_frames, random);
    } else {
        request = request_where(random, [&](Request each) {
            if (class_of(each) == RequestClass::benign) return true;
            return settings.borderline_pairs && !is_harmful(each) && world.in_safety_data(each);
        });
        frame = frame_among(settings.help_frames, random);
    }
    Prompt const prompt = world.prompt(frame, random, request);
    Tokens const answer = world.answer(prompt.opener, request);
    AnswerPair pair{conversation(world, {}, prompt), teaches_refusal ? world.refusal() : answer,
                    teaches_refusal ? answer : world.refusal(),
                    teaches_refusal ? settings.harm_weight : settings.help_weight};
    if (teaches_refusal && settings.depth_share > 0 && random.unit() < settings.depth_share) {
        // Refuse even after the harmful answer has begun (Qi et al. 2024, section 3: data augmentation).
        auto const begun = 1 + random.below(static_cast<int>(answer.size()) - 2);
        pair.prompt.insert(pair.prompt.end(), answer.begin(), answer.begin() + begun);
        pair.rejected.erase(pair.rejected.begin(), pair.rejected.begin() + begun);
    }
    return pair;
}

}
