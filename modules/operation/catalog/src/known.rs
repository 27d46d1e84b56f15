//! What this process has seen of the tree, so that an import of twenty thousand goods does not ask twenty thousand
//! times for the same category.

use crate::{
    Attribute, Hand, Refusal,
    product::{self, brand_key},
    tree::{self, NewAttribute, Thing},
};
use kernel::{Id, Locale, Result, Text, error::Common, kinds};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use store::Tx;

/// Categories, attributes and brands that were seen and committed. Cheap to clone; begins empty. None of them is ever
/// deleted or changes its name or type, so what is known stays true.
#[derive(Clone, Default)]
pub struct Known(Arc<Mutex<Seen>>);

#[derive(Default)]
struct Seen {
    chains: HashMap<Vec<String>, Vec<Id<kinds::Category>>>,
    attributes: HashMap<Id<kinds::Category>, HashMap<String, Attribute>>,
    brands: HashMap<String, Id<kinds::Brand>>,
}

impl Known {
    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Remembers after the commit: what is taken back was never there.
    fn remember(&self, tx: &mut Tx, remember: impl FnOnce(&mut Seen) + Send + 'static) {
        let known = self.clone();
        tx.after_commit(move || remember(&mut known.seen()));
    }

    /// The category at a path of names from the top, and those above it, the nearest first. The market's hand makes
    /// what is missing.
    pub(crate) fn chain(
        &self,
        tx: &mut Tx,
        path: &[Text<100>],
        hand: Hand,
        lang: Locale,
    ) -> Result<Vec<Id<kinds::Category>>> {
        let key: Vec<String> = path.iter().map(|name| name.to_string()).collect();
        if let Some(chain) = self.seen().chains.get(&key) {
            return Ok(chain.clone());
        }
        if path.is_empty() {
            return Err(kernel::Error::from(Common::Required).at("category"));
        }
        let mut chain = tree::walk(tx, path)?;
        for name in &path[chain.len()..] {
            if hand == Hand::Shop {
                return Err(Refusal::UnknownCategory.into());
            }
            let (id, _) = tree::find_or_add_category(tx, chain.last().copied(), name, None)?;
            tree::set_word(tx, Thing::Category(id), "name", lang, &Text::new(name)?)?;
            chain.push(id);
        }
        chain.reverse();
        let kept = chain.clone();
        self.remember(tx, move |seen| {
            seen.chains.insert(key, kept);
        });
        Ok(chain)
    }

    /// The attribute of a name in a chain of categories. The market's hand makes one that is missing, at the top of
    /// the chain, so that it holds wherever goods of the same file may go.
    pub(crate) fn attribute(
        &self,
        tx: &mut Tx,
        chain: &[Id<kinds::Category>],
        code: &str,
        hand: Hand,
        make: impl FnOnce() -> Result<(NewAttribute, Locale, Text<200>)>,
    ) -> Result<Attribute> {
        let (nearest, top) = chain.first().zip(chain.last()).ok_or(Refusal::UnknownCategory)?;
        if let Some(attribute) = self.seen().attributes.get(nearest).and_then(|known| known.get(code)) {
            return Ok(attribute.clone());
        }
        let found = match Text::new(code) {
            Ok(code) => tree::attribute_in(tx, chain, &code)?,
            Err(no) => return Err(no.at("attributes")),
        };
        let attribute = match found {
            Some(attribute) => attribute,
            None if hand == Hand::Shop => return Err(Refusal::UnknownAttribute { code: code.to_owned() }.into()),
            None => {
                let (new, lang, name) = make()?;
                let (id, _) = tree::find_or_add_attribute(tx, *top, &new)?;
                tree::set_word(tx, Thing::Attribute(id), "name", lang, &name)?;
                tree::attribute(tx, id)?.ok_or_else(|| Refusal::UnknownAttribute { code: code.to_owned() })?
            }
        };
        let (nearest, kept) = (*nearest, attribute.clone());
        self.remember(tx, move |seen| {
            seen.attributes.entry(nearest).or_default().insert(kept.code.clone(), kept);
        });
        Ok(attribute)
    }

    /// The brand of a name, made if there is none.
    pub(crate) fn brand(&self, tx: &mut Tx, name: &Text<100>) -> Result<Id<kinds::Brand>> {
        let key = brand_key(name);
        if let Some(id) = self.seen().brands.get(&key) {
            return Ok(*id);
        }
        let id = product::brand(tx, name)?;
        self.remember(tx, move |seen| {
            seen.brands.insert(key, id);
        });
        Ok(id)
    }
}
