//! The data sets that are shipped: Fisher's iris and the Wisconsin diagnostic breast cancer set.
//!
//! Their text is a CSV file with a header in `data/`, every number as scikit-learn's copy has it.
//! The crate holds the text only with the feature `datasets`; the browser loads it as a file of its
//! own and hands it to [`from_csv`], so that the wasm does not grow by it.

use crate::data::csv::{CsvOptions, Delimiter, Header, Label, parse};
use crate::data::{Dataset, unknown_name};
use crate::error::{Error, Result};

/// The names that [`from_csv`] and `load` know.
pub const NAMES: [&str; 2] = ["iris", "breast_cancer"];

/// Iris: 150 flowers, 50 of each of three species, (150, 4) lengths and widths in centimetres.
/// One species is told from the other two.
pub mod iris {
    /// Who measured, and where the numbers come from.
    pub const SOURCE: &str = "R. A. Fisher: The use of multiple measurements in taxonomic problems. \
        Annals of Eugenics 7 (1936); UCI Machine Learning Repository, doi:10.24432/C56C76. \
        scikit-learn's copy, which follows Fisher's paper in the two rows where UCI's does not";
    /// The terms under which the set may be passed on.
    pub const LICENCE: &str = "CC BY 4.0 (UCI Machine Learning Repository); \
        scikit-learn's copy is part of a BSD-3-Clause package";
    /// The species that is the positive class unless another is named.
    pub const POSITIVE: &str = "virginica";
    /// All three, in the order of the rows.
    pub const SPECIES: [&str; 3] = ["setosa", "versicolor", "virginica"];
}

/// Wisconsin diagnostic breast cancer: 569 tumours, (569, 30) mean, standard error and worst value
/// of ten measurements of cell nuclei in a picture; 212 malignant, 357 benign.
///
/// The target is 1 for malignant, the class that a test looks for. scikit-learn's own encoding is
/// the other way round: its `target` is 0 for malignant and 1 for benign.
pub mod breast_cancer {
    /// Who measured, and where the numbers come from.
    pub const SOURCE: &str = "W. H. Wolberg, W. N. Street, O. L. Mangasarian: Breast Cancer \
        Wisconsin (Diagnostic) (1995), UCI Machine Learning Repository, doi:10.24432/C5DW2B. \
        scikit-learn's copy";
    /// The terms under which the set may be passed on.
    pub const LICENCE: &str = "CC BY 4.0 (UCI Machine Learning Repository); \
        scikit-learn's copy is part of a BSD-3-Clause package";
    /// The diagnosis that is the positive class unless the other is named.
    pub const POSITIVE: &str = "malignant";
}

/// The shipped set of this name from its own text, the contents of `data/<name>.csv`. `positive`
/// is the class with target 1: a species for iris, a diagnosis for breast_cancer.
///
/// # Errors
/// A `ValueError` at `name`; at `positive`, with the classes that there are; and for a text that is
/// not the whole of that file.
pub fn from_csv(name: &str, text: &str, positive: Option<&str>) -> Result<Dataset> {
    let (shape, default) = match name {
        "iris" => ((150, 4), iris::POSITIVE),
        "breast_cancer" => ((569, 30), breast_cancer::POSITIVE),
        _ => return Err(unknown_name(name, &NAMES)),
    };
    let options = CsvOptions {
        header: Header::Present,
        delimiter: Delimiter::Comma,
        label: Label::Last,
        positive: Some(positive.unwrap_or(default).to_string()),
        ..CsvOptions::default()
    };
    let data = parse(text, &options)?;
    if (data.rows, data.features) != shape {
        let message = format!(
            "the text of {name} is not complete: it has {} rows of {} features instead of {} of {}",
            data.rows, data.features, shape.0, shape.1
        );
        return Err(Error::value(message));
    }
    Ok(Dataset { name: name.to_string(), ..data })
}

/// The shipped set of this name; see [`from_csv`].
///
/// # Errors
/// A `ValueError` at `name` or `positive`.
#[cfg(any(test, feature = "datasets"))]
pub fn load(name: &str, positive: Option<&str>) -> Result<Dataset> {
    let text = match name {
        "iris" => include_str!("../../data/iris.csv"),
        "breast_cancer" => include_str!("../../data/breast_cancer.csv"),
        _ => return Err(unknown_name(name, &NAMES)),
    };
    from_csv(name, text, positive)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column_sum(data: &Dataset, column: usize) -> f64 {
        data.inputs.chunks(data.features).map(|row| f64::from(row[column])).sum()
    }

    #[test]
    fn iris_has_fisher_s_numbers_and_virginica_is_positive() {
        let data = load("iris", None).unwrap();
        assert_eq!((data.rows, data.features, data.outputs), (150, 4, 1));
        assert_eq!(data.name, "iris");
        assert_eq!(data.inputs[..4], [5.1, 3.5, 1.4, 0.2]);
        assert_eq!(data.inputs[149 * 4..], [5.9, 3.0, 5.1, 1.8]);
        // The rows in which UCI's copy has other numbers than the paper.
        assert_eq!(data.inputs[34 * 4..35 * 4], [4.9, 3.1, 1.5, 0.2]);
        assert_eq!(data.inputs[37 * 4..38 * 4], [4.9, 3.6, 1.4, 0.1]);
        // numpy's sums of scikit-learn's columns.
        for (column, sum) in [876.5, 458.6, 563.7, 179.9].into_iter().enumerate() {
            assert!((column_sum(&data, column) - sum).abs() < 1e-4);
        }
        assert!(data.targets[..100].iter().all(|&target| target == 0.0));
        assert!(data.targets[100..].iter().all(|&target| target == 1.0));
        assert_eq!(data.target_names, ["setosa, versicolor", "virginica"]);
        assert_eq!(data.feature_names[3], "petal width (cm)");
    }

    #[test]
    fn every_species_can_be_the_positive_one() {
        for (at, species) in iris::SPECIES.into_iter().enumerate() {
            let data = load("iris", Some(species)).unwrap();
            let positives: Vec<usize> = (0..150).filter(|&row| data.targets[row] == 1.0).collect();
            assert_eq!(positives, (50 * at..50 * at + 50).collect::<Vec<_>>());
            assert_eq!(data.target_names[1], species);
        }
    }

    #[test]
    fn malignant_is_the_positive_diagnosis() {
        let data = load("breast_cancer", None).unwrap();
        assert_eq!((data.rows, data.features, data.outputs), (569, 30, 1));
        assert_eq!(data.targets.iter().filter(|&&target| target == 1.0).count(), 212);
        assert_eq!(data.target_names, ["benign", "malignant"]);
        assert_eq!((data.inputs[0], data.inputs[29], data.targets[0]), (17.99, 0.1189, 1.0));
        assert_eq!(data.targets[568], 0.0);
        let other = load("breast_cancer", Some("benign")).unwrap();
        assert_eq!(other.targets.iter().sum::<f32>(), 357.0);
        assert_eq!(other.inputs, data.inputs);
    }

    #[test]
    fn standardised_it_is_what_scikit_learn_s_standard_scaler_gives() {
        use crate::data::{SplitOptions, split};
        let options = SplitOptions { train_size: 1.0, standardize: true, ..Default::default() };
        let split = split(&load("breast_cancer", None).unwrap(), &options).unwrap();
        // StandardScaler 1.9 on the float32 values, in float64, rounded to float32.
        let near = |got: &[f32], expected: [(usize, f32); 3]| {
            for (at, value) in expected {
                assert!((got[at] / value - 1.0).abs() < 2e-7, "{} {value}", got[at]);
            }
        };
        let last = 568 * 30 + 29;
        near(&split.mean.unwrap(), [(0, 14.127292), (3, 654.8891), (29, 0.08394582)]);
        near(&split.std.unwrap(), [(0, 3.5209508), (3, 351.60477), (29, 0.01804539)]);
        near(&split.inputs, [(0, 1.0970639), (3, 0.9843749), (last, -0.75120664)]);
    }

    #[test]
    fn another_species_or_set_is_refused_with_those_that_there_are() {
        let error = load("iris", Some("rose")).unwrap_err();
        assert_eq!(error.path.as_deref(), Some("positive"));
        for species in iris::SPECIES {
            assert!(error.message.contains(species), "{error}");
        }
        let error = load("wine", None).unwrap_err();
        assert_eq!(error.path.as_deref(), Some("name"));
        assert!(error.message.contains("iris, breast_cancer"), "{error}");
    }

    #[test]
    fn a_truncated_text_is_not_taken_for_the_set() {
        let text = include_str!("../../data/iris.csv");
        let end = text.find("\n5.9,3,5.1").unwrap();
        let error = from_csv("iris", &text[..end], None).unwrap_err();
        assert!(error.message.contains("149 rows"), "{error}");
    }
}
