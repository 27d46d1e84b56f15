//! What the file amounts to: invoices in order of their first fit line, gathered whole although their lines
//! interleave, and what was refused.

use super::lines::{self, Fault, Line};
use kernel::{Result, Time};
use std::{
    collections::{BTreeMap, HashMap},
    path::Path,
    rc::Rc,
};

/// Lines and what they are worth.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, serde::Serialize)]
pub struct Tally {
    /// How many.
    pub lines: u64,
    /// Quantity by price, pence.
    pub minor: i64,
}

impl Tally {
    fn add(&mut self, minor: i64) {
        self.lines += 1;
        self.minor += minor;
    }
}

/// One unit of trade in the file.
#[derive(Clone, Debug)]
pub enum Invoice {
    /// Goods are sold.
    Sale(Sale),
    /// Goods are credited.
    Cancel(Cancel),
}

impl Invoice {
    /// When its first fit line was written.
    pub fn at(&self) -> Time {
        match self {
            Invoice::Sale(sale) => sale.at,
            Invoice::Cancel(cancel) => cancel.at,
        }
    }
}

/// A sale.
#[derive(Clone, Debug)]
pub struct Sale {
    /// Its number.
    pub number: String,
    /// The customer's number; empty for a guest.
    pub customer: Rc<str>,
    /// When.
    pub at: Time,
    /// Its lines as they stand in the file.
    pub lines: Vec<SaleLine>,
}

/// A line of a sale.
#[derive(Clone, Debug)]
pub struct SaleLine {
    /// The stock code.
    pub code: Rc<str>,
    /// Units.
    pub units: i64,
    /// The unit price in pence.
    pub pence: i64,
}

/// A credit note.
#[derive(Clone, Debug)]
pub struct Cancel {
    /// Its number.
    pub number: String,
    /// The customer's number.
    pub customer: Rc<str>,
    /// When.
    pub at: Time,
    /// Code and units of its lines, as they stand in the file.
    pub lines: Vec<(Rc<str>, i64)>,
}

/// The whole file.
#[derive(Default)]
pub struct Plan {
    /// In order of their first fit line.
    pub invoices: Vec<Invoice>,
    /// The first description of each code.
    pub titles: HashMap<Rc<str>, Rc<str>>,
    /// Lines read.
    pub lines: u64,
    /// What all readable lines are worth.
    pub file_total_minor: i64,
    /// What was sold.
    pub sold: Tally,
    /// How many units were sold.
    pub sold_units: i64,
    /// Fit lines of credit notes.
    pub cancelled: Tally,
    /// What was refused, by rule.
    pub refused: BTreeMap<&'static str, Tally>,
    place: HashMap<String, usize>,
    words: HashMap<String, Rc<str>>,
}

impl Plan {
    /// Reads a file, or its first `most` lines.
    ///
    /// # Errors
    /// `file_unreadable`, `header_unreadable`.
    pub fn read(file: &Path, most: Option<u64>) -> Result<Plan> {
        let mut plan = Plan::default();
        let most = most.map_or(usize::MAX, |most| usize::try_from(most).unwrap_or(usize::MAX));
        for line in lines::read(file)?.take(most) {
            plan.lines += 1;
            match line {
                Ok(line) => plan.take(line),
                Err(fault) => plan.refuse(fault),
            }
        }
        plan.place = HashMap::new();
        plan.words = HashMap::new();
        Ok(plan)
    }

    fn refuse(&mut self, fault: Fault) {
        self.file_total_minor += fault.minor;
        self.refused.entry(fault.code).or_default().add(fault.minor);
    }

    fn take(&mut self, line: Line) {
        self.file_total_minor += line.minor();
        let code = self.word(&line.code);
        if line.is_cancellation() {
            self.cancelled.add(line.minor());
        } else {
            self.sold.add(line.minor());
            self.sold_units += line.quantity;
            if !self.titles.contains_key(&code) {
                let title = self.word(&line.description);
                self.titles.insert(code.clone(), title);
            }
        }
        let at = self.place_of(&line);
        match &mut self.invoices[at] {
            Invoice::Sale(sale) => sale.lines.push(SaleLine { code, units: line.quantity, pence: line.pence }),
            Invoice::Cancel(cancel) => cancel.lines.push((code, -line.quantity)),
        }
    }

    fn place_of(&mut self, line: &Line) -> usize {
        if let Some(at) = self.place.get(&line.invoice) {
            return *at;
        }
        let customer = self.word(&line.customer);
        let (number, at) = (line.invoice.clone(), line.at);
        self.invoices.push(if line.is_cancellation() {
            Invoice::Cancel(Cancel { number, customer, at, lines: Vec::new() })
        } else {
            Invoice::Sale(Sale { number, customer, at, lines: Vec::new() })
        });
        let place = self.invoices.len() - 1;
        self.place.insert(line.invoice.clone(), place);
        place
    }

    /// One copy of each word, however often it stands in the file.
    fn word(&mut self, text: &str) -> Rc<str> {
        if let Some(word) = self.words.get(text) {
            return word.clone();
        }
        let word: Rc<str> = text.into();
        self.words.insert(text.to_owned(), word.clone());
        word
    }
}
