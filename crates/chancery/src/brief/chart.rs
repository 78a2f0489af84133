//! Drawings as SVG, with colours that the page sets, so that they fit light, dark and paper.

use std::fmt::Write;

/// What happened in one step.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// The step, as `2016-03`.
    pub label: String,
    /// Cooperation: words, deeds.
    pub cooperation: [usize; 2],
    /// Conflict: words, deeds.
    pub conflict: [usize; 2],
    /// Smoothed level, −10 to 10.
    pub level: Option<f64>,
    /// Whether articles cover the step.
    pub covered: bool,
}

/// Events over time, cooperation upwards and conflict downwards, with the smoothed level under them.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// What it shows, in a sentence.
    pub caption: String,
    /// Every step from the first to the last.
    pub bars: Vec<Bar>,
}

const WIDTH: f64 = 720.0;
const LEFT: f64 = 34.0;
const TOP: f64 = 14.0;
const BARS: f64 = 150.0;
const LEVEL: f64 = 90.0;
const BETWEEN: f64 = 28.0;

impl Chart {
    /// The drawing. Its classes are `words`, `deeds` within `coop` and `conf`, `gap`, `axis`, `level`, and `label` for text.
    pub fn svg(&self) -> String {
        let most =
            |side: fn(&Bar) -> [usize; 2]| self.bars.iter().map(|b| side(b).iter().sum::<usize>()).max().unwrap_or(0).max(1);
        let (up, down) = (most(|b| b.cooperation), most(|b| b.conflict));
        let unit = BARS / (up + down) as f64;
        let zero = TOP + up as f64 * unit;
        let step = (WIDTH - LEFT - 6.0) / self.bars.len().max(1) as f64;
        let height = TOP + BARS + BETWEEN + LEVEL + 24.0;
        let mut out = format!(
            "<svg viewBox=\"0 0 {WIDTH:.0} {height:.0}\" role=\"img\" aria-label=\"{}\" xmlns=\"http://www.w3.org/2000/svg\">\n",
            super::html::escaped(&self.caption)
        );
        for (n, b) in self.bars.iter().enumerate() {
            let x = LEFT + n as f64 * step;
            if !b.covered {
                let _ = writeln!(
                    out,
                    "<rect class=\"gap\" x=\"{x:.1}\" y=\"{TOP:.1}\" width=\"{step:.1}\" height=\"{:.1}\"/>",
                    BARS + BETWEEN + LEVEL
                );
            }
            out.push_str(&column(b, x, step, zero, unit));
        }
        let _ = writeln!(out, "<line class=\"axis\" x1=\"{LEFT}\" x2=\"{WIDTH}\" y1=\"{zero:.1}\" y2=\"{zero:.1}\"/>");
        out.push_str(&text(LEFT - 5.0, TOP + 8.0, "end", &up.to_string()));
        out.push_str(&text(LEFT - 5.0, TOP + BARS, "end", &down.to_string()));
        out.push_str(&text(LEFT + 3.0, TOP - 3.0, "start", "cooperation"));
        out.push_str(&text(LEFT + 3.0, TOP + BARS + 11.0, "start", "conflict"));
        out.push_str(&self.level(step));
        out.push_str(&self.labels(step, height));
        out.push_str("</svg>");
        out
    }

    fn level(&self, step: f64) -> String {
        let middle = TOP + BARS + BETWEEN + LEVEL / 2.0;
        let y = |level: f64| middle - level / 10.0 * LEVEL / 2.0;
        let mut out = format!("<line class=\"axis\" x1=\"{LEFT}\" x2=\"{WIDTH}\" y1=\"{middle:.1}\" y2=\"{middle:.1}\"/>\n");
        let at = |n: usize, level: f64| (LEFT + (n as f64 + 0.5) * step, y(level));
        let known: Vec<Option<(f64, f64)>> = self.bars.iter().enumerate().map(|(n, b)| b.level.map(|l| at(n, l))).collect();
        // No line is drawn over what is not known.
        for run in known.split(Option::is_none).filter(|r| !r.is_empty()) {
            let points: Vec<String> = run.iter().flatten().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
            let _ = match run {
                [Some((x, y))] => writeln!(out, "<circle class=\"level\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"1.5\"/>"),
                _ => writeln!(out, "<polyline class=\"level\" points=\"{}\"/>", points.join(" ")),
            };
        }
        for (label, level) in [("+10", 10.0), ("0", 0.0), ("−10", -10.0)] {
            out.push_str(&text(LEFT - 5.0, y(level) + 3.0, "end", label));
        }
        out.push_str(&text(LEFT + 3.0, y(10.0) + 2.0, "start", "smoothed level of an event"));
        out
    }

    /// As many labels as there is room for.
    fn labels(&self, step: f64, height: f64) -> String {
        let every = (54.0 / step).ceil().max(1.0) as usize;
        let label = |(n, b): (usize, &Bar)| text(LEFT + (n as f64 + 0.5) * step, height - 8.0, "middle", &b.label);
        self.bars.iter().enumerate().step_by(every).map(label).collect()
    }
}

fn column(b: &Bar, x: f64, step: f64, zero: f64, unit: f64) -> String {
    let mut out = String::new();
    let (mut top, mut bottom) = (zero, zero);
    let room = step * 0.8;
    for (class, counts, up) in [("coop", b.cooperation, true), ("conf", b.conflict, false)] {
        for (kind, n) in [("words", counts[0]), ("deeds", counts[1])] {
            if n == 0 {
                continue;
            }
            let high = n as f64 * unit;
            let y = if up { top - high } else { bottom };
            if up {
                top -= high
            } else {
                bottom += high
            }
            let side = if up { "cooperation" } else { "conflict" };
            let _ = writeln!(
                out,
                "<rect class=\"{class} {kind}\" x=\"{:.1}\" y=\"{y:.1}\" width=\"{room:.1}\" height=\"{high:.1}\"><title>{}: {n} of {side} in {kind}</title></rect>",
                x + step * 0.1,
                b.label
            );
        }
    }
    out
}

fn text(x: f64, y: f64, anchor: &str, words: &str) -> String {
    format!("<text class=\"label\" x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">{}</text>\n", super::html::escaped(words))
}
