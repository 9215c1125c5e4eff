//! Amounts cross the wire with the texts to show, written by the one formatter that the documents use too: whoever shows an
//! amount prints it.

use domain::money::Money;
use report::format;
use report::locale::Language;
use serde_json::{Map, Value};

/// Adds its texts to every amount in an answer: `text` in full, `number` for a column whose
/// header names the currency, `compact` for tiles and sentences.
pub(crate) fn add(value: &mut Value, language: Language) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| add(item, language)),
        Value::Object(fields) => match amount(fields) {
            Some(money) => {
                let (nanos, code) = (money.nanos(), money.currency().code().to_owned());
                fields.insert("text".to_owned(), format::money_unit(nanos, &code, language).into());
                fields.insert("number".to_owned(), format::amount(nanos, 2).into());
                fields.insert("compact".to_owned(), format::money_compact(nanos, &code, language).into());
            }
            None => fields.values_mut().for_each(|field| add(field, language)),
        },
        _ => {}
    }
}

/// An object that is an amount and nothing else.
fn amount(fields: &Map<String, Value>) -> Option<Money> {
    let given = |name: &str| fields.get(name)?.as_str();
    match (given("amount"), given("currency")) {
        (Some(amount), Some(currency)) if fields.len() == 2 => Money::parse(amount, currency.parse().ok()?).ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_amount_gets_its_texts_wherever_it_stands_and_nothing_else_does() {
        let mut answer = json!({
            "rows": [{ "spend": { "amount": "38249.5", "currency": "USD" } }, { "spend": null }],
            "draft": { "amount": "1", "currency": "not one" },
            "more": { "amount": "1", "currency": "USD", "note": "of something" },
        });
        add(&mut answer, Language::En);
        let spend = json!({ "amount": "38249.5", "currency": "USD", "text": "$38,249.50", "number": "38,249.50",
            "compact": "$38.25k" });
        assert_eq!(answer["rows"][0]["spend"], spend);
        assert_eq!(answer["draft"], json!({ "amount": "1", "currency": "not one" }));
        assert_eq!(answer["more"], json!({ "amount": "1", "currency": "USD", "note": "of something" }));
        let mut chinese = json!({ "amount": "2480000", "currency": "USD" });
        add(&mut chinese, Language::ZhCn);
        assert_eq!((&chinese["text"], &chinese["compact"]), (&json!("US$2,480,000.00"), &json!("US$248万")));
    }
}
