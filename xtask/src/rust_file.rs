//! A Rust file as tokens with their lines. Comments are no tokens and doc comments are strings, so what is found here
//! is code.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use std::ops::RangeInclusive;

/// A source file, with what of it is test.
pub struct RustFile {
    /// Relative to the root, with `/`.
    pub path: String,
    /// As it lies on disk.
    pub text: String,
    /// Nothing if the file does not read as Rust; law 6 says so.
    pub tokens: Option<TokenStream>,
    /// Whole file is test: `tests.rs`, or under `tests/`.
    is_test: bool,
    tests: Vec<RangeInclusive<usize>>,
}

/// A function with a body.
pub struct Function {
    /// Its name.
    pub name: String,
    /// Where `fn` stands.
    pub line: usize,
    /// From `fn` to the closing brace.
    pub lines: usize,
}

/// A macro called by name, the last word of its path.
pub struct MacroCall {
    /// `sql` for `store::sql!(…)`.
    pub name: String,
    /// Where the name stands.
    pub line: usize,
    /// What is between the brackets.
    pub body: TokenStream,
}

impl RustFile {
    /// Reads a file's text.
    pub fn new(path: &str, text: &str) -> RustFile {
        let tokens = text.parse::<TokenStream>().ok();
        let name = path.rsplit('/').next().unwrap_or(path);
        let is_test = name == "tests.rs" || path.split('/').any(|part| part == "tests");
        let tests = tokens.clone().map(test_ranges).unwrap_or_default();
        RustFile { path: path.to_owned(), text: text.to_owned(), tokens, is_test, tests }
    }

    /// Whether a line (from 1) belongs to a test.
    pub fn in_test(&self, line: usize) -> bool {
        self.is_test || self.tests.iter().any(|range| range.contains(&line))
    }

    /// How many lines are no test.
    pub fn code_lines(&self) -> usize {
        (1..=self.text.lines().count()).filter(|line| !self.in_test(*line)).count()
    }

    /// Calls `see` at every token with its siblings, outermost first.
    pub fn walk(&self, mut see: impl FnMut(&[TokenTree], usize)) {
        if let Some(tokens) = self.tokens.clone() {
            walk(tokens, &mut see);
        }
    }

    /// Every function that has a body, tests too.
    pub fn functions(&self) -> Vec<Function> {
        let mut functions = Vec::new();
        self.walk(|tokens, at| functions.extend(function(tokens, at)));
        functions
    }

    /// Every call of a macro whose name is one of `names`.
    pub fn macros(&self, names: &[&str]) -> Vec<MacroCall> {
        let mut calls = Vec::new();
        self.walk(|tokens, at| {
            calls.extend(macro_call(tokens, at).filter(|call| names.contains(&call.name.as_str())));
        });
        calls
    }

    /// Every string literal with its line.
    pub fn strings(&self) -> Vec<(String, usize)> {
        self.tokens.clone().map(strings).unwrap_or_default()
    }

    /// The first sentence of the crate's or module's own words (`//!`).
    pub fn first_sentence(&self) -> String {
        let lines = self.text.lines().map_while(|line| line.strip_prefix("//!"));
        let words: Vec<&str> = lines.take_while(|line| !line.is_empty()).map(str::trim).collect();
        let words = words.join(" ");
        words.split_once(". ").map_or(words.clone(), |(first, _)| format!("{first}."))
    }
}

/// The line on which a token begins.
pub fn line(token: &TokenTree) -> usize {
    token.span().start().line
}

/// Whether the token is this identifier.
pub fn is_ident(token: Option<&TokenTree>, name: &str) -> bool {
    matches!(token, Some(TokenTree::Ident(ident)) if *ident == name)
}

/// Whether the token is this sign.
pub fn is_punct(token: Option<&TokenTree>, sign: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == sign)
}

/// Whether `left::right` stands at `at`.
pub fn is_path(tokens: &[TokenTree], at: usize, left: &str, right: &str) -> bool {
    is_ident(tokens.get(at), left)
        && is_punct(tokens.get(at + 1), ':')
        && is_punct(tokens.get(at + 2), ':')
        && is_ident(tokens.get(at + 3), right)
}

/// The bracketed group at `at`, if one stands there.
pub fn group(tokens: &[TokenTree], at: usize, delimiter: Delimiter) -> Option<&Group> {
    match tokens.get(at) {
        Some(TokenTree::Group(group)) if group.delimiter() == delimiter => Some(group),
        _ => None,
    }
}

/// Every string literal in a stream, however deep.
pub fn strings(stream: TokenStream) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    walk(stream, &mut |tokens, at| {
        if let TokenTree::Literal(literal) = &tokens[at] {
            found.extend(string_value(&literal.to_string()).map(|value| (value, line(&tokens[at]))));
        }
    });
    found
}

fn walk(stream: TokenStream, see: &mut impl FnMut(&[TokenTree], usize)) {
    let tokens: Vec<TokenTree> = stream.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        see(&tokens, at);
        if let TokenTree::Group(group) = token {
            walk(group.stream(), see);
        }
    }
}

fn function(tokens: &[TokenTree], at: usize) -> Option<Function> {
    let TokenTree::Ident(name) = tokens.get(at + 1)? else { return None };
    if !is_ident(tokens.get(at), "fn") {
        return None;
    }
    let end = tokens[at + 2..].iter().find(|token| is_punct(Some(token), ';') || is_brace(token))?;
    let (first, last) = (line(&tokens[at]), end.span().end().line);
    is_brace(end).then(|| Function { name: name.to_string(), line: first, lines: last - first + 1 })
}

fn macro_call(tokens: &[TokenTree], at: usize) -> Option<MacroCall> {
    let TokenTree::Ident(name) = &tokens[at] else { return None };
    let TokenTree::Group(group) = tokens.get(at + 2)? else { return None };
    is_punct(tokens.get(at + 1), '!').then(|| MacroCall {
        name: name.to_string(),
        line: line(&tokens[at]),
        body: group.stream(),
    })
}

/// The lines of every item under `#[test]` or `#[cfg(test)]`.
fn test_ranges(stream: TokenStream) -> Vec<RangeInclusive<usize>> {
    let mut ranges = Vec::new();
    walk(stream, &mut |tokens, at| {
        let attribute = group(tokens, at + 1, Delimiter::Bracket).filter(|_| is_punct(tokens.get(at), '#'));
        if !attribute.is_some_and(|attribute| says_test(attribute.stream())) {
            return;
        }
        let end = tokens[at..].iter().find(|token| is_punct(Some(token), ';') || is_brace(token));
        ranges.extend(end.map(|end| line(&tokens[at])..=end.span().end().line));
    });
    ranges
}

fn says_test(attribute: TokenStream) -> bool {
    let tokens: Vec<TokenTree> = attribute.into_iter().collect();
    if is_ident(tokens.first(), "test") {
        return true;
    }
    let condition = group(&tokens, 1, Delimiter::Parenthesis).filter(|_| is_ident(tokens.first(), "cfg"));
    let words = condition.map(|condition| condition.stream().to_string()).unwrap_or_default();
    let has = |word| words.split(|sign: char| !sign.is_alphanumeric()).any(|part| part == word);
    has("test") && !has("not")
}

fn is_brace(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace)
}

/// What a string literal says; nothing if it is no string.
fn string_value(source: &str) -> Option<String> {
    if let Some(raw) = source.strip_prefix('r') {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        return raw.get(hashes + 1..raw.len() - hashes - 1).map(str::to_owned);
    }
    let inner = source.strip_prefix('"')?.strip_suffix('"')?;
    let mut value = String::with_capacity(inner.len());
    let mut signs = inner.chars().peekable();
    while let Some(sign) = signs.next() {
        if sign != '\\' {
            value.push(sign);
            continue;
        }
        match signs.next() {
            Some('n') => value.push('\n'),
            Some('t') => value.push('\t'),
            Some('\n') => while signs.next_if(|next| next.is_whitespace()).is_some() {},
            Some(other) => value.push(other),
            None => {}
        }
    }
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_are_told_from_code() {
        let text = "fn a() {\n}\n#[cfg(test)]\nmod tests {\n    fn b() {}\n}\n#[cfg(not(test))]\nfn c() {}\n";
        let file = RustFile::new("kernel/src/a.rs", text);
        let in_test: Vec<_> = (1..=8).filter(|line| file.in_test(*line)).collect();
        assert_eq!(in_test, [3, 4, 5, 6]);
        assert_eq!(file.code_lines(), 4);
        assert_eq!(RustFile::new("jishi/tests/it/main.rs", "fn a() {}").code_lines(), 0);
    }

    #[test]
    fn functions_are_measured_to_their_closing_brace() {
        let file = RustFile::new(
            "a.rs",
            "trait T {\n    fn open();\n    fn long<A>() -> A\n    where\n        A: B,\n    {\n    }\n}",
        );
        let found: Vec<_> = file.functions().into_iter().map(|f| (f.name, f.line, f.lines)).collect();
        assert_eq!(found, [("long".to_owned(), 3, 5)]);
    }

    #[test]
    fn the_first_sentence_may_run_over_lines() {
        let file = RustFile::new("a.rs", "//! One\n//! sentence. Another.\n//!\n//! More.\nmod a;\n");
        assert_eq!(file.first_sentence(), "One sentence.");
        assert_eq!(RustFile::new("a.rs", "//! One: two\n\n//! b").first_sentence(), "One: two");
    }

    #[test]
    fn strings_say_what_they_hold() {
        let file = RustFile::new(
            "a.rs",
            "// \"no\"\nconst A: &str = \"a\\\n    b\"; const B: &str = r#\"c\"d\"#; const C: char = 'e';",
        );
        let found: Vec<_> = file.strings().into_iter().map(|(value, _)| value).collect();
        assert_eq!(found, ["ab", "c\"d"]);
    }

    #[test]
    fn macros_are_found_by_their_last_name() {
        let file = RustFile::new(
            "a.rs",
            "fn a() { f(store::sql!(\"select 1\"), vec![across!(\"x\")]); } macro_rules! sql { () => {} }",
        );
        let found: Vec<_> = file.macros(&["sql", "across"]).into_iter().map(|call| call.name).collect();
        assert_eq!(found, ["sql", "across"]);
    }
}
