//! What must be installed, checked before anything that needs it: Rust's wasm target (added when it is
//! missing), Node and npm. The browser, which only tests need, is in `browser.rs`.

use crate::Result;
use crate::process::{find, quiet};
use crate::steps::{Did, step};
use std::path::Path;
use std::process::Command;

/// The target of the wasm build.
pub const WASM: &str = "wasm32-unknown-unknown";

/// The oldest Node that Vite runs in.
const NODE: (u32, u32) = (20, 19);

/// Checks Rust, and adds the wasm target where it is missing.
pub fn rust() -> Result<()> {
    step("Rust and its wasm target", || {
        if has_wasm_target()? {
            return Ok(Did::Nothing);
        }
        if find(&["rustup"]).is_none() {
            return Err(format!(
                "Rust's target {WASM} is missing, and there is no rustup to add it: install Rust \
                 with rustup (https://rustup.rs), or the target from where your Rust came from."
            ));
        }
        quiet(Command::new("rustup").args(["target", "add", WASM]))?;
        Ok(Did::Work(format!("added {WASM}")))
    })
}

/// Whether the compiler in use has the target's standard library, whoever put it there.
fn has_wasm_target() -> Result<bool> {
    let mut rustc = Command::new("rustc");
    rustc.args(["--print", "target-libdir", "--target", WASM]);
    let folder = quiet(&mut rustc).map_err(|said| {
        format!(
            "{said}\nRust's compiler does not run: install Rust with rustup (https://rustup.rs)."
        )
    })?;
    let Ok(files) = Path::new(&folder).read_dir() else { return Ok(false) };
    Ok(files.flatten().any(|file| file.file_name().to_string_lossy().starts_with("libcore-")))
}

/// Checks Node and npm.
pub fn node() -> Result<()> {
    let advice = format!(
        "Node {}.{} or newer is needed: install it from https://nodejs.org or with your system's \
         packages.",
        NODE.0, NODE.1
    );
    let Some(node) = find(&["node"]) else {
        return Err(format!("There is no `node` on the PATH. {advice}"));
    };
    let version = quiet(Command::new(node).arg("--version"))?;
    match parse_version(&version) {
        Some(found) if found >= NODE => {}
        _ => return Err(format!("The `node` on the PATH is {version}. {advice}")),
    }
    match npm_program() {
        Some(_) => Ok(()),
        None => Err("There is no `npm` on the PATH: it comes with Node (https://nodejs.org); \
                     Debian and Ubuntu have it in a package of its own, `npm`."
            .to_owned()),
    }
}

/// npm, which is a script on Windows.
pub fn npm() -> Result<Command> {
    npm_program().map(Command::new).ok_or_else(|| "There is no `npm` on the PATH.".to_owned())
}

fn npm_program() -> Option<std::path::PathBuf> {
    if cfg!(windows) {
        let path = std::env::var_os("PATH")?;
        return std::env::split_paths(&path).map(|f| f.join("npm.cmd")).find(|f| f.is_file());
    }
    find(&["npm"])
}

/// Major and minor of a version as `node --version` prints it: `v20.20.2`.
fn parse_version(text: &str) -> Option<(u32, u32)> {
    let mut parts = text.trim().strip_prefix('v')?.split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn node_versions_compare_by_number_and_not_by_letter() {
        assert_eq!(parse_version("v20.20.2\n"), Some((20, 20)));
        assert!(parse_version("v20.9.0").unwrap() < NODE);
        assert!(parse_version("v20.19.0").unwrap() >= NODE);
        assert!(parse_version("v100.0.0").unwrap() > NODE);
        assert_eq!(parse_version("20"), None);
    }
}
