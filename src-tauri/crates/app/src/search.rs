//! Every record of every area by its words: what the palette finds, what links name, who owns what.

use std::collections::HashMap;
use std::sync::Arc;

use report::locale::Language;
use serde::{Deserialize, Serialize};
use store::Snapshot;
use store::record::RecordRef;
use tokio::sync::Mutex;
use ts_rs::TS;

use crate::frame::search::Searchable;
use crate::view::Link;
use crate::{Context, Result};

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SearchQuery {
    pub text: String,
    pub limit: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SearchHit {
    pub link: Link,
    pub title: String,
    pub detail: String,
    /// No record but what was asked for: a figure, a period.
    pub answer: bool,
}

/// A record as it is searched.
struct Entry {
    hit: SearchHit,
    /// Lower case: the title, then everything else. What is asked for is looked up in it at every key.
    words: String,
    title_ends: usize,
    owner: String,
}

impl Entry {
    fn of(found: Searchable, answer: bool) -> Self {
        let title = found.title.to_lowercase();
        let words = format!("{title}\n{}\n{}", found.detail.to_lowercase(), found.body.to_lowercase());
        let hit = SearchHit { link: found.link, title: found.title, detail: found.detail, answer };
        Self { hit, words, title_ends: title.len(), owner: found.owner }
    }
}

/// Everything that can be found, read once for each revision of the file.
pub(crate) struct Index {
    /// By title: of equally good ones the first are the first met.
    entries: Vec<Entry>,
    places: HashMap<RecordRef, usize>,
}

impl Index {
    fn of(mut entries: Vec<Entry>) -> Self {
        entries.sort_by(|a, b| a.hit.title.cmp(&b.hit.title));
        let place = |(at, entry): (usize, &Entry)| {
            let id = entry.hit.link.id.as_ref().filter(|_| !entry.hit.answer)?;
            Some((RecordRef::of(&entry.hit.link.area, id), at))
        };
        let places = entries.iter().enumerate().filter_map(place).collect();
        Self { entries, places }
    }

    pub fn get(&self, about: &RecordRef) -> Option<&SearchHit> {
        self.places.get(about).map(|place| &self.entries[*place].hit)
    }

    /// Records that name an owner, with who that is.
    pub fn owned(&self) -> impl Iterator<Item = (&str, &SearchHit)> {
        let owned = self.entries.iter().filter(|entry| !entry.owner.trim().is_empty());
        owned.map(|entry| (entry.owner.trim(), &entry.hit))
    }

    /// The best first; all words have to be there.
    fn find(&self, text: &str, limit: usize) -> Vec<SearchHit> {
        let words: Vec<String> = text.to_lowercase().split_whitespace().map(str::to_owned).collect();
        let Some(first) = words.first() else { return Vec::new() };
        let mut ranked: [Vec<&Entry>; RANKS] = Default::default();
        for entry in self.entries.iter().filter(|entry| words.iter().all(|word| entry.words.contains(word.as_str()))) {
            let of = &mut ranked[rank(&entry.words[..entry.title_ends], first)];
            // Of a hundred thousand that answer, only those that may be shown are kept.
            if of.len() < limit {
                of.push(entry);
            }
            if ranked[0].len() == limit {
                break;
            }
        }
        ranked.into_iter().flatten().take(limit).map(|entry| entry.hit.clone()).collect()
    }
}

type Slot = Mutex<Option<(i64, Language, Arc<Index>)>>;

/// What a snapshot's revision holds, read again only when the file has changed.
pub(crate) async fn index(context: &Context, snapshot: &mut Snapshot) -> Result<Arc<Index>> {
    let open = context.app.open().await?;
    let revision = store::workspace::get(snapshot).await?.revision;
    let slot = open.kept.slot::<Slot>();
    let mut kept = slot.lock().await;
    if let Some((of, language, index)) = kept.as_ref()
        && (*of, *language) == (revision, context.language)
    {
        return Ok(index.clone());
    }
    let mut entries = Vec::new();
    for area in context.app.areas() {
        entries.extend((area.search)(context, snapshot).await?.into_iter().map(|found| Entry::of(found, false)));
    }
    let index = Arc::new(Index::of(entries));
    *kept = Some((revision, context.language, index.clone()));
    Ok(index)
}

const RANKS: usize = 4;

/// How well a title answers, 0 to 3: its own start, the start of one of its words, within it, or only beside it.
fn rank(title: &str, word: &str) -> usize {
    let begins_word = || title.match_indices(word).any(|(at, _)| !title[..at].ends_with(char::is_alphanumeric));
    match title {
        title if title.starts_with(word) => 0,
        _ if begins_word() => 1,
        title if title.contains(word) => 2,
        _ => 3,
    }
}

pub async fn search(context: &Context, query: SearchQuery) -> Result<Vec<SearchHit>> {
    let store = context.store().await?;
    let limit = query.limit.clamp(1, 100) as usize;
    let mut hits = answers(context).await?.find(&query.text, limit / 2);
    let index = index(context, &mut store.read().await?).await?;
    hits.extend(index.find(&query.text, limit - hits.len()));
    Ok(hits)
}

#[derive(Default)]
struct Answers(Slot);

/// What areas answer with at once, made anew only when the file or the language has changed. They read for themselves: no
/// connection is held meanwhile.
async fn answers(context: &Context) -> Result<Arc<Index>> {
    let open = context.app.open().await?;
    let revision = store::workspace::get(&mut *open.store.read().await?).await?.revision;
    let slot = open.kept.slot::<Answers>();
    let mut kept = slot.0.lock().await;
    if let Some((of, language, index)) = kept.as_ref()
        && (*of, *language) == (revision, context.language)
    {
        return Ok(index.clone());
    }
    let mut entries = Vec::new();
    for area in context.app.areas() {
        entries.extend((area.answers)(context).await?.into_iter().map(|found| Entry::of(found, true)));
    }
    let index = Arc::new(Index::of(entries));
    *kept = Some((revision, context.language, index.clone()));
    Ok(index)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_that_begins_so_comes_before_a_word_that_does_and_that_before_a_mere_part() {
        let ranks = ["enterprise agreement", "the enterprise", "reenter", "order"].map(|title| rank(title, "enter"));
        assert_eq!(ranks, [0, 1, 2, 3]);
    }

    #[test]
    fn of_many_that_answer_the_best_are_kept_in_order() {
        let entry = |title: &str| Entry {
            hit: SearchHit { link: Link::page("x"), title: title.to_owned(), detail: String::new(), answer: false },
            words: format!("{}\nnotes", title.to_lowercase()),
            title_ends: title.len(),
            owner: String::new(),
        };
        let index = Index::of(["Zen", "A zen", "Buzz", "Zebra", "Zed"].map(entry).into());
        let titles =
            |text, limit| -> Vec<String> { index.find(text, limit).into_iter().map(|hit| hit.title).collect() };
        assert_eq!(titles("ze", 3), ["Zebra", "Zed", "Zen"]);
        assert_eq!(titles("z", 9), ["Zebra", "Zed", "Zen", "A zen", "Buzz"]);
        assert_eq!(titles("notes zen", 9), ["A zen", "Zen"]);
        assert_eq!(titles(" ", 9), [] as [&str; 0]);
    }
}
