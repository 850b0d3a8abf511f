//! Chromium and its driver, for the tests only: found on the PATH, or installed with apt where that is
//! possible; elsewhere it is said what is missing.

use crate::Result;
use crate::process::{find, quiet};
use crate::steps::{Did, step};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The programs that the tests drive.
#[derive(Clone)]
pub struct Browser {
    /// Chromium or Chrome.
    pub chromium: PathBuf,
    /// chromedriver of the same version.
    pub driver: PathBuf,
}

/// Finds the browser, after installing it if it is missing and that is possible.
pub fn browser() -> Result<Browser> {
    step("Chromium and its driver", || {
        let missing = missing();
        if missing.is_empty() {
            return Ok(Did::Nothing);
        }
        let Some(packages) = apt_packages(&missing) else {
            return advise(&missing).map(|()| Did::Nothing);
        };
        install(&packages)?;
        Ok(Did::Work(packages.join(" ")))
    })?;
    match (chromium(), driver()) {
        (Some(chromium), Some(driver)) => Ok(Browser { chromium, driver }),
        _ => Err(advise(&missing()).err().unwrap_or_default()),
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Piece {
    Chromium,
    Driver,
    /// Glyphs for the Chinese page: without them the tests pass, but pictures of it show boxes.
    ChineseFont,
}

fn missing() -> Vec<Piece> {
    let mut missing = Vec::new();
    if chromium().is_none() {
        missing.push(Piece::Chromium);
    }
    if driver().is_none() {
        missing.push(Piece::Driver);
    }
    if cfg!(target_os = "linux") && !has_chinese_font() {
        missing.push(Piece::ChineseFont);
    }
    missing
}

fn chromium() -> Option<PathBuf> {
    let installed = [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    ];
    find(&["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"])
        .or_else(|| installed.iter().map(PathBuf::from).find(|path| path.is_file()))
}

fn driver() -> Option<PathBuf> {
    find(&["chromedriver"])
}

fn has_chinese_font() -> bool {
    match find(&["fc-list"]) {
        Some(fc_list) => {
            quiet(Command::new(fc_list).arg(":lang=zh")).is_ok_and(|fonts| !fonts.is_empty())
        }
        None => Path::new("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc").exists(),
    }
}

/// The packages to install, or none where that is not for us to do: not Debian or Ubuntu, or not root.
fn apt_packages(missing: &[Piece]) -> Option<Vec<&'static str>> {
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    let [chromium, driver] = chromium_packages(&release)?;
    let is_root = quiet(Command::new("id").arg("-u")).is_ok_and(|id| id == "0");
    (is_root && find(&["apt-get"]).is_some()).then(|| {
        let package = |piece: &Piece| match piece {
            Piece::Chromium => chromium,
            Piece::Driver => driver,
            Piece::ChineseFont => "fonts-noto-cjk",
        };
        missing.iter().map(package).collect()
    })
}

/// What this distribution calls Chromium and its driver.
fn chromium_packages(os_release: &str) -> Option<[&'static str; 2]> {
    let field = |name: &str| {
        let line = os_release.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='));
        line.unwrap_or_default().trim_matches('"').to_owned()
    };
    let (id, like) = (field("ID"), field("ID_LIKE"));
    let is = |name: &str| id == name || like.split(' ').any(|other| other == name);
    if is("ubuntu") {
        Some(["chromium-browser", "chromium-chromedriver"])
    } else if is("debian") {
        Some(["chromium", "chromium-driver"])
    } else {
        None
    }
}

fn install(packages: &[&str]) -> Result<()> {
    let apt = || {
        let mut command = Command::new("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive").arg("--quiet");
        command
    };
    quiet(apt().arg("update"))?;
    quiet(apt().args(["install", "--yes", "--no-install-recommends"]).args(packages))?;
    Ok(())
}

/// Says what to install; a missing font alone is no reason to stop.
fn advise(missing: &[Piece]) -> Result<()> {
    let name = |piece: &Piece| match piece {
        Piece::Chromium => "Chromium (or Chrome)",
        Piece::Driver => "chromedriver of the same version",
        Piece::ChineseFont => "a font with Chinese glyphs",
    };
    let list = missing.iter().map(name).collect::<Vec<_>>().join(" and ");
    if missing.iter().all(|piece| *piece == Piece::ChineseFont) {
        if !missing.is_empty() {
            println!("Pictures of the Chinese page will show boxes: {list} is missing.");
        }
        return Ok(());
    }
    Err(format!(
        "The wasm and page tests need {list} on the PATH: install it with your system's packages \
         (on Debian: apt install chromium chromium-driver)."
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_packages_are_those_of_the_distribution() {
        let debian = "PRETTY_NAME=\"Debian GNU/Linux 12\"\nID=debian\n";
        assert_eq!(chromium_packages(debian), Some(["chromium", "chromium-driver"]));
        let ubuntu = "ID=ubuntu\nID_LIKE=debian\n";
        let names = Some(["chromium-browser", "chromium-chromedriver"]);
        assert_eq!(chromium_packages(ubuntu), names);
        let mint = "ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n";
        assert_eq!(chromium_packages(mint), names);
        assert_eq!(chromium_packages("ID=fedora\n"), None);
        assert_eq!(chromium_packages(""), None);
    }

    #[test]
    fn only_a_missing_font_is_tolerated() {
        assert!(advise(&[]).is_ok());
        assert!(advise(&[Piece::ChineseFont]).is_ok());
        let message = advise(&[Piece::Driver, Piece::ChineseFont]).unwrap_err();
        assert!(message.contains("chromedriver"));
    }
}
