#include "cwlesson.hpp"
#include "ground/match.hpp"
#include "ground/text.hpp"
#include "json/value.hpp"
#include "refusal/analytic/model.hpp"

#include <fstream>

namespace cw::tools {

namespace {

using namespace lesson;

std::string escaped(std::string_view text) {
    return replace_all(replace_all(replace_all(text, "&", "&amp;"), "<", "&lt;"), ">", "&gt;");
}

std::string attribute(std::string_view text) { return "\"" + replace_all(escaped(text), "\"", "&quot;") + "\""; }

// The engine's own words, where they stand beside the lessons; the key's last part otherwise.
class EngineWords {
  public:
    EngineWords(std::string const& lesson_folder, std::string const& language)
        : parsed_(json::parse(read_text(lesson_folder + "/../../i18n/" + language + ".json"))) {}
    std::string operator()(std::string_view key) const {
        json::Value const* const found = parsed_.root.find(key);
        return escaped(found ? found->text : std::string(key.substr(key.rfind('.') + 1)));
    }

  private:
    json::Parsed parsed_;
};

class Html {
  public:
    Html(Course const& course, HtmlContext const& context)
        : course_(course), context_(context), words_(context.folder, course.language) {}

    std::string take() {
        line("<header><p>" + escaped(course_.code) + "</p><h1>" + escaped(course_.title) + "</h1></header>");
        for (Slide const& slide : course_.slides) {
            line("<section id=\"" + slide.id + "\">");
            line("<h2>" + escaped(slide.title) + "</h2>");
            for (Block const& block : slide.blocks) match(block, [&](auto const& each) { add(each); });
            line("</section>");
        }
        return std::move(out_);
    }

  private:
    void line(std::string_view text) {
        out_ += text;
        out_ += '\n';
    }
    static std::string rich(RichText const& text) {
        std::string out;
        for (Span const& span : text) {
            std::string inner = escaped(span.text);
            switch (span.style) {
                case Span::Style::plain: break;
                case Span::Style::strong: inner = "<strong>" + inner + "</strong>"; break;
                case Span::Style::emphasis: inner = "<em>" + inner + "</em>"; break;
                case Span::Style::strong_emphasis: inner = "<strong><em>" + inner + "</em></strong>"; break;
                case Span::Style::code: inner = "<code>" + inner + "</code>"; break;
                case Span::Style::math: inner = math(span.text); break;
            }
            if (!span.link.empty()) inner = "<a href=" + attribute(span.link) + ">" + inner + "</a>";
            out += inner;
        }
        return out;
    }
    // As the packer looks for it: TeX with & < and " escaped.
    static std::string math(std::string_view tex) {
        return "<span class=\"math\">" +
               replace_all(replace_all(replace_all(tex, "&", "&amp;"), "<", "&lt;"), "\"", "&quot;") + "</span>";
    }
    void paragraphs(std::vector<RichText> const& texts) {
        for (RichText const& text : texts) line("<p>" + rich(text) + "</p>");
    }
    void items(std::string const& tag, std::vector<RichText> const& texts) {
        line("<" + tag + ">");
        for (RichText const& text : texts) line("<li>" + rich(text) + "</li>");
        line("</" + tag + ">");
    }

    void add(Heading const& heading) { line("<h3>" + rich(heading.text) + "</h3>"); }
    void add(Paragraph const& paragraph) { line("<p>" + rich(paragraph.text) + "</p>"); }
    void add(ListBlock const& list) { items(list.marker == ListBlock::Marker::number ? "ol" : "ul", list.items); }
    void add(Callout const& callout) {
        line("<aside>");
        if (!callout.title.empty()) line("<h3>" + rich(callout.title) + "</h3>");
        paragraphs(callout.paragraphs);
        line("</aside>");
    }
    void add(Formula const& formula) { line("<p>" + math(formula.tex) + "</p>"); }
    void add(Picture const& picture) {
        std::string const image =
            "<img src=" + attribute(context_.addresses + picture.source) + " alt=" + attribute(picture.alternative) +
            " width=\"" + std::to_string(picture.width_px) + "\" height=\"" + std::to_string(picture.height_px) + "\">";
        std::string const caption =
            picture.caption.empty() ? "" : "<figcaption>" + escaped(picture.caption) + "</figcaption>";
        line("<figure>" + image + caption + "</figure>");
    }
    void add(Bars const& bars) {
        using namespace refusal::analytic;
        line("<table>");
        if (!bars.caption.empty()) line("<caption>" + escaped(bars.caption) + "</caption>");
        line("<tr><td></td><th>P(refusal)</th><th>P(harmful_content)</th></tr>");
        for (Scenario const& scenario : bars.scenarios) {
            Frame const frame = frame_from_id(scenario.frame).value_or(Frame::direct);
            Trace const trace = respond({scenario.harm, scenario.alarm, info(frame).levers});
            auto const percent = [](double share) { return fixed(100 * share, 1) + " %"; };
            line("<tr><th>" + escaped(scenario.label) + "</th><td>" + percent(trace.refusal) + "</td><td>" +
                 percent(trace.harmful_content) + "</td></tr>");
        }
        line("</table>");
    }
    void add(Question const& question) {
        line("<p>" + rich(question.prompt) + "</p>");
        std::vector<RichText> options;
        for (Option const& option : question.options) options.push_back(option.text);
        items("ul", options);
        line("<details><summary>" + words_("static.answer") + "</summary>");
        for (Option const& option : question.options)
            if (option.correct) line("<p><strong>" + rich(option.text) + "</strong> " + rich(option.feedback) + "</p>");
        line("</details>");
    }
    void add(Task const& task) {
        line("<h3>" + escaped(task.title) + "</h3>");
        line("<p>" + rich(task.prompt) + "</p>");
        line("<details><summary>" + words_("task.solution") + "</summary>");
        for (auto const& part : task.solution) match(part, [&](auto const& each) { add(each); });
        line("</details>");
    }
    void add(Lab const& lab) {
        LabFile const& file = lab.files.front();
        line("<pre><code>" + preformatted(read_text(context_.folder + "/" + file.source)) + "</code></pre>");
        line("<h3>" + escaped(lab.terminal_title) + "</h3>");
        line("<pre>" + preformatted(join(lab.banner, "\n") + "\n" + lab.prompt) + "</pre>");
    }
    // Line ends as references, so that a packer which tidies blanks leaves them alone.
    static std::string preformatted(std::string_view text) { return replace_all(escaped(text), "\n", "&#10;"); }
    void add(RefusalLab const&) { line("<p>" + words_("static.needs_script") + "</p>"); }
    void add(Summary const& summary) {
        line("<h3>" + words_("summary.learned") + "</h3>");
        items("ul", summary.learned);
    }
    void add(BrokenBlock const& broken) { line("<p>[" + escaped(broken.message) + "]</p>"); }

    Course const& course_;
    HtmlContext const& context_;
    EngineWords words_;
    std::string out_;
};

}

std::string to_html(Course const& course, HtmlContext const& context) { return Html(course, context).take(); }

}
