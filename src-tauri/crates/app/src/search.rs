//! The palette's search over the records of every area.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

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
    let words: Vec<String> = query.text.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let Some(first) = words.first() else { return Ok(Vec::new()) };
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    let mut hits = Vec::new();
    for area in context.app.areas() {
        for found in (area.search)(context, &mut snapshot).await? {
            let title = found.title.to_lowercase();
            let whole = format!("{title} {} {}", found.detail.to_lowercase(), found.body.to_lowercase());
            if words.iter().all(|word| whole.contains(word.as_str())) {
                let hit = SearchHit { link: found.link, title: found.title, detail: found.detail };
                hits.push((rank(&title, first), hit));
            }
        }
    }
    hits.sort_by(|(a, x), (b, y)| (a, &x.title).cmp(&(b, &y.title)));
    Ok(hits.into_iter().map(|(_, hit)| hit).take(query.limit.clamp(1, 100) as usize).collect())
}

#[cfg(test)]
mod tests {
    use super::rank;

    #[test]
    fn a_title_that_begins_so_comes_before_a_word_that_does_and_that_before_a_mere_part() {
        let ranks = ["enterprise agreement", "the enterprise", "reenter", "order"].map(|title| rank(title, "enter"));
        assert_eq!(ranks, [0, 1, 2, 3]);
    }
}
