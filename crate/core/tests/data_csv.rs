//! CSV texts as people have them, and what is said about those that cannot be read.

use bce_core::data::csv::{
    CsvOptions, Decimal, Delimiter, Header, Label, MAX_TEXT_BYTES, Missing, overview, parse,
};
use bce_core::data::{Dataset, MAX_FEATURES};
use bce_core::{Error, ErrorKind};

fn read(text: &str) -> Dataset {
    parse(text, &CsvOptions::default()).unwrap_or_else(|error| panic!("{text:?}: {error}"))
}

fn refused_with(text: &str, options: &CsvOptions) -> Error {
    let error = parse(text, options).expect_err(text);
    assert_eq!(error.kind, ErrorKind::ValueError);
    error
}

fn refused(text: &str) -> Error {
    refused_with(text, &CsvOptions::default())
}

fn with_label(label: Label) -> CsvOptions {
    CsvOptions { label, ..Default::default() }
}

fn with_positive(positive: &str) -> CsvOptions {
    CsvOptions { positive: Some(positive.into()), ..Default::default() }
}

#[test]
fn a_plain_file_is_read() {
    let data = read("a,b,y\n1,2.5,0\n-3,4e-1,1\n");
    assert_eq!(data.inputs, [1.0, 2.5, -3.0, 0.4]);
    assert_eq!(data.targets, [0.0, 1.0]);
    assert_eq!((data.rows, data.features, data.outputs), (2, 2, 1));
    assert_eq!(data.feature_names, ["a", "b"]);
    assert_eq!(data.target_names, ["0", "1"]);
    assert_eq!(data.check(), Ok(()));
}

#[test]
fn ways_of_writing_the_same_table_give_the_same_data() {
    let plain = read("a,b,y\n1,2,no\n3,4,yes\n");
    let others = [
        "a,b,y\r\n1,2,no\r\n3,4,yes\r\n",
        "a,b,y\r1,2,no\r3,4,yes",
        "\u{feff}a,b,y\n1,2,no\n3,4,yes\n",
        "\n\na,b,y\n\n1,2,no\n \n3,4,yes\n,,\n\n",
        "a;b;y\n1;2;no\n3;4;yes\n",
        "a\tb\ty\n1\t2\tno\n3\t4\tyes\n",
        "\"a\",\"b\",\"y\"\n\"1\",\"2\",\"no\"\n\"3\",\"4\",\"yes\"\n",
        " a , b,y \n +1.0, 2e0 ,no\n3 ,\t4,yes ",
    ];
    for text in others {
        assert_eq!(read(text), plain, "{text:?}");
    }
}

#[test]
fn a_first_row_of_numbers_is_no_header() {
    let data = read("1,2,no\n3,4,yes\n");
    assert_eq!(data.rows, 2);
    assert_eq!(data.feature_names, ["x1", "x2"]);
    let data = parse(
        "2019,2020,y\n1,2,no\n3,4,yes\n",
        &CsvOptions { header: Header::Present, ..Default::default() },
    );
    assert_eq!(data.unwrap().feature_names, ["2019", "2020"]);
    let named = with_label(Label::Name("y".into()));
    assert_eq!(parse("2019,2020,y\n1,2,no\n3,4,yes\n", &named).unwrap().rows, 2);
}

#[test]
fn a_mistake_in_the_first_row_is_not_taken_for_a_header() {
    let error = refused("1,2x,no\n3,4,yes\n");
    assert_eq!(error.path.as_deref(), Some("line 1, column 2"));
    let options = CsvOptions { header: Header::Absent, ..Default::default() };
    let error = refused_with("a,b,y\n1,2,no\n3,4,yes\n", &options);
    assert_eq!(error.path.as_deref(), Some("line 1, column 1"));
}

#[test]
fn the_label_is_chosen_by_name_or_by_index() {
    let text = "y,a,b\nno,1,2\nyes,3,4\n";
    for label in [Label::Name("y".into()), Label::Index(0)] {
        let data = parse(text, &with_label(label)).unwrap();
        assert_eq!(data.inputs, [1.0, 2.0, 3.0, 4.0]);
        assert_eq!(data.targets, [0.0, 1.0]);
        assert_eq!(data.feature_names, ["a", "b"]);
    }
}

#[test]
fn a_label_column_that_is_not_there_is_answered_with_those_that_are() {
    let text = "a,b,b\n1,2,0\n3,4,1\n";
    let says = |label: Label, words: &str| {
        let error = refused_with(text, &with_label(label));
        assert_eq!(error.path.as_deref(), Some("label"));
        assert!(error.message.contains(words), "{error}");
    };
    says(Label::Name("c".into()), r#""a", "b", "b""#);
    says(Label::Name("b".into()), "columns 2 and 3");
    says(Label::Index(3), "3 columns, counted from 0");
    let error = refused_with("1,2,0\n3,4,1\n", &with_label(Label::Name("c".into())));
    assert!(error.message.contains("holds no names"), "{error}");
}

#[test]
fn names_that_are_missing_or_equal_are_told_apart() {
    let data = read(",x,x,x (column 3),\"two\nlines\",y\n1,2,3,4,5,0\n1,2,3,4,5,1\n");
    assert_eq!(
        data.feature_names,
        ["column 1", "x", "x (column 3)", "x (column 3) (column 4)", "two lines"]
    );
    let long = "n".repeat(5000);
    let data = read(&format!("{long},y\n1,0\n2,1\n"));
    assert_eq!(data.feature_names[0].chars().count(), 101);
    let equal = format!("{}y\n{}0\n{}1\n", "x,".repeat(4096), "1,".repeat(4096), "1,".repeat(4096));
    assert_eq!(read(&equal).feature_names[4095], "x (column 4096)");
}

#[test]
fn the_positive_label_is_1_the_greater_or_the_later_in_the_alphabet() {
    let names = |labels: [&str; 2]| {
        let data = read(&format!("a,y\n1,{}\n2,{}\n", labels[0], labels[1]));
        let first_is_positive = data.targets[0] == 1.0;
        assert_eq!(data.target_names[usize::from(first_is_positive)], labels[0]);
        data.target_names[1].clone()
    };
    assert_eq!(names(["1", "0"]), "1");
    assert_eq!(names(["-1", "1"]), "1");
    assert_eq!(names(["10", "9"]), "10");
    assert_eq!(names(["yes", "no"]), "yes");
    assert_eq!(names(["true", "false"]), "true");
    assert_eq!(names(["M", "B"]), "M");
}

#[test]
fn the_positive_label_can_be_said() {
    let text = "a,y\n1,yes\n2,no\n";
    assert_eq!(parse(text, &with_positive("no")).unwrap().targets, [0.0, 1.0]);
    let error = refused_with(text, &with_positive("maybe"));
    assert_eq!(error.path.as_deref(), Some("positive"));
    assert!(error.message.contains(r#""no" (1), "yes" (1)"#), "{error}");
}

#[test]
fn spellings_of_a_number_are_one_label() {
    let data = parse("a,y\n1,1\n2,1.0\n3,0\n4,0.0\n", &with_positive("1.00")).unwrap();
    assert_eq!(data.targets, [1.0, 1.0, 0.0, 0.0]);
    assert_eq!(data.target_names, ["0", "1"]);
}

#[test]
fn of_three_labels_the_positive_one_must_be_said() {
    let text = "a,y\n1,red\n2,green\n3,blue\n4,red\n";
    let error = refused(text);
    assert_eq!(error.path.as_deref(), Some("positive"));
    assert!(error.message.contains(r#""blue" (1), "green" (1), "red" (2)"#), "{error}");
    let data = parse(text, &with_positive("red")).unwrap();
    assert_eq!(data.targets, [1.0, 0.0, 0.0, 1.0]);
    assert_eq!(data.target_names, ["blue, green", "red"]);
}

#[test]
fn labels_of_one_class_or_of_a_hundred_are_refused() {
    let error = refused("a,y\n1,1\n2,1\n");
    assert_eq!(error.path.as_deref(), Some("label"));
    assert!(error.message.contains("two classes"), "{error}");
    let measured: String = (0..150).map(|row| format!("{row},{row}.5\n")).collect();
    let error = refused(&measured);
    assert_eq!(error.path.as_deref(), Some("line 101, column 2"));
    assert!(error.message.contains("more than 100 different labels"), "{error}");
}

#[test]
fn an_error_names_line_column_cell_and_what_to_do() {
    let text = "sepal,petal,y\n1,2,0\n1,2,1\n1,2,0\n1,2,1\n1,2,0\n1,abc,1\n1,2,0\n";
    let error = refused(text);
    assert_eq!(error.path.as_deref(), Some("line 7, column 2"));
    for words in [r#"column "petal""#, r#""abc" is not a number"#, "must be numeric"] {
        assert!(error.message.contains(words), "{error}");
    }
}

#[test]
fn a_quoted_newline_does_not_shift_the_reported_line() {
    let places = [
        ("a,b,y\n1,2,\"n\no\"\n3,4,yes\n5,x,yes\n", "line 5, column 2"),
        ("\"a\r\nb\",c,y\r\n1,x,no\r\n3,4,yes\r\n", "line 3, column 2"),
        ("y,a\n\"n\n\no\",x\nyes,1\n", "line 4, column 2"),
        ("a,b,y\r\r\r1,2,0\r\r1,x,1\r", "line 6, column 2"),
        ("a,b,y\n1,2,0\n , ,\n1,x,1\n", "line 4, column 2"),
    ];
    for (text, place) in places {
        let options = CsvOptions { positive: Some("yes".into()), ..Default::default() };
        let label = if text.starts_with('y') { Label::Index(0) } else { Label::Last };
        let error = refused_with(text, &CsvOptions { label, ..options });
        assert_eq!(error.path.as_deref(), Some(place), "{text:?}: {error}");
    }
}

#[test]
fn cells_without_a_number_say_why() {
    let says = |cell: &str, words: &str| {
        let error = refused(&format!("a,b,y\n1,2,0\n3,{cell},1\n"));
        assert_eq!(error.path.as_deref(), Some("line 3, column 2"), "{cell}: {error}");
        assert!(error.message.contains(words), "{cell}: {error}");
    };
    says("", "the cell is empty");
    says("  ", "the cell is empty");
    says("NA", "missing value");
    says("nan", "missing value");
    says("?", "missing value");
    says("inf", "not finite");
    says("-Infinity", "not finite");
    says("1e400", "beyond float32");
    says("-3.5e38", "beyond float32");
    says("\"1,5\"", "written like 1.5");
    says("1_000", "not a number");
    says("0x10", "not a number");
    says("\"1\n2\"", "closing quote missing");
    says(&"9x".repeat(2000), &format!("\"{}…\"", "9x".repeat(16)));
}

#[test]
fn a_missing_label_is_a_missing_cell() {
    for (cell, words) in [("", "the label is empty"), ("NaN", "missing label")] {
        let error = refused(&format!("a,y\n1,0\n2,1\n3,{cell}\n"));
        assert_eq!(error.path.as_deref(), Some("line 4, column 2"));
        assert!(error.message.contains(words), "{error}");
    }
}

#[test]
fn rows_of_another_length_are_named_by_their_line() {
    let error = refused("a,b,y\n1,2,0\n\n1,2\n1,2,1\n");
    assert_eq!(error.path.as_deref(), Some("line 4"));
    assert!(error.message.contains("has 2 cells, the first one has 3"), "{error}");
    assert_eq!(refused("a,y\n1,0\n\"2\n3\",1,\n").path.as_deref(), Some("line 3"));
}

#[test]
fn a_quote_that_is_left_open_is_found_where_it_opens() {
    let error = refused("a,b,y\n1,2,0\n3,\"4,1\n5,6,0\n");
    assert_eq!(error.path.as_deref(), Some("line 3, column 2"));
    assert!(error.message.contains("never closed"), "{error}");
    let error = refused("a,b,y\n1,\"2\"2,0\n3,4,1\n");
    assert_eq!(error.path.as_deref(), Some("line 2, column 2"));
    assert!(error.message.contains("after the closing quote"), "{error}");
}

#[test]
fn too_little_is_refused() {
    for text in ["", "\u{feff}", "\n\r\n", " \n,,\n"] {
        assert!(refused(text).message.contains("empty"), "{text:?}");
    }
    assert!(refused("a\n1\n2\n").message.contains("one column"));
    for (text, rows) in [("a,y\n1,0\n", "has 1"), ("a,y\n", "has 0"), ("1,0\n", "has 1")] {
        assert!(refused(text).message.contains(rows), "{text:?}");
    }
}

#[test]
fn too_much_is_refused_before_it_is_read() {
    let wide = format!("{}0\n{}1\n", "1,".repeat(MAX_FEATURES), "1,".repeat(MAX_FEATURES));
    assert_eq!(read(&wide).features, MAX_FEATURES);
    let error = refused(&format!("1,{wide}"));
    assert_eq!(error.path.as_deref(), Some("line 1, column 4098"));
    let error = refused(&" ".repeat(MAX_TEXT_BYTES + 1));
    assert!(error.message.contains("at most 32"), "{error}");
    let error = refused(&format!("a,y\n\"{}\",0\n", "1".repeat(20_000)));
    assert!(error.message.contains("more than 10000 bytes"), "{error}");
}

#[test]
fn a_file_that_is_not_text_is_said_to_be_none() {
    let utf16 = "a,y\n1,0\n2,1\n".chars().map(|c| format!("{c}\0")).collect::<String>();
    let error = refused(&utf16);
    assert_eq!(error.path.as_deref(), Some("line 1"));
    assert!(error.message.contains("UTF-8"), "{error}");
}

#[test]
fn the_delimiter_is_the_one_that_cuts_all_rows_alike() {
    // A decimal comma in every row: commas cut as often, but the first row tells.
    assert_eq!(read("a;b;y\n1,5;2;0\n1,5;2;1\n").inputs, [1.5, 2.0, 1.5, 2.0]);
    let data = read("a,\"b;c\",y\n1,2,0\n3,4,1\n");
    assert_eq!(data.feature_names, ["a", "b;c"]);
    // A row too short does not make a comma of a semicolon.
    assert_eq!(refused("a;b;y\n1;2;0\n1;2\n").path.as_deref(), Some("line 3"));
    let options = CsvOptions { delimiter: Delimiter::Semicolon, ..Default::default() };
    assert!(refused_with("a,b,y\n1,2,0\n", &options).message.contains("semicolon as delimiter"));
}

#[test]
fn a_delimiter_is_named_as_it_is_written() {
    assert_eq!(Delimiter::named("auto"), Ok(Delimiter::Auto));
    assert_eq!(Delimiter::named("\t"), Ok(Delimiter::Tab));
    assert_eq!(Delimiter::named("|").unwrap_err().path.as_deref(), Some("delimiter"));
}

fn options() -> CsvOptions {
    CsvOptions::default()
}

#[test]
fn decimal_commas_are_understood_where_something_else_cuts_the_cells() {
    let plain = read("a,b,y\n1.5,-0.25,0\n2,30.125,1\n");
    for text in [
        "a;b;y\n1,5;-0,25;0\n2;30,125;1\n",
        "a\tb\ty\r\n1,5\t-,25\t0\r\n2,0\t3,0125e1\t1\r\n",
        "\"a\";\"b\";\"y\"\n\"1,5\";\"-0,25\";\"0\"\n\"2\";\"30,125\";\"1\"\n",
    ] {
        assert_eq!(read(text), plain, "{text:?}");
    }
    // A first row of such numbers is no header, and such labels are numbers.
    let data = read("1,5;0,5\n2,5;1,5\n");
    assert_eq!((data.rows, data.targets), (2, vec![0.0, 1.0]));
    assert_eq!(parse("1,5;1,0\n2;0\n3;1\n", &with_positive("0")).unwrap().targets, [0.0, 1.0, 0.0]);
}

#[test]
fn what_may_be_thousands_is_not_taken_for_a_decimal_comma() {
    let error = refused("a;y\n1,500;0\n2,250;1\n");
    assert_eq!(error.path.as_deref(), Some("line 2, column 1"));
    let comma = CsvOptions { decimal: Decimal::Comma, ..options() };
    assert_eq!(parse("a;y\n1,500;0\n2,250;1\n", &comma).unwrap().inputs, [1.5, 2.25]);
    // The fewer cells are the mistake.
    let error = refused("a;y\n1,5;0\n2,5;1\n3.5;0\n");
    assert_eq!(error.path.as_deref(), Some("line 4, column 1"));
    assert!(error.message.contains("written like 1,5"), "{error}");
    let point = CsvOptions { decimal: Decimal::Point, ..options() };
    let error = refused_with("a;y\n1,5;0\n2,5;1\n", &point);
    assert_eq!(error.path.as_deref(), Some("line 2, column 1"));
    // Between commas a comma is none.
    let error = refused("a,b,y\n1,\"2,5\",0\n3,4,1\n");
    assert_eq!(error.path.as_deref(), Some("line 2, column 2"));
}

#[test]
fn inputs_can_be_chosen_and_other_columns_hold_anything() {
    let text = "name,a,note,b,y\nAnn,1,x,2,0\nBob,3,,4,1\n";
    let some = |features: &[usize]| CsvOptions { features: Some(features.to_vec()), ..options() };
    let data = parse(text, &some(&[3, 1])).unwrap();
    assert_eq!(data.inputs, [1.0, 2.0, 3.0, 4.0]);
    assert_eq!(data.feature_names, ["a", "b"]);
    assert_eq!(data.check(), Ok(()));
    let unnamed = parse(
        "k,1,0,2\nl,3,1,4\n",
        &CsvOptions { header: Header::Absent, label: Label::Index(2), ..some(&[1, 3]) },
    );
    assert_eq!(unnamed.unwrap().feature_names, ["x2", "x3"]);
    for (features, words) in
        [(&[4][..], "is the label's"), (&[9], "has 5 columns"), (&[], "one column")]
    {
        let error = refused_with(text, &some(features));
        assert_eq!(error.path.as_deref(), Some("features"));
        assert!(error.message.contains(words), "{error}");
    }
}

#[test]
fn rows_with_missing_values_are_refused_left_out_or_kept() {
    let text = "a,b,y\n1,2,0\n,4,1\n5,6,\n7,NA,1\n9,10,1\n,,odd\n";
    let options = |missing| CsvOptions { missing, ..Default::default() };
    assert_eq!(refused(text).path.as_deref(), Some("line 3, column 1"));
    let data = parse(text, &options(Missing::Drop)).unwrap();
    assert_eq!(data.inputs, [1.0, 2.0, 9.0, 10.0]);
    assert_eq!(data.targets, [0.0, 1.0]);
    assert_eq!(data.target_names, ["0", "1"]);
    let kept = "a,b,y\n1,2,0\n,4,1\n7,NA,1\n";
    let data = parse(kept, &options(Missing::Keep)).unwrap();
    let bits = |values: &[f32]| values.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
    assert_eq!(bits(&data.inputs), bits(&[1.0, 2.0, f32::NAN, 4.0, 7.0, f32::NAN]));
    assert_eq!(data.targets, [0.0, 1.0, 1.0]);
    let error = refused_with(text, &options(Missing::Keep));
    assert_eq!(error.path.as_deref(), Some("line 4, column 3"));
    let error = refused_with("a,y\n1,0\n,1\n", &options(Missing::Drop));
    assert_eq!(error.path.as_deref(), Some("missing"));
    // What is not missing but wrong stays an error.
    let error = refused_with("a,b,y\n1,2,0\n,x,1\n5,6,1\n", &options(Missing::Drop));
    assert_eq!(error.path.as_deref(), Some("line 3, column 2"));
}

#[test]
fn an_overview_says_what_the_columns_hold() {
    let text = "name;a;b;y\nAnn;1,5;;yes\n\nBob;2,5;4;no\nCy;x;NA;no\n";
    let seen = overview(text, &options(), |cell| cell.parse().ok()).unwrap();
    assert_eq!((seen.delimiter, seen.header, seen.decimal_comma, seen.rows), (';', true, true, 3));
    let columns: Vec<_> = seen.columns.iter().map(|c| (c.numbers, c.words, c.missing)).collect();
    assert_eq!(columns, [(0, 3, 0), (2, 1, 0), (1, 0, 2), (0, 3, 0)]);
    assert_eq!(seen.columns[3].name, "y");
    assert_eq!(seen.columns[3].values, ["yes", "no"]);
    assert_eq!(seen.first_rows[0], ["Ann", "1,5", "", "yes"]);
    let places = [(2, "line 2, column 3".to_owned()), (2, "line 5, column 3".to_owned())];
    assert_eq!(seen.missing, places);
    let many: String = (0..50).map(|row| format!("{row},{}\n", row % 2)).collect();
    let seen = overview(&many, &options(), |cell| cell.parse().ok()).unwrap();
    assert_eq!((seen.header, seen.rows, seen.first_rows.len()), (false, 50, 6));
    assert!(seen.columns[0].values.is_empty());
    assert_eq!(seen.columns[1].values, ["0", "1"]);
    assert!(overview("a,b\n1\n", &options(), |cell| cell.parse().ok()).is_err());
}
