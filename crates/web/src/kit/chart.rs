//! Charts as SVG, drawn here: they need no script, print as they look, and say in words what they
//! show. What a colour tells, a pattern tells too, and the table beside a chart has every number.
//!
//! A chart is drawn twice, for a phone and for a desk; the style sheet shows one of them, so that
//! letters have the size of letters on both.

use std::fmt::Write as _;

/// How a part is drawn: colour and pattern (`frontend/src/mc-chart.css`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// Before its day.
    Early,
    /// On its day.
    OnTime,
    /// Beyond it.
    Late,
    /// In progress, within its time.
    Running,
    /// In progress, beyond it.
    RunningLate,
    /// New.
    New,
}

impl Look {
    /// All of them, in the order of a legend.
    pub const ALL: [Look; 6] =
        [Look::New, Look::Early, Look::OnTime, Look::Late, Look::Running, Look::RunningLate];

    const fn name(self) -> &'static str {
        match self {
            Look::Early => "early",
            Look::OnTime => "on-time",
            Look::Late => "late",
            Look::Running => "running",
            Look::RunningLate => "running-late",
            Look::New => "new",
        }
    }

    fn pattern(self, id: &str, suffix: &str) -> String {
        let (name, lines) = (self.name(), self.lines());
        format!(
            "<pattern id=\"{id}-{suffix}-{name}\" width=\"8\" height=\"8\" \
             patternUnits=\"userSpaceOnUse\"><path class=\"mc-chart__hatch\" d=\"{lines}\"/>\
             </pattern>",
        )
    }

    /// The lines of its pattern, in a square of 8; none for a plain surface.
    const fn lines(self) -> &'static str {
        match self {
            Look::Early | Look::New => "",
            Look::OnTime => "M0 4H8",
            Look::Late => "M-2 2L2 -2M0 8L8 0M6 10L10 6",
            Look::Running => "M4 3.2V4.8",
            Look::RunningLate => "M0 0L8 8M0 8L8 0",
        }
    }
}

/// A part of a bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// How it is drawn.
    pub look: Look,
    /// What it says.
    pub text: String,
    /// How many.
    pub count: u64,
}

/// A bar, or a group of columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// Whose it is.
    pub text: String,
    /// Its parts.
    pub parts: Vec<Part>,
}

/// What a chart is and shows, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// Tells its elements from those of other charts on a page: letters only.
    pub id: &'static str,
    /// What it shows.
    pub title: String,
    /// What is to be seen in it.
    pub description: String,
    /// Its bars.
    pub bars: Vec<Bar>,
}

/// A drawing for one width.
struct Canvas<'c> {
    chart: &'c Chart,
    width: f64,
    /// Tells the drawings of a chart from each other.
    suffix: &'static str,
    svg: String,
}

const PHONE: f64 = 300.0;
const DESK: f64 = 1120.0;
const ROW: f64 = 58.0;
const PLOT: f64 = 200.0;

impl Chart {
    /// Lying bars, one below the other, each divided into its parts.
    #[must_use]
    pub fn lying(&self) -> String {
        self.both(|canvas| canvas.lying())
    }

    /// Standing columns beside each other, a group for each bar.
    #[must_use]
    pub fn standing(&self) -> String {
        self.both(|canvas| canvas.standing())
    }

    /// The looks that occur, with their words.
    #[must_use]
    pub fn legend(&self) -> String {
        let mut legend = String::from("<ul class=\"mc-chart__legend\">");
        for look in Look::ALL {
            let parts = self.bars.iter().flat_map(|bar| &bar.parts);
            let Some(part) = parts.into_iter().find(|part| part.look == look) else { continue };
            let (id, name) = (self.id, look.name());
            let place = "x=\"1\" y=\"1\" width=\"20\" height=\"14\"";
            let _ = write!(
                legend,
                "<li><svg class=\"mc-chart__key\" width=\"22\" height=\"16\" aria-hidden=\"true\">\
                 <defs>{}</defs><rect class=\"mc-chart--{name}\" {place}/>\
                 <rect fill=\"url(#{id}-k-{name})\" {place}/></svg>{}</li>",
                look.pattern(id, "k"),
                escaped(&part.text),
            );
        }
        legend.push_str("</ul>");
        legend
    }

    fn both(&self, draw: impl Fn(&mut Canvas<'_>) -> f64) -> String {
        let drawings = [(PHONE, "p", "mc-chart__phone"), (DESK, "d", "mc-chart__desk")];
        let drawn = drawings.map(|(width, suffix, class)| {
            let mut canvas = Canvas { chart: self, width, suffix, svg: String::new() };
            let height = draw(&mut canvas);
            canvas.framed(class, height)
        });
        drawn.concat()
    }

    fn most(&self, of: fn(&Bar) -> u64) -> f64 {
        let most = self.bars.iter().map(of).max().unwrap_or_default().max(1);
        number(most)
    }
}

impl Canvas<'_> {
    fn framed(&self, class: &str, height: f64) -> String {
        let Chart { id, title, description, .. } = self.chart;
        let (suffix, width) = (self.suffix, self.width);
        let mut patterns = String::new();
        for look in Look::ALL {
            patterns.push_str(&look.pattern(id, suffix));
        }
        format!(
            "<svg class=\"mc-chart {class}\" role=\"img\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\" aria-labelledby=\"{id}-{suffix}-t {id}-{suffix}-x\">\
             <title id=\"{id}-{suffix}-t\">{}</title><desc id=\"{id}-{suffix}-x\">{}</desc>\
             <defs>{patterns}</defs>{}</svg>",
            escaped(title),
            escaped(description),
            self.svg,
        )
    }

    fn lying(&mut self) -> f64 {
        let chart = self.chart;
        let most = chart.most(|bar| bar.parts.iter().map(|part| part.count).sum());
        let room = self.width - 60.0;
        for (at, bar) in chart.bars.iter().enumerate() {
            let top = ROW * number(at as u64);
            let sum: u64 = bar.parts.iter().map(|part| part.count).sum();
            self.text((0.0, top + 17.0), "start", &cut(&bar.text, self.width / 8.2));
            let mut left = 0.0;
            for part in bar.parts.iter().filter(|part| part.count > 0) {
                let width = (number(part.count) / most * room).max(2.0);
                self.rect(part.look, (left, top + 25.0), (width, 24.0));
                let digits = number(grouped(part.count).len() as u64);
                if width > digits * 9.0 + 12.0 {
                    let middle = left + width / 2.0;
                    let look = part.look.name();
                    self.label((middle, top + 42.0), look, &grouped(part.count));
                }
                left += width;
            }
            self.text((left + 7.0, top + 43.0), "start", &grouped(sum));
        }
        ROW * number(chart.bars.len() as u64)
    }

    fn standing(&mut self) -> f64 {
        let chart = self.chart;
        let most = chart.most(|bar| bar.parts.iter().map(|part| part.count).max().unwrap_or(0));
        let top = ceiling(most);
        let (left, right) = (number(grouped(whole(top)).len() as u64) * 9.0 + 10.0, self.width);
        for quarter in 0..=4u8 {
            let share = f64::from(quarter) / 4.0;
            let y = 14.0 + PLOT * (1.0 - share);
            let _ = write!(self.svg, "<path class=\"mc-chart__grid\" d=\"M{left} {y}H{right}\"/>");
            self.text((left - 8.0, y + 5.0), "end", &grouped(whole(top * share)));
        }
        let step = (right - left) / number(chart.bars.len().max(1) as u64);
        let sparse = (34.0 / step).ceil().max(1.0);
        for (at, bar) in chart.bars.iter().enumerate() {
            let from = left + step * number(at as u64);
            let column = (step * 0.76 / number(bar.parts.len().max(1) as u64)).min(46.0);
            let wide = column * number(bar.parts.len() as u64);
            let mut x = from + (step - wide) / 2.0;
            for part in &bar.parts {
                let height = number(part.count) / top * PLOT;
                if part.count > 0 {
                    let height = height.max(1.5);
                    self.rect(part.look, (x, 14.0 + PLOT - height), (column - 1.0, height));
                }
                x += column;
            }
            if whole(number(at as u64) % sparse) == 0 {
                self.text((from + step / 2.0, PLOT + 34.0), "middle", &bar.text);
            }
        }
        PLOT + 42.0
    }

    fn rect(&mut self, look: Look, (x, y): (f64, f64), (width, height): (f64, f64)) {
        let (id, suffix, name) = (self.chart.id, self.suffix, look.name());
        let place =
            format!("x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\"");
        let _ = write!(self.svg, "<rect class=\"mc-chart--{name}\" {place}/>");
        if !look.lines().is_empty() {
            let _ = write!(self.svg, "<rect fill=\"url(#{id}-{suffix}-{name})\" {place}/>");
        }
    }

    fn text(&mut self, (x, y): (f64, f64), anchor: &str, text: &str) {
        let text = escaped(text);
        let place = format!("x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\"");
        let _ = write!(self.svg, "<text {place}>{text}</text>");
    }

    /// A number on a part, with a ground of its own where a pattern is behind it.
    fn label(&mut self, (x, y): (f64, f64), look: &str, text: &str) {
        let class = format!("mc-chart__on mc-chart__on--{look}");
        let place = format!("x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"middle\"");
        let _ = write!(self.svg, "<text class=\"{class}\" {place}>{text}</text>");
    }
}

/// A count with points between the thousands.
#[must_use]
pub fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    grouped
}

/// A round number not below: 1, 2, 4, 8 or so, times a power of ten, divisible by four.
fn ceiling(most: f64) -> f64 {
    let mut power = 1.0;
    while power * 10.0 <= most {
        power *= 10.0;
    }
    let steps = [1.0, 2.0, 4.0, 8.0, 10.0].map(|step| step * power);
    steps.into_iter().find(|step| *step >= most.max(4.0)).unwrap_or(power * 10.0).max(4.0)
}

#[expect(clippy::cast_precision_loss, reason = "drawings are not exact")]
fn number(count: u64) -> f64 {
    count as f64
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is a round count")]
fn whole(value: f64) -> u64 {
    value.round() as u64
}

fn cut(text: &str, letters: f64) -> String {
    let room = usize::try_from(whole(letters)).unwrap_or(usize::MAX);
    if text.chars().count() <= room {
        return text.to_owned();
    }
    let kept: String = text.chars().take(room.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart() -> Chart {
        let part = |look, count| Part { look, text: "trước <hạn>".to_owned(), count };
        let bar = Bar {
            text: "Sở \"A\" & B".to_owned(),
            parts: vec![part(Look::Early, 1_200), part(Look::Late, 0)],
        };
        Chart {
            id: "fields",
            title: "Theo lĩnh vực".to_owned(),
            description: "Sở A nhiều nhất.".to_owned(),
            bars: vec![bar],
        }
    }

    #[test]
    fn a_chart_says_what_it_shows() {
        for drawn in [chart().lying(), chart().standing()] {
            assert_eq!(drawn.matches("<title id=\"fields-").count(), 2);
            assert!(drawn.contains("<desc id=\"fields-p-x\">Sở A nhiều nhất.</desc>"));
            assert!(drawn.contains("role=\"img\""));
            assert!(!drawn.contains("style="), "the policy of the pages forbids it");
        }
        assert!(chart().lying().contains("Sở &quot;A&quot; &amp; B"));
        assert!(chart().legend().contains("trước &lt;hạn&gt;"));
    }

    #[test]
    fn counts_and_axes_are_round() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(1_234_567), "1.234.567");
        for (most, top) in [(1.0, 4.0), (5.0, 8.0), (9.0, 10.0), (11.0, 20.0), (399.0, 400.0)] {
            assert!((ceiling(most) - top).abs() < f64::EPSILON, "{most}: {}", ceiling(most));
        }
        assert_eq!(cut("Nguyễn Thị Mẫu", 8.0), "Nguyễn…");
    }
}
