//! The actors that `--draw` names, checked against those who spoke.
//!
//! Who speaks is known only when everything has been read, and a long run should not end with
//! nothing because of a misspelt id: others are drawn instead, and a warning names likely ids.

use std::collections::BTreeSet;

/// Maximum number of actors that a warning names.
const NAMED: usize = 3;

/// Splits the requested ids into known ones and a warning about the rest. `known`: id and name,
/// most statements first.
pub fn wanted(asked: &[String], known: &[(String, String)], axis: &str) -> (Vec<String>, Option<String>) {
    if matches!(asked, [all] if all == "all") {
        return (asked.to_vec(), None);
    }
    let there = |id: &&String| known.iter().any(|(other, _)| other == *id);
    let (found, missing): (Vec<&String>, Vec<&String>) = asked.iter().partition(there);
    let found: Vec<String> = found.into_iter().cloned().collect();
    if missing.is_empty() {
        return (found, None);
    }
    let quoted: Vec<String> = missing.iter().map(|id| format!("“{id}”")).collect();
    let instead = match found.is_empty() {
        true => "those who speak most are drawn instead",
        false => "the others are drawn",
    };
    let hint = match known {
        [] => "; nobody has one".to_string(),
        _ => format!("; use an id of actors.csv: {}", nearest(&missing, known)),
    };
    let warning =
        format!("--draw: no statement of {} has a score on {axis}, {instead}{hint}", quoted.join(", "));
    (found, Some(warning))
}

/// Those whose id or name looks like what was asked for; else who speaks most.
fn nearest(missing: &[&String], known: &[(String, String)]) -> String {
    let far = |id: &str, asked: &str| {
        let (id, asked) = (id.to_lowercase(), asked.to_lowercase());
        let most = asked.chars().count() / 3;
        let within = asked.chars().count() > 2 && (id.contains(&asked) || asked.contains(&id));
        if within { Some(0) } else { Some(strsim::levenshtein(&id, &asked)).filter(|slips| *slips <= most) }
    };
    let mut near: Vec<(usize, usize)> = Vec::new();
    for (place, (id, name)) in known.iter().enumerate() {
        let each = missing.iter().flat_map(|asked| [far(id, asked), far(name, asked)]).flatten();
        near.extend(each.min().map(|slips| (slips, place)));
    }
    near.sort_unstable();
    let (word, places): (&str, Vec<usize>) = match near.is_empty() {
        true => ("for example", (0..known.len()).collect()),
        false => ("perhaps", near.into_iter().map(|(_, place)| place).collect()),
    };
    let mut seen = BTreeSet::new();
    let named: Vec<String> = places
        .into_iter()
        .filter_map(|place| known.get(place))
        .filter(|(id, _)| seen.insert(id))
        .take(NAMED)
        .map(|(id, name)| if id == name { id.clone() } else { format!("{id} ({name})") })
        .collect();
    format!("{word} {}", named.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(ids: &[&str]) -> (Vec<String>, String) {
        let known =
            [("lukashenko", "Alexander Lukashenko"), ("putin", "Vladimir Putin"), ("Ann Lind", "Ann Lind")];
        let known = known.map(|(id, name)| (id.to_string(), name.to_string()));
        let ids: Vec<String> = ids.iter().map(|id| id.to_string()).collect();
        let (found, warning) = wanted(&ids, &known, "integration");
        (found, warning.unwrap_or_default())
    }

    #[test]
    fn who_is_not_there_is_told_with_those_who_are() {
        assert_eq!(
            asked(&["putin", "lukashenko"]),
            (vec!["putin".into(), "lukashenko".into()], String::new())
        );
        assert_eq!(asked(&["all"]), (vec!["all".into()], String::new()));
        let cases = [
            ("Putin", "perhaps putin (Vladimir Putin)"),
            ("lukashenka", "perhaps lukashenko (Alexander Lukashenko)"),
            ("lind", "perhaps Ann Lind"),
            ("nobody", "for example lukashenko (Alexander Lukashenko), putin (Vladimir Putin), Ann Lind"),
            ("", "for example lukashenko"),
        ];
        for (id, hint) in cases {
            let (found, warning) = asked(&[id]);
            assert!(
                found.is_empty() && warning.contains("those who speak most are drawn instead"),
                "{warning}"
            );
            assert!(warning.contains(hint), "{id}: {warning}");
        }
        let (found, warning) = asked(&["putin", "nobody"]);
        assert_eq!(found, ["putin"]);
        assert!(warning.contains("“nobody” has a score on integration, the others are drawn"), "{warning}");
        let none = wanted(&["putin".into()], &[], "integration").1.unwrap();
        assert!(none.ends_with("nobody has one"), "{none}");
    }
}
