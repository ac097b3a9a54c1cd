#pragma once
// What the text coder has read before it begins: the kind of sentences, code and commands that learners write, in words
// of our own. Part of the saved format: not a letter of it may change (see text_coder.hpp); a better one needs a new
// version of the format.

#include <string_view>

namespace cw::lesson {

inline constexpr std::string_view text_coder_primer =
    R"(The quick answer is that there are other ways because people do not always know what they would have said about it. I think that this is the most important reason why it does not work, which means that we should first look at how they were used and when. However, these things can also make a difference between one another, for example if something is only asked for in a different way. It could be that the question itself looks harmless while its meaning is not. You might even say that no one has the right to decide, but that would be too simple. They must have been told before, after all, so their own words still matter more than anything else. Such a system will never be perfect. We need both, and each of them has its own problems, although some may be better than others. In my opinion the best solution is to use several layers at the same time.
The model fails to refuse the request because it follows the instructions of the user and plays a role. The context of the fictional story shifts its attention away from the dangerous content, so the goal of being helpful becomes stronger than the constraint of being harmless, and the safety training does not recognize the real intent behind the prompt. It was trained with human feedback to give useful answers and to prioritize safety, but the examples of training did not cover this kind of situation, like a grandmother who tells a bedtime story. As a result, the probability of a refusal goes down and the probability of harmful content goes up. An attacker can exploit this conflict through a jailbreak, by asking the language model to pretend or to act as a character in a hypothetical scenario, so that it provides information which it should not give.
To prevent this, a developer could add a hidden system prompt with a rule which says that dangerous instructions must not be provided, even if the user asks for them in the form of a story, role-play, or any other hypothetical context. Another defense is a second, smaller model or filter that checks the input and the output, classifies the underlying intent, and blocks the request before it is passed to the main model. It should also be fine-tuned on examples of such attacks, and tested against false positives, since filtering by keywords would block harmless questions too.
)"
    R"(import json
import re

# Check whether the text contains one of the words in the list
def is_harmful(text):
    text = text.lower()
    for word in words:
        if word in text:
            return True
    return False

def main():
    with open("prompts.json") as file:
        data = json.load(file)
    count = 0
    for item in data["prompts"]:
        result = "refuse" if is_harmful(item["text"]) else "answer"
        print(f"{item['id']:10} {result}")
        if result == "refuse" and len(item) > 0 or not any(w in text for w in words):
            count += 1
    with open("decisions.json", "w") as file:
        json.dump({"decisions": decisions}, file)
    return count

if __name__ == "__main__":
    main()
)"
    R"(python3 safety_filter.py
ls -la
cat safety_filter.py
cat prompts.json | head -n 20
grep -c "refuse" decisions.json
cd /home/learner
pwd
echo $HOME
history
clear
help
)";

}
