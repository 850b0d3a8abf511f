//! The data sets that the npm package ships, from crate/core/data/*.csv to modules in npm/data: pages
//! and Node import them alike, with no file to fetch and no loader.

use crate::steps::{Did, read, step, write_if_changed};
use crate::{Result, root};
use std::fs;
use std::path::{Path, PathBuf};

/// Writes one module for each CSV file, and removes those whose CSV file is gone.
pub fn generate() -> Result<()> {
    step("data sets", || {
        let folder = root().join("npm/data");
        let sources = files_in(&root().join("crate/core/data"), "csv");
        let mut changed = false;
        let mut modules = Vec::new();
        for source in &sources {
            let module = folder.join(source.with_extension("js").file_name().unwrap_or_default());
            changed |= write_if_changed(&module, module_text(source)?.as_bytes())?;
            modules.push(module);
        }
        for stale in files_in(&folder, "js").iter().filter(|file| !modules.contains(file)) {
            fs::remove_file(stale).map_err(|error| format!("{}: {error}", stale.display()))?;
            changed = true;
        }
        Ok(if changed { Did::Work(format!("{} files", sources.len())) } else { Did::Nothing })
    })
}

fn module_text(source: &Path) -> Result<String> {
    let text = String::from_utf8(read(source)?)
        .map_err(|_| format!("{} is not UTF-8.", source.display()))?;
    let name = source.file_name().unwrap_or_default().to_string_lossy();
    // A JSON string is a JavaScript string.
    let literal = serde_json::Value::String(text);
    Ok(format!(
        "// Generated from crate/core/data/{name} by `cargo xtask build`.\n\n\
         /** @type {{string}} */\nconst text = {literal};\nexport default text;\n"
    ))
}

/// The files of a folder with this extension, in a fixed order; none where there is no folder.
fn files_in(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let Ok(entries) = folder.read_dir() else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|found| found == extension))
        .collect();
    files.sort();
    files
}
