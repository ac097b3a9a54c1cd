#pragma once
// Walks an awk program over its input. Expressions that cannot wait are evaluated by plain recursion; those with a
// getline, a system() or a call of a user's function are Tasks, as are statements, so that any of them may rest. A
// command that is written to runs when it is closed; one that is read from has run before its first line is read.

#include "terminal/commands/awk.hpp"
#include "terminal/commands/awk_values.hpp"
#include "terminal/commands/stream.hpp"
#include "terminal/regex/regex.hpp"

#include <map>

namespace cw::terminal::commands::awk {

enum class Flow : std::uint8_t { on, break_, continue_, next, next_file, exit, return_ };

class Interpreter {
  public:
    Interpreter(Process& p, Program program, std::vector<Source> sources, std::vector<std::string> operands);
    Task<int> run();
    void assign_global(std::string const& name, std::string const& raw_value);
    void assign_raw(Special which, std::string value);
    bool in_place = false; // files are replaced by what is printed while they are read

  private:
    // Where a value is kept: a variable, a special one, or a field.
    struct Place {
        Variable* variable = nullptr;
        int special = -1;
        std::int64_t field = -1;
        Node const* node = nullptr;
    };
    struct Span {
        std::size_t from = 0, to = 0;
    };
    // Something that records are read from.
    struct Stream {
        FilePtr file;
        std::string buffer;
        std::size_t at = 0;
        bool ended = false;
        int status = 0; // of a command
    };
    struct Sink {
        std::string name;
        FilePtr file;
        std::string waiting; // for a command
        bool is_command = false, both = false;
    };

    // statements (awk_run.cpp)
    Task<Flow> run_rules(When when);
    Task<Flow> run_rule(Rule& rule);
    Task<Flow> execute(Node const& node);
    Task<Flow> loop(Node const& node);
    Task<Flow> visit(Node const& node);
    Task<Flow> choose(Node const& node);
    Task<Value> call(Node const& node);
    Task<Value> invoke(Function const& function, std::vector<Variable> frame);
    void remove(Node const& node);
    void fail(std::string const& message);
    void warn(std::string const& message);
    [[nodiscard]] std::string where() const;

    // input and output (awk_io.cpp)
    Task<> print(Node const& node);
    Task<> write(Node const& node, std::string text);
    Task<int> close_sink(std::size_t index, bool captures);
    Task<> close_all();
    Task<Value> close(std::string name, std::string which);
    Task<int> run_command(std::string command, std::string const* input, std::string* output);
    Task<Value> getline(Node const& node);
    Attempt<FilePtr> open_input(std::string const& name);
    [[nodiscard]] std::size_t sink_of(std::string const& name) const;

    // expressions (awk_expression.cpp)
    Value evaluate(Node const& node);
    Task<Value> evaluate_later(Node const& node);
    Value apply(Node const& node, Value const* values);
    bool plain_argument(Node const& part, Builtin which, std::size_t index, Value& value);
    std::vector<Value> arguments(Node const& node, Builtin which);
    Value assign(Node const& node, Place const& place, Value value);
    Value increment(Node const& node, Place const& place);
    Value arithmetic(char operation, double left, double right);
    Place place(Node const& target);
    Task<Place> place_later(Node const& target);
    Place field_place(double index);
    void store(Place const& place, Value value);
    Value load(Place const& place);
    [[nodiscard]] static bool waits(Node const& node);
    Variable& variable(Node const& node);
    Variable& element(Array& items, std::string const& key);
    std::shared_ptr<Array> array(Node const& node);
    std::shared_ptr<Array> as_array(Variable& one, Node const& node);
    std::string key(Node const& element);
    std::string joined(std::vector<NodePtr> const& parts, std::size_t from);
    regex::Regex const& pattern(Node const& node, Value const& value);
    regex::Regex const& dynamic(std::string const& text);
    std::string text(Value const& value) { return to_text(value, convfmt_); }

    // functions (awk_builtins.cpp, awk_text.cpp)
    Value builtin(Node const& node, Builtin which, std::vector<Value> const& values);
    Value number_builtin(Builtin which, std::vector<Value> const& values);
    std::string type_of(Node const& node, Value const& value);
    Value substitute(Node const& node, std::vector<Value> const& values, bool global);
    Value general_substitute(Node const& node, std::vector<Value> const& values);
    Value split(Node const& node, std::vector<Value> const& values, bool by_pattern);
    Value match(Node const& node, std::vector<Value> const& values);
    Task<Value> sort(Node const& node, std::vector<Value> values, bool by_keys);
    Task<std::vector<std::string>> sorted_keys(Array& items, std::string how);
    Task<double> order(std::string const& how, Function const* function, Array& items, std::string const& a,
                       std::string const& b);
    std::string formatted(std::vector<Value> const& values);

    // records and fields (awk_records.cpp)
    Task<bool> next_record(std::string& record);
    Task<bool> read_record(Stream& stream, std::string& record);
    Task<bool> open_next_operand();
    Task<> leave_file();
    void set_record(std::string record);
    void split_fields();
    std::vector<Span> pieces(std::string_view text, Value const& separator);
    std::vector<Span> matches_in(std::string_view text, std::string const& pattern);
    std::vector<Span> columns(std::string_view text);
    void set_field(std::size_t index, Value value);
    void set_field_count(std::size_t count);
    Value field(std::int64_t index);
    void rebuild();
    Value& special(Special which) { return globals_[which].value; }
    void before_special(int slot);
    void after_special(int slot);

    Process& p_;
    Program program_;
    std::vector<Source> sources_;
    std::vector<std::string> operands_;
    Output out_;
    std::vector<Variable> globals_;
    std::vector<std::vector<Variable>> frames_;
    std::string convfmt_ = "%.6g";
    int line_ = 0;
    bool ignores_case_ = false;

    std::string record_;
    std::vector<Value> fields_;
    bool fields_known_ = false, record_known_ = true, record_is_text_ = false; // is_text: a string was assigned to $0
    Special splits_by_ = fs;
    Stream input_;
    std::size_t operand_ = 0;
    bool read_any_file_ = false, input_done_ = false, has_file_rules_ = false;
    FilePtr real_output_;
    std::shared_ptr<std::string> edited_;

    std::map<std::string, Stream> readers_;
    std::vector<Sink> sinks_;
    std::map<std::string, regex::Regex> dynamic_;
    unsigned generation_ = 1; // of dynamic_
    Value returned_;
    int status_ = 0;
    bool failed_ = false;
    Flow unwinds_ = Flow::on; // next or exit inside a function: it goes on outside
    double previous_seed_ = 1;
    Randomness random_;
    std::size_t items_ = 0;
    std::shared_ptr<Array> argument_array_; // of length, isarray and typeof, if it is one
};

}
