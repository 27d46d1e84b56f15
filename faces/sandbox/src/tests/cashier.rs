//! The cashier as a browser meets it.

use super::world::*;
use kernel::time::MINUTE;

#[test]
fn the_page_says_everything_in_two_languages() {
    let world = World::open();
    let (payment, path) = world.paying();
    let english = world.asks("GET", &path, &[("Accept-Language", "en-GB,en;q=0.9")], b"").text();
    let chinese = world.asks("GET", &path, &[("Accept-Language", "zh-CN,zh;q=0.9")], b"").text();
    assert!(english.contains("<html lang=\"en\">") && chinese.contains("<html lang=\"zh-CN\">"));
    for said in ["Trial payment · no real money", "Waiting for payment", "30 minutes", "Pay ¥5.00"] {
        assert!(english.contains(said), "{said}: {english}");
    }
    for said in ["试用支付 · 不收真钱", "等待付款", "30 分钟", "付款 ¥5.00"] {
        assert!(chinese.contains(said), "{said}: {chinese}");
    }
    for page in [&english, &chinese] {
        assert!(page.contains(&payment.to_string()) && page.contains("<svg viewBox=\"0 0 "), "{page}");
        assert!(page.contains("Tea &#38; &#60;b&#62;&#34;Co&#34;&#60;/b&#62;"), "{page}");
        assert!(page.contains(&format!("http://{}{path}", world.at)), "the address beside its code");
        assert!(page.contains(&format!("action=\"../cashier/{payment}/pay?lang=")), "{page}");
        assert!(!page.contains("sandbox-open-") && !page.contains("<b>\"Co"), "{page}");
    }
    assert!(world.get(&format!("{path}?lang=zh")).text().contains("等待付款"));
    assert_eq!(world.get("/sandbox.css").header("content-type"), Some("text/css; charset=utf-8"));
}

#[test]
fn paying_twice_takes_nothing_twice() {
    let world = World::open();
    let (_, path) = world.paid();
    let again = world.form(&format!("{path}/pay"), "");
    assert_eq!(again.status, 409);
    assert!(again.text().contains("Nothing was taken a second time"), "{}", again.text());
    assert!(again.text().contains("href=\"../../sandbox.css\""));
    assert_eq!(world.deliver(), 1, "one message for one payment");
    let number = path.rsplit('/').next().unwrap();
    let language = world.get(&format!("{path}/pay?lang=zh"));
    assert_eq!((language.status, language.header("location")), (303, Some(&*format!("../{number}?lang=zh"))));
}

#[test]
fn the_way_back_is_the_one_that_was_given_and_no_other() {
    let world = World::open();
    let (_, path) = world.paid();
    let page = world.get(&format!("{path}?return=https://evil.example/&return_to=https://evil.example/")).text();
    assert!(page.contains(&BACK.replace('&', "&#38;")) && !page.contains("evil"), "{page}");
    let paid = world.form(&format!("{path}/pay?return=https://evil.example/"), "return=https%3A%2F%2Fevil.example");
    assert!(!paid.text().contains("evil") && !paid.head.contains("evil"));
    let (cx, trade) = world.trade();
    let paying = store::wait(flows::pay::pay(&world.market, &cx, trade, "sandbox")).unwrap().unwrap();
    let page = world.get(&format!("/cashier/{}", paying.payment)).text();
    assert!(page.contains("Waiting for payment") && !page.contains("Back to"), "no way back where none was given");
}

#[test]
fn what_is_over_unknown_or_broken_has_its_page() {
    let world = World::open();
    let (_, path) = world.paying();
    world.clock.move_by(30 * MINUTE);
    for page in [world.get(&path), world.form(&format!("{path}/pay"), "")] {
        assert!(page.text().contains("Time is over") && !page.text().contains("<button"), "{}", page.text());
    }
    let long = "x".repeat(5_000);
    for number in ["pay_9", "%3Cscript%3Ealert(1)%3C/script%3E", "%00", "%FF", &long] {
        for reply in [world.get(&format!("/cashier/{number}")), world.form(&format!("/cashier/{number}/pay"), "")] {
            assert_eq!(reply.status, 404, "{number}");
            assert!(!reply.text().contains("<script"), "{number}");
        }
    }
    assert!(world.get("/cashier/pay_9").text().contains("No such payment"));
    assert_eq!(world.deliver(), 0);
}
