//! The npm packages: exactly those of package-lock.json, installed again only when that changes.

use crate::process::quiet;
use crate::steps::{Did, fingerprint, is_current, remember, step};
use crate::{Result, root, tools};
use std::path::Path;

/// Installs the repository's npm packages.
pub fn install() -> Result<()> {
    install_in("npm packages", &root())
}

/// Installs the npm packages of a folder's package-lock.json.
pub fn install_in(name: &str, folder: &Path) -> Result<()> {
    step(name, || {
        tools::node()?;
        // The stamp lies where the packages lie: without them it is gone too.
        let stamp = folder.join("node_modules/.xtask-stamp");
        let lock = fingerprint(&[folder.join("package-lock.json")], &[])?;
        if is_current(&stamp, &lock, &[]) {
            return Ok(Did::Nothing);
        }
        quiet(tools::npm()?.arg("ci").current_dir(folder))?;
        remember(&stamp, &lock)?;
        Ok(Did::Work(String::new()))
    })
}
