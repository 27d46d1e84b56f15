//! Finds known words in what people write, in Chinese and English.
//!
//! In both languages the thing stands at the end of its phrase: 三季双人自立帐篷, “oak desk lamp”. And the first
//! phrase names it: what follows a comma, a space between Chinese words or a “with” belongs to it. So the first phrase
//! with a known word counts, in it the word that ends last, and of several the longest: 保温杯 is no 杯.

use std::collections::HashMap;

/// More is never read: names are short, and time must not depend on who wrote one.
const CHARACTERS_MAX: usize = 400;

/// Words that end an English phrase.
const JOINTS: &[&str] = &["with", "for", "in", "and", "from", "by"];

/// A run of Chinese characters or of words of letters.
struct Phrase {
    units: Vec<String>,
    glue: &'static str,
}

/// Known words and what each means.
pub(crate) struct Lexicon<T> {
    meaning: HashMap<String, T>,
    units_max: usize,
}

impl<T: Copy> Lexicon<T> {
    /// From lists of words with commas between them; a word may consist of several, and the last list that has it counts.
    pub fn new(lists: &[(T, &str)]) -> Lexicon<T> {
        let mut lexicon = Lexicon { meaning: HashMap::new(), units_max: 0 };
        for &(meaning, words) in lists {
            for phrase in words.split(',').flat_map(phrases) {
                lexicon.units_max = lexicon.units_max.max(phrase.units.len());
                lexicon.meaning.insert(phrase.units.join(phrase.glue), meaning);
            }
        }
        lexicon
    }

    /// What the text names first.
    pub fn find(&self, text: &str) -> Option<T> {
        phrases(text).iter().find_map(|phrase| self.find_in(phrase))
    }

    fn find_in(&self, phrase: &Phrase) -> Option<T> {
        let ends = (1..=phrase.units.len()).rev();
        ends.flat_map(|end| (end.saturating_sub(self.units_max)..end).map(move |start| start..end))
            .find_map(|part| self.meaning.get(&phrase.units[part].join(phrase.glue)).copied())
    }
}

fn phrases(text: &str) -> Vec<Phrase> {
    let mut reader = Reader { done: Vec::new(), units: Vec::new(), word: String::new(), is_chinese: false };
    for character in text.chars().take(CHARACTERS_MAX) {
        reader.read(character);
    }
    reader.end_phrase();
    reader.done
}

struct Reader {
    done: Vec<Phrase>,
    units: Vec<String>,
    word: String,
    is_chinese: bool,
}

impl Reader {
    fn read(&mut self, character: char) {
        if is_chinese(character) {
            if !self.is_chinese {
                self.end_phrase();
                self.is_chinese = true;
            }
            self.units.push(character.to_string());
        } else if character.is_alphanumeric() {
            if self.is_chinese {
                self.end_phrase();
            }
            self.word.extend(character.to_lowercase());
        } else if self.is_chinese || !matches!(character, ' ' | '-' | '.' | '\'' | '’' | '"' | '_') {
            self.end_phrase();
        } else {
            self.end_word();
        }
    }

    fn end_word(&mut self) {
        let word = std::mem::take(&mut self.word);
        if JOINTS.contains(&word.as_str()) {
            self.end_phrase();
        } else if !word.is_empty() {
            self.units.push(singular(word));
        }
    }

    fn end_phrase(&mut self) {
        self.end_word();
        let units = std::mem::take(&mut self.units);
        if !units.is_empty() {
            self.done.push(Phrase { units, glue: if self.is_chinese { "" } else { " " } });
        }
        self.is_chinese = false;
    }
}

/// Chinese characters with their punctuation left out, which ends a phrase.
fn is_chinese(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Good enough to bring “watches”, “batteries” and “towels” to the form that the lists are brought to as well.
fn singular(word: String) -> String {
    let is = |end: &str| word.len() > end.len() + 1 && word.ends_with(end);
    let cut = |bytes: usize| word[..word.len() - bytes].to_owned();
    if is("ies") {
        cut(3) + "y"
    } else if ["sses", "ches", "shes", "xes", "oes"].iter().any(|end| is(end)) {
        cut(2)
    } else if is("s") && !is("ss") && !is("us") && !is("is") {
        cut(1)
    } else {
        word
    }
}
