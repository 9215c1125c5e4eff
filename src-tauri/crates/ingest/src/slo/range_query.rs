//! The parts of a range query as they come: labels, then samples, nothing of which is kept.

use std::io::{BufReader, Read};
use std::rc::Rc;

use serde::de::{DeserializeSeed, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::prometheus::Labels;
use super::samples::Samples;
use super::scalars::{LabelsOf, Number, Text};
use super::text::Reached;
use crate::Progress;

/// Samples between two words of progress.
const BEAT: u64 = 1 << 16;

/// What somebody reads a file for.
pub(super) enum Wanted<'s> {
    Samples(Box<Samples<'s>>),
    /// The first so many labels.
    Labels(Vec<Labels>, usize),
}

pub(super) struct RangeQuery<'s> {
    pub(super) wanted: Wanted<'s>,
    progress: &'s mut dyn FnMut(Progress) -> bool,
    total: u64,
    reached: Rc<Reached>,
    pub(super) cancelled: bool,
    /// `resultType`.
    pub(super) kind: Option<String>,
    pub(super) failure: Option<String>,
    pub(super) has_histograms: bool,
    pub(super) series: u64,
    read: u64,
}

impl<'s> RangeQuery<'s> {
    pub(super) fn new(
        wanted: Wanted<'s>,
        progress: &'s mut dyn FnMut(Progress) -> bool,
        total: u64,
        reached: Rc<Reached>,
    ) -> Self {
        let (kind, failure) = (None, None);
        Self {
            wanted,
            progress,
            total,
            reached,
            cancelled: false,
            kind,
            failure,
            has_histograms: false,
            series: 0,
            read: 0,
        }
    }

    pub(super) fn run(&mut self, text: impl Read) -> serde_json::Result<()> {
        let mut deserializer = serde_json::Deserializer::from_reader(BufReader::with_capacity(1 << 16, text));
        Part { state: self, place: Place::Document }.deserialize(&mut deserializer)?;
        deserializer.end()
    }

    fn begin(&mut self, labels: &Labels) -> bool {
        match &mut self.wanted {
            Wanted::Samples(samples) => samples.begin(labels),
            Wanted::Labels(all, most) => {
                if all.len() < *most {
                    all.push(labels.clone());
                }
                false
            }
        }
    }

    /// Whether to go on.
    #[inline]
    fn sample(&mut self, at: Option<f64>, value: Option<f64>) -> bool {
        if let Wanted::Samples(samples) = &mut self.wanted {
            samples.sample(at, value);
        }
        self.read += 1;
        if self.read.is_multiple_of(BEAT) {
            let reached = Progress { bytes: self.reached.bytes.get(), total: self.total, rows: self.read };
            self.cancelled = !(self.progress)(reached);
        }
        !self.cancelled
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// The whole, or what stands below `data`.
    Document,
    Result,
    Series,
    Values,
    Sample,
}

struct Part<'p, 's> {
    state: &'p mut RangeQuery<'s>,
    place: Place,
}

impl Part<'_, '_> {
    fn document<'de, A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            let place = match key.as_str() {
                "data" => Place::Document,
                "result" => Place::Result,
                "resultType" => {
                    self.state.kind = map.next_value_seed(Text)?;
                    continue;
                }
                "error" => {
                    self.state.failure = map.next_value_seed(Text)?;
                    continue;
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                    continue;
                }
            };
            map.next_value_seed(Part { state: self.state, place })?;
        }
        Ok(())
    }

    fn series<'de, A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<(), A::Error> {
        let mut labels: Option<Labels> = None;
        let mut is_told = false;
        while let Some(key) = map.next_key::<String>()? {
            let is_matrix = self.state.kind.as_deref().is_none_or(|kind| kind == "matrix");
            match key.as_str() {
                "metric" if is_matrix => labels = Some(map.next_value_seed(LabelsOf)?),
                "values" if is_matrix => {
                    is_told = true;
                    if self.state.begin(labels.as_ref().unwrap_or(&Labels::new())) {
                        map.next_value_seed(Part { state: self.state, place: Place::Values })?;
                    } else {
                        map.next_value::<IgnoredAny>()?;
                    }
                }
                other => {
                    self.state.has_histograms |= other == "histograms";
                    // A single value, or lines of a log: told by its keys where the type is not.
                    let kind = match other {
                        "value" => Some("vector"),
                        "stream" => Some("streams"),
                        _ => None,
                    };
                    if let (None, Some(kind)) = (&self.state.kind, kind) {
                        self.state.kind = Some(kind.to_owned());
                    }
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        self.state.series += u64::from(is_told);
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Part<'_, '_> {
    type Value = ();
    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> std::result::Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Part<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a range query")
    }
    fn visit_bool<E>(self, _: bool) -> std::result::Result<(), E> {
        Ok(())
    }
    fn visit_i64<E>(self, _: i64) -> std::result::Result<(), E> {
        Ok(())
    }
    fn visit_u64<E>(self, _: u64) -> std::result::Result<(), E> {
        Ok(())
    }
    fn visit_f64<E>(self, _: f64) -> std::result::Result<(), E> {
        Ok(())
    }
    fn visit_str<E>(self, _: &str) -> std::result::Result<(), E> {
        Ok(())
    }
    fn visit_unit<E>(self) -> std::result::Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> std::result::Result<(), A::Error> {
        match self.place {
            Place::Document | Place::Result => {
                while list.next_element_seed(Part { state: self.state, place: Place::Series })?.is_some() {}
            }
            Place::Values => {
                while list.next_element_seed(Part { state: self.state, place: Place::Sample })?.is_some() {}
            }
            Place::Sample => {
                let at = list.next_element_seed(Number)?.flatten();
                let value = list.next_element_seed(Number)?.flatten();
                while list.next_element::<IgnoredAny>()?.is_some() {}
                if !self.state.sample(at, value) {
                    return Err(A::Error::custom("cancelled"));
                }
            }
            Place::Series => while list.next_element::<IgnoredAny>()?.is_some() {},
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<(), A::Error> {
        match self.place {
            Place::Document => self.document(map),
            Place::Series => self.series(map),
            _ => {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::super::measurements::Meaning;
    use super::super::minutes::Told;
    use super::*;

    /// A range query of so many samples that is made up while it is read.
    struct Endless {
        left: u64,
        made: u64,
        text: Vec<u8>,
        at: usize,
    }

    impl Endless {
        fn of(samples: u64) -> Self {
            let text = b"{\"data\":{\"resultType\":\"matrix\",\"result\":[{\"metric\":{\"a\":\"b\"},\"values\":[[1435781400,\"1\"]";
            Self { left: samples - 1, made: 0, text: text.to_vec(), at: 0 }
        }
    }

    impl Read for Endless {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            if self.at == self.text.len() {
                self.text.clear();
                self.at = 0;
                for _ in 0..self.left.min(1_000) {
                    self.made += 1;
                    let share = (self.made % 1_000) as f64 / 1_000.0;
                    write!(self.text, ",[{}.781,\"{share}\"]", 1_435_781_400 + self.made * 15)?;
                }
                let made = self.left.min(1_000);
                self.left -= made;
                if self.left == 0 && made > 0 {
                    self.text.extend_from_slice(b"]}]}}");
                }
            }
            let n = buffer.len().min(self.text.len() - self.at);
            buffer[..n].copy_from_slice(&self.text[self.at..self.at + n]);
            self.at += n;
            Ok(n)
        }
    }

    fn read(samples: u64) -> (u64, f64) {
        let (mut taken, mut good) = (0, 0.0);
        let mut sink = |_: i64, told: Told| {
            if let Told::Counts(counts) = told {
                (taken, good) = (taken + counts.total as u64, good + counts.good);
            }
        };
        let (meaning, mut go_on) = (Meaning::Ratio, |_: Progress| true);
        let wanted = Wanted::Samples(Box::new(Samples::new(&meaning, &mut sink)));
        let mut query = RangeQuery::new(wanted, &mut go_on, 0, Rc::new(Reached::default()));
        query.run(Endless::of(samples)).unwrap();
        let Wanted::Samples(samples) = query.wanted else { panic!("samples were wanted") };
        samples.finish(1);
        (taken, good)
    }

    /// The most memory this process has had, in kB.
    fn peak() -> u64 {
        let status = std::fs::read_to_string("/proc/self/status").unwrap();
        let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse().unwrap()
    }

    /// Run in a process of its own by the next one.
    #[test]
    #[ignore = "measures the memory of its process"]
    fn memory_of_a_few_and_of_many() {
        read(10_000);
        let few = peak();
        let begun = std::time::Instant::now();
        assert_eq!(read(2_000_000).0, 2_000_000);
        println!("grown by {} kB", peak() - few);
        println!("{:.1} million samples a second", 2.0 / begun.elapsed().as_secs_f64());
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn two_million_samples_take_the_memory_of_a_few() {
        let name = "slo::range_query::tests::memory_of_a_few_and_of_many";
        let this = std::env::current_exe().unwrap();
        let output =
            std::process::Command::new(this).args([name, "--exact", "--ignored", "--nocapture"]).output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let grown = said.split("grown by ").nth(1).and_then(|rest| rest.split(' ').next()).unwrap_or(&said);
        assert!(grown.parse::<u64>().unwrap() < 2_000, "{said}");
    }
}
