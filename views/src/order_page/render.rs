//! An order's page for a terminal.

use super::{
    Line, OrderPage, Payment,
    table::{self, Side},
};
use kernel::{Money, Time};
use order::{Order, State};
use std::fmt::{Display, Write};

use Side::{Left, Right};

/// Lays an order's page out for a terminal: money with its currency, times as in ISO 8601, one section per subject.
pub fn render(page: &OrderPage) -> String {
    let mut out = String::new();
    head(&mut out, page);
    section(&mut out, "Lines", &[Right, Left, Right, Right, Right, Right, Left], lines(page));
    section(&mut out, "Charges", &[Right, Left, Right, Right], charges(page));
    section(&mut out, "Sums", &[Left, Right], sums(page));
    section(&mut out, "Goes to", &[Left, Left], recipient(page));
    section(&mut out, "Timeline", &[Right, Left, Left, Left, Left, Left], timeline(page));
    section(&mut out, "Payments", &[Left, Left, Left, Right, Left], payments(page));
    section(&mut out, "Cases", &[Left, Left, Left, Left, Left], cases(page));
    section(&mut out, "Refunds", &[Left, Left, Left, Right, Left], refunds(page));
    section(&mut out, "Parcels", &[Left, Left, Left, Left], parcels(page));
    section(&mut out, "Shelves", &[Left, Left, Left, Right, Left], shelves(page));
    section(&mut out, "Postings", &[Left, Left, Left, Left, Right, Right], postings(page));
    section(&mut out, "Settlement", &[Left, Right], settlement(page));
    out
}

fn section(out: &mut String, title: &str, sides: &[Side], rows: Vec<Vec<String>>) {
    if !rows.is_empty() {
        let _ = writeln!(out, "\n{title}");
        table::write(out, sides, &rows);
    }
}

fn row<const N: usize>(cells: [&dyn Display; N]) -> Vec<String> {
    cells.iter().map(ToString::to_string).collect()
}

fn money(order: &Order, minor: i64) -> String {
    order.money(minor).to_string()
}

fn or_nothing(at: Option<Time>) -> String {
    at.map_or(String::new(), |at| at.to_string())
}

fn head(out: &mut String, page: &OrderPage) {
    let Order { id, state, trade, buyer, shop, version, .. } = &page.order;
    // Writing to a string cannot fail.
    let _ = writeln!(out, "Order {id}  {}  version {version}", state.word());
    let _ = writeln!(out, "  of trade {trade}, {} over {} orders", page.trade.amount, page.trade.orders);
    let _ = writeln!(out, "  bought by {buyer} from {shop}");
}

fn lines(page: &OrderPage) -> Vec<Vec<String>> {
    let mut rows = vec![row([&"n", &"what", &"units", &"price", &"to pay", &"given back", &"what became of it"])];
    for Line { line, prices } in &page.lines {
        let per = if line.price_per == 1 { String::new() } else { format!(" for {}", line.price_per) };
        let price = format!("{}{per}", money(&page.order, line.price));
        let fate = format!("{} shipped, {} cancelled, {} returned", line.shipped, line.cancelled, line.returned);
        let refunded =
            if line.refunded == 0 { String::new() } else { format!("-{}", money(&page.order, line.refunded)) };
        rows.push(row([&line.n, &line.title, &line.units, &price, &money(&page.order, line.cash), &refunded, &fate]));
        rows.push(row([&"", &format!("{} of {}", line.sku, line.listing)]));
        for price in prices {
            let by = if price.offer == 0 { String::new() } else { format!(" by offer {}", price.offer) };
            let what = format!("{}{by}", price.stage);
            rows.push(row([&"", &what, &"", &"", &money(&page.order, price.amount), &"", &price.borne_by]));
        }
    }
    rows
}

fn charges(page: &OrderPage) -> Vec<Vec<String>> {
    let charges = page.charges.iter().map(|charge| {
        let refunded =
            if charge.refunded == 0 { String::new() } else { format!("-{}", money(&page.order, charge.refunded)) };
        row([&charge.n, &charge.kind.word(), &money(&page.order, charge.amount), &refunded])
    });
    charges.collect()
}

fn sums(page: &OrderPage) -> Vec<Vec<String>> {
    let Order { goods, charges, tax, amount, refunded, commission, .. } = page.order;
    let sums = [
        ("goods", goods),
        ("charges", charges),
        ("tax in it", tax),
        ("to pay", amount),
        ("given back", refunded),
        ("commission", commission),
    ];
    sums.iter().map(|(name, minor)| row([name, &money(&page.order, *minor)])).collect()
}

fn recipient(page: &OrderPage) -> Vec<Vec<String>> {
    let Some(to) = &page.recipient else {
        return Vec::new();
    };
    let place = [&to.country, &to.region, &to.postal].map(String::as_str).join(" ");
    let rows =
        [("name", to.name.as_str()), ("phone", &to.phone), ("place", &place), ("lines", &to.lines), ("note", &to.note)];
    rows.iter().filter(|(_, text)| !text.trim().is_empty()).map(|(name, text)| row([name, text])).collect()
}

fn timeline(page: &OrderPage) -> Vec<Vec<String>> {
    let rows = page.timeline.iter().map(|change| {
        let became = if change.was == change.became {
            change.became.clone()
        } else {
            format!("{} → {}", change.was, change.became)
        };
        let who = change.who.as_ref().map_or(change.actor.clone(), |who| format!("{} {who}", change.actor));
        row([&change.n, &change.at, &change.what, &became, &who, &change.why])
    });
    rows.chain(next(&page.order)).collect()
}

/// What comes by itself if nobody does anything.
fn next(order: &Order) -> Option<Vec<String>> {
    match order.state {
        State::Unpaid => Some(row([&"", &order.close_at, &"closes"])),
        State::Shipped => order.confirm_at.map(|at| row([&"", &at, &"confirms itself"])),
        State::Completed if order.settled_at.is_none() => {
            order.settle_on.map(|day| row([&"", &day_of(day), &"settles"]))
        }
        _ => None,
    }
}

/// 20091231 as 2009-12-31.
fn day_of(day: i64) -> String {
    format!("{:04}-{:02}-{:02}", day / 10_000, day / 100 % 100, day % 100)
}

fn payments(page: &OrderPage) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for Payment { id, channel, state, amount, part, created_at, ended_at, refunds, .. } in &page.payments {
        let part = money(&page.order, *part);
        let what = format!("{} by {channel}", state.word());
        rows.push(row([created_at, id, &what, &part, &format!("of {amount} {}", or_nothing(*ended_at))]));
        for refund in refunds {
            let back = Money::new(refund.amount, amount.currency);
            let ended = or_nothing(refund.ended_at);
            let state = format!("refund {}", refund.state.word());
            rows.push(row([&refund.created_at, &refund.id, &state, &format!("-{back}"), &ended]));
        }
    }
    rows
}

fn cases(page: &OrderPage) -> Vec<Vec<String>> {
    let rows = page.cases.iter().map(|case| {
        let lines: Vec<_> = case.lines.iter().map(|(kind, n, units)| format!("{} {n}: {units}", kind.word())).collect();
        let state = match case.ground {
            Some(ground) => format!("{} ({})", case.state.word(), ground.word()),
            None => case.state.word().to_owned(),
        };
        let wish = format!("{} because {}", case.kind.word(), case.reason);
        row([&case.asked_at, &case.id, &wish, &state, &lines.join(", ")])
    });
    rows.collect()
}

fn refunds(page: &OrderPage) -> Vec<Vec<String>> {
    let rows = page.refunds.iter().map(|refund| {
        let line = |line: &super::RefundLine| {
            let back = money(&page.order, line.amount);
            format!("{} {}: {} for {back}", line.kind.word(), line.n, line.units)
        };
        let lines: Vec<_> = refund.lines.iter().map(line).collect();
        let state = format!("{}, {}", refund.state.word(), refund.stage.word());
        row([&refund.granted_at, &refund.id, &state, &refund.amount, &lines.join(", ")])
    });
    rows.collect()
}

fn parcels(page: &OrderPage) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for parcel in &page.parcels {
        let delivery::Shipped { parcel: head, carrier, waybill, lines } = &parcel.shipped;
        let lines: Vec<_> = lines.iter().map(|(n, units)| format!("line {n}: {}", units.get())).collect();
        rows.push(row([&head.handed_at, &head.id, &format!("{carrier} {waybill}"), &head.state.word()]));
        rows.push(row([&"", &lines.join(", ")]));
        for step in &parcel.track {
            rows.push(row([&step.carrier_at, &step.state.word(), &step.place]));
        }
    }
    rows
}

fn shelves(page: &OrderPage) -> Vec<Vec<String>> {
    let held = page.reservations.iter().map(|held| {
        let fate = format!("{} shipped, {} released", held.shipped, held.released);
        row([&"held", &held.sku, &held.warehouse, &held.units, &fate])
    });
    let moved = page.movements.iter().map(|moved| {
        let after = format!("{} there after movement {}", moved.after, moved.n);
        row([&format!("{} {}", moved.at, moved.cause.word()), &moved.sku, &moved.warehouse, &moved.units, &after])
    });
    held.chain(moved).collect()
}

fn postings(page: &OrderPage) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for entry in &page.entries {
        let legs = entry.legs.iter().enumerate().map(|(at, leg)| {
            let (debit, credit) = match leg.amount.minor {
                0.. => (leg.amount.to_string(), String::new()),
                _ => (String::new(), Money::new(leg.amount.minor.saturating_neg(), leg.amount.currency).to_string()),
            };
            let (when, event) =
                if at == 0 { (entry.at.to_string(), entry.event.as_str()) } else { (String::new(), "") };
            row([&when, &event, &leg.account.word(), &leg.owner, &debit, &credit])
        });
        rows.extend(legs);
    }
    rows
}

fn settlement(page: &OrderPage) -> Vec<Vec<String>> {
    let Some(settled) = &page.settlement else {
        return Vec::new();
    };
    let amount = |minor| Money::new(minor, settled.gross.currency);
    let mut rows = vec![
        row([&"at", &settled.settled_at]),
        row([&"stayed paid", &settled.gross]),
        row([&"commission", &amount(settled.commission)]),
        row([&"held back", &amount(settled.reserve)]),
        row([&"free", &amount(settled.net)]),
    ];
    rows.extend(settled.fold.map(|fold| row([&"came home with", &fold])));
    rows.extend(settled.payout.map(|payout| row([&"went out with", &payout])));
    rows
}
