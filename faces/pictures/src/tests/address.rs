use crate::*;
use proptest::{prelude::*, sample::select};

fn any_picture() -> impl Strategy<Value = Picture> {
    (select(Motif::ALL), select(Colours::ALL), 0..Way::COUNT, any::<u32>(), select(View::ALL))
        .prop_map(|(motif, colours, index, seed, view)| Picture { motif, way: Way::of(colours, index), seed, view })
}

proptest! {
    #[test]
    fn a_file_name_is_read_back(picture in any_picture()) {
        prop_assert_eq!(Picture::of_file_name(&picture.file_name()), Some(picture));
    }

    #[test]
    fn a_file_name_needs_no_escape(picture in any_picture()) {
        let name = picture.file_name();
        prop_assert!(name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-.".contains(&byte)));
        prop_assert!(name.len() <= 50);
    }

    /// A damaged name is refused or names another picture, by that picture's only name.
    #[test]
    fn a_damaged_file_name_is_refused(picture in any_picture(), at in 0..50usize, put in any::<Option<char>>()) {
        let name = picture.file_name();
        let at = at % name.len();
        let put = put.map(String::from).unwrap_or_default();
        let damaged = format!("{}{put}{}", &name[..at], &name[at + 1..]);
        if let Some(read) = Picture::of_file_name(&damaged) {
            prop_assert_eq!(read.file_name(), damaged);
        }
    }

    #[test]
    fn no_text_breaks_the_reading(text in any::<String>()) {
        if let Some(read) = Picture::of_file_name(&text) {
            prop_assert_eq!(read.file_name(), text);
        }
    }

    #[test]
    fn every_picture_draws(picture in any_picture()) {
        prop_assert!(svg(&picture).len() < super::drawing::bytes_max(picture.motif));
    }
}

#[test]
fn a_name_that_was_not_written_is_refused() {
    assert!(Picture::of_file_name("tent-outdoor-0-31.svg").is_some());
    for name in [
        "",
        ".svg",
        "tent-outdoor-0-31",
        "tent-outdoor-0-31.SVG",
        "Tent-outdoor-0-31.svg",
        "tent-outdoor-0.svg",
        "tent-0-31.svg",
        "tent-outdoor-3-31.svg",
        "tent-outdoor-00-31.svg",
        "tent-outdoor-0-031.svg",
        "tent-outdoor-0-+31.svg",
        "tent-outdoor-0--31.svg",
        "tent-outdoor-0-4294967296.svg",
        "tent-outdoor-0-31-front.svg",
        "tent-outdoor-0-31-close-close.svg",
        "tent-outdoor-0-31-.svg",
        "tent-outdoor-0-31.svg.svg",
        "tent-outdoor-0-31.svg ",
        "../tent-outdoor-0-31.svg",
        "tent-outdoor-0-٣.svg",
        "house-outdoor-0-31.svg",
        "tent-garden-0-31.svg",
    ] {
        assert_eq!(Picture::of_file_name(name), None, "{name}");
    }
}

#[test]
fn words_are_read_back_and_unlike() {
    for &motif in Motif::ALL {
        assert_eq!(Motif::of(motif.word()), Some(motif));
        assert!(motif.word().bytes().all(|byte| byte.is_ascii_lowercase()));
    }
    for &colours in Colours::ALL {
        assert_eq!(Colours::of(colours.word()), Some(colours));
    }
}
