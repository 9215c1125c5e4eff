//! The one reader of the Fluent catalogues on the Rust side: reports and the command line.

use std::fmt;
use std::str::FromStr;

pub use fluent_bundle::FluentValue;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use unic_langid::LanguageIdentifier;

mod files {
    include!(concat!(env!("OUT_DIR"), "/catalogues.rs"));
}

/// A language texts exist in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
pub enum Language {
    #[default]
    #[serde(rename = "en")]
    En,
    #[serde(rename = "zh-CN")]
    ZhCn,
}

impl Language {
    pub const ALL: [Language; 2] = [Language::En, Language::ZhCn];

    /// BCP 47, and the name of the catalogue's folder.
    pub fn tag(self) -> &'static str {
        match self {
            Language::En => "en",
            Language::ZhCn => "zh-CN",
        }
    }

    fn id(self) -> LanguageIdentifier {
        self.tag().parse().unwrap_or_default()
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

/// Not "en" or "zh-CN".
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a language Quarterdeck speaks; it has en and zh-CN")]
pub struct UnknownLanguage(pub String);

impl FromStr for Language {
    type Err = UnknownLanguage;

    /// Takes a BCP 47 tag or a POSIX locale; regions and encodings beyond the language are ignored.
    fn from_str(tag: &str) -> Result<Self, UnknownLanguage> {
        let main = tag.split(['-', '_', '.']).next().unwrap_or_default();
        match main.to_ascii_lowercase().as_str() {
            "en" => Ok(Language::En),
            "zh" => Ok(Language::ZhCn),
            _ => Err(UnknownLanguage(tag.to_owned())),
        }
    }
}

/// Texts of one language, with English behind it.
pub struct Catalogue {
    language: Language,
    bundles: Vec<FluentBundle<FluentResource>>,
}

impl Catalogue {
    pub fn new(language: Language) -> Self {
        let mut order = vec![language];
        if language != Language::En {
            order.push(Language::En);
        }
        let bundles = order.into_iter().map(|l| bundle(l, files::FILES)).collect();
        Self { language, bundles }
    }

    pub fn language(&self) -> Language {
        self.language
    }

    /// The text, in English where the language lacks it, or the id itself where nobody has it.
    pub fn text(&self, id: &str, args: &[(&str, FluentValue<'_>)]) -> String {
        let mut given = FluentArgs::with_capacity(args.len());
        for (name, value) in args {
            given.set(*name, value.clone());
        }
        for bundle in &self.bundles {
            if let Some(pattern) = bundle.get_message(id).and_then(|m| m.value()) {
                return bundle.format_pattern(pattern, Some(&given), &mut Vec::new()).into_owned();
            }
        }
        id.to_owned()
    }

    /// A text without arguments.
    pub fn plain(&self, id: &str) -> String {
        self.text(id, &[])
    }

    /// A text without arguments, where there is one.
    pub fn find(&self, id: &str) -> Option<String> {
        self.bundles.iter().any(|bundle| bundle.has_message(id)).then(|| self.plain(id))
    }

    /// Whether the language itself has the text.
    pub fn has(&self, id: &str) -> bool {
        self.bundles.first().is_some_and(|b| b.has_message(id))
    }
}

fn bundle(language: Language, files: &[(&str, &str)]) -> FluentBundle<FluentResource> {
    let mut bundle = FluentBundle::new_concurrent(vec![language.id()]);
    // Isolating marks are invisible characters around every argument: no font has them and no test expects them.
    bundle.set_use_isolating(false);
    for (_, text) in files.iter().filter(|(tag, _)| *tag == language.tag()) {
        // A broken line costs its own message; the rest of the file stays usable. A test refuses such files.
        let resource = FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(partial, _)| partial);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_catalogue_file_parses() {
        for (tag, text) in files::FILES {
            assert!(
                FluentResource::try_new((*text).to_owned()).is_ok(),
                "{tag}: {}",
                text.lines().next().unwrap_or_default()
            );
        }
    }

    #[test]
    fn the_texts_of_reports_exist_in_both_languages() {
        let ids = |text: &str| -> Vec<String> {
            text.lines()
                .filter(|l| l.starts_with("report-"))
                .filter_map(|l| l.split_once(" =").map(|(id, _)| id.to_owned()))
                .collect()
        };
        let english = ids(include_str!("../../../locales/en/report.ftl"));
        assert_eq!(english, ids(include_str!("../../../locales/zh-CN/report.ftl")));
        assert!(!english.is_empty());
    }

    #[test]
    fn arguments_carry_no_isolating_marks() {
        let args = [("title", FluentValue::from("Spend"))];
        assert_eq!(Catalogue::new(Language::En).text("report-continued", &args), "Spend (continued)");
        assert_eq!(Catalogue::new(Language::ZhCn).text("report-continued", &args), "Spend（续）");
    }

    #[test]
    fn a_missing_text_falls_back_to_english_and_then_to_its_id() {
        let files = [("en", "only-english = Hello")];
        let catalogue = Catalogue {
            language: Language::ZhCn,
            bundles: vec![bundle(Language::ZhCn, &files), bundle(Language::En, &files)],
        };
        assert_eq!(catalogue.plain("only-english"), "Hello");
        assert_eq!(catalogue.plain("nobody-has-this"), "nobody-has-this");
        assert!(!catalogue.has("only-english"));
    }

    #[test]
    fn language_tags_are_read_with_region_and_encoding() {
        assert_eq!("en".parse(), Ok(Language::En));
        assert_eq!("zh-CN".parse(), Ok(Language::ZhCn));
        assert_eq!("zh_CN.UTF-8".parse(), Ok(Language::ZhCn));
        assert_eq!("en_GB.UTF-8".parse(), Ok(Language::En));
        assert!("de".parse::<Language>().is_err());
    }
}
