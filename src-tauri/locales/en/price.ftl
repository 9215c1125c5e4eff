# The price book.

price-add = Add price
price-add-note = A workspace price comes before the list price and after a contract's. It closes the price in force on its date.
price-save = Add price
price-added = Price for { $model } added
price-search = Search model or vendor
price-unit = Per million tokens
price-snapshot = list prices of { $date }
prices-count = { $rows ->
        [one] One price
       *[other] { $rows } prices
    } of { $models } models
prices-shown = { $shown } of { $total } shown
prices-none-title = No price matches “{ $text }”
prices-none-text = Add a price for this model, or import a price list that has it.
prices-empty-title = No prices yet
prices-empty-text = Import a price list or add a price by hand. Usage without a price is reported as such and never counted as free.
price-tier = Service tier
price-from = In force from
price-to = Until
price-in-force = in force
price-no-end = no end
price-layer = Layer
price-source = Source
price-context-tiers = tiered
price-context-tiers-note = The rate depends on the length of the context
price-above = Above { $tokens } tokens of context
price-rates-note = { $currency } per million tokens. Leave empty what is not offered.
price-before-contract = This is before the contract begins on { $date }.
price-after-contract = This is after the contract’s last day, { $date }.
price-not-offered = not offered
price-history-note = Usage is priced at the rate in force in its hour: contract, then your own price, then list price.
price-close = Close this price
price-close-title = Close this price today?
price-close-text = From now on the next layer applies: the contract's price, or the list price. What was spent before does not move.
price-closed = Price for { $model } closed
price-import = Import prices
price-import-note = Rows that changed close the price in force and open a new one. Nothing before changes.
price-import-path = Price file
price-import-hint = A LiteLLM price map (JSON) or a CSV with provider, model, rates and the date they take effect.
price-import-go = Import
price-importing = Importing prices
price-import-done = { $added } prices added, { $closed } closed, { $unchanged } unchanged.
price-import-refused = { $count ->
        [one] { $count } row was refused
       *[other] { $count } rows were refused
    }
layer-contract = Contract
layer-override = Own price
layer-list = List
tier-standard = Standard
tier-batch = Batch
tier-priority = Priority
tier-flex = Flex
tier-fast = Fast
tier-ultrafast = Ultra-fast
tier-thinking = Thinking
rate-input = Input
rate-output = Output
rate-cache-read = Cache read
rate-cache-write-5m = Write 5 min
rate-cache-write-1h = Write 1 h
settings-sources = Price sources
sources-note = List prices are seeded from these sources. Each row keeps the date it was seen.
sources-software = Open-source software
sources-software-text = Quarterdeck is built on open-source software under the MIT, Apache-2.0, BSD, ISC and MPL-2.0 licences. The Inter typeface is used under the SIL Open Font License 1.1.

term-service-tier = How the provider serves the request: standard, batch, priority or flex, each with its own rates.
term-effective-from = The day from which this price applies, in the reporting time zone.
term-price-layer = Which price wins: a contract's, then your own, then the list price.
term-rate-input = Input tokens that were not read from a cache.
term-rate-output = Generated tokens, reasoning included.
term-rate-cache-read = Input tokens served from a prompt cache.
term-rate-cache-write-5m = Tokens written into a cache that lives five minutes.
term-rate-cache-write-1h = Tokens written into a cache that lives one hour.
term-rate-input-audio = Audio among the input tokens.
term-rate-output-audio = Generated audio.
term-rate-input-image = Images among the input tokens.
term-rate-output-image = Generated images.
price-scope = Which prices
price-scope-used = Used by us
price-scope-all = Whole book
