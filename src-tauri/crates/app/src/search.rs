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
#[derive(Default)]
pub(crate) struct Index {
    entries: Vec<Entry>,
    places: HashMap<RecordRef, usize>,
}

impl Index {
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
        let mut hits: Vec<(u8, &Entry)> = self
            .entries
            .iter()
            .filter(|entry| words.iter().all(|word| entry.words.contains(word.as_str())))
            .map(|entry| (rank(&entry.words[..entry.title_ends], first), entry))
            .collect();
        let order = |(a, x): &(u8, &Entry), (b, y): &(u8, &Entry)| (a, &x.hit.title).cmp(&(b, &y.hit.title));
        // Of a hundred thousand that answer, only those shown are put in order.
        if hits.len() > limit {
            hits.select_nth_unstable_by(limit, order);
            hits.truncate(limit);
        }
        hits.sort_by(order);
        hits.into_iter().map(|(_, entry)| entry.hit.clone()).collect()
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
    let mut index = Index::default();
    for area in context.app.areas() {
        for found in (area.search)(context, snapshot).await? {
            if let Some(id) = &found.link.id {
                index.places.insert(RecordRef::of(&found.link.area, id), index.entries.len());
            }
            index.entries.push(Entry::of(found, false));
        }
    }
    let index = Arc::new(index);
    *kept = Some((revision, context.language, index.clone()));
    Ok(index)
}

/// How well a title answers: its own start, the start of one of its words, within it, or only beside it.
fn rank(title: &str, word: &str) -> u8 {
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
    let mut index = Index::default();
    for area in context.app.areas() {
        let found = (area.answers)(context).await?;
        index.entries.extend(found.into_iter().map(|found| Entry::of(found, true)));
    }
    let index = Arc::new(index);
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
        let index = Index { entries: ["Zen", "A zen", "Buzz", "Zebra", "Zed"].map(entry).into(), ..Index::default() };
        let titles =
            |text, limit| -> Vec<String> { index.find(text, limit).into_iter().map(|hit| hit.title).collect() };
        assert_eq!(titles("ze", 3), ["Zebra", "Zed", "Zen"]);
        assert_eq!(titles("z", 9), ["Zebra", "Zed", "Zen", "A zen", "Buzz"]);
        assert_eq!(titles("notes zen", 9), ["A zen", "Zen"]);
        assert_eq!(titles(" ", 9), [] as [&str; 0]);
    }
}
