//! What counts as spend, and what a ratio covers: what a person reads after one import, after two, in either order, and after a
//! price that came late. Each test is a figure that was once wrong.

use quarterdeck_tests::{Bench, fixture};
use serde_json::{Value, json};

mod charges;
mod feeds;
mod headlines;
mod prices;

const QUARTER: &str = "2026-Q3";

async fn total(bench: &Bench) -> Value {
    bench.call("economics", json!({ "period": QUARTER, "by": ["model"] })).await["total"].clone()
}

async fn spend(bench: &Bench) -> Option<String> {
    total(bench).await["spend"]["amount"].as_str().map(str::to_owned)
}

async fn csv(bench: &Bench, name: &str, text: &str) -> Value {
    let path = bench.write(name, text);
    bench.import(&path, |_| {}).await
}

fn known(name: &str) -> String {
    fixture(&format!("usage/{name}")).to_string_lossy().into_owned()
}

async fn price(bench: &Bench, provider: &str, model: &str, input: &str) {
    let draft = json!({ "provider": provider, "model": model, "tier": "standard", "from": "2026-01-01T00:00:00Z", "currency": "USD",
        "rates": { "input": input, "output": input }, "contractId": null, "source": "" });
    bench.call("price_add", draft).await;
}
