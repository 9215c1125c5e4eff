//! The progress line of a job, on standard error.

use std::sync::Arc;
use std::time::Duration;

use app::JobEvent;
use app::job::{Events, TimeLeft, TimeUnit, Unit};
use app::report::format;
use app::report::locale::{Catalogue, FluentValue};
use indicatif::{DecimalBytes, ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Where it is known how much there is, and where it is not.
const OF_ALL: &str = "{msg} {wide_bar} {percent:>3} %";
const OPEN: &str = "{spinner} {msg}";

/// A line that says how much, how fast and how long, and is gone when the job is. Where standard error is no terminal, it is
/// never there.
pub struct Line {
    bar: ProgressBar,
    catalogue: Arc<Catalogue>,
}

impl Line {
    pub fn new(catalogue: Arc<Catalogue>, quiet: bool) -> Self {
        let target = if quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
        let bar = ProgressBar::with_draw_target(None, target).with_style(style(OPEN));
        bar.enable_steady_tick(Duration::from_millis(100));
        Self { bar, catalogue }
    }

    /// Where the job's events go.
    pub fn events(&self) -> Events {
        let (bar, catalogue) = (self.bar.clone(), self.catalogue.clone());
        Arc::new(move |event| {
            if bar.is_hidden() {
                return;
            }
            bar.set_message(facts(&catalogue, &event));
            match event.total.filter(|total| *total > 0) {
                Some(total) => {
                    bar.set_length(total);
                    bar.set_position(event.done);
                    bar.set_style(style(OF_ALL));
                }
                None => bar.set_style(style(OPEN)),
            }
        })
    }

    pub fn end(self) {
        self.bar.finish_and_clear();
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

/// "reading rows · 120,000 rows · 55,000 rows per second · 4 s left"
fn facts(catalogue: &Catalogue, event: &JobEvent) -> String {
    let unit = match event.unit {
        Unit::Bytes => "bytes",
        Unit::Rows => "rows",
        Unit::Steps => "steps",
    };
    let amount = |value: u64| match event.unit {
        Unit::Bytes => DecimalBytes(value).to_string(),
        Unit::Rows | Unit::Steps => format::count(value.into()),
    };
    let say = |id: &str, args: &[(&str, String)]| {
        let given = args.iter().map(|(name, text)| (*name, FluentValue::from(text.as_str())));
        catalogue.text(id, &given.chain([("unit", unit.into())]).collect::<Vec<_>>())
    };
    let mut facts = vec![catalogue.plain(&format!("phase-{}", event.phase))];
    match event.total.filter(|total| *total > 0) {
        Some(total) => facts.push(say("progress-of", &[("done", amount(event.done)), ("total", amount(total))])),
        None if event.done > 0 => facts.push(say("progress-done", &[("done", amount(event.done))])),
        None => {}
    }
    if let Some(rate) = event.rate_per_second {
        facts.push(say("progress-rate", &[("rate", amount(rate.round() as u64))]));
    }
    if let Some(TimeLeft { count, unit }) = event.left {
        let time = match unit {
            TimeUnit::Second => format!("{count} s"),
            TimeUnit::Minute => format!("{count} min"),
        };
        facts.push(say("progress-left", &[("time", time)]));
    }
    facts.join(" · ")
}

#[cfg(test)]
mod tests {
    use app::report::locale::Language;

    use super::*;

    #[test]
    fn a_job_says_how_much_how_fast_and_how_long() {
        let job = "01890000-0000-7000-8000-000000000000";
        let mut event: JobEvent = serde_json::from_value(serde_json::json!({ "job": job, "phase": "reading",
            "done": 12_000_000, "total": 48_000_000, "unit": "bytes", "ratePerSecond": 6_000_000.0,
            "left": { "count": 6, "unit": "second" } }))
        .unwrap();
        let said = |event: &JobEvent, language| facts(&Catalogue::new(language), event);
        assert_eq!(said(&event, Language::En), "reading rows · 12.00 MB of 48.00 MB · 6.00 MB per second · 6 s left");
        (event.unit, event.total, event.left) = (Unit::Rows, None, None);
        assert_eq!(said(&event, Language::En), "reading rows · 12,000,000 rows · 6,000,000 rows per second");
        assert_eq!(said(&event, Language::ZhCn), "读取行 · 12,000,000 行 · 每秒 6,000,000 行");
    }
}
