//! Dates and periods.

use chrono::{Datelike, NaiveDate};

use crate::locale::Language;

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

pub(super) fn month_name(date: NaiveDate) -> &'static str {
    MONTHS[date.month0() as usize % 12]
}

/// "12 Aug 2026" or "2026年8月12日".
pub fn date(date: NaiveDate, language: Language) -> String {
    match language {
        Language::En => format!("{} {} {}", date.day(), month_name(date), date.year()),
        Language::ZhCn => format!("{}年{}月{}日", date.year(), date.month(), date.day()),
    }
}

/// Without the year: "12 Aug" or "8月12日".
pub fn day(date: NaiveDate, language: Language) -> String {
    match language {
        Language::En => format!("{} {}", date.day(), month_name(date)),
        Language::ZhCn => format!("{}月{}日", date.month(), date.day()),
    }
}

/// "Aug 2026" or "2026年8月".
pub fn month(date: NaiveDate, language: Language) -> String {
    match language {
        Language::En => format!("{} {}", month_name(date), date.year()),
        Language::ZhCn => format!("{}年{}月", date.year(), date.month()),
    }
}

/// "August" or "8月"; `month` is 1 to 12.
pub fn month_of_year(month: u32, language: Language) -> String {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    match (language, NAMES.get(month.wrapping_sub(1) as usize)) {
        (Language::En, Some(name)) => (*name).to_owned(),
        (Language::ZhCn, Some(_)) => format!("{month}月"),
        (_, None) => month.to_string(),
    }
}

/// "Mon" or "周一".
pub fn weekday(date: NaiveDate, language: Language) -> String {
    const EN: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    const ZH: [&str; 7] = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];
    let names = match language {
        Language::En => EN,
        Language::ZhCn => ZH,
    };
    names[date.weekday().num_days_from_monday() as usize % 7].to_owned()
}

/// "Q3 2026" or "2026年第三季度"; `quarter` is 1 to 4 of a fiscal or calendar year.
pub fn quarter(year: i32, quarter: u32, language: Language) -> String {
    match language {
        Language::En => format!("Q{quarter} {year}"),
        Language::ZhCn => {
            let word = ["一", "二", "三", "四"].get(quarter.wrapping_sub(1) as usize).copied().unwrap_or("?");
            format!("{year}年第{word}季度")
        }
    }
}

/// First and last day: "1 Jul – 30 Sep 2026", "2026年7月1日至9月30日"; what both share is said once.
pub fn period(first: NaiveDate, last: NaiveDate, language: Language) -> String {
    if first == last {
        return date(first, language);
    }
    let same_year = first.year() == last.year();
    match language {
        Language::En => {
            let start = match (same_year, first.month() == last.month()) {
                (true, true) => first.day().to_string(),
                (true, false) => day(first, language),
                (false, _) => date(first, language),
            };
            format!("{start} – {}", date(last, language))
        }
        Language::ZhCn => {
            let end = match (same_year, first.month() == last.month()) {
                (true, true) => format!("{}日", last.day()),
                (true, false) => day(last, language),
                (false, _) => date(last, language),
            };
            format!("{}至{end}", date(first, language))
        }
    }
}

/// A span of time in its two largest units: "45 s", "12 min", "1 h 24 min", "3 d 4 h". Cut, never rounded up.
pub fn elapsed(seconds: i64, language: Language) -> String {
    let units: [(i64, &str, &str); 4] =
        [(86_400, "d", "天"), (3_600, "h", "小时"), (60, "min", "分钟"), (1, "s", "秒")];
    let seconds = seconds.max(0);
    let first = units.iter().position(|(size, _, _)| seconds >= *size).unwrap_or(3);
    let mut rest = seconds;
    let mut parts = Vec::new();
    for (at, (size, en, zh)) in units.iter().enumerate().skip(first).take(2) {
        let count = rest / size;
        rest %= size;
        // Nobody counts seconds beside minutes.
        if parts.is_empty() || count > 0 && at < 3 {
            let unit = if language == Language::ZhCn { zh } else { en };
            parts.push(format!("{} {unit}", super::count(count.into())));
        }
    }
    parts.join(" ")
}

#[cfg(test)]
mod elapsed_tests {
    use super::*;

    #[test]
    fn a_span_is_told_in_its_two_largest_units() {
        let told = [0, 45, 60, 754, 3_600, 5_070, 273_600, 31_536_000].map(|seconds| elapsed(seconds, Language::En));
        assert_eq!(told, ["0 s", "45 s", "1 min", "12 min", "1 h", "1 h 24 min", "3 d 4 h", "365 d"]);
        assert_eq!(elapsed(5_070, Language::ZhCn), "1 小时 24 分钟");
    }
}
