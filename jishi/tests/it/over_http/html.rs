//! The forms and links of a page, read as a browser would read them.

use std::collections::BTreeMap;

/// A form.
#[derive(Clone, Debug)]
pub(super) struct Form {
    pub posts: bool,
    pub action: String,
    pub fields: Vec<(String, String)>,
}

/// A tag with its attributes.
struct Tag<'p> {
    name: &'p str,
    attributes: BTreeMap<&'p str, String>,
    /// What follows it.
    after: &'p str,
}

impl Tag<'_> {
    fn of(&self, name: &str) -> String {
        self.attributes.get(name).cloned().unwrap_or_default()
    }
}

/// What characters stand for.
fn plain(text: &str) -> String {
    let named = [("&#60;", "<"), ("&#62;", ">"), ("&#34;", "\""), ("&#39;", "'"), ("&lt;", "<"), ("&gt;", ">")];
    let text = named.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to));
    text.replace("&quot;", "\"").replace("&#38;", "&").replace("&amp;", "&")
}

fn tags(page: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let mut rest = page;
    while let Some((_, begun)) = rest.split_once('<') {
        let name_end = begun.find(|c: char| !c.is_ascii_alphanumeric() && c != '/').unwrap_or(begun.len());
        let (name, mut rest_of_tag) = begun.split_at(name_end);
        let mut attributes = BTreeMap::new();
        loop {
            rest_of_tag = rest_of_tag.trim_start_matches([' ', '\n', '\r', '\t', '/']);
            let end = rest_of_tag.find(['=', ' ', '>', '\n']).unwrap_or(rest_of_tag.len());
            let (attribute, after) = rest_of_tag.split_at(end);
            if let Some(quoted) = after.strip_prefix("=\"") {
                let (value, after) = quoted.split_once('"').unwrap_or((quoted, ""));
                attributes.insert(attribute, plain(value));
                rest_of_tag = after;
            } else if attribute.is_empty() {
                rest_of_tag = after.strip_prefix(['>', '=']).unwrap_or(after);
                break;
            } else {
                attributes.insert(attribute, String::new());
                rest_of_tag = after;
            }
        }
        tags.push(Tag { name, attributes, after: rest_of_tag });
        rest = rest_of_tag;
    }
    tags
}

/// Every form of a page with its fields as they stand; of a choice the first, or what is chosen.
pub(super) fn forms(page: &str) -> Vec<Form> {
    let mut forms: Vec<Form> = Vec::new();
    let (mut inside, mut choice) = (false, String::new());
    for tag in tags(page) {
        if tag.name == "form" {
            inside = true;
            let posts = tag.of("method").eq_ignore_ascii_case("post");
            forms.push(Form { posts, action: tag.of("action"), fields: Vec::new() });
        }
        inside = inside && tag.name != "/form";
        let Some(form) = forms.last_mut().filter(|_| inside) else { continue };
        let name = tag.of("name");
        match tag.name {
            "input" | "button" if !name.is_empty() => {
                set(form, name, tag.of("value"), tag.attributes.contains_key("checked"))
            }
            "textarea" => set(form, name, plain(tag.after.split("</textarea>").next().unwrap_or_default()), false),
            "select" => choice = name,
            "option" => set(form, choice.clone(), tag.of("value"), tag.attributes.contains_key("selected")),
            _ => {}
        }
    }
    forms
}

fn set(form: &mut Form, name: String, value: String, chosen: bool) {
    match form.fields.iter_mut().find(|(known, _)| *known == name) {
        Some((_, kept)) if chosen || kept.is_empty() => *kept = value,
        Some(_) => {}
        None => form.fields.push((name, value)),
    }
}

/// Where a page leads, within the market.
pub(super) fn links(page: &str) -> Vec<String> {
    let links = tags(page).into_iter().filter(|tag| tag.name == "a").map(|tag| tag.of("href"));
    links.filter(|link| link.starts_with('/') && !link.starts_with("//")).collect()
}

/// Bytes as a form or a query carries them.
pub(super) fn encoded(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len()), |mut out, byte| {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => out.push(char::from(*byte)),
            _ => out += &format!("%{byte:02X}"),
        }
        out
    })
}

#[test]
fn a_page_is_read_as_it_stands() {
    let page = r#"<form method="post" action="/a?x=1&#38;y=2" class="act"><input type="hidden" name="_csrf" value="t">
        <input class="in" name="fee" value="8 &#34;" required><select name="s"><option value="1">x</option>
        <option value="2" selected>y</option></select><textarea name="w">a &#60; b</textarea><button>go</button></form>
        <a href="/orders">x</a> <a href="https://elsewhere.example">y</a>"#;
    let found = forms(page);
    assert_eq!((found.len(), found[0].posts, found[0].action.as_str()), (1, true, "/a?x=1&y=2"));
    let field = |name: &str| found[0].fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
    let read = ["_csrf", "fee", "s", "w"].map(|name| field(name).unwrap());
    assert_eq!(read, ["t", "8 \"", "2", "a < b"]);
    assert_eq!(links(page), ["/orders"]);
}
