//! The npm packages: exactly those of package-lock.json, installed again only when that changes.

use crate::process::quiet;
use crate::steps::{Did, fingerprint, is_current, remember, step};
use crate::{Result, root, tools};

/// Installs the npm packages.
pub fn install() -> Result<()> {
    step("npm packages", || {
        tools::node()?;
        let modules = root().join("node_modules");
        // The stamp lies where the packages lie: without them it is gone too.
        let stamp = modules.join(".xtask-stamp");
        let lock = fingerprint(&[root().join("package-lock.json")], &[])?;
        if is_current(&stamp, &lock, &[]) {
            return Ok(Did::Nothing);
        }
        quiet(tools::npm()?.arg("ci").current_dir(root()))?;
        remember(&stamp, &lock)?;
        Ok(Did::Work(String::new()))
    })
}
