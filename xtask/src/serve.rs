//! `cargo xtask serve`: Vite's development server, and a new wasm whenever the Rust code changes.

use crate::process::node;
use crate::{Result, build, root};
use std::io::ErrorKind;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, SystemTime};

/// How often the files are looked at.
const INTERVAL: Duration = Duration::from_millis(500);

/// What `serve` was asked for.
#[derive(Debug, PartialEq)]
pub struct Options {
    port: u16,
    open: bool,
}

impl Options {
    /// Reads `[--port N] [--open]`.
    pub fn parse(arguments: &[&str]) -> Result<Self> {
        let mut options = Self { port: 5173, open: false };
        let mut arguments = arguments.iter().copied();
        while let Some(argument) = arguments.next() {
            match argument {
                "--open" => options.open = true,
                "--port" => {
                    let port = arguments.next().and_then(|port| port.parse().ok());
                    options.port = port
                        .filter(|port| *port > 0)
                        .ok_or("`--port` needs a number from 1 to 65535.")?;
                }
                other => return Err(format!("`serve` has no option `{other}`.")),
            }
        }
        Ok(options)
    }
}

/// Builds, serves, and watches until the server ends (Ctrl-C).
pub fn serve(options: Options) -> Result<()> {
    let mut built = newest_change();
    build::npm_package()?;
    let port = free_port(options.port)?;
    let mut command = node("xtask/serve.js");
    command.arg(port.to_string()).args(options.open.then_some("--open"));
    // The server ends when this pipe closes, so it never outlives this program, however that ends.
    let mut server = command
        .stdin(Stdio::piped())
        .spawn()
        .map_err(|error| format!("The server could not be started: {error}"))?;
    loop {
        if let Some(status) = server.try_wait().map_err(|error| error.to_string())? {
            return if status.success() {
                Ok(())
            } else {
                Err(format!("The server ended: {status}"))
            };
        }
        std::thread::sleep(INTERVAL);
        let now = newest_change();
        if now != built {
            // Changes during the build are newer than `now`, and start the next one.
            built = now;
            println!();
            // Vite reloads the page when it sees the new wasm in npm/pkg.
            if let Err(message) = build::wasm(build::Optimisation::Quick) {
                eprintln!("{message}\nThe page keeps the last build.");
            }
        }
    }
}

/// The first port from `port` on that nobody listens on; says which ones were taken.
fn free_port(port: u16) -> Result<u16> {
    for candidate in port..=port.saturating_add(99) {
        if is_free(candidate) {
            if candidate != port {
                println!("Port {port} is taken: using {candidate}.");
            }
            return Ok(candidate);
        }
    }
    Err(format!("The ports from {port} on are all taken: choose another with `--port`."))
}

/// Whether this port is free at every address that `localhost` may mean.
fn is_free(port: u16) -> bool {
    let addresses: [SocketAddr; 3] = [
        (Ipv4Addr::LOCALHOST, port).into(),
        (Ipv6Addr::LOCALHOST, port).into(),
        (Ipv4Addr::UNSPECIFIED, port).into(),
    ];
    // A system without IPv6 has another error, which does not matter here.
    addresses.iter().all(|address| {
        !matches!(TcpListener::bind(address), Err(error) if error.kind() == ErrorKind::AddrInUse)
    })
}

/// The newest time of a file of the Rust code, and how many there are (one may be deleted).
fn newest_change() -> (SystemTime, usize) {
    let mut newest = (SystemTime::UNIX_EPOCH, 0);
    for path in ["crate", "Cargo.toml", "Cargo.lock"] {
        visit(&root().join(path), &mut newest);
    }
    newest
}

fn visit(path: &Path, newest: &mut (SystemTime, usize)) {
    if let Ok(entries) = path.read_dir() {
        let paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        paths.iter().for_each(|path| visit(path, newest));
    } else if is_source(path) {
        let time = path.metadata().and_then(|data| data.modified());
        newest.0 = newest.0.max(time.unwrap_or(SystemTime::UNIX_EPOCH));
        newest.1 += 1;
    }
}

fn is_source(path: &Path) -> bool {
    path.extension().is_some_and(|found| ["rs", "toml", "lock", "csv"].iter().any(|e| found == *e))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_options_are_a_port_and_whether_to_open_a_browser() {
        assert_eq!(Options::parse(&[]), Ok(Options { port: 5173, open: false }));
        let both = Options::parse(&["--open", "--port", "8000"]);
        assert_eq!(both, Ok(Options { port: 8000, open: true }));
        for wrong in [&["--port"][..], &["--port", "0"], &["--port", "70000"], &["--prot"]] {
            assert!(Options::parse(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn a_taken_port_is_not_free() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        assert!(!is_free(port));
        assert!(free_port(port).unwrap() > port);
    }
}
