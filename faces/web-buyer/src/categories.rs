//! `/categories`, `/category/{id}`: the tree of categories and the goods of one.

use crate::search::{Asked, Pill, sorts};
use askama::Template;
use axum::{Router, extract::Path, routing::get};
use door::App;
use kernel::{Cursor, Id, error::Common, kinds::Category};
use views::goods::{Node, Query};
use web::{GoodsCard, Reply, Visit, id_in_path, page};

pub(crate) fn router() -> Router<App> {
    Router::new().route("/categories", get(categories)).route("/category/{id}", get(category))
}

/// The categories that have goods, as a tree.
pub(crate) struct Tree(Vec<Node>);

/// A category to enter, with what stands below it.
pub(crate) struct Entrance {
    pub id: Id<Category>,
    pub name: String,
    pub drawn: pictures::Picture,
    pub below: Vec<Entrance>,
}

impl Entrance {
    pub fn picture(&self) -> String {
        self.drawn.address()
    }

    /// Those right below that have none below them, and those that have.
    pub fn below_by_depth(&self) -> (Vec<&Entrance>, Vec<&Entrance>) {
        self.below.iter().partition(|below| below.below.is_empty())
    }
}

impl Tree {
    pub fn new(nodes: Vec<Node>) -> Tree {
        Tree(nodes)
    }

    fn get(&self, id: Id<Category>) -> Option<&Node> {
        self.0.iter().find(|node| node.id == id)
    }

    /// Those right below one, or at the top, that have goods.
    fn below(&self, parent: Option<Id<Category>>) -> impl Iterator<Item = &Node> {
        self.0.iter().filter(move |node| node.parent == parent && node.has_goods)
    }

    /// The way to one from the top, itself last.
    fn way(&self, node: &Node) -> Vec<&Node> {
        let mut way: Vec<&Node> = self.get(node.id).into_iter().collect();
        while let Some(above) = way.last().and_then(|lowest| lowest.parent).and_then(|parent| self.get(parent)) {
            way.push(above);
        }
        way.reverse();
        way
    }

    /// A category with so many levels below it.
    fn entrance(&self, node: &Node, levels: usize) -> Entrance {
        let names: Vec<&str> = self.way(node).into_iter().map(|node| node.name.as_str()).collect();
        let drawn = pictures::for_category(&names.join(" / "), node.id.raw());
        let below = if levels == 0 { Vec::new() } else { self.entrances_below(Some(node.id), levels - 1) };
        Entrance { id: node.id, name: node.name.clone(), drawn, below }
    }

    pub fn entrances_below(&self, parent: Option<Id<Category>>, levels: usize) -> Vec<Entrance> {
        self.below(parent).map(|node| self.entrance(node, levels)).collect()
    }

    /// Where the front page leads in: the categories at the top, or those below it where it has but one.
    pub fn doors(&self) -> Vec<Entrance> {
        let mut parent = None;
        loop {
            let mut here = self.below(parent);
            match (here.next(), here.next()) {
                (Some(only), None) if self.below(Some(only.id)).next().is_some() => parent = Some(only.id),
                _ => return self.entrances_below(parent, 1),
            }
        }
    }
}

#[derive(Template)]
#[template(path = "categories.html")]
struct Categories {
    v: Visit,
    tops: Vec<Entrance>,
}

async fn categories(v: Visit) -> Reply {
    let lang = v.locale();
    let nodes = v.app().store().read(move |read| views::goods::categories(read, lang)).await?;
    page(&v.clone(), &Categories { v, tops: Tree::new(nodes).entrances_below(None, 2) })
}

#[derive(Template)]
#[template(path = "category.html")]
struct OneCategory {
    v: Visit,
    name: String,
    above: Vec<(Id<Category>, String)>,
    below: Vec<Pill>,
    sorts: Vec<Pill>,
    cards: Vec<GoodsCard>,
    next: Option<Cursor>,
    canonical: String,
}

async fn category(v: Visit, Path(id): Path<String>) -> Reply {
    let id: Id<Category> = id_in_path(&id)?;
    let asked = Asked::of(&v)?;
    let query = Query { category: Some(id), ..asked.query() };
    let (now, lang) = (v.now, v.locale());
    let read = move |read: &mut store::Read| {
        let tree = Tree::new(views::goods::categories(read, lang)?);
        Ok((tree, views::goods::find(read, &query, now, lang)?))
    };
    let (tree, found) = v.app().store().read(read).await?;
    let node = tree.get(id).ok_or(Common::NotFound)?;
    let mut above: Vec<_> = tree.way(node).into_iter().map(|node| (node.id, node.name.clone())).collect();
    above.pop();
    let below = tree.below(Some(id)).map(|node| Pill::new(format!("/category/{}", node.id), &node.name, false));
    let one = OneCategory {
        name: node.name.clone(),
        above,
        below: below.collect(),
        sorts: sorts(&v, asked.sort),
        cards: found.items.into_iter().map(GoodsCard::from).collect(),
        next: found.next,
        canonical: format!("{}/category/{id}", v.app().options().public),
        v,
    };
    page(&one.v.clone(), &one)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(id: i64, parent: Option<i64>, name: &str, has_goods: bool) -> Node {
        let (id, parent) = (Id::from_raw(id), parent.map(Id::from_raw));
        Node { id, parent, code: name.to_lowercase(), name: name.to_owned(), has_goods }
    }

    #[test]
    fn the_front_page_leads_past_a_lone_top() {
        let tree = Tree::new(vec![
            node(1, None, "Electronics", true),
            node(2, None, "Empty", false),
            node(3, Some(1), "Audio", true),
            node(4, Some(1), "Computers", true),
            node(5, Some(4), "Notebooks", true),
        ]);
        let doors = tree.doors();
        assert_eq!(doors.iter().map(|door| &*door.name).collect::<Vec<_>>(), ["Audio", "Computers"]);
        assert_eq!(doors[1].below[0].name, "Notebooks");
        let lone = Tree::new(vec![node(1, None, "Electronics", true)]);
        assert_eq!(lone.doors().len(), 1);
        assert!(Tree::new(Vec::new()).doors().is_empty());
    }
}
