//! Every statement of the program, held against both engines: it prepares, and it finds its rows by an index.

use kernel::Result;
use std::collections::BTreeSet;
use store::{Read, Statement};
use testkit::{Engine, Market};

testkit::stories![
    every_statement_prepares,
    no_statement_reads_a_growing_table_from_end_to_end,
    no_amount_is_narrowed_to_thirty_two_bits,
];

fn every_statement_prepares(market: &Market) -> Result<()> {
    let statements: Vec<_> = store::statements().collect();
    assert!(statements.len() > 300, "only {} statements are registered", statements.len());
    let refused = market.store().prepare_all(statements)?;
    assert!(refused.is_empty(), "{}", refused.join("\n"));
    Ok(())
}

/// A statement that is marked across may; it looks over all homes, and nothing is decided on what it says.
fn no_statement_reads_a_growing_table_from_end_to_end(market: &Market) -> Result<()> {
    let plan = match market.engine() {
        Engine::Memory | Engine::Lite => lite_scans,
        Engine::Postgres => postgres_scans,
    };
    let findings = market.asks(move |read| {
        let growing = growing_tables(read)?;
        if !read.is_sqlite() {
            for setting in ["set plan_cache_mode = force_generic_plan", "set enable_seqscan = off"] {
                read.ask(setting, |_| Ok(()))?;
            }
        }
        let mut findings = Vec::new();
        for statement in store::statements().filter(|statement| !statement.across) {
            match plan(read, statement) {
                Ok(scanned) => findings.extend(
                    scanned
                        .into_iter()
                        .filter(|table| growing.contains(table))
                        .map(|table| format!("{}: all of {table} is read by: {}", statement.place, statement.text())),
                ),
                Err(no) => findings.push(format!("{}: {no}", statement.place)),
            }
        }
        Ok(findings)
    })?;
    assert!(findings.is_empty(), "{} findings\n{}", findings.len(), findings.join("\n"));
    Ok(())
}

/// PostgreSQL takes a value that is first compared with `0` for a 32-bit number, and refuses a large one when it comes.
fn no_amount_is_narrowed_to_thirty_two_bits(market: &Market) -> Result<()> {
    let findings = market.asks(|read| {
        let mut findings = Vec::new();
        if read.is_sqlite() {
            return Ok(findings);
        }
        for statement in store::statements() {
            let types = match postgres_types(read, statement) {
                Ok(types) => types,
                Err(no) => no.to_string(),
            };
            if types.contains("integer") {
                findings.push(format!("{}: {types} in {}", statement.place, statement.text()));
            }
        }
        Ok(findings)
    })?;
    assert!(findings.is_empty(), "{} findings\n{}", findings.len(), findings.join("\n"));
    Ok(())
}

/// The types that PostgreSQL gives a statement's values.
fn postgres_types(read: &mut Read, statement: &Statement) -> Result<String> {
    read.ask(&format!("prepare typed as {}", statement.text()), |_| Ok(()))?;
    let mut types = String::new();
    read.ask("select cast(parameter_types as text) from pg_prepared_statements where name = 'typed'", |row| {
        types = row.get(0)?;
        Ok(())
    })?;
    read.ask("deallocate typed", |_| Ok(()))?;
    Ok(types)
}

/// What grows with users or trade has a home; reference tables have none.
fn growing_tables(read: &mut Read) -> Result<BTreeSet<String>> {
    let mut growing = BTreeSet::new();
    for table in store::tables(read)? {
        if store::column_list(read, &table)?.iter().any(|(name, _)| name == "home") {
            growing.insert(table);
        }
    }
    Ok(growing)
}

/// The tables that SQLite would read from end to end, or index on the way, which reads them too.
fn lite_scans(read: &mut Read, statement: &Statement) -> Result<Vec<String>> {
    let mut scanned = Vec::new();
    read.ask(&format!("explain query plan {}", statement.lite()), |row| {
        let detail: String = row.get(3)?;
        let mut words = detail.split_whitespace();
        let (how, name) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
        if how == "SCAN" || detail.contains("AUTOMATIC") {
            scanned.push(table_called(statement.text(), name));
        }
        Ok(())
    })?;
    Ok(scanned)
}

/// The tables that PostgreSQL cannot but read from end to end, whatever the values are.
fn postgres_scans(read: &mut Read, statement: &Statement) -> Result<Vec<String>> {
    let nulls = vec!["null"; placeholders(statement.text())].join(", ");
    let execute = if nulls.is_empty() { "execute planned".to_owned() } else { format!("execute planned({nulls})") };
    read.ask(&format!("prepare planned as {}", statement.text()), |_| Ok(()))?;
    let mut scanned = Vec::new();
    read.ask(&format!("explain {execute}"), |row| {
        let line: String = row.get(0)?;
        let table = line.split_once("Seq Scan on ").and_then(|(_, rest)| rest.split_whitespace().next());
        scanned.extend(table.map(str::to_owned));
        Ok(())
    })?;
    read.ask("deallocate planned", |_| Ok(()))?;
    Ok(scanned)
}

fn placeholders(text: &str) -> usize {
    let number = |part: &str| part.chars().take_while(char::is_ascii_digit).collect::<String>().parse().unwrap_or(0);
    text.split('$').skip(1).map(number).max().unwrap_or(0)
}

/// The table that goes by a name in a statement: the name itself, or what stands before it as its alias.
fn table_called(text: &str, name: &str) -> String {
    let words: Vec<_> =
        text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').filter(|word| !word.is_empty()).collect();
    let named =
        words.windows(3).find(|three| ["from", "join", "update", "into"].contains(&three[0]) && three[2] == name);
    named.map_or(name, |three| three[1]).to_owned()
}

#[test]
fn an_alias_leads_to_its_table() {
    assert_eq!(table_called("select 1 from order_line l where l.home = $1", "l"), "order_line");
    assert_eq!(table_called("select 1 from order_line where home = $1", "order_line"), "order_line");
    assert_eq!(placeholders("select $1, $12 where a = $3"), 12);
}
