//! Just enough of SQL to know which tables a statement names and whether it stays in one home.

use std::collections::BTreeSet;

/// A statement's words: names and keywords in lower case, signs one by one, texts as one word.
pub fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let is_name = |sign: char| sign.is_alphanumeric() || sign == '_' || sign == '$';
        let length = if let Some(comment) = rest.strip_prefix("--") {
            rest = comment.split_once('\n').map_or("", |(_, after)| after).trim_start();
            continue;
        } else if first == '\'' {
            rest[1..].find('\'').map_or(rest.len(), |end| end + 2)
        } else if is_name(first) {
            rest.find(|sign| !is_name(sign)).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        words.push(rest[..length].to_lowercase());
        rest = rest[length..].trim_start();
    }
    words
}

/// What a statement does, as far as the laws ask.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// Tables it reads or changes in place; each asks for its own `home =`.
    pub rows_of: Vec<String>,
    /// Tables it inserts into, each with whether `home` is among the named columns.
    pub into: Vec<(String, bool)>,
    /// How many comparisons `home = …` it has.
    pub homes: usize,
    /// Whether one of them compares with a placeholder.
    pub home_given: bool,
    /// Whether it assigns a new home to a row.
    pub moves_home: bool,
}

impl Reach {
    /// Reads a statement.
    pub fn of(text: &str) -> Reach {
        let words = words(text);
        let known = with_names(&words);
        let mut reach = Reach::default();
        for at in 0..words.len() {
            match words[at].as_str() {
                "from" if !follows(&words, at, "distinct") => reach.read_list(&words, at + 1),
                "join" => {
                    reach.read_one(&words, at + 1);
                }
                "update" if !follows(&words, at, "for") && word(&words, at + 1) != "set" => {
                    reach.read_one(&words, at + 1);
                }
                "into" => reach.insert(&words, at + 1),
                "using" if parenthesised(&words, at + 1).contains(&"home") => reach.homes += 1,
                "=" => reach.compare(&words, at),
                _ => {}
            }
        }
        reach.rows_of.retain(|table| !known.contains(table.as_str()));
        reach
    }

    /// Every table it names.
    pub fn tables(&self) -> impl Iterator<Item = &str> {
        self.rows_of.iter().map(String::as_str).chain(self.into.iter().map(|(table, _)| table.as_str()))
    }

    /// `a, b as c, (select …) d`: the names up to the end of the list.
    fn read_list(&mut self, words: &[String], mut at: usize) {
        loop {
            at = self.read_one(words, at);
            if word(words, at) == "as" {
                at += 1;
            }
            if is_name(word(words, at)) && word(words, at + 1) == "," {
                at += 1;
            }
            if word(words, at) != "," {
                return;
            }
            at += 1;
        }
    }

    /// One table, sub-select or function; answers where it ends.
    fn read_one(&mut self, words: &[String], at: usize) -> usize {
        match (word(words, at), word(words, at + 1)) {
            ("(", _) => after_parenthesis(words, at),
            (name, "(") if is_name(name) => after_parenthesis(words, at + 1),
            (name, _) if is_name(name) => {
                self.rows_of.push(name.to_owned());
                at + 1
            }
            _ => at,
        }
    }

    fn insert(&mut self, words: &[String], at: usize) {
        if is_name(word(words, at)) {
            let names_home = parenthesised(words, at + 1).contains(&"home");
            self.into.push((word(words, at).to_owned(), names_home));
        }
    }

    fn compare(&mut self, words: &[String], at: usize) {
        let left = at > 0 && words[at - 1] == "home";
        let right = word(words, at + 1) == "home" || (word(words, at + 2) == "." && word(words, at + 3) == "home");
        let qualified = at > 1 && words[at - 2] == ".";
        if left && !qualified && at > 1 && is_assignment(words, at - 1) {
            self.moves_home = true;
        } else if left || right {
            self.homes += 1;
            let other = if left { word(words, at + 1) } else { word(words, at.wrapping_sub(1)) };
            self.home_given |= other.starts_with('$');
        }
    }
}

/// Whether the column at `at` is assigned: it stands after `set`, or after a comma of the list that `set` began.
fn is_assignment(words: &[String], at: usize) -> bool {
    let mut depth = 0_i32;
    if !matches!(words[at - 1].as_str(), "set" | ",") {
        return false;
    }
    for word in words[..at].iter().rev() {
        match word.as_str() {
            ")" => depth += 1,
            "(" => depth -= 1,
            "set" if depth == 0 => return true,
            "where" | "from" | "select" | "on" if depth == 0 => return false,
            _ => {}
        }
        if depth < 0 {
            return false;
        }
    }
    false
}

/// The names that `with name as (…)` gives.
fn with_names(words: &[String]) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for at in 1..words.len() {
        let introduced = matches!(words[at - 1].as_str(), "with" | "recursive" | ",") && is_name(&words[at]);
        let mut next = at + 1;
        if introduced && word(words, next) == "(" {
            next = after_parenthesis(words, next);
        }
        let is_query = matches!(word(words, next + 2), "select" | "values" | "insert" | "update" | "delete" | "with");
        if introduced && word(words, next) == "as" && word(words, next + 1) == "(" && is_query {
            names.insert(words[at].clone());
        }
    }
    names
}

fn follows(words: &[String], at: usize, before: &str) -> bool {
    at > 0 && words[at - 1] == before
}

fn word(words: &[String], at: usize) -> &str {
    words.get(at).map_or("", String::as_str)
}

fn is_name(word: &str) -> bool {
    const KEYWORDS: [&str; 9] = ["select", "where", "set", "values", "join", "left", "order", "group", "on"];
    word.starts_with(|sign: char| sign.is_alphabetic() || sign == '_') && !KEYWORDS.contains(&word)
}

/// The words between the bracket that opens at `at` and the one that closes it.
fn parenthesised(words: &[String], at: usize) -> Vec<&str> {
    if word(words, at) != "(" {
        return Vec::new();
    }
    let inside = words.get(at + 1..after_parenthesis(words, at) - 1).unwrap_or_default();
    inside.iter().map(String::as_str).collect()
}

fn after_parenthesis(words: &[String], open: usize) -> usize {
    let mut depth = 0;
    for (at, word) in words.iter().enumerate().skip(open) {
        match word.as_str() {
            "(" => depth += 1,
            ")" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at + 1;
        }
    }
    words.len().max(open + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_found_where_sql_names_them() {
        let cases: &[(&str, &[&str])] = &[
            ("select a from stock_level where home = $1", &["stock_level"]),
            ("select 1 from a_x, b_y as y, c_z z join d_w on true", &["a_x", "b_y", "c_z", "d_w"]),
            ("select 1 from (select 1 from a_x) q left join b_y using (home)", &["b_y", "a_x"]),
            ("update a_x set n = 1 where exists (select 1 from b_y)", &["a_x", "b_y"]),
            ("insert into a_x (home) values ($1) on conflict (home) do update set n = 2", &["a_x"]),
            ("delete from a_x where k is distinct from $1", &["a_x"]),
            ("with q as (select 1 from a_x) select 1 from q for update", &["a_x"]),
            ("select 1 -- from nowhere\nfrom a_x where w = 'from b_y'", &["a_x"]),
        ];
        for (text, expected) in cases {
            let reach = Reach::of(text);
            let mut found: Vec<_> = reach.tables().collect();
            found.sort_unstable();
            let mut expected = expected.to_vec();
            expected.sort_unstable();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn homes_are_counted_once_per_comparison() {
        let cases = [
            ("select 1 from a where home = $1", 1, true),
            ("select 1 from a join b on b.home = a.home where a.home = $2", 2, true),
            ("select 1 from a join b using (home, id) where $1 = a.home", 2, true),
            ("select 1 from a where id = $1", 0, false),
            ("select 1 from a join b on a.home = b.home", 1, false),
        ];
        for (text, homes, given) in cases {
            let reach = Reach::of(text);
            assert_eq!((reach.homes, reach.home_given), (homes, given), "{text}");
        }
    }

    #[test]
    fn a_new_home_is_seen_and_is_no_comparison() {
        for text in ["update a set home = $1 where id = $2", "update a set n = f(n, 1), home = $1 where id = $2"] {
            let reach = Reach::of(text);
            assert!(reach.moves_home && reach.homes == 0, "{text}");
        }
        assert!(!Reach::of("update a set n = 1 where home = $1").moves_home);
    }

    #[test]
    fn an_insert_says_whether_it_names_the_home() {
        assert_eq!(Reach::of("insert into a (home, n) values ($1, $2)").into, [("a".to_owned(), true)]);
        assert_eq!(Reach::of("insert into a (n) values ($2)").into, [("a".to_owned(), false)]);
    }
}
