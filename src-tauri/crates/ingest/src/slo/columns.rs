//! Which column of a table of measurements means what: guessed from its header, or said by a person.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::field::squeeze;
use crate::{IngestError, Result};

/// Columns by what they mean; `None` where the table has none of that meaning.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
#[ts(rename = "SloMeasureColumns")]
pub struct MeasureColumns {
    pub timestamp: Option<String>,
    pub good: Option<String>,
    pub bad: Option<String>,
    /// All events; beside a share, how much it weighs.
    pub total: Option<String>,
    /// The share of good events, from 0 to 1 or in percent with its sign.
    pub ratio: Option<String>,
    pub bad_ratio: Option<String>,
}

/// Names columns bear, the most telling first; squeezed.
const TIMESTAMP: &[&str] = &[
    "timestamp",
    "time",
    "datetime",
    "ts",
    "minute",
    "starttime",
    "windowstart",
    "bucket",
    "hour",
    "date",
    "day",
    "时间",
    "日期",
];
const GOOD: &[&str] = &[
    "good",
    "goodevents",
    "goodcount",
    "success",
    "successes",
    "successful",
    "successcount",
    "successfulrequests",
    "ok",
    "passed",
    "成功",
    "成功数",
];
const BAD: &[&str] = &[
    "bad",
    "badevents",
    "badcount",
    "errors",
    "errorcount",
    "failed",
    "failures",
    "failurecount",
    "failedrequests",
    "violations",
    "error",
    "失败",
    "失败数",
    "错误数",
];
const TOTAL: &[&str] = &[
    "total",
    "totalevents",
    "totalcount",
    "totalrequests",
    "all",
    "count",
    "requests",
    "requestcount",
    "events",
    "valid",
    "samples",
    "总数",
    "请求数",
];
const RATIO: &[&str] =
    &["ratio", "sli", "goodratio", "successrate", "availability", "share", "value", "可用率", "成功率"];
const BAD_RATIO: &[&str] = &["errorratio", "errorrate", "badratio", "failurerate", "失败率", "错误率"];

impl MeasureColumns {
    /// By the names of the header. Each column is used once.
    pub fn guess(names: &[String]) -> Self {
        let squeezed: Vec<String> = names.iter().map(|name| squeeze(name)).collect();
        let find = |spellings: &[&str]| {
            let place = spellings.iter().find_map(|spelling| squeezed.iter().position(|name| name == spelling))?;
            Some(names[place].clone())
        };
        let (timestamp, good, total) = (find(TIMESTAMP), find(GOOD), find(TOTAL));
        // Good ones beside a total tell all there is.
        let bad = if good.is_some() && total.is_some() { None } else { find(BAD) };
        let is_told = [&good, &bad].into_iter().flatten().count() + usize::from(total.is_some()) > 1;
        let ratio = if is_told { None } else { find(RATIO) };
        let bad_ratio = if is_told || ratio.is_some() { None } else { find(BAD_RATIO) };
        let has_share = ratio.is_some() || bad_ratio.is_some();
        let of_counts = |column: Option<String>| column.filter(|_| is_told);
        Self {
            timestamp,
            good: of_counts(good),
            bad: of_counts(bad),
            total: total.filter(|_| is_told || has_share),
            ratio,
            bad_ratio,
        }
    }

    /// Whether they tell times and shares.
    pub fn is_enough(&self) -> bool {
        let counts = [&self.good, &self.bad, &self.total].into_iter().flatten().count();
        self.timestamp.is_some() && (counts > 1 || self.ratio.is_some() || self.bad_ratio.is_some())
    }

    /// Where they stand in a header.
    ///
    /// # Errors
    /// `column-missing`, and `measure-columns-unknown` where they do not tell enough.
    pub(super) fn places(&self, names: &[String]) -> Result<Places> {
        if !self.is_enough() {
            return Err(IngestError::file("measure-columns-unknown", &[("columns", &names.join(", "))]));
        }
        let place = |column: &Option<String>| {
            let Some(column) = column else { return Ok(None) };
            let found = names.iter().position(|name| name == column);
            let found = found.or_else(|| names.iter().position(|name| squeeze(name) == squeeze(column)));
            found.map(Some).ok_or_else(|| IngestError::file("column-missing", &[("column", column)]))
        };
        Ok(Places {
            timestamp: place(&self.timestamp)?.unwrap_or(0),
            values: [
                place(&self.good)?,
                place(&self.bad)?,
                place(&self.total)?,
                place(&self.ratio)?,
                place(&self.bad_ratio)?,
            ],
        })
    }
}

/// Values of a row: good, bad, total, share of good, share of bad.
pub(super) const VALUES: usize = 5;

/// Places of columns in a row.
#[derive(Debug, Clone, Copy)]
pub(super) struct Places {
    pub timestamp: usize,
    pub values: [Option<usize>; VALUES],
}

impl Places {
    /// The last column that is used.
    pub(super) fn last(&self) -> usize {
        self.values.iter().flatten().copied().max().unwrap_or(0).max(self.timestamp)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guess(names: &str) -> String {
        let names: Vec<String> = names.split(',').map(str::to_owned).collect();
        let found = MeasureColumns::guess(&names);
        let of = |name: &str, column: &Option<String>| column.as_ref().map(|column| format!("{name}={column}"));
        let all = [
            of("t", &found.timestamp),
            of("good", &found.good),
            of("bad", &found.bad),
            of("total", &found.total),
            of("ratio", &found.ratio),
            of("bad-ratio", &found.bad_ratio),
        ];
        format!("{} {}", all.into_iter().flatten().collect::<Vec<_>>().join(" "), found.is_enough())
    }

    #[test]
    fn headers_as_people_write_them_are_guessed() {
        for (names, expected) in [
            ("Time,Good,Total", "t=Time good=Good total=Total true"),
            ("date,errors,requests,error_rate", "t=date bad=errors total=requests true"),
            ("ts,good,bad,total", "t=ts good=good total=total true"),
            ("minute,ok,failed", "t=minute good=ok bad=failed true"),
            ("timestamp,sli", "t=timestamp ratio=sli true"),
            ("day,error rate,count", "t=day total=count bad-ratio=error rate true"),
            ("time,value", "t=time ratio=value true"),
            ("时间,成功数,请求数", "t=时间 good=成功数 total=请求数 true"),
            ("time,good", "t=time false"),
            ("model,good,total", "good=good total=total false"),
        ] {
            assert_eq!(guess(names), expected, "{names}");
        }
    }
}
