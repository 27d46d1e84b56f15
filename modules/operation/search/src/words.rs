//! From a text to the words that it is found by: pure, and the same for what is stored and what is asked.

/// The most characters of a word; a longer run is cut there, stored and asked alike.
pub const CHARS_MAX: usize = 40;
/// The most characters of a question that are looked at.
pub const QUESTION_CHARS_MAX: usize = 200;

/// A stretch of characters of one sort.
#[derive(PartialEq, Eq, Debug)]
enum Run {
    /// Letters and digits, a word as it stands.
    Word(String),
    /// Characters of a script that sets no spaces between its words.
    Script(Vec<char>),
}

/// The words that a text is found by, each once, in the order in which they stand: of Chinese every pair of neighbours,
/// and each character too, so that 茶 finds 龙井茶.
pub fn stored(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    for run in runs(text) {
        match run {
            Run::Word(word) => words.push(word),
            Run::Script(characters) => {
                words.extend(pairs(&characters));
                words.extend(characters.iter().map(char::to_string));
            }
        }
    }
    each_once(words)
}

/// The words that must all be found for a question, each once: of Chinese every pair of neighbours, and a character
/// alone as itself.
pub fn asked(text: &str) -> Vec<String> {
    let text: String = text.chars().take(QUESTION_CHARS_MAX).collect();
    let mut words = Vec::new();
    for run in runs(&text) {
        match run {
            Run::Word(word) => words.push(word),
            Run::Script(characters) if characters.len() == 1 => words.extend(characters.iter().map(char::to_string)),
            Run::Script(characters) => words.extend(pairs(&characters)),
        }
    }
    each_once(words)
}

fn pairs(characters: &[char]) -> impl Iterator<Item = String> {
    characters.windows(2).map(|pair| pair.iter().collect())
}

fn each_once(words: Vec<String>) -> Vec<String> {
    let mut seen = std::collections::HashSet::new();
    words.into_iter().filter(|word| seen.insert(word.clone())).collect()
}

/// The stretches of a text, folded.
fn runs(text: &str) -> Vec<Run> {
    let folded: Vec<char> = text.chars().flat_map(char::to_lowercase).filter_map(fold).collect();
    let mut runs: Vec<Run> = Vec::new();
    let mut open = false;
    for (at, c) in folded.iter().enumerate() {
        if is_unspaced(*c) {
            match runs.last_mut() {
                Some(Run::Script(characters)) if open => characters.push(*c),
                _ => runs.push(Run::Script(vec![*c])),
            }
            open = true;
        } else if c.is_alphanumeric() || is_decimal_point(&folded, at) {
            match runs.last_mut() {
                Some(Run::Word(word)) if open => push(word, *c),
                _ => runs.push(Run::Word(c.to_string())),
            }
            open = true;
        } else {
            open = false;
        }
    }
    runs
}

fn push(word: &mut String, c: char) {
    if word.chars().count() < CHARS_MAX {
        word.push(c);
    }
}

/// Whether a point stands between two digits: 43.2 is one word, "the end." is not.
fn is_decimal_point(text: &[char], at: usize) -> bool {
    let is_digit = |at: Option<usize>| at.and_then(|at| text.get(at)).is_some_and(char::is_ascii_digit);
    text[at] == '.' && is_digit(at.checked_sub(1)) && is_digit(at.checked_add(1))
}

/// A character as it is compared: full-width letters as plain ones, accents left away.
fn fold(c: char) -> Option<char> {
    Some(match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).map_or(c, |c| c.to_ascii_lowercase()),
        '\u{3000}' => ' ',
        // Accents that stand as characters of their own.
        '\u{300}'..='\u{36f}' => return None,
        'à'..='å' => 'a',
        'ç' => 'c',
        'è'..='ë' => 'e',
        'ì'..='ï' => 'i',
        'ñ' => 'n',
        'ò'..='ö' | 'ø' => 'o',
        'ù'..='ü' => 'u',
        'ý' | 'ÿ' => 'y',
        _ => c,
    })
}

/// Whether a character belongs to a script without spaces: Chinese, the Japanese syllables, Korean.
fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}
