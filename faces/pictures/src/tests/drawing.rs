use crate::*;
use std::{collections::HashSet, fs, io::Write as _, path::PathBuf};

/// The drawings that the rules were made with.
fn reference() -> Option<PathBuf> {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/look/pic"));
    if folder.exists() {
        return Some(folder);
    }
    let line = "skipped: ../shared is not here (look/pic)";
    println!("{line}");
    if let Ok(list) = std::env::var("JISHI_SKIPPED") {
        let mut list = fs::OpenOptions::new().create(true).append(true).open(list).unwrap();
        writeln!(list, "{line}").unwrap();
    }
    None
}

fn all(seeds: u32) -> impl Iterator<Item = Picture> {
    let ways = move || (0..Way::COUNT).flat_map(move |index| (0..seeds).map(move |seed| (index, seed)));
    let motifs = Motif::ALL.iter();
    motifs.flat_map(move |&motif| ways().map(move |(index, seed)| Picture::new(motif, index, seed)))
}

#[test]
fn every_picture_of_the_reference_has_the_same_bytes() {
    let Some(folder) = reference() else { return };
    let mut seen = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let parts: Vec<&str> = path.file_stem().unwrap().to_str().unwrap().split('-').collect();
        let picture = match parts[..] {
            ["cut", motif, index] => Picture::new(Motif::of(motif).unwrap(), index.parse().unwrap(), 1).bare(),
            [motif, index, seed] => {
                Picture::new(Motif::of(motif).unwrap(), index.parse().unwrap(), seed.parse().unwrap())
            }
            _ => panic!("{} has no name of the reference", path.display()),
        };
        assert_eq!(svg(&picture), fs::read_to_string(&path).unwrap(), "{}", path.display());
        seen += 1;
    }
    assert_eq!(seen, 95);
}

/// An address is immutable: a drawing that changes breaks what caches hold. Made with the reference generator.
#[test]
fn no_picture_has_changed() {
    let drawn: String = all(40).flat_map(|picture| [svg(&picture), svg(&picture.bare())]).collect();
    assert_eq!(format!("{:016x}", fnv(&drawn)), "6326a50e524d869d");
}

fn fnv(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[test]
fn every_motif_draws_itself_and_nothing_else() {
    let drawn: HashSet<String> = all(1).map(|picture| svg(&picture)).collect();
    assert_eq!(drawn.len(), Motif::ALL.len() * usize::from(Way::COUNT));
    assert_eq!(Motif::ALL.len(), 32);
}

#[test]
fn the_same_picture_has_the_same_bytes() {
    for picture in all(3) {
        assert_eq!(svg(&picture), svg(&picture));
        assert_ne!(svg(&picture), svg(&Picture { seed: picture.seed + 100, ..picture }));
    }
}

/// The most bytes that a picture has: a keyboard has many keys, a watch many hours.
pub(super) fn bytes_max(motif: Motif) -> usize {
    match motif {
        Motif::Keyboard => 4_200,
        Motif::Watch => 3_700,
        _ => 3_600,
    }
}

#[test]
fn a_picture_is_small() {
    let mut sizes = Vec::new();
    for picture in all(60) {
        let size = svg(&picture).len();
        assert!(size < bytes_max(picture.motif), "{} has {size} bytes", picture.file_name());
        sizes.push(size);
    }
    let mean = sizes.iter().sum::<usize>() / sizes.len();
    assert!((2_000..2_300).contains(&mean), "the mean is {mean} bytes");
}

/// A keyboard needs its keys.
#[test]
fn a_picture_has_few_shapes() {
    let mut shapes_of_all = Vec::new();
    for picture in all(60) {
        let drawn = svg(&picture);
        let shapes: usize =
            ["<path", "<rect", "<circle", "<ellipse"].iter().map(|shape| drawn.matches(shape).count()).sum();
        let most = if picture.motif == Motif::Keyboard { 46 } else { 36 };
        assert!(shapes <= most, "{} has {shapes} shapes", picture.file_name());
        shapes_of_all.push(shapes);
    }
    let few = shapes_of_all.iter().filter(|&&shapes| shapes <= 30).count();
    assert!(few * 10 > shapes_of_all.len() * 9, "{few} of {} have at most 30", shapes_of_all.len());
}

#[test]
fn a_picture_is_well_formed() {
    for picture in all(8).flat_map(|picture| [picture, picture.bare(), picture.close_up()]) {
        let drawn = svg(&picture);
        let mut open = Vec::new();
        for tag in drawn.split('<').skip(1) {
            let (tag, between) = tag.split_once('>').expect("a tag ends");
            assert_eq!(between, "", "no words in a picture");
            assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
            let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap();
            if tag.starts_with('/') {
                assert_eq!(open.pop(), Some(name));
            } else if !tag.ends_with('/') {
                open.push(name);
            }
        }
        assert!(open.is_empty(), "{open:?}");
        assert!(!drawn.contains("NaN") && !drawn.contains("inf"));
        for id in ["g", "b", "h", "s"] {
            assert_eq!(drawn.matches(&format!(r#" id="{id}""#)).count(), 1);
        }
    }
}

#[test]
fn a_bare_picture_has_no_surroundings() {
    let picture = Picture::new(Motif::Kettle, 0, 5);
    let bare = svg(&picture.bare());
    assert!(bare.contains(r#"viewBox="40 40 320 320""#) && !bare.contains("url(#g)"));
    assert!(svg(&picture).contains(r#"viewBox="0 0 400 400""#) && svg(&picture).contains("url(#g)"));
}

#[test]
fn a_close_up_shows_the_same_drawing_nearer() {
    for picture in all(2) {
        let close = svg(&picture.close_up());
        assert_eq!(close.replace(r#""90 110 220 220""#, r#""0 0 400 400""#), svg(&picture));
    }
}

#[test]
fn a_gallery_shows_all_three_colourways_and_one_nearer() {
    let shown = gallery(&Picture::new(Motif::Tent, 1, 31)).map(|picture| picture.file_name());
    assert_eq!(
        shown,
        ["tent-outdoor-1-31.svg", "tent-outdoor-2-31.svg", "tent-outdoor-0-31.svg", "tent-outdoor-1-31-close.svg"]
    );
}
