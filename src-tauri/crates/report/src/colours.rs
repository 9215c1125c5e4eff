//! A colour belongs to an entity, not to a rank: it follows from the entity's key and the roster of all entities, so
//! it stays through filters, sorts and pages.

use std::collections::HashSet;

use crate::chart::ColourToken;

/// The colours of all entities of one kind, e.g. every feature of the workspace.
///
/// `roster` names every entity by its key, in an order that does not change with what is shown: as they were created
/// or first seen. What is appended later never takes a colour from what was there before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colours {
    roster: Vec<(String, ColourToken)>,
}

impl Colours {
    /// Each key gets the colour it prefers among those used least so far: up to seven entities are all different.
    pub fn new<'a>(roster: impl IntoIterator<Item = &'a str>) -> Self {
        let mut used = [0_usize; ColourToken::SERIES.len()];
        let mut out: Vec<(String, ColourToken)> = Vec::new();
        let mut known = HashSet::new();
        for key in roster {
            if !known.insert(key) {
                continue;
            }
            let least = used.iter().copied().min().unwrap_or(0);
            let slot = preferences(key).find(|slot| used[*slot] == least).unwrap_or(0);
            used[slot] += 1;
            out.push((key.to_owned(), ColourToken::SERIES[slot]));
        }
        Self { roster: out }
    }

    /// The entity's own colour. A key that is not on the roster is part of the rest.
    pub fn of(&self, key: &str) -> ColourToken {
        self.roster.iter().find(|(known, _)| known == key).map_or(ColourToken::Rest, |(_, colour)| *colour)
    }

    /// One colour per key of one chart. Each keeps its own; only where a chart shows two entities that share one (there
    /// are more than seven), the one later on the roster steps aside for this chart.
    pub fn shown(&self, keys: &[&str]) -> Vec<ColourToken> {
        let place = |key: &str| self.roster.iter().position(|(known, _)| known == key);
        let mut order: Vec<usize> = (0..keys.len()).filter(|index| place(keys[*index]).is_some()).collect();
        order.sort_by_key(|index| place(keys[*index]));
        let mut out: Vec<ColourToken> = vec![ColourToken::Rest; keys.len()];
        let mut taken: Vec<ColourToken> = Vec::new();
        let mut aside: Vec<usize> = Vec::new();
        for index in order {
            let own = self.of(keys[index]);
            if taken.contains(&own) {
                aside.push(index);
            } else {
                out[index] = own;
                taken.push(own);
            }
        }
        for index in aside {
            let free = preferences(keys[index]).map(|slot| ColourToken::SERIES[slot]).find(|c| !taken.contains(c));
            // With more than seven on one chart somebody has to share.
            out[index] = free.unwrap_or_else(|| self.of(keys[index]));
            taken.push(out[index]);
        }
        out
    }
}

/// The slots of the palette in the order a key prefers them. FNV-1a: the same on every machine and in every version.
fn preferences(key: &str) -> impl Iterator<Item = usize> {
    const COUNT: usize = ColourToken::SERIES.len();
    let hash = key
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    let first = (hash % COUNT as u64) as usize;
    // Seven is prime: any step walks over all of them.
    let step = 1 + ((hash / COUNT as u64) % (COUNT as u64 - 1)) as usize;
    (0..COUNT).map(move |turn| (first + turn * step) % COUNT)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FEATURES: [&str; 9] = [
        "Document search",
        "Support chat",
        "Code review",
        "Visit summaries",
        "Agent operations",
        "Intake triage",
        "Claims",
        "Coding assistant",
        "Translation",
    ];

    #[test]
    fn a_filter_a_sort_and_a_page_change_no_colour() {
        let colours = Colours::new(FEATURES);
        let all: Vec<_> = FEATURES[..7].iter().map(|key| colours.of(key)).collect();
        assert_eq!(colours.shown(&FEATURES[2..5]), all[2..5]);
        let mut backwards = FEATURES[..7].to_vec();
        backwards.reverse();
        let mut expected = all.clone();
        expected.reverse();
        assert_eq!(colours.shown(&backwards), expected);
    }

    #[test]
    fn seven_entities_are_all_different_and_no_state_is_among_them() {
        let colours = Colours::new(FEATURES);
        let mut seen: Vec<_> = FEATURES[..7].iter().map(|key| colours.of(key)).collect();
        assert!(seen.iter().all(|colour| ColourToken::SERIES.contains(colour)));
        seen.sort_by_key(|colour| *colour as u8);
        seen.dedup();
        assert_eq!(seen.len(), 7);
    }

    #[test]
    fn a_newcomer_takes_no_colour_away() {
        let before = Colours::new(FEATURES[..5].iter().copied());
        let after = Colours::new(FEATURES);
        assert!(FEATURES[..5].iter().all(|key| before.of(key) == after.of(key)));
    }

    #[test]
    fn two_of_one_colour_on_one_chart_step_apart_and_the_older_keeps_its_own() {
        let colours = Colours::new(FEATURES);
        let late = FEATURES[7];
        let early = FEATURES[..7].iter().find(|key| colours.of(key) == colours.of(late)).copied().unwrap();
        let shown = colours.shown(&[late, early]);
        assert_eq!(shown[1], colours.of(early));
        assert_ne!(shown[0], shown[1]);
    }

    #[test]
    fn what_is_not_on_the_roster_is_the_rest() {
        assert_eq!(Colours::new(FEATURES).shown(&["unheard of", FEATURES[0]])[0], ColourToken::Rest);
    }
}
