#pragma once
// Walks an awk program over its input. Expressions that cannot wait are evaluated by plain recursion; those with a
// getline, a system() or a call of a user's function are Tasks, as are statements, so that any of them may rest.

#include "terminal/commands/awk.hpp"
#include "terminal/commands/awk_values.hpp"
#include "terminal/commands/stream.hpp"

#include <map>
#include <optional>
#include <set>

namespace cw::terminal::commands::awk {

enum class Flow : std::uint8_t { on, break_, continue_, next, next_file, exit, return_ };

class Interpreter {
  public:
    Interpreter(Process& p, Program program, std::vector<std::string> operands);
    Task<int> run();
    void assign_global(std::string const& name, std::string const& value);

  private:
    // A variable: a value or an array. Parameters may stand for the caller's.
    struct Variable {
        Value value;
        std::shared_ptr<Array> array;
    };

    // statements (awk_run.cpp)
    Task<Flow> run_rules(When when);
    Task<Flow> run_rule(Rule& rule);
    Task<Flow> execute(Node const& node);
    Task<Flow> loop(Node const& node);
    Task<> print(Node const& node);
    Task<> write(Node const& node, std::string text);
    Task<> flush_output(std::string name);
    Task<> flush_all();
    void remove(Node const& node);

    // expressions
    Value evaluate(Node const& node);
    Task<Value> evaluate_later(Node const& node);
    Value apply(Node const& node, std::vector<Value> const& values);
    Value builtin(Node const& node, std::vector<Value> const& values);
    Value text_builtin(Node const& node, std::vector<Value> const& values);
    Value substitute(Node const& node, std::vector<Value> const& values, bool global);
    Value general_substitute(std::vector<Value> const& values, Node const& node);
    Value split(Node const& node, std::vector<Value> const& values);
    Value match(Node const& node, std::vector<Value> const& values);
    Value sort(Node const& node, bool by_keys);
    Task<Value> call(Node const& node);
    Task<Value> getline(Node const& node);
    Task<Value> system(std::string command);
    Task<> capture(std::string command);
    Value assign(Node const& node, Value value);
    Task<Value> assign_later(Node const& node, Value value);
    Value increment(Node const& node);
    Value arithmetic(char operation, double left, double right);
    void store(Node const& target, Value value);
    Value load(Node const& target);
    [[nodiscard]] static bool waits(Node const& node);
    Variable& variable(Node const& node);
    std::shared_ptr<Array> array(Node const& node);
    std::string key(Node const& element);
    std::string joined(std::vector<NodePtr> const& parts, std::size_t from);
    regex::Regex const& pattern(Node const& node, Value const& value);
    regex::Regex const& dynamic(std::string const& text);
    std::string text(Value const& value) { return to_text(value, convfmt_); }
    std::string output_text(Value const& value);
    void fail(std::string const& message);

    // records and fields (awk_records.cpp)
    Task<bool> next_record(std::string& record);
    Task<bool> read_record(Input& input, std::string& record);
    bool open_next_operand();
    void set_record(std::string record);
    void split_fields();
    std::vector<std::string> pieces(std::string_view text, std::string const& separator,
                                    std::vector<std::string>* seams = nullptr);
    void set_field(std::size_t index, Value value);
    void set_field_count(std::size_t count);
    Value field(std::int64_t index);
    void rebuild();
    Value& special(Special which) { return globals_[which].value; }
    void after_special(int slot);

    Process& p_;
    Program program_;
    std::vector<std::string> operands_;
    Output out_;
    std::vector<Variable> globals_;
    std::vector<std::vector<Variable>> frames_;
    std::string convfmt_ = "%.6g";

    std::string record_;
    std::vector<Value> fields_;
    bool fields_known_ = false, record_known_ = true;
    std::unique_ptr<Input> input_;
    std::map<Input const*, std::string> rests_; // what was read ahead for a regular expression as RS
    std::size_t operand_ = 0;
    bool read_any_file_ = false, input_done_ = false;

    struct Reader {
        std::unique_ptr<Input> input;
        std::string captured;
        std::size_t at = 0;
        bool is_command = false;
    };
    std::map<std::string, Reader> readers_;
    struct Sink {
        FilePtr file;
        std::string waiting; // of a command, run when it is closed
        bool is_command = false;
    };
    std::map<std::string, Sink> sinks_;
    std::map<std::string, regex::Regex> dynamic_;
    Value returned_;
    int status_ = 0;
    bool failed_ = false;
    Flow unwinds_ = Flow::on; // next or exit inside a function: it goes on outside
    std::uint64_t seed_ = 0, previous_seed_ = 0;
    Random random_{0};
    std::size_t items_ = 0;
};

}
