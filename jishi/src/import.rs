//! `jishi import goods`: a shop's goods from a file, read by a map of fields. A second run changes nothing; a run that
//! was stopped goes on where it was.

use crate::{cli, open};
use catalog::{Done, GoodsAttribute, Known, NewGoods, Value};
use flows::open_shop::ByHand;
use intake::{Map, Record, RefusedLine};
use kernel::{Actor, Currency, Cx, Error, Id, Result, SalesChannel, SystemClock, Text, kinds};
use merchant::{MerchantKind, ShopForm};
use serde::Serialize;
use std::{collections::BTreeMap, fs::File, io::Write, sync::Arc, time::Instant};

/// How many goods share an act.
const BATCH: usize = 100;

/// What an import did.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    /// Records read.
    pub read: u64,
    /// New goods.
    pub made: u64,
    /// Goods that differed.
    pub changed: u64,
    /// Goods that did not.
    pub same: u64,
    /// Lines that are no good, by code.
    pub refused: BTreeMap<String, u64>,
    /// What a person should look at, by code.
    pub warnings: BTreeMap<String, u64>,
    /// Whether the shop was opened for it.
    pub shop_opened: bool,
    /// How long it took.
    pub seconds: f64,
}

/// Brings goods in; false where lines were refused.
///
/// # Errors
/// `file_unreadable`, `map_malformed`, `unknown_map_field`, `unknown_column`, and what the database says.
pub fn run(command: &cli::Import) -> Result<bool> {
    let cli::ImportWhat::Goods(command) = &command.what;
    let report = goods(command)?;
    if command.json {
        crate::say(&serde_json::to_string_pretty(&report).map_err(Error::broken)?)?;
    } else {
        let Report { read, made, changed, same, seconds, .. } = &report;
        let counted =
            format!("{read} goods read: {made} made, {changed} changed, {same} the same, in {seconds:.1} s\n");
        let refused = report.refused.iter().map(|(code, lines)| format!("{lines:>8} lines refused: {code}\n"));
        let warnings = report.warnings.iter().map(|(code, lines)| format!("{lines:>8} warnings: {code}\n"));
        crate::say(&(counted + &refused.chain(warnings).collect::<String>()))?;
    }
    Ok(report.refused.is_empty())
}

/// The import itself.
///
/// # Errors
/// As [`run`].
pub fn goods(command: &cli::ImportGoods) -> Result<Report> {
    let began = Instant::now();
    let map = std::fs::read_to_string(&command.map).map_err(|error| unreadable(&command.map, &error))?;
    let map = Map::parse(&map)?;
    let currency = map.price.as_ref().map(|price| price.currency);
    let records = intake::read(intake::open(&command.file)?, map, catalog::gtin::is_sound)?;
    let opened = open::open(&command.database.db, Arc::new(SystemClock))?;
    let mut import =
        Import { opened, known: Known::default(), batch: Vec::new(), report: Report::default(), refused: None };
    if let Some(path) = &command.refused {
        import.refused = Some(File::create(path).map_err(|error| unreadable(path, &error))?);
    }
    let shop = import.shop(&command.shop, currency, command.json)?;
    for record in records {
        match record {
            Ok(record) => import.take(shop, record)?,
            Err(line) => import.refuse(&line)?,
        }
    }
    import.flush(shop)?;
    // What was listed is found at once, also where no server runs beside.
    while flows::worker::deliver_events(&import.opened.market)? > 0 {}
    import.report.seconds = began.elapsed().as_secs_f64();
    Ok(import.report)
}

fn unreadable(path: &std::path::Path, error: &std::io::Error) -> Error {
    intake::Refusal::FileUnreadable { why: format!("{}: {error}", path.display()) }.into()
}

struct Import {
    opened: open::Opened,
    known: Known,
    batch: Vec<(u64, NewGoods)>,
    report: Report,
    refused: Option<File>,
}

fn cx(request: String) -> Cx {
    Cx::new(Actor::System("import"), request).through(SalesChannel::Import)
}

impl Import {
    fn shop(&mut self, slug: &str, currency: Option<Currency>, quiet: bool) -> Result<Id<kinds::Shop>> {
        let store = &self.opened.market.store;
        let currency = match currency {
            Some(currency) => currency,
            None => store.read(market::settings).wait()?.currency,
        };
        let form = ShopForm { slug: slug.parse()?, name: Text::new(slug)?, currency };
        let by_hand = ByHand { kind: MerchantKind::Enterprise, form, owner: Text::new(&format!("Owner of {slug}"))? };
        let shop = flows::open_shop::open_by_hand(store, &cx("import".into()), by_hand).wait()?;
        self.report.shop_opened = shop.new;
        if shop.new && !quiet {
            crate::say(&format!("opened the shop {slug} ({})", shop.shop))?;
        }
        Ok(shop.shop)
    }

    fn take(&mut self, shop: Id<kinds::Shop>, record: Record) -> Result<()> {
        self.report.read += 1;
        for warning in &record.warnings {
            *self.report.warnings.entry(warning.code.to_owned()).or_default() += 1;
        }
        self.batch.push((record.line, new_goods(record)));
        if self.batch.len() == BATCH { self.flush(shop) } else { Ok(()) }
    }

    /// Writes what has gathered. Where one of many is refused, each goes by itself, so that one bad record costs
    /// nobody else anything.
    fn flush(&mut self, shop: Id<kinds::Shop>) -> Result<()> {
        let batch = std::mem::take(&mut self.batch);
        if batch.is_empty() {
            return Ok(());
        }
        let goods = batch.iter().map(|(_, goods)| goods.clone()).collect();
        match self.put(shop, goods) {
            Ok(()) => {}
            Err(Error::Refused(refused)) if refused.code != "unavailable" => {
                for (line, goods) in batch {
                    match self.put(shop, vec![goods]) {
                        Err(Error::Refused(refused)) if refused.code != "unavailable" => {
                            let detail = Error::Refused(refused.clone()).to_string();
                            self.refuse(&RefusedLine { line, code: refused.code, detail })?;
                        }
                        other => other?,
                    }
                }
            }
            Err(broken) => return Err(broken),
        }
        eprint!("\r{} goods", self.report.read);
        Ok(())
    }

    fn put(&mut self, shop: Id<kinds::Shop>, goods: Vec<NewGoods>) -> Result<()> {
        let cx = cx(format!("import {}", self.report.read));
        let put = flows::list_goods::import(&self.opened.market.store, &cx, shop, goods, self.known.clone()).wait()?;
        for put in put {
            match put.done {
                Done::Made => self.report.made += 1,
                Done::Changed => self.report.changed += 1,
                Done::Same => self.report.same += 1,
            }
        }
        Ok(())
    }

    fn refuse(&mut self, line: &RefusedLine) -> Result<()> {
        *self.report.refused.entry(line.code.to_owned()).or_default() += 1;
        if let Some(file) = &mut self.refused {
            let text = serde_json::to_string(line).map_err(Error::broken)?;
            writeln!(file, "{text}").map_err(Error::broken)?;
        }
        Ok(())
    }
}

fn new_goods(record: Record) -> NewGoods {
    let attribute = |attribute: intake::Attribute| GoodsAttribute {
        code: attribute.code,
        name: attribute.name,
        unit: attribute.unit,
        value: match attribute.value {
            intake::Value::Text(text) => Value::Text(text),
            intake::Value::Number(number) => Value::Number(number),
            intake::Value::Flag(flag) => Value::Flag(flag),
        },
    };
    NewGoods {
        key: record.key,
        lang: record.language,
        title: record.title,
        brand: record.brand,
        model: record.model,
        description: record.description,
        category: record.category,
        attributes: record.attributes.into_iter().map(attribute).collect(),
        gtins: record.gtins,
        price: record.price,
        measure: catalog::Measure::default(),
    }
}
