//! Names of vendors and models as files write them, and which of them mean the same.
//!
//! A gateway, a console and a bill spell one model in many ways: "Claude Sonnet 4.5", "claude-sonnet-4-5-20250929",
//! "us.anthropic.claude-sonnet-4-5-20250929-v1:0", "models/gemini-2.5-pro", "claude-3-5-haiku-latest". The rules here bring
//! them together; what no rule resolves is a recorded alias, or stays unrecognised and matches its own spelling only.

/// The spelling one vendor goes by: "azure_openai" and "Azure OpenAI" are "azure". Two companies that bill apart stay two:
/// Azure is not OpenAI, Vertex AI is not the Gemini API.
pub fn vendor(name: &str) -> String {
    let lower = name.trim().to_lowercase();
    let lower = without_legal_form(&lower);
    match lower {
        "open ai" | "text-completion-openai" => "openai".into(),
        "azure_ai" | "azure_openai" | "azure openai" | "azure-openai" | "microsoft azure" | "microsoft" => {
            "azure".into()
        }
        "azure openai service" | "azure ai foundry" | "microsoft foundry" => "azure".into(),
        "gemini" | "google_genai" | "google ai studio" | "google-ai-studio" => "google".into(),
        "vertex_ai" | "vertexai" | "vertex ai" | "gcp" | "google vertex" | "google-vertex" | "google cloud" => {
            "vertex".into()
        }
        other if other.starts_with("vertex_ai-") => "vertex".into(),
        "bedrock"
        | "bedrock_converse"
        | "aws"
        | "aws bedrock"
        | "aws_bedrock"
        | "amazon bedrock"
        | "amazon web services" => "amazon-bedrock".into(),
        "x.ai" | "x-ai" | "grok" => "xai".into(),
        "claude" => "anthropic".into(),
        _ => lower.to_owned(),
    }
}

/// A company's name as invoices print it, without what says what kind of company it is: "OpenAI, Inc." is "openai".
fn without_legal_form(name: &str) -> &str {
    const FORMS: [&str; 9] = [" inc", " llc", " ltd", " limited", " pbc", " corporation", " corp", " gmbh", " co"];
    let name = name.trim_end_matches(['.', ' ']);
    match FORMS.iter().find_map(|form| name.strip_suffix(form)) {
        Some(name) => name.trim_end_matches([',', ' ']),
        None => name,
    }
}

/// Whose list price a reseller's model goes by when the book has none of the reseller's own: the company that makes the
/// model, read from its id where the reseller sells several makers' ("anthropic.claude-…", "openai/gpt-4o").
pub fn maker<'m>(vendor: &str, model: &'m str) -> Option<&'m str> {
    match vendor {
        "azure" => Some(if model.contains("claude") { "anthropic" } else { "openai" }),
        "vertex" => Some(if model.contains("claude") { "anthropic" } else { "google" }),
        "amazon-bedrock" => {
            let bare = without_region(model.rsplit_once('/').map_or(model, |(_, bare)| bare));
            bare.split_once('.').map(|(maker, _)| maker).filter(|maker| MAKERS.contains(maker))
        }
        "openrouter" => model.split_once('/').map(|(maker, _)| if maker == "x-ai" { "xai" } else { maker }),
        _ => None,
    }
}

const REGIONS: [&str; 8] = ["us.", "eu.", "apac.", "global.", "us-gov.", "jp.", "au.", "ca."];
const MAKERS: [&str; 9] = ["anthropic", "amazon", "meta", "mistral", "cohere", "ai21", "deepseek", "openai", "qwen"];

fn without_region(model: &str) -> &str {
    REGIONS.iter().find_map(|region| model.strip_prefix(region)).unwrap_or(model)
}

/// Spellings to look a model up by, the closest to the file's first. `model` is lower case.
pub fn spellings(model: &str) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::with_capacity(8);
    let mut push = |name| {
        if !name_is_blank(name) && !names.contains(&name) {
            names.push(name);
        }
    };
    let behind_slash = model.rsplit_once('/').map_or(model, |(_, bare)| bare);
    let bare = bare(model);
    for name in [model, behind_slash, bare] {
        push(name);
    }
    for name in [model, behind_slash, bare] {
        if let Some(undated) = without_date(name) {
            push(undated);
        }
    }
    if let Some(undated) = bare.strip_suffix("-latest") {
        push(undated);
    }
    names
}

fn name_is_blank(name: &str) -> bool {
    name.trim().is_empty()
}

/// A model id without the path, region, maker and version that resellers put around it:
/// "bedrock/us.anthropic.claude-sonnet-4-5-20250929-v1:0" is "claude-sonnet-4-5-20250929".
pub fn bare(model: &str) -> &str {
    let name = model.rsplit_once('/').map_or(model, |(_, bare)| bare);
    let name = without_region(name);
    let name = match name.split_once('.') {
        Some((maker, rest)) if MAKERS.contains(&maker) => rest,
        _ => name,
    };
    without_version(name)
}

/// Without Bedrock's "-v1:0" or "-v2".
fn without_version(model: &str) -> &str {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let head = match model.rsplit_once(':') {
        Some((head, tail)) if digits(tail) => head,
        _ => return model,
    };
    match head.rsplit_once("-v") {
        Some((name, version)) if digits(version) => name,
        _ => model,
    }
}

/// A model name without a trailing date: "gpt-4o-2024-08-06", "claude-sonnet-4-20250514" and "claude-3-5-haiku@20241022" lose
/// theirs, and so do the short ones that some makers write: "gpt-4-0613" (month and day), "mistral-large-2411" (year and month),
/// "gemini-2.5-flash-preview-09-2025". `None` for a name without one.
pub fn without_date(model: &str) -> Option<&str> {
    DATES.iter().find_map(|shape| {
        let (name, date) = model.split_at_checked(model.len().checked_sub(shape.len())?)?;
        (!name.is_empty() && is_date(date, shape)).then_some(name)
    })
}

/// Dates as they stand behind a name: the sign before them and what each digit is of.
const DATES: [&str; 8] = ["-YYYY-MM-DD", "-YYYYMMDD", "-YYMMDD", "-MM-YYYY", "-YYYY-MM", "-MM-DD", "-MMDD", "-YYMM"];

/// Whether a text is a date of a shape: of this century; in two digits, between 2020 and 2039.
fn is_date(text: &str, shape: &str) -> bool {
    let (mut year, mut month, mut day) = (String::new(), String::new(), String::new());
    for (place, (found, of)) in text.chars().zip(shape.chars()).enumerate() {
        match of {
            'Y' | 'M' | 'D' if !found.is_ascii_digit() => return false,
            'Y' => year.push(found),
            'M' => month.push(found),
            'D' => day.push(found),
            sign if found != sign && !(place == 0 && found == '@') => return false,
            _ => {}
        }
    }
    let within = |digits: &str, range: std::ops::RangeInclusive<u32>| {
        digits.is_empty() || digits.parse().is_ok_and(|number| range.contains(&number))
    };
    let years = if year.len() == 4 { 2000..=2099 } else { 20..=39 };
    within(&year, years) && within(&month, 1..=12) && within(&day, 1..=31)
}

/// A name as one hears it: without case, spaces, dots and dashes. "Claude Sonnet 4.5", "claude-sonnet-4-5" and OpenRouter's
/// "claude-4.5-sonnet" are one: Anthropic has put the version before the size, and behind it since.
pub fn squeezed(name: &str) -> String {
    let lower = name.to_lowercase();
    let (words, version): (Vec<&str>, Vec<&str>) = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|part| !part.is_empty())
        .partition(|part| !lower.contains("claude") || !part.bytes().all(|byte| byte.is_ascii_digit()));
    [words, version].concat().concat()
}

/// What all dated and undated ids of one model share: "gpt-4o-2024-08-06", "GPT-4o" and "gpt-4o-latest" are one family.
pub fn family(model: &str) -> String {
    let lower = model.trim().to_lowercase();
    let bare = bare(&lower);
    let undated = without_date(bare).unwrap_or(bare);
    squeezed(undated.strip_suffix("-latest").unwrap_or(undated))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resellers_wrappings_come_off() {
        for (written, name) in [
            ("us.anthropic.claude-sonnet-4-5-20250929-v1:0", "claude-sonnet-4-5-20250929"),
            ("bedrock/eu.meta.llama3-3-70b-instruct-v1:0", "llama3-3-70b-instruct"),
            ("models/gemini-2.5-pro", "gemini-2.5-pro"),
            ("azure/gpt-4o", "gpt-4o"),
            ("amazon.nova-pro-v1:0", "nova-pro"),
            ("gpt-4.1", "gpt-4.1"),
            ("ft:gpt-4o-2024-08-06:acme::abc", "ft:gpt-4o-2024-08-06:acme::abc"),
        ] {
            assert_eq!(bare(written), name, "{written}");
        }
    }

    #[test]
    fn one_model_is_one_family_however_it_is_written() {
        for written in [
            "Claude Sonnet 4.5",
            "claude-sonnet-4-5",
            "claude-sonnet-4-5-20250929",
            "claude-sonnet-4-5@20250929",
            "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
            "anthropic/claude-sonnet-4.5",
            "claude-sonnet-4-5-latest",
            "anthropic/claude-4.5-sonnet-20250929",
        ] {
            assert_eq!(family(written), "claudesonnet45", "{written}");
        }
        assert_eq!(family("GPT-4o mini"), family("gpt-4o-mini-2024-07-18"));
        assert_ne!(family("gpt-4o"), family("gpt-4o-mini"));
        for (dated, name) in [
            ("gpt-4-0613", "gpt-4"),
            ("gpt-3.5-turbo-0125", "gpt-3.5-turbo"),
            ("mistral-large-2411", "mistral-large"),
            ("grok-2-1212", "grok-2"),
            ("gemini-2.5-flash-preview-09-2025", "gemini-2.5-flash-preview"),
            ("gemini-2.5-pro-preview-05-06", "gemini-2.5-pro-preview"),
            ("command-r-08-2024", "command-r"),
            ("glm-4-flashx-250414", "glm-4-flashx"),
        ] {
            assert_eq!(without_date(dated), Some(name), "{dated}");
        }
        // Digits that are no date are part of the name.
        for name in ["model-12345678", "gemini-1.5-pro-002", "llama-4096", "gpt-4o-1360", "claude-3-5", "-0613", "o3"] {
            assert_eq!(without_date(name), None, "{name}");
        }
    }

    #[test]
    fn two_bills_are_two_vendors() {
        assert_eq!(vendor("Azure_OpenAI"), "azure");
        assert_eq!(vendor("vertex_ai-anthropic_models"), "vertex");
        for (printed, name) in [
            ("OpenAI, Inc.", "openai"),
            ("Anthropic PBC", "anthropic"),
            ("Azure OpenAI Service", "azure"),
            ("Microsoft Corporation", "azure"),
            ("Amazon Web Services", "amazon-bedrock"),
            ("Costco", "costco"),
        ] {
            assert_eq!(vendor(printed), name, "{printed}");
        }
        assert_ne!(vendor("azure"), vendor("openai"));
        assert_eq!(maker("azure", "gpt-4o"), Some("openai"));
        assert_eq!(maker("amazon-bedrock", "us.anthropic.claude-sonnet-4-5-20250929-v1:0"), Some("anthropic"));
        assert_eq!((maker("azure", "claude-opus-4-6"), maker("openai", "gpt-4o")), (Some("anthropic"), None));
    }
}
