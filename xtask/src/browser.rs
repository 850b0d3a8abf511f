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
    /// What the page tests drive: Chromium without a browser's own windows where there is such a thing,
    /// which takes half the processor's time; else `chromium`.
    pub for_pages: PathBuf,
}

/// Finds the browser, after installing it if it is missing and that is possible.
pub fn browser() -> Result<Browser> {
    step("Chromium and its driver", || {
        let missing = missing();
        let Some(apt) = apt() else {
            return advise(&missing).map(|()| Did::Nothing);
        };
        let mut packages: Vec<_> = missing.iter().map(|piece| apt.package(*piece)).collect();
        let shell = apt.shell.filter(|_| shell().is_none());
        if packages.is_empty() && shell.is_none() {
            return Ok(Did::Nothing);
        }
        let updated = update();
        if !packages.is_empty() {
            updated.and_then(|()| install(&packages))?;
        }
        // The tests can do without it.
        packages.extend(shell.filter(|shell| install(&[shell]).is_ok()));
        Ok(if packages.is_empty() { Did::Nothing } else { Did::Work(packages.join(" ")) })
    })?;
    match (chromium(), driver()) {
        (Some(chromium), Some(driver)) => {
            let for_pages = shell().unwrap_or_else(|| chromium.clone());
            Ok(Browser { chromium, driver, for_pages })
        }
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

fn shell() -> Option<PathBuf> {
    find(&["chromium-headless-shell", "chrome-headless-shell"])
}

fn has_chinese_font() -> bool {
    match find(&["fc-list"]) {
        Some(fc_list) => {
            quiet(Command::new(fc_list).arg(":lang=zh")).is_ok_and(|fonts| !fonts.is_empty())
        }
        None => Path::new("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc").exists(),
    }
}

/// What a distribution calls its packages.
struct Apt {
    chromium: &'static str,
    driver: &'static str,
    shell: Option<&'static str>,
}

impl Apt {
    fn package(&self, piece: Piece) -> &'static str {
        match piece {
            Piece::Chromium => self.chromium,
            Piece::Driver => self.driver,
            Piece::ChineseFont => "fonts-noto-cjk",
        }
    }

    fn of(os_release: &str) -> Option<Self> {
        let field = |name: &str| {
            let line =
                os_release.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='));
            line.unwrap_or_default().trim_matches('"').to_owned()
        };
        let (id, like) = (field("ID"), field("ID_LIKE"));
        let is = |name: &str| id == name || like.split(' ').any(|other| other == name);
        if is("ubuntu") {
            Some(Self {
                chromium: "chromium-browser",
                driver: "chromium-chromedriver",
                shell: None,
            })
        } else if is("debian") {
            let shell = (id == "debian").then_some("chromium-headless-shell");
            Some(Self { chromium: "chromium", driver: "chromium-driver", shell })
        } else {
            None
        }
    }
}

/// The packages that we may install: none where this is not Debian or Ubuntu, or where we are not root.
fn apt() -> Option<Apt> {
    let apt = Apt::of(&fs::read_to_string("/etc/os-release").unwrap_or_default())?;
    let is_root = quiet(Command::new("id").arg("-u")).is_ok_and(|id| id == "0");
    (is_root && find(&["apt-get"]).is_some()).then_some(apt)
}

fn apt_get() -> Command {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive").arg("--quiet");
    command
}

fn update() -> Result<()> {
    quiet(apt_get().arg("update")).map(drop)
}

fn install(packages: &[&str]) -> Result<()> {
    quiet(apt_get().args(["install", "--yes", "--no-install-recommends"]).args(packages)).map(drop)
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
        let names =
            |os_release: &str| Apt::of(os_release).map(|apt| (apt.chromium, apt.driver, apt.shell));
        let shell = Some("chromium-headless-shell");
        let debian = "PRETTY_NAME=\"Debian GNU/Linux 12\"\nID=debian\n";
        assert_eq!(names(debian), Some(("chromium", "chromium-driver", shell)));
        let kali = "ID=kali\nID_LIKE=debian\n";
        assert_eq!(names(kali), Some(("chromium", "chromium-driver", None)));
        let ubuntu = "ID=ubuntu\nID_LIKE=debian\n";
        let of_ubuntu = Some(("chromium-browser", "chromium-chromedriver", None));
        assert_eq!(names(ubuntu), of_ubuntu);
        let mint = "ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n";
        assert_eq!(names(mint), of_ubuntu);
        assert_eq!(names("ID=fedora\n"), None);
        assert_eq!(names(""), None);
    }

    #[test]
    fn only_a_missing_font_is_tolerated() {
        assert!(advise(&[]).is_ok());
        assert!(advise(&[Piece::ChineseFont]).is_ok());
        let message = advise(&[Piece::Driver, Piece::ChineseFont]).unwrap_err();
        assert!(message.contains("chromedriver"));
    }
}
