//! `/`: the front page.

use crate::{
    categories::{Entrance, Tree},
    search::Asked,
};
use askama::Template;
use axum::{Router, routing::get};
use door::App;
use kernel::Cursor;
use pictures::{Motif, Picture};
use views::goods::{Query, Sort};
use web::{GoodsCard, Reply, Visit, page};

pub(crate) fn router() -> Router<App> {
    Router::new().route("/", get(home))
}

#[derive(Template)]
#[template(path = "home.html")]
struct Home {
    v: Visit,
    is_first: bool,
    doors: Vec<Entrance>,
    cuts: Vec<String>,
    cards: Vec<GoodsCard>,
    next: Option<Cursor>,
    canonical: String,
}

async fn home(v: Visit) -> Reply {
    let asked = Asked::of(&v)?;
    // Five rows on the desk, fifteen on a phone.
    let query = Query { sort: Sort::Newest, limit: 30, ..asked.query() };
    let (now, lang) = (v.now, v.locale());
    let read = move |read: &mut store::Read| {
        let tree = Tree::new(views::goods::categories(read, lang)?);
        Ok((tree, views::goods::find(read, &query, now, lang)?))
    };
    let (tree, found) = v.app().store().read(read).await?;
    let doors = tree.doors();
    let home = Home {
        is_first: asked.cursor.is_none(),
        cuts: cuts(&doors),
        doors,
        cards: found.items.into_iter().map(GoodsCard::from).collect(),
        next: found.next,
        canonical: format!("{}/", v.app().options().public),
        v,
    };
    page(&home.v.clone(), &home)
}

/// Three things that stand on the banner: of the market's own categories, filled up with what every market could have.
fn cuts(doors: &[Entrance]) -> Vec<String> {
    const SPARE: [(Motif, u8); 3] = [(Motif::Teapot, 0), (Motif::Backpack, 0), (Motif::Lantern, 0)];
    let own = doors.iter().map(|door| door.drawn).filter(|picture| picture.motif != Motif::Parcel);
    let spare = SPARE.iter().map(|(motif, index)| Picture::new(*motif, *index, 0));
    let mut taken: Vec<Picture> = Vec::new();
    for picture in own.chain(spare) {
        if taken.len() < 3 && taken.iter().all(|other| other.motif != picture.motif) {
            taken.push(picture);
        }
    }
    taken.into_iter().map(|picture| picture.bare().address()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Id;

    #[test]
    fn the_banner_always_has_three_different_things() {
        let door = |motif| Entrance {
            id: Id::from_raw(1),
            name: String::new(),
            drawn: Picture::new(motif, 0, 1),
            below: Vec::new(),
        };
        assert_eq!(cuts(&[]).len(), 3);
        let doors = [door(Motif::Tent), door(Motif::Parcel), door(Motif::Tent), door(Motif::Lantern)];
        let cuts = cuts(&doors);
        let motifs: Vec<&str> = cuts.iter().map(|cut| cut.split(['/', '-']).nth(2).unwrap()).collect();
        assert_eq!(motifs, ["tent", "lantern", "teapot"]);
    }
}
