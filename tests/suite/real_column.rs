//! A real newspaper column, where it lies beside the repository. Its text is
//! not ours and stays out of it; without it this check says that it was skipped.

use crate::support::{err, out, repository, rows, stance};

#[test]
fn the_column_of_march_2019_is_read_as_a_careful_reader_would() {
    let folder = repository("../shared/articles");
    let article = "2019-03-01_russia-and-belarus-integration-talks-reach-deadlock";
    if !folder.join(format!("{article}.txt")).exists() {
        eprintln!("SKIPPED: the column of 1 March 2019 is not on this machine");
        return;
    }
    let output = stance(&["score", "-q", &folder.display().to_string()]);
    assert!(output.status.success(), "{}", err(&output));
    let table = rows(&out(&output));
    let by = |id: &str| -> Vec<_> { table.iter().filter(|row| row["actor_id"] == id).collect() };
    let number = |cell: &str| cell.parse::<f64>().ok();
    assert!(table.iter().all(|row| row["published"] == "2019-03-01"));

    for year in ["2003", "2009", "2013"] {
        let row = *by("lukashenko")
            .iter()
            .find(|row| row["said_from"] == format!("{year}-01-01"))
            .unwrap_or_else(|| panic!("no statement of {year}"));
        assert_eq!(row["said_precision"], "year");
        assert!(number(&row["sovereignty"]).unwrap() < 0.0 && number(&row["position"]).unwrap() > 0.0);
    }
    let sochi: Vec<_> = by("lukashenko").into_iter().filter(|row| row["said_from"] == "2019-02-13").collect();
    assert!(sochi.iter().all(|row| row["said_to"] == "2019-02-15"));
    let find = |word: &str| {
        *sochi.iter().find(|row| row["text"].contains(word)).unwrap_or_else(|| panic!("{word} in Sochi"))
    };
    let icon = find("icon");
    assert!(number(&icon["sovereignty"]).unwrap() > 0.0 && number(&icon["position"]).unwrap() < 0.0);
    assert!(find("relative").get("text").unwrap().contains("Independence"));
    assert!(find("will of the peoples")["integration_hits"] != "0");
    find("unification");

    assert_eq!(by("lavrov").len(), 1);
    assert!(number(&by("lavrov")[0]["position"]).unwrap() < 0.0);
    for id in ["rapota", "babich"] {
        assert_eq!(by(id).len(), 1, "{id}");
        assert!(number(&by(id)[0]["position"]).unwrap() > 0.0);
    }
    assert_eq!(by("semashko").len(), 1);
    assert!(number(&by("semashko")[0]["position"]).unwrap_or(0.0) < 0.5);
    assert!(by("(author)").len() > 15);
    for word in ["Related article", "Original url", "views expressed", "Kremlin.ru", "Yuri Tsarik"] {
        assert!(table.iter().all(|row| !row["text"].contains(word)), "{word}");
    }
}

#[test]
fn the_columns_shift_is_reported_with_the_dates_it_gives() {
    let folder = repository("../shared/articles");
    let article = "2019-03-01_russia-and-belarus-integration-talks-reach-deadlock";
    if !folder.join(format!("{article}.txt")).exists() {
        eprintln!("SKIPPED: the column of 1 March 2019 is not on this machine");
        return;
    }
    let out = tempfile::tempdir().unwrap();
    let results = out.path().join("column").display().to_string();
    let input = folder.display().to_string();
    let output = stance(&["run", "-q", &input, "--compare", "2003..2013,2019", "--out", &results]);
    assert!(output.status.success(), "{}", err(&output));
    let table = std::fs::read_to_string(out.path().join("column/shifts.csv")).unwrap();
    let table = rows(&table);
    let mut found = table.iter().filter(|row| row["actor_id"] == "lukashenko" && row["axis"] == "position");
    let shift = found.next().expect("the shift is reported");
    assert!(shift["difference"].parse::<f64>().unwrap() < 0.0, "{shift:?}");
    assert_eq!((shift["said_a_from"].as_str(), shift["said_a_to"].as_str()), ("2003-01-01", "2013-12-31"));
    assert_eq!(shift["said_b_from"], "2019-02-13");
    // One column cannot prove it, and the sentence says so.
    assert_eq!((shift["n_a"].as_str(), shift["n_b"].as_str()), ("1", "1"));
    assert!(shift["finding"].contains("too few articles to detect"), "{}", shift["finding"]);
}
