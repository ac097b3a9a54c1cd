// tsort: words in an order that the pairs allow, the one that GNU's takes: a word's followers in the reverse order of
// their pairs.
#include "ground/text.hpp"
#include "terminal/commands/arguments.hpp"
#include "terminal/commands/programs.hpp"
#include "terminal/commands/stream.hpp"

#include <algorithm>
#include <deque>
#include <map>

namespace cw::terminal::commands {

namespace {

struct Item {
    std::string_view name;
    std::vector<Item*> followers; // the last pair's last
    std::size_t before = 0;
    Item* next_in_loop = nullptr;
    bool printed = false;
};

using Items = std::map<std::string_view, Item>;

// Follows pairs back from the first word that still waits until a word comes again, prints that loop and cuts it.
void cut_loop(Process& p, Items& items) {
    Item* loop = nullptr;
    do {
        for (auto& [name, item] : items) {
            if (item.before == 0 || item.printed) continue;
            if (!loop) {
                loop = &item;
                continue;
            }
            auto const found = std::find(item.followers.rbegin(), item.followers.rend(), loop);
            if (found == item.followers.rend()) continue;
            if (!item.next_in_loop) {
                item.next_in_loop = loop;
                loop = &item;
                continue;
            }
            for (bool inside = true; loop;) {
                if (inside) p.fail(loop->name);
                if (inside && loop == &item) {
                    --(*found)->before;
                    item.followers.erase(std::next(found).base());
                    inside = false;
                }
                loop = std::exchange(loop->next_in_loop, nullptr);
            }
            return;
        }
    } while (loop);
}

Task<int> run_tsort(Process& p) {
    Arguments const arguments = parse_arguments(p, tsort_command);
    if (arguments.ended()) co_return arguments.status;
    if (arguments.operands.size() > 1) co_return extra_operand(p, arguments.operands[1]);
    std::string text;
    std::string const name = arguments.operands.empty() ? "-" : arguments.operands[0];
    bool const read = co_await read_whole(p, name, text);
    if (!read) co_return 1;
    std::replace(text.begin(), text.end(), '\n', ' ');
    std::replace(text.begin(), text.end(), '\t', ' ');
    Items items;
    Item* first = nullptr;
    for (std::string_view const word : split(text, ' ')) {
        if (word.empty()) continue;
        Item& item = items[word];
        item.name = word;
        if (first && first != &item) {
            first->followers.push_back(&item);
            ++item.before;
        }
        first = first ? nullptr : &item;
    }
    if (first) co_return p.fail(name + ": input contains an odd number of tokens");
    int status = 0;
    std::deque<Item*> ready;
    for (std::size_t left = items.size(); left > 0;) {
        for (auto& [word, item] : items)
            if (item.before == 0 && !item.printed) ready.push_back(&item);
        while (!ready.empty()) {
            Item* const item = ready.front();
            ready.pop_front();
            p.out(std::string(item->name) + "\n");
            item->printed = true;
            --left;
            for (auto one = item->followers.rbegin(); one != item->followers.rend(); ++one)
                if (--(*one)->before == 0) ready.push_back(*one);
            co_await p.breathe();
        }
        if (left == 0) break;
        p.fail(name + ": input contains a loop:");
        status = 1;
        cut_loop(p, items);
    }
    co_return status;
}

}

Command const tsort_command{"tsort",
                            "write totally ordered list consistent with the partial ordering in FILE",
                            "tsort [OPTION] [FILE]",
                            "",
                            nullptr,
                            run_tsort};

}
