#pragma once
// A batch of token sequences, packed without padding. A segment may branch off another: two answers to one prompt then
// share the prompt's rows, which are computed once. Row numbers index the activations.
//
//   Batch batch;   int const prompt = batch.add(question);
//   int const answer = batch.branch(prompt, refusal);      // attends to the prompt and to itself

#include <span>
#include <vector>

namespace cw::refusal::tiny {

using Token = int;
using Tokens = std::vector<Token>;

class Batch {
  public:
    struct Segment {
        int first;  // row of its first token
        int count;  // tokens, may be 0 for a branch
        int parent; // segment whose rows come before it, or -1
        int before; // rows of the parent, 0 without one
    };

    void clear() {
        tokens_.clear();
        positions_.clear();
        segments_.clear();
    }
    // Returns the segment's index. No more tokens than the model has positions.
    int add(std::span<Token const> tokens) { return append(tokens, -1, 0); }
    // `parent` is itself not a branch.
    int branch(int parent, std::span<Token const> tokens) { return append(tokens, parent, segment(parent).count); }

    [[nodiscard]] int rows() const { return static_cast<int>(tokens_.size()); }
    [[nodiscard]] Segment const& segment(int index) const { return segments_[static_cast<std::size_t>(index)]; }
    [[nodiscard]] std::vector<Segment> const& segments() const { return segments_; }
    [[nodiscard]] Token token(int row) const { return tokens_[static_cast<std::size_t>(row)]; }
    [[nodiscard]] int position(int row) const { return positions_[static_cast<std::size_t>(row)]; }
    [[nodiscard]] int last_row(int index) const { return segment(index).first + segment(index).count - 1; }

  private:
    int append(std::span<Token const> tokens, int parent, int before) {
        segments_.push_back({rows(), static_cast<int>(tokens.size()), parent, before});
        for (std::size_t i = 0; i < tokens.size(); ++i) {
            tokens_.push_back(tokens[i]);
            positions_.push_back(before + static_cast<int>(i));
        }
        return static_cast<int>(segments_.size()) - 1;
    }

    Tokens tokens_;
    std::vector<int> positions_;
    std::vector<Segment> segments_;
};

}
