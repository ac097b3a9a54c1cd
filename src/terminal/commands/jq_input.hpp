#pragma once
// The inputs of jq, one by one: values, lines or all at once, from files in turn or from stdin. It reads no further
// than it must, so that a pipe without an end can be the input.
//
//   Feed feed(calls, {.files = {"a.json"}});
//   Value const value = co_await feed.next();

#include "terminal/commands/jq_json.hpp"
#include "terminal/commands/jq_machine.hpp"

namespace cw::terminal::commands::jq {

struct InputSettings {
    bool slurps = false;  // all values as one array, or all text as one string
    bool raw = false;     // lines, not JSON
    bool streams = false; // each value as the events of tostream
    std::vector<std::string> files;
};

class Feed {
  public:
    Feed(Calls& calls, InputSettings const& settings) : calls_(calls), settings_(settings), reader_(calls.store) {}

    // none at the end, or on an error, which calls.error has then.
    Task<Value> next();
    // Where it has come to, for messages: "file:2".
    [[nodiscard]] std::string place() const;
    bool parse_failed = false, file_failed = false;

  private:
    bool ready(Value& out);
    bool ready_value(Value& out);
    bool ready_text(Value& out);
    Task<bool> more(std::string& text);
    void name_file(std::string name);
    void add_events(Value const& value, Value const& path);

    Calls& calls_;
    InputSettings const& settings_;
    Reader reader_;
    std::size_t next_file_ = 0, at_ = 0;
    std::string file_name_ = "<unknown>", buffer_;
    Value slurped_; // what has been gathered
    Value events_;  // that streams_ has made of the last value
    std::size_t next_event_ = 0;
    bool started_ = false, on_stdin_ = false, ended_ = false;
};

}
