//! Running other programs.

use crate::{Result, root};
use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// `cargo`, in the repository's root: the one that runs xtask.
pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root());
    command
}

/// `cargo` for a wasm build. An environment's RUSTFLAGS would replace those of
/// `.cargo/config.toml`, and SIMD128 with them.
pub fn cargo_for_wasm() -> Command {
    let mut command = cargo();
    command.env_remove("RUSTFLAGS").env_remove("CARGO_ENCODED_RUSTFLAGS");
    command
}

/// `node` with a script of the repository or of one of its packages.
pub fn node(script: &str) -> Command {
    let mut command = Command::new("node");
    command.arg(root().join(script)).current_dir(root());
    command
}

/// Runs a program to its end, without showing what it prints unless it fails.
///
/// # Errors
/// If it cannot be started or does not succeed: then with all that it printed.
pub fn quiet(command: &mut Command) -> Result<String> {
    let output = command.stdin(Stdio::null()).output().map_err(|e| not_started(command, &e))?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
    if output.status.success() {
        return Ok(text(&output.stdout));
    }
    let said = [text(&output.stdout), text(&output.stderr)].join("\n");
    Err(format!("{}\n`{}` failed: {}", said.trim(), shown(command), output.status))
}

/// Runs a program that shows its own progress and errors.
///
/// # Errors
/// If it cannot be started or does not succeed.
pub fn shown_as_it_runs(command: &mut Command) -> Result<()> {
    let status = command.stdin(Stdio::null()).status().map_err(|e| not_started(command, &e))?;
    if status.success() { Ok(()) } else { Err(format!("`{}` failed: {status}", shown(command))) }
}

/// Runs a program, shows what it prints as it comes, each line behind `margin`, and returns its standard
/// output and whether it succeeded.
///
/// # Errors
/// If it cannot be started.
pub fn recorded(command: &mut Command, margin: &str) -> Result<(String, bool)> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| not_started(command, &error))?;
    let mut all = String::new();
    let stdout = child.stdout.take().expect("the output is piped");
    for line in BufReader::new(stdout).split(b'\n') {
        let line = line.map_err(|error| format!("`{}`: {error}", shown(command)))?;
        let line = String::from_utf8_lossy(&line);
        println!("{margin}{line}");
        all.push_str(&line);
        all.push('\n');
    }
    let status = child.wait().map_err(|error| format!("`{}`: {error}", shown(command)))?;
    Ok((all, status.success()))
}

/// Where the PATH has a program of one of these names.
pub fn find(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    names.iter().find_map(|name| {
        let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
        folders.iter().map(|folder| folder.join(&file)).find(|path| path.is_file())
    })
}

fn not_started(command: &Command, error: &std::io::Error) -> String {
    format!("`{}` could not be started: {error}", shown(command))
}

/// The command as one would type it, programs and scripts without their folders.
fn shown(command: &Command) -> String {
    let short = |word: &OsStr| match Path::new(word).strip_prefix(root()) {
        Ok(inside) => inside.to_string_lossy().into_owned(),
        Err(_) => word.to_string_lossy().into_owned(),
    };
    let program = Path::new(command.get_program()).file_name().unwrap_or_default();
    std::iter::once(program).chain(command.get_args()).map(short).collect::<Vec<_>>().join(" ")
}
