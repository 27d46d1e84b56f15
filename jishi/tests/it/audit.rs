//! The audit log can be verified by whoever has it, without this program.

use kernel::Result;
use serde_json::Value;
use sha2::{Digest, Sha256};
use testkit::{Market, cny, days};

testkit::stories![an_exported_log_proves_itself];

/// Reckons the chain of an exported log anew, by the words of the documentation alone; answers the first batch that
/// does not fit.
fn first_wrong(lines: &[String]) -> Option<i64> {
    let (mut before, mut rows) = (Vec::new(), Vec::new());
    for line in lines {
        match serde_json::from_str(line).unwrap() {
            Value::Array(fields) => rows.push(fields),
            Value::Object(seal) => {
                let mut hash = Sha256::new();
                hash.update(&before);
                for field in rows.iter().flatten() {
                    match field {
                        Value::String(text) => {
                            hash.update([2]);
                            hash.update((text.len() as u64).to_be_bytes());
                            hash.update(text);
                        }
                        number => {
                            hash.update([1]);
                            hash.update(number.as_i64().unwrap().to_be_bytes());
                        }
                    }
                }
                before = hash.finalize().to_vec();
                let root: String = before.iter().map(|byte| format!("{byte:02x}")).collect();
                let fits = seal["root"] == root && seal["rows"] == rows.len();
                if !fits {
                    return seal["seal"].as_i64();
                }
                rows.clear();
            }
            other => panic!("{other} is no line of a log"),
        }
    }
    assert!(rows.is_empty(), "rows without a seal");
    None
}

fn an_exported_log_proves_itself(market: &Market) -> Result<()> {
    let tea = market.shop("tea-house").sells("longjing", cny(88_00)).stock(3);
    let anna = market.buyer("anna");
    anna.has_bought(&[(tea.sku, 1)])?;
    flows::worker::seal_audit(market.flows())?;
    market.later(days(1))?;
    anna.has_bought(&[(tea.sku, 1)])?;
    flows::worker::seal_audit(market.flows())?;
    let exported = market.asks(|read| {
        let mut lines = Vec::new();
        store::seal::export(read, |line| {
            lines.push(line.to_owned());
            Ok(())
        })?;
        Ok(lines)
    })?;
    assert!(exported.iter().filter(|line| line.starts_with('{')).count() >= 2);
    assert_eq!(first_wrong(&exported), None);
    let mut forged = exported.clone();
    let row = forged.iter().position(|line| line.starts_with('[')).unwrap();
    forged[row] = forged[row].replacen("\"done\"", "\"Done\"", 1);
    assert_eq!(first_wrong(&forged), Some(1));
    let mut shortened = exported;
    shortened.remove(row);
    assert_eq!(first_wrong(&shortened), Some(1));
    Ok(())
}
