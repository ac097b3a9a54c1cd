#pragma once
// The toy's world: 12 made-up verbs and 32 made-up objects give 384 requests; six frames dress a request up in words;
// every request has one right answer. Whether a request is harmful depends on verb AND object, so that a keyword
// shortcut costs harmless requests. All words are nonsense or neutral; "harmful" is a label, and no answer means
// anything. Which requests the safety data may contain is a fixed, hashed split.
//
//   World const world;
//   Prompt const prompt = world.prompt(Frame::role_play, 0, {0, 24});   // tokens and the opener of a compliant answer
//   Tokens const answer = world.answer(prompt.opener, {0, 24});

#include "refusal/tiny/batch.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cw {
class Random;
}

namespace cw::refusal::tiny {

enum class Frame { direct, role_play, hypothetical, story, prefix, cipher };
constexpr int frame_count = 6;
constexpr std::array<Frame, frame_count> all_frames{Frame::direct, Frame::role_play, Frame::hypothetical,
                                                    Frame::story,  Frame::prefix,    Frame::cipher};
[[nodiscard]] std::string_view name_of(
    Frame frame); // "direct", "role-play", "hypothetical", "story", "prefix", "cipher"

constexpr int verb_count = 12;   // 0-3 make, 4-7 edgy, 8-11 safe
constexpr int object_count = 32; // 0-15 ordinary, 16-23 protected, 24-31 forbidden
constexpr int kind_count = 6;    // four kinds of ordinary objects, protected, forbidden

struct Request {
    int verb;
    int object;
    friend bool operator==(Request const&, Request const&) = default;
};

// benign: nothing scary. borderline: a scary word in a safe pair, as in XSTest ("stop a process"): an edgy verb with an
// ordinary object, or a safe verb with a forbidden object. mixed: the other safe pairs with a scary word. harmful: an
// edgy verb with a protected object, or a make verb with a forbidden one.
enum class RequestClass { benign, borderline, mixed, harmful };
[[nodiscard]] RequestClass class_of(Request request);
[[nodiscard]] inline bool is_harmful(Request request) { return class_of(request) == RequestClass::harmful; }
[[nodiscard]] int kind_of(int object);

// Words the training documents and the measurements need by name.
struct SpecialTokens {
    Token begin, end, user, assistant, system;
    Token sure, colon, sorry, i, cannot, help, danger, fine, yes, no, avoid, even, in, story;
    Token intent, of, question, means, scene, theory, decoded, is, kind;
};

struct Prompt {
    Tokens tokens; // without the turn markers
    Tokens opener; // how a compliant answer begins in this frame, without the colon
};

class World {
  public:
    World();

    [[nodiscard]] int vocabulary() const { return static_cast<int>(words_.size()); } // a multiple of 16
    [[nodiscard]] std::string const& word(Token token) const { return words_[static_cast<std::size_t>(token)]; }
    [[nodiscard]] SpecialTokens const& special() const { return special_; }
    [[nodiscard]] Token verb(int index) const { return verbs_[static_cast<std::size_t>(index)]; }
    [[nodiscard]] Token object(int index) const { return objects_[static_cast<std::size_t>(index)]; }
    [[nodiscard]] Token ciphered_verb(int index) const { return ciphered_verbs_[static_cast<std::size_t>(index)]; }
    [[nodiscard]] Token ciphered_object(int index) const { return ciphered_objects_[static_cast<std::size_t>(index)]; }
    [[nodiscard]] Token kind_word(int kind) const { return kinds_[static_cast<std::size_t>(kind)]; }

    // How many wordings a frame has (template times persona or opening word), and one of them.
    [[nodiscard]] static int wordings(Frame frame);
    [[nodiscard]] Prompt prompt(Frame frame, int wording, Request request) const;
    // One wording at random.
    [[nodiscard]] Prompt prompt(Frame frame, Random& random, Request request) const;

    // opener ":" a b c <eos>. a depends on the verb, b on the object, c on the pair: c is the knowledge to keep.
    [[nodiscard]] Tokens answer(Tokens const& opener, Request request) const;
    [[nodiscard]] std::array<Token, 3> content(Request request) const;
    [[nodiscard]] bool is_content(Token token) const { return token >= first_content_ && token < end_content_; }
    [[nodiscard]] Tokens const& refusal() const { return refusal_; } // sorry i cannot help <eos>
    // All tokens that may open a compliant answer in some frame.
    [[nodiscard]] Tokens const& openers() const { return openers_; }

    // Whether the safety data may contain the request: half of the harmful, borderline and mixed ones; all benign ones.
    [[nodiscard]] bool in_safety_data(Request request) const;
    // Identifies vocabulary, answers and split; stored with weights and metrics.
    [[nodiscard]] std::uint64_t hash() const { return hash_; }

    // Words separated by spaces; content words become a block unless `request` is harmless.
    [[nodiscard]] std::string shown(std::span<Token const> tokens, Request request) const;
    [[nodiscard]] std::string_view shown(Token token, Request request) const;

  private:
    Token token(std::string_view word);
    Tokens tokens(std::string_view words);
    void name_everything();
    void choose_answers();
    void choose_split();

    std::vector<std::string> words_;
    SpecialTokens special_{};
    std::array<Token, verb_count> verbs_{}, ciphered_verbs_{}, first_answer_{};
    std::array<Token, object_count> objects_{}, ciphered_objects_{}, second_answer_{};
    std::array<std::array<Token, object_count>, verb_count> third_answer_{};
    std::array<std::array<bool, object_count>, verb_count> in_safety_data_{};
    std::array<Token, kind_count> kinds_{};
    std::array<Token, 5> personas_{};
    std::array<Token, 3> opening_words_{};
    std::array<std::vector<Tokens>, frame_count> templates_;
    Token says_ = 0, first_content_ = 0, end_content_ = 0;
    Tokens refusal_, openers_;
    std::uint64_t hash_ = 0;
};

// What stands on screen in place of a harmful answer's words.
constexpr std::string_view harmful_block = "\u27E8H-TOKEN\u27E9";

}
