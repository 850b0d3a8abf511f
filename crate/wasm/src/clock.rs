//! When a training slice is over.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    // Pages, workers and Node all have it as a global.
    #[wasm_bindgen(thread_local_v2, js_name = performance)]
    static PERFORMANCE: web_sys::Performance;
}

/// How much time may pass unseen between two looks at the clock, in milliseconds.
const RESOLUTION: f64 = 0.25;

fn now() -> f64 {
    PERFORMANCE.with(web_sys::Performance::now)
}

/// A point in time, asked for after every step: it looks at the clock only as often as it must,
/// since a look costs as much as a small step.
pub struct Deadline {
    end: f64,
    last_look: f64,
    /// Steps from one look to the next.
    stride: u32,
    left: u32,
}

impl Deadline {
    /// So many milliseconds from now.
    pub fn after(milliseconds: f64) -> Self {
        let now = now();
        Deadline { end: now + milliseconds, last_look: now, stride: 1, left: 1 }
    }

    /// Whether there is time for another step.
    pub fn go_on(&mut self) -> bool {
        self.left -= 1;
        if self.left > 0 {
            return true;
        }
        let now = now();
        let passed = now - self.last_look;
        if passed < RESOLUTION / 2.0 {
            self.stride = (self.stride * 2).min(1 << 16);
        } else if passed > RESOLUTION {
            self.stride = (self.stride / 2).max(1);
        }
        (self.last_look, self.left) = (now, self.stride);
        now < self.end
    }
}
