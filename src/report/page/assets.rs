//! Templates, script and style of the page.

/// The script.
pub(crate) const SCRIPT: &str = include_str!("templates/page.js");
/// The style sheet.
pub(crate) const STYLE: &str = include_str!("templates/page.css");
/// Name and source of the templates.
pub(crate) const TEMPLATES: [(&str, &str); 8] = [
    ("page.html", include_str!("templates/page.html")),
    ("findings.html", include_str!("templates/findings.html")),
    ("pictures.html", include_str!("templates/pictures.html")),
    ("actors.html", include_str!("templates/actors.html")),
    ("statements.html", include_str!("templates/statements.html")),
    ("row.html", include_str!("templates/row.html")),
    ("tests.html", include_str!("templates/tests.html")),
    ("about.html", include_str!("templates/about.html")),
];
