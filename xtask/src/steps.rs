//! Steps: a line for each with its time, and the stamps by which unchanged ones are skipped.

use crate::{Result, target};
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// What a step did.
pub enum Did {
    /// It did its work; the text (maybe empty) is worth knowing.
    Work(String),
    /// There was nothing to do.
    Nothing,
}

/// Runs a step and prints its line.
///
/// # Errors
/// The step's own, after a line that says that it failed.
pub fn step(name: &str, work: impl FnOnce() -> Result<Did>) -> Result<()> {
    // A first build takes a minute: at a terminal the running step is visible.
    let terminal = std::io::stdout().is_terminal();
    if terminal {
        print!("{name:<28}…\r");
        let _ = std::io::stdout().flush();
    }
    let start = Instant::now();
    let did = work();
    let time = seconds(start.elapsed());
    match did {
        Ok(Did::Work(note)) => println!("{}", format!("{name:<28}{time}  {note}").trim_end()),
        Ok(Did::Nothing) => println!("{name:<28}{time}  unchanged"),
        Err(message) => {
            println!("{name:<28}{time}  failed");
            return Err(message);
        }
    }
    Ok(())
}

/// `"   12.3 s"`, right-aligned, for columns.
pub fn seconds(duration: Duration) -> String {
    format!("{:>7.1} s", duration.as_secs_f64())
}

/// The hash of what a step depends on: files by their content, and texts (versions, options).
pub fn fingerprint(files: &[PathBuf], texts: &[&str]) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    texts.hash(&mut hasher);
    for file in files {
        file.hash(&mut hasher);
        read(file)?.hash(&mut hasher);
    }
    Ok(format!("{:016x}", hasher.finish()))
}

/// Whether the step with this stamp ran with these inputs, and what it wrote is still there.
pub fn is_current(stamp: &Path, fingerprint: &str, outputs: &[PathBuf]) -> bool {
    fs::read_to_string(stamp).is_ok_and(|old| old == fingerprint)
        && outputs.iter().all(|path| path.exists())
}

/// Remembers a step's inputs, once it has succeeded.
pub fn remember(stamp: &Path, fingerprint: &str) -> Result<()> {
    write_if_changed(stamp, fingerprint.as_bytes()).map(|_| ())
}

/// Where xtask keeps its stamps and what lies between two steps.
pub fn scratch(name: &str) -> PathBuf {
    target().join("xtask").join(name)
}

/// A file's bytes.
pub fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// Writes a file unless it holds these bytes already, so that nothing downstream wakes up for a
/// file that did not change. Returns whether it wrote.
///
/// The new file takes the old one's place at once: a server never reads half a file.
pub fn write_if_changed(path: &Path, bytes: &[u8]) -> Result<bool> {
    if fs::read(path).is_ok_and(|old| old == bytes) {
        return Ok(false);
    }
    let failed = |error: std::io::Error| format!("{}: {error}", path.display());
    let directory = path.parent().ok_or_else(|| format!("{}: no folder", path.display()))?;
    fs::create_dir_all(directory).map_err(failed)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let new = directory.join(format!(".{name}.new"));
    fs::write(&new, bytes).map_err(failed)?;
    fs::rename(&new, path).map_err(failed)?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_with_the_same_bytes_is_left_alone() {
        let path = std::env::temp_dir().join(format!("xtask-{}/file", std::process::id()));
        assert_eq!(write_if_changed(&path, b"a"), Ok(true));
        assert_eq!(write_if_changed(&path, b"a"), Ok(false));
        assert_eq!(write_if_changed(&path, b"b"), Ok(true));
        assert_eq!(fs::read(&path).unwrap(), b"b");
        fs::remove_dir_all(path.parent().unwrap()).unwrap();
    }

    #[test]
    fn a_step_is_current_until_its_input_or_its_output_changes() {
        let folder = std::env::temp_dir().join(format!("xtask-stamp-{}", std::process::id()));
        let (input, output, stamp) =
            (folder.join("input"), folder.join("output"), folder.join("s"));
        write_if_changed(&input, b"1").unwrap();
        write_if_changed(&output, b"1").unwrap();
        let first = fingerprint(std::slice::from_ref(&input), &["-O3"]).unwrap();
        assert!(!is_current(&stamp, &first, std::slice::from_ref(&output)));
        remember(&stamp, &first).unwrap();
        assert!(is_current(&stamp, &first, std::slice::from_ref(&output)));

        assert_ne!(first, fingerprint(std::slice::from_ref(&input), &["-Os"]).unwrap());
        write_if_changed(&input, b"2").unwrap();
        assert_ne!(first, fingerprint(std::slice::from_ref(&input), &["-O3"]).unwrap());

        fs::remove_file(&output).unwrap();
        assert!(!is_current(&stamp, &first, &[output]));
        fs::remove_dir_all(folder).unwrap();
    }
}
