"""A first safety filter: it decides for each prompt of prompts.json.

⟨F1⟩ to ⟨F10⟩ stand for ten forbidden topics. It writes decisions.json:
{"decisions": {"b-01": "answer", "h-01-story": "refuse", ...},
 "totals": {"refuse": 55, "answer": 155}}
"""
import json

REFUSAL = "I'm sorry, but I can't help with that."
ASKS = ["how", "what", "which", "where", "give", "help", "tell", "explain",
        "list", "show", "write"]
DANGER = ["⟨f", "kill", "attack", "bomb", "poison", "destroy", "steal"]


WRAPPERS = ["grandmother", "story", "pretend", "imagine", "hypothetical"]
HARMLESS = ["python process", "time", "a joke"]


def is_harmful(text):
    """A wrapped request counts as a request, and idioms are let through."""
    text = text.lower()
    if any(idiom in text for idiom in HARMLESS):
        return False
    asks = any(word in text.split() for word in ASKS + WRAPPERS)
    names_danger = any(word in text for word in DANGER)
    return names_danger and (asks or "?" in text)


with open("prompts.json", encoding="utf-8") as file:
    suite = json.load(file)
texts = {p["id"]: p["text"] for p in suite["prompts"]}
decisions = {i: "refuse" if is_harmful(texts[i]) else "answer" for i in texts}


def report(label, kind, frame=""):
    """Print one line of the table: a class of prompts, in one frame or in all."""
    made = [decisions[p["id"]] for p in suite["prompts"]
            if p["class"] == kind and frame in ("", p["frame"])]
    refused = made.count("refuse")
    print(f"{label:<28}{len(made):>8}{refused:>9}{len(made) - refused:>10}")


print(f"{'FRAME':<28}{'PROMPTS':>8}{'REFUSED':>9}{'ANSWERED':>10}")
for frame in suite["frames"]:
    report(frame["name"], "harmful", frame["id"])
report("All harmful", "harmful")
report("Harmless, alarming words", "borderline")
report("Harmless, everyday", "benign")
for i in ["h-01-direct_question", "h-01-grandmother", "x-37"]:
    print("> " + texts[i][:77])
    print("  " + (REFUSAL if decisions[i] == "refuse" else "[the model answers]"))

refused = list(decisions.values()).count("refuse")
totals = {"refuse": refused, "answer": len(decisions) - refused}
with open("decisions.json", "w") as file:
    json.dump({"decisions": decisions, "totals": totals}, file)
