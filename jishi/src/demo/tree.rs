//! The category tree of the demo market, with typed attributes and their words in both languages.

use super::{
    people::People,
    stage::Stage,
    stalls::{Choice, Leaf, Stall},
};
use catalog::{Kind, NewAttribute, Thing};
use kernel::{Id, Locale, Result, Text, kinds};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use store::Tx;

/// What grew, by stall.
#[derive(Serialize, Deserialize)]
pub(super) struct Tree {
    pub branches: Vec<Branch>,
}

/// A top category: its attributes, and its leaves, each with the attribute of its sizes.
#[derive(Serialize, Deserialize)]
pub(super) struct Branch {
    pub colour: Id<kinds::Attribute>,
    pub material: Id<kinds::Attribute>,
    pub origin: Id<kinds::Attribute>,
    pub weight: Id<kinds::Attribute>,
    pub brand: Id<kinds::Brand>,
    pub leaves: Vec<(Id<kinds::Category>, Option<Id<kinds::Attribute>>)>,
}

/// The operator plants the tree, in one act.
pub(super) fn plant(stage: &Stage, people: &People, stalls: &Arc<Vec<Stall>>) -> Result<Tree> {
    let stalls = stalls.clone();
    let plant = move |tx: &mut Tx| {
        let branches = stalls.iter().map(|stall| branch(tx, stall)).collect::<Result<_>>()?;
        Ok(Tree { branches })
    };
    stage.act("catalog.add_category", &stage.cx(&people.operator), plant).wait()
}

fn branch(tx: &mut Tx, stall: &Stall) -> Result<Branch> {
    let top = catalog::add_category(tx, None, &Text::new(&stall.top.code)?, None)?;
    say(tx, Thing::Category(top), "name", &stall.top.words.0, &stall.top.words.1)?;
    let materials = stall.choices.materials.iter().map(|m| (m.0.clone(), m.1.clone(), m.2.clone())).collect::<Vec<_>>();
    let branch = Branch {
        colour: choice(tx, top, ("colour", "颜色", "Colour"), &stall.choices.colours, true, false)?,
        material: choice(tx, top, ("material", "材质", "Material"), &materials, false, true)?,
        origin: choice(tx, top, ("origin", "产地", "Origin"), &stall.choices.origins, false, false)?,
        weight: weight(tx, top)?,
        brand: catalog::brand(tx, &Text::new(&stall.shop.brand)?)?,
        leaves: Vec::new(),
    };
    let leaves = stall.leaves.iter().map(|words| leaf(tx, top, words)).collect::<Result<_>>()?;
    Ok(Branch { leaves, ..branch })
}

fn leaf(
    tx: &mut Tx,
    top: Id<kinds::Category>,
    leaf: &Leaf,
) -> Result<(Id<kinds::Category>, Option<Id<kinds::Attribute>>)> {
    let id = catalog::add_category(tx, Some(top), &Text::new(&leaf.code)?, None)?;
    say(tx, Thing::Category(id), "name", &leaf.words.0, &leaf.words.1)?;
    if leaf.sizes.is_empty() {
        return Ok((id, None));
    }
    let sizes: Vec<_> = leaf.sizes.iter().map(|(code, zh, en, _)| (code.clone(), zh.clone(), en.clone())).collect();
    Ok((id, Some(choice(tx, id, ("size", "规格", "Size"), &sizes, true, false)?)))
}

fn choice(
    tx: &mut Tx,
    category: Id<kinds::Category>,
    (code, zh, en): (&str, &str, &str),
    choices: &[Choice],
    is_variant: bool,
    required: bool,
) -> Result<Id<kinds::Attribute>> {
    let new = NewAttribute { code: Text::new(code)?, kind: Kind::Choice, unit: None, required, is_variant };
    let id = catalog::add_attribute(tx, category, &new)?;
    say(tx, Thing::Attribute(id), "name", zh, en)?;
    for (code, zh, en) in choices {
        catalog::add_choice(tx, id, &Text::new(code)?)?;
        say(tx, Thing::Attribute(id), &format!("choice.{code}"), zh, en)?;
    }
    Ok(id)
}

fn weight(tx: &mut Tx, category: Id<kinds::Category>) -> Result<Id<kinds::Attribute>> {
    let unit = Some(Text::new("g")?);
    let new = NewAttribute { code: Text::new("weight")?, kind: Kind::Number, unit, required: false, is_variant: false };
    let id = catalog::add_attribute(tx, category, &new)?;
    say(tx, Thing::Attribute(id), "name", "重量", "Weight")?;
    Ok(id)
}

fn say(tx: &mut Tx, thing: Thing, field: &str, zh: &str, en: &str) -> Result<()> {
    catalog::set_word(tx, thing, field, Locale::Zh, &Text::new(zh)?)?;
    catalog::set_word(tx, thing, field, Locale::En, &Text::new(en)?)
}
