//! The message catalogue: every text that people read, in every language of the market.
//!
//! The messages are Project Fluent files in `words/<language>/<part>.ftl`, compiled into the program. A message without
//! variables is formatted once; one with variables is formatted as it is asked for. A test holds both languages against
//! each other and against every key that code and templates name.

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use kernel::Locale;
use std::{collections::HashMap, sync::LazyLock};

macro_rules! parts {
    ($lang:literal: $($part:literal),+) => {
        &[$(($part, include_str!(concat!("../words/", $lang, "/", $part, ".ftl")))),+]
    };
}

const ZH: &[(&str, &str)] = parts!("zh": "common", "states", "refusals", "buyer", "buying", "seller", "ops", "sandbox");
const EN: &[(&str, &str)] = parts!("en": "common", "states", "refusals", "buyer", "buying", "seller", "ops", "sandbox");

/// What a message may be told: a number, which plural forms can ask for, or a text that is already formatted.
#[derive(Clone, PartialEq, Debug)]
pub enum Told {
    /// A number.
    Number(i64),
    /// A text.
    Text(String),
}

impl From<i64> for Told {
    fn from(number: i64) -> Told {
        Told::Number(number)
    }
}
impl From<&i64> for Told {
    fn from(number: &i64) -> Told {
        Told::Number(*number)
    }
}
impl From<usize> for Told {
    fn from(number: usize) -> Told {
        Told::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}
impl From<&usize> for Told {
    fn from(number: &usize) -> Told {
        (*number).into()
    }
}
impl From<String> for Told {
    fn from(text: String) -> Told {
        Told::Text(text)
    }
}
impl From<&String> for Told {
    fn from(text: &String) -> Told {
        Told::Text(text.clone())
    }
}
impl From<&str> for Told {
    fn from(text: &str) -> Told {
        Told::Text(text.to_owned())
    }
}
impl From<&&str> for Told {
    fn from(text: &&str) -> Told {
        Told::Text((*text).to_owned())
    }
}

struct Catalogue {
    bundle: FluentBundle<FluentResource>,
    plain: HashMap<String, String>,
}

impl Catalogue {
    fn load(tag: &'static str, parts: &[(&str, &str)]) -> Catalogue {
        let language = tag.parse().expect("the tags of the catalogue are language tags");
        let mut bundle = FluentBundle::new_concurrent(vec![language]);
        // Marks around every variable would end up in attributes and in copied text.
        bundle.set_use_isolating(false);
        let mut ids = Vec::new();
        for (part, text) in parts {
            let resource = FluentResource::try_new((*text).to_owned());
            let resource = resource.unwrap_or_else(|(_, errors)| panic!("{tag}/{part}.ftl: {errors:?}"));
            ids.extend(text.lines().filter_map(id_of).map(str::to_owned));
            let doubled = bundle.add_resource(resource);
            doubled.unwrap_or_else(|errors| panic!("{tag}/{part}.ftl: {errors:?}"));
        }
        let mut plain = HashMap::new();
        for id in ids {
            let message = bundle.get_message(&id).and_then(|message| message.value());
            let Some(pattern) = message else { continue };
            let mut missing = Vec::new();
            let text = bundle.format_pattern(pattern, None, &mut missing).into_owned();
            if missing.is_empty() {
                plain.insert(id, text);
            }
        }
        Catalogue { bundle, plain }
    }
}

/// The id of a line that begins a message.
fn id_of(line: &str) -> Option<&str> {
    let (id, _) = line.split_once('=')?;
    let id = id.trim_end();
    let is_id = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    (line.starts_with(|c: char| c.is_ascii_alphabetic()) && id.chars().all(is_id)).then_some(id)
}

static CHINESE: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::load("zh-CN", ZH));
static ENGLISH: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::load("en", EN));

fn catalogue(locale: Locale) -> &'static Catalogue {
    match locale {
        Locale::Zh => &CHINESE,
        Locale::En => &ENGLISH,
    }
}

/// Whether there is a message of this id.
pub fn has(locale: Locale, id: &str) -> bool {
    catalogue(locale).bundle.has_message(id)
}

/// A message without variables. The id itself where there is none, which a test keeps from happening.
pub fn say(locale: Locale, id: &str) -> String {
    match catalogue(locale).plain.get(id) {
        Some(text) => text.clone(),
        None => tell(locale, id, &[]),
    }
}

/// A message without variables, not copied.
pub fn plain(locale: Locale, id: &'static str) -> &'static str {
    catalogue(locale).plain.get(id).map_or(id, String::as_str)
}

/// A message with its variables.
pub fn tell(locale: Locale, id: &str, told: &[(&str, Told)]) -> String {
    let bundle = &catalogue(locale).bundle;
    let Some(pattern) = bundle.get_message(id).and_then(|message| message.value()) else {
        return id.to_owned();
    };
    let mut args = FluentArgs::with_capacity(told.len());
    for (name, value) in told {
        let value = match value {
            Told::Number(number) => FluentValue::from(*number),
            Told::Text(text) => FluentValue::from(text.as_str()),
        };
        args.set(*name, value);
    }
    // A variable that the message asks for and nobody told stands as its name: the sentence is still read.
    bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned()
}

/// Every id of a language, for the tests that hold the languages against each other.
pub fn ids(locale: Locale) -> Vec<&'static str> {
    let parts = match locale {
        Locale::Zh => ZH,
        Locale::En => EN,
    };
    parts.iter().flat_map(|(_, text)| text.lines().filter_map(id_of)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn both_languages_say_the_same_things() {
        let [zh, en] = [Locale::Zh, Locale::En].map(|locale| ids(locale).into_iter().collect::<BTreeSet<_>>());
        assert_eq!(zh.difference(&en).collect::<Vec<_>>(), Vec::<&&str>::new(), "not in English");
        assert_eq!(en.difference(&zh).collect::<Vec<_>>(), Vec::<&&str>::new(), "not in Chinese");
    }

    #[test]
    fn a_message_takes_what_it_is_told() {
        let told = [("most", Told::from(120_i64))];
        for locale in [Locale::Zh, Locale::En] {
            let said = tell(locale, "refusal-too-many", &told);
            assert!(said.contains("120"), "{said}");
        }
        assert_eq!(say(Locale::En, "no-such-message"), "no-such-message");
    }
}
