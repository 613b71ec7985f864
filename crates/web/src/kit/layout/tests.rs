use askama::Template;
use scraper::{Html, Selector};

use super::*;

#[derive(Template)]
#[template(
    ext = "html",
    source = r#"{% extends "layout.html" %}{% block content %}<h1>{{ heading }}</h1>
<p>{{ l.t1("deadline-days-left", "days", days) }}</p>{% endblock %}"#
)]
struct Sample {
    l: Layout,
    heading: &'static str,
    days: u32,
}

fn officer() -> Layout {
    let who = Who {
        name: "Nguyễn Thị <Hoa>".to_owned(),
        role: "Chuyên viên".to_owned(),
        csrf: "c5rf".to_owned(),
    };
    let nav = vec![NavItem::new("/", "Trang chủ"), NavItem::new("/worklist", "Việc của tôi")];
    Layout {
        demo: true, ..Layout::new(Language::Vi, "Việc của tôi", "/worklist?page=2&lang=vi")
    }
    .with_nav(nav)
    .with_who(Some(who))
    .with_flash(Some("Đã chuyển hồ sơ".to_owned()))
}

fn render(l: Layout) -> String {
    Sample { l, heading: "Việc hôm nay", days: 3 }.render().unwrap()
}

fn texts(page: &str, selector: &str) -> Vec<String> {
    let document = Html::parse_document(page);
    let selector = Selector::parse(selector).unwrap();
    let text = |node: scraper::ElementRef<'_>| node.text().collect::<String>().trim().to_owned();
    document.select(&selector).map(text).collect()
}

fn attributes(page: &str, selector: &str, name: &str) -> Vec<String> {
    let document = Html::parse_document(page);
    let selector = Selector::parse(selector).unwrap();
    document.select(&selector).filter_map(|node| node.attr(name)).map(str::to_owned).collect()
}

#[test]
fn the_frame_says_where_one_is_and_who() {
    let page = render(officer());
    assert_eq!(texts(&page, "title"), ["Việc của tôi – Một Cửa"]);
    assert_eq!(attributes(&page, "html", "lang"), ["vi"]);
    assert_eq!(texts(&page, "[aria-current]"), ["Việc của tôi"]);
    assert_eq!(texts(&page, ".mc-who__name"), ["Nguyễn Thị <Hoa>"]);
    assert_eq!(texts(&page, "main p"), ["Đã chuyển hồ sơ", "Còn 3 ngày"]);
    assert_eq!(texts(&page, "h1"), ["Việc hôm nay"]);
    assert!(!texts(&page, "body").concat().contains('['), "a text is missing");
}

#[test]
fn an_error_is_said_first_in_the_title() {
    let page = render(Layout::new(Language::En, "Your address", "/x").with_error(true));
    assert_eq!(texts(&page, "title"), ["Error: Your address – Một Cửa"]);
}

#[test]
fn nothing_inline_so_that_the_content_policy_holds() {
    let page = render(officer());
    let document = Html::parse_document(&page);
    let any = Selector::parse("*").unwrap();
    for node in document.select(&any) {
        let name = node.value().name();
        assert_ne!(name, "style", "a style element");
        for (attribute, value) in node.value().attrs() {
            assert_ne!(attribute, "style", "an inline style on <{name}>");
            assert!(!attribute.starts_with("on"), "{attribute} on <{name}>");
            assert!(!value.starts_with("http"), "<{name} {attribute}> leads outside");
        }
        if name == "script" {
            assert!(node.attr("src").is_some(), "an inline script");
        }
    }
}

#[test]
fn every_file_the_frame_names_is_served() {
    let page = render(officer());
    let mut named = attributes(&page, "link", "href");
    named.extend(attributes(&page, "script", "src"));
    assert_eq!(named.len(), 3);
    for address in named {
        let path = address.strip_prefix("/assets/").unwrap();
        assert!(assets::find(path).is_some(), "{address} is not served");
    }
}

#[test]
fn signing_out_is_a_form_with_the_token() {
    let page = render(officer());
    assert_eq!(attributes(&page, "form", "method"), ["post"]);
    assert_eq!(attributes(&page, "form input[name=csrf]", "value"), ["c5rf"]);
    assert!(texts(&render(Layout::new(Language::Vi, "", "/")), "form").is_empty());
}

#[test]
fn the_language_switch_keeps_the_page() {
    let page = render(officer());
    assert_eq!(attributes(&page, ".mc-languages a", "href"), ["/worklist?page=2&lang=en"]);
    let home = Layout::new(Language::En, "", "/");
    assert_eq!(home.in_language(&Language::Vi), "/?lang=vi");
}

#[test]
fn the_longest_link_that_begins_the_path_is_current() {
    let nav =
        || ["/", "/desk", "/desk/queue"].map(|href| NavItem::new(href, href)).into_iter().collect();
    let current = |path: &str| {
        let l = Layout::new(Language::Vi, "", path).with_nav(nav());
        l.nav.into_iter().filter(|item| item.current).map(|item| item.href).collect::<Vec<_>>()
    };
    assert_eq!(current("/desk/queue/7?x=1"), ["/desk/queue"]);
    assert_eq!(current("/desk"), ["/desk"]);
    assert_eq!(current("/"), ["/"]);
    assert!(current("/desktop").is_empty());
}
