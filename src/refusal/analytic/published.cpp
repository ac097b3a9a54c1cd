#include "refusal/analytic/published.hpp"

#include "ground/assert.hpp"

#include <array>

namespace cw::refusal::analytic {
namespace {

// clang-format off
constexpr std::array<Source, 13> source_table{{
    {"wei2023", "Wei et al. 2023", "arXiv 2307.02483"},
    {"shah2023", "Shah et al. 2023", "arXiv 2311.03348"},
    {"shen2023", "Shen et al. 2023", "arXiv 2308.03825"},
    {"xie2023", "Xie et al. 2023", "Nature Machine Intelligence 5, 1486-1496"},
    {"zhang2024", "Zhang et al. 2024", "arXiv 2401.06561"},
    {"anil2024", "Anil et al. 2024", "Many-shot Jailbreaking, NeurIPS 2024"},
    {"qi2024", "Qi et al. 2024", "arXiv 2406.05946"},
    {"rottger2023", "Röttger et al. 2023", "arXiv 2308.01263"},
    {"cui2024", "Cui et al. 2024", "arXiv 2405.20947"},
    {"ouyang2022", "Ouyang et al. 2022", "arXiv 2203.02155"},
    {"dai2023", "Dai et al. 2023", "arXiv 2310.12773"},
    {"sharma2025", "Sharma et al. 2025", "arXiv 2501.18837"},
    {"inan2023", "Inan et al. 2023", "arXiv 2312.06674"},
}};

constexpr std::array<PublishedRate, 80> rate_table{{
    {1, "wei2023", Confidence::secondary, Measure::attack_success, "GPT-4", "AIM role-play", 0.75},
    {2, "wei2023", Confidence::secondary, Measure::attack_success, "GPT-4", "prefix injection", 0.22},
    {2, "wei2023", Confidence::secondary, Measure::attack_success, "GPT-4", "developer mode v2", 0.53},
    {2, "wei2023", Confidence::secondary, Measure::attack_success, "GPT-4", "best combination", 0.94},
    {4, "wei2023", Confidence::secondary, Measure::attack_success, "Claude v1.3", "AIM role-play", 0.0},
    {4, "wei2023", Confidence::secondary, Measure::attack_success, "Claude v1.3", "developer mode", 0.0},
    {4, "wei2023", Confidence::secondary, Measure::attack_success, "Claude v1.3", "evil confidant", 0.0},
    {4, "wei2023", Confidence::secondary, Measure::attack_success, "Claude v1.3", "combinations, lowest", 0.81},
    {4, "wei2023", Confidence::secondary, Measure::attack_success, "Claude v1.3", "combinations, highest", 0.84},
    {5, "shah2023", Confidence::secondary, Measure::attack_success, "GPT-4", "no attack", 0.0023},
    {5, "shah2023", Confidence::secondary, Measure::attack_success, "GPT-4", "persona modulation", 0.425},
    {5, "shah2023", Confidence::secondary, Measure::attack_success, "Claude 2", "persona modulation", 0.61},
    {5, "shah2023", Confidence::secondary, Measure::attack_success, "Vicuna", "persona modulation", 0.359},
    {6, "shen2023", Confidence::secondary, Measure::attack_success, "GPT-3.5", "in-the-wild prompts, mean", 0.685},
    {6, "shen2023", Confidence::secondary, Measure::attack_success, "GPT-4", "in-the-wild prompts, mean", 0.685},
    {7, "xie2023", Confidence::secondary, Measure::attack_success, "ChatGPT", "jailbreaks, no defence", 0.6721},
    {7, "xie2023", Confidence::secondary, Measure::attack_success, "ChatGPT", "jailbreaks, self-reminder", 0.1934},
    {8, "zhang2024", Confidence::paper, Measure::attack_success, "Vicuna-7B", "DAN role-play, no defence", 0.484},
    {8, "zhang2024", Confidence::paper, Measure::attack_success, "Vicuna-7B", "DAN role-play, in-context demonstrations", 0.404},
    {8, "zhang2024", Confidence::paper, Measure::attack_success, "Vicuna-7B", "DAN role-play, self-reminder", 0.413},
    {8, "zhang2024", Confidence::paper, Measure::attack_success, "Vicuna-7B", "DAN role-play, SmoothLLM", 0.135},
    {8, "zhang2024", Confidence::paper, Measure::attack_success, "Vicuna-7B", "DAN role-play, intention analysis", 0.0342},
    {9, "zhang2024", Confidence::paper, Measure::attack_success, "Vicuna-7B", "DeepInception, no defence", 0.9},
    {9, "zhang2024", Confidence::paper, Measure::attack_success, "Vicuna-7B", "DeepInception, in-context demonstrations", 0.0},
    {9, "zhang2024", Confidence::paper, Measure::attack_success, "Vicuna-7B", "DeepInception, self-reminder", 0.554},
    {9, "zhang2024", Confidence::paper, Measure::attack_success, "Vicuna-7B", "DeepInception, SmoothLLM", 0.964},
    {9, "zhang2024", Confidence::paper, Measure::attack_success, "Vicuna-7B", "DeepInception, intention analysis", 0.0},
    {10, "zhang2024", Confidence::paper, Measure::attack_success, "Vicuna-7B", "mean of 5 attacks, no defence", 0.79},
    {10, "zhang2024", Confidence::paper, Measure::attack_success, "Vicuna-7B", "mean of 5 attacks, in-context demonstrations", 0.324},
    {10, "zhang2024", Confidence::paper, Measure::attack_success, "Vicuna-7B", "mean of 5 attacks, self-reminder", 0.48},
    {10, "zhang2024", Confidence::paper, Measure::attack_success, "Vicuna-7B", "mean of 5 attacks, SmoothLLM", 0.542},
    {10, "zhang2024", Confidence::paper, Measure::attack_success, "Vicuna-7B", "mean of 5 attacks, intention analysis", 0.0285},
    {11, "zhang2024", Confidence::paper, Measure::attack_success, "Llama2-7B-Chat", "mean of 5 attacks, no defence", 0.235},
    {11, "zhang2024", Confidence::paper, Measure::attack_success, "Llama2-7B-Chat", "mean of 5 attacks, in-context demonstrations", 0.002},
    {11, "zhang2024", Confidence::paper, Measure::attack_success, "Llama2-7B-Chat", "mean of 5 attacks, self-reminder", 0.0103},
    {11, "zhang2024", Confidence::paper, Measure::attack_success, "Llama2-7B-Chat", "mean of 5 attacks, SmoothLLM", 0.322},
    {11, "zhang2024", Confidence::paper, Measure::attack_success, "Llama2-7B-Chat", "mean of 5 attacks, intention analysis", 0.0003},
    {12, "zhang2024", Confidence::paper, Measure::attack_success, "ChatGLM-6B", "mean of 5 attacks, no defence", 0.725},
    {12, "zhang2024", Confidence::paper, Measure::attack_success, "ChatGLM-6B", "mean of 5 attacks, in-context demonstrations", 0.116},
    {12, "zhang2024", Confidence::paper, Measure::attack_success, "ChatGLM-6B", "mean of 5 attacks, self-reminder", 0.219},
    {12, "zhang2024", Confidence::paper, Measure::attack_success, "ChatGLM-6B", "mean of 5 attacks, SmoothLLM", 0.395},
    {12, "zhang2024", Confidence::paper, Measure::attack_success, "ChatGLM-6B", "mean of 5 attacks, intention analysis", 0.0292},
    {13, "zhang2024", Confidence::paper, Measure::win_rate, "Llama2-7B", "no defence", 0.575},
    {13, "zhang2024", Confidence::paper, Measure::win_rate, "Llama2-7B", "intention analysis", 0.576},
    {13, "zhang2024", Confidence::paper, Measure::win_rate, "Llama3-8B", "no defence", 0.788},
    {13, "zhang2024", Confidence::paper, Measure::win_rate, "Llama3-8B", "intention analysis", 0.696},
    {13, "zhang2024", Confidence::paper, Measure::win_rate, "GPT-3.5", "no defence", 0.803},
    {13, "zhang2024", Confidence::paper, Measure::win_rate, "GPT-3.5", "intention analysis", 0.766},
    {14, "anil2024", Confidence::secondary, Measure::attack_success, "205-shot attack", "no defence", 0.61},
    {14, "anil2024", Confidence::secondary, Measure::attack_success, "205-shot attack", "in-context demonstrations", 0.54},
    {14, "anil2024", Confidence::secondary, Measure::attack_success, "205-shot attack", "cautionary warning", 0.02},
    {15, "qi2024", Confidence::secondary, Measure::attack_success, "Llama-2-7B-Chat", "prefill of 5 tokens", 0.421},
    {15, "qi2024", Confidence::secondary, Measure::attack_success, "Llama-2-7B-Chat", "prefill of 10 tokens", 0.515},
    {15, "qi2024", Confidence::secondary, Measure::attack_success, "Llama-2-7B-Chat", "prefill of 20 tokens", 0.561},
    {15, "qi2024", Confidence::secondary, Measure::attack_success, "Llama-2-7B-Chat", "prefill of 40 tokens", 0.57},
    {16, "qi2024", Confidence::secondary, Measure::attack_success, "Llama-2-7B-Chat, deepened", "prefill of 5 tokens", 0.028},
    {16, "qi2024", Confidence::secondary, Measure::attack_success, "Llama-2-7B-Chat, deepened", "prefill of 10 tokens", 0.029},
    {16, "qi2024", Confidence::secondary, Measure::attack_success, "Llama-2-7B-Chat, deepened", "prefill of 20 tokens", 0.034},
    {16, "qi2024", Confidence::secondary, Measure::attack_success, "Llama-2-7B-Chat, deepened", "prefill of 40 tokens", 0.045},
    {17, "qi2024", Confidence::secondary, Measure::attack_success, "Llama-2-7B base", "no prefix", 0.686},
    {17, "qi2024", Confidence::secondary, Measure::attack_success, "Llama-2-7B base", "refusal prefix", 0.021},
    {19, "qi2024", Confidence::secondary, Measure::attack_success, "Llama-2-7B-Chat", "harmful fine-tuning, 0 steps", 0.015},
    {19, "qi2024", Confidence::secondary, Measure::attack_success, "Llama-2-7B-Chat", "harmful fine-tuning, 2 steps", 0.224},
    {19, "qi2024", Confidence::secondary, Measure::attack_success, "Llama-2-7B-Chat", "harmful fine-tuning, 4 steps", 0.764},
    {19, "qi2024", Confidence::secondary, Measure::attack_success, "Llama-2-7B-Chat", "harmful fine-tuning, 6 steps", 0.879},
    {20, "rottger2023", Confidence::secondary, Measure::over_refusal, "Llama2", "system prompt", 0.38, 0.216},
    {20, "rottger2023", Confidence::secondary, Measure::over_refusal, "Llama2", "no system prompt", 0.14, 0.156},
    {21, "rottger2023", Confidence::secondary, Measure::over_refusal, "Mistral", "plain", 0.008, 0.008},
    {21, "rottger2023", Confidence::secondary, Measure::over_refusal, "Mistral", "guard prompt", 0.096, 0.092},
    {21, "rottger2023", Confidence::secondary, Measure::over_refusal, "GPT-4", "plain", 0.064, 0.02},
    {22, "rottger2023", Confidence::secondary, Measure::harmful_refused, "GPT-4", "plain, 200 unsafe prompts", 0.975},
    {23, "cui2024", Confidence::secondary, Measure::correlation, "32 models", "safety against over-refusal", 0.89},
    {30, "dai2023", Confidence::secondary, Measure::attack_success, "Alpaca-7B", "before", 0.5308},
    {30, "dai2023", Confidence::secondary, Measure::attack_success, "Alpaca-7B", "Safe RLHF, 3 rounds", 0.0245},
    {31, "sharma2025", Confidence::secondary, Measure::attack_success, "guarded model", "jailbreaks, no classifiers", 0.86},
    {31, "sharma2025", Confidence::secondary, Measure::attack_success, "guarded model", "jailbreaks, classifiers", 0.044},
    {31, "sharma2025", Confidence::secondary, Measure::extra_refusals, "guarded model", "classifiers (not significant)", 0.0038},
    {31, "sharma2025", Confidence::secondary, Measure::extra_compute, "guarded model", "classifiers", 0.237},
    {32, "inan2023", Confidence::secondary, Measure::detection, "Llama Guard", "prompts, own test set", 0.945},
    {32, "inan2023", Confidence::secondary, Measure::detection, "Llama Guard", "responses, own test set", 0.953},
}};

constexpr std::array<PublishedEffect, 12> effect_table{{
    {5, "shah2023", Confidence::secondary, "persona modulation", "GPT-4", 0.0023, 0.425},
    {15, "qi2024", Confidence::secondary, "5-token prefill", "Llama-2-7B-Chat", 0.015, 0.421},
    {7, "xie2023", Confidence::secondary, "self-reminder", "ChatGPT", 0.6721, 0.1934},
    {8, "zhang2024", Confidence::paper, "in-context demonstrations", "Vicuna-7B, DAN role-play", 0.484, 0.404},
    {10, "zhang2024", Confidence::paper, "in-context demonstrations", "Vicuna-7B, mean of 5 attacks", 0.79, 0.324},
    {12, "zhang2024", Confidence::paper, "in-context demonstrations", "ChatGLM-6B, mean of 5 attacks", 0.725, 0.116},
    {14, "anil2024", Confidence::secondary, "in-context demonstrations", "205-shot attack", 0.61, 0.54},
    {14, "anil2024", Confidence::secondary, "cautionary warning", "205-shot attack", 0.61, 0.02},
    {8, "zhang2024", Confidence::paper, "intention analysis", "Vicuna-7B, DAN role-play", 0.484, 0.0342},
    {10, "zhang2024", Confidence::paper, "intention analysis", "Vicuna-7B, mean of 5 attacks", 0.79, 0.0285},
    {31, "sharma2025", Confidence::secondary, "input and output classifiers", "jailbreaks", 0.86, 0.044},
    {30, "dai2023", Confidence::secondary, "Safe RLHF", "Alpaca-7B", 0.5308, 0.0245},
}};

// GPT-3 of 175 billion parameters, few-shot; table 14 of the paper.
constexpr std::array<CapabilityTax, 4> tax_table{{
    {24, "ouyang2022", Confidence::paper, "SQuADv2", "F1", 69.75, 51.95, 69.93},
    {25, "ouyang2022", Confidence::paper, "DROP", "F1", 35.27, 27.78, 33.34},
    {25, "ouyang2022", Confidence::paper, "French to English", "BLEU", 39.93, 26.58, 36.76},
    {26, "ouyang2022", Confidence::paper, "HellaSwag", "accuracy", 0.791, 0.759, 0.820},
}};
// clang-format on

}

std::span<Source const> sources() { return source_table; }

Source const& source(std::string_view id) {
    for (Source const& row : source_table) {
        if (row.id == id) return row;
    }
    CW_UNREACHABLE();
}

std::span<PublishedRate const> published_rates() { return rate_table; }
std::span<PublishedEffect const> published_effects() { return effect_table; }
std::span<CapabilityTax const> capability_taxes() { return tax_table; }

}
