//! Every form of every page, found by following the links as everybody: whatever is sent in any of its fields, the market
//! does not break, nothing is shown unescaped, and a field that the form does not have is refused.

use super::{
    Visitor, breakages, fresh_key,
    html::{Form, encoded, forms},
    nothing_changes, says_nothing_of_its_inside,
    walk::{Street, pages, sort_of, street},
};
use crate::serving::{self, Answered};
use std::collections::BTreeSet;
use testkit::Market;

testkit::stories![whatever_is_typed_into_any_form_breaks_nothing, a_field_that_no_form_has_is_refused];

const SCRIPT: &str = "<script>alert(1)</script>";

/// What is typed, beside what belongs there.
fn hostile() -> Vec<(&'static str, Vec<u8>)> {
    let text = |text: &str| text.as_bytes().to_vec();
    vec![
        ("a script", text(SCRIPT)),
        ("an attribute", text("\"' onfocus=alert(1) autofocus x=\"<script>alert(1)</script>")),
        ("a part of a statement", text("' or 1=1 --")),
        ("a statement", text("'; drop table order_order; --")),
        ("a template", text("{{ 7 * 7 }} ${7*7} %s %n")),
        ("a hundred thousand characters", text(&"x".repeat(100_000))),
        // As much as a form may hold once it is encoded.
        ("twenty thousand signs", text(&"字".repeat(20_000))),
        ("control characters", text("a\u{7}\u{1b}[2Jb\u{8}\u{7f}")),
        ("a zero", text("a\0b")),
        ("half of a character", vec![0xED, 0xA0, 0x80]),
        ("no text at all", vec![0xFF, 0xFE, 0x00, 0xC3]),
        ("nothing", Vec::new()),
        ("less than nothing", text("-1")),
        ("more than there is", text("99999999999999999999999999")),
        ("a number that is none", text("NaN")),
        ("a fraction", text("0.000000001")),
        ("marks that turn the line", text("\u{202e}abc\u{2066}\u{ffff}\u{1f468}\u{200d}\u{1f469}")),
    ]
}

/// Sends a form with one of its fields, or one more, as said.
fn sends(visitor: &Visitor, form: &Form, field: &str, value: &[u8]) -> Answered {
    let mut pairs: Vec<String> = Vec::new();
    for (name, kept) in form.fields.iter().filter(|(name, _)| name != field) {
        let kept = if name == "_key" { fresh_key() } else { kept.clone() };
        pairs.push(format!("{}={}", encoded(name.as_bytes()), encoded(kept.as_bytes())));
    }
    pairs.push(format!("{}={}", encoded(field.as_bytes()), encoded(value)));
    let body = pairs.join("&");
    match form.posts {
        true => visitor.client.posts_raw(&form.action, "application/x-www-form-urlencoded", body.as_bytes()),
        // An address is at most so long; what is longer stands in doors.rs.
        false if body.len() > 30_000 => visitor.gets(&form.action),
        false => visitor.gets(&format!("{}?{body}", form.action.split('?').next().unwrap_or_default())),
    }
}

#[track_caller]
fn is_harmless(here: &str, said: &Answered) {
    assert!(said.status < 500, "{here}: {}\n{}", said.status, said.body);
    assert!(!said.body.contains(SCRIPT), "{here}: the script stands there as it was sent\n{}", said.body);
    assert!(
        !said.body.contains("onfocus=alert(1) autofocus x=\""),
        "{here}: the attribute stands there\n{}",
        said.body
    );
    if said.status >= 400 {
        says_nothing_of_its_inside(&said.body);
    }
}

/// The forms of a page, each once for all pages, but the one that ends the session.
fn new_forms(known: &mut BTreeSet<String>, here: &str, page: &str) -> Vec<Form> {
    let found = forms(page).into_iter().map(|mut form| {
        if form.action.is_empty() {
            form.action = here.to_owned();
        }
        form
    });
    let mut is_new = |form: &Form| {
        let names: Vec<_> = form.fields.iter().map(|(name, _)| name.as_str()).collect();
        known.insert(format!("{} {} {}", form.posts, sort_of(&form.action), names.join(" ")))
    };
    found.filter(|form| form.action != "/logout" && is_new(form)).collect()
}

fn whatever_is_typed_into_any_form_breaks_nothing(market: &Market) -> kernel::Result<()> {
    let Street { running, people, .. } = street(market);
    let mut tried = 0;
    for (who, visitor, begin) in &people {
        let mut known = BTreeSet::new();
        for (path, page) in pages(visitor, begin) {
            for form in new_forms(&mut known, &path, &page) {
                for (field, _) in form.fields.iter().filter(|(name, _)| name != "_csrf" && name != "_key") {
                    for (what, value) in hostile() {
                        let here = format!("{who} on {path}, {} {field}: {what}", form.action);
                        let said = sends(visitor, &form, field, &value);
                        is_harmless(&here, &said);
                        tried += 1;
                        if said.status == 303 && said.location.starts_with('/') {
                            is_harmless(&here, &visitor.gets(&said.location));
                        }
                    }
                }
            }
        }
    }
    assert!(tried > 1_500, "only {tried} were tried");
    // Whatever was taken stands there as text.
    for (who, visitor, begin) in &people {
        for (path, page) in pages(visitor, begin) {
            assert!(!page.contains(SCRIPT), "{who} on {path}: the script stands there");
        }
    }
    assert_eq!(breakages(&running), [""; 0]);
    drop(running);
    market.works()
}

fn a_field_that_no_form_has_is_refused(market: &Market) -> kernel::Result<()> {
    let Street { running, people, .. } = street(market);
    let mut tried = 0;
    for (who, visitor, begin) in &people {
        let mut known = BTreeSet::new();
        for (path, page) in pages(visitor, begin) {
            for form in new_forms(&mut known, &path, &page).into_iter().filter(|form| form.posts) {
                for more in ["price", "amount", "state", "is_admin", "_method", "id"] {
                    if form.fields.iter().any(|(name, _)| name == more) {
                        continue;
                    }
                    let said = nothing_changes(market, || sends(visitor, &form, more, b"1"));
                    let here = format!("{who} on {path}, {} with {more}", form.action);
                    assert_eq!(said.status, 422, "{here}: {} {}", said.location, said.body);
                    assert!(said.body.contains(more), "{here}: {}", said.body);
                    tried += 1;
                }
            }
        }
    }
    assert!(tried > 150, "only {tried} were tried");
    assert_eq!(breakages(&running), [""; 0]);
    drop(running);
    market.works()
}

#[test]
fn the_form_of_the_first_start_takes_nothing_that_is_none_of_its_own() {
    let market = Market::new();
    let running = serving::up(&market);
    let secret = running.served.app.options().set_up.clone().expect("nobody runs the market yet");
    let visitor = Visitor::nobody(&running);
    let path = format!("/setup/{secret}");
    let form =
        forms(&visitor.gets(&path).body).into_iter().find(|form| form.fields.iter().any(|(name, _)| name == "zone"));
    let mut form = form.expect("there is a form");
    form.action.clone_from(&path);
    for (what, value) in hostile() {
        for (field, _) in form.fields.iter().filter(|(name, _)| name != "_csrf" && name != "_key") {
            let said = nothing_changes(&market, || sends(&visitor, &form, field, &value));
            is_harmless(&format!("{field}: {what}"), &said);
        }
    }
    let wrong = "0".repeat(64);
    for path in ["/setup/1", "/setup/%00", &format!("/setup/{}", &secret[1..]), &format!("/setup/{wrong}")] {
        assert_eq!(visitor.gets(path).status, 404);
        assert_eq!(visitor.sends(path, &[]).status, 404);
    }
    assert_eq!(breakages(&running), [""; 0]);
}
