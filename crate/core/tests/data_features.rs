//! Derived inputs: what formulas compute, to the bit, and what is refused.

use bce_core::Result;
use bce_core::data::Features;
use bce_core::value::Value;

fn features(json: &str, columns: usize) -> Result<Features> {
    Features::required(&Value::from_json(json).expect("JSON"), columns)
}

/// One formula of one row.
fn computed(program: &str, row: &[f64]) -> f32 {
    let options = format!(r#"{{"formulas":[[{program}]]}}"#);
    features(&options, row.len()).expect("a program").of(row, 0)
}

#[test]
fn each_operation_computes_what_its_name_says() {
    let row: [f64; 3] = [0.75, -2.5, 3.0];
    let [a, b, c] = row;
    let cases = [
        (r#""x1""#, a),
        (r#""x2","x3","+""#, b + c),
        (r#""x2","x3","-""#, b - c),
        (r#""x2","x3","*""#, b * c),
        (r#""x2","x3","/""#, b / c),
        (r#""x2",2,"^""#, b * b),
        (r#""x1","x3","^""#, a.powf(c)),
        (r#""x2",-2,"^""#, b.powf(-2.0)),
        (r#""x2","x1","min""#, b),
        (r#""x1","x2","min""#, b),
        (r#""x2","x1","max""#, a),
        (r#""x1","neg""#, -a),
        (r#""x1","sin""#, a.sin()),
        (r#""x2","cos""#, b.cos()),
        (r#""x1","tanh""#, a.tanh()),
        (r#""x2","exp""#, b.exp()),
        (r#""x3","log""#, c.ln()),
        (r#""x3","sqrt""#, c.sqrt()),
        (r#""x2","abs""#, -b),
        (r#"1,2,3,"*","+""#, 7.0),
    ];
    for (program, expected) in cases {
        let (got, expected) = (computed(program, &row), expected as f32);
        assert!((got - expected).abs() <= expected.abs() * 1.2e-7, "{program}: {got} {expected}");
    }
}

#[test]
fn a_column_by_itself_comes_through_unchanged() {
    for x in [f32::MIN_POSITIVE, 1e-42, -0.1, 1.0 / 3.0, f32::MAX] {
        assert_eq!(computed(r#""x1""#, &[f64::from(x)]).to_bits(), x.to_bits());
    }
}

#[test]
fn min_and_max_let_a_nan_through_from_either_side() {
    for name in ["min", "max"] {
        for row in [[f64::NAN, 1.0], [1.0, f64::NAN]] {
            assert!(computed(&format!(r#""x1","x2","{name}""#), &row).is_nan());
        }
    }
}

#[test]
fn features_are_standardised_as_a_split_does_it() {
    let options = r#"{"formulas":[["x1","x2","*"],["x1"]],"mean":[1,2],"std":[4,0.5]}"#;
    let features = features(options, 2).expect("two formulas");
    assert_eq!(features.of_rows(&[3.0, 7.0, 2.0, 0.5]), [5.0, 2.0, 0.0, 0.0]);
    let plain = self::features(r#"{"mean":[1,2],"std":[4,0.5]}"#, 2).expect("no formulas");
    assert_eq!(plain.of_rows(&[3.0, 7.0]), [0.5, 10.0]);
}

#[test]
fn programs_that_cannot_be_computed_are_refused_with_their_place() {
    let deep = format!("[{}]", vec!["1"; 33].join(","));
    let long = format!(r#"[1{}]"#, r#","neg""#.repeat(256));
    let cases = [
        "[]",
        r#"["+"]"#,
        r#"["x1","+"]"#,
        r#"["x1","x2"]"#,
        r#"["x0"]"#,
        r#"["x3"]"#,
        r#"["x"]"#,
        r#"["x-1"]"#,
        r#"["x99999999999999999999"]"#,
        r#"["SIN"]"#,
        r#"["x1","constructor"]"#,
        "[null]",
        "[[1]]",
        "3",
        r#""x1""#,
        &deep,
        &long,
    ];
    for case in cases {
        let error = features(&format!(r#"{{"formulas":[["x1"],{case}]}}"#), 2).unwrap_err();
        assert_eq!(error.path.as_deref(), Some("formulas[1]"), "{case}");
    }
    for options in [
        "{}",
        r#"{"formulas":[]}"#,
        r#"{"formulas":"x1"}"#,
        r#"{"formulas":[["x1"]],"mean":[1]}"#,
        r#"{"formulas":[["x1"]],"mean":[1,2],"std":[1,2]}"#,
        r#"{"formulas":[["x1"]],"other":1}"#,
    ] {
        assert!(features(options, 2).is_err(), "{options}");
    }
}

#[test]
fn what_is_not_finite_is_named_by_formula_and_row() {
    let features = features(r#"{"formulas":[["x1"],["x2","log"]]}"#, 2).expect("two formulas");
    let error = features.of_data(&[1.0, 1.0, -1.0, 0.0]).unwrap_err();
    assert_eq!(error.path.as_deref(), Some("formulas[1]"));
    assert!(error.message.contains("row 1"), "{error}");
    assert_eq!(features.of_data(&[2.0, 1.0]).expect("log 1 is 0"), [2.0, 0.0]);
}

/// As for the pinned runs; the same file is read by the test in Node.
#[test]
fn every_formula_has_the_pinned_bits() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/core/bits/features.json");
    let text = std::fs::read_to_string(path).expect("features.json");
    let pinned = Value::from_json(&text).expect("JSON");
    let Some(Value::List(inputs)) = pinned.get("inputs") else { panic!("inputs") };
    let Some(Value::List(formulas)) = pinned.get("formulas") else { panic!("formulas") };
    let number = |x: &Value| match x {
        Value::Number(x) => *x as f32,
        _ => panic!("a number"),
    };
    let inputs: Vec<f32> = inputs.iter().map(number).collect();
    let program = |formula: &Value| formula.get("program").expect("a program").clone();
    let programs = Value::List(formulas.iter().map(program).collect());
    let features = Features::required(&Value::map([("formulas", programs)]), 2).expect("programs");
    let features = features.of_data(&inputs).expect("finite features");
    let bits: String = features.iter().map(|x| format!("{:08x}", x.to_bits())).collect();
    if std::env::var_os("UPDATE_BITS").is_some() {
        let line = |text: &str| format!("\"expected\":\"{text}\"");
        let Some(Value::Text(old)) = pinned.get("expected") else { panic!("a text") };
        std::fs::write(path, text.replace(&line(old), &line(&bits))).expect("a file");
        return;
    }
    assert!(matches!(pinned.get("expected"), Some(Value::Text(text)) if *text == bits));
}
