//! Responses of providers, recorded by others: the tokens and prices another program finds in them are found here, or the
//! difference has a name and a count.
//!
//! An *extraction* is what genai-prices' rules for one provider and API find in a response; of one response there are as many as
//! providers whose API looks like it.
#![allow(clippy::unwrap_used)]

mod reading;
mod recorded;

use std::collections::BTreeSet;

use domain::usage::TokenCounts;
use recorded::{Api, Expectation, Understood, book, expectations, understand};

/// A reason to differ from what was recorded.
struct Difference {
    reason: &'static str,
    holds: fn(&Expectation, &Understood) -> bool,
    /// Extractions it explains.
    count: usize,
}

/// Why tokens may differ; the first that holds explains.
const OF_TOKENS: [Difference; 2] = [
    Difference {
        reason: "genai-prices' extractor of this provider leaves a count unread that the response states: \
                 the whole is the same, told less apart",
        holds: |expected, found| is_told_less_apart(&expected.tokens(), &found.tokens),
        count: 334,
    },
    Difference {
        reason: "genai-prices adds xAI's reasoning to the completion; in this response it is part of it, as the total says",
        holds: |expected, found| {
            let said = expected.tokens();
            expected.provider == "xai" && said.output == found.tokens.output + said.reasoning
        },
        count: 39,
    },
];

/// Why a price may differ; the first that holds explains.
const OF_PRICES: [Difference; 8] = [
    Difference {
        reason: "the tokens differ by a kind with a rate of its own",
        holds: |expected, found| {
            expected.tokens().billed() != found.tokens.billed() && is_told_less_apart(&expected.tokens(), &found.tokens)
        },
        count: 3,
    },
    Difference {
        reason: "Bedrock sells Claude by region at different rates, and the response names none: no price is taken",
        holds: |expected, found| expected.provider == "amazon-bedrock" && found.price.is_none(),
        count: 101,
    },
    Difference {
        reason: "which model of the list a name means is known to a pattern of that list only: no price is taken",
        holds: |expected, found| PATTERNED.contains(&expected.model()) && found.price.is_none(),
        count: 20,
    },
    Difference {
        reason: "some variants of OpenRouter's, behind a colon, cost something else: none is taken for the model itself",
        holds: |expected, found| expected.model().contains(':') && found.price.is_none(),
        count: 1,
    },
    Difference {
        reason: "the list names the model without a rate and genai-prices takes it for free; here it is unpriced",
        holds: |expected, found| expected.price.is_some_and(|price| price.0 == 0) && found.price.is_none(),
        count: 1,
    },
    Difference {
        reason: "the list has no rate for audio and genai-prices bills it as text; here it is unrated, and the cost partly known",
        holds: |_, found| found.tokens.input_audio > 0 && found.unrated_tokens == found.tokens.input_audio,
        count: 2,
    },
    Difference {
        reason: "cached audio has a rate of its own; cached input is one kind here, whatever it was",
        holds: |expected, found| expected.count("cache_audio_read_tokens") > 0 && found.unrated_tokens == 0,
        count: 1,
    },
    Difference {
        reason: "Google's own list has no tier for long contexts of Claude; traffic of Vertex goes by the maker's list, which has",
        holds: |expected, found| expected.vendor() == "vertex" && found.tokens.input_total() > 200_000,
        count: 1,
    },
];

/// "mistral-medium-3", "gemini-2.0-flash", "gemini-2.5-pro" and "deepseek-reasoner" in the list.
const PATTERNED: [&str; 4] =
    ["mistral-medium-latest", "gemini-2.0-flash-exp", "gemini-2.5-pro-preview-05-06", "deepseek-r1-distill-llama-70b"];

/// Whether `coarse` says the same as `fine`, with some kinds left within the plain input and output.
fn is_told_less_apart(coarse: &TokenCounts, fine: &TokenCounts) -> bool {
    let apart = |tokens: &TokenCounts| {
        let [_, cache_read, cache_write_5m, cache_write_1h, _, special @ ..] = tokens.billed();
        let [input_audio, input_image, output_audio, output_image] = special;
        let cached = [cache_read, cache_write_5m, cache_write_1h];
        (cached, [input_audio, input_image, output_audio, output_image, tokens.reasoning])
    };
    let ((a, b), (c, d)) = (apart(coarse), apart(fine));
    let is_less = |(coarse, fine): (u64, u64)| coarse == fine || coarse == 0;
    coarse.input_total() == fine.input_total()
        && coarse.output_total() == fine.output_total()
        && a.into_iter().zip(c).chain(b.into_iter().zip(d)).all(is_less)
}

/// Counts what each difference explains and refuses what none does.
fn assert_explained(what: &str, differing: &[(&Expectation, Understood)], differences: &[Difference]) {
    let mut counts = vec![0; differences.len()];
    let mut unexplained = Vec::new();
    for (expected, found) in differing {
        match differences.iter().position(|difference| (difference.holds)(expected, found)) {
            Some(index) => counts[index] += 1,
            None => unexplained.push(format!("{} {}\n{found:?}\n{expected:?}", expected.provider, expected.model())),
        }
    }
    assert!(unexplained.is_empty(), "{what}: {} unexplained\n{}", unexplained.len(), unexplained.join("\n"));
    let counted: Vec<_> =
        differences.iter().zip(counts).map(|(difference, count)| (difference.reason, count)).collect();
    let stated: Vec<_> = differences.iter().map(|difference| (difference.reason, difference.count)).collect();
    assert_eq!(counted, stated, "{what}");
}

#[test]
fn recorded_responses_are_read_and_priced_as_recorded_or_the_difference_has_a_name() {
    let (all, book) = (expectations(), book());
    let (mut of_tokens, mut of_prices) = (Vec::new(), Vec::new());
    let (mut tallies, mut cases, mut agreed) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
    for api in Api::READ {
        // Another API's response in which the names an extractor looks for happen to occur says nothing of that provider.
        let log: Vec<&Expectation> = all.iter().filter(|one| one.sent_by == api && one.read_as == api).collect();
        let (mut same_tokens, mut priced, mut same_price) = (0, 0, 0);
        for (expected, found) in log.iter().zip(understand(&log, &book)) {
            cases.insert(expected.case);
            // Only Anthropic's own extractor counts searches.
            let searches = if expected.usage.contains_key("web_searches") { found.web_searches } else { 0 };
            assert_eq!(searches, expected.count("web_searches"), "{expected:?}");
            if found.tokens == expected.tokens() {
                same_tokens += 1;
                agreed.insert(expected.case);
            } else {
                of_tokens.push((*expected, found));
            }
            let Some(price) = expected.price else { continue };
            priced += 1;
            if found.price == Some(price) && found.unrated_tokens == 0 {
                same_price += 1;
            } else {
                of_prices.push((*expected, found));
            }
        }
        tallies.push((api, log.len(), same_tokens, priced, same_price));
    }
    // Whatever one provider's extractor leaves unread, another's reads as we do.
    assert_eq!((agreed.len(), &agreed), (781, &cases));
    assert_explained("tokens", &of_tokens, &OF_TOKENS);
    assert_explained("prices", &of_prices, &OF_PRICES);
    // By API: extractions read, with the same tokens; priced, at the same price.
    let expected = [
        (Api::ChatCompletions, 6_200, 5_966, 418, 394),
        (Api::Embeddings, 6, 6, 4, 4),
        (Api::Responses, 650, 543, 240, 238),
        (Api::Messages, 540, 508, 432, 330),
        (Api::GenerateContent, 230, 230, 221, 219),
        (Api::Converse, 111, 111, 0, 0),
    ];
    assert_eq!(tallies, expected);
    // The others: names that happen to occur in another API's response, and Cohere's own.
    let apart = all.iter().filter(|one| one.sent_by != one.read_as).count();
    let of_cohere = all.iter().filter(|one| one.sent_by == Api::Cohere && one.read_as == Api::Cohere).count();
    assert_eq!((all.len(), apart, of_cohere), (9_545, 1_794, 14));
}
